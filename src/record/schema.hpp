// SPDX-License-Identifier: Apache-2.0
// The OpenAPI 3.1 schema of a described type.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "record/json_reader.hpp"

namespace tsunagi::record {

/// The unqualified name of a type, as it stands in the source.
template <class T>
[[nodiscard]] std::string type_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("T = ") + 4);
    text = text.substr(0, text.find_first_of(";]"));
    return std::string(text.substr(text.rfind(':') + 1));
}

/// Named schemas met on the way, `#/components/schemas` of the document.
class SchemaSet {
public:
    /// The schema of `T`: inline for scalars and lists, a reference for described structs and enums.
    template <class T>
    boost::json::value of();

    [[nodiscard]] const boost::json::object& components() const { return components_; }

private:
    boost::json::object components_;
};

template <class T>
boost::json::value SchemaSet::of() {
    using boost::json::array;
    using boost::json::object;
    using boost::json::value;
    if constexpr (is_optional<T>::value) {
        value inner = of<typename T::value_type>();
        if (auto* type = inner.get_object().if_contains("type"); type != nullptr && type->is_string()) {
            const value name = *type;
            inner.get_object()["type"] = array{name, "null"};
            return inner;
        }
        return object{{"anyOf", array{inner, object{{"type", "null"}}}}};
    } else if constexpr (is_vector<T>::value) {
        return object{{"type", "array"}, {"items", of<typename T::value_type>()}, {"maxItems", max_list_items}};
    } else if constexpr (std::is_same_v<T, bool>) {
        return object{{"type", "boolean"}};
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return object{{"type", "integer"}, {"format", "int64"}};
    } else if constexpr (is_whole<T>::value) {
        return object{{"type", "integer"}, {"minimum", is_whole<T>::min}, {"maximum", is_whole<T>::max}};
    } else if constexpr (std::is_same_v<T, double>) {
        return object{{"type", "number"}};
    } else if constexpr (DescribedEnum<T>) {
        const std::string name = type_name<T>();
        if (!components_.contains(name)) {
            array names;
            boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
                [&](auto d) { names.push_back(value(std::string(enumerator_name(d.name)))); });
            components_[name] = object{{"type", "string"}, {"enum", names}};
        }
        return object{{"$ref", "#/components/schemas/" + name}};
    } else if constexpr (TextLike<T>) {
        const StringSchema text = StringScalar<T>::schema();
        object result{{"type", "string"}};
        if (!text.format.empty())
            result["format"] = text.format;
        if (!text.pattern.empty())
            result["pattern"] = text.pattern;
        if (text.min_length > 0)
            result["minLength"] = text.min_length;
        if (text.max_length > 0)
            result["maxLength"] = text.max_length;
        if (!text.code_scheme.empty())
            result["x-code-scheme"] = text.code_scheme;
        return result;
    } else {
        static_assert(DescribedStruct<T>);
        const std::string name = type_name<T>();
        if (!components_.contains(name)) {
            components_[name] = object{};  // breaks the circle of a type that holds itself
            object properties;
            array required;
            for_each_member<T>([&](auto d) {
                using Member = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
                properties[d.name] = of<Member>();
                if constexpr (!may_be_absent<Member>)
                    required.push_back(value(d.name));
            });
            object schema{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
            if (!required.empty())
                schema["required"] = required;
            components_[name] = schema;
        }
        return object{{"$ref", "#/components/schemas/" + name}};
    }
}

}  // namespace tsunagi::record
