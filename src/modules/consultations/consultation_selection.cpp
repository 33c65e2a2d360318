// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_selection.hpp"

#include <algorithm>
#include <map>

namespace tsunagi::consultations {
namespace {

using Number = Numbering::Number;

/// The columns of 図8 are groups of professions: the professions of these groups.
std::vector<record::CodeName> professions_of(const std::vector<record::Code<"caller_column">>& groups,
                                             const packs::CodeBook& codes) {
    std::vector<record::CodeName> professions;
    if (const auto* scheme = codes.scheme("profession")) {
        for (const auto& entry : scheme->codes) {
            const bool asked = std::ranges::any_of(
                groups, [&](const auto& group) { return entry.parent && entry.parent->value == group.value; });
            if (asked)
                professions.push_back(entry.code);
        }
    }
    return professions;
}

Number Facts::*missing_column(const record::CodeName& name) {
    static const std::map<std::string, Number Facts::*, std::less<>> columns{
        {"topic", &Facts::topic}, {"district", &Facts::district}, {"profession", &Facts::profession}};
    const auto found = columns.find(name.value);
    if (found == columns.end())
        throw core::invalid({{"?missing", "unknown", ""}});
    return found->second;
}

}  // namespace

void Conditions::Numbers::allow(Number number) {
    asked_ = true;
    if (number >= allowed_.size())
        allowed_.resize(std::size_t{number} + 1);
    allowed_[number] = true;
}

template <class T>
void Conditions::allow_each(Numbers& column, const std::vector<T>& values, const Numbering& numbering) {
    column.allow_nothing_else();
    for (const T& value : values) {
        if (const auto number = numbering.find(record::to_text(value)))
            column.allow(*number);
    }
}

void Conditions::add_marks(const std::string& scheme, const auto& codes, const Numbering& numbering) {
    if (codes.empty())
        return;
    Numbers& asked = marks_.emplace_back();
    asked.allow_nothing_else();
    for (const auto& code : codes) {
        if (const auto number = numbering.find(scheme + ":" + code.value))
            asked.allow(*number);
    }
}

void Conditions::add_period(const ConsultationFilter& filter) {
    const auto narrow = [&](const core::Date& from, const core::Date& to) {
        from_ = std::max(from_, day_number(from));
        to_ = std::min(to_, day_number(to));
    };
    if (filter.from && filter.to && *filter.to < *filter.from)
        throw core::invalid({{"?to", "date_order", ""}});
    if (filter.fiscal_year) {
        if (*filter.fiscal_year < 1900 || *filter.fiscal_year > 2198)
            throw core::invalid({{"?fiscal_year", "range", "1900-2198"}});
        const std::chrono::year year{static_cast<int>(*filter.fiscal_year)};
        narrow(core::Date(year / 4 / 1), core::Date((year + std::chrono::years(1)) / 3 / 31));
    }
    if (filter.from)
        from_ = std::max(from_, day_number(*filter.from));
    if (filter.to)
        to_ = std::min(to_, day_number(*filter.to));
}

Conditions::Conditions(const ConsultationFilter& filter, const packs::CodeBook& codes, const FactWords& words,
                       const std::vector<std::string>& districts)
    : standings_(filter.standing) {
    add_period(filter);
    const auto column = [&](Number Facts::*member, const auto& values, const Numbering& numbering) {
        if (!values.empty())
            allow_each(columns_.emplace_back(member, Numbers()).second, values, numbering);
    };
    column(&Facts::kind, filter.kind, words.codes);
    column(&Facts::topic, filter.topic, words.codes);
    column(&Facts::subtopic, filter.subtopic, words.codes);
    column(&Facts::profession, filter.profession, words.codes);
    if (!filter.caller.empty())
        allow_each(columns_.emplace_back(&Facts::profession, Numbers()).second, professions_of(filter.caller, codes),
                   words.codes);
    if (!filter.district.empty())
        allow_each(columns_.emplace_back(&Facts::district, Numbers()).second, districts, words.regions);
    column(&Facts::urgency, filter.urgency, words.codes);
    column(&Facts::difficulty, filter.difficulty, words.codes);
    column(&Facts::result, filter.result, words.codes);
    column(&Facts::receiver, filter.receiver, words.people);
    for (const auto& name : filter.missing)
        columns_.emplace_back(missing_column(name), Numbers()).second.allow(0);
    for (const ConsultationState state : filter.state)
        states_.allow(static_cast<Number>(state));
    add_marks("scene", filter.scene, words.marks);
    add_marks("relisted", filter.relisted, words.marks);
    add_marks("element", filter.element, words.marks);
    if (filter.due_by)
        due_by_ = day_number(*filter.due_by);
    if (!filter.id.empty()) {
        std::vector<IdNumber> ids;
        for (const auto& id : filter.id)
            ids.push_back(IdNumber::of(id.str()));
        keep_only(std::move(ids));
    }
}

void Conditions::put_on_agenda(std::vector<IdNumber> ids) {
    std::ranges::sort(ids);
    on_agenda_ = std::move(ids);
}

void Conditions::keep_only(std::vector<IdNumber> ids) {
    std::ranges::sort(ids);
    if (by_id_)
        std::erase_if(ids, [&](const IdNumber& id) { return !std::ranges::binary_search(ids_, id); });
    by_id_ = true;
    ids_ = std::move(ids);
}

void Conditions::require_mark(const std::vector<Number>& marks) {
    Numbers& asked = marks_.emplace_back();
    asked.allow_nothing_else();
    for (const Number mark : marks)
        asked.allow(mark);
}

bool Conditions::may_fit(const Chunk& chunk) const {
    if (chunk.last_day < from_ || chunk.first_day > to_)
        return false;
    if (!by_id_)
        return true;
    const auto first = std::ranges::lower_bound(ids_, chunk.rows.front().id);
    return first != ids_.end() && *first <= chunk.rows.back().id;
}

bool Conditions::stands_at(const Facts& row, CaseStanding standing) const {
    switch (standing) {
        case CaseStanding::received:
            return row.state == ConsultationState::open && !row.worked_on;
        case CaseStanding::worked_on:
            return row.state == ConsultationState::open && row.worked_on;
        case CaseStanding::awaiting_advice:
            return row.awaits_advice();
        case CaseStanding::on_agenda:
            return row.state != ConsultationState::draft && std::ranges::binary_search(on_agenda_, row.id);
    }
    return false;
}

bool Conditions::fits(const Chunk& chunk, const Facts& row) const {
    if (row.listed_on < from_ || row.listed_on > to_ || !states_.allows(static_cast<Number>(row.state)))
        return false;
    for (const auto& [member, numbers] : columns_) {
        if (!numbers.allows(row.*member))
            return false;
    }
    if (due_by_ != no_day && (row.follow_up_on > due_by_ || row.state == ConsultationState::closed))
        return false;
    if (!standings_.empty() && std::ranges::none_of(standings_, [&](auto one) { return stands_at(row, one); }))
        return false;
    for (const Numbers& numbers : marks_) {
        if (std::ranges::none_of(chunk.marks_of(row), [&](Number mark) { return numbers.allows(mark); }))
            return false;
    }
    return !by_id_ || std::ranges::binary_search(ids_, row.id);
}

}  // namespace tsunagi::consultations
