// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/localities/locality_rules.hpp"

namespace tsunagi::localities::store {

[[nodiscard]] std::vector<LocalityList> lists(db::ReadTx& tx);
void put(db::WriteTx& tx, const LocalityList& list);

/// In the order of their keys, as `read_localities` gives them.
[[nodiscard]] std::vector<Municipality> municipalities(db::ReadTx& tx);
[[nodiscard]] std::vector<MunicipalityChange> changes(db::ReadTx& tx);
[[nodiscard]] std::vector<Town> towns(db::ReadTx& tx);

void insert(db::WriteTx& tx, const Municipality& one);
void insert(db::WriteTx& tx, const MunicipalityChange& one);
void insert(db::WriteTx& tx, const Town& one);
void remove(db::WriteTx& tx, const Municipality& one);
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
