// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "modules/resources/resource_test.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::resources {
namespace {

using test::faults;

TSUNAGI_BOTH_ENGINES(ResourceServiceTest);

const std::vector<Office> first{{"9960190011", "訪問看護みなもと", "991015", "000-231-5100"},
                                {"9960190029", "訪問看護なぎさ", "991023", "000-232-5100"},
                                {"9960190037", "凪浜訪問看護", "993611", "000-241-5100"}};
const std::vector<Office> second{{"9960190011", "訪問看護みなもと", "991015", "000-231-9999"},
                                 {"9960190029", "訪問看護なぎさ", "991023", "000-232-5100"},
                                 {"9960190045", "訪問看護あしはら", "991031", "000-233-5100"}};

TEST_P(ResourceServiceTest, AFileIsComparedThenAppliedThenTakenBack) {
    const auto import = stage("jigyosho_130_all_20260630.csv", first);
    EXPECT_EQ(import.state, OfficialState::staged);
    EXPECT_EQ(counts(import), "+3 ~0 -0");
    EXPECT_EQ(number("SELECT count(*) FROM places"), 0) << "nothing is there before somebody approves";
    const auto done = official().apply(coordinator, import.id, import.version);
    EXPECT_EQ(done.state, OfficialState::applied);
    EXPECT_EQ(done.applied_by_name, "Name of coordinator");
    const std::string before = everything();
    EXPECT_EQ(std::ranges::count(before, '\n'), 3);

    // The same file again has nothing to approve and changes nothing.
    const auto again = stage("jigyosho_130_all_20260630.csv", first);
    EXPECT_EQ(again.state, OfficialState::repeated);
    EXPECT_EQ(faults([&] { (void)official().apply(coordinator, again.id, again.version); }),
              std::set<std::string>{"not_allowed_in_state"});
    EXPECT_EQ(everything(), before);

    // The next edition: one is new, one has another phone, one is in it no more and therefore to be checked.
    const auto next = stage("jigyosho_130_all_20261231.csv", second);
    EXPECT_EQ(counts(next), "+1 ~1 -1");
    std::vector<std::string> told;
    for (const auto& change : official().changes(coordinator, next.id, {}).items) {
        std::string text = record::to_json(change.kind) + " " + change.source_key;
        for (const auto& cell : change.cells)
            text += " " + cell.header + ": " + cell.before + " > " + cell.after;
        told.push_back(std::move(text));
    }
    EXPECT_EQ(told, (std::vector<std::string>{"\"changed\" 9960190011 電話番号: 000-231-5100 > 000-231-9999",
                                              "\"added\" 9960190045", "\"missing\" 9960190037"}));
    later();
    const auto second_done = official().apply(lead, next.id, next.version);
    EXPECT_EQ(only("みなもと").phone, "000-231-9999");
    EXPECT_EQ(only("みなもと").as_of->str(), "2026-12-31");
    EXPECT_EQ(only("なぎさ").as_of->str(), "2026-12-31") << "the new file has confirmed it";
    EXPECT_EQ(only("凪浜").services.at(0).missing_since, clock.today());
    EXPECT_EQ(only("凪浜").as_of->str(), "2026-06-30");

    // Only the last one can be taken back, and then everything is as it was.
    EXPECT_EQ(faults([&] { (void)official().undo(coordinator, done.id, done.version); }),
              std::set<std::string>{"official_outdated"});
    later();
    const auto undone = official().undo(coordinator, next.id, second_done.version);
    EXPECT_EQ(undone.state, OfficialState::undone);
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(number("SELECT count(*) FROM places"), 3);
    EXPECT_EQ(faults([&] { (void)official().undo(coordinator, done.id, done.version); }),
              std::set<std::string>{"official_outdated"})
        << "what the one before needs for it is gone";
    EXPECT_EQ(counts(stage("jigyosho_130_all_20261231.csv", second)), "+1 ~1 -1") << "it may be taken again";
}

TEST_P(ResourceServiceTest, ARowThatComesBackIsThereAgain) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    (void)applied("jigyosho_130_all_20261231.csv", second);
    const auto back = applied("jigyosho_130_all_20270630.csv", first);
    EXPECT_EQ(counts(back), "+0 ~2 -1");
    EXPECT_FALSE(only("凪浜").services.at(0).missing_since);
    PlaceFilter filter;
    filter.missing = true;
    EXPECT_EQ(resources->places(coordinator, filter).items.at(0).name, "訪問看護あしはら");
    later();
    (void)official().undo(coordinator, back.id, back.version);
    EXPECT_TRUE(only("凪浜").services.at(0).missing_since);
}

