// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "db/transaction.hpp"
#include "modules/audit/audit_entry.hpp"
#include "modules/audit/audit_rules.hpp"

namespace tsunagi::audit {

/// The end of a chain.
struct ChainEnd {
    std::int64_t chain = 0;
    std::int64_t sequence = 0;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(ChainEnd, (), (chain, sequence, hash))

[[nodiscard]] std::optional<ChainEnd> last_of_chain(db::ReadTx& tx, std::int64_t chain);
void append_row(db::WriteTx& tx, const ChainRow& row);

/// The smallest chain number above `above` (of all, without it), if there is one.
[[nodiscard]] std::optional<std::int64_t> next_chain(db::ReadTx& tx, const std::optional<std::int64_t>& above);
/// At most `limit` rows of the chain after that sequence, in order.
[[nodiscard]] std::vector<ChainRow> rows_after(db::ReadTx& tx, std::int64_t chain, std::int64_t sequence,
                                               std::int64_t limit);

/// Newest first, at most `limit` rows after the cursor.
[[nodiscard]] std::vector<AuditEntry> find_entries(db::ReadTx& tx, const AuditFilter& filter,
                                                   const std::optional<AuditCursor>& after, std::int64_t limit);
/// Exact up to `cap`; more are not counted.
[[nodiscard]] std::int64_t count_entries(db::ReadTx& tx, const AuditFilter& filter, std::int64_t cap);

[[nodiscard]] std::int64_t count_changes(db::ReadTx& tx);

}  // namespace tsunagi::audit
