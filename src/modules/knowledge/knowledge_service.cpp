// SPDX-License-Identifier: Apache-2.0
#include "modules/knowledge/knowledge_service.hpp"

#include <algorithm>
#include <map>

#include "db/idempotency.hpp"
#include "modules/knowledge/term_rules.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::knowledge {
namespace {

/// Whose terms a person reads. Advisors and committee members have no desk, but a municipality of their assignment; who
/// works for a prefecture alone reads those of the pack.
std::optional<core::RegionId> home_of(const access::Actor& actor) {
    for (const auto* places : {&actor.desk_municipalities, &actor.municipalities}) {
        if (!places->empty())
            return places->front();
    }
    for (const auto& assignment : actor.assignments) {
        if (assignment.region_id && assignment.role != access::Role::prefectural)
            return assignment.region_id;
    }
    return std::nullopt;
}

std::vector<TermReading> rows_of(db::ReadTx& tx, const access::Actor& actor) {
    const auto home = home_of(actor);
    return home ? rows(tx, *home) : std::vector<TermReading>{};
}

core::RegionId home_for_change(const access::Actor& actor) {
    access::require(actor, "terms.write");
    const auto home = home_of(actor);
    if (!home)
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    return *home;
}

audit::Event audited(const access::Actor& actor, std::string action, const TermRecord& term) {
    return {actor.user_id, actor.name,  std::move(action),
            "term",        id_of(term), "version=" + std::to_string(term.version)};
}

/// Two people who say something of a term of the pack for the first time at the same moment: one of them is too late.
template <class Work>
Term first_wins(db::Database& database, const Work& work) {
    try {
        return database.write(work);
    } catch (const db::DatabaseError& error) {
        if (error.kind() == db::FailureKind::constraint)
            throw core::stale(1);
        throw;
    }
}

}  // namespace

/// A term with what its municipality has written of it, and the terms beside it.
struct KnowledgeService::Found {
    const PackTerm* of_pack = nullptr;
    std::optional<TermReading> row;
    std::vector<Term> others;

    [[nodiscard]] Term term() const { return of_pack != nullptr ? joined(*of_pack, row) : own_term(*row); }
};

KnowledgeService::KnowledgeService(db::Database& database, const audit::AuditService& audit,
                                   const search::Folding& folding, KnowledgePack pack, core::Clock clock)
    : database_(database), audit_(audit), folding_(folding), pack_(std::move(pack)), clock_(std::move(clock)) {}

TermList KnowledgeService::list(const access::Actor& actor, const TermFilter& filter) const {
    std::vector<Term> terms = database_.read([&](db::ReadTx& tx) { return all_terms(pack_, rows_of(tx, actor)); });
    std::erase_if(terms, [&](const Term& term) {
        const bool other_kind =
            !filter.kind.empty() && std::ranges::find(filter.kind, term.text.kind) == filter.kind.end();
        return other_kind || (term.hidden && !filter.hidden.value_or(false)) ||
               !answers(term, filter.q.str(), folding_);
    });
    return {.items = std::move(terms), .kinds = pack_.kinds};
}

KnowledgeService::Found KnowledgeService::find(db::ReadTx& tx, const access::Actor& actor,
                                               const std::string& id) const {
    Found found;
    const auto all = rows_of(tx, actor);
    found.of_pack = pack_.term(id);
    for (const TermReading& row : all) {
        if (id_of(row) == id)
            found.row = row;
    }
    if (found.of_pack == nullptr && (!found.row || !found.row->written))
        throw core::not_found();
    found.others = all_terms(pack_, all);
    std::erase_if(found.others, [&](const Term& term) { return term.id.str() == id; });
    return found;
}

KnowledgeService::Found KnowledgeService::find_for_change(db::WriteTx& tx, const access::Actor& actor,
                                                          const std::string& id, std::int64_t version) const {
    Found found = find(tx, actor, id);
    const std::int64_t newest = found.row ? found.row->version : 0;
    if (version != newest)
        throw core::stale(newest);
    if (!found.row) {
        found.row.emplace();
        found.row->pack_key = id;
        found.row->version = 0;
        record::put_text(found.of_pack->text, static_cast<TermRecord&>(*found.row));
    }
    return found;
}

