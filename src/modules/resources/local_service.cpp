// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/local_service.hpp"

#include <algorithm>

#include "modules/resources/official_layout.hpp"
#include "modules/resources/own_place_service.hpp"
#include "modules/resources/place_scope.hpp"
#include "modules/resources/resource_rules.hpp"
#include "modules/resources/resource_store.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources {
namespace {

/// Who vouches for the day that stands in each version.
struct Vouched {
    LocalText text;
    std::optional<core::UserId> by;
};

struct VersionLine {
    core::UserId by_id;
    std::string kind;
    std::string document;
};
BOOST_DESCRIBE_STRUCT(VersionLine, (), (by_id, kind, document))

LocalLayer layer_of(const std::optional<store::LocalReading>& record, const core::RegionId& home) {
    LocalLayer layer;
    layer.municipality_id = home;
    if (!record)
        return layer;
    layer.version = record->version;
    layer.updated_at = record->updated_at;
    layer.updated_by_name = record->updated_by_name;
    layer.checked_by_name = record->checked_by_name;
    layer.text = record::text_from<LocalText>(*record);
    layer.marks = record::from_stored_json<std::vector<LocalMark>>(record->marks);
    return layer;
}

Vouched before_newest(const std::vector<VersionLine>& lines) {
    Vouched state;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        auto text = record::from_stored_json<LocalText>(lines[i].document);
        if (!text.checked_on)
            state.by.reset();
        else if (text.checked_on != state.text.checked_on || lines[i].kind == "confirmed")
            state.by = lines[i].by_id;
        state.text = std::move(text);
    }
    return state;
}

}  // namespace

LocalService::LocalService(const audit::AuditService& audit, const packs::PacksService& packs,
                           const search::Folding& folding, core::Clock clock)
    : audit_(audit), packs_(packs), folding_(folding), clock_(std::move(clock)) {}

std::vector<core::RegionId> LocalService::homes_of(const access::Actor& actor) {
    return resources::homes_of(actor);
}

core::RegionId LocalService::home_of(const access::Actor& actor, const std::optional<core::RegionId>& named,
                                     bool writes) {
    const auto homes = homes_of(actor);
    if (!named && writes && homes.size() > 1)
        throw core::invalid({{"?municipality_id", "required", ""}});
    if (!named)
        return homes.front();
    if (std::ranges::find(homes, *named) == homes.end())
        throw core::invalid({{"?municipality_id", "not_allowed", ""}});
    return *named;
}

std::optional<core::DeskId> LocalService::desk_of(db::ReadTx& tx, const access::Actor& actor,
                                                  const core::RegionId& home) {
    if (actor.desks.empty())
        return std::nullopt;
    record::Params params;
    params.set("home", home);
    const std::string among = record::in_list("d.id", actor.desks, "desk", params);
    return tx.row<core::DeskId>("SELECT d.id FROM desks d WHERE d.municipality_id = :home AND " + among +
                                    " ORDER BY CASE WHEN d.parent_id IS NULL THEN 0 ELSE 1 END, d.name LIMIT 1",
                                params);
}

std::optional<std::pair<std::string, std::string>> LocalService::codes_of(const std::string& area) {
    const auto codes = codes_of_area(area);
    if (!codes)
        return std::nullopt;
    return std::pair(codes->first, codes->last);
}

std::vector<PlaceBrief> LocalService::briefs(db::ReadTx& tx, const std::vector<PlaceId>& ids,
                                             const core::RegionId& home) {
    if (ids.empty())
        return {};
    record::Params params;
    const std::string among = record::in_list("p.id", ids, "id", params);
    const std::string visible = place_visible({home}, "p", params);
    return tx.rows<PlaceBrief>(
        "SELECT " + record::columns<PlaceBrief>("p") + " FROM places p WHERE " + among + " AND " + visible, params);
}

LocalLayer LocalService::read(db::ReadTx& tx, const PlaceId& id, const core::RegionId& home) {
    return layer_of(store::local(tx, id, home), home);
}

LocalLayer LocalService::write(db::WriteTx& tx, const access::Actor& actor, const PlaceId& id,
                               const core::RegionId& home, const LocalChange& change) const {
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    if (briefs(tx, {id}, home).empty())
        throw core::not_found();
    const auto there = store::local(tx, id, home);
    const std::int64_t found = there ? there->version : 0;
    if (found != change.version)
        throw core::stale(found);
    const LocalLayer before = layer_of(there, home);
    const LocalText& text = change.text;
    auto errors = check(text, *codes, core::day_in_japan(now), actor.latest_day, before.text);
    const auto regions = store::regions_among(tx, text.district_ids);
    for (std::size_t i = 0; i < text.district_ids.size(); ++i) {
        if (std::ranges::find(regions, text.district_ids[i]) == regions.end())
            errors.push_back({"/district_ids/" + std::to_string(i), "not_found", ""});
    }
    for (auto& error : errors)
        error.pointer.insert(0, change.root);
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    store::LocalRecord next;
    if (there)
        next = *there;
    else
        next.id = store::LocalId::make();
    next.municipality_id = home;
    next.place_id = id;
    record::put_text(text, next);
    next.updated_at = now;
    next.updated_by = actor.user_id;
    if (!text.checked_on)
        next.checked_by.reset();
    else if (change.confirmed || text.checked_on != before.text.checked_on)
        next.checked_by = actor.user_id;
    next.marks = record::to_json(marks_after(before.text, text, before.marks, now, actor.name));
    next.searched = search::to_utf8(folding_.fold(words_of(text, *codes)));
    if (!there)
        store::insert(tx, next);
    else if (!store::update(tx, next))
        throw core::stale(found + 1);
    db::add_version(tx, store::local_versions, next.id.str(),
                    {found + 1, now, actor.user_id, change.kind, change.reason, record::to_json(text)});
    audit_.record(tx, {actor.user_id, actor.name, there ? "change" : "create", "place", id.str(),
                       "local " + (change.kind == "confirmed" ? "confirmed " : std::string()) +
                           "version=" + std::to_string(found + 1)});
    return read(tx, id, home);
}

LocalLayer LocalService::confirm(db::WriteTx& tx, const access::Actor& actor, const PlaceId& id,
                                 const core::RegionId& home, std::int64_t version) const {
    LocalChange change;
    change.version = version;
    change.text = read(tx, id, home).text;
    change.text.checked_on = actor.today;
    change.kind = "confirmed";
    change.confirmed = true;
    return write(tx, actor, id, home, change);
}

LocalLayer LocalService::undo_confirmation(db::WriteTx& tx, const access::Actor& actor, const PlaceId& id,
                                           const core::RegionId& home, std::int64_t version) const {
    const auto there = store::local(tx, id, home);
    if (!there)
        throw core::not_found();
    if (there->version != version)
        throw core::stale(there->version);
    const auto lines = tx.rows<VersionLine>(
        "SELECT by_id, kind, document FROM place_local_versions WHERE local_id = :id ORDER BY version",
        record::Params().set("id", there->id));
    if (lines.empty() || lines.back().kind != "confirmed")
        throw core::not_allowed_in_state("confirmed");
    auto before = before_newest(lines);
    LocalChange change;
    change.version = version;
    change.text = std::move(before.text);
    change.kind = "undone";
    (void)write(tx, actor, id, home, change);
    // The day is again the word of whoever gave it, not of who takes the confirmation back.
    tx.execute("UPDATE place_locals SET checked_by = :by WHERE id = :id",
               record::Params().set("id", there->id).set("by", before.by));
    return read(tx, id, home);
}

}  // namespace tsunagi::resources
