// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

namespace tsunagi::bench {

/// Sends a log of so many fictitious lines (CSV in UTF-8, era dates) to the desk of `login`, has every line
/// checked, takes all of them and takes them back; prints the seconds of each step. Throws when a step is refused.
void measure_import(std::uint16_t port, const std::string& login, const std::string& password, std::int64_t lines);

}  // namespace tsunagi::bench
