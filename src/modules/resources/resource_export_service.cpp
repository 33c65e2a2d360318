// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_export_service.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "modules/resources/resource_export_store.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::resources {
namespace {

store::ExportConditions conditions_of(const ExportSearch& search, const search::Folding& folding) {
    store::ExportConditions result;
    result.search = search;
    for (const std::string& code : search.municipalities) {
        auto area = codes_of_area(code);
        if (!area)
            throw core::invalid({{"?municipality", "municipality_code", code.substr(0, 20)}});
        result.areas.push_back(std::move(*area));
    }
    for (const std::string& word : record::words_of(search.words)) {
        if (std::string folded = search::to_utf8(folding.fold(word)); !folded.empty())
            result.words.push_back(std::move(folded));
    }
    return result;
}

/// 123-4567 of however seven digits are written; empty for anything else.
std::string postal_code(const std::string& written) {
    std::string digits;
    for (const char c : written) {
        if (c >= '0' && c <= '9')
            digits += c;
    }
    return digits.size() == 7 ? digits.substr(0, 3) + "-" + digits.substr(3) : std::string();
}

/// An office knows its own: nothing that is told is written over.
void infer_postal_codes(db::ReadTx& tx, std::vector<ExportedPlace>& places) {
    std::vector<PlaceId> without;
    for (const ExportedPlace& place : places) {
        if (place.postal_code.empty())
            without.push_back(place.id);
    }
    if (without.empty())
        return;
    const localities::TownBook towns(store::towns_named(tx, without));
    for (ExportedPlace& place : places) {
        if (!place.postal_code.empty())
            continue;
        place.postal_code = towns.postal_code(place.municipality_code, place.address);
        place.postal_code_inferred = !place.postal_code.empty();
    }
}

}  // namespace

ResourceExportService::ResourceExportService(db::Database& database, const ResourceService& resources,
                                             const search::SearchService& search)
    : database_(database), layouts_(resources.official().layouts()), folding_(search.folding()) {}

void ResourceExportService::complete(db::ReadTx& tx, std::vector<ExportedPlace>& places) const {
    std::vector<std::string> with_postal_codes;
    for (const Layout& layout : layouts_.layouts) {
        if (layout.column_of("postal_code"))
            with_postal_codes.push_back(layout.name);
    }
    std::set<std::string> codes;
    std::vector<PlaceId> ids;
    std::unordered_map<std::string, ExportedPlace*> by_id;
    for (ExportedPlace& place : places) {
        codes.insert(place.municipality_code);
        ids.push_back(place.id);
        by_id[place.id.str()] = &place;
    }
    const auto names = store::area_names(tx, {codes.begin(), codes.end()});
    for (ExportedPlace& place : places) {
        if (const auto name = names.find(place.municipality_code); name != names.end()) {
            place.prefecture = name->second.prefecture;
            place.municipality = name->second.municipality;
        }
    }
    for (auto& line : store::numbers_of(tx, ids, with_postal_codes)) {
        ExportedPlace& place = *by_id.at(line.place_id.str());
        if (place.postal_code.empty() && !line.cells.empty()) {
            const auto cells = record::from_stored_json<std::vector<std::string>>(line.cells);
            const auto column = layouts_.find(line.source)->column_of("postal_code");
            place.postal_code = postal_code(column && *column < cells.size() ? cells[*column] : std::string());
        }
        // A file that tells more of the places of another one has the same numbers.
        const Layout* layout = layouts_.find(line.source);
        PlaceNumber number{layout == nullptr ? line.source : layout->places(), std::move(line.source_key)};
        if (!number.number.empty() && std::ranges::find(place.numbers, number) == place.numbers.end())
            place.numbers.push_back(std::move(number));
    }
    infer_postal_codes(tx, places);
}

std::vector<ExportedPlace> ResourceExportService::places(const access::Actor& actor, const ExportSearch& search,
                                                         const ExportPart& part) const {
    access::require(actor, "resources.read");
    const auto conditions = conditions_of(search, folding_);
    return database_.read([&](db::ReadTx& tx) {
        auto places = store::exported_places(tx, conditions, part);
        complete(tx, places);
        return places;
    });
}

std::int64_t ResourceExportService::count_places(const access::Actor& actor, const ExportSearch& search) const {
    access::require(actor, "resources.read");
    const auto conditions = conditions_of(search, folding_);
    return database_.read([&](db::ReadTx& tx) { return store::count_places(tx, conditions); });
}

std::vector<ExportedService> ResourceExportService::services(const access::Actor& actor, const ExportSearch& search,
                                                             const ExportPart& part) const {
    access::require(actor, "resources.read");
    const auto conditions = conditions_of(search, folding_);
    return database_.read([&](db::ReadTx& tx) { return store::exported_services(tx, conditions, part); });
}

std::map<std::string, ExportedPlace> ResourceExportService::places_of(
    const access::Actor& actor, const std::vector<ExportedService>& services) const {
    std::set<std::string> ids;
    for (const auto& one : services)
        ids.insert(one.place_id.str());
    std::map<std::string, ExportedPlace> result;
    if (ids.empty())
        return result;
    ExportSearch search;
    search.places.assign(ids.begin(), ids.end());
    for (auto& place :
         places(actor, search, {.after = "", .offset = 0, .limit = static_cast<std::int64_t>(ids.size())})) {
        std::string id = place.id.str();
        result.emplace(std::move(id), std::move(place));
    }
    return result;
}

std::int64_t ResourceExportService::count_services(const access::Actor& actor, const ExportSearch& search) const {
    access::require(actor, "resources.read");
    const auto conditions = conditions_of(search, folding_);
    return database_.read([&](db::ReadTx& tx) { return store::count_services(tx, conditions); });
}

std::vector<ExportedCorporation> ResourceExportService::corporations(const access::Actor& actor,
                                                                     const ExportSearch& search,
                                                                     const ExportPart& part) const {
    access::require(actor, "resources.read");
    const auto conditions = conditions_of(search, folding_);
    return database_.read([&](db::ReadTx& tx) { return store::corporations(tx, conditions, part); });
}

std::int64_t ResourceExportService::count_corporations(const access::Actor& actor, const ExportSearch& search) const {
    access::require(actor, "resources.read");
    const auto conditions = conditions_of(search, folding_);
    return database_.read([&](db::ReadTx& tx) { return store::count_corporations(tx, conditions); });
}

std::vector<UsedFile> ResourceExportService::used_files(const access::Actor& actor) const {
    access::require(actor, "resources.read");
    return database_.read([&](db::ReadTx& tx) { return store::used_files(tx); });
}

}  // namespace tsunagi::resources
