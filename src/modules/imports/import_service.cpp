// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/import_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::imports {
namespace {

constexpr std::int64_t largest_file = 50LL * 1024 * 1024;
constexpr std::int64_t lines_previewed = 20;
constexpr std::int64_t pieces_at_once = 20;

Import answer(const store::ImportReading& record) {
    Import import;
    record::copy_members(record, import);
    import.tables = record::from_stored_json<std::vector<FileTable>>(record.tables);
    if (!record.plan.empty())
        import.mapping = record::from_stored_json<Mapping>(record.plan);
    import.empty_fields = record::from_stored_json<std::vector<FieldCount>>(record.empty_fields);
    import.numbers = record::from_stored_json<std::vector<NumberRange>>(record.numbers);
    return import;
}

const FileTable& table_of(const std::vector<FileTable>& tables, std::int64_t number, const char* pointer) {
    if (number < 0 || number >= static_cast<std::int64_t>(tables.size()))
        throw core::invalid({{pointer, "not_found", ""}});
    return tables[static_cast<std::size_t>(number)];
}

std::int64_t between(const std::optional<std::int64_t>& asked, std::int64_t usual, std::int64_t most,
                     const char* name) {
    const std::int64_t value = asked.value_or(usual);
    if (value < 1 || value > most)
        throw core::invalid({{name, "out_of_range", std::to_string(most)}});
    return value;
}

}  // namespace

ImportService::ImportService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                             const consultations::PreparedService& prepared, const uploads::UploadService& uploads,
                             const std::filesystem::path& words, core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      prepared_(prepared),
      uploads_(uploads),
      words_(read_import_words(words)),
      clock_(std::move(clock)),
      jobs_(database, audit, packs, prepared, words_, clock_) {}

store::ImportReading ImportService::found(db::ReadTx& tx, const access::Actor& actor, const ImportId& id) const {
    access::require(actor, "consultations.write");
    auto import = store::find(tx, actor, id);
    if (!import)
        throw core::not_found();
    return std::move(*import);
}

store::ImportReading ImportService::found_in(const access::Actor& actor, const ImportId& id,
                                             std::initializer_list<ImportState> states) const {
    auto import = database_.read([&](db::ReadTx& tx) { return found(tx, actor, id); });
    if (std::ranges::find(states, import.state) == states.end())
        throw core::not_allowed_in_state(record::to_text(import.state));
    return import;
}

ImportList ImportService::list(const access::Actor& actor, const ImportFilter& filter) const {
    access::require(actor, "consultations.write");
    ImportList result;
    for (const auto& one : database_.read([&](db::ReadTx& tx) { return store::list(tx, actor, filter); })) {
        result.items.push_back(answer(one));
        result.items.back().mapping.reset();  // long, and nobody looks at it in a list
    }
    return result;
}

Import ImportService::get(const access::Actor& actor, const ImportId& id) const {
    return answer(database_.read([&](db::ReadTx& tx) { return found(tx, actor, id); }));
}

Import ImportService::create(const access::Actor& actor, const NewImport& body) {
    access::require(actor, "consultations.write");
    (void)access::desk_for_new_record(actor, body.desk_id);
    const auto file = uploads_.received(actor, body.upload_id);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(file.size));
    for (std::int64_t number = 0; number < file.parts; ++number)
        bytes += uploads_.part(file.id, number);
    auto import = begin(actor, body.desk_id, file.name, std::move(bytes));
    uploads_.cancel(actor, file.id);
    return import;
}

