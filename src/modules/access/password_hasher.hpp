// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <mutex>
#include <string>

namespace tsunagi::access {

/// What one hash costs. The built-in values take about 120 ms of processor time (docs/security.md).
struct HashCost {
    std::size_t memory = 64UL * 1024 * 1024;  ///< bytes
    unsigned long long passes = 3;
    int at_once = 2;  ///< hashes worked on at the same time; the others wait
    int waiting = 8;  ///< more than this are sent away with `sign_in_busy`
};

/// argon2id. Slow on purpose and therefore never inside a transaction, and never so many at once that other requests
/// find no processor or thread.
class PasswordHasher {
public:
    explicit PasswordHasher(HashCost cost = {});

    [[nodiscard]] std::string hash(const std::string& password);
    /// Takes the same time for every hash of the same cost, right or wrong.
    [[nodiscard]] bool verify(const std::string& hash, const std::string& password);

    /// A hash that no password has, to be checked where there is no account.
    [[nodiscard]] const std::string& nobody() const { return nobody_; }

    /// The hash was made with another cost and should be made anew.
    [[nodiscard]] bool outdated(const std::string& hash) const;

private:
    class Turn;
    HashCost cost_;
    std::string nobody_;
    std::mutex mutex_;
    std::condition_variable free_;
    int working_ = 0;
    int waiting_ = 0;
};

}  // namespace tsunagi::access
