// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/localities/locality_rules.hpp"
#include "modules/uploads/upload_service.hpp"

namespace tsunagi::localities {

/// Lists that are the same for the whole country. They belong to the installation.
class LocalityService {
public:
    /// Brings what follows codes of municipalities to those that are in use now.
    using FollowCodes = std::function<void(db::WriteTx&)>;

    LocalityService(db::Database& database, const audit::AuditService& audit, const uploads::UploadService& uploads,
                    const std::filesystem::path& folder, core::Clock clock);

    /// Called in the transaction that changes codes. Set before the first request.
    void on_change(FollowCodes follow) { follow_codes_ = std::move(follow); }

    [[nodiscard]] LocalityLists list(const access::Actor& actor) const;

    /// The file beside what is known; with `apply` it is so from then on, and the upload is gone. Throws `invalid` as
    /// `read_localities` does.
    LocalityDifference create(const access::Actor& actor, const NewLocalityImport& body) const;
    LocalityDifference import(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                              bool apply) const;

    /// The list is again as it was before this loading. Throws `not_found`, and conflict `loading_outdated` when a
    /// later loading of the same list stands.
    void take_back(const access::Actor& actor, const LocalityLoadingId& id) const;

    [[nodiscard]] bool knows(std::string_view bytes) const { return is_locality_file(words_, bytes); }

    /// What seven digits stand for, hyphen or not; nothing is an empty list. Throws `invalid` at `?code` for anything
    /// else.
    [[nodiscard]] PostalTowns towns_of(const std::string& postal_code) const;

    [[nodiscard]] Successors successors(db::ReadTx& tx) const;

private:
    void record(db::WriteTx& tx, const access::Actor& actor, const char* action, LocalityKind kind,
                const std::string& detail) const;
    void follow_codes(db::WriteTx& tx, LocalityKind changed) const;

    db::Database& database_;                 // NOLINT: the application owns them
    const audit::AuditService& audit_;       // NOLINT
    const uploads::UploadService& uploads_;  // NOLINT
    LocalityWords words_;
    core::Clock clock_;
    FollowCodes follow_codes_;
};

}  // namespace tsunagi::localities
