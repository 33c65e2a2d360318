// SPDX-License-Identifier: Apache-2.0
// Pure decisions about bodies and meetings. No I/O, no clock.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/meetings/meeting.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::meetings {

/// Codes of a body. Those it already had stay allowed after their retirement.
[[nodiscard]] std::vector<core::FieldError> check(const NewBody& body, const packs::CodeBook& codes,
                                                  const core::Date& today, const NewBody* before = nullptr);

/// Would the body, below that parent, stand below itself?
[[nodiscard]] bool makes_circle(const std::vector<Body>& bodies, const core::BodyId& body, const core::BodyId& parent);

/// Codes, times and days of a meeting; agenda items that name a record or none, as their subject asks; tasks that name
/// their owner and their day; items and tasks that keep an id must be of this meeting (`before`) and come once. Codes
/// and gaps of a task that were there `before` stay allowed.
[[nodiscard]] std::vector<core::FieldError> check(const MeetingText& text, const packs::CodeBook& codes,
                                                  const core::Date& today, const core::Date& latest_day,
                                                  const MeetingText* before = nullptr);
[[nodiscard]] std::vector<core::FieldError> check(const NewAgendaItem& item);

/// 未着手 → 着手 → 完了 → 差戻し, and back to work. Dictionary section 7.5.
[[nodiscard]] bool may_follow(TaskState from, TaskState to);

}  // namespace tsunagi::meetings
