// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::packs {

/// Words of one thing in both languages of the screen.
struct Label {
    record::NonEmpty<record::Text<200>> ja;
    record::Text<200> en;
};
BOOST_DESCRIBE_STRUCT(Label, (), (ja, en))

/// One code. Never deleted or renumbered: it is retired with a day, and old records keep it.
struct CodeEntry {
    record::CodeName code;
    Label label;
    record::Text<40> short_label;            ///< Japanese, for narrow table heads; empty: use the label
    std::optional<record::CodeName> parent;  ///< a code of the parent scheme
    std::int64_t position = 0;
    std::optional<core::Date> valid_from;
    std::optional<core::Date> retired_on;   ///< the first day on which it can no longer be chosen
    std::optional<record::CodeName> field;  ///< of a question: the field of the sheet that answers it
};
BOOST_DESCRIBE_STRUCT(CodeEntry, (), (code, label, short_label, parent, position, valid_from, retired_on, field))

struct Scheme {
    record::CodeName name;
    Label label;
    std::optional<record::CodeName> parent_scheme;
    std::string pack;  ///< where it came from
    std::int64_t version = 1;
    std::vector<CodeEntry> codes;  ///< by position, retired ones included
};
BOOST_DESCRIBE_STRUCT(Scheme, (), (name, label, parent_scheme, pack, version, codes))

/// The whole scheme as the person edited it; the order of the list becomes the positions. Codes left out are retired
/// today, never removed; a retired one without `retired_on` is brought back.
struct SchemeChange {
    Label label;
    std::vector<CodeEntry> codes;
};
BOOST_DESCRIBE_STRUCT(SchemeChange, (), (label, codes))

struct SheetField {
    record::CodeName field;  ///< a member of ConsultationSheet
    bool required = false;
};
BOOST_DESCRIBE_STRUCT(SheetField, (), (field, required))

/// The form of the consultation sheet in force. Source: 図9.
struct Sheet {
    Label title;
    Label form_number;
    std::int64_t version = 1;
    std::string pack;
    std::vector<SheetField> fields;
};
BOOST_DESCRIBE_STRUCT(Sheet, (), (title, form_number, version, pack, fields))

struct PackSummary {
    record::CodeName name;
    Label label;
    Label source;
    std::vector<std::string> schemes;
    bool has_sheet = false;
    bool chosen = false;
    std::int64_t position = 0;  ///< order in which chosen packs are applied; later ones win
};
BOOST_DESCRIBE_STRUCT(PackSummary, (), (name, label, source, schemes, has_sheet, chosen, position))

/// A stage of the year's work in a plan: P(C・A) or D.
struct PlanStage {
    record::CodeName code;
    Label label;
    record::Text<40> short_label;
};
BOOST_DESCRIBE_STRUCT(PlanStage, (), (code, label, short_label))

struct PlanHeading {
    record::CodeName code;
    record::CodeName stage;
    Label label;
};
BOOST_DESCRIBE_STRUCT(PlanHeading, (), (code, stage, label))

/// One line of a plan, as written; the three flags are its ○.
struct PlanLine {
    std::int64_t no = 0;
    record::CodeName stage;
    record::CodeName heading;
    record::NonEmpty<record::Text<200>> item;
    record::Text<100> frequency;  ///< exactly as written, empty where nothing is
    bool center = false;
    bool station = false;
    bool city = false;
    record::Text<200> note;
    record::Text<200> doubt;  ///< what in this line could not be read for certain
};
BOOST_DESCRIBE_STRUCT(PlanLine, (), (no, stage, heading, item, frequency, center, station, city, note, doubt))

/// What is doubtful in several lines at once.
struct PlanDoubt {
    std::vector<std::int64_t> lines;
    record::NonEmpty<record::Text<400>> doubt;
};
BOOST_DESCRIBE_STRUCT(PlanDoubt, (), (lines, doubt))

/// A year's plan to start from. Source: 図10.
struct PlanTemplate {
    Label label;
    std::int64_t stations = 0;  ///< the ST of the frequencies
    std::vector<PlanStage> stages;
    std::vector<PlanHeading> headings;
    std::vector<PlanLine> lines;
    std::vector<PlanDoubt> doubts;
};
BOOST_DESCRIBE_STRUCT(PlanTemplate, (), (label, stations, stages, headings, lines, doubts))

/// An issue, or a class of indicators, of a tree.
struct TemplateName {
    record::CodeName code;
    Label label;
};
BOOST_DESCRIBE_STRUCT(TemplateName, (), (code, label))

struct MeasureTemplate {
    record::CodeName code;
    Label label;
    record::Code<"measure_kind"> kind;
};
BOOST_DESCRIBE_STRUCT(MeasureTemplate, (), (code, label, kind))

struct IndicatorTemplate {
    record::CodeName code;
    Label label;
    record::CodeName group;  ///< one of the tree's classes
    record::Text<20> unit;
    record::Code<"indicator_kind"> kind;
    record::Code<"indicator_view"> view;
    std::optional<record::Code<"scene">> scene;
    record::Code<"direction"> direction;
};
BOOST_DESCRIBE_STRUCT(IndicatorTemplate, (), (code, label, group, unit, kind, view, scene, direction))

/// A goal with what stands under it side by side: the figure does not say which measure answers which issue.
struct GoalTemplate {
    record::CodeName code;
    std::int64_t no = 0;
    Label label;
    record::Text<200> doubt;
    std::vector<TemplateName> issues;
    std::vector<MeasureTemplate> measures;
    std::vector<IndicatorTemplate> indicators;
};
BOOST_DESCRIBE_STRUCT(GoalTemplate, (), (code, no, label, doubt, issues, measures, indicators))

/// Issues, measures and indicators to start from. Source: 図34.
struct IndicatorTree {
    Label label;
    std::vector<TemplateName> classes;
    std::vector<GoalTemplate> goals;
};
BOOST_DESCRIBE_STRUCT(IndicatorTree, (), (label, classes, goals))

/// What a pack offers to start from.
struct PackTemplates {
    record::CodeName pack;
    Label label;
    Label source;
    std::optional<PlanTemplate> plan;
    std::optional<IndicatorTree> indicators;
};
BOOST_DESCRIBE_STRUCT(PackTemplates, (), (pack, label, source, plan, indicators))

struct TemplateList {
    std::vector<PackTemplates> items;
};
BOOST_DESCRIBE_STRUCT(TemplateList, (), (items))

/// One file of `packs/`: what a municipality offers to others as its way of working.
struct Pack {
    record::CodeName name;
    Label label;
    Label source;  ///< where the codes come from and what in them is inferred
    std::vector<Scheme> schemes;
    std::optional<Sheet> sheet;
    std::optional<PlanTemplate> plan;
    std::optional<IndicatorTree> indicators;
};

struct PackChoice {
    std::vector<record::CodeName> packs;
};
BOOST_DESCRIBE_STRUCT(PackChoice, (), (packs))

}  // namespace tsunagi::packs
