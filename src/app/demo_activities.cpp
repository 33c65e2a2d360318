// SPDX-License-Identifier: Apache-2.0
#include "app/demo_activities.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

#include "app/demo_dice.hpp"
#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

using activities::ActivityText;
using boost::json::object;
using boost::json::value;

constexpr std::uint64_t seed = 20261118;

/// A YAML mapping as the text of an activity; what it leaves out is empty.
ActivityText text_of(const YAML::Node& node, const core::Date& on, const std::string& place) {
    static const std::set<std::string> own{"case", "desk", "at", "by", "steps", "on"};
    object json;
    record::for_each_member<ActivityText>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<ActivityText>().*member.pointer)>;
        if constexpr (record::is_vector<Member>::value)
            json[member.name] = boost::json::array{};
        else if constexpr (record::is_optional<Member>::value)
            json[member.name] = nullptr;
        else
            json[member.name] = "";
    });
    for (const auto& entry : node) {
        const auto name = entry.first.as<std::string>();
        if (!own.contains(name))
            json[name] = packs::json_of_yaml(entry.second);
    }
    json["done_on"] = on.str();
    if (!node["kind"])  // a later state of something whose kind is known
        json["kind"] = "note";
    return record_from<ActivityText>(json, place);
}

class Activities {
public:
    Activities(std::filesystem::path file, const DemoNames& names, Application& application, const DemoActor& actor,
               DemoRecords& records)
        : file_(std::move(file)),
          root_(load_yaml(file_)),
          names_(names),
          app_(application),
          actor_(actor),
          records_(records) {
        for (const auto& line : root_["lines"])
            lines_.push_back(line);
    }

    std::vector<DemoEvent> read(const std::vector<DemoCase>& cases) {
        std::map<std::string, const DemoCase*> by_key;
        for (const auto& one : cases) {
            by_key[one.key] = &one;
            everyday(one);
        }
        for (const auto& node : root_["cases"])
            named(node, *by_key.at(node["case"].as<std::string>()));
        for (const auto& node : root_["register"])
            registered(node, by_key);
        for (const auto& node : root_["entries"])
            entry_of_thread(node);
        return std::move(events_);
    }

private:
    /// When the case was closed; nothing while it is open.
    static std::optional<core::Instant> closed_at(const DemoCase& one) {
        return !one.steps.empty() && one.steps.back().kind == "closed" ? std::optional(one.steps.back().at)
                                                                       : std::nullopt;
    }

    /// Everyday cases have a number of the year as their key; the others say themselves what was done about them.
    void everyday(const DemoCase& one) {
        const bool composed = one.key.starts_with("20") || one.key.starts_with("n");
        if (!composed || !one.sheet.subtopic)
            return;
        const auto end = closed_at(one);
        const YAML::Node weights = root_["counts"][end ? "closed" : "open"];
        std::vector<core::Instant> times = end ? before_closing(one, *end, weights) : until_now(one, weights);
        const auto chosen = draw_lines(one.sheet.subtopic->value, times.size());
        for (std::size_t i = 0; i < chosen.size(); ++i)
            line(one, chosen[i], times[i], !end && i + 1 == chosen.size());
    }

    std::vector<core::Instant> before_closing(const DemoCase& one, const core::Instant& end,
                                              const YAML::Node& weights) {
        std::vector<core::Instant> times;
        const auto first = core::day_in_japan(one.at);
        const int days = core::day_in_japan(end).days_since(first);
        const auto wanted = std::stoul(dice_.weighted(weights));
        for (std::size_t i = 0; i < wanted && days > 0; ++i)
            times.push_back(working_time(first.plus_days(dice_.between(0, days - 1))));
        std::erase_if(times, [&](const auto& at) { return at <= one.at || at >= end.plus(std::chrono::minutes(-10)); });
        std::ranges::sort(times);
        return times;
    }

    /// Most of what is not closed has an entry of the last days; some has been left lying.
    std::vector<core::Instant> until_now(const DemoCase& one, const YAML::Node& weights) {
        std::vector<core::Instant> times;
        const auto first = core::day_in_japan(one.at);
        const int age = names_.today.days_since(first);
        if (age < 1)
            return times;
        const YAML::Node recent = root_["recent"];
        const auto wanted = std::stoul(dice_.weighted(weights));
        for (std::size_t i = 1; i < wanted; ++i)
            times.push_back(working_time(first.plus_days(dice_.between(0, std::min(age - 1, 10)))));
        if (dice_.chance(recent["share"].as<double>()))
            times.push_back(
                working_time(names_.today.plus_days(-dice_.between(1, std::min(age, recent["days"].as<int>())))));
        std::erase_if(times, [&](const auto& at) { return at <= one.at; });
        std::ranges::sort(times);
        return times;
    }

