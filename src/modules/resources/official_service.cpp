// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_service.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "db/idempotency.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::int64_t at_once = 1000;
constexpr std::size_t places_at_once = 300;
/// Imports come one after the other: each is compared with what the one before left. The command line has a lane of its
/// own, therefore store::wait_for_others.
constexpr const char* lane = "official imports";

std::vector<CodeRange> areas_of(const std::vector<std::string>& municipalities) {
    std::vector<CodeRange> areas;
    std::vector<core::FieldError> errors;
    for (std::size_t i = 0; i < municipalities.size(); ++i) {
        if (auto area = codes_of_area(municipalities[i]))
            areas.push_back(std::move(*area));
        else
            errors.push_back({"/municipalities/" + std::to_string(i), "municipality_code", municipalities[i]});
    }
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    return areas;
}

std::vector<CodeRange> areas_of(const store::ImportRecord& import) {
    return areas_of(record::from_stored_json<std::vector<std::string>>(import.municipalities));
}

OfficialImport answer(const store::ImportReading& record) {
    OfficialImport import;
    record::copy_members(record, import);
    import.municipalities = record::from_stored_json<std::vector<std::string>>(record.municipalities);
    return import;
}

std::optional<core::UserId> user_of(const access::Actor& actor) {
    return actor.user_id.empty() ? std::nullopt : std::optional(actor.user_id);
}

/// Nobody's for the command line.
std::vector<core::RegionId> homes_of(const access::Actor& actor) {
    std::vector<core::RegionId> homes = actor.desk_municipalities;
    homes.insert(homes.end(), actor.municipalities.begin(), actor.municipalities.end());
    return homes;
}

audit::Event audited(const access::Actor& actor, std::string action, const store::ImportRecord& import) {
    return {user_of(actor),
            actor.name,
            std::move(action),
            "official_import",
            import.id.str(),
            import.source + " " + import.service + " +" + std::to_string(import.added) + " ~" +
                std::to_string(import.changed) + " -" + std::to_string(import.missing)};
}

std::int64_t between(const std::optional<std::int64_t>& asked, std::int64_t usual, std::int64_t most) {
    const std::int64_t value = asked.value_or(usual);
    if (value < 1 || value > most)
        throw core::invalid({{"?limit", "out_of_range", std::to_string(most)}});
    return value;
}

void require_state(const store::ImportRecord& import, std::int64_t version, OfficialState state) {
    if (import.version != version)
        throw core::stale(import.version);
    if (import.state != state)
        throw core::not_allowed_in_state(record::to_text(import.state));
}

/// The items of a page that were read with one more than it holds.
template <class Page, class Item>
Page page_of(std::vector<Item> items, std::int64_t limit) {
    Page page;
    page.items = std::move(items);
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = page.items.back().number;
    }
    return page;
}

}  // namespace

OfficialService::OfficialService(db::Database& database, const audit::AuditService& audit,
                                 const packs::PacksService& packs, const uploads::UploadService& uploads,
                                 const search::Folding& folding, const std::filesystem::path& layouts,
                                 core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      uploads_(uploads),
      folding_(folding),
      layouts_(read_official_layouts(layouts)),
      clock_(std::move(clock)) {}

store::ImportReading OfficialService::found(db::ReadTx& tx, const access::Actor& actor,
                                            const OfficialImportId& id) const {
    auto import = store::find(tx, id, homes_of(actor));
    if (!import)
        throw core::not_found();
    return std::move(*import);
}

OfficialImportList OfficialService::list(const access::Actor& actor) const {
    access::require(actor, "resources.import");
    OfficialImportList result;
    for (const auto& one : database_.read([&](db::ReadTx& tx) { return store::list(tx, homes_of(actor)); }))
        result.items.push_back(answer(one));
    return result;
}

OfficialImport OfficialService::get(const access::Actor& actor, const OfficialImportId& id) const {
    access::require(actor, "resources.import");
    return answer(database_.read([&](db::ReadTx& tx) { return found(tx, actor, id); }));
}

OfficialChanges OfficialService::changes(const access::Actor& actor, const OfficialImportId& id,
                                         const NumberedQuery& query) const {
    access::require(actor, "resources.import");
    const auto limit = between(query.limit, 50, 1000);
    std::vector<OfficialChange> items;
    database_.read([&](db::ReadTx& tx) {
        items.clear();
        const auto import = found(tx, actor, id);
        const Layout* layout = layouts_.find(import.source);
        for (const auto& one : store::changes(tx, id, query.kind, query.after.value_or(0), limit + 1)) {
            OfficialChange change;
            record::copy_members(one, change);
            if (one.kind == ChangeKind::changed && layout != nullptr && !one.cells.empty()) {
                auto before = record::from_stored_json<std::vector<std::string>>(one.cells_before);
                auto after = record::from_stored_json<std::vector<std::string>>(one.cells);
                before.resize(layout->columns.size());
                after.resize(layout->columns.size());
                for (std::size_t i = 0; i < after.size(); ++i) {
                    if (before[i] != after[i])
                        change.cells.push_back({layout->columns[i].header, before[i], after[i]});
                }
            }
            items.push_back(std::move(change));
        }
    });
    return page_of<OfficialChanges>(std::move(items), limit);
}

OfficialFaults OfficialService::faults(const access::Actor& actor, const OfficialImportId& id,
                                       const OfficialFaultsQuery& query) const {
    access::require(actor, "resources.import");
    const auto limit = between(query.limit, 50, 1000);
    auto items = database_.read([&](db::ReadTx& tx) {
        (void)found(tx, actor, id);
        return store::faults(tx, id, query.bad, query.after.value_or(0), limit + 1);
    });
    return page_of<OfficialFaults>(std::move(items), limit);
}

OfficialImport OfficialService::create(const access::Actor& actor, const NewOfficialImport& body) const {
    access::require(actor, "resources.import");
    OfficialWords words{.municipalities = {}, .as_of = body.as_of};
    for (const auto& code : body.municipalities)
        words.municipalities.push_back(code.value);
    (void)areas_of(words.municipalities);
    if (body.as_of && *body.as_of > actor.latest_day)  // every true edition would be older than it
        throw core::invalid({{"/as_of", "future", actor.latest_day.str()}});
    const auto file = uploads_.received(actor, body.upload_id);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(file.size));
    for (std::int64_t number = 0; number < file.parts; ++number)
        bytes += uploads_.part(file.id, number);
    auto import = stage(actor, file.name, bytes, words);
    uploads_.cancel(actor, file.id);
    return import;
}

