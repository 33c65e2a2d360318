// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace tsunagi::documents {

/// A virus scanner that speaks the protocol of clamd. One connection for each file.
class VirusScanner {
public:
    /// `unix:/path/of/the/socket` or `tcp:host:port`. Throws std::invalid_argument for anything else.
    explicit VirusScanner(const std::string& address);

    /// The name of what was found, or nothing. Throws core::Error `unavailable` with reason `scanner_unavailable` when
    /// no answer can be had, `scanner_limit` when the file is longer than it is set to take: what was not scanned is
    /// not clean.
    [[nodiscard]] std::optional<std::string> scan(std::int64_t parts,
                                                  const std::function<std::string(std::int64_t)>& part) const;

private:
    std::string path_;  ///< of a socket of this machine
    std::string host_;
    std::string port_;
};

}  // namespace tsunagi::documents
