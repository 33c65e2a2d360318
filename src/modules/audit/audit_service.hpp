// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "db/database.hpp"
#include "modules/audit/audit_entry.hpp"

namespace tsunagi::audit {

/// What is to be written into the chain. No narrative, no personal data.
struct Event {
    std::optional<core::UserId> actor_id;
    std::string actor_name;
    std::string action;
    std::string subject_kind;
    std::string subject_id;
    std::string detail;
};

struct AuditPage {
    std::vector<AuditEntry> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(AuditPage, (), (items, next, total, total_capped))

struct Verification {
    bool intact = true;
    std::int64_t rows = 0;
    std::string broken_at;  ///< "chain/sequence" of the first broken row, with what is wrong
};

/// Appends to the chain of the writer and checks the chains. The key that the hashes need is a file, not a row:
/// who can change the database cannot make the hashes fit.
class AuditService {
public:
    /// `key` is 32 bytes. `anchors` is a file beside the database that keeps the end of each chain from time to time,
    /// so that cutting off the newest rows is noticed as well.
    AuditService(db::Database& database, std::string key, std::filesystem::path anchors, core::Clock clock);

    /// In the same transaction as what it tells of.
    void record(db::WriteTx& tx, const Event& event) const;

    /// The administrator's search, newest first.
    [[nodiscard]] AuditPage search(const AuditFilter& filter) const;

    /// Recomputes every hash of every chain and compares the anchors.
    [[nodiscard]] Verification verify() const;
    /// Writes the present end of each chain to the anchors file. Called every minute and at the stop.
    void anchor() const;

    /// How many rows tell of a change; signing in, reading and exporting change nothing.
    [[nodiscard]] static std::int64_t changes(db::ReadTx& tx);

private:
    db::Database& database_;  // NOLINT: the application owns both
    std::string key_;
    std::filesystem::path anchors_;
    core::Clock clock_;
    struct Anchored;
    std::shared_ptr<Anchored> anchored_;
};

}  // namespace tsunagi::audit
