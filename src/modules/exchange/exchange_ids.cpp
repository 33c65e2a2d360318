// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/exchange_ids.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/sealing.hpp"

namespace tsunagi::exchange {
namespace {

/// UUIDs of version 8 (RFC 9562): the last twelve digits hold the number.
constexpr std::string_view corporations = "00000000-0000-8000-8000-";
constexpr std::size_t number_length = 13;

}  // namespace

std::optional<std::string> corporation_id(std::string_view number) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (number.size() != number_length || error != std::errc{} || end != number.data() + number.size() || value < 0)
        return std::nullopt;
    return fmt::format("{}{:012x}", corporations, value);
}

std::string corporation_number(std::string_view id) {
    if (id.size() != corporations.size() + 12 || !id.starts_with(corporations))
        return {};
    id.remove_prefix(corporations.size());
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), value, 16);
    if (error != std::errc{} || end != id.data() + id.size())
        return {};
    std::string number = fmt::format("{:013}", value);
    return number.size() == number_length ? number : std::string();
}

std::string part_id(std::string_view kind, std::string_view record) {
    core::RunningHash hash;
    hash.add(kind);
    hash.add("/");
    hash.add(record);
    std::string hex = hash.hex().substr(0, 32);
    hex[12] = '8';
    hex[16] = 'a';
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
           hex.substr(20);
}

std::optional<std::string> web_address(const std::string& url) {
    const bool web = url.starts_with("http://") || url.starts_with("https://");
    const bool plain = std::ranges::none_of(url, [](unsigned char c) {
        return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' ||
               c == '|' || c == '}';
    });
    return web && plain ? std::optional<std::string>(url) : std::nullopt;
}

}  // namespace tsunagi::exchange
