// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::audit {

/// One row of the chain: who did what to which record when. Holds no narrative and no personal data beyond the actor.
struct AuditEntry {
    std::int64_t chain = 0;
    std::int64_t sequence = 0;
    core::Instant at;
    std::optional<core::UserId> actor_id;
    std::string actor_name;    ///< as it was then
    std::string action;        ///< read, create, change, state, export, sign_in, sign_in_failed, …
    std::string subject_kind;  ///< consultation, issue, user, …
    std::string subject_id;
    std::string detail;  ///< short, machine-readable: the reason given, the version, the filter of an export
    std::string hash;    ///< base64 of the keyed BLAKE2b over the row and the hash before it
};
BOOST_DESCRIBE_STRUCT(AuditEntry, (),
                      (chain, sequence, at, actor_id, actor_name, action, subject_kind, subject_id, detail, hash))

struct AuditFilter {
    std::optional<core::Date> from;
    std::optional<core::Date> to;
    std::optional<core::UserId> actor;
    record::Text<40> action;
    record::Text<40> subject_kind;
    record::Text<40> subject_id;
    record::Text<100> words;
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(AuditFilter, (), (from, to, actor, action, subject_kind, subject_id, words, sort, limit, after))

}  // namespace tsunagi::audit
