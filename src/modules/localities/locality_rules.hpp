// SPDX-License-Identifier: Apache-2.0
// From the bytes of a list of municipalities, of their changes or of postal codes to rows. Pure.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "modules/localities/locality.hpp"

namespace tsunagi::localities {

/// packs/standard/locality_files.yaml
struct CodeHeaders {
    std::vector<std::string> code;
    std::vector<std::string> prefecture;
    std::vector<std::string> name;
    std::vector<std::string> kana;
};
BOOST_DESCRIBE_STRUCT(CodeHeaders, (), (code, prefecture, name, kana))

struct ChangeHeaders {
    std::vector<std::string> code;
    std::vector<std::string> name;
    std::vector<std::string> successor;
    std::vector<std::string> successor_name;
    std::vector<std::string> changed_on;
    std::vector<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeHeaders, (), (code, name, successor, successor_name, changed_on, reason))

/// Years of an era are counted from 1.
struct LocalityEra {
    std::vector<std::string> words;
    std::int64_t before = 0;  ///< the year before its first one
};
BOOST_DESCRIBE_STRUCT(LocalityEra, (), (words, before))

struct LocalityBracket {
    std::string open;
    std::string close;
};
BOOST_DESCRIBE_STRUCT(LocalityBracket, (), (open, close))

struct LocalityWords {
    CodeHeaders codes;
    ChangeHeaders changes;
    std::vector<LocalityEra> eras;
    LocalityBracket bracket;
    std::vector<std::string> unchanged;
    std::vector<std::string> no_town;
    std::vector<std::string> no_town_ends;
};
BOOST_DESCRIBE_STRUCT(LocalityWords, (), (codes, changes, eras, bracket, unchanged, no_town, no_town_ends))

struct Municipality {
    std::string code;  ///< 6 digits
    std::string prefecture;
    std::string name;
    std::string kana;
    bool operator==(const Municipality&) const = default;
};
BOOST_DESCRIBE_STRUCT(Municipality, (), (code, prefecture, name, kana))

struct MunicipalityChange {
    std::string code;       ///< that was, 6 digits
    std::string successor;  ///< 6 digits; empty where nothing follows
    core::Date changed_on;
    std::string name;
    std::string successor_name;
    std::string reason;
    bool operator==(const MunicipalityChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(MunicipalityChange, (), (code, successor, changed_on, name, successor_name, reason))

/// One of the lists is filled.
struct LocalityFile {
    LocalityKind kind{};
    std::vector<Municipality> municipalities;
    std::vector<MunicipalityChange> changes;
    std::vector<Town> towns;
};
BOOST_DESCRIBE_STRUCT(LocalityFile, (), (kind, municipalities, changes, towns))

[[nodiscard]] LocalityWords read_locality_words(const std::filesystem::path& folder);

/// Whether the first lines are those of one of these lists; reads no further.
[[nodiscard]] bool is_locality_file(const LocalityWords& words, std::string_view bytes);

/// Rows in the order of their keys, each once. Throws core::Error `invalid`: `locality_unknown` for any other file, and
/// at `/rows/N` `municipality_code`, `name`, `postal_code`, `date`; as workbooks::read.
[[nodiscard]] LocalityFile read_localities(const LocalityWords& words, std::string_view bytes);

/// The town as an address writes it: without what stands in brackets, without words that name no town.
[[nodiscard]] std::string town_of(const LocalityWords& words, const std::string& written);

}  // namespace tsunagi::localities
