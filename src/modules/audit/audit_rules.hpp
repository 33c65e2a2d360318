// SPDX-License-Identifier: Apache-2.0
// How rows of the chain and lines of the anchors file are bound to what stands before them. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"
#include "modules/audit/audit_entry.hpp"

namespace tsunagi::audit {

/// A row of the chain exactly as it is stored: even bytes that are no moment or no id must be read to be named.
struct ChainRow {
    std::int64_t chain = 0;
    std::int64_t sequence = 0;
    std::string at;
    std::optional<std::string> actor_id;
    std::string actor_name;
    std::string action;
    std::string subject_kind;
    std::string subject_id;
    std::string detail;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(ChainRow, (),
                      (chain, sequence, at, actor_id, actor_name, action, subject_kind, subject_id, detail, hash))

/// The hash of a row: keyed BLAKE2b over the hash before it and every column except `hash`, each with its length in
/// front, so that no two rows have the same bytes. The first row of a chain has an empty hash before it.
[[nodiscard]] std::string hash_of(const std::string& key, const ChainRow& row, std::string_view before);

/// One line of the anchors file: the end of a chain at a moment.
struct Anchor {
    core::Instant at;
    std::int64_t chain = 0;
    std::int64_t sequence = 0;
    std::string hash;
    std::string seal;  ///< keyed hash over the line and the seal of the line before it
};

[[nodiscard]] std::string seal_of(const std::string& key, const Anchor& anchor, std::string_view before);
[[nodiscard]] std::string anchor_line(const Anchor& anchor);
/// Nothing when the line does not have the form of an anchor.
[[nodiscard]] std::optional<Anchor> parse_anchor(std::string_view line);

/// Where a page of the search ended; the text is what the browser sends back as `after`.
struct AuditCursor {
    core::Instant at;
    std::int64_t chain = 0;
    std::int64_t sequence = 0;
};

[[nodiscard]] std::string cursor_text(const AuditEntry& last);
[[nodiscard]] std::optional<AuditCursor> parse_cursor(std::string_view text);

/// The moment at which a day begins in Japan.
[[nodiscard]] core::Instant beginning_of(const core::Date& day);

}  // namespace tsunagi::audit
