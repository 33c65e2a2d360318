// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_service.hpp"

#include "modules/home/board_rules.hpp"
#include "modules/home/board_store.hpp"

namespace tsunagi::home {
namespace {

constexpr auto stuck_after = std::chrono::days(14);
constexpr std::size_t stuck_shown = 10;

}  // namespace

BoardService::BoardService(db::Database& database, core::Clock clock) : database_(database), clock_(std::move(clock)) {}

Board BoardService::get(const access::Actor& actor, const HomeFilter& filter) const {
    access::require(actor, "consultations.read");
    const auto now = clock_.now();
    return database_.read([&](db::ReadTx& tx) {
        Board board;
        board.today = core::day_in_japan(now);
        board.stages.push_back(consulting(tx, actor, filter));
        board.stages.push_back(
            stage_of(2, {"discussed_cases", "discussed_issues", "awaiting_advice"}, discussed(tx, actor, filter)));
        for (auto& stage : issues(tx, actor, filter))
            board.stages.push_back(std::move(stage));
        spread_due(board, due(tx, actor, filter, end_of_week(board.today)));
        auto waiting = stuck(tx, actor, filter, board.today, now.plus(-stuck_after));
        board.stuck = longest_waiting(std::move(waiting.longest), stuck_shown);
        board.stuck_total = waiting.total;
        return board;
    });
}

}  // namespace tsunagi::home
