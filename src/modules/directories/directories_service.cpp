// SPDX-License-Identifier: Apache-2.0
#include "modules/directories/directories_service.hpp"

#include <algorithm>

#include "modules/access/demonstration_service.hpp"
#include "modules/directories/directories_store.hpp"
#include "modules/directories/page_files.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::directories {
namespace {

constexpr auto kept_for = std::chrono::minutes(1);

std::vector<core::RegionId> homes_of(const access::Actor& actor) {
    std::vector<core::RegionId> homes = actor.desk_municipalities;
    homes.insert(homes.end(), actor.municipalities.begin(), actor.municipalities.end());
    if (homes.empty())
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    return homes;
}

core::RegionId home_of(const access::Actor& actor, const DirectoryQuery& query) {
    const auto homes = homes_of(actor);
    if (!query.municipality_id)
        return homes.front();
    if (std::ranges::find(homes, *query.municipality_id) == homes.end())
        throw core::invalid({{"?municipality_id", "not_allowed", ""}});
    return *query.municipality_id;
}

Directory answer(db::ReadTx& tx, const core::RegionId& home) {
    const auto municipality = store::municipality(tx, home);
    if (!municipality)
        throw core::not_found();
    Directory directory;
    if (const auto found = store::find(tx, home)) {
        record::copy_members(*found, directory);
        directory.updated_at = found->updated_at;
    }
    directory.municipality_id = home;
    directory.municipality_code = municipality->code;
    directory.count = store::count(tx, home);
    return directory;
}

}  // namespace

DirectoriesService::DirectoriesService(db::Database& database, const audit::AuditService& audit,
                                       const packs::PacksService& packs, const maps::MapsService& maps,
                                       std::filesystem::path page, core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      maps_(maps),
      page_(std::move(page)),
      clock_(std::move(clock)) {}

Directory DirectoriesService::get(const access::Actor& actor, const DirectoryQuery& query) const {
    access::require(actor, "resources.read");
    const auto home = home_of(actor, query);
    return database_.read([&](db::ReadTx& tx) { return answer(tx, home); });
}

Directory DirectoriesService::change(const access::Actor& actor, const DirectoryQuery& query, std::int64_t version,
                                     const DirectoryText& text) {
    access::require(actor, "resources.write");
    if (!query.municipality_id && actor.municipalities.size() > 1)
        throw core::invalid({{"?municipality_id", "required", ""}});
    DirectoryQuery meant = query;
    if (!meant.municipality_id && !actor.municipalities.empty())
        meant.municipality_id = actor.municipalities.front();
    const auto home = home_of(actor, meant);
    if (std::ranges::find(actor.municipalities, home) == actor.municipalities.end())
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    auto changed = database_.write(
        [&](db::WriteTx& tx) {
            const auto found = store::find(tx, home);
            const std::int64_t current = found ? found->version : 0;
            if (current != version)
                throw core::stale(current);
            const store::DirectoryRecord next{home,      version + 1,  text.published,
                                              text.note, clock_.now(), actor.user_id};
            if (!store::put(tx, next))
                throw core::stale(version + 1);
            audit_.record(tx, {actor.user_id, actor.name, text.published ? "publish" : "unpublish", "public_directory",
                               home.str(), ""});
            return answer(tx, home);
        },
        "public directory " + home.str());
    const std::scoped_lock lock(keeping_);
    ++changes_;
    kept_.clear();
    return changed;
}

PublicDirectory DirectoriesService::read(db::ReadTx& tx, const core::RegionId& id, const std::string& name,
                                         const std::string& note) const {
    PublicDirectory directory;
    directory.municipality = name;
    directory.note = note;
    directory.made_on = core::day_in_japan(clock_.now());
    directory.as_of = store::newest(tx, id);
    directory.fictitious = access::is_demonstration(tx);
    directory.sources = store::sources(tx, id);
    directory.places = store::places(tx, id);
    const auto codes = packs_.codes();
    for (PublicPlace& place : directory.places) {
        for (PublicService& service : place.services) {
            const auto* entry = codes->code("resource_service", service.service);
            service.name = entry == nullptr ? service.service : entry->label.ja.str();
            service.short_name =
                entry == nullptr || entry->short_label.str().empty() ? service.name : entry->short_label.str();
        }
    }
    return directory;
}

PublicDirectory DirectoriesService::published(const std::string& code) {
    const auto now = clock_.now();
    std::uint64_t before = 0;
    {
        const std::scoped_lock lock(keeping_);
        before = changes_;
        if (const auto found = kept_.find(code); found != kept_.end() && now < found->second.until)
            return *found->second.directory;
    }
    auto directory = database_.read([&](db::ReadTx& tx) {
        const auto municipality = store::municipality_with(tx, code);
        const auto found = municipality ? store::find(tx, municipality->id) : std::nullopt;
        if (!found || !found->published)
            throw core::not_found();
        return read(tx, municipality->id, municipality->name, found->note);
    });
    directory = with_map(std::move(directory), code);
    const std::scoped_lock lock(keeping_);
    if (changes_ == before)
        kept_[code] = {now.plus(kept_for), std::make_shared<PublicDirectory>(directory)};
    return directory;
}

PublicDirectory DirectoriesService::whole(const std::string& code) const {
    auto directory = database_.read([&](db::ReadTx& tx) {
        const auto municipality = store::municipality_with(tx, code);
        if (!municipality)
            throw core::not_found();
        const auto found = store::find(tx, municipality->id);
        return read(tx, municipality->id, municipality->name, found ? found->note : std::string());
    });
    return with_map(std::move(directory), code);
}

record::ExportedFile DirectoriesService::packed(const access::Actor& actor, const DirectoryQuery& query) const {
    access::require(actor, "export");
    const auto chosen = get(actor, query);
    auto bytes = workbooks::zip_of(page_files(page_, whole(chosen.municipality_code)));
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx,
                      {actor.user_id, actor.name, "export", "public_directory", chosen.municipality_id.str(), "zip"});
    });
    return {"directory-" + chosen.municipality_code + ".zip", "application/zip", std::move(bytes)};
}

PublicDirectory DirectoriesService::with_map(PublicDirectory directory, const std::string& code) const {
    maps::MapRegionFilter filter;
    filter.municipality = {code};
    auto regions = maps_.regions(filter);
    directory.regions = std::move(regions.items);
    if (!directory.regions.empty()) {
        for (const auto source : regions.sources) {
            if (source == maps::MapSource::n03 || source == maps::MapSource::fictitious)
                directory.sources.push_back(record::to_text(source));
        }
    }
    return directory;
}

}  // namespace tsunagi::directories
