// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/caller_store.hpp"

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

/// What the newest sheet says of the caller holds; what it leaves open stays as it was known.
void add(db::WriteTx& tx, const Consultation& sheet_of, const Caller& caller, std::int64_t more) {
    Caller next = caller;
    next.times = 1;
    if (const auto before = known(tx, sheet_of.desk_id, caller)) {
        const bool older = caller.last_on && before->last_on && *caller.last_on < *before->last_on;
        const auto keep = [&](auto& mine, const auto& theirs, bool empty) {
            if (empty || (older && theirs != std::remove_cvref_t<decltype(theirs)>{}))
                mine = theirs;
        };
        keep(next.kana, before->kana, next.kana.empty());
        keep(next.phone, before->phone, next.phone.empty());
        keep(next.profession, before->profession, !next.profession);
        keep(next.contact, before->contact, !next.contact);
        if (older)
            next.last_on = before->last_on;
    }
    const core::Date last_on = next.last_on.value_or(core::day_in_japan(sheet_of.created_at));
    tx.send(
        "INSERT INTO callers (desk_id, municipality_id, name, affiliation, kana, profession, phone, contact, times, "
        "last_on, last_day, searched) VALUES (:desk, :city, :name, :affiliation, :kana, :profession, :phone, :contact, "
        ":times, :last_on, :last_day, :searched) ON CONFLICT (desk_id, name, affiliation) DO UPDATE SET "
        "kana = excluded.kana, profession = excluded.profession, phone = excluded.phone, contact = excluded.contact, "
        "times = callers.times + :more, last_on = excluded.last_on, last_day = excluded.last_day, searched = "
        "excluded.searched",
        key_of(sheet_of.desk_id, next)
            .set("city", sheet_of.municipality_id)
            .set("kana", next.kana)
            .set("profession", next.profession)
            .set("phone", next.phone)
            .set("contact", next.contact)
            .set("times", next.times)
            .set("more", more)
            .set("last_on", last_on)
            .set("last_day", day_of(last_on))
            .set("searched", searched_text(next)));
}

}  // namespace

void follow_caller(db::WriteTx& tx, const std::optional<Caller>& before, const Consultation& after) {
    if (after.state == ConsultationState::draft)
        return;
    const Caller now = consultations::caller_of(after.sheet);
    const bool same = before && before->name == now.name && before->affiliation == now.affiliation;
    if (before && !before->name.empty() && !same)
        take_away(tx, after.desk_id, *before);
    if (!now.name.empty())
        add(tx, after, now, same ? 0 : 1);
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
    const auto rows = tx.rows<UnwrittenRow>("SELECT " + record::columns<UnwrittenRow>() +
                                            " FROM callers WHERE searched = '' LIMIT 1000");
    for (const auto& row : rows) {
        const Caller caller = caller_of(row);
        tx.send(
            "UPDATE callers SET searched = :searched, last_day = :last_day WHERE desk_id = :desk AND name = :name AND "
            "affiliation = :affiliation",
            key_of(row.desk_id, caller)
                .set("searched", searched_text(caller))
                .set("last_day", row.last_on ? day_of(*row.last_on) : 0));
    }
    return !rows.empty();
}

}  // namespace tsunagi::consultations::store
