// SPDX-License-Identifier: Apache-2.0
// Yearly rounds: many places are asked at once, and what came of it is counted.
#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/confirmations/confirmation_rules.hpp"
#include "modules/confirmations/confirmation_service.hpp"
#include "modules/confirmations/confirmation_store.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::confirmations {
namespace {

using resources::LocalService;

constexpr std::int64_t most_in_round = 1000;

SurveyRound round_of(const store::FoundRound& row) {
    SurveyRound result;
    record::copy_members(row, result);
    result.text = record::text_from<RoundText>(row);
    result.places = record::from_stored_json<DueChoice>(row.chosen_by);
    return result;
}

}  // namespace

SurveyRounds ConfirmationService::rounds(const access::Actor& actor, const RoundQuery& query) const {
    access::require(actor, "resources.read");
    const auto home = LocalService::home_of(actor, query.municipality_id, false);
    return database_.read([&](db::ReadTx& tx) {
        SurveyRounds result;
        for (const auto& row : store::rounds(tx, {home}, {}))
            result.items.push_back(round_of(row));
        for (const auto& [id, progress] : store::progress(tx, {home}, actor.today)) {
            const auto found = std::ranges::find(result.items, id, &SurveyRound::id);
            if (found != result.items.end())
                found->progress = progress;
        }
        return result;
    });
}

SurveyRound ConfirmationService::round_in(db::ReadTx& tx, const access::Actor& actor, const RoundId& id) const {
    const auto homes = LocalService::homes_of(actor);
    const auto rows = store::rounds(tx, homes, id);
    if (rows.empty())
        throw core::not_found();
    auto result = round_of(rows.front());
    for (const auto& [of, progress] : store::progress(tx, homes, actor.today)) {
        if (of == id)
            result.progress = progress;
    }
    return result;
}

SurveyRound ConfirmationService::round(const access::Actor& actor, const RoundId& id) const {
    access::require(actor, "resources.read");
    return database_.read([&](db::ReadTx& tx) { return round_in(tx, actor, id); });
}

SurveyRound ConfirmationService::create_round(const access::Actor& actor, const resources::LocalQuery& query,
                                              const NewRound& body, const std::string& key) const {
    access::require(actor, "resources.write");
    const auto home = LocalService::home_of(actor, query.municipality_id, true);
    const auto now = clock_.now();
    const std::string fingerprint = db::request_fingerprint("createSurveyRound", record::to_json(body));
    const auto search = search_of(actor, home, body.places);
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return round_in(tx, actor, RoundId(*earlier));
        auto errors = check_due(body.text.due_on, std::max(body.text.begun_on, actor.today), "/text/due_on");
        const auto ids = store::due_places(tx, search, body.places, most_in_round + 1);
        if (ids.empty())
            errors.push_back({"/places", "required", ""});
        if (static_cast<std::int64_t>(ids.size()) > most_in_round)
            errors.push_back({"/places", "too_many", std::to_string(most_in_round)});
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        store::RoundRecord made;
        made.id = RoundId::make();
        made.municipality_id = home;
        made.desk_id = LocalService::desk_of(tx, actor, home);
        record::put_text(body.text, made);
        made.chosen_by = record::to_json(body.places);
        made.created_at = made.updated_at = now;
        made.created_by = made.updated_by = actor.user_id;
        store::insert(tx, made);
        const Asking asking{.home = home,
                            .desk_id = made.desk_id,
                            .round_id = made.id,
                            .method = body.method,
                            .message = body.message,
                            .due_on = body.text.due_on};
        for (const auto& place : LocalService::briefs(tx, ids, home))
            (void)ask(tx, actor, asking, place);
        record(tx, actor, "create", "survey_round", made.id.str(), "places=" + std::to_string(ids.size()));
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), now);
        return round_in(tx, actor, made.id);
    });
}

SurveyRound ConfirmationService::change_round(const access::Actor& actor, const RoundId& id, std::int64_t version,
                                              const RoundText& text) const {
    access::require(actor, "resources.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto rows = store::rounds(tx, LocalService::homes_of(actor), id);
        if (rows.empty())
            throw core::not_found();
        store::RoundRecord next = rows.front();
        if (next.version != version)
            throw core::stale(next.version);
        if (auto errors = check_due(text.due_on, text.begun_on, "/due_on"); !errors.empty())
            throw core::invalid(std::move(errors));
        record::put_text(text, next);
        next.updated_at = now;
        next.updated_by = actor.user_id;
        if (!store::update(tx, next))
            throw core::stale(version + 1);
        record(tx, actor, "change", "survey_round", id.str(), text.closed ? "closed" : "");
        return round_in(tx, actor, id);
    });
}

}  // namespace tsunagi::confirmations
