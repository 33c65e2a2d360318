// SPDX-License-Identifier: Apache-2.0
#include "modules/access/password_hasher.hpp"

#include <array>
#include <stdexcept>

#include <sodium.h>

#include "core/error.hpp"
#include "core/sealing.hpp"

namespace tsunagi::access {

/// One of the places for hashing, held for the time of one hash.
class PasswordHasher::Turn {
public:
    explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
        std::unique_lock lock(hasher_.mutex_);
        if (hasher_.working_ >= hasher_.cost_.at_once) {
            if (hasher_.waiting_ >= hasher_.cost_.waiting) {
                throw core::Error(core::ErrorKind::unavailable, "sign_in_busy");
            }
            ++hasher_.waiting_;
            hasher_.free_.wait(lock, [&] { return hasher_.working_ < hasher_.cost_.at_once; });
            --hasher_.waiting_;
        }
        ++hasher_.working_;
    }

    ~Turn() {
        {
            const std::lock_guard lock(hasher_.mutex_);
            --hasher_.working_;
        }
        hasher_.free_.notify_one();
    }

    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    PasswordHasher& hasher_;  // NOLINT: lives as long as the hash
};

PasswordHasher::PasswordHasher(HashCost cost) : cost_(cost) {
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot start");
    nobody_ = hash(core::random_token());
}

std::string PasswordHasher::hash(const std::string& password) {
    const Turn turn(*this);
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str(out.data(), password.data(), password.size(), cost_.passes, cost_.memory) != 0) {
        throw core::Error(core::ErrorKind::unavailable, "sign_in_busy", {}, "no memory for a password hash");
    }
    return {out.data()};
}

bool PasswordHasher::verify(const std::string& hash, const std::string& password) {
    const Turn turn(*this);
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool PasswordHasher::outdated(const std::string& hash) const {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory) != 0;
}

}  // namespace tsunagi::access
