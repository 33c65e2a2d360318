// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/confirmation_service.hpp"

#include <algorithm>
#include <iterator>

#include "db/idempotency.hpp"
#include "modules/access/demonstration_service.hpp"
#include "modules/confirmations/confirmation_rules.hpp"
#include "modules/confirmations/confirmation_sheet.hpp"
#include "modules/confirmations/confirmation_store.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::confirmations {
namespace {

using answer_pages::AnswerKind;
using resources::LocalService;

constexpr std::size_t most_asked = 200;
constexpr std::int64_t lines_at_once = 200;
constexpr std::size_t most_exported = 10'000;
constexpr std::int64_t usual_months = 12;
constexpr std::int64_t most_months = 120;

store::FoundConfirmation found(db::ReadTx& tx, const access::Actor& actor, const ConfirmationId& id) {
    auto row = store::find(tx, LocalService::homes_of(actor), id);
    if (!row)
        throw core::not_found();
    return std::move(*row);
}

ConfirmationText text_of(const store::ConfirmationRecord& row) {
    auto text = record::text_from<ConfirmationText>(row);
    if (row.answer_card)
        text.card = record::from_stored_json<FacilityCard>(*row.answer_card);
    return text;
}

/// Of an answer page, from today until the request expires.
int days_open(const core::Date& expires_on, const core::Date& today) {
    return std::clamp(expires_on.days_since(today) + 1, 1, most_days_open);
}

FacilityCard shown_card(const store::ConfirmationRecord& row) {
    return record::from_stored_json<FacilityCard>(row.shown_card);
}

/// What the place says otherwise than it was shown.
std::vector<std::string> corrected(const store::ConfirmationRecord& row, const ConfirmationText& text) {
    return text.card ? differing(*text.card, shown_card(row)) : std::vector<std::string>();
}

std::vector<std::string> names_of(const std::vector<record::Text<40>>& fields) {
    std::vector<std::string> names;
    std::ranges::transform(fields, std::back_inserter(names), [](const auto& one) { return one.value; });
    return names;
}

std::optional<std::string> code_of(const ConfirmationFilter& filter) {
    if (filter.code.value.empty())
        return std::nullopt;
    auto code = plain_reply_code(filter.code.value);
    if (!code)
        throw core::invalid({{"?code", "check_digit", ""}});
    return code;
}

PlaceChecked checked(const resources::PlaceId& id, const resources::LocalLayer& layer) {
    return {id, layer.version, layer.text.checked_on, layer.checked_by_name};
}

}  // namespace

ConfirmationService::ConfirmationService(db::Database& database, const audit::AuditService& audit,
                                         const packs::PacksService& packs, const search::Folding& folding,
                                         const answer_pages::AnswerPageService& pages,
                                         const std::filesystem::path& report_words, core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      folding_(folding),
      pages_(pages),
      locals_(audit, packs, folding, clock),
      words_(report_words),
      clock_(std::move(clock)) {}

void ConfirmationService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                                 const std::string& kind, const std::string& id, const std::string& detail) const {
    audit_.record(tx, {actor.user_id, actor.name, action, kind, id, detail});
}

store::DueSearch ConfirmationService::search_of(const access::Actor& actor, const core::RegionId& home,
                                                const DueChoice& choice) const {
    store::DueSearch search;
    search.home = home;
    search.today = actor.today;
    const std::int64_t months = choice.months.value_or(usual_months);
    if (months < 1 || months > most_months)
        throw core::invalid({{"?months", "range", "1-" + std::to_string(most_months)}});
    search.old_before = months_before(actor.today, static_cast<int>(months));
    for (const std::string& area : choice.municipality) {
        auto codes = LocalService::codes_of(area);
        if (!codes)
            throw core::invalid({{"?municipality", "municipality_code", area.substr(0, 20)}});
        search.areas.push_back(std::move(*codes));
    }
    for (const std::string& word : record::words_of(choice.words)) {
        if (std::string folded = search::to_utf8(folding_.fold(word)); !folded.empty())
            search.words.push_back(std::move(folded));
    }
    return search;
}

DuePage ConfirmationService::due(const access::Actor& actor, const DueFilter& filter) const {
    access::require(actor, "resources.read");
    const auto home = LocalService::home_of(actor, filter.municipality_id, false);
    const auto search = search_of(actor, home, filter);
    return database_.read([&](db::ReadTx& tx) { return store::due(tx, search, filter); });
}

PlaceChecked ConfirmationService::confirm(const access::Actor& actor, const resources::PlaceId& id,
                                          const resources::LocalQuery& query, std::int64_t version) const {
    access::require(actor, "resources.write");
    const auto home = LocalService::home_of(actor, query.municipality_id, true);
    return database_.write([&](db::WriteTx& tx) { return checked(id, locals_.confirm(tx, actor, id, home, version)); },
                           "place " + id.str());
}

