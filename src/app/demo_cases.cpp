// SPDX-License-Identifier: Apache-2.0
#include "app/demo_cases.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "app/demo_dice.hpp"
#include "app/yaml_json.hpp"

namespace tsunagi::app {
namespace {

using boost::json::object;
using boost::json::value;
using consultations::ConsultationSheet;

std::vector<std::string> texts(const YAML::Node& node) {
    std::vector<std::string> result;
    for (const auto& item : node)
        result.push_back(item.as<std::string>());
    return result;
}

core::Date date(const YAML::Node& node) {
    return core::Date::parse(node.as<std::string>()).value();
}

void put_caller(object& sheet, const DemoNames& names, const std::string& key) {
    const auto found = names.callers.find(key);
    if (found == names.callers.end())
        throw std::runtime_error("no caller has the key " + key);
    const auto& caller = found->second;
    sheet["caller_name"] = caller.name;
    sheet["caller_affiliation"] = caller.affiliation;
    sheet["caller_profession"] = caller.profession;
    sheet["caller_profession_note"] = caller.profession_note;
    sheet["caller_phone"] = caller.phone;
    sheet["caller_kana"] = caller.kana;
    if (!caller.contact.empty())
        sheet["caller_contact"] = caller.contact;
}

/// The sheet before anything was done about it: what was written while the caller was on the phone, and the kind of
/// support that was promised.
ConsultationSheet as_received(ConsultationSheet sheet) {
    sheet.support_text = "";
    sheet.result.reset();
    sheet.result_on.reset();
    sheet.follow_up_on.reset();
    sheet.follow_up_note = "";
    sheet.physician_asked_on.reset();
    sheet.physician_question = "";
    sheet.physician_advised_on.reset();
    sheet.physician_assessment = "";
    sheet.physician_direction = "";
    return sheet;
}

/// The first lines of the account of what was done.
std::string first_lines(const std::string& text, std::size_t part, std::size_t of) {
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || i + 1 == text.size())
            ends.push_back(i + 1);
    }
    if (ends.empty() || part >= of)
        return text;
    return text.substr(0, ends[std::max<std::size_t>(1, ends.size() * part / of) - 1]);
}

/// Named cases: YAML keys are the members of the sheet but for the references.
class NamedCases {
public:
    NamedCases(std::filesystem::path file, const DemoNames& names) : file_(std::move(file)), names_(names) {}

    std::vector<DemoCase> read() const {
        std::vector<DemoCase> result;
        for (const auto& node : load_yaml(file_)["cases"])
            result.push_back(one(node));
        return result;
    }

private:
    DemoCase one(const YAML::Node& node) const {
        const std::string place = place_of(file_, node);
        try {
            DemoCase result;
            result.key = node["key"].as<std::string>();
            result.desk = node["desk"].as<std::string>();
            result.receiver = node["receiver"].as<std::string>();
            const ConsultationSheet whole = sheet(node, place);
            result.fiscal_year = whole.received_on->fiscal_year();
            const auto number = node["number"].as<std::string>();
            result.sequence = std::stoll(number.substr(number.find('-') + 1));
            result.at = at_japan(*whole.received_on, whole.ended_at ? whole.ended_at->minutes() : 17 * 60);
            steps(node, whole, result);
            if (node["person"]) {
                result.person = record_from<consultations::Person>(packs::json_of_yaml(node["person"]), place);
            }
            return result;
        } catch (const std::exception& error) {
            throw std::runtime_error(place + ": " + error.what());
        }
    }

    ConsultationSheet sheet(const YAML::Node& node, const std::string& place) const {
        static const std::set<std::string> own{"key",    "number",   "desk",    "receiver", "state",
                                               "caller", "district", "history", "person"};
        object json;
        for (const auto& entry : node) {
            const auto name = entry.first.as<std::string>();
            if (own.contains(name))
                continue;
            value item = packs::json_of_yaml(entry.second);
            // An empty text stands for "not given" where the member is a code, a day or a time.
            if (item.is_string() && item.get_string().empty())
                item = nullptr;
            if (item.is_null() &&
                (name.ends_with("_note") || name.ends_with("_text") || name == "illness" || name == "awareness" ||
                 name == "background" || name.starts_with("physician_as") || name == "physician_direction")) {
                if (!name.ends_with("_on"))
                    item = "";
            }
            json[name] = std::move(item);
        }
        json["receiver_id"] = names_.users.at(node["receiver"].as<std::string>()).str();
        json["district_id"] = names_.regions.at(node["district"].as<std::string>()).id.str();
        put_caller(json, names_, node["caller"].as<std::string>());
        return record_from<ConsultationSheet>(json, place);
    }

