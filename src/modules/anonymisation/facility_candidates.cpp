// SPDX-License-Identifier: Apache-2.0
// Names of places where people work or live: before the word for their kind, or behind it.
#include <algorithm>

#include "modules/anonymisation/candidates.hpp"

namespace tsunagi::anonymisation {
namespace {

constexpr std::size_t longest_name = 24;

bool is_hiragana(char32_t letter) {
    return letter >= 0x3041 && letter <= 0x3096;
}

/// Letters of names written without hiragana.
bool is_plain(char32_t letter) {
    return is_kanji(letter) || (letter >= 0x30A1 && letter <= 0x30FC) || (letter >= U'A' && letter <= U'Z') ||
           (letter >= U'a' && letter <= U'z') || letter == 0x30FB;
}

constexpr char32_t of = 0x306E;

bool ends_a_word(char32_t letter) {
    static constexpr std::u32string_view particles = U"\u306E\u306F\u304C\u3092\u306B\u3067\u3068\u3082\u3078\u3084";
    return particles.find(letter) != std::u32string_view::npos;
}

class Facilities {
public:
    Facilities(std::u32string_view letters, const std::vector<Word>& parsed, const AnonymisationWords& words)
        : letters_(letters),
          parsed_(parsed),
          words_(words),
          ends_(letters.size() + 1, nullptr),
          begins_(letters.size() + 1, nullptr) {
        for (const Word& word : parsed) {
            ends_[word.to] = &word;
            begins_[word.from] = &word;
        }
    }

    [[nodiscard]] std::vector<Candidate> find() const {
        std::vector<Candidate> result;
        for (std::size_t at = 0; at < letters_.size(); ++at) {
            if (const auto kind = starts_with_one_of(letters_.substr(at), words_.facilities_behind);
                !kind.empty() && at > 0) {
                const std::size_t from = without_generic(begin_of_name(at), at);
                if (at - from >= 2)
                    result.push_back({from, at + kind.size(), MarkKind::facility, MarkSource::form});
            }
            if (const auto kind = starts_with_one_of(letters_.substr(at), words_.facilities_before); !kind.empty()) {
                if (const std::size_t end = end_of_name(at + kind.size()); end != 0)
                    result.push_back({at, end, MarkKind::facility, MarkSource::form});
            }
        }
        return result;
    }

private:
    [[nodiscard]] bool joins(const Word& word) const {
        const auto letters = letters_.substr(word.from, word.to - word.from);
        if (word.sort == Word::Sort::counter)  // one only in the eyes of the dictionary
            return is_kanji(letters.front()) && word.from > 0 && is_kanji(letters_[word.from - 1]);
        if (letters == U"\u30FB")
            return true;
        return word.sort != Word::Sort::other && word.sort != Word::Sort::particle &&
               std::ranges::all_of(letters, [](char32_t letter) {
                   return is_plain(letter) || is_hiragana(letter) || (letter >= U'0' && letter <= U'9');
               });
    }

    [[nodiscard]] bool is_generic(std::u32string_view name) const {
        return std::ranges::find(words_.generic, name) != words_.generic.end() ||
               words_.nobody.contains(std::u32string(name));
    }

    /// Where the name before a kind begins: by words where there are any, else by the letters of names.
    [[nodiscard]] std::size_t begin_of_name(std::size_t at) const {
        std::size_t from = at;
        if (ends_[at] == nullptr) {
            while (from > 0 && at - from < longest_name && is_plain(letters_[from - 1]))
                --from;
            return parsed_.empty() ? by_hiragana(from) : from;
        }
        while (from > 0 && ends_[from] != nullptr && at - from < longest_name && joins(*ends_[from]))
            from = ends_[from]->from;
        // Somebody's or something's: a short name may begin before it.
        if (at - from == 1 && from >= 2 && letters_[from - 1] == of && ends_[from - 1] != nullptr &&
            joins(*ends_[from - 1])) {
            const Word& before = *ends_[from - 1];
            if (!is_generic(letters_.substr(before.from, before.to - before.from)))
                from = before.from;
        }
        return from;
    }

    /// A name in hiragana, where no dictionary tells it from the sentence.
    [[nodiscard]] std::size_t by_hiragana(std::size_t at) const {
        std::size_t from = at;
        while (from > 0 && at - from < 6 && is_hiragana(letters_[from - 1]) && !ends_a_word(letters_[from - 1]))
            --from;
        return at - from >= 2 ? from : at;
    }

