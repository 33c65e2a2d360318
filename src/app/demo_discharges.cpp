// SPDX-License-Identifier: Apache-2.0
#include "app/demo_discharges.hpp"

#include <memory>
#include <set>

#include "app/demo_dice.hpp"
#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

using discharges::DischargeText;

constexpr int written_at = 17 * 60 + 30;  ///< behind the calls of the same day
constexpr int changed_at = 17 * 60 + 40;
constexpr int closed_at = 17 * 60 + 50;

std::string text(const YAML::Node& node) {
    return node ? node.as<std::string>() : std::string();
}

std::optional<core::Date> day(const YAML::Node& node) {
    return core::Date::parse(text(node));
}

struct Office {
    std::string name;
    std::string phone;
};

class Coordinations {
public:
    Coordinations(std::filesystem::path folder, const DemoNames& names, Application& application,
                  const DemoActor& actor, DemoRecords& records)
        : file_(folder / "discharges.yaml"),
          root_(load_yaml(file_)),
          names_(names),
          app_(application),
          actor_(actor),
          records_(records) {
        for (const auto& node : load_yaml(folder / "people.yaml")["organizations"])
            offices_[text(node["key"])] = {text(node["name"]), text(node["phone"])};
    }

    std::vector<DemoEvent> read() {
        for (const auto& node : root_["discharges"])
            coordination(node);
        return std::move(events_);
    }

private:
    /// Everything that had happened by the evening of that day.
    DischargeText as_of(const YAML::Node& node, const core::Date& on) const {
        const auto come = [&](const YAML::Node& when) {
            const auto found = day(when);
            return found && *found <= on ? found : std::nullopt;
        };
        DischargeText result;
        result.subject = text(node["subject"]);
        result.hospital = offices_.at(text(node["hospital"])).name;
        result.ward = text(node["ward"]);
        result.admitted_on = day(node["admitted_on"]);
        result.planned_on = day(node["planned_on"]);
        result.decided_on = come(node["decided"]);
        result.left_on = come(node["left"]);
        if (node["destination"] && (result.decided_on || result.left_on)) {
            result.destination.emplace(text(node["destination"]));
            result.destination_name = text(node["destination_name"]);
        }
        result.wishes = text(node["wishes"]);
        result.family_wishes = text(node["family_wishes"]);
        result.difficulties = text(node["difficulties"]);
        result.owner_id = names_.users.at(text(node["by"]));
        for (const auto& one : node["parties"])
            result.parties.push_back(party(one));
        const core::Date begun = day(node["on"]).value();
        for (const auto& one : node["papers"]) {
            auto& paper = result.papers.emplace_back();
            paper.kind.value = text(one.first);
            paper.not_needed = one.second.IsScalar() && one.second.Scalar() == "no";
            paper.received_on = paper.not_needed || one.second.IsNull() ? std::nullopt : come(one.second);
            if (!paper.not_needed && (!paper.received_on || *paper.received_on > begun))
                paper.asked_on = begun;
        }
        return result;
    }

    discharges::Party party(const YAML::Node& node) const {
        discharges::Party result;
        result.role.value = text(node["role"]);
        if (node["who"]) {
            const auto& caller = names_.callers.at(text(node["who"]));
            result.affiliation = caller.affiliation;
            result.name = caller.name;
            result.contact = caller.phone;
        } else {
            const Office& office = offices_.at(text(node["organization"]));
            result.affiliation = office.name;
            result.contact = office.phone;
        }
        return result;
    }

    /// The days after the first one on which something changed.
    static std::set<core::Date> later_days(const YAML::Node& node) {
        std::set<core::Date> days;
        const auto add = [&](const YAML::Node& when) {
            if (const auto found = when && when.IsScalar() ? core::Date::parse(when.Scalar()) : std::nullopt)
                days.insert(*found);
        };
        add(node["decided"]);
        add(node["left"]);
        for (const auto& paper : node["papers"])
            add(paper.second);
        const core::Date begun = day(node["on"]).value();
        std::erase_if(days, [&](const core::Date& one) { return one <= begun; });
        return days;
    }

