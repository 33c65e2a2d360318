// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/reports.hpp"

#include <algorithm>

namespace tsunagi::analysis {
namespace {

using consultations::CaseBackground;
using consultations::ElementValue;

/// Rows above the table of a sheet: title, period and desks, printed date, link or remark.
constexpr std::size_t title_lines = 4;

const std::string& in(Language language, const std::string& ja, const std::string& en) {
    return language == Language::ja || en.empty() ? ja : en;
}

std::string joined(const std::vector<std::string>& names, const std::string& separator) {
    std::string result;
    for (const auto& name : names)
        result += (result.empty() ? "" : separator) + name;
    return result;
}

/// "Fiscal year …" when the period is one, else nothing.
std::string fiscal_year(const ReportHead& head, const ReportWords& words) {
    const int year = head.period.from.fiscal_year();
    const bool whole = head.period.from.month() == 4 && head.period.from.day() == 1 && head.period.to.month() == 3 &&
                       head.period.to.day() == 31 && head.period.to.fiscal_year() == year;
    if (!whole)
        return {};
    const core::EraYear era = core::era_of_fiscal_year(year);
    return words.text("fiscal_year", head.language,
                      {{"era", words.text(std::string("era_") + era.letter, head.language)},
                       {"year", era.year == 1 ? words.text("first_year", head.language) : std::to_string(era.year)}}) +
           "  ";
}

std::vector<ReportCell> title_of(const std::string& name, const ReportHead& head, const ReportWords& words,
                                 ReportCell last) {
    const std::string desks = head.desks.empty()
                                  ? words.text("all_desks", head.language)
                                  : words.text("desks", head.language,
                                               {{"names", joined(head.desks, words.text("separator", head.language))}});
    return {
        {.text =
             words.text(name, head.language) + (head.fictitious ? "  " + words.text("fictitious", head.language) : "")},
        {.text = fiscal_year(head, words) +
                 words.text("period", head.language, {{"from", head.period.from.str()}, {"to", head.period.to.str()}}) +
                 "  " + desks},
        {.text = words.text("printed_on", head.language, {{"date", head.printed_on.str()}})},
        std::move(last)};
}

std::string group_word(ColumnGroup group) {
    switch (group) {
        case ColumnGroup::total:
            return "total";
        case ColumnGroup::topic:
            return "topic";
        case ColumnGroup::relisted:
            return "relisted";
        case ColumnGroup::caller:
            return "caller";
        case ColumnGroup::district:
            return "district";
    }
    return "total";
}

/// One cell per run of equal names, covering them all.
template <class Item, class NameOf>
void add_spans(std::vector<ReportCell>& row, const std::vector<Item>& items, NameOf name_of) {
    for (std::size_t i = 0; i < items.size();) {
        std::size_t end = i + 1;
        while (end < items.size() && name_of(items[end]) == name_of(items[i]))
            ++end;
        row.push_back({.text = name_of(items[i]), .span = end - i});
        i = end;
    }
}

std::vector<ReportCell> month_row(const std::string& name, const MonthRow& row) {
    std::vector<ReportCell> cells{{.text = name}};
    for (const auto& count : row.counts)
        cells.push_back(count ? ReportCell{.number = count} : ReportCell{.text = "*"});
    return cells;
}

std::string month_name(const std::string& month, const ReportHead& head, const ReportWords& words) {
    if (month.empty())
        return words.text("sum", head.language);
    std::string number = month.substr(5);
    if (head.language == Language::ja && number.front() == '0')
        number.erase(0, 1);
    return words.text("month_name", head.language, {{"year", month.substr(0, 4)}, {"month", number}});
}

std::string mark(const CaseBackground& one, const std::string& element, const ReportHead& head,
                 const ReportWords& words) {
    const auto found = std::ranges::find(one.elements, element, [](const auto& item) { return item.element.value; });
    if (found == one.elements.end())
        return {};
    switch (found->value) {
        case ElementValue::yes:
            return words.text("yes", head.language);
        case ElementValue::suspected:
            return words.text("suspected", head.language);
        case ElementValue::text:
            return found->text;
    }
    return {};
}

template <record::FixedString S>
std::string label(const std::optional<record::Code<S>>& code, const packs::CodeBook& codes, Language language) {
    if (!code)
        return {};
    const auto* entry = codes.code(S.view(), code->value);
    return entry == nullptr ? code->value : in(language, entry->label.ja, entry->label.en);
}

}  // namespace

ReportSheet month_sheet(const MonthTable& table, const ReportHead& head, const ReportWords& words,
                        const std::string& cases) {
    ReportSheet sheet;
    sheet.name = words.text("month_table", head.language);
    ReportCell last;
    if (table.suppressed) {
        last.text = words.text("suppressed", head.language);
    } else if (!cases.empty()) {
        last = {.text = words.text("to_cases", head.language), .link = cases};
    }
    sheet.title = title_of("month_table", head, words, std::move(last));
    auto& groups = sheet.head.emplace_back();
    groups.push_back({});
    add_spans(groups, table.columns, [&](const MonthColumn& column) {
        return column.group == ColumnGroup::total ? std::string() : words.text(group_word(column.group), head.language);
    });
    auto& names = sheet.head.emplace_back();
    names.push_back({.text = words.text("month", head.language)});
    sheet.widths.push_back(12);
    for (const auto& column : table.columns) {
        names.push_back({.text = in(head.language, column.ja, column.en)});
        sheet.widths.push_back(0);
    }
    for (const auto& row : table.rows)
        sheet.rows.push_back(month_row(month_name(row.month, head, words), row));
    sheet.rows.push_back(month_row(month_name("", head, words), table.total));
    sheet.summary_rows = 1;
    for (const auto& check : table.checks) {
        sheet.notes.push_back(words.text("mismatch", head.language,
                                         {{"month", month_name(check.month, head, words)},
                                          {"group", words.text(group_word(check.group), head.language)},
                                          {"actual", std::to_string(check.actual)},
                                          {"expected", std::to_string(check.expected)}}));
    }
    return sheet;
}

ReportSheet matrix_sheet(const Matrix& matrix, const ReportHead& head, const ReportWords& words,
                         const std::string& cases) {
    ReportSheet sheet;
    sheet.name = words.text("matrix", head.language);
    ReportCell last;
    if (matrix.truncated)
        last.text = words.text("cases_limited", head.language, {{"number", std::to_string(matrix.cases.size())}});
    sheet.title = title_of("matrix", head, words, std::move(last));
    auto& groups = sheet.head.emplace_back();
    groups.resize(2);
    add_spans(groups, matrix.columns,
              [&](const MatrixColumn& column) { return in(head.language, column.group_ja, column.group_en); });
    auto& names = sheet.head.emplace_back();
    names.push_back({.text = words.text("number", head.language)});
    names.push_back({.text = words.text("subject", head.language)});
    sheet.widths = {11, 28};
    sheet.fixed_columns = 2;
    for (const auto& column : matrix.columns) {
        names.push_back({.text = in(head.language, column.ja, column.en)});
        sheet.widths.push_back(11);
    }
    for (std::size_t i = 0; i < matrix.cases.size(); ++i) {
        const CaseBackground& one = matrix.cases[i];
        auto& row = sheet.rows.emplace_back();
        row.push_back({.text = one.number, .link = cases, .link_row = title_lines + 1 + i});
        row.push_back({.text = one.subject});
        for (const auto& column : matrix.columns)
            row.push_back({.text = mark(one, column.element, head, words)});
    }
    std::vector<ReportCell> counts;
    counts.push_back({.text = words.text("sum", head.language)});
    counts.push_back({.number = matrix.filled});
    std::vector<ReportCell> suspected;
    suspected.push_back({.text = words.text("suspected_of", head.language)});
    suspected.push_back({});
    for (const auto& column : matrix.columns) {
        counts.push_back({.number = column.count});
        suspected.push_back({.number = column.suspected});
    }
    sheet.rows.push_back(std::move(counts));
    sheet.rows.push_back(std::move(suspected));
    sheet.summary_rows = 2;
    return sheet;
}

ReportSheet case_sheet(const std::vector<CaseBackground>& cases, const ReportHead& head, const ReportWords& words,
                       const packs::CodeBook& codes) {
    ReportSheet sheet;
    sheet.name = words.text("cases", head.language);
    ReportCell last;
    if (head.limited)
        last.text = words.text("cases_limited", head.language, {{"number", std::to_string(cases.size())}});
    sheet.title = title_of("cases", head, words, std::move(last));
    auto& names = sheet.head.emplace_back();
    for (const char* name : {"number", "received_on", "subject", "age_band", "household", "care_level", "background",
                             "support_text", "result"})
        names.push_back({.text = words.text(name, head.language)});
    sheet.widths = {11, 12, 24, 12, 12, 10, 60, 60, 12};
    for (const auto& one : cases) {
        sheet.rows.push_back({{.text = one.number},
                              {.text = one.received_on ? one.received_on->str() : ""},
                              {.text = one.subject},
                              {.text = label(one.age_band, codes, head.language)},
                              {.text = label(one.household, codes, head.language)},
                              {.text = label(one.care_level, codes, head.language)},
                              {.text = one.background},
                              {.text = one.support_text},
                              {.text = label(one.result, codes, head.language)}});
    }
    return sheet;
}

}  // namespace tsunagi::analysis
