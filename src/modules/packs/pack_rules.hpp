// SPDX-License-Identifier: Apache-2.0
// How a scheme changes over time: codes come and go with a day, and none is ever lost. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "modules/packs/pack.hpp"

namespace tsunagi::packs {

/// What one should ask a caller: by topic, or in every call where a question has none. A question may name the field
/// of the sheet that answers it.
inline constexpr std::string_view questions = "question";

/// The schemes of the packs in order; a later pack replaces a scheme of the same name as a whole.
[[nodiscard]] std::vector<Scheme> schemes_of(const std::vector<Pack>& packs);

/// Codes whose parent does not exist in the parent scheme, as `scheme/code`. Wherever packs are put together anew.
[[nodiscard]] std::vector<std::string> orphans(const std::vector<Scheme>& schemes);

/// The scheme as it is stored (`present`) after a pack brought `next`: labels and order of `next`, its new codes valid
/// from today, codes it does not have retired today. A code that was retired and is back is valid again.
[[nodiscard]] Scheme replaced(const Scheme& present, const Scheme& next, const core::Date& today);

/// The same with every code retired: no chosen pack has the scheme any more.
[[nodiscard]] Scheme withdrawn(const Scheme& present, const core::Date& today);

/// What is wrong with a change that a person made, named by JSON pointer. `parents` is the parent scheme if there is
/// one.
[[nodiscard]] std::vector<core::FieldError> check(const Scheme& present, const SchemeChange& change,
                                                  const Scheme* parents, const core::Date& today);
/// The scheme after a change that passed `check`, with the next version.
[[nodiscard]] Scheme changed(const Scheme& present, const SchemeChange& change, const core::Date& today);

/// Short and machine-readable for the audit: `v4 +new_code -retired_code`.
[[nodiscard]] std::string difference(const Scheme& before, const Scheme& after);

}  // namespace tsunagi::packs