OfficialImport OfficialService::stage(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                                      const OfficialWords& words) const {
    access::require(actor, "resources.import");
    const auto areas = areas_of(words.municipalities);
    // Its rows take many times the size of the file: one file at a time bounds what several people need together.
    const std::scoped_lock one_file(reading_);
    const OfficialFile file = decode(layouts_, file_name, bytes, areas);
    if (packs_.codes()->code(ServiceCode::scheme(), file.service) == nullptr)
        throw core::Error(core::ErrorKind::invalid, "official_service", {{"", "unknown_code", file.service}});
    store::ImportRecord made;
    made.id = OfficialImportId::make();
    made.source = file.source;
    made.service = file.service;
    made.file_name = file_name;
    made.size = static_cast<std::int64_t>(bytes.size());
    made.fingerprint = db::request_fingerprint("official import", bytes);
    made.as_of = words.as_of ? words.as_of : file.as_of;
    made.municipalities = record::to_json(words.municipalities);
    made.lines_all = file.lines;
    made.left_out = file.left_out;
    made.good = static_cast<std::int64_t>(file.rows.size());
    made.bad = file.bad;
    made.doubtful = file.doubtful;
    made.created_by = user_of(actor);
    database_.write(
        [&](db::WriteTx& tx) {
            store::ImportRecord import = made;
            store::wait_for_others(tx, import.source);
            import.created_at = clock_.now();
            const auto last = store::last_applied(tx, import.source, import.service);
            if (last && last->as_of && import.as_of && *last->as_of > *import.as_of) {
                throw core::Error(core::ErrorKind::conflict, "official_older",
                                  {{"", "official_older", last->as_of->str()}});
            }
            write_difference(tx, import, file, areas);
            if (last && last->fingerprint == import.fingerprint && last->municipalities == import.municipalities &&
                last->as_of == import.as_of && import.added + import.changed + import.missing == 0) {
                import.state = OfficialState::repeated;
                if (!store::update(tx, import))
                    throw core::stale(import.version);
            }
            audit_.record(tx, audited(actor, "stage", import));
        },
        lane);
    return get(actor, made.id);
}

