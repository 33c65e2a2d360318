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

/// One reading of the file, inside one transaction.
class PlacesFile {
public:
    PlacesFile(regions::PlaceMaker& maker, const std::filesystem::path& file, PlaceIds& ids)
        : maker_(maker), file_(file), ids_(ids) {}

    PlaceCounts read(const YAML::Node& root) {
        for (const auto& node : root["regions"])
            at(node, counts_.regions, [&] { region(node); });
        for (const auto& node : root["organizations"])
            at(node, counts_.organizations, [&] { organization(node); });
        for (const auto& node : root["desks"])
            at(node, counts_.desks, [&] { desk(node); });
        if (!faults_.empty())
            throw std::runtime_error(faults_);
        return counts_;
    }

private:
    void fault(const std::string& text) { faults_ += (faults_.empty() ? "" : "\n") + text; }

    /// Takes down what is wrong with the row and goes on to the next one.
    template <class Work>
    void at(const YAML::Node& node, std::size_t& taken, const Work& work) {
        try {
            work();
            ++taken;
        } catch (const core::Error& error) {
            std::string message = place_of(file_, node) + ": " + error.reason();
            for (const auto& field : error.fields())
                message += " " + field.pointer + " " + field.reason;
            fault(message);
        } catch (const BadRow& error) {
            fault(error.what());
        }
    }

    template <class Id>
    void put(object& json, const char* member, const std::map<std::string, Id>& ids, const YAML::Node& key) {
        if (!key || key.IsNull() || key.as<std::string>().empty())
            return;
        const auto found = ids.find(key.as<std::string>());
        if (found == ids.end()) {
            throw BadRow(place_of(file_, key) + ": nothing before has the key \"" + key.as<std::string>() + "\"");
        }
        json[member] = found->second.str();
    }

    void region(const YAML::Node& node) {
        object json = plain_members(node, {"parent"});
        put(json, "parent_id", ids_.regions, node["parent"]);
        json["position"] = static_cast<std::int64_t>(ids_.regions.size());
        const auto made = maker_.make(record_from<regions::NewRegion>(json, place_of(file_, node)));
        ids_.regions[node["key"].as<std::string>()] = made.id;
    }

    void organization(const YAML::Node& node) {
        object json = plain_members(node, {"region"});
        put(json, "region_id", ids_.regions, node["region"]);
        const auto made = maker_.make(record_from<regions::NewOrganization>(json, place_of(file_, node)));
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
        const auto made = maker_.make(record_from<regions::NewDesk>(json, place_of(file_, node)));
        ids_.desks[node["key"].as<std::string>()] = made.id;
    }

    regions::PlaceMaker& maker_;         // NOLINT: lives as long as the reading
    const std::filesystem::path& file_;  // NOLINT
    PlaceIds& ids_;                      // NOLINT
    PlaceCounts counts_;
    std::string faults_;
};

}  // namespace

PlaceCounts read_places(Application& application, const access::Actor& actor, const std::filesystem::path& file,
                        PlaceIds& ids) {
    try {
        const YAML::Node root = load_yaml(file);
        const PlaceIds before = ids;
        PlaceCounts counts;
        application.regions.make_together(actor, [&](regions::PlaceMaker& maker) {
            ids = before;
            counts = PlacesFile(maker, file, ids).read(root);
        });
        return counts;
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(file.string() + ":" + std::to_string(error.mark.line + 1) +
                                 ": this is not the form of a file of places: " + error.msg);
    }
}

}  // namespace tsunagi::app
