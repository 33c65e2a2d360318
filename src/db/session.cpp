// SPDX-License-Identifier: Apache-2.0
#include "db/session.hpp"

#include <unordered_map>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "db/postgres_session.hpp"

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

/// A column keeps so many bytes for its next text.
constexpr std::size_t most_kept = 16UL * 1024;

/// What the present exception of SOCI means.
struct Failure {
    FailureKind kind = FailureKind::other;
    std::string code;
};

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
    std::optional<PostgresSession> postgres;  // or, on SQLite:
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
                // PostgreSQL has no such text, and both shall take the same.
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
    if (engine == Engine::postgres) {
        impl_->postgres.emplace(target);
        return;
    }
    try {
        // SOCI parses its own connection string; quoting keeps paths with blanks whole.
        impl_->soci.open(soci::sqlite3, "db=\"" + target + "\" timeout=10");
        for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
                                   "PRAGMA busy_timeout=10000", "PRAGMA cache_size=-4000", "PRAGMA temp_store=MEMORY",
                                   "PRAGMA wal_autocheckpoint=2000",
                                   // A long reader lets the log grow; afterwards it is cut again.
                                   "PRAGMA journal_size_limit=67108864"}) {
            impl_->soci << pragma;
        }
    } catch (const soci::soci_error& error) {
        throw DatabaseError(FailureKind::lost_connection, "cannot open the database: " + error.get_error_message());
    }
}

Session::~Session() {
    impl_->cache.clear();  // statements go before their connection
}

void Session::count(const std::string& sql) {
    ++statements_;
    if (!sql.starts_with("SELECT"))
        ++writes_;
    if (total_ != nullptr)
        total_->fetch_add(1, std::memory_order_relaxed);
}

/// Remembers that a statement failed.
template <class Work>
auto Session::guarded(Work&& work) {
    try {
        return work();
    } catch (const DatabaseError&) {
        failed_ = true;
        throw;
    }
}

void Session::query(const std::string& sql, const Params& params, std::span<const record::CellKind> kinds,
                    const std::function<void(std::span<record::Cell>)>& each) {
    count(sql);
    if (impl_->postgres)
        return guarded([&] { impl_->postgres->query(sql, params, kinds, each); });
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
        for (const auto& column : prepared.columns) {
            if (column->text.capacity() > most_kept)
                std::string().swap(column->text);  // one long text would be held by every connection
        }
    } catch (const soci::soci_error&) {
        failed_ = true;
        const Failure failure = present_failure();
        impl_->cache.erase(sql);  // a statement that failed half-way would hold its snapshot open
        raise(failure, sql);
    } catch (...) {
        impl_->cache.erase(sql);  // a half-read statement would hold its snapshot open
        throw;
    }
}

std::int64_t Session::execute(const std::string& sql, const Params& params) {
    count(sql);
    if (impl_->postgres)
        return guarded([&] { return impl_->postgres->execute(sql, params); });
    try {
        Prepared& prepared = impl_->prepare(sql);
        Impl::bind(prepared, params);
        prepared.statement.define_and_bind();
        prepared.statement.execute(true);
        return prepared.statement.get_affected_rows();
    } catch (const soci::soci_error&) {
        failed_ = true;
        const Failure failure = present_failure();
        impl_->cache.erase(sql);
        raise(failure, sql);
    }
}

void Session::send(const std::string& sql, const Params& params) {
    if (!impl_->postgres) {
        execute(sql, params);
        return;
    }
    count(sql);
    guarded([&] { impl_->postgres->send(sql, params); });
}

std::vector<std::optional<std::int64_t>> Session::numbers(const std::vector<Question>& questions) {
    std::vector<std::optional<std::int64_t>> result;
    if (impl_->postgres) {
        for (const auto& question : questions)
            count(question.sql);
        guarded([&] { result = impl_->postgres->numbers(questions); });
        return result;
    }
    static constexpr std::array kinds{record::CellKind::integer};
    for (const auto& [sql, params] : questions) {
        auto& number = result.emplace_back();
        query(sql, params, kinds, [&](std::span<record::Cell> cells) {
            if (!number && std::holds_alternative<std::int64_t>(cells[0]))
                number = std::get<std::int64_t>(cells[0]);
        });
    }
    return result;
}

void Session::conclude() {
    if (!impl_->postgres) {
        execute("COMMIT");
        return;
    }
    count("COMMIT");
    guarded([&] { impl_->postgres->conclude("COMMIT"); });
}

void Session::roll_back(const std::string& sql) {
    forget_chain_tip();
    if (impl_->postgres)
        impl_->postgres->forget();
    execute(sql);
}

void Session::run(const std::string& sql) {
    count(sql);
    if (impl_->postgres)
        return guarded([&] { impl_->postgres->run(sql); });
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
    return impl_->postgres->in_transaction();
}

bool Session::has_unresolved_reference() const {
    if (engine_ != Engine::sqlite)
        return false;
    int open = 0;
    int unused = 0;
    sqlite_api::sqlite3_db_status(impl_->sqlite(), SQLITE_DBSTATUS_DEFERRED_FKS, &open, &unused, 0);
    return open != 0;
}

void Session::begin_copy(const std::string& sql) {
    count(sql);
    guarded([&] { impl_->postgres->begin_copy(sql); });
}

void Session::send_copy(const std::string& rows) {
    guarded([&] { impl_->postgres->send_copy(rows); });
}

void Session::end_copy() {
    guarded([&] { impl_->postgres->end_copy(); });
}

}  // namespace tsunagi::db
