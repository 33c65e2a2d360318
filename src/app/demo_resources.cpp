// SPDX-License-Identifier: Apache-2.0
#include "app/demo_resources.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

constexpr int days_since_files = 60;

core::Instant days_ago(const DemoNames& names, int days) {
    return core::Instant::parse(names.today.plus_days(-days).str() + "T02:00:00.000Z").value();
}

void import_file(Application& application, const access::Actor& importer, const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto& official = application.resources.official();
    const auto import = official.stage(importer, file.filename().string(), bytes, {});
    (void)official.apply(importer, import.id, import.version);
}

void import_maps(Application& application, const std::filesystem::path& folder) {
    access::Actor nobody;  // as `tsunagi import boundaries` does
    nobody.name = "tsunagi demo";
    nobody.permissions = {"places.manage"};
    for (const char* name : {"boundaries.geojson", "towns.csv", "stations.csv"}) {
        std::ifstream in(folder / name, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        (void)application.maps.import(nobody, name, bytes, true, true);
    }
}

resources::PlaceId place_with(Application& application, const std::string& key, const std::string& place) {
    const auto id = application.resources.official().place_with(key);
    if (!id)
        throw BadRow(place + ": no official file has the place " + key);
    return *id;
}

/// What is known of a place, checked on the day it was written unless `checked_days_ago` says otherwise.
resources::LocalText local_text(const YAML::Node& node, const DemoNames& names, const std::string& where) {
    auto json = packs::json_of_yaml(node["text"]);
    if (auto* districts = json.as_object().if_contains("districts")) {
        boost::json::array ids;
        for (const auto& key : districts->as_array())
            ids.emplace_back(names.regions.at(std::string(key.as_string())).id.str());
        json.as_object().erase("districts");
        json.as_object()["district_ids"] = std::move(ids);
    }
    auto text = record_from<resources::LocalText>(json, where);
    text.checked_on = names.today.plus_days(-node["checked_days_ago"].as<int>(node["days_ago"].as<int>()));
    return text;
}

}  // namespace

std::vector<DemoEvent> resource_events(const std::filesystem::path& folder, const DemoNames& names,
                                       Application& application, const DemoActor& actor) {
    std::vector<DemoEvent> events;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "official"))
        files.push_back(entry.path());
    std::ranges::sort(files);
    const auto file = folder / "resources.yaml";
    const YAML::Node root = load_yaml(file);
    events.reserve(files.size() + root["locals"].size() + root["own"].size() + 1);
    events.push_back({days_ago(names, days_since_files), "maps",
                      [&application, maps = folder / "maps"] { import_maps(application, maps); }});
    for (const auto& path : files) {
        events.push_back({days_ago(names, days_since_files), path.filename().string(),
                          [&application, actor, path, by = root["imported_by"].as<std::string>()] {
                              import_file(application, actor(by), path);
                          }});
    }
    for (const auto& node : root["locals"]) {
        const int days = node["days_ago"].as<int>();
        const std::string where = place_of(file, node);
        events.push_back({days_ago(names, days), where,
                          [&application, actor, text = local_text(node, names, where),
                           key = node["place"].as<std::string>(), by = node["by"].as<std::string>(), where] {
                              (void)application.resources.change_local(actor(by), place_with(application, key, where),
                                                                       {}, 0, text);
                          }});
    }
    for (const auto& node : root["own"]) {
        const std::string where = place_of(file, node);
        resources::NewOwnPlace place;
        place.text = record_from<resources::OwnPlaceText>(packs::json_of_yaml(node["place"]), where);
        events.push_back(
            {days_ago(names, node["days_ago"].as<int>()), where,
             [&application, actor, place, text = local_text(node, names, where), by = node["by"].as<std::string>()] {
                 const auto made = application.resources.own_places().create(actor(by), place, "");
                 (void)application.resources.change_local(actor(by), made.id, {}, 0, text);
             }});
    }
    return events;
}

}  // namespace tsunagi::app
