// SPDX-License-Identifier: Apache-2.0
// Codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds) and the recovery codes that stand in for it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"

namespace tsunagi::access {

/// 20 random bytes.
[[nodiscard]] std::string new_totp_secret();
[[nodiscard]] std::string base32(const std::string& bytes);
[[nodiscard]] std::string totp_uri(const std::string& secret, const std::string& login);
[[nodiscard]] std::string totp_at(const std::string& secret, std::int64_t step);
[[nodiscard]] std::int64_t totp_step(const core::Instant& at);
/// The step the code belongs to: the present one or one beside it, for clocks that are not quite right.
[[nodiscard]] std::optional<std::int64_t> matching_step(const std::string& secret, std::string_view code,
                                                        const core::Instant& now);

/// Ten codes of 50 random bits, written `abcde-fghij`.
[[nodiscard]] std::vector<std::string> new_recovery_codes();
/// As it is hashed: without the hyphen and blanks, in small letters.
[[nodiscard]] std::string plain_recovery_code(std::string_view code);

}  // namespace tsunagi::access
