// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_service.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "db/idempotency.hpp"
#include "modules/access/demonstration_service.hpp"
#include "modules/referrals/referral_rules.hpp"
#include "modules/referrals/referral_sheet.hpp"
#include "modules/referrals/referral_store.hpp"
#include "modules/referrals/telling_store.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::referrals {
namespace {

using answer_pages::AnswerKind;
using consultations::Disclosure;

constexpr std::size_t most_asked = 20;
constexpr int usual_days = 14;
constexpr std::int64_t lines_at_once = 200;
constexpr std::size_t most_exported = 10'000;

store::FoundReferral found(db::ReadTx& tx, const access::Actor& actor, const ReferralId& id) {
    auto row = store::find_referral(tx, actor, id);
    if (!row)
        throw core::not_found();
    return std::move(*row);
}

store::FoundReferral found_for_change(db::ReadTx& tx, const access::Actor& actor, const ReferralId& id) {
    auto row = found(tx, actor, id);
    if (!actor.works_at(row.desk_id))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    return row;
}

bool is_masked(const access::Actor& actor, const store::FoundReferral& row) {
    return consultations::disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality) !=
           Disclosure::full;
}

void check_period(const ReferralFilter& filter) {
    if (filter.from && filter.to && *filter.to < *filter.from)
        throw core::invalid({{"?to", "date_order", ""}});
}

ToldText told_today(db::ReadTx& tx, const ReferralId& id, const ReferralText& text, const MatchText& match) {
    return told_of(text, match, store::case_facts(tx, id));
}

void keep_told(db::WriteTx& tx, const access::Actor& actor, const ReferralId& id, ToldWay way, const ToldText& told,
               const core::Instant& now) {
    store::insert(tx,
                  store::TellingRecord{store::TellingId::make(), id, now, actor.user_id, way, record::to_json(told)});
}

bool ends_waiting(ReferralState state) {
    return state != ReferralState::prepared && state != ReferralState::sent && state != ReferralState::received;
}

}  // namespace

/// One change of an ask: what it does to the text, and what its version row says.
struct ReferralService::Step {
    std::string kind;
    std::string reason;
    std::string root;  ///< where the text stands in the body
    bool withdrawn = false;
    /// Alters the text; throws when the state does not allow it.
    std::function<void(db::WriteTx&, const store::FoundReferral&, ReferralText&)> apply;
};

ReferralService::ReferralService(db::Database& database, const audit::AuditService& audit,
                                 const packs::PacksService& packs,
                                 const consultations::ConsultationService& consultations, const MatchService& matches,
                                 const answer_pages::AnswerPageService& pages,
                                 const std::filesystem::path& report_words, core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      consultations_(consultations),
      matches_(matches),
      pages_(pages),
      words_(report_words),
      clock_(std::move(clock)) {}

void ReferralService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                             const ReferralId& id, const std::string& detail) const {
    audit_.record(tx, {actor.user_id, actor.name, action, "referral", id.str(), detail});
}

Referral ReferralService::shown(db::ReadTx& tx, const access::Actor& actor, const store::FoundReferral& row) const {
    Referral result;
    record::copy_members(row, result);
    result.text = record::text_from<ReferralText>(row);
    result.match = record::from_stored_json<MatchText>(row.match_document);
    result.masked = is_masked(actor, row);
    if (result.masked)
        withhold_names(result.text);
    const auto standings = pages_.standings(tx, AnswerKind::referral_ask, {row.id.str()});
    if (const auto page = standings.find(row.id.str()); page != standings.end())
        result.page = page->second;
    if (result.masked)
        return result;
    result.told = store::tellings(tx, row.id);
    if (!result.told.empty() && !ends_waiting(row.state))
        result.differs = differing(result.told.front().text, told_today(tx, row.id, result.text, result.match));
    return result;
}

ReferralPage ReferralService::list(const access::Actor& actor, const ReferralFilter& filter) const {
    access::require(actor, "referrals.read");
    check_period(filter);
    return database_.read([&](db::ReadTx& tx) {
        auto read = store::list(tx, actor, filter);
        auto page = db::framed<ReferralPage>(read, std::move(read.items));
        page.tasks = store::tasks(tx, actor, filter);
        return page;
    });
}

