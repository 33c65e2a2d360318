// SPDX-License-Identifier: Apache-2.0
// The consultations of the demonstration: the named cases as written, the everyday ones composed from templates.
// Pure: the same files give the same cases on every machine.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "modules/consultations/consultation.hpp"

namespace tsunagi::app {

/// What the texts of a case refer to, by the keys of the YAML files.
struct DemoNames {
    struct Caller {
        std::string name;
        std::string affiliation;
        std::string profession;
        std::string profession_note;
        std::string phone;
        std::string region;
        std::string kana;
        std::string contact;
    };

    struct Staff {
        std::string desk;
        core::Date from;
        std::optional<core::Date> until;
    };

    struct Place {
        core::RegionId id;
        std::string name;
        std::string parent;
        std::string kind;
    };

    std::map<std::string, core::DeskId> desks;
    std::map<std::string, std::vector<std::string>> desk_regions;
    std::map<std::string, Place> regions;
    std::map<std::string, core::UserId> users;
    std::map<std::string, Staff> staff;
    std::map<std::string, Caller> callers;
    core::Date today;
    std::set<std::string> holidays;  ///< days on which no desk is open, besides the weekends
    /// Japanese label of a code, for the slots of the templates.
    std::function<std::string(const std::string& scheme, const std::string& code)> label;

    [[nodiscard]] bool open_on(const core::Date& day) const {
        return day.weekday() < 5 && !holidays.contains(day.str());
    }
};

/// One later step in the life of a case.
struct DemoStep {
    core::Instant at;
    std::string by;
    std::string kind;  ///< edited, held, resumed, closed, reopened
    std::string reason;
    std::optional<consultations::ConsultationSheet> sheet;  ///< for edited
};

struct DemoCase {
    std::string key;
    std::string desk;
    std::string receiver;
    int fiscal_year = 0;
    std::int64_t sequence = 0;
    core::Instant at;
    consultations::ConsultationSheet sheet;  ///< as it was when the call ended
    std::vector<DemoStep> steps;             ///< in order of time
    std::optional<consultations::Person> person;
};

/// All cases by the time they were received. Throws std::runtime_error naming file and line of what is wrong.
[[nodiscard]] std::vector<DemoCase> compose_demo_cases(const std::filesystem::path& folder, const DemoNames& names);

}  // namespace tsunagi::app
