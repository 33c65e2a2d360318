// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/localities/locality_rules.hpp"

namespace tsunagi::localities::store {

/// What takes a loading back. Of the first one of a kind that is everything, which is not written down row by row.
struct Undo {
    bool everything = false;
    LocalityFile out;   ///< rows that go
    LocalityFile back;  ///< rows that come again
};
BOOST_DESCRIBE_STRUCT(Undo, (), (everything, out, back))

struct Loading {
    LocalityLoadingId id;
    LocalityKind kind{};
    std::string file_name;
    std::int64_t count = 0;
    core::Instant loaded_at;
    std::string loaded_by_name;
    std::string undo;  ///< JSON
};
BOOST_DESCRIBE_STRUCT(Loading, (), (id, kind, file_name, count, loaded_at, loaded_by_name, undo))

/// The newest loading of each kind.
[[nodiscard]] std::vector<LocalityList> lists(db::ReadTx& tx);
[[nodiscard]] std::optional<Loading> loading(db::ReadTx& tx, const LocalityLoadingId& id);
void insert(db::WriteTx& tx, const Loading& loading);
void take_back(db::WriteTx& tx, const Loading& loading);

/// In the order of their keys, as `read_localities` gives them.
[[nodiscard]] std::vector<Municipality> municipalities(db::ReadTx& tx);
[[nodiscard]] std::vector<MunicipalityChange> changes(db::ReadTx& tx);
[[nodiscard]] std::vector<Town> towns(db::ReadTx& tx);

void insert(db::WriteTx& tx, const Municipality& one);
void insert(db::WriteTx& tx, const MunicipalityChange& one);
void insert(db::WriteTx& tx, const Town& one);
void remove(db::WriteTx& tx, const Municipality& one);
void remove(db::WriteTx& tx, const MunicipalityChange& one);
void remove(db::WriteTx& tx, const Town& one);

struct NextCode {
    std::string code;
    std::string successor;
};
BOOST_DESCRIBE_STRUCT(NextCode, (), (code, successor))

[[nodiscard]] std::vector<NextCode> next_codes(db::ReadTx& tx);
[[nodiscard]] std::vector<std::string> standing_codes(db::ReadTx& tx);

/// Names of municipalities as the list of codes writes them, else as the postal codes do.
[[nodiscard]] std::vector<PostalTown> towns_of(db::ReadTx& tx, const std::string& postal_code);

}  // namespace tsunagi::localities::store
