// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/figures_sheet.hpp"

#include <array>
#include <cstdio>

#include "record/json_writer.hpp"

namespace tsunagi::discharges {
namespace {

using analysis::FileFormat;
using analysis::Language;
using analysis::ReportCell;

std::string decimal(const std::optional<double>& value) {
    if (!value)
        return {};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", *value);
    return text.data();
}

std::vector<ReportCell> cells_of(const FiguresLine& line, const std::string& key) {
    std::vector<ReportCell> cells;
    const auto number = [&](std::int64_t value) { cells.push_back({.text = {}, .number = value}); };
    cells.push_back({.text = key});
    number(line.discharges);
    for (const DayFigure* figure : {&line.to_decision, &line.to_leaving, &line.stay}) {
        number(figure->count);
        cells.push_back({.text = decimal(figure->mean)});
        cells.push_back({.text = decimal(figure->median)});
    }
    number(line.papers);
    number(line.in_time);
    number(line.late);
    number(line.missing);
    number(line.missed);
    number(line.readmitted);
    return cells;
}

}  // namespace

record::ExportedFile figures_file(const DischargeFigures& figures, const SheetHead& head,
                                  const analysis::ReportWords& words, const packs::CodeBook& codes) {
    const Language language = head.language;
    const auto word = [&](const std::string& name) { return words.text(name, language); };
    analysis::ReportSheet sheet;
    sheet.name = word("discharge_figures");
    sheet.title.push_back({.text = (head.fictitious ? word("fictitious") + " " : std::string()) + sheet.name});
    sheet.title.push_back(
        {.text = words.text("period", language, {{"from", figures.from.str()}, {"to", figures.to.str()}})});
    sheet.title.push_back({.text = words.text("printed_on", language, {{"date", head.printed_on.str()}})});
    sheet.notes.push_back(word("discharge_figures_note"));
    auto& names = sheet.head.emplace_back();
    const auto column = [&](const std::string& text, double width) {
        names.push_back({.text = text});
        sheet.widths.push_back(width);
    };
    column(word("discharges_by_" + record::to_text(figures.by)), 24);
    column(word("discharges"), 10);
    for (const char* name : {"days_to_decision", "days_to_leaving", "days_of_stay"}) {
        column(words.text("days_counted", language, {{"days", word(name)}}), 12);
        column(words.text("days_mean", language, {{"days", word(name)}}), 12);
        column(words.text("days_median", language, {{"days", word(name)}}), 12);
    }
    for (const char* name :
         {"handover_papers", "papers_in_time", "papers_late", "papers_missing", "missed_handovers", "readmissions"})
        column(word(name), 12);
    for (const FiguresLine& line : figures.lines) {
        std::string key = line.key;
        if (figures.by == FiguresBy::destination) {
            const auto* entry = codes.code("discharge_destination", line.key);
            if (entry != nullptr)
                key = language == Language::en && !entry->label.en.empty() ? entry->label.en.str()
                                                                           : entry->label.ja.str();
            else if (key.empty())
                key = word("not_filled_in");
        }
        sheet.rows.push_back(cells_of(line, key));
    }
    sheet.rows.push_back(cells_of(figures.total, word("sum")));
    sheet.summary_rows = 1;
    const std::string name =
        "discharges_" + figures.from.str() + "_" + figures.to.str() + (head.fictitious ? "_fictitious" : "");
    return analysis::exported(head.format, name, {sheet});
}

}  // namespace tsunagi::discharges