TEST_P(ResourceServiceTest, ARowThatCannotBeReadIsNotMissing) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    auto offices = first;
    offices[0][2] = "991016";  // the check digit is wrong
    const auto next = applied("jigyosho_130_all_20261231.csv", offices);
    EXPECT_EQ(next.bad, 1);
    EXPECT_EQ(counts(next), "+0 ~0 -0");
    EXPECT_FALSE(only("みなもと").services.at(0).missing_since) << "the file has it";
}

TEST_P(ResourceServiceTest, ARowThatNamesAnotherServiceIsFoundByIt) {
    const auto house = [](const char* kind) {
        return std::map<std::string, std::string>{
            {"publisher", "991015"}, {"number", "1"}, {"name", "架空医院"}, {"service", kind}, {"address", "汐見市1"}};
    };
    const auto services = [&] {
        std::string all;
        for (const auto& one : only("架空医院").services)
            all += one.service + ";";
        return all;
    };
    (void)applied_rows("20260630.csv", "municipal_medical", {house("診療所")});
    EXPECT_EQ(services(), "clinic;");
    const auto next = applied_rows("20261231.csv", "municipal_medical", {house("病院")});
    EXPECT_EQ(counts(next), "+0 ~1 -0");
    EXPECT_EQ(services(), "hospital;");
    later();
    (void)official().undo(coordinator, next.id, next.version);
    EXPECT_EQ(services(), "clinic;");
}

TEST_P(ResourceServiceTest, AnotherOrderOfColumnsAndAColumnMoreChangeNothing) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    const std::string before = everything();
    std::string turned;
    const std::string written = file(first);
    for (std::size_t at = 0; at < written.size();) {
        const std::size_t end = written.find("\r\n", at);
        const std::string line = written.substr(at, end - at);
        const std::size_t comma = line.find(',');
        turned += line.substr(comma + 1) + "," + line.substr(0, comma) + (at == 0 ? ",新しい列" : ",x") + "\r\n";
        at = end + 2;
    }
    later();
    const auto import = official().stage(coordinator, "jigyosho_130_all_20260630.csv", turned, {});
    EXPECT_EQ(counts(import), "+0 ~0 -0");
    EXPECT_EQ(official().faults(coordinator, import.id, {}).items.at(0).reason, "unknown_column");
    later();
    (void)official().apply(coordinator, import.id, import.version);
    EXPECT_EQ(everything(), before);
}

TEST_P(ResourceServiceTest, AServiceNobodyKnowsIsRefused) {
    EXPECT_EQ(faults([&] { (void)stage("jigyosho_999_all_20260630.csv", first); }),
              std::set<std::string>{"official_service"});
    EXPECT_EQ(number("SELECT count(*) FROM official_imports"), 0);
}

TEST_P(ResourceServiceTest, OnePlaceHasSeveralServices) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    const auto more = applied("jigyosho_430_all_20260630.csv", {{"9960190011", "みなもと居宅", "991015", ""}});
    EXPECT_EQ(number("SELECT count(*) FROM places"), 3);
    const auto row = only("みなもと");
    ASSERT_EQ(row.services.size(), 2U);
    const auto place = resources->get(coordinator, row.id, {});
    EXPECT_EQ(place.records.size(), 2U);
    EXPECT_EQ(place.records.at(0).cells.size(), 24U);
    std::string phone;
    for (const auto& field : place.fields) {
        if (field.field == "phone")
            phone = field.value + " " + field.service + " " + field.as_of->str();
    }
    EXPECT_EQ(phone, "000-231-5100 130 2026-06-30") << "each field says where it comes from";
    PlaceFilter filter;
    filter.service = {ServiceCode("430")};
    EXPECT_EQ(resources->places(coordinator, filter).total, 1);
    EXPECT_EQ(resources->services(coordinator, filter).items.at(0).place_id, row.id);
    EXPECT_EQ(resources->services(coordinator, {}).total, 4);
    later();
    (void)official().undo(coordinator, more.id, more.version);
    EXPECT_EQ(only("みなもと").services.size(), 1U);
    EXPECT_EQ(number("SELECT count(*) FROM places"), 3);
}

