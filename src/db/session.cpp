// SPDX-License-Identifier: Apache-2.0
#include "db/session.hpp"

#include <unordered_map>

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

[[noreturn]] void rethrow(const std::string& sql) {
    FailureKind kind = FailureKind::other;
    std::string code;
    try {
        throw;
    } catch (const soci::sqlite3_soci_error& error) {
        const int result = error.result();
        code = std::to_string(result);
        if ((result & 0xff) == 5 || (result & 0xff) == 6) kind = FailureKind::busy;
        if ((result & 0xff) == 19) kind = FailureKind::constraint;
    } catch (const soci::postgresql_soci_error& error) {
        code = error.sqlstate();
        if (code == "40001" || code == "40P01" || code == "55P03") kind = FailureKind::busy;
        if (code.starts_with("23")) kind = FailureKind::constraint;
        if (code.starts_with("08") || code.starts_with("57P") || code.empty() || code.front() == ' ') {
            kind = FailureKind::lost_connection;
        }
    } catch (const soci::soci_error& error) {
        code = "soci";
        if (error.get_error_category() == soci::soci_error::constraint_violation) kind = FailureKind::constraint;
        if (error.get_error_category() == soci::soci_error::connection_error) kind = FailureKind::lost_connection;
    }
    // The engine's own message may quote a value, so only its code goes on.
    throw DatabaseError(kind, "statement failed (" + code + "): " + sql.substr(0, 400));
}

}  // namespace

struct Session::Impl {
    soci::session soci;
    std::unordered_map<std::string, std::unique_ptr<Prepared>> cache;

    Prepared& prepare(const std::string& sql) {
        const auto found = cache.find(sql);
        if (found != cache.end()) return *found->second;
        if (cache.size() >= 300) cache.clear();
        auto prepared = std::make_unique<Prepared>(soci);
        prepared->statement.alloc();
        prepared->statement.prepare(sql, soci::details::st_repeatable_query);
        return *(cache[sql] = std::move(prepared));
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

Session::Session(Engine engine, const std::string& target) : impl_(std::make_unique<Impl>()), engine_(engine) {
    try {
        if (engine == Engine::sqlite) {
            // SOCI parses its own connection string; quoting keeps paths with blanks whole.
            impl_->soci.open(soci::sqlite3, "db=\"" + target + "\" timeout=10");
            for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
                                       "PRAGMA busy_timeout=10000", "PRAGMA cache_size=-4000",
                                       "PRAGMA temp_store=MEMORY", "PRAGMA wal_autocheckpoint=2000"}) {
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

void Session::query(const std::string& sql, const Params& params, std::span<const record::CellKind> kinds,
                    const std::function<void(std::span<record::Cell>)>& each) {
    statements_.fetch_add(1, std::memory_order_relaxed);
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
                case record::CellKind::integer: statement.exchange(soci::into(column.integer, column.indicator)); break;
                case record::CellKind::real: statement.exchange(soci::into(column.real, column.indicator)); break;
                case record::CellKind::text: statement.exchange(soci::into(column.text, column.indicator)); break;
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
        impl_->cache.erase(sql);
        rethrow(sql);
    } catch (...) {
        impl_->cache.erase(sql);  // a half-read statement would hold its snapshot open
        throw;
    }
}

std::int64_t Session::execute(const std::string& sql, const Params& params) {
    statements_.fetch_add(1, std::memory_order_relaxed);
    try {
        Prepared& prepared = impl_->prepare(sql);
        Impl::bind(prepared, params);
        prepared.statement.define_and_bind();
        prepared.statement.execute(true);
        return prepared.statement.get_affected_rows();
    } catch (const soci::soci_error&) {
        impl_->cache.erase(sql);
        rethrow(sql);
    }
}

void Session::run(const std::string& sql) {
    try {
        impl_->soci << sql;
    } catch (const soci::soci_error&) {
        rethrow(sql);
    }
}

bool Session::in_transaction() const {
    if (engine_ != Engine::sqlite) return true;
    // SOCI hides the type information of its backends; the engine says which one it is.
    const auto* backend = static_cast<soci::sqlite3_session_backend*>(impl_->soci.get_backend());
    return sqlite_api::sqlite3_get_autocommit(backend->conn_) == 0;
}

}  // namespace tsunagi::db
