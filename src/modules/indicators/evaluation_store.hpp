// SPDX-License-Identifier: Apache-2.0
// SQL of evaluations and their judgements. What the reader may not see is in no result.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/indicators/indicator.hpp"

namespace tsunagi::indicators {

/// A row of `evaluations`.
struct EvaluationRecord {
    core::EvaluationId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::optional<core::MeasureId> measure_id;
    std::optional<core::IssueId> issue_id;
    core::Date evaluated_on;
    std::string finding;
    Outcome outcome{};
    std::string next_policy;
};
BOOST_DESCRIBE_STRUCT(EvaluationRecord, (),
                      (id, desk_id, municipality_id, version, created_at, created_by, updated_at, updated_by,
                       measure_id, issue_id, evaluated_on, finding, outcome, next_policy))

/// Kinds: created, edited.
constexpr db::VersionTable evaluation_version_table{"evaluation_versions", "evaluation_id"};

[[nodiscard]] EvaluationPage list(db::ReadTx& tx, const access::Actor& actor, const EvaluationFilter& filter);
[[nodiscard]] std::optional<Evaluation> load(db::ReadTx& tx, const access::Actor& actor, const core::EvaluationId& id);
/// The row alone, within the scope.
[[nodiscard]] std::optional<EvaluationRecord> find(db::ReadTx& tx, const access::Actor& actor,
                                                   const core::EvaluationId& id);
/// Every saved state, oldest first, the indicators of the judgements named as they are called now.
[[nodiscard]] std::vector<EvaluationVersion> versions_of(db::ReadTx& tx, const core::EvaluationId& id);

void insert(db::WriteTx& tx, const EvaluationRecord& record, const std::vector<Judgement>& judgements);
/// Writes where the version is still the one before; false when it is not.
[[nodiscard]] bool update(db::WriteTx& tx, const EvaluationRecord& record, const std::vector<Judgement>& judgements);
}  // namespace tsunagi::indicators
