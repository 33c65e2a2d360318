// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_sheet.hpp"

#include <cmath>

#include "record/json_writer.hpp"

namespace tsunagi::referrals {
namespace {

using analysis::Language;
using analysis::ReportCell;
using Columns = std::vector<std::pair<std::string, double>>;

std::string label_of(const packs::CodeBook& codes, const std::string& scheme, const std::string& code,
                     Language language) {
    const auto* entry = codes.code(scheme, code);
    if (entry == nullptr)
        return code;
    return language == Language::en && !entry->label.en.empty() ? entry->label.en.str() : entry->label.ja.str();
}

std::string day(const std::optional<core::Date>& date) {
    return date ? date->str() : std::string();
}

std::string kilometres(const std::optional<double>& distance) {
    if (!distance)
        return {};
    const auto tenths = std::llround(*distance * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

analysis::ReportSheet sheet_with(const std::string& name, const SheetHead& head, const analysis::ReportWords& words) {
    analysis::ReportSheet sheet;
    sheet.name = words.text(name, head.language);
    sheet.title.push_back(
        {.text = (head.fictitious ? words.text("fictitious", head.language) + " " : std::string()) + sheet.name});
    sheet.title.push_back({.text = words.text("printed_on", head.language, {{"date", head.printed_on.str()}})});
    return sheet;
}

void add_head(analysis::ReportSheet& sheet, const Columns& columns) {
    auto& names = sheet.head.emplace_back();
    for (const auto& [name, width] : columns) {
        names.push_back({.text = name});
        sheet.widths.push_back(width);
    }
}

}  // namespace

analysis::ReportSheet referral_sheet(const std::vector<ReferralRow>& rows, const SheetHead& head,
                                     const analysis::ReportWords& words, const packs::CodeBook& codes) {
    const auto word = [&](const std::string& name) { return words.text(name, head.language); };
    const auto label = [&](const std::string& scheme, const auto& code) {
        return code ? label_of(codes, scheme, code->value, head.language) : std::string();
    };
    auto sheet = sheet_with("referrals", head, words);
    const std::string limited =
        head.limited ? words.text("lines_limited", head.language, {{"number", std::to_string(rows.size())}}) : "";
    if (head.limited)
        sheet.notes.push_back(limited);
    const Columns columns{{word("number"), 11},           {word("subject"), 28},        {word("service"), 18},
                          {word("place_asked"), 28},      {word("referral_method"), 9}, {word("sent_on"), 11},
                          {word("reply_by"), 11},         {word("referral_state"), 10}, {word("answer"), 12},
                          {word("refusal_reason"), 18},   {word("answer_words"), 30},   {word("answered_on"), 11},
                          {word("referral_outcome"), 12}, {word("outcome_on"), 11},     {word("follow_up_on"), 11},
                          {word("distance_km"), 8},       {word("written_by"), 12}};
    add_head(sheet, columns);
    for (const ReferralRow& row : rows) {
        auto& cells = sheet.rows.emplace_back();
        const auto text = [&](const std::string& value) { cells.push_back({.text = value}); };
        text(row.number);
        text(row.subject);
        text(label_of(codes, "resource_service", row.service.value, head.language));
        text(row.place_name);
        text(word("referral_method_" + record::to_text(row.method)));
        text(day(row.sent_on));
        text(day(row.reply_by));
        text(word("referral_state_" + record::to_text(row.state)));
        text(row.answer ? word("answer_" + record::to_text(*row.answer)) : std::string());
        text(label("refusal_reason", row.reason));
        text(row.answer_words);
        text(day(row.answered_on));
        text(row.outcome ? word("outcome_" + record::to_text(*row.outcome)) : std::string());
        text(day(row.outcome_on));
        text(day(row.follow_up_on));
        text(kilometres(row.distance_km));
        text(row.created_by_name);
    }
    auto& sums = sheet.rows.emplace_back(columns.size());
    sums[0].text = word("sum");
    sums[1].number = static_cast<std::int64_t>(rows.size());
    sums[2].text = limited;  // a CSV has no notes
    sheet.summary_rows = 1;
    return sheet;
}

analysis::ReportSheet gap_sheet(const GapTable& table, const SheetHead& head, const analysis::ReportWords& words,
                                const packs::CodeBook& codes) {
    const auto word = [&](const std::string& name) { return words.text(name, head.language); };
    auto sheet = sheet_with("gaps", head, words);
    Columns columns{{word("district"), 16},  {word("service"), 20},   {word("searches"), 8},  {word("no_fitting"), 10},
                    {word("not_found"), 10}, {word("asks"), 8},       {word("accepted"), 8},  {word("refused"), 8},
                    {word("unanswered"), 8}, {word("average_km"), 9}, {word("longest_km"), 9}};
    for (const GapReason& reason : table.total.reasons)
        columns.emplace_back(label_of(codes, "refusal_reason", reason.reason.value, head.language), 10);
    add_head(sheet, columns);
    sheet.fixed_columns = 2;
    const auto add = [&](const std::string& district, const std::string& service, const auto& counts) {
        auto& cells = sheet.rows.emplace_back();
        cells.push_back({.text = district});
        cells.push_back({.text = service});
        for (const std::int64_t number : {counts.searches, counts.no_fitting, counts.not_found, counts.asks,
                                          counts.accepted, counts.refused, counts.unanswered})
            cells.push_back({.text = {}, .number = number});
        cells.push_back({.text = kilometres(counts.average_km)});
        cells.push_back({.text = kilometres(counts.longest_km)});
        for (const GapReason& reason : table.total.reasons) {
            std::int64_t count = 0;
            for (const GapReason& own : counts.reasons)
                count += own.reason == reason.reason ? own.count : 0;
            cells.push_back({.text = {}, .number = count});
        }
    };
    for (const GapRow& row : table.items) {
        const auto region = row.district_id ? head.regions.find(*row.district_id) : head.regions.end();
        add(region == head.regions.end() ? word("not_filled_in") : region->second,
            label_of(codes, "resource_service", row.service.value, head.language), row);
    }
    add(word("sum"), "", table.total);
    sheet.summary_rows = 1;
    return sheet;
}

}  // namespace tsunagi::referrals