    /// Words that name nothing fall away at the beginning; those of one letter only where nothing else is left.
    [[nodiscard]] std::size_t without_generic(std::size_t from, std::size_t at) const {
        const auto cut = [&](std::size_t begin, std::size_t least) {
            for (;;) {
                const auto name = letters_.substr(begin, at - begin);
                std::size_t longest = 0;
                for (const WordList* list : {&words_.generic, &words_.facilities_behind, &words_.titles}) {
                    const auto word = starts_with_one_of(name, *list);
                    if (word.size() >= least)
                        longest = std::max(longest, word.size());
                }
                if (longest == 0)
                    return begin;
                begin += longest;
            }
        };
        return cut(from, 1) == at ? at : cut(from, 2);
    }

    /// Where the name behind a kind ends; 0 when there is none.
    [[nodiscard]] std::size_t end_of_name(std::size_t behind) const {
        std::size_t begin = behind;
        const bool apart = begin < letters_.size() && (is_blank(letters_[begin]) || letters_[begin] == 0x300C);
        if (apart)
            ++begin;
        if (begin >= letters_.size())
            return 0;
        std::size_t end = begin;
        bool telling = apart || parsed_.empty();
        const Word* first = begins_[begin];
        const bool particle = first != nullptr && first->sort == Word::Sort::particle;
        if (particle && letters_[begin] != 0x3084)
            return 0;
        while (end < letters_.size() && end - begin < longest_name && begins_[end] != nullptr && joins(*begins_[end])) {
            const Word& word = *begins_[end];
            telling = telling || word.sort != Word::Sort::noun ||
                      !std::ranges::all_of(letters_.substr(word.from, word.to - word.from), is_kanji);
            end = word.to;
        }
        const bool of_words = end > begin;
        if (end - begin < 2)
            end = std::max(end, end_of_pieces(begin));
        const auto name = letters_.substr(begin, end - begin);
        if (name.empty())
            return 0;
        telling = telling || is_hiragana(name.back()) || name.size() == 1;
        const bool alone =
            of_words && name.size() == 1 && is_kanji(name.front()) && !words_.nobody.contains(std::u32string(name));
        // What looks like a particle may begin a name, if a long one.
        if (!telling || (!alone && name.size() < (particle ? 4 : 2)))
            return 0;
        for (const WordList* list : {&words_.generic, &words_.facilities_behind, &words_.titles, &words_.polite}) {
            const auto word = starts_with_one_of(name, *list);
            if (word.size() >= 2 || (!word.empty() && alone))
                return 0;
        }
        return end;
    }

    /// Where a name ends that the dictionary cut to pieces: before the next particle, or without a dictionary before a
    /// letter that looks like one.
    [[nodiscard]] std::size_t end_of_pieces(std::size_t begin) const {
        const auto of_name = [&](std::size_t at) { return is_plain(letters_[at]) || is_hiragana(letters_[at]); };
        std::size_t end = begin;
        if (!parsed_.empty()) {
            if (begins_[begin] == nullptr || !is_hiragana(letters_[begin]))
                return begin;
            for (const Word* word = begins_[begin]; word != nullptr && of_name(word->from) && end - begin < 8;
                 word = begins_[end]) {
                if (word->sort == Word::Sort::particle && word->from != begin)
                    break;
                end = word->to;
                if (end >= letters_.size())
                    break;
            }
            return end;
        }
        while (end < letters_.size() && end - begin < 8 && of_name(end) && !ends_a_word(letters_[end]))
            ++end;
        return end;
    }

    std::u32string_view letters_;
    const std::vector<Word>& parsed_;  // NOLINT: for the length of one search
    const AnonymisationWords& words_;  // NOLINT
    std::vector<const Word*> ends_;    ///< the word that ends there
    std::vector<const Word*> begins_;  ///< the word that begins there
};

}  // namespace

std::vector<Candidate> facility_candidates(const WrittenText& text, const std::vector<Word>& parsed,
                                           const AnonymisationWords& words) {
    return Facilities(text.letters, parsed, words).find();
}

}  // namespace tsunagi::anonymisation
