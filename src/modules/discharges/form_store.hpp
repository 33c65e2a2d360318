// SPDX-License-Identifier: Apache-2.0
// SQL of written forms. What the reader may not see is in no result.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/discharges/discharge_form.hpp"

namespace tsunagi::discharges {

struct FormRecord {
    FormId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::optional<DischargeId> discharge_id;
    record::CodeName form;
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    core::Date written_on;
    std::string sealed;  ///< the text as JSON
};
BOOST_DESCRIBE_STRUCT(FormRecord, (),
                      (id, desk_id, municipality_id, consultation_id, discharge_id, form, version, created_at,
                       created_by, updated_at, updated_by, written_on, sealed))

constexpr db::VersionTable form_version_table{"discharge_form_versions", "form_id"};

struct FoundForm : FormRecord {
    std::string created_by_name;
    std::string updated_by_name;
    std::string number;
    std::string subject;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(FoundForm, (FormRecord),
                      (created_by_name, updated_by_name, number, subject, shared_with_municipality))

[[nodiscard]] std::optional<FoundForm> find_form(db::ReadTx& tx, const access::Actor& actor, const FormId& id);
[[nodiscard]] std::vector<FormRow> forms(db::ReadTx& tx, const access::Actor& actor, const FormFilter& filter,
                                         std::int64_t limit);

}  // namespace tsunagi::discharges
