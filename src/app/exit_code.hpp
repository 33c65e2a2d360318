// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tsunagi::app {

constexpr int exit_done = 0;
constexpr int exit_failed = 1;
constexpr int exit_wrong_words = 2;   ///< command line or settings
constexpr int exit_data_refused = 3;  ///< checksum, newer schema, broken audit chain

}  // namespace tsunagi::app
