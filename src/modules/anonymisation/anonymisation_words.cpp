// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/anonymisation_words.hpp"

#include <algorithm>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include "record/scalar.hpp"

namespace tsunagi::anonymisation {
namespace {

YAML::Node child(const YAML::Node& root, const char* name) {
    YAML::Node node = root[name];
    if (!node)
        throw std::runtime_error(std::string("needs `") + name + "`");
    return node;
}

std::vector<std::u32string> words(const YAML::Node& node, const SameLetters& same) {
    std::vector<std::u32string> result;
    for (const auto& word : node.as<std::vector<std::string>>()) {
        if (auto letters = letters_of(word, same); !letters.empty())
            result.push_back(std::move(letters));
    }
    std::ranges::stable_sort(result, [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return result;
}

std::set<std::u32string> set_of(const YAML::Node& node, const SameLetters& same) {
    const auto list = words(node, same);
    return {list.begin(), list.end()};
}

/// The first letter of each group stands for the others.
SameLetters same_letters(const YAML::Node& groups) {
    SameLetters result;
    for (const auto& group : groups.as<std::vector<std::string>>()) {
        const auto letters = letters_of(group, {});
        for (std::size_t i = 1; i < letters.size(); ++i)
            result.emplace(letters[i], letters[0]);
    }
    for (auto& [letter, first] : result) {
        for (auto next = result.find(first); next != result.end() && next->second != letter; next = result.find(first))
            first = next->second;
    }
    return result;
}

void replace_all(std::string& text, std::string_view name, const std::string& by) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + by.size()))
        text.replace(at, name.size(), by);
}

std::string any_of(const YAML::Node& node) {
    std::string result;
    for (const auto& one : node.as<std::vector<std::string>>())
        result += (result.empty() ? "(?:" : "|") + one;
    return result + ")";
}

std::shared_ptr<const icu::RegexPattern> compiled(const std::string& pattern) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place{};
    std::shared_ptr<const icu::RegexPattern> result(
        icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(pattern), UREGEX_MULTILINE, place, status));
    if (U_FAILURE(status) != 0 || result == nullptr)
        throw std::runtime_error("no regular expression: " + pattern);
    return result;
}

}  // namespace

AnonymisationWords read_anonymisation_words(const std::filesystem::path& folder) {
    const auto file = folder / "anonymisation_words.yaml";
    try {
        AnonymisationWords result;
        result.same = same_letters(child(YAML::LoadFile((folder / "search_words.yaml").string()), "same_letters"));
        const YAML::Node root = YAML::LoadFile(file.string());
        const SameLetters& same = result.same;
        result.polite = words(child(root, "polite"), same);
        result.titles = words(child(root, "titles"), same);
        result.nobody = set_of(child(root, "nobody"), same);
        result.relations = words(child(root, "relations"), same);
        const YAML::Node facilities = child(root, "facilities");
        result.facilities_behind = words(child(facilities, "behind"), same);
        result.facilities_before = words(child(facilities, "before"), same);
        result.generic = words(child(root, "generic"), same);
        result.not_names = set_of(child(root, "not_names"), same);
        const std::string day = any_of(child(root, "day"));
        const std::string building = any_of(child(root, "buildings"));
        for (const YAML::Node& node : child(root, "patterns")) {
            MarkKind kind{};
            const auto name = child(node, "kind").as<std::string>();
            if (!record::StringScalar<MarkKind>::from(name, kind).reason.empty())
                throw std::runtime_error("unknown kind " + name);
            auto pattern = child(node, "pattern").as<std::string>();
            replace_all(pattern, "@DAY@", day);
            replace_all(pattern, "@BUILDING@", building);
            result.forms.push_back({kind, compiled(pattern)});
        }
        for (const auto& era : child(root, "eras")) {
            const auto letters = letters_of(era.first.as<std::string>(), same);
            result.eras[letters.at(0)] = era.second.as<int>();
        }
        result.replacements = child(root, "replacements").as<std::map<std::string, std::string>>();
        for (const char* name : {"person",   "titled",     "facility",       "facility_of_no_kind",
                                 "phone",    "mail",       "postcode",       "insured_number",
                                 "number",   "address",    "place",          "own_city",
                                 "district", "birth_date", "year_and_month", "month",
                                 "year",     "age_early",  "age_late",       "age_child",
                                 "age_old",  "illness"}) {
            if (!result.replacements.contains(name))
                throw std::runtime_error(std::string("replacements needs `") + name + "`");
        }
        return result;
    } catch (const std::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace tsunagi::anonymisation
