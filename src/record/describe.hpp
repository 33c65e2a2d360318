// SPDX-License-Identifier: Apache-2.0
// The one place that brings in Boost.Describe: a record is described once and read four ways.
#pragma once
#include <cstdint>

#include <boost/describe.hpp>

namespace tsunagi::record {

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;

template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

/// Members of every access, those of a described base first.
inline constexpr unsigned all_members = boost::describe::mod_any_access | boost::describe::mod_inherited;

/// Calls `each(descriptor)` for every described member in order; `descriptor.name` and `descriptor.pointer` as in
/// Boost.
template <DescribedStruct T, class F>
constexpr void for_each_member(F&& each) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, all_members>>(std::forward<F>(each));
}

}  // namespace tsunagi::record
