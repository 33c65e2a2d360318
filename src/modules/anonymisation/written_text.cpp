// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/written_text.hpp"

#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "core/kana.hpp"

namespace tsunagi::anonymisation {
namespace {

constexpr char32_t voiced = 0x3099;
constexpr char32_t half_voiced = 0x309A;

const icu::Normalizer2& form(bool compatible) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found =
        compatible ? icu::Normalizer2::getNFKCInstance(status) : icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) != 0)
        throw std::runtime_error("ICU has no data for normal forms");
    return *found;
}

bool falls_away(char32_t letter) {
    return (letter >= 0xFE00 && letter <= 0xFE0F) || (letter >= 0xE0100 && letter <= 0xE01EF) ||
           (letter >= 0x200B && letter <= 0x200D) || letter == 0xFEFF || letter == 0x00AD || letter == 0x2060;
}

bool is_hyphen(char32_t letter) {
    return letter == U'-' || (letter >= 0x2010 && letter <= 0x2015) || letter == 0x2043 || letter == 0x2212 ||
           letter == 0x2500 || letter == 0x2501 || letter == 0xFE63 || letter == 0xFF0D || letter == 0x30A0;
}

/// The mark behind a kana that makes another kana of it; 0 for anything else.
char32_t mark_of(char32_t letter) {
    if (letter == 0xFF9E || letter == 0x3099 || letter == 0x309B)
        return voiced;
    return letter == 0xFF9F || letter == 0x309A || letter == 0x309C ? half_voiced : 0;
}

char32_t plain(char32_t letter) {
    if (letter == U'\n')
        return letter;
    if (u_isUWhiteSpace(static_cast<UChar32>(letter)) != 0 || u_iscntrl(static_cast<UChar32>(letter)) != 0)
        return U' ';
    if (is_hyphen(letter))
        return U'-';
    if (letter < 0x3000 && !(letter >= 0x2100 && letter <= 0x214F))
        return letter;
    if ((letter >= 0x3041 && letter <= 0x30FE) || (letter >= 0x4E00 && letter <= 0x9FFF))
        return letter;
    if (letter == 0x2121)
        return letter;
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString whole = form(true).normalize(icu::UnicodeString(static_cast<UChar32>(letter)), status);
    if (U_FAILURE(status) != 0 || whole.countChar32() != 1)
        return letter;
    const auto result = static_cast<char32_t>(whole.char32At(0));
    return is_hyphen(result) ? U'-' : result;
}

char32_t sound(char32_t letter) {
    if ((letter >= 0x3041 && letter <= 0x3096) || letter == 0x309D || letter == 0x309E)
        letter += 0x60;
    return core::large_kana(static_cast<char32_t>(u_tolower(static_cast<UChar32>(letter))));
}

}  // namespace

WrittenText written(std::string_view text, const SameLetters& same) {
    WrittenText result;
    result.original =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    const icu::UnicodeString& original = result.original;
    for (std::int32_t at = 0; at < original.length();) {
        const auto letter = static_cast<char32_t>(original.char32At(at));
        const std::int32_t next = original.moveIndex32(at, 1);
        if (falls_away(letter)) {
            if (!result.to.empty())
                result.to.back() = next;
            at = next;
            continue;
        }
        if (const char32_t mark = mark_of(letter); mark != 0 && !result.letters.empty()) {
            const UChar32 both =
                form(false).composePair(static_cast<UChar32>(result.letters.back()), static_cast<UChar32>(mark));
            if (both >= 0) {
                result.letters.back() = static_cast<char32_t>(both);
                result.sounds.back() = sound(static_cast<char32_t>(both));
                result.to.back() = next;
                at = next;
                continue;
            }
        }
        char32_t one = plain(letter);
        if (const auto other = same.find(one); other != same.end())
            one = other->second;
        result.letters += one;
        result.sounds += sound(one);
        result.from.push_back(at);
        result.to.push_back(next);
        at = next;
    }
    return result;
}

std::u32string sounds_of(std::string_view text, const SameLetters& same) {
    std::u32string result;
    for (const char32_t letter : written(text, same).sounds) {
        if (!is_blank(letter))
            result += letter;
    }
    return result;
}

std::u32string letters_of(std::string_view text, const SameLetters& same) {
    return written(text, same).letters;
}

std::string to_utf8(std::u32string_view letters) {
    icu::UnicodeString text;
    for (const char32_t letter : letters)
        text.append(static_cast<UChar32>(letter));
    std::string result;
    text.toUTF8String(result);
    return result;
}

bool is_kanji(char32_t letter) {
    return (letter >= 0x3400 && letter <= 0x9FFF) || (letter >= 0xF900 && letter <= 0xFAFF) ||
           (letter >= 0x20000 && letter <= 0x3FFFF) || letter == 0x3005;
}

bool is_kana(char32_t letter) {
    return (letter >= 0x3041 && letter <= 0x3096) || (letter >= 0x30A1 && letter <= 0x30FC);
}

bool is_blank(char32_t letter) {
    return letter == U' ' || letter == U'\n';
}

}  // namespace tsunagi::anonymisation
