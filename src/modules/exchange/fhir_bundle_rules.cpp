// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/fhir_bundle_rules.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace tsunagi::exchange {
namespace {

using boost::json::array;
using boost::json::object;

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                           (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return out;
}

std::string link(const FhirCall& call, const char* type, const std::string* after) {
    std::string url = call.base + "/" + type;
    char sign = '?';
    const auto add = [&](const std::string& name, const std::string& value) {
        url += sign + percent_encoded(name) + "=" + percent_encoded(value);
        sign = '&';
    };
    for (const auto& [name, value] : call.parameters) {
        if (after == nullptr || name != "after")
            add(name, value);
    }
    if (after != nullptr)
        add("after", *after);
    return url;
}

}  // namespace

void check_format(const FhirForm& query) {
    const std::string& format = query._format.value;
    if (!format.empty() && format != "json" && format != "application/json" && format != "application/fhir+json")
        throw core::invalid({{"?_format", "unknown_code", ""}});
}

std::string searchset(const FhirCall& call, const char* type, std::int64_t total, array entries,
                      const std::optional<std::string>& next) {
    array links{object{{"relation", "self"}, {"url", link(call, type, nullptr)}}};
    if (next)
        links.push_back(object{{"relation", "next"}, {"url", link(call, type, &*next)}});
    object bundle{{"resourceType", "Bundle"}, {"type", "searchset"}, {"total", total}, {"link", std::move(links)}};
    if (!entries.empty())
        bundle["entry"] = std::move(entries);
    return boost::json::serialize(bundle);
}

}  // namespace tsunagi::exchange
