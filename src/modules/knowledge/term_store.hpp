// SPDX-License-Identifier: Apache-2.0
// SQL of terms and of what people have learned. Every query carries the municipality, or the person.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/knowledge/term_record.hpp"

namespace tsunagi::knowledge {

struct DoneItem {
    std::string item;
    core::Instant done_at;
};
BOOST_DESCRIBE_STRUCT(DoneItem, (), (item, done_at))

/// Every row of the municipality but own terms that were taken away; `check_room` keeps them to a number one can read.
[[nodiscard]] std::vector<TermReading> rows(db::ReadTx& tx, const core::RegionId& municipality);
void insert(db::WriteTx& tx, const TermRecord& term);
/// False when somebody was faster.
[[nodiscard]] bool update(db::WriteTx& tx, const TermRecord& term);
void add_version(db::WriteTx& tx, const TermRecord& term, TermChangeKind kind);
/// Newest first. The caller has made sure that the reader sees the term.
[[nodiscard]] std::vector<TermVersion> versions(db::ReadTx& tx, const OwnTermId& id);

[[nodiscard]] std::vector<DoneItem> done_items(db::ReadTx& tx, const core::UserId& user);
/// The day of the first time stays.
void set_done(db::WriteTx& tx, const core::UserId& user, const std::string& item, const core::Instant& now);
void set_undone(db::WriteTx& tx, const core::UserId& user, const std::string& item);

}  // namespace tsunagi::knowledge
