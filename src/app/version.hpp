// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tsunagi::app {

constexpr const char* version = TSUNAGI_VERSION;  ///< from CMakeLists.txt

}  // namespace tsunagi::app
