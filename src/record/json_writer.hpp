// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "record/scalar.hpp"

namespace tsunagi::record {

/// Appends `text` as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

template <class T>
void append_json(std::string& out, const T& value);

template <class T>
void append_json(std::string& out, const std::optional<T>& value) {
    if (value) {
        append_json(out, *value);
    } else {
        out += "null";
    }
}

template <class T>
void append_json(std::string& out, const std::vector<T>& values) {
    out.push_back('[');
    bool first = true;
    for (const auto& value : values) {
        if (!first)
            out.push_back(',');
        first = false;
        append_json(out, value);
    }
    out.push_back(']');
}

template <class T>
void append_json(std::string& out, const T& value) {
    static_assert(!std::is_same_v<T, Secret>, "a secret is never written out");
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        char buffer[24];  // NOLINT
        const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
        out.append(std::begin(buffer), end);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (!std::isfinite(value)) {
            out += "null";
            return;
        }
        char buffer[40];  // NOLINT
        const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
        out.append(std::begin(buffer), end);
    } else if constexpr (TextLike<T>) {
        append_json_string(out, StringScalar<T>::to(value));
    } else if constexpr (DescribedStruct<T>) {
        out.push_back('{');
        bool first = true;
        for_each_member<T>([&](auto d) {
            if (!first)
                out.push_back(',');
            first = false;
            out.push_back('"');
            out += d.name;
            out += "\":";
            append_json(out, value.*d.pointer);
        });
        out.push_back('}');
    } else {
        append_json(out, static_cast<std::int64_t>(value));
    }
}

/// The record as JSON text, members in the order of their description, absent optionals as null.
template <class T>
[[nodiscard]] std::string to_json(const T& value) {
    std::string out;
    out.reserve(512);
    append_json(out, value);
    return out;
}

}  // namespace tsunagi::record
