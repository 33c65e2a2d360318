// SPDX-License-Identifier: Apache-2.0
#include "modules/audit/audit_store.hpp"

namespace tsunagi::audit {
namespace {

/// `words` as a LIKE pattern whose own wild cards stand for themselves.
std::string pattern_of(const std::string& words) {
    std::string result = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + "%";
}

std::string where(const AuditFilter& filter, db::Params& params) {
    std::string result = " WHERE 1 = 1";
    const auto add = [&](const std::string& condition, const char* name, const std::string& value) {
        result += " AND " + condition;
        params.set(name, value);
    };
    if (filter.from)
        add("e.at >= :from_at", "from_at", beginning_of(*filter.from).str());
    if (filter.to)
        add("e.at < :to_at", "to_at", beginning_of(filter.to->plus_days(1)).str());
    if (filter.actor)
        add("e.actor_id = :actor", "actor", filter.actor->str());
    if (!filter.action.empty())
        add("e.action = :action", "action", filter.action);
    if (!filter.subject_kind.empty())
        add("e.subject_kind = :subject_kind", "subject_kind", filter.subject_kind);
    if (!filter.subject_id.empty())
        add("e.subject_id = :subject_id", "subject_id", filter.subject_id);
    if (!filter.words.empty()) {
        add(R"((e.actor_name LIKE :words ESCAPE '\' OR e.detail LIKE :words ESCAPE '\'))", "words",
            pattern_of(filter.words));
    }
    return result;
}

}  // namespace

std::optional<ChainEnd> last_of_chain(db::ReadTx& tx, std::int64_t chain) {
    return tx.row<ChainEnd>(
        "SELECT chain, sequence, hash FROM audit_entries WHERE chain = :chain ORDER BY sequence DESC LIMIT 1",
        db::Params().set("chain", chain));
}

void append_row(db::WriteTx& tx, const ChainRow& row) {
    tx.insert("audit_entries", row);
}

std::optional<std::int64_t> next_chain(db::ReadTx& tx, const std::optional<std::int64_t>& above) {
    if (!above)
        return tx.row<std::int64_t>("SELECT chain FROM audit_entries ORDER BY chain LIMIT 1");
    return tx.row<std::int64_t>("SELECT chain FROM audit_entries WHERE chain > :above ORDER BY chain LIMIT 1",
                                db::Params().set("above", *above));
}

std::vector<ChainRow> rows_after(db::ReadTx& tx, std::int64_t chain, std::int64_t sequence, std::int64_t limit) {
    static const std::string sql = "SELECT " + record::columns<ChainRow>() +
                                   " FROM audit_entries WHERE chain = :chain AND sequence > :sequence "
                                   "ORDER BY sequence LIMIT :limit";
    return tx.rows<ChainRow>(sql, db::Params().set("chain", chain).set("sequence", sequence).set("limit", limit));
}

std::vector<AuditEntry> find_entries(db::ReadTx& tx, const AuditFilter& filter, const std::optional<AuditCursor>& after,
                                     std::int64_t limit) {
    db::Params params;
    std::string sql = "SELECT " + record::columns<AuditEntry>("e") + " FROM audit_entries e" + where(filter, params);
    if (after) {
        sql += " AND (e.at, e.chain, e.sequence) < (:after_at, :after_chain, :after_sequence)";
        params.set("after_at", after->at).set("after_chain", after->chain).set("after_sequence", after->sequence);
    }
    sql += " ORDER BY e.at DESC, e.chain DESC, e.sequence DESC LIMIT :limit";
    params.set("limit", limit);
    return tx.rows<AuditEntry>(sql, params);
}

std::int64_t count_entries(db::ReadTx& tx, const AuditFilter& filter, std::int64_t cap) {
    db::Params params;
    const std::string inner = "SELECT 1 FROM audit_entries e" + where(filter, params);
    params.set("cap", cap);
    return tx.number("SELECT count(*) FROM (" + inner + " LIMIT :cap) counted", params);
}

std::int64_t count_changes(db::ReadTx& tx) {
    return tx.number(
        "SELECT count(*) FROM audit_entries WHERE action NOT IN "
        "('sign_in', 'sign_in_failed', 'sign_out', 'read', 'read_person', 'search', 'history', 'export', 'print')");
}

}  // namespace tsunagi::audit
