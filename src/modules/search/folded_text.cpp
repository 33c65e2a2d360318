// SPDX-License-Identifier: Apache-2.0
#include "modules/search/folded_text.hpp"

#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/kana.hpp"

namespace tsunagi::search {
namespace {

constexpr char32_t nothing = 0xFFFFFFFE;  ///< falls away
constexpr char32_t many = 0xFFFFFFFF;     ///< becomes several letters
constexpr char32_t blank = U' ';
constexpr char32_t long_vowel = 0x30FC;
constexpr char32_t beyond = 0x10000;

const icu::Normalizer2& nfkc() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status) != 0)
        throw std::runtime_error("ICU has no data for NFKC");
    return *found;
}

/// What stands behind a letter and belongs to it: accents, voiced marks, variation selectors.
bool is_mark(char32_t letter) {
    return (letter >= 0x0300 && letter <= 0x036F) || letter == 0x3099 || letter == 0x309A || letter == 0xFF9E ||
           letter == 0xFF9F || (letter >= 0xFE00 && letter <= 0xFE0F) || (letter >= 0xE0100 && letter <= 0xE01EF);
}

bool is_hyphen(char32_t letter) {
    return letter == U'-' || (letter >= 0x2010 && letter <= 0x2015) || letter == 0x2212 || letter == 0x2500;
}

bool is_katakana(char32_t letter) {
    return letter >= 0x30A1 && letter <= 0x30FA;
}

/// One letter that NFKC leaves alone.
char32_t simple(char32_t letter) {
    if (u_isUWhiteSpace(static_cast<UChar32>(letter)) != 0)
        return blank;
    if (is_mark(letter) || u_iscntrl(static_cast<UChar32>(letter)) != 0)
        return nothing;
    if (is_hyphen(letter))
        return U'-';
    if (letter == 0x301C)
        return U'~';
    if ((letter >= 0x3041 && letter <= 0x3096) || letter == 0x309D || letter == 0x309E)
        letter += 0x60;
    return core::large_kana(static_cast<char32_t>(u_tolower(static_cast<UChar32>(letter))));
}

std::u32string normalised(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString form = nfkc().normalize(text, status);
    std::u32string result;
    for (std::int32_t i = 0; i < form.length(); i = form.moveIndex32(i, 1)) {
        const char32_t letter = simple(static_cast<char32_t>(form.char32At(i)));
        if (letter != nothing)
            result += letter;
    }
    return result;
}

/// The letter at `at`, which moves behind it. Bytes that are no UTF-8 fall away one by one.
char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || at + length > text.size()) {
        ++at;
        return nothing;
    }
    char32_t letter = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            ++at;
            return nothing;
        }
        letter = letter << 6U | (byte(at + i) & 0x3FU);
    }
    at += length;
    return letter;
}

struct Letters {
    std::u32string& letters;

    void push(char32_t letter, std::size_t, std::size_t) { letters += letter; }

    void pop() { letters.pop_back(); }
};

struct Places {
    FoldedText& text;
    std::u32string& letters = text.letters;

    void push(char32_t letter, std::size_t from, std::size_t to) {
        letters += letter;
        text.from.push_back(static_cast<std::uint32_t>(from));
        text.to.push_back(static_cast<std::uint32_t>(to));
    }

    void pop() {
        letters.pop_back();
        text.from.pop_back();
        text.to.pop_back();
    }
};

/// What depends on the letters before. A blank is kept for as long as it stands between two Latin letters.
template <class Out>
void add(Out& out, char32_t letter, std::size_t from, std::size_t to) {
    const std::u32string& so_far = out.letters;
    if (letter == blank) {
        if (!so_far.empty() && is_latin(so_far.back()))
            out.push(blank, from, to);
        return;
    }
    if (!so_far.empty() && so_far.back() == blank && !is_latin(letter))
        out.pop();
    if (letter == long_vowel) {
        if (!so_far.empty() && is_katakana(so_far.back()))
            return;
        letter = U'-';
    }
    if (is_digit(letter) && so_far.size() >= 2 && so_far.back() == U'-' && is_digit(so_far[so_far.size() - 2]))
        out.pop();
    out.push(letter, from, to);
}

}  // namespace

