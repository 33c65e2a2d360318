// SPDX-License-Identifier: Apache-2.0
#include "app/demo_thread.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

core::Instant at_japan(const core::Date& day, int hour, int minute) {
    return core::Instant::parse(day.str() + "T00:00:00.000Z")
        .value()
        .plus(std::chrono::hours(hour - 9) + std::chrono::minutes(minute));
}

std::string text(const YAML::Node& node) {
    return node && !node.IsNull() ? node.as<std::string>() : std::string();
}

core::Date date(const YAML::Node& node) {
    return core::Date::parse(node.as<std::string>()).value();
}

/// The order in which a record usually moves; the last one is where it is now.
std::vector<std::string> path_to(const std::vector<std::string>& order, const std::string& state) {
    std::vector<std::string> path;
    const auto main = std::find(order.begin(), order.end(), state);
    if (main != order.end()) {
        path.assign(order.begin() + 1, main + 1);
    } else if (state == "on_hold") {
        path = {"reviewing", "on_hold"};
    } else if (state == "cancelled") {
        path = {"coordination", "cancelled"};
    } else {  // solved, continued, reconsidered, finished: after the evaluation
        path.assign(order.begin() + 1, order.end());
        path.push_back(state);
    }
    return path;
}

class ThreadFile {
public:
    ThreadFile(const std::filesystem::path& folder, const DemoNames& names, Application& application, DemoActor actor,
               DemoRecords& records)
        : file_(folder / "thread.yaml"),
          root_(load_yaml(file_)),
          names_(names),
          app_(application),
          actor_(std::move(actor)),
          records_(records) {}

    std::vector<DemoEvent> events() {
        for (const auto& node : root_["bodies"])
            body(node);
        for (const auto& node : root_["issues"])
            issue(node);
        for (const auto& node : root_["measures"])
            measure(node);
        for (const auto& node : root_["indicators"])
            indicator(node);
        for (const auto& node : root_["meetings"])
            meeting(node);
        for (const auto& node : root_["evaluations"])
            evaluation(node);
        return std::move(events_);
    }

private:
    void on(const core::Instant& at, const YAML::Node& node, std::function<void()> happen) {
        events_.push_back({at, place_of(file_, node), std::move(happen)});
    }

    /// Who writes for a desk: the named person where they may, else the lead who works for every station, else
    /// somebody of the desk.
    access::Actor writer(const std::string& user, const std::string& desk) const {
        const core::DeskId& id = names_.desks.at(desk);
        if (!user.empty()) {
            access::Actor named = actor_(user);
            if (named.works_at(id) || !named.municipalities.empty())
                return named;
        }
        access::Actor lead = actor_("watanabe");
        if (lead.works_at(id))
            return lead;
        for (const auto& [key, staff] : names_.staff) {
            if (staff.desk == desk && staff.from <= lead.today && (!staff.until || *staff.until >= lead.today)) {
                return actor_(key);
            }
        }
        throw std::runtime_error("nobody may write for " + desk);
    }

    /// A desk does not see the cases of another association's desk; the officer of the city brings them together.
    void with_sight(const access::Actor& author, const std::function<void(const access::Actor&)>& work) const {
        try {
            work(author);
        } catch (const core::Error& error) {
            const bool unseen = error.kind() == core::ErrorKind::not_found ||
                                std::any_of(error.fields().begin(), error.fields().end(),
                                            [](const auto& field) { return field.reason == "not_found"; });
            if (!unseen)
                throw;
            work(actor_("tokura"));
        }
    }

    /// The node's members as JSON without those named, empty texts of codes and days as null.
    static object fields(const YAML::Node& node, const std::set<std::string>& without,
                         const std::set<std::string>& empty_is_null) {
        object json;
        for (const auto& entry : node) {
            const auto name = entry.first.as<std::string>();
            if (without.contains(name))
                continue;
            value item = packs::json_of_yaml(entry.second);
            if (item.is_null())
                item = "";
            if (item.is_string() && item.get_string().empty() && empty_is_null.contains(name))
                item = nullptr;
            json[name] = std::move(item);
        }
        return json;
    }

