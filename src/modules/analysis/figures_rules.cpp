// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/figures_rules.hpp"

#include <algorithm>
#include <set>

namespace tsunagi::analysis {
namespace {

constexpr int most_months = 36;

std::string month_of(const core::Date& day) {
    return day.str().substr(0, 7);
}

/// Months from the first to the last day, 2026-04 first.
std::vector<std::string> months_of(const Period& period) {
    std::vector<std::string> months;
    int year = period.from.year();
    unsigned month = period.from.month();
    for (;;) {
        const core::Date first{
            std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{1}}};
        if (first > period.to)
            return months;
        months.push_back(month_of(first));
        year += month == 12 ? 1 : 0;
        month = month == 12 ? 1 : month + 1;
    }
}

/// Records per month and number of a column's value.
class Counts {
public:
    Counts(std::size_t months, std::size_t numbers) : numbers_(numbers), counts_(months * numbers) {}

    void add(std::size_t month, consultations::Numbering::Number number) { ++counts_[month * numbers_ + number]; }

    /// Those that are not zero.
    template <class F>
    [[nodiscard]] std::vector<CountedCode> with_names(const std::vector<std::string>& months, F&& name) const {
        std::vector<CountedCode> result;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            if (counts_[i] > 0) {
                result.push_back({.month = months[i / numbers_],
                                  .code = name(static_cast<consultations::Numbering::Number>(i % numbers_)),
                                  .count = counts_[i]});
            }
        }
        return result;
    }

private:
    std::size_t numbers_;
    std::vector<std::int64_t> counts_;
};

/// Columns of one group: where a code is counted, in the order of the table's head.
class Group {
public:
    Group(std::vector<MonthColumn>& columns, ColumnGroup group, const TableWords& words)
        : columns_(columns), group_(group), words_(words) {}

    void add(const std::string& code, const std::string& ja, const std::string& en) {
        if (places_.try_emplace(code, columns_.size()).second)
            columns_.push_back({.group = group_, .code = code, .ja = ja, .en = en.empty() ? ja : en});
    }

    /// The codes of the scheme that could be chosen in the period, and those in use that could not.
    void add_codes(const packs::CodeBook& codes, const std::string& scheme, const Period& period,
                   const std::set<std::string>& used) {
        for (const auto* entry : codes.valid_between(scheme, period.from, period.to))
            add(entry->code.value, entry->label.ja, entry->label.en);
        const auto* known = codes.scheme(scheme);
        for (const auto& code : used) {
            const auto* entry = known == nullptr ? nullptr : codes.code(scheme, code);
            if (!code.empty())
                add(code, entry == nullptr ? code : entry->label.ja.value,
                    entry == nullptr ? code : entry->label.en.value);
        }
        add_not_filled_in(used);
    }

    void add_not_filled_in(const std::set<std::string>& used) {
        if (used.contains(""))
            add("", words_.not_filled_in.ja, words_.not_filled_in.en);
    }

    [[nodiscard]] std::size_t place(const std::string& code) const { return places_.at(code); }

private:
    std::vector<MonthColumn>& columns_;  // NOLINT: lives as long as the table is made
    ColumnGroup group_;
    const TableWords& words_;  // NOLINT
    std::map<std::string, std::size_t> places_;
};

/// The column of 図8 a profession is counted in.
std::string caller_of(const packs::CodeBook& codes, const std::string& profession) {
    const auto* entry = codes.code("profession", profession);
    return entry == nullptr || !entry->parent ? std::string() : entry->parent->value;
}

void check_sums(MonthTable& table, const MonthRow& row) {
    const std::int64_t expected = row.counts.front().value_or(0);
    for (const ColumnGroup group : {ColumnGroup::topic, ColumnGroup::caller, ColumnGroup::district}) {
        std::int64_t actual = 0;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (table.columns[i].group == group && !table.columns[i].code.empty())
                actual += row.counts[i].value_or(0);
        }
        if (actual != expected) {
            table.checks.push_back({.month = row.month,
                                    .group = group,
                                    .expected = expected,
                                    .actual = actual,
                                    .required = group == ColumnGroup::topic});
        }
    }
}

}  // namespace

std::map<consultations::Numbering::Number, std::string> marks_of(const consultations::FactWords& words,
                                                                 const std::string& scheme) {
    std::map<consultations::Numbering::Number, std::string> marks;
    for (std::size_t i = 1; i < words.marks.size(); ++i) {
        const auto number = static_cast<consultations::Numbering::Number>(i);
        const std::string text = words.marks.text(number);
        if (text.starts_with(scheme + ":"))
            marks.emplace(number, text.substr(scheme.size() + 1));
    }
    return marks;
}

Period period_of(const consultations::ConsultationFilter& filter, const core::Date& today) {
    const auto first_day = [](std::int64_t year) {
        return core::Date{std::chrono::year_month_day{std::chrono::year{static_cast<int>(year)}, std::chrono::month{4},
                                                      std::chrono::day{1}}};
    };
    if (filter.fiscal_year && (*filter.fiscal_year < 1900 || *filter.fiscal_year > 2198))
        throw core::invalid({{"?fiscal_year", "range", "1900-2198"}});
    const std::int64_t year =
        filter.fiscal_year.value_or(filter.from.value_or(filter.to.value_or(today)).fiscal_year());
    Period period{.from = filter.from.value_or(first_day(year)),
                  .to = filter.to.value_or(first_day(year + 1).plus_days(-1))};
    if (period.to < period.from)
        throw core::invalid({{"?to", "date_order", period.from.str()}});
    const auto months = (period.to.year() - period.from.year()) * 12 + static_cast<int>(period.to.month()) -
                        static_cast<int>(period.from.month()) + 1;
    if (months > most_months)
        throw core::invalid({{"?to", "range", std::to_string(most_months)}});
    return period;
}

