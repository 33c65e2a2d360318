// SPDX-License-Identifier: Apache-2.0
#include "modules/similarities/similarity_service.hpp"

#include <numeric>

#include "modules/issues/issue_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::similarities {
namespace {

using consultations::ConsultationSheet;

class SimilarityServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        search = std::make_unique<search::SearchService>(
            database(), *audit, *consultations,
            search::read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml"));
        similarities = std::make_unique<SimilarityService>(database(), *audit, *consultations, *search);
    }

    /// A sheet with little but these.
    ConsultationSheet about(const std::string& request, const std::vector<std::string>& elements = {},
                            const std::string& subject = {}) {
        ConsultationSheet body = sheet("2026-10-01", "home_life");
        body.subject = subject;
        body.request = request;
        body.background = "";
        body.scenes = {record::Code<"scene">("daily")};
        for (const auto& element : elements)
            body.elements.push_back({record::Code<"element">(element), consultations::ElementValue::yes, {}});
        return body;
    }

    core::ConsultationId add(const access::Actor& actor, ConsultationSheet body) {
        if (actor.desks.front() == far_desk)
            body.district_id = far_ward;
        return create(actor, std::move(body)).id;
    }

    SimilarCases asked(const access::Actor& actor, const ConsultationSheet& body) {
        TypedSheet typed;
        typed.sheet = body;
        return similarities->similar_to(actor, typed);
    }

    /// As the people of the desk confirmed the words of its background.
    void confirm(const core::ConsultationId& id, const access::Actor& by, const std::string& background) {
        database().write([&](db::WriteTx& tx) {
            tx.execute(
                "INSERT INTO anonymised_texts (consultation_id, desk_id, municipality_id, version, sheet_version, "
                "confirmed_at, confirmed_by, originals, document, decisions) SELECT c.id, c.desk_id, "
                "c.municipality_id, 1, c.version, c.updated_at, :by, '', :document, '[]' FROM consultations c "
                "WHERE c.id = :id",
                db::Params()
                    .set("id", id)
                    .set("by", by.user_id)
                    .set("document", R"({"fields":[{"field":"background","text":")" + background +
                                         R"("}],"age_band":null,"household":"alone",)"
                                         R"("care_level":null,"district_id":null})"));
        });
    }

    static std::vector<std::string> subjects(const SimilarCases& cases) {
        std::vector<std::string> result;
        for (const auto& one : cases.items)
            result.push_back(one.subject);
        return result;
    }

    static bool has_point(const SimilarCase& one, PointKind kind, const std::string& text) {
        return std::ranges::any_of(one.points, [&](const CommonPoint& point) {
            return point.kind == kind && (point.text == text || point.code == text);
        });
    }

    std::unique_ptr<search::SearchService> search;
    std::unique_ptr<SimilarityService> similarities;
};

TSUNAGI_BOTH_ENGINES(SimilarityServiceTest);

using Subjects = std::vector<std::string>;

TEST_P(SimilarityServiceTest, SaysWhatTheTwoHaveInCommonAndWhatCameOfIt) {
    auto earlier = about("夜間の吸引に困る", {"dementia", "garbage"}, "Earlier");
    earlier.result.emplace("solved");
    earlier.support_text = "A nurse was found";
    add(coordinator, earlier);
    add(coordinator, about("研修の講師を探す", {}, "Another thing"));
    const auto found = asked(coordinator, about("吸引を夜間に頼みたい", {"dementia"}));
    EXPECT_TRUE(found.asked);
    ASSERT_EQ(subjects(found), Subjects{"Earlier"});
    const SimilarCase& one = found.items.front();
    EXPECT_TRUE(has_point(one, PointKind::code, "dementia"));
    EXPECT_FALSE(has_point(one, PointKind::code, "garbage"));
    EXPECT_TRUE(has_point(one, PointKind::word, "夜間"));
    EXPECT_TRUE(has_point(one, PointKind::word, "吸引"));
    EXPECT_EQ(one.support_text, "A nurse was found");
    ASSERT_TRUE(one.result);
    EXPECT_EQ(one.result->value, "solved");
}