    void put_user(object& json, const std::string& member, const std::string& user) const {
        if (!user.empty() && names_.users.contains(user))
            json[member] = names_.users.at(user).str();
    }

    template <class Id>
    static const Id& known(const std::map<std::string, Id>& ids, const std::string& key) {
        const auto found = ids.find(key);
        if (found == ids.end())
            throw std::runtime_error("\"" + key + "\" does not exist yet at that time");
        return found->second;
    }

    template <class Id>
    static array id_list(const std::map<std::string, Id>& ids, const YAML::Node& keys) {
        array result;
        for (const auto& key : keys)
            result.emplace_back(known(ids, key.template as<std::string>()).str());
        return result;
    }

    void body(const YAML::Node& node) {
        on(at_japan(core::Date::parse("2024-04-01").value(), 9, 0), node, [=, this] {
            object json = fields(node, {"key", "parent", "desk"}, {"kind", "layer"});
            json["frequency"] = text(node["frequency"]);
            if (const auto parent = text(node["parent"]); !parent.empty()) {
                json["parent_id"] = known(records_.bodies, parent).str();
            }
            const auto desk = text(node["desk"]);
            json["desk_id"] = names_.desks.at(desk).str();
            const auto body = record_from<meetings::NewBody>(json, place_of(file_, node));
            records_.bodies[text(node["key"])] = app_.meetings.create_body(writer("", desk), body, "").id;
        });
    }

    static core::Instant issue_begins(const YAML::Node& node) {
        const auto origin = text(node["origin"]);
        const bool after_work = origin == "meeting" || origin == "evaluation";
        return at_japan(date(node["created_on"]), after_work ? 18 : 12, 0);
    }

    void issue(const YAML::Node& node) {
        const auto key = text(node["key"]);
        const auto desk = text(node["desk"]);
        const core::Instant begin = issue_begins(node);
        begins_[key] = begin;
        on(begin, node, [=, this] { create_issue(node, key, desk); });
        for (const auto& evidence : node["evidence"]) {
            if (date(evidence["added_on"]) == date(node["created_on"]))
                continue;
            on(at_japan(date(evidence["added_on"]), 17, 50), evidence, [=, this] {
                with_sight(writer(text(evidence["added_by"]), desk), [&](const access::Actor& author) {
                    app_.issues.put_evidence(author, records_.issues.at(key), new_evidence(evidence));
                });
            });
        }
        issue_history(node, key, desk);
    }

    issues::NewEvidence new_evidence(const YAML::Node& node) const {
        issues::NewEvidence evidence;
        evidence.consultation_id = known(records_.cases, text(node["case"]));
        evidence.note = text(node["note"]);
        evidence.candidate = node["candidate"].as<bool>();
        return evidence;
    }

    void create_issue(const YAML::Node& node, const std::string& key, const std::string& desk) {
        object json = fields(node,
                             {"key", "number", "desk", "created_on", "created_by", "origin", "origin_key", "state",
                              "state_since", "region", "owner", "evidence", "history", "template"},
                             {"kind", "layer", "due_on"});
        json["region_id"] = names_.regions.at(text(node["region"])).id.str();
        put_user(json, "owner_id", text(node["owner"]));
        issues::NewIssue issue;
        issue.desk_id = names_.desks.at(desk);
        issue.text = record_from<issues::IssueText>(json, place_of(file_, node));
        issue.origin = record_from<issues::IssueOrigin>(value(text(node["origin"])), place_of(file_, node));
        if (issue.origin == issues::IssueOrigin::meeting) {
            issue.origin_id = known(records_.meetings, text(node["origin_key"])).str();
        } else if (issue.origin == issues::IssueOrigin::evaluation) {
            issue.origin_id = known(records_.evaluations, text(node["origin_key"])).str();
        }
        for (const auto& evidence : node["evidence"]) {
            if (date(evidence["added_on"]) == date(node["created_on"]))
                issue.evidence.push_back(new_evidence(evidence));
        }
        const bool needs_cases = issue.origin == issues::IssueOrigin::cases ||
                                 issue.origin == issues::IssueOrigin::matrix ||
                                 issue.origin == issues::IssueOrigin::awareness;
        if (needs_cases && issue.evidence.empty())
            issue.origin = issues::IssueOrigin::hand;
        with_sight(writer(text(node["created_by"]), desk), [&](const access::Actor& author) {
            records_.issues[key] = app_.issues.create(author, issue, "").id;
        });
    }

