// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_cases.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/first_few.hpp"

namespace tsunagi::home {
namespace {

using consultations::ConsultationState;
using consultations::Facts;
using consultations::Headline;
using consultations::IdNumber;

constexpr std::string_view kind_of_cases = "consultation";
constexpr std::string_view awaiting_advice = "awaiting_advice";

/// A case at its place in an order.
struct CaseAt {
    std::int64_t when = 0;  ///< a day or a moment
    IdNumber id;
    std::string_view state;

    friend auto operator<=>(const CaseAt&, const CaseAt&) = default;
};

Card card_of(const IdNumber& id, const core::Date& on) {
    Card card;
    card.kind = kind_of_cases;
    card.id = id.id().str();
    card.on = on;
    return card;
}

core::Date date_of(std::int64_t day) {
    return consultations::date_of(static_cast<consultations::DayNumber>(day));
}

std::int64_t moment_of(const core::Instant& at) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time().time_since_epoch()).count();
}

core::Date day_of_moment(std::int64_t moment) {
    return core::day_in_japan(core::Instant(std::chrono::system_clock::time_point(std::chrono::milliseconds(moment))));
}

Standing standing_of(const CaseAt& one) {
    return {std::string(one.state), card_of(one.id, date_of(one.when))};
}

/// Counts the cases of a stage; keeps the oldest of them and the two newest.
class StageCases {
public:
    void add(const CaseAt& one) {
        ++counts_[one.state];
        oldest_.add(one);
        newest_.add(one);
    }

    [[nodiscard]] CasesOfStage result() && {
        auto shown = std::move(newest_).in_order();
        for (const CaseAt& oldest : std::move(oldest_).in_order()) {
            if (std::ranges::find(shown, oldest) == shown.end())
                shown.push_back(oldest);
        }
        CasesOfStage result;
        for (const CaseAt& one : shown) {
            --counts_[one.state];
            result.standing.push_back(standing_of(one));
        }
        for (const auto& [state, count] : counts_)
            result.others.push_back({std::string(state), count});
        return result;
    }

private:
    std::map<std::string_view, std::int64_t> counts_;
    core::FirstFew<CaseAt> oldest_{1};
    core::FirstFew<CaseAt, std::greater<>> newest_{2};
};

std::string_view state_of(const Facts& row) {
    switch (row.state) {
        case ConsultationState::on_hold:
            return "on_hold";
        case ConsultationState::reopened:
            return "reopened";
        default:
            return row.worked_on ? "open" : "received";
    }
}

}  // namespace

consultations::ConsultationFilter unclosed_cases(const access::Actor& actor, const HomeFilter& filter) {
    consultations::ConsultationFilter cases;
    cases.state = {ConsultationState::open, ConsultationState::on_hold, ConsultationState::reopened};
    cases.desk = filter.desk;
    if (filter.mine)
        cases.receiver = {actor.user_id};
    return cases;
}

CasesOfBoard survey(const consultations::Selection& unclosed, const CaseQuestions& questions) {
    std::set<IdNumber> discussed;
    for (const auto& id : questions.discussed)
        discussed.insert(IdNumber::of(id.str()));
    const auto due_until = consultations::day_number(questions.due_until);
    const auto stuck_before = moment_of(questions.stuck_before);
    CasesOfBoard result;
    StageCases consulting;
    StageCases awaiting;
    core::FirstFew<CaseAt> due(most_due);
    core::FirstFew<CaseAt> stuck(stuck_shown);
    unclosed.for_each([&](const consultations::Chunk&, const Facts& row) {
        consulting.add({row.listed_on, row.id, state_of(row)});
        if (row.awaits_advice()) {
            const CaseAt one{row.awaiting_advice_since, row.id, awaiting_advice};
            if (discussed.contains(row.id))
                result.awaiting_advice.standing.push_back(standing_of(one));
            else
                awaiting.add(one);
        }
        if (row.follow_up_on <= due_until)
            due.add({row.follow_up_on, row.id, {}});
        if (row.updated_at < stuck_before) {
            ++result.stuck_total;
            stuck.add({row.updated_at, row.id, {}});
        }
    });
    result.consulting = std::move(consulting).result();
    auto [shown, others] = std::move(awaiting).result();
    std::ranges::move(shown, std::back_inserter(result.awaiting_advice.standing));
    result.awaiting_advice.others = std::move(others);
    for (const CaseAt& one : std::move(due).in_order())
        result.due.push_back(one.id.id());
    for (const CaseAt& one : std::move(stuck).in_order())
        result.stuck.push_back(card_of(one.id, day_of_moment(one.when)));
    return result;
}

std::vector<Card> cards_of(const std::vector<consultations::DueFollowUp>& due) {
    std::vector<Card> cards;
    for (const auto& one : due) {
        Card card;
        card.kind = kind_of_cases;
        card.id = one.consultation_id.str();
        card.on = one.due_on;
        card.title = one.note;
        card.who = one.owner_name;
        cards.push_back(std::move(card));
    }
    return cards;
}

std::vector<core::ConsultationId> cases_shown(const Board& board) {
    std::set<std::string> ids;
    const auto add = [&](const Card& card) {
        if (card.kind == kind_of_cases)
            ids.insert(card.id);
    };
    for (const Stage& stage : board.stages) {
        if (stage.oldest)
            add(*stage.oldest);
        std::ranges::for_each(stage.newest, add);
    }
    for (const auto* cards : {&board.undos, &board.due_today, &board.due_week, &board.stuck})
        std::ranges::for_each(*cards, add);
    return {ids.begin(), ids.end()};
}

void tell(Board& board, const std::vector<Headline>& headlines) {
    std::map<std::string_view, const Headline*> by_id;
    for (const Headline& headline : headlines)
        by_id.emplace(headline.id.str(), &headline);
    // Completes the card in the words of its list; true when its case is gone.
    const auto gone = [&](Card& card, const auto& words) {
        if (card.kind != kind_of_cases)
            return false;
        const auto found = by_id.find(card.id);
        if (found == by_id.end())
            return true;
        const Headline& headline = *found->second;
        card.number = headline.number;
        words(card, headline);
        return false;
    };
    const auto complete = [&](std::vector<Card>& cards, const auto& words) {
        std::erase_if(cards, [&](Card& card) { return gone(card, words); });
    };
    const auto as_it_is = [](Card& card, const Headline& headline) {
        card.title = headline.subject;
        card.who = headline.receiver_name;
    };
    // What is to be done stands on the card already, and whose it is where that is not the receiver's.
    const auto to_do = [](Card& card, const Headline& headline) {
        card.title = headline.subject + (card.title.empty() ? "" : " \u2014 " + card.title);
        if (card.who.empty())
            card.who = headline.receiver_name;
    };
    const auto waiting_for = [](Card& card, const Headline& headline) {
        card.title = headline.subject;
        card.who = headline.follow_up_note.empty() ? headline.receiver_name : headline.follow_up_note;
    };
    for (Stage& stage : board.stages) {
        if (stage.oldest && gone(*stage.oldest, as_it_is))
            stage.oldest.reset();
        complete(stage.newest, as_it_is);
    }
    complete(board.undos, to_do);
    complete(board.due_today, to_do);
    complete(board.due_week, to_do);
    complete(board.stuck, waiting_for);
}

}  // namespace tsunagi::home
