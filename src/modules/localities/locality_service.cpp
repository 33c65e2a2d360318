// SPDX-License-Identifier: Apache-2.0
#include "modules/localities/locality_service.hpp"

#include <algorithm>
#include <unordered_map>

#include "modules/localities/locality_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::localities {
namespace {

/// Imports come one after the other.
constexpr const char* lane = "locality imports";

std::string key_of(const Municipality& one) {
    return one.code;
}

std::string key_of(const MunicipalityChange& one) {
    return one.code + " " + one.successor + " " + one.changed_on.str();
}

std::string key_of(const Town& one) {
    return one.postal_code + " " + one.municipality_code + " " + one.town;
}

std::string name_of(const Municipality& one) {
    return one.code + " " + one.prefecture + one.name;
}

std::string name_of(const MunicipalityChange& one) {
    return one.changed_on.str() + " " + one.code + one.name + " → " + one.successor + one.successor_name;
}

std::string name_of(const Town& one) {
    return with_hyphen(one.postal_code) + " " + one.municipality + one.town;
}

/// What a list has to do to become the other one; both in the order of their keys.
template <class Row>
struct Steps {
    std::vector<const Row*> added;
    std::vector<std::pair<const Row*, const Row*>> changed;  ///< before and after
    std::vector<const Row*> gone;
};

template <class Row>
Steps<Row> steps(const std::vector<Row>& before, const std::vector<Row>& after) {
    std::unordered_map<std::string, const Row*> known;
    for (const Row& row : before)
        known.emplace(key_of(row), &row);
    Steps<Row> result;
    for (const Row& row : after) {
        const auto found = known.find(key_of(row));
        if (found == known.end()) {
            result.added.push_back(&row);
            continue;
        }
        if (!(*found->second == row))
            result.changed.emplace_back(found->second, &row);
        known.erase(found);
    }
    for (const Row& row : before) {
        if (known.contains(key_of(row)))
            result.gone.push_back(&row);
    }
    return result;
}

template <class Row>
void tell(LocalityDifference& difference, const Steps<Row>& steps) {
    for (const Row* row : steps.added)
        difference.add(name_of(*row));
    for (const auto& [before, after] : steps.changed)
        difference.change(name_of(*after));
    for (const Row* row : steps.gone)
        difference.lose(name_of(*row));
}

std::vector<Municipality>& rows_of(LocalityFile& file, const Municipality*) {
    return file.municipalities;
}

std::vector<MunicipalityChange>& rows_of(LocalityFile& file, const MunicipalityChange*) {
    return file.changes;
}

std::vector<Town>& rows_of(LocalityFile& file, const Town*) {
    return file.towns;
}

/// Where to write, and what will take it back.
struct Writing {
    db::WriteTx& tx;  // NOLINT: lives as long as the work
    store::Undo undo;

    template <class Row>
    void take_out(const Row& row) {
        store::remove(tx, row);
        rows_of(undo.back, &row).push_back(row);
    }

    template <class Row>
    void put_in(const Row& row) {
        store::insert(tx, row);
        if (!undo.everything)
            rows_of(undo.out, &row).push_back(row);
    }
};

/// History grows: what another file told of earlier changes stays.
template <class Row>
void compare(const std::vector<Row>& before, const std::vector<Row>& after, Writing* write,
             LocalityDifference& difference) {
    constexpr bool history = std::is_same_v<Row, MunicipalityChange>;
    auto found = steps(before, after);
    if constexpr (history) {
        found.gone.clear();
        found.changed.clear();
    }
    tell(difference, found);
    difference.count = static_cast<std::int64_t>(history ? before.size() + found.added.size() : after.size());
    if (write == nullptr)
        return;
    write->undo.everything = before.empty();
    for (const Row* row : found.gone)
        write->take_out(*row);
    for (const auto& [was, is] : found.changed) {
        write->take_out(*was);
        write->put_in(*is);
    }
    for (const Row* row : found.added)
        write->put_in(*row);
}

void compare(db::ReadTx& tx, const LocalityFile& file, Writing* write, LocalityDifference& difference) {
    switch (file.kind) {
        case LocalityKind::codes:
            return compare(store::municipalities(tx), file.municipalities, write, difference);
        case LocalityKind::changes:
            return compare(store::changes(tx), file.changes, write, difference);
        case LocalityKind::postal:
            return compare(store::towns(tx), file.towns, write, difference);
    }
}

std::string seven_digits(const std::string& written) {
    std::string digits;
    for (const char c : written) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != '-')
            return {};
    }
    return digits.size() == 7 ? digits : std::string();
}

}  // namespace

