// SPDX-License-Identifier: Apache-2.0
#include "app/demo.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/application.hpp"
#include "app/demo_activities.hpp"
#include "app/demo_cases.hpp"
#include "app/demo_dice.hpp"
#include "app/demo_discharges.hpp"
#include "app/demo_freshness.hpp"
#include "app/demo_referrals.hpp"
#include "app/demo_resources.hpp"
#include "app/demo_thread.hpp"
#include "app/places_file.hpp"
#include "app/yaml_json.hpp"
#include "modules/access/demonstration_service.hpp"

namespace tsunagi::app {
namespace {

std::string text(const YAML::Node& node) {
    return node && !node.IsNull() ? node.as<std::string>() : std::string();
}

class Demonstration {
public:
    Demonstration(const Settings& settings, const core::MasterKey& key, std::filesystem::path folder)
        : folder_(std::move(folder)),
          place_(load_yaml(folder_ / "place.yaml")),
          people_(load_yaml(folder_ / "people.yaml")),
          clock_(core::Instant::parse("2024-04-01T00:00:00.000Z").value()),
          app_(settings, key, clock_) {
        names_.today = core::Date::parse(text(place_["today"])).value();
        for (const auto& day : place_["holidays"])
            names_.holidays.insert(text(day));
    }

    void load(const std::string& password) {
        choose_packs();
        places();
        staff(password);
        callers();
        happen();
        app_.database.write(access::finish_demonstration);
        app_.audit.anchor();
        tell(password);
    }

private:
    void choose_packs() {
        packs::PackChoice choice;
        for (const auto& name : place_["packs"])
            choice.packs.emplace_back(text(name));
        app_.packs.choose(nullptr, choice);
    }

    /// The program itself, before anybody has an account.
    static access::Actor installer() {
        access::Actor actor;
        actor.name = "tsunagi demo";
        actor.permissions = {"places.manage"};
        return actor;
    }

    void places() {
        PlaceIds ids;
        read_places(app_, installer(), folder_ / "place.yaml", ids);
        read_places(app_, installer(), folder_ / "people.yaml", ids);
        names_.desks = ids.desks;
        region_ids_ = ids.regions;
        for (const auto& node : place_["regions"]) {
            const auto key = text(node["key"]);
            names_.regions[key] = {ids.regions.at(key), text(node["name"]), text(node["parent"]), text(node["kind"])};
        }
        for (const auto& node : people_["desks"]) {
            auto& served = names_.desk_regions[text(node["key"])];
            for (const auto& region : node["regions"])
                add_with_wards(served, text(region));
        }
    }

    /// A desk that serves a whole municipality serves its wards.
    void add_with_wards(std::vector<std::string>& served, const std::string& region) const {
        served.push_back(region);
        if (names_.regions.at(region).kind != "municipality")
            return;
        for (const auto& [key, place] : names_.regions) {
            if (place.parent == region && place.kind == "ward")
                served.push_back(key);
        }
    }

    void staff(const std::string& password) {
        const std::string hash = app_.hasher.hash(password);
        app_.database.write([&](db::WriteTx& tx) {
            access::mark_demonstration(tx, names_.today);
            for (const auto& node : people_["users"]) {
                const auto key = text(node["key"]);
                const core::UserId id = core::UserId::make();
                app_.users.add_demonstration_user(tx, id, user(node), hash);
                names_.users[key] = id;
                logins_[key] = text(node["login"]);
                const auto role = text(node["role"]);
                if (role != "coordinator" && role != "lead")
                    continue;
                const auto until = text(node["until_on"]);
                names_.staff[key] = {text(node["where"]), core::Date::parse(text(node["from_on"])).value(),
                                     until.empty() ? std::nullopt : core::Date::parse(until)};
            }
        });
    }

    access::NewUser user(const YAML::Node& node) const {
        access::NewUser user;
        user.login.value = text(node["login"]);
        user.name.value = text(node["name"]);
        user.kana.value = text(node["kana"]);
        user.profession.value = text(node["profession"]);
        access::NewAssignment assignment;
        assignment.role =
            record_from<access::Role>(boost::json::value(text(node["role"])), place_of("people.yaml", node));
        const auto where = text(node["where"]);
        if (names_.desks.contains(where)) {
            assignment.desk_id = names_.desks.at(where);
        } else if (!where.empty()) {
            assignment.region_id = region_ids_.at(where);
        }
        assignment.from_on = core::Date::parse(text(node["from_on"]));
        if (const auto until = text(node["until_on"]); !until.empty())
            assignment.until_on = core::Date::parse(until);
        user.assignments.push_back(assignment);
        return user;
    }

