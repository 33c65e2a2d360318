// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

#include <boost/json/value.hpp>
#include <yaml-cpp/yaml.h>

#include "record/json_reader.hpp"

namespace tsunagi::app {

/// A YAML file as it stands on the disk. Throws std::runtime_error with file and line.
[[nodiscard]] YAML::Node load_yaml(const std::filesystem::path& file);

/// YAML as JSON. Plain (unquoted) scalars true, false, null, whole numbers and decimals become what they look like;
/// everything quoted stays text.
[[nodiscard]] boost::json::value to_json(const YAML::Node& node);

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
