// SPDX-License-Identifier: Apache-2.0
// What the filter of a search says of kinds and of hits, and where a page begins. Pure.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/access/actor.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/search/search.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::search {

/// How many hits of each kind are asked for. Throws `invalid` at `?limit`: `range`.
[[nodiscard]] std::size_t limit_of(const SearchFilter& filter);

/// Where a hit stands among those of its kind: the newest day first. Activities and files have none: their ids, which
/// grow with time, are their order.
struct Rank {
    std::int32_t day = 0;
    consultations::IdNumber id;

    friend auto operator<=>(const Rank&, const Rank&) = default;
};

[[nodiscard]] std::string text_of(const Rank& rank);
/// The last hit of the page before. Throws `invalid` at `?after`: `format`.
[[nodiscard]] std::optional<Rank> after_of(const SearchFilter& filter);

/// The states of the filter that this kind of record has.
template <class State>
[[nodiscard]] std::vector<State> states_of(const SearchFilter& filter) {
    std::vector<State> result;
    for (const auto& name : filter.state) {
        State state{};
        if (record::StringScalar<State>::from(name.str(), state).reason.empty())
            result.push_back(state);
    }
    return result;
}

/// Whether records of this kind can have one of the states that the filter asks for.
[[nodiscard]] bool has_any_state(HitKind kind, const SearchFilter& filter);

/// What the filter says of the day, the desk and the state of a hit.
[[nodiscard]] bool fits(const Hit& hit, const SearchFilter& filter);

/// The kinds that the person may read and asked for, in their order.
[[nodiscard]] std::vector<HitKind> kinds_of(const access::Actor& actor, const SearchFilter& filter);

}  // namespace tsunagi::search
