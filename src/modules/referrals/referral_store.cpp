// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_store.hpp"

#include <algorithm>
#include <array>

#include "modules/referrals/match_store.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::referrals::store {
namespace {

using record::Params;

/// The conditions as saved by the newest version of the search.
constexpr const char* conditions =
    "(SELECT v.document FROM match_versions v WHERE v.match_id = r.match_id AND v.version = m.version)";

constexpr const char* with_case =
    "referrals r JOIN matches m ON m.id = r.match_id JOIN consultations c ON c.id = r.consultation_id JOIN users made "
    "ON made.id = r.created_by";

constexpr const char* row_columns =
    "r.id, r.desk_id, r.match_id, r.consultation_id, c.number, c.subject, r.place_id, r.place_name, m.service, "
    "m.district_id, r.distance_km, r.version, r.state, r.method, r.created_at, made.name, r.sent_on, r.reply_by, "
    "r.answer, r.reason, r.answer_words, r.answered_on, r.outcome, r.outcome_on, r.follow_up_on";

constexpr std::array<db::ListOrder, 3> orders{{
    {"created_at", "r.created_at"},
    {"-created_at", "r.created_at", true},
    {"reply_by", "COALESCE(r.reply_by, '9999-12-31')"},
}};

std::string task_condition(ReferralTask task) {
    switch (task) {
        case ReferralTask::to_send:
            return "r.state = 'prepared'";
        case ReferralTask::waiting:
            return "(r.state IN ('sent', 'received') AND (r.reply_by IS NULL OR r.reply_by >= :today))";
        case ReferralTask::late:
            return "(r.state IN ('sent', 'received') AND r.reply_by < :today)";
        case ReferralTask::to_settle:
            return "(r.state = 'answered' AND r.answer IN ('yes', 'conditional'))";
        case ReferralTask::to_follow_up:
            return "(r.state = 'settled' AND r.follow_up_on IS NOT NULL)";
    }
    return "1 = 0";
}

/// Everything but the task.
std::string where(const access::Actor& actor, const ReferralFilter& filter, Params& params) {
    std::string sql = visible(actor, "r", params);
    const auto among = [&](const std::string& column, const auto& values, const std::string& name) {
        if (!values.empty())
            sql += " AND " + record::in_list(column, values, name, params);
    };
    among("r.desk_id", filter.desk, "desk");
    among("r.state", filter.state, "state");
    among("r.answer", filter.answer, "answer");
    among("r.reason", filter.reason, "reason");
    among("r.method", filter.method, "method");
    among("m.service", filter.service, "service");
    among("m.district_id", filter.district, "district");
    if (filter.place) {
        params.set("place", *filter.place);
        sql += " AND r.place_id = :place";
    }
    if (filter.consultation) {
        params.set("case", *filter.consultation);
        sql += " AND r.consultation_id = :case";
    }
    if (filter.from) {
        params.set("from", core::start_in_japan(*filter.from));
        sql += " AND r.created_at >= :from";
    }
    if (filter.to) {
        params.set("to", core::start_in_japan(filter.to->plus_days(1)));
        sql += " AND r.created_at < :to";
    }
    if (filter.mine) {
        params.set("me", actor.user_id);
        sql += " AND r.created_by = :me";
    }
    return sql +
           record::all_words_in({"c.number", "c.subject", "r.place_name", "r.answer_words"}, filter.words, params);
}

std::string tasks_in(const std::vector<ReferralTask>& tasks) {
    std::string any;
    for (const ReferralTask task : tasks)
        any += (any.empty() ? "" : " OR ") + task_condition(task);
    return any.empty() ? "" : " AND (" + any + ")";
}

bool asks_the_day(const std::vector<ReferralTask>& tasks) {
    return std::ranges::any_of(
        tasks, [](ReferralTask task) { return task == ReferralTask::waiting || task == ReferralTask::late; });
}

struct TaskRow {
    std::int64_t to_send = 0;
    std::int64_t waiting = 0;
    std::int64_t late = 0;
    std::int64_t to_settle = 0;
    std::int64_t to_follow_up = 0;
};
BOOST_DESCRIBE_STRUCT(TaskRow, (), (to_send, waiting, late, to_settle, to_follow_up))

}  // namespace

