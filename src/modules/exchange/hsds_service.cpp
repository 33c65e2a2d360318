// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/hsds_service.hpp"

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "core/id.hpp"
#include "modules/exchange/exchange_ids.hpp"
#include "modules/exchange/hsds_rules.hpp"
#include "modules/exchange/text_rules.hpp"
#include "workbooks/zip_file.hpp"

namespace tsunagi::exchange {
namespace {

using boost::json::array;
using boost::json::object;
using resources::ExportedPlace;
using resources::ExportPart;
using resources::ExportSearch;

constexpr std::int64_t usual_page = 50;
constexpr std::int64_t most_on_page = 1000;
constexpr std::int64_t most_pages = 1'000'000;
constexpr std::int64_t places_at_once = 500;

struct Window {
    std::int64_t page = 1;
    std::int64_t size = usual_page;

    [[nodiscard]] std::int64_t offset() const { return (page - 1) * size; }
};

Window window_of(const HsdsQuery& query) {
    std::vector<core::FieldError> errors;
    const auto within = [&](const char* name, const std::optional<std::int64_t>& value, std::int64_t most) {
        if (value && (*value < 1 || *value > most))
            errors.push_back({name, "range", "1-" + std::to_string(most)});
    };
    within("?page", query.page, most_pages);
    within("?per_page", query.per_page, most_on_page);
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    return {query.page.value_or(1), query.per_page.value_or(usual_page)};
}

std::string paged(const Window& window, std::int64_t total, array contents) {
    const std::int64_t pages = (total + window.size - 1) / window.size;
    const auto size = static_cast<std::int64_t>(contents.size());
    return boost::json::serialize(object{{"total_items", total},
                                         {"total_pages", pages},
                                         {"page_number", window.page},
                                         {"size", size},
                                         {"first_page", window.page == 1},
                                         {"last_page", window.page >= pages},
                                         {"empty", size == 0},
                                         {"contents", std::move(contents)}});
}

std::string paged(const Window& window, const std::vector<object>& all) {
    array contents;
    const auto total = static_cast<std::int64_t>(all.size());
    for (std::int64_t i = window.offset(); i < std::min(total, window.offset() + window.size); ++i)
        contents.emplace_back(all[static_cast<std::size_t>(i)]);
    return paged(window, total, std::move(contents));
}

ExportSearch search_of(const HsdsQuery& query) {
    ExportSearch search;
    search.words = query.search.value;
    search.municipalities = query.municipality;
    return search;
}

/// A CSV file that grows row by row.
class TableFile {
public:
    TableFile(std::filesystem::path file, const HsdsTable& table)
        : file_(std::move(file)), out_(file_, std::ios::binary | std::ios::trunc) {
        add({table.columns.begin(), table.columns.end()});
    }

    void add(const std::vector<std::string>& cells) { out_ << csv_line(cells); }

