// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tsunagi::core {

/// The full-sized katakana of a small one, as texts are compared; every other letter stays.
[[nodiscard]] char32_t large_kana(char32_t letter);

}  // namespace tsunagi::core