TEST_P(SimilarityServiceTest, TheScoreIsTheSumOfThePointsAndDecidesTheOrder) {
    add(coordinator, about("褥瘡の処置", {"dementia"}, "One element"));
    add(coordinator, about("夜間の吸引", {"dementia", "garbage"}, "Two elements and words"));
    add(coordinator, about("夜間の連絡", {"garbage"}, "One element and a word"));
    const auto found = asked(coordinator, about("夜間の吸引", {"dementia", "garbage"}));
    ASSERT_EQ(found.items.size(), 3U);
    EXPECT_EQ(found.items[0].subject, "Two elements and words");
    double before = 1e9;
    for (const auto& one : found.items) {
        const double sum =
            std::accumulate(one.points.begin(), one.points.end(), 0.0,
                            [](double so_far, const CommonPoint& point) { return so_far + point.weight; });
        EXPECT_NEAR(one.score, sum, 1e-9);
        EXPECT_LE(one.score, before);
        before = one.score;
        EXPECT_TRUE(std::ranges::is_sorted(one.points, std::greater(), &CommonPoint::weight));
    }
}

TEST_P(SimilarityServiceTest, WhatEverybodyHasCountsLittle) {
    for (int i = 0; i < 60; ++i)
        add(coordinator, about("別の件", {"dementia"}, "Common " + std::to_string(i)));
    add(coordinator, about("別の件", {"garbage"}, "Rare"));
    const auto found = asked(coordinator, about("", {"dementia", "garbage"}));
    ASSERT_FALSE(found.items.empty());
    EXPECT_EQ(found.items.front().subject, "Rare");
}

TEST_P(SimilarityServiceTest, NothingWrittenAndNothingAlikeAreToldApart) {
    EXPECT_FALSE(asked(coordinator, ConsultationSheet()).asked);
    const auto found = asked(coordinator, about("褥瘡", {"garbage"}));
    EXPECT_TRUE(found.asked);
    EXPECT_TRUE(found.items.empty());
}

TEST_P(SimilarityServiceTest, IsNotLikeItselfNorADraft) {
    const auto id = add(coordinator, about("夜間の吸引", {"dementia"}, "Itself"));
    auto draft = about("夜間の吸引", {"dementia"}, "Draft");
    consultations->create(coordinator,
                          {.desk_id = center, .state = consultations::ConsultationState::draft, .sheet = draft}, "");
    EXPECT_TRUE(similarities->similar_to(coordinator, id).items.empty());
    add(coordinator, about("夜間の吸引", {"dementia"}, "The other"));
    EXPECT_EQ(subjects(similarities->similar_to(coordinator, id)), Subjects{"The other"});
}

