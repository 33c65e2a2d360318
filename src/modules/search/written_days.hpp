// SPDX-License-Identifier: Apache-2.0
// Days as people write them into texts. Pure.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/date.hpp"

namespace tsunagi::search {

/// 20261122, or 20261100 for a month.
using DayValue = std::uint32_t;

[[nodiscard]] DayValue day_value(const core::Date& day);

/// A day or month as somebody wrote it into a folded text.
struct WrittenDay {
    DayValue day = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Days as they are written in Japan: era name or letter, western year, with characters, points, slashes, hyphens or as
/// eight digits. A month without a day is one of its own.
[[nodiscard]] std::vector<WrittenDay> written_days(std::u32string_view letters);

}  // namespace tsunagi::search