    [[nodiscard]] const std::filesystem::path& finish() {
        out_.close();
        if (!out_)
            throw std::runtime_error("cannot write " + file_.string());
        return file_;
    }

private:
    std::filesystem::path file_;
    std::ofstream out_;
};

}  // namespace

std::string HsdsService::about(const std::string& base) {
    return boost::json::serialize(object{{"version", "3.0"},
                                         {"profile", "https://docs.openreferral.org/en/3.0/hsds/"},
                                         {"openapi_url", base.substr(0, base.rfind('/')) + "/api/openapi.json"}});
}

std::string HsdsService::organizations(const access::Actor& actor, const HsdsQuery& query) const {
    const Window window = window_of(query);
    const ExportSearch search = search_of(query);
    const auto codes = packs_.codes();
    const HsdsWriter writer(words_, *codes);
    const std::int64_t first = exports_.count_corporations(actor, search);
    const std::int64_t total = first + exports_.count_places(actor, search);
    array contents;
    if (window.offset() < first) {
        for (const auto& one : exports_.corporations(actor, search, {"", window.offset(), window.size})) {
            if (corporation_id(one.number))  // a file may tell thirteen characters that are no number
                contents.push_back(writer.organization(one));
        }
    }
    const auto room = window.size - static_cast<std::int64_t>(contents.size());
    if (room > 0 && window.offset() < total) {
        const ExportPart part{"", std::max<std::int64_t>(0, window.offset() - first), room};
        for (const auto& one : exports_.places(actor, search, part))
            contents.push_back(writer.organization(one, query.full.value_or(false)));
    }
    return paged(window, total, std::move(contents));
}

std::string HsdsService::locations(const access::Actor& actor, const HsdsQuery& query) const {
    const Window window = window_of(query);
    const ExportSearch search = search_of(query);
    const auto codes = packs_.codes();
    const HsdsWriter writer(words_, *codes);
    array contents;
    for (const auto& one : exports_.places(actor, search, {"", window.offset(), window.size}))
        contents.push_back(writer.location(one, query.full.value_or(false)));
    return paged(window, exports_.count_places(actor, search), std::move(contents));
}

template <class Make>
std::string HsdsService::service_page(const access::Actor& actor, const HsdsServiceQuery& query,
                                      const Make& make) const {
    const Window window = window_of(query);
    ExportSearch search = search_of(query);
    const auto codes = packs_.codes();
    const HsdsWriter writer(words_, *codes);
    bool possible = query.taxonomy_id.value.empty() || query.taxonomy_id.value == HsdsWriter::taxonomy_id();
    if (const std::string& wanted = query.taxonomy_term_id.value; !wanted.empty()) {
        if (const packs::Scheme* scheme = codes->scheme("resource_service")) {
            for (const auto& code : scheme->codes) {
                if (HsdsWriter::term_id(code.code.value) == wanted)
                    search.services.push_back(code.code.value);
            }
        }
        possible = possible && !search.services.empty();
    }
    if (const std::string& wanted = query.organization_id.value; !wanted.empty()) {
        search.corporate_number = corporation_number(wanted);
        if (search.corporate_number.empty())
            search.places = {wanted};
        possible = possible && core::is_uuid(wanted);
    }
    if (!possible)
        return paged(window, 0, {});
    const auto services = exports_.services(actor, search, {"", window.offset(), window.size});
    const auto places = exports_.places_of(actor, services);
    array contents;
    for (const auto& one : services) {
        if (const auto place = places.find(one.place_id.str()); place != places.end())
            contents.push_back(make(writer, place->second, one));
    }
    return paged(window, exports_.count_services(actor, search), std::move(contents));
}

std::string HsdsService::services(const access::Actor& actor, const HsdsServiceQuery& query) const {
    return service_page(actor, query, [&](const HsdsWriter& writer, const auto& place, const auto& service) {
        return writer.service(place, service, query.full.value_or(false));
    });
}

std::string HsdsService::service_at_locations(const access::Actor& actor, const HsdsServiceQuery& query) const {
    return service_page(actor, query, [&](const HsdsWriter& writer, const auto& place, const auto& service) {
        return writer.service_at_location(place, service, query.full.value_or(false));
    });
}

std::string HsdsService::taxonomies(const HsdsQuery& query) const {
    const auto codes = packs_.codes();
    return paged(window_of(query), {HsdsWriter(words_, *codes).taxonomy()});
}

std::string HsdsService::taxonomy_terms(const HsdsQuery& query) const {
    const auto codes = packs_.codes();
    return paged(window_of(query), HsdsWriter(words_, *codes).taxonomy_terms());
}

std::string HsdsService::organization(const access::Actor& actor, const std::string& id) const {
    const auto codes = packs_.codes();
    const HsdsWriter writer(words_, *codes);
    ExportSearch search;
    search.corporate_number = corporation_number(id);
    if (!search.corporate_number.empty()) {
        const auto found = exports_.corporations(actor, search, {"", 0, 1});
        if (found.empty())
            throw core::not_found();
        return boost::json::serialize(writer.organization(found.front()));
    }
    search.places = {id};
    const auto places = core::is_uuid(id) ? exports_.places(actor, search, {}) : std::vector<ExportedPlace>();
    if (places.empty())
        throw core::not_found();
    return boost::json::serialize(writer.organization(places.front(), true));
}

std::string HsdsService::location(const access::Actor& actor, const std::string& id) const {
    ExportSearch search;
    search.places = {id};
    const auto places = core::is_uuid(id) ? exports_.places(actor, search, {}) : std::vector<ExportedPlace>();
    if (places.empty())
        throw core::not_found();
    const auto codes = packs_.codes();
    return boost::json::serialize(HsdsWriter(words_, *codes).location(places.front(), true));
}

std::string HsdsService::one_service(const access::Actor& actor, const std::string& id, bool at_location) const {
    ExportSearch search;
    search.service_ids = {id};
    const auto services =
        core::is_uuid(id) ? exports_.services(actor, search, {}) : std::vector<resources::ExportedService>();
    if (services.empty())
        throw core::not_found();
    // With all its services: they make the description of the organization.
    ExportSearch whole;
    whole.places = {services.front().place_id.str()};
    const auto places = exports_.places(actor, whole, {});
    if (places.empty())
        throw core::not_found();
    const auto codes = packs_.codes();
    const HsdsWriter writer(words_, *codes);
    return boost::json::serialize(at_location ? writer.service_at_location(places.front(), services.front(), true)
                                              : writer.service(places.front(), services.front(), true));
}

std::string HsdsService::service(const access::Actor& actor, const std::string& id) const {
    return one_service(actor, id, false);
}

std::string HsdsService::service_at_location(const access::Actor& actor, const std::string& id) const {
    return one_service(actor, id, true);
}

std::string HsdsService::taxonomy(const std::string& id) const {
    if (id != HsdsWriter::taxonomy_id())
        throw core::not_found();
    const auto codes = packs_.codes();
    return boost::json::serialize(HsdsWriter(words_, *codes).taxonomy());
}

std::string HsdsService::taxonomy_term(const std::string& id) const {
    const auto codes = packs_.codes();
    for (const object& term : HsdsWriter(words_, *codes).taxonomy_terms()) {
        if (term.at("id").as_string() == id)
            return boost::json::serialize(term);
    }
    throw core::not_found();
}

std::filesystem::path HsdsService::package(const access::Actor& actor, const ExportSearch& search,
                                           const std::filesystem::path& folder) const {
    const auto codes = packs_.codes();
    const HsdsWriter writer(words_, *codes);
    std::vector<std::unique_ptr<TableFile>> files;
    for (const auto& table : hsds_tables())
        files.push_back(std::make_unique<TableFile>(folder / (std::string(table.name) + ".csv"), table));
    const HsdsRow add = [&](std::size_t table, const std::vector<std::string>& cells) { files[table]->add(cells); };
    part_into_rows("taxonomies", writer.taxonomy(), add);
    for (const object& term : writer.taxonomy_terms())
        part_into_rows("taxonomy_terms", term, add);
    ExportPart part{.after = "", .offset = 0, .limit = places_at_once};
    for (;;) {
        const auto found = exports_.corporations(actor, search, part);
        for (const auto& one : found) {
            if (corporation_id(one.number))
                part_into_rows("organizations", writer.organization(one), add);
        }
        if (static_cast<std::int64_t>(found.size()) < part.limit)
            break;
        part.after = found.back().number;
    }
    part.after.clear();
    for (;;) {
        const auto found = exports_.places(actor, search, part);
        for (const auto& place : found) {
            part_into_rows("organizations", writer.organization(place, true), add);
            for (const auto& service : place.services)
                part_into_rows("services", writer.service(place, service, true), add);
        }
        if (static_cast<std::int64_t>(found.size()) < part.limit)
            break;
        part.after = found.back().id.str();
    }
    std::vector<workbooks::ZipPart> parts;
    for (std::size_t i = 0; i < files.size(); ++i)
        parts.push_back({std::string(hsds_tables()[i].name) + ".csv", files[i]->finish()});
    const auto description = folder / "datapackage.json";
    std::ofstream out(description, std::ios::binary | std::ios::trunc);
    out << datapackage();
    out.close();
    if (!out)
        throw std::runtime_error("cannot write " + description.string());
    parts.push_back({"datapackage.json", description});
    const auto zip = folder / "hsds.zip";
    workbooks::write_zip(zip, parts);
    return zip;
}

}  // namespace tsunagi::exchange
