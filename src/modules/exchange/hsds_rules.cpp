// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/hsds_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "modules/exchange/exchange_ids.hpp"

namespace tsunagi::exchange {
namespace {

using boost::json::array;
using boost::json::object;
using resources::ExportedPlace;
using resources::ExportedService;

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> week{
    {{"mon", "MO"}, {"tue", "TU"}, {"wed", "WE"}, {"thu", "TH"}, {"fri", "FR"}, {"sat", "SA"}, {"sun", "SU"}}};

object identifier(const std::string& organization, const std::string& scheme, const std::string& type,
                  const std::string& number) {
    return {{"id", part_id("identifier", organization + scheme + number)},
            {"organization_id", organization},
            {"identifier_scheme", scheme},
            {"identifier_type", type},
            {"identifier", number}};
}

std::string text_of(const boost::json::value& value) {
    if (value.is_string())
        return std::string(value.get_string());
    return value.is_null() ? std::string() : boost::json::serialize(value);
}

}  // namespace

std::string HsdsWriter::taxonomy_id() {
    return part_id("taxonomy", "resource_service");
}

std::string HsdsWriter::term_id(const std::string& code) {
    return part_id("taxonomy_term", code);
}

std::string HsdsWriter::label(const std::string& service) const {
    const packs::CodeEntry* code = codes_.code("resource_service", service);
    return code == nullptr ? service : code->label.ja.value;
}

array HsdsWriter::phones(const ExportedPlace& place, const char* owner, const std::string& id) const {
    array result;
    const auto add = [&](const std::string& number, const char* type) {
        if (!number.empty())
            result.push_back(object{{"id", part_id(std::string("phone/") + owner + "/" + type, id)},
                                    {owner, id},
                                    {"number", number},
                                    {"type", type}});
    };
    add(place.phone, "voice");
    add(place.fax, "fax");
    return result;
}

object HsdsWriter::organization(const ExportedPlace& place, bool full) const {
    const std::string& id = place.id.str();
    std::string services;
    for (const auto& one : place.services)
        services += (services.empty() ? "" : words_.text("separator")) + label(one.service);
    object result{{"id", id}, {"name", place.name}};
    if (!place.kana.empty())
        result["alternate_name"] = place.kana;
    result["description"] = words_.text(
        "description", {{"services", services},
                        {"municipality", place.municipality.empty() ? place.municipality_code : place.municipality}});
    if (const auto url = web_address(place.url))
        result["website"] = *url;
    if (const auto corporation = corporation_id(place.corporate_number))
        result["parent_organization_id"] = *corporation;
    if (!full)
        return result;
    result["phones"] = phones(place, "organization_id", id);
    array identifiers;
    for (const auto& one : place.numbers)
        identifiers.push_back(identifier(id, words_.system(one.source), one.source, one.number));
    result["organization_identifiers"] = std::move(identifiers);
    result["locations"] = array{location(place, true)};
    return result;
}

object HsdsWriter::organization(const resources::ExportedCorporation& corporation) const {
    const std::string id = corporation_id(corporation.number).value_or("");
    return {{"id", id},
            {"name", corporation.name.empty() ? corporation.number : corporation.name},
            {"description", words_.text("corporation")},
            {"organization_identifiers",
             array{identifier(id, words_.system("corporation"), "corporation", corporation.number)}}};
}

object HsdsWriter::location(const ExportedPlace& place, bool full) const {
    const std::string& id = place.id.str();
    object result{{"id", id}, {"location_type", "physical"}, {"organization_id", id}, {"name", place.name}};
    if (place.latitude && place.longitude) {
        result["latitude"] = *place.latitude;
        result["longitude"] = *place.longitude;
    }
    if (!full)
        return result;
    object address{{"id", part_id("address", id)}, {"location_id", id}, {"address_1", place.address}};
    if (!place.building.empty())
        address["address_2"] = place.building;
    address["city"] = place.municipality;
    address["state_province"] = place.prefecture;
    address["postal_code"] = place.postal_code;  // HSDS wants the member; most published files do not tell it
    if (place.postal_code_inferred) {
        const std::string address_id = part_id("address", id);
        address["attributes"] = array{object{{"id", part_id("attribute", address_id)},
                                             {"link_id", address_id},
                                             {"link_entity", "address"},
                                             {"link_type", "inferred"},
                                             {"value", "postal_code"}}};
    }
    address["country"] = "JP";
    address["address_type"] = "physical";
    result["addresses"] = array{std::move(address)};
    result["phones"] = phones(place, "location_id", id);
    return result;
}

object HsdsWriter::service(const ExportedPlace& place, const ExportedService& service, bool full) const {
    const std::string& id = service.id.str();
    const std::string kind = label(service.service);
    object result{{"id", id},
                  {"organization_id", place.id.str()},
                  {"name", words_.text("service_name", {{"place", place.name}, {"service", kind}})}};
    if (!place.kana.empty())
        result["alternate_name"] = place.kana;
    result["description"] =
        kind + (service.capacity ? " " + words_.text("capacity", {{"number", std::to_string(*service.capacity)}})
                                 : std::string());
    if (const auto url = web_address(place.url))
        result["url"] = *url;
    result["status"] = "active";
    if (service.as_of)
        result["assured_date"] = service.as_of->str();
    if (service.missing_since)
        result["alert"] = words_.text("missing", {{"day", service.missing_since->str()}});
    if (!full) {
        result["organization"] = organization(place, false);
        return result;
    }
    result["organization"] = organization(place, true);
    result["phones"] = phones(place, "service_id", id);
    std::string days;
    for (const auto& [day, sign] : week) {
        if (std::ranges::find(service.open_days, day) != service.open_days.end())
            days += (days.empty() ? "" : ",") + std::string(sign);
    }
    std::string note = service.days_note;
    if (std::ranges::find(service.open_days, "holiday") != service.open_days.end())
        note += (note.empty() ? "" : "\n") + words_.text("holiday");
    array schedules;
    if (!days.empty() || !note.empty()) {
        object schedule{{"id", part_id("schedule", id)}, {"service_id", id}};
        if (!days.empty()) {
            schedule["freq"] = "WEEKLY";
            schedule["byday"] = days;
        }
        if (!note.empty())
            schedule["description"] = note;
        schedules.push_back(std::move(schedule));
    }
    result["schedules"] = std::move(schedules);
    result["service_at_locations"] = array{service_at_location(place, service, true)};
    object attribute{{"id", part_id("attribute", id)},
                     {"link_id", id},
                     {"taxonomy_term_id", term_id(service.service)},
                     {"link_entity", "service"}};
    if (const packs::CodeEntry* code = codes_.code("resource_service", service.service))
        attribute["taxonomy_term"] = taxonomy_term(*code);
    result["attributes"] = array{std::move(attribute)};
    return result;
}

object HsdsWriter::service_at_location(const ExportedPlace& place, const ExportedService& service, bool full) const {
    object result{{"id", service.id.str()}, {"service_id", service.id.str()}, {"location_id", place.id.str()}};
    if (full)
        result["location"] = location(place, true);
    return result;
}

object HsdsWriter::taxonomy() const {
    return {{"id", taxonomy_id()},
            {"name", words_.text("taxonomy")},
            {"description", words_.text("taxonomy_description")},
            {"uri", words_.system("service")}};
}

object HsdsWriter::taxonomy_term(const packs::CodeEntry& code) const {
    return {{"id", term_id(code.code.value)},      {"code", code.code.value},
            {"name", code.label.ja.value},         {"description", code.label.ja.value},
            {"taxonomy", words_.text("taxonomy")}, {"language", "ja"},
            {"taxonomy_id", taxonomy_id()}};
}

std::vector<object> HsdsWriter::taxonomy_terms() const {
    std::vector<object> result;
    if (const packs::Scheme* scheme = codes_.scheme("resource_service")) {
        for (const auto& code : scheme->codes)
            result.push_back(taxonomy_term(code));
    }
    return result;
}

const std::vector<HsdsTable>& hsds_tables() {
    static const std::vector<HsdsTable> tables{
        {"organizations", {"id", "name", "alternate_name", "description", "website", "parent_organization_id"}},
        {"organization_identifiers", {"id", "organization_id", "identifier_scheme", "identifier_type", "identifier"}},
        {"locations", {"id", "location_type", "organization_id", "name", "latitude", "longitude"}},
        {"addresses",
         {"id", "location_id", "address_1", "address_2", "city", "state_province", "postal_code", "country",
          "address_type"}},
        {"services",
         {"id", "organization_id", "name", "alternate_name", "description", "url", "status", "assured_date", "alert"}},
        {"service_at_locations", {"id", "service_id", "location_id"}},
        {"phones", {"id", "location_id", "service_id", "organization_id", "number", "type"}},
        {"schedules", {"id", "service_id", "freq", "byday", "description"}},
        {"attributes", {"id", "link_id", "taxonomy_term_id", "link_entity", "link_type", "value"}},
        {"taxonomies", {"id", "name", "description", "uri"}},
        {"taxonomy_terms", {"id", "code", "name", "description", "taxonomy", "language", "taxonomy_id"}},
    };
    return tables;
}

void part_into_rows(const char* name, const object& whole, const HsdsRow& row) {
    const auto& tables = hsds_tables();
    const auto place = [&](std::string_view wanted) {
        return std::ranges::find_if(tables, [&](const HsdsTable& one) { return one.name == wanted; });
    };
    const auto table = place(name);
    std::vector<std::string> cells;
    for (const char* column : table->columns) {
        const auto* found = whole.if_contains(column);
        cells.push_back(found == nullptr ? std::string() : text_of(*found));
    }
    row(static_cast<std::size_t>(table - tables.begin()), cells);
    for (const auto& member : whole) {
        // Lists of objects alone: what stands in one for one has rows of its own where it is the whole.
        const auto below = member.value().is_array() ? place(member.key()) : tables.end();
        if (below == tables.end())
            continue;
        for (const auto& one : member.value().get_array())
            part_into_rows(below->name, one.get_object(), row);
    }
}

std::string datapackage() {
    array resources;
    for (const auto& table : hsds_tables()) {
        array fields;
        for (const char* column : table.columns)
            fields.push_back(object{{"name", column}});
        resources.push_back(object{{"name", table.name},
                                   {"path", std::string(table.name) + ".csv"},
                                   {"profile", "tabular-data-resource"},
                                   {"format", "csv"},
                                   {"encoding", "utf-8"},
                                   {"schema", object{{"fields", std::move(fields)}}}});
    }
    return boost::json::serialize(object{{"name", "tsunagi-directory"},
                                         {"profile", "tabular-data-package"},
                                         {"hsds_version", "3.0"},
                                         {"resources", std::move(resources)}});
}

}  // namespace tsunagi::exchange