    void callers() {
        for (const auto& node : people_["callers"]) {
            names_.callers[text(node["key"])] = {
                text(node["name"]),  text(node["affiliation"]), text(node["profession"]), text(node["profession_note"]),
                text(node["phone"]), text(node["region"]),      text(node["kana"]),       text(node["contact"])};
        }
        const auto codes = app_.packs.codes();
        names_.label = [codes](const std::string& scheme, const std::string& code) {
            const auto* entry = codes->code(scheme, code);
            return entry == nullptr ? code : entry->label.ja.str();
        };
    }

    access::Actor actor(const std::string& key) const {
        const auto found = app_.access.actor_of_login(logins_.at(key));
        if (!found)
            throw std::runtime_error("the user " + key + " cannot act");
        return *found;
    }

    /// Cases and the thread, each at its own time.
    void happen() {
        std::vector<DemoEvent> events = thread_events(
            folder_, names_, app_, [this](const std::string& key) { return actor(key); }, records_);
        const auto cases = compose_demo_cases(folder_, names_);
        for (const DemoCase& one : cases)
            add_case(events, one);
        add_phrases(events);
        add_terms(events);
        add_files(events);
        auto activities = activity_events(
            folder_, names_, cases, app_, [this](const std::string& key) { return actor(key); }, records_);
        std::ranges::move(activities, std::back_inserter(events));
        auto resources = resource_events(folder_, names_, app_, [this](const std::string& key) { return actor(key); });
        std::ranges::move(resources, std::back_inserter(events));
        auto referrals = referral_events(
            folder_, cases, app_, [this](const std::string& key) { return actor(key); }, records_);
        std::ranges::move(referrals, std::back_inserter(events));
        auto discharges = discharge_events(
            folder_, names_, app_, [this](const std::string& key) { return actor(key); }, records_);
        std::ranges::move(discharges, std::back_inserter(events));
        auto freshness = freshness_events(folder_, names_, app_, [this](const std::string& key) { return actor(key); });
        std::ranges::move(freshness, std::back_inserter(events));
        std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        for (const DemoEvent& event : events) {
            clock_.move_to(event.at);
            try {
                event.happen();
            } catch (const core::Error& error) {
                std::string message = event.place + " on " + event.at.str() + ": " + error.reason();
                for (const auto& field : error.fields())
                    message += " " + field.pointer + " " + field.reason + " " + field.limit;
                throw std::runtime_error(message);
            } catch (const std::exception& error) {
                throw std::runtime_error(event.place + " on " + event.at.str() + ": " + error.what());
            }
        }
    }

    /// The desks of the story's city have written their phrases down some weeks ago.
    void add_phrases(std::vector<DemoEvent>& events) {
        std::vector<phrases::PhraseText> texts;
        const auto file = folder_ / "phrases.yaml";
        for (const auto& node : load_yaml(file)["phrases"])
            texts.push_back(record_from<phrases::PhraseText>(packs::json_of_yaml(node), place_of(file, node)));
        const auto at = core::Instant::parse(names_.today.plus_days(-40).str() + "T01:00:00.000Z").value();
        for (const auto& [key, desk] : names_.desks) {
            events.push_back({at, "phrases of " + key, [this, texts, key = key, desk = desk] {
                                  const access::Actor writer = actor(colleague(key, names_.today));
                                  for (const auto& text : texts)
                                      app_.phrases.create(writer, {desk, text}, "");
                              }});
        }
    }

    /// What the story's city says of the terms, written by the lead.
    void add_terms(std::vector<DemoEvent>& events) {
        const auto file = folder_ / "terms.yaml";
        const YAML::Node root = load_yaml(file);
        const auto at = core::Instant::parse(names_.today.plus_days(-38).str() + "T01:00:00.000Z").value();
        for (const auto& node : root["terms"]) {
            events.push_back({at, place_of(file, node), [this, node, file] {
                                  const auto own =
                                      record_from<knowledge::TermText>(packs::json_of_yaml(node), place_of(file, node));
                                  (void)app_.knowledge.create(actor(colleague("center", names_.today)), own, "");
                              }});
        }
        for (const auto& node : root["words"]) {
            events.push_back({at, place_of(file, node), [this, node, file] {
                                  const access::Actor writer = actor(colleague("center", names_.today));
                                  const auto term = app_.knowledge.term(writer, text(node["key"]));
                                  auto words = term.text;
                                  words.text.value = text(node["text"]);
                                  words.links = record_from<std::vector<knowledge::TermLink>>(
                                      packs::json_of_yaml(node["links"]), place_of(file, node));
                                  (void)app_.knowledge.change(writer, term.id.str(), term.version, words);
                              }});
        }
    }

