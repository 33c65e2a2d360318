// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"

namespace tsunagi::core {

/// A new UUIDv7 as lower-case text: sorts by the time it was made (RFC 9562).
[[nodiscard]] std::string new_uuid();
/// Whether `text` is a UUID in canonical lower-case form.
[[nodiscard]] bool is_uuid(std::string_view text);

/// Names one record of one kind; two kinds cannot be mixed up.
template <class Tag>
class Id {
public:
    Id() = default;

    /// Trusts the text: for values that come from the database or from `make`.
    explicit Id(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] static Id make() { return Id(new_uuid()); }

    /// Nothing when the text is no UUID.
    [[nodiscard]] static std::optional<Id> parse(std::string_view text) {
        return is_uuid(text) ? std::optional<Id>(Id(std::string(text))) : std::nullopt;
    }

    [[nodiscard]] const std::string& str() const { return text_; }

    [[nodiscard]] bool empty() const { return text_.empty(); }

    friend auto operator<=>(const Id&, const Id&) = default;

private:
    std::string text_;
};

using RegionId = Id<struct RegionTag>;
using OrganizationId = Id<struct OrganizationTag>;
using DeskId = Id<struct DeskTag>;
using UserId = Id<struct UserTag>;
using AssignmentId = Id<struct AssignmentTag>;
using ConsultationId = Id<struct ConsultationTag>;
using FollowUpId = Id<struct FollowUpTag>;
using ActivityId = Id<struct ActivityTag>;
using IssueId = Id<struct IssueTag>;
using BodyId = Id<struct BodyTag>;
using MeetingId = Id<struct MeetingTag>;
using AgendaItemId = Id<struct AgendaItemTag>;
using TaskId = Id<struct TaskTag>;
using MeasureId = Id<struct MeasureTag>;
using IndicatorId = Id<struct IndicatorTag>;
using EvaluationId = Id<struct EvaluationTag>;

}  // namespace tsunagi::core

template <class Tag>
struct std::hash<tsunagi::core::Id<Tag>> {
    std::size_t operator()(const tsunagi::core::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.str());
    }
};
