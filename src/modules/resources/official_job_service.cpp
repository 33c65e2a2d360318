// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_job_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "record/json_writer.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::int64_t largest_file = std::int64_t{50} << 20U;
constexpr auto longest_silence = std::chrono::seconds(60);
/// After a start nobody else works at what a stopped server left, unless it shows so within this time.
constexpr auto silence_at_start = std::chrono::seconds(15);
constexpr std::size_t most_bytes = 200;

/// So many bytes of a longer text that no letter is cut.
std::size_t whole_letters(const std::string& text) {
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return end;
}

/// What somebody needs to see to say what the columns mean.
std::vector<std::vector<std::string>> first_lines(const std::string& bytes) {
    constexpr std::size_t lines = 15;
    constexpr std::size_t columns = 100;

    struct Enough {};

    std::vector<std::vector<std::string>> result;
    try {
        workbooks::read(bytes, {},
                        {.table = [](const std::string&, bool) {},
                         .row =
                             [&](workbooks::Row&& row) {
                                 row.cells.resize(std::min(row.cells.size(), columns));
                                 for (std::string& cell : row.cells) {
                                     if (cell.size() > most_bytes)
                                         cell.resize(whole_letters(cell));
                                 }
                                 result.push_back(std::move(row.cells));
                                 if (result.size() == lines)
                                     throw Enough{};
                             }});
    } catch (const Enough&) {
    }
    return result;
}

/// What the error was about, in a line.
std::string place_of(const core::Error& error) {
    std::string where;
    for (const auto& field : error.fields()) {
        if (!field.limit.empty())
            where += (where.empty() ? "" : ", ") + field.limit;
    }
    return where;
}

}  // namespace

OfficialImport OfficialJobService::with_progress(OfficialImport import) const {
    const std::lock_guard lock(mutex_);
    if (running_ == import.id)
        import.lines_done = done_;
    return import;
}

OfficialImportList OfficialJobService::list(const access::Actor& actor) const {
    OfficialImportList result = official_.list(actor);
    for (auto& one : result.items) {
        one = with_progress(std::move(one));
        one.preview.clear();  // long, and nobody looks at it in a list
    }
    return result;
}

OfficialImport OfficialJobService::get(const access::Actor& actor, const OfficialImportId& id) const {
    return with_progress(official_.get(actor, id));
}

OfficialImport OfficialJobService::create(const access::Actor& actor, const NewOfficialImport& body,
                                          const std::string& key) {
    access::require(actor, "resources.import");
    OfficialWords words{.municipalities = {}, .as_of = body.as_of};
    std::vector<core::FieldError> errors;
    for (std::size_t i = 0; i < body.municipalities.size(); ++i) {
        words.municipalities.push_back(body.municipalities[i].value);
        if (!codes_of_area(words.municipalities.back()))
            errors.push_back({"/municipalities/" + std::to_string(i), "municipality_code", words.municipalities[i]});
    }
    if (body.as_of && *body.as_of > actor.latest_day)  // every true edition would be older than it
        errors.push_back({"/as_of", "future", actor.latest_day.str()});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    const std::string fingerprint = db::request_fingerprint("createOfficialImport", record::to_json(body));
    if (auto earlier = official_.made_before(actor, key, fingerprint))
        return get(actor, *earlier);
    const auto file = uploads_.received(actor, body.upload_id);
    if (file.size > largest_file)
        throw core::Error(core::ErrorKind::too_large, "file_too_large", {{"", "too_large", "50"}});
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(file.size));
    for (std::int64_t number = 0; number < file.parts; ++number)
        bytes += uploads_.part(file.id, number);
    const auto opened = official_.open(actor, {file.name, file.size, fingerprint, words}, key);
    uploads_.cancel(actor, file.id);
    add({.kind = OfficialJob::Kind::read,
         .id = opened.id,
         .version = opened.version,
         .by = actor.user_id,
         .by_name = actor.name,
         .bytes = std::make_shared<const std::string>(std::move(bytes))});
    return get(actor, opened.id);
}

