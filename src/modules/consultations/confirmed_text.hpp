// SPDX-License-Identifier: Apache-2.0
// The anonymised words of a case as somebody confirmed them: what readers see of it who see nothing but the anonymised
// case. Written by the module `anonymisation`.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/consultations/consultation.hpp"

namespace tsunagi::consultations {

/// The words of one field of the sheet. `field` is its name; of an element, `elements/<code>`.
struct FieldText {
    std::string field;
    std::string text;

    friend bool operator==(const FieldText&, const FieldText&) = default;
};
BOOST_DESCRIBE_STRUCT(FieldText, (), (field, text))

/// What is kept of a confirmation: every field with words, and the coded background that was not left out.
struct ConfirmedText {
    std::vector<FieldText> fields;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;

    [[nodiscard]] std::string of(const std::string& field) const;
};
BOOST_DESCRIBE_STRUCT(ConfirmedText, (), (fields, age_band, household, care_level, district_id))

using ConfirmedTexts = std::map<core::ConsultationId, ConfirmedText>;

/// The fields of the sheet that hold sentences, in the order of the sheet, without empty ones.
[[nodiscard]] std::vector<FieldText> words_of(const ConsultationSheet& sheet);

/// What a reader sees who sees nothing but the anonymised case: the confirmed words, or, where nobody confirmed any,
/// what the desk wrote as subject, background and question to the physician, without what was done and noticed.
/// `confirmed` is null where there is none.
void show_anonymised(ConsultationSheet& sheet, const ConfirmedText* confirmed);
void show_anonymised(CaseBackground& background, const ConfirmedText* confirmed);

}  // namespace tsunagi::consultations
