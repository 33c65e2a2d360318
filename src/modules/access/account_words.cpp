// SPDX-License-Identifier: Apache-2.0
#include "modules/access/account_words.hpp"

#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace tsunagi::access {
namespace {

std::vector<std::string> list(const YAML::Node& root, const char* name) {
    const YAML::Node node = root[name];
    if (!node || !node.IsSequence())
        throw std::runtime_error(std::string("needs a list `") + name + "`");
    return node.as<std::vector<std::string>>();
}

}  // namespace

AccountWords read_account_words(const std::filesystem::path& file) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        if (!root.IsMap())
            throw std::runtime_error("must be a map");
        return {.login_words = list(root, "login_words"),
                .name_words = list(root, "name_words"),
                .common_passwords = list(root, "common_passwords")};
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace tsunagi::access
