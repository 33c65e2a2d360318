// SPDX-License-Identifier: Apache-2.0
// The lists of consultation_store.hpp: a page is found in an index alone, then its few rows are fetched.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "modules/consultations/consultation_store.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

/// Callers are looked for in this many of the newest sheets.
constexpr std::size_t most_sheets_with_callers = 2000;
constexpr std::size_t most_callers = 10;

struct Sort {
    std::string_view name;
    std::string_view key;
    bool descending;
    bool number;  ///< the key is a whole number
};

constexpr std::array<Sort, 5> sorts{{
    {"-received_on", "c.listed_on", true, false},
    {"received_on", "c.listed_on", false, false},
    {"-updated_at", "c.updated_at", true, false},
    {"follow_up_on", "COALESCE(c.follow_up_on, '9999-12-31')", false, false},
    {"number", "c.fiscal_year * CAST(100000000 AS BIGINT) + c.sequence", false, true},
}};

const Sort& sort_of(const ConsultationFilter& filter) {
    if (filter.sort.empty())
        return sorts.front();
    const auto found = std::ranges::find(sorts, std::string_view(filter.sort.value), &Sort::name);
    if (found == sorts.end())
        throw core::invalid({{"?sort", "unknown", ""}});
    return *found;
}

std::size_t limit_of(const ConsultationFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    return static_cast<std::size_t>(limit);
}

/// Binds the place after which the page begins, `<key>~<id>`; answers the condition.
std::string after_condition(const ConsultationFilter& filter, const Sort& sort, Params& params) {
    if (filter.after.empty())
        return {};
    const std::string& text = filter.after.value;
    const std::size_t mark = text.rfind('~');
    if (mark == std::string::npos || !core::is_uuid(std::string_view(text).substr(mark + 1)))
        throw core::invalid({{"?after", "format", ""}});
    if (sort.number) {
        std::int64_t key = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + mark, key);
        if (error != std::errc{} || end != text.data() + mark)
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_key", key);
    } else {
        params.set("after_key", text.substr(0, mark));
    }
    params.set("after_id", text.substr(mark + 1));
    return " AND (" + std::string(sort.key) + ", c.id) " + (sort.descending ? "<" : ">") + " (:after_key, :after_id)";
}

/// Which rows stand on the page: (id, sort_key) of each lane's first rows, put together. Reads indexes only.
struct Keys {
    std::string sql;
    Params params;
    std::string order;  ///< for the query around it
};

Keys keys_of(const Selection& selection, const ConsultationFilter& filter, const Sort& sort, std::size_t most) {
    Keys result;
    result.params = selection.lanes.empty() ? selection.params : selection.lane_params;
    const std::string after = after_condition(filter, sort, result.params);
    const std::string direction = sort.descending ? " DESC" : "";
    result.order = " ORDER BY k.sort_key" + direction + ", k.id" + direction;
    const auto lane_sql = [&](const std::string& lane) {
        return "SELECT c.id AS id, " + std::string(sort.key) + " AS sort_key FROM consultations c WHERE " + lane +
               selection.where + after + " ORDER BY sort_key" + direction + ", c.id" + direction + " LIMIT " +
               std::to_string(most);
    };
    if (selection.lanes.empty()) {
        result.sql = lane_sql("");
    } else if (selection.lanes.size() == 1) {
        result.sql = lane_sql(selection.lanes.front() + " AND ");
    } else {
        int number = 0;
        for (const std::string& lane : selection.lanes) {
            if (number++ > 0)
                result.sql += " UNION ";
            result.sql += "SELECT * FROM (" + lane_sql(lane + " AND ") + ") lane" + std::to_string(number);
        }
        result.sql = "SELECT * FROM (" + result.sql + ") lanes ORDER BY sort_key" + direction + ", id" + direction +
                     " LIMIT " + std::to_string(most);
    }
    return result;
}

/// The page of a row type whose columns all belong to `consultations`.
template <class Row>
std::vector<Row> keyed_rows(db::ReadTx& tx, const Selection& selection, const ConsultationFilter& filter,
                            std::size_t most) {
    const Keys keys = keys_of(selection, filter, sort_of(filter), most);
    return tx.rows<Row>("SELECT " + record::columns<Row>("c") + " FROM (" + keys.sql +
                            ") k JOIN consultations c ON c.id = k.id" + keys.order,
                        keys.params);
}

/// Cuts the row that only shows there is more, and answers where the next page begins.
template <class Row>
std::optional<std::string> cut(db::ReadTx& tx, std::vector<Row>& rows, const ConsultationFilter& filter) {
    if (rows.size() <= limit_of(filter))
        return std::nullopt;
    rows.pop_back();
    const auto key = tx.row<std::string>(
        "SELECT CAST(" + std::string(sort_of(filter).key) + " AS TEXT) FROM consultations c WHERE c.id = :id",
        Params().set("id", rows.back().id));
    return key.value_or("") + "~" + rows.back().id.str();
}

/// A case without its elements.
struct CaseRow {
    core::ConsultationId id;
    std::string number;
    ConsultationState state{};
    std::optional<core::Date> received_on;
    std::string subject;
    std::string background;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"result">> result;
    std::string support_text;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (id, number, state, received_on, subject, background, age_band, household, care_level,
                       district_id, result, support_text))

