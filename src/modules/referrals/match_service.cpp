// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/match_service.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "db/idempotency.hpp"
#include "modules/referrals/match_rules.hpp"
#include "modules/referrals/match_store.hpp"
#include "modules/referrals/referral_rules.hpp"
#include "record/json_writer.hpp"
#include "record/scalar.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::referrals {
namespace {

/// Answers older than these say little about today.
constexpr int days_remembered = 180;

Match match_of(const store::FoundMatch& row) {
    Match match;
    record::copy_members(row, match);
    match.text = record::text_from<MatchText>(row);
    return match;
}

Match found(db::ReadTx& tx, const access::Actor& actor, const MatchId& id) {
    const auto row = store::find_match(tx, actor, id);
    if (!row)
        throw core::not_found();
    return match_of(*row);
}

Match found_for_change(db::ReadTx& tx, const access::Actor& actor, const MatchId& id) {
    auto match = found(tx, actor, id);
    if (!actor.works_at(match.desk_id))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    return match;
}

void check_district(db::ReadTx& tx, const MatchText& text, const std::string& root,
                    std::vector<core::FieldError>& errors) {
    if (text.district_id && !store::region_exists(tx, *text.district_id))
        errors.push_back({root + "/district_id", "not_found", ""});
}

std::optional<double> kilometres_to(const std::optional<resources::Point>& middle,
                                    const resources::OfferingPlace& place) {
    if (!middle || !place.latitude || !place.longitude)
        return std::nullopt;
    return std::round(resources::kilometres(*middle, {*place.latitude, *place.longitude}) * 10) / 10;
}

Candidate candidate_of(const resources::OfferingPlace& place) {
    Candidate one;
    one.place_id = place.id;
    one.name = place.name;
    one.municipality_code = place.municipality_code;
    one.address = place.address;
    one.phone = place.phone;
    one.fax = place.fax;
    one.mail = place.mail;
    one.contact = place.contact;
    one.manners = place.manners;
    one.admission = place.admission;
    one.people = place.people;
    one.hours = place.hours.empty() ? place.days_note : place.hours;
    one.capacity = !place.capacity.empty() ? place.capacity : place.places ? std::to_string(*place.places) : "";
    one.checked_on = place.checked_on;
    one.has_local = place.has_local;
    return one;
}

LeavingWords leaving_words(const MatchText& text, const std::string& root) {
    return {{root + "/area", text.area}, {root + "/hours", text.hours}, {root + "/wishes", text.wishes}};
}

EarlierAnswer earlier_of(const store::EarlierRow& row, const MatchId& match) {
    return {row.referral_id, row.answered_on.value_or(core::day_in_japan(row.created_at)), row.answer.value_or(""),
            row.reason, row.match_id == match};
}

}  // namespace

MatchService::MatchService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                           const consultations::ConsultationService& consultations, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), consultations_(consultations), clock_(std::move(clock)) {}

Match MatchService::get(const access::Actor& actor, const MatchId& id) const {
    access::require(actor, "referrals.read");
    return database_.read([&](db::ReadTx& tx) { return found(tx, actor, id); });
}

MatchHistory MatchService::history(const access::Actor& actor, const MatchId& id) const {
    access::require(actor, "referrals.read");
    return database_.read([&](db::ReadTx& tx) {
        (void)found(tx, actor, id);
        return MatchHistory{db::read_versions<MatchVersion>(db::versions(tx, store::match_versions, id.str()))};
    });
}

