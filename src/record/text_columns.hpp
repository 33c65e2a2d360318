// SPDX-License-Identifier: Apache-2.0
// A text as the columns of its table: members and columns of the same name belong together. Lists of codes and of small
// values stand in one column as JSON; members without a column (links, rows of other tables) are left alone.
#pragma once
#include <string>
#include <string_view>

#include "record/json_reader.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::record {
namespace detail {

/// Calls `each(text member, row member)` for every pair of the same name.
template <DescribedStruct Text, DescribedStruct Row, class F>
void for_each_pair(F&& each) {
    for_each_member<Text>([&]<class TextMember>(TextMember) {
        for_each_member<Row>([&]<class RowMember>(RowMember) {
            if constexpr (std::string_view(TextMember::name) == RowMember::name)
                each(TextMember::pointer, RowMember::pointer);
        });
    });
}

}  // namespace detail

/// Fills the columns of the row from the text.
template <DescribedStruct Text, DescribedStruct Row>
void put_text(const Text& text, Row& row) {
    detail::for_each_pair<Text, Row>([&](auto member, auto column) {
        using Member = std::remove_cvref_t<decltype(text.*member)>;
        using Column = std::remove_cvref_t<decltype(row.*column)>;
        if constexpr (std::is_same_v<Member, Column>) {
            row.*column = text.*member;
        } else if constexpr (is_vector<Member>::value) {
            row.*column = to_json(text.*member);
        } else {
            row.*column = (text.*member).str();
        }
    });
}

/// The text that stands in the columns of the row.
template <DescribedStruct Text, DescribedStruct Row>
[[nodiscard]] Text text_from(const Row& row) {
    Text text;
    detail::for_each_pair<Text, Row>([&](auto member, auto column) {
        using Member = std::remove_cvref_t<decltype(text.*member)>;
        using Column = std::remove_cvref_t<decltype(row.*column)>;
        if constexpr (std::is_same_v<Member, Column>) {
            text.*member = row.*column;
        } else if constexpr (is_vector<Member>::value) {
            text.*member = from_stored_json<Member>(row.*column);
        } else {
            (text.*member).value = row.*column;
        }
    });
    return text;
}

/// Copies what has the same name and type in both.
template <DescribedStruct From, DescribedStruct To>
void copy_members(const From& from, To& to) {
    detail::for_each_pair<From, To>([&](auto member, auto target) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(from.*member)>,
                                     std::remove_cvref_t<decltype(to.*target)>>)
            to.*target = from.*member;
    });
}

}  // namespace tsunagi::record
