// SPDX-License-Identifier: Apache-2.0
// How each scalar type is written as text, read from text and described. JSON, SQL and query strings all go through
// here.
#pragma once
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "core/date.hpp"
#include "core/error.hpp"
#include "core/id.hpp"
#include "core/utf8.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::record {

/// Why a text is no value of the type. `reason` is empty when it is one.
struct ScalarError {
    std::string reason;
    std::string limit;
};

/// What the OpenAPI schema says of a type that travels as a string.
struct StringSchema {
    std::string format;
    std::string pattern;
    std::size_t min_length = 0;
    std::size_t max_length = 0;  ///< 0: not limited
    std::string code_scheme;     ///< the scheme of a `Code`
};

/// Specialised for every type that travels as a JSON string and is stored as TEXT.
template <class T>
struct StringScalar {
    static constexpr bool exists = false;
};

template <class T>
concept TextLike = StringScalar<T>::exists;

template <>
struct StringScalar<std::string> {
    static constexpr bool exists = true;

    static const std::string& to(const std::string& value) { return value; }

    static ScalarError from(std::string_view text, std::string& out) {
        if (!core::utf8_length(text))
            return {"format", ""};
        out = text;
        return {};
    }

    static StringSchema schema() { return {}; }
};

template <std::size_t Max>
struct StringScalar<Text<Max>> {
    static constexpr bool exists = true;

    static const std::string& to(const Text<Max>& value) { return value.value; }

    static ScalarError from(std::string_view text, Text<Max>& out) {
        const auto length = core::utf8_length(text);
        if (!length)
            return {"format", ""};
        if (*length > Max)
            return {"too_long", std::to_string(Max)};
        out.value = text;
        return {};
    }

    static StringSchema schema() {
        return {.format = {}, .pattern = {}, .min_length = 0, .max_length = Max, .code_scheme = {}};
    }
};

template <class T>
struct StringScalar<NonEmpty<T>> {
    static constexpr bool exists = true;

    static const std::string& to(const NonEmpty<T>& value) { return value.value; }

    static ScalarError from(std::string_view text, NonEmpty<T>& out) {
        if (core::is_blank(text))
            return {"required", ""};
        return StringScalar<T>::from(text, out);
    }

    static StringSchema schema() {
        StringSchema result = StringScalar<T>::schema();
        result.min_length = 1;
        return result;
    }
};

template <>
struct StringScalar<Secret> {
    static constexpr bool exists = true;

    static ScalarError from(std::string_view text, Secret& out) {
        const auto length = core::utf8_length(text);
        if (!length)
            return {"format", ""};
        if (*length > Secret::max)
            return {"too_long", std::to_string(Secret::max)};
        if (text.empty())
            return {"required", ""};
        out.value = text;
        return {};
    }

    static StringSchema schema() {
        return {.format = "password", .pattern = {}, .min_length = 1, .max_length = Secret::max, .code_scheme = {}};
    }
};

template <FixedString Scheme>
struct StringScalar<Code<Scheme>> {
    static constexpr bool exists = true;

    static const std::string& to(const Code<Scheme>& value) { return value.value; }

    static ScalarError from(std::string_view text, Code<Scheme>& out) {
        if (!is_code_name(text))
            return {"unknown_code", ""};
        out.value = text;
        return {};
    }

    static StringSchema schema() {
        return {.format = {},
                .pattern = "^[a-z0-9_]{1,60}$",
                .min_length = 1,
                .max_length = 60,
                .code_scheme = std::string(Scheme.view())};
    }
};

template <>
struct StringScalar<CodeName> {
    static constexpr bool exists = true;

    static const std::string& to(const CodeName& value) { return value.value; }

    static ScalarError from(std::string_view text, CodeName& out) {
        if (!is_code_name(text))
            return {"format", ""};
        out.value = text;
        return {};
    }

    static StringSchema schema() {
        return {.format = {}, .pattern = "^[a-z0-9_]{1,60}$", .min_length = 1, .max_length = 60, .code_scheme = {}};
    }
};

template <class Tag>
struct StringScalar<core::Id<Tag>> {
    static constexpr bool exists = true;

    static const std::string& to(const core::Id<Tag>& value) { return value.str(); }

    static ScalarError from(std::string_view text, core::Id<Tag>& out) {
        const auto id = core::Id<Tag>::parse(text);
        if (!id)
            return {"format", ""};
        out = *id;
        return {};
    }

    static StringSchema schema() {
        return {.format = "uuid", .pattern = {}, .min_length = 36, .max_length = 36, .code_scheme = {}};
    }
};

/// The three kinds of time share one form: a parser that may answer nothing, and `str()`.
template <class T>
struct TimeScalar {
    static constexpr bool exists = true;

    static std::string to(const T& value) { return value.str(); }

    static ScalarError from(std::string_view text, T& out) {
        const auto value = T::parse(text);
        if (!value)
            return {"format", ""};
        out = *value;
        return {};
    }
};

template <>
struct StringScalar<core::Date> : TimeScalar<core::Date> {
    static StringSchema schema() {
        return {.format = "date", .pattern = {}, .min_length = 10, .max_length = 10, .code_scheme = {}};
    }
};

template <>
struct StringScalar<core::TimeOfDay> : TimeScalar<core::TimeOfDay> {
    static StringSchema schema() {
        return {.format = {},
                .pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                .min_length = 5,
                .max_length = 5,
                .code_scheme = {}};
    }
};

template <>
struct StringScalar<core::Instant> : TimeScalar<core::Instant> {
    static StringSchema schema() {
        return {.format = "date-time", .pattern = {}, .min_length = 24, .max_length = 24, .code_scheme = {}};
    }
};

/// The name of an enumerator as it travels: a trailing underscore, needed for C++ keywords, is dropped.
constexpr std::string_view enumerator_name(std::string_view name) {
    return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

template <DescribedEnum E>
struct StringScalar<E> {
    static constexpr bool exists = true;

    static std::string to(E value) {
        std::string result;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
            if (d.value == value)
                result = enumerator_name(d.name);
        });
        return result;
    }

    static ScalarError from(std::string_view text, E& out) {
        bool found = false;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
            if (enumerator_name(d.name) == text) {
                out = d.value;
                found = true;
            }
        });
        return found ? ScalarError{} : ScalarError{"unknown_code", ""};
    }

    static StringSchema schema() { return {}; }
};

/// The value as text, for SQL, query strings and messages.
template <TextLike T>
[[nodiscard]] std::string to_text(const T& value) {
    return std::string(StringScalar<T>::to(value));
}

/// Reads a text that this program wrote itself (a database column); anything else is a defect and ends the request.
template <TextLike T>
[[nodiscard]] T from_stored(std::string_view text) {
    T value{};
    if constexpr (requires { value.value = std::string(text); }) {
        value.value = std::string(text);  // limits may have been tightened since; what is stored stays readable
    } else {
        const ScalarError error = StringScalar<T>::from(text, value);
        if (!error.reason.empty()) {
            throw core::Error(core::ErrorKind::internal, "internal", {},
                              "a stored value is not readable: " + error.reason);
        }
    }
    return value;
}

}  // namespace tsunagi::record
