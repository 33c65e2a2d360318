// SPDX-License-Identifier: Apache-2.0
#include "app/demo_freshness.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "app/demo_dice.hpp"
#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

using confirmations::ConfirmationId;

constexpr int morning = 10 * 60;
constexpr int noon = 12 * 60;
constexpr int afternoon = 15 * 60;

std::string text(const YAML::Node& node) {
    return node && !node.IsNull() ? node.as<std::string>() : std::string();
}

template <class E>
E word(const YAML::Node& node) {
    E value{};
    if (!record::StringScalar<E>::from(text(node), value).reason.empty())
        throw std::runtime_error("\"" + text(node) + "\" is no such word");
    return value;
}

std::vector<record::Text<40>> fields(const YAML::Node& list) {
    std::vector<record::Text<40>> result;
    for (const auto& one : list)
        result.emplace_back(one.as<std::string>());
    return result;
}

class Freshness {
public:
    Freshness(std::filesystem::path file, const DemoNames& names, Application& application, const DemoActor& actor)
        : file_(std::move(file)), names_(names), app_(application), actor_(actor) {}

    std::vector<DemoEvent> read() {
        const YAML::Node root = load_yaml(file_);
        for (const auto& node : root["confirmed"])
            confirm(node);
        for (const auto& node : root["requests"])
            request(node);
        round(root["round"]);
        for (const auto& node : root["vacancies"])
            vacancy(node);
        return std::move(events_);
    }

private:
    template <class F>
    void add(const YAML::Node& node, int minutes, F happen) {
        events_.push_back(
            {at_japan(names_.today.plus_days(-node["days_ago"].as<int>()), minutes), place_of(file_, node), happen});
    }

    resources::PlaceId place(const YAML::Node& node) const {
        const auto id = app_.resources.official().place_with(text(node["place"]));
        if (!id)
            throw BadRow(place_of(file_, node) + ": no official file has the place " + text(node["place"]));
        return *id;
    }

    void confirm(const YAML::Node& node) {
        add(node, morning, [this, node] {
            const auto by = actor_(text(node["by"]));
            const auto id = place(node);
            (void)app_.confirmations.confirm(by, id, {}, app_.resources.get(by, id, {}).version);
        });
    }

    confirmations::ConfirmationAnswer answer_of(const YAML::Node& node, const confirmations::Confirmation& asked,
                                                const core::Date& today) const {
        confirmations::ConfirmationAnswer answer;
        answer.words = text(node["words"]);
        answer.answered_by = text(node["by"]);
        answer.answered_on = today;
        answer.nothing_changed = !node["card"];
        if (node["card"]) {
            // What the place leaves out stays as it was shown.
            const auto said =
                record_from<confirmations::FacilityCard>(packs::json_of_yaml(node["card"]), place_of(file_, node));
            auto card = asked.shown;
            record::for_each_member<confirmations::FacilityCard>([&](auto field) {
                if (node["card"][field.name])
                    card.*field.pointer = said.*field.pointer;
            });
            answer.card = std::move(card);
        }
        return answer;
    }

    void request(const YAML::Node& node) {
        const auto id = std::make_shared<ConfirmationId>();
        add(node, morning, [this, node, id] {
            const auto by = actor_(text(node["by"]));
            confirmations::NewConfirmations made;
            made.place_ids = {place(node)};
            made.method = word<confirmations::ConfirmationMethod>(node["method"]);
            made.message = text(node["message"]);
            made.due_on = by.today.plus_days(node["due_in"].as<int>());
            *id = app_.confirmations.create(by, {}, made, "").items.at(0).id;
        });
        if (node["reminded"]) {
            events_.push_back(
                {at_japan(names_.today.plus_days(-node["reminded"].as<int>()), afternoon), place_of(file_, node),
                 [this, node, id] { (void)app_.confirmations.remind(actor_(text(node["by"])), *id, 1, {}); }});
        }
        if (const YAML::Node answer = node["answer"])
            add(answer, noon, [this, node, answer, id] {
                const auto by = actor_(text(node["by"]));
                const auto asked = app_.confirmations.get(by, *id);
                (void)app_.confirmations.answer(by, *id, asked.version, answer_of(answer, asked, by.today));
            });
        if (const YAML::Node decided = node["decision"])
            add(decided, afternoon, [this, decided, id] {
                const auto by = actor_(text(decided["by"]));
                const auto asked = app_.confirmations.get(by, *id);
                confirmations::ConfirmationDecision decision;
                decision.approved = fields(decided["approved"]);
                decision.refused = fields(decided["refused"]);
                decision.local_version = asked.local_version;
                decision.reason = text(decided["reason"]);
                (void)app_.confirmations.decide(by, *id, asked.version, decision);
            });
    }

    void round(const YAML::Node& node) {
        const auto id = std::make_shared<confirmations::RoundId>();
        add(node, noon, [this, node, id] {
            const auto by = actor_(text(node["by"]));
            confirmations::NewRound made;
            made.text.title.value = text(node["title"]);
            made.text.begun_on = by.today;
            made.text.due_on = by.today.plus_days(node["due_in"].as<int>());
            for (const auto& service : node["service"])
                made.places.service.emplace_back(service.as<std::string>());
            *id = app_.confirmations.create_round(by, {}, made, "").id;
        });
        const YAML::Node answered = node["answered"];
        add(answered, noon, [this, node, answered, id] {
            const auto by = actor_(text(node["by"]));
            confirmations::ConfirmationFilter filter;
            filter.round = *id;
            filter.place = place(answered);
            const auto asked = app_.confirmations.list(by, filter).items.at(0);
            confirmations::ConfirmationAnswer answer;
            answer.nothing_changed = true;
            answer.answered_by = text(answered["by"]);
            (void)app_.confirmations.answer(by, asked.id, asked.version, answer);
        });
    }

    void vacancy(const YAML::Node& node) {
        add(node, afternoon, [this, node] {
            const auto by = actor_(text(node["by"]));
            const auto found = app_.resources.get(by, place(node), {});
            const auto service =
                std::ranges::find(found.services, text(node["service"]), &resources::PlaceService::service);
            if (service == found.services.end())
                throw BadRow(place_of(file_, node) + ": the place has no such service");
            vacancies::VacancyNote note;
            note.acceptance = word<vacancies::Acceptance>(node["acceptance"]);
            note.unit = word<vacancies::VacancyUnit>(node["unit"]);
            if (node["free"])
                note.free = node["free"].as<std::int64_t>();
            note.conditions = text(node["conditions"]);
            note.told_by = text(node["told_by"]);
            (void)app_.vacancies.tell(by, service->id, {}, 0, note);
        });
    }

    std::filesystem::path file_;
    const DemoNames& names_;
    Application& app_;
    DemoActor actor_;
    std::vector<DemoEvent> events_;
};

}  // namespace

std::vector<DemoEvent> freshness_events(const std::filesystem::path& folder, const DemoNames& names,
                                        Application& application, const DemoActor& actor) {
    // The events hold it: they run after this returns.
    const auto all = std::make_shared<Freshness>(folder / "freshness.yaml", names, application, actor);
    auto events = all->read();
    for (DemoEvent& event : events) {
        event.happen = [all, happen = std::move(event.happen)] { happen(); };
    }
    return events;
}

}  // namespace tsunagi::app
