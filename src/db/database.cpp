// SPDX-License-Identifier: Apache-2.0
#include "db/database.hpp"

#include <chrono>

#include "core/error.hpp"
#include "db/locks.hpp"

namespace tsunagi::db {
namespace {

/// Chains are numbered from 0; the advisory lock of a chain lives as long as its connection.
constexpr std::int64_t most_chains = 256;

void take_chain(Session& session) {
    ReadTx tx(session);
    for (std::int64_t number = 0; number < most_chains; ++number) {
        const auto got = tx.number(std::string("SELECT CASE WHEN pg_try_advisory_lock(") + lock_class +
                                       ", CAST(:number AS integer)) THEN 1 ELSE 0 END",
                                   Params().set("number", number));
        if (got == 1) {
            session.set_writer_number(number);
            return;
        }
    }
    throw DatabaseError(FailureKind::busy, "no audit chain is free: too many writers on one database");
}

std::unique_ptr<Session> open(const DatabaseOptions& options, std::atomic<std::uint64_t>& total, bool writer) {
    auto session = std::make_unique<Session>(options.engine, options.target, &total);
    if (writer && options.engine == Engine::postgres)
        take_chain(*session);
    return session;
}

core::Error unavailable(const DatabaseError& error) {
    const bool busy = error.kind() == FailureKind::busy;
    return {core::ErrorKind::unavailable, busy ? "overloaded" : "database_unavailable", {}, error.what()};
}

/// Undoes the open transaction and gives the session back; a session that cannot do even that is thrown away.
void undo(SessionPool& pool, std::unique_ptr<Session> session) {
    try {
        if (session->in_transaction())
            session->execute("ROLLBACK");  // a COMMIT that failed has undone it already
    } catch (const DatabaseError&) {
        pool.discard(std::move(session));
        return;
    }
    pool.give_back(std::move(session));
}

void run_work(Session& session, const std::function<void(WriteTx&)>& work) {
    session.forget_failure();
    WriteTx tx(session);
    work(tx);
    if (session.failed())
        throw DatabaseError(FailureKind::other, "a failed statement was passed over");
    if (session.has_unresolved_reference()) {
        throw DatabaseError(FailureKind::constraint, "a reference points nowhere at the end of the work");
    }
}

}  // namespace

Database::Database(DatabaseOptions options)
    : options_(std::move(options)),
      readers_(options_.readers, [this] { return open(options_, statements_, false); }),
      writers_(options_.writers, [this] { return open(options_, statements_, true); }) {
    if (options_.engine == Engine::sqlite)
        writer_ = std::thread([this] { writer_loop(); });
}

Database::~Database() {
    close();
}

void Database::close() {
    {
        const std::lock_guard lock(queue_mutex_);
        stopping_ = true;
    }
    queue_ready_.notify_all();
    if (writer_.joinable())
        writer_.join();  // what was handed in is still written
    writers_.close();
    readers_.close();
}

void Database::read_erased(const std::function<void(ReadTx&)>& work) {
    constexpr int most_attempts = 2;
    for (int attempt = 1;; ++attempt) {
        auto session = readers_.take();
        try {
            session->execute(options_.engine == Engine::sqlite ? "BEGIN"
                                                               : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            ReadTx tx(*session);
            work(tx);
            session->execute("COMMIT");
        } catch (const DatabaseError& error) {
            if (error.kind() != FailureKind::lost_connection) {
                undo(readers_, std::move(session));
                throw;
            }
            readers_.discard(std::move(session));
            if (attempt == most_attempts)
                throw unavailable(error);
            continue;  // the server may have restarted; a new connection tells
        } catch (...) {
            undo(readers_, std::move(session));
            throw;
        }
        readers_.give_back(std::move(session));
        return;
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
        auto session = writers_.take();
        bool committing = false;
        try {
            session->execute("BEGIN");
            run_work(*session, work);
            committing = true;
            session->execute("COMMIT");
        } catch (const DatabaseError& error) {
            if (error.kind() == FailureKind::lost_connection) {
                writers_.discard(std::move(session));
                // After COMMIT was sent nobody knows whether it happened, so it is not run again.
                if (committing || attempt >= 3)
                    throw unavailable(error);
                continue;
            }
            undo(writers_, std::move(session));
            if (error.kind() != FailureKind::busy)
                throw;
            if (attempt == most_attempts)
                throw unavailable(error);
            std::this_thread::sleep_for(std::chrono::milliseconds(attempt * attempt));
            continue;
        } catch (...) {
            undo(writers_, std::move(session));
            throw;
        }
        writers_.give_back(std::move(session));
        return;
    }
}

// SQLite: hand the work to the one writer and wait until its commit is on disk.
void Database::write_shared(const std::function<void(WriteTx&)>& work) {
    Work item{.run = work, .error = {}, .done = false, .ready = {}};
    {
        std::unique_lock lock(queue_mutex_);
        if (stopping_)
            throw core::Error(core::ErrorKind::unavailable, "stopping");
        queue_.push_back(&item);
        queue_ready_.notify_one();
        item.ready.wait(lock, [&] { return item.done; });
    }
    if (!item.error)
        return;
    try {
        std::rethrow_exception(item.error);
    } catch (const DatabaseError& error) {
        if (error.kind() == FailureKind::constraint || error.kind() == FailureKind::other)
            throw;
        throw unavailable(error);
    }
}

namespace {

/// The engine gave up the whole transaction in the middle: nobody's work is kept, and all may run again.
struct BatchLost {};

// One work inside the open transaction, undone alone when it fails.
std::exception_ptr run_in_savepoint(Session& session, const std::function<void(WriteTx&)>& work) {
    session.execute("SAVEPOINT work");
    std::exception_ptr error;
    try {
        run_work(session, work);
    } catch (...) {
        error = std::current_exception();
        if (!session.in_transaction())
            return error;
        session.execute("ROLLBACK TO work");
    }
    session.execute("RELEASE work");
    return error;
}

// All works in one durable commit; answers the error of each.
std::vector<std::exception_ptr> commit_together(Session& session,
                                                const std::vector<const std::function<void(WriteTx&)>*>& works) {
    std::vector<std::exception_ptr> errors;
    session.execute("BEGIN IMMEDIATE");
    bool anything = false;
    for (const auto* work : works) {
        errors.push_back(run_in_savepoint(session, *work));
        if (!session.in_transaction()) {
            if (works.size() > 1)
                throw BatchLost{};
            return errors;
        }
        if (!errors.back())
            anything = true;
    }
    session.execute(anything ? "COMMIT" : "ROLLBACK");
    return errors;
}

}  // namespace

void Database::writer_loop() {
    std::unique_ptr<Session> session;
    const auto attempt = [&](const std::vector<const std::function<void(WriteTx&)>*>& works) {
        try {
            if (!session)
                session = open(options_, statements_, true);
            return commit_together(*session, works);
        } catch (const BatchLost&) {
            throw;
        } catch (...) {
            session.reset();  // begin again with a fresh connection
            return std::vector<std::exception_ptr>(works.size(), std::current_exception());
        }
    };
    for (;;) {
        std::deque<Work*> batch;
        {
            std::unique_lock lock(queue_mutex_);
            queue_ready_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (queue_.empty())
                return;
            batch.swap(queue_);
        }
        std::vector<const std::function<void(WriteTx&)>*> works;
        for (const Work* item : batch)
            works.push_back(&item->run);
        std::vector<std::exception_ptr> errors;
        try {
            errors = attempt(works);
        } catch (const BatchLost&) {
            // One of them took the others down (a full disk): each alone, so that it fails alone.
            for (const auto* work : works)
                errors.push_back(attempt({work}).front());
        }
        const std::lock_guard lock(queue_mutex_);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            batch[i]->error = std::move(errors[i]);
            batch[i]->done = true;
            batch[i]->ready.notify_one();
        }
    }
}

}  // namespace tsunagi::db
