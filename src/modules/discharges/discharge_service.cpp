// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_service.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/utf8.hpp"
#include "db/idempotency.hpp"
#include "modules/access/demonstration_service.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/discharges/discharge_store.hpp"
#include "modules/discharges/figures_sheet.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::discharges {
namespace {

constexpr int days_of_a_week = 7;
constexpr int weeks_shown = 4;
constexpr std::size_t most_on_board = 300;
/// Figures are asked for by the year; more than this is a mistake.
constexpr int longest_period = 366 * 6;

FoundDischarge found(db::ReadTx& tx, const access::Actor& actor, const DischargeId& id) {
    auto row = find(tx, actor, id);
    if (!row)
        throw core::not_found();
    return std::move(*row);
}

bool is_masked(const access::Actor& actor, const FoundDischarge& row) {
    return consultations::disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality) !=
           consultations::Disclosure::full;
}

DischargeText text_of(db::ReadTx& tx, const FoundDischarge& row) {
    auto text = record::text_from<DischargeText>(static_cast<const DischargeRecord&>(row));
    text.papers = papers_of(tx, row.id);
    return text;
}

Discharge shown(db::ReadTx& tx, const access::Actor& actor, const FoundDischarge& row) {
    Discharge result;
    record::copy_members(row, result);
    result.text = text_of(tx, row);
    result.masked = is_masked(actor, row);
    if (result.masked)
        withhold_names(result.text);
    return result;
}

core::Date monday_of(const core::Date& day) {
    return day.plus_days(-day.weekday());
}

void check_period(const FiguresQuery& query) {
    if (query.to < query.from)
        throw core::invalid({{"?to", "date_order", query.from.str()}});
    if (query.to.days_since(query.from) > longest_period)
        throw core::invalid({{"?to", "too_long", std::to_string(longest_period)}});
}

/// Of a coordination that follows another one: the day of the re-admission is known and not before the day left.
void check_readmission(const DischargeText& text, const std::optional<core::Date>& left_before,
                       std::vector<core::FieldError>& errors) {
    if (!text.admitted_on)
        errors.push_back({"/text/admitted_on", "required", ""});
    else if (left_before && *text.admitted_on < *left_before)
        errors.push_back({"/text/admitted_on", "date_order", left_before->str()});
}

void require_readmittable(const FoundDischarge& earlier) {
    if (earlier.later_id || (earlier.state != DischargeState::discharged && earlier.state != DischargeState::ended))
        throw core::not_allowed_in_state(record::to_text(earlier.state));
}

/// A later correction keeps the order of a coordination and its neighbours.
void check_neighbours(db::ReadTx& tx, const access::Actor& actor, const FoundDischarge& row, const DischargeText& text,
                      std::vector<core::FieldError>& errors) {
    if (const auto earlier = row.earlier_id ? find(tx, actor, *row.earlier_id) : std::nullopt)
        check_readmission(text, earlier->left_on, errors);
    const auto later = row.later_id ? find(tx, actor, *row.later_id) : std::nullopt;
    if (later && text.left_on && later->admitted_on && *later->admitted_on < *text.left_on)
        errors.push_back({"/text/left_on", "date_order", later->admitted_on->str()});
}

}  // namespace

DischargeService::DischargeService(db::Database& database, const audit::AuditService& audit,
                                   const packs::PacksService& packs,
                                   const consultations::ConsultationService& consultations,
                                   const holidays::HolidayService& holidays, const std::filesystem::path& folder,
                                   core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      consultations_(consultations),
      holidays_(holidays),
      rules_(read_paper_rules(folder)),
      words_(folder / "report_words.yaml"),
      clock_(std::move(clock)) {}

Counting DischargeService::counting(const access::Actor& actor) const {
    return {actor.today, handover_kinds(rules_)};
}

void DischargeService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                              const DischargeId& id, const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "discharge",
                       .subject_id = id.str(),
                       .detail = detail});
}

DischargePage DischargeService::list(const access::Actor& actor, const DischargeFilter& filter) const {
    access::require(actor, "discharges.read");
    if (filter.left_from && filter.left_to && *filter.left_to < *filter.left_from)
        throw core::invalid({{"?left_to", "date_order", ""}});
    return database_.read([&](db::ReadTx& tx) {
        auto read = discharges::list(tx, actor, filter, counting(actor));
        return DischargePage{.items = std::move(read.items),
                             .next = std::move(read.next),
                             .total = read.total,
                             .total_capped = read.total_capped,
                             .states = states(tx, actor, filter, counting(actor))};
    });
}

