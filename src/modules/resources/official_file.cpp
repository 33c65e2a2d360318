// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "workbooks/table.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::array<std::string_view, 8> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"};

/// From so many places on, their middle says where a municipality lies.
constexpr std::size_t enough_places = 3;
/// No municipality reaches farther than this from its middle place; islands of Tokyo have codes of their own.
constexpr double farthest_km = 60;

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

/// One number of 10 or 11 digits, hyphens between.
bool is_phone(std::string_view text) {
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return text.starts_with('0') && (digits == 10 || digits == 11) &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
}

/// Straight line, good enough for tens of kilometres.
double distance_km(double latitude, double longitude, double other_latitude, double other_longitude) {
    constexpr double km_per_degree = 111.2;
    const double narrowing = std::cos(latitude * 3.14159265358979 / 180);
    return km_per_degree * std::hypot(latitude - other_latitude, (longitude - other_longitude) * narrowing);
}

/// Of Japan: tells which of two coordinates lies outside.
constexpr double middle_longitude = 138;

bool in_japan(double latitude, double longitude) {
    return latitude >= 20 && latitude <= 46 && longitude >= 122 && longitude <= 154;
}

double middle_of(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
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

class Decoder {
public:
    Decoder(const OfficialLayouts& layouts, std::string file_name, const std::vector<CodeRange>& areas)
        : layouts_(layouts), file_name_(std::move(file_name)), areas_(areas) {}

    void take(workbooks::Row&& row) {
        if (file_.layout == nullptr)
            return begin(row);
        ++result_.lines;
        std::vector<std::string> cells;
        cells.reserve(file_.positions.size());
        for (const std::size_t at : file_.positions)
            cells.push_back(at < row.cells.size() ? std::move(row.cells[at]) : std::string());
        OfficialRow read = row_of(layouts_, *file_.layout, std::move(cells));
        read.line = row.number;
        if (row.cells.size() > columns_) {  // a comma too many: what stands where is anybody's guess
            result_.faults.push_back({row.number, "", "too_many_cells", std::to_string(row.cells.size()), true});
            return leave(std::move(read.key));
        }
        if (!wanted(read.municipality_code)) {
            ++result_.left_out;
            result_.keys_elsewhere.push_back(std::move(read.key));
            return;
        }
        if (is_bad(read))
            return leave(std::move(read.key));
        if (!keys_.insert(read.key).second) {
            fault(read, "key", "repeated_key", true);
            ++result_.bad;
            return;
        }
        doubt(read);
        result_.rows.push_back(std::move(read));
    }

    OfficialFile finish() {
        if (file_.layout == nullptr)
            throw core::Error(core::ErrorKind::invalid, "official_unknown");
        doubt_distances();
        std::set<std::int64_t> lines;
        for (const OfficialFault& each : result_.faults) {
            if (!each.bad && each.line > header_line_)
                lines.insert(each.line);
        }
        result_.doubtful = static_cast<std::int64_t>(lines.size());
        std::ranges::stable_sort(result_.faults, {}, &OfficialFault::line);
        return std::move(result_);
    }

private:
    /// A bad row. What was known of it is not missing: the file has it, only not legibly.
    void leave(std::string key) {
        ++result_.bad;
        result_.keys_elsewhere.push_back(std::move(key));
    }

    void begin(const workbooks::Row& row) {
        file_ = recognise(layouts_, file_name_, row.cells);
        header_line_ = row.number;
        columns_ = row.cells.size();
        result_.source = file_.layout->name;
        result_.service = file_.service;
        result_.as_of = file_.as_of;
        for (const std::string& header : file_.unknown)
            result_.faults.push_back({row.number, header, "unknown_column", "", false});
        // Every row has nothing there now, and counts as changed: whoever approves must know why.
        for (const std::string& header : file_.missing)
            result_.faults.push_back({row.number, header, "missing_column", "", false});
    }

    void fault(const OfficialRow& row, std::string_view field, std::string reason, bool bad) {
        const auto at = file_.layout->column_of(field);
        result_.faults.push_back({row.line, at ? file_.layout->columns[*at].header : std::string(), std::move(reason),
                                  at ? row.cells[*at] : std::string(), bad});
    }

    [[nodiscard]] bool wanted(const std::string& code) const {
        return areas_.empty() || !is_municipality_code(code) || std::ranges::any_of(areas_, [&](const CodeRange& area) {
                   return code >= area.first && code <= area.last;
               });
    }

    bool is_bad(const OfficialRow& row) {
        const std::size_t before = result_.faults.size();
        if (row.key.empty())
            fault(row, "key", "required", true);
        else if (!std::regex_match(row.key, file_.layout->key_form))
            fault(row, "key", "key_form", true);
        if (row.name.empty())
            fault(row, "name", "required", true);
        if (!is_municipality_code(row.municipality_code))
            fault(row, file_.layout->column_of("municipality") ? "municipality" : "municipality_within",
                  "municipality_code", true);
        return result_.faults.size() > before;
    }

    [[nodiscard]] bool has_coordinate(const OfficialRow& row, std::string_view field) const {
        const auto at = file_.layout->column_of(field);
        return at && number_in(row.cells[*at]).value_or(0) != 0;
    }

    void doubt(const OfficialRow& row) {
        if (!row.latitude || !row.longitude)
            fault(row, has_coordinate(row, "latitude") ? "longitude" : "latitude", "coordinates_missing", false);
        else if (!in_japan(*row.latitude, *row.longitude))
            fault(row, in_japan(*row.latitude, middle_longitude) ? "longitude" : "latitude", "coordinates_outside",
                  false);
        if (!row.phone.empty() && !is_phone(row.phone))
            fault(row, "phone", "phone_form", false);
        if (!row.fax.empty() && !is_phone(row.fax))
            fault(row, "fax", "fax_form", false);
        if (!row.url.empty() && !row.url.starts_with("http://") && !row.url.starts_with("https://"))
            fault(row, "url", "url_form", false);
        if (!row.corporate_number.empty() && !is_corporate_number(row.corporate_number))
            fault(row, "corporate_number", "corporate_number", false);
        if (const auto at = file_.layout->column_of("capacity"); at && !row.cells[*at].empty()) {
            if (!whole_in(row.cells[*at]))
                fault(row, "capacity", "capacity", false);
        }
        if (const auto at = file_.layout->column_of("days")) {
            for (const std::string_view word : words_in(row.cells[*at])) {
                if (!layouts_.day_words.contains(word)) {
                    fault(row, "days", "unknown_day", false);
                    break;
                }
            }
        }
        for (const std::string_view day : days) {
            const auto at = file_.layout->column_of(day);
            if (at && !row.cells[*at].empty() && row.cells[*at] != "0" && row.cells[*at] != "1")
                fault(row, day, "unknown_day", false);
        }
    }

    /// Somebody typed the coordinates of another place: they lie far from where the municipality's others are.
    void doubt_distances() {
        std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> places;
        for (const OfficialRow& row : result_.rows) {
            if (row.latitude && row.longitude) {
                places[row.municipality_code].first.push_back(*row.latitude);
                places[row.municipality_code].second.push_back(*row.longitude);
            }
        }
        std::map<std::string, std::pair<double, double>> middles;
        for (const auto& [code, all] : places) {
            if (all.first.size() >= enough_places)
                middles[code] = {middle_of(all.first), middle_of(all.second)};
        }
        for (const OfficialRow& row : result_.rows) {
            const auto middle = middles.find(row.municipality_code);
            if (middle == middles.end() || !row.latitude || !row.longitude || !in_japan(*row.latitude, *row.longitude))
                continue;
            if (distance_km(*row.latitude, *row.longitude, middle->second.first, middle->second.second) > farthest_km)
                fault(row, "latitude", "coordinates_far", false);
        }
    }

    const OfficialLayouts& layouts_;  // NOLINT: lives as long as the call
    std::string file_name_;
    const std::vector<CodeRange>& areas_;  // NOLINT
    RecognisedFile file_;
    std::int64_t header_line_ = 0;
    std::size_t columns_ = 0;
    std::set<std::string> keys_;
    OfficialFile result_;
};

}  // namespace

