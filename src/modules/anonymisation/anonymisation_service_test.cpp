// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/anonymisation_service.hpp"

#include <algorithm>
#include <set>

#include "tests/support/city_test.hpp"

namespace tsunagi::anonymisation {
namespace {

using test::faults;

class AnonymisationServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        anonymisation = std::make_unique<AnonymisationService>(
            database(), *audit, *consultations,
            read_anonymisation_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard"), clock);
    }

    consultations::Consultation written(const std::string& request, const std::string& key = {}) {
        auto body = sheet();
        body.request = request;
        body.background = "Tanaka lives alone";
        body.support_text = "Called Tanaka at 03-9999-0000";
        body.awareness = "Tanaka waits too long";
        body.illness = "dementia";
        body.age_band.emplace("age_85_89");
        body.household.emplace("alone");
        auto made = create(coordinator, body, key);
        consultations::Person person;
        person.name = "Tanaka Mei";
        person.born_on = core::Date::parse("1938-05-03");
        person.phone = "03-9999-0000";
        return consultations->put_person(coordinator, made.id, made.version, person);
    }

    static std::vector<MarkDecision> all_replaced(const Identifiers& found) {
        std::vector<MarkDecision> result;
        for (const Mark& mark : found.marks)
            result.push_back({.field = {mark.field},
                              .start = {mark.start},
                              .end = {mark.end},
                              .kind = mark.kind,
                              .source = mark.source,
                              .replace = true,
                              .replacement = {"#"},
                              .reason = {}});
        return result;
    }

    Anonymised confirm(const core::ConsultationId& id, std::int64_t version = 0) {
        const auto found = anonymisation->identifiers(coordinator, id);
        return anonymisation->confirm(coordinator, id, version, {found.sheet_version, all_replaced(found)});
    }

    static std::string text_of(const Anonymised& anonymised, const std::string& field) {
        const auto found = std::ranges::find(anonymised.fields, field, &consultations::FieldText::field);
        return found == anonymised.fields.end() ? "-" : found->text;
    }

    std::unique_ptr<AnonymisationService> anonymisation;
};

TSUNAGI_BOTH_ENGINES(AnonymisationServiceTest);

TEST_P(AnonymisationServiceTest, MarksWhatIsKnownOfTheCase) {
    const auto one = written("Mei Tanaka born 1938/5/3, asked by Ishida (Office Minato), 0399990000");
    const auto found = anonymisation->identifiers(coordinator, one.id);
    EXPECT_TRUE(found.person_known);
    EXPECT_EQ(found.sheet_version, 2);
    std::set<std::string> marked;
    for (const Mark& mark : found.marks) {
        if (mark.field == "request")
            marked.insert(record::to_text(mark.kind) + " " + std::to_string(mark.start) + "-" +
                          std::to_string(mark.end));
    }
    EXPECT_EQ(marked, (std::set<std::string>{"own_name 0-10", "birth_date 16-24", "person_name 35-41", "facility 43-56",
                                             "phone 59-69"}));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'read_person' AND detail = 'anonymisation'"),
              1);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'read' AND detail = 'anonymisation'"), 1);
}

TEST_P(AnonymisationServiceTest, ARareCombinationIsMarkedAndACommonOneIsNot) {
    const auto one = written("alone");
    const auto rare = anonymisation->identifiers(coordinator, one.id);
    const auto combination = [](const Identifiers& found, const std::string& field) {
        return std::ranges::any_of(found.marks, [&](const Mark& other) {
            return other.kind == MarkKind::combination && other.field == field;
        });
    };
    EXPECT_TRUE(combination(rare, "district_id"));
    EXPECT_TRUE(combination(rare, "illness"));
    for (int i = 0; i < 9; ++i) {
        auto body = one.sheet;
        body.illness = i < 4 ? "dementia" : "asthma";
        (void)create(coordinator, body);
    }
    const auto common = anonymisation->identifiers(coordinator, one.id);
    EXPECT_FALSE(combination(common, "district_id")) << "ten share it";
    EXPECT_TRUE(combination(common, "illness"));
}

TEST_P(AnonymisationServiceTest, ConfirmedWordsStandBesideTheRecordAndAreOutOfDateWhenItsWordsChange) {
    auto one = written("Tanaka calls");
    const auto saved = confirm(one.id);
    EXPECT_EQ(saved.version, 1);
    EXPECT_EQ(text_of(saved, "request"), "# calls");
    EXPECT_EQ(text_of(saved, "support_text"), "Called # at #");
    EXPECT_FALSE(saved.coded.district_id) << "a rare combination was left out";
    EXPECT_TRUE(saved.coded.age_band);
    EXPECT_FALSE(saved.out_of_date);
    EXPECT_EQ(consultations->get(coordinator, one.id).sheet.request.str(), "Tanaka calls") << "the original stays";
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'anonymise'"), 1);

    one = consultations->change_state(coordinator, one.id, 2, {consultations::ConsultationState::on_hold, ""});
    EXPECT_FALSE(anonymisation->get(coordinator, one.id).out_of_date) << "its words are the same";
    auto body = one.sheet;
    body.request = "Tanaka calls again";
    (void)consultations->replace(coordinator, one.id, 3, body);
    EXPECT_TRUE(anonymisation->get(coordinator, one.id).out_of_date);
    EXPECT_EQ(confirm(one.id, 1).version, 2);
    EXPECT_EQ(number("SELECT count(*) FROM anonymised_text_versions"), 2);
}

