// SPDX-License-Identifier: Apache-2.0
#include "db/database.hpp"

#include <algorithm>
#include <chrono>

#include "core/error.hpp"

namespace tsunagi::db {
namespace {

/// Chains are numbered from 0; the advisory lock of a chain lives as long as its connection.
constexpr std::int64_t advisory_class = 0x7473756eLL;  // "tsun"
constexpr std::int64_t most_chains = 256;

void take_chain(Session& session) {
    ReadTx tx(session);
    for (std::int64_t number = 0; number < most_chains; ++number) {
        const auto got = tx.number(
            "SELECT CASE WHEN pg_try_advisory_lock(CAST(:class AS integer), CAST(:number AS integer)) THEN 1 ELSE 0 END",
            Params().set("class", advisory_class).set("number", number));
        if (got == 1) {
            session.set_writer_number(number);
            return;
        }
    }
    throw DatabaseError(FailureKind::busy, "no audit chain is free: too many writers on one database");
}

}  // namespace

Database::Database(DatabaseOptions options) : options_(std::move(options)) {
    if (options_.engine == Engine::sqlite) writer_ = std::thread([this] { writer_loop(); });
}

Database::~Database() { close(); }

void Database::close() {
    {
        const std::lock_guard lock(queue_mutex_);
        stopping_ = true;
    }
    queue_ready_.notify_all();
    if (writer_.joinable()) writer_.join();
    const std::lock_guard lock(pool_mutex_);
    free_readers_.clear();
    free_writers_.clear();
    readers_.clear();
    writers_.clear();
}

std::uint64_t Database::statements() const {
    const std::lock_guard lock(pool_mutex_);
    std::uint64_t sum = 0;
    for (const auto& session : readers_) sum += session->statements();
    for (const auto& session : writers_) sum += session->statements();
    return sum;
}

Session* Database::take(std::vector<std::unique_ptr<Session>>& all, std::vector<Session*>& free, std::size_t most,
                        bool writer) {
    std::unique_lock lock(pool_mutex_);
    for (;;) {
        if (!free.empty()) {
            Session* session = free.back();  // the one used last has the warmest cache
            free.pop_back();
            return session;
        }
        if (all.size() < most) {
            auto made = std::make_unique<Session>(options_.engine, options_.target);
            if (writer && options_.engine == Engine::postgres) take_chain(*made);
            all.push_back(std::move(made));
            return all.back().get();
        }
        if (pool_ready_.wait_for(lock, std::chrono::seconds(30)) == std::cv_status::timeout) {
            throw core::Error(core::ErrorKind::unavailable, "overloaded", {}, "no database connection became free");
        }
    }
}

void Database::give_back(std::vector<Session*>& free, Session* session) {
    {
        const std::lock_guard lock(pool_mutex_);
        free.push_back(session);
    }
    pool_ready_.notify_one();
}

void Database::discard(std::vector<std::unique_ptr<Session>>& all, Session* session) {
    {
        const std::lock_guard lock(pool_mutex_);
        std::erase_if(all, [&](const auto& one) { return one.get() == session; });
    }
    pool_ready_.notify_one();
}

void Database::read_erased(const std::function<void(ReadTx&)>& work) {
    for (int attempt = 0;; ++attempt) {
        Session* session = take(readers_, free_readers_, options_.readers, false);
        try {
            session->execute(options_.engine == Engine::sqlite ? "BEGIN"
                                                           : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            ReadTx tx(*session);
            work(tx);
            session->execute("COMMIT");
            give_back(free_readers_, session);
            return;
        } catch (const DatabaseError& error) {
            if (error.kind() == FailureKind::lost_connection) {
                discard(readers_, session);
                if (attempt == 0) continue;  // the server may have restarted; a new connection tells
                throw core::Error(core::ErrorKind::unavailable, "database_unavailable", {}, error.what());
            }
            try {
                session->execute("ROLLBACK");
                give_back(free_readers_, session);
            } catch (const DatabaseError&) {
                discard(readers_, session);
            }
            throw;
        } catch (...) {
            try {
                session->execute("ROLLBACK");
                give_back(free_readers_, session);
            } catch (const DatabaseError&) {
                discard(readers_, session);
            }
            throw;
        }
    }
}

void Database::write_erased(const std::function<void(WriteTx&)>& work) {
    if (options_.engine == Engine::sqlite) {
        write_shared(work);
    } else {
        write_alone(work);
    }
}

// PostgreSQL: each work is its own transaction, run again when it collided with another.
void Database::write_alone(const std::function<void(WriteTx&)>& work) {
    constexpr int most_attempts = 8;
    for (int attempt = 1;; ++attempt) {
        Session* session = take(writers_, free_writers_, options_.writers, true);
        bool committing = false;
        try {
            session->execute("BEGIN");
            WriteTx tx(*session);
            work(tx);
            committing = true;
            session->execute("COMMIT");
            give_back(free_writers_, session);
            return;
        } catch (const DatabaseError& error) {
            if (error.kind() == FailureKind::lost_connection) {
                discard(writers_, session);
                // After COMMIT was sent nobody knows whether it happened, so it is not run again.
                if (!committing && attempt < 3) continue;
                throw core::Error(core::ErrorKind::unavailable, "database_unavailable", {}, error.what());
            }
            try {
                session->execute("ROLLBACK");
                give_back(free_writers_, session);
            } catch (const DatabaseError&) {
                discard(writers_, session);
            }
            if (error.kind() == FailureKind::busy && attempt < most_attempts) {
                std::this_thread::sleep_for(std::chrono::milliseconds(attempt * attempt));
                continue;
            }
            throw;
        } catch (...) {
            try {
                session->execute("ROLLBACK");
                give_back(free_writers_, session);
            } catch (const DatabaseError&) {
                discard(writers_, session);
            }
            throw;
        }
    }
}

// SQLite: hand the work to the one writer and wait until its commit is on disk.
void Database::write_shared(const std::function<void(WriteTx&)>& work) {
    Work item{.run = work, .error = {}, .done = false, .ready = {}};
    std::unique_lock lock(queue_mutex_);
    if (stopping_) throw core::Error(core::ErrorKind::unavailable, "stopping");
    queue_.push_back(&item);
    queue_ready_.notify_one();
    item.ready.wait(lock, [&] { return item.done; });
    if (item.error) std::rethrow_exception(item.error);
}

void Database::writer_loop() {
    std::unique_ptr<Session> session;
    for (;;) {
        std::deque<Work*> batch;
        {
            std::unique_lock lock(queue_mutex_);
            queue_ready_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            batch.swap(queue_);
        }
        try {
            if (!session) session = std::make_unique<Session>(options_.engine, options_.target);
            run_batch(*session, batch);
        } catch (...) {
            session.reset();  // begin again with a fresh connection
            for (Work* item : batch) {
                if (!item->error) item->error = std::current_exception();
            }
        }
        const std::lock_guard lock(queue_mutex_);
        for (Work* item : batch) {
            item->done = true;
            item->ready.notify_one();
        }
    }
}

// All waiting works in one durable commit, each in its own savepoint, so that one that fails loses nothing of the others.
void Database::run_batch(Session& session, std::deque<Work*>& batch) {
    session.execute("BEGIN IMMEDIATE");
    bool anything = false;
    for (Work* item : batch) {
        session.execute("SAVEPOINT work");
        try {
            WriteTx tx(session);
            item->run(tx);
            session.execute("RELEASE work");
            anything = true;
        } catch (...) {
            item->error = std::current_exception();
            if (!session.in_transaction()) throw;  // the engine gave up the whole transaction: nobody's work is kept
            session.execute("ROLLBACK TO work");
            session.execute("RELEASE work");
        }
    }
    session.execute(anything ? "COMMIT" : "ROLLBACK");
}

}  // namespace tsunagi::db