TEST_P(SimilarityServiceTest, TheScopeDecidesWhatIsFound) {
    const auto own = add(coordinator, about("夜間の吸引", {"dementia"}, "Own"));
    add(colleague, about("夜間の吸引", {"dementia"}, "Station"));
    add(stranger, about("夜間の吸引", {"dementia"}, "Far"));
    const auto question = about("夜間の吸引", {"dementia"});
    EXPECT_EQ(subjects(asked(coordinator, question)), Subjects{"Own"});
    EXPECT_EQ(subjects(asked(lead, question)).size(), 2U);
    EXPECT_EQ(subjects(similarities->similar_to(officer, own)), Subjects{"Station"});
    EXPECT_EQ(test::faults([&] { (void)similarities->similar_to(stranger, own); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(test::faults([&] { (void)similarities->similar_to(advisor, own); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(test::faults([&] { (void)asked(officer, question); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(test::faults([&] { (void)similarities->similar_to(prefectural, own); }),
              std::set<std::string>{"forbidden"});
}

TEST_P(SimilarityServiceTest, OfAnotherDesksCaseOnlyTheBackgroundWhenItIsShared) {
    auto theirs = about("夜間の吸引を頼みたいとの電話", {"dementia"}, "Their subject");
    theirs.elements[0].value = consultations::ElementValue::text;
    theirs.elements[0].text = "a word in the cell";
    theirs.background = "架空花子さんは独居で夜間の見守りがない";
    theirs.illness = "心不全";
    theirs.support_text = "What they did";
    theirs.household.emplace("alone");
    const auto id = add(colleague, theirs);
    const auto question = about("夜間の吸引", {"dementia"});
    EXPECT_TRUE(asked(coordinator, question).items.empty()) << "not shared";
    consultations->share(colleague, id, 1, {.shared_with_municipality = true});
    const auto unconfirmed = asked(coordinator, question);
    ASSERT_EQ(unconfirmed.items.size(), 1U);
    EXPECT_EQ(unconfirmed.items.front().background, "") << "nobody has looked for names in it yet";
    EXPECT_FALSE(has_point(unconfirmed.items.front(), PointKind::word, "夜間"));
    EXPECT_EQ(
        number("SELECT count(*) FROM audit_entries WHERE action = 'similar' AND detail LIKE '%" + id.str() + "%'"), 1)
        << "it was shown";
    confirm(id, colleague, "独居で夜間の見守りがない");
    const auto found = asked(coordinator, question);
    ASSERT_EQ(found.items.size(), 1U);
    const SimilarCase& one = found.items.front();
    EXPECT_FALSE(one.id);
    EXPECT_FALSE(one.desk_id);
    EXPECT_EQ(one.number + one.subject + one.support_text, "");
    EXPECT_FALSE(one.received_on);
    EXPECT_FALSE(one.district_id);
    EXPECT_FALSE(one.state);
    EXPECT_EQ(one.background, "独居で夜間の見守りがない");
    EXPECT_TRUE(has_point(one, PointKind::word, "夜間")) << "it stands in the background";
    EXPECT_FALSE(has_point(one, PointKind::word, "吸引")) << "it stands in the request, which is not theirs to know";
    for (const auto& point : one.points)
        EXPECT_NE(point.kind, PointKind::district);
    // A question by the withheld words alone finds nothing.
    auto by_illness = about("電話", {});
    by_illness.illness = "心不全";
    by_illness.topic.reset();
    by_illness.scenes.clear();
    EXPECT_TRUE(asked(coordinator, by_illness).items.empty());
    EXPECT_TRUE(asked(stranger, question).items.empty()) << "another municipality";
    consultations->share(colleague, id, 2, {.shared_with_municipality = false});
    EXPECT_TRUE(asked(coordinator, question).items.empty()) << "no longer shared";
}

TEST_P(SimilarityServiceTest, AnAdvisorComparesBackgroundsAlone) {
    auto one = about("夜間の吸引", {}, "First");
    one.background = "独居";
    auto other = about("夜間の吸引", {}, "Second");
    other.background = "入院中";
    const auto id = add(coordinator, one);
    add(coordinator, other);
    disclose(id);
    EXPECT_TRUE(similarities->similar_to(advisor, id).items.empty()) << "only one case stands on the agenda";
}

TEST_P(SimilarityServiceTest, WhatIsShownIsOneReadingInTheAudit) {
    const auto shown = add(coordinator, about("夜間の吸引", {"dementia"}, "Shown"));
    audit::AuditFilter filter;
    filter.action = "similar";
    (void)asked(coordinator, about("褥瘡", {}));
    EXPECT_TRUE(audit->search(filter).items.empty()) << "nothing was shown";
    for (int i = 0; i < 3; ++i)
        (void)asked(coordinator, about("夜間の吸引", {"dementia"}));
    auto rows = audit->search(filter).items;
    ASSERT_EQ(rows.size(), 1U) << "while somebody types the same case comes again and again";
    EXPECT_EQ(rows[0].detail, shown.str()) << "which records, and nothing that was asked";
    (void)asked(lead, about("夜間の吸引", {"dementia"}));
    EXPECT_EQ(audit->search(filter).items.size(), 2U) << "another person";
}

TEST_P(SimilarityServiceTest, TheIndexFindsWordsAmongManySheets) {
    add(coordinator, about("紫陽花園の夜間対応", {}, "The one"));
    for (int i = 0; i < 600; ++i)
        add(coordinator, about("相談の件 number " + std::to_string(i), {}, "Filler"));
    while (search->index().advance()) {
    }
    const auto found = asked(coordinator, about("紫陽花園について", {}));
    ASSERT_FALSE(found.items.empty());
    EXPECT_EQ(found.items.front().subject, "The one");
    EXPECT_TRUE(has_point(found.items.front(), PointKind::word, "紫陽花園"));
    EXPECT_FALSE(found.indexing);
}

}  // namespace
}  // namespace tsunagi::similarities