    /// Notes and feedback as written; the state entries share the steps of the usual path between them.
    void issue_history(const YAML::Node& node, const std::string& key, const std::string& desk) {
        const auto path = path_to({"sign", "reviewing", "planned", "underway", "evaluating"}, text(node["state"]));
        std::vector<YAML::Node> states;
        for (const auto& entry : node["history"]) {
            const auto kind = text(entry["kind"]);
            if (kind == "state")
                states.push_back(entry);
            if (kind != "note" && kind != "feedback")
                continue;
            on(std::max(at_japan(date(entry["on"]), 16, 0), begins_[key].plus(std::chrono::minutes(10))), entry,
               [=, this] {
                   issues::NewIssueNote note;
                   note.text.value = text(entry["text"]);
                   note.feedback = kind == "feedback";
                   app_.issues.add_note(writer(text(entry["by"]), desk), records_.issues.at(key), note);
               });
        }
        std::size_t taken = 0;
        for (std::size_t i = 0; i <= states.size() && taken < path.size(); ++i) {
            const bool last = i + 1 >= states.size();
            const std::size_t upto = last ? path.size() : std::min(path.size(), path.size() - (states.size() - 1 - i));
            const bool written = i < states.size();
            const core::Date day = written ? date(states[i]["on"]) : date(node["state_since"]);
            const auto by = written ? text(states[i]["by"]) : text(node["created_by"]);
            const auto words = written ? text(states[i]["text"]) : text(node["goal"]);
            for (; taken < upto; ++taken) {
                const auto minute = static_cast<int>(taken);
                const core::Instant at =
                    std::max(at_japan(day, 17, 35 + minute), begins_[key].plus(std::chrono::minutes(20 + minute)));
                on(at, node, [=, this, state = path[taken]] {
                    const access::Actor actor = writer(by, desk);
                    const auto id = records_.issues.at(key);
                    issues::IssueStateChange change;
                    change.state = record_from<issues::IssueState>(value(state), place_of(file_, node));
                    change.reason = words;
                    app_.issues.change_state(actor, id, app_.issues.get(actor, id).version, change);
                });
            }
        }
    }

    void measure(const YAML::Node& node) {
        const auto key = text(node["key"]);
        const auto desk = text(node["desk"]);
        const core::Date since = date(node["state_since"]);
        core::Instant begin = at_japan(core::Date::parse("2024-07-01").value(), 10, 0);
        for (const auto& issue : node["issues"]) {
            begin = std::max(begin, begins_.at(text(issue)).plus(std::chrono::minutes(30)));
        }
        begins_[key] = begin;
        on(begin, node, [=, this] {
            object json =
                fields(node, {"key", "desk", "state", "state_since", "issues", "owner", "progress", "template"},
                       {"kind", "feasibility", "starts_on", "ends_on", "budget_asked", "budget_granted", "budget_spent",
                        "evaluate_on", "proposal_target"});
            json["issue_ids"] = id_list(records_.issues, node["issues"]);
            put_user(json, "owner_id", text(node["owner"]));
            measures::NewMeasure measure;
            measure.desk_id = names_.desks.at(desk);
            measure.text = record_from<measures::MeasureText>(json, place_of(file_, node));
            records_.measures[key] = app_.measures.create(writer("", desk), measure, "").id;
        });
        const auto path =
            path_to({"draft", "coordination", "approved", "budgeted", "underway", "evaluating"}, text(node["state"]));
        core::Instant moved = std::max(at_japan(since, 9, 0), begin.plus(std::chrono::minutes(5)));
        const bool over = text(node["state"]) == "finished" || text(node["state"]) == "cancelled";
        for (const auto& entry : node["progress"]) {
            core::Instant at = std::max(at_japan(date(entry["on"]), 16, 45), begin.plus(std::chrono::minutes(2)));
            if (over)
                moved = std::max(moved, at.plus(std::chrono::minutes(5)));
            on(at, entry, [=, this] {
                measures::NewProgress progress;
                progress.on = date(entry["on"]);
                progress.percent.value = entry["percent"].as<std::int64_t>();
                progress.note.value = text(entry["note"]);
                app_.measures.add_progress(writer(text(entry["by"]), desk), records_.measures.at(key), progress);
            });
        }
        for (const auto& state : path) {
            moved = moved.plus(std::chrono::minutes(1));
            on(moved, node, [=, this] {
                const access::Actor actor = writer(text(node["owner"]), desk);
                const auto id = records_.measures.at(key);
                measures::MeasureStateChange change;
                change.state = record_from<measures::MeasureState>(value(state), place_of(file_, node));
                if (state == "cancelled")
                    change.reason = text(node["feasibility_note"]);
                app_.measures.change_state(actor, id, app_.measures.get(actor, id).version, change);
            });
        }
    }

