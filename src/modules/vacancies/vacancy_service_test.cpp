// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/vacancy_service.hpp"

#include "modules/search/search_service.hpp"
#include "modules/vacancies/told_service.hpp"
#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::vacancies {
namespace {

using answer_pages::AnswerKey;
using test::faults;
using Faults = std::set<std::string>;

class VacancyServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer})
            actor->permissions.insert({"vacancies.read", "vacancies.write", "export"});
        const auto packs_folder = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard";
        searching = std::make_unique<search::SearchService>(
            database(), *audit, *consultations, search::read_search_words(packs_folder / "search_words.yaml"));
        pages = std::make_unique<answer_pages::AnswerPageService>(database(), *audit, std::string(32, 'k'), clock);
        service = std::make_unique<VacancyService>(database(), *audit, *packs, searching->folding(), *pages,
                                                   packs_folder / "report_words.yaml", clock);
        told = std::make_unique<ToldService>(database(), *audit, *packs, *pages, clock);
        nurses = offered("Nurses", "130");
        rooms = offered("Rooms", "320");
    }

    resources::ServiceId offered(const std::string& name, const std::string& service_code) {
        return database().write([&](db::WriteTx& tx) {
            test::PlaceInDirectory place;
            place.name = name;
            place.phone = "0";
            place.searched = search::to_utf8(searching->folding().fold(name));
            return test::add_service(tx, test::add_place(tx, place), {service_code, "[]", {}});
        });
    }

    void move(int days) {
        clock.move_to(clock.now().plus(std::chrono::hours(24 * days)));
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer})
            actor->today = actor->latest_day = clock.today();
    }

    static VacancyNote note(Acceptance acceptance, std::optional<std::int64_t> free = {}) {
        VacancyNote result;
        result.acceptance = acceptance;
        result.free = free;
        return result;
    }

    VacancyState state(const access::Actor& actor, const resources::ServiceId& id) {
        return service->get(actor, id, {}).word.state;
    }

    AnswerKey page_of(const resources::ServiceId& id) {
        const auto issued = service->issue_page(coordinator, id, {}, {});
        AnswerKey key;
        key.token.value = issued.path.substr(8);
        key.code.value = issued.code;
        return key;
    }

    static PageVacancy by_page(const AnswerKey& key, const std::string& service, const VacancyNote& note) {
        PageVacancy result;
        result.token = key.token;
        result.code = key.code;
        result.service.value = service;
        result.note = note;
        return result;
    }

    std::unique_ptr<search::SearchService> searching;
    std::unique_ptr<answer_pages::AnswerPageService> pages;
    std::unique_ptr<VacancyService> service;
    std::unique_ptr<ToldService> told;
    resources::ServiceId nurses;
    resources::ServiceId rooms;
};

TSUNAGI_BOTH_ENGINES(VacancyServiceTest);

TEST_P(VacancyServiceTest, AWordIsToldByPhoneGrowsOldAndExpires) {
    EXPECT_EQ(state(coordinator, nurses), VacancyState::unknown);
    const auto first = service->tell(coordinator, nurses, {}, 0, note(Acceptance::now, 2));
    EXPECT_EQ(first.word.state, VacancyState::now);
    EXPECT_EQ(first.word.free, 2);
    EXPECT_EQ(first.word.written_by_name, coordinator.name);
    EXPECT_EQ(faults([&] { (void)service->tell(colleague, nurses, {}, 0, note(Acceptance::no)); }), Faults{"stale"});
    EXPECT_EQ(faults([&] { (void)service->tell(colleague, nurses, {}, 1, note(Acceptance::conditional)); }),
              Faults{"/conditions required"});
    move(14);
    EXPECT_EQ(state(officer, nurses), VacancyState::now) << "it counts on its last day";
    move(1);
    EXPECT_EQ(state(officer, nurses), VacancyState::expired);
    VacancyFilter free;
    free.state = {VacancyState::now};
    EXPECT_EQ(service->list(coordinator, free).total, 0) << "an old word is not free";
    auto on_conditions = note(Acceptance::conditional, 3);
    on_conditions.conditions = "mornings only";
    (void)service->tell(coordinator, rooms, {}, 0, on_conditions);
    VacancyExportQuery query;
    query.format = analysis::FileFormat::csv;
    EXPECT_NE(service->export_list(coordinator, query).bytes.find("mornings only"), std::string::npos);
    move(15);
    EXPECT_EQ(service->export_list(coordinator, query).bytes.find("mornings only"), std::string::npos)
        << "nor in a file";
    (void)service->tell(colleague, nurses, {}, 1, note(Acceptance::no));
    EXPECT_EQ(state(coordinator, nurses), VacancyState::no);
    EXPECT_EQ(service->history(coordinator, nurses, {}).items.size(), 2U);
}

