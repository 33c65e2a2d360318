// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_service.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/sealing.hpp"
#include "core/utf8.hpp"
#include "db/idempotency.hpp"
#include "modules/access/scope.hpp"
#include "modules/consultations/caller_rules.hpp"
#include "modules/consultations/caller_store.hpp"
#include "modules/consultations/consultation_store.hpp"
#include "modules/consultations/facts_store.hpp"
#include "modules/consultations/follow_up_store.hpp"
#include "modules/consultations/found_store.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::consultations {
namespace {

using store::found;
using store::found_for_change;

Disclosure disclosure_of(const access::Actor& actor, const Consultation& consultation) {
    return disclosure(actor, consultation.desk_id, consultation.municipality_id, consultation.shared_with_municipality);
}

/// A draft becomes a numbered record of its desk and fiscal year.
void give_number(Consultation& consultation, std::int64_t sequence) {
    consultation.sequence = sequence;
    consultation.number = paper_number(consultation.fiscal_year, consultation.sequence);
}

/// Words are looked for in this many of the newest records of the rest of a filter.
constexpr std::size_t most_searched = 3000;

Demand demand_of(ConsultationState state) {
    if (state == ConsultationState::draft)
        return Demand::nothing;
    return state == ConsultationState::closed ? Demand::closed : Demand::registered;
}

std::pair<std::optional<core::Date>, std::string> follow_up_of(const ConsultationSheet& sheet) {
    return {sheet.follow_up_on, sheet.follow_up_note};
}

store::Surroundings surroundings_of(db::ReadTx& tx, const Consultation& consultation, const access::Actor& actor) {
    return store::surroundings(tx, consultation.desk_id, consultation.sheet, actor.today);
}

}  // namespace

ConsultationService::ConsultationService(db::Database& database, const audit::AuditService& audit,
                                         const packs::PacksService& packs, std::string person_key, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), person_key_(std::move(person_key)), clock_(std::move(clock)) {}

Selection ConsultationService::select(db::ReadTx& tx, const access::Actor& actor, const ConsultationFilter& filter,
                                      Purpose purpose) const {
    // The shelves come first: with them the codes get the numbers that the conditions look for.
    auto shelves = visible_shelves(tx, actor, filter, purpose);
    const auto districts = store::regions_below(tx, filter.district);
    Selection result{.shelves = std::move(shelves),
                     .conditions = Conditions(filter, *packs_.codes(), shelves_.words, districts),
                     .words = &shelves_.words,
                     .searched = {}};
    if (std::ranges::find(filter.standing, CaseStanding::on_agenda) != filter.standing.end())
        result.conditions.put_on_agenda(store::on_agendas(tx, actor));
    if (!record::words_of(filter.words).empty()) {
        auto newest = find_newest(result, most_searched + 1);
        if (newest.size() > most_searched) {
            newest.resize(most_searched);
            result.searched = most_searched;
        }
        result.conditions.keep_only(store::with_words(tx, actor, newest, filter.words));
    }
    return result;
}

std::vector<VisibleShelf> ConsultationService::visible_shelves(db::ReadTx& tx, const access::Actor& actor,
                                                               const ConsultationFilter& filter,
                                                               Purpose purpose) const {
    // An advisor is not told who took the call, so nothing is found by it either.
    if (actor.disclosed_only && !filter.receiver.empty())
        return {};
    const auto asked = [&](const core::DeskId& desk) {
        return filter.desk.empty() || std::ranges::find(filter.desk, desk) != filter.desk.end();
    };
    std::vector<VisibleShelf> result;
    const auto heads = store::shelves(tx, actor, purpose);
    for (const auto& head : heads) {
        if (asked(head.desk_id))
            result.push_back(
                {head.desk_id, shelf(tx, head), head.drafts && purpose == Purpose::reading, head.municipality_id});
    }
    if (access::sees_agendas(actor)) {
        for (auto& visible : store::disclosed(tx, actor, shelves_.words)) {
            if (asked(visible.desk) &&
                std::ranges::find(heads, visible.desk, &store::ShelfHead::desk_id) == heads.end())
                result.push_back(std::move(visible));
        }
    }
    return result;
}

