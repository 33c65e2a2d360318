// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_rules.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tsunagi::measures {
namespace {

using enum MeasureState;

/// Dictionary section 7.5. A measure that costs nothing goes from approval straight to work.
const std::map<MeasureState, std::set<MeasureState>>& steps() {
    static const std::map<MeasureState, std::set<MeasureState>> table{
        {draft, {coordination, cancelled}},
        {coordination, {approved, draft, cancelled}},
        {approved, {budgeted, underway, coordination, cancelled}},
        {budgeted, {underway, approved, cancelled}},
        {underway, {evaluating, budgeted, cancelled}},
        {evaluating, {finished, underway, coordination, cancelled}},
        {finished, {evaluating}},
        {cancelled, {draft}},
    };
    return table;
}

/// Places in the order of the work. `cancelled` stands outside it.
int place(MeasureState state) {
    return static_cast<int>(state);
}

void check_money(const std::optional<std::int64_t>& yen, const std::string& pointer,
                 std::vector<core::FieldError>& errors) {
    constexpr std::int64_t most = 1'000'000'000'000;
    if (yen && (*yen < 0 || *yen > most))
        errors.push_back({pointer, "range", "0-" + std::to_string(most)});
}

}  // namespace

std::vector<core::FieldError> check(const MeasureText& text, const packs::CodeBook& codes, const core::Date& today,
                                    const std::string& root, const MeasureText* before) {
    static const MeasureText nothing;
    const MeasureText& old = before == nullptr ? nothing : *before;
    std::vector<core::FieldError> errors;
    codes.check(text.kind, today, root + "/kind", errors, text.kind == old.kind);
    codes.check(text.feasibility, today, root + "/feasibility", errors, text.feasibility == old.feasibility);
    codes.check(text.proposal_target, today, root + "/proposal_target", errors,
                text.proposal_target == old.proposal_target);
    codes.check(text.actors, today, root + "/actors", errors, old.actors);
    for (std::size_t i = 0; i < text.issue_ids.size(); ++i) {
        const auto here = text.issue_ids.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(text.issue_ids.begin(), here, *here) == here)
            continue;
        errors.push_back({root + "/issue_ids/" + std::to_string(i), "duplicate", ""});
    }
    if (text.starts_on && text.ends_on && *text.ends_on < *text.starts_on) {
        errors.push_back({root + "/ends_on", "date_order", ""});
    }
    if (text.starts_on && text.evaluate_on && *text.evaluate_on < *text.starts_on) {
        errors.push_back({root + "/evaluate_on", "date_order", ""});
    }
    check_money(text.budget_asked, root + "/budget_asked", errors);
    check_money(text.budget_granted, root + "/budget_granted", errors);
    check_money(text.budget_spent, root + "/budget_spent", errors);
    return errors;
}

std::vector<core::FieldError> check(const NewProgress& progress, const core::Date& latest_day) {
    if (progress.on && *progress.on > latest_day)
        return {{"/on", "future", ""}};
    return {};
}

bool may_follow(MeasureState from, MeasureState to) {
    return steps().at(from).contains(to);
}

bool needs_reason(MeasureState from, MeasureState to) {
    return to == cancelled || place(to) < place(from);
}

std::vector<core::FieldError> check_complete(const MeasureText& text, MeasureState state, const std::string& root) {
    std::vector<core::FieldError> errors;
    const auto require = [&](bool there, const char* field) {
        if (!there)
            errors.push_back({root + "/" + field, "required", ""});
    };
    if (state == draft || state == cancelled)
        return errors;
    require(!text.issue_ids.empty(), "issue_ids");
    if (state == coordination)
        return errors;
    require(text.starts_on.has_value(), "starts_on");
    require(text.ends_on.has_value(), "ends_on");
    require(text.evaluate_on.has_value(), "evaluate_on");
    return errors;
}

void require_step(MeasureState from, const MeasureStateChange& change, const MeasureText& text) {
    if (!may_follow(from, change.state))
        throw core::not_allowed_in_state(record::to_text(from));
    auto errors = check_complete(text, change.state, "/text");
    if (needs_reason(from, change.state) && change.reason.empty())
        errors.push_back({"/reason", "required", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

void require_open(MeasureState state) {
    if (state == finished || state == cancelled)
        throw core::not_allowed_in_state(record::to_text(state));
}

}  // namespace tsunagi::measures
