// SPDX-License-Identifier: Apache-2.0
#include "modules/activities/register_sheet.hpp"

#include "record/json_writer.hpp"

namespace tsunagi::activities {
namespace {

using analysis::Language;
using analysis::ReportCell;

std::string label_of(const packs::CodeBook& codes, const std::string& scheme, const std::string& code,
                     Language language) {
    const auto* entry = codes.code(scheme, code);
    if (entry == nullptr)
        return code;
    return language == Language::en && !entry->label.en.empty() ? entry->label.en.str() : entry->label.ja.str();
}

}  // namespace

analysis::ReportSheet register_sheet(const std::vector<ActivityRow>& rows, const RegisterHead& head,
                                     const analysis::ReportWords& words, const packs::CodeBook& codes) {
    const Language language = head.language;
    const auto word = [&](const std::string& name) { return words.text(name, language); };
    const auto label = [&](const std::string& scheme, const auto& code) {
        return code ? label_of(codes, scheme, code->value, language) : std::string();
    };
    analysis::ReportSheet sheet;
    sheet.name = word("register");
    sheet.title.push_back({.text = (head.fictitious ? word("fictitious") + " " : std::string()) + word("register")});
    sheet.title.push_back({.text = words.text("printed_on", language, {{"date", head.printed_on.str()}})});
    const std::string limited =
        head.limited ? words.text("lines_limited", language, {{"number", std::to_string(rows.size())}}) : std::string();
    if (head.limited)
        sheet.notes.push_back(limited);
    auto& names = sheet.head.emplace_back();
    const std::vector<std::pair<const char*, double>> columns{
        {"asked_on", 11},  {"activity_state", 9}, {"activity_kind", 22}, {"number", 11},  {"subject", 28},
        {"with_name", 14}, {"affiliation", 24},   {"profession", 14},    {"partner", 22}, {"activity_details", 26},
        {"agreed_on", 11}, {"begun_on", 11},      {"follow_up_on", 11},  {"outcome", 36}, {"settled_on", 11},
        {"minutes", 8},    {"desk", 18},          {"written_by", 12}};
    for (const auto& [name, width] : columns) {
        names.push_back({.text = word(name)});
        sheet.widths.push_back(width);
    }
    std::int64_t minutes = 0;
    for (const ActivityRow& row : rows) {
        std::string details = label("advice_field", row.advice_field);
        for (const auto& one : row.startup_supports)
            details +=
                (details.empty() ? "" : word("separator")) + label_of(codes, "startup_support", one.value, language);
        auto& cells = sheet.rows.emplace_back();
        const auto text = [&](const std::string& value) { cells.push_back({.text = value}); };
        text(row.done_on.str());
        text(row.state ? word("state_" + record::to_text(*row.state)) : std::string());
        text(label_of(codes, "activity_kind", row.kind.value, language));
        text(row.number);
        text(row.subject);
        text(row.with_name);
        text(row.with_affiliation);
        text(label("profession", row.with_profession));
        text(row.partner);
        text(details);
        const auto day = [&](const std::optional<core::Date>& on) { text(on ? on->str() : std::string()); };
        day(row.agreed_on);
        day(row.begun_on);
        day(row.follow_up_on);
        text(row.outcome);
        text(row.settled_on ? row.settled_on->str() : std::string());
        cells.push_back({.text = {}, .number = row.minutes});
        const auto desk = head.desks.find(row.desk_id);
        text(desk == head.desks.end() ? std::string() : desk->second);
        text(row.created_by_name);
        minutes += row.minutes.value_or(0);
    }
    auto& sums = sheet.rows.emplace_back(columns.size());
    sums[0].text = word("sum");
    sums[1].number = static_cast<std::int64_t>(rows.size());
    sums[2].text = limited;  // a CSV has no notes
    sums[15].number = minutes;
    sheet.summary_rows = 1;
    return sheet;
}

}  // namespace tsunagi::activities
