// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/exchange_routes.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace tsunagi::exchange {
namespace {

constexpr const char* fhir_json = "application/fhir+json";

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

/// How the caller wrote the address of this server. Links in answers begin with it; answers are kept by nobody.
std::string origin(const http::Request& request) {
    std::string host(request.header("host").value_or("localhost"));
    const bool plain = std::ranges::all_of(host, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
    if (!plain || host.empty())
        host = "localhost";
    return (request.secure ? "https://" : "http://") + host;
}

FhirCall fhir_call(const http::Request& request) {
    return {origin(request) + "/fhir/R4", request.query};
}

/// A large answer is made whole before it begins, in a file that has no name and is gone with the answer: its size is
/// told beforehand, and what goes wrong is told by the status.
class SpooledAnswer final : public http::BodySource {
public:
    SpooledAnswer() : file_(std::tmpfile(), &std::fclose) {
        if (!file_)
            throw std::runtime_error("cannot make a temporary file");
    }

    void add(std::string_view bytes) {
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
            throw std::runtime_error("cannot write to a temporary file");
        size_ += bytes.size();
    }

    void rewind() {
        if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0)
            throw std::runtime_error("cannot write to a temporary file");
    }

    [[nodiscard]] std::size_t size() const override { return size_; }

    [[nodiscard]] std::string next() override {
        static constexpr std::size_t piece = std::size_t{1} << 20U;
        std::string bytes(piece, '\0');
        bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file_.get()));
        if (bytes.empty())
            throw std::runtime_error("a temporary file ended early");
        return bytes;
    }

private:
    std::unique_ptr<FILE, int (*)(FILE*)> file_;
    std::size_t size_ = 0;
};

template <class Make>
http::Response spooled(const char* media_type, const std::string& name, const Make& make) {
    auto source = std::make_shared<SpooledAnswer>();
    make([&](std::string_view bytes) { source->add(bytes); });
    source->rewind();
    http::Response response;
    response.source = std::move(source);
    response.set("content-type", media_type);
    response.set("content-disposition", "attachment; filename=\"" + name + "\"");
    response.set("cache-control", "no-store");
    return response;
}

http::Response json(const char* media_type, std::string body) {
    http::Response response;
    response.body = std::move(body);
    response.set("content-type", media_type);
    response.set("cache-control", "no-store");
    return response;
}

/// The form of the answer is described by the standard, not by the description of this API.
http::Operation object(http::Operation operation, const char* media_type) {
    operation.media_type = media_type;
    operation.answer_schema = [](record::SchemaSet&) { return boost::json::object{{"type", "object"}}; };
    return operation;
}

template <class Query, class Handler>
http::Operation fhir(const char* path, const char* id, Handler handler, const char* permission = "resources.read") {
    return object(http::list<Query, http::Response>(
                      path, id, http::Permission(permission),
                      [handler = std::move(handler)](const auto& call) { return json(fhir_json, handler(call)); }),
                  fhir_json);
}

template <class Query, class Handler>
http::Operation hsds(const char* path, const char* id, Handler handler) {
    return object(http::list<Query, http::Response>(path, id, http::Permission("resources.read"),
                                                    [handler = std::move(handler)](const auto& call) {
                                                        return json("application/json", handler(call));
                                                    }),
                  "application/json");
}

void add_requests(std::vector<http::Operation>& all, const ExchangeService& service) {
    using Type = FhirRequestService::Type;
    const FhirRequestService& requests = service.requests();
    const auto add = [&](const char* search_path, const char* search_id, const char* read_path, const char* read_id,
                         Type type) {
        all.push_back(fhir<RequestQuery>(
            search_path, search_id,
            [&requests, type](const auto& call) {
                return requests.search(actor(call), fhir_call(call.request), type, call.query);
            },
            "referrals.read"));
        all.push_back(fhir<FhirForm>(
            read_path, read_id,
            [&requests, type](const auto& call) {
                return requests.read(actor(call), type, call.query, call.parameter("id"));
            },
            "referrals.read"));
    };
    add("/fhir/R4/ServiceRequest", "searchFhirServiceRequests", "/fhir/R4/ServiceRequest/{id}",
        "readFhirServiceRequest", Type::ServiceRequest);
    add("/fhir/R4/Task", "searchFhirTasks", "/fhir/R4/Task/{id}", "readFhirTask", Type::Task);
}

