// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/search/search_service.hpp"
#include "modules/suggestions/code_model.hpp"
#include "modules/suggestions/sheet_store.hpp"

namespace tsunagi::suggestions {

/// Suggests codes for a sheet while it is typed. What is learned lives in memory alone: each desk's newest sheets are
/// read in the background, corrected ones are followed by their change numbers. Never sets anything.
class SuggestionService {
public:
    SuggestionService(db::Database& database, const packs::PacksService& packs, const search::Folding& folding,
                      CodeWords words);

    /// Answers from memory at once. Throws `invalid` at `/desk_id` for a desk where the person does not work.
    [[nodiscard]] Suggestions suggest(const access::Actor& actor, const TypedTexts& texts) const;

    /// Learns some of what waits. False when nothing waits. For one thread.
    bool advance();

    /// The texts of a sheet that suggestions are made from.
    [[nodiscard]] static std::vector<std::string_view> texts_of(const consultations::ConsultationSheet& sheet);
    /// The codes of a sheet that are learned.
    [[nodiscard]] static std::set<CodeKey> codes_of(const consultations::ConsultationSheet& sheet);

private:
    /// A desk's model as of one change; a newer one replaces it as a whole.
    struct Learned {
        CodeModel model;
        std::int64_t last_change = 0;
        SuggestionBasis basis{};
        std::int64_t sheets = 0;
        std::int64_t followed = 0;  ///< sheets since it was learned as a whole
        std::chrono::steady_clock::time_point at = {};
    };

    struct Slot {
        std::shared_ptr<const Learned> learned;
        std::int64_t asked = 0;  ///< the number of the last question; 0: never
        std::chrono::steady_clock::time_point rests_until = {};
    };

    [[nodiscard]] CodeModel fresh_model(const packs::CodeBook& book) const;
    [[nodiscard]] Example example_of(const consultations::ConsultationSheet& sheet, float weight) const;
    [[nodiscard]] std::shared_ptr<const Learned> learn(const store::ShelfState& shelf,
                                                       const std::vector<store::ShelfState>& all,
                                                       const std::shared_ptr<const packs::CodeBook>& book) const;
    [[nodiscard]] std::shared_ptr<const Learned> follow(const Learned& before, const store::ShelfState& shelf) const;
    void keep(const core::DeskId& desk, std::shared_ptr<const Learned> learned);

    db::Database& database_;            // NOLINT: the application owns them
    const packs::PacksService& packs_;  // NOLINT
    const search::Folding& folding_;    // NOLINT
    std::shared_ptr<const CodeWords> words_;
    mutable std::mutex mutex_;
    mutable std::map<core::DeskId, Slot> slots_;
    mutable std::int64_t questions_ = 0;
    std::shared_ptr<const packs::CodeBook> book_;  ///< what the models were made with
};

}  // namespace tsunagi::suggestions