std::shared_ptr<const Shelf> ConsultationService::shelf(db::ReadTx& tx, const store::ShelfHead& head) const {
    const Shelves::Place place{head.desk_id, head.municipality_id};
    return shelves_.at(place, head.last_change, [&](std::int64_t since, const std::function<void(Changes)>& part) {
        store::changes(tx, place, since, shelves_.words, part);
    });
}

void ConsultationService::warm_up(const std::stop_token& stop) const {
    while (!stop.stop_requested() && database_.write(store::write_searched)) {
    }
    for (const auto& head : database_.read([](db::ReadTx& tx) { return store::all_shelves(tx); })) {
        if (stop.stop_requested())
            return;
        database_.read([&](db::ReadTx& tx) { (void)shelf(tx, head); });
    }
}

ConsultationPage ConsultationService::list(const access::Actor& actor, const ConsultationFilter& filter) const {
    require(actor, "consultations.read");
    return database_.read([&](db::ReadTx& tx) {
        const Selection selection = select(tx, actor, filter, Purpose::reading);
        Found found = find_page(selection, filter);
        ConsultationPage page{.items = store::rows(tx, actor, found.ids),
                              .next = std::move(found.next),
                              .total = std::min(found.total, most_counted),
                              .total_capped = found.total > most_counted,
                              .searched = selection.searched};
        if (access::sees_agendas(actor)) {
            const auto confirmed = confirmed_texts(tx, actor, found.ids);
            for (auto& row : page.items) {
                // Somebody may be an advisor here and work at a desk there.
                if (actor.works_at(row.desk_id) ||
                    std::ranges::find(actor.municipality_desks, row.desk_id) != actor.municipality_desks.end())
                    continue;
                row.receiver_id.reset();
                if (const auto* text = confirmed_of(confirmed, row.id)) {
                    row.subject = text->of("subject");
                    row.district_id = text->district_id;
                }
            }
        }
        return page;
    });
}

CasePage ConsultationService::cases(const access::Actor& actor, const ConsultationFilter& filter) const {
    require(actor, "consultations.read");
    return database_.read([&](db::ReadTx& tx) {
        const Selection selection = select(tx, actor, filter, Purpose::cases);
        Found found = find_page(selection, filter);
        return CasePage{.items = store::cases(tx, actor, found.ids),
                        .next = std::move(found.next),
                        .total = std::min(found.total, most_counted),
                        .total_capped = found.total > most_counted,
                        .searched = selection.searched};
    });
}

std::vector<CaseBackground> ConsultationService::backgrounds(db::ReadTx& tx, const access::Actor& actor,
                                                             const std::vector<core::ConsultationId>& ids) const {
    return store::cases(tx, actor, ids);
}

std::vector<Headline> ConsultationService::headlines(db::ReadTx& tx, const access::Actor& actor,
                                                     const std::vector<core::ConsultationId>& ids) const {
    std::vector<Headline> result;
    const auto confirmed = confirmed_texts(tx, actor, ids);
    for (auto& row : store::headlines(tx, actor, ids)) {
        if (disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality) ==
            Disclosure::background) {
            row.follow_up_note = {};
            row.receiver_name = {};
            if (const auto* text = confirmed_of(confirmed, row.id))
                row.subject = text->of("subject");
        }
        result.push_back(std::move(row));
    }
    return result;
}

