// SPDX-License-Identifier: Apache-2.0
// What a desk's past sheets say about which texts get which codes: a linear model over pairs and triples of letters and
// the words of the list. Pure. A model takes about 260 kB: at most 2,400 pieces of two or three letters, a weight for
// each code.
#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "modules/suggestions/code_words.hpp"
#include "modules/suggestions/suggestion.hpp"

namespace tsunagi::suggestions {

/// A sheet to learn from.
struct Example {
    std::string text;  ///< as `joined` made it
    std::set<CodeKey> codes;
    float weight = 1;
};

class CodeModel {
public:
    /// Knows nothing but the word list. `codes` are those that may be suggested.
    CodeModel(std::vector<CodeKey> codes, std::shared_ptr<const CodeWords> words, const search::Folding& folding);

    /// Learns anew from these sheets. The same sheets in the same order give the same model.
    void learn(const std::vector<Example>& examples);
    /// A sheet is new or was corrected: from now on it is classified as it says, if one sheet can do that.
    void follow(const Example& example);

    /// The codes that the text speaks for, with the words that led to each.
    [[nodiscard]] std::vector<Suggestion> suggest(const std::string& typed) const;

private:
    struct Seen {
        std::vector<std::uint32_t> letters;  ///< numbers of the vocabulary, each once
        std::vector<float> listed;           ///< of each code: whether a word of its list stands there
        float scale = 0;
    };

    [[nodiscard]] Seen see(const ReadText& text) const;
    [[nodiscard]] std::uint32_t number_of(Letters letters) const;
    [[nodiscard]] std::vector<float> scores(const Seen& seen) const;
    void to_likelihoods(std::vector<float>& scores) const;

    struct Reasons {
        std::vector<std::string> words;
        float sum = 0;          ///< what the text as a whole adds to the code's score
        bool kana_only = true;  ///< endings of verbs, mostly: a weak reason
    };

    [[nodiscard]] Reasons reasons_for(std::size_t code, const ReadText& text, const Seen& seen) const;
    void choose_vocabulary(const std::vector<Example>& examples);

    std::vector<CodeKey> codes_;
    std::size_t topics_ = 0;  ///< the first so many codes are topics, of which a sheet has one
    std::shared_ptr<const CodeWords> words_;
    const search::Folding* folding_;
    std::vector<Letters> vocabulary_;  ///< in order
    std::vector<float> weights_;       ///< of each of the vocabulary, each code
    std::vector<float> listed_;        ///< of each code: what a word of its list weighs
    std::vector<float> bias_;
};

}  // namespace tsunagi::suggestions