    /// On that day, or the last one before it on which desks are open.
    core::Instant working_time(core::Date day) {
        while (!names_.open_on(day))
            day = day.plus_days(-1);
        return at_japan(day, dice_.between(8 * 60 + 50, 16 * 60 + 50));
    }

    /// Different lines in the order of their stages.
    std::vector<YAML::Node> draw_lines(const std::string& subtopic, std::size_t count) {
        std::vector<YAML::Node> own;
        std::vector<YAML::Node> any;
        for (const auto& line : lines_) {
            for (const auto& name : line["for"]) {
                if (name.as<std::string>() == subtopic)
                    own.push_back(line);
                if (name.as<std::string>() == "any")
                    any.push_back(line);
            }
        }
        std::vector<YAML::Node> chosen;
        while (chosen.size() < count && (!own.empty() || !any.empty())) {
            auto& pool = own.empty() ? any : own;
            const std::size_t at = dice_.below(pool.size());
            chosen.push_back(pool[at]);
            pool.erase(pool.begin() + static_cast<std::ptrdiff_t>(at));
        }
        std::ranges::stable_sort(chosen, {}, [](const YAML::Node& node) { return node["stage"].as<int>(); });
        return chosen;
    }

    void line(const DemoCase& one, const YAML::Node& node, const core::Instant& at, bool last) {
        activities::NewActivity entry;
        entry.text =
            text_of(without(node, {"for", "stage", "with", "minutes"}), core::day_in_japan(at), place_of(file_, node));
        entry.text.started_at = time_in_japan(at);
        entry.text.minutes = {{dice_.between(node["minutes"][0].as<int>(), node["minutes"][1].as<int>())}};
        if (const auto* spoken_with = caller(node["with"], one.desk)) {
            entry.text.with_name = spoken_with->name;
            entry.text.with_affiliation = spoken_with->affiliation;
            entry.text.with_profession.emplace(spoken_with->profession);
        }
        const YAML::Node second = root_["second_follow_up"];
        if (last && dice_.chance(second["share"].as<double>())) {
            core::Date day = names_.today.plus_days(dice_.between(0, 10));
            while (!names_.open_on(day))
                day = day.plus_days(1);
            activities::NextStep next;
            next.due_on = day;
            next.note.value = dice_.text_of(second["notes"]);
            entry.next_step = next;
        }
        add(at.plus(std::chrono::minutes(entry.text.minutes->value + 3)), one.receiver, one, entry,
            place_of(file_, node));
    }

    /// Somebody of one of the professions, from the desk's own wards when there is one.
    const DemoNames::Caller* caller(const YAML::Node& professions, const std::string& desk) {
        std::vector<const DemoNames::Caller*> near;
        std::vector<const DemoNames::Caller*> all;
        const auto& served = names_.desk_regions.at(desk);
        for (const auto& entry : names_.callers) {
            const DemoNames::Caller& one = entry.second;
            const bool fits = std::any_of(professions.begin(), professions.end(), [&](const YAML::Node& wanted) {
                return wanted.as<std::string>() == one.profession;
            });
            if (!fits)
                continue;
            all.push_back(&one);
            if (std::ranges::find(served, one.region) != served.end())
                near.push_back(&one);
        }
        if (all.empty())
            return nullptr;
        return dice_.one_of(near.empty() ? all : near);
    }

    static YAML::Node without(const YAML::Node& node, const std::set<std::string>& names) {
        YAML::Node result(YAML::NodeType::Map);
        for (const auto& entry : node) {
            if (!names.contains(entry.first.as<std::string>()))
                result[entry.first.as<std::string>()] = entry.second;
        }
        return result;
    }

    static core::Instant moment(const YAML::Node& node) {
        const auto text = node["at"].as<std::string>();
        const auto day = core::Date::parse(text.substr(0, 10));
        const auto time = core::TimeOfDay::parse(text.substr(11));
        if (!day || !time)
            throw std::runtime_error("\"" + text + "\" is no day with a time");
        return at_japan(*day, time->minutes());
    }

    void named(const YAML::Node& node, const DemoCase& one) {
        const std::string place = place_of(file_, node);
        const core::Instant at = moment(node);
        activities::NewActivity entry;
        entry.text = text_of(node, core::day_in_japan(at), place);
        entry.text.started_at = time_in_japan(at);
        add(at.plus(std::chrono::minutes(40)), node["by"] ? node["by"].as<std::string>() : one.receiver, one, entry,
            place);
    }

