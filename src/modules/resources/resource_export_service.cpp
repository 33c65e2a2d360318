// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_export_service.hpp"

#include <optional>
#include <set>

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

std::string cell(const std::vector<std::string>& cells, std::size_t column) {
    return column < cells.size() ? cells[column] : std::string();
}

}  // namespace

ResourceExportService::ResourceExportService(db::Database& database, const ResourceService& resources,
                                             const search::SearchService& search)
    : database_(database), layouts_(resources.official().layouts()), folding_(search.folding()) {}

void ResourceExportService::name_areas(db::ReadTx& tx, std::vector<ExportedPlace>& places) const {
    const std::lock_guard lock(naming_);
    std::optional<std::map<std::string, store::AreaName, std::less<>>> regions;
    std::map<std::string, Named, std::less<>> unnamed;  // asked once in this part, and again in a later one
    const auto look_up = [&](const std::string& code) {
        for (const Layout& layout : layouts_.layouts) {
            const auto prefecture = layout.column_of("prefecture_name");
            const auto municipality = layout.column_of("municipality_name");
            if (!prefecture || !municipality)
                continue;
            const std::string stored = store::cells_of_area(tx, code, layout.name);
            if (stored.empty())
                continue;
            const auto cells = record::from_stored_json<std::vector<std::string>>(stored);
            Named named{cell(cells, *prefecture), cell(cells, *municipality)};
            if (!named.municipality.empty()) {
                names_[code] = named;
                return named;
            }
        }
        if (!regions)
            regions = store::region_names(tx);
        const auto found = regions->find(code);
        Named named;
        if (found != regions->end())
            named = {found->second.prefecture, found->second.municipality};
        unnamed[code] = named;
        return named;
    };
    for (ExportedPlace& place : places) {
        const std::string& code = place.municipality_code;
        Named named;
        if (const auto known = names_.find(code); known != names_.end()) {
            named = known->second;
        } else if (const auto asked = unnamed.find(code); asked != unnamed.end()) {
            named = asked->second;
        } else {
            named = look_up(code);
        }
        place.prefecture = named.prefecture;
        place.municipality = named.municipality;
    }
}

std::vector<ExportedPlace> ResourceExportService::places(const access::Actor& actor, const ExportSearch& search,
                                                         const ExportPart& part) const {
    access::require(actor, "resources.read");
    const auto conditions = conditions_of(search, folding_);
    return database_.read([&](db::ReadTx& tx) {
        auto places = store::exported_places(tx, conditions, part);
        name_areas(tx, places);
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

std::vector<Corporation> ResourceExportService::corporations(const access::Actor& actor, const ExportSearch& search,
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
