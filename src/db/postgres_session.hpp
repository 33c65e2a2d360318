// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "record/params.hpp"

struct pg_conn;  // libpq
struct pg_result;

namespace tsunagi::db {

using record::Params;

struct Question;

/// One connection to PostgreSQL with its prepared statements. What was sent without waiting goes out together with the
/// next statement that is waited for; a failure of it is told there. Every failure is a DatabaseError.
class PostgresSession {
public:
    explicit PostgresSession(const std::string& target);

    void query(const std::string& sql, const Params& params, std::span<const record::CellKind> kinds,
               const std::function<void(std::span<record::Cell>)>& each);
    std::int64_t execute(const std::string& sql, const Params& params);
    void send(const std::string& sql, const Params& params);
    /// Sends all of them before it waits: the first number of each answer, nothing where there is none.
    std::vector<std::optional<std::int64_t>> numbers(const std::vector<Question>& questions);
    /// Sends the end of a transaction that only read: its answer is fetched when the connection is used again.
    void conclude(const std::string& sql);
    /// Waits for everything that was sent.
    void settle();
    /// The same, whatever became of it: before a rollback.
    void forget();
    void run(const std::string& sql);

    void begin_copy(const std::string& sql);
    void send_copy(const std::string& rows);
    void end_copy();

    /// True as well while nobody has waited for a BEGIN that was sent, and when the connection is lost.
    [[nodiscard]] bool in_transaction() const;

private:
    struct EndConnection {
        void operator()(pg_conn* connection) const;
    };

    struct EndResult {
        void operator()(pg_result* result) const;
    };

    using Result = std::unique_ptr<pg_result, EndResult>;

    /// A text as PostgreSQL reads it, with the names of its places $1, $2, ….
    struct Statement {
        std::string name;
        std::vector<std::string> places;
    };

    enum class OpenKind { statement, preparing, asked, end };

    /// A message whose answer was not fetched yet; `asked` where somebody waits for its rows.
    struct Open {
        std::string sql;
        OpenKind kind = OpenKind::statement;
    };

    struct Failure {
        std::string code;  ///< SQLSTATE; empty when the server did not answer
        std::string sql;
    };

    static Statement numbered(const std::string& sql, std::string& text);

    const Statement& prepared(const std::string& sql);
    void begin_sending();
    void send(const std::string& sql, const Params& params, OpenKind kind);
    void sent(bool good, const std::string& sql, OpenKind kind);
    std::vector<Result> finish();
    std::optional<Failure> fetch(std::vector<Result>& asked);
    void check(const Result& result, const std::string& sql, int wanted) const;

    std::unique_ptr<pg_conn, EndConnection> connection_;
    std::unordered_map<std::string, Statement> statements_;
    std::uint64_t names_ = 0;
    std::vector<Open> open_;
};

}  // namespace tsunagi::db
