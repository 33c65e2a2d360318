// SPDX-License-Identifier: Apache-2.0
#include "core/municipality_code.hpp"

#include <algorithm>

namespace tsunagi::core {
namespace {

bool digits(std::string_view text, std::size_t size) {
    return text.size() == size && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

char municipality_check_digit(std::string_view five_digits) {
    int sum = 0;
    for (std::size_t i = 0; i < 5; ++i)
        sum += (five_digits[i] - '0') * static_cast<int>(6 - i);
    return static_cast<char>('0' + (11 - sum % 11) % 10);
}

bool is_municipality_code(std::string_view code) {
    return digits(code, 6) && municipality_check_digit(code) == code[5];
}

std::string six_digit_code(std::string_view code) {
    std::string result(code);
    if (digits(code, 5))
        result += municipality_check_digit(code);
    return result;
}

}  // namespace tsunagi::core
