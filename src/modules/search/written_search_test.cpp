// SPDX-License-Identifier: Apache-2.0
// Activities, files, indicators and evaluations in the one box: found by who reads them, and by nobody else.
#include "modules/activities/activity_service.hpp"
#include "modules/documents/document_service.hpp"
#include "modules/indicators/indicator_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "modules/search/search_service.hpp"
#include "modules/uploads/upload_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::search {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class WrittenSearchTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        const std::filesystem::path packs_folder = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard";
        follow_ups = std::make_unique<consultations::FollowUpService>(database(), *audit, clock);
        activities = std::make_unique<activities::ActivityService>(
            database(), *audit, *packs, *consultations, *follow_ups, packs_folder / "report_words.yaml", clock);
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        files = std::make_unique<documents::AttachmentService>(database(), *audit, *consultations, *activities,
                                                               *uploads, std::nullopt, clock);
        search = std::make_unique<SearchService>(database(), *audit, *consultations,
                                                 read_search_words(packs_folder / "search_words.yaml"));
        about = create(coordinator, sheet()).id;
    }

    std::vector<Hit> found(const access::Actor& actor, const std::string& q, HitKind kind, SearchFilter filter = {}) {
        filter.q = q;
        filter.kind = {kind};
        const auto answer = search->search(actor, filter);
        return answer.groups.empty() ? std::vector<Hit>{} : answer.groups.front().items;
    }

    std::size_t count(const access::Actor& actor, const std::string& q, HitKind kind, SearchFilter filter = {}) {
        return found(actor, q, kind, std::move(filter)).size();
    }

    /// A call about the case, or the beginning of a support for the region.
    activities::Activity write(const access::Actor& actor, const std::optional<core::ConsultationId>& of,
                               const std::string& said, const char* on = "2026-11-10") {
        activities::NewActivity body;
        body.consultation_id = of;
        body.text.kind = record::Code<"activity_kind">(of ? "call" : "startup");
        if (!of) {
            body.text.state = activities::ActivityState::asked;
            body.text.startup_supports.emplace_back("social_work");
        }
        body.text.done_on = day(on);
        body.text.with_name = "Nurse Sato";
        body.text.with_affiliation = "Home Nursing Umi";
        body.text.said = said;
        return activities->create(actor, body, "");
    }

    documents::NewAttachment sent(const access::Actor& actor, const std::string& name, const std::string& caption,
                                  const std::string& content = "%PDF-1.4 one") {
        uploads::NewUpload wanted;
        wanted.name.value = name;
        wanted.size.value = static_cast<std::int64_t>(content.size());
        const auto upload = uploads->begin(actor, wanted);
        uploads->put_part(actor, upload.id, 0, content);
        documents::NewAttachment body;
        body.upload_id = upload.id;
        body.caption = caption;
        body.again = true;
        return body;
    }

    documents::Attachment attach(const access::Actor& actor, const std::string& name, const std::string& caption) {
        return files->add_to_case(actor, about, sent(actor, name, caption), "");
    }

    void share() {
        const auto now = consultations->get(coordinator, about);
        (void)consultations->share(coordinator, about, now.version, {.shared_with_municipality = true});
    }

    void reindex() {
        search->index().rebuild([](std::int64_t, std::int64_t) {});
    }

    core::ConsultationId about;
    std::unique_ptr<consultations::FollowUpService> follow_ups;
    std::unique_ptr<activities::ActivityService> activities;
    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<documents::AttachmentService> files;
    std::unique_ptr<SearchService> search;
};

TSUNAGI_BOTH_ENGINES(WrittenSearchTest);

constexpr auto an_activity = HitKind::activity;
constexpr auto a_file = HitKind::attachment;

