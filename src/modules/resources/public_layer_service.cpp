// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/public_layer_service.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "modules/resources/official_mapping.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::int64_t at_once = 1000;
constexpr std::size_t places_at_once = 300;

void stop_or_go(const Step& step, std::int64_t done) {
    if (step)
        step(done);
}

std::vector<std::string> cells_of(const std::string& json) {
    return record::from_stored_json<std::vector<std::string>>(json);
}

const Layout& layout_in(const OfficialLayouts& layouts, const std::string& source) {
    const Layout* layout = layouts.find(source);
    if (layout == nullptr) {
        throw core::Error(core::ErrorKind::internal, "internal", {},
                          "records of the layout " + source + " are stored, but it is not described any more");
    }
    return *layout;
}

/// Calls `work` with a few hundred of the places at a time.
template <class Work>
void in_portions(const std::vector<PlaceId>& places, const Work& work) {
    for (std::size_t at = 0; at < places.size(); at += places_at_once) {
        work(std::vector<PlaceId>(
            places.begin() + static_cast<std::ptrdiff_t>(at),
            places.begin() + static_cast<std::ptrdiff_t>(std::min(places.size(), at + places_at_once))));
    }
}

}  // namespace

ServiceWords service_words(const packs::CodeBook& codes) {
    ServiceWords words;
    const packs::Scheme* scheme = codes.scheme(ServiceCode::scheme());
    if (scheme == nullptr)
        return words;
    for (const auto& entry : scheme->codes)
        words.emplace(entry.code.value, entry.code.value);
    for (const auto& entry : scheme->codes) {
        words.emplace(with_plain_letters(entry.label.ja.value), entry.code.value);
        words.emplace(with_plain_letters(entry.short_label.value), entry.code.value);
    }
    return words;
}

OfficialLayouts PublicLayer::layouts(db::ReadTx& tx) const {
    OfficialLayouts all = layouts_;
    for (const auto& mapping : store::mappings(tx)) {
        all.layouts.push_back(layout_of(mapping.id, mapping.service, mapping.municipality_code,
                                        record::from_stored_json<std::vector<MappedColumn>>(mapping.columns)));
    }
    return all;
}

OfficialRow PublicLayer::row(const OfficialLayouts& layouts, const Layout& layout, const ServiceWords& services,
                             StoredRow stored, const std::string& service) {
    OfficialRow result = row_of(layouts, layout, services, std::move(stored));
    if (result.service.empty())
        result.service = service;
    return result;
}

