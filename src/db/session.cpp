// SPDX-License-Identifier: Apache-2.0
#include "db/session.hpp"

#include <unordered_map>

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace tsunagi::db {
namespace {

/// One prepared statement with the places its columns are fetched into. Their addresses must not move.
struct Prepared {
    explicit Prepared(soci::session& session) : statement(session) {}

    struct Column {
        long long integer = 0;
        double real = 0;
        std::string text;
        soci::indicator indicator = soci::i_ok;
    };

    struct Parameter {
        long long integer = 0;
        soci::indicator indicator = soci::i_ok;
    };

    soci::statement statement;
    std::vector<std::unique_ptr<Column>> columns;
    std::vector<std::unique_ptr<Parameter>> parameters;
};

/// What the present exception of SOCI means.
struct Failure {
    FailureKind kind = FailureKind::other;
    std::string code;
};

FailureKind kind_of_sqlstate(const std::string& code) {
    if (code == "40001" || code == "40P01" || code == "55P03")
        return FailureKind::busy;
    if (code.starts_with("23"))
        return FailureKind::constraint;
    // Without a code the server did not answer at all.
    if (code.starts_with("08") || code.starts_with("57P") || code.empty() || code.front() == ' ') {
        return FailureKind::lost_connection;
    }
    return FailureKind::other;
}

Failure present_failure() {
    try {
        throw;
    } catch (const soci::sqlite3_soci_error& error) {
        const int primary = error.result() & 0xff;
        FailureKind kind = FailureKind::other;
        if (primary == 5 || primary == 6)
            kind = FailureKind::busy;
        if (primary == 19)
            kind = FailureKind::constraint;
        return {kind, std::to_string(error.result())};
    } catch (const soci::postgresql_soci_error& error) {
        return {kind_of_sqlstate(error.sqlstate()), error.sqlstate()};
    } catch (const soci::soci_error& error) {
        Failure failure{FailureKind::other, "soci"};
        if (error.get_error_category() == soci::soci_error::constraint_violation)
            failure.kind = FailureKind::constraint;
        if (error.get_error_category() == soci::soci_error::connection_error)
            failure.kind = FailureKind::lost_connection;
        return failure;
    }
}

// The engine's own message may quote a value, so only its code goes on.
[[noreturn]] void raise(const Failure& failure, const std::string& sql) {
    throw DatabaseError(failure.kind, "statement failed (" + failure.code + "): " + sql.substr(0, 400));
}

}  // namespace

struct Session::Impl {
    soci::session soci;
    std::unordered_map<std::string, std::unique_ptr<Prepared>> cache;

    Prepared& prepare(const std::string& sql) {
        const auto found = cache.find(sql);
        if (found != cache.end())
            return *found->second;
        if (cache.size() >= 300)
            cache.clear();  // lists of many lengths make many texts; the usual ones soon return
        auto prepared = std::make_unique<Prepared>(soci);
        prepared->statement.alloc();
        prepared->statement.prepare(sql, soci::details::st_repeatable_query);
        return *(cache[sql] = std::move(prepared));
    }

    /// SQLite: a statement that failed half-way would hold its snapshot open. PostgreSQL: the prepared statement stays
    /// good, and could not even be given back inside a failed transaction; only a plan that no longer fits is.
    void after_failure(Engine engine, const std::string& sql, const Failure& failure) {
        if (engine == Engine::sqlite || failure.kind == FailureKind::other)
            cache.erase(sql);
    }

    [[nodiscard]] PGconn* postgres() {
        // SOCI hides the type of its backend; the engine says which one it is.
        return static_cast<soci::postgresql_session_backend*>(soci.get_backend())->conn_;
    }

    [[nodiscard]] sqlite_api::sqlite3* sqlite() {
        return static_cast<soci::sqlite3_session_backend*>(soci.get_backend())->conn_;
    }

    static void bind(Prepared& prepared, const Params& params) {
        auto& statement = prepared.statement;
        statement.bind_clean_up();
        while (prepared.parameters.size() < params.size()) {
            prepared.parameters.push_back(std::make_unique<Prepared::Parameter>());
        }
        static const std::string nothing;
        std::size_t i = 0;
        for (const auto& [name, cell] : params.items()) {
            auto& slot = *prepared.parameters[i++];
            slot.indicator = soci::i_ok;
            if (const auto* text = std::get_if<std::string>(&cell)) {
                // PostgreSQL has no such text and would silently keep what stands before the NUL.
                if (text->find('\0') != std::string::npos) {
                    throw DatabaseError(FailureKind::other, "a text holds a NUL character: parameter " + name);
                }
                statement.exchange(soci::use(*text, slot.indicator, name));
            } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
                slot.integer = *integer;
                statement.exchange(soci::use(slot.integer, slot.indicator, name));
            } else if (const auto* real = std::get_if<double>(&cell)) {
                statement.exchange(soci::use(*real, slot.indicator, name));
            } else {
                slot.indicator = soci::i_null;
                statement.exchange(soci::use(nothing, slot.indicator, name));
            }
        }
    }
};