DischargeBoard DischargeService::board(const access::Actor& actor, const BoardFilter& filter) const {
    access::require(actor, "discharges.read");
    return database_.read([&](db::ReadTx& tx) {
        DischargeBoard board;
        board.today = actor.today;
        const core::Date first = monday_of(filter.from.value_or(actor.today));
        for (int week = 0; week < weeks_shown; ++week) {
            const core::Date from = first.plus_days(week * days_of_a_week);
            board.weeks.push_back({from, from.plus_days(days_of_a_week - 1), {}});
        }
        auto rows = discharges::board(tx, actor, filter, first, board.weeks.back().until, most_on_board + 1);
        board.truncated = rows.size() > most_on_board;
        if (board.truncated)
            rows.pop_back();
        for (DischargeRow& row : rows) {
            const auto day = row.left_on ? row.left_on : row.planned_on;
            const auto week = std::ranges::find_if(
                board.weeks, [&](const BoardWeek& one) { return day && one.from <= *day && *day <= one.until; });
            const bool over = !row.left_on && !is_closed(row.state) && day && *day < actor.today;
            if (!day && !is_closed(row.state))
                board.undated.push_back(std::move(row));
            else if (over)
                board.overdue.push_back(std::move(row));
            else if (week != board.weeks.end())
                week->items.push_back(std::move(row));
        }
        const auto working = holidays_.working_days(tx);
        for (core::Date day = first; day <= board.weeks.back().until; day = day.plus_days(1)) {
            constexpr int saturday = 5;
            if (day.weekday() < saturday && !working.works(day))
                board.holidays.push_back(day);
        }
        return board;
    });
}

DueDays DischargeService::due_days(const access::Actor& actor, const DayQuery& query) const {
    access::require(actor, "discharges.read");
    return database_.read([&](db::ReadTx& tx) {
        DueDays result{rules_, {}};
        const auto working = holidays_.working_days(tx);
        for (const PaperRule& rule : rules_)
            result.items.push_back({rule.kind, due_day(rules_, rule.kind, query, working)});
        return result;
    });
}

std::int64_t DischargeService::recount_due_days(db::WriteTx& tx, const holidays::WorkingDays& working) const {
    std::int64_t moved = 0;
    for (const CountedDue& one : counted_due_days(tx)) {
        const auto due =
            due_day(rules_, one.kind, {one.admitted_on, one.planned_on, one.decided_on, one.left_on}, working);
        if (due == one.due_on)
            continue;
        set_due_day(tx, one.id, one.position, due);
        ++moved;
    }
    return moved;
}

DischargeFigures DischargeService::figures(const access::Actor& actor, const FiguresQuery& query) const {
    access::require(actor, "discharges.read");
    check_period(query);
    return database_.read([&](db::ReadTx& tx) {
        return figures_of(query, counted(tx, actor, query), counted_papers(tx, actor, query, handover_kinds(rules_)),
                          actor.today);
    });
}

record::ExportedFile DischargeService::export_figures(const access::Actor& actor,
                                                      const FiguresExportQuery& query) const {
    access::require(actor, "export");
    const auto found_figures = figures(actor, query);
    const bool fictitious = database_.read([](db::ReadTx& tx) { return access::is_demonstration(tx); });
    auto file =
        figures_file(found_figures, {query.format, query.lang, actor.today, fictitious}, words_, *packs_.codes());
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "export",
                           .subject_kind = "discharge_figures",
                           .subject_id = "",
                           .detail = record::to_text(query.format)});
    });
    return file;
}

Discharge DischargeService::get(const access::Actor& actor, const DischargeId& id) const {
    access::require(actor, "discharges.read");
    return database_.write([&](db::WriteTx& tx) {
        auto result = shown(tx, actor, found(tx, actor, id));
        record(tx, actor, "read", id, "");
        return result;
    });
}

