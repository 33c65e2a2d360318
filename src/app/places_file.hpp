// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "app/application.hpp"

namespace tsunagi::app {

struct PlaceCounts {
    std::size_t regions = 0;
    std::size_t organizations = 0;
    std::size_t desks = 0;
};

/// Ids of what a places file brought in, by its keys.
struct PlaceIds {
    std::map<std::string, core::RegionId> regions;
    std::map<std::string, core::OrganizationId> organizations;
    std::map<std::string, core::DeskId> desks;
};

/// Regions, organizations and desks from a YAML file: `regions` [{key, parent, kind, code, name, kana}] parents first,
/// `organizations` [{key, kind, region, name, kana, phone, fax}], `desks` [{key, parent, kind, municipality,
/// organization, name, short_name, header, phone, regions}]. Any of the three lists may be missing. Adds to `ids`,
/// where keys of earlier files are found too. Takes the whole file or nothing of it: throws std::runtime_error with a
/// line for everything that cannot be taken, naming its place.
PlaceCounts read_places(Application& application, const access::Actor& actor, const std::filesystem::path& file,
                        PlaceIds& ids);

}  // namespace tsunagi::app
