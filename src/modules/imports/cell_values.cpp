// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/cell_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tsunagi::imports {
namespace {

icu::UnicodeString normalized(std::string_view text, const icu::Normalizer2* form) {
    UErrorCode status = U_ZERO_ERROR;
    const auto whole =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    auto result = form->normalize(whole, status);
    return U_FAILURE(status) != 0 ? whole : result;
}

const icu::Normalizer2* nfkc() {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCInstance(status);
}

/// Reads from the left of a text, part by part.
class Scan {
public:
    explicit Scan(std::string_view text) : rest_(text) {}

    bool take(std::string_view word) {
        if (!rest_.starts_with(word))
            return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    bool take_one_of(std::string_view signs) {
        if (rest_.empty() || signs.find(rest_.front()) == std::string_view::npos)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    void blanks() {
        while (take_one_of(" \n\t")) {
        }
    }

    /// At most `most` digits.
    std::optional<int> number(std::size_t most) {
        std::size_t size = 0;
        int value = 0;
        while (size < rest_.size() && size < most && rest_[size] >= '0' && rest_[size] <= '9')
            value = value * 10 + (rest_[size++] - '0');
        if (size == 0)
            return std::nullopt;
        rest_.remove_prefix(size);
        last_size_ = size;
        return value;
    }

    [[nodiscard]] std::size_t last_size() const { return last_size_; }

    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    std::size_t last_size_ = 0;
};

std::optional<core::Date> date(int year, int month, int day) {
    using namespace std::chrono;  // NOLINT
    const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || year < 1868 || year > 2199)
        return std::nullopt;
    return core::Date(date);
}

/// The year before the first one of an era, by its name or letter.
std::optional<int> era_before(Scan& scan) {
    // Unicode names: the letters stand for Meiji, Taisho, Showa, Heisei, Reiwa.
    static constexpr std::array<std::pair<std::string_view, int>, 15> eras{{{"\u4ee4\u548c", 2018},
                                                                            {"\u5e73\u6210", 1988},
                                                                            {"\u662d\u548c", 1925},
                                                                            {"\u5927\u6b63", 1911},
                                                                            {"\u660e\u6cbb", 1867},
                                                                            {"R", 2018},
                                                                            {"H", 1988},
                                                                            {"S", 1925},
                                                                            {"T", 1911},
                                                                            {"M", 1867},
                                                                            {"r", 2018},
                                                                            {"h", 1988},
                                                                            {"s", 1925},
                                                                            {"t", 1911},
                                                                            {"\u4ee4", 2018}}};
    for (const auto& [name, before] : eras) {
        if (scan.take(name))
            return before;
    }
    return std::nullopt;
}

/// The time at the beginning of what is left; nothing but blanks may follow it.
std::optional<core::TimeOfDay> last_time(Scan scan) {
    scan.blanks();
    const bool afternoon = scan.take("\u5348\u5f8c") || scan.take("PM") || scan.take("pm");
    if (!afternoon)
        (void)(scan.take("\u5348\u524d") || scan.take("AM") || scan.take("am"));
    scan.blanks();
    auto hour = scan.number(2);
    if (!hour)
        return std::nullopt;
    int minute = 0;
    if (scan.take(":")) {
        const auto read = scan.number(2);
        if (!read || (scan.take(":") && !scan.number(2)))
            return std::nullopt;
        minute = *read;
        // What other systems write behind the seconds. A time of another zone may be of another day: it stays unread.
        if (scan.take(".") && !scan.number(9))
            return std::nullopt;
        (void)(scan.take("+09:00") || scan.take("+0900"));
    } else if (scan.take("\u6642")) {
        if (scan.take("\u534a")) {
            minute = 30;
        } else if (const auto read = scan.number(2)) {
            minute = *read;
            (void)scan.take("\u5206");
        }
    } else {
        return std::nullopt;
    }
    scan.blanks();
    if (!scan.rest().empty())
        return std::nullopt;
    if (afternoon && *hour < 12)
        *hour += 12;
    if (*hour > 23 || minute > 59)
        return std::nullopt;
    return core::TimeOfDay(*hour, minute);
}

/// A day of the week without brackets: \u706b, \u706b\u66dc, \u706b\u66dc\u65e5.
void take_day_of_week(Scan& scan) {
    static constexpr std::array<std::string_view, 7> days{"\u6708", "\u706b", "\u6c34", "\u6728",
                                                          "\u91d1", "\u571f", "\u65e5"};
    if (std::any_of(days.begin(), days.end(), [&](std::string_view day) { return scan.take(day); }) &&
        scan.take("\u66dc"))
        (void)scan.take("\u65e5");
}

/// What may stand behind a day, and nothing else: a day of the week, a time. "4/1 - 4/3" is not the first of April.
bool is_day_end(std::string_view rest) {
    Scan scan(rest);
    scan.blanks();
    if (scan.take("(")) {
        const std::size_t end = scan.rest().find(')');
        if (end == std::string_view::npos)
            return false;
        scan = Scan(scan.rest().substr(end + 1));
    } else {
        take_day_of_week(scan);
    }
    scan.blanks();
    (void)scan.take("T");
    return scan.rest().empty() || last_time(scan).has_value();
}

std::optional<core::Date> of_serial(double serial, bool from_1904) {
    if (!(serial >= 20'000 && serial < 80'000))  // 1954 to 2119, and no number that people write as a day
        return std::nullopt;
    using std::chrono::year;
    const core::Date zero = from_1904 ? core::Date(year{1904} / 1 / 1) : core::Date(year{1899} / 12 / 30);
    return zero.plus_days(static_cast<int>(serial));
}

std::optional<double> real(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string narrow(std::string_view text) {
    std::string bytes;
    normalized(text, nfkc()).toUTF8String(bytes);
    return bytes;
}

std::string folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto form = normalized(text, icu::Normalizer2::getNFKCCasefoldInstance(status));
    icu::UnicodeString kept;
    for (std::int32_t i = 0; i < form.length(); i = form.moveIndex32(i, 1)) {
        const UChar32 letter = form.char32At(i);
        // The long vowel mark is a letter of its word.
        if (u_isalnum(letter) != 0 || letter == 0x30FC || letter == 0x25CB || letter == 0x3007)
            kept.append(letter);
    }
    std::string bytes;
    kept.toUTF8String(bytes);
    return bytes;
}

std::string without_number(std::string_view text) {
    std::string plain = narrow(text);
    Scan scan(plain);
    scan.blanks();
    (void)scan.take_one_of("(");
    if (!scan.number(3))
        return std::string(text);
    const bool parted = scan.take_one_of(").:-_") || scan.take("\u3001") || scan.take("\u30fb");
    scan.blanks();
    const std::string_view rest = scan.rest();
    // ① becomes 1 with nothing behind it; 24時間 is no numbered word.
    const bool circled = text.starts_with("\xE2\x91") && !rest.empty();
    return parted || circled ? std::string(rest) : std::string(text);
}

std::vector<std::string> values_in(std::string_view cell) {
    static constexpr std::array<std::string_view, 8> marks{"\u3001", "\uff0c", ",", "\uff1b", ";", "\n", "\uff0f", "/"};
    std::vector<std::string> values(1);
    for (std::size_t at = 0; at < cell.size();) {
        std::size_t size = 0;
        for (const auto& mark : marks) {
            if (cell.substr(at).starts_with(mark))
                size = mark.size();
        }
        if (size > 0) {
            values.emplace_back();
            at += size;
        } else {
            values.back() += cell[at++];
        }
    }
    std::vector<std::string> result;
    for (std::string& value : values) {
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
            value.erase(0, 1);
        while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
            value.pop_back();
        if (!folded(value).empty())
            result.push_back(std::move(value));
    }
    return result;
}

std::optional<core::Date> day_in(const std::string& cell, const std::optional<std::int64_t>& fiscal_year,
                                 bool from_1904) {
    const std::string text = narrow(cell);
    if (const auto serial = real(text); serial && text.size() != 8)
        return of_serial(*serial, from_1904);
    Scan scan(text);
    scan.blanks();
    const auto era = era_before(scan);
    scan.blanks();
    std::optional<int> year;
    if (era && scan.take("\u5143"))
        year = 1;
    else
        year = scan.number(8);
    if (!year)
        return std::nullopt;
    if (!era && scan.last_size() == 8)  // 20250401
        return is_day_end(scan.rest()) ? date(*year / 10'000, *year / 100 % 100, *year % 100) : std::nullopt;
    scan.blanks();
    const bool kanji = scan.take("\u5e74");
    if (!kanji && !scan.take_one_of("/.-")) {
        // 4月1日
        if (era || !fiscal_year || !scan.take("\u6708"))
            return std::nullopt;
        scan.blanks();
        const auto day = scan.number(2);
        (void)scan.take("\u65e5");
        if (!day || !is_day_end(scan.rest()))
            return std::nullopt;
        return date(static_cast<int>(*fiscal_year) + (*year < 4 ? 1 : 0), *year, *day);
    }
    scan.blanks();
    const auto month = scan.number(2);
    if (!month)
        return std::nullopt;
    scan.blanks();
    const bool day_follows = kanji ? scan.take("\u6708") : scan.take_one_of("/.-");
    if (!day_follows) {
        // 4/1
        if (era || kanji || !fiscal_year || !is_day_end(scan.rest()) || *year > 12)
            return std::nullopt;
        return date(static_cast<int>(*fiscal_year) + (*year < 4 ? 1 : 0), *year, *month);
    }
    scan.blanks();
    const auto day = scan.number(2);
    (void)scan.take("\u65e5");
    if (!day || !is_day_end(scan.rest()))
        return std::nullopt;
    if (era)
        return date(*era + *year, *month, *day);
    return *year < 1000 ? std::nullopt : date(*year, *month, *day);
}

std::optional<core::TimeOfDay> time_in(const std::string& cell) {
    const std::string text = narrow(cell);
    if (const auto part = real(text); part && *part >= 0 && *part < 1) {
        const auto minutes = static_cast<int>(std::lround(*part * 24 * 60));
        return minutes < 24 * 60 ? std::optional(core::TimeOfDay(minutes / 60, minutes % 60)) : std::nullopt;
    }
    Scan scan(text);
    scan.blanks();
    if (const std::size_t blank = text.find_last_of(' '); blank != std::string::npos && text.find(':') > blank)
        scan = Scan(std::string_view(text).substr(blank + 1));
    return last_time(scan);
}

}  // namespace tsunagi::imports
