// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/confirmation_store.hpp"

#include <array>

#include "modules/confirmations/confirmation_rules.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::confirmations::store {
namespace {

using record::Params;

constexpr std::array<db::ListOrder, 3> orders{{
    {"-created_at", "c.created_at", true},
    {"created_at", "c.created_at"},
    {"due_on", "c.due_on"},
}};

/// The day goes into the tables, so that columns, conditions and counts of one list share it.
constexpr const char* counted_today = "confirmations c JOIN (SELECT CAST(:today AS TEXT) AS today) d ON 1 = 1";

constexpr const char* state_today =
    "CASE WHEN c.state = 'sent' AND c.expires_on < d.today THEN 'expired' ELSE c.state END";

constexpr const char* is_late = "(c.state = 'sent' AND c.due_on < d.today AND c.expires_on >= d.today)";

constexpr const char* with_place =
    "confirmations c JOIN (SELECT CAST(:today AS TEXT) AS today) d ON 1 = 1 JOIN places p ON p.id = c.place_id JOIN "
    "users made ON made.id = c.created_by LEFT JOIN place_locals l ON l.place_id = c.place_id AND l.municipality_id = "
    "c.municipality_id";

std::string row_columns() {
    return std::string("c.id, c.round_id, c.place_id, c.place_name, c.reply_code, c.version, ") + state_today +
           ", c.method, c.sent_on, c.due_on, c.expires_on, c.reminded_on, c.answered_on, c.by_page, "
           "c.nothing_changed, c.decided_on, COALESCE(NULLIF(l.phone, ''), p.phone), COALESCE(NULLIF(l.fax, ''), "
           "p.fax), made.name, c.created_at";
}

/// Everything but the state.
std::string where(const core::RegionId& home, const ConfirmationFilter& filter, const std::optional<std::string>& code,
                  Params& params) {
    params.set("home", home);
    std::string sql = "c.municipality_id = :home";
    if (!filter.method.empty())
        sql += " AND " + record::in_list("c.method", filter.method, "method", params);
    if (filter.round) {
        params.set("round", *filter.round);
        sql += " AND c.round_id = :round";
    }
    if (filter.place) {
        params.set("place", *filter.place);
        sql += " AND c.place_id = :place";
    }
    if (code) {
        params.set("code", *code);
        sql += " AND c.reply_code = :code";
    }
    return sql + record::all_words_in({"c.place_name", "c.answered_by", "c.words"}, filter.words, params);
}

struct CountLine {
    ConfirmationState state{};
    std::int64_t count = 0;
    std::int64_t late = 0;
};
BOOST_DESCRIBE_STRUCT(CountLine, (), (state, count, late))

struct ProgressLine {
    RoundId id;
    ConfirmationState state{};
    std::int64_t count = 0;
    std::int64_t late = 0;
};
BOOST_DESCRIBE_STRUCT(ProgressLine, (), (id, state, count, late))

std::string late_sum() {
    return std::string("COALESCE(sum(CASE WHEN ") + is_late + " THEN 1 ELSE 0 END), 0)";
}

}  // namespace

std::optional<FoundConfirmation> find(db::ReadTx& tx, const std::vector<core::RegionId>& homes,
                                      const ConfirmationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = record::in_list("c.municipality_id", homes, "home", params);
    return tx.row<FoundConfirmation>("SELECT " + record::columns<ConfirmationRecord>("c") +
                                         ", made.name, changed.name FROM confirmations c JOIN users made ON made.id = "
                                         "c.created_by JOIN users changed ON changed.id = c.updated_by WHERE c.id = "
                                         ":id AND " +
                                         scope,
                                     params);
}

std::optional<ConfirmationRecord> of_page(db::ReadTx& tx, const ConfirmationId& id) {
    return tx.row<ConfirmationRecord>(
        "SELECT " + record::columns<ConfirmationRecord>("c") + " FROM confirmations c WHERE c.id = :id",
        Params().set("id", id));
}

std::optional<Sender> sender_of(db::ReadTx& tx, const ConfirmationId& id) {
    return tx.row<Sender>(
        "SELECT city.name, COALESCE(d.name, ''), COALESCE(d.header, ''), COALESCE(d.phone, ''), made.name FROM "
        "confirmations c JOIN regions city ON city.id = c.municipality_id JOIN users made ON made.id = c.created_by "
        "LEFT JOIN desks d ON d.id = c.desk_id WHERE c.id = :id",
        Params().set("id", id));
}

