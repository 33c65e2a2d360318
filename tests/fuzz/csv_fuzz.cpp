// SPDX-License-Identifier: Apache-2.0
// A table written as CSV: a reader that knows nothing of the writer finds the same cells, none of them a formula, and
// in CP932 either every character or a refusal that names the missing ones.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <iconv.h>

#include "core/error.hpp"
#include "core/utf8.hpp"
#include "modules/analysis/report_file.hpp"

namespace {

using tsunagi::analysis::ReportCell;
using tsunagi::analysis::ReportSheet;
using Rows = std::vector<std::vector<std::string>>;

constexpr char row_end = '\x1e';
constexpr char cell_end = '\x1f';

void demand(bool holds) {
    if (!holds)
        std::abort();
}

/// `#12` is a number; a text may cover two columns when it begins with `\x1d`.
ReportCell cell_of(std::string_view text) {
    ReportCell cell;
    if (text.starts_with('\x1d')) {
        cell.span = 2;
        text.remove_prefix(1);
    }
    std::int64_t number = 0;
    const std::string_view digits = text.starts_with('#') ? text.substr(1) : std::string_view();
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (!digits.empty() && error == std::errc{} && end == digits.data() + digits.size()) {
        cell.number = number;
    } else {
        cell.text = text;
    }
    return cell;
}

ReportSheet sheet_of(std::string_view bytes) {
    ReportSheet sheet;
    std::vector<ReportCell> row;
    std::size_t start = 0;
    for (std::size_t at = 0; at <= bytes.size(); ++at) {
        if (at < bytes.size() && bytes[at] != row_end && bytes[at] != cell_end)
            continue;
        row.push_back(cell_of(bytes.substr(start, at - start)));
        start = at + 1;
        if (at < bytes.size() && bytes[at] == cell_end)
            continue;
        (sheet.head.empty() ? sheet.head : sheet.rows).push_back(std::move(row));
        row.clear();
    }
    return sheet;
}

/// RFC 4180, and nothing else.
Rows parsed(std::string_view text) {
    Rows rows;
    while (!text.empty()) {
        auto& row = rows.emplace_back();
        for (bool more = true; more;) {
            std::string cell;
            if (text.starts_with('"')) {
                text.remove_prefix(1);
                for (;;) {
                    const std::size_t quote = text.find('"');
                    demand(quote != std::string_view::npos);
                    cell += text.substr(0, quote);
                    text.remove_prefix(quote + 1);
                    if (!text.starts_with('"'))
                        break;
                    cell += '"';
                    text.remove_prefix(1);
                }
            } else {
                const std::size_t end = std::min(text.find_first_of(",\r\n"), text.size());
                cell = text.substr(0, end);
                demand(cell.find('"') == std::string::npos);
                text.remove_prefix(end);
            }
            row.push_back(std::move(cell));
            more = text.starts_with(',');
            demand(more || text.starts_with("\r\n"));
            text.remove_prefix(more ? 1 : 2);
        }
    }
    return rows;
}

/// What the C library reads from CP932; the writer uses another library's table.
std::string decoded(std::string bytes) {
    const iconv_t page = iconv_open("UTF-8", "CP932");
    demand(page != reinterpret_cast<iconv_t>(-1));  // NOLINT: the library's way to say no
    std::string text(bytes.size() * 3, '\0');
    char* in = bytes.data();
    char* out = text.data();
    std::size_t left = bytes.size();
    std::size_t room = text.size();
    demand(iconv(page, &in, &left, &out, &room) == 0 && left == 0);
    iconv_close(page);
    text.resize(text.size() - room);
    return text;
}

/// Signs that Unicode has twice come back as the one that Windows knows.
std::string with_twins(std::string text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> twins{
        {{"\u301c", "\uff5e"}, {"\u2212", "\uff0d"}, {"\u2016", "\u2225"}, {"\u2014", "\u2015"}, {"\u00a6", "\uffe4"}}};
    for (const auto& [from, to] : twins) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    }
    return text;
}

bool computes(std::string_view text) {
    static constexpr std::array<std::string_view, 12> starts{"=",  "+",      "-",      "@",      "\t",     "\r",
                                                             "\n", "\uff1d", "\uff0b", "\uff0d", "\u2212", "\uff20"};
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view one) { return text.starts_with(one); });
}

/// Texts of this program hold no control characters but line ends and tabs (record::Text).
bool possible(std::string_view bytes) {
    const auto outside = [](char c) {
        return c == '\x7f' ||
               (c >= 0 && c < ' ' && std::string_view("\t\r\n\x1d\x1e\x1f").find(c) == std::string::npos);
    };
    return tsunagi::core::utf8_length(bytes) && std::none_of(bytes.begin(), bytes.end(), outside);
}

/// One by one: as many rows and columns, each text itself or with one apostrophe before it.
void compare(const Rows& found, const ReportSheet& sheet, bool twins) {
    demand(found.size() == sheet.rows.size() + 1);
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto cell = found[i].begin();
        for (const ReportCell& wanted : i == 0 ? sheet.head.front() : sheet.rows[i - 1]) {
            demand(static_cast<std::size_t>(found[i].end() - cell) >= wanted.span);
            const std::string text = twins ? with_twins(wanted.text) : wanted.text;
            if (wanted.number) {
                demand(*cell == std::to_string(*wanted.number));
            } else {
                demand(*cell == (computes(wanted.text) ? "'" + text : text) && !computes(*cell));
            }
            demand(std::all_of(cell + 1, cell + static_cast<std::ptrdiff_t>(wanted.span),
                               [](auto& one) { return one.empty(); }));
            cell += static_cast<std::ptrdiff_t>(wanted.span);
        }
        demand(cell == found[i].end());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tsunagi;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: the fuzzer's interface
    if (!possible(bytes))
        return 0;
    const ReportSheet sheet = sheet_of(bytes);
    const std::string utf8 = analysis::csv_file(sheet);
    demand(utf8.starts_with("\xef\xbb\xbf") && utf8.ends_with("\r\n"));
    compare(parsed(std::string_view(utf8).substr(3)), sheet, false);
    try {
        compare(parsed(decoded(analysis::csv_cp932_file(sheet))), sheet, true);
    } catch (const core::Error& error) {
        demand(error.kind() == core::ErrorKind::invalid && error.reason() == "not_in_cp932");
        demand(!error.fields().empty());
        for (const auto& field : error.fields())
            demand(!field.limit.empty() && bytes.find(field.limit) != std::string_view::npos);
    }
    return 0;
}
