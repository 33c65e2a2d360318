// SPDX-License-Identifier: Apache-2.0
#include "app/yaml_json.hpp"

#include <stdexcept>

namespace tsunagi::app {

YAML::Node load_yaml(const std::filesystem::path& file) {
    try {
        return YAML::LoadFile(file.string());
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(file.string() + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
    }
}

std::string place_of(const std::filesystem::path& file, const YAML::Node& node) {
    return file.filename().string() + ":" + std::to_string(node.Mark().line + 1);
}

}  // namespace tsunagi::app
