// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <boost/json/value.hpp>

#include "record/scalar.hpp"

namespace tsunagi::record {

/// Parses one JSON text. Refuses duplicate members, more than 32 levels, lone surrogates and anything after the value.
/// Throws core::Error of kind `malformed`, reason `malformed_json` or `duplicate_member`.
[[nodiscard]] boost::json::value parse_json(std::string_view text);

/// A member name as a part of a JSON pointer: `~` is `~0` and `/` is `~1` (RFC 6901).
[[nodiscard]] std::string pointer_part(std::string_view name);

/// Collects every wrong field of one body, each named by its JSON pointer.
class JsonReader {
public:
    template <class T>
    void read(const boost::json::value& json, T& out, const std::string& pointer);

    void fail(std::string pointer, std::string reason, std::string limit = {}) {
        errors_.push_back({std::move(pointer), std::move(reason), std::move(limit)});
    }

    [[nodiscard]] std::vector<core::FieldError>& errors() { return errors_; }

private:
    template <class T>
    void read_struct(const boost::json::value& json, T& out, const std::string& pointer);

    std::vector<core::FieldError> errors_;
};

template <class T>
struct is_optional : std::false_type {};

template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

template <class T>
struct is_vector : std::false_type {};

template <class T>
struct is_vector<std::vector<T>> : std::true_type {};

template <class T>
struct is_whole : std::false_type {};

template <std::int64_t Min, std::int64_t Max>
struct is_whole<Whole<Min, Max>> : std::true_type {
    static constexpr std::int64_t min = Min;
    static constexpr std::int64_t max = Max;
};

template <class T>
struct is_plain_text : std::false_type {};

template <std::size_t Max>
struct is_plain_text<Text<Max>> : std::true_type {};

/// May the member be left out of a body? Absent text is empty, an absent list has no items, an absent optional is null.
template <class T>
constexpr bool may_be_absent = is_optional<T>::value || is_vector<T>::value || is_plain_text<T>::value;

/// More than this many items in one list is refused with `too_many`.
constexpr std::size_t max_list_items = 2000;

template <class T>
void JsonReader::read(const boost::json::value& json, T& out, const std::string& pointer) {
    if constexpr (is_optional<T>::value) {
        if (json.is_null()) {
            out.reset();
        } else {
            typename T::value_type value{};
            read(json, value, pointer);
            out = std::move(value);
        }
    } else if constexpr (is_vector<T>::value) {
        if (!json.is_array())
            return fail(pointer, "type", "array");
        const auto& items = json.get_array();
        if (items.size() > max_list_items)
            return fail(pointer, "too_many", std::to_string(max_list_items));
        out.clear();
        out.reserve(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            typename T::value_type value{};
            read(items[i], value, pointer + "/" + std::to_string(i));
            out.push_back(std::move(value));
        }
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_bool())
            return fail(pointer, "type", "boolean");
        out = json.get_bool();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        if (!json.is_int64())
            return fail(pointer, "type", "integer");
        out = json.get_int64();
    } else if constexpr (is_whole<T>::value) {
        if (!json.is_int64())
            return fail(pointer, "type", "integer");
        out.value = json.get_int64();
        if (out.value < is_whole<T>::min || out.value > is_whole<T>::max) {
            fail(pointer, "range", std::to_string(is_whole<T>::min) + "-" + std::to_string(is_whole<T>::max));
        }
    } else if constexpr (std::is_same_v<T, double>) {
        if (!json.is_number())
            return fail(pointer, "type", "number");
        out = json.to_number<double>();
    } else if constexpr (TextLike<T>) {
        if (!json.is_string())
            return fail(pointer, "type", "string");
        const auto& text = json.get_string();
        const ScalarError error = StringScalar<T>::from(std::string_view(text.data(), text.size()), out);
        if (!error.reason.empty())
            fail(pointer, error.reason, error.limit);
    } else {
        read_struct(json, out, pointer);
    }
}

template <class T>
void JsonReader::read_struct(const boost::json::value& json, T& out, const std::string& pointer) {
    static_assert(DescribedStruct<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
    if (!json.is_object())
        return fail(pointer, "type", "object");
    const auto& object = json.get_object();
    std::size_t known = 0;
    for_each_member<T>([&](auto d) {
        using Member = std::remove_cvref_t<decltype(out.*d.pointer)>;
        const auto* member = object.if_contains(d.name);
        const std::string place = pointer + "/" + d.name;
        if (member == nullptr) {
            if constexpr (!may_be_absent<Member>)
                fail(place, "required");
            return;
        }
        ++known;
        read(*member, out.*d.pointer, place);
    });
    if (known == object.size())
        return;
    for (const auto& entry : object) {
        bool found = false;
        for_each_member<T>([&](auto d) { found = found || entry.key() == d.name; });
        if (!found)
            fail(pointer + "/" + pointer_part(entry.key()), "unknown");
    }
}

/// The body as a record. Throws core::Error `malformed` or `invalid` with every wrong field.
template <class T>
[[nodiscard]] T from_json(std::string_view text) {
    const boost::json::value json = parse_json(text);
    JsonReader reader;
    T value{};
    reader.read(json, value, "");
    if (!reader.errors().empty())
        throw core::invalid(std::move(reader.errors()));
    return value;
}

/// A record that this program wrote itself (a stored version): members that did not exist then keep their defaults.
template <class T>
[[nodiscard]] T from_stored_json(std::string_view text) {
    const boost::json::value json = parse_json(text);
    JsonReader reader;
    T value{};
    reader.read(json, value, "");
    return value;
}

}  // namespace tsunagi::record
