// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/vacancy_sheet.hpp"

#include "record/json_writer.hpp"

namespace tsunagi::vacancies {
namespace {

std::string day(const std::optional<core::Date>& date) {
    return date ? date->str() : std::string();
}

std::string service_label(const packs::CodeBook& codes, const std::string& code, analysis::Language language) {
    const auto* entry = codes.code(resources::ServiceCode::scheme(), code);
    if (entry == nullptr)
        return code;
    return language == analysis::Language::en && !entry->label.en.empty() ? entry->label.en.str()
                                                                          : entry->label.ja.str();
}

}  // namespace

analysis::ReportSheet vacancy_sheet(const std::vector<VacancyRow>& rows, const SheetHead& head,
                                    const analysis::ReportWords& words, const packs::CodeBook& codes) {
    const auto word = [&](const std::string& name) { return words.text(name, head.language); };
    analysis::ReportSheet sheet;
    sheet.name = word("vacancies");
    sheet.title.push_back({.text = (head.fictitious ? word("fictitious") + " " : std::string()) + sheet.name});
    sheet.title.push_back({.text = words.text("printed_on", head.language, {{"date", head.printed_on.str()}})});
    const std::string limited =
        head.limited ? words.text("lines_limited", head.language, {{"number", std::to_string(rows.size())}}) : "";
    if (head.limited)
        sheet.notes.push_back(limited);
    auto& names = sheet.head.emplace_back();
    for (const auto& [name, width] : std::vector<std::pair<const char*, double>>{{"vacancy_place", 30},
                                                                                 {"vacancy_service", 20},
                                                                                 {"vacancy_state", 14},
                                                                                 {"vacancy_free", 8},
                                                                                 {"vacancy_unit", 8},
                                                                                 {"vacancy_conditions", 30},
                                                                                 {"vacancy_from_on", 12},
                                                                                 {"vacancy_told_on", 12},
                                                                                 {"vacancy_expires_on", 12},
                                                                                 {"vacancy_told_by", 16},
                                                                                 {"vacancy_by", 12},
                                                                                 {"vacancy_phone", 14}}) {
        names.push_back({.text = word(name)});
        sheet.widths.push_back(width);
    }
    for (const VacancyRow& row : rows) {
        auto& cells = sheet.rows.emplace_back();
        const auto text = [&](const std::string& value) { cells.push_back({.text = value}); };
        text(row.place_name);
        text(service_label(codes, row.service, head.language));
        text(word("vacancy_state_" + record::to_text(row.state)));
        // A word that is too old says nothing of what is free.
        const bool counts = row.state != VacancyState::expired;
        cells.push_back({.text = {}, .number = counts ? row.free : std::nullopt});
        text(counts && row.unit ? word("vacancy_unit_" + record::to_text(*row.unit)) : std::string());
        text(counts ? row.conditions : std::string());
        text(counts ? day(row.from_on) : std::string());
        text(day(row.told_on));
        text(day(row.expires_on));
        text(row.told_by);
        text(row.by_page ? word("vacancy_by_page") : row.written_by_name);
        text(row.phone);
    }
    auto& sums = sheet.rows.emplace_back(names.size());
    sums[0].text = word("sum");
    sums[1].number = static_cast<std::int64_t>(rows.size());
    sums[2].text = limited;  // a CSV has no notes
    sheet.summary_rows = 1;
    return sheet;
}

}  // namespace tsunagi::vacancies
