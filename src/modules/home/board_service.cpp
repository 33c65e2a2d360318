// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_service.hpp"

#include <algorithm>
#include <map>

#include "modules/home/board_cases.hpp"
#include "modules/home/board_store.hpp"

namespace tsunagi::home {
namespace {

constexpr auto stuck_after = std::chrono::days(14);

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
    std::ranges::move(more, std::back_inserter(all));
}

/// The words of the consultations on the board, all read at once.
class CaseWords {
public:
    CaseWords(db::ReadTx& tx, const access::Actor& actor, const consultations::ConsultationService& consultations,
              const Board& board) {
        std::vector<core::ConsultationId> ids;
        const auto want = [&](const Card& card) {
            if (card.kind == "consultation")
                ids.emplace_back(card.id);
        };
        for (const Stage& stage : board.stages) {
            if (stage.oldest)
                want(*stage.oldest);
            std::ranges::for_each(stage.newest, want);
        }
        for (const auto* list : {&board.due_today, &board.due_week, &board.stuck})
            std::ranges::for_each(*list, want);
        std::ranges::sort(ids);
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        for (auto& words : consultations.cards(tx, actor, ids))
            by_id_.emplace(words.id.str(), std::move(words));
    }

    void write_into(Board& board) const {
        const auto plain = [](Card& card, const consultations::CaseCard& words) {
            card.title = words.subject;
            card.who = words.receiver;
        };
        const auto due = [](Card& card, const consultations::CaseCard& words) {
            card.title = words.subject;
            if (!words.follow_up_note.empty())
                card.title += " \u2014 " + words.follow_up_note;
            card.who = words.receiver;
        };
        const auto stuck = [](Card& card, const consultations::CaseCard& words) {
            card.title = words.subject;
            card.who = words.follow_up_note.empty() ? words.receiver : words.follow_up_note;
        };
        for (Stage& stage : board.stages) {
            if (stage.oldest)
                write(*stage.oldest, plain);
            for (Card& card : stage.newest)
                write(card, plain);
        }
        for (auto* list : {&board.due_today, &board.due_week}) {
            for (Card& card : *list)
                write(card, due);
        }
        for (Card& card : board.stuck)
            write(card, stuck);
    }

private:
    template <class Write>
    void write(Card& card, const Write& in) const {
        const auto words = card.kind == "consultation" ? by_id_.find(card.id) : by_id_.end();
        if (words == by_id_.end())
            return;
        card.number = words->second.number;
        in(card, words->second);
    }

    std::map<std::string, consultations::CaseCard> by_id_;
};

}  // namespace

BoardService::BoardService(db::Database& database, const consultations::ConsultationService& consultations,
                           core::Clock clock)
    : database_(database), consultations_(consultations), clock_(std::move(clock)) {}

Board BoardService::get(const access::Actor& actor, const HomeFilter& filter) const {
    access::require(actor, "consultations.read");
    const auto now = clock_.now();
    const auto before = now.plus(-stuck_after);
    return database_.read([&](db::ReadTx& tx) {
        Board board;
        board.today = core::day_in_japan(now);
        const auto until = end_of_week(board.today);
        const auto selection =
            consultations_.select(tx, actor, filter_of(actor, filter), consultations::Purpose::cases);
        auto cases = open_cases(selection, consultations_.standing_reader(tx, actor), until, before);
        board.stages.push_back(std::move(cases.consulting));
        auto discussed = on_agendas(tx, actor, filter);
        append(discussed, std::move(cases.awaiting_advice));
        board.stages.push_back(
            stage_of(2, {"discussed_cases", "discussed_issues", "awaiting_advice"}, std::move(discussed)));
        for (auto& stage : issues(tx, actor, filter))
            board.stages.push_back(std::move(stage));
        append(cases.due, due(tx, actor, filter, until));
        spread_due(board, std::move(cases.due));
        auto others = stuck(tx, actor, filter, board.today, before);
        board.stuck_total = cases.stuck.total + others.total;
        append(cases.stuck.longest, std::move(others.longest));
        board.stuck = longest_waiting(std::move(cases.stuck.longest), board.today, stuck_shown);
        CaseWords(tx, actor, consultations_, board).write_into(board);
        return board;
    });
}

}  // namespace tsunagi::home
