// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "record/describe.hpp"

namespace tsunagi::record {

/// What a file changes of a list that is known: how many of each, and the first of them by name.
struct ToldDifference {
    std::int64_t added = 0;
    std::int64_t changed = 0;  ///< said otherwise than before
    std::int64_t gone = 0;     ///< no longer in the file
    std::vector<std::string> added_names;
    std::vector<std::string> changed_names;
    std::vector<std::string> gone_names;

    void add(std::string name) { tell(added, added_names, std::move(name)); }

    void change(std::string name) { tell(changed, changed_names, std::move(name)); }

    void lose(std::string name) { tell(gone, gone_names, std::move(name)); }

    /// As the audit writes it: +2 ~1 -0.
    [[nodiscard]] std::string numbers() const {
        return "+" + std::to_string(added) + " ~" + std::to_string(changed) + " -" + std::to_string(gone);
    }

private:
    static constexpr std::int64_t most_names = 50;

    static void tell(std::int64_t& number, std::vector<std::string>& names, std::string name) {
        if (++number <= most_names)
            names.push_back(std::move(name));
    }
};
BOOST_DESCRIBE_STRUCT(ToldDifference, (), (added, changed, gone, added_names, changed_names, gone_names))

}  // namespace tsunagi::record
