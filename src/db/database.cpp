// SPDX-License-Identifier: Apache-2.0
#include "db/database.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

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
    if (writer && options.engine == Engine::postgres) {
        // Works find their rows by keys, so one plan fits every value, and none is made anew.
        session->run("SET plan_cache_mode = force_generic_plan");
        take_chain(*session);
    }
    return session;
}

core::Error unavailable(const DatabaseError& error) {
    const bool busy = error.kind() == FailureKind::busy;
    return {core::ErrorKind::unavailable, busy ? "overloaded" : "database_unavailable", {}, error.what()};
}

/// Undoes the open transaction and gives the session back; a session that cannot do even that is thrown away.
void undo(SessionPool& pool, std::unique_ptr<Session> session) {
    session->forget_chain_tip();
    try {
        if (session->in_transaction())
            session->roll_back("ROLLBACK");  // a COMMIT that failed has undone it already
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

/// So many works share a commit at most.
constexpr std::size_t most_together = 32;

const char* begin_of_write(Engine engine) {
    return engine == Engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN";
}

/// The whole transaction came to nothing in the middle of a work, as on SQLite when the disk is full.
struct GivenUp {};

/// SQLite: one work inside the open transaction, undone alone when it fails. Its savepoint ends with the transaction.
std::exception_ptr run_in_savepoint(Session& session, const std::function<void(WriteTx&)>& work) {
    session.execute("SAVEPOINT work");
    std::exception_ptr error;
    try {
        run_work(session, work);
    } catch (...) {
        error = std::current_exception();
        if (!session.in_transaction())
            throw GivenUp{};
        session.roll_back("ROLLBACK TO work");  // the newest of that name
    }
    return error;
}

/// PostgreSQL: one work inside the open transaction, without a savepoint and the wait at its end. When it fails before
/// it wrote anything, it fails alone; otherwise it takes the transaction with it.
std::exception_ptr run_among_others(Session& session, const std::function<void(WriteTx&)>& work) {
    const std::uint64_t written = session.writes();
    try {
        run_work(session, work);
    } catch (...) {
        if (session.failed() || session.writes() != written)
            throw GivenUp{};
        return std::current_exception();
    }
    return {};
}

/// Whether another try may help: the work collided with another one.
bool collided(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const DatabaseError& failure) {
        return failure.kind() == FailureKind::busy;
    } catch (...) {
        return false;
    }
}

}  // namespace

Database::Database(DatabaseOptions options)
    : options_(std::move(options)),
      readers_(options_.readers, [this] { return open(options_, statements_, false); }),
      writers_(options_.engine == Engine::sqlite ? 1 : options_.writers,
               [this] { return open(options_, statements_, true); }) {}

Database::~Database() {
    close();
}

void Database::close() {
    {
        std::unique_lock lock(lanes_mutex_);
        stopping_ = true;
        lanes_emptied_.wait(lock, [&] { return lanes_.empty(); });  // what was handed in is still written
    }
    writers_.close();
    readers_.close();
}

void Database::read_erased(const std::function<void(ReadTx&)>& work) {
    constexpr int most_attempts = 2;
    for (int attempt = 1;; ++attempt) {
        auto session = readers_.take();
        try {
            session->send(options_.engine == Engine::sqlite ? "BEGIN"
                                                            : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            ReadTx tx(*session);
            work(tx);
            session->conclude();
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

void Database::write_erased(const Run& work, const std::string& lane) {
    if (lane.empty() && options_.engine == Engine::postgres) {
        write_alone(work);
    } else {
        write_in_lane(work, options_.engine == Engine::sqlite ? std::string() : lane);
    }
}

// A transaction of its own, run again when it collided with another.
void Database::write_alone(const Run& work) {
    // SQLite has waited long enough before it says that it is busy.
    const int most_attempts = options_.engine == Engine::sqlite ? 1 : 8;
    for (int attempt = 1;; ++attempt) {
        auto session = writers_.take();
        bool committing = false;
        try {
            session->send(begin_of_write(options_.engine));
            run_work(*session, work);
            committing = true;
            session->execute("COMMIT");  // tells as well what became of that which nobody waited for
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

// While one thread of the lane commits, the others gather behind it; the foremost of them then leads the next commit.
void Database::write_in_lane(const Run& work, const std::string& lane_name) {
    Work own{.run = work};
    {
        std::unique_lock lock(lanes_mutex_);
        if (stopping_)
            throw core::Error(core::ErrorKind::unavailable, "stopping");
        Lane& lane = lanes_[lane_name];
        lane.waiting.push_back(&own);
        while (!own.done) {
            if (lane.led) {
                own.changed.wait(lock);
                continue;
            }
            const auto end =
                lane.waiting.begin() + static_cast<std::ptrdiff_t>(std::min(lane.waiting.size(), most_together));
            const std::vector<Work*> batch(lane.waiting.begin(), end);
            lane.waiting.erase(lane.waiting.begin(), end);
            lane.led = true;
            lock.unlock();
            commit(batch);
            lock.lock();
            lane.led = false;
            for (Work* one : batch) {
                one->done = true;
                one->changed.notify_one();
            }
            if (!lane.waiting.empty()) {
                lane.waiting.front()->changed.notify_one();
            } else {
                lanes_.erase(lane_name);
                lanes_emptied_.notify_all();
            }
        }
    }
    if (own.again) {
        write_alone(work);
    } else if (own.error) {
        std::rethrow_exception(own.error);
    }
}

/// Leaves in every work how it ended. Never throws.
void Database::commit(const std::vector<Work*>& batch) {
    try {
        if (batch.size() == 1) {
            write_alone(batch.front()->run);
        } else {
            commit_together(batch);
        }
    } catch (...) {
        for (Work* work : batch)
            work->error = std::current_exception();
    }
}

// One durable commit. Where it comes to nothing because of one work, each runs once more by itself.
void Database::commit_together(const std::vector<Work*>& batch) {
    auto session = writers_.take();
    bool committing = false;
    const auto once_more = [&] {
        for (Work* work : batch)
            work->again = true;
    };
    try {
        session->send(begin_of_write(options_.engine));
        bool anything = false;
        for (Work* work : batch) {
            work->error = options_.engine == Engine::sqlite ? run_in_savepoint(*session, work->run)
                                                            : run_among_others(*session, work->run);
            work->again = work->error && collided(work->error);
            anything = anything || !work->error;
        }
        committing = true;
        session->execute(anything ? "COMMIT" : "ROLLBACK");
        writers_.give_back(std::move(session));
    } catch (const GivenUp&) {
        undo(writers_, std::move(session));
        once_more();  // so that the one which took the others down fails alone
    } catch (const DatabaseError& error) {
        const bool lost = error.kind() == FailureKind::lost_connection;
        if (lost) {
            writers_.discard(std::move(session));
        } else {
            undo(writers_, std::move(session));
        }
        const bool waited = error.kind() == FailureKind::busy && options_.engine == Engine::sqlite;
        if (waited || (lost && committing))
            throw unavailable(error);
        once_more();
    } catch (...) {
        undo(writers_, std::move(session));  // no memory, say: the connection must come back all the same
        throw;
    }
}

}  // namespace tsunagi::db
