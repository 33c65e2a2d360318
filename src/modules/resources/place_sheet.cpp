// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/place_sheet.hpp"

#include <cstdio>

namespace tsunagi::resources {
namespace {

using analysis::Language;

std::string label_of(const packs::CodeBook& codes, std::string_view scheme, const std::string& code,
                     Language language) {
    const auto* entry = codes.code(std::string(scheme), code);
    if (entry == nullptr)
        return code;
    return language == Language::en && !entry->label.en.empty() ? entry->label.en.str() : entry->label.ja.str();
}

std::string kilometres(std::int64_t metres) {
    char text[32];  // NOLINT
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(metres) / 1000);
    return text;
}

}  // namespace

analysis::ReportSheet place_sheet(const std::vector<PlaceRow>& rows, const std::map<PlaceId, LocalBrief>& known,
                                  const PlaceSheetHead& head, const analysis::ReportWords& words,
                                  const packs::CodeBook& codes) {
    const Language language = head.language;
    const auto word = [&](const std::string& name) { return words.text(name, language); };
    const std::string separator = word("separator");
    analysis::ReportSheet sheet;
    sheet.name = word("places");
    sheet.title.push_back({.text = (head.fictitious ? word("fictitious") + " " : std::string()) + word("places")});
    sheet.title.push_back({.text = words.text("printed_on", language, {{"date", head.printed_on.str()}})});
    if (head.limited)
        sheet.notes.push_back(words.text("places_limited", language, {{"number", std::to_string(rows.size())}}));
    sheet.notes.push_back(word("places_source"));
    std::vector<std::pair<const char*, double>> columns{
        {"place_name", 30},       {"place_kana", 24},       {"place_services", 28}, {"municipality", 14},
        {"place_address", 34},    {"place_phone", 15},      {"place_fax", 15},      {"place_contact", 10},
        {"place_speciality", 24}, {"place_treatments", 26}, {"place_hours", 22},    {"place_open_times", 20},
        {"place_capacity", 20},   {"place_languages", 16},  {"place_costs", 20},    {"place_manners", 26},
        {"place_checked_on", 11}, {"place_as_of", 11}};
    if (head.near)
        columns.insert(columns.begin() + 1, {"place_distance", 10});
    auto& names = sheet.head.emplace_back();
    for (const auto& [name, width] : columns) {
        names.push_back({.text = word(name)});
        sheet.widths.push_back(width);
    }
    for (const PlaceRow& row : rows) {
        std::vector<std::string> cells;
        cells.push_back(row.name);
        if (head.near)
            cells.push_back(row.distance_m ? kilometres(*row.distance_m) : std::string());
        cells.push_back(row.kana);
        std::string services;
        for (const ServiceMark& one : row.services) {
            services += (services.empty() ? "" : separator) +
                        label_of(codes, ServiceCode::scheme(), one.service, language) +
                        (one.missing_since ? word("place_to_check") : std::string());
        }
        cells.push_back(std::move(services));
        const auto municipality = head.municipalities.find(row.municipality_code);
        cells.push_back(municipality == head.municipalities.end() ? row.municipality_code : municipality->second);
        cells.push_back(row.address + (row.building.empty() ? "" : " " + row.building));
        cells.push_back(row.phone);
        cells.push_back(row.fax);
        cells.push_back(row.contact ? label_of(codes, "resource_contact", row.contact->value, language)
                                    : std::string());
        const auto local = known.find(row.id);
        const LocalBrief none;
        const LocalBrief& brief = local == known.end() ? none : local->second;
        cells.push_back(brief.speciality);
        const auto labels = [&](std::string_view scheme, const std::vector<std::string>& list) {
            std::string text;
            for (const std::string& one : list)
                text += (text.empty() ? "" : separator) + label_of(codes, scheme, one, language);
            return text;
        };
        cells.push_back(labels("treatment", brief.treatments));
        cells.push_back(brief.hours);
        cells.push_back(labels("open_time", brief.open_times));
        cells.push_back(brief.capacity);
        cells.push_back(labels("language", brief.languages));
        cells.push_back(labels("cost", brief.costs));
        cells.push_back(brief.manners);
        cells.push_back(row.checked_on ? row.checked_on->str() : std::string());
        cells.push_back(row.as_of ? row.as_of->str() : std::string());
        auto& line = sheet.rows.emplace_back();
        for (std::string& cell : cells)
            line.push_back({.text = std::move(cell)});
    }
    return sheet;
}

}  // namespace tsunagi::resources
