// SPDX-License-Identifier: Apache-2.0
// The demonstration's issues, meetings, measures, indicators and evaluations, brought in as their dates say.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "app/demo_cases.hpp"

namespace tsunagi::app {

/// Something that happens in the demonstration's past.
struct DemoEvent {
    core::Instant at;
    std::string place;  ///< file and line, for messages
    std::function<void()> happen;
};

/// What has come into being so far, by the keys of the YAML files.
struct DemoRecords {
    std::map<std::string, core::ConsultationId> cases;
    std::map<std::string, core::IssueId> issues;
    std::map<std::string, core::BodyId> bodies;
    std::map<std::string, core::MeetingId> meetings;
    std::map<std::string, core::MeasureId> measures;
    std::map<std::string, core::IndicatorId> indicators;
    std::map<std::string, core::EvaluationId> evaluations;
};

/// The people who act. Answers the actor of a user key on the day the clock shows.
using DemoActor = std::function<access::Actor(const std::string& user)>;

/// All events of thread.yaml. `records` is filled while they happen; it and the application must outlive them.
[[nodiscard]] std::vector<DemoEvent> thread_events(const std::filesystem::path& folder, const DemoNames& names,
                                                   Application& application, const DemoActor& actor,
                                                   DemoRecords& records);

}  // namespace tsunagi::app
