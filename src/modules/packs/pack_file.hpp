// SPDX-License-Identifier: Apache-2.0
// Reads packs/<name>/pack.yaml. Anything unknown, repeated or missing is refused with its line: a spelling mistake in a
// code table would otherwise be found a year later in somebody's figures.
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "modules/packs/pack.hpp"

namespace tsunagi::packs {

/// A pack that cannot be used. The message begins with `line N: `.
class PackError : public std::runtime_error {
public:
    PackError(int line, const std::string& what) : std::runtime_error("line " + std::to_string(line) + ": " + what) {}
};

/// A folder of packs that cannot be used. The message names file and line.
class PacksUnreadable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The sections that serve codes and sheets. `month_table`, `matrix`, `plan` and `indicators` may stand in the file
/// too. Throws PackError and nothing else, whatever the bytes.
[[nodiscard]] Pack parse_pack(const std::string& text);

/// Every pack of the folder by name. Throws PacksUnreadable.
[[nodiscard]] std::vector<Pack> read_packs(const std::filesystem::path& folder);

}  // namespace tsunagi::packs
