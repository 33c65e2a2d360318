// SPDX-License-Identifier: Apache-2.0
// Pure decisions about requests for confirmation.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "modules/confirmations/confirmation.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::confirmations {

/// Six random digits and a check digit (Luhn), without a hyphen. It finds a request and opens nothing.
[[nodiscard]] std::string new_reply_code();
/// As it stands on the paper: `123-4567`.
[[nodiscard]] std::string written_code(const std::string& code);
/// The digits of what was typed, full-width ones as plain ones. Nothing unless seven come out and the last fits.
[[nodiscard]] std::optional<std::string> plain_reply_code(std::string_view typed);

[[nodiscard]] FacilityCard card_of(const resources::LocalText& text);
/// The text with these fields of the card.
[[nodiscard]] resources::LocalText with_fields(resources::LocalText text, const FacilityCard& card,
                                               const std::vector<std::string>& fields);
/// Names of the fields that are not the same, in the order of the card.
[[nodiscard]] std::vector<std::string> differing(const FacilityCard& a, const FacilityCard& b);
/// Codes that nobody may choose, below the root. `shown` keeps its retired ones.
[[nodiscard]] std::vector<core::FieldError> check(const FacilityCard& card, const FacilityCard& shown,
                                                  const packs::CodeBook& codes, const core::Date& today,
                                                  const std::string& root);
/// Nobody answered, and the day is over.
[[nodiscard]] ConfirmationState state_on(ConfirmationState kept, const core::Date& expires_on, const core::Date& today);
/// The day of an answer or a due day. `begun` is the first possible one.
[[nodiscard]] std::vector<core::FieldError> check_due(const core::Date& due_on, const core::Date& begun,
                                                      const std::string& pointer);
/// Every field that differs is decided once, and a refusal says why.
[[nodiscard]] std::vector<core::FieldError> check(const ConfirmationDecision& decision,
                                                  const std::vector<std::string>& different);

/// How long after the day to answer a request stays open.
constexpr int days_of_grace = 30;
/// An answer page lives no longer; so does a request.
constexpr int most_days_open = 60;
[[nodiscard]] core::Date expiry_of(const core::Date& due_on, const core::Date& sent_on);

/// That many months before, or the last day of that month.
[[nodiscard]] core::Date months_before(const core::Date& day, int months);

}  // namespace tsunagi::confirmations
