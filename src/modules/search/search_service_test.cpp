// SPDX-License-Identifier: Apache-2.0
#include "modules/search/search_service.hpp"

#include "modules/issues/issue_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "modules/meetings/meeting_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::search {
namespace {

class SearchServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer, &advisor}) {
            for (const char* permission : {"issues.read", "meetings.read", "measures.read"})
                actor->permissions.insert(permission);
        }
        for (auto* actor : {&coordinator, &stranger})
            actor->permissions.insert({"issues.write", "meetings.write", "measures.write"});
        search = std::make_unique<SearchService>(
            database(), *audit, *consultations,
            read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml"));
    }

    SearchAnswer asked(const access::Actor& actor, const std::string& q, HitKind kind = HitKind::consultation,
                       SearchFilter filter = {}) {
        filter.q = q;
        filter.kind = {kind};
        return search->search(actor, filter);
    }

    /// The subjects of the hits in their order.
    std::vector<std::string> titles(const access::Actor& actor, const std::string& q,
                                    HitKind kind = HitKind::consultation, SearchFilter filter = {}) {
        std::vector<std::string> result;
        const auto answer = asked(actor, q, kind, std::move(filter));
        for (const auto& group : answer.groups) {
            for (const auto& hit : group.items)
                result.push_back(hit.title);
        }
        return result;
    }

    core::ConsultationId add(const access::Actor& actor, const std::string& subject, const std::string& request,
                             const std::string& day = "2026-10-01") {
        auto body = sheet(day);
        body.subject = subject;
        body.request = request;
        if (actor.desks.front() == far_desk)
            body.district_id = far_ward;
        return create(actor, body).id;
    }

    /// A thousand sheets, so that blocks are made of them.
    void add_many(const access::Actor& actor, int count) {
        for (int i = 0; i < count; ++i)
            add(actor, "Filler " + std::to_string(i), "plain words number" + std::to_string(i), "2026-05-01");
    }

    void index_everything() {
        while (search->index().advance()) {
        }
    }

    std::unique_ptr<SearchService> search;
};

TSUNAGI_BOTH_ENGINES(SearchServiceTest);

using Titles = std::vector<std::string>;

TEST_P(SearchServiceTest, FindsWhatWasWrittenAMomentAgoAndForgetsWhatWasCorrected) {
    const auto id = add(coordinator, "Night", "Nobody visits at night");
    EXPECT_EQ(titles(coordinator, "visits"), Titles{"Night"});
    const auto answer = asked(coordinator, "visits");
    ASSERT_EQ(answer.groups.front().items.size(), 1U);
    const Hit& hit = answer.groups.front().items.front();
    EXPECT_EQ(hit.id, id.str());
    EXPECT_EQ(hit.number, "R8-0001");
    EXPECT_EQ(hit.state, "open");
    EXPECT_EQ(hit.passages.front().field, "request");
    ASSERT_EQ(hit.passages.front().parts.size(), 3U);
    EXPECT_EQ(hit.passages.front().parts[1].text, "visits");
    EXPECT_TRUE(hit.passages.front().parts[1].marked);

    auto changed = sheet();
    changed.receiver_id = coordinator.user_id;
    changed.request = "A dentist";
    consultations->replace(coordinator, id, 1, changed);
    EXPECT_TRUE(titles(coordinator, "visits").empty());
    EXPECT_EQ(titles(coordinator, "dentist").size(), 1U);
}

TEST_P(SearchServiceTest, WhatIsShownOfConsultationsIsARowOfTheAudit) {
    const auto shown = add(coordinator, "Suction at night", "a nurse who can do suction");
    audit::AuditFilter searches;
    searches.action = "search";
    EXPECT_TRUE(titles(coordinator, "wheelchair").empty());
    EXPECT_TRUE(audit->search(searches).items.empty()) << "nothing was shown";
    EXPECT_EQ(titles(coordinator, "suction"), std::vector<std::string>{"Suction at night"});
    const auto rows = audit->search(searches).items;
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].subject_kind, "consultation");
    EXPECT_EQ(rows[0].detail, shown.str()) << "which records, and not what was asked";
    EXPECT_EQ(rows[0].actor_name, coordinator.name);
}

