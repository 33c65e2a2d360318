// SPDX-License-Identifier: Apache-2.0
// The list of the weekly conference: what waits for a physician's early view (図16), those that wait longest first.
#include "core/first_few.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/consultations/consultation_store.hpp"

namespace tsunagi::consultations {
namespace {

constexpr std::size_t most_at_conference = 100;

}  // namespace

Conference ConsultationService::conference(const access::Actor& actor, const ConferenceFilter& asked) const {
    access::require(actor, "consultations.read");
    ConsultationFilter filter;
    filter.desk = asked.desk;
    filter.standing = {CaseStanding::awaiting_advice};
    return database_.read([&](db::ReadTx& tx) {
        const Selection selection = select(tx, actor, filter, Purpose::cases);
        Conference result;
        core::FirstFew<std::pair<std::uint16_t, IdNumber>> longest(most_at_conference);
        selection.for_each([&](const Chunk&, const Facts& row) {
            ++result.total;
            longest.add({row.awaiting_advice_since, row.id});
        });
        std::vector<core::ConsultationId> ids;
        for (const auto& [since, id] : std::move(longest).in_order())
            ids.push_back(id.id());
        result.items = store::conference_cases(tx, actor, ids);
        return result;
    });
}

}  // namespace tsunagi::consultations
