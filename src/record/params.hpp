// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/row.hpp"

namespace tsunagi::record {

/// Values for the `:name` places of one SQL text. The same name may stand in the text several times.
class Params {
public:
    Params() = default;

    template <class T>
    Params& set(std::string name, const T& value) {
        items_.emplace_back(std::move(name), to_cell(value));
        return *this;
    }

    /// A value whose type is known only when it is there.
    Params& set_cell(std::string name, Cell cell) {
        items_.emplace_back(std::move(name), std::move(cell));
        return *this;
    }

    /// NULL. The engine must be able to tell the type from where it stands.
    Params& set_null(std::string name) {
        items_.emplace_back(std::move(name), Cell{});
        return *this;
    }

    /// Every member of a described struct under its own name.
    template <DescribedStruct T>
    Params& set_all(const T& row) {
        for_each_member<T>([&](auto d) { set(d.name, row.*d.pointer); });
        return *this;
    }

    [[nodiscard]] const std::vector<std::pair<std::string, Cell>>& items() const { return items_; }

    [[nodiscard]] std::size_t size() const { return items_.size(); }

private:
    std::vector<std::pair<std::string, Cell>> items_;
};

}  // namespace tsunagi::record
