// SPDX-License-Identifier: Apache-2.0
// Confirmations, requests, a round and vacancies of the demonstration.
#pragma once
#include <filesystem>
#include <vector>

#include "app/application.hpp"
#include "app/demo_cases.hpp"
#include "app/demo_thread.hpp"

namespace tsunagi::app {

/// All events of freshness.yaml; they come after those of the official files. Everything given must outlive them.
[[nodiscard]] std::vector<DemoEvent> freshness_events(const std::filesystem::path& folder, const DemoNames& names,
                                                      Application& application, const DemoActor& actor);

}  // namespace tsunagi::app
