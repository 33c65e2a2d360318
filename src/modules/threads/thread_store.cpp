// SPDX-License-Identifier: Apache-2.0
#include "modules/threads/thread_store.hpp"

#include <algorithm>
#include <map>

#include "modules/access/scope.hpp"
#include "modules/consultations/consultation.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::threads {
namespace {

using record::Params;

/// Where two kinds of records are linked: the two columns of one table.
struct LinkTable {
    NodeKind from;
    NodeKind to;
    const char* from_column;
    const char* to_column;
    const char* table;
    const char* condition;
};

/// 相談 → 課題 → 会議, 対応策, 指標, 評価 → 次の課題
constexpr LinkTable link_tables[] = {
    {NodeKind::consultation, NodeKind::issue, "consultation_id", "issue_id", "issue_evidence", ""},
    {NodeKind::consultation, NodeKind::meeting, "subject_id", "meeting_id", "agenda_items", "subject = 'consultation'"},
    {NodeKind::issue, NodeKind::meeting, "subject_id", "meeting_id", "agenda_items", "subject = 'issue'"},
    {NodeKind::measure, NodeKind::meeting, "subject_id", "meeting_id", "agenda_items", "subject = 'measure'"},
    {NodeKind::issue, NodeKind::measure, "issue_id", "measure_id", "measure_issues", ""},
    {NodeKind::issue, NodeKind::indicator, "issue_id", "indicator_id", "indicator_issues", ""},
    {NodeKind::measure, NodeKind::indicator, "measure_id", "indicator_id", "indicator_measures", ""},
    {NodeKind::issue, NodeKind::evaluation, "issue_id", "id", "evaluations", "issue_id IS NOT NULL"},
    {NodeKind::measure, NodeKind::evaluation, "measure_id", "id", "evaluations", "measure_id IS NOT NULL"},
    {NodeKind::indicator, NodeKind::evaluation, "indicator_id", "evaluation_id", "evaluation_judgements", ""},
    {NodeKind::evaluation, NodeKind::issue, "origin_id", "id", "issues", "origin = 'evaluation'"},
    {NodeKind::consultation, NodeKind::referral, "consultation_id", "id", "referrals", ""},
    {NodeKind::consultation, NodeKind::discharge, "consultation_id", "id", "discharges", "consultation_id IS NOT NULL"},
    {NodeKind::discharge, NodeKind::discharge, "earlier_id", "id", "discharges", "earlier_id IS NOT NULL"},
    {NodeKind::meeting, NodeKind::issue, "origin_id", "id", "issues", "origin = 'meeting'"},
};

struct LinkRow {
    NodeKind from_kind{};
    std::string from_id;
    NodeKind to_kind{};
    std::string to_id;
    bool candidate = false;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (from_kind, from_id, to_kind, to_id, candidate))

struct NodeRow {
    std::string id;
    std::string number;
    std::string title;
    std::string state;
    std::string on;
    std::string background;
    std::string answer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(NodeRow, (), (id, number, title, state, on, background, answer, reason))

using IdsByKind = std::map<NodeKind, std::vector<std::string>>;

IdsByKind by_kind(const std::vector<NodeKey>& nodes) {
    IdsByKind result;
    for (const auto& node : nodes)
        result[node.kind].push_back(node.id);
    return result;
}

/// Binds the ids of every kind once; the same list may stand in the text several times.
std::map<NodeKind, std::string> bind_lists(const IdsByKind& ids, Params& params) {
    std::map<NodeKind, std::string> result;
    for (const auto& [kind, list] : ids) {
        std::string& text = result[kind];
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string place = record::to_text(kind) + std::to_string(i);
            params.set(place, list[i]);
            text += (i == 0 ? ":" : ", :") + place;
        }
    }
    return result;
}

std::string select_links(const LinkTable& link, const std::string& ids, Direction direction) {
    const std::string known = direction == Direction::onward ? link.from_column : link.to_column;
    const std::string condition = *link.condition == '\0' ? "" : std::string(" AND ") + link.condition;
    const std::string candidate = std::string_view(link.table) == "issue_evidence" ? "candidate" : "0";
    return "SELECT '" + record::to_text(link.from) + "' AS from_kind, " + link.from_column + " AS from_id, '" +
           record::to_text(link.to) + "' AS to_kind, " + link.to_column + " AS to_id, " + candidate +
           " AS candidate FROM " + link.table + " WHERE " + known + " IN (" + ids + ")" + condition;
}

/// What a node shows of its record, as one SELECT with the reader's scope for the alias `s`.
std::string select_nodes(const access::Actor& actor, NodeKind kind, Params& params) {
    using access::Shared;
    const auto shared = [&](Shared what) { return access::shared_visible(actor, what, "s", params); };
    switch (kind) {
        case NodeKind::consultation:
            return "SELECT s.id, s.number, s.subject, s.state, COALESCE(s.received_on, ''), s.background, '', '' "
                   "FROM consultations s WHERE s.state <> 'draft' AND " +
                   access::consultations_visible(actor, "s", params);
        case NodeKind::issue:
            return "SELECT s.id, s.number, s.title, s.state, s.created_at, '', '', '' FROM issues s WHERE " +
                   shared(Shared::issue);
        case NodeKind::meeting:
            return "SELECT s.id, '', CASE WHEN s.title = '' THEN b.name ELSE s.title END, s.state, s.held_on, '', '', "
                   "'' "
                   "FROM meetings s JOIN bodies b ON b.id = s.body_id WHERE " +
                   shared(Shared::meeting);
        case NodeKind::measure:
            return "SELECT s.id, '', s.title, s.state, COALESCE(s.starts_on, s.created_at), '', '', '' FROM measures s "
                   "WHERE " +
                   shared(Shared::measure);
        case NodeKind::indicator:
            return "SELECT s.id, s.code, s.name, '', s.created_at, '', '', '' FROM indicators s WHERE " +
                   shared(Shared::indicator);
        case NodeKind::discharge:
            if (!actor.may("discharges.read"))
                return "SELECT s.id, '', '', '', '', '', '', '' FROM discharges s WHERE 1 = 0";
            return "SELECT s.id, '', s.subject, s.state, COALESCE(s.left_on, s.planned_on, s.created_at), '', '', '' "
                   "FROM discharges s LEFT JOIN consultations c ON c.id = s.consultation_id WHERE " +
                   access::worked_with(actor, "s", params) + " AND " +
                   access::activities_visible(actor, "s", "c", params);
        case NodeKind::referral:
            if (!actor.may("referrals.read"))
                return "SELECT s.id, '', '', '', '', '', '', '' FROM referrals s WHERE 1 = 0";
            return "SELECT s.id, '', s.place_name, s.state, COALESCE(s.answered_on, s.sent_on, s.created_at), '', "
                   "COALESCE(s.answer, ''), COALESCE(s.reason, '') FROM referrals s "
                   "JOIN consultations c ON c.id = s.consultation_id WHERE " +
                   access::worked_with(actor, "s", params) + " AND " +
                   access::consultations_visible(actor, "c", params);
        case NodeKind::evaluation:
            return "SELECT s.id, '', COALESCE(m.title, i.title), s.outcome, s.evaluated_on, '', '', '' FROM "
                   "evaluations s "
                   "LEFT JOIN measures m ON m.id = s.measure_id LEFT JOIN issues i ON i.id = s.issue_id WHERE " +
                   shared(Shared::evaluation);
    }
    return {};
}

/// A day, or the day in Japan of an instant.
std::optional<core::Date> day_of(const std::string& text) {
    if (const auto day = core::Date::parse(text))
        return day;
    if (const auto instant = core::Instant::parse(text))
        return core::day_in_japan(*instant);
    return std::nullopt;
}

struct SnapshotRow {
    std::string id;
    std::string background;
};
BOOST_DESCRIBE_STRUCT(SnapshotRow, (), (id, background))

/// Evidence of visible issues whose case itself is outside the scope.
void add_snapshots(db::ReadTx& tx, const access::Actor& actor, const std::vector<std::string>& wanted,
                   std::vector<Node>& nodes) {
    std::vector<std::string> missing;
    for (const auto& id : wanted) {
        const bool shown = std::ranges::any_of(
            nodes, [&](const Node& node) { return node.kind == NodeKind::consultation && node.id == id; });
        if (!shown)
            missing.push_back(id);
    }
    if (missing.empty())
        return;
    Params params;
    const auto lists = bind_lists({{NodeKind::consultation, missing}}, params);
    for (const auto& row : tx.rows<SnapshotRow>(
             "SELECT e.consultation_id, min(e.background) FROM issue_evidence e JOIN issues i ON i.id = e.issue_id "
             "JOIN consultations c ON c.id = e.consultation_id WHERE c.state <> 'draft' AND e.consultation_id IN (" +
                 lists.at(NodeKind::consultation) + ") AND " +
                 access::shared_visible(actor, access::Shared::issue, "i", params) +
                 " GROUP BY e.consultation_id ORDER BY e.consultation_id",
             params)) {
        Node node;
        node.kind = NodeKind::consultation;
        node.id = row.id;
        node.background = record::from_stored_json<consultations::CaseBackground>(row.background).background;
        node.readable = false;
        nodes.push_back(std::move(node));
    }
}

}  // namespace