    void coordination(const YAML::Node& node) {
        const std::string place = place_of(file_, node);
        const auto key = text(node["key"]);
        const auto by = text(node["by"]);
        const core::Date begun = day(node["on"]).value();
        events_.push_back({at_japan(begun, written_at), place, [this, node, key, by, begun] {
                               discharges::NewDischarge made;
                               if (node["case"])
                                   made.consultation_id = records_.cases.at(text(node["case"]));
                               if (node["desk"])
                                   made.desk_id = names_.desks.at(text(node["desk"]));
                               if (node["again"])
                                   made.earlier_id = ids_.at(text(node["again"]));
                               made.text = as_of(node, begun);
                               ids_[key] = app_.discharges.create(actor_(by), made, "").id;
                           }});
        for (const core::Date& on : later_days(node)) {
            events_.push_back({at_japan(on, changed_at), place, [this, node, key, by, on] {
                                   const access::Actor writer = actor_(by);
                                   const auto version = app_.discharges.get(writer, ids_.at(key)).version;
                                   (void)app_.discharges.change(writer, ids_.at(key), version, {as_of(node, on), ""});
                               }});
        }
        if (node["ended"])
            step(day(node["ended"]).value(), key, by, {discharges::DischargeStep::end, ""}, place);
        if (node["cancelled"])
            step(day(node["cancelled"]["on"]).value(), key, by,
                 {discharges::DischargeStep::cancel, text(node["cancelled"]["reason"])}, place);
        for (const auto& form : node["forms"])
            fill_in(form, key, by);
    }

    void step(const core::Date& on, const std::string& key, const std::string& by,
              const discharges::DischargeStateChange& change, const std::string& place) {
        events_.push_back({at_japan(on, closed_at), place, [this, key, by, change] {
                               const access::Actor writer = actor_(by);
                               const auto version = app_.discharges.get(writer, ids_.at(key)).version;
                               (void)app_.discharges.change_state(writer, ids_.at(key), version, change);
                           }});
    }

    void fill_in(const YAML::Node& node, const std::string& key, const std::string& by) {
        const core::Date on = day(node["on"]).value();
        events_.push_back({at_japan(on, closed_at), place_of(file_, node), [this, node, key, by, on] {
                               discharges::NewForm form;
                               form.form.value = text(node["form"]);
                               form.discharge_id = ids_.at(key);
                               form.text.written_on = on;
                               for (const auto& entry : node["answers"]) {
                                   auto& answer = form.text.answers.emplace_back();
                                   answer.field.value = text(entry.first);
                                   if (entry.second.IsScalar())
                                       answer.text = text(entry.second);
                                   for (std::size_t i = 0; entry.second.IsSequence() && i < entry.second.size(); ++i)
                                       answer.choices.emplace_back(text(entry.second[i]));
                               }
                               (void)app_.forms.create(actor_(by), form, "");
                           }});
    }

    std::filesystem::path file_;
    YAML::Node root_;
    const DemoNames& names_;  // NOLINT: the demonstration owns them
    Application& app_;        // NOLINT
    DemoActor actor_;
    DemoRecords& records_;  // NOLINT
    std::map<std::string, Office> offices_;
    std::map<std::string, discharges::DischargeId> ids_;
    std::vector<DemoEvent> events_;
};

}  // namespace

std::vector<DemoEvent> discharge_events(const std::filesystem::path& folder, const DemoNames& names,
                                        Application& application, const DemoActor& actor, DemoRecords& records) {
    // The events keep what they write and whom they ask, so it lives as long as they do.
    const auto reader = std::make_shared<Coordinations>(folder, names, application, actor, records);
    auto events = reader->read();
    for (DemoEvent& event : events)
        event.happen = [reader, happen = std::move(event.happen)] { happen(); };
    return events;
}

}  // namespace tsunagi::app