Consultation ConsultationService::create(const access::Actor& actor, const NewConsultation& body,
                                         const std::string& idempotency_key) {
    require(actor, "consultations.write");
    const ConsultationState state = body.state.value_or(ConsultationState::open);
    if (state != ConsultationState::draft && state != ConsultationState::open)
        throw core::invalid({{"/state", "not_allowed", ""}});
    Consultation made;
    made.id = core::ConsultationId::make();
    made.desk_id = access::desk_for_new_record(actor, body.desk_id);
    made.state = state;
    made.created_at = made.updated_at = clock_.now();
    made.created_by = made.updated_by = actor.user_id;
    made.created_by_name = made.updated_by_name = actor.name;
    made.fiscal_year = body.sheet.received_on.value_or(actor.today).fiscal_year();
    made.sheet = body.sheet;
    const std::string fingerprint =
        idempotency_key.empty() ? std::string() : db::request_fingerprint("createConsultation", record::to_json(body));
    // Looked at before the lane, where creations of one desk wait for each other.
    const auto around = database_.read([&](db::ReadTx& tx) { return surroundings_of(tx, made, actor); });
    const auto work = [&](db::WriteTx& tx) {
        if (const auto known = db::remembered(tx, actor.user_id, idempotency_key, fingerprint))
            return found(tx, actor, core::ConsultationId(*known));
        Consultation consultation = made;
        consultation.municipality_id = check(around, consultation, demand_of(state), "/sheet", nullptr, actor);
        const store::Taken taken = store::take_for_new(tx, consultation);
        if (state == ConsultationState::open)
            give_number(consultation, taken.sequence);
        store::insert(tx, consultation, VersionKind::created, taken.change);
        if (!taken.caller_counted)
            store::follow_caller(tx, std::nullopt, consultation);
        record(tx, actor, "create", consultation, consultation.number);
        db::remember(tx, actor.user_id, idempotency_key, fingerprint, consultation.id.str(), consultation.created_at);
        return consultation;
    };
    return database_.write(work, made.desk_id.str());  // the desk's next number is taken by one after the other
}

core::RegionId ConsultationService::check(const store::Surroundings& around, const Consultation& consultation,
                                          Demand demand, const std::string& pointer, const ConsultationSheet* before,
                                          const access::Actor& actor) const {
    const auto codes = packs_.codes();
    const ConsultationSheet& sheet = consultation.sheet;
    auto errors = check_sheet(sheet, {.codes = *codes,
                                      .today = actor.today,
                                      .latest_day = actor.latest_day,
                                      .demand = demand,
                                      .pointer = pointer,
                                      .before = before});
    const bool receiver_kept = before != nullptr && before->receiver_id == sheet.receiver_id;
    if (!around.receiver_fits && !receiver_kept)
        errors.push_back({pointer + "/receiver_id", "not_allowed", ""});
    const bool district_kept = before != nullptr && before->district_id == sheet.district_id;
    if (!around.district_fits && !district_kept)
        errors.push_back({pointer + "/district_id", "not_allowed", ""});
    if (around.desk_ended && before == nullptr)
        errors.push_back({"/desk_id", "not_allowed", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    return around.municipality_id;
}

void ConsultationService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                                 const Consultation& subject, const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "consultation",
                       .subject_id = subject.id.str(),
                       .detail = detail});
}

Consultation ConsultationService::get(const access::Actor& actor, const core::ConsultationId& id) const {
    require(actor, "consultations.read");
    return database_.write([&](db::WriteTx& tx) {
        auto consultation = found(tx, actor, id);
        record(tx, actor, "read", consultation, "");
        const Disclosure level = disclosure_of(actor, consultation);
        withhold(consultation, level);
        if (level == Disclosure::background)
            show_anonymised(consultation.sheet, confirmed_of(confirmed_texts(tx, actor, {id}), id));
        return consultation;
    });
}

Consultation ConsultationService::seen(db::ReadTx& tx, const access::Actor& actor,
                                       const core::ConsultationId& id) const {
    return found(tx, actor, id);
}

Consultation ConsultationService::open_for_entry(db::ReadTx& tx, const access::Actor& actor,
                                                 const core::ConsultationId& id) const {
    auto consultation = found_for_change(tx, actor, id);
    if (consultation.state == ConsultationState::draft)
        throw core::not_allowed_in_state("draft");
    return consultation;
}