std::vector<Link> links(db::ReadTx& tx, const std::vector<NodeKey>& nodes, Direction direction, std::size_t limit) {
    // A kind that leads nowhere in this direction stands nowhere in the text, so it must not be bound either.
    IdsByKind ids = by_kind(nodes);
    std::erase_if(ids, [&](const auto& entry) {
        return std::none_of(std::begin(link_tables), std::end(link_tables), [&](const LinkTable& link) {
            return (direction == Direction::onward ? link.from : link.to) == entry.first;
        });
    });
    Params params;
    const auto lists = bind_lists(ids, params);
    std::string sql;
    for (const LinkTable& link : link_tables) {
        const auto found = lists.find(direction == Direction::onward ? link.from : link.to);
        if (found == lists.end())
            continue;
        if (!sql.empty())
            sql += " UNION ALL ";
        sql += select_links(link, found->second, direction);
    }
    if (sql.empty())
        return {};
    std::vector<Link> result;
    const std::string order = direction == Direction::onward ? "to_id, from_id" : "from_id, to_id";
    for (auto& row : tx.rows<LinkRow>("SELECT from_kind, from_id, to_kind, to_id, candidate FROM (" + sql +
                                          ") linked ORDER BY candidate, " + order + " LIMIT " + std::to_string(limit),
                                      params)) {
        result.push_back({{row.from_kind, std::move(row.from_id)}, {row.to_kind, std::move(row.to_id)}, row.candidate});
    }
    return result;
}

std::vector<Node> nodes(db::ReadTx& tx, const access::Actor& actor, const std::vector<NodeKey>& wanted) {
    std::vector<Node> result;
    const IdsByKind ids = by_kind(wanted);
    for (const auto& [kind, list] : ids) {
        Params params;
        const std::string selected = select_nodes(actor, kind, params);
        const auto lists = bind_lists({{kind, list}}, params);
        for (auto& row : tx.rows<NodeRow>(selected + " AND s.id IN (" + lists.at(kind) + ")", params)) {
            result.push_back({kind, std::move(row.id), std::move(row.number), std::move(row.title),
                              std::move(row.state), day_of(row.on), std::move(row.background), true, false,
                              std::move(row.answer), std::move(row.reason)});
        }
    }
    const auto cases = ids.find(NodeKind::consultation);
    if (cases != ids.end())
        add_snapshots(tx, actor, cases->second, result);
    return result;
}

}  // namespace tsunagi::threads