TEST_P(ResourceServiceTest, OnlyTheMunicipalitiesAskedForAreTouched) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    // Of the next edition only one city is taken: the town's office is neither missing nor confirmed.
    const auto next = applied("jigyosho_130_all_20261231.csv", second, {.municipalities = {"991007"}, .as_of = {}});
    EXPECT_EQ(counts(next), "+1 ~1 -0");
    EXPECT_EQ(only("凪浜").as_of->str(), "2026-06-30");
    EXPECT_FALSE(only("凪浜").services.at(0).missing_since);
    // One that moves away is in the file all the same.
    auto moved = second;
    moved[1][2] = "993611";
    EXPECT_EQ(counts(stage("jigyosho_130_all_20270630.csv", moved, {.municipalities = {"991007"}, .as_of = {}})),
              "+0 ~0 -0");
    EXPECT_EQ(counts(stage("jigyosho_130_all_20270630.csv", moved, {.municipalities = {"993611"}, .as_of = {}})),
              "+0 ~1 -1");
    PlaceFilter filter;
    filter.municipality = {"991007"};
    EXPECT_EQ(resources->places(coordinator, filter).total, 3) << "a city covers its wards";
    filter.municipality = {"993611"};
    EXPECT_EQ(resources->places(coordinator, filter).total, 1);
    filter.municipality = {"991008"};
    EXPECT_EQ(faults([&] { (void)resources->places(coordinator, filter); }),
              std::set<std::string>{"?municipality municipality_code"});
    EXPECT_EQ(faults([&] {
                  (void)stage("jigyosho_130.csv", first, {.municipalities = {"99", "x"}, .as_of = {}});
              }),
              std::set<std::string>{"/municipalities/1 municipality_code"});
}