TEST_P(WrittenSearchTest, AnActivityIsFoundByItsWordsUntilItIsCorrectedOrWithdrawn) {
    const auto made = write(coordinator, about, "Asked for suction at night");
    const auto hits = found(coordinator, "suction", an_activity);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].id, made.id.str());
    EXPECT_EQ(hits[0].consultation_id, about);
    EXPECT_EQ(hits[0].code, "call");
    EXPECT_EQ(hits[0].number, "R8-0001");
    EXPECT_EQ(hits[0].title, "Looking for a physician");
    EXPECT_EQ(hits[0].on, day("2026-11-10"));
    ASSERT_EQ(hits[0].passages.size(), 1U);
    EXPECT_EQ(hits[0].passages[0].field, "said");
    EXPECT_EQ(hits[0].passages[0].parts[1].text, "suction");
    EXPECT_EQ(count(coordinator, "sato umi", an_activity), 1U);
    EXPECT_EQ(count(coordinator, "R8.11.10", an_activity), 1U);
    EXPECT_EQ(count(coordinator, "suction", HitKind::consultation), 0U) << "it is no text of the case";

    reindex();
    auto text = made.text;
    text.said = "Asked for a wheelchair";
    const auto changed = activities->change(coordinator, made.id, made.version, {text, {}});
    EXPECT_EQ(count(coordinator, "suction", an_activity), 0U);
    EXPECT_EQ(count(coordinator, "wheelchair", an_activity), 1U);
    activities::Withdrawal withdrawal;
    withdrawal.reason = "of another case";
    (void)activities->withdraw(coordinator, made.id, changed.version, withdrawal);
    EXPECT_EQ(count(coordinator, "wheelchair", an_activity), 0U);
    reindex();
    EXPECT_EQ(count(coordinator, "wheelchair", an_activity), 0U);
    EXPECT_EQ(number("SELECT count(*) FROM search_blocks WHERE source = 'activity'"), 0) << "nothing is kept of it";
}

TEST_P(WrittenSearchTest, NobodyFindsAnActivityByWhatTheyAreNotTold) {
    (void)write(coordinator, about, "Asked for suction at night");
    (void)write(coordinator, std::nullopt, "A clinic begins suction");
    EXPECT_EQ(count(lead, "suction", an_activity), 2U);
    for (const auto* other : {&colleague, &stranger, &advisor})
        EXPECT_EQ(count(*other, "suction", an_activity), 0U) << other->login;
    SearchFilter everything;
    everything.q = "suction";
    EXPECT_TRUE(search->search(prefectural, everything).groups.back().kind == HitKind::user);
    EXPECT_EQ(search->search(prefectural, everything).groups.size(), 1U);
    EXPECT_EQ(count(officer, "suction", an_activity), 2U);
    EXPECT_EQ(count(officer, "umi", an_activity), 2U);
    for (int shared = 0; shared < 2; ++shared) {
        EXPECT_EQ(count(officer, "sato", an_activity), 0U) << "names at the own desk alone, as those of callers";
        EXPECT_EQ(count(officer, "suction -sato", an_activity), 2U) << "nor does leaving them out tell";
        share();
    }

    disclose(about);
    for (const char* words : {"suction", "umi", "sato"})
        EXPECT_EQ(count(advisor, words, an_activity), 0U) << words;
    const auto hits = found(advisor, "R8.11.10", an_activity);
    ASSERT_EQ(hits.size(), 1U) << "kind and day are what an agenda discloses; what belongs to no case is not";
    EXPECT_EQ(hits[0].passages.size(), 1U);
    EXPECT_EQ(hits[0].passages[0].field, "done_on");
    for (const char* excluded : {"R8.11.10 -suction", "R8.11.10 -sato"})
        EXPECT_EQ(count(advisor, excluded, an_activity), 1U);

    // The case is told in its anonymised words once there are any.
    EXPECT_EQ(hits[0].title, "Looking for a physician");
    database().write([&](db::WriteTx& tx) {
        tx.execute(
            "INSERT INTO anonymised_texts (consultation_id, desk_id, municipality_id, version, sheet_version, "
            "confirmed_at, confirmed_by, originals, document, decisions) SELECT c.id, c.desk_id, c.municipality_id, 1, "
            "c.version, c.updated_at, :by, '', :document, '[]' FROM consultations c WHERE c.id = :id",
            record::Params()
                .set("id", about)
                .set("by", coordinator.user_id)
                .set("document", R"({"fields":[{"field":"subject","text":"About a physician"}],"age_band":null,)"
                                 R"("household":null,"care_level":null,"district_id":null})"));
    });
    EXPECT_EQ(found(advisor, "R8.11.10", an_activity).at(0).title, "About a physician");
    std::set<std::string> titles;
    for (const auto& hit : found(officer, "R8.11.10", an_activity))
        titles.insert(hit.title);
    EXPECT_EQ(titles, (std::set<std::string>{"", "Looking for a physician"})) << "one belongs to no case";
}