void add_fhir(std::vector<http::Operation>& all, const ExchangeService& service) {
    const FhirService& r4 = service.fhir();
    all.push_back(fhir<FhirForm>("/fhir/R4/metadata", "getFhirCapabilities", [&r4](const auto& call) {
        return r4.capabilities(fhir_call(call.request), call.query);
    }));
    all.push_back(fhir<OrganizationQuery>("/fhir/R4/Organization", "searchFhirOrganizations", [&r4](const auto& call) {
        return r4.search(actor(call), fhir_call(call.request), call.query);
    }));
    all.push_back(fhir<FhirForm>("/fhir/R4/Organization/{id}", "readFhirOrganization", [&r4](const auto& call) {
        return r4.organization(actor(call), fhir_call(call.request), call.query, call.parameter("id"));
    }));
    all.push_back(fhir<LocationQuery>("/fhir/R4/Location", "searchFhirLocations", [&r4](const auto& call) {
        return r4.search(actor(call), fhir_call(call.request), call.query);
    }));
    all.push_back(fhir<FhirForm>("/fhir/R4/Location/{id}", "readFhirLocation", [&r4](const auto& call) {
        return r4.location(actor(call), fhir_call(call.request), call.query, call.parameter("id"));
    }));
    all.push_back(fhir<HealthcareServiceQuery>(
        "/fhir/R4/HealthcareService", "searchFhirHealthcareServices",
        [&r4](const auto& call) { return r4.search(actor(call), fhir_call(call.request), call.query); }));
    all.push_back(
        fhir<FhirForm>("/fhir/R4/HealthcareService/{id}", "readFhirHealthcareService", [&r4](const auto& call) {
            return r4.healthcare_service(actor(call), fhir_call(call.request), call.query, call.parameter("id"));
        }));
    add_requests(all, service);
    all.push_back(object(http::list<ExchangeFilter, http::Response>(
                             "/fhir/R4/$directory", "exportFhirBundle", http::Permission("resources.read"),
                             [&service](const auto& call) {
                                 return spooled(fhir_json, "directory.fhir.json", [&](const Sink& sink) {
                                     service.fhir_bundle(actor(call), fhir_call(call.request), call.query, sink);
                                 });
                             }),
                         fhir_json));
    all.push_back(http::list<FhirLinesQuery, http::Response>(
                      "/fhir/R4/$directory-lines", "exportFhirLines", http::Permission("resources.read"),
                      [&service](const auto& call) {
                          const std::string name = record::to_text(call.query._type) + ".ndjson";
                          return spooled("application/fhir+ndjson", name, [&](const Sink& sink) {
                              service.fhir_lines(actor(call), fhir_call(call.request), call.query, sink);
                          });
                      })
                      .answers("application/fhir+ndjson"));
}