DischargeHistory DischargeService::history(const access::Actor& actor, const DischargeId& id) const {
    access::require(actor, "discharges.read");
    return database_.write([&](db::WriteTx& tx) {
        const bool masked = is_masked(actor, found(tx, actor, id));
        DischargeHistory result{db::read_versions<DischargeVersion>(db::versions(tx, version_table, id.str()))};
        for (auto& version : result.items) {
            if (masked)
                withhold_names(version.text);
        }
        record(tx, actor, "read", id, "history");
        return result;
    });
}

void DischargeService::check_text(db::ReadTx& tx, const access::Actor& actor, const DischargeText& text,
                                  const std::string& root, const DischargeText* before,
                                  std::vector<core::FieldError>& errors) const {
    const auto codes = packs_.codes();
    auto faults = check(
        text, {.codes = *codes, .today = actor.today, .latest_day = actor.latest_day, .root = root, .before = before});
    std::ranges::move(faults, std::back_inserter(errors));
    if (text.owner_id && (before == nullptr || before->owner_id != text.owner_id) &&
        !access::active_user_exists(tx, *text.owner_id))
        errors.push_back({root + "/owner_id", "unknown", ""});
    // A place that stood there before stays, even when a later import has taken it away.
    std::set<std::string> had;
    if (before != nullptr) {
        had.insert(before->hospital_place_id ? before->hospital_place_id->str() : std::string());
        for (const Party& party : before->parties)
            had.insert(party.place_id ? party.place_id->str() : std::string());
    }
    const auto known = [&](const std::optional<resources::PlaceId>& id, const std::string& field) {
        if (id && !had.contains(id->str()) && !place_exists(tx, *id, actor.desk_municipalities))
            errors.push_back({root + field, "unknown", ""});
    };
    known(text.hospital_place_id, "/hospital_place_id");
    for (std::size_t i = 0; i < text.parties.size(); ++i)
        known(text.parties[i].place_id, "/parties/" + std::to_string(i) + "/place_id");
}

void DischargeService::save(db::WriteTx& tx, const access::Actor& actor, const DischargeRecord& next,
                            const DischargeText& text, const std::string& kind, const std::string& reason) const {
    if (!update(tx, next, text))
        throw core::stale(next.version + 1);
    db::add_version(tx, version_table, next.id.str(),
                    {next.version + 1, next.updated_at, actor.user_id, kind, reason, record::to_json(text)});
    count_readmission(tx, next);
    if (next.consultation_id) {
        const auto about = consultations_.open_for_entry(tx, actor, *next.consultation_id);
        consultations_.enter(tx, actor, about, 0);
    }
    record(tx, actor, kind == "edited" ? "change" : kind, next.id, "version=" + std::to_string(next.version + 1));
}

void DischargeService::readmit(db::WriteTx& tx, const access::Actor& actor, const FoundDischarge& earlier) const {
    DischargeRecord next = earlier;
    next.state = DischargeState::readmitted;
    next.updated_at = clock_.now();
    next.updated_by = actor.user_id;
    save(tx, actor, next, text_of(tx, earlier), "readmitted", "");
}

void DischargeService::follow_in_earlier(db::WriteTx& tx, const access::Actor& actor, const FoundDischarge& row,
                                         const DischargeRecord& next) const {
    const bool was = row.state != DischargeState::cancelled;
    const bool is = next.state != DischargeState::cancelled;
    if (!row.earlier_id || was == is)
        return;
    const auto earlier = found(tx, actor, *row.earlier_id);
    if (is) {
        require_readmittable(earlier);
        if (row.admitted_on && earlier.left_on && *row.admitted_on < *earlier.left_on)
            throw core::invalid({{"/step", "date_order", earlier.left_on->str()}});
        readmit(tx, actor, earlier);
        return;
    }
    if (earlier.state != DischargeState::readmitted)
        return;
    std::vector<std::string> kinds;
    for (auto& version : db::versions(tx, version_table, earlier.id.str()))
        kinds.push_back(std::move(version.kind));
    DischargeRecord back = earlier;
    back.state = state_before_readmission(kinds);
    back.updated_at = clock_.now();
    back.updated_by = actor.user_id;
    save(tx, actor, back, text_of(tx, earlier), "readmission_cancelled", "");
}

