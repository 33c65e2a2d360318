// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "db/session.hpp"

namespace tsunagi::db {

namespace detail {

template <class Row>
constexpr auto kinds_of() {
    if constexpr (record::DescribedStruct<Row>) {
        using Members = boost::describe::describe_members<Row, record::all_members>;
        std::array<record::CellKind, boost::mp11::mp_size<Members>::value> kinds{};
        std::size_t i = 0;
        boost::mp11::mp_for_each<Members>([&](auto d) {
            kinds[i++] = record::cell_kind<std::remove_cvref_t<decltype(std::declval<Row>().*d.pointer)>>();
        });
        return kinds;
    } else {
        return std::array<record::CellKind, 1>{record::cell_kind<Row>()};
    }
}

template <class T>
void from_cell(record::Cell& cell, T& out) {
    if constexpr (record::is_optional<T>::value) {
        if (std::holds_alternative<std::monostate>(cell)) {
            out.reset();
        } else {
            typename T::value_type value{};
            from_cell(cell, value);
            out = std::move(value);
        }
    } else if (std::holds_alternative<std::monostate>(cell)) {
        out = T{};
    } else if constexpr (std::is_same_v<T, bool>) {
        out = std::get<std::int64_t>(cell) != 0;
    } else if constexpr (std::is_integral_v<T>) {
        out = static_cast<T>(std::get<std::int64_t>(cell));
    } else if constexpr (std::is_same_v<T, double>) {
        out = std::get<double>(cell);
    } else if constexpr (std::is_same_v<T, std::string>) {
        out = std::move(std::get<std::string>(cell));
    } else if constexpr (record::is_whole<T>::value) {
        out.value = std::get<std::int64_t>(cell);
    } else {
        out = record::from_stored<T>(std::get<std::string>(cell));
    }
}

template <class Row>
Row from_cells(std::span<record::Cell> cells) {
    Row row{};
    if constexpr (record::DescribedStruct<Row>) {
        std::size_t i = 0;
        record::for_each_member<Row>([&](auto d) { from_cell(cells[i++], row.*d.pointer); });
    } else {
        from_cell(cells[0], row);
    }
    return row;
}

}  // namespace detail

/// Sees one consistent state of the database. Passed to every store function that reads.
class ReadTx {
public:
    explicit ReadTx(Session& session) : session_(session) {}

    /// All rows. `Row` is a described struct whose members stand in the order of the SELECT, or one scalar.
    template <class Row>
    [[nodiscard]] std::vector<Row> rows(const std::string& sql, const Params& params = {}) {
        static constexpr auto kinds = detail::kinds_of<Row>();
        std::vector<Row> result;
        session_.query(sql, params, kinds,
                       [&](std::span<record::Cell> cells) { result.push_back(detail::from_cells<Row>(cells)); });
        return result;
    }

    /// The first row, or nothing.
    template <class Row>
    [[nodiscard]] std::optional<Row> row(const std::string& sql, const Params& params = {}) {
        static constexpr auto kinds = detail::kinds_of<Row>();
        std::optional<Row> result;
        session_.query(sql, params, kinds, [&](std::span<record::Cell> cells) {
            if (!result)
                result = detail::from_cells<Row>(cells);
        });
        return result;
    }

    /// A single number such as count(*); 0 when there is no row.
    [[nodiscard]] std::int64_t number(const std::string& sql, const Params& params = {}) {
        return row<std::int64_t>(sql, params).value_or(0);
    }

    /// The number each question is answered with, nothing where it has no row. One wait for all of them.
    [[nodiscard]] std::vector<std::optional<std::int64_t>> numbers(const std::vector<Question>& questions) {
        return session_.numbers(questions);
    }

    [[nodiscard]] Engine engine() const { return session_.engine(); }

    [[nodiscard]] std::uint64_t statements() const { return session_.statements(); }

protected:
    Session& session_;  // NOLINT: a transaction is a view of its session
};

/// May also write. Whatever it wrote is on disk when `Database::write` returns, or not at all.
class WriteTx : public ReadTx {
public:
    using ReadTx::ReadTx;

    /// Answers the number of rows it touched.
    std::int64_t execute(const std::string& sql, const Params& params = {}) { return session_.execute(sql, params); }

    /// The same where nobody asks for that number: PostgreSQL is not waited for, and a failure is told by a later
    /// statement, at the latest by the commit.
    void send(const std::string& sql, const Params& params = {}) { session_.send(sql, params); }

    /// INSERT of every member of a described row into the columns of the same names.
    template <record::DescribedStruct Row>
    void insert(std::string_view table, const Row& row) {
        static const std::string tail = [] {
            std::string places;
            record::for_each_member<Row>([&](auto d) {
                if (!places.empty())
                    places += ", ";
                places += ':';
                places += d.name;
            });
            return " (" + record::columns<Row>() + ") VALUES (" + places + ")";
        }();
        send("INSERT INTO " + std::string(table) + tail, Params().set_all(row));
    }

    /// The audit chain of this writer.
    [[nodiscard]] std::int64_t writer_number() const { return session_.writer_number(); }

    /// Where it ends, if that need not be read.
    [[nodiscard]] const std::optional<ChainTip>& chain_tip() const { return session_.chain_tip(); }

    void set_chain_tip(ChainTip tip) { session_.set_chain_tip(std::move(tip)); }
};

}  // namespace tsunagi::db