Disclosure ConsultationService::disclosed(db::ReadTx& tx, const access::Actor& actor,
                                          const core::ConsultationId& id) const {
    return disclosure_of(actor, found(tx, actor, id));
}

void ConsultationService::enter(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation,
                                int activities) const {
    store::enter(tx, actor, consultation, clock_.now(), activities);
}

/// Reads the newest state, lets the step alter it, and writes it with its version and its audit row.
Consultation ConsultationService::change(const access::Actor& actor, const core::ConsultationId& id,
                                         std::int64_t version, const Step& step) {
    require(actor, "consultations.write");
    const core::Instant now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        Consultation consultation = found_for_change(tx, actor, id, version);
        ++consultation.version;
        consultation.updated_at = now;
        consultation.updated_by = actor.user_id;
        consultation.updated_by_name = actor.name;
        const auto caller_before = consultation.state == ConsultationState::draft
                                       ? std::nullopt
                                       : std::optional(caller_of(consultation.sheet));
        const auto follow_up_before = follow_up_of(consultation.sheet);
        const VersionKind kind = step.apply(tx, consultation);
        if (follow_up_of(consultation.sheet) != follow_up_before)
            store::take_follow_up_of_sheet(tx, consultation);
        if (!store::update(tx, consultation, kind, step.reason))
            throw core::stale(found(tx, actor, id).version);
        store::follow_caller(tx, caller_before, consultation);
        record(tx, actor, step.action, consultation,
               record::to_text(kind) + " version " + std::to_string(consultation.version));
        return consultation;
    });
}

Consultation ConsultationService::replace(const access::Actor& actor, const core::ConsultationId& id,
                                          std::int64_t version, const ConsultationSheet& sheet) {
    return change(actor, id, version, {.apply = [&](db::WriteTx& tx, Consultation& consultation) {
                      require_editable(consultation.state);
                      const ConsultationSheet before = std::exchange(consultation.sheet, sheet);
                      check(surroundings_of(tx, consultation, actor), consultation, demand_of(consultation.state), "",
                            &before, actor);
                      return VersionKind::edited;
                  }});
}

void ConsultationService::remove(const access::Actor& actor, const core::ConsultationId& id,
                                 std::optional<std::int64_t> version) {
    require(actor, "consultations.write");
    database_.write([&](db::WriteTx& tx) {
        const Consultation consultation = found_for_change(tx, actor, id, version);
        if (consultation.state != ConsultationState::draft)
            throw core::not_allowed_in_state(record::to_text(consultation.state));
        store::remove(tx, consultation);
        record(tx, actor, "delete", consultation, "");
    });
}

Consultation ConsultationService::change_state(const access::Actor& actor, const core::ConsultationId& id,
                                               std::int64_t version, const StateChange& change_asked) {
    return change(
        actor, id, version,
        {.apply =
             [&](db::WriteTx& tx, Consultation& consultation) {
                 const VersionKind kind = step(consultation.state, consultation.closed_at.has_value(), change_asked);
                 consultation.state = change_asked.state;
                 consultation.finalised = kind == VersionKind::closed;
                 if (kind == VersionKind::closed)
                     consultation.closed_at = consultation.updated_at;
                 if (kind == VersionKind::registered || kind == VersionKind::closed) {
                     const ConsultationSheet before = consultation.sheet;
                     check(surroundings_of(tx, consultation, actor), consultation, demand_of(consultation.state),
                           "/sheet", &before, actor);
                 }
                 if (kind == VersionKind::registered) {
                     consultation.fiscal_year = consultation.sheet.received_on.value().fiscal_year();
                     give_number(consultation, store::next_number(tx, consultation.desk_id, consultation.fiscal_year));
                 }
                 return kind;
             },
         .reason = change_asked.reason,
         .action = "state"});
}

