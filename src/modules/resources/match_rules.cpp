// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/match_rules.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace tsunagi::resources {
namespace {

/// From here on a person is asked. A name alone is not enough, nor is a telephone that a whole corporation shares.
constexpr std::int64_t enough = 50;
/// A key that so many places share (the number of a head office) tells nothing.
constexpr std::size_t too_common = 12;
constexpr std::size_t shortest_part = 9;  ///< bytes: three kanji

struct Folded {
    std::string name;
    std::string address;
    std::string phone;
};

std::string digits_of(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            result += c;
    }
    return result;
}

/// The folded name without what corporations begin with.
std::string bare(std::string name, const std::vector<std::string>& prefixes) {
    bool again = true;
    while (again) {
        again = false;
        for (const std::string& prefix : prefixes) {
            const std::size_t at = name.find(prefix);
            if (at != std::string::npos && name.size() > prefix.size()) {
                name.erase(at, prefix.size());
                again = true;
            }
        }
    }
    return name;
}

/// The folded address with its numbers alone: 4丁目14番地3 is 4丁目14-3.
std::string plain(std::string address, const std::vector<std::pair<std::string, std::string>>& words) {
    for (const auto& [from, to] : words) {
        for (std::size_t at = address.find(from); at != std::string::npos; at = address.find(from, at + to.size()))
            address.replace(at, from.size(), to);
    }
    return address;
}

bool part_of(const std::string& a, const std::string& b) {
    const std::string& small = a.size() < b.size() ? a : b;
    const std::string& large = a.size() < b.size() ? b : a;
    return small.size() >= shortest_part && large.find(small) != std::string::npos;
}

/// 1 for the same, 2 for an address that goes on.
int address_likeness(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty())
        return 0;
    // One of them may begin with the prefecture.
    const std::string& small = a.size() < b.size() ? a : b;
    const std::string& large = a.size() < b.size() ? b : a;
    if (a == b || large.ends_with(small))
        return 1;
    const std::size_t at = large.find(small);
    const bool goes_on =
        at != std::string::npos && !(large[at + small.size()] >= '0' && large[at + small.size()] <= '9');
    return goes_on && small.size() >= 2 * shortest_part ? 2 : 0;
}

double kilometres(const PlaceFacts& a, const PlaceFacts& b) {
    constexpr double per_degree = 111.2;
    const double narrowing = std::cos(*a.latitude * 3.14159265358979 / 180);
    return per_degree * std::hypot(*a.latitude - *b.latitude, (*a.longitude - *b.longitude) * narrowing);
}

bool same_area(const std::string& a, const std::string& b) {
    if (a == b)
        return true;
    const bool prefecture = a.substr(0, 2) == b.substr(0, 2);
    return prefecture && (a.substr(2, 3) == "000" || b.substr(2, 3) == "000");
}

}  // namespace

std::vector<Likeness> alike(const std::vector<PlaceFacts>& places, const MatchWords& words,
                            const std::function<std::string(const std::string&)>& fold) {
    std::vector<Folded> folded;
    folded.reserve(places.size());
    std::unordered_map<std::string, std::vector<std::size_t>> by_key;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const PlaceFacts& place = places[i];
        Folded one{bare(fold(place.name), words.prefixes), plain(fold(place.address), words.address),
                   digits_of(fold(place.phone))};
        by_key["n" + one.name].push_back(i);
        if (one.phone.size() >= 9)
            by_key["p" + one.phone].push_back(i);
        if (one.address.size() >= 2 * shortest_part) {
            // The end of an address is the same whether or not it begins with the prefecture.
            by_key["a" + one.address.substr(one.address.size() - 2 * shortest_part)].push_back(i);
        }
        for (std::size_t kind = 0; kind < words.numbers.size(); ++kind) {
            if (std::ranges::find(words.numbers[kind], place.source) != words.numbers[kind].end())
                by_key["k" + std::to_string(kind) + place.source_key].push_back(i);
        }
        folded.push_back(std::move(one));
    }
    std::map<std::pair<std::size_t, std::size_t>, Likeness> found;
    const auto rank = [&](std::size_t at) { return std::ranges::find(words.rank, places[at].source); };
    for (const auto& [key, sharing] : by_key) {
        if (sharing.size() < 2 || sharing.size() > too_common)
            continue;
        for (std::size_t i = 0; i < sharing.size(); ++i) {
            for (std::size_t j = i + 1; j < sharing.size(); ++j) {
                std::size_t a = sharing[i];
                std::size_t b = sharing[j];
                if (places[a].source == places[b].source)
                    continue;
                if (rank(b) < rank(a) || (rank(b) == rank(a) && places[b].id < places[a].id))
                    std::swap(a, b);
                auto& one = found[{a, b}];
                one.place = a;
                one.other = b;
                one.same_number = one.same_number || key.front() == 'k';
            }
        }
    }
    std::vector<Likeness> result;
    for (auto& [pair, one] : found) {
        const PlaceFacts& a = places[one.place];
        const PlaceFacts& b = places[one.other];
        const Folded& x = folded[one.place];
        const Folded& y = folded[one.other];
        if (!same_area(a.municipality_code, b.municipality_code))
            continue;
        const auto add = [&](const char* why, std::int64_t points) {
            one.why.emplace_back(why);
            one.score += points;
        };
        if (x.name == y.name)
            add("name", 40);
        else if (part_of(x.name, y.name))
            add("name_part", 25);
        if (const int likeness = address_likeness(x.address, y.address); likeness == 1)
            add("address", 35);
        else if (likeness == 2)
            add("address_part", 20);
        if (x.phone.size() >= 9 && x.phone == y.phone)
            add("phone", 25);
        if (!a.corporate_number.empty() && a.corporate_number == b.corporate_number)
            add("corporation", 10);
        if (a.latitude && b.latitude && a.longitude && b.longitude && kilometres(a, b) <= 0.1)
            add("near", 10);
        if (one.same_number) {
            one.why.insert(one.why.begin(), "number");
            one.score = 100;
        }
        one.score = std::min<std::int64_t>(one.score, 100);
        if (one.score >= enough)
            result.push_back(std::move(one));
    }
    return result;
}

std::vector<PlaceId> leaving(const PlaceId& gone, const PlaceId& from, const std::vector<Joined>& pairs) {
    std::vector<PlaceId> group{gone};
    for (std::size_t at = 0; at < group.size(); ++at) {
        for (const Joined& pair : pairs) {
            for (const auto& [one, next] : {std::pair(pair.first, pair.second), std::pair(pair.second, pair.first)}) {
                if (one == group[at] && std::ranges::find(group, next) == group.end())
                    group.push_back(next);
            }
        }
    }
    if (std::ranges::find(group, from) != group.end())
        return {gone};
    const auto kept = std::ranges::find_if(
        group, [&](const PlaceId& one) { return std::ranges::find(pairs, one, &Joined::second) == pairs.end(); });
    if (kept != group.end())
        std::iter_swap(group.begin(), kept);
    return group;
}

}  // namespace tsunagi::resources
