// SPDX-License-Identifier: Apache-2.0
#include "db/keyset_page.hpp"

namespace tsunagi::db {
namespace {

/// `after` is the id of the last row, which has a fixed length, and its key.
constexpr std::size_t id_length = 36;

}  // namespace

const ListOrder& order_for(std::span<const ListOrder> orders, const std::string& name) {
    if (name.empty())
        return orders.front();
    const auto found = std::ranges::find(orders, std::string_view(name), &ListOrder::name);
    if (found == orders.end())
        throw core::invalid({{"?sort", "unknown_code", ""}});
    return *found;
}

namespace detail {

std::int64_t page_limit(const std::optional<std::int64_t>& asked) {
    const std::int64_t limit = asked.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    return limit;
}

std::string page_sql(const ListQuery& query, const std::string& after, std::int64_t limit, record::Params& params) {
    const std::string key(query.order.key);
    std::string sql = "SELECT " + query.columns + " FROM " + query.from;
    if (!after.empty()) {
        if (after.size() <= id_length || !core::is_uuid(after.substr(0, id_length)))
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_id", after.substr(0, id_length)).set("after_key", after.substr(id_length));
        sql +=
            " AND (" + key + ", " + query.id + ") " + (query.order.descending ? "<" : ">") + " (:after_key, :after_id)";
    }
    params.set("limit", limit + 1);
    const std::string direction = query.order.descending ? " DESC" : "";
    return sql + " ORDER BY " + key + direction + ", " + query.id + direction + " LIMIT :limit";
}

std::int64_t count(ReadTx& tx, const ListQuery& query) {
    return tx.number("SELECT count(*) FROM (SELECT 1 FROM " + query.from + " LIMIT " +
                         std::to_string(counted_exactly + 1) + ") counted",
                     query.params);
}

}  // namespace detail
}  // namespace tsunagi::db
