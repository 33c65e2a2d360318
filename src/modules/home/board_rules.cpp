// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_rules.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tsunagi::home {
namespace {

bool earlier(const Card& a, const Card& b) {
    return a.on != b.on ? a.on < b.on : a.id < b.id;
}

}  // namespace

core::Date end_of_week(const core::Date& today) {
    return today.plus_days(6 - today.weekday());
}

Stage stage_of(std::int64_t stage, const std::vector<std::string>& states, const std::vector<Standing>& standing,
               const std::vector<StateCount>& others) {
    using Key = std::pair<std::string, std::string>;
    std::map<Key, Card> once;
    std::map<std::string, std::set<Key>> in_state;
    for (const auto& one : standing) {
        const Key key{one.card.kind, one.card.id};
        in_state[one.state].insert(key);
        const auto [at, is_new] = once.try_emplace(key, one.card);
        if (!is_new && one.card.on < at->second.on)
            at->second.on = one.card.on;
    }
    Stage result;
    result.stage = stage;
    result.total = static_cast<std::int64_t>(once.size());
    for (const auto& state : states)
        result.states.push_back({state, static_cast<std::int64_t>(in_state[state].size())});
    for (const auto& other : others) {
        result.total += other.count;
        const auto state = std::ranges::find(result.states, other.state, &StateCount::state);
        if (state != result.states.end())
            state->count += other.count;
    }
    std::vector<Card> cards;
    for (auto& [key, card] : once)
        cards.push_back(std::move(card));
    std::ranges::sort(cards, earlier);
    if (!cards.empty())
        result.oldest = cards.front();
    for (std::size_t i = cards.size(); i > 1 && result.newest.size() < 2; --i)
        result.newest.push_back(cards[i - 1]);
    return result;
}

void spread_due(Board& board, std::vector<Card> due) {
    std::ranges::sort(due, earlier);
    for (auto& card : due) {
        if (!card.on)
            continue;
        card.days = std::max(0, board.today.days_since(*card.on));
        (*card.on > board.today ? board.due_week : board.due_today).push_back(std::move(card));
    }
}

std::vector<Card> longest_waiting(const core::Date& today, std::vector<Card> stuck, std::size_t most) {
    for (auto& card : stuck)
        card.days = today.days_since(card.on.value_or(today));
    std::ranges::sort(stuck,
                      [](const Card& a, const Card& b) { return a.days != b.days ? a.days > b.days : a.id < b.id; });
    if (stuck.size() > most)
        stuck.resize(most);
    return stuck;
}

}  // namespace tsunagi::home