void OfficialService::write_difference(db::WriteTx& tx, store::ImportRecord& import, const OfficialFile& file,
                                       const std::vector<CodeRange>& areas) const {
    std::unordered_map<std::string, store::KnownRecord> known;
    for (auto& one : store::known_records(tx, import.source, import.service, areas)) {
        std::string key = one.source_key;
        known.emplace(std::move(key), std::move(one));
    }
    std::vector<store::ChangeRecord> changes;
    const auto change = [&](ChangeKind kind, const std::string& key, const std::string& name, const std::string& code) {
        store::ChangeRecord one;
        one.import_id = import.id;
        one.number = static_cast<std::int64_t>(changes.size()) + 1;
        one.kind = kind;
        one.source_key = key;
        one.name = name;
        one.municipality_code = code;
        changes.push_back(std::move(one));
        return &changes.back();
    };
    // A row whose place moved to another municipality is known outside the areas.
    std::vector<const OfficialRow*> unknown;
    for (const OfficialRow& row : file.rows) {
        const auto before = known.find(row.key);
        if (before == known.end()) {
            unknown.push_back(&row);
            continue;
        }
        const std::string cells = record::to_json(row.cells);
        if (before->second.cells != cells || before->second.missing_since) {
            auto* one = change(ChangeKind::changed, row.key, row.name, row.municipality_code);
            one->cells = cells;
            one->cells_before = before->second.cells;
            one->missing_before = before->second.missing_since;
            ++import.changed;
        }
        known.erase(before);
    }
    std::unordered_map<std::string, store::KnownRecord> elsewhere;
    if (!areas.empty() && !unknown.empty()) {
        for (auto& one : store::known_records(tx, import.source, import.service, {})) {
            std::string key = one.source_key;
            elsewhere.emplace(std::move(key), std::move(one));
        }
    }
    for (const OfficialRow* row : unknown) {
        const auto before = elsewhere.find(row->key);
        const bool there = before != elsewhere.end();
        auto* one =
            change(there ? ChangeKind::changed : ChangeKind::added, row->key, row->name, row->municipality_code);
        one->cells = record::to_json(row->cells);
        if (there) {
            one->cells_before = before->second.cells;
            one->missing_before = before->second.missing_since;
        }
        ++(there ? import.changed : import.added);
    }
    for (const std::string& key : file.keys_elsewhere)
        known.erase(key);  // moved to another municipality
    std::vector<const store::KnownRecord*> gone;
    for (const auto& each : known) {
        if (!each.second.missing_since)
            gone.push_back(&each.second);
    }
    std::ranges::sort(gone, {}, [](const auto* one) { return one->source_key; });
    for (const auto* one : gone)
        (void)change(ChangeKind::missing, one->source_key, one->name, one->municipality_code);
    import.missing = static_cast<std::int64_t>(gone.size());
    store::insert(tx, import);
    for (const auto& one : changes)
        store::add(tx, one);
    std::int64_t number = 0;
    for (const OfficialFault& one : file.faults)
        store::add(tx, {import.id, ++number, one.line, one.header, one.reason, one.value, one.bad});
}

OfficialRow OfficialService::stored_row(const std::string& source, const std::string& cells) const {
    const Layout* layout = layouts_.find(source);
    if (layout == nullptr) {
        throw core::Error(core::ErrorKind::internal, "internal", {},
                          "records of the layout " + source + " are stored, but it is not described any more");
    }
    return row_of(layouts_, *layout, record::from_stored_json<std::vector<std::string>>(cells));
}

PlaceSummary OfficialService::summary(std::vector<RecordFacts> records, const packs::CodeBook& codes) const {
    rank(records);
    PlaceSummary place = summary_of(records);
    std::vector<std::string> services;
    services.reserve(records.size());
    for (const RecordFacts& record : records)
        services.push_back(record.service);
    place.searched = search::to_utf8(folding_.fold(words_of(place, services, codes)));
    return place;
}

void OfficialService::apply_changes(db::WriteTx& tx, const store::ImportRecord& import,
                                    const packs::CodeBook& codes) const {
    std::unordered_map<std::string, PlaceId> places;
    for (auto& known : store::known_places(tx, import.source))
        places.emplace(std::move(known.source_key), std::move(known.id));
    std::unordered_set<PlaceId> made;
    const core::Date today = core::day_in_japan(clock_.now());
    std::int64_t after = 0;
    for (;;) {
        const auto changes = store::changes(tx, import.id, {}, after, at_once);
        if (changes.empty())
            break;
        after = changes.back().number;
        for (const auto& change : changes) {
            if (change.kind == ChangeKind::missing) {
                store::miss_record(tx, import, change.source_key, today);
                continue;
            }
            const OfficialRow row = stored_row(import.source, change.cells);
            if (change.kind == ChangeKind::changed) {
                store::change_record(tx, import, row);
                continue;
            }
            auto place = places.find(row.key);
            if (place == places.end()) {
                store::PlaceRecord next;
                static_cast<PlaceSummary&>(next) =
                    summary({{import.source, import.service, import.as_of, false, row}}, codes);
                next.id = PlaceId::make();
                next.source = import.source;
                next.source_key = row.key;
                store::add_place(tx, next);
                made.insert(next.id);
                place = places.emplace(row.key, next.id).first;
            }
            store::add_record(tx, import, place->second, row);
        }
    }
    store::confirm_records(tx, import, areas_of(import));
    auto touched = store::places_of(tx, import);
    std::erase_if(touched, [&](const PlaceId& id) { return made.contains(id); });
    refresh(tx, touched, codes);
}