PlaceChecked ConfirmationService::undo(const access::Actor& actor, const resources::PlaceId& id,
                                       const resources::LocalQuery& query, std::int64_t version) const {
    access::require(actor, "resources.write");
    const auto home = LocalService::home_of(actor, query.municipality_id, true);
    return database_.write(
        [&](db::WriteTx& tx) { return checked(id, locals_.undo_confirmation(tx, actor, id, home, version)); },
        "place " + id.str());
}

ConfirmationPage ConfirmationService::list(const access::Actor& actor, const ConfirmationFilter& filter) const {
    access::require(actor, "resources.read");
    const auto home = LocalService::home_of(actor, filter.municipality_id, false);
    const auto code = code_of(filter);
    return database_.read([&](db::ReadTx& tx) { return store::list(tx, home, filter, code, actor.today); });
}

record::ExportedFile ConfirmationService::export_list(const access::Actor& actor,
                                                      const ConfirmationExportQuery& query) const {
    access::require(actor, "export");
    access::require(actor, "resources.read");
    const auto home = LocalService::home_of(actor, query.municipality_id, false);
    const auto code = code_of(query);
    const auto sheet = database_.read([&](db::ReadTx& tx) {
        SheetHead head{.language = query.lang,
                       .printed_on = actor.today,
                       .limited = false,
                       .fictitious = access::is_demonstration(tx),
                       .round = {}};
        if (query.round)
            head.round = round_in(tx, actor, *query.round);
        ConfirmationFilter filter = query;
        filter.limit = lines_at_once;
        filter.after = {};
        std::vector<ConfirmationRow> rows;
        for (;;) {
            auto page = store::list(tx, home, filter, code, actor.today);
            std::ranges::move(page.items, std::back_inserter(rows));
            if (!page.next)
                break;
            if (rows.size() >= most_exported) {
                head.limited = true;
                break;
            }
            filter.after = *page.next;
        }
        return confirmation_sheet(rows, head, words_);
    });
    auto file = analysis::exported(query.format, "confirmations_" + actor.today.str(), {sheet});
    database_.write([&](db::WriteTx& tx) {
        record(tx, actor, "export", "confirmation", "",
               record::to_text(query.format) + " lines=" + std::to_string(sheet.rows.size()));
    });
    return file;
}

Confirmation ConfirmationService::shown(db::ReadTx& tx, const store::FoundConfirmation& row,
                                        const core::Date& today) const {
    Confirmation result;
    record::copy_members(row, result);
    result.state = state_on(row.state, row.expires_on, today);
    result.text = text_of(row);
    result.shown = shown_card(row);
    for (const auto& place : LocalService::briefs(tx, {row.place_id}, row.municipality_id)) {
        result.address = place.address;
        result.public_phone = place.phone;
        result.public_fax = place.fax;
    }
    const auto layer = LocalService::read(tx, row.place_id, row.municipality_id);
    result.now = card_of(layer.text);
    result.local_version = layer.version;
    const auto moved = differing(result.shown, result.now);
    const auto in = [](const auto& list, const std::string& field) {
        return std::ranges::find(list, field) != list.end();
    };
    for (const std::string& field : corrected(row, result.text)) {
        CardDifference difference{field, in(moved, field), {}};
        if (in(result.text.approved, field))
            difference.approved = true;
        else if (in(result.text.refused, field))
            difference.approved = false;
        result.differences.push_back(std::move(difference));
    }
    const auto standings = pages_.standings(tx, AnswerKind::place_confirmation, {row.id.str()});
    if (const auto page = standings.find(row.id.str()); page != standings.end())
        result.page = page->second;
    return result;
}

Confirmation ConfirmationService::get(const access::Actor& actor, const ConfirmationId& id) const {
    access::require(actor, "resources.read");
    return database_.read([&](db::ReadTx& tx) { return shown(tx, found(tx, actor, id), actor.today); });
}

ConfirmationHistory ConfirmationService::history(const access::Actor& actor, const ConfirmationId& id) const {
    access::require(actor, "resources.read");
    return database_.read([&](db::ReadTx& tx) {
        (void)found(tx, actor, id);
        ConfirmationHistory history{
            db::read_versions<ConfirmationVersion>(db::versions(tx, store::confirmation_versions, id.str()))};
        for (ConfirmationVersion& version : history.items) {
            if (version.kind == "page_answer")
                version.by_name = {};
        }
        return history;
    });
}

