// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/meetings/meeting.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::meetings {

/// Use cases of bodies and meetings. Read across the municipality and by those who attend; changed by the people of the
/// secretariat's desk and the officers. Anybody of the municipality may put a record on an agenda.
class MeetingService {
public:
    MeetingService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                   core::Clock clock);

    [[nodiscard]] Bodies bodies(const access::Actor& actor) const;
    [[nodiscard]] Body body(const access::Actor& actor, const core::BodyId& id) const;
    [[nodiscard]] BodyHistory body_history(const access::Actor& actor, const core::BodyId& id) const;
    /// Without a desk the body is the officers' own; desk people without one named get their only desk.
    Body create_body(const access::Actor& actor, const NewBody& body, const std::string& idempotency_key) const;
    Body change_body(const access::Actor& actor, const core::BodyId& id, std::int64_t version,
                     const NewBody& body) const;

    [[nodiscard]] MeetingPage list(const access::Actor& actor, const MeetingFilter& filter) const;
    [[nodiscard]] Meeting get(const access::Actor& actor, const core::MeetingId& id) const;
    [[nodiscard]] MeetingHistory history(const access::Actor& actor, const core::MeetingId& id) const;
    Meeting create(const access::Actor& actor, const MeetingText& text, const std::string& idempotency_key) const;
    /// Replaces agenda, attendance and tasks as a whole; items and tasks that keep their id stay the same ones.
    Meeting change(const access::Actor& actor, const core::MeetingId& id, std::int64_t version,
                   const MeetingText& text) const;
    /// At the end of the agenda of a planned meeting. A record that is on it already is a `duplicate`.
    Meeting add_agenda_item(const access::Actor& actor, const core::MeetingId& id, const NewAgendaItem& item,
                            const std::string& idempotency_key = {}) const;
    /// Also for the one who has the task.
    Meeting change_task(const access::Actor& actor, const core::MeetingId& id, const core::TaskId& task,
                        std::int64_t version, const TaskChange& change) const;

private:
    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::meetings
