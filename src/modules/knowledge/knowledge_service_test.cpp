// SPDX-License-Identifier: Apache-2.0
#include "modules/knowledge/knowledge_service.hpp"

#include "modules/knowledge/term_rules.hpp"
#include "modules/search/search_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::knowledge {
namespace {

const std::filesystem::path standard = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard";

class KnowledgeServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        words = search::read_search_words(standard / "search_words.yaml");
        knowledge =
            std::make_unique<KnowledgeService>(database(), *audit, words->folding, read_knowledge(standard), clock);
        for (auto* person : {&coordinator, &colleague, &lead, &stranger, &officer})
            person->permissions.insert("terms.write");
    }

    static TermText text(const std::string& headword, const std::string& kind = "paper") {
        TermText result;
        result.headword.value = headword;
        result.kind = record::CodeName(kind);
        result.text.value = "What we say of it.";
        return result;
    }

    Term shown(const access::Actor& actor, const std::string& id) { return knowledge->term(actor, id); }

    std::set<std::string> found(const access::Actor& actor, const TermFilter& filter) {
        std::set<std::string> result;
        for (const Term& term : knowledge->list(actor, filter).items)
            result.insert(term.id.str());
        return result;
    }

    static TermFilter asking(const std::string& q) { return {.q = q, .kind = {}, .hidden = {}}; }

    std::optional<search::SearchWords> words;
    std::unique_ptr<KnowledgeService> knowledge;
};

using test::faults;
using Names = std::set<std::string>;

TSUNAGI_BOTH_ENGINES(KnowledgeServiceTest);

TEST_P(KnowledgeServiceTest, ATermIsFoundHoweverItIsWritten) {
    EXPECT_TRUE(found(coordinator, asking("とくべつほうもんかんご")).contains("special_nursing_order"));
    EXPECT_TRUE(found(coordinator, asking("トクベツホウモンカンゴ")).contains("special_nursing_order"));
    EXPECT_TRUE(found(coordinator, asking("ｹｱﾏﾈ")).contains("care_manager"));
    EXPECT_EQ(found(coordinator, asking("hot")), Names{"home_oxygen"});
    EXPECT_TRUE(found(coordinator, asking("指示書 14日")).contains("special_nursing_order"));
    EXPECT_FALSE(found(coordinator, asking("指示書 14日")).contains("home_nursing_order"));
    EXPECT_TRUE(found(coordinator, asking("nothing says this")).empty());
    TermFilter papers;
    papers.kind.emplace_back("paper");
    for (const Term& term : knowledge->list(advisor, papers).items)
        EXPECT_EQ(term.text.kind.str(), "paper") << term.id.str();
    const auto statements = database().statements();
    const auto all = knowledge->list(coordinator, {});
    EXPECT_LE(database().statements() - statements, 3) << "however many terms there are";
    EXPECT_TRUE(std::ranges::is_sorted(all.items, {}, [](const Term& term) { return term.text.kana.str(); }));
}

TEST_P(KnowledgeServiceTest, AMunicipalityWritesOverThePackAndReturns) {
    auto own = text("褥瘡", "medical");
    own.names.emplace_back("床ずれ");
    own.links.push_back({.title = {"Sheet of our nurses"}, .place = {"Shared folder > nursing"}});
    const Term changed = knowledge->change(coordinator, "pressure_ulcer", 0, own);
    EXPECT_EQ(changed.id.str(), "pressure_ulcer");
    EXPECT_EQ(changed.version, 1);
    EXPECT_TRUE(changed.own && changed.of_pack && changed.pack_text.has_value());
    EXPECT_EQ(changed.updated_by_name, coordinator.name);
    for (const auto* reader : {&colleague, &officer, &advisor}) {
        const Term seen = shown(*reader, "pressure_ulcer");
        EXPECT_EQ(seen.text.text.str(), "What we say of it.");
        EXPECT_EQ(seen.text.links.size(), 1U);
        EXPECT_NE(seen.pack_text->text.str(), seen.text.text.str());
    }
    for (const auto* reader : {&stranger, &prefectural})
        EXPECT_FALSE(shown(*reader, "pressure_ulcer").own);

    EXPECT_EQ(faults([&] { (void)knowledge->change(colleague, "pressure_ulcer", 0, own); }), Names{"stale"});
    own.text.value = "Better.";
    EXPECT_EQ(knowledge->change(colleague, "pressure_ulcer", 1, own).version, 2);
    knowledge->remove(officer, "pressure_ulcer", 2);
    const Term back = shown(coordinator, "pressure_ulcer");
    EXPECT_FALSE(back.own);
    EXPECT_EQ(back.version, 3);
    EXPECT_EQ(back.text.text.str(), read_knowledge(standard).term("pressure_ulcer")->text.text.str());
    EXPECT_EQ(knowledge->change(coordinator, "pressure_ulcer", 3, own).version, 4);

    const auto versions = knowledge->versions(colleague, "pressure_ulcer").items;
    ASSERT_EQ(versions.size(), 4U);
    EXPECT_EQ(versions.front().version, 4);
    EXPECT_EQ(versions[1].kind, TermChangeKind::returned);
    EXPECT_EQ(versions[2].text.text.str(), "Better.");
    EXPECT_EQ(versions[3].by_name, coordinator.name);
    EXPECT_TRUE(knowledge->versions(stranger, "pressure_ulcer").items.empty());
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'term' AND subject_id = "
                     "'pressure_ulcer'"),
              4);
    EXPECT_EQ(knowledge->change(stranger, "pressure_ulcer", 0, own).version, 1) << "each municipality has its own";
}

