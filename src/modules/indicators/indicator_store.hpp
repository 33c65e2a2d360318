// SPDX-License-Identifier: Apache-2.0
// SQL of indicators and their series. What the reader may not see is in no result.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/indicators/indicator.hpp"

namespace tsunagi::indicators {

/// A row of `indicators`; the scenes are kept as JSON.
struct IndicatorRecord {
    core::IndicatorId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::string name;
    std::string code;
    std::string scenes;
    std::optional<record::Code<"indicator_kind">> kind;
    std::optional<record::Code<"indicator_view">> view;
    std::string numerator;
    std::string denominator;
    std::string unit;
    std::string period;
    std::optional<record::Code<"grain">> grain;
    std::string source;
    std::string obtained_by;
    std::string frequency;
    std::string comparison;
    std::optional<record::Code<"direction">> direction;
    std::string judgement_rule;
    std::optional<Figure> figure;
};
BOOST_DESCRIBE_STRUCT(IndicatorRecord, (),
                      (id, desk_id, municipality_id, version, created_at, created_by, updated_at, updated_by, name,
                       code, scenes, kind, view, numerator, denominator, unit, period, grain, source, obtained_by,
                       frequency, comparison, direction, judgement_rule, figure))

/// Kinds: created, edited, series.
constexpr db::VersionTable version_table{"indicator_versions", "indicator_id"};

/// Counts for all of them at once; the statements do not grow with their number.
using Count = std::function<Counted(db::ReadTx&, const std::vector<CountingIndicator>&)>;

[[nodiscard]] IndicatorPage list(db::ReadTx& tx, const access::Actor& actor, const IndicatorFilter& filter,
                                 const Count& count);
/// Those of the indicators that count by themselves and that the person may see.
[[nodiscard]] std::vector<CountingIndicator> counting(db::ReadTx& tx, const access::Actor& actor,
                                                      const std::vector<core::IndicatorId>& ids);
/// The row alone, within the scope.
[[nodiscard]] std::optional<IndicatorRecord> find(db::ReadTx& tx, const access::Actor& actor,
                                                  const core::IndicatorId& id);
/// Without what was counted.
[[nodiscard]] std::optional<Indicator> load(db::ReadTx& tx, const access::Actor& actor, const core::IndicatorId& id);
/// With all its links, those outside the reader's scope included: for checking and keeping.
[[nodiscard]] IndicatorText text_of(db::ReadTx& tx, const IndicatorRecord& record);
/// Values and targets of each of the indicators that the person may see, by period.
[[nodiscard]] std::map<core::IndicatorId, IndicatorSeries> series_of(db::ReadTx& tx, const access::Actor& actor,
                                                                     const std::vector<core::IndicatorId>& ids);
void insert(db::WriteTx& tx, IndicatorRecord record, const IndicatorText& text);
/// Writes the text where the version is still the one before; false when it is not.
[[nodiscard]] bool update(db::WriteTx& tx, IndicatorRecord record, const IndicatorText& text);
/// Replaces the series where the version is still the one before; false when it is not.
[[nodiscard]] bool update_series(db::WriteTx& tx, const IndicatorRecord& record, const IndicatorSeries& series);
}  // namespace tsunagi::indicators
