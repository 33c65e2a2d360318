// SPDX-License-Identifier: Apache-2.0
// What the region lacks: by district and service, why it was not to be had.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "modules/analysis/figures.hpp"
#include "modules/referrals/match.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::referrals {

/// Asks are counted by the day they were made, searches likewise.
struct GapFilter {
    std::vector<core::DeskId> desk;
    std::vector<resources::ServiceCode> service;
    std::vector<core::RegionId> district;
    std::vector<RefusalReason> reason;
    std::optional<core::Date> from;
    std::optional<core::Date> to;
};
BOOST_DESCRIBE_STRUCT(GapFilter, (), (desk, service, district, reason, from, to))

struct GapExportQuery : GapFilter {
    analysis::FileFormat format{};
    analysis::Language lang{};
};
BOOST_DESCRIBE_STRUCT(GapExportQuery, (GapFilter), (format, lang))

/// How often a reason was given, refusals and failed searches together.
struct GapReason {
    RefusalReason reason;
    std::int64_t count = 0;
    std::vector<core::ConsultationId> cases;  ///< each once, at most 100
};
BOOST_DESCRIBE_STRUCT(GapReason, (), (reason, count, cases))

struct GapRow {
    std::optional<core::RegionId> district_id;
    resources::ServiceCode service;
    std::int64_t searches = 0;
    std::int64_t not_found = 0;   ///< searches that were given up
    std::int64_t no_fitting = 0;  ///< searches for which the directory had no place that fits
    std::int64_t asks = 0;        ///< answered or given up
    std::int64_t accepted = 0;    ///< yes and conditional
    std::int64_t refused = 0;
    std::int64_t unanswered = 0;
    std::optional<double> average_km;  ///< to the places that were begun with
    std::optional<double> longest_km;
    std::vector<GapReason> reasons;
    std::vector<core::ConsultationId> cases;  ///< with a refusal or without result, each once, at most 100
};
BOOST_DESCRIBE_STRUCT(GapRow, (),
                      (district_id, service, searches, not_found, no_fitting, asks, accepted, refused, unanswered,
                       average_km, longest_km, reasons, cases))

/// Over all rows.
struct GapTotals {
    std::int64_t searches = 0;
    std::int64_t not_found = 0;
    std::int64_t no_fitting = 0;
    std::int64_t asks = 0;
    std::int64_t accepted = 0;
    std::int64_t refused = 0;
    std::int64_t unanswered = 0;
    std::optional<double> average_km;
    std::optional<double> longest_km;
    std::vector<GapReason> reasons;  ///< most frequent first
    std::vector<core::ConsultationId> cases;
};
BOOST_DESCRIBE_STRUCT(GapTotals, (),
                      (searches, not_found, no_fitting, asks, accepted, refused, unanswered, average_km, longest_km,
                       reasons, cases))

struct GapTable {
    std::vector<GapRow> items;  ///< most lacking first
    GapTotals total;
};
BOOST_DESCRIBE_STRUCT(GapTable, (), (items, total))

}  // namespace tsunagi::referrals
