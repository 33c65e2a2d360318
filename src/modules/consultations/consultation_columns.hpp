// SPDX-License-Identifier: Apache-2.0
// A consultation as the columns of its table, for the stores of this module.
#pragma once
#include <string_view>

#include "modules/consultations/consultation.hpp"
#include "modules/consultations/consultation_rules.hpp"
#include "record/params.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::consultations::store {

/// The columns of `consultations` that are no part of the sheet.
struct HeadRow {
    core::ConsultationId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t fiscal_year = 0;
    std::int64_t sequence = 0;
    std::string number;
    ConsultationState state{};
    std::int64_t version = 1;
    bool finalised = false;
    bool shared_with_municipality = false;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::optional<core::Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (),
                      (id, desk_id, municipality_id, fiscal_year, sequence, number, state, version, finalised,
                       shared_with_municipality, created_at, created_by, updated_at, updated_by, closed_at))

/// Calls `each(member)` for the members of the sheet that have a column of their own; lists stand in `marks`,
/// `consultation_elements` and the version row.
template <class F>
void for_each_column(F&& each) {
    record::for_each_member<ConsultationSheet>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<ConsultationSheet>().*member.pointer)>;
        if constexpr (!record::is_vector<Member>::value)
            each(member);
    });
}

/// These two of the sheet are those of the next follow-up in the table.
inline bool of_follow_ups(std::string_view column) {
    return column == "follow_up_on" || column == "follow_up_note";
}

inline record::Params columns_of(const Consultation& consultation, std::int64_t change) {
    const core::Date listed_on = consultation.sheet.received_on.value_or(core::day_in_japan(consultation.created_at));
    HeadRow head;
    record::copy_members(consultation, head);
    record::Params params;
    params.set_all(head).set("listed_on", listed_on).set("marks", marks_of(consultation.sheet)).set("change", change);
    for_each_column([&](auto member) {
        if (!of_follow_ups(member.name))
            params.set(member.name, consultation.sheet.*member.pointer);
    });
    return params;
}

}  // namespace tsunagi::consultations::store
