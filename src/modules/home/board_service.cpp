// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_service.hpp"

#include <algorithm>

#include "modules/home/board_cases.hpp"
#include "modules/home/board_store.hpp"

namespace tsunagi::home {
namespace {

constexpr int days_before_stuck = 14;

std::vector<core::ConsultationId> cases_of(const std::vector<Standing>& standing) {
    std::vector<core::ConsultationId> ids;
    for (const auto& one : standing) {
        if (one.card.kind == "consultation")
            ids.emplace_back(one.card.id);
    }
    return ids;
}

}  // namespace

BoardService::BoardService(db::Database& database, const consultations::ConsultationService& consultations,
                           core::Clock clock)
    : database_(database), consultations_(consultations), clock_(std::move(clock)) {}

Board BoardService::get(const access::Actor& actor, const HomeFilter& filter) const {
    access::require(actor, "consultations.read");
    return database_.read([&](db::ReadTx& tx) {
        Board board;
        board.today = clock_.today();
        const auto until = end_of_week(board.today);
        const auto before = core::start_in_japan(board.today.plus_days(-days_before_stuck));
        auto under_discussion = discussed(tx, actor, filter);
        auto cases =
            survey(consultations_.select(tx, actor, unclosed_cases(actor, filter), consultations::Purpose::cases),
                   {.due_until = until, .stuck_before = before, .discussed = cases_of(under_discussion)});

        board.stages.push_back(stage_of(1, {"received", "open", "on_hold", "reopened"}, cases.consulting.standing,
                                        cases.consulting.others));
        std::ranges::move(cases.awaiting_advice.standing, std::back_inserter(under_discussion));
        board.stages.push_back(stage_of(2, {"discussed_cases", "discussed_issues", "awaiting_advice"}, under_discussion,
                                        cases.awaiting_advice.others));
        std::ranges::move(issues(tx, actor, filter), std::back_inserter(board.stages));

        board.undos = undos(tx, actor, filter);
        board.answers = longest_waiting(board.today, answers(tx, actor, filter), most_due);
        auto to_do = due(tx, actor, filter, until);
        std::ranges::move(cards_of(consultations::FollowUpService::due(tx, actor, cases.due, until, filter.mine)),
                          std::back_inserter(to_do));
        spread_due(board, std::move(to_do));

        auto waiting = stuck(tx, actor, filter, board.today, before);
        std::ranges::move(cases.stuck, std::back_inserter(waiting.longest));
        board.stuck = longest_waiting(board.today, std::move(waiting.longest), stuck_shown);
        board.stuck_total = waiting.total + cases.stuck_total;

        tell(board, consultations_.headlines(tx, actor, cases_shown(board)));
        return board;
    });
}

}  // namespace tsunagi::home