    void steps(const YAML::Node& node, const ConsultationSheet& whole, DemoCase& result) const {
        const auto state = node["state"].as<std::string>();
        const YAML::Node history = node["history"];
        std::size_t edits = 0;
        for (const auto& step : history)
            edits += step["kind"].as<std::string>() == "edited" ? 1U : 0U;
        result.sheet = state == "closed" || edits > 0 ? as_received(whole) : whole;
        std::size_t edited = 0;
        bool complete = !(state == "closed" || edits > 0);
        const auto add = [&](const core::Date& on, const std::string& by, const std::string& kind,
                             const std::string& reason) {
            const core::Instant at = std::max(at_japan(on, 16 * 60 + 30), result.at.plus(std::chrono::minutes(20)));
            if (kind == "edited") {
                ++edited;
                ConsultationSheet part = whole;
                part.support_text = first_lines(whole.support_text, edited, edits);
                if (edited < edits) {
                    part.result.reset();
                    part.result_on.reset();
                }
                complete = edited == edits;
                result.steps.push_back({at, by, kind, reason, part});
                return;
            }
            if (!complete) {
                result.steps.push_back({at.plus(std::chrono::minutes(-5)), by, "edited", "", whole});
                complete = true;
            }
            result.steps.push_back({at, by, kind, reason, std::nullopt});
        };
        for (const auto& step : history) {
            const auto kind = step["kind"].as<std::string>();
            const auto by = step["by"].as<std::string>();
            // A case that was closed and taken up again had a result in between.
            if (step["result"]) {
                ConsultationSheet ended = whole;
                ended.result.emplace(step["result"].as<std::string>());
                ended.result_on = date(step["on"]);
                const core::Instant at = at_japan(date(step["on"]), 16 * 60 + 25);
                result.steps.push_back({at, by, "edited", "", ended});
                complete = true;
            }
            add(date(step["on"]), by, kind, step["reason"].as<std::string>());
            if (kind == "reopened")
                result.steps.push_back({result.steps.back().at.plus(std::chrono::minutes(5)), by, "edited", "", whole});
        }
        const bool ends_closed = !result.steps.empty() && result.steps.back().kind == "closed";
        if (state == "closed" && !ends_closed) {
            add(whole.result_on.value_or(*whole.received_on), result.receiver, "closed", "");
        }
        if (state == "on_hold" && (result.steps.empty() || result.steps.back().kind != "held")) {
            add(whole.received_on->plus_days(3), result.receiver, "held", "");
        }
    }

    std::filesystem::path file_;
    const DemoNames& names_;  // NOLINT: lives as long as the reading
};

/// Everyday cases: one template, one caller, one person's circumstances each.
class EverydayCases {
public:
    EverydayCases(const std::filesystem::path& file, const DemoNames& names, std::uint64_t seed)
        : file_(file), root_(load_yaml(file)), names_(names), dice_(seed) {
        for (const auto& item : root_["templates"])
            templates_.push_back(item);
    }

    DemoCase one(const std::string& desk, const core::Date& on, const std::string& key) {
        const YAML::Node chosen = choose(static_cast<int>(on.month()), desk);
        try {
            return compose(chosen, desk, on, key);
        } catch (const std::exception& error) {
            throw std::runtime_error(place_of(file_, chosen) + ": " + error.what());
        }
    }

    Dice& dice() { return dice_; }

    [[nodiscard]] const YAML::Node& root() const { return root_; }

private:
    /// Two draws by weight, and the one that was used less for its weight: what is likely comes often, without
    /// swelling by chance.
    YAML::Node choose(int month, const std::string& desk) {
        const YAML::Node one = draw(month, desk);
        const YAML::Node other = draw(month, desk);
        const auto share = [&](const YAML::Node& node) {
            return static_cast<double>(used_[node["key"].as<std::string>()]) / node["weight"].as<double>();
        };
        const YAML::Node chosen = share(other) < share(one) ? other : one;
        ++used_[chosen["key"].as<std::string>()];
        return chosen;
    }

