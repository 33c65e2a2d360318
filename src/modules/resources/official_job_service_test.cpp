// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_job_service.hpp"

#include <algorithm>

#include "modules/resources/resource_test.hpp"

namespace tsunagi::resources {
namespace {

using test::faults;

class OfficialJobServiceTest : public ResourceServiceTest {
protected:
    uploads::UploadId sent(const std::string& name, const std::string& bytes) {
        uploads::NewUpload wanted;
        wanted.name = name;
        wanted.size.value = static_cast<std::int64_t>(bytes.size());
        wanted.media_type = "text/csv";
        const auto upload = uploads->begin(coordinator, wanted);
        uploads->put_part(coordinator, upload.id, 0, bytes);
        return upload.id;
    }

    OfficialImport begun(const std::string& name, const std::string& bytes, const std::string& key = {}) {
        NewOfficialImport body;
        body.upload_id = sent(name, bytes);
        return resources->jobs().create(coordinator, body, key);
    }

    bool run() {
        later();
        return resources->jobs().run_next([](const std::string& what) { FAIL() << what; });
    }

    OfficialImport now(const OfficialImport& import) { return resources->jobs().get(coordinator, import.id); }

    const std::vector<Office> two{{"9960190011", "訪問看護みなもと", "991015", "000-231-5100"},
                                  {"9960190029", "訪問看護なぎさ", "991023", "000-232-5100"}};
};

TSUNAGI_BOTH_ENGINES(OfficialJobServiceTest);

TEST_P(OfficialJobServiceTest, AFileIsReadAppliedAndTakenBackByJobs) {
    const auto begun_import = begun("jigyosho_130_all_20260630.csv", file(two), "key");
    EXPECT_EQ(begun_import.state, OfficialState::reading);
    EXPECT_TRUE(run());
    const auto staged = now(begun_import);
    EXPECT_EQ(staged.state, OfficialState::staged);
    EXPECT_EQ(counts(staged), "+2 ~0 -0");
    auto ordered = resources->jobs().order(coordinator, staged.id, staged.version, OfficialJob::Kind::apply);
    EXPECT_EQ(ordered.state, OfficialState::applying);
    EXPECT_EQ(
        faults([&] { (void)resources->jobs().order(lead, staged.id, ordered.version, OfficialJob::Kind::apply); }),
        std::set<std::string>{"not_allowed_in_state"})
        << "nobody orders it twice";
    EXPECT_TRUE(run());
    const auto done = now(ordered);
    EXPECT_EQ(done.state, OfficialState::applied);
    EXPECT_EQ(done.applied_by_name, "Name of coordinator");
    (void)resources->jobs().order(lead, done.id, done.version, OfficialJob::Kind::undo);
    EXPECT_TRUE(run());
    EXPECT_EQ(now(done).undone_by_name, "Name of lead");
    EXPECT_EQ(number("SELECT count(*) FROM places"), 0);
    EXPECT_FALSE(run());
}

TEST_P(OfficialJobServiceTest, WhatIsSentTwiceIsMadeOnce) {
    NewOfficialImport body;
    body.upload_id = sent("jigyosho_130_all_20260630.csv", file(two));
    const auto first = resources->jobs().create(coordinator, body, "key");
    EXPECT_EQ(resources->jobs().create(coordinator, body, "key").id, first.id);
    EXPECT_EQ(number("SELECT count(*) FROM official_imports"), 1);
    body.as_of = clock.today();
    EXPECT_EQ(faults([&] { (void)resources->jobs().create(coordinator, body, "key"); }),
              std::set<std::string>{"idempotency_key_reused"});
}

TEST_P(OfficialJobServiceTest, AFileThatIsNotReadSaysWhy) {
    const auto other = begun("list.csv", "a,b,c\n1,2,3\n");
    EXPECT_TRUE(run());
    EXPECT_EQ(now(other).state, OfficialState::refused);
    EXPECT_EQ(now(other).refusal, "official_unknown");
    EXPECT_EQ(now(other).preview.at(1), (std::vector<std::string>{"1", "2", "3"}));
    EXPECT_EQ(resources->jobs().get(lead, other.id).preview.size(), 2U) << "of the same municipality";
    EXPECT_TRUE(resources->jobs().get(stranger, other.id).preview.empty()) << "it may be a list of anybody";
    std::string bytes = file(two);
    bytes.replace(bytes.find("事業所番号"), std::string("事業所番号").size(), "番号");
    const auto lacking = begun("jigyosho_130.csv", bytes);
    EXPECT_TRUE(run());
    EXPECT_EQ(now(lacking).refusal + " " + now(lacking).refused_at, "official_columns 事業所番号");
    official().remove(coordinator, lacking.id, now(lacking).version);
    EXPECT_EQ(faults([&] { (void)now(lacking); }), std::set<std::string>{"not_found"});
}

TEST_P(OfficialJobServiceTest, AJobThatIsStoppedLeavesNothingHalfDone) {
    const auto waiting = begun("jigyosho_130_all_20260630.csv", file(two));
    EXPECT_EQ(resources->jobs().cancel(coordinator, waiting.id).refusal, "cancelled");
    EXPECT_EQ(now(waiting).state, OfficialState::refused);
    EXPECT_FALSE(run()) << "it waits no longer";

    const auto again = begun("jigyosho_130_all_20260630.csv", file(two));
    EXPECT_TRUE(run());
    const auto job = official().order(coordinator, again.id, now(again).version, OfficialJob::Kind::apply);

    struct Enough {};

    EXPECT_THROW(official().apply(job,
                                  [](std::int64_t done) {
                                      if (done == 2)
                                          throw Enough{};
                                  }),
                 Enough);
    EXPECT_EQ(number("SELECT count(*) FROM places"), 0) << "one transaction";
    EXPECT_EQ(now(again).state, OfficialState::applying);
    resources->jobs().sweep(std::chrono::seconds(60));
    EXPECT_EQ(now(again).state, OfficialState::applying) << "perhaps somebody is still at it";
    later();
    resources->jobs().sweep(std::chrono::seconds(60));
    EXPECT_EQ(now(again).state, OfficialState::staged) << "as a server that was stopped left it";
    EXPECT_EQ(now(again).refusal, "interrupted");
    EXPECT_THROW(official().apply(job, {}), Stopped) << "its job does nothing any more";
    EXPECT_EQ(faults([&] { (void)resources->jobs().cancel(coordinator, again.id); }),
              std::set<std::string>{"not_allowed_in_state"});
}

TEST_P(OfficialJobServiceTest, WhoIsAtAJobShowsItAndHearsThatItWasStopped) {
    const auto staged = stage("jigyosho_130_all_20260630.csv", two);
    const auto job = official().order(coordinator, staged.id, staged.version, OfficialJob::Kind::apply);
    later();
    official().alive(job, {})(1000);
    resources->jobs().sweep(std::chrono::seconds(30));
    EXPECT_EQ(now(staged).state, OfficialState::applying) << "somebody is at it";
    EXPECT_EQ(now(staged).lines_done, 1000);
    EXPECT_TRUE(official().go_back(job.id, job.version, "interrupted", {}));
    EXPECT_THROW(official().alive(job, {})(2000), Stopped);
}

TEST_P(OfficialJobServiceTest, FilesOfTwoPrefecturesDoNotMeetEachOther) {
    const auto filing = [](const char* of, const char* number, const char* symbol) {
        return std::map<std::string, std::string>{
            {"prefecture", of},    {"kind", "医科"},   {"number", number}, {"name", "架空診療所"},
            {"address", "汐見市"}, {"filing", "届出"}, {"symbol", symbol}, {"since", "平成20年 7月 1日"}};
    };
    const auto first = applied_rows("20260901.csv", "filings",
                                    {filing("99", "0110719", "一般入院"), filing("99", "0110719", "支援診３")});
    EXPECT_EQ(counts(first), "+2 ~0 -0");
    const auto second = applied_rows("20260801.csv", "filings", {filing("98", "0110719", "支援診１")});
    EXPECT_EQ(counts(second), "+2 ~0 -0")
        << "an older file of another prefecture is not too old, and nothing is missing";
    EXPECT_EQ(number("SELECT count(*) FROM places"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM place_services WHERE service = 'home_clinic_3' AND since = '2008-07-01'"),
              1);
    const auto next = applied_rows("20261001.csv", "filings", {filing("99", "0110719", "一般入院")});
    EXPECT_EQ(counts(next), "+0 ~1 -1") << "the filing is gone, and the institution's list of filings has changed";
    EXPECT_EQ(number("SELECT count(*) FROM place_services WHERE missing_since IS NOT NULL"), 1);
    later();
    (void)official().undo(coordinator, second.id, second.version);
    EXPECT_EQ(number("SELECT count(*) FROM places"), 1);
    later();
    (void)official().undo(coordinator, next.id, next.version);
    EXPECT_EQ(number("SELECT count(*) FROM place_services WHERE missing_since IS NOT NULL"), 0);
}

TEST_P(OfficialJobServiceTest, APlaceThatMovedIsWhereItWasWhenItsFileIsTakenBack) {
    const auto office = [](const char* key, const char* code, const char* town) {
        return std::map<std::string, std::string>{{"key", key},
                                                  {"name", "架空の事業所"},
                                                  {"municipality", code},
                                                  {"municipality_name", town},
                                                  {"address", town}};
    };
    (void)applied_rows("jigyosho_130_all_20260630.csv", "kaigo",
                       {office("9960190011", "991015", "汐見市中央区"), office("9960190029", "993611", "凪浜町")});
    const auto clinic = [](const char* address) {
        return std::map<std::string, std::string>{{"prefecture", "99"},   {"kind", "医科"},     {"number", "0110719"},
                                                  {"name", "架空診療所"}, {"address", address}, {"symbol", "一般入院"}};
    };
    const auto code = [&] { return only("架空診療所").municipality_code; };
    (void)applied_rows("20260901.csv", "filings", {clinic("汐見市中央区１")});
    EXPECT_EQ(code(), "991015") << "no cell tells it, only the address";
    const auto next = applied_rows("20261001.csv", "filings", {clinic("凪浜町１")});
    EXPECT_EQ(code(), "993611");
    later();
    (void)official().undo(coordinator, next.id, next.version);
    EXPECT_EQ(code(), "991015");
}

TEST_P(OfficialJobServiceTest, HoursGoToTheServiceOfTheirPlace) {
    const std::map<std::string, std::string> hospital{{"key", "9911010000013"}, {"name", "架空病院"},
                                                      {"prefecture", "99"},     {"municipality_within", "101"},
                                                      {"address", "汐見市"},    {"capacity", "320"}};
    const auto facilities = applied_rows("01-1_hospital_facility_info_20260601.csv", "hospital", {hospital});
    const auto hours = applied_rows("01-2_hospital_speciality_hours_20260601.csv", "hospital_hours",
                                    {{{"key", "9911010000013"},
                                      {"speciality", "神経内科"},
                                      {"slot", "1"},
                                      {"open.mon.1.from", "09:00"},
                                      {"open.mon.1.to", "12:00"}},
                                     {{"key", "9911010000014"}, {"speciality", "外科"}, {"slot", "1"}}});
    EXPECT_EQ(counts(hours) + " " + std::to_string(hours.bad), "+1 ~0 -0 1");
    const auto row = only("神経内科");
    const auto place = resources->get(coordinator, row.id, {});
    ASSERT_EQ(place.services.size(), 1U);
    EXPECT_EQ(place.services[0].capacity, 320) << "hours say nothing of it";
    ASSERT_EQ(place.hours.size(), 1U);
    EXPECT_EQ(place.hours[0].days.at(0).from, "09:00");
    const auto without = applied_rows("01-2_hospital_speciality_hours_20261201.csv", "hospital_hours", {});
    EXPECT_EQ(counts(without), "+0 ~0 -1");
    EXPECT_FALSE(resources->get(coordinator, row.id, {}).services[0].missing_since) << "the hospital is still there";
    later();
    (void)official().undo(coordinator, without.id, without.version);
    later();
    (void)official().undo(coordinator, facilities.id, facilities.version);
    EXPECT_EQ(resources->get(coordinator, row.id, {}).name, "架空病院") << "its hours still need a place with a name";
}

}  // namespace
}  // namespace tsunagi::resources
