// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/yaml_values.hpp"

#include <charconv>
#include <cmath>
#include <optional>

namespace tsunagi::packs {
namespace {

/// The whole text as a number, or nothing.
template <class Number>
std::optional<Number> number_in(const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    return result.ec == std::errc{} && result.ptr == end ? std::optional(number) : std::nullopt;
}

boost::json::value scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!")  // in quotation marks
        return boost::json::value(text);
    if (text == "true" || text == "false")
        return text == "true";
    const bool code = text.size() > 1 && text.front() == '0' && text[1] != '.';
    if (const auto whole = number_in<std::int64_t>(text); whole && !code)
        return *whole;
    if (const auto decimal = number_in<double>(text); decimal && !code && std::isfinite(*decimal))
        return *decimal;
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