TEST_P(SearchServiceTest, TheScopeDecidesWhatIsFound) {
    add(coordinator, "Here", "visits at night");
    add(colleague, "Station", "visits by day");
    add(stranger, "Far", "visits far away");
    EXPECT_EQ(titles(coordinator, "visits"), Titles{"Here"});
    EXPECT_EQ(titles(lead, "visits").size(), 2U);
    EXPECT_EQ(titles(officer, "visits").size(), 2U);
    EXPECT_EQ(titles(stranger, "visits"), Titles{"Far"});
    EXPECT_TRUE(titles(advisor, "visits").empty());
    EXPECT_TRUE(asked(prefectural, "visits").groups.empty());
}

TEST_P(SearchServiceTest, NobodyFindsACaseByWhatIsWithheldFromThem) {
    auto body = sheet();
    body.subject = "Case";
    body.request = "secret request";
    body.caller_kana = "Yomikata";
    const auto id = create(coordinator, body).id;
    disclose(id);
    EXPECT_EQ(titles(coordinator, "yomikata"), Titles{"Case"});
    EXPECT_TRUE(titles(officer, "yomikata").empty());
    EXPECT_EQ(titles(coordinator, "ishida"), Titles{"Case"});
    EXPECT_EQ(titles(coordinator, "1234-56"), Titles{"Case"});
    EXPECT_TRUE(titles(officer, "ishida").empty());
    EXPECT_TRUE(titles(officer, "1234-56").empty());
    EXPECT_EQ(titles(officer, "minato"), Titles{"Case"});
    EXPECT_TRUE(titles(advisor, "secret").empty());
    EXPECT_TRUE(titles(advisor, "minato").empty());
    EXPECT_EQ(titles(advisor, "alone"), Titles{"Case"});
    // The words that leave out tell nothing either.
    EXPECT_EQ(titles(officer, "minato -ishida"), Titles{"Case"});
    // Once there are anonymised words, these are found and no longer those that were written.
    database().write([&](db::WriteTx& tx) {
        tx.execute(
            "INSERT INTO anonymised_texts (consultation_id, desk_id, municipality_id, version, sheet_version, "
            "confirmed_at, confirmed_by, originals, document, decisions) SELECT c.id, c.desk_id, c.municipality_id, 1, "
            "c.version, c.updated_at, :by, '', :document, '[]' FROM consultations c WHERE c.id = :id",
            record::Params()
                .set("id", id)
                .set("by", coordinator.user_id)
                .set("document", R"({"fields":[{"field":"subject","text":"Some case"},)"
                                 R"({"field":"background","text":"keeps house unaided"}],"age_band":null,)"
                                 R"("household":null,"care_level":null,"district_id":null})"));
    });
    EXPECT_EQ(titles(advisor, "unaided"), Titles{"Some case"});
    EXPECT_TRUE(titles(advisor, "alone").empty());
    EXPECT_EQ(titles(advisor, "unaided -alone"), Titles{"Some case"});
    EXPECT_EQ(titles(coordinator, "alone"), Titles{"Case"});
    EXPECT_TRUE(titles(coordinator, "unaided").empty());
}

TEST_P(SearchServiceTest, DraftsAreOfTheirDeskAlone) {
    auto draft = sheet();
    draft.subject = "Draft";
    consultations->create(coordinator,
                          {.desk_id = center, .state = consultations::ConsultationState::draft, .sheet = draft}, "");
    EXPECT_EQ(titles(coordinator, "visit"), Titles{"Draft"});
    EXPECT_TRUE(titles(officer, "visit").empty());
}

