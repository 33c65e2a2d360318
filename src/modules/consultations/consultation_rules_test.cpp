// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_rules.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tsunagi::consultations {
namespace {

core::Date day(const std::string& text) {
    return core::Date::parse(text).value();
}

packs::CodeEntry entry(const std::string& code, const std::string& parent = {},
                       const std::optional<core::Date>& retired_on = {}) {
    packs::CodeEntry result;
    result.code.value = code;
    result.label.ja.value = code;
    if (!parent.empty())
        result.parent.emplace(parent);
    result.retired_on = retired_on;
    return result;
}

packs::Scheme scheme(const std::string& name, std::vector<packs::CodeEntry> codes) {
    packs::Scheme result;
    result.name.value = name;
    result.codes = std::move(codes);
    return result;
}

packs::CodeBook book() {
    packs::Sheet sheet;
    sheet.fields.push_back({.field = record::CodeName("topic"), .required = true});
    sheet.fields.push_back({.field = record::CodeName("scenes"), .required = true});
    sheet.fields.push_back({.field = record::CodeName("subject"), .required = false});
    return packs::CodeBook({scheme("topic", {entry("life"), entry("fees"), entry("old", "", day("2026-04-01"))}),
                            scheme("subtopic", {entry("burden", "life"), entry("free")}),
                            scheme("scene", {entry("daily"), entry("gone", "", day("2026-04-01"))}),
                            scheme("element", {entry("dementia")}), scheme("result", {entry("solved")})},
                           sheet);
}

std::set<std::string> faults(const ConsultationSheet& sheet, Demand demand = Demand::registered,
                             const ConsultationSheet* before = nullptr) {
    const packs::CodeBook codes = book();
    std::set<std::string> result;
    for (const auto& error : check_sheet(sheet, {.codes = codes,
                                                .today = day("2026-11-17"),
                                                .latest_day = day("2026-11-17"),
                                                .demand = demand,
                                                .pointer = "",
                                                .before = before}))
        result.insert(error.pointer + " " + error.reason);
    return result;
}

ConsultationSheet good() {
    ConsultationSheet sheet;
    sheet.received_on = day("2026-05-01");
    sheet.topic.emplace("life");
    sheet.scenes.emplace_back("daily");
    return sheet;
}

TEST(ConsultationRules, ADraftMayBeEmptyARegisteredSheetMayNot) {
    EXPECT_EQ(faults({}, Demand::nothing), std::set<std::string>{});
    EXPECT_EQ(faults({}), (std::set<std::string>{"/received_on required", "/topic required", "/scenes required"}));
    EXPECT_EQ(faults(good()), std::set<std::string>{});
}

TEST(ConsultationRules, CodesAreThoseOfTheDayOfTheCall) {
    auto sheet = good();
    sheet.topic.emplace("old");
    sheet.scenes.emplace_back("gone");
    EXPECT_EQ(faults(sheet), (std::set<std::string>{"/topic retired_code", "/scenes/1 retired_code"}));
    EXPECT_EQ(faults(sheet, Demand::registered, &sheet), std::set<std::string>{});
    sheet.received_on = day("2026-03-31");
    EXPECT_EQ(faults(sheet), std::set<std::string>{});
}

TEST(ConsultationRules, ASubtopicBelongsToItsTopic) {
    auto sheet = good();
    sheet.subtopic.emplace("burden");
    EXPECT_EQ(faults(sheet), std::set<std::string>{});
    sheet.topic.emplace("fees");
    EXPECT_EQ(faults(sheet), std::set<std::string>{"/subtopic not_allowed"});
    sheet.subtopic.emplace("free");
    EXPECT_EQ(faults(sheet), std::set<std::string>{});
}

TEST(ConsultationRules, ClosingAsksForBackgroundAndResult) {
    auto sheet = good();
    EXPECT_EQ(faults(sheet, Demand::closed), (std::set<std::string>{"/background required", "/result required"}));
    sheet.background = "Lives alone";
    sheet.result.emplace("solved");
    EXPECT_EQ(faults(sheet, Demand::closed), std::set<std::string>{});
}

TEST(ConsultationRules, EveryStepButTheseIsRefused) {
    using enum ConsultationState;
    const auto allowed = [](bool closed_before) {
        std::set<std::string> result;
        for (const auto from : {draft, open, on_hold, closed, reopened}) {
            for (const auto to : {draft, open, on_hold, closed, reopened}) {
                try {
                    result.insert(record::to_text(from) + ">" + record::to_text(to) + " " +
                                  record::to_text(step(from, closed_before, {to, "why"})));
                } catch (const core::Error& error) {
                    EXPECT_EQ(error.reason(), "not_allowed_in_state");
                }
            }
        }
        return result;
    };
    std::set<std::string> expected{"draft>open registered", "open>on_hold held",       "reopened>on_hold held",
                                   "open>closed closed",    "on_hold>closed closed",   "reopened>closed closed",
                                   "on_hold>open resumed",  "closed>reopened reopened"};
    EXPECT_EQ(allowed(false), expected);
    expected.erase("on_hold>open resumed");
    expected.insert("on_hold>reopened resumed");
    EXPECT_EQ(allowed(true), expected);
    EXPECT_THROW((void)step(closed, true, {reopened, ""}), core::Error);
}

TEST(ConsultationRules, NumbersAreWrittenAsOnPaper) {
    EXPECT_EQ(paper_number(2026, 412), "R8-0412");
    EXPECT_EQ(paper_number(2019, 1), "R1-0001");
    EXPECT_EQ(paper_number(2018, 12345), "H30-12345");
}

TEST(ConsultationRules, MarksStandBetweenBlanks) {
    auto sheet = good();
    sheet.elements.push_back({record::Code<"element">("dementia"), ElementValue::suspected, ""});
    EXPECT_EQ(marks_of(sheet), " scene:daily element:dementia suspected:dementia ");
    EXPECT_EQ(marks_of({}), " ");
}

TEST(ConsultationRules, MarksTellHowFarACaseHasCome) {
    ConsultationSheet written;
    written.support_text = "Asked two clinics";
    EXPECT_EQ(marks_of(written), " worked_on ");
    ConsultationSheet ended;
    ended.result.emplace("solved");
    EXPECT_EQ(marks_of(ended), " worked_on ");
    ConsultationSheet asked;
    asked.physician_asked_on = core::Date::parse("2026-11-02").value();
    EXPECT_EQ(marks_of(asked), " worked_on awaiting_advice:2026-11-02 ");
    asked.difficulty.emplace("physician");
    EXPECT_EQ(marks_of(asked), " worked_on awaiting_advice:2026-11-02 ");
    asked.difficulty.emplace("ordinary");
    EXPECT_EQ(marks_of(asked), " worked_on ") << "an ordinary case waits for nobody";
    asked.difficulty.reset();
    asked.physician_advised_on = asked.physician_asked_on;
    EXPECT_EQ(marks_of(asked), " worked_on ");
}

ConsultationVersion version_of(VersionKind kind, const std::string& at) {
    ConsultationVersion version;
    version.kind = kind;
    version.at = core::Instant::parse(at).value();
    return version;
}

TEST(StandingBeforeClosing, IsHowTheRecordStood) {
    using enum VersionKind;
    using State = ConsultationState;
    const auto standing = [](const std::vector<VersionKind>& kinds) {
        std::vector<ConsultationVersion> history;
        for (const VersionKind kind : kinds)
            history.push_back(version_of(kind, "2026-11-0" + std::to_string(history.size() + 1) + "T00:00:00.000Z"));
        const Standing before = standing_before_closing(history);
        return std::pair(before.state, before.closed_at ? before.closed_at->str().substr(0, 10) : "");
    };
    const auto is = [](State state, const std::string& closed_on) { return std::pair(state, closed_on); };
    EXPECT_EQ(standing({created, closed}), is(State::open, ""));
    EXPECT_EQ(standing({created, registered, edited, held, closed, correction}), is(State::on_hold, ""));
    EXPECT_EQ(standing({created, held, resumed, closed}), is(State::open, ""));
    EXPECT_EQ(standing({created, closed, reopened, edited, closed}), is(State::reopened, "2026-11-02"));
    EXPECT_EQ(standing({created, closed, reopened, held, resumed, closed}), is(State::reopened, "2026-11-02"));
    EXPECT_EQ(standing({created, held, closed, unfinalised, resumed, closed}), is(State::open, ""));
    EXPECT_EQ(standing({created, closed, unfinalised, closed}), is(State::open, ""));
    EXPECT_EQ(standing({created, reopened, closed}), is(State::reopened, "2026-11-01")) << "it came in closed";
}

}  // namespace
}  // namespace tsunagi::consultations
