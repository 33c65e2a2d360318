// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tsunagi::core {

/// A calendar day. Stored and sent as 2026-11-22.
class Date {
public:
    Date() = default;

    explicit Date(std::chrono::year_month_day day) : day_(day) {}

    /// Strict ISO form, real days only, years 1868 to 2199.
    [[nodiscard]] static std::optional<Date> parse(std::string_view text);
    [[nodiscard]] std::string str() const;

    [[nodiscard]] int year() const { return static_cast<int>(day_.year()); }

    [[nodiscard]] unsigned month() const { return static_cast<unsigned>(day_.month()); }

    [[nodiscard]] unsigned day() const { return static_cast<unsigned>(day_.day()); }

    /// 年度: April to March, named by the year of its April.
    [[nodiscard]] int fiscal_year() const { return month() >= 4 ? year() : year() - 1; }

    [[nodiscard]] Date plus_days(int days) const;
    /// Whole days from `earlier` to this day.
    [[nodiscard]] int days_since(const Date& earlier) const;
    /// 0 = Monday … 6 = Sunday
    [[nodiscard]] int weekday() const;
    friend bool operator==(const Date&, const Date&) = default;

    friend std::strong_ordering operator<=>(const Date& a, const Date& b) { return a.day_ <=> b.day_; }

private:
    std::chrono::year_month_day day_{std::chrono::year{1970}, std::chrono::month{1}, std::chrono::day{1}};
};

/// A clock time of the day without a zone, 10:21.
class TimeOfDay {
public:
    TimeOfDay() = default;

    TimeOfDay(int hour, int minute) : minutes_(hour * 60 + minute) {}

    [[nodiscard]] static std::optional<TimeOfDay> parse(std::string_view text);
    [[nodiscard]] std::string str() const;

    [[nodiscard]] int minutes() const { return minutes_; }

    friend auto operator<=>(const TimeOfDay&, const TimeOfDay&) = default;

private:
    int minutes_ = 0;
};

/// A moment in UTC, 2026-11-22T01:02:03.456Z. Text order is time order.
class Instant {
public:
    Instant() = default;
    explicit Instant(std::chrono::system_clock::time_point at);
    [[nodiscard]] static std::optional<Instant> parse(std::string_view text);

    [[nodiscard]] const std::string& str() const { return text_; }

    [[nodiscard]] std::chrono::system_clock::time_point time() const;

    [[nodiscard]] Instant plus(std::chrono::milliseconds duration) const { return Instant(time() + duration); }

    friend auto operator<=>(const Instant&, const Instant&) = default;

private:
    std::string text_;
};

/// Where "now" comes from. Handed in, so that tests and the demonstration decide the day.
class Clock {
public:
    /// The clock of the machine.
    Clock() = default;

    /// Stands still until it is moved. Copies show the same time and move together. Not for several threads.
    explicit Clock(Instant fixed) : fixed_(std::make_shared<Instant>(std::move(fixed))) {}

    void move_to(Instant instant) { *fixed_ = std::move(instant); }

    /// The same clock so many days away, at the same time of day: the calendar of a demonstration.
    [[nodiscard]] Clock shifted(std::chrono::days days) const;

    [[nodiscard]] Instant now() const;
    /// The day in Japan (UTC+9, no summer time).
    [[nodiscard]] Date today() const;
    /// No day up to this one is in the future: today, or the day of the clock this one was shifted from. A script
    /// that knows only its own day can then write into a demonstration that plays on an earlier one.
    [[nodiscard]] Date latest_day() const;

private:
    std::shared_ptr<Instant> fixed_;
    std::chrono::days shift_{0};
};

/// The day in Japan at that moment.
[[nodiscard]] Date day_in_japan(const Instant& at);

/// The first moment of the day in Japan.
[[nodiscard]] Instant start_in_japan(const Date& day);

/// Letter and year of the era on the last day of a fiscal year's first month: 2026 → {R, 8}, 2018 → {H, 30}.
/// The fiscal year 2019 is 令和元年度, R1. Era days: 明治 1868-10-23, 大正 1912-07-30, 昭和 1926-12-25,
/// 平成 1989-01-08, 令和 2019-05-01 (dictionary REQ-19).
struct EraYear {
    char letter;
    int year;
};

[[nodiscard]] EraYear era_of(const Date& day);
[[nodiscard]] EraYear era_of_fiscal_year(int fiscal_year);

}  // namespace tsunagi::core
