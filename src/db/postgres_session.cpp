// SPDX-License-Identifier: Apache-2.0
#include "db/postgres_session.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <libpq-fe.h>

#include "db/session.hpp"

namespace tsunagi::db {
namespace {

/// Lists of many lengths make many texts; the usual ones soon return.
constexpr std::size_t most_statements = 300;
/// So many answers fit the buffers of both sides for sure, or each could wait for the other.
constexpr std::size_t most_open = 64;

FailureKind kind_of_sqlstate(const std::string& code) {
    if (code == "40001" || code == "40P01" || code == "55P03")
        return FailureKind::busy;
    if (code.starts_with("23"))
        return FailureKind::constraint;
    // Without a code the server did not answer at all.
    if (code.starts_with("08") || code.starts_with("57P") || code.empty())
        return FailureKind::lost_connection;
    return FailureKind::other;
}

// The server's own message may quote a value, so only its code goes on.
[[noreturn]] void raise(const std::string& code, const std::string& sql) {
    throw DatabaseError(kind_of_sqlstate(code), "statement failed (" + code + "): " + sql.substr(0, 400));
}

std::string sqlstate_of(const PGresult* result) {
    const char* code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return code == nullptr ? std::string() : std::string(code);
}

template <class Number>
std::string in_digits(Number number) {
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), end};
}

/// The values of the places as texts, null where the value is.
class Values {
public:
    Values(const std::vector<std::string>& places, const Params& params, const std::string& sql) {
        texts_.reserve(places.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            add(cell_of(places[i], i, params, sql), places[i]);
    }

    [[nodiscard]] int size() const { return static_cast<int>(texts_.size()); }

    [[nodiscard]] const char* const* data() const { return texts_.data(); }

private:
    /// Mostly the values stand in the order of their places: `near` is looked at first.
    static const record::Cell& cell_of(const std::string& place, std::size_t near, const Params& params,
                                       const std::string& sql) {
        if (near < params.size() && params.items()[near].first == place)
            return params.items()[near].second;
        for (const auto& [name, cell] : params.items()) {
            if (name == place)
                return cell;
        }
        throw DatabaseError(FailureKind::other, "no value for :" + place + " in " + sql.substr(0, 400));
    }

    void add(const record::Cell& cell, const std::string& place) {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            // PostgreSQL has no such text and would silently keep what stands before the NUL.
            if (text->find('\0') != std::string::npos)
                throw DatabaseError(FailureKind::other, "a text holds a NUL character: parameter " + place);
            texts_.push_back(text->c_str());
        } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
            texts_.push_back(keep(in_digits(*integer)));
        } else if (const auto* real = std::get_if<double>(&cell)) {
            texts_.push_back(keep(in_digits(*real)));
        } else {
            texts_.push_back(nullptr);
        }
    }

    const char* keep(std::string text) {
        kept_.push_back(std::make_unique<std::string>(std::move(text)));
        return kept_.back()->c_str();
    }

    std::vector<const char*> texts_;
    std::vector<std::unique_ptr<std::string>> kept_;
};

template <class Number>
Number number_in(std::string_view text, const std::string& sql) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw DatabaseError(FailureKind::other, "not a number in an answer: " + sql.substr(0, 400));
    return number;
}

record::Cell cell_in(const PGresult* result, int row, int column, record::CellKind kind, const std::string& sql) {
    if (PQgetisnull(result, row, column) != 0)
        return std::monostate{};
    const std::string_view text(PQgetvalue(result, row, column),
                                static_cast<std::size_t>(PQgetlength(result, row, column)));
    switch (kind) {
        case record::CellKind::integer:
            return number_in<std::int64_t>(text, sql);
        case record::CellKind::real:
            return number_in<double>(text, sql);
        case record::CellKind::text:
            break;
    }
    return std::string(text);
}

bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_name(char c) {
    return begins_name(c) || (c >= '0' && c <= '9');
}

}  // namespace

void PostgresSession::EndConnection::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

void PostgresSession::EndResult::operator()(pg_result* result) const {
    PQclear(result);
}

