// SPDX-License-Identifier: Apache-2.0
// Forms of which the fields are data (packs/standard/discharge_forms.yaml), and what was written in them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/discharges/discharge.hpp"
#include "modules/packs/pack.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::discharges {

using FormId = core::Id<struct DischargeFormTag>;

struct FormOption {
    record::CodeName code;
    packs::Label label;
};
BOOST_DESCRIBE_STRUCT(FormOption, (), (code, label))

struct FormField {
    record::CodeName code;
    packs::Label label;
    record::Text<20> kind;  ///< line, text, day, number, choice, choices
    std::optional<packs::Label> help;
    record::Text<60> from;  ///< what it is filled with at first: discharge.hospital, person.name
    record::Text<20> unit;
    std::optional<bool> wide;         ///< takes the whole width of the paper
    std::vector<FormOption> options;  ///< of choice and choices
};
BOOST_DESCRIBE_STRUCT(FormField, (), (code, label, kind, help, from, unit, wide, options))

struct FormSection {
    record::CodeName code;
    packs::Label label;
    std::vector<FormField> fields;
};
BOOST_DESCRIBE_STRUCT(FormSection, (), (code, label, fields))

struct FormDefinition {
    record::CodeName code;
    packs::Label label;
    packs::Label source;          ///< where its fields come from
    record::Text<40> paper;       ///< kind of paper of a coordination it is, where it is one
    std::optional<bool> of_case;  ///< may belong to a case alone
    std::vector<FormSection> sections;
};
BOOST_DESCRIBE_STRUCT(FormDefinition, (), (code, label, source, paper, of_case, sections))

struct FormDefinitions {
    std::vector<FormDefinition> forms;
};
BOOST_DESCRIBE_STRUCT(FormDefinitions, (), (forms))

/// What stands in one field: the text, or the codes that were chosen.
struct FormAnswer {
    record::CodeName field;
    record::Text<2000> text;
    std::vector<record::CodeName> choices;
};
BOOST_DESCRIBE_STRUCT(FormAnswer, (), (field, text, choices))

struct FormText {
    core::Date written_on;  ///< the day the form is about
    std::vector<FormAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(FormText, (), (written_on, answers))

struct NewForm {
    record::CodeName form;
    std::optional<DischargeId> discharge_id;
    std::optional<core::ConsultationId> consultation_id;
    FormText text;
};
BOOST_DESCRIBE_STRUCT(NewForm, (), (form, discharge_id, consultation_id, text))

struct FormChange {
    FormText text;
    record::Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(FormChange, (), (text, reason))

struct FormRow {
    FormId id;
    core::DeskId desk_id;
    record::CodeName form;
    std::optional<DischargeId> discharge_id;
    std::optional<core::ConsultationId> consultation_id;
    std::int64_t version = 1;
    core::Date written_on;
    core::Instant updated_at;
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(FormRow, (),
                      (id, desk_id, form, discharge_id, consultation_id, version, written_on, updated_at,
                       updated_by_name))

struct FormList {
    std::vector<FormRow> items;  ///< the newest day first, at most 100
    bool truncated = false;      ///< there are more
};
BOOST_DESCRIBE_STRUCT(FormList, (), (items, truncated))

/// Forms of a coordination, or of a case with those of its coordinations.
struct FormFilter {
    std::optional<DischargeId> discharge;
    std::optional<core::ConsultationId> consultation;
};
BOOST_DESCRIBE_STRUCT(FormFilter, (), (discharge, consultation))

/// What a form is about, without what stands in it.
struct FormHead : FormRow {
    core::Instant created_at;
    std::string created_by_name;
    std::string number;   ///< of the case
    std::string subject;  ///< of the coordination, else of the case
};
BOOST_DESCRIBE_STRUCT(FormHead, (FormRow), (created_at, created_by_name, number, subject))

struct Form : FormHead {
    FormText text;
};
BOOST_DESCRIBE_STRUCT(Form, (FormHead), (text))

struct FormReading {
    record::NonEmpty<record::Text<200>> reason;  ///< shown in the audit
    std::optional<bool> print;                   ///< what was opened goes onto paper
};
BOOST_DESCRIBE_STRUCT(FormReading, (), (reason, print))

struct FormHistoryReading {
    record::NonEmpty<record::Text<200>> reason;
};
BOOST_DESCRIBE_STRUCT(FormHistoryReading, (), (reason))

/// `kind`: created, edited.
struct FormVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    FormText text;
};
BOOST_DESCRIBE_STRUCT(FormVersion, (), (version, kind, at, by_name, reason, text))

struct FormHistory {
    std::vector<FormVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(FormHistory, (), (items))

}  // namespace tsunagi::discharges
