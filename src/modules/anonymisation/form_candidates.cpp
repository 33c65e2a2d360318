// SPDX-License-Identifier: Apache-2.0
// What is recognised by its form alone: numbers, dates, ages, addresses.
#include <algorithm>
#include <array>

#include "modules/anonymisation/candidates.hpp"

namespace tsunagi::anonymisation {
namespace {

/// A pattern that takes longer than this gives up on the field; the others go on.
constexpr std::int32_t most_time = 500;  // milliseconds, roughly

constexpr char32_t kanji_ten = 0x5341;
constexpr char32_t kanji_hundred = 0x767E;
constexpr char32_t kanji_first = 0x5143;  // of an era

std::optional<int> digit_of(char32_t letter) {
    if (letter >= U'0' && letter <= U'9')
        return static_cast<int>(letter - U'0');
    static constexpr std::array<char32_t, 10> kanji{0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                                    0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    const auto found = std::ranges::find(kanji, letter);
    if (found != kanji.end())
        return static_cast<int>(found - kanji.begin());
    return letter == 0x96F6 || letter == 0x25CB ? std::optional(0) : std::nullopt;
}

char32_t digit_letter(int digit) {
    return U'0' + static_cast<char32_t>(digit);
}

bool is_numeral(char32_t letter) {
    return digit_of(letter) || letter == kanji_ten || letter == kanji_hundred;
}

/// Letters of a text and where each of their UTF-16 code units belongs.
struct Units {
    icu::UnicodeString text;
    std::vector<std::size_t> letter;

    explicit Units(std::u32string_view letters) {
        for (std::size_t i = 0; i < letters.size(); ++i) {
            text.append(static_cast<UChar32>(letters[i]));
            letter.resize(static_cast<std::size_t>(text.length()), i);
        }
        letter.push_back(letters.size());
    }
};

/// Whether the digits are those of a known telephone number.
std::u32string digits_of(std::u32string_view letters) {
    std::u32string result;
    for (const char32_t letter : letters) {
        if (const auto digit = digit_of(letter))
            result += digit_letter(*digit);
    }
    return result;
}

/// A known number however it is parted, wherever it stands.
void add_known_phones(const WrittenText& text, const std::vector<std::string>& phones,
                      std::vector<Candidate>& candidates) {
    for (const auto& phone : phones) {
        const auto wanted = digits_of(letters_of(phone, {}));
        if (wanted.size() < 6)
            continue;
        for (std::size_t begin = 0; begin < text.size(); ++begin) {
            if (begin > 0 && digit_of(text.letters[begin - 1]))
                continue;
            std::size_t found = 0;
            std::size_t gap = 0;
            std::size_t at = begin;
            while (at < text.size() && found < wanted.size() && gap <= 3) {
                const auto digit = digit_of(text.letters[at]);
                if (digit && digit_letter(*digit) != wanted[found])
                    break;
                if (digit) {
                    ++found;
                    gap = 0;
                } else if (++gap > 3 || found == 0) {
                    break;
                }
                ++at;
            }
            if (found == wanted.size())
                candidates.push_back({begin, at, MarkKind::phone, MarkSource::person});
        }
    }
}

bool is_birthday(const WrittenDay& day, const core::Date& born_on) {
    if (day.month != born_on.month() || (day.year != 0 && day.year != born_on.year()))
        return false;
    // The day of the month may be missing only where the year is told.
    return day.day == born_on.day() || (day.day == 0 && day.year != 0);
}

}  // namespace

std::optional<int> number_of(std::u32string_view letters) {
    int result = 0;
    int last = 0;
    bool kanji = false;
    std::size_t at = 0;
    for (; at < letters.size() && at < 8; ++at) {
        if (const auto digit = digit_of(letters[at])) {
            last = last * 10 + *digit;
        } else if (letters[at] == kanji_ten || letters[at] == kanji_hundred) {
            result += std::max(last, 1) * (letters[at] == kanji_ten ? 10 : 100);
            last = 0;
            kanji = true;
        } else {
            break;
        }
    }
    if (at == 0)
        return std::nullopt;
    return kanji ? result + last : last;
}

WrittenDay day_of(std::u32string_view letters, const AnonymisationWords& words) {
    int before_first = 0;
    std::vector<int> numbers;
    bool bracket = false;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char32_t letter = letters[i];
        if (letter == U'(')
            bracket = true;
        if (letter == U')')
            bracket = false;
        if (bracket)
            continue;
        const char32_t capital = letter >= U'a' && letter <= U'z' ? letter - 32 : letter;
        if (const auto era = words.eras.find(capital); era != words.eras.end() && numbers.empty() && before_first == 0)
            before_first = era->second;
        if (letter == kanji_first && before_first != 0 && numbers.empty())
            numbers.push_back(1);
        if (is_numeral(letter) && (i == 0 || !is_numeral(letters[i - 1]))) {
            numbers.push_back(number_of(letters.substr(i)).value_or(0));
            digits = 0;
            while (i + digits < letters.size() && is_numeral(letters[i + digits]))
                ++digits;
        }
    }
    WrittenDay result;
    const auto part = [](int value, int most) {
        return value >= 1 && value <= most ? static_cast<unsigned>(value) : 0;
    };
    if (numbers.size() == 1 && digits == 8) {
        return {numbers[0] / 10000, part(numbers[0] / 100 % 100, 12), part(numbers[0] % 100, 31)};
    }
    if (numbers.size() == 1 && digits == 6 && before_first != 0) {
        return {before_first + numbers[0] / 10000, part(numbers[0] / 100 % 100, 12), part(numbers[0] % 100, 31)};
    }
    std::size_t next = 0;
    if (before_first != 0 || (!numbers.empty() && numbers[0] >= 1800)) {
        result.year = before_first + (numbers.empty() ? 0 : numbers[0]);
        next = 1;
    } else if (numbers.size() == 3) {
        next = 1;  // 38年5月3日: the year alone does not tell which
    }
    if (next < numbers.size())
        result.month = part(numbers[next], 12);
    if (next + 1 < numbers.size())
        result.day = part(numbers[next + 1], 31);
    return result;
}

std::vector<Candidate> form_candidates(const WrittenText& text, const Known& known, const AnonymisationWords& words) {
    std::vector<Candidate> result;
    const Units units(text.letters);
    for (const Form& form : words.forms) {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::RegexMatcher> matcher(form.pattern->matcher(units.text, status));
        if (U_FAILURE(status) != 0 || matcher == nullptr)
            continue;
        matcher->setTimeLimit(most_time, status);
        while (U_SUCCESS(status) != 0 && matcher->find(status) != 0 && U_SUCCESS(status) != 0) {
            int group = matcher->groupCount() > 0 && matcher->start(1, status) >= 0 ? 1 : 0;
            std::size_t from = units.letter[static_cast<std::size_t>(matcher->start(group, status))];
            std::size_t to = units.letter[static_cast<std::size_t>(matcher->end(group, status))];
            while (from < to && is_blank(text.letters[from]))
                ++from;
            while (to > from && is_blank(text.letters[to - 1]))
                --to;
            if (form.kind == MarkKind::phone) {  // a bracket without its other half belongs to the sentence
                const auto number = std::u32string_view(text.letters).substr(from, to - from);
                if (number.starts_with(U'(') && number.find(U')') == std::u32string_view::npos)
                    ++from;
                if (number.ends_with(U')') && number.find(U'(') == std::u32string_view::npos)
                    --to;
            }
            if (from >= to)
                continue;
            Candidate candidate{from, to, form.kind, MarkSource::form};
            if (form.kind == MarkKind::date && known.born_on) {
                const auto letters = std::u32string_view(text.letters).substr(from, to - from);
                if (is_birthday(day_of(letters, words), *known.born_on)) {
                    candidate.kind = MarkKind::birth_date;
                    candidate.source = MarkSource::person;
                }
            }
            result.push_back(std::move(candidate));
        }
    }
    add_known_phones(text, known.phones, result);
    return result;
}

}  // namespace tsunagi::anonymisation
