// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_layout.hpp"

#include <algorithm>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include "core/error.hpp"

namespace tsunagi::resources {
namespace {

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int digit(char c) {
    return c - '0';
}

std::string text_of(const YAML::Node& node) {
    return node ? node.as<std::string>() : std::string();
}

/// Publishers are not of one mind about small letters: （gw、お盆等） in one edition, （GW、お盆等） in the next.
bool same_header(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return small(x) == small(y);
    });
}

auto with_header(const std::vector<std::string>& headers, const std::string& header) {
    return std::ranges::find_if(headers, [&](const auto& one) { return same_header(one, header); });
}

/// Eight digits that are a day.
std::optional<core::Date> day_in_name(const std::string& name) {
    for (std::size_t at = 0; at + 8 <= name.size(); ++at) {
        const std::string_view piece = std::string_view(name).substr(at, 8);
        if (!all_digits(piece) || (at > 0 && all_digits(name.substr(at - 1, 1))))
            continue;
        const std::string day(piece);
        if (const auto found = core::Date::parse(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2)))
            return found;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> Layout::column_of(std::string_view field) const {
    const auto found = std::ranges::find(columns, field, &LayoutColumn::field);
    if (field.empty() || found == columns.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

const Layout* OfficialLayouts::find(std::string_view name) const {
    const auto found = std::ranges::find(layouts, name, &Layout::name);
    return found == layouts.end() ? nullptr : &*found;
}

OfficialLayouts read_official_layouts(const std::filesystem::path& file) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        OfficialLayouts result;
        for (const auto& node : root["layouts"]) {
            Layout layout;
            layout.name = node["name"].as<std::string>();
            layout.file_name = std::regex(text_of(node["file_name"]));
            layout.service = text_of(node["service"]);
            layout.key_form = std::regex(node["key_form"].as<std::string>());
            layout.flags_say_open = node["flags_say_open"] && node["flags_say_open"].as<bool>();
            for (const auto& column : node["columns"])
                layout.columns.push_back({column["header"].as<std::string>(), text_of(column["field"])});
            for (const char* field : {"key", "name", "address"}) {
                if (!layout.column_of(field))
                    throw std::runtime_error("the layout " + layout.name + " has no column for " + field);
            }
            result.layouts.push_back(std::move(layout));
        }
        for (const auto& word : root["day_words"])
            result.day_words[word.first.as<std::string>()] = word.second.as<std::vector<std::string>>();
        result.line_end = text_of(root["line_end"]);
        return result;
    } catch (const std::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

RecognisedFile recognise(const OfficialLayouts& layouts, const std::string& file_name,
                         const std::vector<std::string>& header) {
    RecognisedFile result;
    // Clinics have some of the columns of hospitals and no other ones: what is missing counts against a layout.
    std::ptrdiff_t best = 0;
    for (const Layout& layout : layouts.layouts) {
        const auto known = std::ranges::count_if(
            layout.columns, [&](const auto& column) { return with_header(header, column.header) != header.end(); });
        const std::ptrdiff_t score = 2 * known - static_cast<std::ptrdiff_t>(layout.columns.size());
        if (score > best) {
            best = score;
            result.layout = &layout;
        }
    }
    if (result.layout == nullptr)
        throw core::Error(core::ErrorKind::invalid, "official_unknown");
    std::vector<core::FieldError> missing;
    for (const LayoutColumn& column : result.layout->columns) {
        const auto found = with_header(header, column.header);
        result.positions.push_back(found == header.end() ? std::string::npos
                                                         : static_cast<std::size_t>(found - header.begin()));
        if (found == header.end() && !column.field.empty())
            missing.push_back({"", "missing_column", column.header});
        else if (found == header.end())
            result.missing.push_back(column.header);
    }
    if (!missing.empty())
        throw core::Error(core::ErrorKind::invalid, "official_columns", std::move(missing));
    for (const std::string& name : header) {
        const bool known = std::ranges::any_of(result.layout->columns,
                                               [&](const auto& column) { return same_header(name, column.header); });
        if (!name.empty() && !known)
            result.unknown.push_back(name);
    }
    result.service = result.layout->service;
    if (result.service.empty()) {
        std::smatch match;
        if (!std::regex_search(file_name, match, result.layout->file_name))
            throw core::Error(core::ErrorKind::invalid, "official_service");
        result.service = match[1].str();
    }
    result.as_of = day_in_name(file_name);
    return result;
}

char check_digit(std::string_view five_digits) {
    int sum = 0;
    for (int i = 0; i < 5; ++i)
        sum += digit(five_digits[static_cast<std::size_t>(i)]) * (6 - i);
    return static_cast<char>('0' + (11 - sum % 11) % 10);
}

bool is_municipality_code(std::string_view six_digits) {
    return six_digits.size() == 6 && all_digits(six_digits) && check_digit(six_digits) == six_digits[5];
}

bool is_corporate_number(std::string_view digits) {
    if (digits.size() != 13 || !all_digits(digits))
        return false;
    int sum = 0;
    for (std::size_t from_right = 1; from_right <= 12; ++from_right)
        sum += digit(digits[13 - from_right]) * (from_right % 2 == 1 ? 1 : 2);
    return digit(digits[0]) == 9 - sum % 9;
}

std::optional<CodeRange> codes_of_area(std::string_view area) {
    if (!all_digits(area))
        return std::nullopt;
    if (area.size() != 2 && area.size() != 5 && !is_municipality_code(area))
        return std::nullopt;
    const std::string prefecture(area.substr(0, 2));
    const std::string within(area.size() == 2 ? "000" : area.substr(2, 3));
    if (within == "000")
        return CodeRange{prefecture + "0000", prefecture + "9999"};
    // Cities with wards have the numbers 100, 130, 140 and 150; their wards follow.
    std::string last = within;
    if (within == "100")
        last = "129";
    else if (within == "130" || within == "140")
        last = "149";
    else if (within == "150")
        last = "199";
    return CodeRange{prefecture + within + "0", prefecture + last + "9"};
}

}  // namespace tsunagi::resources
