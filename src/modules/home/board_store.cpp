// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_store.hpp"

#include <algorithm>

#include "modules/access/scope.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::home {
namespace {

using record::Params;

/// Conditions that narrow the board, for the column of the desk and the condition that the reader answers for it.
std::string narrowed(const access::Actor& actor, const HomeFilter& filter, const std::string& desk_column,
                     const std::string& own, Params& params) {
    const auto bind = [&](const std::string& name, const std::string& value) {
        const auto& items = params.items();
        if (std::ranges::none_of(items, [&](const auto& item) { return item.first == name; }))
            params.set(name, value);
    };
    std::string sql;
    if (!filter.desk.empty()) {
        std::string places;
        for (std::size_t i = 0; i < filter.desk.size(); ++i) {
            const std::string name = "desk" + std::to_string(i);
            bind(name, filter.desk[i].str());
            places += (i == 0 ? ":" : ", :") + name;
        }
        sql += " AND " + desk_column + " IN (" + places + ")";
    }
    if (filter.mine) {
        bind("me", actor.user_id.str());
        sql += " AND (" + own + ")";
    }
    return sql;
}

std::string consultations(const access::Actor& actor, const HomeFilter& filter, Params& params) {
    return access::consultations_visible(actor, "c", params) +
           narrowed(actor, filter, "c.desk_id", "c.receiver_id = :me", params);
}

std::string issues_in(const access::Actor& actor, const HomeFilter& filter, Params& params) {
    return access::shared_visible(actor, access::Shared::issue, "i", params) +
           narrowed(actor, filter, "i.desk_id", "i.owner_id = :me", params);
}

std::string measures_in(const access::Actor& actor, const HomeFilter& filter, Params& params) {
    return access::shared_visible(actor, access::Shared::measure, "x", params) +
           narrowed(actor, filter, "x.desk_id", "x.owner_id = :me", params);
}

std::string meetings_in(const access::Actor& actor, const HomeFilter& filter, const std::string& own, Params& params) {
    return access::shared_visible(actor, access::Shared::meeting, "m", params) +
           narrowed(actor, filter, "m.desk_id", own, params);
}

std::string discharges_in(const access::Actor& actor, const HomeFilter& filter, Params& params) {
    if (!actor.may("discharges.read"))
        return "1 = 0";
    return access::worked_with(actor, "d", params) + " AND " + access::activities_visible(actor, "d", "c", params) +
           narrowed(actor, filter, "d.desk_id", "d.owner_id = :me", params);
}

/// Asks of cases that the reader sees by desk or municipality; an agenda shows a case without its asks.
std::string referrals_in(const access::Actor& actor, const HomeFilter& filter, Params& params) {
    return access::worked_with(actor, "r", params) + " AND " + access::consultations_visible(actor, "c", params) +
           narrowed(actor, filter, "r.desk_id", "r.created_by = :me", params);
}

constexpr const char* own_meeting =
    "m.created_by = :me OR EXISTS (SELECT 1 FROM attendances w WHERE w.meeting_id = m.id AND w.user_id = :me)";

/// A day, or the day in Japan of an instant.
std::optional<core::Date> day_of(const std::string& text) {
    if (const auto day = core::Date::parse(text))
        return day;
    if (const auto instant = core::Instant::parse(text))
        return core::day_in_japan(*instant);
    return std::nullopt;
}

struct CardRow {
    std::string kind;
    std::string id;
    std::string number;
    std::string title;
    std::string on;
    std::string who;
};
BOOST_DESCRIBE_STRUCT(CardRow, (), (kind, id, number, title, on, who))

Card card_of(CardRow row) {
    return {std::move(row.kind),
            std::move(row.id),
            std::move(row.number),
            std::move(row.title),
            day_of(row.on),
            std::move(row.who),
            0};
}

/// One row per state of a stage that has any, with the stage's outermost cards beside it: `oldest` and `newest` are
/// ranks within the stage.
struct RankedRow {
    std::int64_t stage = 0;
    std::string state;
    std::int64_t in_state = 0;
    std::int64_t oldest = 0;
    std::int64_t newest = 0;
    std::int64_t first_of_state = 0;
    std::string kind;
    std::string id;
    std::string number;
    std::string title;
    std::string on;
    std::string who;
};
BOOST_DESCRIBE_STRUCT(RankedRow, (),
                      (stage, state, in_state, oldest, newest, first_of_state, kind, id, number, title, on, who))

/// Ranks the rows of `inner` (stage, state, kind, id, number, title, entered, who) and keeps those a stage shows or
/// that carry the count of a state.
std::vector<RankedRow> ranked(db::ReadTx& tx, const std::string& inner, const Params& params) {
    return tx.rows<RankedRow>(
        "SELECT stage, state, in_state, oldest, newest, first_of_state, kind, id, number, title, entered, who FROM ("
        "SELECT s.*, count(*) OVER (PARTITION BY s.stage, s.state) AS in_state, "
        "row_number() OVER (PARTITION BY s.stage, s.state ORDER BY s.entered, s.id) AS first_of_state, "
        "row_number() OVER (PARTITION BY s.stage ORDER BY s.entered, s.id) AS oldest, "
        "row_number() OVER (PARTITION BY s.stage ORDER BY s.entered DESC, s.id DESC) AS newest "
        "FROM (" +
            inner + ") s) t WHERE oldest = 1 OR newest <= 2 OR first_of_state = 1 ORDER BY newest",
        params);
}

Stage stage_from(std::int64_t stage, const std::vector<std::string>& states, const std::vector<RankedRow>& rows) {
    Stage result;
    result.stage = stage;
    for (const auto& state : states)
        result.states.push_back({state, 0});
    for (const auto& row : rows) {
        if (row.stage != stage)
            continue;
        Card card = card_of({row.kind, row.id, row.number, row.title, row.on, row.who});
        if (row.first_of_state == 1) {
            const auto count = std::ranges::find(result.states, row.state, &StateCount::state);
            if (count != result.states.end())
                count->count = row.in_state;
            result.total += row.in_state;
        }
        if (row.newest <= 2 && row.oldest != 1)
            result.newest.push_back(card);
        if (row.oldest == 1)
            result.oldest = std::move(card);
    }
    return result;
}

/// The parts joined, each cut to its most urgent rows.
std::string united(const std::vector<std::string>& parts, std::size_t limit) {
    std::string sql;
    for (const auto& part : parts) {
        if (!sql.empty())
            sql += " UNION ALL ";
        sql += "SELECT * FROM (" + part + " LIMIT " + std::to_string(limit) + ") p" + std::to_string(sql.size());
    }
    return sql;
}

struct StandingRow {
    std::string kind;
    std::string id;
    std::string number;
    std::string title;
    std::string on;
    std::string who;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (), (kind, id, number, title, on, who, state))

struct StuckRow {
    std::string kind;
    std::string id;
    std::string number;
    std::string title;
    std::string on;
    std::string who;
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(StuckRow, (), (kind, id, number, title, on, who, total))

}  // namespace

std::vector<Standing> discussed(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter) {
    Params params;
    const std::string meetings =
        "m.state = 'planned' AND " + access::shared_visible(actor, access::Shared::meeting, "m", params);
    const std::string on_agenda = "FROM agenda_items a JOIN meetings m ON m.id = a.meeting_id ";
    const std::vector<std::string> parts{
        "SELECT 'consultation' AS kind, c.id AS id, '' AS number, '' AS title, a.added_at AS entered, '' AS who, "
        "'discussed_cases' AS state " +
            on_agenda +
            "JOIN consultations c ON c.id = a.subject_id WHERE a.subject = 'consultation' AND c.state <> 'draft' AND " +
            meetings + " AND " + consultations(actor, filter, params) + " ORDER BY a.added_at",
        "SELECT 'issue' AS kind, i.id AS id, i.number AS number, i.title AS title, a.added_at AS entered, "
        "CASE WHEN i.waiting_for <> '' THEN i.waiting_for ELSE COALESCE(u.name, '') END AS who, "
        "'discussed_issues' AS state " +
            on_agenda +
            "JOIN issues i ON i.id = a.subject_id LEFT JOIN users u ON u.id = i.owner_id "
            "WHERE a.subject = 'issue' AND i.state <> 'solved' AND " +
            meetings + " AND " + issues_in(actor, filter, params) + " ORDER BY a.added_at",
    };
    std::vector<Standing> result;
    for (auto& row : tx.rows<StandingRow>(united(parts, 1000), params)) {
        result.push_back({row.state, card_of({row.kind, row.id, row.number, row.title, row.on, row.who})});
    }
    return result;
}

std::vector<Stage> issues(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter) {
    Params params;
    const std::string condition = issues_in(actor, filter, params);
    const auto rows = ranked(tx,
                             "SELECT CASE WHEN i.state IN ('planned', 'underway') THEN 4 WHEN i.state = 'evaluating' "
                             "THEN 5 ELSE 3 END AS stage, i.state AS state, 'issue' AS kind, i.id AS id, "
                             "i.number AS number, i.title AS title, i.state_since AS entered, "
                             "CASE WHEN i.waiting_for <> '' THEN i.waiting_for ELSE COALESCE(u.name, '') END AS who "
                             "FROM issues i LEFT JOIN users u ON u.id = i.owner_id WHERE i.state IN ('sign', "
                             "'reviewing', 'on_hold', 'planned', 'underway', 'evaluating') AND " +
                                 condition,
                             params);
    return {stage_from(3, {"sign", "reviewing", "on_hold"}, rows), stage_from(4, {"planned", "underway"}, rows),
            stage_from(5, {"evaluating"}, rows)};
}

std::vector<Card> undos(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter) {
    if (!actor.may("consultations.write") || actor.desks.empty())
        return {};
    Params params;
    params.set("asker", actor.user_id);
    HomeFilter everybodys = filter;
    everybodys.mine = false;
    // A request that the record has outdated waits for nobody.
    const std::string where = access::consultations_visible(actor, "c", params) +
                              narrowed(actor, everybodys, "c.desk_id", "", params) + " AND " +
                              record::in_list("c.desk_id", actor.desks, "works_at", params);
    std::vector<Card> result;
    for (auto& row : tx.rows<CardRow>(
             "SELECT 'consultation', c.id, '', f.reason, f.asked_at, u.name FROM finalisation_undos f JOIN "
             "consultations c ON c.id = f.consultation_id AND c.version = f.version JOIN users u ON u.id = f.asked_by "
             "WHERE f.settled_at IS NULL AND f.asked_by <> :asker AND " +
                 where + " ORDER BY f.asked_at, c.id LIMIT " + std::to_string(most_due),
             params))
        result.push_back(card_of(std::move(row)));
    return result;
}

namespace {

/// Asks whose answer is due, and those that began and are to be asked after.
std::string due_referrals(const access::Actor& actor, const HomeFilter& filter, Params& params) {
    return "SELECT 'referral' AS kind, r.id AS id, '' AS number, r.place_name AS title, "
           "CASE WHEN r.state = 'settled' THEN r.follow_up_on ELSE r.reply_by END AS day, u.name AS who "
           "FROM referrals r JOIN consultations c ON c.id = r.consultation_id JOIN users u ON u.id = r.created_by "
           "WHERE ((r.state = 'settled' AND r.follow_up_on <= :until) OR (r.state IN ('sent', 'received') AND "
           "r.reply_by <= :until)) AND " +
           referrals_in(actor, filter, params) + " ORDER BY day";
}

}  // namespace

std::vector<Card> answers(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter) {
    if (!actor.may("referrals.read"))
        return {};
    Params params;
    const std::string where = referrals_in(actor, filter, params);
    std::vector<Card> result;
    for (auto& row : tx.rows<CardRow>(
             "SELECT 'referral', r.id, c.number, CASE WHEN c.subject = '' THEN r.place_name ELSE r.place_name || "
             "' \u2014 ' || c.subject END, r.answered_on, r.answer FROM referrals r JOIN consultations c ON "
             "c.id = r.consultation_id WHERE r.state = 'answered' AND r.answer IN ('yes', 'conditional') AND " +
                 where + " ORDER BY r.answered_on, r.updated_at, r.id LIMIT " + std::to_string(most_due),
             params))
        result.push_back(card_of(std::move(row)));
    return result;
}

std::vector<Card> due(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter, const core::Date& until) {
    Params params;
    params.set("until", until);
    std::vector<std::string> parts{
        "SELECT 'meeting' AS kind, m.id AS id, '' AS number, "
        "CASE WHEN m.title = '' THEN b.name ELSE m.title END AS title, m.held_on AS day, "
        "COALESCE(m.started_at, '') AS who FROM meetings m JOIN bodies b ON b.id = m.body_id "
        "WHERE m.state = 'planned' AND m.held_on <= :until AND " +
            meetings_in(actor, filter, own_meeting, params) + " ORDER BY m.held_on",
        "SELECT 'task' AS kind, m.id AS id, '' AS number, t.title AS title, t.due_on AS day, "
        "CASE WHEN t.owner_name <> '' THEN t.owner_name ELSE COALESCE(u.name, '') END AS who "
        "FROM tasks t JOIN meetings m ON m.id = t.meeting_id LEFT JOIN users u ON u.id = t.owner_id "
        "WHERE t.state <> 'done' AND t.due_on <= :until AND m.state <> 'cancelled' AND " +
            meetings_in(actor, filter, "t.owner_id = :me", params) + " ORDER BY t.due_on",
        "SELECT 'issue' AS kind, i.id AS id, i.number AS number, i.title AS title, i.due_on AS day, "
        "CASE WHEN i.waiting_for <> '' THEN i.waiting_for ELSE COALESCE(u.name, '') END AS who "
        "FROM issues i LEFT JOIN users u ON u.id = i.owner_id WHERE i.state <> 'solved' AND i.due_on <= :until AND " +
            issues_in(actor, filter, params) + " ORDER BY i.due_on",
        "SELECT 'measure' AS kind, x.id AS id, '' AS number, x.title AS title, x.evaluate_on AS day, "
        "COALESCE(u.name, x.departments) AS who FROM measures x LEFT JOIN users u ON u.id = x.owner_id "
        "WHERE x.state NOT IN ('finished', 'cancelled') AND x.evaluate_on <= :until AND " +
            measures_in(actor, filter, params) + " ORDER BY x.evaluate_on",
        // Of each coordination the paper that is due first; `who` is its kind.
        "SELECT 'discharge' AS kind, d.id AS id, '' AS number, d.subject AS title, p.due_on AS day, p.kind AS who "
        "FROM discharge_papers p JOIN discharges d ON d.id = p.discharge_id "
        "LEFT JOIN consultations c ON c.id = d.consultation_id WHERE p.received_on IS NULL AND p.not_needed = 0 AND "
        "p.due_on <= :until AND d.state IN ('planning', 'decided', 'discharged') AND NOT EXISTS (SELECT 1 FROM "
        "discharge_papers q WHERE q.discharge_id = p.discharge_id AND q.received_on IS NULL AND q.not_needed = 0 AND "
        "(q.due_on < p.due_on OR (q.due_on = p.due_on AND q.position < p.position))) AND " +
            discharges_in(actor, filter, params) + " ORDER BY p.due_on",
        // Whoever sees a case through an agenda alone has nothing to ask about what was done for it.
        "SELECT 'activity' AS kind, a.id AS id, '' AS number, CASE WHEN a.with_affiliation = '' THEN "
        "COALESCE(c.subject, '') ELSE a.with_affiliation END AS title, a.follow_up_on AS day, a.kind AS who "
        "FROM activities a LEFT JOIN consultations c ON c.id = a.consultation_id WHERE a.withdrawn = 0 AND "
        "a.follow_up_on <= :until AND " +
            access::worked_with(actor, "a", params) + " AND " + access::activities_visible(actor, "a", "c", params) +
            narrowed(actor, filter, "a.desk_id", "a.created_by = :me", params) + " ORDER BY a.follow_up_on",
    };
    if (actor.may("referrals.read"))
        parts.push_back(due_referrals(actor, filter, params));
    std::vector<Card> result;
    for (auto& row : tx.rows<CardRow>(united(parts, most_due), params))
        result.push_back(card_of(std::move(row)));
    return result;
}

Stuck stuck(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter, const core::Date& today,
            const core::Instant& before) {
    Params params;
    params.set("before", before).set("today", today);
    const std::vector<std::string> parts{
        "SELECT 'issue' AS kind, i.id AS id, i.number AS number, i.title AS title, i.updated_at AS day, "
        "CASE WHEN i.waiting_for <> '' THEN i.waiting_for ELSE COALESCE(u.name, '') END AS who, "
        "count(*) OVER () AS total FROM issues i LEFT JOIN users u ON u.id = i.owner_id "
        "WHERE i.state <> 'solved' AND i.updated_at < :before AND " +
            issues_in(actor, filter, params) + " ORDER BY i.updated_at",
        "SELECT 'measure' AS kind, x.id AS id, '' AS number, x.title AS title, x.updated_at AS day, "
        "COALESCE(u.name, x.departments) AS who, count(*) OVER () AS total "
        "FROM measures x LEFT JOIN users u ON u.id = x.owner_id "
        "WHERE x.state NOT IN ('finished', 'cancelled') AND x.updated_at < :before AND " +
            measures_in(actor, filter, params) + " ORDER BY x.updated_at",
        "SELECT 'meeting' AS kind, m.id AS id, '' AS number, "
        "CASE WHEN m.title = '' THEN b.name ELSE m.title END AS title, m.updated_at AS day, b.name AS who, "
        "count(*) OVER () AS total FROM meetings m JOIN bodies b ON b.id = m.body_id "
        "WHERE m.state = 'planned' AND m.held_on < :today AND m.updated_at < :before AND " +
            meetings_in(actor, filter, own_meeting, params) + " ORDER BY m.updated_at",
    };
    Stuck result;
    std::string counted;
    for (auto& row : tx.rows<StuckRow>(united(parts, stuck_shown), params)) {
        if (row.kind != counted)
            result.total += row.total;
        counted = row.kind;
        result.longest.push_back(card_of({row.kind, row.id, row.number, row.title, row.on, row.who}));
    }
    return result;
}

}  // namespace tsunagi::home