Candidates MatchService::candidates_for(db::ReadTx& tx, const access::Actor& actor, const Match& match,
                                        bool beyond) const {
    const MatchText& text = match.text;
    const auto middle = text.district_id ? resources::middle_of(tx, *text.district_id) : std::nullopt;
    const std::string code = text.district_id ? resources::municipality_code_of(tx, *text.district_id) : std::string();
    std::map<resources::PlaceId, EarlierAnswer> earlier;
    const auto since = core::start_in_japan(clock_.today().plus_days(-days_remembered));
    for (const auto& row : store::earlier_asks(tx, actor, text.service, since))
        earlier.emplace(row.place_id, earlier_of(row, match.id));
    Candidates result;
    result.with_distance = middle.has_value();
    for (const auto& place : resources::places_offering(tx, actor,
                                                        {.service = text.service,
                                                        .municipality_id = match.municipality_id,
                                                        .beyond = beyond,
                                                        .place = {},
                                                        .near = middle})) {
        Candidate one = candidate_of(place);
        one.distance_km = kilometres_to(middle, place);
        one.points = fit(text, {.open_days = place.open_days,
                                .treatments = place.treatments,
                                .district_ids = place.district_ids,
                                .reach_km = place.distance_km,
                                .area = place.area,
                                .open_times = place.open_times,
                                .contact = place.contact,
                                .languages = place.languages,
                                .costs = place.costs,
                                .in_district = !code.empty() && place.municipality_code == code,
                                .distance_km = one.distance_km});
        one.misses = std::ranges::count(one.points, Fit::misses, &FitPoint::fit);
        if (const auto answer = earlier.find(place.id); answer != earlier.end())
            one.earlier = answer->second;
        result.fitting += one.misses == 0 ? 1 : 0;
        result.items.push_back(std::move(one));
    }
    rank(result.items);
    return result;
}

Candidates MatchService::candidates(const access::Actor& actor, const MatchId& id, const CandidateQuery& query) const {
    access::require(actor, "referrals.read");
    return database_.read(
        [&](db::ReadTx& tx) { return candidates_for(tx, actor, found(tx, actor, id), query.beyond); });
}

Match MatchService::save(db::WriteTx& tx, const access::Actor& actor, Match match, const std::string& kind,
                         const std::string& reason) const {
    const auto now = clock_.now();
    const auto before = store::find_match(tx, actor, match.id);
    store::MatchRecord next;
    if (before) {
        next = *before;
    } else {
        next.id = match.id;
        next.desk_id = match.desk_id;
        next.municipality_id = match.municipality_id;
        next.consultation_id = match.consultation_id;
        next.created_at = now;
        next.created_by = actor.user_id;
    }
    next.updated_at = now;
    next.updated_by = actor.user_id;
    next.state = match.state;
    next.reason = match.reason;
    next.words = match.words;
    // What the directory had at that time is part of the record: a search that found nothing is counted later.
    if (kind == "created" || kind == "edited") {
        const auto candidates = candidates_for(tx, actor, match, false);
        next.offered = static_cast<std::int64_t>(candidates.items.size());
        next.fitting = candidates.fitting;
    }
    record::put_text(match.text, next);
    if (!before)
        store::insert(tx, next);
    else if (!store::update(tx, next))
        throw core::stale(next.version + 1);
    const std::int64_t version = before ? before->version + 1 : 1;
    db::add_version(tx, store::match_versions, match.id.str(),
                    {version, now, actor.user_id, kind, reason, record::to_json(match.text)});
    audit_.record(tx, {actor.user_id, actor.name, before ? "change" : "create", "match", match.id.str(),
                       kind + " version=" + std::to_string(version)});
    return found(tx, actor, match.id);
}

Match MatchService::create(const access::Actor& actor, const NewMatch& body, const std::string& key) const {
    access::require(actor, "referrals.write");
    const std::string fingerprint = db::request_fingerprint("createMatch", record::to_json(body));
    const auto codes = packs_.codes();
    return looking(actor, [&](db::WriteTx& tx, Look& look) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return found(tx, actor, MatchId(*earlier));
        const auto about = consultations_.open_for_entry(tx, actor, body.consultation_id);
        auto errors = check(body.text, *codes, actor.today, {}, "/text");
        check_district(tx, body.text, "/text", errors);
        std::ranges::move(identifying(tx, actor, about, leaving_words(body.text, "/text"), look),
                          std::back_inserter(errors));
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        Match match;
        match.id = MatchId::make();
        match.desk_id = about.desk_id;
        match.municipality_id = about.municipality_id;
        match.consultation_id = about.id;
        match.text = body.text;
        match = save(tx, actor, std::move(match), "created", "");
        consultations_.enter(tx, actor, about, 0);
        db::remember(tx, actor.user_id, key, fingerprint, match.id.str(), clock_.now());
        return match;
    });
}

