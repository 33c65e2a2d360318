// SPDX-License-Identifier: Apache-2.0
#include "app/yaml_json.hpp"

#include <charconv>
#include <stdexcept>

namespace tsunagi::app {
namespace {

boost::json::value plain_scalar(const std::string& text) {
    if (text == "true")
        return true;
    if (text == "false")
        return false;
    if (text == "null" || text == "~" || text.empty())
        return nullptr;
    std::int64_t whole = 0;
    const char* end = text.data() + text.size();
    // A number with a leading zero is a code, not a number.
    const bool code = text.size() > 1 && text.front() == '0' && text[1] != '.';
    if (const auto result = std::from_chars(text.data(), end, whole);
        !code && result.ec == std::errc{} && result.ptr == end) {
        return whole;
    }
    double real = 0;
    if (const auto result = std::from_chars(text.data(), end, real);
        !code && result.ec == std::errc{} && result.ptr == end) {
        return real;
    }
    return boost::json::value(text);
}

}  // namespace

YAML::Node load_yaml(const std::filesystem::path& file) {
    try {
        return YAML::LoadFile(file.string());
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(file.string() + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
    }
}

boost::json::value to_json(const YAML::Node& node) {
    if (node.IsMap()) {
        boost::json::object object;
        for (const auto& entry : node)
            object[entry.first.as<std::string>()] = to_json(entry.second);
        return object;
    }
    if (node.IsSequence()) {
        boost::json::array array;
        for (const auto& item : node)
            array.push_back(to_json(item));
        return array;
    }
    if (!node.IsDefined() || node.IsNull())
        return nullptr;
    const auto text = node.as<std::string>();
    return node.Tag() == "!" ? boost::json::value(text) : plain_scalar(text);  // "!" marks a quoted scalar
}

std::string place_of(const std::filesystem::path& file, const YAML::Node& node) {
    return file.filename().string() + ":" + std::to_string(node.Mark().line + 1);
}

}  // namespace tsunagi::app
