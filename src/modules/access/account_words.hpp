// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace tsunagi::access {

/// Data of packs/standard/account_words.yaml, read once at the start.
struct AccountWords {
    std::vector<std::string> login_words;
    std::vector<std::string> name_words;
    std::vector<std::string> common_passwords;  ///< in lower case
};

/// Throws std::runtime_error naming the file and what is wrong.
[[nodiscard]] AccountWords read_account_words(const std::filesystem::path& file);

}  // namespace tsunagi::access