Import ImportService::begin(const access::Actor& actor, const std::optional<core::DeskId>& desk,
                            const std::string& file_name, std::string bytes, bool at_once) {
    access::require(actor, "consultations.write");
    if (static_cast<std::int64_t>(bytes.size()) > largest_file)
        throw core::Error(core::ErrorKind::too_large, "file_too_large", {{"", "too_large", "50"}});
    store::ImportRecord made;
    made.id = ImportId::make();
    made.desk_id = access::desk_for_new_record(actor, desk);
    made.created_at = made.updated_at = clock_.now();
    made.created_by = made.updated_by = actor.user_id;
    made.state = ImportState::reading;
    made.file_name = file_name;
    made.size = static_cast<std::int64_t>(bytes.size());
    made.fingerprint = db::request_fingerprint("import", bytes);
    made.tables = made.empty_fields = made.numbers = "[]";
    database_.write([&](db::WriteTx& tx) {
        store::ImportRecord next = made;
        next.municipality_id = access::municipality_of(tx, made.desk_id).value();
        store::insert(tx, next);
    });
    Job job{.kind = JobKind::read,
            .id = made.id,
            .version = made.version,
            .by = actor.user_id,
            .by_name = actor.name,
            .bytes = std::make_shared<const std::string>(std::move(bytes))};
    if (at_once)
        jobs_.run(job);
    else
        jobs_.add(std::move(job));
    return get(actor, made.id);
}

void ImportService::remove(const access::Actor& actor, const ImportId& id, std::optional<std::int64_t> version) {
    auto import = found_in(actor, id, {ImportState::refused, ImportState::read, ImportState::checked});
    if (version && *version != import.version)
        throw core::stale(import.version);
    jobs_.discard(id, true);
    if (!database_.write([&](db::WriteTx& tx) { return store::remove(tx, import); }))
        throw core::stale(import.version + 1);
}

std::vector<FileLine> ImportService::first_lines(const store::ImportRecord& import, std::int64_t table) const {
    return database_.read([&](db::ReadTx& tx) { return store::lines(tx, import.id, table, 0, 1); });
}

std::unique_ptr<Setting> ImportService::setting(const store::ImportRecord& import) const {
    return database_.read([&](db::ReadTx& tx) {
        return std::make_unique<Setting>(tx, packs_, words_, import.desk_id, import.municipality_id, clock_);
    });
}

FileLines ImportService::lines(const access::Actor& actor, const ImportId& id, const LinesQuery& query) const {
    const auto import = found_in(actor, id, {ImportState::read, ImportState::checking, ImportState::checked});
    const auto limit = between(query.limit, 30, 200, "?limit");
    FileLines result{.items = first_lines(import, query.table.value_or(0))};
    if (static_cast<std::int64_t>(result.items.size()) > limit)
        result.items.resize(static_cast<std::size_t>(limit));
    return result;
}

