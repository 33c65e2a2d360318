// SPDX-License-Identifier: Apache-2.0
// One function turns a reader and a filter into the condition of every query over consultations: list, total, cases,
// month table, matrix and their exports. What it hides cannot be inferred from any of them.
#pragma once
#include <string>
#include <vector>

#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/packs/packs_service.hpp"
#include "record/params.hpp"

namespace tsunagi::consultations {

/// What the rows are wanted for.
enum class Purpose {
    reading,   ///< the records themselves, drafts among them
    cases,     ///< the same without drafts: what a figure leads to
    counting,  ///< how many there are: a prefectural officer counts what they may not read; no drafts
};

/// Rows of `consultations c` that the person may see and asked for.
struct Selection {
    std::string where;  ///< condition on the alias `c`
    record::Params params;
    /// Conditions that together cover the scope, each with one leading value of an index, so that a page is found
    /// without sorting everything. Several may hold for one row.
    std::vector<std::string> lanes;
    record::Params lane_params;  ///< `params` and the values of the lanes
    /// Whether the rows depend on consultations alone; an advisor's depend on agendas as well.
    bool stable = true;
};

/// Words are looked for in the newest this many records of the rest of the selection.
constexpr int most_searched = 3000;

/// Throws core::Error `invalid` (`?to` date_order, `?fiscal_year` range, `?missing` unknown).
[[nodiscard]] Selection select(const access::Actor& actor, const ConsultationFilter& filter,
                               const packs::CodeBook& codes, Purpose purpose);

}  // namespace tsunagi::consultations