void OfficialService::refresh(db::WriteTx& tx, const std::vector<PlaceId>& places, const packs::CodeBook& codes) const {
    for (std::size_t at = 0; at < places.size(); at += places_at_once) {
        const std::vector<PlaceId> some(
            places.begin() + static_cast<std::ptrdiff_t>(at),
            places.begin() + static_cast<std::ptrdiff_t>(std::min(places.size(), at + places_at_once)));
        std::unordered_map<PlaceId, std::vector<RecordFacts>> records;
        for (const auto& one : store::facts(tx, some)) {
            records[one.place_id].push_back(
                {one.source, one.service, one.as_of, one.missing_since.has_value(), stored_row(one.source, one.cells)});
        }
        for (auto& place : store::place_records(tx, some)) {
            const auto found_records = records.find(place.id);
            if (found_records == records.end())
                continue;  // only the local layer is left of it
            PlaceSummary next = summary(std::move(found_records->second), codes);
            if (next == static_cast<const PlaceSummary&>(place))
                continue;
            static_cast<PlaceSummary&>(place) = std::move(next);
            store::update_place(tx, place);
        }
    }
}

OfficialImport OfficialService::apply(const access::Actor& actor, const OfficialImportId& id,
                                      std::int64_t version) const {
    access::require(actor, "resources.import");
    const auto codes = packs_.codes();
    database_.write(
        [&](db::WriteTx& tx) {
            store::wait_for_others(tx, found(tx, actor, id).source);
            store::ImportRecord import = found(tx, actor, id);
            require_state(import, version, OfficialState::staged);
            if (store::overtaken(tx, import, import.created_at))
                throw core::Error(core::ErrorKind::conflict, "official_outdated");
            apply_changes(tx, import, *codes);
            import.state = OfficialState::applied;
            import.applied_at = clock_.now();
            import.applied_by = user_of(actor);
            if (!store::update(tx, import))
                throw core::stale(version + 1);
            store::forget_earlier_changes(tx, import);
            audit_.record(tx, audited(actor, "apply", import));
        },
        lane);
    return get(actor, id);
}

OfficialImport OfficialService::undo(const access::Actor& actor, const OfficialImportId& id,
                                     std::int64_t version) const {
    access::require(actor, "resources.import");
    const auto codes = packs_.codes();
    database_.write(
        [&](db::WriteTx& tx) {
            store::wait_for_others(tx, found(tx, actor, id).source);
            store::ImportRecord import = found(tx, actor, id);
            require_state(import, version, OfficialState::applied);
            if (store::overtaken(tx, import, *import.applied_at))
                throw core::Error(core::ErrorKind::conflict, "official_outdated");
            const auto touched = store::places_of(tx, import);
            store::remove_added(tx, import);
            std::int64_t after = 0;
            for (;;) {
                const auto changes = store::changes(tx, id, {}, after, at_once);
                if (changes.empty())
                    break;
                after = changes.back().number;
                for (const auto& change : changes) {
                    if (change.kind == ChangeKind::missing) {
                        store::restore_missing(tx, import, change.source_key);
                    } else if (change.kind == ChangeKind::changed) {
                        store::restore_changed(tx, import, stored_row(import.source, change.cells_before),
                                               change.missing_before);
                    }
                }
            }
            store::withdraw_confirmation(tx, import);
            refresh(tx, touched, *codes);
            import.state = OfficialState::undone;
            import.undone_at = clock_.now();
            import.undone_by = user_of(actor);
            if (!store::update(tx, import))
                throw core::stale(version + 1);
            audit_.record(tx, audited(actor, "undo", import));
        },
        lane);
    return get(actor, id);
}

std::optional<PlaceId> OfficialService::place_with(const std::string& source_key) const {
    return database_.read([&](db::ReadTx& tx) { return store::place_with(tx, source_key); });
}

void OfficialService::remove(const access::Actor& actor, const OfficialImportId& id, std::int64_t version) const {
    access::require(actor, "resources.import");
    database_.write(
        [&](db::WriteTx& tx) {
            store::wait_for_others(tx, found(tx, actor, id).source);
            const auto import = found(tx, actor, id);
            if (import.version != version)
                throw core::stale(import.version);
            if (import.state != OfficialState::staged && import.state != OfficialState::repeated)
                throw core::not_allowed_in_state(record::to_text(import.state));
            store::remove(tx, id);
            audit_.record(tx, audited(actor, "remove", import));
        },
        lane);
}

}  // namespace tsunagi::resources