Discharge DischargeService::create(const access::Actor& actor, const NewDischarge& body, const std::string& key) const {
    access::require(actor, "discharges.write");
    const auto now = clock_.now();
    const std::string fingerprint = db::request_fingerprint("createDischarge", record::to_json(body));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto before = db::remembered(tx, actor.user_id, key, fingerprint))
            return shown(tx, actor, found(tx, actor, DischargeId(*before)));
        DischargeRecord made;
        made.id = DischargeId::make();
        made.created_at = made.updated_at = now;
        made.created_by = made.updated_by = actor.user_id;
        made.consultation_id = body.consultation_id;
        DischargeText text = body.text;
        std::vector<core::FieldError> errors;
        std::optional<FoundDischarge> earlier;
        if (body.earlier_id) {
            earlier = found(tx, actor, *body.earlier_id);
            if (!actor.works_at(earlier->desk_id))
                throw core::Error(core::ErrorKind::forbidden, "forbidden");
            require_readmittable(*earlier);
            if (made.consultation_id && made.consultation_id != earlier->consultation_id)
                errors.push_back({"/consultation_id", "not_allowed", ""});
            made.earlier_id = earlier->id;
            made.consultation_id = earlier->consultation_id;
            check_readmission(text, earlier->left_on, errors);
        }
        if (made.consultation_id) {
            const auto about = consultations_.open_for_entry(tx, actor, *made.consultation_id);
            made.desk_id = about.desk_id;
            made.municipality_id = about.municipality_id;
            consultations_.enter(tx, actor, about, 0);
        } else {
            made.desk_id = earlier ? earlier->desk_id : access::desk_for_new_record(actor, body.desk_id);
            made.municipality_id = access::municipality_of(tx, made.desk_id).value();
        }
        check_text(tx, actor, text, "/text", nullptr, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        set_due_days(text, rules_, holidays_.working_days(tx));
        made.state = state_by_days(text);
        if (earlier)
            readmit(tx, actor, *earlier);
        insert(tx, made, text);
        db::add_version(tx, version_table, made.id.str(),
                        {1, now, actor.user_id, "created", "", record::to_json(text)});
        count_readmission(tx, made);
        record(tx, actor, "create", made.id,
               made.consultation_id ? "consultation=" + made.consultation_id->str() : std::string());
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), now);
        return shown(tx, actor, found(tx, actor, made.id));
    });
}

Discharge DischargeService::change(const access::Actor& actor, const DischargeId& id, std::int64_t version,
                                   const DischargeChange& wanted) const {
    access::require(actor, "discharges.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        if (!actor.works_at(row.desk_id))
            throw core::Error(core::ErrorKind::forbidden, "forbidden");
        if (row.version != version)
            throw core::stale(row.version);
        const DischargeText before = text_of(tx, row);
        DischargeText text = wanted.text;
        std::vector<core::FieldError> errors;
        check_text(tx, actor, text, "/text", &before, errors);
        check_neighbours(tx, actor, row, text, errors);
        if (is_closed(row.state)) {
            if (core::is_blank(wanted.reason.str()))
                errors.push_back({"/reason", "required", ""});
            // What was closed as discharged stays so.
            if (row.state != DischargeState::cancelled && !text.left_on)
                errors.push_back({"/text/left_on", "required", ""});
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        set_due_days(text, rules_, holidays_.working_days(tx));
        DischargeRecord next = row;
        next.state = is_closed(row.state) ? row.state : state_by_days(text);
        next.updated_at = now;
        next.updated_by = actor.user_id;
        save(tx, actor, next, text, "edited", wanted.reason);
        return shown(tx, actor, found(tx, actor, id));
    });
}

Discharge DischargeService::change_state(const access::Actor& actor, const DischargeId& id, std::int64_t version,
                                         const DischargeStateChange& change) const {
    access::require(actor, "discharges.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        if (!actor.works_at(row.desk_id))
            throw core::Error(core::ErrorKind::forbidden, "forbidden");
        if (row.version != version)
            throw core::stale(row.version);
        const DischargeText text = text_of(tx, row);
        DischargeRecord next = row;
        next.state = after_step(row.state, text, change);
        next.updated_at = now;
        next.updated_by = actor.user_id;
        const std::string kind = change.step == DischargeStep::take_up ? "taken_up" : record::to_text(next.state);
        follow_in_earlier(tx, actor, row, next);
        save(tx, actor, next, text, kind, change.reason);
        return shown(tx, actor, found(tx, actor, id));
    });
}

}  // namespace tsunagi::discharges