record::ExportedFile ReferralService::export_list(const access::Actor& actor, const ReferralExportQuery& query) const {
    access::require(actor, "export");
    access::require(actor, "referrals.read");
    check_period(query);
    const auto codes = packs_.codes();
    const auto sheet = database_.read([&](db::ReadTx& tx) {
        SheetHead head{.language = query.lang, .printed_on = actor.today, .fictitious = access::is_demonstration(tx)};
        ReferralFilter filter = query;
        filter.limit = lines_at_once;
        filter.after = {};
        std::vector<ReferralRow> rows;
        for (;;) {
            auto page = store::list(tx, actor, filter);
            std::ranges::move(page.items, std::back_inserter(rows));
            if (!page.next)
                break;
            if (rows.size() >= most_exported) {
                head.limited = true;
                break;
            }
            filter.after = *page.next;
        }
        return referral_sheet(rows, head, words_, *codes);
    });
    auto file = analysis::exported(query.format, "referrals_" + actor.today.str(), {sheet});
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {actor.user_id, actor.name, "export", "referral", "",
                           record::to_text(query.format) + " lines=" + std::to_string(sheet.rows.size())});
    });
    return file;
}

Referral ReferralService::get(const access::Actor& actor, const ReferralId& id) const {
    access::require(actor, "referrals.read");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        record(tx, actor, "read", id, "");
        return shown(tx, actor, row);
    });
}

ReferralHistory ReferralService::history(const access::Actor& actor, const ReferralId& id) const {
    access::require(actor, "referrals.read");
    return database_.read([&](db::ReadTx& tx) {
        const auto row = found(tx, actor, id);
        ReferralHistory history{
            db::read_versions<ReferralVersion>(db::versions(tx, store::referral_versions, id.str()))};
        for (ReferralVersion& version : history.items) {
            if (version.kind == "page_answer")
                version.by_name = {};
            if (is_masked(actor, row))
                withhold_names(version.text);
        }
        return history;
    });
}

CaseMatches ReferralService::of_case(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "referrals.read");
    return database_.read([&](db::ReadTx& tx) {
        (void)consultations_.disclosed(tx, actor, id);
        CaseMatches result;
        std::map<MatchId, std::size_t> places;
        std::vector<MatchId> ids;
        for (Match& match : matches_.of_case(tx, actor, id)) {
            places[match.id] = result.items.size();
            ids.push_back(match.id);
            result.items.push_back({std::move(match), {}});
        }
        for (ReferralRow& row : store::of_matches(tx, actor, ids))
            result.items.at(places.at(row.match_id)).referrals.push_back(std::move(row));
        return result;
    });
}

Referrals ReferralService::create(const access::Actor& actor, const NewReferrals& body, const std::string& key) const {
    access::require(actor, "referrals.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createReferrals", record::to_json(body));
    if (body.asks.empty())
        throw core::invalid({{"/asks", "required", ""}});
    if (body.asks.size() > most_asked)
        throw core::invalid({{"/asks", "too_many", std::to_string(most_asked)}});
    return matches_.looking(actor, [&](db::WriteTx& tx, Look& look) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return Referrals{store::of_matches(tx, actor, {MatchId(*earlier)})};
        const auto match = matches_.open_for_ask(tx, actor, body.match_id);
        const auto about = consultations_.open_for_entry(tx, actor, match.consultation_id);
        ReferralText text;
        text.message = body.message;
        text.shown = body.shown;
        text.person_label = body.person_label;
        text.sent_on = body.sent_on;
        text.reply_by = body.reply_by;
        auto errors = check(text, {.codes = *codes, .today = actor.today, .latest_day = actor.latest_day, .root = ""});
        // The person may have been written down after the search was.
        const std::string conditions =
            match.text.area.str() + "\n" + match.text.hours.str() + "\n" + match.text.wishes.str();
        std::ranges::move(
            matches_.identifying(
                tx, actor, about,
                {{"/person_label", body.person_label}, {"/message", body.message}, {"/match_id", conditions}}, look),
            std::back_inserter(errors));
        std::vector<resources::PlaceId> ids;
        std::ranges::transform(body.asks, std::back_inserter(ids), &NewAsk::place_id);
        const auto places = MatchService::asked_places(tx, actor, match, ids);
        auto taken = store::waiting_places(tx, match.id);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const std::string pointer = "/asks/" + std::to_string(i) + "/place_id";
            if (!places[i])
                errors.push_back({pointer, "not_found", ""});
            else if (std::ranges::find(taken, ids[i]) != taken.end())
                errors.push_back({pointer, "duplicate", ""});
            taken.push_back(ids[i]);
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        for (std::size_t i = 0; i < ids.size(); ++i) {
            text.method = body.asks[i].method;
            text.to_name = body.asks[i].to_name;
            text.reached_at = body.asks[i].reached_at;
            store::ReferralRecord made;
            made.id = ReferralId::make();
            made.desk_id = match.desk_id;
            made.municipality_id = match.municipality_id;
            made.match_id = match.id;
            made.consultation_id = match.consultation_id;
            made.place_id = ids[i];
            made.place_name = places[i]->place.name;
            made.distance_km = places[i]->distance_km;
            made.state = state_of(text, false);
            made.created_at = made.updated_at = now;
            made.created_by = made.updated_by = actor.user_id;
            record::put_text(text, made);
            store::insert(tx, made);
            db::add_version(tx, store::referral_versions, made.id.str(),
                            {1, now, actor.user_id, "created", "", record::to_json(text)});
            if (text.sent_on)
                keep_told(tx, actor, made.id, ToldWay::sent, told_today(tx, made.id, text, match.text), now);
            record(tx, actor, "create", made.id, "match=" + match.id.str());
        }
        consultations_.enter(tx, actor, about, 0);
        db::remember(tx, actor.user_id, key, fingerprint, match.id.str(), now);
        return Referrals{store::of_matches(tx, actor, {match.id})};
    });
}

