// SPDX-License-Identifier: Apache-2.0
#include "modules/issues/issue_rules.hpp"

#include <map>
#include <set>

#include "core/utf8.hpp"

namespace tsunagi::issues {
namespace {

using enum IssueState;

/// Dictionary section 7.5; stages 2 and 3 of 図2 go back and forth, so each step has its way back.
const std::map<IssueState, std::set<IssueState>>& steps() {
    static const std::map<IssueState, std::set<IssueState>> table{
        {sign, {reviewing, solved, on_hold}},
        {reviewing, {planned, sign, solved, on_hold}},
        {planned, {underway, reviewing, on_hold}},
        {underway, {evaluating, planned, on_hold}},
        {evaluating, {solved, continued, reconsidered, underway}},
        {solved, {reviewing}},
        {continued, {planned, underway, evaluating, on_hold}},
        {reconsidered, {reviewing, planned, on_hold}},
        {on_hold, {sign, reviewing, planned, underway}},
    };
    return table;
}

/// Steps against the direction of the work; what follows an evaluation or a pause is a new start, not a step back.
bool goes_back(IssueState from, IssueState to) {
    static const std::set<std::pair<IssueState, IssueState>> table{
        {reviewing, sign}, {planned, reviewing}, {underway, planned}, {evaluating, underway}, {solved, reviewing},
    };
    return table.contains({from, to});
}

}  // namespace

std::vector<core::FieldError> check(const IssueText& text, const packs::CodeBook& codes, const core::Date& today,
                                    const std::string& root, const IssueText* before) {
    static const IssueText nothing;
    const IssueText& old = before == nullptr ? nothing : *before;
    std::vector<core::FieldError> errors;
    codes.check(text.scenes, today, root + "/scenes", errors, old.scenes);
    codes.check(text.professions, today, root + "/professions", errors, old.professions);
    codes.check(text.kind, today, root + "/kind", errors, text.kind == old.kind);
    codes.check(text.layer, today, root + "/layer", errors, text.layer == old.layer);
    return errors;
}

std::vector<core::FieldError> check_origin(const NewIssue& issue) {
    std::vector<core::FieldError> errors;
    const bool from_record = issue.origin == IssueOrigin::meeting || issue.origin == IssueOrigin::evaluation;
    const bool from_cases = issue.origin == IssueOrigin::cases || issue.origin == IssueOrigin::matrix ||
                            issue.origin == IssueOrigin::awareness;
    if (from_record && !issue.origin_id)
        errors.push_back({"/origin_id", "required", ""});
    if (!from_record && issue.origin_id)
        errors.push_back({"/origin_id", "not_allowed", ""});
    if (from_cases && issue.evidence.empty())
        errors.push_back({"/evidence", "required", ""});
    std::set<core::ConsultationId> seen;
    for (std::size_t i = 0; i < issue.evidence.size(); ++i) {
        if (seen.insert(issue.evidence[i].consultation_id).second)
            continue;
        errors.push_back({"/evidence/" + std::to_string(i) + "/consultation_id", "duplicate", ""});
    }
    return errors;
}

std::vector<core::FieldError> check(const NewEvidence& evidence, const std::string& root) {
    if (evidence.candidate || !core::is_blank(evidence.note.value))
        return {};
    return {{root + "/note", "required", ""}};
}

bool may_follow(IssueState from, IssueState to) {
    return steps().at(from).contains(to);
}

bool needs_reason(IssueState from, IssueState to) {
    return to == on_hold || to == solved || to == reconsidered || goes_back(from, to);
}

std::vector<core::FieldError> check_complete(const IssueText& text, IssueState state, const std::string& root) {
    static const std::set<IssueState> with_goal{planned, underway, evaluating, continued, reconsidered};
    std::vector<core::FieldError> errors;
    if (text.description.empty() && (state == reviewing || with_goal.contains(state)))
        errors.push_back({root + "/description", "required", ""});
    if (text.goal.empty() && with_goal.contains(state))
        errors.push_back({root + "/goal", "required", ""});
    return errors;
}

void require_step(IssueState from, const IssueStateChange& change, const IssueText& text) {
    if (!may_follow(from, change.state))
        throw core::not_allowed_in_state(record::to_text(from));
    auto errors = check_complete(text, change.state, "/text");
    if (needs_reason(from, change.state) && change.reason.empty())
        errors.push_back({"/reason", "required", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

std::string issue_number(int fiscal_year, std::int64_t sequence) {
    const std::string running = std::to_string(sequence);
    return std::to_string(core::era_of_fiscal_year(fiscal_year).year) + (sequence < 10 ? "-0" : "-") + running;
}

consultations::CaseBackground anonymous(consultations::CaseBackground background) {
    background.number.clear();
    background.subject.clear();
    background.support_text.clear();
    return background;
}

}  // namespace tsunagi::issues
