// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/fhir_rules.hpp"

#include <algorithm>
#include <array>

#include "modules/exchange/exchange_ids.hpp"

namespace tsunagi::exchange {
namespace {

using boost::json::array;
using boost::json::object;
using resources::ExportedPlace;
using resources::ExportedService;

constexpr const char* jp_profiles = "http://jpfhir.jp/fhir/core/StructureDefinition/";
constexpr const char* organization_types = "http://terminology.hl7.org/CodeSystem/organization-type";
constexpr std::array<std::string_view, 7> week{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

object profiled(const char* type, const std::string& id, const char* profile) {
    object resource{{"resourceType", type}, {"id", id}};
    if (profile != nullptr)
        resource["meta"] = object{{"profile", array{std::string(jp_profiles) + profile}}};
    return resource;
}

object reference(const char* type, const std::string& id, const std::string& display) {
    object result{{"reference", std::string(type) + "/" + id}};
    if (!display.empty())
        result["display"] = display;
    return result;
}

array telecom(const ExportedPlace& place) {
    array result;
    if (!place.phone.empty())
        result.push_back(object{{"system", "phone"}, {"value", place.phone}, {"use", "work"}});
    if (!place.fax.empty())
        result.push_back(object{{"system", "fax"}, {"value", place.fax}, {"use", "work"}});
    if (const auto url = web_address(place.url))
        result.push_back(object{{"system", "url"}, {"value", *url}, {"use", "work"}});
    return result;
}

object address(const ExportedPlace& place, const ExchangeWords& words) {
    object result{{"use", "work"}, {"type", "physical"}};
    const std::string text = place.address + (place.building.empty() ? "" : " " + place.building);
    if (!text.empty())
        result["text"] = text;
    array lines;
    for (const std::string* line : {&place.address, &place.building}) {
        if (!line->empty())
            lines.emplace_back(*line);
    }
    if (!lines.empty())
        result["line"] = std::move(lines);
    if (!place.municipality.empty())
        result["city"] = place.municipality;
    if (!place.prefecture.empty())
        result["state"] = place.prefecture;
    if (!place.postal_code.empty() && !place.postal_code_inferred)  // FHIR has no mark for what is inferred
        result["postalCode"] = place.postal_code;
    result["country"] = words.text("country");
    return result;
}

/// The parts of the number of an institution under health insurance, as JP Core has them: prefecture, table of fees,
/// number.
array insured(const ExportedPlace& place) {
    static const std::string extensions = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Organization_";
    static const std::string systems = "urn:oid:1.2.392.100495.20.3.";
    const auto found = std::ranges::find(place.numbers, "filings", &resources::PlaceNumber::source);
    if (found == place.numbers.end() || found->number.size() != 10)
        return {};
    const std::string& number = found->number;
    return {object{{"url", extensions + "PrefectureNo"},
                   {"valueCoding", object{{"system", systems + "21"}, {"code", number.substr(0, 2)}}}},
            object{{"url", extensions + "InsuranceOrganizationCategory"},
                   {"valueCoding", object{{"system", systems + "22"}, {"code", number.substr(2, 1)}}}},
            object{{"url", extensions + "InsuranceOrganizationNo"},
                   {"valueIdentifier", object{{"system", systems + "23"}, {"value", number.substr(3)}}}}};
}

void add(object& resource, const char* member, array values) {
    if (!values.empty())
        resource[member] = std::move(values);
}

object parameter(const char* name, const char* type) {
    return {{"name", name}, {"type", type}};
}

}  // namespace

array FhirWriter::identifiers(const ExportedPlace& place) const {
    array result;
    for (const auto& one : place.numbers)
        result.push_back(object{{"system", words_.system(one.source)}, {"value", one.number}});
    return result;
}

object FhirWriter::organization(const ExportedPlace& place) const {
    object result = profiled("Organization", place.id.str(), "JP_Organization");
    add(result, "extension", insured(place));
    add(result, "identifier", identifiers(place));
    result["active"] = true;
    result["type"] = array{object{{"coding", array{object{{"system", organization_types}, {"code", "prov"}}}}}};
    result["name"] = place.name;
    if (!place.kana.empty() && place.kana != place.name)
        result["alias"] = array{place.kana};
    add(result, "telecom", telecom(place));
    result["address"] = array{address(place, words_)};
    if (const auto corporation = corporation_id(place.corporate_number))
        result["partOf"] = reference("Organization", *corporation, place.corporation);
    return result;
}

object FhirWriter::organization(const resources::ExportedCorporation& corporation) const {
    object result = profiled("Organization", corporation_id(corporation.number).value_or(""), "JP_Organization");
    result["identifier"] = array{object{{"system", words_.system("corporation")}, {"value", corporation.number}}};
    result["active"] = true;
    result["type"] = array{object{{"coding", array{object{{"system", organization_types}, {"code", "bus"}}}}}};
    result["name"] = corporation.name.empty() ? corporation.number : corporation.name;
    return result;
}

object FhirWriter::location(const ExportedPlace& place) const {
    object result = profiled("Location", place.id.str(), "JP_Location");
    add(result, "identifier", identifiers(place));
    result["status"] = "active";
    result["name"] = place.name;
    result["mode"] = "instance";
    add(result, "telecom", telecom(place));
    result["address"] = address(place, words_);
    if (place.latitude && place.longitude)
        result["position"] = object{{"longitude", *place.longitude}, {"latitude", *place.latitude}};
    result["managingOrganization"] = reference("Organization", place.id.str(), place.name);
    return result;
}

object FhirWriter::healthcare_service(const ExportedPlace& place, const ExportedService& service) const {
    const packs::CodeEntry* code = codes_.code("resource_service", service.service);
    const std::string label = code == nullptr ? service.service : code->label.ja.value;
    object result = profiled("HealthcareService", service.id.str(), nullptr);
    add(result, "identifier", identifiers(place));
    result["active"] = true;
    result["providedBy"] = reference("Organization", place.id.str(), place.name);
    result["type"] = array{object{
        {"coding", array{object{{"system", words_.system("service")}, {"code", service.service}, {"display", label}}}},
        {"text", label}}};
    result["location"] = array{reference("Location", place.id.str(), place.name)};
    result["name"] = place.name;
    if (service.missing_since)
        result["comment"] = words_.text("missing", {{"day", service.missing_since->str()}});
    if (service.capacity)
        result["characteristic"] =
            array{object{{"text", words_.text("capacity", {{"number", std::to_string(*service.capacity)}})}}};
    add(result, "telecom", telecom(place));
    array days;
    for (const std::string_view day : week) {
        if (std::ranges::find(service.open_days, day) != service.open_days.end())
            days.emplace_back(day);
    }
    if (!days.empty())
        result["availableTime"] = array{object{{"daysOfWeek", std::move(days)}}};
    std::string exceptions = service.days_note;
    if (std::ranges::find(service.open_days, "holiday") != service.open_days.end())
        exceptions += (exceptions.empty() ? "" : "\n") + words_.text("holiday");
    if (!exceptions.empty())
        result["availabilityExceptions"] = exceptions;
    return result;
}

object FhirWriter::entry(object resource, bool match) const {
    object result;
    result["fullUrl"] = base_ + "/" + std::string(resource.at("resourceType").as_string()) + "/" +
                        std::string(resource.at("id").as_string());
    result["resource"] = std::move(resource);
    if (match)
        result["search"] = object{{"mode", "match"}};
    return result;
}

object FhirWriter::capabilities(std::string_view version, const core::Date& date) const {
    const auto resource = [](const char* type, const char* profile, std::initializer_list<const char*> references) {
        array parameters{parameter("_id", "token"), parameter("identifier", "token"), parameter("name", "string"),
                         parameter("address", "string"), parameter("municipality", "token")};
        for (const char* one : references)
            parameters.push_back(parameter(one, "reference"));
        if (std::string_view(type) == "HealthcareService")
            parameters.push_back(parameter("service", "token"));
        object result{{"type", type},
                      {"interaction", array{object{{"code", "read"}}, object{{"code", "search-type"}}}},
                      {"versioning", "no-version"},
                      {"searchParam", std::move(parameters)}};
        if (profile != nullptr)
            result["supportedProfile"] = array{std::string(jp_profiles) + profile};
        return result;
    };
    const auto request = [](const char* type) {
        return object{{"type", type},
                      {"interaction", array{object{{"code", "read"}}, object{{"code", "search-type"}}}},
                      {"versioning", "no-version"},
                      {"searchParam", array{parameter("owner", "reference")}}};
    };
    return {{"resourceType", "CapabilityStatement"},
            {"status", "active"},
            {"date", date.str()},
            {"kind", "instance"},
            {"software", object{{"name", "Tsunagi"}, {"version", version}}},
            {"implementation", object{{"description", words_.text("directory")}, {"url", base_}}},
            {"fhirVersion", "4.0.1"},
            {"format", array{"application/fhir+json"}},
            {"rest",
             array{object{{"mode", "server"},
                          {"documentation",
                           "Public data of the directory. GET [base]/$directory answers everything as one Bundle of "
                           "the type collection, GET [base]/$directory-lines?_type=… one resource on each line."},
                          {"resource", array{resource("Organization", "JP_Organization", {"partof"}),
                                             resource("Location", "JP_Location", {"organization"}),
                                             resource("HealthcareService", nullptr, {"organization", "location"}),
                                             request("ServiceRequest"), request("Task")}}}}}};
}

std::string id_of_reference(std::string_view reference, std::string_view type) {
    const std::string prefix = std::string(type) + "/";
    if (const std::size_t at = reference.rfind(prefix); at != std::string_view::npos)
        reference.remove_prefix(at + prefix.size());
    return std::string(reference);
}

}  // namespace tsunagi::exchange
