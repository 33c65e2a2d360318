// SPDX-License-Identifier: Apache-2.0
// Pure decisions about issues: what a text must hold, which state follows which. No I/O, no clock.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/issues/issue.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::issues {

/// Codes and dates of a text, pointers below `root`. Codes that the text `before` already had stay allowed after their
/// retirement.
[[nodiscard]] std::vector<core::FieldError> check(const IssueText& text, const packs::CodeBook& codes,
                                                  const core::Date& today, const std::string& root,
                                                  const IssueText* before = nullptr);

/// The origin must fit what comes with it: `meeting` and `evaluation` name their record, `cases`, `matrix` and
/// `awareness` their evidence; no case twice.
[[nodiscard]] std::vector<core::FieldError> check_origin(const NewIssue& issue);

/// Evidence says why the case is one; a candidate is not yet decided on and may do without. Pointers below `root`.
[[nodiscard]] std::vector<core::FieldError> check(const NewEvidence& evidence, const std::string& root);

[[nodiscard]] bool may_follow(IssueState from, IssueState to);
/// Holding, solving, reconsidering and every step back need words.
[[nodiscard]] bool needs_reason(IssueState from, IssueState to);
/// What a text must hold in a state (dictionary sections 6 and 7.5), pointers below `root`: under review what the issue
/// is about, from a measure on what is aimed at as well. A sign, a pause and an end ask for nothing.
[[nodiscard]] std::vector<core::FieldError> check_complete(const IssueText& text, IssueState state,
                                                           const std::string& root);
/// Throws `not_allowed_in_state`, or `invalid` with everything that is missing for the step: `/reason` and what the
/// text must hold, below `/text`.
void require_step(IssueState from, const IssueStateChange& change, const IssueText& text);

/// 8-07: year of the era and running number of the municipality's fiscal year. The screen puts its word before it.
[[nodiscard]] std::string issue_number(int fiscal_year, std::int64_t sequence);

/// What somebody may know of a case outside their scope: its background, nothing to recognise the record by.
[[nodiscard]] consultations::CaseBackground anonymous(consultations::CaseBackground background);

}  // namespace tsunagi::issues