ConfirmationId ConfirmationService::ask(db::WriteTx& tx, const access::Actor& actor, const Asking& asking,
                                        const resources::PlaceBrief& place) const {
    const auto now = clock_.now();
    store::ConfirmationRecord made;
    made.id = ConfirmationId::make();
    made.municipality_id = asking.home;
    made.desk_id = asking.desk_id;
    made.round_id = asking.round_id;
    made.place_id = place.id;
    made.place_name = place.name;
    do {
        made.reply_code = new_reply_code();
    } while (store::code_is_taken(tx, asking.home, made.reply_code));
    made.created_at = made.updated_at = now;
    made.created_by = made.updated_by = actor.user_id;
    ConfirmationText text;
    text.method = asking.method;
    text.message = asking.message;
    text.sent_on = actor.today;
    text.due_on = asking.due_on;
    text.expires_on = expiry_of(asking.due_on, actor.today);
    record::put_text(text, made);
    made.shown_card = record::to_json(card_of(LocalService::read(tx, place.id, asking.home).text));
    store::insert(tx, made);
    db::add_version(tx, store::confirmation_versions, made.id.str(),
                    {1, now, actor.user_id, "created", "", record::to_json(text)});
    record(tx, actor, "create", "confirmation", made.id.str(), "place=" + place.id.str());
    return made.id;
}

Confirmations ConfirmationService::create(const access::Actor& actor, const resources::LocalQuery& query,
                                          const NewConfirmations& body, const std::string& key) const {
    access::require(actor, "resources.write");
    const auto home = LocalService::home_of(actor, query.municipality_id, true);
    const std::string fingerprint = db::request_fingerprint("createConfirmations", record::to_json(body));
    if (body.place_ids.empty())
        throw core::invalid({{"/place_ids", "required", ""}});
    if (body.place_ids.size() > most_asked)
        throw core::invalid({{"/place_ids", "too_many", std::to_string(most_asked)}});
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return Confirmations{
                store::rows(tx, home, record::from_stored_json<std::vector<ConfirmationId>>(*earlier), actor.today)};
        auto errors = check_due(body.due_on, actor.today, "/due_on");
        const auto places = LocalService::briefs(tx, body.place_ids, home);
        auto taken = store::open_places(tx, home, body.place_ids, actor.today);
        for (std::size_t i = 0; i < body.place_ids.size(); ++i) {
            const std::string pointer = "/place_ids/" + std::to_string(i);
            if (std::ranges::find(places, body.place_ids[i], &resources::PlaceBrief::id) == places.end())
                errors.push_back({pointer, "not_found", ""});
            else if (std::ranges::find(taken, body.place_ids[i]) != taken.end())
                errors.push_back({pointer, "duplicate", ""});
            taken.push_back(body.place_ids[i]);
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        const Asking asking{.home = home,
                            .desk_id = LocalService::desk_of(tx, actor, home),
                            .round_id = {},
                            .method = body.method,
                            .message = body.message,
                            .due_on = body.due_on};
        std::vector<ConfirmationId> made;
        for (const auto& place : places)
            made.push_back(ask(tx, actor, asking, place));
        db::remember(tx, actor.user_id, key, fingerprint, record::to_json(made), clock_.now());
        return Confirmations{store::rows(tx, home, made, actor.today)};
    });
}

Confirmation ConfirmationService::write(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                                        const std::string& kind, ConfirmationState state, const Apply& apply) const {
    access::require(actor, "resources.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        if (row.version != version)
            throw core::stale(row.version);
        auto text = text_of(row);
        apply(tx, row, text);
        store::ConfirmationRecord next = row;
        record::put_text(text, next);
        next.answer_card.reset();
        if (text.card)
            next.answer_card = record::to_json(*text.card);
        next.state = state;
        if (state == ConfirmationState::approved && text.approved.empty() && !text.refused.empty())
            next.state = ConfirmationState::refused;
        next.updated_at = now;
        next.updated_by = actor.user_id;
        if (!store::update(tx, next))
            throw core::stale(version + 1);
        db::add_version(tx, store::confirmation_versions, id.str(),
                        {version + 1, now, actor.user_id, kind, text.reason.value, record::to_json(text)});
        if (next.state == ConfirmationState::withdrawn)
            pages_.withdraw_ask(tx, actor, AnswerKind::place_confirmation, id.str());
        else if (next.state == ConfirmationState::sent && text.expires_on != row.expires_on)
            pages_.move_expiry(tx, actor, AnswerKind::place_confirmation, id.str(),
                               std::min(text.expires_on, actor.today.plus_days(most_days_open)));
        else if (next.state != ConfirmationState::sent)
            pages_.withdraw(tx, actor, AnswerKind::place_confirmation, id.str());
        record(tx, actor, state == ConfirmationState::withdrawn ? "withdraw" : "change", "confirmation", id.str(),
               kind + " version=" + std::to_string(version + 1));
        return shown(tx, found(tx, actor, id), actor.today);
    });
}

