// SPDX-License-Identifier: Apache-2.0
// A described struct as an SQL row: the list of its columns, and what each cell is.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "record/json_reader.hpp"

namespace tsunagi::record {

enum class CellKind { integer, real, text };

template <class T>
struct unwrap_optional {
    using type = T;
};

template <class T>
struct unwrap_optional<std::optional<T>> {
    using type = T;
};

/// How a member is kept in a column. Booleans are integers 0 and 1; everything that is no number is text.
template <class Member>
constexpr CellKind cell_kind() {
    using T = typename unwrap_optional<Member>::type;
    if constexpr (std::is_same_v<T, double>) {
        return CellKind::real;
    } else if constexpr (std::is_same_v<T, bool> || std::is_integral_v<T> || is_whole<T>::value) {
        return CellKind::integer;
    } else {
        static_assert(TextLike<T>, "a row holds scalars only");
        return CellKind::text;
    }
}

/// One cell as it came from or goes to the database; monostate is NULL.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

template <class T>
[[nodiscard]] Cell to_cell(const T& value) {
    if constexpr (is_optional<T>::value) {
        return value ? to_cell(*value) : Cell{};
    } else if constexpr (std::is_same_v<T, double>) {
        return Cell{value};
    } else if constexpr (std::is_integral_v<T> || is_whole<T>::value) {
        return Cell{static_cast<std::int64_t>(value)};
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
        return Cell{std::string(std::string_view(value))};
    } else {
        return Cell{to_text(value)};
    }
}

/// The columns of a row type in the order of its description, ready for a SELECT: `c.id, c.desk_id, …`.
template <DescribedStruct Row>
[[nodiscard]] std::string columns(std::string_view table_alias = {}) {
    std::string result;
    for_each_member<Row>([&](auto d) {
        if (!result.empty())
            result += ", ";
        if (!table_alias.empty()) {
            result += table_alias;
            result += '.';
        }
        result += d.name;
    });
    return result;
}

}  // namespace tsunagi::record