Term KnowledgeService::save(db::WriteTx& tx, const access::Actor& actor, Found found, TermChangeKind kind) const {
    TermReading& row = *found.row;
    row.updated_at = clock_.now();
    row.updated_by = actor.user_id;
    row.updated_by_name = actor.name;
    if (row.version == 0) {
        row.id = OwnTermId::make();
        row.municipality_id = home_for_change(actor);
        row.created_at = row.updated_at;
        row.created_by = row.updated_by;
        row.version = 1;
        insert(tx, row);
    } else {
        if (!update(tx, row))
            throw core::stale(row.version + 1);
        ++row.version;
    }
    add_version(tx, row, kind);
    static const std::map<TermChangeKind, std::string> actions{{TermChangeKind::created, "create"},
                                                               {TermChangeKind::edited, "change"},
                                                               {TermChangeKind::hidden, "hide"},
                                                               {TermChangeKind::shown, "show"},
                                                               {TermChangeKind::returned, "delete"}};
    audit_.record(tx, audited(actor, actions.at(kind), row));
    return found.term();
}

Term KnowledgeService::term(const access::Actor& actor, const std::string& id) const {
    return database_.read([&](db::ReadTx& tx) { return find(tx, actor, id).term(); });
}

TermVersions KnowledgeService::versions(const access::Actor& actor, const std::string& id) const {
    return database_.read([&](db::ReadTx& tx) -> TermVersions {
        const Found found = find(tx, actor, id);
        return {found.row ? knowledge::versions(tx, found.row->id) : std::vector<TermVersion>{}};
    });
}

Term KnowledgeService::create(const access::Actor& actor, const TermText& text, const std::string& key) const {
    (void)home_for_change(actor);
    const std::string fingerprint = db::request_fingerprint("createTerm", record::to_json(text));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return find(tx, actor, *earlier).term();
        const std::vector<Term> others = all_terms(pack_, rows_of(tx, actor));
        check_room(others);
        check(text, pack_, others, folding_);
        Found made;
        made.row.emplace();
        made.row->version = 0;
        made.row->written = true;
        record::put_text(text, static_cast<TermRecord&>(*made.row));
        Term term = save(tx, actor, std::move(made), TermChangeKind::created);
        db::remember(tx, actor.user_id, key, fingerprint, term.id.str(), *term.updated_at);
        return term;
    });
}

Term KnowledgeService::change(const access::Actor& actor, const std::string& id, std::int64_t version,
                              const TermText& text) const {
    (void)home_for_change(actor);
    return first_wins(database_, [&](db::WriteTx& tx) {
        Found found = find_for_change(tx, actor, id, version);
        check(text, pack_, found.others, folding_);
        found.row->written = true;
        record::put_text(text, static_cast<TermRecord&>(*found.row));
        return save(tx, actor, std::move(found), TermChangeKind::edited);
    });
}

Term KnowledgeService::hide(const access::Actor& actor, const std::string& id, std::int64_t version,
                            bool hidden) const {
    (void)home_for_change(actor);
    return first_wins(database_, [&](db::WriteTx& tx) {
        Found found = find_for_change(tx, actor, id, version);
        found.row->hidden = hidden;
        return save(tx, actor, std::move(found), hidden ? TermChangeKind::hidden : TermChangeKind::shown);
    });
}

void KnowledgeService::remove(const access::Actor& actor, const std::string& id, std::int64_t version) const {
    (void)home_for_change(actor);
    database_.write([&](db::WriteTx& tx) {
        Found found = find_for_change(tx, actor, id, version);
        if (!found.row->written)
            return;  // the pack's text is in force already
        found.row->written = false;
        if (found.of_pack != nullptr)
            record::put_text(found.of_pack->text, static_cast<TermRecord&>(*found.row));
        (void)save(tx, actor, std::move(found), TermChangeKind::returned);
    });
}

Learning KnowledgeService::learning_of(db::ReadTx& tx, const core::UserId& user) const {
    Learning learning{pack_.steps};
    const auto done = done_items(tx, user);
    for (LearningStep& step : learning.steps) {
        for (LearningItem& item : step.items) {
            const auto found = std::ranges::find(done, item.item.str(), &DoneItem::item);
            if (found != done.end())
                item.done_at = found->done_at;
        }
    }
    return learning;
}

Learning KnowledgeService::learning(const access::Actor& actor) const {
    return database_.read([&](db::ReadTx& tx) { return learning_of(tx, actor.user_id); });
}

Learning KnowledgeService::set_done(const access::Actor& actor, const std::string& item, bool done) const {
    if (!pack_.has_item(item))
        throw core::not_found();
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        if (done)
            knowledge::set_done(tx, actor.user_id, item, now);
        else
            set_undone(tx, actor.user_id, item);
        return learning_of(tx, actor.user_id);
    });
}

}  // namespace tsunagi::knowledge
