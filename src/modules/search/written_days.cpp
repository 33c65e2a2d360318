// SPDX-License-Identifier: Apache-2.0
#include "modules/search/written_days.hpp"

#include <array>
#include <chrono>
#include <optional>

#include "modules/search/folded_text.hpp"

namespace tsunagi::search {
namespace {

constexpr char32_t year_sign = 0x5E74;
constexpr char32_t month_sign = 0x6708;
constexpr char32_t day_sign = 0x65E5;
constexpr char32_t first_year = 0x5143;

struct Era {
    std::array<char32_t, 2> name;
    char32_t letter;
    int before;  ///< year 1 is the year after it
};

constexpr std::array<Era, 5> eras{{{{0x4EE4, 0x548C}, U'r', 2018},
                                   {{0x5E73, 0x6210}, U'h', 1988},
                                   {{0x662D, 0x548C}, U's', 1925},
                                   {{0x5927, 0x6B63}, U't', 1911},
                                   {{0x660E, 0x6CBB}, U'm', 1867}}};

/// Reads a day from the place where it begins.
class DayReader {
public:
    DayReader(std::u32string_view letters, std::size_t begin) : letters_(letters), at_(begin) {}

    std::optional<WrittenDay> read() {
        const std::size_t begin = at_;
        const auto year = read_year();
        if (!year)
            return std::nullopt;
        const bool signs = take(year_sign);
        const char32_t point = signs ? month_sign : peek();
        if (!signs && point != U'.' && point != U'/')
            return eight_digits_ ? day(*year, begin, begin + 8) : std::nullopt;
        if (!signs)
            ++at_;
        const auto month = number(2);
        if (!month || *month < 1 || *month > 12)
            return std::nullopt;
        if (!take(point))
            return std::nullopt;
        const std::size_t behind_month = at_;
        const auto day_of_month = number(2);
        if (day_of_month && (!signs || take(day_sign))) {
            month_ = *month;
            day_ = *day_of_month;
            return day(*year, begin, at_);
        }
        if (!signs)
            return std::nullopt;
        return WrittenDay{
            .day = static_cast<DayValue>(*year * 10000 + *month * 100), .begin = begin, .end = behind_month};
    }

private:
    [[nodiscard]] char32_t peek() const { return at_ < letters_.size() ? letters_[at_] : 0; }

    bool take(char32_t letter) {
        if (peek() != letter)
            return false;
        ++at_;
        return true;
    }

    std::optional<int> number(std::size_t most) {
        int value = 0;
        std::size_t digits = 0;
        while (is_digit(peek()) && digits < most) {
            value = value * 10 + static_cast<int>(peek() - U'0');
            ++at_;
            ++digits;
        }
        return digits == 0 || is_digit(peek()) ? std::nullopt : std::optional(value);
    }

    std::optional<int> read_year() {
        for (const Era& era : eras) {
            const bool named = letters_.substr(at_, 2) == std::u32string_view(era.name.data(), 2);
            if (!named && peek() != era.letter)
                continue;
            at_ += named ? 2 : 1;
            if (take(first_year))
                return era.before + 1;
            const auto year = number(2);
            return year && *year >= 1 ? std::optional(era.before + *year) : std::nullopt;
        }
        std::size_t digits = 0;
        while (digits < 9 && at_ + digits < letters_.size() && is_digit(letters_[at_ + digits]))
            ++digits;
        if (digits != 4 && digits != 8)
            return std::nullopt;
        const auto part = [&](std::size_t from, std::size_t length) {
            int value = 0;
            for (const char32_t letter : letters_.substr(at_ + from, length))
                value = value * 10 + static_cast<int>(letter - U'0');
            return value;
        };
        const int year = part(0, 4);
        if (digits == 8) {
            eight_digits_ = true;
            month_ = part(4, 2);
            day_ = part(6, 2);
        }
        at_ += digits;
        return year >= 1868 && year <= 2199 ? std::optional(year) : std::nullopt;
    }

    [[nodiscard]] std::optional<WrittenDay> day(int year, std::size_t begin, std::size_t end) const {
        const std::chrono::year_month_day date{std::chrono::year(year),
                                               std::chrono::month(static_cast<unsigned>(month_)),
                                               std::chrono::day(static_cast<unsigned>(day_))};
        if (!date.ok())
            return std::nullopt;
        return WrittenDay{.day = day_value(core::Date(date)), .begin = begin, .end = end};
    }

    std::u32string_view letters_;
    std::size_t at_;
    int month_ = 0;
    int day_ = 0;
    bool eight_digits_ = false;
};

}  // namespace

DayValue day_value(const core::Date& day) {
    return static_cast<DayValue>(day.year()) * 10000 + day.month() * 100 + day.day();
}

std::vector<WrittenDay> written_days(std::u32string_view letters) {
    std::vector<WrittenDay> result;
    for (std::size_t at = 0; at < letters.size();) {
        const char32_t letter = letters[at];
        const char32_t before = at == 0 ? U' ' : letters[at - 1];
        const bool may_begin = is_digit(letter)   ? !is_digit(before) && before != U'.' && before != U'/'
                               : is_latin(letter) ? !is_latin(before)
                                                  : letter == 0x4EE4 || letter == 0x5E73 || letter == 0x662D ||
                                                        letter == 0x5927 || letter == 0x660E;
        if (may_begin) {
            if (const auto day = DayReader(letters, at).read()) {
                result.push_back(*day);
                at = day->end;
                continue;
            }
        }
        ++at;
    }
    return result;
}

}  // namespace tsunagi::search
