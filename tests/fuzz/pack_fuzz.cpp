// SPDX-License-Identifier: Apache-2.0
// A pack file: whatever the bytes, the answer is a pack or a PackError.
#include <cstdint>
#include <string>

#include "modules/packs/pack_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        (void)tsunagi::packs::parse_pack(std::string(reinterpret_cast<const char*>(data), size));  // NOLINT
    } catch (const tsunagi::packs::PackError&) {
    }
    return 0;
}
