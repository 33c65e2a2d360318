// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>

#include <boost/json/value.hpp>
#include <yaml-cpp/yaml.h>

#include "modules/packs/yaml_values.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::app {

/// A YAML file as it stands on the disk. Throws std::runtime_error with file and line.
[[nodiscard]] YAML::Node load_yaml(const std::filesystem::path& file);

/// Something in a file that cannot be taken; the text names file and line.
class BadRow : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One YAML mapping as a described record, through the same reader as a request body.
/// Throws BadRow naming every wrong field.
template <class T>
[[nodiscard]] T record_from(const boost::json::value& json, const std::string& place) {
    record::JsonReader reader;
    T value{};
    reader.read(json, value, "");
    if (!reader.errors().empty()) {
        std::string message = place + ":";
        for (const auto& error : reader.errors())
            message += " " + error.pointer + " " + error.reason;
        throw BadRow(message);
    }
    return value;
}

/// `file:line` of a node, for messages.
[[nodiscard]] std::string place_of(const std::filesystem::path& file, const YAML::Node& node);

}  // namespace tsunagi::app