Guess ImportService::guess(const access::Actor& actor, const ImportId& id, const GuessQuery& query) const {
    const auto import = found_in(actor, id, {ImportState::read, ImportState::checked});
    const auto tables = record::from_stored_json<std::vector<FileTable>>(import.tables);
    const std::int64_t number = query.table.value_or(0);
    (void)table_of(tables, number, "?table");
    if (query.header_lines)
        (void)between(query.header_lines, 1, 3, "?header_lines");
    if (query.header_line)
        (void)between(query.header_line, 1, 200'000, "?header_line");
    const auto lines = first_lines(import, number);
    const auto words = setting(import);
    Guess result;
    result.mapping = guess_mapping(lines, words->around(), query.header_line, query.header_lines);
    result.mapping.table.value = number;
    result.columns = columns_of(lines, result.mapping.header_line.value, result.mapping.header_lines.value);
    // A mapping of before that knows the header says it better than its words.
    std::size_t most = 0;
    for (const auto& saved : database_.read([&](db::ReadTx& tx) { return store::mappings_of(tx, import.desk_id); })) {
        if (!query.mapping.empty() && query.mapping.value != saved.name)
            continue;
        const auto before = record::from_stored_json<Mapping>(saved.plan);
        const bool asked = !query.mapping.empty();
        Mapping next = result.mapping;
        if (asked && !query.header_lines)
            next.header_lines = before.header_lines;
        const auto columns = columns_of(lines, next.header_line.value, next.header_lines.value);
        const std::size_t known = apply_mapping(before, columns, next);
        // Unasked it must know nearly all of its own columns.
        const bool fits = asked || (known > most && known * 5 >= before.columns.size() * 4 && known >= 2);
        if (!fits)
            continue;
        most = known;
        result.mapping_name = saved.name;
        result.mapping = std::move(next);
        result.columns = columns;
    }
    return result;
}

Preview ImportService::preview(const access::Actor& actor, const ImportId& id, const Mapping& mapping) const {
    const auto import = found_in(actor, id, {ImportState::read, ImportState::checked});
    const auto tables = record::from_stored_json<std::vector<FileTable>>(import.tables);
    const auto& table = table_of(tables, mapping.table.value, "/table");
    const auto words = setting(import);
    LineReader reader(mapping, words->around(), table.from_1904);
    const std::int64_t last_header = mapping.header_line.value + mapping.header_lines.value - 1;
    Preview result{.items = {}, .words = {}, .missing = missing_fields(mapping, words->around().codes)};
    std::int64_t behind = 0;
    for (;;) {
        const auto lines = database_.read(
            [&](db::ReadTx& tx) { return store::lines(tx, id, mapping.table.value, behind, pieces_at_once); });
        if (lines.empty())
            break;
        behind = lines.back().number;
        for (const FileLine& line : lines) {
            if (line.number <= last_header)
                continue;
            reader.count_words(line);
            if (static_cast<std::int64_t>(result.items.size()) < lines_previewed)
                result.items.push_back(reader.read(line));
        }
    }
    result.words = reader.words();
    return result;
}

Import ImportService::order(const access::Actor& actor, const ImportId& id, std::int64_t version,
                            std::initializer_list<ImportState> from, ImportState to, JobKind kind, bool at_once,
                            const std::function<void(db::WriteTx&, store::ImportRecord&)>& change) {
    database_.write([&](db::WriteTx& tx) {
        store::ImportRecord import = found(tx, actor, id);
        if (version != import.version)
            throw core::stale(import.version);
        if (std::ranges::find(from, import.state) == from.end())
            throw core::not_allowed_in_state(record::to_text(import.state));
        import.state = to;
        import.refusal.clear();
        import.refused_at.clear();
        import.updated_at = clock_.now();
        import.updated_by = actor.user_id;
        import.beat_at.reset();
        if (change)
            change(tx, import);
        if (!store::update(tx, import))
            throw core::stale(version + 1);
    });
    Job job{.kind = kind, .id = id, .version = version + 1, .by = actor.user_id, .by_name = actor.name, .bytes = {}};
    if (at_once)
        jobs_.run(job);
    else
        jobs_.add(std::move(job));
    return get(actor, id);
}

Import ImportService::check(const access::Actor& actor, const ImportId& id, std::int64_t version,
                            const CheckOrder& order_of, bool at_once) {
    const auto import = found_in(actor, id, {ImportState::read, ImportState::checked});
    (void)table_of(record::from_stored_json<std::vector<FileTable>>(import.tables), order_of.mapping.table.value,
                   "/mapping/table");
    check_mapping(order_of.mapping, setting(import)->around());
    const std::string plan = record::to_json(order_of.mapping);
    return order(actor, id, version, {ImportState::read, ImportState::checked}, ImportState::checking, JobKind::check,
                 at_once, [&](db::WriteTx& tx, store::ImportRecord& next) {
                     next.plan = plan;
                     next.mapping_name = order_of.mapping_name;
                     next.lines_done = 0;
                     next.good = next.bad = next.repeated = 0;
                     next.empty_fields = "[]";
                     if (order_of.mapping_name.empty())
                         return;
                     store::save_mapping(tx, {.id = {},
                                              .desk_id = next.desk_id,
                                              .municipality_id = next.municipality_id,
                                              .version = 1,
                                              .name = order_of.mapping_name,
                                              .updated_at = next.updated_at,
                                              .updated_by = actor.user_id,
                                              .plan = plan});
                 });
}

Import ImportService::take(const access::Actor& actor, const ImportId& id, std::int64_t version, bool at_once) {
    return order(actor, id, version, {ImportState::checked}, ImportState::taking, JobKind::take, at_once,
                 [&](db::WriteTx&, store::ImportRecord& import) {
                     if (import.good == 0)
                         throw core::Error(core::ErrorKind::conflict, "nothing_to_take");
                 });
}

Import ImportService::cancel(const access::Actor& actor, const ImportId& id) {
    const auto import = found_in(actor, id, {ImportState::reading, ImportState::checking, ImportState::taking});
    const auto to = import.state == ImportState::reading    ? ImportState::refused
                    : import.state == ImportState::checking ? ImportState::read
                                                            : ImportState::checked;
    database_.write([&](db::WriteTx& tx) {
        store::ImportRecord next = import;
        next.state = to;
        next.refusal = "cancelled";
        next.updated_at = clock_.now();
        next.updated_by = actor.user_id;
        next.beat_at.reset();
        if (!store::update(tx, next))
            throw core::stale(import.version + 1);
    });
    if (to == ImportState::read)
        jobs_.add({.kind = JobKind::discard, .id = id, .version = 0, .by = {}, .by_name = {}, .bytes = {}});
    return get(actor, id);
}

Import ImportService::undo(const access::Actor& actor, const ImportId& id, std::int64_t version, bool at_once) {
    const auto import = found_in(actor, id, {ImportState::taken});
    const auto used = database_.read([&](db::ReadTx& tx) { return prepared_.in_use(tx, import.id.str()); });
    if (!used.empty()) {
        std::vector<core::FieldError> fields;
        for (const auto& one : used)
            fields.push_back({"/consultations/" + one.id.str(), record::to_text(one.use), one.number});
        throw core::Error(core::ErrorKind::conflict, "records_in_use", std::move(fields));
    }
    return order(actor, id, version, {ImportState::taken}, ImportState::undoing, JobKind::undo, at_once);
}

FaultyLines ImportService::faults(const access::Actor& actor, const ImportId& id, const FaultsQuery& query) const {
    const auto limit = between(query.limit, 200, 2000, "?limit");
    return database_.read([&](db::ReadTx& tx) {
        (void)found(tx, actor, id);
        return store::faults(tx, id, query.after.value_or(0), limit);
    });
}

SavedMappings ImportService::mappings(const access::Actor& actor, const ImportFilter& filter) const {
    access::require(actor, "consultations.write");
    return {.items = database_.read([&](db::ReadTx& tx) { return store::mappings(tx, actor, filter); })};
}

store::MappingRecord ImportService::found_mapping(db::ReadTx& tx, const access::Actor& actor, const MappingId& id,
                                                  std::optional<std::int64_t> version) {
    auto mapping = store::find_mapping(tx, actor, id);
    if (!mapping)
        throw core::not_found();
    if (version && *version != mapping->version)
        throw core::stale(mapping->version);
    return std::move(*mapping);
}

void ImportService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const MappingId& id,
                           std::int64_t version) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "import_mapping",
                       .subject_id = id.str(),
                       .detail = "version=" + std::to_string(version)});
}

