// SPDX-License-Identifier: Apache-2.0
// What the demonstration's people did after the calls: everyday lines drawn by the case's subtopic, and what named
// cases and the registers say.
#pragma once
#include <filesystem>
#include <vector>

#include "app/application.hpp"
#include "app/demo_cases.hpp"
#include "app/demo_thread.hpp"

namespace tsunagi::app {

/// All events of activities.yaml. `records` knows the cases by the time they happen; everything given must outlive
/// them.
[[nodiscard]] std::vector<DemoEvent> activity_events(const std::filesystem::path& folder, const DemoNames& names,
                                                     const std::vector<DemoCase>& cases, Application& application,
                                                     const DemoActor& actor, DemoRecords& records);

}  // namespace tsunagi::app
