// SPDX-License-Identifier: Apache-2.0
// The directory of the demonstration: the official files of the fictitious city, and what its desks know beyond them.
#pragma once
#include <filesystem>
#include <vector>

#include "app/application.hpp"
#include "app/demo_cases.hpp"
#include "app/demo_thread.hpp"

namespace tsunagi::app {

/// All events of resources.yaml, and before them the files of the folder official/. Everything given must outlive them.
[[nodiscard]] std::vector<DemoEvent> resource_events(const std::filesystem::path& folder, const DemoNames& names,
                                                     Application& application, const DemoActor& actor);

}  // namespace tsunagi::app
