// SPDX-License-Identifier: Apache-2.0
// Values that a file of a pack tells in YAML, read by their description like a body: what is unknown, missing or too
// long is refused with its line.
#pragma once
#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/json/value.hpp>
#include <yaml-cpp/yaml.h>

#include "record/json_reader.hpp"

namespace tsunagi::packs {

/// Throws std::runtime_error with the line.
[[noreturn]] void yaml_fault(const YAML::Node& node, const std::string& what);

/// Plain true, false, whole numbers and decimals are such; a number with a leading zero is a code, and it and every
/// other scalar is a text. Throws std::runtime_error for a name that stands twice.
[[nodiscard]] boost::json::value json_of_yaml(const YAML::Node& node);

template <class T>
[[nodiscard]] T value_of_yaml(const YAML::Node& node, const std::string& what) {
    if (!node.IsMap())
        yaml_fault(node, what + " must be a map");
    record::JsonReader reader;
    T value{};
    reader.read(json_of_yaml(node), value, "");
    if (reader.errors().empty())
        return value;
    std::string faults;
    for (const auto& error : reader.errors())
        faults += " " + error.pointer + " " + error.reason;
    yaml_fault(node, what + ":" + faults);
}

/// The whole file. Throws std::runtime_error naming file, line and what is wrong.
template <class T>
[[nodiscard]] T value_of_yaml_file(const std::filesystem::path& file) {
    try {
        return value_of_yaml<T>(YAML::LoadFile(file.string()), "the file");
    } catch (const std::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace tsunagi::packs