    /// One of the list, of those used least; nothing where there are none.
    YAML::Node least_used(const YAML::Node& chosen, const std::string& list) {
        const std::string place = chosen["key"].as<std::string>() + "/" + list + "/";
        std::vector<std::size_t> least;
        int fewest = 0;
        for (std::size_t i = 0; i < chosen[list].size(); ++i) {
            const int times = used_[place + std::to_string(i)];
            if (least.empty() || times < fewest) {
                least.clear();
                fewest = times;
            }
            if (times == fewest)
                least.push_back(i);
        }
        if (least.empty())
            return YAML::Node("");
        const std::size_t drawn = dice_.one_of(least);
        ++used_[place + std::to_string(drawn)];
        return chosen[list][drawn];
    }

    /// What the request says itself, else what the template says.
    static YAML::Node narrowed(const YAML::Node& request, const YAML::Node& chosen, const std::string& list) {
        return request.IsMap() && request[list] ? request[list] : chosen[list];
    }

    YAML::Node draw(int month, const std::string& desk) {
        const auto fits = [&](const YAML::Node& one) {
            if (one["districts"] && !serves_one_of(desk, one["districts"]))
                return false;
            return !one["months"] || std::any_of(one["months"].begin(), one["months"].end(),
                                                 [&](const YAML::Node& item) { return item.as<int>() == month; });
        };
        std::size_t sum = 0;
        for (const auto& one : templates_)
            sum += fits(one) ? one["weight"].as<std::size_t>() : 0U;
        std::size_t drawn = dice_.below(sum);
        for (const auto& one : templates_) {
            if (!fits(one))
                continue;
            const auto weight = one["weight"].as<std::size_t>();
            if (drawn < weight)
                return one;
            drawn -= weight;
        }
        throw std::runtime_error("no template fits the month");
    }

    bool serves_one_of(const std::string& desk, const YAML::Node& districts) const {
        const auto& served = names_.desk_regions.at(desk);
        return std::any_of(districts.begin(), districts.end(), [&](const YAML::Node& district) {
            const std::string ward = counted_region(district.as<std::string>());
            return std::find(served.begin(), served.end(), ward) != served.end();
        });
    }

    /// Someone of the wanted profession, from the desk's own wards when there is one.
    std::string caller(const std::vector<std::string>& professions, const std::string& desk) {
        const std::string profession = dice_.one_of(professions);
        std::vector<std::string> near;
        std::vector<std::string> all;
        const auto& served = names_.desk_regions.at(desk);
        for (const auto& [key, one] : names_.callers) {
            if (one.profession != profession)
                continue;
            all.push_back(key);
            if (std::find(served.begin(), served.end(), one.region) != served.end())
                near.push_back(key);
        }
        if (all.empty())
            throw std::runtime_error("no caller has the profession " + profession);
        return dice_.one_of(!near.empty() && dice_.chance(0.85) ? near : all);
    }

    std::string receiver(const std::string& desk, const core::Date& on) {
        std::vector<std::string> present;
        for (const auto& [key, one] : names_.staff) {
            if (one.desk == desk && one.from <= on && (!one.until || *one.until >= on))
                present.push_back(key);
        }
        if (present.empty())
            throw std::runtime_error("nobody works at " + desk + " on " + on.str());
        return dice_.one_of(present);
    }

    std::string district(const YAML::Node& chosen, const std::string& desk) {
        const auto& served = names_.desk_regions.at(desk);
        if (chosen["districts"]) {
            std::vector<std::string> own;
            for (const auto& key : texts(chosen["districts"])) {
                if (std::find(served.begin(), served.end(), counted_region(key)) != served.end())
                    own.push_back(key);
            }
            return dice_.one_of(own);
        }
        std::vector<std::string> wards;
        std::vector<std::string> outside;
        for (const auto& [key, place] : names_.regions) {
            const auto serves = [&](const std::string& region) {
                return std::find(served.begin(), served.end(), region) != served.end();
            };
            const bool own = serves(key) || serves(place.parent);
            if (place.kind == "ward" && own)
                wards.push_back(key);
            if (place.kind == "outside" && own_city(served, place.parent))
                outside.push_back(key);
            if (place.kind == "district" && own && names_.regions.at(place.parent).kind == "municipality")
                wards.push_back(key);
        }
        if (!outside.empty() && dice_.chance(0.03))
            return dice_.one_of(outside);
        return wards.empty() ? served.front() : dice_.one_of(wards);
    }

