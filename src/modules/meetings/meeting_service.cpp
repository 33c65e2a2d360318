// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/meeting_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/meetings/body_store.hpp"
#include "modules/meetings/meeting_rules.hpp"
#include "modules/meetings/meeting_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::meetings {
namespace {

const Body* find_body(const std::vector<Body>& bodies, const core::BodyId& id) {
    const auto found = std::ranges::find_if(bodies, [&](const Body& body) { return body.id == id; });
    return found == bodies.end() ? nullptr : &*found;
}

Body body_or_not_found(db::ReadTx& tx, const access::Actor& actor, const core::BodyId& id, const core::Date& today) {
    const auto all = meetings::bodies(tx, actor, today);
    const Body* body = find_body(all, id);
    if (body == nullptr)
        throw core::not_found();
    return *body;
}

/// The municipality the body belongs to: that of its desk, of its parent, or the only one of the officer.
core::RegionId municipality_for(db::ReadTx& tx, const access::Actor& actor, const NewBody& body, const Body* parent) {
    if (body.desk_id) {
        const auto municipality = access::municipality_of(tx, *body.desk_id);
        if (!municipality || !access::may_change(actor, body.desk_id, *municipality)) {
            throw core::invalid({{"/desk_id", "not_allowed", ""}});
        }
        return *municipality;
    }
    if (parent != nullptr && actor.works_for(parent->municipality_id))
        return parent->municipality_id;
    if (actor.municipalities.size() == 1)
        return actor.municipalities.front();
    throw core::invalid({{"/desk_id", "required", ""}});
}

std::vector<core::FieldError> check_parent(const std::vector<Body>& all, const NewBody& body,
                                           const core::RegionId& municipality, const core::BodyId* self) {
    if (!body.parent_id)
        return {};
    const Body* parent = find_body(all, *body.parent_id);
    if (parent == nullptr || parent->municipality_id != municipality)
        return {{"/parent_id", "not_found", ""}};
    if (self != nullptr && makes_circle(all, *self, *body.parent_id))
        return {{"/parent_id", "not_allowed", ""}};
    return {};
}

MeetingRecord readable(db::ReadTx& tx, const access::Actor& actor, const core::MeetingId& id) {
    auto record = find(tx, actor, id);
    if (!record)
        throw core::not_found();
    return *record;
}

/// Subjects must be in the writer's scope unless that item was about them already; people must exist.
void check_references(db::ReadTx& tx, const access::Actor& actor, const MeetingText& text, const MeetingText& before,
                      std::vector<core::FieldError>& errors) {
    const auto visible = visible_subjects(tx, actor, text.agenda);
    for (std::size_t i = 0; i < text.agenda.size(); ++i) {
        const AgendaItem& item = text.agenda[i];
        if (!item.subject_id || item.subject == AgendaSubject::other ||
            std::ranges::find(visible, *item.subject_id) != visible.end())
            continue;
        const bool kept = std::ranges::any_of(before.agenda, [&](const AgendaItem& old) {
            return old.id == item.id && old.subject == item.subject && old.subject_id == item.subject_id;
        });
        if (!kept)
            errors.push_back({"/agenda/" + std::to_string(i) + "/subject_id", "not_found", ""});
    }
    std::vector<core::UserId> people;
    for (const auto& one : text.attendance) {
        if (one.user_id)
            people.push_back(*one.user_id);
    }
    for (const auto& task : text.tasks) {
        if (task.owner_id)
            people.push_back(*task.owner_id);
    }
    const auto known = known_users(tx, people);
    const auto is_unknown = [&](const std::optional<core::UserId>& user) {
        return user && std::ranges::find(known, *user) == known.end();
    };
    for (std::size_t i = 0; i < text.attendance.size(); ++i) {
        if (!is_unknown(text.attendance[i].user_id))
            continue;
        errors.push_back({"/attendance/" + std::to_string(i) + "/user_id", "not_found", ""});
    }
    for (std::size_t i = 0; i < text.tasks.size(); ++i) {
        if (!is_unknown(text.tasks[i].owner_id))
            continue;
        errors.push_back({"/tasks/" + std::to_string(i) + "/owner_id", "not_found", ""});
    }
}

/// Numbers come from the subjects, never from the writer.
MeetingText without_numbers(MeetingText text) {
    for (auto& item : text.agenda)
        item.subject_number = {};
    return text;
}

audit::Event audited(const access::Actor& actor, std::string action, std::string kind, const std::string& id,
                     std::string detail) {
    return {actor.user_id, actor.name, std::move(action), std::move(kind), id, std::move(detail)};
}

}  // namespace

MeetingService::MeetingService(db::Database& database, const audit::AuditService& audit,
                               const packs::PacksService& packs, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), clock_(std::move(clock)) {}

Bodies MeetingService::bodies(const access::Actor& actor) const {
    access::require(actor, "meetings.read");
    const auto today = clock_.today();
    return database_.read([&](db::ReadTx& tx) { return Bodies{meetings::bodies(tx, actor, today)}; });
}

