// SPDX-License-Identifier: Apache-2.0
// Which code a word of theirs means. Pure.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/imports/import.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::imports {

/// What a mark in a column of one code says.
enum class Mark { none, yes, suspected, unknown };

/// packs/standard/import_words.yaml, every word in its compared form.
struct ImportWords {
    std::vector<std::pair<std::string, std::vector<std::string>>> fields;
    /// scheme → code → words
    std::map<std::string, std::map<std::string, std::vector<std::string>>, std::less<>> codes;
    std::vector<std::string> yes;
    std::vector<std::string> suspected;
    std::vector<std::string> no;

    [[nodiscard]] Mark mark(std::string_view cell) const;
};

/// Throws std::runtime_error that names the file and what is wrong.
[[nodiscard]] ImportWords read_import_words(const std::filesystem::path& file);

/// A person or a district that a word can name.
struct Named {
    std::string id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, name))

/// The code scheme of a field, `receiver`, `district` or `state` for what is none, empty for a field without words.
[[nodiscard]] std::string scheme_of(std::string_view field);

/// The words of one desk.
class WordBook {
public:
    WordBook(const packs::CodeBook& codes, const ImportWords& words, const std::vector<Named>& receivers,
             const std::vector<Named>& districts);

    struct Reading {
        std::optional<std::string> code;
        bool certain = false;
    };

    /// By label, short label, code, synonym; with a number before it too. Else a guess by what one contains of the
    /// other.
    [[nodiscard]] Reading read(std::string_view field, std::string_view word) const;
    /// Whether the code exists in the field's scheme.
    [[nodiscard]] bool has(std::string_view field, std::string_view code) const;

private:
    struct Entry {
        std::string name;  ///< folded
        std::string code;
    };

    struct Scheme {
        std::map<std::string, std::string, std::less<>> exact;  ///< no code: two of them bear that name
        std::vector<Entry> entries;
        std::map<std::string, bool, std::less<>> codes;
    };

    static void add(Scheme& scheme, const std::string& code, std::string_view name);

    std::map<std::string, Scheme, std::less<>> schemes_;
};

}  // namespace tsunagi::imports
