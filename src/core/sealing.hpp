// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tsunagi::core {

/// The installation's secret, 32 bytes in a file that only the service may read. Never in the database or a backup.
class MasterKey {
public:
    /// Reads the file. Throws std::runtime_error when it is missing, too short or readable by others.
    [[nodiscard]] static MasterKey load(const std::filesystem::path& file);
    /// Makes a new file with mode 0600; throws std::runtime_error when one exists.
    static MasterKey create(const std::filesystem::path& file);

    /// A key of 32 bytes for one purpose; `purpose` is exactly 8 characters.
    [[nodiscard]] std::string derive(std::string_view purpose) const;
    /// Tells two keys apart without revealing them; kept in backups, 16 hex digits.
    [[nodiscard]] std::string fingerprint() const;

private:
    explicit MasterKey(std::string bytes) : bytes_(std::move(bytes)) {}

    std::string bytes_;
};

/// XChaCha20-Poly1305 with a random nonce, as base64. `context` (table and record id) must be the same when opening,
/// so that a sealed value cannot be moved to another record.
[[nodiscard]] std::string seal(const std::string& key, std::string_view plain, std::string_view context);
/// Nothing when the value was changed, moved, or sealed with another key.
[[nodiscard]] std::optional<std::string> open_sealed(const std::string& key, std::string_view sealed,
                                                     std::string_view context);

/// BLAKE2b-256 with a key, as base64.
[[nodiscard]] std::string keyed_hash(const std::string& key, std::string_view text);
/// BLAKE2b-256, as base64: for tokens that are random themselves.
[[nodiscard]] std::string plain_hash(std::string_view text);

/// BLAKE2b-256 of bytes that come one after the other.
class RunningHash {
public:
    RunningHash();
    ~RunningHash();
    RunningHash(const RunningHash&) = delete;
    RunningHash& operator=(const RunningHash&) = delete;
    RunningHash(RunningHash&&) = delete;
    RunningHash& operator=(RunningHash&&) = delete;

    void add(std::string_view bytes);
    /// Of everything so far, 64 hex digits; nothing is added behind it.
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// 32 random bytes as base64url without padding.
[[nodiscard]] std::string random_token();

}  // namespace tsunagi::core
