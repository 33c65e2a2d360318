// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/localities/locality_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/official_store.hpp"
#include "modules/resources/public_layer_service.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::resources {

/// What a file is read as, beside what it says itself.
struct OfficialWords {
    std::vector<std::string> municipalities;  ///< codes of 2, 5 or 6 digits; none: the whole file
    std::optional<core::Date> as_of;
};

struct NewFile {
    std::string name;
    std::int64_t size = 0;
    std::string fingerprint;  ///< of the request, for a key that is sent twice
    OfficialWords words;
};

/// What takes long, ordered by somebody.
struct OfficialJob {
    enum class Kind { read, apply, undo };

    Kind kind = Kind::read;
    OfficialImportId id;
    std::int64_t version = 0;        ///< of the import when it was ordered; another one, and nothing is done
    std::optional<core::UserId> by;  ///< nobody: the command line
    std::string by_name;
    std::shared_ptr<const std::string> bytes;  ///< of the file, to read
};

/// The import of a job is no longer at the version that the job was ordered for.
struct Stopped {};

/// Official files become the public layer: read and compared first, applied once somebody approves, taken back as a
/// whole. The local layer is never touched. What a job does is one transaction: it is done, or nothing of it.
class OfficialService {
public:
    OfficialService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const localities::LocalityService& localities, const search::Folding& folding,
                    const std::filesystem::path& layouts, core::Clock clock);

    [[nodiscard]] OfficialImportList list(const access::Actor& actor) const;
    [[nodiscard]] OfficialImport get(const access::Actor& actor, const OfficialImportId& id) const;
    [[nodiscard]] OfficialChanges changes(const access::Actor& actor, const OfficialImportId& id,
                                          const NumberedQuery& query) const;
    [[nodiscard]] OfficialFaults faults(const access::Actor& actor, const OfficialImportId& id,
                                        const OfficialFaultsQuery& query) const;
    /// One that was not applied.
    void remove(const access::Actor& actor, const OfficialImportId& id, std::int64_t version) const;

    /// Reads and compares now. What is refused is thrown and leaves nothing: as `decode`; `invalid` at
    /// `/municipalities/…`, or `official_service` where the pack has no such service; `conflict` `official_older` where
    /// a newer file that covers the same was applied, `interrupted` where somebody stopped it meanwhile.
    OfficialImport stage(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                         const OfficialWords& words) const;
    /// The whole difference, now. Throws `conflict`: `not_allowed_in_state`, `official_outdated` when another import of
    /// the same was applied or undone since this one was compared.
    OfficialImport apply(const access::Actor& actor, const OfficialImportId& id, std::int64_t version) const;
    /// Only the last one of its service. Throws as `apply`.
    OfficialImport undo(const access::Actor& actor, const OfficialImportId& id, std::int64_t version) const;

    [[nodiscard]] OfficialMappings mappings(const access::Actor& actor) const;
    /// Throws `invalid` at its fields.
    OfficialMapping add_mapping(const access::Actor& actor, const NewOfficialMapping& mapping,
                                const std::string& key) const;
    /// One that no import was read with; else `conflict` `mapping_used`.
    void remove_mapping(const access::Actor& actor, const OfficialMappingId& id) const;

    [[nodiscard]] OfficialLayouts all_layouts(db::ReadTx& tx) const { return layer_.layouts(tx); }

    /// What the same request with that key made.
    [[nodiscard]] std::optional<OfficialImportId> made_before(const access::Actor& actor, const std::string& key,
                                                              const std::string& fingerprint) const;
    /// An import whose file is to be read. With a key of the same request it is the one made before.
    store::ImportRecord open(const access::Actor& actor, const NewFile& file, const std::string& key) const;
    /// The import moves to the state in which the job is at it. Throws as `apply`.
    OfficialJob order(const access::Actor& actor, const OfficialImportId& id, std::int64_t version,
                      OfficialJob::Kind kind) const;
    /// What the jobs do. They throw what a person may be told, Stopped, and what `step` throws.
    /// Nothing else may be written in `comparing`, which runs within the transaction.
    void read(const OfficialJob& job, const std::string& bytes, const Step& reading, const Step& comparing) const;
    void apply(const OfficialJob& job, const Step& step) const;
    void undo(const OfficialJob& job, const Step& step) const;
    /// A job came to nothing: the import is where it was before, and says why. False when it is elsewhere.
    bool go_back(const OfficialImportId& id, std::int64_t version, const std::string& reason, const std::string& where,
                 const std::string& preview = "[]") const;
    /// The step, which now and then shows that somebody is still at the job. It writes, and throws Stopped when the
    /// import is no longer at the version of the job.
    [[nodiscard]] Step alive(const OfficialJob& job, Step step) const;
    /// Jobs of imports that showed none for so long.
    [[nodiscard]] std::vector<OfficialJob> silent(std::chrono::milliseconds silence) const;

    /// The place of that number; the public layer has no scope.
    [[nodiscard]] std::optional<PlaceId> place_with(const std::string& source_key) const;

    [[nodiscard]] const OfficialLayouts& layouts() const { return layouts_; }

    [[nodiscard]] const PublicLayer& layer() const { return layer_; }

private:
    [[nodiscard]] store::ImportReading found(db::ReadTx& tx, const access::Actor& actor,
                                             const OfficialImportId& id) const;
    [[nodiscard]] Surroundings around(const std::vector<CodeRange>& areas, const packs::CodeBook& codes,
                                      const Step& step) const;
    [[nodiscard]] static store::ImportRecord current(db::ReadTx& tx, const OfficialJob& job);
    /// After the other works on imports of its source.
    [[nodiscard]] static store::ImportRecord current_alone(db::WriteTx& tx, const OfficialJob& job);
    void finish(db::WriteTx& tx, store::ImportRecord& import, OfficialState state) const;
    OfficialImport at_once(const access::Actor& actor, const OfficialJob& job) const;

    db::Database& database_;                         // NOLINT: the application owns them
    const audit::AuditService& audit_;               // NOLINT
    const packs::PacksService& packs_;               // NOLINT
    const localities::LocalityService& localities_;  // NOLINT
    OfficialLayouts layouts_;
    PublicLayer layer_;
    core::Clock clock_;
};

}  // namespace tsunagi::resources