TEST_P(SearchServiceTest, BlocksAndTailFindTheSameAndPagesLeaveNothingOut) {
    add(coordinator, "Old", "the same rare word", "2026-04-02");
    add_many(coordinator, 600);
    add(colleague, "Other", "the same rare word", "2026-04-03");
    EXPECT_EQ(titles(coordinator, "rare word"), Titles{"Old"});
    index_everything();
    EXPECT_EQ(number("SELECT count(*) FROM search_blocks WHERE state = 'ready'"), 1);
    EXPECT_EQ(titles(coordinator, "rare word"), Titles{"Old"});
    EXPECT_EQ(titles(lead, "rare word"), (Titles{"Other", "Old"}));
    EXPECT_EQ(titles(coordinator, "number599"), Titles{"Filler 599"});
    add(coordinator, "New", "the same rare word", "2026-10-02");
    EXPECT_EQ(titles(coordinator, "rare word"), (Titles{"New", "Old"}));

    std::set<std::string> seen;
    SearchFilter filter;
    filter.limit = 50;
    for (int page = 0; page < 20; ++page) {
        const auto group = asked(coordinator, "plain", HitKind::consultation, filter).groups.front();
        for (const auto& hit : group.items)
            EXPECT_TRUE(seen.insert(hit.id).second);
        if (!group.next)
            break;
        filter.after = *group.next;
    }
    EXPECT_EQ(seen.size(), 600U);
}

TEST_P(SearchServiceTest, ASearchMakesAsManyQueriesForManyRecordsAsForFew) {
    add_many(coordinator, 20);
    (void)titles(coordinator, "plain");
    const auto count = [&] {
        const auto before = database().statements();
        (void)titles(coordinator, "plain");
        return database().statements() - before;
    };
    const auto few = count();
    add_many(coordinator, 200);
    (void)titles(coordinator, "plain");
    EXPECT_EQ(count(), few);
}

TEST_P(SearchServiceTest, RebuiltFromTheRecordsItFindsTheSame) {
    add_many(coordinator, 700);
    add(coordinator, "Special", "quite unusual");
    index_everything();
    database().write([](db::WriteTx& tx) { tx.execute("UPDATE search_pieces SET piece = ''"); });
    std::int64_t last = -1;
    std::int64_t total = 0;
    search->index().rebuild([&](std::int64_t done, std::int64_t of) {
        EXPECT_GE(done, last);
        last = done;
        total = of;
    });
    EXPECT_EQ(total, 701);
    EXPECT_EQ(last, 701);
    EXPECT_EQ(titles(coordinator, "unusual"), Titles{"Special"});
    EXPECT_EQ(titles(coordinator, "number42").size(), 5U);
    EXPECT_EQ(number("SELECT count(*) FROM search_blocks"), 1);
}

TEST_P(SearchServiceTest, MergedBlocksFindWhatTheirPartsFound) {
    for (int i = 0; i < 8; ++i) {
        add(coordinator, "Part " + std::to_string(i), "unusual" + std::to_string(i));
        add_many(coordinator, 511);
        index_everything();
    }
    EXPECT_EQ(number("SELECT count(*) FROM search_blocks"), 1);
    EXPECT_EQ(number("SELECT documents FROM search_blocks"), 8 * 512);
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(titles(coordinator, "unusual" + std::to_string(i)), Titles{"Part " + std::to_string(i)});
    EXPECT_EQ(titles(coordinator, "unusual").size(), 5U);
}

TEST_P(SearchServiceTest, FiltersNarrow) {
    add(coordinator, "Spring", "visits", "2026-04-01");
    add(coordinator, "Autumn", "visits", "2026-10-01");
    add(colleague, "Station", "visits", "2026-10-02");
    SearchFilter filter;
    filter.from = core::Date::parse("2026-09-01").value();
    EXPECT_EQ(titles(lead, "visits", HitKind::consultation, filter), (Titles{"Station", "Autumn"}));
    filter.desk = {center};
    EXPECT_EQ(titles(lead, "visits", HitKind::consultation, filter), Titles{"Autumn"});
    filter.state.emplace_back("closed");
    EXPECT_TRUE(titles(lead, "visits", HitKind::consultation, filter).empty());
    filter = {};
    filter.fiscal_year = 2025;
    EXPECT_TRUE(titles(lead, "visits", HitKind::consultation, filter).empty());
}