PostgresSession::PostgresSession(const std::string& target) : connection_(PQconnectdb(target.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        throw DatabaseError(FailureKind::lost_connection,
                            std::string("cannot open the database: ") + PQerrorMessage(connection_.get()));
    }
    run("SET client_min_messages = warning");
    run("SET TIME ZONE 'UTC'");
    // Plans are short and often used; compiling one costs more than all of its rows.
    run("SET jit = off");
}

/// `:name` becomes `$1`, the same number for the same name; what is quoted and `::` stay.
PostgresSession::Statement PostgresSession::numbered(const std::string& sql, std::string& text) {
    Statement statement;
    char quote = 0;
    for (std::size_t at = 0; at < sql.size();) {
        const char c = sql[at];
        if (quote != 0 || c == '\'' || c == '"') {
            quote = quote == 0 ? c : (c == quote ? char{0} : quote);
            text += c;
            ++at;
        } else if (c != ':' || at + 1 == sql.size() || !begins_name(sql[at + 1])) {
            const bool cast = c == ':' && sql.compare(at, 2, "::") == 0;
            text.append(sql, at, cast ? 2 : 1);
            at += cast ? 2 : 1;
        } else {
            std::size_t end = at + 1;
            while (end < sql.size() && continues_name(sql[end]))
                ++end;
            const std::string place = sql.substr(at + 1, end - at - 1);
            std::size_t number = 0;
            while (number < statement.places.size() && statement.places[number] != place)
                ++number;
            if (number == statement.places.size())
                statement.places.push_back(place);
            text += '$' + std::to_string(number + 1);
            at = end;
        }
    }
    return statement;
}

const PostgresSession::Statement& PostgresSession::prepared(const std::string& sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end())
        return found->second;
    begin_sending();
    if (statements_.size() >= most_statements) {
        statements_.clear();
        sent(PQsendQueryParams(connection_.get(), "DEALLOCATE ALL", 0, nullptr, nullptr, nullptr, nullptr, 0) == 1,
             "DEALLOCATE ALL", OpenKind::statement);
    }
    std::string text;
    Statement statement = numbered(sql, text);
    statement.name = "s" + std::to_string(++names_);
    sent(PQsendPrepare(connection_.get(), statement.name.c_str(), text.c_str(), 0, nullptr) == 1, sql,
         OpenKind::preparing);
    return statements_[sql] = std::move(statement);
}

void PostgresSession::begin_sending() {
    if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF && PQenterPipelineMode(connection_.get()) != 1)
        raise({}, "pipeline");
}

void PostgresSession::sent(bool good, const std::string& sql, OpenKind kind) {
    if (good) {
        open_.push_back({sql, kind});
    } else if (PQstatus(connection_.get()) == CONNECTION_OK) {
        throw DatabaseError(FailureKind::other, "statement cannot be sent: " + sql.substr(0, 400));
    } else {
        raise({}, sql);
    }
}

void PostgresSession::send(const std::string& sql, const Params& params) {
    if (open_.size() >= most_open)
        settle();
    send(sql, params, OpenKind::statement);
}

void PostgresSession::send(const std::string& sql, const Params& params, OpenKind kind) {
    const Statement& statement = prepared(sql);
    const Values values(statement.places, params, sql);
    begin_sending();
    sent(PQsendQueryPrepared(connection_.get(), statement.name.c_str(), values.size(), values.data(), nullptr, nullptr,
                             0) == 1,
         sql, kind);
}

void PostgresSession::conclude(const std::string& sql) {
    send(sql, {}, OpenKind::statement);
    sent(PQpipelineSync(connection_.get()) == 1, sql, OpenKind::end);
}