    /// Whether the desk serves the municipality or a part of it.
    bool own_city(const std::vector<std::string>& served, const std::string& municipality) const {
        return std::any_of(served.begin(), served.end(), [&](const std::string& region) {
            return region == municipality || names_.regions.at(region).parent == municipality;
        });
    }

    /// The ward of a district: the month table counts by wards.
    std::string counted_region(std::string key) const {
        while (names_.regions.at(key).kind == "district" &&
               names_.regions.at(names_.regions.at(key).parent).kind == "ward") {
            key = names_.regions.at(key).parent;
        }
        return key;
    }

    int age_in(const std::string& band) {
        if (band == "age_95_over")
            return dice_.between(95, 101);
        const auto first = band.find('_') + 1;
        const auto second = band.find('_', first);
        const int low = std::stoi(band.substr(first, second - first));
        return dice_.between(std::max(low, 6), std::stoi(band.substr(second + 1)));
    }

    static std::string fill(std::string text, const std::map<std::string, std::string>& slots) {
        for (const auto& [slot, word] : slots) {
            for (std::size_t at = text.find(slot); at != std::string::npos; at = text.find(slot, at + word.size())) {
                text.replace(at, slot.size(), word);
            }
        }
        return text;
    }

    DemoCase compose(const YAML::Node& chosen, const std::string& desk, const core::Date& on, const std::string& key) {
        const YAML::Node defaults = root_["defaults"];
        DemoCase result;
        result.key = key;
        result.desk = desk;
        result.receiver = receiver(desk, on);
        const bool about_a_person = chosen["ages"].size() > 0;  // else about rules, training and the like
        const YAML::Node request = least_used(chosen, "requests");
        const auto about = [&](const std::string& list) {
            return about_a_person ? dice_.text_of(narrowed(request, chosen, list)) : std::string();
        };
        const std::string band = about("ages");
        const std::string household = about("households");
        const std::string care_level = about("care_levels");
        const std::string place = district(chosen, desk);
        const std::map<std::string, std::string> slots{
            {"{age}", band.empty() ? "" : std::to_string(age_in(band)) + "\xe6\xad\xb3"},
            {"{household}", names_.label("household", household)},
            {"{care_level}", names_.label("care_level", care_level)},
            {"{district}", names_.regions.at(place).name}};
        const int start = dice_.between(8 * 60 + 40, 16 * 60 + 40);
        const auto minutes = defaults["minutes"];
        const int end = start + dice_.between(minutes[0].as<int>(), minutes[1].as<int>());
        const auto urgency = dice_.weighted(chosen["urgency"] ? chosen["urgency"] : defaults["urgency"]);
        object sheet{
            {"kind", (chosen["kind"] ? chosen["kind"] : defaults["kind"]).as<std::string>()},
            {"received_on", on.str()},
            {"started_at", core::TimeOfDay(start / 60, start % 60).str()},
            {"ended_at", core::TimeOfDay(end / 60, end % 60).str()},
            {"receiver_id", names_.users.at(result.receiver).str()},
            {"method", dice_.weighted(root_["methods"])},
            {"subject", fill(chosen["subject"].as<std::string>(), slots)},
            {"request", fill((request.IsMap() ? request["text"] : request).as<std::string>(), slots)},
            {"background", fill(least_used(chosen, "backgrounds").as<std::string>(), slots)},
            {"treatments",
             chosen["treatments"] ? packs::json_of_yaml(chosen["treatments"]) : value(boost::json::array{})},
            {"district_id", names_.regions.at(counted_region(place)).id.str()},
            {"topic", chosen["topic"].as<std::string>()},
            {"subtopic", chosen["subtopic"].as<std::string>()},
            {"scenes", packs::json_of_yaml(chosen["scenes"])},
            {"urgency", urgency},
            {"difficulty", (chosen["difficulty"] ? chosen["difficulty"] : defaults["difficulty"]).as<std::string>()},
            {"relisted", chosen["relisted"] ? packs::json_of_yaml(chosen["relisted"]) : value(boost::json::array{})},
            {"elements", chosen["elements"] ? packs::json_of_yaml(chosen["elements"]) : value(boost::json::array{})},
        };
        if (about_a_person) {
            sheet["age_band"] = band;
            if (!household.empty())
                sheet["household"] = household;
            if (!care_level.empty())
                sheet["care_level"] = care_level;
            sheet["illness"] = about("illnesses");
        }
        put_caller(sheet, names_, caller(texts(chosen["professions"]), desk));
        const auto awareness_share =
            (chosen["awareness_share"] ? chosen["awareness_share"] : defaults["awareness_share"]).as<double>();
        if (chosen["awareness"] && dice_.chance(awareness_share)) {
            sheet["awareness"] = fill(least_used(chosen, "awareness").as<std::string>(), slots);
        }
        result.sheet = record_from<ConsultationSheet>(sheet, place_of(file_, chosen));
        result.at = at_japan(on, end + dice_.between(1, 6));
        result.fiscal_year = on.fiscal_year();
        answer(chosen, slots, on, result);
        return result;
    }

