// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "record/query.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::consultations {
namespace {

ConsultationFilter filter_of(const record::QueryParameters& query) {
    return record::from_query<ConsultationFilter>(query);
}

class ConsultationListTest : public test::CityTest {
protected:
    std::int64_t total(const access::Actor& actor, const record::QueryParameters& query) {
        const auto page = consultations->list(actor, filter_of(query));
        EXPECT_EQ(page.total, static_cast<std::int64_t>(page.items.size()));
        EXPECT_EQ(consultations->cases(actor, filter_of(query)).total, page.total);
        return page.total;
    }
};

TSUNAGI_BOTH_ENGINES(ConsultationListTest);

TEST_P(ConsultationListTest, EverySortWalksEveryRecordOnce) {
    for (int i = 0; i < 12; ++i) {
        auto one = sheet("2026-0" + std::to_string(4 + i % 3) + "-10");
        if (i % 4 == 0)
            one.follow_up_on = core::Date::parse("2026-12-0" + std::to_string(1 + i % 5));
        create(i % 2 == 0 ? coordinator : colleague, one);
    }
    (void)consultations->create(lead, {.desk_id = station, .state = ConsultationState::draft, .sheet = {}}, "");
    for (const char* sort : {"-received_on", "received_on", "-updated_at", "follow_up_on", "number"}) {
        std::set<std::string> seen;
        std::vector<ConsultationRow> rows;
        std::string after;
        do {
            const auto page = consultations->list(lead, filter_of({{"sort", sort}, {"limit", "5"}, {"after", after}}));
            EXPECT_EQ(page.total, 13) << sort;
            EXPECT_FALSE(page.total_capped);
            for (const auto& row : page.items) {
                seen.insert(row.id.str());
                rows.push_back(row);
            }
            after = page.next.value_or("");
        } while (!after.empty());
        EXPECT_EQ(seen.size(), 13U) << sort;
        EXPECT_EQ(rows.size(), 13U) << sort;
        const auto ordered = [&](const ConsultationRow& one, const ConsultationRow& other) {
            const std::string_view name(sort);
            if (name == "-updated_at")
                return one.updated_at >= other.updated_at;
            if (name == "follow_up_on")
                return !other.follow_up_on || (one.follow_up_on && *one.follow_up_on <= *other.follow_up_on);
            if (name == "number")
                return one.number <= other.number;
            if (!one.received_on || !other.received_on)
                return true;  // a draft stands at the day it was begun
            return name == "received_on" ? *one.received_on <= *other.received_on
                                         : *one.received_on >= *other.received_on;
        };
        for (std::size_t i = 1; i < rows.size(); ++i)
            EXPECT_TRUE(ordered(rows[i - 1], rows[i])) << sort << " " << i;
    }
}

TEST_P(ConsultationListTest, EveryFilterFindsItsRecords) {
    auto special = sheet("2025-12-01", "fees");
    special.kind.emplace("institutions");
    special.subtopic.emplace("care_fees");
    special.caller_profession.emplace("pharmacist");
    special.district_id = quarter;
    special.urgency.emplace("today");
    special.difficulty.emplace("physician");
    special.result.emplace("solved");
    special.scenes = {record::Code<"scene">("end_of_life")};
    special.relisted = {record::Code<"relisted">("covid")};
    special.elements = {{record::Code<"element">("no_family_doctor"), ElementValue::yes, ""}};
    special.receiver_id = lead.user_id;
    special.follow_up_on = core::Date::parse("2025-12-20");
    special.subject = "Night shift at 100%";
    const auto one = create(coordinator, special);
    for (int i = 0; i < 3; ++i) {
        auto other = sheet();
        if (i == 0)
            other.district_id.reset();
        create(coordinator, other);
    }
    const std::vector<std::pair<std::string, std::string>> filters{
        {"fiscal_year", "2025"},          {"to", "2025-12-31"},
        {"kind", "institutions"},         {"topic", "fees,training"},
        {"subtopic", "care_fees"},        {"profession", "pharmacist"},
        {"caller", "pharmacy"},           {"district", quarter.str()},
        {"district", wards[1].str()},     {"urgency", "today"},
        {"difficulty", "physician"},      {"result", "solved"},
        {"scene", "end_of_life"},         {"relisted", "covid"},
        {"element", "no_family_doctor"},  {"id", one.id.str()},
        {"receiver", lead.user_id.str()}, {"due_by", "2025-12-20"},
        {"words", "shift 100%"},          {"words", one.number + "\xe3\x80\x80night"}};
    for (const auto& [name, value] : filters) {
        const auto page = consultations->list(coordinator, filter_of({{name, value}}));
        ASSERT_EQ(page.items.size(), 1U) << name << "=" << value;
        EXPECT_EQ(page.items.front().id, one.id) << name;
        EXPECT_EQ(total(coordinator, {{name, value}}), 1) << name;
    }
    EXPECT_EQ(total(coordinator, {{"missing", "district"}}), 1);
    EXPECT_EQ(total(coordinator, {{"state", "open"}}), 4);
    EXPECT_EQ(total(coordinator, {{"state", "closed"}}), 0);
    EXPECT_EQ(total(coordinator, {{"desk", center.str()}, {"scene", "daily,end_of_life"}}), 4);
    EXPECT_EQ(total(coordinator, {{"words", "1000"}}), 0);
    EXPECT_EQ(total(coordinator, {{"caller", "no_such"}}), 0);
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"sort", "subject"}, {"limit", "0"}, {"after", "x"}, {"missing", "subject"}, {"fiscal_year", "9999"}}) {
        EXPECT_THROW((void)consultations->list(coordinator, filter_of({{name, value}})), core::Error) << name;
    }
}

