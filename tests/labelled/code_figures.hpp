// SPDX-License-Identifier: Apache-2.0
// How well codes are told from texts, scheme by scheme.
#pragma once
#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "modules/suggestions/code_model.hpp"

namespace tsunagi::test {

using suggestions::CodeKey;
using suggestions::Example;

/// Of one scheme: over all sheets, which codes were given and which were told.
struct CodeFigures {
    std::int64_t sheets = 0;
    std::int64_t exact = 0;  ///< sheets whose codes of the scheme were told exactly
    std::int64_t right = 0;
    std::int64_t missed = 0;
    std::int64_t wrong = 0;
    /// given → told, with how often: of what a sheet has and what it was told besides. "-" stands for nothing.
    std::map<std::string, std::map<std::string, std::int64_t>> confusion;

    [[nodiscard]] double accuracy() const { return static_cast<double>(exact) / static_cast<double>(sheets); }

    [[nodiscard]] double micro_f1() const {
        return right == 0 ? 0 : 2.0 * static_cast<double>(right) / static_cast<double>(2 * right + missed + wrong);
    }
};

/// Answers the codes of a text.
using Teller = std::function<std::set<CodeKey>(const std::string& text)>;

inline std::set<std::string> of_scheme(const std::set<CodeKey>& codes, const std::string& scheme) {
    std::set<std::string> result;
    for (const CodeKey& code : codes) {
        if (code.scheme == scheme)
            result.insert(code.code);
    }
    return result;
}

inline std::map<std::string, CodeFigures> figures_of(const std::vector<Example>& sheets, const Teller& tell) {
    std::map<std::string, CodeFigures> result;
    for (const Example& sheet : sheets) {
        const auto told_codes = tell(sheet.text);
        for (const std::string& scheme : suggestions::suggested_schemes()) {
            const auto given = of_scheme(sheet.codes, scheme);
            const auto told = of_scheme(told_codes, scheme);
            CodeFigures& figures = result[scheme];
            ++figures.sheets;
            figures.exact += given == told ? 1 : 0;
            std::set<std::string> missed;
            std::set<std::string> wrong;
            std::ranges::set_difference(given, told, std::inserter(missed, missed.end()));
            std::ranges::set_difference(told, given, std::inserter(wrong, wrong.end()));
            for (const auto& code : given) {
                if (!missed.contains(code)) {
                    ++figures.right;
                    ++figures.confusion[code][code];
                }
            }
            figures.missed += static_cast<std::int64_t>(missed.size());
            figures.wrong += static_cast<std::int64_t>(wrong.size());
            for (const auto& code : missed) {
                if (wrong.empty())
                    ++figures.confusion[code]["-"];
                for (const auto& other : wrong)
                    ++figures.confusion[code][other];
            }
            if (missed.empty()) {
                for (const auto& other : wrong)
                    ++figures.confusion["-"][other];
            }
        }
    }
    return result;
}

/// What anybody can do: of each scheme always the code that most sheets have.
inline Teller most_frequent(const std::vector<Example>& sheets) {
    std::map<CodeKey, std::int64_t> count;
    for (const Example& sheet : sheets) {
        for (const CodeKey& code : sheet.codes)
            ++count[code];
    }
    std::set<CodeKey> always;
    for (const std::string& scheme : suggestions::suggested_schemes()) {
        const CodeKey* best = nullptr;
        for (const auto& [code, times] : count) {
            // Of the re-listed marks the most frequent answer is none.
            if (code.scheme == scheme && (best == nullptr || times > count.at(*best)) &&
                (scheme != "relisted" || 2 * times > static_cast<std::int64_t>(sheets.size())))
                best = &code;
        }
        if (best != nullptr)
            always.insert(*best);
    }
    return [always](const std::string&) { return always; };
}

/// The word list alone: every code a word of which stands there; the topic with most of them.
inline Teller word_list(const suggestions::CodeWords& words, const search::Folding& folding) {
    return [&words, &folding](const std::string& text) {
        const auto read = suggestions::read_text(text, folding);
        std::set<CodeKey> codes;
        std::pair<std::size_t, CodeKey> topic;
        for (const auto& [code, list] : words.words) {
            const std::size_t found = suggestions::find_words(words, code, read).size();
            if (found == 0)
                continue;
            if (code.scheme != "topic")
                codes.insert(code);
            else if (found > topic.first)
                topic = {found, code};
        }
        if (topic.first > 0)
            codes.insert(topic.second);
        return codes;
    };
}

/// What a person would be shown.
inline Teller suggested(const suggestions::CodeModel& model) {
    return [&model](const std::string& text) {
        std::set<CodeKey> codes;
        for (const auto& one : model.suggest(text))
            codes.insert({one.scheme.value, one.code.value});
        return codes;
    };
}

}  // namespace tsunagi::test
