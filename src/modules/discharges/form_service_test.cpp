// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_test.hpp"

namespace tsunagi::discharges {
namespace {

class FormServiceTest : public DischargeTest {};

TSUNAGI_BOTH_ENGINES(FormServiceTest);

TEST_P(FormServiceTest, FormsAreSealedAndKeepTheirVersions) {
    const auto about = create(coordinator, sheet());
    const auto one = make(coordinator, text(), about.id);
    const auto answer = [](const char* field, const char* words, std::vector<record::CodeName> choices = {}) {
        FormAnswer result;
        result.field = record::CodeName(field);
        result.text = words;
        result.choices = std::move(choices);
        return result;
    };
    NewForm body;
    body.form = record::CodeName("admission_information");
    body.consultation_id = about.id;
    body.text.written_on = day("2026-11-04");
    body.text.answers = {answer("name", "Yamada Hanako"), answer("walking", "", {record::CodeName("watch")}),
                         answer("hobbies", " \xe3\x80\x80")};
    EXPECT_EQ(faults([&] { (void)forms->create(coordinator, body, ""); }), (Faults{"/discharge_id required"}));
    body.discharge_id = one.id;
    auto wrong = body;
    wrong.text.answers = {answer("nonsense", "x"), answer("walking", "", {record::CodeName("flying")}),
                          answer("born_on", "yesterday"), answer("meals", "three"),
                          answer("name", "", {record::CodeName("a")})};
    EXPECT_EQ(faults([&] { (void)forms->create(coordinator, wrong, ""); }),
              (Faults{"/text/answers/0/field unknown_code", "/text/answers/1/choices unknown_code",
                      "/text/answers/2/text date", "/text/answers/3/text number", "/text/answers/4/text not_allowed"}));
    wrong.text.answers = {answer("meals", "nan")};
    EXPECT_EQ(faults([&] { (void)forms->create(coordinator, wrong, ""); }), (Faults{"/text/answers/0/text number"}));
    auto form = forms->create(coordinator, body, "key");
    EXPECT_EQ(forms->create(coordinator, body, "key").id, form.id);
    EXPECT_EQ(form.text.answers.size(), 2U);  // what says nothing is not kept
    EXPECT_EQ(number("SELECT count(*) FROM discharge_forms WHERE sealed LIKE '%Yamada%'"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM discharge_form_versions WHERE document LIKE '%Yamada%'"), 0);
    auto text = form.text;
    text.answers[0].text = "Yamada Hana";
    form = forms->change(coordinator, form.id, 1, {text, "misspelt"});
    EXPECT_EQ(faults([&] { (void)forms->change(lead, form.id, 1, {text, ""}); }), (Faults{"stale"}));
    const auto history = forms->history(coordinator, form.id, {{"Who wrote it"}});
    ASSERT_EQ(history.items.size(), 2U);
    EXPECT_EQ(history.items[0].text.answers[0].text.str(), "Yamada Hanako");
    EXPECT_EQ(history.items[1].reason, "misspelt");

    FormFilter filter;
    EXPECT_EQ(faults([&] { (void)forms->list(coordinator, filter); }), (Faults{"?discharge required"}));
    filter.discharge = one.id;
    EXPECT_EQ(forms->list(coordinator, filter).items.size(), 1U);
    EXPECT_EQ(forms->list(officer, filter).items.size(), 1U);
    EXPECT_EQ(forms->list(stranger, filter).items.size(), 0U);
    EXPECT_EQ(faults([&] { (void)forms->head(officer, form.id); }), (Faults{"not_found"}));
    EXPECT_EQ(faults([&] { (void)forms->open(officer, form.id, reading("Curious")); }), (Faults{"not_found"}));
    (void)consultations->share(coordinator, about.id, 1, {true});
    EXPECT_EQ(forms->head(officer, form.id).subject, one.text.subject.str());
    EXPECT_EQ(forms->open(officer, form.id, reading()).text.answers[0].text.str(), "Yamada Hana");
    (void)forms->open(officer, form.id, reading("For the crew", true));
    EXPECT_EQ(faults([&] { (void)forms->change(officer, form.id, 2, {text, ""}); }), (Faults{"forbidden"}));
    EXPECT_EQ(faults([&] { (void)forms->open(stranger, form.id, reading("Curious")); }), (Faults{"not_found"}));

    NewForm emergency;
    emergency.form = record::CodeName("emergency_sheet");
    emergency.consultation_id = about.id;
    emergency.text.written_on = day("2026-11-17");
    EXPECT_EQ(forms->create(coordinator, emergency, "").subject, about.sheet.subject.str());
    const auto audited = [&](const std::string& what) {
        return number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'discharge_form' AND " + what);
    };
    EXPECT_EQ(audited("action = 'read_person' AND detail = 'Who wrote it'"), 1);
    EXPECT_EQ(audited("action = 'read_person' AND detail = 'Ambulance'"), 1);
    EXPECT_EQ(audited("action = 'print' AND detail = 'For the crew'"), 1);
    EXPECT_EQ(audited("action IN ('read', 'read_person', 'print')"), 3) << "neither a head nor a refusal is a reading";
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE detail LIKE '%Yamada%'"), 0);
    auto writer = coordinator;
    writer.permissions.erase("persons.read");  // who may not know the person writes no form about them either
    EXPECT_EQ(faults([&] { (void)forms->head(writer, form.id); }), (Faults{"forbidden"}));
    EXPECT_EQ(faults([&] { (void)forms->open(writer, form.id, reading()); }), (Faults{"forbidden"}));
    EXPECT_EQ(faults([&] { (void)forms->history(writer, form.id, {{"Why"}}); }), (Faults{"forbidden"}));
    EXPECT_EQ(faults([&] { (void)forms->create(writer, emergency, ""); }), (Faults{"forbidden"}));
    EXPECT_EQ(faults([&] { (void)forms->change(writer, form.id, 2, {text, ""}); }), (Faults{"forbidden"}));
}

}  // namespace
}  // namespace tsunagi::discharges
