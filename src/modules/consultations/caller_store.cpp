// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/caller_store.hpp"

#include <tuple>

#include "modules/consultations/caller_rules.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

struct CallerRow {
    std::string name;
    std::string kana;
    std::string affiliation;
    std::optional<record::Code<"profession">> profession;
    std::string phone;
    std::optional<record::Code<"contact">> contact;
    std::int64_t times = 0;
    std::optional<core::Date> last_on;
};
BOOST_DESCRIBE_STRUCT(CallerRow, (), (name, kana, affiliation, profession, phone, contact, times, last_on))

struct UnwrittenRow : CallerRow {
    core::DeskId desk_id;
};
BOOST_DESCRIBE_STRUCT(UnwrittenRow, (CallerRow), (desk_id))

Caller caller_of(const CallerRow& row) {
    return {row.name, row.kana, row.affiliation, row.profession, row.phone, row.contact, row.times, row.last_on};
}

std::int64_t day_of(const core::Date& day) {
    return day.days_since(core::Date());
}

Params key_of(const core::DeskId& desk, const Caller& caller) {
    return Params().set("desk", desk).set("name", caller.name).set("affiliation", caller.affiliation);
}

std::optional<CallerRow> known(db::ReadTx& tx, const core::DeskId& desk, const Caller& caller) {
    return tx.row<CallerRow>("SELECT " + record::columns<CallerRow>() +
                                 " FROM callers WHERE desk_id = :desk AND name = :name AND affiliation = :affiliation",
                             key_of(desk, caller));
}

void take_away(db::WriteTx& tx, const core::DeskId& desk, const Caller& caller) {
    tx.send(
        "UPDATE callers SET times = times - 1 WHERE desk_id = :desk AND name = :name AND affiliation = :affiliation",
        key_of(desk, caller));
    tx.send("DELETE FROM callers WHERE desk_id = :desk AND name = :name AND affiliation = :affiliation AND times <= 0",
            key_of(desk, caller));
}

/// What is said of a caller, beside how often and when.
auto said_of(const Caller& caller) {
    return std::tie(caller.name, caller.affiliation, caller.kana, caller.profession, caller.phone, caller.contact);
}

/// What the newest sheet says of the caller holds; what it leaves open stays as it was known. `before` is what the same
/// sheet said of the same caller until now: it holds no longer.
void add(db::WriteTx& tx, const Consultation& sheet_of, const Caller& caller, const Caller* before) {
    Caller next = caller;
    std::optional<Caller> kept;
    if (const auto row = known(tx, sheet_of.desk_id, caller))
        kept = caller_of(*row);
    const bool of_this_sheet_alone = before != nullptr && kept && kept->times == 1;
    if (kept && !of_this_sheet_alone) {
        const bool older = caller.last_on && kept->last_on && *caller.last_on < *kept->last_on;
        const auto keep = [&]<class Value>(Value Caller::*member) {
            const Value nothing{};
            const bool taken_back = before != nullptr && (*kept).*member == (*before).*member;
            if (!taken_back && (next.*member == nothing || (older && (*kept).*member != nothing)))
                next.*member = (*kept).*member;
        };
        keep(&Caller::kana);
        keep(&Caller::phone);
        keep(&Caller::profession);
        keep(&Caller::contact);
        if (older)
            next.last_on = kept->last_on;
    }
    const core::Date last_on = next.last_on.value_or(core::day_in_japan(sheet_of.created_at));
    Params params = key_of(sheet_of.desk_id, next);
    params.set("more", before == nullptr ? 1 : 0).set("last_on", last_on).set("last_day", day_of(last_on));
    // Who calls again mostly says nothing new: the compared form and its index stay as they are.
    if (kept && said_of(*kept) == said_of(next)) {
        tx.send(
            "UPDATE callers SET times = times + :more, last_on = :last_on, last_day = :last_day WHERE desk_id = :desk "
            "AND name = :name AND affiliation = :affiliation",
            params);
        return;
    }
    tx.send(
        "INSERT INTO callers (desk_id, municipality_id, name, affiliation, kana, profession, phone, contact, times, "
        "last_on, last_day, searched) VALUES (:desk, :city, :name, :affiliation, :kana, :profession, :phone, :contact, "
        "1, :last_on, :last_day, :searched) ON CONFLICT (desk_id, name, affiliation) DO UPDATE SET "
        "kana = excluded.kana, profession = excluded.profession, phone = excluded.phone, contact = excluded.contact, "
        "times = callers.times + :more, last_on = excluded.last_on, last_day = excluded.last_day, searched = "
        "excluded.searched",
        params.set("city", sheet_of.municipality_id)
            .set("kana", next.kana)
            .set("profession", next.profession)
            .set("phone", next.phone)
            .set("contact", next.contact)
            .set("searched", searched_text(next)));
}

}  // namespace