TEST_P(ResourceServiceTest, WhatIsOlderOrOvertakenIsRefused) {
    const auto waiting = stage("jigyosho_130_all_20260630.csv", first);
    (void)applied("jigyosho_130_all_20261231.csv", second);
    EXPECT_EQ(faults([&] { (void)official().apply(coordinator, waiting.id, waiting.version); }),
              std::set<std::string>{"official_outdated"});
    official().remove(coordinator, waiting.id, waiting.version);
    EXPECT_EQ(faults([&] { (void)official().get(coordinator, waiting.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)stage("jigyosho_130_all_20260630.csv", first); }),
              std::set<std::string>{"official_older"});
    EXPECT_EQ(faults([&] { (void)official().list(officer); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(number("SELECT count(*) FROM official_changes"), 3) << "only the last one can be taken back";
}

TEST_P(ResourceServiceTest, NoImportTouchesTheLocalLayer) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    const auto id = only("凪浜").id;
    LocalText text;
    text.phone = "000-999-0001";
    text.manners = "Call after four";
    text.contact.emplace("mcs");
    text.checked_on = clock.today();
    const auto written = resources->change_local(coordinator, id, {}, 0, text);
    EXPECT_EQ(written.version, 1);
    EXPECT_EQ(written.local.checked_by_name, "Name of coordinator");
    EXPECT_EQ(only("凪浜").phone, "000-999-0001");
    EXPECT_EQ(only("after FOUR").id, id) << "its words are found too";
    const std::string layer = record::to_json(written.local);

    const auto next = applied("jigyosho_130_all_20261231.csv", second);
    EXPECT_EQ(record::to_json(resources->get(coordinator, id, {}).local), layer);
    later();
    (void)official().undo(coordinator, next.id, next.version);
    EXPECT_EQ(record::to_json(resources->get(coordinator, id, {}).local), layer);
    EXPECT_TRUE(only("凪浜").has_local);
}

TEST_P(ResourceServiceTest, APlaceSomebodyKnowsStaysWhenItsFileIsTakenBack) {
    const auto import = applied("jigyosho_130_all_20260630.csv", first);
    LocalText text;
    text.note = "Known for years";
    const auto id = only("みなもと").id;
    (void)resources->change_local(coordinator, id, {}, 0, text);
    later();
    (void)official().undo(coordinator, import.id, import.version);
    EXPECT_EQ(number("SELECT count(*) FROM places"), 1);
    EXPECT_EQ(resources->get(coordinator, id, {}).local.text.note.value, "Known for years");
    EXPECT_EQ(only("みなもと").services.size(), 0U);
    (void)applied("jigyosho_130_all_20260630.csv", first);
    EXPECT_EQ(only("みなもと").id, id) << "and is the same place when the file comes again";
}

TEST_P(ResourceServiceTest, EveryLocalFieldSaysSinceWhenAndByWhom) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    const auto id = only("みなもと").id;
    LocalText text;
    text.area = "Two wards";
    text.hours = "Weekdays";
    text.district_ids = {wards.front()};
    (void)resources->change_local(coordinator, id, {}, 0, text);
    later();
    text.hours = "Weekdays and Saturday";
    text.district_ids.clear();
    const auto now = resources->change_local(officer, id, {}, 1, text);
    std::vector<std::string> marks;
    for (const auto& mark : now.local.marks)
        marks.push_back(mark.field + " " + mark.by_name);
    EXPECT_EQ(marks, (std::vector<std::string>{"area Name of coordinator", "hours Name of officer"}));
    const auto history = resources->history(colleague, id, {});
    ASSERT_EQ(history.items.size(), 2U);
    EXPECT_EQ(history.items[0].text.hours.value, "Weekdays");
    EXPECT_EQ(history.items[1].kind, "edited");
    EXPECT_EQ(faults([&] { (void)resources->change_local(lead, id, {}, 1, text); }), std::set<std::string>{"stale"});
    text.treatments = {record::Code<"treatment">("nothing")};
    text.distance_km = -1;
    text.checked_on = clock.today().plus_days(1);
    text.district_ids = {core::RegionId::make()};
    EXPECT_EQ(faults([&] { (void)resources->change_local(lead, id, {}, 2, text); }),
              (std::set<std::string>{"/treatments/0 unknown_code", "/distance_km range", "/checked_on future",
                                     "/district_ids/0 not_found"}));
}

TEST_P(ResourceServiceTest, AnotherMunicipalitySeesOnlyThePublicLayer) {
    (void)applied("jigyosho_130_all_20260630.csv", first);
    const auto id = only("みなもと").id;
    LocalText text;
    text.note = "Hidden words";
    text.phone = "000-999-0001";
    (void)resources->change_local(coordinator, id, {}, 0, text);
    const auto theirs = resources->get(stranger, id, {});
    EXPECT_EQ(theirs.version, 0);
    EXPECT_EQ(theirs.local.text.note.value, "");
    EXPECT_EQ(theirs.local.municipality_id, far_city);
    PlaceFilter filter;
    filter.words = "hidden";
    EXPECT_EQ(resources->places(stranger, filter).total, 0);
    EXPECT_EQ(resources->places(colleague, filter).total, 1);
    filter = {};
    filter.local = true;
    EXPECT_EQ(resources->places(stranger, filter).total, 0);
    filter = {};
    filter.words = "みなもと";
    EXPECT_EQ(resources->places(stranger, filter).items.at(0).phone, "000-231-5100");
    EXPECT_EQ(resources->services(stranger, filter).items.at(0).phone, "000-231-5100");
    EXPECT_EQ(resources->services(coordinator, filter).items.at(0).phone, "000-999-0001");
    const auto details = database().read([](db::ReadTx& tx) {
        return tx.rows<std::string>("SELECT detail FROM audit_entries WHERE subject_kind = 'place'");
    });
    EXPECT_EQ(details, std::vector<std::string>{"local version=1"}) << "no words of it in the audit";
    LocalQuery query;
    query.municipality_id = city;
    EXPECT_EQ(faults([&] { (void)resources->get(stranger, id, query); }),
              std::set<std::string>{"?municipality_id not_allowed"});
    EXPECT_EQ(faults([&] { (void)resources->history(stranger, id, query); }),
              std::set<std::string>{"?municipality_id not_allowed"});
    EXPECT_EQ(resources->change_local(stranger, id, {}, 0, {}).version, 1) << "their own begins anew";
    EXPECT_EQ(resources->get(coordinator, id, {}).local.text.note.value, "Hidden words");
    EXPECT_EQ(faults([&] { (void)resources->places(prefectural, {}); }), std::set<std::string>{"forbidden"});

    access::Actor both = coordinator;
    both.desk_municipalities.push_back(far_city);
    EXPECT_EQ(faults([&] { (void)resources->change_local(both, id, {}, 1, text); }),
              std::set<std::string>{"?municipality_id required"});
}

TEST_P(ResourceServiceTest, TheListTurnsPagesWithTheSameFewQueries) {
    std::vector<Office> many;
    for (int i = 0; i < 30; ++i) {
        const std::string two = (i < 10 ? "0" : "") + std::to_string(i);
        many.push_back({"99601901" + two, "Office " + two, "991015", ""});
    }
    (void)applied("jigyosho_130_all_20260630.csv", many);
    std::vector<std::string> seen;
    PlaceFilter filter;
    filter.limit = 7;
    for (;;) {
        const auto page = resources->places(coordinator, filter);
        EXPECT_EQ(page.total, 30);
        for (const auto& row : page.items)
            seen.push_back(row.name);
        if (!page.next)
            break;
        filter.after = *page.next;
    }
    ASSERT_EQ(seen.size(), 30U);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    const auto statements = [&](std::int64_t limit) {
        PlaceFilter asked;
        asked.limit = limit;
        const auto before = database().statements();
        (void)resources->places(coordinator, asked);
        return database().statements() - before;
    };
    EXPECT_EQ(statements(1), statements(30)) << "no query per place";
}

}  // namespace
}  // namespace tsunagi::resources
