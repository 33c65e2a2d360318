// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/place_words_store.hpp"

#include <algorithm>

#include "db/keyset_page.hpp"

namespace tsunagi::resources::store {
namespace {

constexpr std::size_t most_threes = 20;    ///< of one word; more do not narrow it any further
constexpr std::size_t most_endings = 200;  ///< threes that begin with two letters

/// As a term of FTS5.
std::string quoted(const std::string& three) {
    std::string result = "\"";
    for (const char letter : three)
        result += letter == '"' ? "\"\"" : std::string(1, letter);
    return result + "\"";
}

/// Terms of which each (` AND `) or any (` OR `) answers; empty for no term.
std::string joined(const std::vector<std::string>& threes, const char* between) {
    std::string result;
    for (const std::string& three : threes)
        result += (result.empty() ? "(" : between) + quoted(three);
    return result.empty() ? result : result + ")";
}

/// The threes of the index that begin with the two letters; at most one more than are of use.
std::vector<std::string> threes_from(db::ReadTx& tx, const std::string& two) {
    return tx.rows<std::string>(
        "SELECT term FROM place_terms WHERE term >= :two AND term < :two || char(0x10FFFF) LIMIT " +
            std::to_string(most_endings + 1),
        record::Params().set("two", two));
}

}  // namespace

std::vector<std::string> runs_of(const std::string& word, std::size_t length) {
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((static_cast<unsigned char>(word[i]) & 0xC0U) != 0x80U)
            begins.push_back(i);
    }
    begins.push_back(word.size());
    std::vector<std::string> result;
    for (std::size_t i = 0; i + length < begins.size(); ++i)
        result.push_back(word.substr(begins[i], begins[i + length] - begins[i]));
    return result;
}

std::optional<IndexedWords> indexed_words(db::ReadTx& tx, const std::vector<std::string>& words) {
    IndexedWords result;
    for (const std::string& word : words) {
        std::string terms;
        if (auto threes = runs_of(word, 3); !threes.empty()) {
            threes.resize(std::min(threes.size(), most_threes));
            terms = joined(threes, " AND ");
        } else if (!runs_of(word, 2).empty()) {
            const auto begun = threes_from(tx, word);
            if (begun.empty())
                return IndexedWords{quoted(word + " "), 0};  // a three that nobody has
            if (begun.size() <= most_endings)
                terms = joined(begun, " OR ");
        }
        if (!terms.empty())
            result.matching += (result.matching.empty() ? "" : " AND ") + terms;
    }
    if (result.matching.empty())
        return std::nullopt;
    result.found =
        tx.number("SELECT count(*) FROM (SELECT 1 FROM place_words WHERE place_words MATCH :matching LIMIT " +
                      std::to_string(db::counted_exactly + 1) + ") few",
                  record::Params().set("matching", result.matching));
    return result;
}

}  // namespace tsunagi::resources::store
