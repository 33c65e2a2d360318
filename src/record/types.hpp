// SPDX-License-Identifier: Apache-2.0
// Types that carry their own limits, so that no check is forgotten.
#pragma once
#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"
#include "core/id.hpp"

namespace tsunagi::record {

/// Text of at most `Max` code points. Stored untouched: variation selectors, 外字, ① and 髙 survive.
template <std::size_t Max>
struct Text {
    static constexpr std::size_t max = Max;
    std::string value;
    Text() = default;

    Text(std::string text) : value(std::move(text)) {}  // NOLINT(google-explicit-constructor): a text is a string

    Text(const char* text) : value(text) {}  // NOLINT(google-explicit-constructor)

    operator const std::string&() const { return value; }  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool empty() const { return value.empty(); }

    [[nodiscard]] const std::string& str() const { return value; }

    friend bool operator==(const Text&, const Text&) = default;
};

/// A text that says something: at least one character that is not white space.
template <class T>
struct NonEmpty : T {
    using T::T;
};

/// A password or code on its way in. Never written out: it has a reader and no writer.
struct Secret {
    static constexpr std::size_t max = 200;
    std::string value;
    Secret() = default;

    explicit Secret(std::string text) : value(std::move(text)) {}

    friend bool operator==(const Secret&, const Secret&) = default;
};

template <std::size_t N>
struct FixedString {
    char text[N]{};  // NOLINT: a template argument must be a structural type

    constexpr FixedString(const char (&from)[N]) { std::copy_n(from, N, text); }  // NOLINT

    [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

/// A code of the scheme of that name. Which codes exist is data (packs), checked by the rules against the day.
template <FixedString Scheme>
struct Code {
    std::string value;
    Code() = default;

    explicit Code(std::string text) : value(std::move(text)) {}

    [[nodiscard]] static constexpr std::string_view scheme() { return Scheme.view(); }

    [[nodiscard]] const std::string& str() const { return value; }

    friend auto operator<=>(const Code&, const Code&) = default;
};

/// The name of a code, a scheme or a pack: [a-z0-9_], 1 to 60 characters.
struct CodeName {
    std::string value;
    CodeName() = default;

    explicit CodeName(std::string text) : value(std::move(text)) {}

    [[nodiscard]] const std::string& str() const { return value; }

    friend auto operator<=>(const CodeName&, const CodeName&) = default;
};

[[nodiscard]] constexpr bool is_code_name(std::string_view text) {
    return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

/// A whole number between two bounds, both included.
template <std::int64_t Min, std::int64_t Max>
struct Whole {
    std::int64_t value = Min;

    operator std::int64_t() const { return value; }  // NOLINT(google-explicit-constructor)
};

}  // namespace tsunagi::record
