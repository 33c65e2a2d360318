// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/job_service.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "modules/packs/packs_service.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::imports {
namespace {

constexpr std::size_t lines_at_once = 1000;
constexpr std::int64_t pieces_at_once = 5;
constexpr std::int64_t dropped_at_once = 200;
constexpr auto longest_silence = std::chrono::seconds(60);
/// After a start nobody else works at what a stopped server left, unless it shows so within this time.
constexpr auto silence_at_start = std::chrono::seconds(15);
constexpr auto kept = std::chrono::hours(24 * 7);

ImportState resting(ImportState state) {
    switch (state) {
        case ImportState::reading:
            return ImportState::refused;
        case ImportState::checking:
            return ImportState::read;
        case ImportState::taking:
            return ImportState::checked;
        case ImportState::undoing:
            return ImportState::taken;
        default:
            return state;
    }
}

}  // namespace

Setting::Setting(db::ReadTx& tx, const packs::PacksService& packs, const ImportWords& words, const core::DeskId& desk,
                 const core::RegionId& municipality, const core::Clock& clock)
    : codes_(packs.codes()),
      words_(words),
      book_(*codes_, words, store::receivers(tx, desk), store::districts(tx, municipality)),
      today_(clock.today()),
      latest_day_(clock.latest_day()) {}

Surroundings Setting::around() const {
    return {.codes = *codes_, .words = words_, .book = book_, .today = today_, .latest_day = latest_day_};
}

JobService::JobService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                       const consultations::PreparedService& prepared, const ImportWords& words, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), prepared_(prepared), words_(words), clock_(std::move(clock)) {}

void JobService::add(Job job) {
    const std::lock_guard lock(mutex_);
    ours_.insert(job.id);
    waiting_.push_back(std::move(job));
    changed_.notify_all();
}

void JobService::work(const std::stop_token& stop, const std::function<void(const std::string&)>& failed) {
    bool started = false;
    while (!stop.stop_requested()) {
        Job job;
        bool found = false;
        {
            std::unique_lock lock(mutex_);
            if (started)
                changed_.wait_for(lock, stop, longest_silence / 2, [&] { return !waiting_.empty(); });
            if (!waiting_.empty()) {
                job = std::move(waiting_.front());
                waiting_.pop_front();
                found = true;
            }
        }
        try {
            if (found)
                run(job);
            else
                sweep(started ? longest_silence : silence_at_start);
        } catch (const std::exception& error) {
            failed(error.what());
        }
        started = true;
        const std::lock_guard lock(mutex_);
        if (found && std::ranges::none_of(waiting_, [&](const Job& one) { return one.id == job.id; }))
            ours_.erase(job.id);
    }
}

void JobService::run(const Job& job) {
    try {
        switch (job.kind) {
            case JobKind::read:
                return read(job);
            case JobKind::check:
                return check(job);
            case JobKind::take:
                return take(job);
            case JobKind::undo:
                return undo(job);
            case JobKind::discard:
                return discard(job.id, false);
        }
    } catch (const Stopped&) {
        // Whoever stopped it has said what became of the import; what the job has left goes with the next one.
    } catch (...) {
        const auto import = database_.read([&](db::ReadTx& tx) { return store::load(tx, job.id); });
        if (import && import->version == job.version)
            go_back(*import, "interrupted");
        throw;
    }
}

void JobService::step(const Job& job, const std::function<void(db::WriteTx&, store::ImportRecord&)>& change,
                      const std::string& lane) {
    database_.write(
        [&](db::WriteTx& tx) {
            auto import = store::load(tx, job.id);
            if (!import || import->version != job.version)
                throw Stopped{};
            import->updated_at = clock_.now();
            import->beat_at.reset();
            change(tx, *import);
            if (!store::update(tx, *import))
                throw Stopped{};
        },
        lane);
}

void JobService::go_back(const store::ImportRecord& import, const std::string& reason) {
    store::ImportRecord next = import;
    next.state = resting(import.state);
    next.refusal = reason;
    next.updated_at = clock_.now();
    next.beat_at.reset();
    if (!database_.write([&](db::WriteTx& tx) { return store::update(tx, next); }))
        return;
    // What a stopped check has prepared is of no use; what waits to be taken is.
    if (next.state == ImportState::refused || next.state == ImportState::read)
        discard(import.id, next.state == ImportState::refused);
}