TEST_P(WrittenSearchTest, AFileIsFoundByNameAndCaptionUntilItIsWithdrawnAndAgainWhenItIsPutBack) {
    const auto made = attach(coordinator, "連絡票.pdf", "Letter of discharge");
    (void)files->add_to_activity(coordinator, write(coordinator, std::nullopt, "fair").id,
                                 sent(coordinator, "poster.pdf", "Poster of the fair"), "");
    auto hits = found(coordinator, "れんらく 連絡票", a_file);
    EXPECT_TRUE(hits.empty()) << "no reading of kanji is known";
    hits = found(coordinator, "連絡票", a_file);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].id, made.id.str());
    EXPECT_EQ(hits[0].title, "連絡票.pdf");
    EXPECT_EQ(hits[0].consultation_id, about);
    EXPECT_EQ(hits[0].code, "pdf");
    EXPECT_EQ(hits[0].number, "R8-0001");
    hits = found(coordinator, "poster", a_file);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_FALSE(hits[0].consultation_id);
    EXPECT_TRUE(hits[0].activity_id);

    EXPECT_EQ(count(coordinator, "discharge", a_file), 1U);
    auto now = files->change(coordinator, made.id, made.version, {{"Letter of admission"}, {}});
    EXPECT_EQ(count(coordinator, "discharge", a_file), 0U);
    EXPECT_EQ(count(coordinator, "admission", a_file), 1U);
    documents::AttachmentWithdrawal withdrawal;
    withdrawal.reason = "of another case";
    now = files->withdraw(coordinator, made.id, now.version, withdrawal);
    EXPECT_EQ(count(coordinator, "admission", a_file), 0U);
    reindex();
    EXPECT_EQ(count(coordinator, "admission", a_file), 0U);
    (void)files->put_back(coordinator, made.id, now.version);
    EXPECT_EQ(count(coordinator, "admission", a_file), 1U) << "behind an index that did not know it";
    reindex();
    EXPECT_EQ(count(coordinator, "admission", a_file), 1U);
    EXPECT_EQ(count(coordinator, "poster", a_file), 1U);
}

TEST_P(WrittenSearchTest, FilesAreFoundByWhoReadsThePerson) {
    (void)attach(coordinator, "scan.pdf", "Letter of discharge");
    (void)files->add_to_activity(coordinator, write(coordinator, std::nullopt, "fair").id,
                                 sent(coordinator, "fair.pdf", "Letter of the fair"), "");
    disclose(about);
    for (int indexed = 0; indexed < 2; ++indexed) {
        EXPECT_EQ(count(lead, "letter", a_file), 2U);
        for (const auto* other : {&colleague, &stranger, &officer, &advisor})
            EXPECT_EQ(count(*other, "letter", a_file), 0U) << other->login;
        reindex();
    }
    share();
    EXPECT_EQ(count(officer, "letter", a_file), 1U) << "of the case that is shared, and not of the desk's own";
    officer.permissions.erase("persons.read");
    EXPECT_EQ(count(officer, "letter", a_file), 0U);
}

TEST_P(WrittenSearchTest, WhatIsShownIsARowOfTheAudit) {
    const auto activity = write(coordinator, about, "Asked for suction");
    const auto file = attach(coordinator, "suction.pdf", "");
    SearchFilter everything;
    everything.q = "suction";
    (void)search->search(coordinator, everything);
    audit::AuditFilter searches;
    searches.action = "search";
    std::map<std::string, std::string> shown;
    for (const auto& row : audit->search(searches).items)
        shown[row.subject_kind] = row.detail;
    const std::map<std::string, std::string> wanted{{"activity", activity.id.str()}, {"attachment", file.id.str()}};
    EXPECT_EQ(shown, wanted) << "which records, and not what was asked";
}

TEST_P(WrittenSearchTest, FiltersAndPagesLeaveNothingOut) {
    for (int i = 0; i < 160; ++i)
        (void)write(coordinator, i % 2 == 0 ? std::optional(about) : std::nullopt, "plain words " + std::to_string(i),
                    i < 150 ? "2026-06-01" : "2026-11-02");
    for (int indexed = 0; indexed < 2; ++indexed) {
        std::set<std::string> seen;
        SearchFilter filter;
        filter.limit = 50;
        filter.q = "plain";
        filter.kind = {an_activity};
        for (int page = 0; page < 5; ++page) {
            const auto group = search->search(lead, filter).groups.front();
            for (const auto& hit : group.items)
                EXPECT_TRUE(seen.insert(hit.id).second) << "twice";
            if (!group.next)
                break;
            filter.after = *group.next;
        }
        EXPECT_EQ(seen.size(), 160U);
        filter.after = {};
        filter.from = day("2026-11-01");
        EXPECT_EQ(count(lead, "plain", an_activity, filter), 10U);
        filter.desk = {station};
        EXPECT_EQ(count(lead, "plain", an_activity, filter), 0U);
        filter = {};
        filter.limit = 50;
        filter.state.emplace_back("asked");
        const auto asked = found(lead, "plain", an_activity, filter);
        EXPECT_EQ(asked.size(), 50U) << "of eighty";
        for (const auto& hit : asked)
            EXPECT_EQ(hit.state, "asked") << "a call has no state";
        filter.state.front().value = "done";
        EXPECT_EQ(count(lead, "plain", an_activity, filter), 0U);
        reindex();
    }
    EXPECT_EQ(number("SELECT sum(documents) FROM search_blocks WHERE source = 'activity'"), 160);
}