MonthSource count_months(const consultations::Selection& selection, const Period& period) {
    const std::vector<std::string> months = months_of(period);
    const consultations::DayNumber first = consultations::day_number(period.from);
    std::vector<std::size_t> month_of_day;
    for (core::Date day = period.from; day <= period.to; day = day.plus_days(1)) {
        month_of_day.push_back(static_cast<std::size_t>((day.year() - period.from.year()) * 12) + day.month() -
                               period.from.month());
    }
    const consultations::FactWords& words = *selection.words;
    const auto relisted_codes = marks_of(words, "relisted");
    std::vector<bool> is_relisted(words.marks.size());
    for (const auto& [number, code] : relisted_codes)
        is_relisted[number] = true;
    Counts all(months.size(), 1);
    Counts topics(months.size(), words.codes.size());
    Counts professions(months.size(), words.codes.size());
    Counts districts(months.size(), words.regions.size());
    Counts relisted(months.size(), words.marks.size());
    selection.for_each([&](const consultations::Chunk& chunk, const consultations::Facts& row) {
        const std::size_t month = month_of_day.at(static_cast<std::size_t>(row.listed_on - first));
        all.add(month, 0);
        topics.add(month, row.topic);
        professions.add(month, row.profession);
        districts.add(month, row.district);
        for (const auto mark : chunk.marks_of(row)) {
            if (is_relisted[mark])
                relisted.add(month, mark);
        }
    });
    return {.all = all.with_names(months, [](auto) { return std::string(); }),
            .topics = topics.with_names(months, [&](auto number) { return words.codes.text(number); }),
            .relisted = relisted.with_names(months, [&](auto number) { return relisted_codes.at(number); }),
            .professions = professions.with_names(months, [&](auto number) { return words.codes.text(number); }),
            .districts = districts.with_names(months, [&](auto number) { return words.regions.text(number); }),
            .regions = {}};
}

MonthTable month_table(const Period& period, const MonthSource& source, const packs::CodeBook& codes,
                       const TableWords& words) {
    MonthTable table{.from = period.from,
                     .to = period.to,
                     .suppressed = false,
                     .columns = {},
                     .rows = {},
                     .total = {},
                     .checks = {}};
    std::map<std::string, const CountedRegion*> regions;
    for (const auto& region : source.regions)
        regions[region.id] = &region;
    const auto column_of = [&](const std::string& district) {
        const auto found = regions.find(district);
        return found == regions.end() ? district : found->second->column;
    };
    std::set<std::string> topics;
    std::set<std::string> callers;
    std::set<std::string> districts;
    std::set<std::string> relisted;
    for (const auto& one : source.topics)
        topics.insert(one.code);
    for (const auto& one : source.professions)
        callers.insert(caller_of(codes, one.code));
    for (const auto& one : source.districts)
        districts.insert(column_of(one.code));
    for (const auto& one : source.relisted)
        relisted.insert(one.code);

    table.columns.push_back({.group = ColumnGroup::total, .code = "", .ja = words.total.ja, .en = words.total.en});
    Group topic(table.columns, ColumnGroup::topic, words);
    topic.add_codes(codes, "topic", period, topics);
    Group relist(table.columns, ColumnGroup::relisted, words);
    relist.add_codes(codes, "relisted", period, relisted);
    Group caller(table.columns, ColumnGroup::caller, words);
    caller.add_codes(codes, "caller_column", period, callers);
    Group district(table.columns, ColumnGroup::district, words);
    for (const auto& region : source.regions) {
        if (region.is_column || (region.id == region.column && districts.contains(region.id)))
            district.add(region.id, region.name, region.name);
    }
    for (const auto& id : districts) {
        if (!id.empty())
            district.add(id, id, id);
    }
    district.add_not_filled_in(districts);

    std::map<std::string, std::size_t> rows;
    for (auto& month : months_of(period)) {
        rows[month] = table.rows.size();
        table.rows.push_back({.month = month, .counts = {}});
        table.rows.back().counts.assign(table.columns.size(), 0);
    }
    table.total.counts.assign(table.columns.size(), 0);
    const auto count = [&](const std::string& month, std::size_t column, std::int64_t number) {
        *table.rows[rows.at(month)].counts[column] += number;
        *table.total.counts[column] += number;
    };
    for (const auto& one : source.all)
        count(one.month, 0, one.count);
    for (const auto& one : source.topics)
        count(one.month, topic.place(one.code), one.count);
    for (const auto& one : source.relisted)
        count(one.month, relist.place(one.code), one.count);
    for (const auto& one : source.professions)
        count(one.month, caller.place(caller_of(codes, one.code)), one.count);
    for (const auto& one : source.districts)
        count(one.month, district.place(column_of(one.code)), one.count);
    for (const auto& row : table.rows)
        check_sums(table, row);
    check_sums(table, table.total);
    return table;
}

}  // namespace tsunagi::analysis
