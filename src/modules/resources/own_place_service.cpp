// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/own_place_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/resources/own_place_rules.hpp"
#include "modules/resources/resource_rules.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources {
namespace {

OwnPlace answer(const store::OwnReading& record) {
    OwnPlace place;
    record::copy_members(record, place);
    place.state = record.closed_on ? OwnPlaceState::closed : OwnPlaceState::open;
    place.text = record::text_from<OwnPlaceText>(record);
    return place;
}

/// The code that follows one which is in use no longer. A municipality that was divided has several; nobody guesses.
std::string in_use(const localities::Successors& successors, const std::string& code) {
    const auto next = successors.of(code);
    return next.size() == 1 ? next.front() : code;
}

}  // namespace

std::vector<core::RegionId> homes_of(const access::Actor& actor) {
    std::vector<core::RegionId> homes = actor.desk_municipalities;
    for (const auto& one : actor.municipalities) {
        if (std::ranges::find(homes, one) == homes.end())
            homes.push_back(one);
    }
    if (homes.empty())
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    return homes;
}

store::OwnReading OwnPlaceService::found(db::ReadTx& tx, const access::Actor& actor, const PlaceId& id) {
    auto own = store::find_own(tx, id, homes_of(actor));
    if (!own)
        throw core::not_found();
    return std::move(*own);
}

OwnPlacePage OwnPlaceService::list(const access::Actor& actor, const OwnPlaceFilter& filter) const {
    access::require(actor, "resources.read");
    std::vector<std::string> words;
    for (const std::string& word : record::words_of(filter.words)) {
        if (std::string folded = search::to_utf8(folding_.fold(word)); !folded.empty())
            words.push_back(std::move(folded));
    }
    return database_.read([&](db::ReadTx& tx) { return store::own_places(tx, filter, words, homes_of(actor)); });
}

OwnPlace OwnPlaceService::get(const access::Actor& actor, const PlaceId& id) const {
    access::require(actor, "resources.read");
    return database_.read([&](db::ReadTx& tx) { return answer(found(tx, actor, id)); });
}

OwnPlaceHistory OwnPlaceService::history(const access::Actor& actor, const PlaceId& id) const {
    access::require(actor, "resources.read");
    return database_.read([&](db::ReadTx& tx) {
        (void)found(tx, actor, id);
        return OwnPlaceHistory{db::read_versions<OwnPlaceVersion>(db::versions(tx, store::own_versions, id.str()))};
    });
}

std::string OwnPlaceService::searched(const OwnPlaceText& text, const packs::CodeBook& codes) const {
    PlaceSummary place;
    place.name = text.name;
    place.kana = text.kana;
    place.address = text.address;
    place.building = text.building;
    place.phone = text.phone;
    place.fax = text.fax;
    place.corporation = text.corporation;
    std::vector<std::string> services;
    for (const auto& service : text.services)
        services.push_back(service.value);
    return search::to_utf8(folding_.fold(words_of(place, services, codes) + "\n" + text.description.value));
}

OwnPlace OwnPlaceService::save(db::WriteTx& tx, const access::Actor& actor, store::OwnRecord next,
                               const OwnPlaceText& text, const std::string& kind, const std::string& reason,
                               const packs::CodeBook& codes) const {
    const bool is_new = kind == "created";
    const std::int64_t version = is_new ? 1 : next.version + 1;
    next.updated_at = clock_.now();
    next.updated_by = actor.user_id;
    record::put_text(text, next);
    const store::OwnRow row{searched(text, codes), in_use(localities_.successors(tx), text.municipality_code.value)};
    if (is_new) {
        next.created_at = next.updated_at;
        next.created_by = actor.user_id;
        store::insert(tx, next, row);
    } else if (!store::update(tx, next, row)) {
        throw core::stale(version);
    }
    db::add_version(tx, store::own_versions, next.id.str(),
                    {version, next.updated_at, actor.user_id, kind, reason, record::to_json(text)});
    const bool stepped = kind == "closed" || kind == "reopened";
    audit_.record(tx, {actor.user_id, actor.name,
                       is_new    ? "create"
                       : stepped ? "state"
                                 : "change",
                       "place", next.id.str(),
                       stepped ? (next.closed_on ? "closed" : "open") : "own version=" + std::to_string(version)});
    return answer(found(tx, actor, next.id));
}

OwnPlace OwnPlaceService::create(const access::Actor& actor, const NewOwnPlace& body, const std::string& key) const {
    access::require(actor, "resources.write");
    const auto homes = homes_of(actor);
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createOwnPlace", record::to_json(body));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return answer(found(tx, actor, PlaceId(*earlier)));
        auto errors = check(body.text, *codes, core::day_in_japan(clock_.now()), {}, "/text");
        if (!body.municipality_id && homes.size() > 1)
            errors.push_back({"/municipality_id", "required", ""});
        if (body.municipality_id && std::ranges::find(homes, *body.municipality_id) == homes.end())
            errors.push_back({"/municipality_id", "not_allowed", ""});
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        store::OwnRecord next;
        next.id = PlaceId::make();
        next.municipality_id = body.municipality_id.value_or(homes.front());
        auto made = save(tx, actor, next, body.text, "created", "", *codes);
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), clock_.now());
        return made;
    });
}

OwnPlace OwnPlaceService::change(const access::Actor& actor, const PlaceId& id, std::int64_t version,
                                 const OwnPlaceText& text) const {
    access::require(actor, "resources.write");
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        const auto there = found(tx, actor, id);
        if (there.version != version)
            throw core::stale(there.version);
        auto errors = check(text, *codes, core::day_in_japan(clock_.now()), answer(there).text, "");
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        return save(tx, actor, there, text, "edited", "", *codes);
    });
}

OwnPlace OwnPlaceService::set_state(const access::Actor& actor, const PlaceId& id, std::int64_t version,
                                    const OwnPlaceStateChange& change) const {
    access::require(actor, "resources.write");
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        store::OwnReading there = found(tx, actor, id);
        if (there.version != version)
            throw core::stale(there.version);
        const OwnPlace before = answer(there);
        require_step(before.state, change, actor.latest_day);
        there.closed_on = change.closed_on;
        there.closed_reason = change.state == OwnPlaceState::closed ? change.reason.value : std::string();
        return save(tx, actor, there, before.text, change.state == OwnPlaceState::closed ? "closed" : "reopened",
                    change.reason.value, *codes);
    });
}

void OwnPlaceService::follow_codes(db::WriteTx& tx) const {
    const auto successors = localities_.successors(tx);
    for (const store::OwnCode& one : store::own_codes(tx)) {
        const std::string code = in_use(successors, one.written);
        if (code != one.used)
            store::use_code(tx, one.id, code);
    }
}

}  // namespace tsunagi::resources