TEST_P(WrittenSearchTest, BlocksOfEachKindAreMadeInTheBackground) {
    for (int i = 0; i < 520; ++i)
        (void)write(coordinator, std::nullopt, "unusual" + std::to_string(i));
    (void)attach(coordinator, "rare.pdf", "");
    while (search->index().advance()) {
    }
    EXPECT_EQ(number("SELECT count(*) FROM search_blocks WHERE state = 'ready'"), 3);
    EXPECT_EQ(number("SELECT indexed_change - last_change FROM search_shelves x JOIN consultation_shelves s ON "
                     "s.desk_id = x.desk_id"),
              0)
        << "one cursor for all of them";
    EXPECT_EQ(count(coordinator, "unusual519", an_activity), 1U);
    EXPECT_EQ(count(coordinator, "rare", a_file), 1U);
    EXPECT_EQ(count(coordinator, "minato", HitKind::consultation), 1U);
}

TEST_P(WrittenSearchTest, IndicatorsAndEvaluationsAreFoundAcrossTheMunicipality) {
    for (auto* actor : {&coordinator, &colleague, &stranger, &officer, &advisor})
        actor->permissions.insert({"measures.read", "measures.write", "indicators.read", "indicators.write"});
    measures::MeasureService measures(database(), *audit, *packs, clock);
    indicators::IndicatorService indicators(database(), *audit, *packs, {}, clock);
    measures::NewMeasure measure;
    measure.text.title = "Physicians visit";
    const auto measure_id = measures.create(coordinator, measure, "").id;
    indicators::NewIndicator indicator;
    indicator.text.name = "Days until the first visit";
    indicator.text.numerator = "Sum of waiting days";
    indicator.text.source = "Ledger of the desk";
    const auto made = indicators.create(coordinator, indicator, "");
    (void)indicators.change_series(coordinator, made.id, made.version,
                                   {.values = {{"2026-10", 26.0, {}, "without holidays", 6}}, .targets = {}});
    indicators::EvaluationText evaluation;
    evaluation.measure_id = measure_id;
    evaluation.evaluated_on = day("2026-11-16");
    evaluation.finding = "Shorter, not yet short";
    evaluation.outcome = indicators::Outcome::change;
    evaluation.next_policy = "Two clinics take turns";
    indicators::Judgement judgement;
    judgement.indicator_id = made.id;
    judgement.comment = "better than expected";
    evaluation.judgements = {judgement};
    (void)indicators.evaluate(coordinator, evaluation, "");

    for (const char* words : {"first visit", "waiting", "ledger", "holidays"}) {
        const auto hits = found(colleague, words, HitKind::indicator);
        ASSERT_EQ(hits.size(), 1U) << words;
        EXPECT_EQ(hits[0].id, made.id.str());
        EXPECT_EQ(hits[0].title, "Days until the first visit");
    }
    for (const char* words : {"shorter", "clinics", "expected", "R8.11.16"}) {
        const auto hits = found(officer, words, HitKind::evaluation);
        ASSERT_EQ(hits.size(), 1U) << words;
        EXPECT_EQ(hits[0].title, "Physicians visit");
        EXPECT_EQ(hits[0].state, "change");
    }
    SearchFilter filter;
    filter.state.emplace_back("finish");
    EXPECT_EQ(count(officer, "shorter", HitKind::evaluation, filter), 0U);
    for (const auto* other : {&stranger, &advisor}) {
        EXPECT_EQ(count(*other, "waiting", HitKind::indicator), 0U) << other->login;
        EXPECT_EQ(count(*other, "shorter", HitKind::evaluation), 0U) << other->login;
    }
    // What stands on an agenda is disclosed with its evaluations.
    disclose(about);
    database().write([&](db::WriteTx& tx) {
        tx.execute("UPDATE agenda_items SET subject = 'measure', subject_id = :id",
                   record::Params().set("id", measure_id));
    });
    EXPECT_EQ(count(advisor, "shorter", HitKind::evaluation), 1U);
    EXPECT_EQ(count(advisor, "waiting", HitKind::indicator), 0U) << "no link leads to it";
}

}  // namespace
}  // namespace tsunagi::search