TEST_P(KnowledgeServiceTest, OwnTermsBelongToOneMunicipality) {
    auto own = text("つなぎ帳");
    own.related.emplace_back("acp");
    const Term made = knowledge->create(coordinator, own, "once");
    EXPECT_EQ(knowledge->create(coordinator, own, "once").id, made.id);
    EXPECT_EQ(made.version, 1);
    EXPECT_FALSE(made.of_pack);
    EXPECT_EQ(found(officer, asking("つなぎ帳")), Names{made.id.str()});
    EXPECT_TRUE(found(stranger, asking("つなぎ帳")).empty());
    EXPECT_EQ(faults([&] { (void)shown(stranger, made.id.str()); }), Names{"not_found"});
    EXPECT_EQ(faults([&] { (void)knowledge->change(stranger, made.id.str(), 1, own); }), Names{"not_found"});
    EXPECT_EQ(faults([&] { (void)knowledge->hide(stranger, made.id.str(), 1, true); }), Names{"not_found"});
    EXPECT_EQ(faults([&] { knowledge->remove(stranger, made.id.str(), 1); }), Names{"not_found"});
    EXPECT_EQ(faults([&] { (void)knowledge->versions(stranger, made.id.str()); }), Names{"not_found"});
    for (const auto* other : {&advisor, &prefectural}) {
        EXPECT_EQ(faults([&] { (void)knowledge->create(*other, own, ""); }), Names{"forbidden"});
        EXPECT_EQ(faults([&] { (void)knowledge->change(*other, made.id.str(), 1, own); }), Names{"forbidden"});
        EXPECT_EQ(faults([&] { (void)knowledge->hide(*other, made.id.str(), 1, true); }), Names{"forbidden"});
        EXPECT_EQ(faults([&] { knowledge->remove(*other, made.id.str(), 1); }), Names{"forbidden"});
    }
    EXPECT_EQ(faults([&] { knowledge->remove(colleague, made.id.str(), 7); }), Names{"stale"});
    knowledge->remove(colleague, made.id.str(), 1);
    EXPECT_EQ(faults([&] { (void)shown(coordinator, made.id.str()); }), Names{"not_found"});
    EXPECT_EQ(number("SELECT count(*) FROM term_versions"), 2) << "taken away, not deleted";
    EXPECT_EQ(knowledge->create(coordinator, own, "").version, 1) << "the word is free again";
}

TEST_P(KnowledgeServiceTest, OneOfSeveralMunicipalitiesIsReadAndWritten) {
    const Term made = knowledge->create(coordinator, text("つなぎ帳"), "");
    access::Actor both = stranger;
    both.municipalities = officer.municipalities;
    EXPECT_EQ(faults([&] { (void)shown(both, made.id.str()); }), Names{"not_found"}) << "the desk comes first";
    both.desk_municipalities.insert(both.desk_municipalities.begin(), officer.municipalities.front());
    EXPECT_EQ(shown(both, made.id.str()).id, made.id);
    EXPECT_EQ(knowledge->change(both, made.id.str(), 1, text("つなぎ帳")).version, 2);
    access::Actor advisor_of_the_prefecture = prefectural;
    advisor_of_the_prefecture.assignments.insert(advisor_of_the_prefecture.assignments.end(),
                                                 advisor.assignments.begin(), advisor.assignments.end());
    EXPECT_EQ(shown(advisor_of_the_prefecture, made.id.str()).id, made.id);
}

TEST_P(KnowledgeServiceTest, WhatIsWrittenOutlivesATermOfThePack) {
    auto own = text("褥瘡", "medical");
    (void)knowledge->change(coordinator, "pressure_ulcer", 0, own);
    (void)knowledge->hide(coordinator, "adl", 0, true);
    (void)knowledge->set_done(coordinator, "role", true);
    KnowledgePack later = read_knowledge(standard);
    std::erase_if(later.terms,
                  [](const PackTerm& term) { return term.id.str() == "pressure_ulcer" || term.id.str() == "adl"; });
    std::erase_if(later.steps.front().items, [](const LearningItem& item) { return item.item.str() == "role"; });
    const auto before = std::move(knowledge);
    knowledge = std::make_unique<KnowledgeService>(database(), *audit, words->folding, std::move(later), clock);
    const Term left = shown(coordinator, "pressure_ulcer");
    EXPECT_TRUE(left.own && !left.of_pack && !left.pack_text);
    EXPECT_EQ(left.text.text.str(), "What we say of it.");
    EXPECT_TRUE(found(officer, asking("褥瘡")).contains("pressure_ulcer"));
    EXPECT_EQ(faults([&] { (void)shown(coordinator, "adl"); }), Names{"not_found"}) << "nothing was written of it";
    EXPECT_EQ(faults([&] { (void)shown(stranger, "pressure_ulcer"); }), Names{"not_found"});
    own.text.value = "Better.";
    EXPECT_EQ(knowledge->change(colleague, "pressure_ulcer", 1, own).version, 2);
    EXPECT_EQ(knowledge->versions(colleague, "pressure_ulcer").items.size(), 2U);
    knowledge->remove(colleague, "pressure_ulcer", 2);
    EXPECT_EQ(faults([&] { (void)shown(coordinator, "pressure_ulcer"); }), Names{"not_found"});
    EXPECT_EQ(faults([&] { (void)knowledge->set_done(coordinator, "role", false); }), Names{"not_found"});
    EXPECT_TRUE(before->learning(coordinator).steps.front().items.front().done_at.has_value()) << "the tick rests";
    EXPECT_FALSE(before->term(coordinator, "pressure_ulcer").own) << "and the term comes back";
}

