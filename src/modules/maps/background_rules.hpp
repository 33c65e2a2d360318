// SPDX-License-Identifier: Apache-2.0
// Parts of a large file as a browser asks for them (RFC 9110, 14). Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace tsunagi::maps {

/// Both ends included.
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    bool operator==(const ByteRange&) const = default;
};

/// What of a file is to be sent. Neither: all of it.
struct Wanted {
    std::optional<ByteRange> part;
    bool outside = false;  ///< no byte of the range is in the file
    bool operator==(const Wanted&) const = default;
};

/// One answer holds at most so much; a longer range is answered with its beginning, as the standard allows.
constexpr std::uint64_t most_at_once = std::uint64_t{4} << 20U;

/// `range`: the header, empty where there is none. Several ranges and what is no range mean all of it, and so does an
/// `if_range` that is not the file's tag.
[[nodiscard]] Wanted wanted_part(std::string_view range, std::string_view if_range, std::string_view tag,
                                 std::uint64_t size);

/// The first bytes of a PMTiles archive of version 3.
[[nodiscard]] bool is_pmtiles(std::string_view head);

}  // namespace tsunagi::maps
