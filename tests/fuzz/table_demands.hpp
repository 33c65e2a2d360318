// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/utf8.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::fuzz {

inline void demand(bool holds) {
    if (!holds)
        std::abort();
}

/// What a reader of tables makes of any bytes: either rows within the limits whose cells are tidy UTF-8, or a refusal
/// that has a reason.
inline int demand_tidy_rows(void (*read)(std::string_view, const workbooks::Limits&, const workbooks::Visitor&),
                            const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: the fuzzer's interface
    const workbooks::Limits limits{.rows = 500, .columns = 40, .unpacked = 1U << 20U, .texts = 1U << 20U};
    std::int64_t rows = 0;
    bool table = false;
    try {
        read(bytes, limits,
             {.table = [&](const std::string&, bool) { table = true; },
              .row =
                  [&](workbooks::Row&& row) {
                      demand(table && ++rows <= limits.rows && row.number > 0);
                      demand(!row.cells.empty() && row.cells.size() <= limits.columns);
                      demand(!row.cells.back().empty());
                      for (const auto& cell : row.cells)
                          demand(core::utf8_length(cell).has_value());
                  }});
    } catch (const core::Error& error) {
        demand(error.kind() == core::ErrorKind::invalid && !error.reason().empty());
    }
    return 0;
}

}  // namespace tsunagi::fuzz
