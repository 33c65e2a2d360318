// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_service.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "db/idempotency.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources {
namespace {

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
    // Of a file that nobody could read: it may be anything, and is for those who know its sender's name.
    if (!record.created_by_name.empty())
        import.preview = record::from_stored_json<std::vector<std::vector<std::string>>>(record.preview);
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

audit::Event audited(const OfficialJob& by, std::string action, const store::ImportRecord& import) {
    return {by.by,
            by.by_name,
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
                                 const packs::PacksService& packs, const localities::LocalityService& localities,
                                 const search::Folding& folding, const std::filesystem::path& layouts,
                                 core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      localities_(localities),
      layouts_(read_official_layouts(layouts)),
      layer_(layouts_, folding),
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
        const OfficialLayouts all = layer_.layouts(tx);
        const Layout* layout = all.find(import.source);
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

std::optional<OfficialImportId> OfficialService::made_before(const access::Actor& actor, const std::string& key,
                                                             const std::string& fingerprint) const {
    access::require(actor, "resources.import");
    if (key.empty())
        return std::nullopt;
    const auto earlier =
        database_.write([&](db::WriteTx& tx) { return db::remembered(tx, actor.user_id, key, fingerprint); });
    return earlier ? std::optional(OfficialImportId(*earlier)) : std::nullopt;
}

store::ImportRecord OfficialService::open(const access::Actor& actor, const NewFile& file,
                                          const std::string& key) const {
    access::require(actor, "resources.import");
    (void)areas_of(file.words.municipalities);
    store::ImportRecord made;
    made.id = OfficialImportId::make();
    made.state = OfficialState::reading;
    made.file_name = file.name;
    made.size = file.size;
    made.as_of = file.words.as_of;
    made.municipalities = record::to_json(file.words.municipalities);
    made.created_by = user_of(actor);
    return database_.write([&](db::WriteTx& tx) {
        if (made.created_by) {
            if (const auto earlier = db::remembered(tx, *made.created_by, key, file.fingerprint))
                return static_cast<store::ImportRecord>(found(tx, actor, OfficialImportId(*earlier)));
        }
        store::ImportRecord next = made;
        next.created_at = clock_.now();
        next.beat_at = next.created_at;
        store::insert(tx, next);
        if (made.created_by)
            db::remember(tx, *made.created_by, key, file.fingerprint, next.id.str(), next.created_at);
        return next;
    });
}

void OfficialService::read(const OfficialJob& job, const std::string& bytes, const Step& reading,
                           const Step& comparing) const {
    store::ImportRecord made = database_.read([&](db::ReadTx& tx) { return current(tx, job); });
    const auto areas = areas_of(made);
    const auto codes = packs_.codes();
    const OfficialLayouts all = database_.read([&](db::ReadTx& tx) { return layer_.layouts(tx); });
    const OfficialFile file = decode(all, made.file_name, bytes, around(areas, *codes, reading));
    if (codes->code(ServiceCode::scheme(), file.service) == nullptr)
        throw core::Error(core::ErrorKind::invalid, "official_service", {{"", "unknown_code", file.service}});
    made.source = file.source;
    made.service = file.service;
    made.fingerprint = db::request_fingerprint("official import", bytes);
    if (!made.as_of)
        made.as_of = file.as_of;
    made.covers = record::to_json(std::vector<std::string>(file.covers.begin(), file.covers.end()));
    made.lines_all = file.lines;
    made.left_out = file.left_out;
    made.good = static_cast<std::int64_t>(file.rows.size());
    made.bad = file.bad;
    made.doubtful = file.doubtful;
    database_.write(
        [&](db::WriteTx& tx) {
            store::ImportRecord import = made;
            store::wait_for_others(tx, import.source);
            (void)current(tx, job);
            import.compared_at = clock_.now();
            const auto last = store::last_applied(tx, import);
            if (last && last->as_of && import.as_of && *last->as_of > *import.as_of) {
                throw core::Error(core::ErrorKind::conflict, "official_older",
                                  {{"", "official_older", last->as_of->str()}});
            }
            for (const auto& [code, name] : file.names)
                store::put(tx, store::MunicipalityName{code, name.first, name.second});
            layer_.compare(tx, import, file, areas, comparing);
            const bool repeated = last && last->fingerprint == import.fingerprint &&
                                  last->municipalities == import.municipalities && last->as_of == import.as_of &&
                                  import.added + import.changed + import.missing == 0;
            finish(tx, import, repeated ? OfficialState::repeated : OfficialState::staged);
            audit_.record(tx, audited(job, "stage", import));
        },
        official_lane);
}

Surroundings OfficialService::around(const std::vector<CodeRange>& areas, const packs::CodeBook& codes,
                                     const Step& step) const {
    struct Known {
        std::map<std::string, std::vector<store::MunicipalityName>> names;  ///< by prefecture, long ones first
        std::map<std::string, std::unordered_map<std::string, std::string>> places;
    };

    auto known = std::make_shared<Known>();
    Surroundings result;
    std::vector<store::MunicipalityName> every;
    database_.read([&](db::ReadTx& tx) {
        result.successors = localities_.successors(tx);
        every = store::municipality_names(tx);
    });
    for (auto& one : every) {
        if (one.code.size() == 6 && !one.name.empty() && result.successors.of(one.code).empty())
            known->names[one.code.substr(0, 2)].push_back(std::move(one));
    }
    for (auto& [prefecture, names] : known->names)
        std::ranges::stable_sort(names, std::ranges::greater{}, [](const auto& one) { return one.name.size(); });
    result.areas = areas;
    result.services = service_words(codes);
    result.municipality = [known, mark = layouts_.district_mark](const std::string& prefecture,
                                                                 const std::string& address) {
        const auto names = known->names.find(prefecture);
        if (names == known->names.end())
            return std::string();
        std::string_view rest = address;
        for (const auto& one : names->second) {
            if (!one.prefecture.empty() && rest.starts_with(one.prefecture)) {
                rest.remove_prefix(one.prefecture.size());
                break;
            }
        }
        const std::size_t district = mark.empty() ? std::string_view::npos : rest.substr(0, 24).find(mark);
        for (const auto& one : names->second) {
            if (rest.starts_with(one.name) ||
                (district != std::string_view::npos && rest.substr(district + mark.size()).starts_with(one.name)))
                return one.code;
        }
        return std::string();
    };
    result.place = [this, known](const std::string& source, const std::string& key) -> std::optional<std::string> {
        auto there = known->places.find(source);
        if (there == known->places.end()) {
            there = known->places.emplace(source, std::unordered_map<std::string, std::string>()).first;
            for (auto& one : database_.read([&](db::ReadTx& tx) { return store::known_places(tx, source); }))
                there->second.emplace(std::move(one.source_key), std::move(one.municipality_code));
        }
        const auto place = there->second.find(key);
        return place == there->second.end() ? std::nullopt : std::optional(place->second);
    };
    result.progress = step;
    return result;
}

store::ImportRecord OfficialService::current(db::ReadTx& tx, const OfficialJob& job) {
    auto import = store::load(tx, job.id);
    if (!import || import->version != job.version)
        throw Stopped{};
    return std::move(*import);
}

store::ImportRecord OfficialService::current_alone(db::WriteTx& tx, const OfficialJob& job) {
    store::wait_for_others(tx, current(tx, job).source);
    return current(tx, job);
}

void OfficialService::finish(db::WriteTx& tx, store::ImportRecord& import, OfficialState state) const {
    import.state = state;
    import.refusal.clear();
    import.refused_at.clear();
    import.lines_done = 0;
    import.beat_at.reset();
    if (!store::update(tx, import))
        throw Stopped{};
}

void OfficialService::apply(const OfficialJob& job, const Step& step) const {
    const auto codes = packs_.codes();
    database_.write(
        [&](db::WriteTx& tx) {
            auto import = current_alone(tx, job);
            if (store::overtaken(tx, import, import.compared_at.value_or(import.created_at)))
                throw core::Error(core::ErrorKind::conflict, "official_outdated");
            layer_.apply(tx, import, areas_of(import), *codes, core::day_in_japan(clock_.now()), step);
            import.applied_at = clock_.now();
            import.applied_by = job.by;
            finish(tx, import, OfficialState::applied);
            store::forget_earlier_changes(tx, import);
            audit_.record(tx, audited(job, "apply", import));
        },
        official_lane);
}

void OfficialService::undo(const OfficialJob& job, const Step& step) const {
    const auto codes = packs_.codes();
    const Surroundings surroundings = around({}, *codes, {});
    database_.write(
        [&](db::WriteTx& tx) {
            auto import = current_alone(tx, job);
            if (store::overtaken(tx, import, *import.applied_at))
                throw core::Error(core::ErrorKind::conflict, "official_outdated");
            layer_.take_back(tx, import, *codes, surroundings.municipality, step);
            import.undone_at = clock_.now();
            import.undone_by = job.by;
            finish(tx, import, OfficialState::undone);
            audit_.record(tx, audited(job, "undo", import));
        },
        official_lane);
}

OfficialJob OfficialService::order(const access::Actor& actor, const OfficialImportId& id, std::int64_t version,
                                   OfficialJob::Kind kind) const {
    access::require(actor, "resources.import");
    const bool applying = kind == OfficialJob::Kind::apply;
    database_.write([&](db::WriteTx& tx) {
        store::ImportRecord import = found(tx, actor, id);
        require_state(import, version, applying ? OfficialState::staged : OfficialState::applied);
        if (store::overtaken(tx, import,
                             applying ? import.compared_at.value_or(import.created_at) : *import.applied_at))
            throw core::Error(core::ErrorKind::conflict, "official_outdated");
        import.state = applying ? OfficialState::applying : OfficialState::undoing;
        import.refusal.clear();
        import.refused_at.clear();
        import.lines_done = 0;
        import.beat_at = clock_.now();
        if (!store::update(tx, import))
            throw core::stale(version + 1);
    });
    return {.kind = kind, .id = id, .version = version + 1, .by = user_of(actor), .by_name = actor.name, .bytes = {}};
}

bool OfficialService::go_back(const OfficialImportId& id, std::int64_t version, const std::string& reason,
                              const std::string& where, const std::string& preview) const {
    return database_.write([&](db::WriteTx& tx) {
        auto import = store::load(tx, id);
        if (!import || import->version != version)
            return false;
        if (import->state == OfficialState::reading)
            import->state = OfficialState::refused;
        else if (import->state == OfficialState::applying)
            import->state = OfficialState::staged;
        else if (import->state == OfficialState::undoing)
            import->state = OfficialState::applied;
        else
            return false;
        import->refusal = reason;
        import->refused_at = where;
        import->preview = preview;
        import->lines_done = 0;
        import->beat_at.reset();
        return store::update(tx, *import);
    });
}

Step OfficialService::alive(const OfficialJob& job, Step step) const {
    std::optional<std::chrono::steady_clock::time_point> told;
    return [this, job, step = std::move(step), told](std::int64_t done) mutable {
        constexpr auto beat_every = std::chrono::seconds(5);
        if (step)
            step(done);
        const auto now = std::chrono::steady_clock::now();
        if (told && now - *told <= beat_every)
            return;
        told = now;
        store::ImportRecord import;
        import.id = job.id;
        import.version = job.version;
        if (!database_.write([&](db::WriteTx& tx) { return store::beat(tx, import, clock_.now(), done); }))
            throw Stopped{};
    };
}

std::vector<OfficialJob> OfficialService::silent(std::chrono::milliseconds silence) const {
    std::vector<OfficialJob> result;
    for (const auto& one :
         database_.read([&](db::ReadTx& tx) { return store::running_without_beat(tx, clock_.now().plus(-silence)); })) {
        OfficialJob job;
        job.id = one.id;
        job.version = one.version;
        result.push_back(std::move(job));
    }
    return result;
}

OfficialImport OfficialService::stage(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                                      const OfficialWords& words) const {
    const auto opened = open(actor, {file_name, static_cast<std::int64_t>(bytes.size()), {}, words}, {});
    OfficialJob job{.kind = OfficialJob::Kind::read,
                    .id = opened.id,
                    .version = opened.version,
                    .by = user_of(actor),
                    .by_name = actor.name,
                    .bytes = {}};
    try {
        read(job, std::string(bytes), alive(job, {}), {});
    } catch (const Stopped&) {
        database_.write([&](db::WriteTx& tx) { store::remove(tx, opened.id); });
        throw core::Error(core::ErrorKind::conflict, "interrupted");
    } catch (...) {
        database_.write([&](db::WriteTx& tx) { store::remove(tx, opened.id); });
        throw;
    }
    return get(actor, opened.id);
}

OfficialImport OfficialService::apply(const access::Actor& actor, const OfficialImportId& id,
                                      std::int64_t version) const {
    return at_once(actor, order(actor, id, version, OfficialJob::Kind::apply));
}

OfficialImport OfficialService::undo(const access::Actor& actor, const OfficialImportId& id,
                                     std::int64_t version) const {
    return at_once(actor, order(actor, id, version, OfficialJob::Kind::undo));
}

OfficialImport OfficialService::at_once(const access::Actor& actor, const OfficialJob& job) const {
    try {
        if (job.kind == OfficialJob::Kind::apply)
            apply(job, {});
        else
            undo(job, {});
    } catch (const Stopped&) {
        throw core::Error(core::ErrorKind::conflict, "interrupted");
    } catch (...) {
        (void)go_back(job.id, job.version, "interrupted", {});
        throw;
    }
    return get(actor, job.id);
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
            if (import.state != OfficialState::staged && import.state != OfficialState::repeated &&
                import.state != OfficialState::refused)
                throw core::not_allowed_in_state(record::to_text(import.state));
            store::remove(tx, id);
            OfficialJob by;
            by.by = user_of(actor);
            by.by_name = actor.name;
            audit_.record(tx, audited(by, "remove", import));
        },
        official_lane);
}

}  // namespace tsunagi::resources
