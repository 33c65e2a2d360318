// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "record/params.hpp"

namespace tsunagi::db {

using record::Params;

enum class Engine { sqlite, postgres };

/// The last row of an audit chain.
struct ChainTip {
    std::int64_t sequence = 0;
    std::string hash;
};

/// A statement that answers one number.
struct Question {
    std::string sql;
    Params params;
};

/// What a failed statement means for the caller.
enum class FailureKind { busy, constraint, lost_connection, other };

/// Thrown by every statement that fails. The message names the SQL text and the engine's code, never a value.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(FailureKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

    [[nodiscard]] FailureKind kind() const { return kind_; }

private:
    FailureKind kind_;
};

/// One connection with its prepared statements. Used by one thread at a time. SOCI (SQLite) and libpq (PostgreSQL) stay
/// behind it.
class Session {
public:
    /// `target` is a file path for SQLite, a libpq connection string for PostgreSQL. `total` also counts the
    /// statements.
    Session(Engine engine, const std::string& target, std::atomic<std::uint64_t>* total = nullptr);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Runs a statement and hands each row's cells to `each`; the cells may be moved from.
    void query(const std::string& sql, const Params& params, std::span<const record::CellKind> kinds,
               const std::function<void(std::span<record::Cell>)>& each);
    /// Runs a statement without a result; answers the number of rows it touched.
    std::int64_t execute(const std::string& sql, const Params& params = {});
    /// Runs a statement that nobody waits for: PostgreSQL gets it together with the next one, which tells its failure.
    void send(const std::string& sql, const Params& params = {});
    /// The first number of each answer, nothing where it has no row or null. PostgreSQL is asked for all at once.
    [[nodiscard]] std::vector<std::optional<std::int64_t>> numbers(const std::vector<Question>& questions);
    /// Ends a transaction that only read, without waiting for it.
    void conclude();
    /// Runs a ROLLBACK, whatever became of what was sent before it.
    void roll_back(const std::string& sql);
    /// Runs a text once without preparing it: PRAGMA, BEGIN, DDL.
    void run(const std::string& sql);

    [[nodiscard]] Engine engine() const { return engine_; }

    /// Whether a transaction is open. False after SQLite gave it up on its own (disk full, I/O error).
    [[nodiscard]] bool in_transaction() const;

    /// Whether a statement has failed since `forget_failure`. PostgreSQL then answers COMMIT by undoing everything
    /// without an error, so whoever commits asks first.
    [[nodiscard]] bool failed() const { return failed_; }

    void forget_failure() { failed_ = false; }

    /// Number of statements so far that may have written: all but a SELECT.
    [[nodiscard]] std::uint64_t writes() const { return writes_; }

    /// SQLite: whether a deferred foreign key points nowhere so far. PostgreSQL tells at COMMIT.
    [[nodiscard]] bool has_unresolved_reference() const;
    /// PostgreSQL only: `COPY … FROM STDIN`, then its rows in text form, then the end. Any other statement gives it up.
    void begin_copy(const std::string& sql);
    void send_copy(const std::string& rows);
    void end_copy();

    /// Number of statements run so far, for tests that count queries.
    [[nodiscard]] std::uint64_t statements() const { return statements_; }

    /// The audit chain this connection writes to; 0 on SQLite, taken by advisory lock on PostgreSQL.
    [[nodiscard]] std::int64_t writer_number() const { return writer_number_; }

    void set_writer_number(std::int64_t number) { writer_number_ = number; }

    /// Where that chain ends, if this connection wrote its end and nothing was undone since. Only on PostgreSQL, where
    /// nobody else can write to it: on SQLite a command may, beside the server.
    [[nodiscard]] const std::optional<ChainTip>& chain_tip() const { return chain_tip_; }

    void set_chain_tip(ChainTip tip) {
        if (engine_ == Engine::postgres)
            chain_tip_ = std::move(tip);
    }

    void forget_chain_tip() { chain_tip_.reset(); }

private:
    struct Impl;
    void count(const std::string& sql);
    template <class Work>
    auto guarded(Work&& work);

    std::unique_ptr<Impl> impl_;
    Engine engine_;
    std::int64_t writer_number_ = 0;
    std::optional<ChainTip> chain_tip_;
    bool failed_ = false;
    std::uint64_t statements_ = 0;
    std::uint64_t writes_ = 0;
    std::atomic<std::uint64_t>* total_;
};

}  // namespace tsunagi::db
