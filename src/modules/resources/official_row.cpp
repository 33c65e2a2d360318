// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_row.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/municipality_code.hpp"

namespace tsunagi::resources {
namespace {

std::vector<std::string> lines_in(const std::string& cell) {
    std::vector<std::string> result;
    std::size_t begin = 0;
    for (std::size_t end = cell.find('\n'); end != std::string::npos; end = cell.find('\n', begin)) {
        result.push_back(cell.substr(begin, end - begin));
        begin = end + 1;
    }
    result.push_back(cell.substr(begin));
    return result;
}

bool is_prefecture(std::string_view digits) {
    return digits.size() == 2 && digits >= "01" && digits <= "99";
}

std::string prefecture_in(const Layout& layout, const OfficialRow& row) {
    for (const char* field : {"prefecture", "publisher"}) {
        if (const auto at = layout.column_of(field); at && !row.cells[*at].empty())
            return std::string_view(field) == "prefecture" ? row.cells[*at] : row.cells[*at].substr(0, 2);
    }
    return {};
}

}  // namespace

bool placed_by_address(const Layout& layout, const OfficialRow& row) {
    return layout.of.empty() && row.municipality_code.empty() && !layout.column_of("municipality_within") &&
           is_prefecture(prefecture_in(layout, row));
}

std::string code_by_address(const Layout& layout, const OfficialRow& row, const MunicipalityOf& municipality) {
    const std::string prefecture = prefecture_in(layout, row);
    std::string code = municipality ? municipality(prefecture, row.address) : std::string();
    if (!code.empty())
        return code;
    const std::string five = prefecture + "000";
    return core::six_digit_code(five);
}

std::optional<double> number_in(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> whole_in(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

std::vector<std::string_view> words_in(std::string_view text) {
    std::vector<std::string_view> result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (end > 0)
            result.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

std::string word_of(const Layout& layout, const std::string& field, const std::string& word) {
    const auto words = layout.words.find(field);
    if (words == layout.words.end())
        return word;
    const auto known = words->second.find(word);
    return known == words->second.end() ? word : known->second;
}

OfficialRow row_of(const OfficialLayouts& layouts, const Layout& layout, const ServiceWords& services,
                   StoredRow stored) {
    OfficialRow row;
    row.cells = std::move(stored.cells);
    row.cells.resize(layout.columns.size());
    const auto cell = [&](const std::string& field) {
        const auto at = layout.column_of(field);
        std::string text = at ? row.cells[*at] : std::string();
        for (std::size_t end = text.find(layouts.line_end); !layouts.line_end.empty() && end != std::string::npos;
             end = text.find(layouts.line_end, end))
            text.replace(end, layouts.line_end.size(), "\n");
        return text;
    };
    const auto joined = [&](const std::vector<std::string>& fields) {
        std::string result;
        for (const std::string& field : fields)
            result += word_of(layout, field, cell(field));
        return result;
    };
    row.key = stored.key.empty() ? joined(layout.key) : std::move(stored.key);
    row.place_key = joined(layout.place_key);
    row.service = layout.service;
    if (layout.column_of("service")) {
        const std::string word = with_plain_letters(word_of(layout, "service", cell("service")));
        const auto known = services.find(word);
        row.service = known == services.end() ? std::string() : known->second;
    }
    if (const std::size_t slash = row.key.find('/'); slash != std::string::npos && !layout.part.empty()) {
        row.service = word_of(layout, layout.part, row.key.substr(slash + 1));
        row.since = era_day(layouts, cell("since"));
    }
    row.municipality_code = std::move(stored.municipality_code);
    if (row.municipality_code.empty())
        row.municipality_code = core::six_digit_code(cell("municipality"));
    if (const std::string five = cell("prefecture") + cell("municipality_within");
        row.municipality_code.empty() && five.size() == 5)
        row.municipality_code = core::six_digit_code(five);
    if (const std::string code = core::six_digit_code(cell("publisher"));
        row.municipality_code.empty() && code.size() == 6 && code.substr(2, 3) != "000")
        row.municipality_code = code;
    if (row.municipality_code.empty())
        row.municipality_code = layout.municipality;
    row.name = cell("name");
    row.kana = cell("kana");
    row.address = cell("address") + cell("street");
    row.building = cell("building");
    row.latitude = number_in(cell("latitude"));
    row.longitude = number_in(cell("longitude"));
    if (!row.latitude || !row.longitude || *row.latitude == 0 || *row.longitude == 0) {
        row.latitude.reset();
        row.longitude.reset();
    }
    row.phone = cell("phone");
    row.fax = cell("fax");
    row.url = cell("url");
    row.corporate_number = cell("corporate_number");
    row.corporation = cell("corporation");
    row.capacity = whole_in(cell("capacity"));
    if (row.capacity == 0)
        row.capacity.reset();
    row.days_note = cell("days_note");
    const std::string written = cell("days");
    for (const std::string_view word : words_in(written)) {
        if (const auto known = layouts.day_words.find(word); known != layouts.day_words.end())
            row.open_days.insert(row.open_days.end(), known->second.begin(), known->second.end());
    }
    for (const char* day : days) {
        if (layout.column_of(day) && (cell(day) == "1") == layout.flags_say_open && !cell(day).empty())
            row.open_days.emplace_back(day);
    }
    return row;
}

std::vector<HoursLine> hours_of(const Layout& layout, const std::vector<std::string>& cells) {
    const auto lines = [&](const std::string& field) {
        const auto at = layout.column_of(field);
        return at && *at < cells.size() && !cells[*at].empty() ? lines_in(cells[*at]) : std::vector<std::string>();
    };
    const auto at = [](const std::vector<std::string>& all, std::size_t line) {
        return line < all.size() ? all[line] : std::string();
    };
    std::vector<HoursLine> result;
    const auto specialities = lines("speciality");
    const auto slots = lines("slot");
    const std::size_t rows = std::max<std::size_t>(slots.size(), 1);
    for (int number = 1; layout.column_of("open.mon." + std::to_string(number) + ".from"); ++number) {
        std::vector<HoursLine> of_slot(rows);
        for (const char* day : days) {
            const std::string behind = std::string(".") + day + "." + std::to_string(number);
            const auto from = lines("open" + behind + ".from");
            const auto to = lines("open" + behind + ".to");
            const auto reception_from = lines("reception" + behind + ".from");
            const auto reception_to = lines("reception" + behind + ".to");
            for (std::size_t line = 0; line < rows; ++line) {
                DayHours hours{day, at(from, line), at(to, line), at(reception_from, line), at(reception_to, line)};
                const auto unknown = [](std::string& begin, std::string& end) {
                    if (begin == end) {
                        begin.clear();
                        end.clear();
                    }
                };
                unknown(hours.from, hours.to);
                unknown(hours.reception_from, hours.reception_to);
                if (hours.from != hours.to || hours.reception_from != hours.reception_to)
                    of_slot[line].days.push_back(std::move(hours));
            }
        }
        for (std::size_t line = 0; line < rows; ++line) {
            of_slot[line].speciality = at(specialities, line);
            of_slot[line].slot = slots.empty() ? std::to_string(number) : at(slots, line);
            if (!of_slot[line].days.empty() || !of_slot[line].speciality.empty())
                result.push_back(std::move(of_slot[line]));
        }
    }
    return result;
}

std::vector<std::string> specialities_of(const Layout& layout, const std::vector<std::string>& cells) {
    const auto at = layout.column_of("speciality");
    std::vector<std::string> result;
    if (!at || *at >= cells.size())
        return result;
    for (std::string& line : lines_in(cells[*at])) {
        if (!line.empty() && std::ranges::find(result, line) == result.end())
            result.push_back(std::move(line));
    }
    return result;
}

}  // namespace tsunagi::resources
