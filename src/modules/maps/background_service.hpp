// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "modules/maps/map.hpp"

namespace tsunagi::maps {

/// An archive of map tiles (PMTiles 3) on this machine, drawn below the own boundaries. The browser reads of it what it
/// needs, part by part; it may be many gigabytes and is never in memory.
class BackgroundService {
public:
    struct Archive {
        std::filesystem::path file;
        std::uint64_t size = 0;
        std::string tag;  ///< another one for another file
    };

    /// An empty path: there is none.
    explicit BackgroundService(std::filesystem::path file) : file_(std::move(file)) {}

    /// Why the file that is named cannot be used; empty when it can, and when none is named.
    [[nodiscard]] std::string fault() const;
    [[nodiscard]] std::optional<Archive> archive() const;
    [[nodiscard]] MapBackground background() const;

    /// Fewer bytes where the file has become shorter meanwhile.
    [[nodiscard]] static std::string bytes(const Archive& archive, std::uint64_t first, std::uint64_t count);

private:
    std::filesystem::path file_;
};

}  // namespace tsunagi::maps