Session::Session(Engine engine, const std::string& target, std::atomic<std::uint64_t>* total)
    : impl_(std::make_unique<Impl>()), engine_(engine), total_(total) {
    try {
        if (engine == Engine::sqlite) {
            // SOCI parses its own connection string; quoting keeps paths with blanks whole.
            impl_->soci.open(soci::sqlite3, "db=\"" + target + "\" timeout=10");
            for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
                                       "PRAGMA busy_timeout=10000", "PRAGMA cache_size=-4000",
                                       "PRAGMA temp_store=MEMORY", "PRAGMA wal_autocheckpoint=2000",
                                       // A long reader lets the log grow; afterwards it is cut again.
                                       "PRAGMA journal_size_limit=67108864"}) {
                impl_->soci << pragma;
            }
        } else {
            impl_->soci.open(soci::postgresql, target);
            impl_->soci << "SET client_min_messages = warning";
            impl_->soci << "SET TIME ZONE 'UTC'";
        }
    } catch (const soci::soci_error& error) {
        throw DatabaseError(FailureKind::lost_connection, "cannot open the database: " + error.get_error_message());
    }
}

Session::~Session() {
    impl_->cache.clear();  // statements go before their connection
}

void Session::count() {
    ++statements_;
    if (total_ != nullptr)
        total_->fetch_add(1, std::memory_order_relaxed);
}

void Session::query(const std::string& sql, const Params& params, std::span<const record::CellKind> kinds,
                    const std::function<void(std::span<record::Cell>)>& each) {
    count();
    std::vector<record::Cell> cells(kinds.size());
    try {
        Prepared& prepared = impl_->prepare(sql);
        Impl::bind(prepared, params);
        auto& statement = prepared.statement;
        while (prepared.columns.size() < kinds.size()) {
            prepared.columns.push_back(std::make_unique<Prepared::Column>());
        }
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            auto& column = *prepared.columns[i];
            switch (kinds[i]) {
                case record::CellKind::integer:
                    statement.exchange(soci::into(column.integer, column.indicator));
                    break;
                case record::CellKind::real:
                    statement.exchange(soci::into(column.real, column.indicator));
                    break;
                case record::CellKind::text:
                    statement.exchange(soci::into(column.text, column.indicator));
                    break;
            }
        }
        statement.define_and_bind();
        bool got = statement.execute(true);
        while (got) {
            for (std::size_t i = 0; i < kinds.size(); ++i) {
                auto& column = *prepared.columns[i];
                if (column.indicator == soci::i_null) {
                    cells[i] = std::monostate{};
                } else if (kinds[i] == record::CellKind::integer) {
                    cells[i] = static_cast<std::int64_t>(column.integer);
                } else if (kinds[i] == record::CellKind::real) {
                    cells[i] = column.real;
                } else {
                    cells[i] = column.text;
                }
            }
            each(cells);
            got = statement.fetch();
        }
    } catch (const soci::soci_error&) {
        failed_ = true;
        const Failure failure = present_failure();
        impl_->after_failure(engine_, sql, failure);
        raise(failure, sql);
    } catch (...) {
        impl_->cache.erase(sql);  // a half-read statement would hold its snapshot open
        throw;
    }
}

std::int64_t Session::execute(const std::string& sql, const Params& params) {
    count();
    try {
        Prepared& prepared = impl_->prepare(sql);
        Impl::bind(prepared, params);
        prepared.statement.define_and_bind();
        prepared.statement.execute(true);
        return prepared.statement.get_affected_rows();
    } catch (const soci::soci_error&) {
        failed_ = true;
        const Failure failure = present_failure();
        impl_->after_failure(engine_, sql, failure);
        raise(failure, sql);
    }
}

void Session::run(const std::string& sql) {
    count();
    try {
        impl_->soci << sql;
    } catch (const soci::soci_error&) {
        failed_ = true;
        raise(present_failure(), sql);
    }
}

bool Session::in_transaction() const {
    if (engine_ == Engine::sqlite)
        return sqlite_api::sqlite3_get_autocommit(impl_->sqlite()) == 0;
    return PQtransactionStatus(impl_->postgres()) != PQTRANS_IDLE;  // a broken connection does not know
}

bool Session::has_unresolved_reference() const {
    if (engine_ != Engine::sqlite)
        return false;
    int open = 0;
    int unused = 0;
    sqlite_api::sqlite3_db_status(impl_->sqlite(), SQLITE_DBSTATUS_DEFERRED_FKS, &open, &unused, 0);
    return open != 0;
}

void Session::check_copy(pg_result* result, int wanted) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string code = state == nullptr ? "" : state;
    const bool good = result != nullptr && PQresultStatus(result) == static_cast<ExecStatusType>(wanted);
    PQclear(result);
    if (good)
        return;
    failed_ = true;
    raise({kind_of_sqlstate(code), code}, "COPY");
}

void Session::begin_copy(const std::string& sql) {
    count();
    check_copy(PQexec(impl_->postgres(), sql.c_str()), PGRES_COPY_IN);
}

void Session::send_copy(const std::string& rows) {
    if (PQputCopyData(impl_->postgres(), rows.data(), static_cast<int>(rows.size())) == 1)
        return;
    failed_ = true;
    raise({FailureKind::lost_connection, ""}, "COPY");
}

void Session::end_copy() {
    PGconn* connection = impl_->postgres();
    PQputCopyEnd(connection, nullptr);
    check_copy(PQgetResult(connection), PGRES_COMMAND_OK);
    while (PGresult* rest = PQgetResult(connection))
        PQclear(rest);
}

}  // namespace tsunagi::db
