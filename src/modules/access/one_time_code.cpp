// SPDX-License-Identifier: Apache-2.0
#include "modules/access/one_time_code.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <oath.h>
#include <sodium.h>

namespace tsunagi::access {
namespace {

constexpr unsigned seconds_per_step = 30;
constexpr unsigned digits = 6;

void start_oath() {
    static const int started = oath_init();
    if (started != OATH_OK)
        throw std::runtime_error("liboath cannot start");
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string new_totp_secret() {
    std::string secret(20, '\0');
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string base32(const std::string& bytes) {
    start_oath();
    char* text = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, &size) != OATH_OK)
        throw std::bad_alloc();
    std::string result(text, size);
    std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): the library's own way
    while (!result.empty() && result.back() == '=')
        result.pop_back();
    return result;
}

std::string totp_uri(const std::string& secret, const std::string& login) {
    return "otpauth://totp/Tsunagi:" + login + "?secret=" + base32(secret) +
           "&issuer=Tsunagi&algorithm=SHA1&digits=6&period=30";
}

std::string totp_at(const std::string& secret, std::int64_t step) {
    start_oath();
    std::array<char, digits + 1> code{};
    if (oath_hotp_generate(secret.data(), secret.size(), static_cast<std::uint64_t>(step), digits, false,
                           OATH_HOTP_DYNAMIC_TRUNCATION, code.data()) != OATH_OK) {
        throw std::runtime_error("liboath made no code");
    }
    return {code.data(), digits};
}

std::int64_t totp_step(const core::Instant& at) {
    return std::chrono::floor<std::chrono::seconds>(at.time()).time_since_epoch().count() / seconds_per_step;
}

std::optional<std::int64_t> matching_step(const std::string& secret, std::string_view code, const core::Instant& now) {
    const std::int64_t present = totp_step(now);
    for (const std::int64_t step : {present, present - 1, present + 1}) {
        if (same(totp_at(secret, step), code))
            return step;
    }
    return std::nullopt;
}

std::vector<std::string> new_recovery_codes() {
    // Without l, o, 0 and 1, which look like each other on paper.
    static constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
    static_assert(letters.size() == 32);
    std::vector<std::string> codes(10);
    for (std::string& code : codes) {
        for (int i = 0; i < 10; ++i) {
            if (i == 5)
                code += '-';
            code += letters[randombytes_uniform(letters.size())];
        }
    }
    return codes;
}

std::string plain_recovery_code(std::string_view code) {
    std::string result;
    for (const char c : code) {
        if (c == '-' || c == ' ')
            continue;
        result += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

}  // namespace tsunagi::access