TEST_P(SearchServiceTest, ADayFindsWhatHappenedOnIt) {
    add(coordinator, "That day", "x y z", "2026-11-12");
    add(coordinator, "Another", "x y z", "2026-11-13");
    EXPECT_EQ(titles(coordinator, "R8.11.12"), Titles{"That day"});
    const auto answer = asked(coordinator, "R8.11.12");
    EXPECT_EQ(answer.terms.front().day.value().str(), "2026-11-12");
    EXPECT_EQ(answer.groups.front().items.front().passages.front().field, "received_on");
}

TEST_P(SearchServiceTest, TheOtherKindsAreFoundToo) {
    issues::IssueService issues(database(), *audit, *packs, clock);
    meetings::MeetingService meetings(database(), *audit, *packs, clock);
    measures::MeasureService measures(database(), *audit, *packs, clock);
    issues::NewIssue issue;
    issue.origin = issues::IssueOrigin::hand;
    issue.text.title = "Nobody at night";
    issue.text.description = "A rare description";
    const auto issue_id = issues.create(coordinator, issue, "").id;
    issues.add_note(coordinator, issue_id, {.text = {"told them yesterday"}, .feedback = true}, "");
    meetings::NewBody council;
    council.name = "Council";
    meetings::MeetingText meeting;
    meeting.body_id = meetings.create_body(coordinator, council, "").id;
    meeting.held_on = core::Date::parse("2026-11-10").value();
    meeting.state = meetings::MeetingState::held;
    meetings::AgendaItem item;
    item.title = "Night visits";
    item.subject = meetings::AgendaSubject::other;
    item.discussion = "A rare discussion";
    meeting.agenda = {item};
    (void)meetings.create(coordinator, meeting, "");
    measures::NewMeasure measure;
    measure.text.title = "Physicians visit";
    measure.text.description = "A rare measure";
    (void)measures.create(coordinator, measure, "");

    EXPECT_EQ(titles(colleague, "rare", HitKind::issue), Titles{"Nobody at night"});
    EXPECT_EQ(titles(colleague, "yesterday", HitKind::issue), Titles{"Nobody at night"});
    EXPECT_EQ(titles(colleague, "rare", HitKind::meeting), Titles{"Council"});
    EXPECT_EQ(titles(colleague, "R8.11.10", HitKind::meeting), Titles{"Council"});
    EXPECT_EQ(titles(colleague, "rare", HitKind::measure), Titles{"Physicians visit"});
    EXPECT_EQ(titles(colleague, "lead", HitKind::user), Titles{"Name of lead"});
    for (const HitKind kind : {HitKind::issue, HitKind::meeting, HitKind::measure}) {
        EXPECT_TRUE(titles(stranger, "rare", kind).empty());
        EXPECT_TRUE(titles(advisor, "rare", kind).empty());
    }
    EXPECT_TRUE(titles(stranger, "lead", HitKind::user).empty());
    SearchFilter all;
    all.q = "rare";
    EXPECT_EQ(search->search(colleague, all).groups.size(), 7U) << "those of the permissions";
}

TEST_P(SearchServiceTest, SaysWhatIsWrongWithTheQuestion) {
    const auto wrong = [&](const std::function<void(SearchFilter&)>& change) {
        SearchFilter filter;
        filter.q = "visits";
        change(filter);
        return test::faults([&] { (void)search->search(coordinator, filter); });
    };
    using Faults = std::set<std::string>;
    EXPECT_EQ(wrong([](auto& f) { f.q = "-visits"; }), Faults{"?q too_short"});
    EXPECT_EQ(wrong([](auto& f) { f.limit = 51; }), Faults{"?limit range"});
    EXPECT_EQ(wrong([](auto& f) { f.after = "1~x"; }), Faults{"?after format"});
    EXPECT_EQ(wrong([](auto& f) {
                  f.from = core::Date::parse("2026-09-01").value();
                  f.to = core::Date::parse("2026-08-01").value();
              }),
              Faults{"?to date_order"});
    EXPECT_TRUE(wrong([](auto& f) { f.q = " "; }).empty());
}

}  // namespace
}  // namespace tsunagi::search