    void indicator(const YAML::Node& node) {
        const auto key = text(node["key"]);
        const auto desk = text(node["desk"]);
        core::Instant begin = at_japan(core::Date::parse("2024-07-02").value(), 10, 0);
        for (const char* list : {"issues", "measures"}) {
            for (const auto& one : node[list]) {
                begin = std::max(begin, begins_.at(text(one)).plus(std::chrono::minutes(40)));
            }
        }
        on(begin, node, [=, this] {
            object json = fields(node, {"key", "desk", "issues", "measures", "values", "targets", "template"},
                                 {"kind", "view", "grain", "direction"});
            json["issue_ids"] = id_list(records_.issues, node["issues"]);
            json["measure_ids"] = id_list(records_.measures, node["measures"]);
            indicators::NewIndicator indicator;
            indicator.desk_id = names_.desks.at(desk);
            indicator.text = record_from<indicators::IndicatorText>(json, place_of(file_, node));
            const access::Actor actor = writer("", desk);
            const auto made = app_.indicators.create(actor, indicator, "");
            records_.indicators[key] = made.id;
        });
        on(at_japan(names_.today, 9, 30), node, [=, this] {
            const access::Actor actor = writer("", desk);
            const auto id = records_.indicators.at(key);
            app_.indicators.change_series(actor, id, app_.indicators.get(actor, id).version, series(node));
        });
    }

    indicators::IndicatorSeries series(const YAML::Node& node) const {
        array values;
        for (const auto& one : node["values"]) {
            object json = fields(one, {}, {"missing_reason", "value", "cases"});
            json["period"] = text(one["period"]);
            values.push_back(json);
        }
        array targets;
        for (const auto& one : node["targets"]) {
            object json = fields(one, {}, {});
            json["period"] = text(one["period"]);
            targets.push_back(json);
        }
        return record_from<indicators::IndicatorSeries>(object{{"values", values}, {"targets", targets}},
                                                        place_of(file_, node));
    }

    void meeting(const YAML::Node& node) {
        const auto desk = text(node["desk"]);
        const core::Date held = date(node["held_on"]);
        const bool past = text(node["state"]) != "planned";
        const core::Instant at = past ? at_japan(held, 17, 20) : at_japan(names_.today, 18, 0);
        on(at, node, [=, this] {
            const auto text_now = meeting_text(node);
            with_sight(writer("", desk), [&](const access::Actor& author) {
                records_.meetings[text(node["key"])] = app_.meetings.create(author, text_now, "").id;
            });
        });
        // What the meeting itself raised is an issue only afterwards; then the minutes name it.
        on(at.plus(std::chrono::minutes(70)), node, [=, this] {
            const auto id = records_.meetings.at(text(node["key"]));
            with_sight(writer("", desk), [&](const access::Actor& author) {
                const auto before = app_.meetings.get(author, id);
                if (before.text.agenda.size() == node["agenda"].size())
                    return;
                app_.meetings.change(author, id, before.version, meeting_text(node));
            });
        });
    }