Consultation ConsultationService::correct(const access::Actor& actor, const core::ConsultationId& id,
                                          std::int64_t version, const Correction& correction) {
    return change(actor, id, version,
                  {.apply =
                       [&](db::WriteTx& tx, Consultation& consultation) {
                           if (!consultation.finalised)
                               throw core::not_allowed_in_state(record::to_text(consultation.state));
                           const ConsultationSheet before = std::exchange(consultation.sheet, correction.sheet);
                           check(surroundings_of(tx, consultation, actor), consultation, Demand::closed, "/sheet",
                                 &before, actor);
                           return VersionKind::correction;
                       },
                   .reason = correction.reason,
                   .action = "correct"});
}

void ConsultationService::continue_numbering(const access::Actor& actor, const core::DeskId& desk,
                                             std::int64_t fiscal_year, std::int64_t last) {
    require(actor, "consultations.write");
    if (!actor.works_at(desk))
        throw core::not_found();
    database_.write([&](db::WriteTx& tx) {
        if (!store::continue_numbering(tx, desk, fiscal_year, last))
            throw core::Error(core::ErrorKind::conflict, "number_taken");
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "continue_numbering",
                           .subject_kind = "desk",
                           .subject_id = desk.str(),
                           .detail = std::to_string(fiscal_year) + " " + std::to_string(last)});
    });
}

ConsultationHistory ConsultationService::history(const access::Actor& actor, const core::ConsultationId& id) const {
    require(actor, "consultations.read");
    return database_.write([&](db::WriteTx& tx) {
        const Consultation consultation = found(tx, actor, id);
        ConsultationHistory result{.items = store::history(tx, actor, id)};
        const Disclosure level = disclosure_of(actor, consultation);
        const auto confirmed = confirmed_texts(tx, actor, {id});
        for (auto& one : result.items) {
            withhold(one.sheet, level);
            if (level == Disclosure::background) {
                show_anonymised(one.sheet, confirmed_of(confirmed, id));
                one.reason = {};
                one.by_name = one.asked_by_name = {};
            }
        }
        record(tx, actor, "read", consultation, "history");
        return result;
    });
}

Consultation ConsultationService::put_person(const access::Actor& actor, const core::ConsultationId& id,
                                             std::int64_t version, const Person& person) {
    const std::string sealed = core::seal(person_key_, record::to_json(person), sealed_for(id));
    if (person.born_on && *person.born_on > actor.latest_day)
        throw core::invalid({{"/born_on", "future", actor.latest_day.str()}});
    return change(actor, id, version,
                  {.apply =
                       [&](db::WriteTx& tx, Consultation& consultation) {
                           require_editable(consultation.state);
                           consultation.has_person = true;
                           store::put_sealed_person(tx, consultation, sealed);
                           return VersionKind::person;
                       },
                   .reason = {},
                   .action = "change_person"});
}

Consultation ConsultationService::share(const access::Actor& actor, const core::ConsultationId& id,
                                        std::int64_t version, const Sharing& sharing) {
    return change(actor, id, version,
                  {.apply =
                       [&](db::WriteTx&, Consultation& consultation) {
                           consultation.shared_with_municipality = sharing.shared_with_municipality;
                           return VersionKind::sharing;
                       },
                   .reason = {},
                   .action = "share"});
}

Callers ConsultationService::callers(const access::Actor& actor, const std::string& words) const {
    require(actor, "consultations.write");
    if (core::utf8_length(words).value_or(0) < 2)
        throw core::invalid({{"?words", "too_short", "2"}});
    const std::string wanted = looked_for(words);
    return {.items =
                database_.read([&](db::ReadTx& tx) { return store::find_callers(tx, actor, wanted, actor.today); })};
}

BegunSheets ConsultationService::begun(const access::Actor& actor) const {
    require(actor, "consultations.write");
    return {.items = database_.read([&](db::ReadTx& tx) { return store::begun(tx, actor); })};
}

}  // namespace tsunagi::consultations
