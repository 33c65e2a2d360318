// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace tsunagi::core {

/// Number of code points, or nothing when the bytes are no well-formed UTF-8 (overlong forms, surrogates, NUL
/// included).
[[nodiscard]] std::optional<std::size_t> utf8_length(std::string_view text);

/// Nothing but white space; U+3000, the full-width space, is white space too.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace tsunagi::core