void add_hsds(std::vector<http::Operation>& all, const ExchangeService& service) {
    const HsdsService& directory = service.hsds();
    all.push_back(hsds<http::Nothing>(
        "/hsds/", "getHsds", [](const auto& call) { return HsdsService::about(origin(call.request) + "/hsds"); }));
    all.push_back(hsds<HsdsQuery>("/hsds/organizations", "listHsdsOrganizations", [&directory](const auto& call) {
        return directory.organizations(actor(call), call.query);
    }));
    all.push_back(hsds<HsdsServiceQuery>("/hsds/services", "listHsdsServices", [&directory](const auto& call) {
        return directory.services(actor(call), call.query);
    }));
    all.push_back(hsds<HsdsQuery>("/hsds/locations", "listHsdsLocations", [&directory](const auto& call) {
        return directory.locations(actor(call), call.query);
    }));
    all.push_back(hsds<HsdsServiceQuery>(
        "/hsds/service_at_locations", "listHsdsServiceAtLocations",
        [&directory](const auto& call) { return directory.service_at_locations(actor(call), call.query); }));
    all.push_back(hsds<HsdsQuery>("/hsds/taxonomies", "listHsdsTaxonomies",
                                  [&directory](const auto& call) { return directory.taxonomies(call.query); }));
    all.push_back(hsds<HsdsQuery>("/hsds/taxonomy_terms", "listHsdsTaxonomyTerms",
                                  [&directory](const auto& call) { return directory.taxonomy_terms(call.query); }));
    all.push_back(hsds<http::Nothing>(
        "/hsds/organizations/{id}", "getHsdsOrganization",
        [&directory](const auto& call) { return directory.organization(actor(call), call.parameter("id")); }));
    all.push_back(hsds<http::Nothing>("/hsds/services/{id}", "getHsdsService", [&directory](const auto& call) {
        return directory.service(actor(call), call.parameter("id"));
    }));
    all.push_back(hsds<http::Nothing>("/hsds/locations/{id}", "getHsdsLocation", [&directory](const auto& call) {
        return directory.location(actor(call), call.parameter("id"));
    }));
    all.push_back(hsds<http::Nothing>(
        "/hsds/service_at_locations/{id}", "getHsdsServiceAtLocation",
        [&directory](const auto& call) { return directory.service_at_location(actor(call), call.parameter("id")); }));
    all.push_back(hsds<http::Nothing>("/hsds/taxonomies/{id}", "getHsdsTaxonomy", [&directory](const auto& call) {
        return directory.taxonomy(call.parameter("id"));
    }));
    all.push_back(
        hsds<http::Nothing>("/hsds/taxonomy_terms/{id}", "getHsdsTaxonomyTerm",
                            [&directory](const auto& call) { return directory.taxonomy_term(call.parameter("id")); }));
    all.push_back(http::list<ExchangeFilter, http::Response>(
                      "/hsds/tables", "exportHsdsTables", http::Permission("resources.read"),
                      [&service](const auto& call) {
                          return spooled("application/zip", "hsds.zip", [&](const Sink& sink) {
                              service.hsds_package(actor(call), call.query, sink);
                          });
                      })
                      .answers("application/octet-stream"));
}

}  // namespace

std::vector<http::Operation> routes(const ExchangeService& service) {
    const http::Permission read("resources.read");
    std::vector<http::Operation> all;
    add_fhir(all, service);
    add_hsds(all, service);
    all.push_back(object(http::list<ExchangeFilter, http::Response>(
                             "/api/exchange/geojson", "exportGeojson", read,
                             [&service](const auto& call) {
                                 return spooled("application/geo+json", "places.geojson", [&](const Sink& sink) {
                                     service.geojson(actor(call), call.query, sink);
                                 });
                             }),
                         "application/geo+json"));
    for (const auto& [path, id, table] :
         {std::array{"/api/exchange/care-offices", "exportCareOffices", "care_offices"},
          std::array{"/api/exchange/medical-institutions", "exportMedicalInstitutions", "medical_institutions"}}) {
        all.push_back(
            http::list<ExchangeFilter,
                       http::Response>(path, id, read, [&service, name = std::string(table)](const auto& call) {
                return spooled("text/csv; charset=utf-8", name + ".csv",
                               [&](const Sink& sink) { service.dataset(actor(call), name, call.query, sink); });
            }).answers("application/octet-stream"));
    }
    all.push_back(
        http::list<CardQuery,
                   http::Response>("/api/places/{id}/vcard", "getPlaceVcard", read, [&service](const auto& call) {
            http::Response response =
                json("text/vcard; charset=utf-8", service.card(actor(call), call.parameter("id"), call.query.version));
            response.set("content-disposition", "attachment; filename=\"" + call.parameter("id") + ".vcf\"");
            return response;
        }).answers("application/octet-stream"));
    all.push_back(http::get<Credits>("/api/exchange/credits", "listCredits", read,
                                     [&service](const auto& call) { return service.credits(actor(call)); }));
    return all;
}

}  // namespace tsunagi::exchange
