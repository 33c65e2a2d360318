// SPDX-License-Identifier: Apache-2.0
// Any bytes read as CSV from outside.
#include "table_demands.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return tsunagi::fuzz::demand_tidy_rows(tsunagi::workbooks::read_csv, data, size);
}
