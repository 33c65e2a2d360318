// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace tsunagi::core {

/// The last digit of a 全国地方公共団体コード, which checks the five before it (総務省, 全国地方公共団体コード仕様).
[[nodiscard]] char municipality_check_digit(std::string_view five_digits);

/// Six digits of which the last one checks the others.
[[nodiscard]] bool is_municipality_code(std::string_view code);

/// Five digits with the sixth; six digits and anything else as they are.
[[nodiscard]] std::string six_digit_code(std::string_view code);

}  // namespace tsunagi::core