void JobService::sweep(std::chrono::milliseconds silence) {
    const auto now = clock_.now();
    const auto [silent, old, batches] = database_.read([&](db::ReadTx& tx) {
        return std::tuple(store::running_without_beat(tx, now.plus(-silence)),
                          store::untaken_since(tx, now.plus(-kept)), prepared_.batches(tx));
    });
    for (const auto& import : silent) {
        {
            const std::lock_guard lock(mutex_);
            if (ours_.contains(import.id))
                continue;
        }
        go_back(import, "interrupted");
    }
    for (const auto& import : old) {
        discard(import.id, true);
        database_.write([&](db::WriteTx& tx) { (void)store::remove(tx, import); });
    }
    for (const std::string& batch : batches) {
        const ImportId id(batch);
        const auto import = database_.read([&](db::ReadTx& tx) { return store::load(tx, id); });
        const bool needed = import && (import->state == ImportState::checking ||
                                       import->state == ImportState::checked || import->state == ImportState::taking);
        if (!needed)
            discard(id, import && import->state == ImportState::taken);
    }
    prepared_.complete_callers();  // where a stop came between taking and this
}

void JobService::discard(const ImportId& id, bool lines) const {
    prepared_.discard(id.str());
    while (database_.write([&](db::WriteTx& tx) { return store::drop_faults(tx, id, dropped_at_once * 10); }) > 0) {
    }
    while (lines && database_.write([&](db::WriteTx& tx) { return store::drop_lines(tx, id, dropped_at_once); }) > 0) {
    }
}

// ---- Reading

void JobService::read(const Job& job) {
    std::vector<FileTable> tables;
    std::vector<FileLine> waiting;
    std::int64_t lines = 0;
    const auto write_waiting = [&] {
        if (waiting.empty())
            return;
        const auto table = static_cast<std::int64_t>(tables.size()) - 1;
        database_.write([&](db::WriteTx& tx) {
            if (!store::beat(tx, job.id, job.version, clock_.now(), lines, 0))
                throw Stopped{};
            store::add_lines(tx, job.id, table, waiting);
        });
        waiting.clear();
    };
    const workbooks::Visitor visitor{
        .table =
            [&](const std::string& name, bool from_1904) {
                write_waiting();
                tables.push_back({.name = name, .lines = 0, .columns = 0, .from_1904 = from_1904});
            },
        .row =
            [&](workbooks::Row&& row) {
                ++lines;
                ++tables.back().lines;
                tables.back().columns = std::max(tables.back().columns, static_cast<std::int64_t>(row.cells.size()));
                waiting.push_back({row.number, std::move(row.cells)});
                if (waiting.size() == lines_at_once)
                    write_waiting();
            }};
    try {
        workbooks::read(*job.bytes, {}, visitor);
        write_waiting();
    } catch (const core::Error& error) {
        if (error.kind() != core::ErrorKind::invalid)
            throw;
        step(job, [&](db::WriteTx&, store::ImportRecord& import) {
            import.state = ImportState::refused;
            import.refusal = error.reason();
            import.refused_at = error.fields().empty() ? std::string() : error.fields().front().limit;
        });
        return discard(job.id, true);
    }
    step(job, [&](db::WriteTx&, store::ImportRecord& import) {
        import.state = ImportState::read;
        import.tables = record::to_json(tables);
        import.lines_done = import.lines_all = lines;
    });
}

// ---- Checking

struct JobService::Checking {
    store::ImportRecord import;
    Mapping mapping;
    std::int64_t all = 0;
    std::int64_t done = 0;
    std::int64_t good = 0;
    std::int64_t bad = 0;
    std::unordered_set<std::int64_t> repeated;
    std::unordered_map<std::size_t, std::int64_t> seen;  ///< hash of what makes two lines the same → the first one
    std::map<std::string, std::int64_t> empty;
};