TEST_P(AnonymisationServiceTest, NothingIsKeptUndecidedOrFromAnOldSheet) {
    const auto one = written("Tanaka calls");
    const auto found = anonymisation->identifiers(coordinator, one.id);
    auto decisions = all_replaced(found);
    const auto put = [&](std::int64_t version, std::int64_t sheet_version) {
        return faults([&] { (void)anonymisation->confirm(coordinator, one.id, version, {sheet_version, decisions}); });
    };
    EXPECT_EQ(put(1, 2), std::set<std::string>{"stale"});
    EXPECT_EQ(put(0, 1), std::set<std::string>{"sheet_changed"});
    decisions[0].replace = false;
    EXPECT_EQ(put(0, 2), std::set<std::string>{"/decisions/0/reason required"});
    decisions[0].reason = "a common name";
    decisions[1].end.value = decisions[1].start.value;
    EXPECT_EQ(put(0, 2), (std::set<std::string>{"/decisions/1/end not_allowed", "/decisions undecided"}));
    decisions.erase(decisions.begin() + 1);
    EXPECT_EQ(put(0, 2), std::set<std::string>{"/decisions undecided"});
    EXPECT_EQ(number("SELECT count(*) FROM anonymised_texts"), 0);
}

TEST_P(AnonymisationServiceTest, WhoMayDoWhat) {
    const auto one = written("Tanaka calls");
    EXPECT_EQ(faults([&] { (void)anonymisation->identifiers(officer, one.id); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)anonymisation->identifiers(stranger, one.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)anonymisation->get(stranger, one.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)anonymisation->get(prefectural, one.id); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)anonymisation->get(advisor, one.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] {
                  (void)anonymisation->confirm(officer, one.id, 0, {2, {}});
              }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(anonymisation->get(officer, one.id).version, 0);
    auto draft = sheet();
    const auto begun = consultations->create(
        coordinator, {.desk_id = {}, .state = consultations::ConsultationState::draft, .sheet = draft}, "");
    EXPECT_EQ(faults([&] { (void)anonymisation->identifiers(coordinator, begun.id); }),
              std::set<std::string>{"not_allowed_in_state"});
}

TEST_P(AnonymisationServiceTest, AnAdvisorReadsTheConfirmedWordsAndNoOthers) {
    const auto one = written("Tanaka calls");
    disclose(one.id);
    auto seen = consultations->get(advisor, one.id);
    EXPECT_EQ(seen.sheet.support_text.str(), "") << "what was done is not shown word for word";
    EXPECT_EQ(seen.sheet.awareness.str(), "");
    EXPECT_EQ(seen.sheet.request.str(), "");
    EXPECT_EQ(consultations->cases(advisor, {}).items.at(0).support_text, "");
    (void)confirm(one.id);
    seen = consultations->get(advisor, one.id);
    EXPECT_EQ(seen.sheet.request.str(), "# calls");
    EXPECT_EQ(seen.sheet.background.str(), "# lives alone");
    EXPECT_EQ(seen.sheet.support_text.str(), "Called # at #");
    EXPECT_FALSE(seen.sheet.district_id);
    const auto background = consultations->cases(advisor, {}).items.at(0);
    EXPECT_EQ(background.support_text, "Called # at #");
    EXPECT_EQ(background.background, "# lives alone");
    EXPECT_EQ(consultations->list(advisor, {}).items.at(0).id, one.id);
    consultations::ConsultationFilter words;
    words.words = "Tanaka";
    EXPECT_TRUE(consultations->list(advisor, words).items.empty()) << "nothing is found in what is not shown";
    EXPECT_EQ(consultations->list(coordinator, words).items.size(), 1);
    for (const auto& version : consultations->history(advisor, one.id).items)
        EXPECT_EQ(version.sheet.support_text.str(), "Called # at #");
    const auto copy = anonymisation->get(advisor, one.id);
    EXPECT_EQ(copy.version, 1);
    EXPECT_EQ(copy.confirmed_by_name, "");
    EXPECT_TRUE(copy.decisions.empty());
    EXPECT_EQ(consultations->get(coordinator, one.id).sheet.support_text.str(), "Called Tanaka at 03-9999-0000");
}

}  // namespace
}  // namespace tsunagi::anonymisation