/// Fetches the answers to everything that is open, and keeps those that somebody asked for. Answers the first failure.
std::optional<PostgresSession::Failure> PostgresSession::fetch(std::vector<Result>& asked) {
    PGconn* connection = connection_.get();
    std::optional<Failure> failure;
    PQpipelineSync(connection);
    for (const Open& one : std::exchange(open_, {})) {
        Result answer(PQgetResult(connection));
        const ExecStatusType status = PQresultStatus(answer.get());
        if (one.kind == OpenKind::end) {
            if (status != PGRES_PIPELINE_SYNC && !failure)
                failure = Failure{{}, one.sql};
            continue;  // no null follows it
        }
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
            if (one.kind == OpenKind::asked)
                asked.push_back(std::move(answer));
        } else {
            const std::string code = sqlstate_of(answer.get());
            // A plan that no longer fits is made anew; what was not prepared after all as well.
            if (one.kind == OpenKind::preparing || kind_of_sqlstate(code) == FailureKind::other)
                statements_.erase(one.sql);
            if (!failure && status != PGRES_PIPELINE_ABORTED)
                failure = Failure{code, one.sql};
        }
        while (Result(PQgetResult(connection))) {  // until the null that ends its answers
        }
    }
    const Result end(PQgetResult(connection));  // of the pipeline itself
    PQexitPipelineMode(connection);
    return failure;
}

std::vector<PostgresSession::Result> PostgresSession::finish() {
    std::vector<Result> asked;
    if (const auto failure = fetch(asked))
        raise(failure->code, failure->sql);
    return asked;
}

void PostgresSession::settle() {
    if (!open_.empty())
        (void)finish();
}

void PostgresSession::forget() {
    std::vector<Result> asked;
    if (!open_.empty())
        (void)fetch(asked);
}

void PostgresSession::query(const std::string& sql, const Params& params, std::span<const record::CellKind> kinds,
                            const std::function<void(std::span<record::Cell>)>& each) {
    send(sql, params, OpenKind::asked);
    const auto asked = finish();
    const Result& answer = asked.back();
    const auto columns = static_cast<int>(kinds.size());
    if (PQnfields(answer.get()) < columns)
        throw DatabaseError(FailureKind::other, "fewer columns than asked for: " + sql.substr(0, 400));
    std::vector<record::Cell> cells(kinds.size());
    for (int row = 0; row < PQntuples(answer.get()); ++row) {
        for (int column = 0; column < columns; ++column) {
            const auto at = static_cast<std::size_t>(column);
            cells[at] = cell_in(answer.get(), row, column, kinds[at], sql);
        }
        each(cells);
    }
}

std::int64_t PostgresSession::execute(const std::string& sql, const Params& params) {
    send(sql, params, OpenKind::asked);
    const auto asked = finish();
    const Result& answer = asked.back();
    const std::string_view touched = PQcmdTuples(answer.get());
    return touched.empty() ? 0 : number_in<std::int64_t>(touched, sql);
}

std::vector<std::optional<std::int64_t>> PostgresSession::numbers(const std::vector<Question>& questions) {
    for (const auto& [sql, params] : questions)
        send(sql, params, OpenKind::asked);
    const auto asked = finish();
    std::vector<std::optional<std::int64_t>> result;
    result.reserve(questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const PGresult* answer = asked[i].get();
        const bool nothing = PQntuples(answer) == 0 || PQgetisnull(answer, 0, 0) != 0;
        result.push_back(nothing ? std::nullopt
                                 : std::optional(number_in<std::int64_t>(PQgetvalue(answer, 0, 0), questions[i].sql)));
    }
    return result;
}

void PostgresSession::run(const std::string& sql) {
    settle();
    check(Result(PQexec(connection_.get(), sql.c_str())), sql, PGRES_COMMAND_OK);
}

void PostgresSession::check(const Result& result, const std::string& sql, int wanted) const {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != static_cast<ExecStatusType>(wanted) && status != PGRES_TUPLES_OK)
        raise(sqlstate_of(result.get()), sql);
}

void PostgresSession::begin_copy(const std::string& sql) {
    settle();
    check(Result(PQexec(connection_.get(), sql.c_str())), "COPY", PGRES_COPY_IN);
}

void PostgresSession::send_copy(const std::string& rows) {
    if (PQputCopyData(connection_.get(), rows.data(), static_cast<int>(rows.size())) != 1)
        raise({}, "COPY");
}

void PostgresSession::end_copy() {
    PGconn* connection = connection_.get();
    PQputCopyEnd(connection, nullptr);
    const Result answer(PQgetResult(connection));
    while (Result(PQgetResult(connection))) {
    }
    check(answer, "COPY", PGRES_COMMAND_OK);
}

bool PostgresSession::in_transaction() const {
    return !open_.empty() || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
}

}  // namespace tsunagi::db