void JobService::check(const Job& job) {
    discard(job.id, false);
    Checking checking;
    checking.import = database_.read([&](db::ReadTx& tx) {
        auto import = store::load(tx, job.id);
        if (!import || import->version != job.version)
            throw Stopped{};
        return *import;
    });
    checking.mapping = record::from_stored_json<Mapping>(checking.import.plan);
    const auto tables = record::from_stored_json<std::vector<FileTable>>(checking.import.tables);
    checking.all = tables.at(static_cast<std::size_t>(checking.mapping.table.value)).lines;
    check_pieces(job, checking);
    if (checking.done != checking.all)  // its lines are gone: a backup leaves them out
        return give_up(job);
    find_repeated(job, checking);
    std::vector<FieldCount> empty;
    for (const auto& [field, count] : checking.empty)
        empty.push_back({field, count});
    step(job, [&](db::WriteTx&, store::ImportRecord& import) {
        import.state = ImportState::checked;
        import.refusal.clear();
        import.lines_done = import.lines_all = checking.all;
        import.good = checking.good;
        import.bad = checking.bad;
        import.repeated = static_cast<std::int64_t>(checking.repeated.size());
        import.empty_fields = record::to_json(empty);
    });
}

void JobService::check_pieces(const Job& job, Checking& checking) {
    const Mapping& mapping = checking.mapping;
    const auto setting = database_.read([&](db::ReadTx& tx) {
        return std::make_unique<Setting>(tx, packs_, words_, checking.import.desk_id, checking.import.municipality_id,
                                         clock_);
    });
    const auto tables = record::from_stored_json<std::vector<FileTable>>(checking.import.tables);
    const LineReader reader(mapping, setting->around(),
                            tables.at(static_cast<std::size_t>(mapping.table.value)).from_1904);
    const std::int64_t last_header = mapping.header_line.value + mapping.header_lines.value - 1;
    std::int64_t behind = 0;
    for (;;) {
        const auto lines = database_.read(
            [&](db::ReadTx& tx) { return store::lines(tx, job.id, mapping.table.value, behind, pieces_at_once); });
        if (lines.empty())
            break;
        behind = lines.back().number;
        std::vector<consultations::Prepared> prepared;
        std::vector<FaultyLine> faulty;
        const auto now = clock_.now();
        for (const FileLine& line : lines) {
            ++checking.done;
            if (line.number <= last_header)
                continue;
            PreviewLine read = reader.read(line);
            if (!read.faults.empty()) {
                ++checking.bad;
                faulty.push_back({line.number, FaultKind::bad, std::move(read.faults)});
                continue;
            }
            const auto [first, is_new] =
                checking.seen.emplace(std::hash<std::string>{}(sameness(read.sheet)), line.number);
            if (!is_new) {
                checking.repeated.insert(line.number);
                LineFault fault;
                fault.reason = "repeated_in_file";
                fault.limit = std::to_string(first->second);
                faulty.push_back({line.number, FaultKind::repeated, {std::move(fault)}});
                if (!mapping.take_repeated)
                    continue;
            }
            ++checking.good;
            for (const std::string& field : reader.empty_fields(read.sheet))
                ++checking.empty[field];
            consultations::Prepared one;
            one.line = line.number;
            one.person = std::move(read.person);
            auto& consultation = one.consultation;
            consultation.id = core::ConsultationId::make();
            consultation.desk_id = checking.import.desk_id;
            consultation.municipality_id = checking.import.municipality_id;
            consultation.fiscal_year = read.sheet.received_on.value().fiscal_year();
            consultation.state = read.state;
            consultation.finalised = read.state == consultations::ConsultationState::closed;
            consultation.created_at = consultation.updated_at = now;
            consultation.created_by = consultation.updated_by = job.by;
            if (consultation.finalised)
                consultation.closed_at = now;
            consultation.sheet = std::move(read.sheet);
            prepared.push_back(std::move(one));
        }
        database_.write([&](db::WriteTx& tx) {
            if (!store::beat(tx, job.id, job.version, clock_.now(), checking.done, checking.all))
                throw Stopped{};
            prepared_.prepare(tx, job.id.str(), prepared);
            store::add_faults(tx, job.id, faulty);
        });
    }
}

