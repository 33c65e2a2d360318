// SPDX-License-Identifier: Apache-2.0
// Pure decisions about asks. No I/O, no clock.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/referral.hpp"

namespace tsunagi::referrals {

/// The furthest step that is written down.
[[nodiscard]] ReferralState state_of(const ReferralText& text, bool withdrawn);

struct ReferralCheck {
    const packs::CodeBook& codes;  // NOLINT: lives as long as the check
    core::Date today;
    core::Date latest_day;
    std::string root = {};                 ///< where the text stands in the body
    const ReferralText* before = nullptr;  ///< its codes stay allowed after their retirement
};

/// Every fault at once: reasons where they must be and nowhere else, steps in their order, days in order and not in
/// the future.
[[nodiscard]] std::vector<core::FieldError> check(const ReferralText& text, const ReferralCheck& check);

enum class ReferralStep { send, answer, settle, follow_up, withdraw };
/// Throws `not_allowed_in_state`.
void require_step(ReferralState state, const ReferralText& text, ReferralStep step);

/// Whether a text names the person: the name, its reading, the address or a number of theirs stands in it, in whatever
/// width, kana and blanks.
[[nodiscard]] bool names_person(const std::string& text, const consultations::Person& person);

/// What a reader is not told of a case that is not shared with them.
void withhold_names(ReferralText& text);

}  // namespace tsunagi::referrals
