// SPDX-License-Identifier: Apache-2.0
// SQL of anonymised texts, and of what is known about the people and places around a case. The caller has made sure
// that the person sees the case.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/anonymisation/finder.hpp"

namespace tsunagi::anonymisation {

struct AnonymisedRecord {
    core::ConsultationId consultation_id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 0;
    std::int64_t sheet_version = 0;
    core::Instant confirmed_at;
    core::UserId confirmed_by;
    std::string originals;
    std::string document;
    std::string decisions;
};
BOOST_DESCRIBE_STRUCT(AnonymisedRecord, (),
                      (consultation_id, desk_id, municipality_id, version, sheet_version, confirmed_at, confirmed_by,
                       originals, document, decisions))

struct FoundAnonymised : AnonymisedRecord {
    std::string confirmed_by_name;
};
BOOST_DESCRIBE_STRUCT(FoundAnonymised, (AnonymisedRecord), (confirmed_by_name))

[[nodiscard]] std::optional<FoundAnonymised> find_anonymised(db::ReadTx& tx, const access::Actor& actor,
                                                             const core::ConsultationId& id);
/// Writes the row and its version. False when somebody was faster: `record.version` is not one more than what stands.
[[nodiscard]] bool put_anonymised(db::WriteTx& tx, const AnonymisedRecord& record);

/// Colleagues, organizations and regions of the municipality, and whom the activities of the case name.
void add_surroundings(db::ReadTx& tx, const access::Actor& actor, const consultations::Consultation& consultation,
                      const AnonymisationWords& words, Known& known);

/// How many registered cases share these values, counted up to `most`.
[[nodiscard]] std::int64_t alike(db::ReadTx& tx, const consultations::ConsultationSheet& sheet, bool with_illness,
                                 std::int64_t most);

}  // namespace tsunagi::anonymisation
