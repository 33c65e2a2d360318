// SPDX-License-Identifier: Apache-2.0
// What takes long: reading a file, checking its lines, taking them, taking them back. One after the other in a thread
// of the server, whoever has left the page meanwhile.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/prepared_service.hpp"
#include "modules/imports/import_rules.hpp"
#include "modules/imports/import_store.hpp"

namespace tsunagi::imports {

enum class JobKind { read, check, take, undo, discard };

struct Job {
    JobKind kind{};
    ImportId id;
    std::int64_t version = 0;  ///< of the import when it was ordered; another one, and nothing is done
    core::UserId by;
    std::string by_name;
    std::shared_ptr<const std::string> bytes;  ///< of the file, for `read`
};

/// What lines of one desk are read with, at one moment.
class Setting {
public:
    Setting(db::ReadTx& tx, const packs::PacksService& packs, const ImportWords& words, const core::DeskId& desk,
            const core::RegionId& municipality, const core::Clock& clock);

    [[nodiscard]] Surroundings around() const;

private:
    std::shared_ptr<const packs::CodeBook> codes_;
    const ImportWords& words_;  // NOLINT: the service owns it
    WordBook book_;
    core::Date today_;
    core::Date latest_day_;
};

class JobService {
public:
    JobService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
               const consultations::PreparedService& prepared, const ImportWords& words, core::Clock clock);

    /// Puts the job behind those that wait.
    void add(Job job);
    /// Does it now. What a file or a record is refused for stands in the import afterwards; anything else is thrown,
    /// after the import went back to where it was.
    void run(const Job& job);
    /// Does what waits, and sweeps what stopped servers and people who changed their minds have left, until it is
    /// stopped. `failed` hears of what went wrong.
    void work(const std::stop_token& stop, const std::function<void(const std::string&)>& failed);
    /// Imports whose job showed no sign of life for so long go back to where they were; what nobody took within a week
    /// goes.
    void sweep(std::chrono::milliseconds silence);
    /// The import's lines, faults and prepared records, in transactions of their own.
    void discard(const ImportId& id, bool lines) const;

private:
    struct Stopped {};
    struct Checking;

    void read(const Job& job);
    void check(const Job& job);
    void check_pieces(const Job& job, Checking& checking);
    void find_repeated(const Job& job, Checking& checking);
    void take(const Job& job);
    void move(const Job& job);
    void undo(const Job& job);
    void give_up(const Job& job);
    [[nodiscard]] std::string lane_of(const Job& job) const;
    /// Loads the import, lets the step change it and writes it; throws Stopped when somebody else has changed it.
    void step(const Job& job, const std::function<void(db::WriteTx&, store::ImportRecord&)>& change,
              const std::string& lane = {});
    void go_back(const store::ImportRecord& import, const std::string& reason);

    db::Database& database_;                          // NOLINT: the application owns them
    const audit::AuditService& audit_;                // NOLINT
    const packs::PacksService& packs_;                // NOLINT
    const consultations::PreparedService& prepared_;  // NOLINT
    const ImportWords& words_;                        // NOLINT
    core::Clock clock_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Job> waiting_;
    std::set<ImportId> ours_;  ///< waiting or running here
};

}  // namespace tsunagi::imports
