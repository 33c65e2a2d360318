// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/home/board.hpp"

namespace tsunagi::home {

/// The five stages of 図2, what is due and what does not move, for one reader.
class BoardService {
public:
    BoardService(db::Database& database, const consultations::ConsultationService& consultations, core::Clock clock);

    [[nodiscard]] Board get(const access::Actor& actor, const HomeFilter& filter) const;

private:
    db::Database& database_;                                   // NOLINT: the application owns them
    const consultations::ConsultationService& consultations_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::home