OfficialRow row_of(const OfficialLayouts& layouts, const Layout& layout, std::vector<std::string> cells) {
    OfficialRow row;
    row.cells = std::move(cells);
    row.cells.resize(layout.columns.size());
    const auto cell = [&](std::string_view field) {
        const auto at = layout.column_of(field);
        std::string text = at ? row.cells[*at] : std::string();
        for (std::size_t end = text.find(layouts.line_end); !layouts.line_end.empty() && end != std::string::npos;
             end = text.find(layouts.line_end, end))
            text.replace(end, layouts.line_end.size(), "\n");
        return text;
    };
    row.key = cell("key");
    row.municipality_code = cell("municipality");
    if (const std::string five = cell("prefecture") + cell("municipality_within"); five.size() == 5)
        row.municipality_code = five + check_digit(five);
    row.name = cell("name");
    row.kana = cell("kana");
    row.address = cell("address");
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
    for (const std::string_view day : days) {
        if (layout.column_of(day) && (cell(day) == "1") == layout.flags_say_open && !cell(day).empty())
            row.open_days.emplace_back(day);
    }
    return row;
}

OfficialFile decode(const OfficialLayouts& layouts, const std::string& file_name, std::string_view bytes,
                    const std::vector<CodeRange>& areas) {
    Decoder decoder(layouts, file_name, areas);
    workbooks::read_csv(
        bytes, {},
        {.table = [](const std::string&, bool) {}, .row = [&](workbooks::Row&& row) { decoder.take(std::move(row)); }});
    return decoder.finish();
}

}  // namespace tsunagi::resources
