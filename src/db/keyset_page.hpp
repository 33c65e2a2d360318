// SPDX-License-Identifier: Apache-2.0
// A list read page by page: each page begins after the last row of the one before, so that the 400th costs what the
// first one costs.
#pragma once
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "db/transaction.hpp"

namespace tsunagi::db {

/// An order that a list can be asked for. The key is a column or an expression that is never NULL.
struct ListOrder {
    std::string_view name;  ///< as in `?sort=`
    std::string_view key;
    bool descending = false;
};

/// The order of that name; the first one when none is named. Throws `invalid` at `?sort`.
[[nodiscard]] const ListOrder& order_for(std::span<const ListOrder> orders, const std::string& name);

struct ListQuery {
    std::string columns;  ///< in the order of the row's description
    std::string from;     ///< tables and condition: `measures m WHERE …`
    record::Params params;
    std::string id;  ///< the column that tells rows of the same key apart
    ListOrder order;
};

/// Totals are counted exactly up to this.
constexpr std::int64_t counted_exactly = 10'000;

namespace detail {

/// Throws `invalid` at `?limit` unless it is from 1 to 200; 25 when absent.
[[nodiscard]] std::int64_t page_limit(const std::optional<std::int64_t>& asked);
/// The rows after `after`, one more than the limit. Binds the place; throws `invalid` at `?after`.
[[nodiscard]] std::string page_sql(const ListQuery& query, const std::string& after, std::int64_t limit,
                                   record::Params& params);
[[nodiscard]] std::int64_t count(ReadTx& tx, const ListQuery& query);

}  // namespace detail

template <class Row>
struct ListPage {
    std::vector<Row> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};

/// The page that the filter's `limit` and `after` ask for. `key_of` is the key of a row as the database writes it.
template <class Row, class Filter, class KeyOf>
[[nodiscard]] ListPage<Row> keyset_page(ReadTx& tx, const ListQuery& query, const Filter& filter, const KeyOf& key_of) {
    const std::int64_t limit = detail::page_limit(filter.limit);
    record::Params params = query.params;
    const std::string sql = detail::page_sql(query, filter.after, limit, params);
    ListPage<Row> page;
    page.items = tx.rows<Row>(sql, params);
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = page.items.back().id.str() + key_of(page.items.back());
    }
    page.total = detail::count(tx, query);
    page.total_capped = page.total > counted_exactly;
    page.total = std::min(page.total, counted_exactly);
    return page;
}

/// The answer of a list: these items in the frame of the page they were read with.
template <class Page, class Row, class Item>
[[nodiscard]] Page framed(const ListPage<Row>& read, std::vector<Item> items) {
    Page page;
    page.items = std::move(items);
    page.next = read.next;
    page.total = read.total;
    page.total_capped = read.total_capped;
    return page;
}

}  // namespace tsunagi::db
