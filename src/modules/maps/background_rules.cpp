// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/background_rules.hpp"

#include <algorithm>
#include <charconv>

namespace tsunagi::maps {
namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

}  // namespace

Wanted wanted_part(std::string_view range, std::string_view if_range, std::string_view tag, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!range.starts_with(unit) || (!if_range.empty() && if_range != tag))
        return {};
    range.remove_prefix(unit.size());
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos || range.find(',') != std::string_view::npos)
        return {};
    const auto first = number_in(range.substr(0, dash));
    const auto last = number_in(range.substr(dash + 1));
    ByteRange part;
    if (dash == 0) {  // so many from the end
        if (!last)
            return {};
        if (*last == 0 || size == 0)
            return {std::nullopt, true};
        part = {size - std::min(*last, size), size - 1};
    } else {
        if (!first || (dash + 1 < range.size() && !last) || (last && *last < *first))
            return {};
        if (*first >= size)
            return {std::nullopt, true};
        part = {*first, std::min(last.value_or(size - 1), size - 1)};
    }
    part.last = std::min(part.last, part.first + most_at_once - 1);
    return {part, false};
}

bool is_pmtiles(std::string_view head) {
    constexpr char version = 3;
    return head.size() > 7 && head.starts_with("PMTiles") && head[7] == version;
}

}  // namespace tsunagi::maps