    meetings::MeetingText meeting_text(const YAML::Node& node) const {
        object json =
            fields(node, {"key", "body", "desk", "agenda", "attendance", "tasks"}, {"form", "started_at", "ended_at"});
        json["body_id"] = known(records_.bodies, text(node["body"])).str();
        array agenda;
        for (const auto& item : node["agenda"]) {
            const bool raised_here = text(item["subject"]) == "issue" && !records_.issues.contains(text(item["ref"]));
            if (!raised_here)
                agenda.push_back(agenda_item(item));
        }
        json["agenda"] = agenda;
        array attendance;
        for (const auto& one : node["attendance"]) {
            object person = fields(one, {"user"}, {"category"});
            put_user(person, "user_id", text(one["user"]));
            if (one["user"])
                person["name"] = user_name(text(one["user"]));
            attendance.push_back(person);
        }
        json["attendance"] = attendance;
        array tasks;
        for (const auto& one : node["tasks"]) {
            object task = fields(one, {"owner"}, {"due_on"});
            if (const auto owner = text(one["owner"]); !owner.empty()) {
                put_user(task, "owner_id", owner);
                task["owner_name"] = user_name(owner);
            }
            tasks.push_back(task);
        }
        json["tasks"] = tasks;
        return record_from<meetings::MeetingText>(json, place_of(file_, node));
    }

    std::string user_name(const std::string& user) const { return actor_(user).name; }

    object agenda_item(const YAML::Node& node) const {
        object item = fields(node, {"ref"}, {"outcome"});
        const auto ref = text(node["ref"]);
        const auto subject = text(node["subject"]);
        if (subject == "consultation")
            item["subject_id"] = known(records_.cases, ref).str();
        if (subject == "issue")
            item["subject_id"] = known(records_.issues, ref).str();
        if (subject == "measure")
            item["subject_id"] = known(records_.measures, ref).str();
        return item;
    }

    void evaluation(const YAML::Node& node) {
        const auto desk = text(node["desk"]);
        on(at_japan(date(node["evaluated_on"]), 17, 30), node, [=, this] {
            object json = fields(node, {"key", "desk", "measure", "issue", "judgements", "next_issues"}, {});
            if (const auto key = text(node["measure"]); !key.empty()) {
                json["measure_id"] = known(records_.measures, key).str();
            }
            if (const auto key = text(node["issue"]); !key.empty())
                json["issue_id"] = known(records_.issues, key).str();
            array judgements;
            for (const auto& one : node["judgements"]) {
                object judgement = fields(one, {"indicator"}, {"value", "target"});
                judgement["indicator_id"] = known(records_.indicators, text(one["indicator"])).str();
                judgements.push_back(judgement);
            }
            json["judgements"] = judgements;
            const auto evaluation = record_from<indicators::EvaluationText>(json, place_of(file_, node));
            records_.evaluations[text(node["key"])] = app_.indicators.evaluate(writer("", desk), evaluation, "").id;
        });
    }

    std::filesystem::path file_;
    YAML::Node root_;
    const DemoNames& names_;  // NOLINT: all of them outlive the events
    Application& app_;        // NOLINT
    DemoActor actor_;
    DemoRecords& records_;  // NOLINT
    std::map<std::string, core::Instant> begins_;
    std::vector<DemoEvent> events_;
};

}  // namespace

std::vector<DemoEvent> thread_events(const std::filesystem::path& folder, const DemoNames& names,
                                     Application& application, const DemoActor& actor, DemoRecords& records) {
    // The events refer back to the reader of the file, so it lives as long as they do.
    auto file = std::make_shared<ThreadFile>(folder, names, application, actor, records);
    auto events = file->events();
    for (auto& event : events) {
        event.happen = [file, happen = std::move(event.happen)] { happen(); };
    }
    return events;
}

}  // namespace tsunagi::app