Folding::Folding(const std::vector<std::string>& same_letters) {
    for (const std::string& group : same_letters) {
        std::size_t at = 0;
        char32_t first = 0;
        while (at < group.size()) {
            const char32_t letter = next(group, at);
            if (letter == nothing || is_mark(letter))
                continue;
            if (first == 0) {
                first = letter;
            } else {
                present_form_[letter] = first;
            }
        }
    }
    for (auto& form : present_form_) {  // a group may continue another one
        for (auto on = present_form_.find(form.second); on != present_form_.end() && on->second != form.first;
             on = present_form_.find(form.second))
            form.second = on->second;
    }
    const auto present = [&](char32_t letter) {
        const auto form = present_form_.find(letter);
        return form == present_form_.end() ? letter : form->second;
    };
    plain_.resize(beyond);
    for (char32_t letter = 0; letter < beyond; ++letter) {
        if (letter >= 0x4E00 && letter <= 0xD7A3) {  // kanji and Hangul syllables: NFKC leaves them alone
            plain_[letter] = present(letter);
            continue;
        }
        if ((letter >= 0xD800 && letter <= 0xF8FF)) {
            plain_[letter] = letter;
            continue;
        }
        std::u32string form = normalised(icu::UnicodeString(static_cast<UChar32>(letter)));
        for (char32_t& one : form)
            one = present(one);
        plain_[letter] = form.empty() ? nothing : form.size() == 1 ? form.front() : many;
        if (form.size() > 1)
            several_.emplace(letter, std::move(form));
    }
}

template <class Out>
void Folding::each_letter(std::string_view text, Out& out) const {
    const auto present = [&](char32_t letter) {
        const auto form = present_form_.find(letter);
        return form == present_form_.end() ? letter : form->second;
    };
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t from = at;
        const char32_t letter = next(text, at);
        if (letter == nothing)
            continue;
        std::size_t to = at;
        bool composes = false;
        for (std::size_t behind = at; behind < text.size(); at = to = behind) {
            const char32_t mark = next(text, behind);
            if (!is_mark(mark))
                break;
            composes = composes || mark < 0xFE00 || mark == 0xFF9E || mark == 0xFF9F;
        }
        if (composes || letter >= beyond) {
            const std::string_view part = text.substr(from, to - from);
            for (const char32_t one : normalised(icu::UnicodeString::fromUTF8(
                     icu::StringPiece(part.data(), static_cast<std::int32_t>(part.size())))))
                add(out, present(one), from, to);
        } else if (plain_[letter] == many) {
            for (const char32_t one : several_.at(letter))
                add(out, one, from, to);
        } else if (plain_[letter] != nothing) {
            add(out, plain_[letter], from, to);
        }
    }
}

std::u32string Folding::fold(std::string_view text) const {
    std::u32string result;
    result.reserve(text.size() / 3 + 8);
    Letters out{result};
    each_letter(text, out);
    if (!result.empty() && result.back() == blank)
        out.pop();
    return result;
}

FoldedText Folding::fold_with_places(std::string_view text) const {
    FoldedText result;
    Places out{result};
    each_letter(text, out);
    if (!result.letters.empty() && result.letters.back() == blank)
        out.pop();
    return result;
}

std::string to_utf8(std::u32string_view letters) {
    std::string result;
    const auto put = [&](char32_t bits) { result += static_cast<char>(static_cast<unsigned char>(bits)); };
    for (const char32_t letter : letters) {
        if (letter < 0x80) {
            put(letter);
        } else if (letter < 0x800) {
            put(0xC0U | letter >> 6U);
            put(0x80U | (letter & 0x3FU));
        } else if (letter < beyond) {
            put(0xE0U | letter >> 12U);
            put(0x80U | (letter >> 6U & 0x3FU));
            put(0x80U | (letter & 0x3FU));
        } else {
            put(0xF0U | letter >> 18U);
            put(0x80U | (letter >> 12U & 0x3FU));
            put(0x80U | (letter >> 6U & 0x3FU));
            put(0x80U | (letter & 0x3FU));
        }
    }
    return result;
}

std::vector<Script> scripts_of(const FoldedText& folded, std::string_view original) {
    std::vector<Script> result;
    result.reserve(folded.letters.size());
    for (std::size_t i = 0; i < folded.letters.size(); ++i) {
        const char32_t letter = folded.letters[i];
        std::size_t at = folded.from[i];
        const char32_t written = next(original, at);
        if (is_kanji(letter)) {
            result.push_back(Script::kanji);
        } else if (written >= 0x3041 && written <= 0x3096) {
            result.push_back(Script::hiragana);
        } else if ((letter >= 0x30A1 && letter <= 0x30FA) || letter == 0x30FC) {
            result.push_back(Script::katakana);
        } else if (is_latin(letter)) {
            result.push_back(Script::latin);
        } else {
            result.push_back(is_digit(letter) ? Script::digit : Script::other);
        }
    }
    return result;
}

}  // namespace tsunagi::search
