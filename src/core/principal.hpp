// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace tsunagi::core {

/// Who makes a request, as far as anybody below the modules needs to know.
class Principal {
public:
    virtual ~Principal() = default;
    [[nodiscard]] virtual bool may(std::string_view permission) const = 0;
    /// Signed in, but nothing except the own account is open until something is done first
    /// (`must_change_password`, `totp_setup_required`); empty otherwise.
    [[nodiscard]] virtual std::string restriction() const = 0;
    [[nodiscard]] virtual const std::string& csrf_token() const = 0;

protected:
    Principal() = default;
    Principal(const Principal&) = default;
    Principal(Principal&&) = default;
    Principal& operator=(const Principal&) = default;
    Principal& operator=(Principal&&) = default;
};

}  // namespace tsunagi::core
