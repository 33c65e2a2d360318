// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_service.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>

#include "modules/access/demonstration_service.hpp"
#include "modules/resources/brief_store.hpp"
#include "modules/resources/local_service.hpp"
#include "modules/resources/own_place_store.hpp"
#include "modules/resources/place_store.hpp"
#include "modules/resources/resource_rules.hpp"
#include "modules/resources/resource_store.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::int64_t most_capacity = 10'000;
constexpr std::int64_t most_months = 120;
constexpr std::int64_t most_km = 100;
constexpr std::int64_t usual_km = 20;
constexpr std::int64_t places_at_once = 200;
constexpr std::size_t most_exported = 10'000;

/// The same day that many months earlier, or the last one of that month.
core::Date months_before(const core::Date& day, int months) {
    using namespace std::chrono;
    const auto month = year{day.year()} / std::chrono::month{day.month()} - std::chrono::months{months};
    const auto last = (month / std::chrono::last).day();
    return core::Date(month / std::min(std::chrono::day{day.day()}, last));
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
                                 const localities::LocalityService& localities, const search::SearchService& search,
                                 const std::filesystem::path& layouts, core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      folding_(search.folding()),
      clock_(clock),
      official_(database, audit, packs, localities, search.folding(), layouts, std::move(clock)),
      jobs_(official_, uploads),
      own_places_(database, audit, packs, localities, search.folding(), clock_),
      matches_(database, audit, packs, search.folding(), official_.layer(), layouts.parent_path() / "match_words.yaml",
               clock_),
      words_(layouts.parent_path() / "report_words.yaml") {}

std::vector<std::string> ResourceService::folded_words(const std::string& words) const {
    std::vector<std::string> result;
    for (const std::string& word : record::words_of(words)) {
        if (std::string folded = search::to_utf8(folding_.fold(word)); !folded.empty())
            result.push_back(std::move(folded));
    }
    return result;
}

store::PlaceSearch ResourceService::search_of(const access::Actor& actor, const PlaceFilter& filter) const {
    access::require(actor, "resources.read");
    store::PlaceSearch search;
    search.filter = filter;
    search.words = folded_words(filter.words);
    search.areas = areas_of(filter);
    search.homes = homes_of(actor);
    std::vector<core::FieldError> errors;
    const auto range = [&](const char* name, const std::optional<std::int64_t>& value, std::int64_t most) {
        if (value && (*value < 1 || *value > most))
            errors.push_back({name, "range", "1-" + std::to_string(most)});
    };
    range("?capacity", filter.capacity, most_capacity);
    range("?checked_within", filter.checked_within, most_months);
    range("?within_km", filter.within_km, most_km);
    for (const std::string& day : filter.day) {
        if (std::ranges::find(days, day) == days.end())
            errors.push_back({"?day", "unknown_code", ""});
    }
    if (!filter.near.value.empty()) {
        search.near = spot_of(filter.near.value);
        if (!search.near)
            errors.push_back({"?near", "format", ""});
    }
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    search.within_m = 1000.0 * static_cast<double>(filter.within_km.value_or(usual_km));
    if (filter.checked_within)
        search.checked_since =
            months_before(core::day_in_japan(clock_.now()), static_cast<int>(*filter.checked_within));
    return search;
}

PlacePage ResourceService::places(const access::Actor& actor, const PlaceFilter& filter) const {
    const auto search = search_of(actor, filter);
    return database_.read([&](db::ReadTx& tx) { return store::places(tx, search); });
}

ServicePage ResourceService::services(const access::Actor& actor, const PlaceFilter& filter) const {
    const auto search = search_of(actor, filter);
    return database_.read([&](db::ReadTx& tx) { return store::services(tx, search); });
}

record::ExportedFile ResourceService::export_places(const access::Actor& actor, const PlaceExportQuery& query) const {
    access::require(actor, "export");
    auto search = search_of(actor, query);
    const auto codes = packs_.codes();
    bool fictitious = false;
    const auto sheet = database_.read([&](db::ReadTx& tx) {
        fictitious = access::is_demonstration(tx);
        PlaceSheetHead head{.language = query.lang,
                            .printed_on = actor.today,
                            .limited = false,
                            .fictitious = fictitious,
                            .near = search.near.has_value(),
                            .municipalities = store::region_names(tx)};
        search.filter.limit = places_at_once;
        search.filter.after = {};
        std::vector<PlaceRow> rows;
        std::map<PlaceId, LocalBrief> known;
        for (;;) {
            auto page = store::places(tx, search);
            std::vector<PlaceId> ids;
            for (const PlaceRow& row : page.items)
                ids.push_back(row.id);
            known.merge(store::briefs(tx, ids, search.homes));
            std::ranges::move(page.items, std::back_inserter(rows));
            if (!page.next)
                break;
            if (rows.size() >= most_exported) {
                head.limited = true;
                break;
            }
            search.filter.after = *page.next;
        }
        return place_sheet(rows, known, head, words_, *codes);
    });
    const std::string name = "places_" + actor.today.str() + (fictitious ? "_fictitious" : "");
    auto file = analysis::exported(query.format, name, {sheet});
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {actor.user_id, actor.name, "export", "place", "", record::to_text(query.format)});
    });
    return file;
}

