// SPDX-License-Identifier: Apache-2.0
// How alike two places are. Pure.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "modules/resources/resource.hpp"

namespace tsunagi::resources {

/// A place as it is compared.
struct PlaceFacts {
    PlaceId id;
    std::string source;
    std::string source_key;
    std::string municipality_code;
    std::string name;
    std::string address;
    std::string phone;
    std::string corporate_number;
    std::optional<double> latitude;
    std::optional<double> longitude;
};
BOOST_DESCRIBE_STRUCT(PlaceFacts, (),
                      (id, source, source_key, municipality_code, name, address, phone, corporate_number, latitude,
                       longitude))

struct Likeness {
    std::size_t place = 0;  ///< of the list: the one that keeps its page
    std::size_t other = 0;
    std::int64_t score = 0;
    std::vector<std::string> why;
    bool same_number = false;
};

struct MatchWords {
    std::vector<std::string> prefixes;                         ///< of corporations, folded: 医療法人, 株式会社
    std::vector<std::string> rank;                             ///< sources, the one whose place is kept first
    std::vector<std::vector<std::string>> numbers;             ///< sources that share a numbering
    std::vector<std::pair<std::string, std::string>> address;  ///< folded; what is written in several ways, and as what
};

/// Pairs of different sources that are alike enough for a person to look at, or have the same number. `fold` makes one
/// form of everything that people write in several; `prefecture` codes match every municipality of theirs.
[[nodiscard]] std::vector<Likeness> alike(const std::vector<PlaceFacts>& places, const MatchWords& words,
                                          const std::function<std::string(const std::string&)>& fold);

/// A pair that somebody said is one: the place that keeps its page, and the other.
using Joined = std::pair<PlaceId, PlaceId>;

/// Who leaves the place `from` when `gone` is no longer joined to it: `gone` with what was joined to it by the other
/// pairs, the one that keeps its page first. Where those lead to `from` all the same, `gone` alone.
[[nodiscard]] std::vector<PlaceId> leaving(const PlaceId& gone, const PlaceId& from, const std::vector<Joined>& pairs);

}  // namespace tsunagi::resources
