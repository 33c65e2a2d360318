// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/word_rules.hpp"

#include <algorithm>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include "core/utf8.hpp"
#include "modules/imports/cell_values.hpp"

namespace tsunagi::imports {
namespace {

std::vector<std::string> folded_words(const YAML::Node& node) {
    std::vector<std::string> result;
    for (const auto& word : node.as<std::vector<std::string>>()) {
        if (std::string form = folded(word); !form.empty())
            result.push_back(std::move(form));
    }
    return result;
}

/// Marks are signs, which the compared form of words leaves out.
std::vector<std::string> marks(const YAML::Node& node) {
    std::vector<std::string> result;
    for (const auto& word : node.as<std::vector<std::string>>())
        result.push_back(narrow(word));
    return result;
}

std::size_t letters(std::string_view text) {
    return core::utf8_length(text).value_or(0);
}

}  // namespace

Mark ImportWords::mark(std::string_view cell) const {
    std::string text = narrow(cell);
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto among = [&](const std::vector<std::string>& words) {
        return std::ranges::find(words, text) != words.end();
    };
    if (text.empty() || among(no))
        return Mark::none;
    if (among(yes))
        return Mark::yes;
    return among(suspected) ? Mark::suspected : Mark::unknown;
}

ImportWords read_import_words(const std::filesystem::path& file) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        ImportWords words;
        for (const auto& field : root["fields"])
            words.fields.emplace_back(field.first.as<std::string>(), folded_words(field.second));
        for (const auto& scheme : root["codes"]) {
            auto& codes = words.codes[scheme.first.as<std::string>()];
            for (const auto& code : scheme.second)
                codes[code.first.as<std::string>()] = folded_words(code.second);
        }
        words.yes = marks(root["marks"]["yes"]);
        words.suspected = marks(root["marks"]["suspected"]);
        words.no = marks(root["marks"]["no"]);
        return words;
    } catch (const std::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

std::string scheme_of(std::string_view field) {
    if (field == "receiver_id")
        return "receiver";
    if (field == "district_id")
        return "district";
    if (field == "state")
        return "state";
    if (field == "elements")
        return "element";
    std::string scheme;
    record::for_each_member<consultations::ConsultationSheet>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<consultations::ConsultationSheet>().*member.pointer)>;
        if (field != member.name)
            return;
        if constexpr (record::is_optional<Member>::value) {
            if constexpr (requires { Member::value_type::scheme(); })
                scheme = Member::value_type::scheme();
        } else if constexpr (record::is_vector<Member>::value) {
            if constexpr (requires { Member::value_type::scheme(); })
                scheme = Member::value_type::scheme();
        }
    });
    return scheme;
}

void WordBook::add(Scheme& scheme, const std::string& code, std::string_view name) {
    std::string form = folded(name);
    scheme.codes[code] = true;
    if (form.empty())
        return;
    const auto [found, added] = scheme.exact.emplace(form, code);
    if (!added && found->second != code)
        found->second.clear();
    scheme.entries.push_back({std::move(form), code});
}

WordBook::WordBook(const packs::CodeBook& codes, const ImportWords& words, const std::vector<Named>& receivers,
                   const std::vector<Named>& districts) {
    for (const packs::Scheme& from : codes.schemes()) {
        Scheme& scheme = schemes_[from.name.value];
        for (const packs::CodeEntry& entry : from.codes) {
            add(scheme, entry.code.value, entry.label.ja.value);
            add(scheme, entry.code.value, entry.label.en.value);
            add(scheme, entry.code.value, entry.short_label.value);
            add(scheme, entry.code.value, entry.code.value);
        }
    }
    for (const char* state : {"open", "on_hold", "closed"})
        add(schemes_["state"], state, state);
    for (const auto& [name, more] : words.codes) {
        Scheme& scheme = schemes_[name];
        for (const auto& [code, synonyms] : more) {
            if (!scheme.codes.contains(code))
                continue;  // another pack's scheme
            // A label of the desk's own codes wins over a synonym.
            for (const std::string& synonym : synonyms) {
                if (!scheme.exact.contains(synonym))
                    add(scheme, code, synonym);
            }
        }
    }
    for (const Named& one : receivers)
        add(schemes_["receiver"], one.id, one.name);
    for (const Named& one : districts)
        add(schemes_["district"], one.id, one.name);
}

bool WordBook::has(std::string_view field, std::string_view code) const {
    const auto scheme = schemes_.find(scheme_of(field));
    return scheme != schemes_.end() && scheme->second.codes.contains(code);
}

WordBook::Reading WordBook::read(std::string_view field, std::string_view word) const {
    const auto found = schemes_.find(scheme_of(field));
    if (found == schemes_.end())
        return {};
    const Scheme& scheme = found->second;
    const std::string whole = folded(word);
    const std::string bare = folded(without_number(word));
    for (const std::string& form : {whole, bare}) {
        const auto exact = scheme.exact.find(form);
        if (exact != scheme.exact.end() && !exact->second.empty())
            return {exact->second, true};
    }
    // What one contains of the other, the longest piece; two letters say something.
    const Entry* best = nullptr;
    std::size_t most = 1;
    for (const Entry& entry : scheme.entries) {
        const bool inside = bare.find(entry.name) != std::string::npos || entry.name.find(bare) != std::string::npos;
        const std::size_t common = inside ? std::min(letters(bare), letters(entry.name)) : 0;
        if (common > most) {
            most = common;
            best = &entry;
        }
    }
    return best == nullptr ? Reading{} : Reading{best->code, false};
}

}  // namespace tsunagi::imports
