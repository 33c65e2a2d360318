// SPDX-License-Identifier: Apache-2.0
// Pure decisions about activities. No I/O, no clock.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/activities/activity.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::activities {

/// What an activity is checked against.
struct ActivityCheck {
    const packs::CodeBook& codes;  // NOLINT: lives as long as the check
    core::Date today;
    core::Date latest_day;
    bool of_case = true;
    std::string root = {};                 ///< where the text stands in the body: "" or "/text"
    const ActivityText* before = nullptr;  ///< its codes stay allowed after their retirement
};

/// Every fault at once: codes of the day, days in order and not in the future, the fields that its form has and those
/// it does not have.
[[nodiscard]] std::vector<core::FieldError> check(const ActivityText& text, const ActivityCheck& check);

/// The form of a kind; `contact` when the packs say nothing.
[[nodiscard]] std::string form_of(const packs::CodeBook& codes, const std::string& kind);

/// What a municipality reads of a case that is not shared with it.
void withhold_names(ActivityText& text);
/// What an advisor reads: kind, day, time, profession and how far it has come.
void withhold_words(ActivityText& text);

}  // namespace tsunagi::activities
