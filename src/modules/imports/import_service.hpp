// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "modules/imports/import.hpp"
#include "modules/imports/job_service.hpp"
#include "modules/uploads/upload_service.hpp"

namespace tsunagi::imports {

/// The imports of the desks a person works at. One of another desk is `not_found`; a `version` that is no longer the
/// newest is `stale`; what its state does not allow is `not_allowed_in_state`.
class ImportService {
public:
    /// `words` is packs/standard/import_words.yaml.
    ImportService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                  const consultations::PreparedService& prepared, const uploads::UploadService& uploads,
                  const std::filesystem::path& words, core::Clock clock);

    [[nodiscard]] ImportList list(const access::Actor& actor, const ImportFilter& filter) const;
    [[nodiscard]] Import get(const access::Actor& actor, const ImportId& id) const;
    /// From a file that was sent in parts, which is not needed any longer.
    Import create(const access::Actor& actor, const NewImport& body);
    /// The file's bytes are read by a job. `at_once`: before this returns, instead of in the server's thread.
    Import begin(const access::Actor& actor, const std::optional<core::DeskId>& desk, const std::string& file_name,
                 std::string bytes, bool at_once = false);
    /// An import that was not taken, with everything that was read.
    void remove(const access::Actor& actor, const ImportId& id, std::optional<std::int64_t> version);
    [[nodiscard]] FileLines lines(const access::Actor& actor, const ImportId& id, const LinesQuery& query) const;
    [[nodiscard]] Guess guess(const access::Actor& actor, const ImportId& id, const GuessQuery& query) const;
    /// The first lines as they would be, and every word where a code is wanted.
    [[nodiscard]] Preview preview(const access::Actor& actor, const ImportId& id, const Mapping& mapping) const;
    /// Checks every line and prepares the good ones; nothing is a consultation yet.
    Import check(const access::Actor& actor, const ImportId& id, std::int64_t version, const CheckOrder& order,
                 bool at_once = false);
    Import take(const access::Actor& actor, const ImportId& id, std::int64_t version, bool at_once = false);
    Import cancel(const access::Actor& actor, const ImportId& id);
    /// Throws `conflict` with reason `records_in_use` and the numbers of the records somebody has changed since.
    Import undo(const access::Actor& actor, const ImportId& id, std::int64_t version, bool at_once = false);
    [[nodiscard]] FaultyLines faults(const access::Actor& actor, const ImportId& id, const FaultsQuery& query) const;
    [[nodiscard]] SavedMappings mappings(const access::Actor& actor, const ImportFilter& filter) const;
    SavedMapping rename_mapping(const access::Actor& actor, const MappingId& id, std::int64_t version,
                                const MappingName& name) const;
    void remove_mapping(const access::Actor& actor, const MappingId& id, std::optional<std::int64_t> version) const;

    /// The mappings of that name at any desk, for the command line, which belongs to whoever may write the data folder.
    [[nodiscard]] std::vector<store::MappingRecord> mappings_named(const std::string& name) const;

    JobService& jobs() { return jobs_; }

private:
    [[nodiscard]] store::ImportReading found(db::ReadTx& tx, const access::Actor& actor, const ImportId& id) const;
    [[nodiscard]] store::ImportReading found_in(const access::Actor& actor, const ImportId& id,
                                                std::initializer_list<ImportState> states) const;
    [[nodiscard]] std::vector<FileLine> first_lines(const store::ImportRecord& import, std::int64_t table) const;
    [[nodiscard]] std::unique_ptr<Setting> setting(const store::ImportRecord& import) const;
    [[nodiscard]] static store::MappingRecord found_mapping(db::ReadTx& tx, const access::Actor& actor,
                                                            const MappingId& id, std::optional<std::int64_t> version);
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const MappingId& id,
                std::int64_t version) const;
    /// Moves the import to the state and orders the job.
    Import order(const access::Actor& actor, const ImportId& id, std::int64_t version,
                 std::initializer_list<ImportState> from, ImportState to, JobKind kind, bool at_once,
                 const std::function<void(db::WriteTx&, store::ImportRecord&)>& change = {});

    db::Database& database_;                          // NOLINT: the application owns them
    const audit::AuditService& audit_;                // NOLINT
    const packs::PacksService& packs_;                // NOLINT
    const consultations::PreparedService& prepared_;  // NOLINT
    const uploads::UploadService& uploads_;           // NOLINT
    ImportWords words_;
    core::Clock clock_;
    JobService jobs_;
};

}  // namespace tsunagi::imports