struct ElementRow {
    core::ConsultationId consultation_id;
    record::Code<"element"> element;
    ElementValue value{};
    record::Text<60> text;
};
BOOST_DESCRIBE_STRUCT(ElementRow, (), (consultation_id, element, value, text))

/// The elements of all these cases, read at once.
std::vector<CaseBackground> with_elements(db::ReadTx& tx, std::vector<CaseRow> rows) {
    std::vector<CaseBackground> cases;
    cases.reserve(rows.size());
    std::map<core::ConsultationId, std::size_t> places;
    std::string ids;
    Params params;
    for (auto& row : rows) {
        const std::string place = "id_" + std::to_string(cases.size());
        params.set(place, row.id);
        ids += (ids.empty() ? ":" : ", :") + place;
        places[row.id] = cases.size();
        cases.push_back({.id = row.id,
                         .number = std::move(row.number),
                         .state = row.state,
                         .received_on = row.received_on,
                         .subject = std::move(row.subject),
                         .background = std::move(row.background),
                         .age_band = std::move(row.age_band),
                         .household = std::move(row.household),
                         .care_level = std::move(row.care_level),
                         .district_id = std::move(row.district_id),
                         .result = std::move(row.result),
                         .support_text = std::move(row.support_text),
                         .elements = {}});
    }
    if (cases.empty())
        return cases;
    // The ids were read through the scope a moment ago, in the same snapshot.
    for (auto& row : tx.rows<ElementRow>("SELECT " + record::columns<ElementRow>() +
                                             " FROM consultation_elements WHERE consultation_id IN (" + ids +
                                             ") ORDER BY consultation_id, position",
                                         params)) {
        cases[places[row.consultation_id]].elements.push_back({std::move(row.element), row.value, std::move(row.text)});
    }
    return cases;
}

struct CallerRow {
    std::string caller_name;
    std::string caller_affiliation;
    std::optional<record::Code<"profession">> caller_profession;
    std::string caller_phone;
    core::Date listed_on;
};
BOOST_DESCRIBE_STRUCT(CallerRow, (), (caller_name, caller_affiliation, caller_profession, caller_phone, listed_on))

/// Digits of a phone fragment; empty when the text holds anything else.
std::string phone_digits(const std::string& text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c != '-' && c != ' ') {
            return {};
        }
    }
    return digits.size() >= 2 ? digits : std::string();
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!')
            result += '!';
        result += c;
    }
    return result;
}

}  // namespace

ConsultationPage page(db::ReadTx& tx, const Selection& selection, const ConsultationFilter& filter) {
    ConsultationPage result;
    result.items = keyed_rows<ConsultationRow>(tx, selection, filter, limit_of(filter) + 1);
    result.next = cut(tx, result.items, filter);
    return result;
}

CasePage case_page(db::ReadTx& tx, const Selection& selection, const ConsultationFilter& filter) {
    auto rows = keyed_rows<CaseRow>(tx, selection, filter, limit_of(filter) + 1);
    CasePage result;
    result.next = cut(tx, rows, filter);
    result.items = with_elements(tx, std::move(rows));
    return result;
}

std::vector<CaseBackground> newest_cases(db::ReadTx& tx, const Selection& selection, std::size_t most) {
    return with_elements(tx, keyed_rows<CaseRow>(tx, selection, {}, most));
}

std::int64_t count(db::ReadTx& tx, const Selection& selection) {
    return tx.number("SELECT count(*) FROM (SELECT 1 AS one FROM consultations c WHERE " + selection.where + " LIMIT " +
                         std::to_string(most_counted + 1) + ") counted",
                     selection.params);
}

std::vector<Caller> callers(db::ReadTx& tx, const Selection& selection, const std::string& words) {
    Keys keys = keys_of(selection, {}, sorts.front(), most_sheets_with_callers);
    keys.params.set("words", "%" + escaped(words) + "%");
    std::string matches =
        "lower(c.caller_name) LIKE lower(:words) ESCAPE '!' OR lower(c.caller_affiliation) LIKE "
        "lower(:words) ESCAPE '!'";
    if (const std::string digits = phone_digits(words); !digits.empty()) {
        keys.params.set("digits", "%" + digits + "%");
        matches += " OR replace(c.caller_phone, '-', '') LIKE :digits";
    }
    auto rows = tx.rows<CallerRow>("SELECT " + record::columns<CallerRow>("c") + " FROM (" + keys.sql +
                                       ") k JOIN consultations c ON c.id = k.id WHERE (" + matches + ")" + keys.order,
                                   keys.params);
    std::vector<Caller> result;
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (auto& row : rows) {
        const auto [place, is_new] = places.try_emplace({row.caller_name, row.caller_affiliation}, result.size());
        if (is_new) {
            result.push_back({.name = std::move(row.caller_name),
                              .affiliation = std::move(row.caller_affiliation),
                              .profession = std::move(row.caller_profession),
                              .phone = std::move(row.caller_phone),
                              .times = 0,
                              .last_on = row.listed_on});
        }
        Caller& caller = result[place->second];
        ++caller.times;
        if (caller.phone.empty())
            caller.phone = std::move(row.caller_phone);
    }
    if (result.size() > most_callers)
        result.resize(most_callers);
    return result;
}

}  // namespace tsunagi::consultations::store
