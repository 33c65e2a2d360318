// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/standing_store.hpp"

#include "modules/access/scope.hpp"

namespace tsunagi::consultations::store {
namespace {

std::string condition(const access::Actor& actor, CaseStanding wanted, record::Params& params) {
    const std::string unclosed = "c.state IN ('open', 'on_hold', 'reopened') AND ";
    const std::string untouched = "(c.support_text = '' AND c.result IS NULL AND c.physician_asked_on IS NULL)";
    switch (wanted) {
        case CaseStanding::received:
            return unclosed + "c.state = 'open' AND " + untouched;
        case CaseStanding::worked_on:
            return unclosed + "c.state = 'open' AND NOT " + untouched;
        case CaseStanding::awaiting_advice:
            return unclosed +
                   "c.physician_asked_on IS NOT NULL AND c.physician_advised_on IS NULL "
                   "AND COALESCE(c.difficulty, '') <> 'ordinary'";
        case CaseStanding::on_agenda:
            return "c.state <> 'draft' AND c.id IN (SELECT i.subject_id FROM agenda_items i "
                   "JOIN meetings m ON m.id = i.meeting_id WHERE i.subject = 'consultation' "
                   "AND m.state = 'planned' AND " +
                   access::shared_visible(actor, access::Shared::meeting, "m", params) + ")";
    }
    return "1 = 0";
}

}  // namespace

std::vector<IdNumber> with_standing(db::ReadTx& tx, const access::Actor& actor,
                                    const std::vector<CaseStanding>& wanted) {
    std::vector<IdNumber> result;
    for (const CaseStanding one : wanted) {
        record::Params params;
        const std::string sql = "SELECT c.id FROM consultations c WHERE " + condition(actor, one, params) + " AND " +
                                access::consultations_visible(actor, "c", params);
        for (const auto& id : tx.rows<core::ConsultationId>(sql, params))
            result.push_back(IdNumber::of(id.str()));
    }
    return result;
}

}  // namespace tsunagi::consultations::store