OfficialImport OfficialJobService::order(const access::Actor& actor, const OfficialImportId& id, std::int64_t version,
                                         OfficialJob::Kind kind) {
    add(official_.order(actor, id, version, kind));
    return get(actor, id);
}

OfficialImport OfficialJobService::cancel(const access::Actor& actor, const OfficialImportId& id) {
    const auto import = official_.get(actor, id);
    if (import.state != OfficialState::reading && import.state != OfficialState::applying &&
        import.state != OfficialState::undoing)
        throw core::not_allowed_in_state(record::to_text(import.state));
    {
        const std::lock_guard lock(mutex_);
        if (running_ == id) {  // it may hold the only writer there is: its own thread writes
            cancelled_ = true;
            return import;
        }
        std::erase_if(waiting_, [&](const OfficialJob& one) { return one.id == id; });
    }
    (void)official_.go_back(id, import.version, "cancelled", {});
    return get(actor, id);
}

void OfficialJobService::add(OfficialJob job) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(job));
    changed_.notify_all();
}

void OfficialJobService::work(const std::stop_token& stop, const std::function<void(const std::string&)>& failed) {
    bool started = false;
    while (!stop.stop_requested()) {
        if (run_next(failed))
            continue;
        try {
            sweep(started ? longest_silence : silence_at_start);
        } catch (const std::exception& error) {
            failed(error.what());
        }
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop, started ? longest_silence / 2 : silence_at_start,
                          [&] { return !waiting_.empty(); });
        started = true;
    }
}

bool OfficialJobService::run_next(const std::function<void(const std::string&)>& failed) {
    OfficialJob job;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty())
            return false;
        job = std::move(waiting_.front());
        waiting_.pop_front();
        running_ = job.id;
        done_ = 0;
        cancelled_ = false;
    }
    std::string reason;
    std::string where;
    std::string preview = "[]";
    try {
        run(job);
    } catch (const Stopped&) {
        // Whoever stopped it has said what became of the import.
    } catch (const Cancelled&) {
        reason = "cancelled";
    } catch (const core::Error& error) {
        const bool told = error.kind() == core::ErrorKind::invalid || error.kind() == core::ErrorKind::conflict;
        reason = told ? error.reason() : "interrupted";
        where = told ? place_of(error) : std::string();
        if (reason == "official_unknown" || reason == "official_columns")
            preview = record::to_json(first_lines(*job.bytes));
        if (!told)
            failed(error.what());
    } catch (const std::exception& error) {
        reason = "interrupted";
        failed(error.what());
    }
    try {
        if (!reason.empty())
            (void)official_.go_back(job.id, job.version, reason, where, preview);
    } catch (const std::exception& error) {
        failed(error.what());  // swept later
    }
    const std::lock_guard lock(mutex_);
    running_.reset();
    return true;
}

void OfficialJobService::run(const OfficialJob& job) {
    const Step go_on = [&](std::int64_t done) {
        if (cancelled_)
            throw Cancelled{};
        done_ = done;
    };
    switch (job.kind) {
        case OfficialJob::Kind::read:
            return official_.read(job, *job.bytes, official_.alive(job, go_on), go_on);
        case OfficialJob::Kind::apply:
            return official_.apply(job, go_on);
        case OfficialJob::Kind::undo:
            return official_.undo(job, go_on);
    }
}

void OfficialJobService::sweep(std::chrono::milliseconds silence) {
    for (const OfficialJob& one : official_.silent(silence)) {
        {
            const std::lock_guard lock(mutex_);
            if (running_ == one.id ||
                std::ranges::any_of(waiting_, [&](const OfficialJob& each) { return each.id == one.id; }))
                continue;
        }
        (void)official_.go_back(one.id, one.version, "interrupted", {});
    }
}

}  // namespace tsunagi::resources
