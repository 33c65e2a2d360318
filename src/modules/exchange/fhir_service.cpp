// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/fhir_service.hpp"

#include <boost/json.hpp>

#include "core/id.hpp"
#include "modules/exchange/exchange_ids.hpp"
#include "modules/exchange/fhir_bundle_rules.hpp"
#include "modules/exchange/fhir_rules.hpp"

namespace tsunagi::exchange {
namespace {

using boost::json::array;
using boost::json::object;
using resources::ExportPart;
using resources::ExportSearch;

constexpr std::int64_t usual_count = 50;
constexpr std::int64_t most_count = 1000;
constexpr std::int64_t places_at_once = 500;
constexpr std::string_view corporation_sign = "c:";
constexpr std::string_view place_sign = "p:";

/// The number of entries of a page, after the parameters that all searches share were checked.
std::int64_t checked_count(const FhirPaging& query) {
    if (query._count && (*query._count < 0 || *query._count > most_count))
        throw core::invalid({{"?_count", "range", "0-" + std::to_string(most_count)}});
    check_format(query);
    return query._count.value_or(usual_count);
}

/// `after` of a search whose pages go by ids.
std::string checked_after(const std::string& after) {
    if (!after.empty() && !core::is_uuid(after))
        throw core::invalid({{"?after", "format", ""}});
    return after;
}

ExportSearch of_place(const std::string& id) {
    if (!core::is_uuid(id))
        throw core::not_found();
    ExportSearch search;
    search.places = {id};
    return search;
}

}  // namespace

FhirService::FhirService(const resources::ResourceExportService& exports, const packs::PacksService& packs,
                         const ExchangeWords& words, std::vector<std::string> sources, std::string version,
                         core::Clock clock)
    : exports_(exports),
      packs_(packs),
      words_(words),
      sources_(std::move(sources)),
      version_(std::move(version)),
      clock_(std::move(clock)) {}

std::string FhirService::capabilities(const FhirCall& call, const FhirForm& form) const {
    check_format(form);
    const auto codes = packs_.codes();
    return boost::json::serialize(FhirWriter(words_, *codes, call.base).capabilities(version_, clock_.today()));
}

std::string FhirService::organization(const access::Actor& actor, const FhirCall& call, const FhirForm& form,
                                      const std::string& id) const {
    check_format(form);
    const auto codes = packs_.codes();
    const FhirWriter writer(words_, *codes, call.base);
    if (const std::string number = corporation_number(id); !number.empty()) {
        ExportSearch search;
        search.corporate_number = number;
        const auto found = exports_.corporations(actor, search, {.after = "", .offset = 0, .limit = 1});
        if (found.empty())
            throw core::not_found();
        return boost::json::serialize(writer.organization(found.front()));
    }
    const auto places = exports_.places(actor, of_place(id), {});
    if (places.empty())
        throw core::not_found();
    return boost::json::serialize(writer.organization(places.front()));
}

std::string FhirService::location(const access::Actor& actor, const FhirCall& call, const FhirForm& form,
                                  const std::string& id) const {
    check_format(form);
    const auto codes = packs_.codes();
    const auto places = exports_.places(actor, of_place(id), {});
    if (places.empty())
        throw core::not_found();
    return boost::json::serialize(FhirWriter(words_, *codes, call.base).location(places.front()));
}

std::string FhirService::healthcare_service(const access::Actor& actor, const FhirCall& call, const FhirForm& form,
                                            const std::string& id) const {
    check_format(form);
    if (!core::is_uuid(id))
        throw core::not_found();
    const auto codes = packs_.codes();
    ExportSearch search;
    search.service_ids = {id};
    const auto services = exports_.services(actor, search, {});
    if (services.empty())
        throw core::not_found();
    const auto places = exports_.places(actor, of_place(services.front().place_id.str()), {});
    if (places.empty())
        throw core::not_found();
    return boost::json::serialize(
        FhirWriter(words_, *codes, call.base).healthcare_service(places.front(), services.front()));
}

FhirService::Identifier FhirService::identifier_of(const std::string& text) const {
    Identifier result;
    const std::size_t bar = text.find('|');
    result.number = bar == std::string::npos ? text : text.substr(bar + 1);
    if (bar == std::string::npos) {
        result.corporation = result.place = true;
        return result;
    }
    const std::string system = text.substr(0, bar);
    result.corporation = system == words_.system("corporation");
    if (const std::string source = words_.source_of(system, sources_); !source.empty()) {
        result.place = true;
        result.sources = {source};
    }
    return result;
}

template <class Query>
bool FhirService::narrow(const Query& query, ExportSearch& search) const {
    search.municipalities = query.municipality;
    search.name = query.name.value;
    search.address = query.address.value;
    if (!query._id.value.empty()) {
        if (!core::is_uuid(query._id.value))
            return false;
    }
    if (query.identifier.value.empty())
        return true;
    const Identifier identifier = identifier_of(query.identifier.value);
    if (!identifier.place || identifier.number.empty())
        return false;
    search.number = identifier.number;
    search.number_sources = identifier.sources;
    return true;
}

std::string FhirService::search(const access::Actor& actor, const FhirCall& call,
                                const OrganizationQuery& query) const {
    const std::int64_t count = checked_count(query);
    // Corporations come first, then the places they run.
    std::string after = query.after.value;
    bool with_corporations = !after.starts_with(place_sign);
    if (!after.empty() && !after.starts_with(place_sign) && !after.starts_with(corporation_sign))
        throw core::invalid({{"?after", "format", ""}});
    if (!after.empty())
        after.erase(0, place_sign.size());
    ExportSearch of_places;
    bool places = narrow(query, of_places);
    ExportSearch of_corporations;
    bool corporations = query.address.value.empty() && query.partof.value.empty();
    of_corporations.municipalities = query.municipality;
    of_corporations.corporation = query.name.value;
    if (const std::string& id = query._id.value; !id.empty()) {
        const std::string number = corporation_number(id);
        places = places && number.empty();
        of_places.places = {id};
        corporations = corporations && !number.empty();
        of_corporations.corporate_number = number;
    }
    if (!query.identifier.value.empty()) {
        const Identifier identifier = identifier_of(query.identifier.value);
        corporations =
            corporations && identifier.corporation && corporation_id(identifier.number).has_value() &&
            (of_corporations.corporate_number.empty() || of_corporations.corporate_number == identifier.number);
        of_corporations.corporate_number = identifier.number;
    }
    if (!query.partof.value.empty()) {
        of_places.corporate_number = corporation_number(id_of_reference(query.partof.value, "Organization"));
        places = places && !of_places.corporate_number.empty();
    }
    const auto codes = packs_.codes();
    const FhirWriter writer(words_, *codes, call.base);
    const std::int64_t total = (corporations ? exports_.count_corporations(actor, of_corporations) : 0) +
                               (places ? exports_.count_places(actor, of_places) : 0);
    array entries;
    std::optional<std::string> next;
    const auto full = [&] { return static_cast<std::int64_t>(entries.size()) == count; };
    if (count > 0 && corporations && with_corporations) {
        const auto found = exports_.corporations(actor, of_corporations, {after, 0, count + 1});
        for (const auto& one : found) {
            if (full()) {
                next = std::string(corporation_sign) + after;
                break;
            }
            after = one.number;
            if (corporation_id(one.number))  // a file may tell thirteen characters that are no number
                entries.push_back(writer.entry(writer.organization(one), true));
        }
    }
    if (count > 0 && places && !next) {
        if (with_corporations)
            after.clear();
        const std::int64_t room = count - static_cast<std::int64_t>(entries.size());
        for (const auto& one : exports_.places(actor, of_places, {after, 0, room + 1})) {
            if (full()) {
                next = std::string(place_sign) + after;
                break;
            }
            after = one.id.str();
            entries.push_back(writer.entry(writer.organization(one), true));
        }
    }
    return searchset(call, "Organization", total, std::move(entries), next);
}

std::string FhirService::search(const access::Actor& actor, const FhirCall& call, const LocationQuery& query) const {
    const std::int64_t count = checked_count(query);
    std::string after = checked_after(query.after.value);
    ExportSearch search;
    bool possible = narrow(query, search);
    if (!query._id.value.empty())
        search.places = {query._id.value};
    if (!query.organization.value.empty()) {
        const std::string id = id_of_reference(query.organization.value, "Organization");
        possible = possible && core::is_uuid(id) && (search.places.empty() || search.places.front() == id);
        search.places = {id};
    }
    if (!possible)
        return searchset(call, "Location", 0, {}, std::nullopt);
    const auto codes = packs_.codes();
    const FhirWriter writer(words_, *codes, call.base);
    array entries;
    std::optional<std::string> next;
    if (count > 0) {
        for (const auto& one : exports_.places(actor, search, {after, 0, count + 1})) {
            if (static_cast<std::int64_t>(entries.size()) == count) {
                next = after;
                break;
            }
            after = one.id.str();
            entries.push_back(writer.entry(writer.location(one), true));
        }
    }
    return searchset(call, "Location", exports_.count_places(actor, search), std::move(entries), next);
}

std::string FhirService::search(const access::Actor& actor, const FhirCall& call,
                                const HealthcareServiceQuery& query) const {
    const std::int64_t count = checked_count(query);
    std::string after = checked_after(query.after.value);
    ExportSearch search;
    bool possible = narrow(query, search);
    for (const auto& code : query.service)
        search.services.push_back(code.value);
    if (!query._id.value.empty())
        search.service_ids = {query._id.value};
    for (const auto& [reference, type] :
         {std::pair{&query.organization.value, "Organization"}, std::pair{&query.location.value, "Location"}}) {
        if (reference->empty())
            continue;
        const std::string id = id_of_reference(*reference, type);
        possible = possible && core::is_uuid(id) && (search.places.empty() || search.places.front() == id);
        search.places = {id};
    }
    if (!possible)
        return searchset(call, "HealthcareService", 0, {}, std::nullopt);
    const auto codes = packs_.codes();
    const FhirWriter writer(words_, *codes, call.base);
    array entries;
    std::optional<std::string> next;
    if (count > 0) {
        auto services = exports_.services(actor, search, {after, 0, count + 1});
        if (static_cast<std::int64_t>(services.size()) > count) {
            services.pop_back();
            next = services.back().id.str();
        }
        const auto places = exports_.places_of(actor, services);
        for (const auto& one : services) {
            if (const auto place = places.find(one.place_id.str()); place != places.end())
                entries.push_back(writer.entry(writer.healthcare_service(place->second, one), true));
        }
    }
    return searchset(call, "HealthcareService", exports_.count_services(actor, search), std::move(entries), next);
}

void FhirService::each(const access::Actor& actor, const FhirWriter& writer, const ExportSearch& search, FhirType type,
                       const std::function<void(object)>& take) const {
    if (type == FhirType::Organization) {
        ExportPart part{.after = "", .offset = 0, .limit = places_at_once};
        for (;;) {
            const auto found = exports_.corporations(actor, search, part);
            for (const auto& one : found) {
                if (corporation_id(one.number))
                    take(writer.organization(one));
            }
            if (static_cast<std::int64_t>(found.size()) < part.limit)
                break;
            part.after = found.back().number;
        }
    }
    ExportPart part{.after = "", .offset = 0, .limit = places_at_once};
    for (;;) {
        const auto found = exports_.places(actor, search, part);
        for (const auto& place : found) {
            if (type == FhirType::Organization) {
                take(writer.organization(place));
            } else if (type == FhirType::Location) {
                take(writer.location(place));
            } else {
                for (const auto& service : place.services)
                    take(writer.healthcare_service(place, service));
            }
        }
        if (static_cast<std::int64_t>(found.size()) < part.limit)
            return;
        part.after = found.back().id.str();
    }
}

void FhirService::bundle(const access::Actor& actor, const FhirCall& call, const ExportSearch& search,
                         const Sink& sink) const {
    const auto codes = packs_.codes();
    const FhirWriter writer(words_, *codes, call.base);
    bool first = true;
    std::string out = R"({"resourceType":"Bundle","type":"collection")";
    for (const FhirType type : {FhirType::Organization, FhirType::Location, FhirType::HealthcareService}) {
        each(actor, writer, search, type, [&](object resource) {
            out += first ? ",\"entry\":[" : ",";
            first = false;
            out += boost::json::serialize(writer.entry(std::move(resource), false));
            sink(out);
            out.clear();
        });
    }
    sink(out + (first ? "}" : "]}"));
}

void FhirService::lines(const access::Actor& actor, const FhirCall& call, const ExportSearch& search, FhirType type,
                        const Sink& sink) const {
    const auto codes = packs_.codes();
    const FhirWriter writer(words_, *codes, call.base);
    each(actor, writer, search, type, [&](const object& resource) { sink(boost::json::serialize(resource) + "\n"); });
}

}  // namespace tsunagi::exchange
