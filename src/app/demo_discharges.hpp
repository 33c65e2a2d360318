// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "app/demo_cases.hpp"
#include "app/demo_thread.hpp"

namespace tsunagi::app {

/// The coordinations of discharges.yaml, each step on its own day. Everything given must outlive them.
[[nodiscard]] std::vector<DemoEvent> discharge_events(const std::filesystem::path& folder, const DemoNames& names,
                                                      Application& application, const DemoActor& actor,
                                                      DemoRecords& records);

}  // namespace tsunagi::app
