// SPDX-License-Identifier: Apache-2.0
// Reading the forms of the pack and checking what was written in one. Pure.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/discharges/discharge_form.hpp"

namespace tsunagi::discharges {

/// packs/standard/discharge_forms.yaml. Throws std::runtime_error naming the file, the form and the field.
[[nodiscard]] FormDefinitions read_forms(const std::filesystem::path& folder);
/// Null when there is no such form.
[[nodiscard]] const FormDefinition* form_named(const FormDefinitions& forms, const record::CodeName& code);

/// Fields that the form does not have or that come twice, codes that are no option, more than one choice where one is
/// asked for, a day or a number that is none. Answers that say nothing are no fault.
[[nodiscard]] std::vector<core::FieldError> check(const FormText& text, const FormDefinition& form,
                                                  const core::Date& latest_day, const std::string& root);
/// Without answers that say nothing.
void drop_empty(FormText& text);

}  // namespace tsunagi::discharges