Match MatchService::change(const access::Actor& actor, const MatchId& id, std::int64_t version,
                           const MatchText& text) const {
    access::require(actor, "referrals.write");
    const auto codes = packs_.codes();
    return looking(actor, [&](db::WriteTx& tx, Look& look) {
        auto match = found_for_change(tx, actor, id);
        if (match.version != version)
            throw core::stale(match.version);
        if (match.state != CaseMatchState::searching)
            throw core::not_allowed_in_state(record::StringScalar<CaseMatchState>::to(match.state));
        const auto about = consultations_.open_for_entry(tx, actor, match.consultation_id);
        auto errors = check(text, *codes, actor.today, match.text, "");
        check_district(tx, text, "", errors);
        if (leaving_words(text, "") != leaving_words(match.text, ""))
            std::ranges::move(identifying(tx, actor, about, leaving_words(text, ""), look), std::back_inserter(errors));
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        match.text = text;
        consultations_.enter(tx, actor, about, 0);
        return save(tx, actor, std::move(match), "edited", "");
    });
}

Match MatchService::change_state(const access::Actor& actor, const MatchId& id, std::int64_t version,
                                 const MatchStateChange& change) const {
    access::require(actor, "referrals.write");
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        auto match = found_for_change(tx, actor, id);
        if (match.version != version)
            throw core::stale(match.version);
        if (match.state == change.state)
            throw core::not_allowed_in_state(record::StringScalar<CaseMatchState>::to(match.state));
        if (auto errors = check(change, *codes, actor.today); !errors.empty())
            throw core::invalid(std::move(errors));
        match.state = change.state;
        match.reason = change.reason;
        match.words = change.words;
        consultations_.enter(tx, actor, consultations_.open_for_entry(tx, actor, match.consultation_id), 0);
        return save(tx, actor, std::move(match), record::StringScalar<CaseMatchState>::to(change.state), change.words);
    });
}

Match MatchService::open_for_ask(db::ReadTx& tx, const access::Actor& actor, const MatchId& id) const {
    auto match = found_for_change(tx, actor, id);
    if (match.state != CaseMatchState::searching)
        throw core::not_allowed_in_state(record::StringScalar<CaseMatchState>::to(match.state));
    return match;
}

std::vector<core::FieldError> MatchService::identifying(db::WriteTx& tx, const access::Actor& actor,
                                                        const consultations::Consultation& about,
                                                        const LeavingWords& words, Look& look) const {
    if (!about.has_person || std::ranges::all_of(words, [](const auto& one) { return one.second.empty(); }))
        return {};
    const auto person = consultations_.person_to_find(tx, actor, about, "referral");
    look = about.id;
    std::vector<core::FieldError> errors;
    for (const auto& [pointer, text] : words) {
        if (person && names_person(text, *person))
            errors.push_back({pointer, "identifies", ""});
    }
    return errors;
}

void MatchService::keep_look(const access::Actor& actor, const core::ConsultationId& about) const {
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {actor.user_id, actor.name, "read_person", "consultation", about.str(), "referral refused"});
    });
}

std::vector<std::optional<AskedPlace>> MatchService::asked_places(db::ReadTx& tx, const access::Actor& actor,
                                                                  const Match& match,
                                                                  const std::vector<resources::PlaceId>& ids) {
    const auto middle = match.text.district_id ? resources::middle_of(tx, *match.text.district_id) : std::nullopt;
    std::vector<std::optional<AskedPlace>> result;
    for (const auto& id : ids) {
        auto places = resources::places_offering(tx, actor,
                                                 {.service = match.text.service,
                                                  .municipality_id = match.municipality_id,
                                                  .beyond = true,
                                                  .place = id,
                                                  .near = {}});
        if (places.empty()) {
            result.emplace_back();
        } else {
            const auto distance = kilometres_to(middle, places.front());
            result.push_back(AskedPlace{std::move(places.front()), distance});
        }
    }
    return result;
}

void MatchService::settle(db::WriteTx& tx, const access::Actor& actor, const MatchId& id) const {
    auto match = found(tx, actor, id);
    if (match.state != CaseMatchState::searching)
        return;
    match.state = CaseMatchState::found;
    (void)save(tx, actor, std::move(match), "found", "");
}

std::vector<Match> MatchService::of_case(db::ReadTx& tx, const access::Actor& actor,
                                         const core::ConsultationId& id) const {
    std::vector<Match> result;
    for (const auto& row : store::matches_of_case(tx, actor, id))
        result.push_back(match_of(row));
    return result;
}

}  // namespace tsunagi::referrals
