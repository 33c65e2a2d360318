// SPDX-License-Identifier: Apache-2.0
// A workbook from outside: either rows within the limits whose cells are tidy UTF-8, or a refusal that has a reason.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/utf8.hpp"
#include "workbooks/table.hpp"

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tsunagi;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: the fuzzer's interface
    const workbooks::Limits limits{.rows = 500, .columns = 40, .unpacked = 1U << 20U, .texts = 1U << 20U};
    std::int64_t rows = 0;
    bool table = false;
    try {
        workbooks::read_workbook(bytes, limits,
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
