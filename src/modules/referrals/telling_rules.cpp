// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/telling_rules.hpp"

#include <algorithm>

#include "record/json_writer.hpp"

namespace tsunagi::referrals {
namespace {

std::string value_of(ShownFact fact, const CaseFacts& facts) {
    switch (fact) {
        case ShownFact::age_band:
            return facts.age_band.value_or("");
        case ShownFact::household:
            return facts.household.value_or("");
        case ShownFact::care_level:
            return facts.care_level.value_or("");
        case ShownFact::illness:
            return facts.illness;
        case ShownFact::city:
            return facts.city;
        case ShownFact::district:
            return facts.district;
    }
    return {};
}

template <class Value>
void differing_members(const Value& told, const Value& now, std::vector<std::string>& names) {
    record::for_each_member<Value>([&](auto member) {
        const std::string name = member.name;
        if (name != "match" && name != "facts" &&
            record::to_json(told.*member.pointer) != record::to_json(now.*member.pointer))
            names.push_back(name);
    });
}

}  // namespace

bool is_coded(ShownFact fact) {
    return fact == ShownFact::age_band || fact == ShownFact::household || fact == ShownFact::care_level;
}

ToldText told_of(const ReferralText& text, const MatchText& match, const CaseFacts& facts) {
    ToldText told;
    told.match = match;
    told.match.district_id.reset();
    told.match.contact.reset();
    told.to_name = text.to_name.str();
    told.message = text.message.str();
    told.person_label = text.person_label.str();
    told.reply_by = text.reply_by;
    for (const ShownFact fact : text.shown) {
        if (std::string value = value_of(fact, facts); !value.empty())
            told.facts.push_back({fact, std::move(value)});
    }
    return told;
}

std::vector<std::string> differing(const ToldText& told, const ToldText& now) {
    std::vector<std::string> names;
    differing_members(told.match, now.match, names);
    differing_members(told, now, names);
    const auto add = [&](const std::vector<ToldFact>& some, const std::vector<ToldFact>& others) {
        for (const ToldFact& fact : some) {
            const std::string name = record::to_text(fact.name);
            if (std::ranges::find(others, fact) == others.end() && std::ranges::find(names, name) == names.end())
                names.push_back(name);
        }
    };
    add(told.facts, now.facts);
    add(now.facts, told.facts);
    return names;
}

}  // namespace tsunagi::referrals
