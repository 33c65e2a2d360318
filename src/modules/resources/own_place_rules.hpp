// SPDX-License-Identifier: Apache-2.0
// What may be registered as a place of one's own, and when it may be closed and opened again. Pure.
#pragma once
#include <vector>

#include "core/error.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/own_place.hpp"

namespace tsunagi::resources {

/// Services of the pack, each once; the check digits of codes and numbers; both coordinates or none, in Japan; days.
[[nodiscard]] std::vector<core::FieldError> check(const OwnPlaceText& text, const packs::CodeBook& codes,
                                                  const core::Date& today, const OwnPlaceText& before,
                                                  const std::string& root);
/// Throws `not_allowed_in_state`, or `invalid` where the day is missing, not wanted or to come.
void require_step(OwnPlaceState from, const OwnPlaceStateChange& change, const core::Date& latest_day);

}  // namespace tsunagi::resources