TEST_P(VacancyServiceTest, TheLastWordCanBeTakenBack) {
    (void)service->tell(coordinator, nurses, {}, 0, note(Acceptance::now, 2));
    move(3);
    (void)service->tell(coordinator, nurses, {}, 1, note(Acceptance::no));
    const auto back = service->undo(coordinator, nurses, {}, 2);
    EXPECT_EQ(back.word.state, VacancyState::now);
    EXPECT_EQ(back.word.told_on, coordinator.today.plus_days(-3)) << "with its own age";
    EXPECT_EQ(faults([&] { (void)service->undo(coordinator, nurses, {}, 3); }), Faults{"not_allowed_in_state"});
    (void)service->tell(coordinator, rooms, {}, 0, note(Acceptance::now));
    EXPECT_EQ(service->undo(coordinator, rooms, {}, 1).word.state, VacancyState::unknown);
    EXPECT_EQ(faults([&] { (void)service->undo(coordinator, rooms, {}, 0); }), Faults{"not_allowed_in_state"});
}

TEST_P(VacancyServiceTest, WhoCanTakeSomebodyComesFirst) {
    (void)service->tell(coordinator, rooms, {}, 0, note(Acceptance::now, 1));
    const auto page = service->list(coordinator, {});
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].id, rooms);
    EXPECT_EQ(page.states.size(), 2U);
    VacancyFilter filter;
    filter.limit = 1;
    filter.after = service->list(coordinator, filter).next.value();
    EXPECT_EQ(service->list(coordinator, filter).items.at(0).id, nurses);
    VacancyFilter by_service;
    by_service.service = {resources::ServiceCode("130")};
    EXPECT_EQ(service->list(coordinator, by_service).total, 1);
    VacancyFilter words;
    words.words = "Rooms";
    EXPECT_EQ(service->list(coordinator, words).total, 1);
    VacancyExportQuery query;
    query.format = analysis::FileFormat::csv;
    EXPECT_NE(service->export_list(coordinator, query).bytes.find("Rooms"), std::string::npos);
}

TEST_P(VacancyServiceTest, ThePlaceTellsAgainAndAgainOnItsPage) {
    const auto key = page_of(nurses);
    const auto opened = told->open(key, "192.0.2.1");
    EXPECT_EQ(opened.place_name, "Nurses");
    ASSERT_EQ(opened.services.size(), 1U) << "nothing of another place";
    EXPECT_EQ(faults([&] { (void)told->tell(by_page(key, "320", note(Acceptance::now)), "192.0.2.1"); }),
              Faults{"/service not_found"});
    EXPECT_EQ(faults([&] { (void)told->tell(by_page(key, "130", note(Acceptance::now, 0)), "192.0.2.1"); }),
              Faults{"/note/free range"});
    (void)told->tell(by_page(key, "130", note(Acceptance::now, 3)), "192.0.2.1");
    move(30);
    (void)told->tell(by_page(key, "130", note(Acceptance::no)), "192.0.2.1");
    const auto word = service->get(coordinator, nurses, {}).word;
    EXPECT_EQ(word.state, VacancyState::no);
    EXPECT_TRUE(word.by_page);
    EXPECT_EQ(word.written_by_name, "");
    EXPECT_EQ(service->history(coordinator, nurses, {}).items.at(1).by_name, "");
    EXPECT_TRUE(service->get(coordinator, nurses, {}).page);
    (void)service->withdraw_page(coordinator, nurses, {});
    EXPECT_EQ(faults([&] { (void)told->open(key, "192.0.2.1"); }), Faults{"no_answer_page"});
}

TEST_P(VacancyServiceTest, WhatOneMunicipalityWasToldAnotherDoesNotSee) {
    (void)service->tell(coordinator, nurses, {}, 0, note(Acceptance::now, 2));
    EXPECT_EQ(state(stranger, nurses), VacancyState::unknown);
    EXPECT_TRUE(service->history(stranger, nurses, {}).items.empty());
    (void)service->tell(stranger, nurses, {}, 0, note(Acceptance::no));
    EXPECT_EQ(state(coordinator, nurses), VacancyState::now);
    resources::LocalQuery other;
    other.municipality_id = city;
    EXPECT_EQ(faults([&] { (void)service->get(stranger, nurses, other); }), Faults{"?municipality_id not_allowed"});
    EXPECT_EQ(faults([&] { (void)service->list(advisor, {}); }), Faults{"forbidden"});
    EXPECT_EQ(faults([&] { (void)service->get(coordinator, resources::ServiceId::make(), {}); }), Faults{"not_found"});
}

}  // namespace
}  // namespace tsunagi::vacancies