ConfirmationPage list(db::ReadTx& tx, const core::RegionId& home, const ConfirmationFilter& filter,
                      const std::optional<std::string>& code, const core::Date& today) {
    db::ListQuery query;
    query.columns = row_columns();
    query.from = std::string(with_place) + " WHERE " + where(home, filter, code, query.params);
    query.params.set("today", today);
    if (!filter.state.empty())
        query.from += " AND " + record::in_list(state_today, filter.state, "state", query.params);
    if (filter.late)
        query.from += std::string(*filter.late ? " AND " : " AND NOT ") + is_late;
    query.id = "c.id";
    query.order = db::order_for(orders, filter.sort);
    auto page = db::keyset_page<ConfirmationRow>(tx, query, filter, [&](const ConfirmationRow& row) {
        return query.order.name == "due_on" ? row.due_on.str() : row.created_at.str();
    });
    auto result = db::framed<ConfirmationPage>(page, std::move(page.items));
    Params params;
    const std::string condition = where(home, filter, code, params);
    params.set("today", today);
    for (const auto& line :
         tx.rows<CountLine>(std::string("SELECT state, count(*), sum(late) FROM (SELECT ") + state_today +
                                " AS state, CASE WHEN " + is_late + " THEN 1 ELSE 0 END AS late FROM " + with_place +
                                " WHERE " + condition + ") counted GROUP BY state ORDER BY state",
                            params)) {
        result.states.push_back({line.state, line.count});
        result.late += line.late;
    }
    return result;
}

std::vector<ConfirmationRow> rows(db::ReadTx& tx, const core::RegionId& home, const std::vector<ConfirmationId>& ids,
                                  const core::Date& today) {
    if (ids.empty())
        return {};
    Params params;
    params.set("home", home).set("today", today);
    const std::string among = record::in_list("c.id", ids, "id", params);
    return tx.rows<ConfirmationRow>("SELECT " + row_columns() + " FROM " + with_place +
                                        " WHERE c.municipality_id = :home AND " + among +
                                        " ORDER BY c.place_name, c.id",
                                    params);
}

std::vector<resources::PlaceId> open_places(db::ReadTx& tx, const core::RegionId& home,
                                            const std::vector<resources::PlaceId>& places, const core::Date& today) {
    if (places.empty())
        return {};
    Params params;
    params.set("home", home).set("today", today);
    const std::string among = record::in_list("place_id", places, "place", params);
    return tx.rows<resources::PlaceId>(
        "SELECT DISTINCT place_id FROM confirmations WHERE municipality_id = :home AND (state = 'answered' OR (state = "
        "'sent' AND expires_on >= :today)) AND " +
            among,
        params);
}

bool code_is_taken(db::ReadTx& tx, const core::RegionId& home, const std::string& code) {
    return tx.number("SELECT count(*) FROM confirmations WHERE municipality_id = :home AND reply_code = :code",
                     Params().set("home", home).set("code", code)) > 0;
}

void insert(db::WriteTx& tx, const ConfirmationRecord& record) {
    tx.insert("confirmations", record);
}

bool update(db::WriteTx& tx, const ConfirmationRecord& record) {
    return db::update_versioned(tx, "confirmations", record);
}

std::vector<FoundRound> rounds(db::ReadTx& tx, const std::vector<core::RegionId>& homes,
                               const std::optional<RoundId>& id) {
    Params params;
    std::string condition = record::in_list("r.municipality_id", homes, "home", params);
    if (id) {
        params.set("id", *id);
        condition += " AND r.id = :id";
    }
    return tx.rows<FoundRound>("SELECT " + record::columns<RoundRecord>("r") +
                                   ", made.name, changed.name FROM survey_rounds r JOIN users made ON made.id = "
                                   "r.created_by JOIN users changed ON changed.id = r.updated_by WHERE " +
                                   condition + " ORDER BY r.begun_on DESC, r.id DESC LIMIT 200",
                               params);
}

std::vector<std::pair<RoundId, RoundProgress>> progress(db::ReadTx& tx, const std::vector<core::RegionId>& homes,
                                                        const core::Date& today) {
    Params params;
    params.set("today", today);
    const std::string among = record::in_list("c.municipality_id", homes, "home", params);
    std::vector<std::pair<RoundId, RoundProgress>> result;
    for (const auto& line : tx.rows<ProgressLine>(
             std::string("SELECT c.round_id, ") + state_today + " AS state_today, count(*), " + late_sum() + " FROM " +
                 counted_today + " WHERE c.round_id IS NOT NULL AND c.state <> 'withdrawn' AND " + among +
                 " GROUP BY c.round_id, state_today ORDER BY c.round_id",
             params)) {
        if (result.empty() || result.back().first != line.id)
            result.emplace_back(line.id, RoundProgress{});
        RoundProgress& round = result.back().second;
        round.all += line.count;
        round.late += line.late;
        switch (line.state) {
            case ConfirmationState::sent:
                round.open += line.count;
                break;
            case ConfirmationState::answered:
                round.answered += line.count;
                break;
            case ConfirmationState::approved:
                round.approved += line.count;
                break;
            case ConfirmationState::refused:
                round.refused += line.count;
                break;
            case ConfirmationState::expired:
                round.expired += line.count;
                break;
            case ConfirmationState::withdrawn:
                break;
        }
    }
    return result;
}

void insert(db::WriteTx& tx, const RoundRecord& record) {
    tx.insert("survey_rounds", record);
}

bool update(db::WriteTx& tx, const RoundRecord& record) {
    return db::update_versioned(tx, "survey_rounds", record);
}

}  // namespace tsunagi::confirmations::store
