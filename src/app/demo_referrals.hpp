// SPDX-License-Identifier: Apache-2.0
// What the demonstration's desks looked for on behalf of cases, whom they asked, and what was answered.
#pragma once
#include <filesystem>
#include <vector>

#include "app/application.hpp"
#include "app/demo_cases.hpp"
#include "app/demo_thread.hpp"

namespace tsunagi::app {

/// All events of referrals.yaml. Everything given must outlive them.
[[nodiscard]] std::vector<DemoEvent> referral_events(const std::filesystem::path& folder,
                                                     const std::vector<DemoCase>& cases, Application& application,
                                                     const DemoActor& actor, DemoRecords& records);

}  // namespace tsunagi::app