    /// What was done about it, by when, and whether it is finished.
    void answer(const YAML::Node& chosen, const std::map<std::string, std::string>& slots, const core::Date& on,
                DemoCase& result) {
        const YAML::Node support = least_used(chosen, "supports");
        const std::string outcome = dice_.weighted(support["results"]);
        const int age = names_.today.days_since(on);
        const YAML::Node open_share = root_["open_share"];
        const bool recent = age <= open_share["days"].as<int>();
        const bool open = recent && (age < 2 || dice_.chance(open_share["share"].as<double>()));
        ConsultationSheet whole = result.sheet;
        for (const auto& code : support["codes"])
            whole.supports.emplace_back(code.as<std::string>());
        result.sheet.supports = whole.supports;
        whole.support_text = fill(support["text"].as<std::string>(), slots);
        if (chosen["physician"] && whole.difficulty && whole.difficulty->value == "physician") {
            whole.physician_asked_on = std::min(on.plus_days(1), names_.today);
            if (age >= 7) {
                whole.physician_advised_on = on.plus_days(dice_.between(3, 7));
                whole.physician_assessment = chosen["physician"]["assessment"].as<std::string>();
                whole.physician_direction = chosen["physician"]["direction"].as<std::string>();
            }
        }
        if (open) {
            whole.follow_up_on = std::max(on, names_.today.plus_days(-6)).plus_days(dice_.between(1, 12));
            while (!names_.open_on(*whole.follow_up_on))
                whole.follow_up_on = whole.follow_up_on->plus_days(1);
            whole.follow_up_note = dice_.one_of(texts(root_["follow_ups"]));
            if (age >= 1 && dice_.chance(0.8)) {
                const core::Date touched = open_day(on.plus_days(dice_.between(1, std::max(1, std::min(age, 9)))), on);
                result.steps.push_back(
                    {at_japan(touched, 13 * 60 + dice_.between(0, 200)), result.receiver, "edited", "", whole});
                if (dice_.chance(open_share["on_hold"].as<double>() * 2)) {
                    result.steps.push_back({result.steps.back().at.plus(std::chrono::minutes(3)), result.receiver,
                                            "held", "", std::nullopt});
                }
            } else {
                result.sheet.follow_up_on = whole.follow_up_on;
                result.sheet.follow_up_note = whole.follow_up_note;
            }
            return;
        }
        const core::Date done = std::min(on.plus_days(dice_.between(0, 18)), names_.today.plus_days(-1));
        const core::Date ended = open_day(std::max(done, on), on);
        whole.result = record::Code<"result">(outcome);
        whole.result_on = ended;
        const core::Instant at = std::max(at_japan(ended, 14 * 60 + dice_.between(0, 150)),
                                          result.at.plus(std::chrono::minutes(dice_.between(10, 40))));
        result.steps.push_back({at, result.receiver, "edited", "", whole});
        result.steps.push_back({at.plus(std::chrono::minutes(2)), result.receiver, "closed", "", std::nullopt});
    }

    /// The day, or the last day before it on which desks are open, but not before `first`.
    core::Date open_day(core::Date day, const core::Date& first) const {
        while (day > first && !names_.open_on(day))
            day = day.plus_days(-1);
        return day;
    }

    std::filesystem::path file_;
    YAML::Node root_;
    const DemoNames& names_;  // NOLINT: lives as long as the composing
    Dice dice_;
    std::vector<YAML::Node> templates_;
    std::map<std::string, int> used_;  ///< by template, and by template, list and place in it
};

/// A working day from the first to the last of them, both included; the first when there is none.
core::Date working_day(Dice& dice, const DemoNames& names, const core::Date& first, const core::Date& last) {
    std::vector<core::Date> days;
    for (core::Date day = first; day <= last; day = day.plus_days(1)) {
        if (names.open_on(day))
            days.push_back(day);
    }
    return days.empty() ? first : dice.one_of(days);
}