Referral ReferralService::write(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                                const Step& step) const {
    access::require(actor, "referrals.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    return matches_.looking(actor, [&](db::WriteTx& tx, Look& look) {
        const auto row = found_for_change(tx, actor, id);
        if (row.version != version)
            throw core::stale(row.version);
        const auto before = record::text_from<ReferralText>(row);
        ReferralText text = before;
        step.apply(tx, row, text);
        const auto about = consultations_.open_for_entry(tx, actor, row.consultation_id);
        auto errors = check(text, {.codes = *codes,
                                   .today = actor.today,
                                   .latest_day = actor.latest_day,
                                   .root = step.root,
                                   .before = &before});
        if (text.person_label != before.person_label || text.message != before.message)
            std::ranges::move(
                matches_.identifying(
                    tx, actor, about,
                    {{step.root + "/person_label", text.person_label}, {step.root + "/message", text.message}}, look),
                std::back_inserter(errors));
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        store::ReferralRecord next = row;
        record::put_text(text, next);
        next.state = state_of(text, step.withdrawn);
        next.by_page = row.by_page && text.answer == before.answer && text.reason == before.reason &&
                       text.answer_words == before.answer_words;
        next.updated_at = now;
        next.updated_by = actor.user_id;
        if (!store::update(tx, next))
            throw core::stale(version + 1);
        db::add_version(tx, store::referral_versions, id.str(),
                        {version + 1, now, actor.user_id, step.kind, step.reason, record::to_json(text)});
        if (row.state == ReferralState::withdrawn)
            pages_.restore_ask(tx, actor, AnswerKind::referral_ask, id.str());
        if (next.state == ReferralState::withdrawn)
            pages_.withdraw_ask(tx, actor, AnswerKind::referral_ask, id.str());
        else if (ends_waiting(next.state))
            pages_.withdraw(tx, actor, AnswerKind::referral_ask, id.str());
        if (next.state == ReferralState::settled && text.outcome == ReferralOutcome::began)
            matches_.settle(tx, actor, row.match_id);
        consultations_.enter(tx, actor, about, 0);
        record(tx, actor, step.withdrawn ? "withdraw" : "change", id,
               step.kind + " version=" + std::to_string(version + 1));
        return shown(tx, actor, found(tx, actor, id));
    });
}

Referral ReferralService::note_sent(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                                    const SentNote& note) const {
    return write(
        actor, id, version,
        {.kind = "sent", .reason = {}, .root = {}, .apply = [&](auto& tx, const auto& row, ReferralText& text) {
             require_step(row.state, text, ReferralStep::send);
             text.sent_on = note.sent_on ? note.sent_on : text.sent_on ? text.sent_on : actor.today;
             text.received_on = note.received_on;
             if (row.state == ReferralState::prepared)
                 keep_told(tx, actor, row.id, ToldWay::sent,
                           told_today(tx, row.id, text, record::from_stored_json<MatchText>(row.match_document)),
                           clock_.now());
         }});
}