MapPoints ResourceService::points(const access::Actor& actor, const PointFilter& filter) const {
    const auto search = search_of(actor, filter);
    std::optional<Box> box;
    if (!filter.box.value.empty()) {
        box = box_of(filter.box.value);
        if (!box)
            throw core::invalid({{"?box", "format", ""}});
    }
    return database_.read([&](db::ReadTx& tx) { return store::points(tx, search, box); });
}

Place ResourceService::load(db::ReadTx& tx, const PlaceId& id, const core::RegionId& home,
                            const std::vector<core::RegionId>& homes) const {
    const auto head = store::find(tx, id, homes);
    if (!head)
        throw core::not_found();
    Place place;
    record::copy_members(*head, place);
    place.services = store::services_of(tx, id);
    const OfficialLayouts layouts = official_.all_layouts(tx);
    std::vector<RecordFacts> facts;
    for (const auto& one : store::records_of(tx, id)) {
        SourceRecord record;
        record::copy_members(one, record);
        if (one.applied_at)
            record.applied_at = *one.applied_at;
        const Layout* layout = layouts.find(one.source);
        auto cells = record::from_stored_json<std::vector<std::string>>(one.cells);
        for (std::size_t i = 0; layout != nullptr && i < layout->columns.size(); ++i)
            record.cells.push_back({layout->columns[i].header, i < cells.size() ? cells[i] : std::string()});
        if (layout != nullptr) {
            for (auto& line : hours_of(*layout, cells))
                place.hours.push_back(std::move(line));
            RecordFacts told;
            told.source = one.source;
            told.service = one.service;
            told.as_of = one.as_of;
            told.missing = one.missing_since.has_value();
            told.own = one.own;
            told.row = row_of(layouts, *layout, {}, {one.source_key, one.municipality_code, std::move(cells)});
            facts.push_back(std::move(told));
        }
        place.records.push_back(std::move(record));
    }
    rank(facts);
    place.fields = public_fields(facts);
    if (const auto own = store::find_own(tx, id, homes)) {
        RecordFacts told;
        told.source = "own";
        told.as_of = core::day_in_japan(own->updated_at);
        told.row.name = own->name;
        told.row.kana = own->kana;
        told.row.address = own->address;
        told.row.building = own->building;
        told.row.phone = own->phone;
        told.row.fax = own->fax;
        told.row.url = own->url;
        told.row.corporation = own->corporation;
        told.row.corporate_number = own->corporate_number;
        place.fields = public_fields({told});
        if (!own->description.empty())
            place.fields.push_back({"description", own->description, "own", "", told.as_of});
        place.closed_reason = own->closed_reason;
    }
    place.joined = store::joined_to(tx, id, homes);
    place.local = LocalService::read(tx, id, home);
    place.version = place.local.version;
    return place;
}

Place ResourceService::get(const access::Actor& actor, const PlaceId& id, const LocalQuery& query) const {
    access::require(actor, "resources.read");
    const auto home = home_of(actor, query);
    return database_.read([&](db::ReadTx& tx) { return load(tx, id, home, homes_of(actor)); });
}

Place ResourceService::change_local(const access::Actor& actor, const PlaceId& id, const LocalQuery& query,
                                    std::int64_t version, const LocalText& text) const {
    access::require(actor, "resources.write");
    if (!query.municipality_id && homes_of(actor).size() > 1)
        throw core::invalid({{"?municipality_id", "required", ""}});
    const auto home = home_of(actor, query);
    return database_.write(
        [&](db::WriteTx& tx) {
            if (!store::find(tx, id, homes_of(actor)))
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
            return load(tx, id, home, homes_of(actor));
        },
        "place " + id.str());
}

LocalHistory ResourceService::history(const access::Actor& actor, const PlaceId& id, const LocalQuery& query) const {
    access::require(actor, "resources.read");
    const auto home = home_of(actor, query);
    return database_.read([&](db::ReadTx& tx) {
        if (!store::find(tx, id, homes_of(actor)))
            throw core::not_found();
        const auto local = store::local(tx, id, home);
        if (!local)
            return LocalHistory{};
        return LocalHistory{db::read_versions<LocalVersion>(db::versions(tx, store::local_versions, local->id.str()))};
    });
}

}  // namespace tsunagi::resources