    /// A line of a register and its later states.
    void registered(const YAML::Node& node, const std::map<std::string, const DemoCase*>& by_key) {
        const std::string place = place_of(file_, node);
        const auto id = std::make_shared<core::ActivityId>();
        const auto by = node["by"].as<std::string>();
        const core::Instant at = moment(node);
        const core::Date on = core::day_in_japan(at);
        activities::NewActivity entry;
        entry.text = text_of(node, on, place);
        entry.text.state = activities::ActivityState::asked;
        if (node["case"])
            add(at, by, *by_key.at(node["case"].as<std::string>()), entry, place, id);
        else
            add_without_case(at, by, node["desk"].as<std::string>(), entry, place, id);
        ActivityText text = entry.text;
        for (const auto& step : node["steps"]) {
            const core::Date day = core::Date::parse(step["on"].as<std::string>()).value();
            const ActivityText later = text_of(step, day, place);
            text.state = later.state;
            if (later.state == activities::ActivityState::done || later.state == activities::ActivityState::declined)
                text.settled_on = day;
            if (!later.outcome.empty())
                text.outcome = later.outcome;
            if (!later.partner.empty())
                text.partner = later.partner;
            if (later.minutes)
                text.minutes = later.minutes;
            if (!later.candidates.empty())
                text.candidates = later.candidates;
            if (!later.agreement.empty())
                text.agreement = later.agreement;
            if (later.agreed_on)
                text.agreed_on = later.agreed_on;
            if (later.begun_on)
                text.begun_on = later.begun_on;
            text.follow_up_on = later.follow_up_on;
            if (!later.startup_supports.empty())
                text.startup_supports = later.startup_supports;
            events_.push_back({at_japan(day, 16 * 60 + 40), place, [this, id, by, text] {
                                   const access::Actor writer = actor_(by);
                                   const auto version = app_.activities.get(writer, *id).version;
                                   (void)app_.activities.change(writer, *id, version, {text, ""});
                               }});
        }
    }

    /// A note on an issue, or a report on a measure.
    void entry_of_thread(const YAML::Node& node) {
        const core::Date on = core::Date::parse(node["on"].as<std::string>()).value();
        events_.push_back(
            {at_japan(on, 17 * 60), place_of(file_, node), [this, node, on] {
                 const access::Actor writer = actor_(node["by"].as<std::string>());
                 const auto words = node["text"].as<std::string>();
                 if (node["issue"]) {
                     issues::NewIssueNote note;
                     note.text.value = words;
                     app_.issues.add_note(writer, records_.issues.at(node["issue"].as<std::string>()), note);
                     return;
                 }
                 measures::NewProgress progress;
                 progress.on = on;
                 progress.percent.value = node["percent"].as<std::int64_t>();
                 progress.note.value = words;
                 app_.measures.add_progress(writer, records_.measures.at(node["measure"].as<std::string>()), progress);
             }});
    }

    void add(const core::Instant& at, const std::string& by, const DemoCase& one, activities::NewActivity entry,
             const std::string& place, const std::shared_ptr<core::ActivityId>& id = {}) {
        events_.push_back({at, place, [this, by, key = one.key, desk = one.desk, entry, id]() mutable {
                               entry.consultation_id = records_.cases.at(key);
                               const auto made = app_.activities.create(writer(by, desk), entry, "");
                               if (id)
                                   *id = made.id;
                           }});
    }

    void add_without_case(const core::Instant& at, const std::string& by, const std::string& desk,
                          activities::NewActivity entry, const std::string& place,
                          const std::shared_ptr<core::ActivityId>& id) {
        entry.desk_id = names_.desks.at(desk);
        events_.push_back(
            {at, place, [this, by, entry, id] { *id = app_.activities.create(actor_(by), entry, "").id; }});
    }

    /// The one who took the call, or who goes on when that one has left.
    access::Actor writer(const std::string& by, const std::string& desk) const {
        access::Actor one = actor_(by);
        if (one.works_at(names_.desks.at(desk)))
            return one;
        for (const auto& [key, staff] : names_.staff) {
            if (staff.desk == desk && staff.from <= one.today && (!staff.until || *staff.until >= one.today))
                return actor_(key);
        }
        throw std::runtime_error("nobody works at " + desk);
    }

    std::filesystem::path file_;
    YAML::Node root_;
    const DemoNames& names_;  // NOLINT: the demonstration owns them
    Application& app_;        // NOLINT
    DemoActor actor_;
    DemoRecords& records_;  // NOLINT
    Dice dice_{seed};
    std::vector<YAML::Node> lines_;
    std::vector<DemoEvent> events_;
};

}  // namespace

std::vector<DemoEvent> activity_events(const std::filesystem::path& folder, const DemoNames& names,
                                       const std::vector<DemoCase>& cases, Application& application,
                                       const DemoActor& actor, DemoRecords& records) {
    // The events keep what they write and whom they ask, so it lives as long as they do.
    const auto reader = std::make_shared<Activities>(folder / "activities.yaml", names, application, actor, records);
    auto events = reader->read(cases);
    for (DemoEvent& event : events)
        event.happen = [reader, happen = std::move(event.happen)] { happen(); };
    return events;
}

}  // namespace tsunagi::app