std::optional<FoundReferral> find_referral(db::ReadTx& tx, const access::Actor& actor, const ReferralId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = visible(actor, "r", params);
    return tx.row<FoundReferral>("SELECT " + record::columns<ReferralRecord>("r") +
                                     ", c.number, c.subject, made.name, changed.name, c.shared_with_municipality, " +
                                     conditions + " FROM " + with_case +
                                     " JOIN users changed ON changed.id = r.updated_by WHERE r.id = :id AND " + scope,
                                 params);
}

db::ListPage<ReferralRow> list(db::ReadTx& tx, const access::Actor& actor, const ReferralFilter& filter) {
    db::ListQuery query;
    query.columns = row_columns;
    query.from = std::string(with_case) + " WHERE " + where(actor, filter, query.params) + tasks_in(filter.task);
    if (asks_the_day(filter.task))
        query.params.set("today", actor.today);
    query.id = "r.id";
    query.order = db::order_for(orders, filter.sort);
    return db::keyset_page<ReferralRow>(tx, query, filter, [&](const ReferralRow& row) {
        if (query.order.name == "reply_by")
            return row.reply_by ? row.reply_by->str() : std::string("9999-12-31");
        return row.created_at.str();
    });
}

std::vector<TaskCount> tasks(db::ReadTx& tx, const access::Actor& actor, const ReferralFilter& filter) {
    Params params;
    const std::string condition = where(actor, filter, params);
    params.set("today", actor.today);
    const auto sum = [](ReferralTask task) {
        return "COALESCE(sum(CASE WHEN " + task_condition(task) + " THEN 1 ELSE 0 END), 0)";
    };
    using enum ReferralTask;
    const auto row =
        tx.row<TaskRow>("SELECT " + sum(to_send) + ", " + sum(waiting) + ", " + sum(late) + ", " + sum(to_settle) +
                            ", " + sum(to_follow_up) + " FROM " + with_case + " WHERE " + condition,
                        params)
            .value_or(TaskRow{});
    return {{to_send, row.to_send},
            {waiting, row.waiting},
            {late, row.late},
            {to_settle, row.to_settle},
            {to_follow_up, row.to_follow_up}};
}

std::vector<ReferralRow> of_matches(db::ReadTx& tx, const access::Actor& actor, const std::vector<MatchId>& matches) {
    if (matches.empty())
        return {};
    Params params;
    const std::string among = record::in_list("r.match_id", matches, "match", params);
    const std::string scope = visible(actor, "r", params);
    return tx.rows<ReferralRow>(std::string("SELECT ") + row_columns + " FROM " + with_case + " WHERE " + among +
                                    " AND " + scope + " ORDER BY r.created_at, r.id",
                                params);
}

std::vector<resources::PlaceId> waiting_places(db::ReadTx& tx, const MatchId& match) {
    return tx.rows<resources::PlaceId>(
        "SELECT place_id FROM referrals WHERE match_id = :match AND state IN ('prepared', 'sent', 'received')",
        Params().set("match", match));
}

void insert(db::WriteTx& tx, const ReferralRecord& referral) {
    tx.insert("referrals", referral);
}

bool update(db::WriteTx& tx, const ReferralRecord& referral) {
    return db::update_versioned(tx, "referrals", referral);
}

std::optional<ReferralRecord> of_page(db::ReadTx& tx, const ReferralId& id) {
    return tx.row<ReferralRecord>(
        "SELECT " + record::columns<ReferralRecord>("r") + " FROM referrals r WHERE r.id = :id",
        Params().set("id", id));
}

std::optional<AskedRow> asked(db::ReadTx& tx, const ReferralId& id) {
    return tx.row<AskedRow>("SELECT d.name, d.header, d.phone, made.name, " + std::string(conditions) + " FROM " +
                                with_case + " JOIN desks d ON d.id = r.desk_id WHERE r.id = :id",
                            Params().set("id", id));
}

}  // namespace tsunagi::referrals::store