TEST_P(KnowledgeServiceTest, TakingBackWhatNobodyWroteChangesNothing) {
    const Term hidden = knowledge->hide(coordinator, "adl", 0, true);
    knowledge->remove(coordinator, "adl", hidden.version);
    knowledge->remove(coordinator, "acp", 0);
    EXPECT_EQ(shown(coordinator, "adl").version, 1);
    EXPECT_TRUE(shown(coordinator, "adl").hidden);
    EXPECT_EQ(number("SELECT count(*) FROM term_versions"), 1);
}

TEST(TermRulesTest, AListThatNobodyCouldReadThroughGrowsNoFurther) {
    EXPECT_EQ(faults([] { check_room(std::vector<Term>(1999)); }), Names{});
    EXPECT_EQ(faults([] { check_room(std::vector<Term>(2000)); }), Names{"/headword too_many"});
}

TEST_P(KnowledgeServiceTest, AHiddenTermIsInNoListUntilItIsShownAgain) {
    const Term hidden = knowledge->hide(coordinator, "adl", 0, true);
    EXPECT_TRUE(hidden.hidden);
    EXPECT_FALSE(found(colleague, asking("ADL")).contains("adl"));
    EXPECT_TRUE(found(stranger, asking("ADL")).contains("adl"));
    TermFilter all = asking("ADL");
    all.hidden = true;
    EXPECT_TRUE(found(colleague, all).contains("adl"));
    EXPECT_EQ(knowledge->hide(colleague, "adl", hidden.version, false).version, 2);
    EXPECT_TRUE(found(coordinator, asking("ADL")).contains("adl"));
    EXPECT_FALSE(shown(coordinator, "adl").own) << "hiding writes no text";
}

TEST_P(KnowledgeServiceTest, WrongFieldsAreNamedTogether) {
    auto wrong = text("Advance care planning", "colour");
    wrong.headword.value = "人生会議";
    wrong.names.emplace_back("名");
    wrong.names.emplace_back("名");
    wrong.related.emplace_back("nobody_knows");
    wrong.related.emplace_back("adl");
    wrong.related.emplace_back("adl");
    wrong.links.resize(21);
    const Names expected{"/kind unknown_code",   "/headword duplicate",  "/names/1 duplicate",
                         "/related/0 not_found", "/related/2 duplicate", "/links too_many"};
    EXPECT_EQ(faults([&] { (void)knowledge->create(coordinator, wrong, ""); }), expected);
    auto itself = text("ADL", "medical");
    itself.related.emplace_back("adl");
    EXPECT_EQ(faults([&] { (void)knowledge->change(coordinator, "adl", 0, itself); }), Names{"/related/0 not_found"});
    EXPECT_EQ(number("SELECT count(*) FROM terms"), 0);
}

TEST_P(KnowledgeServiceTest, WhatSomebodyHasLearnedIsTheirsAlone) {
    const auto done = [&](const access::Actor& actor) {
        Names result;
        for (const LearningStep& step : knowledge->learning(actor).steps) {
            for (const LearningItem& item : step.items) {
                if (item.done_at)
                    result.insert(item.item.str());
            }
        }
        return result;
    };
    const auto audited = number("SELECT count(*) FROM audit_entries");
    (void)knowledge->set_done(coordinator, "first_call", true);
    (void)knowledge->set_done(coordinator, "first_call", true);
    (void)knowledge->set_done(coordinator, "role", true);
    EXPECT_EQ(done(coordinator), (Names{"first_call", "role"}));
    EXPECT_TRUE(done(lead).empty());
    (void)knowledge->set_done(lead, "first_call", false);
    EXPECT_EQ(done(coordinator), (Names{"first_call", "role"}));
    (void)knowledge->set_done(coordinator, "role", false);
    EXPECT_EQ(done(coordinator), Names{"first_call"});
    EXPECT_EQ(faults([&] { (void)knowledge->set_done(coordinator, "nothing", true); }), Names{"not_found"});
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries"), audited) << "the administrator does not read it either";
}

}  // namespace
}  // namespace tsunagi::knowledge