Body MeetingService::body(const access::Actor& actor, const core::BodyId& id) const {
    access::require(actor, "meetings.read");
    const auto today = clock_.today();
    return database_.read([&](db::ReadTx& tx) { return body_or_not_found(tx, actor, id, today); });
}

Body MeetingService::create_body(const access::Actor& actor, const NewBody& wanted, const std::string& key) const {
    access::require(actor, "meetings.write");
    NewBody body = wanted;
    if (!body.desk_id && actor.municipalities.empty())
        body.desk_id = access::desk_for_new_record(actor, std::nullopt);
    const auto now = clock_.now();
    const auto today = core::day_in_japan(now);
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createBody", record::to_json(wanted));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint)) {
            return body_or_not_found(tx, actor, core::BodyId(*earlier), today);
        }
        const auto all = meetings::bodies(tx, actor, today);
        const Body* parent = body.parent_id ? find_body(all, *body.parent_id) : nullptr;
        Body made{core::BodyId::make(), municipality_for(tx, actor, body, parent), 1, 0, std::nullopt, body};
        auto errors = check(body, *codes, today);
        for (auto& error : check_parent(all, body, made.municipality_id, nullptr))
            errors.push_back(std::move(error));
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        insert(tx, record_of(made));
        db::add_version(tx, body_version_table, made.id.str(),
                        {1, now, actor.user_id, "created", "", record::to_json(body)});
        audit_.record(tx, audited(actor, "create", "body", made.id.str(), ""));
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), now);
        return made;
    });
}

Body MeetingService::change_body(const access::Actor& actor, const core::BodyId& id, std::int64_t version,
                                 const NewBody& body) const {
    access::require(actor, "meetings.write");
    const auto now = clock_.now();
    const auto today = core::day_in_japan(now);
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        const auto all = meetings::bodies(tx, actor, today);
        const Body* before = find_body(all, id);
        if (before == nullptr)
            throw core::not_found();
        access::require_change(actor, before->text.desk_id, before->municipality_id);
        if (before->version != version)
            throw core::stale(before->version);
        auto errors = check(body, *codes, today, &before->text);
        for (auto& error : check_parent(all, body, before->municipality_id, &id))
            errors.push_back(std::move(error));
        if (body.desk_id && access::municipality_of(tx, *body.desk_id) != before->municipality_id) {
            errors.push_back({"/desk_id", "not_found", ""});
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        Body after = *before;
        after.text = body;
        if (!update(tx, record_of(after)))
            throw core::stale(version + 1);
        ++after.version;
        db::add_version(tx, body_version_table, id.str(),
                        {after.version, now, actor.user_id, "edited", "", record::to_json(body)});
        audit_.record(tx, audited(actor, "change", "body", id.str(), "version=" + std::to_string(after.version)));
        return after;
    });
}

BodyHistory MeetingService::body_history(const access::Actor& actor, const core::BodyId& id) const {
    access::require(actor, "meetings.read");
    const auto today = clock_.today();
    return database_.read([&](db::ReadTx& tx) {
        (void)body_or_not_found(tx, actor, id, today);
        return BodyHistory{db::read_versions<BodyVersion>(db::versions(tx, body_version_table, id.str()))};
    });
}

MeetingPage MeetingService::list(const access::Actor& actor, const MeetingFilter& filter) const {
    access::require(actor, "meetings.read");
    return database_.read([&](db::ReadTx& tx) { return meetings::list(tx, actor, filter); });
}

Meeting MeetingService::get(const access::Actor& actor, const core::MeetingId& id) const {
    access::require(actor, "meetings.read");
    auto meeting = database_.read([&](db::ReadTx& tx) { return load(tx, actor, id); });
    if (!meeting)
        throw core::not_found();
    return *meeting;
}

MeetingHistory MeetingService::history(const access::Actor& actor, const core::MeetingId& id) const {
    access::require(actor, "meetings.read");
    return database_.read([&](db::ReadTx& tx) {
        readable(tx, actor, id);
        return MeetingHistory{db::read_versions<MeetingVersion>(db::versions(tx, version_table, id.str()))};
    });
}

