// SPDX-License-Identifier: Apache-2.0
// What the directory makes of the cells of one row of an official file. Pure; nothing is checked here.
#pragma once
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/resources/official_layout.hpp"
#include "record/describe.hpp"

namespace tsunagi::resources {

constexpr std::array<const char*, 8> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"};

/// A row as the directory reads it, with all cells as they are written, in the order of the layout.
struct OfficialRow {
    std::int64_t line = 0;
    std::string key;
    std::string place_key;
    std::string service;            ///< a code; empty where the file's word for it is not known
    std::string municipality_code;  ///< six digits; of the prefecture where no more is known
    std::string name;
    std::string kana;
    std::string address;
    std::string building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string phone;
    std::string fax;
    std::string url;
    std::string corporate_number;
    std::string corporation;
    std::optional<std::int64_t> capacity;
    std::vector<std::string> open_days;  ///< mon … sun, holiday
    std::string days_note;
    std::optional<core::Date> since;  ///< the filing counts from this day on
    std::vector<std::string> cells;
};

/// From when to when, 09:00; empty where nothing is written.
struct DayHours {
    std::string day;
    std::string from;
    std::string to;
    std::string reception_from;
    std::string reception_to;
};
BOOST_DESCRIBE_STRUCT(DayHours, (), (day, from, to, reception_from, reception_to))

/// Hours of a speciality, or of the whole house where that is empty.
struct HoursLine {
    std::string speciality;
    std::string slot;
    std::vector<DayHours> days;
};
BOOST_DESCRIBE_STRUCT(HoursLine, (), (speciality, slot, days))

/// The words that services are written with → their codes; folded with `with_plain_letters`.
using ServiceWords = std::map<std::string, std::string, std::less<>>;

/// A row as it is stored.
struct StoredRow {
    std::string key;  ///< empty: as the cells say
    std::string municipality_code;
    std::vector<std::string> cells;
};

[[nodiscard]] OfficialRow row_of(const OfficialLayouts& layouts, const Layout& layout, const ServiceWords& services,
                                 StoredRow stored);

/// The code of the municipality that an address in the prefecture (2 digits) begins with; empty where nobody knows.
using MunicipalityOf = std::function<std::string(const std::string& prefecture, const std::string& address)>;

/// Whether the cells tell only the prefecture, so that the address must tell the code.
[[nodiscard]] bool placed_by_address(const Layout& layout, const OfficialRow& row);
/// Of such a row: that of its address, else that of its prefecture, which is no municipality's.
[[nodiscard]] std::string code_by_address(const Layout& layout, const OfficialRow& row,
                                          const MunicipalityOf& municipality);

/// Without the hours from 00:00 to 00:00, which stand where nothing is known.
[[nodiscard]] std::vector<HoursLine> hours_of(const Layout& layout, const std::vector<std::string>& cells);
/// Names of specialities, each once.
[[nodiscard]] std::vector<std::string> specialities_of(const Layout& layout, const std::vector<std::string>& cells);

/// The whole cell as a number.
[[nodiscard]] std::optional<double> number_in(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> whole_in(std::string_view text);
/// What stands between commas.
[[nodiscard]] std::vector<std::string_view> words_in(std::string_view text);
/// What the layout says for the word, else the word.
[[nodiscard]] std::string word_of(const Layout& layout, const std::string& field, const std::string& word);

}  // namespace tsunagi::resources
