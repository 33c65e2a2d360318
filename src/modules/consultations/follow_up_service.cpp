// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/follow_up_service.hpp"

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/consultations/consultation_rules.hpp"
#include "modules/consultations/consultation_store.hpp"
#include "modules/consultations/follow_up_store.hpp"
#include "modules/consultations/found_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::consultations {
namespace {

using store::found;
using store::found_for_change;

store::FollowUpRecord found_follow_up(db::ReadTx& tx, const access::Actor& actor, const core::FollowUpId& id,
                                      std::int64_t version) {
    auto record = store::find_follow_up(tx, actor, id);
    if (!record)
        throw core::not_found();
    if (!actor.works_at(record->desk_id))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    if (record->version != version)
        throw core::stale(record->version);
    return std::move(*record);
}

}  // namespace

FollowUpService::FollowUpService(db::Database& database, const audit::AuditService& audit, core::Clock clock)
    : database_(database), audit_(audit), clock_(std::move(clock)) {}

FollowUps FollowUpService::all_of(db::ReadTx& tx, const access::Actor& actor, const Consultation& consultation) {
    FollowUps result{.items = store::follow_ups(tx, actor, consultation.id)};
    if (disclosure(actor, consultation.desk_id, consultation.municipality_id, consultation.shared_with_municipality) ==
        Disclosure::background) {
        // An advisor sees that something is to be done and when, not in whose words and by whom.
        for (FollowUp& one : result.items) {
            one.note = {};
            one.owner_id.reset();
            one.owner_name = one.done_by_name = one.created_by_name = {};
        }
    }
    return result;
}

void FollowUpService::record(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation,
                             const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = "follow_up",
                       .subject_kind = "consultation",
                       .subject_id = consultation.id.str(),
                       .detail = detail});
}

void FollowUpService::check(db::ReadTx& tx, const FollowUpText& text, const std::string& root,
                            std::vector<core::FieldError>& errors) {
    if (text.owner_id && !access::active_user_exists(tx, *text.owner_id))
        errors.push_back({root + "/owner_id", "not_found", ""});
}

FollowUps FollowUpService::list(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "consultations.read");
    return database_.read([&](db::ReadTx& tx) { return all_of(tx, actor, found(tx, actor, id)); });
}

OpenFollowUpPage FollowUpService::open(const access::Actor& actor, const OpenFollowUpFilter& filter) const {
    access::require(actor, "consultations.read");
    return database_.read([&](db::ReadTx& tx) {
        auto page = store::open_follow_ups(tx, actor, filter);
        std::vector<OpenFollowUp> items;
        items.reserve(page.items.size());
        for (auto& row : page.items) {
            if (disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality) ==
                Disclosure::background)
                row.note = row.owner_name = {};
            items.push_back(std::move(row));
        }
        return db::framed<OpenFollowUpPage>(page, std::move(items));
    });
}

void FollowUpService::add(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation,
                          const FollowUpText& text) const {
    store::FollowUpRecord made;
    made.id = core::FollowUpId::make();
    made.desk_id = consultation.desk_id;
    made.municipality_id = consultation.municipality_id;
    made.consultation_id = consultation.id;
    made.due_on = text.due_on;
    made.note = text.note;
    made.owner_id = text.owner_id;
    made.created_at = made.updated_at = clock_.now();
    made.created_by = made.updated_by = actor.user_id;
    store::insert_follow_up(tx, made);
    record(tx, actor, consultation, "add " + made.due_on.str());
}

FollowUps FollowUpService::add(const access::Actor& actor, const core::ConsultationId& id, const FollowUpText& text,
                               const std::string& idempotency_key) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    const std::string fingerprint = db::request_fingerprint("addFollowUp", id.str() + record::to_json(text));
    return database_.write([&](db::WriteTx& tx) {
        const auto consultation = found_for_change(tx, actor, id);
        if (db::remembered(tx, actor.user_id, idempotency_key, fingerprint))
            return all_of(tx, actor, consultation);
        std::vector<core::FieldError> errors;
        check(tx, text, "", errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        add(tx, actor, consultation, text);
        store::enter(tx, actor, consultation, now, 0);
        db::remember(tx, actor.user_id, idempotency_key, fingerprint, id.str(), now);
        return all_of(tx, actor, consultation);
    });
}

FollowUps FollowUpService::change(const access::Actor& actor, const core::FollowUpId& id, std::int64_t version,
                                  const FollowUpText& text) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        auto one = found_follow_up(tx, actor, id, version);
        if (one.done_at)
            throw core::not_allowed_in_state("done");
        if (text.owner_id != one.owner_id) {
            std::vector<core::FieldError> errors;
            check(tx, text, "", errors);
            if (!errors.empty())
                throw core::invalid(std::move(errors));
        }
        one.due_on = text.due_on;
        one.note = text.note;
        one.owner_id = text.owner_id;
        one.updated_at = now;
        one.updated_by = actor.user_id;
        if (!store::update_follow_up(tx, one))
            throw core::stale(version + 1);
        const auto consultation = found(tx, actor, one.consultation_id);
        store::enter(tx, actor, consultation, now, 0);
        record(tx, actor, consultation, "change " + one.due_on.str());
        return all_of(tx, actor, consultation);
    });
}

FollowUps FollowUpService::settle(const access::Actor& actor, const core::FollowUpId& id, std::int64_t version,
                                  const FollowUpDone& done) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        auto one = found_follow_up(tx, actor, id, version);
        const auto consultation = found(tx, actor, one.consultation_id);
        if (one.done_at.has_value() == done.done)
            return all_of(tx, actor, consultation);
        one.done_at.reset();
        one.done_by.reset();
        if (done.done) {
            one.done_at = now;
            one.done_by = actor.user_id;
        }
        one.updated_at = now;
        one.updated_by = actor.user_id;
        if (!store::update_follow_up(tx, one))
            throw core::stale(version + 1);
        store::enter(tx, actor, consultation, now, 0);
        record(tx, actor, consultation, (done.done ? "done " : "open ") + one.due_on.str());
        return all_of(tx, actor, consultation);
    });
}

std::vector<DueFollowUp> FollowUpService::due(db::ReadTx& tx, const access::Actor& actor,
                                              const std::vector<core::ConsultationId>& cases, const core::Date& until,
                                              bool mine) {
    std::vector<DueFollowUp> result;
    for (auto& row : store::due_follow_ups(tx, actor, cases, until, mine)) {
        if (disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality) == Disclosure::background)
            row.note = row.owner_name = {};
        result.push_back(std::move(row));
    }
    return result;
}

}  // namespace tsunagi::consultations
