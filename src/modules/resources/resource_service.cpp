// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_service.hpp"

#include <algorithm>

#include "modules/resources/local_service.hpp"
#include "modules/resources/resource_rules.hpp"
#include "modules/resources/resource_store.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources {
namespace {

/// The municipalities whose knowledge the person reads and writes: those of their desks, then those they serve.
std::vector<core::RegionId> homes_of(const access::Actor& actor) {
    std::vector<core::RegionId> homes = actor.desk_municipalities;
    for (const auto& one : actor.municipalities) {
        if (std::ranges::find(homes, one) == homes.end())
            homes.push_back(one);
    }
    if (homes.empty())
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    return homes;
}

core::RegionId home_of(const access::Actor& actor, const LocalQuery& query) {
    const auto homes = homes_of(actor);
    if (!query.municipality_id)
        return homes.front();
    if (std::ranges::find(homes, *query.municipality_id) == homes.end())
        throw core::invalid({{"?municipality_id", "not_allowed", ""}});
    return *query.municipality_id;
}

std::vector<CodeRange> areas_of(const PlaceFilter& filter) {
    std::vector<CodeRange> areas;
    for (const std::string& code : filter.municipality) {
        auto area = codes_of_area(code);
        if (!area)
            throw core::invalid({{"?municipality", "municipality_code", code.substr(0, 20)}});
        areas.push_back(std::move(*area));
    }
    return areas;
}

}  // namespace

ResourceService::ResourceService(db::Database& database, const audit::AuditService& audit,
                                 const packs::PacksService& packs, const uploads::UploadService& uploads,
                                 const search::SearchService& search, const std::filesystem::path& layouts,
                                 core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      folding_(search.folding()),
      clock_(clock),
      official_(database, audit, packs, uploads, search.folding(), layouts, std::move(clock)) {}

std::vector<std::string> ResourceService::folded_words(const std::string& words) const {
    std::vector<std::string> result;
    for (const std::string& word : record::words_of(words)) {
        if (std::string folded = search::to_utf8(folding_.fold(word)); !folded.empty())
            result.push_back(std::move(folded));
    }
    return result;
}

PlacePage ResourceService::places(const access::Actor& actor, const PlaceFilter& filter) const {
    access::require(actor, "resources.read");
    const auto homes = homes_of(actor);
    const auto areas = areas_of(filter);
    return database_.read(
        [&](db::ReadTx& tx) { return store::places(tx, filter, folded_words(filter.words), areas, homes); });
}

ServicePage ResourceService::services(const access::Actor& actor, const PlaceFilter& filter) const {
    access::require(actor, "resources.read");
    const auto homes = homes_of(actor);
    const auto areas = areas_of(filter);
    return database_.read(
        [&](db::ReadTx& tx) { return store::services(tx, filter, folded_words(filter.words), areas, homes); });
}

Place ResourceService::load(db::ReadTx& tx, const PlaceId& id, const core::RegionId& home) const {
    const auto head = store::find(tx, id);
    if (!head)
        throw core::not_found();
    Place place;
    record::copy_members(*head, place);
    place.services = store::services_of(tx, id);
    std::vector<RecordFacts> facts;
    for (const auto& one : store::records_of(tx, id)) {
        SourceRecord record;
        record::copy_members(one, record);
        if (one.applied_at)
            record.applied_at = *one.applied_at;
        const Layout* layout = official_.layouts().find(one.source);
        auto cells = record::from_stored_json<std::vector<std::string>>(one.cells);
        for (std::size_t i = 0; layout != nullptr && i < layout->columns.size(); ++i)
            record.cells.push_back({layout->columns[i].header, i < cells.size() ? cells[i] : std::string()});
        if (layout != nullptr) {
            facts.push_back({one.source, one.service, one.as_of, one.missing_since.has_value(),
                             row_of(official_.layouts(), *layout, std::move(cells))});
        }
        place.records.push_back(std::move(record));
    }
    rank(facts);
    place.fields = public_fields(facts);
    place.local = LocalService::read(tx, id, home);
    place.version = place.local.version;
    return place;
}

Place ResourceService::get(const access::Actor& actor, const PlaceId& id, const LocalQuery& query) const {
    access::require(actor, "resources.read");
    const auto home = home_of(actor, query);
    return database_.read([&](db::ReadTx& tx) { return load(tx, id, home); });
}

Place ResourceService::change_local(const access::Actor& actor, const PlaceId& id, const LocalQuery& query,
                                    std::int64_t version, const LocalText& text) const {
    access::require(actor, "resources.write");
    if (!query.municipality_id && homes_of(actor).size() > 1)
        throw core::invalid({{"?municipality_id", "required", ""}});
    const auto home = home_of(actor, query);
    return database_.write(
        [&](db::WriteTx& tx) {
            if (!store::find(tx, id))
                throw core::not_found();
            const auto there = store::local(tx, id, home);
            const std::int64_t found = there ? there->version : 0;
            if (found != version)
                throw core::stale(found);
            const LocalService locals(audit_, packs_, folding_, clock_);
            (void)locals.write(tx, actor, id, home,
                               {.version = version,
                                .text = text,
                                .kind = there ? "edited" : "created",
                                .reason = {},
                                .root = {},
                                .confirmed = false});
            return load(tx, id, home);
        },
        "place " + id.str());
}

LocalHistory ResourceService::history(const access::Actor& actor, const PlaceId& id, const LocalQuery& query) const {
    access::require(actor, "resources.read");
    const auto home = home_of(actor, query);
    return database_.read([&](db::ReadTx& tx) {
        if (!store::find(tx, id))
            throw core::not_found();
        const auto local = store::local(tx, id, home);
        if (!local)
            return LocalHistory{};
        return LocalHistory{db::read_versions<LocalVersion>(db::versions(tx, store::local_versions, local->id.str()))};
    });
}

}  // namespace tsunagi::resources
