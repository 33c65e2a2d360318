// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/background_service.hpp"

#include <algorithm>
#include <fstream>

#include "modules/maps/background_rules.hpp"

namespace tsunagi::maps {
namespace fs = std::filesystem;

std::string BackgroundService::fault() const {
    if (file_.empty())
        return {};
    std::error_code ignored;
    if (!fs::is_regular_file(file_, ignored))
        return file_.string() + " is no file";
    constexpr std::uint64_t head = 8;
    if (!std::ifstream(file_, std::ios::binary))
        return file_.string() + " cannot be read";
    if (!is_pmtiles(bytes({file_, head, {}}, 0, head)))
        return file_.string() + " is no PMTiles archive of version 3";
    return {};
}

std::optional<BackgroundService::Archive> BackgroundService::archive() const {
    if (file_.empty() || !fault().empty())
        return std::nullopt;
    std::error_code gone;  // it may be replaced at this moment
    Archive archive{file_, fs::file_size(file_, gone), {}};
    // Size and age: an archive is replaced as a whole.
    const auto age = gone ? 0 : fs::last_write_time(file_, gone).time_since_epoch().count();
    if (gone)
        return std::nullopt;
    archive.tag = "\"" + std::to_string(archive.size) + "-" + std::to_string(age) + "\"";
    return archive;
}

MapBackground BackgroundService::background() const {
    MapBackground result;
    if (const auto known = archive()) {
        result.there = true;
        result.size = static_cast<std::int64_t>(known->size);
    }
    return result;
}

std::string BackgroundService::bytes(const Archive& archive, std::uint64_t first, std::uint64_t count) {
    std::ifstream in(archive.file, std::ios::binary);
    std::string bytes(static_cast<std::size_t>(count), '\0');
    in.seekg(static_cast<std::streamoff>(first));
    in.read(bytes.data(), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return bytes;
}

}  // namespace tsunagi::maps
