// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/official_store.hpp"
#include "modules/search/search_service.hpp"
#include "modules/uploads/upload_service.hpp"

namespace tsunagi::resources {

/// What a file is read as, beside what it says itself.
struct OfficialWords {
    std::vector<std::string> municipalities;  ///< codes of 2, 5 or 6 digits; none: the whole file
    std::optional<core::Date> as_of;
};

/// Official files become the public layer: read and compared first, applied once somebody approves, taken back as a
/// whole. The local layer is never touched.
class OfficialService {
public:
    OfficialService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const uploads::UploadService& uploads, const search::Folding& folding,
                    const std::filesystem::path& layouts, core::Clock clock);

    [[nodiscard]] OfficialImportList list(const access::Actor& actor) const;
    [[nodiscard]] OfficialImport get(const access::Actor& actor, const OfficialImportId& id) const;
    [[nodiscard]] OfficialChanges changes(const access::Actor& actor, const OfficialImportId& id,
                                          const NumberedQuery& query) const;
    [[nodiscard]] OfficialFaults faults(const access::Actor& actor, const OfficialImportId& id,
                                        const OfficialFaultsQuery& query) const;

    /// Of a file that was sent; the upload is used up.
    OfficialImport create(const access::Actor& actor, const NewOfficialImport& body) const;
    /// Reads the bytes and keeps the difference. Throws as `decode`; `invalid` at `/municipalities/…`, or
    /// `official_service` where the pack has no such service; `conflict` `official_older` where a newer file of the
    /// same service was applied.
    OfficialImport stage(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                         const OfficialWords& words) const;
    /// The whole difference in one transaction. Throws `conflict`: `not_allowed_in_state`, `official_outdated` when
    /// another import of the same service was applied or undone since this one was compared.
    OfficialImport apply(const access::Actor& actor, const OfficialImportId& id, std::int64_t version) const;
    /// Only the last one of its service. Throws as `apply`.
    OfficialImport undo(const access::Actor& actor, const OfficialImportId& id, std::int64_t version) const;
    /// One that was not applied.
    void remove(const access::Actor& actor, const OfficialImportId& id, std::int64_t version) const;

    /// The place of that number; the public layer has no scope.
    [[nodiscard]] std::optional<PlaceId> place_with(const std::string& source_key) const;

    [[nodiscard]] const OfficialLayouts& layouts() const { return layouts_; }

private:
    [[nodiscard]] store::ImportReading found(db::ReadTx& tx, const access::Actor& actor,
                                             const OfficialImportId& id) const;
    void write_difference(db::WriteTx& tx, store::ImportRecord& import, const OfficialFile& file,
                          const std::vector<CodeRange>& areas) const;
    void apply_changes(db::WriteTx& tx, const store::ImportRecord& import, const packs::CodeBook& codes) const;
    /// Puts the places together anew from their records.
    void refresh(db::WriteTx& tx, const std::vector<PlaceId>& places, const packs::CodeBook& codes) const;
    [[nodiscard]] PlaceSummary summary(std::vector<RecordFacts> records, const packs::CodeBook& codes) const;
    [[nodiscard]] OfficialRow stored_row(const std::string& source, const std::string& cells) const;

    db::Database& database_;                 // NOLINT: the application owns them
    const audit::AuditService& audit_;       // NOLINT
    const packs::PacksService& packs_;       // NOLINT
    const uploads::UploadService& uploads_;  // NOLINT
    const search::Folding& folding_;         // NOLINT
    OfficialLayouts layouts_;
    core::Clock clock_;
    mutable std::mutex reading_;
};

}  // namespace tsunagi::resources
