// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_mapping.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/municipality_code.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::size_t most_columns = 256;

constexpr std::array<std::string_view, 16> fields{
    "name",  "kana", "number", "municipality",     "address",     "building", "latitude", "longitude",
    "phone", "fax",  "url",    "corporate_number", "corporation", "capacity", "days",     "days_note"};

}  // namespace

std::string source_of(const OfficialMappingId& id) {
    return "mapped:" + id.str();
}

Layout layout_of(const OfficialMappingId& id, const std::string& service, const std::string& municipality,
                 const std::vector<MappedColumn>& columns) {
    Layout layout;
    layout.name = source_of(id);
    layout.service = service;
    layout.any_order = true;
    layout.key_form = std::regex("[\\s\\S]{1,400}");
    layout.municipality = municipality;
    for (const MappedColumn& column : columns) {
        if (!column.field.empty())
            layout.fields.emplace(column.field.value, layout.columns.size());
        layout.columns.push_back({column.header.value, column.field.value, {}, !column.field.empty()});
    }
    if (layout.column_of("number"))
        layout.key = {"number"};
    else if (layout.column_of("address"))
        layout.key = {"name", "address"};
    else
        layout.key = {"name"};
    layout.place_key = layout.key;
    return layout;
}

std::vector<core::FieldError> check(const NewOfficialMapping& mapping, const packs::CodeBook& codes,
                                    const core::Date& today) {
    std::vector<core::FieldError> errors;
    codes.check(mapping.service, today, "/service", errors);
    if (mapping.columns.size() > most_columns)
        errors.push_back({"/columns", "too_many", std::to_string(most_columns)});
    std::set<std::string> headers;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
        const std::string place = "/columns/" + std::to_string(i);
        const MappedColumn& column = mapping.columns[i];
        if (!headers.insert(column.header.value).second)
            errors.push_back({place + "/header", "duplicate", ""});
        if (column.field.empty())
            continue;
        if (std::ranges::find(fields, column.field.value) == fields.end())
            errors.push_back({place + "/field", "unknown_value", column.field.value});
        else if (!taken.insert(column.field.value).second)
            errors.push_back({place + "/field", "duplicate", ""});
    }
    if (!taken.contains("name"))
        errors.push_back({"/columns", "name_missing", ""});
    if (!mapping.municipality_code.empty() && !core::is_municipality_code(mapping.municipality_code.value))
        errors.push_back({"/municipality_code", "municipality_code", mapping.municipality_code.value});
    if (mapping.municipality_code.empty() && !taken.contains("municipality"))
        errors.push_back({"/municipality_code", "required", ""});
    return errors;
}

}  // namespace tsunagi::resources
