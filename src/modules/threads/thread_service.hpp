// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/threads/thread.hpp"

namespace tsunagi::threads {

/// つながり: from any record to what it came from and to what became of it.
class ThreadService {
public:
    explicit ThreadService(db::Database& database);

    /// Walks back to the cases and on to the evaluations and the issues they fed, nearest first, at most 200 nodes.
    /// The start must be a record the person may read.
    [[nodiscard]] Thread get(const access::Actor& actor, NodeKind kind, const std::string& id) const;

private:
    db::Database& database_;  // NOLINT: the application owns it
};

}  // namespace tsunagi::threads