/// Numbers run through the city in the order of reception: between two named cases every number is taken by an
/// everyday one, received between their days.
void fill_numbers(std::vector<DemoCase>& cases, EverydayCases& everyday, const DemoNames& names, int fiscal_year,
                  const core::Date& from, const core::Date& to) {
    const std::string year = std::to_string(fiscal_year);
    const YAML::Node root = everyday.root();
    std::map<std::int64_t, core::Date> named;
    for (const auto& one : cases) {
        if (one.fiscal_year == fiscal_year)
            named[one.sequence] = *one.sheet.received_on;
    }
    auto next = root["first_sequences"][year].as<std::int64_t>();
    named.erase(named.begin(), named.lower_bound(next));
    named[root["last_sequences"][year].as<std::int64_t>() + 1] = to;
    core::Date reached = from;
    for (const auto& [number, day] : named) {
        std::vector<core::Date> days;
        for (std::int64_t i = next; i < number; ++i) {
            // The day of the next named case belongs to it: its own time must come after every lower number.
            days.push_back(working_day(everyday.dice(), names, reached, std::max(reached, day.plus_days(-1))));
        }
        std::sort(days.begin(), days.end());
        std::vector<DemoCase> between;
        for (const core::Date& on : days) {
            const std::string desk = everyday.dice().weighted(root["desks"]);
            between.push_back(
                everyday.one(desk, on, year + "-" + std::to_string(next + static_cast<std::int64_t>(between.size()))));
        }
        std::stable_sort(between.begin(), between.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        for (auto& one : between) {
            one.sequence = next++;
            cases.push_back(std::move(one));
        }
        next = number + 1;
        reached = std::max(reached, day);
    }
}

/// A desk counts in the order in which it registers, so whoever has the later number was written down later, even when
/// the call was earlier in the day.
void register_in_order_of_numbers(std::vector<DemoCase>& cases) {
    std::stable_sort(cases.begin(), cases.end(), [](const DemoCase& a, const DemoCase& b) {
        return std::tie(a.desk, a.fiscal_year, a.sequence) < std::tie(b.desk, b.fiscal_year, b.sequence);
    });
    const DemoCase* before = nullptr;
    for (DemoCase& one : cases) {
        const auto after = [](const core::Instant& at) { return at.plus(std::chrono::minutes(1)); };
        if (before != nullptr && before->desk == one.desk && before->fiscal_year == one.fiscal_year)
            one.at = std::max(one.at, after(before->at));
        core::Instant reached = one.at;
        for (DemoStep& step : one.steps)
            reached = step.at = std::max(step.at, after(reached));
        before = &one;
    }
}

}  // namespace

std::vector<DemoCase> compose_demo_cases(const std::filesystem::path& folder, const DemoNames& names) {
    std::vector<DemoCase> cases = NamedCases(folder / "cases_matsudo.yaml", names).read();
    for (auto& one : NamedCases(folder / "cases_story.yaml", names).read())
        cases.push_back(std::move(one));
    constexpr std::uint64_t seed = 20261117;
    EverydayCases everyday(folder / "templates.yaml", names, seed);
    const YAML::Node root = everyday.root();
    fill_numbers(cases, everyday, names, 2025, core::Date::parse("2025-12-01").value(),
                 core::Date::parse("2026-03-31").value());
    fill_numbers(cases, everyday, names, 2026, core::Date::parse("2026-04-01").value(), names.today);

    // The neighbour's desk has few consultations and numbers of its own.
    const YAML::Node neighbour = root["nagihama"];
    std::vector<DemoCase> apart;
    const core::Date from = core::Date::parse(neighbour["months"][0].as<std::string>() + "-01").value();
    for (int i = 0; i < neighbour["count"].as<int>(); ++i) {
        core::Date day = from;
        do {
            day = from.plus_days(static_cast<int>(everyday.dice().below(230)));
        } while (!names.open_on(day) || day > names.today);
        apart.push_back(everyday.one(neighbour["desk"].as<std::string>(), day, "n" + std::to_string(i + 1)));
    }
    std::stable_sort(apart.begin(), apart.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    std::map<int, std::int64_t> number;
    for (auto& one : apart) {
        one.sequence = ++number[one.fiscal_year];
        cases.push_back(std::move(one));
    }
    register_in_order_of_numbers(cases);
    std::stable_sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return cases;
}

}  // namespace tsunagi::app
