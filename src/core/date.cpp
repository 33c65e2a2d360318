// SPDX-License-Identifier: Apache-2.0
#include "core/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace tsunagi::core {
namespace {

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-' || text.front() == '+') {
        return std::nullopt;
    }
    return value;
}

constexpr std::chrono::hours ahead_in_japan{9};

/// Midnight of the day, in UTC.
std::chrono::sys_days days_of(const Date& day) {
    return std::chrono::year{day.year()} / static_cast<int>(day.month()) / static_cast<int>(day.day());
}

struct Era {
    char letter;
    std::chrono::year_month_day from;
};

constexpr std::array<Era, 5> eras{{
    {'R', std::chrono::year_month_day{std::chrono::year{2019}, std::chrono::month{5}, std::chrono::day{1}}},
    {'H', std::chrono::year_month_day{std::chrono::year{1989}, std::chrono::month{1}, std::chrono::day{8}}},
    {'S', std::chrono::year_month_day{std::chrono::year{1926}, std::chrono::month{12}, std::chrono::day{25}}},
    {'T', std::chrono::year_month_day{std::chrono::year{1912}, std::chrono::month{7}, std::chrono::day{30}}},
    {'M', std::chrono::year_month_day{std::chrono::year{1868}, std::chrono::month{10}, std::chrono::day{23}}},
}};

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day || *year < 1868 || *year > 2199)
        return std::nullopt;
    const std::chrono::year_month_day value{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                            std::chrono::day{static_cast<unsigned>(*day)}};
    if (!value.ok())
        return std::nullopt;
    return Date(value);
}

std::string Date::str() const {
    std::array<char, 32> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", year(), month(), day());
    return {buffer.data(), static_cast<std::size_t>(size)};
}

Date Date::plus_days(int days) const {
    return Date(std::chrono::year_month_day(std::chrono::sys_days(day_) + std::chrono::days(days)));
}

int Date::days_since(const Date& earlier) const {
    return static_cast<int>((std::chrono::sys_days(day_) - std::chrono::sys_days(earlier.day_)).count());
}

int Date::weekday() const {
    return static_cast<int>(std::chrono::weekday(std::chrono::sys_days(day_)).iso_encoding()) - 1;
}

std::optional<TimeOfDay> TimeOfDay::parse(std::string_view text) {
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    const auto hour = digits(text.substr(0, 2));
    const auto minute = digits(text.substr(3, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    return TimeOfDay(*hour, *minute);
}

std::string TimeOfDay::str() const {
    std::array<char, 32> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%02d:%02d", minutes_ / 60, minutes_ % 60);
    return {buffer.data(), static_cast<std::size_t>(size)};
}

Instant::Instant(std::chrono::system_clock::time_point at) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(at);
    const auto day = std::chrono::floor<std::chrono::days>(ms);
    const std::chrono::hh_mm_ss time{ms - day};
    std::array<char, 48> buffer{};
    const int size =
        std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                      static_cast<int>(time.subseconds().count()));
    text_ = Date(std::chrono::year_month_day(day)).str() + std::string(buffer.data(), static_cast<std::size_t>(size));
}

std::optional<Instant> Instant::parse(std::string_view text) {
    if (text.size() != 24 || text[10] != 'T' || text[19] != '.' || text[23] != 'Z' || text[16] != ':') {
        return std::nullopt;
    }
    const auto second = digits(text.substr(17, 2));
    if (!Date::parse(text.substr(0, 10)) || !TimeOfDay::parse(text.substr(11, 5)) || !second || *second > 59 ||
        !digits(text.substr(20, 3))) {
        return std::nullopt;
    }
    Instant result;
    result.text_ = std::string(text);
    return result;
}

std::chrono::system_clock::time_point Instant::time() const {
    const std::string_view text = text_;
    const auto date = Date::parse(text.substr(0, 10)).value();
    const auto clock = TimeOfDay::parse(text.substr(11, 5)).value();
    return days_of(date) + std::chrono::minutes(clock.minutes()) +
           std::chrono::seconds(digits(text.substr(17, 2)).value()) +
           std::chrono::milliseconds(digits(text.substr(20, 3)).value());
}

Clock Clock::shifted(std::chrono::days days) const {
    Clock other = *this;
    other.shift_ += days;
    return other;
}

Instant Clock::now() const {
    const Instant here = fixed_ ? *fixed_ : Instant(std::chrono::system_clock::now());
    return shift_.count() == 0 ? here : here.plus(shift_);
}

Date Clock::today() const {
    return day_in_japan(now());
}

Date Clock::latest_day() const {
    return std::max(today(), shifted(-shift_).today());
}

Date day_in_japan(const Instant& at) {
    return Date(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at.time() + ahead_in_japan)));
}

Instant start_in_japan(const Date& day) {
    return Instant(days_of(day) - ahead_in_japan);
}

EraYear era_of(const Date& day) {
    for (const Era& era : eras) {
        if (day >= Date(era.from))
            return {era.letter, day.year() - static_cast<int>(era.from.year()) + 1};
    }
    return {'M', 1};
}

EraYear era_of_fiscal_year(int fiscal_year) {
    // The year that began on 2019-04-01 is called 令和元年度 from the change of era on.
    return era_of(Date(std::chrono::year{fiscal_year} / 5 / 1));
}

}  // namespace tsunagi::core