TEST_P(ConsultationListTest, AnotherServerSeesEveryChange) {
    const ConsultationService other(database(), *audit, *packs, std::string(32, 'p'), clock);
    const auto seen = [&](const std::string& state) {
        return other.list(coordinator, filter_of({{"state", state}})).total;
    };
    const auto one = create(coordinator, sheet());
    EXPECT_EQ(seen("open"), 1);
    const auto draft =
        consultations->create(coordinator, {.desk_id = {}, .state = ConsultationState::draft, .sheet = {}}, "");
    EXPECT_EQ(seen("draft"), 1);
    consultations->remove(coordinator, draft.id, draft.version);
    EXPECT_EQ(seen("draft"), 0);
    (void)consultations->change_state(coordinator, one.id, one.version, {ConsultationState::on_hold, ""});
    EXPECT_EQ(seen("open"), 0);
    EXPECT_EQ(seen("on_hold"), 1);
}

TEST_P(ConsultationListTest, ATotalFollowsEveryChange) {
    const ConsultationFilter first_page = filter_of({{"limit", "1"}});
    auto done = sheet();
    done.result.emplace("solved");
    create(coordinator, sheet());
    const auto two = create(coordinator, done);
    EXPECT_EQ(consultations->list(coordinator, first_page).total, 2);
    EXPECT_EQ(consultations->list(coordinator, first_page).total, 2);
    create(coordinator, sheet());
    EXPECT_EQ(consultations->list(coordinator, first_page).total, 3);
    const auto open = filter_of({{"limit", "1"}, {"state", "open"}});
    EXPECT_EQ(consultations->list(coordinator, open).total, 3);
    (void)consultations->change_state(coordinator, two.id, 1, {ConsultationState::closed, ""});
    EXPECT_EQ(consultations->list(coordinator, open).total, 2);
}

TEST_P(ConsultationListTest, AListSaysHowFarItLookedForTheWords) {
    constexpr std::int64_t most_searched = 3000;
    (void)create(coordinator, sheet("2026-04-10"));
    const auto searched = [&](const record::QueryParameters& query) {
        const auto filter = filter_of(query);
        const auto page = consultations->list(coordinator, filter);
        EXPECT_EQ(consultations->cases(coordinator, filter).searched, page.searched);
        return page.searched.value_or(0);
    };
    EXPECT_EQ(searched({{"words", "physician"}}), 0);
    database().write([&](db::WriteTx& tx) {
        const std::string same =
            "fiscal_year, sequence, number, state, version, finalised, shared_with_municipality, created_at, "
            "created_by, updated_at, updated_by, caller_name, caller_affiliation, caller_profession_note, "
            "caller_phone, method_note, subject, request, background, illness, support_text, follow_up_note, "
            "awareness, physician_assessment, physician_direction, marks, desk_id, municipality_id";
        tx.execute("INSERT INTO consultations (id, change, listed_on, " + same +
                       ") WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n WHERE n.i < :most) "
                       "SELECT '00000000-0000-7000-8000-' || (100000000000 + n.i), 1000, '2026-05-01', " +
                       same + " FROM consultations CROSS JOIN n",
                   record::Params().set("most", most_searched));
        tx.execute("UPDATE consultation_shelves SET last_change = 1000");
    });
    EXPECT_EQ(searched({}), 0);
    EXPECT_EQ(searched({{"words", "physician"}}), most_searched);
    EXPECT_EQ(searched({{"words", "physician"}, {"to", "2026-04-30"}}), 0);
    EXPECT_EQ(searched({{"words", "physician"}, {"from", "2026-05-01"}}), 0);
}

TEST_P(ConsultationListTest, AListTakesAFixedNumberOfStatements) {
    for (int i = 0; i < 6; ++i)
        create(coordinator, sheet());
    const auto statements = [&](const std::string& limit) {
        const auto before = database().statements();
        (void)consultations->cases(lead, filter_of({{"limit", limit}, {"words", "physician"}}));
        return database().statements() - before;
    };
    (void)statements("5");
    EXPECT_EQ(statements("2"), statements("5"));
}

}  // namespace
}  // namespace tsunagi::consultations
