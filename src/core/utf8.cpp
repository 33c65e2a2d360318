// SPDX-License-Identifier: Apache-2.0
#include "core/utf8.hpp"

#include <cstdint>

namespace tsunagi::core {

std::optional<std::size_t> utf8_length(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead == 0)
            return std::nullopt;
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || i + size > text.size())
            return std::nullopt;
        std::uint32_t code = lead & (0x7fU >> size);
        for (std::size_t k = 1; k < size; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0U) != 0x80U)
                return std::nullopt;
            code = (code << 6U) | (next & 0x3fU);
        }
        const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
        if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
            return std::nullopt;
        i += size;
    }
    return count;
}

bool is_blank(std::string_view text) {
    constexpr std::string_view full_width_space = "\xe3\x80\x80";
    while (!text.empty()) {
        if (text.front() == ' ' || text.front() == '\t' || text.front() == '\n' || text.front() == '\r') {
            text.remove_prefix(1);
        } else if (text.starts_with(full_width_space)) {
            text.remove_prefix(full_width_space.size());
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace tsunagi::core
