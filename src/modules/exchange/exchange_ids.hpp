// SPDX-License-Identifier: Apache-2.0
// Ids of what the directory has no record of its own for. They stay the same in every answer and file. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tsunagi::exchange {

/// The UUID of the corporation with this number; nothing for what is no corporate number.
[[nodiscard]] std::optional<std::string> corporation_id(std::string_view number);
/// The number again; empty for another id.
[[nodiscard]] std::string corporation_number(std::string_view id);
/// The UUID of a part of a record: its address, its telephone.
[[nodiscard]] std::string part_id(std::string_view kind, std::string_view record);
/// A web address that may be followed, and nothing else.
[[nodiscard]] std::optional<std::string> web_address(const std::string& url);

}  // namespace tsunagi::exchange