LocalityService::LocalityService(db::Database& database, const audit::AuditService& audit,
                                 const uploads::UploadService& uploads, const std::filesystem::path& folder,
                                 core::Clock clock)
    : database_(database),
      audit_(audit),
      uploads_(uploads),
      words_(read_locality_words(folder)),
      clock_(std::move(clock)) {}

LocalityLists LocalityService::list(const access::Actor& actor) const {
    access::require(actor, "packs.manage");
    return database_.read([](db::ReadTx& tx) { return LocalityLists{store::lists(tx)}; });
}

LocalityDifference LocalityService::create(const access::Actor& actor, const NewLocalityImport& body) const {
    access::require(actor, "packs.manage");
    const auto file = uploads_.received(actor, body.upload_id);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(file.size));
    for (std::int64_t number = 0; number < file.parts; ++number)
        bytes += uploads_.part(file.id, number);
    auto difference = import(actor, file.name, bytes, body.apply);
    if (body.apply)
        uploads_.cancel(actor, file.id);
    return difference;
}

LocalityDifference LocalityService::import(const access::Actor& actor, const std::string& file_name,
                                           std::string_view bytes, bool apply) const {
    access::require(actor, "packs.manage");
    const LocalityFile file = read_localities(words_, bytes);
    LocalityDifference difference;
    difference.kind = file.kind;
    difference.file_name = file_name;
    difference.applied = apply;
    if (!apply) {
        database_.read([&](db::ReadTx& tx) { compare(tx, file, nullptr, difference); });
        return difference;
    }
    return database_.write(
        [&](db::WriteTx& tx) {
            LocalityDifference applied = difference;  // a transaction may be run again
            Writing writing{tx, {}};
            compare(tx, file, &writing, applied);
            store::insert(tx, {LocalityLoadingId::make(), file.kind, file_name, applied.count, clock_.now(), actor.name,
                               record::to_json(writing.undo)});
            record(tx, actor, "load", file.kind, file_name + " " + applied.numbers());
            follow_codes(tx, file.kind);
            return applied;
        },
        lane);
}

void LocalityService::take_back(const access::Actor& actor, const LocalityLoadingId& id) const {
    access::require(actor, "packs.manage");
    database_.write(
        [&](db::WriteTx& tx) {
            const auto loading = store::loading(tx, id);
            if (!loading)
                throw core::not_found();
            const auto newest = store::lists(tx);
            if (std::ranges::find(newest, id, &LocalityList::id) == newest.end())
                throw core::Error(core::ErrorKind::conflict, "loading_outdated");
            store::take_back(tx, *loading);
            record(tx, actor, "undo", loading->kind, loading->file_name);
            follow_codes(tx, loading->kind);
        },
        lane);
}

void LocalityService::record(db::WriteTx& tx, const access::Actor& actor, const char* action, LocalityKind kind,
                             const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id.empty() ? std::nullopt : std::optional(actor.user_id),
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "localities",
                       .subject_id = record::to_text(kind),
                       .detail = detail});
}

void LocalityService::follow_codes(db::WriteTx& tx, LocalityKind changed) const {
    if (follow_codes_ && changed != LocalityKind::postal)
        follow_codes_(tx);
}

PostalTowns LocalityService::towns_of(const std::string& postal_code) const {
    const std::string digits = seven_digits(postal_code);
    if (digits.empty())
        throw core::invalid({{"?code", "postal_code", postal_code.substr(0, 20)}});
    return database_.read([&](db::ReadTx& tx) {
        PostalTowns result{store::towns_of(tx, digits)};
        for (PostalTown& one : result.items)
            one.postal_code = with_hyphen(one.postal_code);
        return result;
    });
}

Successors LocalityService::successors(db::ReadTx& tx) const {
    std::multimap<std::string, std::string> next;
    for (auto& one : store::next_codes(tx))
        next.emplace(std::move(one.code), std::move(one.successor));
    std::set<std::string> standing;
    if (!next.empty()) {
        auto codes = store::standing_codes(tx);
        standing.insert(std::make_move_iterator(codes.begin()), std::make_move_iterator(codes.end()));
    }
    return {std::move(next), std::move(standing)};
}

}  // namespace tsunagi::localities
