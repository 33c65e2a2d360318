// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::anonymisation {

/// What sort of identifier a mark stands on. For `own_name`, `birth_date`, `phone`, `mail` and `insured_number` leaving
/// it as it is needs a reason.
enum class MarkKind {
    own_name,
    person_name,
    birth_date,
    age,
    date,
    phone,
    mail,
    postcode,
    insured_number,
    number,
    address,
    place,
    facility,
    combination,  ///< no identifier by itself, but together with the others few people share it
};
BOOST_DESCRIBE_ENUM(MarkKind, own_name, person_name, birth_date, age, date, phone, mail, postcode, insured_number,
                    number, address, place, facility, combination)

/// What led to the mark.
enum class MarkSource {
    person,        ///< the data of the person cared for
    caller,        ///< the caller of the sheet, and whom its activities name
    colleague,     ///< people with an account
    organization,  ///< the installation's list, affiliations named in the case
    region,        ///< the installation's list
    form,          ///< a form of packs/standard/anonymisation_words.yaml
    dictionary,    ///< MeCab
    records,       ///< how many records share the values
    hand,          ///< set by the person who confirms
};
BOOST_DESCRIBE_ENUM(MarkSource, person, caller, colleague, organization, region, form, dictionary, records, hand)

/// A place in the words of a case. `start` and `end` count UTF-16 code units of the text as it is stored, as the
/// browser's strings do; neither stands inside a surrogate pair. Marks of one field never overlap. A mark on a coded
/// field (age_band, household, care_level, district_id) has both 0: replacing it leaves the code out.
struct Mark {
    std::string field;
    std::int64_t start = 0;
    std::int64_t end = 0;
    MarkKind kind{};
    MarkSource source{};
    bool certain = false;  ///< leaving it needs a reason
    std::string replacement;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (field, start, end, kind, source, certain, replacement))

/// The coded background that goes with the words.
struct CodedBackground {
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;
};
BOOST_DESCRIBE_STRUCT(CodedBackground, (), (age_band, household, care_level, district_id))

/// The words of a case with what was found in them, for somebody to decide on.
struct Identifiers {
    core::ConsultationId consultation_id;
    std::int64_t sheet_version = 0;
    bool dictionary = false;    ///< false: names and places that only MeCab knows are not marked
    bool person_known = false;  ///< false: the sheet has no data of the person to look for
    std::vector<consultations::FieldText> fields;
    CodedBackground coded;
    std::vector<Mark> marks;  ///< by field, then by place
};
BOOST_DESCRIBE_STRUCT(Identifiers, (), (consultation_id, sheet_version, dictionary, person_known, fields, coded, marks))

/// What becomes of one mark.
struct MarkDecision {
    record::Text<60> field;
    record::Whole<0, 100'000> start;
    record::Whole<0, 100'000> end;
    MarkKind kind{};
    MarkSource source{};
    bool replace = true;
    record::Text<100> replacement;  ///< may be empty
    record::Text<200> reason;       ///< why a certain identifier stays
};
BOOST_DESCRIBE_STRUCT(MarkDecision, (), (field, start, end, kind, source, replace, replacement, reason))

/// Every mark that was found is decided: each stands in the list as it was found, or within a decision that replaces
/// more. `sheet_version` is the version the marks were found in.
struct AnonymisedChange {
    std::int64_t sheet_version = 0;
    std::vector<MarkDecision> decisions;
};
BOOST_DESCRIBE_STRUCT(AnonymisedChange, (), (sheet_version, decisions))

/// The confirmed text that stands beside a record. `version` 0: there is none.
struct Anonymised {
    core::ConsultationId consultation_id;
    std::int64_t version = 0;
    std::int64_t sheet_version = 0;
    std::optional<core::Instant> confirmed_at;
    std::string confirmed_by_name;
    bool out_of_date = false;  ///< the words of the sheet changed since
    std::vector<consultations::FieldText> fields;
    CodedBackground coded;
    std::vector<MarkDecision> decisions;  ///< none for a reader who sees nothing but the anonymised case
};
BOOST_DESCRIBE_STRUCT(Anonymised, (),
                      (consultation_id, version, sheet_version, confirmed_at, confirmed_by_name, out_of_date, fields,
                       coded, decisions))

}  // namespace tsunagi::anonymisation