Meeting MeetingService::create(const access::Actor& actor, const MeetingText& wanted, const std::string& key) const {
    access::require(actor, "meetings.write");
    const MeetingText text = without_numbers(wanted);
    const auto now = clock_.now();
    const auto today = core::day_in_japan(now);
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createMeeting", record::to_json(text));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint)) {
            return load(tx, actor, core::MeetingId(*earlier)).value();
        }
        const auto all = meetings::bodies(tx, actor, today);
        const Body* body = find_body(all, text.body_id);
        if (body == nullptr)
            throw core::invalid({{"/body_id", "not_found", ""}});
        access::require_change(actor, body->text.desk_id, body->municipality_id);
        auto errors = check(text, *codes, today, actor.latest_day);
        check_references(tx, actor, text, {}, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        MeetingRecord record;
        record.id = core::MeetingId::make();
        record.municipality_id = body->municipality_id;
        record.desk_id = body->text.desk_id;
        record.created_at = record.updated_at = now;
        record.created_by = record.updated_by = actor.user_id;
        insert(tx, record, text);
        auto made = load(tx, actor, record.id).value();
        db::add_version(tx, version_table, record.id.str(),
                        {1, now, actor.user_id, "created", "", record::to_json(without_numbers(made.text))});
        audit_.record(tx, audited(actor, "create", "meeting", record.id.str(), ""));
        db::remember(tx, actor.user_id, key, fingerprint, record.id.str(), now);
        return made;
    });
}

Meeting MeetingService::change(const access::Actor& actor, const core::MeetingId& id, std::int64_t version,
                               const MeetingText& wanted) const {
    access::require(actor, "meetings.write");
    const auto now = clock_.now();
    const auto today = core::day_in_japan(now);
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        auto record = readable(tx, actor, id);
        access::require_change(actor, record.desk_id, record.municipality_id);
        if (record.version != version)
            throw core::stale(record.version);
        MeetingText text = without_numbers(wanted);
        const MeetingText before = text_of(tx, record);
        auto errors = check(text, *codes, today, actor.latest_day, &before);
        if (text.body_id != before.body_id) {
            const auto all = meetings::bodies(tx, actor, today);
            const Body* body = find_body(all, text.body_id);
            if (body == nullptr || body->municipality_id != record.municipality_id) {
                errors.push_back({"/body_id", "not_found", ""});
            }
        }
        check_references(tx, actor, text, before, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        db::add_version(tx, version_table, id.str(),
                        {version + 1, now, actor.user_id, "edited", "", record::to_json(text)});
        audit_.record(tx, audited(actor, "change", "meeting", id.str(), "version=" + std::to_string(version + 1)));
        return load(tx, actor, id).value();
    });
}

Meeting MeetingService::add_agenda_item(const access::Actor& actor, const core::MeetingId& id,
                                        const NewAgendaItem& item, const std::string& key) const {
    access::require(actor, "meetings.write");
    const auto now = clock_.now();
    const std::string fingerprint = db::request_fingerprint("addAgendaItem", id.str() + record::to_json(item));
    return database_.write([&](db::WriteTx& tx) {
        lock(tx, id);
        auto record = readable(tx, actor, id);
        if (db::remembered(tx, actor.user_id, key, fingerprint))
            return load(tx, actor, id).value();
        if (record.state != MeetingState::planned)
            throw core::not_allowed_in_state(record::to_text(record.state));
        AgendaItem added;
        added.title = item.title;
        added.subject = item.subject;
        added.subject_id = item.subject_id;
        auto errors = check(item);
        if (errors.empty() && item.subject_id && visible_subjects(tx, actor, {added}).empty()) {
            errors.push_back({"/subject_id", "not_found", ""});
        }
        MeetingText text = text_of(tx, record);
        if (item.subject_id && std::ranges::any_of(text.agenda, [&](const AgendaItem& other) {
                return other.subject_id == item.subject_id;
            })) {
            errors.push_back({"/subject_id", "duplicate", ""});
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        text.agenda.push_back(added);
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(record.version + 1);
        db::add_version(tx, version_table, id.str(),
                        {record.version + 1, now, actor.user_id, "agenda", "", record::to_json(text)});
        audit_.record(tx, audited(actor, "agenda", "meeting", id.str(),
                                  record::to_text(item.subject) + "=" + item.subject_id.value_or("")));
        db::remember(tx, actor.user_id, key, fingerprint, text.agenda.back().id.value().str(), now);
        return load(tx, actor, id).value();
    });
}

Meeting MeetingService::change_task(const access::Actor& actor, const core::MeetingId& id, const core::TaskId& task,
                                    std::int64_t version, const TaskChange& change) const {
    access::require(actor, "meetings.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        auto record = readable(tx, actor, id);
        MeetingText text = text_of(tx, record);
        const auto found = std::ranges::find_if(text.tasks, [&](const Task& one) { return one.id == task; });
        if (found == text.tasks.end())
            throw core::not_found();
        if (found->owner_id != actor.user_id)
            access::require_change(actor, record.desk_id, record.municipality_id);
        if (record.version != version)
            throw core::stale(record.version);
        if (!may_follow(found->state, change.state))
            throw core::not_allowed_in_state(record::to_text(found->state));
        found->state = change.state;
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        db::add_version(tx, version_table, id.str(),
                        {version + 1, now, actor.user_id, "task", "", record::to_json(text)});
        audit_.record(tx, audited(actor, "state", "task", task.str(), record::to_text(change.state)));
        return load(tx, actor, id).value();
    });
}

}  // namespace tsunagi::meetings
