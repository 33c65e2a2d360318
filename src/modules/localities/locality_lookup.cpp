// SPDX-License-Identifier: Apache-2.0
// What the loaded lists answer: the postal code of an address, the code that follows an abolished one.
#include <algorithm>
#include <tuple>

#include "modules/localities/locality.hpp"

namespace tsunagi::localities {

std::string with_hyphen(const std::string& seven) {
    return seven.substr(0, 3) + "-" + seven.substr(3);
}

TownBook::TownBook(const std::vector<Town>& towns) {
    for (const Town& one : towns)
        towns_[one.municipality_code].push_back(one);
    for (auto& [code, within] : towns_) {
        std::ranges::sort(within, [](const Town& one, const Town& other) {
            return std::tuple(other.town.size(), one.town, one.postal_code) <
                   std::tuple(one.town.size(), other.town, other.postal_code);
        });
    }
}

std::string TownBook::postal_code(const std::string& municipality_code, std::string_view address) const {
    const auto there = towns_.find(municipality_code);
    if (there == towns_.end())
        return {};
    const std::vector<Town>& towns = there->second;
    for (const std::string& before : {towns.front().prefecture, towns.front().municipality}) {
        if (!before.empty() && address.starts_with(before))
            address.remove_prefix(before.size());
    }
    const Town* found = nullptr;
    for (const Town& one : towns) {
        if (one.town.empty() || !address.starts_with(one.town))
            continue;
        if (found != nullptr && found->town != one.town)
            break;  // a shorter name: the longer one says more
        if (found != nullptr && found->postal_code != one.postal_code)
            return {};
        found = &one;
    }
    return found == nullptr ? std::string() : with_hyphen(found->postal_code);
}

std::vector<std::string> Successors::of(const std::string& code) const {
    std::set<std::string> found;
    std::set<std::string> seen;
    std::vector<std::string> open{code};
    while (!open.empty()) {
        const std::string at = open.back();
        open.pop_back();
        if (!seen.insert(at).second)
            continue;
        const auto [first, last] = standing_.contains(at) ? std::pair(next_.end(), next_.end()) : next_.equal_range(at);
        if (first == last && at != code)
            found.insert(at);
        for (auto one = first; one != last; ++one) {
            if (!one->second.empty())
                open.push_back(one->second);
        }
    }
    return {found.begin(), found.end()};
}

}  // namespace tsunagi::localities
