// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/packs/pack.hpp"

namespace tsunagi::packs {

/// All schemes with their codes by position, in two statements.
[[nodiscard]] std::vector<Scheme> load_schemes(db::ReadTx& tx);
/// Names of the schemes that somebody changed by hand.
[[nodiscard]] std::vector<std::string> edited_schemes(db::ReadTx& tx);
/// Takes the next version of a scheme for this transaction; false when the stored one is another by now.
[[nodiscard]] bool claim_version(db::WriteTx& tx, const std::string& name, std::int64_t version);
/// Writes the scheme as it stands, new or not. `edited`: by a person, so that a pack no longer overwrites it by itself.
void save_scheme(db::WriteTx& tx, const Scheme& scheme, bool edited);

/// Names of the chosen packs in the order in which they are applied.
[[nodiscard]] std::vector<std::string> chosen_packs(db::ReadTx& tx);
void save_choice(db::WriteTx& tx, const std::vector<record::CodeName>& names, const core::Instant& now);

/// The sheet of the last chosen pack that has one.
[[nodiscard]] std::optional<Sheet> sheet_in_force(db::ReadTx& tx);
void save_sheet(db::WriteTx& tx, const Sheet& sheet);

}  // namespace tsunagi::packs
