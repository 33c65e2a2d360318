// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_file.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <unordered_map>

#include "core/municipality_code.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::resources {
namespace {

/// From so many places on, their middle says where a municipality lies.
constexpr std::size_t enough_places = 3;
/// No municipality reaches farther than this from its middle place; islands of Tokyo have codes of their own.
constexpr double farthest_km = 60;

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

/// Specialities and hours of all clinics; rows of other areas are not kept.
constexpr std::int64_t most_rows = 2'000'000;
/// A header stands within so many lines of its table.
constexpr int lines_above_header = 10;
constexpr std::int64_t told_every = 1000;
constexpr const char* unknown_sheet = "unknown_sheet";
/// What no number begins with: a file of which no row tells whom it covers makes nothing missing.
constexpr const char* nobody = "-";

class Decoder {
public:
    Decoder(const OfficialLayouts& layouts, std::string file_name, const Surroundings& around)
        : layouts_(layouts), file_name_(std::move(file_name)), around_(around) {}

    void table(const std::string& name) {
        leave_table();
        reading_ = false;
        tried_ = 0;
        sheet_ = name;
    }

    void take(workbooks::Row&& row) {
        if (!reading_)
            return begin(row);
        if (++result_.lines % told_every == 0 && around_.progress)
            around_.progress(result_.lines);
        std::vector<std::string> cells;
        cells.reserve(file_.positions.size());
        for (const std::size_t at : file_.positions)
            cells.push_back(at < row.cells.size() ? std::move(row.cells[at]) : std::string());
        OfficialRow read = row_of(layouts_, *file_.layout, around_.services, {{}, {}, std::move(cells)});
        read.line = row.number;
        if (row.cells.size() > columns_) {  // a comma too many: what stands where is anybody's guess
            result_.faults.push_back({row.number, "", "too_many_cells", std::to_string(row.cells.size()), true});
            return leave(read);
        }
        if (tells_whom_it_covers(read))
            result_.covers.insert(joined(read, file_.layout->covers));
        if (!find_municipality(read))
            return;
        if (!wanted(read.municipality_code)) {
            ++result_.left_out;
            if (!read.service.empty())
                services_.insert(read.service);
            if (const std::string part = cell(read, file_.layout->part); !part.empty())
                result_.keys_elsewhere.push_back(read.key + "/" + part);
            result_.keys_elsewhere.push_back(std::move(read.key));
            return;
        }
        remember_name(read);
        if (is_bad(read))
            return leave(read);
        services_.insert(read.service);
        if (file_.layout->part.empty())
            return add(std::move(read), file_.layout->lines_of);
        const std::string part = cell(read, file_.layout->part);
        const auto& known = file_.layout->words.at(file_.layout->part);
        if (const auto service = known.find(part); service != known.end()) {
            OfficialRow more = read;
            more.key += "/" + part;
            more.service = service->second;
            more.since = era_day(layouts_, cell(read, "since"));
            if (!more.since && !cell(read, "since").empty())
                fault(read, "since", "day_form", false);
            add(std::move(more), file_.layout->part_lines_of);
        }
        add(std::move(read), file_.layout->lines_of);
    }

    OfficialFile finish() {
        leave_table();
        if (file_.layout == nullptr)
            throw core::Error(core::ErrorKind::invalid, "official_unknown");
        for (OfficialFault& each : unknown_sheets_)
            result_.faults.push_back(std::move(each));
        if (!file_.layout->covers.empty() && result_.covers.empty())
            result_.covers.insert(nobody);
        // A file for each service tells nothing of the others. The rows of other areas say so too.
        if (file_.layout->covers.empty() && file_.layout->column_of("service") && !result_.rows.empty() &&
            services_.size() == 1 && result_.rows.front().service == *services_.begin())
            result_.service = result_.rows.front().service;
        doubt_distances();
        std::set<std::int64_t> lines;
        for (const OfficialFault& each : result_.faults) {
            if (!each.bad && each.line > header_line_ && each.reason != unknown_sheet)
                lines.insert(each.line);
        }
        result_.doubtful = static_cast<std::int64_t>(lines.size());
        std::ranges::stable_sort(result_.faults, {}, &OfficialFault::line);
        return std::move(result_);
    }

private:
    /// A bad row. What was known of it is not missing, nor any of its parts: the file has it, only not legibly.
    void leave(OfficialRow& row) {
        ++result_.bad;
        if (!file_.layout->part.empty()) {
            for (const auto& [part, service] : file_.layout->words.at(file_.layout->part))
                result_.keys_elsewhere.push_back(row.key + "/" + part);
        }
        result_.keys_elsewhere.push_back(std::move(row.key));
    }

