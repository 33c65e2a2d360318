// SPDX-License-Identifier: Apache-2.0
#include "app/demo_referrals.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "app/demo_dice.hpp"
#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

using referrals::MatchId;
using referrals::ReferralId;

std::string text(const YAML::Node& node) {
    return node && !node.IsNull() ? node.as<std::string>() : std::string();
}

core::Date day(const YAML::Node& node) {
    return core::Date::parse(text(node).substr(0, 10)).value();
}

template <class E>
E word(const YAML::Node& node) {
    E value{};
    if (!record::StringScalar<E>::from(text(node), value).reason.empty())
        throw std::runtime_error("\"" + text(node) + "\" is no such word");
    return value;
}

std::optional<referrals::RefusalReason> reason_of(const YAML::Node& node) {
    if (!node)
        return std::nullopt;
    referrals::RefusalReason reason;
    reason.value = text(node);
    return reason;
}

class Referrals {
public:
    Referrals(std::filesystem::path file, Application& application, const DemoActor& actor, DemoRecords& records)
        : file_(std::move(file)), app_(application), actor_(actor), records_(records) {}

    std::vector<DemoEvent> read(const std::vector<DemoCase>& cases) {
        const YAML::Node root = load_yaml(file_);
        for (const auto& node : root["matches"]) {
            const auto found = std::ranges::find(cases, text(node["case"]), &DemoCase::key);
            if (found == cases.end())
                throw BadRow(place_of(file_, node) + ": there is no case " + text(node["case"]));
            match(node, *found);
        }
        return std::move(events_);
    }

private:
    void match(const YAML::Node& node, const DemoCase& about) {
        const std::string place = place_of(file_, node);
        const auto id = std::make_shared<MatchId>();
        const auto by = text(node["by"]);
        auto conditions = record_from<referrals::MatchText>(packs::json_of_yaml(node["text"]), place);
        conditions.district_id = about.sheet.district_id;
        const auto at = text(node["at"]);
        const auto time = core::TimeOfDay::parse(at.substr(11)).value();
        add(at_japan(day(node["at"]), time.minutes()), place, [this, id, by, conditions, key = about.key] {
            referrals::NewMatch made;
            made.consultation_id = records_.cases.at(key);
            made.text = conditions;
            *id = app_.matches.create(actor_(by), made, "").id;
        });
        int minutes = time.minutes() + 10;
        for (const auto& one : node["asks"])
            ask(one, id, by, day(node["at"]), minutes += 5);
        const YAML::Node end = node["end"];
        if (!end || !end["state"])
            return;
        add(at_japan(day(end["on"]), 17 * 60), place, [this, id, by, end] {
            referrals::MatchStateChange change;
            change.state = word<referrals::CaseMatchState>(end["state"]);
            change.reason = reason_of(end["reason"]);
            change.words = text(end["words"]);
            const auto writer = actor_(by);
            (void)app_.matches.change_state(writer, *id, app_.matches.get(writer, *id).version, change);
        });
    }

    /// An ask on the day it was sent, or on the day of the search while it lies at the desk.
    void ask(const YAML::Node& node, const std::shared_ptr<MatchId>& match, const std::string& by,
             const core::Date& searched, int minutes) {
        const std::string place = place_of(file_, node);
        const auto id = std::make_shared<ReferralId>();
        const core::Date on = node["sent"] ? day(node["sent"]) : searched;
        if (on != searched)
            minutes = 9 * 60 + 30 + minutes % 60;
        add(at_japan(on, minutes), place, [this, node, match, by, id, on, place] {
            const auto key = app_.resources.official().place_with(text(node["place"]));
            if (!key)
                throw BadRow(place + ": no official file has the place " + text(node["place"]));
            referrals::NewAsk one;
            one.place_id = *key;
            one.method = word<referrals::ReferralMethod>(node["method"]);
            one.to_name = text(node["to"]);
            referrals::NewReferrals made;
            made.match_id = *match;
            made.asks.push_back(one);
            made.message = text(node["message"]);
            made.person_label = text(node["label"]);
            for (const auto& fact : node["shown"])
                made.shown.push_back(word<referrals::ShownFact>(fact));
            if (node["sent"])
                made.sent_on = on;
            if (node["reply_by"])
                made.reply_by = day(node["reply_by"]);
            for (const auto& row : app_.referrals.create(actor_(by), made, "").items) {
                if (row.place_id == *key)
                    *id = row.id;
            }
        });
        for (const auto& step : node["steps"]) {
            const bool at_once = day(step["on"]) == on;
            add(at_japan(day(step["on"]), at_once ? minutes + 2 : 16 * 60 + minutes % 50), place,
                [this, step, by, id] { take(step, by, *id); });
        }
    }

    void take(const YAML::Node& step, const std::string& by, const ReferralId& id) {
        const auto writer = actor_(by);
        const auto version = app_.referrals.get(writer, id).version;
        const core::Date on = day(step["on"]);
        if (step["answer"]) {
            referrals::AnswerNote note;
            note.answer = word<referrals::ReferralAnswer>(step["answer"]);
            note.reason = reason_of(step["reason"]);
            note.answer_words = text(step["words"]);
            note.answered_by = text(step["by"]);
            note.answered_on = on;
            (void)app_.referrals.answer(writer, id, version, note);
        } else if (step["outcome"]) {
            referrals::OutcomeNote note;
            note.outcome = word<referrals::ReferralOutcome>(step["outcome"]);
            note.outcome_reason = reason_of(step["reason"]);
            note.outcome_words = text(step["words"]);
            note.outcome_on = on;
            if (step["follow_up_on"])
                note.follow_up_on = day(step["follow_up_on"]);
            (void)app_.referrals.settle(writer, id, version, note);
        } else if (step["followed"]) {
            referrals::FollowUpNote note;
            note.follow_up_words.value = text(step["followed"]);
            note.followed_on = on;
            (void)app_.referrals.follow_up(writer, id, version, note);
        } else if (step["withdrawn"]) {
            referrals::ReferralWithdrawal withdrawal;
            withdrawal.reason.value = text(step["withdrawn"]);
            (void)app_.referrals.withdraw(writer, id, version, withdrawal);
        } else {
            referrals::SentNote note;
            note.received_on = on;
            (void)app_.referrals.note_sent(writer, id, version, note);
        }
    }

    void add(const core::Instant& at, const std::string& place, std::function<void()> happen) {
        events_.push_back({at, place, std::move(happen)});
    }

    std::filesystem::path file_;
    Application& app_;  // NOLINT: the demonstration owns them
    DemoActor actor_;
    DemoRecords& records_;  // NOLINT
    std::vector<DemoEvent> events_;
};

}  // namespace

std::vector<DemoEvent> referral_events(const std::filesystem::path& folder, const std::vector<DemoCase>& cases,
                                       Application& application, const DemoActor& actor, DemoRecords& records) {
    // The events keep what they write and whom they ask, so it lives as long as they do.
    const auto reader = std::make_shared<Referrals>(folder / "referrals.yaml", application, actor, records);
    auto events = reader->read(cases);
    for (DemoEvent& event : events)
        event.happen = [reader, happen = std::move(event.happen)] { happen(); };
    return events;
}

}  // namespace tsunagi::app
