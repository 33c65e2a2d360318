// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::consultations {

/// Something to be done about a case on a day. A case has any number of them; the day on the sheet is one.
struct FollowUpText {
    core::Date due_on;
    record::NonEmpty<record::Text<200>> note;
    std::optional<core::UserId> owner_id;  ///< who does it; the receiver of the case when absent
};
BOOST_DESCRIBE_STRUCT(FollowUpText, (), (due_on, note, owner_id))

struct FollowUp {
    core::FollowUpId id;
    core::ConsultationId consultation_id;
    std::int64_t version = 1;
    core::Date due_on;
    std::string note;
    std::optional<core::UserId> owner_id;
    std::string owner_name;                ///< withheld from an advisor
    bool of_sheet = false;                 ///< set by the day on the sheet
    std::optional<core::Instant> done_at;  ///< absent while it is open
    std::string done_by_name;
    core::Instant created_at;
    std::string created_by_name;
};
BOOST_DESCRIBE_STRUCT(FollowUp, (),
                      (id, consultation_id, version, due_on, note, owner_id, owner_name, of_sheet, done_at,
                       done_by_name, created_at, created_by_name))

struct FollowUps {
    std::vector<FollowUp> items;  ///< open ones by day, then the done ones, newest first
};
BOOST_DESCRIBE_STRUCT(FollowUps, (), (items))

struct FollowUpDone {
    bool done = true;  ///< false takes the mark back
};
BOOST_DESCRIBE_STRUCT(FollowUpDone, (), (done))

/// An open follow-up of a case that is not closed, with the case it belongs to.
struct OpenFollowUp {
    core::FollowUpId id;
    core::ConsultationId consultation_id;
    core::DeskId desk_id;
    std::int64_t version = 1;
    std::string number;
    std::string subject;
    core::Date due_on;
    std::string note;        ///< withheld from an advisor like the name
    std::string owner_name;  ///< the receiver of the case where nobody is named
    std::optional<record::Code<"urgency">> urgency;
};
BOOST_DESCRIBE_STRUCT(OpenFollowUp, (),
                      (id, consultation_id, desk_id, version, number, subject, due_on, note, owner_name, urgency))

struct OpenFollowUpFilter {
    std::vector<core::DeskId> desk;
    std::optional<bool> mine;         ///< those that the person does: named, or receiver of the case
    std::optional<core::Date> until;  ///< due on that day at the latest
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(OpenFollowUpFilter, (), (desk, mine, until, limit, after))

/// By day.
struct OpenFollowUpPage {
    std::vector<OpenFollowUp> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(OpenFollowUpPage, (), (items, next, total, total_capped))

/// What a card on the home board says of an open follow-up.
struct DueFollowUp {
    core::ConsultationId consultation_id;
    core::Date due_on;
    std::string note;
    std::string owner_name;  ///< empty: the receiver of the case, or withheld like the note
};
BOOST_DESCRIBE_STRUCT(DueFollowUp, (), (consultation_id, due_on, note, owner_name))

}  // namespace tsunagi::consultations
