// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/yaml_values.hpp"

#include <charconv>

namespace tsunagi::packs {
namespace {

boost::json::value scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!")  // in quotation marks
        return boost::json::value(text);
    if (text == "true" || text == "false")
        return text == "true";
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size())
        return number;
    return boost::json::value(text);
}

}  // namespace

void yaml_fault(const YAML::Node& node, const std::string& what) {
    throw std::runtime_error("line " + std::to_string(std::max(node.Mark().line, 0) + 1) + ": " + what);
}

boost::json::value json_of_yaml(const YAML::Node& node) {
    if (node.IsMap()) {
        boost::json::object object;
        for (const auto& entry : node) {
            if (!entry.first.IsScalar())
                yaml_fault(entry.first, "a name must be a plain word");
            if (!object.emplace(entry.first.Scalar(), json_of_yaml(entry.second)).second)
                yaml_fault(entry.first, "`" + entry.first.Scalar() + "` stands twice");
        }
        return object;
    }
    if (node.IsSequence()) {
        boost::json::array array;
        for (const auto& item : node)
            array.push_back(json_of_yaml(item));
        return array;
    }
    return node.IsScalar() ? scalar(node) : boost::json::value();
}

}  // namespace tsunagi::packs