SavedMapping ImportService::rename_mapping(const access::Actor& actor, const MappingId& id, std::int64_t version,
                                           const MappingName& name) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    const auto taken = [] { return core::invalid({{"/name", "duplicate", ""}}); };
    const auto rename = [&](db::WriteTx& tx) {
        store::MappingRecord next = found_mapping(tx, actor, id, version);
        if (store::is_named(tx, next, name.name))
            throw taken();
        next.name = name.name;
        next.updated_at = now;
        next.updated_by = actor.user_id;
        if (!store::rename_mapping(tx, next))
            throw core::stale(version + 1);
        record(tx, actor, "change", id, version + 1);
        return SavedMapping{id, next.desk_id, version + 1, next.name, now, actor.name};
    };
    try {
        return database_.write(rename);
    } catch (const db::DatabaseError& error) {
        // Somebody else gave that name to another one in the same moment.
        if (error.kind() != db::FailureKind::constraint)
            throw;
        throw taken();
    }
}

void ImportService::remove_mapping(const access::Actor& actor, const MappingId& id,
                                   std::optional<std::int64_t> version) const {
    access::require(actor, "consultations.write");
    database_.write([&](db::WriteTx& tx) {
        const auto mapping = found_mapping(tx, actor, id, version);
        if (!store::remove_mapping(tx, mapping))
            throw core::stale(mapping.version + 1);
        record(tx, actor, "delete", id, mapping.version);
    });
}

std::vector<store::MappingRecord> ImportService::mappings_named(const std::string& name) const {
    return database_.read([&](db::ReadTx& tx) { return store::mappings_named(tx, name); });
}

}  // namespace tsunagi::imports