void PublicLayer::compare(db::WriteTx& tx, store::ImportRecord& import, const OfficialFile& file,
                          const std::vector<CodeRange>& areas, const Step& step) const {
    std::unordered_map<std::string, store::KnownRecord> known;
    for (auto& one : store::known_records(tx, import, areas)) {
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
        // A name of a municipality may have become known since.
        const bool moved = row.municipality_code != before->second.municipality_code &&
                           std::string_view(row.municipality_code).substr(2, 3) != "000";
        if (before->second.cells != cells || before->second.missing_since || moved) {
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
        for (auto& one : store::known_records(tx, import, {})) {
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
    std::int64_t number = 0;
    for (const auto& one : changes) {
        store::add(tx, one);
        stop_or_go(step, ++number);
    }
    number = 0;
    for (const OfficialFault& one : file.faults)
        store::add(tx, {import.id, ++number, one.line, one.header, one.reason, one.value, one.bad});
}

PlaceSummary PublicLayer::summary(std::vector<RecordFacts> records, const packs::CodeBook& codes) const {
    rank(records);
    PlaceSummary place = summary_of(records);
    std::vector<std::string> services;
    services.reserve(records.size());
    std::string specialities;
    for (const RecordFacts& record : records) {
        services.push_back(record.service);
        for (const std::string& one : record.specialities)
            specialities += "\n" + one;
    }
    place.searched = fold(words_of(place, services, codes) + specialities);
    return place;
}

std::string PublicLayer::fold(const std::string& text) const {
    return search::to_utf8(folding_.fold(text));
}

void PublicLayer::apply(db::WriteTx& tx, const store::ImportRecord& import, const std::vector<CodeRange>& areas,
                        const packs::CodeBook& codes, const core::Date& today, const Step& step) const {
    const OfficialLayouts all = layouts(tx);
    const Layout& layout = layout_in(all, import.source);
    const bool of_place = layout.of.empty();
    const bool names_service = layout.column_of("service").has_value();
    const ServiceWords services = service_words(codes);
    std::unordered_map<std::string, store::KnownPlace> places;
    for (auto& known : store::known_places(tx, layout.places())) {
        std::string key = known.source_key;
        places.emplace(std::move(key), std::move(known));
    }
    std::unordered_set<PlaceId> made;
    std::int64_t after = 0;
    for (;;) {
        const auto changes = store::changes(tx, import.id, {}, after, at_once);
        if (changes.empty())
            break;
        for (const auto& change : changes) {
            stop_or_go(step, change.number);
            if (change.kind == ChangeKind::missing) {
                store::miss_record(tx, import, change.source_key, today, of_place);
                continue;
            }
            const OfficialRow next =
                row(all, layout, services, {change.source_key, change.municipality_code, cells_of(change.cells)},
                    import.service);
            if (change.kind == ChangeKind::changed) {
                if (names_service)
                    store::move_to_service(tx, import, next);
                store::change_record(tx, import, next, of_place);
                continue;
            }
            auto place = places.find(next.place_key);
            if (place == places.end()) {
                if (!of_place)
                    throw core::Error(core::ErrorKind::conflict, "official_outdated");
                store::PlaceRecord fresh;
                static_cast<PlaceSummary&>(fresh) =
                    summary({{import.source, next.service, import.as_of, false, next, {}, {}, true, {}, true}}, codes);
                fresh.id = PlaceId::make();
                fresh.source = import.source;
                fresh.source_key = next.place_key;
                store::add_place(tx, fresh, fold(fresh.corporation));
                made.insert(fresh.id);
                place = places.emplace(next.place_key, store::KnownPlace{next.place_key, {}, fresh.id, fresh.id}).first;
            } else {
                made.erase(place->second.id);  // several records
            }
            store::add_record(tx, import, place->second, next);
        }
        after = changes.back().number;
    }
    store::confirm_records(tx, import, areas);
    auto touched = store::places_of(tx, import);
    std::erase_if(touched, [&](const PlaceId& id) { return made.contains(id); });
    refresh(tx, touched, codes);
}

void PublicLayer::take_back(db::WriteTx& tx, const store::ImportRecord& import, const packs::CodeBook& codes,
                            const MunicipalityOf& municipality, const Step& step) const {
    const OfficialLayouts all = layouts(tx);
    const Layout& layout = layout_in(all, import.source);
    const bool of_place = layout.of.empty();
    const bool names_service = layout.column_of("service").has_value();
    const ServiceWords services = service_words(codes);
    const auto touched = store::places_of(tx, import);
    store::remove_added(tx, import);
    in_portions(touched, [&](const auto& some) { store::remove_empty(tx, layout.places(), some); });
    std::int64_t after = 0;
    for (;;) {
        const auto changes = store::changes(tx, import.id, {}, after, at_once);
        if (changes.empty())
            break;
        for (const auto& change : changes) {
            stop_or_go(step, change.number);
            if (change.kind == ChangeKind::missing) {
                store::restore_missing(tx, import, change.source_key, of_place);
            } else if (change.kind == ChangeKind::changed) {
                OfficialRow before =
                    row(all, layout, services, {change.source_key, {}, cells_of(change.cells_before)}, import.service);
                if (placed_by_address(layout, before))
                    before.municipality_code = code_by_address(layout, before, municipality);
                if (names_service)
                    store::move_to_service(tx, import, before);
                store::restore_changed(tx, import, before, change.missing_before, of_place);
            }
        }
        after = changes.back().number;
    }
    store::withdraw_confirmation(tx, import);
    refresh(tx, touched, codes);
}

void PublicLayer::refresh(db::WriteTx& tx, const std::vector<PlaceId>& places, const packs::CodeBook& codes) const {
    const OfficialLayouts all = layouts(tx);
    const ServiceWords services = service_words(codes);
    in_portions(places, [&](const std::vector<PlaceId>& some) {
        std::unordered_map<PlaceId, std::vector<RecordFacts>> records;
        for (const auto& one : store::facts(tx, some)) {
            const Layout& layout = layout_in(all, one.source);
            auto cells = cells_of(one.cells);
            auto specialities = specialities_of(layout, cells);
            RecordFacts facts{
                one.source,
                one.service,
                one.as_of,
                one.missing_since.has_value(),
                row(all, layout, services, {one.source_key, one.municipality_code, std::move(cells)}, one.service),
                std::move(specialities),
                one.missing_since,
                layout.of.empty(),
                one.service_id,
                one.own};
            records[one.place_id].push_back(std::move(facts));
        }
        for (auto& place : store::place_records(tx, some)) {
            const auto found_records = records.find(place.id);
            if (found_records == records.end())
                continue;  // only the local layer is left of it
            // Hours alone have no name: what its own file said stays.
            if (std::ranges::none_of(found_records->second, &RecordFacts::of_place))
                continue;
            auto ranked = found_records->second;
            rank(ranked);
            std::unordered_map<ServiceId, std::vector<const RecordFacts*>> by_service;
            for (const RecordFacts& one : ranked) {
                if (one.of_place)
                    by_service[one.service_id].push_back(&one);
            }
            for (const auto& [service, told] : by_service) {
                if (told.size() > 1)  // the first one still in its file, else the one that was there last
                    store::put_service(tx, service, told.front()->row, told.front()->missing_since);
            }
            PlaceSummary next = summary(std::move(found_records->second), codes);
            if (next == static_cast<const PlaceSummary&>(place))
                continue;
            static_cast<PlaceSummary&>(place) = std::move(next);
            store::update_place(tx, place, fold(place.corporation));
        }
    });
}

}  // namespace tsunagi::resources