Referral ReferralService::tell_again(const access::Actor& actor, const ReferralId& id, std::int64_t version) const {
    return write(
        actor, id, version,
        {.kind = "told_again", .reason = {}, .root = {}, .apply = [&](auto& tx, const auto& row, ReferralText& text) {
             require_step(row.state, text, ReferralStep::send);
             if (row.state == ReferralState::prepared)
                 throw core::not_allowed_in_state("prepared");
             keep_told(tx, actor, row.id, ToldWay::sent,
                       told_today(tx, row.id, text, record::from_stored_json<MatchText>(row.match_document)),
                       clock_.now());
         }});
}

Referral ReferralService::answer(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                                 const AnswerNote& note) const {
    return write(
        actor, id, version,
        {.kind = "answered", .reason = {}, .root = {}, .apply = [&](auto&, const auto& row, ReferralText& text) {
             require_step(row.state, text, ReferralStep::answer);
             text.answer = note.answer;
             text.reason = note.reason;
             text.answer_words = note.answer_words;
             text.answered_on = note.answered_on.value_or(actor.today);
             text.answered_by = note.answered_by;
             if (!text.sent_on)  // asked and answered in one call
                 text.sent_on = text.answered_on;
         }});
}

Referral ReferralService::settle(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                                 const OutcomeNote& note) const {
    return write(
        actor, id, version,
        {.kind = "settled", .reason = {}, .root = {}, .apply = [&](auto&, const auto& row, ReferralText& text) {
             require_step(row.state, text, ReferralStep::settle);
             text.outcome = note.outcome;
             text.outcome_reason = note.outcome_reason;
             text.outcome_words = note.outcome_words;
             text.outcome_on = note.outcome_on.value_or(actor.today);
             text.follow_up_on = note.follow_up_on;
         }});
}

Referral ReferralService::follow_up(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                                    const FollowUpNote& note) const {
    return write(
        actor, id, version,
        {.kind = "followed", .reason = {}, .root = {}, .apply = [&](auto&, const auto& row, ReferralText& text) {
             require_step(row.state, text, ReferralStep::follow_up);
             text.follow_up_words = note.follow_up_words;
             if (note.follow_up_on)
                 text.follow_up_on = note.follow_up_on;
             else
                 text.followed_on = note.followed_on.value_or(actor.today);
         }});
}

Referral ReferralService::withdraw(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                                   const ReferralWithdrawal& withdrawal) const {
    return write(actor, id, version,
                 {.kind = "withdrawn",
                  .reason = withdrawal.reason,
                  .root = {},
                  .withdrawn = true,
                  .apply = [&](auto&, const auto& row, ReferralText& text) {
                      require_step(row.state, text, ReferralStep::withdraw);
                  }});
}

Referral ReferralService::correct(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                                  const ReferralChange& change) const {
    return write(actor, id, version,
                 {.kind = "edited",
                  .reason = change.reason,
                  .root = "/text",
                  .apply = [&](auto&, const auto& row, ReferralText& text) {
                      if (row.state == ReferralState::withdrawn)
                          throw core::not_allowed_in_state("withdrawn");
                      text = change.text;
                  }});
}

Referral ReferralService::undo(const access::Actor& actor, const ReferralId& id, std::int64_t version) const {
    return write(
        actor, id, version,
        {.kind = "undone", .reason = {}, .root = {}, .apply = [&](auto& tx, const auto& row, ReferralText& text) {
             const auto saved = db::versions(tx, store::referral_versions, id.str());
             if (saved.size() < 2 || saved.back().kind == "undone")
                 throw core::not_allowed_in_state(record::to_text(row.state));
             text = record::from_stored_json<ReferralText>(saved[saved.size() - 2].document);
         }});
}

answer_pages::IssuedAnswerPage ReferralService::issue_page(const access::Actor& actor, const ReferralId& id,
                                                           const PageDays& wanted) const {
    access::require(actor, "referrals.write");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found_for_change(tx, actor, id);
        if (ends_waiting(row.state))
            throw core::not_allowed_in_state(record::to_text(row.state));
        keep_told(tx, actor, id, ToldWay::page,
                  told_today(tx, id, record::text_from<ReferralText>(row),
                             record::from_stored_json<MatchText>(row.match_document)),
                  clock_.now());
        return pages_.issue(tx, actor,
                            {.kind = AnswerKind::referral_ask,
                             .subject_id = id.str(),
                             .desk_id = row.desk_id,
                             .municipality_id = row.municipality_id,
                             .days = wanted.days ? static_cast<int>(wanted.days->value) : usual_days});
    });
}

}  // namespace tsunagi::referrals