    /// A table of which no row was read is told, whether it stands before the first one that is known or behind it.
    void leave_table() {
        if (!reading_ && tried_ > 0)
            unknown_sheets_.push_back({tried_line_, sheet_, unknown_sheet, "", false});
    }

    /// An empty cell would cover every number there is.
    [[nodiscard]] bool tells_whom_it_covers(const OfficialRow& row) const {
        const auto& fields = file_.layout->covers;
        return !fields.empty() &&
               std::ranges::none_of(fields, [&](const std::string& field) { return cell(row, field).empty(); });
    }

    void begin(const workbooks::Row& row) {
        if (tried_ >= lines_above_header)
            return;
        auto found = recognise(layouts_, file_name_, row.cells);
        if (!found) {
            for (const std::string& each : row.cells)
                above_ += each + "\n";
            ++tried_;
            tried_line_ = row.number;
            return;
        }
        if (file_.layout != nullptr && found->layout != file_.layout) {
            tried_ = lines_above_header;
            tried_line_ = row.number;
            return;
        }
        const bool first = file_.layout == nullptr;
        file_ = std::move(*found);
        reading_ = true;
        header_line_ = row.number;
        columns_ = row.cells.size();
        if (!first)
            return;
        result_.source = file_.layout->name;
        result_.service = file_.service;
        result_.as_of = file_.as_of ? file_.as_of : day_above();
        for (const std::string& header : file_.unknown)
            result_.faults.push_back({row.number, header, "unknown_column", "", false});
        // Every row has nothing there now, and counts as changed: whoever approves must know why.
        for (const std::string& header : file_.missing)
            result_.faults.push_back({row.number, header, "missing_column", "", false});
    }

    [[nodiscard]] std::optional<core::Date> day_above() const {
        std::smatch match;
        const std::string plain = with_plain_letters(above_);
        if (!file_.layout->as_of || !std::regex_search(plain, match, *file_.layout->as_of) || match.size() != 4)
            return std::nullopt;
        const std::chrono::year_month_day day{
            std::chrono::year{file_.layout->as_of_first_year + std::stoi(match[1].str())},
            std::chrono::month{static_cast<unsigned>(std::stoi(match[2].str()))},
            std::chrono::day{static_cast<unsigned>(std::stoi(match[3].str()))}};
        return day.ok() ? std::optional(core::Date(day)) : std::nullopt;
    }

    [[nodiscard]] std::string cell(const OfficialRow& row, const std::string& field) const {
        const auto at = file_.layout->column_of(field);
        return at ? row.cells[*at] : std::string();
    }

    [[nodiscard]] std::string joined(const OfficialRow& row, const std::vector<std::string>& fields) const {
        std::string result;
        for (const std::string& field : fields)
            result += word_of(*file_.layout, field, cell(row, field));
        return result;
    }

    /// False where the row is done with: it tells of a place that nobody has told of.
    bool find_municipality(OfficialRow& row) {
        follow_code(row);
        unplaced_ = false;
        if (!file_.layout->of.empty()) {
            auto code = around_.place ? around_.place(file_.layout->of, row.place_key) : std::optional<std::string>();
            if (code) {
                row.municipality_code = std::move(*code);
                return true;
            }
            if (!around_.areas.empty()) {  // elsewhere, as far as anybody can tell
                ++result_.left_out;
            } else {
                fault(row, file_.layout->place_key.front(), "place_unknown", true);
                ++result_.bad;
            }
            result_.keys_elsewhere.push_back(row.key);
            return false;
        }
        if (placed_by_address(*file_.layout, row)) {
            row.municipality_code = code_by_address(*file_.layout, row, around_.municipality);
            unplaced_ = std::string_view(row.municipality_code).substr(2, 3) == "000";
        }
        return true;
    }

    /// A file may be older than a merger, or its publisher slow. The cells keep the code that was written.
    void follow_code(OfficialRow& row) {
        divided_ = false;
        const auto next = around_.successors.of(row.municipality_code);
        if (next.empty())
            return;
        std::string follows = next.front();
        if (next.size() > 1) {
            follows = around_.municipality ? around_.municipality(row.municipality_code.substr(0, 2), row.address)
                                           : std::string();
            divided_ = std::ranges::find(next, follows) == next.end();
        }
        if (!divided_)
            row.municipality_code = std::move(follows);
    }

    void remember_name(const OfficialRow& row) {
        std::string name = cell(row, "municipality_name");
        if (!name.empty() && core::is_municipality_code(row.municipality_code))
            result_.names.emplace(row.municipality_code, std::pair(cell(row, "prefecture_name"), std::move(name)));
    }