void JobService::find_repeated(const Job& job, Checking& checking) {
    const auto there = database_.read([&](db::ReadTx& tx) { return prepared_.repeated(tx, job.id.str()); });
    std::vector<FaultyLine> faulty;
    std::vector<std::int64_t> dropped;
    const auto write = [&] {
        database_.write([&](db::WriteTx& tx) {
            if (!store::beat(tx, job.id, job.version, clock_.now(), checking.all, checking.all))
                throw Stopped{};
            store::add_faults(tx, job.id, faulty);
            prepared_.discard_lines(tx, job.id.str(), dropped);
        });
        faulty.clear();
        dropped.clear();
    };
    for (const auto& line : there) {
        if (!checking.mapping.take_repeated) {
            dropped.push_back(line.line);
            --checking.good;
        }
        if (checking.repeated.insert(line.line).second) {
            LineFault fault;
            fault.reason = "there_already";
            fault.limit = line.number;
            faulty.push_back({line.line, FaultKind::repeated, {std::move(fault)}});
        }
        if (faulty.size() + dropped.size() >= lines_at_once)
            write();
    }
    write();
}

/// The file has to be chosen again.
void JobService::give_up(const Job& job) {
    step(job, [](db::WriteTx&, store::ImportRecord& import) {
        import.state = ImportState::refused;
        import.refusal = "lines_gone";
    });
    discard(job.id, true);
}

// ---- Taking and taking back

namespace {

/// What was checked is not what is prepared.
struct LinesGone {};

}  // namespace

void JobService::take(const Job& job) {
    try {
        move(job);
    } catch (const LinesGone&) {
        return give_up(job);
    }
    prepared_.complete_callers();
    prepared_.discard(job.id.str());
    while (database_.write([&](db::WriteTx& tx) { return store::drop_lines(tx, job.id, dropped_at_once); }) > 0) {
    }
}

void JobService::move(const Job& job) {
    step(
        job,
        [&](db::WriteTx& tx, store::ImportRecord& import) {
            // Several servers may see the import: the row is taken before anything is moved.
            if (!store::beat(tx, job.id, job.version, clock_.now(), import.lines_done, import.lines_all))
                throw Stopped{};
            const auto taken =
                prepared_.take(tx, job.id.str(), {.by = job.by, .at = import.updated_at, .reason = import.file_name});
            std::vector<NumberRange> numbers;
            std::int64_t count = 0;
            std::string detail;
            for (const auto& range : taken) {
                NumberRange& one = numbers.emplace_back();
                record::copy_members(range, one);
                count += range.count;
                detail += " " + range.first + ".." + range.last;
            }
            if (count != import.good)
                throw LinesGone{};
            import.state = ImportState::taken;
            import.refusal.clear();
            import.taken_at = import.updated_at;
            import.taken_by = job.by;
            import.numbers = record::to_json(numbers);
            audit_.record(tx, {.actor_id = job.by,
                               .actor_name = job.by_name,
                               .action = "import",
                               .subject_kind = "import",
                               .subject_id = job.id.str(),
                               .detail = "consultations=" + std::to_string(count) + detail});
        },
        lane_of(job));
}

/// The desk's, where its own consultations wait for each other.
std::string JobService::lane_of(const Job& job) const {
    const auto import = database_.read([&](db::ReadTx& tx) { return store::load(tx, job.id); });
    return import ? import->desk_id.str() : std::string();
}

void JobService::undo(const Job& job) {
    const auto change = [&](db::WriteTx& tx, store::ImportRecord& import) {
        if (!store::beat(tx, job.id, job.version, clock_.now(), import.lines_done, import.lines_all))
            throw Stopped{};
        if (!prepared_.in_use(tx, job.id.str()).empty()) {
            import.state = ImportState::taken;
            import.refusal = "records_in_use";
            return;
        }
        const std::int64_t count = prepared_.take_back(tx, job.id.str());
        import.state = ImportState::undone;
        import.refusal.clear();
        import.undone_at = import.updated_at;
        import.undone_by = job.by;
        audit_.record(tx, {.actor_id = job.by,
                           .actor_name = job.by_name,
                           .action = "undo_import",
                           .subject_kind = "import",
                           .subject_id = job.id.str(),
                           .detail = "consultations=" + std::to_string(count)});
    };
    try {
        step(job, change, lane_of(job));
    } catch (const db::DatabaseError& error) {
        // Something points to a record that this program's own tables do not name above.
        if (error.kind() != db::FailureKind::constraint)
            throw;
        step(job, [](db::WriteTx&, store::ImportRecord& import) {
            import.state = ImportState::taken;
            import.refusal = "records_in_use";
        });
    }
}

}  // namespace tsunagi::imports
