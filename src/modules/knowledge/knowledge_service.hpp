// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/knowledge/knowledge_pack.hpp"
#include "modules/knowledge/term_store.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::knowledge {

/// Terms explained, the pack's and those of a municipality, and what newcomers learn. Everybody who is signed in reads
/// the pack's terms with the words of the own municipality over them. A term of another municipality is `not_found`; a
/// `version` that is no longer the newest is `stale`. Who works for several municipalities reads and writes the terms
/// of one: of the desk where they have been longest, else of the municipality they have been an officer of for longest.
class KnowledgeService {
public:
    KnowledgeService(db::Database& database, const audit::AuditService& audit, const search::Folding& folding,
                     KnowledgePack pack, core::Clock clock);

    [[nodiscard]] TermList list(const access::Actor& actor, const TermFilter& filter) const;
    [[nodiscard]] Term term(const access::Actor& actor, const std::string& id) const;
    [[nodiscard]] TermVersions versions(const access::Actor& actor, const std::string& id) const;
    Term create(const access::Actor& actor, const TermText& text, const std::string& idempotency_key) const;
    /// Of a term of the pack: the municipality's text stands over it from now on. Version 0: nothing was there before.
    Term change(const access::Actor& actor, const std::string& id, std::int64_t version, const TermText& text) const;
    Term hide(const access::Actor& actor, const std::string& id, std::int64_t version, bool hidden) const;
    /// Takes an own term away; a term of the pack goes back to the pack's text. Its versions stay.
    void remove(const access::Actor& actor, const std::string& id, std::int64_t version) const;

    [[nodiscard]] Learning learning(const access::Actor& actor) const;
    /// What one has learned is nobody else's business: nobody reads it, and the audit does not name it.
    Learning set_done(const access::Actor& actor, const std::string& item, bool done) const;

private:
    struct Found;
    [[nodiscard]] Found find(db::ReadTx& tx, const access::Actor& actor, const std::string& id) const;
    [[nodiscard]] Found find_for_change(db::WriteTx& tx, const access::Actor& actor, const std::string& id,
                                        std::int64_t version) const;
    Term save(db::WriteTx& tx, const access::Actor& actor, Found found, TermChangeKind kind) const;
    [[nodiscard]] Learning learning_of(db::ReadTx& tx, const core::UserId& user) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const search::Folding& folding_;    // NOLINT
    KnowledgePack pack_;
    core::Clock clock_;
};

}  // namespace tsunagi::knowledge