    /// Papers and pictures of the story, sent as a browser sends them.
    void add_files(std::vector<DemoEvent>& events) {
        const auto file = folder_ / "attachments.yaml";
        for (const auto& node : load_yaml(file)["attachments"]) {
            const auto at = text(node["at"]);
            const auto time = core::TimeOfDay::parse(at.substr(11)).value();
            events.push_back({at_japan(core::Date::parse(at.substr(0, 10)).value(), time.minutes()),
                              place_of(file, node), [this, node] { add_file(node); }});
        }
    }

    void add_file(const YAML::Node& node) {
        const access::Actor writer = actor(text(node["by"]));
        std::ifstream in(folder_ / "files" / text(node["file"]), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        uploads::NewUpload wanted;
        wanted.name.value = text(node["name"]);
        wanted.size.value = static_cast<std::int64_t>(bytes.size());
        const auto upload = app_.uploads.begin(writer, wanted);
        app_.uploads.put_part(writer, upload.id, 0, bytes);
        documents::NewAttachment made;
        made.upload_id = upload.id;
        made.caption.value = text(node["caption"]);
        (void)app_.attachments.add_to_case(writer, records_.cases.at(text(node["case"])), made, "");
    }

    void add_case(std::vector<DemoEvent>& events, const DemoCase& one) {
        const std::string place = "case " + one.key;
        events.push_back({one.at, place, [this, one] {
                              const access::Actor writer = actor(one.receiver);
                              const core::DeskId desk = names_.desks.at(one.desk);
                              app_.consultations.continue_numbering(writer, desk, one.fiscal_year, one.sequence - 1);
                              consultations::NewConsultation made;
                              made.desk_id = desk;
                              made.sheet = one.sheet;
                              const auto consultation = app_.consultations.create(writer, made, "");
                              records_.cases[one.key] = consultation.id;
                              if (one.person) {
                                  app_.consultations.put_person(writer, consultation.id, consultation.version,
                                                                *one.person);
                              }
                          }});
        for (const DemoStep& step : one.steps) {
            events.push_back({step.at, place + " " + step.kind, [this, one, step] { take_step(one, step); }});
        }
    }

    void take_step(const DemoCase& one, const DemoStep& step) {
        const std::string by = names_.users.contains(step.by) ? step.by : one.receiver;
        access::Actor writer = actor(by);
        if (!writer.works_at(names_.desks.at(one.desk)))
            writer = actor(colleague(one.desk, writer.today));
        const auto id = records_.cases.at(one.key);
        const std::int64_t version = app_.consultations.get(writer, id).version;
        if (step.sheet) {
            app_.consultations.replace(writer, id, version, *step.sheet);
            return;
        }
        consultations::StateChange change;
        change.reason.value = step.reason;
        using enum consultations::ConsultationState;
        change.state = step.kind == "closed"     ? closed
                       : step.kind == "held"     ? on_hold
                       : step.kind == "reopened" ? reopened
                                                 : open;
        app_.consultations.change_state(writer, id, version, change);
    }

    /// Who goes on when the one who began has left.
    std::string colleague(const std::string& desk, const core::Date& on) const {
        for (const auto& [key, staff] : names_.staff) {
            if (staff.desk == desk && staff.from <= on && (!staff.until || *staff.until >= on))
                return key;
        }
        throw std::runtime_error("nobody works at " + desk);
    }

    void tell(const std::string& password) const {
        std::printf("%s\n", "Demonstration data, all fictitious. Accounts, all with the password below:");
        for (const char* login : {"center", "station", "city", "prefecture", "advisor", "admin"}) {
            std::printf("  %s\n", login);
        }
        std::printf("Password: %s\n", password.c_str());
    }

    std::filesystem::path folder_;
    YAML::Node place_;
    YAML::Node people_;
    core::Clock clock_;
    Application app_;
    DemoNames names_;
    DemoRecords records_;
    std::map<std::string, core::RegionId> region_ids_;
    std::map<std::string, std::string> logins_;
};

}  // namespace

void load_demonstration(const Settings& settings, const core::MasterKey& key, const std::filesystem::path& folder,
                        const std::string& password) {
    Demonstration(settings, key, folder).load(password);
}

}  // namespace tsunagi::app
