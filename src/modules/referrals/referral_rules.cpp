// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_rules.hpp"

#include <algorithm>
#include <array>

#include "modules/consultations/caller_rules.hpp"
#include "record/scalar.hpp"

namespace tsunagi::referrals {
namespace {

/// Fewer characters than these stand in texts by chance.
constexpr std::size_t shortest_name = 6;  // two kanji in UTF-8
constexpr std::size_t shortest_number = 7;
/// An address with fewer digits is that of a quarter, which a search may name.
constexpr std::size_t digits_of_house = 2;

class Checking {
public:
    Checking(const ReferralText& text, const ReferralCheck& check) : text_(text), check_(check) {}

    std::vector<core::FieldError> all() {
        static const ReferralText nothing;
        const ReferralText& old = check_.before == nullptr ? nothing : *check_.before;
        check_.codes.check(text_.reason, check_.today, at("reason"), errors_, text_.reason == old.reason);
        check_.codes.check(text_.outcome_reason, check_.today, at("outcome_reason"), errors_,
                           text_.outcome_reason == old.outcome_reason);
        shown();
        answer();
        outcome();
        follow_up();
        days();
        return std::move(errors_);
    }

private:
    [[nodiscard]] std::string at(const std::string& field) const { return check_.root + "/" + field; }

    void need(bool there, const std::string& field) {
        if (!there)
            errors_.push_back({at(field), "required", ""});
    }

    void only_if(bool allowed, bool there, const std::string& field) {
        if (there && !allowed)
            errors_.push_back({at(field), "not_allowed", ""});
    }

    void shown() {
        for (std::size_t i = 0; i < text_.shown.size(); ++i) {
            const auto here = text_.shown.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::find(text_.shown.begin(), here, *here) != here)
                errors_.push_back({at("shown") + "/" + std::to_string(i), "duplicate", ""});
        }
    }

    void answer() {
        const auto& answer = text_.answer;
        const bool refused = answer == ReferralAnswer::no || answer == ReferralAnswer::none;
        if (refused)
            need(text_.reason.has_value(), "reason");
        only_if(refused, text_.reason.has_value(), "reason");
        if (answer == ReferralAnswer::conditional)
            need(!text_.answer_words.empty(), "answer_words");
        if (answer) {
            need(text_.sent_on.has_value(), "sent_on");
            need(text_.answered_on.has_value(), "answered_on");
        }
        only_if(answer.has_value(), text_.answered_on.has_value(), "answered_on");
        only_if(answer.has_value(), !text_.answered_by.empty(), "answered_by");
        only_if(text_.sent_on.has_value(), text_.received_on.has_value(), "received_on");
    }

    void outcome() {
        const auto& outcome = text_.outcome;
        if (outcome) {
            need(text_.answer.has_value(), "answer");
            need(text_.outcome_on.has_value(), "outcome_on");
        }
        const bool accepted = text_.answer == ReferralAnswer::yes || text_.answer == ReferralAnswer::conditional;
        only_if(accepted, outcome == ReferralOutcome::began, "outcome");
        if (outcome == ReferralOutcome::failed)
            need(text_.outcome_reason.has_value(), "outcome_reason");
        only_if(outcome == ReferralOutcome::failed, text_.outcome_reason.has_value(), "outcome_reason");
        only_if(outcome.has_value(), text_.outcome_on.has_value(), "outcome_on");
    }

    void follow_up() {
        const bool began = text_.outcome == ReferralOutcome::began;
        only_if(began, text_.follow_up_on.has_value(), "follow_up_on");
        only_if(began, text_.followed_on.has_value(), "followed_on");
        if (text_.followed_on)
            need(!text_.follow_up_words.empty(), "follow_up_words");
    }

    void past(const std::optional<core::Date>& day, const std::string& field) {
        if (day && *day > check_.latest_day)
            errors_.push_back({at(field), "future", check_.latest_day.str()});
    }

    void ordered(const std::optional<core::Date>& first, const std::optional<core::Date>& then,
                 const std::string& field) {
        if (first && then && *then < *first)
            errors_.push_back({at(field), "date_order", first->str()});
    }

    void days() {
        past(text_.sent_on, "sent_on");
        past(text_.received_on, "received_on");
        past(text_.answered_on, "answered_on");
        past(text_.outcome_on, "outcome_on");
        past(text_.followed_on, "followed_on");
        ordered(text_.sent_on, text_.reply_by, "reply_by");
        ordered(text_.sent_on, text_.received_on, "received_on");
        ordered(text_.sent_on, text_.answered_on, "answered_on");
        ordered(text_.answered_on, text_.outcome_on, "outcome_on");
        ordered(text_.outcome_on, text_.follow_up_on, "follow_up_on");
        ordered(text_.outcome_on, text_.followed_on, "followed_on");
    }

    const ReferralText& text_;    // NOLINT: lives as long as the check
    const ReferralCheck& check_;  // NOLINT
    std::vector<core::FieldError> errors_;
};

std::string digits_of(const std::string& text) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) { return c >= '0' && c <= '9'; });
    return result;
}

}  // namespace

ReferralState state_of(const ReferralText& text, bool withdrawn) {
    if (withdrawn)
        return ReferralState::withdrawn;
    if (text.followed_on)
        return ReferralState::followed;
    if (text.outcome)
        return ReferralState::settled;
    if (text.answer)
        return ReferralState::answered;
    if (text.received_on)
        return ReferralState::received;
    return text.sent_on ? ReferralState::sent : ReferralState::prepared;
}

std::vector<core::FieldError> check(const ReferralText& text, const ReferralCheck& check) {
    return Checking(text, check).all();
}

void require_step(ReferralState state, const ReferralText& text, ReferralStep step) {
    using enum ReferralState;
    const bool waits = state == prepared || state == sent || state == received;
    const auto allowed = [&] {
        switch (step) {
            case ReferralStep::send:
            case ReferralStep::withdraw:
                return waits;
            case ReferralStep::answer:  // who was given up may answer after all
                return waits || (state == answered && text.answer == ReferralAnswer::none);
            case ReferralStep::settle:
                return state == answered;
            case ReferralStep::follow_up:
                return state == settled && text.outcome == ReferralOutcome::began;
        }
        return false;
    };
    if (!allowed())
        throw core::not_allowed_in_state(record::StringScalar<ReferralState>::to(state));
}

bool names_person(const std::string& text, const consultations::Person& person) {
    using consultations::folded_name;
    const std::string words = folded_name(text);
    const auto holds = [&](const std::string& wanted) {
        return wanted.size() >= shortest_name && words.find(wanted) != std::string::npos;
    };
    const std::string address = folded_name(person.address.str());
    const std::string number = digits_of(folded_name(person.phone.str()));
    return holds(folded_name(person.name.str())) || holds(folded_name(person.kana.str())) ||
           (digits_of(address).size() >= digits_of_house && holds(address)) ||
           (number.size() >= shortest_number && digits_of(words).find(number) != std::string::npos);
}

void withhold_names(ReferralText& text) {
    text.person_label = {};
    text.to_name = {};
    text.answered_by = {};
}

}  // namespace tsunagi::referrals
