// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/discharges/discharge_form.hpp"

namespace tsunagi::discharges {

struct FoundForm;

/// Forms filled in for a coordination or a case. That there is one is seen like the coordination; what stands in it,
/// its earlier versions too, by whoever may read the identifying part of the case and says why. Each reading and each
/// printing is a row of the audit with that reason.
class FormService {
public:
    /// `key` seals the answers, 32 bytes; `folder` holds discharge_forms.yaml.
    FormService(db::Database& database, const audit::AuditService& audit,
                const consultations::ConsultationService& consultations, std::string key,
                const std::filesystem::path& folder, core::Clock clock);

    [[nodiscard]] FormDefinitions definitions(const access::Actor& actor) const;
    /// Throws `invalid` at `?discharge` unless a coordination or a case is named.
    [[nodiscard]] FormList list(const access::Actor& actor, const FormFilter& filter) const;
    [[nodiscard]] FormHead head(const access::Actor& actor, const FormId& id) const;
    [[nodiscard]] Form open(const access::Actor& actor, const FormId& id, const FormReading& reading) const;
    [[nodiscard]] FormHistory history(const access::Actor& actor, const FormId& id,
                                      const FormHistoryReading& reading) const;
    /// A repeated key answers the form of the first time.
    Form create(const access::Actor& actor, const NewForm& body, const std::string& idempotency_key) const;
    Form change(const access::Actor& actor, const FormId& id, std::int64_t version, const FormChange& wanted) const;

private:
    [[nodiscard]] Form shown(const FoundForm& row) const;
    [[nodiscard]] std::string sealed(const FormId& id, const FormText& text) const;
    [[nodiscard]] FormText opened(const FormId& id, const std::string& sealed) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const FoundForm& form,
                const std::string& detail) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    std::string key_;
    FormDefinitions definitions_;
    core::Clock clock_;
};

}  // namespace tsunagi::discharges
