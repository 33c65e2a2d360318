// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/confirmation_sheet.hpp"

#include "modules/confirmations/confirmation_rules.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::confirmations {
namespace {

std::string day(const std::optional<core::Date>& date) {
    return date ? date->str() : std::string();
}

}  // namespace

analysis::ReportSheet confirmation_sheet(const std::vector<ConfirmationRow>& rows, const SheetHead& head,
                                         const analysis::ReportWords& words) {
    const auto word = [&](const std::string& name) { return words.text(name, head.language); };
    analysis::ReportSheet sheet;
    sheet.name = word("confirmations");
    sheet.title.push_back({.text = (head.fictitious ? word("fictitious") + " " : std::string()) + sheet.name});
    sheet.title.push_back({.text = words.text("printed_on", head.language, {{"date", head.printed_on.str()}})});
    if (head.round) {
        const RoundProgress& done = head.round->progress;
        sheet.title.push_back({.text = head.round->text.title.str()});
        sheet.title.push_back({.text = words.text("round_progress", head.language,
                                                  {{"all", std::to_string(done.all)},
                                                   {"open", std::to_string(done.open)},
                                                   {"late", std::to_string(done.late)},
                                                   {"answered", std::to_string(done.answered)},
                                                   {"approved", std::to_string(done.approved)},
                                                   {"refused", std::to_string(done.refused)},
                                                   {"expired", std::to_string(done.expired)}})});
    }
    const std::string limited =
        head.limited ? words.text("lines_limited", head.language, {{"number", std::to_string(rows.size())}}) : "";
    if (head.limited)
        sheet.notes.push_back(limited);
    auto& names = sheet.head.emplace_back();
    for (const auto& [name, width] : std::vector<std::pair<const char*, double>>{{"confirmation_code", 10},
                                                                                 {"confirmation_place", 30},
                                                                                 {"confirmation_state", 12},
                                                                                 {"confirmation_method", 10},
                                                                                 {"confirmation_sent_on", 12},
                                                                                 {"confirmation_due_on", 12},
                                                                                 {"confirmation_reminded_on", 12},
                                                                                 {"confirmation_answered_on", 12},
                                                                                 {"confirmation_answer", 14},
                                                                                 {"confirmation_decided_on", 12},
                                                                                 {"confirmation_phone", 14},
                                                                                 {"confirmation_fax", 14},
                                                                                 {"written_by", 14}}) {
        names.push_back({.text = word(name)});
        sheet.widths.push_back(width);
    }
    for (const ConfirmationRow& row : rows) {
        auto& cells = sheet.rows.emplace_back();
        const auto text = [&](const std::string& value) { cells.push_back({.text = value}); };
        text(written_code(row.reply_code));
        text(row.place_name);
        text(word("confirmation_state_" + record::to_text(row.state)));
        text(word("confirmation_method_" + record::to_text(row.method)));
        text(row.sent_on.str());
        text(row.due_on.str());
        text(day(row.reminded_on));
        text(day(row.answered_on));
        text(!row.answered_on ? "" : word(row.nothing_changed ? "confirmation_unchanged" : "confirmation_corrected"));
        text(day(row.decided_on));
        text(row.phone);
        text(row.fax);
        text(row.created_by_name);
    }
    auto& sums = sheet.rows.emplace_back(names.size());
    sums[0].text = word("sum");
    sums[1].number = static_cast<std::int64_t>(rows.size());
    sums[2].text = limited;  // a CSV has no notes
    sheet.summary_rows = 1;
    return sheet;
}

}  // namespace tsunagi::confirmations
