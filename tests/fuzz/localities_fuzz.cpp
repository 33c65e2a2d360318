// SPDX-License-Identifier: Apache-2.0
// Any bytes read as a list of municipalities, of their changes or of postal codes: what is taken has sound codes and is
// of one kind.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/error.hpp"
#include "core/municipality_code.hpp"
#include "modules/localities/locality_rules.hpp"

namespace {

using namespace tsunagi::localities;  // NOLINT: one test
using tsunagi::core::is_municipality_code;

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const LocalityWords words = read_locality_words(TSUNAGI_SOURCE_DIR "/packs/standard");
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT
    try {
        const LocalityFile file = read_localities(words, bytes);
        demand(file.municipalities.empty() || file.kind == LocalityKind::codes);
        demand(file.changes.empty() || file.kind == LocalityKind::changes);
        demand(file.towns.empty() || file.kind == LocalityKind::postal);
        for (const Municipality& one : file.municipalities)
            demand(is_municipality_code(one.code) && !one.name.empty());
        for (const MunicipalityChange& one : file.changes) {
            demand(is_municipality_code(one.code) && one.successor != one.code);
            demand(one.successor.empty() || is_municipality_code(one.successor));
        }
        for (const Town& one : file.towns)
            demand(is_municipality_code(one.municipality_code) && one.postal_code.size() == 7);
    } catch (const tsunagi::core::Error&) {  // refused in words
    }
    return 0;
}
