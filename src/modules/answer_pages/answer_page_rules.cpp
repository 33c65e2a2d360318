// SPDX-License-Identifier: Apache-2.0
#include "modules/answer_pages/answer_page_rules.hpp"

#include <algorithm>

#include <sodium.h>

namespace tsunagi::answer_pages {
namespace {

constexpr int digits = 8;
constexpr std::int64_t failures_until_long = 10;
constexpr std::chrono::seconds long_time = std::chrono::minutes(15);
/// The bytes of ０ in UTF-8; the other digits differ in the last one.
constexpr std::string_view wide_zero = "\xef\xbc\x90";

}  // namespace

std::string new_code() {
    std::string code;
    for (int i = 0; i < digits; ++i) {
        if (i == digits / 2)
            code += '-';
        code += static_cast<char>('0' + randombytes_uniform(10));
    }
    return code;
}

std::string plain_code(std::string_view typed) {
    std::string code;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        if (c >= '0' && c <= '9') {
            code += c;
        } else if (typed.substr(i).starts_with(wide_zero.substr(0, 2)) && i + 2 < typed.size()) {
            const int digit = static_cast<unsigned char>(typed[i + 2]) - static_cast<unsigned char>(wide_zero[2]);
            if (digit >= 0 && digit <= 9)
                code += static_cast<char>('0' + digit);
            i += 2;
        }
    }
    return code;
}

std::chrono::seconds closed_for(std::int64_t failures) {
    if (failures >= failures_until_long)
        return long_time;
    if (failures <= 0)
        return std::chrono::seconds(0);
    return std::min(std::chrono::seconds(std::int64_t{1} << failures), long_time);
}

}  // namespace tsunagi::answer_pages