db::Question count_call_of(const ConsultationSheet& sheet, const core::DeskId& desk) {
    const Caller caller = consultations::caller_of(sheet);
    const auto code = [](const auto& one) { return one ? one->str() : std::string(); };
    const core::Date called_on = caller.last_on.value_or(core::Date());
    return {
        "UPDATE callers SET times = times + 1, last_on = CASE WHEN last_day < :last_day THEN :last_on ELSE last_on "
        "END, last_day = CASE WHEN last_day < :last_day THEN :last_day ELSE last_day END WHERE desk_id = :desk AND "
        "name = :name AND affiliation = :affiliation AND (:kana = '' OR kana = :kana) AND (:phone = '' OR phone = "
        ":phone) AND (:profession = '' OR profession = :profession) AND (:contact = '' OR contact = :contact) "
        "RETURNING times",
        key_of(desk, caller)
            .set("kana", caller.kana)
            .set("phone", caller.phone)
            .set("profession", code(caller.profession))
            .set("contact", code(caller.contact))
            .set("last_on", called_on)
            .set("last_day", day_of(called_on))};
}

void follow_caller(db::WriteTx& tx, const std::optional<Caller>& before, const Consultation& after) {
    if (after.state == ConsultationState::draft)
        return;
    const Caller now = consultations::caller_of(after.sheet);
    // Most changes of a case say nothing about who called.
    if (before && said_of(*before) == said_of(now) && before->last_on == now.last_on)
        return;
    const bool same = before && before->name == now.name && before->affiliation == now.affiliation;
    if (before && !before->name.empty() && !same)
        take_away(tx, after.desk_id, *before);
    if (!now.name.empty())
        add(tx, after, now, same ? &*before : nullptr);
}

std::vector<Caller> find_callers(db::ReadTx& tx, const access::Actor& actor, const std::string& wanted,
                                 const core::Date& today) {
    if (actor.desks.empty() || wanted.empty())
        return {};
    Params params;
    params.set("wanted", record::anywhere(wanted)).set("today", day_of(today));
    const std::string scope = record::in_list("desk_id", actor.desks, "desk", params);
    // Twelve calls of last month come before thirteen of last year; nobody vanishes behind the newest ones.
    std::vector<Caller> result;
    for (const auto& row : tx.rows<CallerRow>(
             "SELECT " + record::columns<CallerRow>() + " FROM callers WHERE " + scope +
                 " AND searched LIKE :wanted ESCAPE '!' ORDER BY times * 100000 / (30 + CASE WHEN last_day < :today "
                 "THEN :today - last_day ELSE 0 END) DESC, last_on DESC, name, affiliation, desk_id LIMIT 10",
             params))
        result.push_back(caller_of(row));
    return result;
}

bool write_searched(db::WriteTx& tx) {
    // A sheet registered meanwhile writes the newer form itself; it is not overwritten.
    const auto rows = tx.rows<UnwrittenRow>("SELECT " + record::columns<UnwrittenRow>() +
                                            " FROM callers WHERE searched = '' LIMIT 1000");
    for (const auto& row : rows) {
        const Caller caller = caller_of(row);
        tx.send(
            "UPDATE callers SET searched = :searched, last_day = :last_day WHERE desk_id = :desk AND name = :name AND "
            "affiliation = :affiliation AND searched = ''",
            key_of(row.desk_id, caller)
                .set("searched", searched_text(caller))
                .set("last_day", row.last_on ? day_of(*row.last_on) : 0));
    }
    return !rows.empty();
}

}  // namespace tsunagi::consultations::store
