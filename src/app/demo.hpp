// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "app/settings.hpp"
#include "core/sealing.hpp"

namespace tsunagi::app {

/// Fills an empty database with the fictitious city of `folder`: places, people, a year of consultations, and the
/// thread from issues to evaluations. Everything goes through the services, on the days the files say, so that
/// versions, numbers and the audit are as real use would have left them. Deterministic but for the ids. The accounts
/// get `password`; what an operator needs to know is printed.
void load_demonstration(const Settings& settings, const core::MasterKey& key, const std::filesystem::path& folder,
                        const std::string& password);

}  // namespace tsunagi::app
