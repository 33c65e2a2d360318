// SPDX-License-Identifier: Apache-2.0
// Pure decisions: what a confirmation must hold, and the words that come of it.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/anonymisation/anonymisation.hpp"

namespace tsunagi::anonymisation {

/// The names of the coded background, which decisions name as fields.
[[nodiscard]] bool is_coded(const std::string& field);

/// Everything that is wrong with the decisions about these marks: places that are none, decisions that overlap, marks
/// that are not decided (`undecided` at `/decisions`, the place as limit), certain ones that stay without a reason.
[[nodiscard]] std::vector<core::FieldError> check_decisions(const std::vector<consultations::FieldText>& fields,
                                                            const std::vector<Mark>& marks,
                                                            const std::vector<MarkDecision>& decisions);

/// The words with the decisions carried out, and the codes that stay. The decisions were checked.
[[nodiscard]] consultations::ConfirmedText anonymised(const std::vector<consultations::FieldText>& fields,
                                                      const CodedBackground& coded,
                                                      const std::vector<MarkDecision>& decisions);

}  // namespace tsunagi::anonymisation