Confirmation ConfirmationService::answer(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                                         const ConfirmationAnswer& note) const {
    const auto codes = packs_.codes();
    return write(actor, id, version, "answered", ConfirmationState::answered,
                 [&](db::WriteTx&, const store::FoundConfirmation& row, ConfirmationText& text) {
                     // A paper may come late, or be read again before anybody has decided.
                     if (row.state != ConfirmationState::sent && row.state != ConfirmationState::answered)
                         throw core::not_allowed_in_state(record::to_text(row.state));
                     std::vector<core::FieldError> errors;
                     if (!note.nothing_changed && !note.card)
                         errors.push_back({"/card", "required", ""});
                     if (note.card)
                         errors = check(*note.card, shown_card(row), *codes, actor.today, "/card");
                     const auto on = note.answered_on.value_or(actor.today);
                     if (on > actor.latest_day)
                         errors.push_back({"/answered_on", "future", ""});
                     if (on < row.sent_on)
                         errors.push_back({"/answered_on", "date_order", ""});
                     if (!errors.empty())
                         throw core::invalid(std::move(errors));
                     text.nothing_changed = note.nothing_changed;
                     text.card = note.nothing_changed ? shown_card(row) : *note.card;
                     text.nothing_changed = differing(*text.card, shown_card(row)).empty();
                     text.words = note.words;
                     text.answered_by = note.answered_by;
                     text.answered_on = on;
                     text.by_page = false;
                 });
}

Confirmation ConfirmationService::decide(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                                         const ConfirmationDecision& decision) const {
    return write(actor, id, version, "decided", ConfirmationState::approved,
                 [&](db::WriteTx& tx, const store::FoundConfirmation& row, ConfirmationText& text) {
                     if (row.state != ConfirmationState::answered || !text.card)
                         throw core::not_allowed_in_state(record::to_text(row.state));
                     const auto errors = check(decision, corrected(row, text));
                     if (!errors.empty())
                         throw core::invalid(errors);
                     text.approved = names_of(decision.approved);
                     text.refused = names_of(decision.refused);
                     text.decided_on = actor.today;
                     text.reason = decision.reason;
                     const auto layer = LocalService::read(tx, row.place_id, row.municipality_id);
                     if (layer.version != decision.local_version)
                         throw core::stale(layer.version);
                     if (text.approved.empty() && !text.refused.empty())
                         return;
                     resources::LocalChange change;
                     change.version = layer.version;
                     change.text = with_fields(layer.text, *text.card, text.approved);
                     const auto answered = text.answered_on.value_or(actor.today);
                     change.text.checked_on = std::max(layer.text.checked_on.value_or(answered), answered);
                     change.kind = "confirmed";
                     change.reason = written_code(row.reply_code);
                     change.root = "/card";
                     change.confirmed = true;
                     (void)locals_.write(tx, actor, row.place_id, row.municipality_id, change);
                 });
}

Confirmation ConfirmationService::remind(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                                         const ReminderNote& note) const {
    return write(actor, id, version, "reminded", ConfirmationState::sent,
                 [&](db::WriteTx&, const store::FoundConfirmation& row, ConfirmationText& text) {
                     if (row.state != ConfirmationState::sent)
                         throw core::not_allowed_in_state(record::to_text(row.state));
                     text.reminded_on = actor.today;
                     if (!note.due_on)
                         return;
                     auto errors = check_due(*note.due_on, actor.today, "/due_on");
                     if (!errors.empty())
                         throw core::invalid(std::move(errors));
                     text.due_on = *note.due_on;
                     text.expires_on = expiry_of(*note.due_on, actor.today);
                 });
}

Confirmation ConfirmationService::withdraw(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                                           const ConfirmationWithdrawal& withdrawal) const {
    return write(actor, id, version, "withdrawn", ConfirmationState::withdrawn,
                 [&](db::WriteTx&, const store::FoundConfirmation& row, ConfirmationText& text) {
                     if (row.state != ConfirmationState::sent && row.state != ConfirmationState::answered)
                         throw core::not_allowed_in_state(record::to_text(row.state));
                     text.reason = withdrawal.reason;
                 });
}

answer_pages::IssuedAnswerPage ConfirmationService::issue_page(const access::Actor& actor,
                                                               const ConfirmationId& id) const {
    access::require(actor, "resources.write");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        const auto state = state_on(row.state, row.expires_on, actor.today);
        if (state != ConfirmationState::sent)
            throw core::not_allowed_in_state(record::to_text(state));
        return pages_.issue(tx, actor,
                            {.kind = AnswerKind::place_confirmation,
                             .subject_id = id.str(),
                             .desk_id = row.desk_id,
                             .municipality_id = row.municipality_id,
                             .days = days_open(row.expires_on, actor.today)});
    });
}

}  // namespace tsunagi::confirmations