    /// A further row with the same key is a mistake, or more lines of the first.
    void add(OfficialRow&& read, const std::set<std::string, std::less<>>& lines_of) {
        const auto [known, is_new] = keys_.emplace(read.key, result_.rows.size());
        if (is_new) {
            if (read.key.find('/') == std::string::npos)
                doubt(read);
            if (read.service.empty())
                read.service = file_.service;
            result_.rows.push_back(std::move(read));
            return;
        }
        if (lines_of.empty()) {
            fault(read, file_.layout->key.back(), "repeated_key", true);
            ++result_.bad;
            return;
        }
        auto& cells = result_.rows[known->second].cells;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string& field = file_.layout->columns[i].field;
            if (field.empty() || !lines_of.contains(field.substr(0, field.find('.'))))
                continue;
            std::ranges::replace(read.cells[i], '\n', ' ');
            cells[i] += "\n" + read.cells[i];
        }
    }

    void fault(const OfficialRow& row, const std::string& field, std::string reason, bool bad) {
        const auto at = file_.layout->column_of(field);
        result_.faults.push_back({row.line, at ? file_.layout->columns[*at].header : std::string(), std::move(reason),
                                  at ? row.cells[*at] : std::string(), bad});
    }

    [[nodiscard]] bool wanted(const std::string& code) const {
        return around_.areas.empty() || !core::is_municipality_code(code) ||
               std::ranges::any_of(around_.areas,
                                   [&](const CodeRange& area) { return code >= area.first && code <= area.last; });
    }

    bool is_bad(const OfficialRow& row) {
        const std::size_t before = result_.faults.size();
        for (const std::string& field : file_.layout->key) {
            if (cell(row, field).empty())
                fault(row, field, "required", true);
        }
        if (result_.faults.size() == before && !std::regex_match(row.key, file_.layout->key_form))
            fault(row, file_.layout->key.back(), "key_form", true);
        if (file_.layout->of.empty() && row.name.empty())
            fault(row, "name", "required", true);
        if (!core::is_municipality_code(row.municipality_code)) {
            const char* field = "municipality_within";
            for (const char* one : {"publisher", "prefecture", "municipality_within", "municipality"}) {
                if (file_.layout->column_of(one))
                    field = one;
            }
            fault(row, field, "municipality_code", true);
        }
        if (row.service.empty() && file_.layout->service.empty() && file_.layout->column_of("service"))
            fault(row, "service", "unknown_service", true);
        return result_.faults.size() > before;
    }

    [[nodiscard]] bool has_coordinate(const OfficialRow& row, const std::string& field) const {
        const auto at = file_.layout->column_of(field);
        return at && number_in(row.cells[*at]).value_or(0) != 0;
    }

    void doubt(const OfficialRow& row) {
        if (unplaced_)
            fault(row, "address", "municipality_unknown", false);
        if (divided_)
            fault(row, file_.layout->column_of("municipality") ? "municipality" : "municipality_within", "code_divided",
                  false);
        if (row.service.empty() && file_.layout->column_of("service"))
            fault(row, "service", "unknown_service", false);
        if (!file_.layout->column_of("latitude"))
            return doubt_numbers(row);
        if (!row.latitude || !row.longitude)
            fault(row, has_coordinate(row, "latitude") ? "longitude" : "latitude", "coordinates_missing", false);
        else if (!in_japan(*row.latitude, *row.longitude))
            fault(row, in_japan(*row.latitude, middle_longitude) ? "longitude" : "latitude", "coordinates_outside",
                  false);
        doubt_numbers(row);
    }

    void doubt_numbers(const OfficialRow& row) {
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
        for (const std::string day : days) {
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
    const Surroundings& around_;  // NOLINT
    RecognisedFile file_;
    bool reading_ = false;  ///< the header of the table is behind
    int tried_ = 0;
    std::int64_t tried_line_ = 0;
    std::string sheet_;
    std::vector<OfficialFault> unknown_sheets_;
    std::set<std::string> services_;  ///< of good rows and those of other areas
    std::string above_;
    bool unplaced_ = false;
    bool divided_ = false;
    std::int64_t header_line_ = 0;
    std::size_t columns_ = 0;
    std::unordered_map<std::string, std::size_t> keys_;
    OfficialFile result_;
};

}  // namespace

OfficialFile decode(const OfficialLayouts& layouts, const std::string& file_name, std::string_view bytes,
                    const Surroundings& around) {
    Decoder decoder(layouts, file_name, around);
    workbooks::read(bytes, {.rows = most_rows},
                    {.table = [&](const std::string& name, bool) { decoder.table(name); },
                     .row = [&](workbooks::Row&& row) { decoder.take(std::move(row)); }});
    return decoder.finish();
}

}  // namespace tsunagi::resources
