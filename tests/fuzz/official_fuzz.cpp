// SPDX-License-Identifier: Apache-2.0
// Any bytes read as an official file: every line is accounted for, and no row is taken without what tells it apart.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "core/error.hpp"
#include "core/municipality_code.hpp"
#include "modules/resources/official_file.hpp"

namespace {

using namespace tsunagi::resources;  // NOLINT: one test

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const OfficialLayouts layouts =
        read_official_layouts(TSUNAGI_SOURCE_DIR "/packs/standard/official_layouts.yaml");
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT
    try {
        Surroundings around;
        around.place = [](const std::string&, const std::string&) { return std::optional<std::string>("991015"); };
        const OfficialFile file = decode(layouts, "jigyosho_130_all_20260630.csv", bytes, around);
        const Layout& layout = *layouts.find(file.source);
        if (layout.lines_of.empty())
            demand(static_cast<std::int64_t>(file.rows.size()) + file.bad + file.left_out == file.lines);
        demand(file.doubtful <= static_cast<std::int64_t>(file.rows.size()));
        std::set<std::string_view> keys;
        for (const OfficialRow& row : file.rows) {
            demand(!row.key.empty() && (!row.name.empty() || !layout.of.empty()));
            demand(tsunagi::core::is_municipality_code(row.municipality_code));
            demand(keys.insert(row.key).second);
            demand(row.cells.size() == layout.columns.size());
            (void)hours_of(layout, row.cells);
        }
    } catch (const tsunagi::core::Error&) {  // refused in words
    }
    return 0;
}
