// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/search/index_service.hpp"
#include "modules/search/search.hpp"

namespace tsunagi::search {

/// The one box: what the person may read and what answers their words, kind by kind, newest first.
class SearchService {
public:
    SearchService(db::Database& database, const audit::AuditService& audit,
                  const consultations::ConsultationService& consultations, SearchWords words);

    /// What it shows of consultations, activities and files is a reading: one row of the audit for each kind names
    /// them, never the words.
    /// Throws `invalid`: `?q` too_many, too_short; `?limit` range; `?after` format; `?to` date_order;
    /// `?fiscal_year` range.
    [[nodiscard]] SearchAnswer search(const access::Actor& actor, const SearchFilter& filter) const;

    /// The index of cases, activities and files; the server moves it on in the background.
    [[nodiscard]] IndexService& index() { return index_; }

    [[nodiscard]] const IndexService& index() const { return index_; }

    /// One form of everything that is written in several.
    [[nodiscard]] const Folding& folding() const { return words_.folding; }

private:
    [[nodiscard]] HitGroup hits(db::ReadTx& tx, const access::Actor& actor, const Query& query,
                                const SearchFilter& filter, HitKind kind) const;
    [[nodiscard]] HitGroup consultation_hits(db::ReadTx& tx, const access::Actor& actor, const Query& query,
                                             const SearchFilter& filter) const;
    /// Activities or files.
    [[nodiscard]] HitGroup written_hits(db::ReadTx& tx, const access::Actor& actor, const Query& query,
                                        const SearchFilter& filter, HitKind kind) const;

    void record(const access::Actor& actor, const SearchAnswer& answer) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    SearchWords words_;
    IndexService index_;
};

}  // namespace tsunagi::search
