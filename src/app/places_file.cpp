// SPDX-License-Identifier: Apache-2.0
#include "app/places_file.hpp"

#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

using boost::json::object;

/// The node's members without its key and its references; nothing where the YAML has nothing.
object plain_members(const YAML::Node& node, std::initializer_list<const char*> references) {
    object json;
    for (const auto& entry : node) {
        const auto name = entry.first.as<std::string>();
        if (name == "key")
            continue;
        bool reference = false;
        for (const char* one : references)
            reference = reference || name == one;
        if (reference)
            continue;
        // Codes and numbers are texts in these records, however they look.
        json[name] = entry.second.IsNull() ? std::string() : entry.second.as<std::string>();
    }
    return json;
}

class PlacesFile {
public:
    PlacesFile(Application& application, const access::Actor& actor, std::filesystem::path file, PlaceIds& ids)
        : app_(application), actor_(actor), file_(std::move(file)), ids_(ids) {}

    PlaceCounts read() {
        const YAML::Node root = load_yaml(file_);
        PlaceCounts counts;
        for (const auto& node : root["regions"]) {
            at(node, [&] { region(node); });
            ++counts.regions;
        }
        for (const auto& node : root["organizations"]) {
            at(node, [&] { organization(node); });
            ++counts.organizations;
        }
        for (const auto& node : root["desks"]) {
            at(node, [&] { desk(node); });
            ++counts.desks;
        }
        return counts;
    }

private:
    template <class Work>
    void at(const YAML::Node& node, const Work& work) {
        try {
            work();
        } catch (const core::Error& error) {
            std::string message = place_of(file_, node) + ": " + error.reason();
            for (const auto& field : error.fields())
                message += " " + field.pointer + " " + field.reason;
            throw std::runtime_error(message);
        }
    }

    template <class Id>
    void put(object& json, const char* member, const std::map<std::string, Id>& ids, const YAML::Node& key) {
        if (!key || key.IsNull() || key.as<std::string>().empty())
            return;
        const auto found = ids.find(key.as<std::string>());
        if (found == ids.end()) {
            throw std::runtime_error(place_of(file_, key) + ": nothing before has the key \"" + key.as<std::string>() +
                                     "\"");
        }
        json[member] = found->second.str();
    }

    void region(const YAML::Node& node) {
        object json = plain_members(node, {"parent"});
        put(json, "parent_id", ids_.regions, node["parent"]);
        json["position"] = static_cast<std::int64_t>(ids_.regions.size());
        const auto made = app_.regions.create(actor_, record_from<regions::NewRegion>(json, place_of(file_, node)), "");
        ids_.regions[node["key"].as<std::string>()] = made.id;
    }

    void organization(const YAML::Node& node) {
        object json = plain_members(node, {"region"});
        put(json, "region_id", ids_.regions, node["region"]);
        const auto made =
            app_.regions.create(actor_, record_from<regions::NewOrganization>(json, place_of(file_, node)), "");
        ids_.organizations[node["key"].as<std::string>()] = made.id;
    }

    void desk(const YAML::Node& node) {
        object json = plain_members(node, {"parent", "municipality", "organization", "regions"});
        put(json, "parent_id", ids_.desks, node["parent"]);
        put(json, "municipality_id", ids_.regions, node["municipality"]);
        put(json, "organization_id", ids_.organizations, node["organization"]);
        boost::json::array served;
        for (const auto& key : node["regions"]) {
            object one;
            put(one, "id", ids_.regions, key);
            served.push_back(one["id"]);
        }
        json["region_ids"] = served;
        const auto made = app_.regions.create(actor_, record_from<regions::NewDesk>(json, place_of(file_, node)), "");
        ids_.desks[node["key"].as<std::string>()] = made.id;
    }

    Application& app_;            // NOLINT: lives as long as the reading
    const access::Actor& actor_;  // NOLINT
    std::filesystem::path file_;
    PlaceIds& ids_;  // NOLINT
};

}  // namespace

PlaceCounts read_places(Application& application, const access::Actor& actor, const std::filesystem::path& file,
                        PlaceIds& ids) {
    try {
        return PlacesFile(application, actor, file, ids).read();
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(file.string() + ":" + std::to_string(error.mark.line + 1) +
                                 ": this is not the form of a file of places: " + error.msg);
    }
}

}  // namespace tsunagi::app
