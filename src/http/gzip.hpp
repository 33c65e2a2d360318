// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace tsunagi::http {

/// Whether an `Accept-Encoding` allows `gzip` or `br` (`*` counts, `q=0` forbids).
[[nodiscard]] bool accepts_coding(std::string_view accept_encoding, std::string_view wanted);
/// Whether answers of this media type get smaller: texts, JSON, scripts, SVG.
[[nodiscard]] bool is_compressible(std::string_view media_type);
/// The text in gzip form; level 1 (fast) to 9 (small).
[[nodiscard]] std::string gzip(std::string_view text, int level);

}  // namespace tsunagi::http
