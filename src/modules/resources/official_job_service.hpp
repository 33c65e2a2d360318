// SPDX-License-Identifier: Apache-2.0
// Reading, applying and undoing official files, one after the other in a thread of the server, whoever has left the
// page meanwhile.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>

#include "modules/resources/official_service.hpp"
#include "modules/uploads/upload_service.hpp"

namespace tsunagi::resources {

class OfficialJobService {
public:
    OfficialJobService(const OfficialService& official, const uploads::UploadService& uploads)
        : official_(official), uploads_(uploads) {}

    [[nodiscard]] OfficialImportList list(const access::Actor& actor) const;
    [[nodiscard]] OfficialImport get(const access::Actor& actor, const OfficialImportId& id) const;
    /// Of a file that was sent; the upload is used up.
    OfficialImport create(const access::Actor& actor, const NewOfficialImport& body, const std::string& key);
    OfficialImport order(const access::Actor& actor, const OfficialImportId& id, std::int64_t version,
                         OfficialJob::Kind kind);
    /// Stops the job of the import, which then is where it was before. `not_allowed_in_state` where it has none.
    OfficialImport cancel(const access::Actor& actor, const OfficialImportId& id);

    /// Does what waits, and sends back what stopped servers have left, until it is stopped. `failed` hears of what went
    /// wrong.
    void work(const std::stop_token& stop, const std::function<void(const std::string&)>& failed);
    /// Does the first one that waits, if there is one.
    bool run_next(const std::function<void(const std::string&)>& failed);
    /// Imports whose job showed no sign of life for so long go back to where they were.
    void sweep(std::chrono::milliseconds silence);

private:
    struct Cancelled {};

    void add(OfficialJob job);
    void run(const OfficialJob& job);
    [[nodiscard]] OfficialImport with_progress(OfficialImport import) const;

    const OfficialService& official_;        // NOLINT: the application owns them
    const uploads::UploadService& uploads_;  // NOLINT
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<OfficialJob> waiting_;
    std::optional<OfficialImportId> running_;
    std::atomic<std::int64_t> done_ = 0;
    std::atomic<bool> cancelled_ = false;
};

}  // namespace tsunagi::resources
