// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_layout.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <tuple>

#include <yaml-cpp/yaml.h>

#include "core/error.hpp"
#include "core/municipality_code.hpp"

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

/// Its own header before any of the other names.
std::size_t position_in(const std::vector<std::string>& headers, const LayoutColumn& column) {
    const auto with = [&](const std::string& name) {
        return std::ranges::find_if(headers, [&](const auto& one) { return same_header(one, name); });
    };
    auto found = with(column.header);
    for (std::size_t i = 0; found == headers.end() && i < column.aliases.size(); ++i)
        found = with(column.aliases[i]);
    return found == headers.end() ? std::string::npos : static_cast<std::size_t>(found - headers.begin());
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

std::optional<std::size_t> Layout::column_of(const std::string& field) const {
    const auto found = fields.find(field);
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

const Layout* OfficialLayouts::find(std::string_view name) const {
    const auto found = std::ranges::find(layouts, name, &Layout::name);
    return found == layouts.end() ? nullptr : &*found;
}

namespace {

std::vector<std::string> texts_of(const YAML::Node& node) {
    return node ? node.as<std::vector<std::string>>() : std::vector<std::string>();
}

std::set<std::string, std::less<>> set_of(const YAML::Node& node) {
    const auto texts = texts_of(node);
    return {texts.begin(), texts.end()};
}

bool is_set(const YAML::Node& node) {
    return node && node.as<bool>();
}

Layout layout_of(const YAML::Node& node, const OfficialLayouts& all) {
    Layout layout;
    layout.name = node["name"].as<std::string>();
    layout.file_name = std::regex(text_of(node["file_name"]));
    layout.service = text_of(node["service"]);
    layout.of = text_of(node["of"]);
    layout.key_form = std::regex(node["key_form"].as<std::string>());
    layout.flags_say_open = is_set(node["flags_say_open"]);
    layout.any_order = is_set(node["any_order"]);
    layout.key = node["key"] ? texts_of(node["key"]) : std::vector<std::string>{"key"};
    layout.place_key = node["place_key"] ? texts_of(node["place_key"]) : layout.key;
    layout.covers = texts_of(node["covers"]);
    layout.lines_of = set_of(node["lines_of"]);
    layout.part = text_of(node["part"]);
    layout.part_lines_of = set_of(node["part_lines_of"]);
    if (node["as_of"]) {
        layout.as_of = std::regex(node["as_of"].as<std::string>());
        layout.as_of_first_year = all.eras.at(node["as_of_era"].as<std::string>());
    }
    for (const auto& field : node["words"])
        layout.words[field.first.as<std::string>()] =
            field.second.as<std::map<std::string, std::string, std::less<>>>();
    for (const auto& one : node["columns"]) {
        LayoutColumn column{one["header"].as<std::string>(), text_of(one["field"]), texts_of(one["aliases"]),
                            is_set(one["needed"])};
        if (!layout.any_order)
            column.needed = !column.field.empty() && !is_set(one["optional"]);
        if (!column.field.empty() && !layout.fields.emplace(column.field, layout.columns.size()).second)
            throw std::runtime_error("the layout " + layout.name + " has two columns for " + column.field);
        layout.columns.push_back(std::move(column));
    }
    std::vector<std::string> must = layout.key;
    must.insert(must.end(), layout.place_key.begin(), layout.place_key.end());
    if (layout.of.empty())
        must.insert(must.end(), {"name", "address"});
    for (const std::string& field : must) {
        if (!layout.column_of(field))
            throw std::runtime_error("the layout " + layout.name + " has no column for " + field);
    }
    return layout;
}

}  // namespace

OfficialLayouts read_official_layouts(const std::filesystem::path& file) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        OfficialLayouts result;
        result.eras = root["eras"].as<std::map<std::string, int, std::less<>>>();
        for (const auto& node : root["layouts"])
            result.layouts.push_back(layout_of(node, result));
        for (const auto& word : root["day_words"])
            result.day_words[word.first.as<std::string>()] = word.second.as<std::vector<std::string>>();
        result.line_end = text_of(root["line_end"]);
        result.district_mark = text_of(root["district_mark"]);
        return result;
    } catch (const std::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

std::optional<RecognisedFile> recognise(const OfficialLayouts& layouts, const std::string& file_name,
                                        const std::vector<std::string>& header) {
    struct Candidate {
        RecognisedFile file;
        std::vector<core::FieldError> lacks;
        std::ptrdiff_t known = 0;
        std::ptrdiff_t absent = 0;
        bool named = false;
    };

    std::optional<Candidate> best;
    const auto headers = std::ranges::count_if(header, [](const auto& one) { return !one.empty(); });
    for (const Layout& layout : layouts.layouts) {
        Candidate one;
        one.file.layout = &layout;
        for (const LayoutColumn& column : layout.columns) {
            const std::size_t at = position_in(header, column);
            one.file.positions.push_back(at);
            if (at != std::string::npos) {
                ++one.known;
                continue;
            }
            ++one.absent;
            if (column.needed)
                one.lacks.push_back({"", "missing_column", column.header});
            else if (!layout.any_order)
                one.file.missing.push_back(column.header);
        }
        one.named = std::regex_search(file_name, layout.file_name);
        if (2 * one.known <= (layout.any_order ? headers : static_cast<std::ptrdiff_t>(layout.columns.size())))
            continue;
        // Clinics have some of the columns of hospitals and no other ones: what is missing counts against a layout.
        const auto weight = [](const Candidate& c) {
            return std::tuple(c.known, c.lacks.empty(), c.file.layout->any_order ? 0 : -c.absent, c.named);
        };
        if (!best || weight(one) > weight(*best))
            best = std::move(one);
    }
    if (!best)
        return std::nullopt;
    if (!best->lacks.empty())
        throw core::Error(core::ErrorKind::invalid, "official_columns", std::move(best->lacks));
    RecognisedFile& result = best->file;
    for (std::size_t at = 0; at < header.size(); ++at) {
        if (!header[at].empty() && std::ranges::find(result.positions, at) == result.positions.end())
            result.unknown.push_back(header[at]);
    }
    result.service = result.layout->service;
    std::smatch match;
    const bool named = std::regex_search(file_name, match, result.layout->file_name);
    if (result.service.empty() && named)
        result.service = match[1].str();
    if (result.service.empty() || (!result.layout->of.empty() && !named))
        throw core::Error(core::ErrorKind::invalid, "official_service");
    result.as_of = day_in_name(file_name);
    return std::move(result);
}

std::string with_plain_letters(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view three = text.substr(at, 3);
        if (three == "\xE3\x80\x80") {
            result += ' ';
            at += 2;
        } else if (three.size() == 3 && three.starts_with("\xEF\xBC") && three[2] >= '\x81') {  // U+FF01 on
            result += static_cast<char>('!' + (three[2] - '\x81'));
            at += 2;
        } else if (three.size() == 3 && three.starts_with("\xEF\xBD") && three[2] <= '\x9E') {  // up to U+FF5E
            result += static_cast<char>('`' + (three[2] - '\x80'));
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

std::optional<core::Date> era_day(const OfficialLayouts& layouts, std::string_view text) {
    const std::string plain = with_plain_letters(text);
    for (const auto& [era, first_year] : layouts.eras) {
        const std::size_t begin = plain.find(era);
        if (begin == std::string::npos)
            continue;
        std::vector<int> numbers;
        bool within = false;
        for (const char c : std::string_view(plain).substr(begin + era.size())) {
            const bool is_digit = c >= '0' && c <= '9';
            if (is_digit && !within)
                numbers.push_back(0);
            if (is_digit && numbers.back() < 100)
                numbers.back() = numbers.back() * 10 + digit(c);
            within = is_digit;
        }
        if (numbers.size() == 2)  // the first year is written as a word
            numbers.insert(numbers.begin(), 1);
        if (numbers.size() != 3)
            return std::nullopt;
        const std::chrono::year_month_day day{std::chrono::year{first_year + numbers[0]},
                                              std::chrono::month{static_cast<unsigned>(numbers[1])},
                                              std::chrono::day{static_cast<unsigned>(numbers[2])}};
        return day.ok() ? std::optional(core::Date(day)) : std::nullopt;
    }
    return std::nullopt;
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
    if (area.size() != 2 && area.size() != 5 && !core::is_municipality_code(area))
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
