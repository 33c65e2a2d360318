// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/packs_service.hpp"

#include <algorithm>

#include "tests/support/test_database.hpp"

namespace tsunagi::packs {
namespace {

const core::Clock noon(core::Instant::parse("2026-11-17T03:00:00.000Z").value());

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class PacksServiceTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        audit_ = std::make_unique<audit::AuditService>(database(), std::string(32, 'k'), folder() / "anchors", clock_);
        packs_ =
            std::make_unique<PacksService>(database(), *audit_, std::string(TSUNAGI_SOURCE_DIR) + "/packs", clock_);
        admin_.user_id = core::UserId::make();
        admin_.name = "管理 花子";
        admin_.permissions = {"packs.manage"};
    }

    [[nodiscard]] PacksService& packs() { return *packs_; }

    void choose(const std::vector<const char*>& names) {
        PackChoice choice;
        for (const char* name : names)
            choice.packs.emplace_back(name);
        packs().choose(nullptr, choice);
    }

    [[nodiscard]] std::vector<core::FieldError> check_topic(const char* code, const char* on, bool kept = false) {
        std::vector<core::FieldError> errors;
        packs().codes()->check(record::Code<"topic">(code), day(on), "/topic", errors, kept);
        return errors;
    }

    core::Clock clock_{noon.now()};
    access::Actor admin_;
    std::unique_ptr<audit::AuditService> audit_;
    std::unique_ptr<PacksService> packs_;
};

TSUNAGI_BOTH_ENGINES(PacksServiceTest);

SchemeChange change_of(const Scheme& scheme) {
    return {.label = scheme.label, .codes = scheme.codes};
}

std::vector<core::FieldError> fields_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Error& error) {
        return error.fields();
    }
    return {};
}

TEST_P(PacksServiceTest, EmptyUntilPacksAreChosen) {
    EXPECT_TRUE(packs().codes()->schemes().empty());
    const auto view = packs().view();
    EXPECT_GE(view.items.size(), 5U);
    EXPECT_TRUE(std::ranges::none_of(view.items, &PackSummary::chosen));
}

TEST_P(PacksServiceTest, EveryCombinationOfPacksKeepsItsParents) {
    for (const auto& names :
         std::vector<std::vector<const char*>>{{"standard"},
                                               {"standard", "niigata"},
                                               {"standard", "chiba"},
                                               {"standard", "matsudo"},
                                               {"standard", "iizuka"},
                                               {"standard", "chiba", "matsudo"},
                                               {"standard", "niigata", "chiba", "matsudo", "iizuka"}}) {
        EXPECT_NO_THROW(choose(names)) << names.back();
    }
}

TEST_P(PacksServiceTest, LaterPacksReplaceSchemesAndTheSheet) {
    choose({"standard", "niigata"});
    const auto book = packs().codes();
    EXPECT_EQ(book->scheme("method")->pack, "niigata");
    EXPECT_EQ(book->sheet().pack, "niigata");
    EXPECT_EQ(book->sheet().version, 3);
    EXPECT_NE(book->code("profession", "msw"), nullptr);
    EXPECT_EQ(book->code("profession", "no_such_code"), nullptr);
}

TEST_P(PacksServiceTest, CodesThatFallOutStayInOldYears) {
    choose({"standard"});
    ASSERT_NE(packs().codes()->code("method", "mail"), nullptr);
    choose({"standard", "niigata"});
    const CodeEntry* mail = packs().codes()->code("method", "mail");
    ASSERT_NE(mail, nullptr);
    EXPECT_EQ(mail->retired_on, day("2026-11-17"));
    const auto book = packs().codes();
    const auto names = [&](const char* from, const char* to) {
        std::vector<std::string> result;
        for (const auto* entry : book->valid_between("method", day(from), day(to)))
            result.push_back(entry->code.str());
        return result;
    };
    EXPECT_TRUE(std::ranges::count(names("2025-04-01", "2026-03-31"), "mail") == 1);
    EXPECT_TRUE(std::ranges::count(names("2026-04-01", "2027-03-31"), "mail") == 1);
    EXPECT_TRUE(std::ranges::count(names("2027-04-01", "2028-03-31"), "mail") == 0);
    choose({"standard"});
    EXPECT_FALSE(packs().codes()->code("method", "mail")->retired_on);
}

TEST_P(PacksServiceTest, ChecksCodesAgainstTheDay) {
    choose({"standard"});
    EXPECT_TRUE(check_topic("home_life", "2020-01-01").empty());
    EXPECT_EQ(check_topic("no_such_code", "2026-11-17").front().reason, "unknown_code");
    auto change = change_of(packs().scheme("topic"));
    std::erase_if(change.codes, [](const CodeEntry& entry) { return entry.code.str() == "training"; });
    packs().change(admin_, "topic", 1, change);
    EXPECT_EQ(check_topic("training", "2026-11-17").front().reason, "retired_code");
    EXPECT_TRUE(check_topic("training", "2026-11-16").empty());
    EXPECT_TRUE(check_topic("training", "2026-11-17", true).empty());
}

TEST_P(PacksServiceTest, AnEditKeepsEveryCodeAndCountsVersions) {
    choose({"standard"});
    const Scheme before = packs().scheme("method");
    SchemeChange change = change_of(before);
    change.codes.front().label.ja = "電話(固定)";
    change.codes.pop_back();
    CodeEntry chat;
    chat.code = record::CodeName("chat");
    chat.label = {.ja = "チャット", .en = "Chat"};
    change.codes.push_back(chat);
    const Scheme after = packs().change(admin_, "method", before.version, change);
    EXPECT_EQ(after.version, before.version + 1);
    EXPECT_EQ(after.codes.size(), before.codes.size() + 1);
    EXPECT_EQ(packs().codes()->code("method", "phone")->label.ja.str(), "電話(固定)");
    EXPECT_EQ(packs().codes()->code("method", "chat")->valid_from, day("2026-11-17"));
    EXPECT_EQ(packs().codes()->code("method", "other")->retired_on, day("2026-11-17"));
    EXPECT_THROW(packs().change(admin_, "method", before.version, change), core::Error);

    // Back again, under the same code.
    SchemeChange again = change_of(after);
    for (auto& entry : again.codes)
        entry.retired_on.reset();
    EXPECT_FALSE(packs().change(admin_, "method", after.version, again).codes.back().retired_on);
    audit::AuditFilter changes;
    changes.action = "change";
    changes.subject_kind = "scheme";
    EXPECT_EQ(audit_->search(changes).total, 2);

    // The same packs chosen again do not undo what a person edited.
    choose({"standard"});
    EXPECT_EQ(packs().codes()->code("method", "phone")->label.ja.str(), "電話(固定)");
}

TEST_P(PacksServiceTest, AQuestionIsEditedLikeAnyCode) {
    choose({"standard"});
    const Scheme before = packs().scheme("question");
    SchemeChange change = change_of(before);
    CodeEntry every;
    every.code = record::CodeName("key_at_home");
    every.label = {.ja = "鍵のあけ方", .en = "How to get in"};
    change.codes.push_back(every);
    CodeEntry answered = every;
    answered.code = record::CodeName("age_of_carer");
    answered.parent = record::CodeName("home_life");
    answered.field = record::CodeName("background");
    change.codes.push_back(answered);
    (void)packs().change(admin_, "question", before.version, change);
    EXPECT_FALSE(packs().codes()->code("question", "key_at_home")->parent);
    EXPECT_EQ(packs().codes()->code("question", "age_of_carer")->field->str(), "background");

    // No other code points to a field, and only a question does without its parent.
    SchemeChange odd = change_of(packs().scheme("subtopic"));
    odd.codes.front().parent.reset();
    odd.codes.front().field = record::CodeName("background");
    try {
        (void)packs().change(admin_, "subtopic", 1, odd);
        FAIL();
    } catch (const core::Error& error) {
        std::string said;
        for (const auto& field : error.fields())
            said += field.pointer + " " + field.reason + "; ";
        EXPECT_EQ(said, "/codes/0/parent required; /codes/0/field not_allowed; ");
    }
}

TEST_P(PacksServiceTest, ANewerProgramBringsNewSchemesIntoUse) {
    packs().take_up_new();
    EXPECT_TRUE(packs().codes()->schemes().empty()) << "nothing is chosen yet";
    choose({"standard", "niigata"});
    SchemeChange change = change_of(packs().scheme("method"));
    change.codes.front().label.ja = "電話(固定)";
    (void)packs().change(admin_, "method", packs().scheme("method").version, change);
    database().write([](db::WriteTx& tx) {
        tx.execute("DELETE FROM codes WHERE scheme = 'question'");
        tx.execute("DELETE FROM schemes WHERE name = 'question'");
        tx.execute("UPDATE sheets SET fields = '{\"fields\":[]}'");
    });
    PacksService next(database(), *audit_, std::string(TSUNAGI_SOURCE_DIR) + "/packs", clock_);
    EXPECT_EQ(next.codes()->scheme("question"), nullptr);
    next.take_up_new();
    EXPECT_NE(next.codes()->scheme("question"), nullptr);
    EXPECT_FALSE(next.codes()->sheet().fields.empty());
    EXPECT_EQ(next.codes()->code("method", "phone")->label.ja.str(), "電話(固定)");
    const auto version = next.scheme("question").version;
    next.take_up_new();
    EXPECT_EQ(next.scheme("question").version, version);
}

TEST_P(PacksServiceTest, RefusesWhatWouldRewriteThePast) {
    choose({"standard"});
    SchemeChange change = change_of(packs().scheme("subtopic"));
    change.codes[0].valid_from = day("2020-01-01");
    change.codes[1].retired_on = day("2020-01-01");
    change.codes[2].parent = record::CodeName("no_such_topic");
    change.codes[3].parent.reset();
    change.codes.push_back(change.codes[4]);
    const auto fields = fields_of([&] { packs().change(admin_, "subtopic", 1, change); });
    ASSERT_EQ(fields.size(), 5U);
    EXPECT_EQ(fields[0].pointer + " " + fields[0].reason, "/codes/0/valid_from not_allowed");
    EXPECT_EQ(fields[1].pointer + " " + fields[1].reason, "/codes/1/retired_on range");
    EXPECT_EQ(fields[2].pointer + " " + fields[2].reason, "/codes/2/parent unknown_code");
    EXPECT_EQ(fields[3].pointer + " " + fields[3].reason, "/codes/3/parent required");
    EXPECT_EQ(fields[4].reason, "duplicate");
}

TEST_P(PacksServiceTest, OnlyWithThePermissionAndKnownNames) {
    access::Actor stranger;
    EXPECT_THROW(packs().choose(&stranger, {{record::CodeName("standard")}}), core::Error);
    const auto fields = fields_of([&] {
        packs().choose(nullptr,
                       {{record::CodeName("nowhere"), record::CodeName("standard"), record::CodeName("standard")}});
    });
    ASSERT_EQ(fields.size(), 2U);
    EXPECT_EQ(fields[0].reason, "not_found");
    EXPECT_EQ(fields[1].reason, "duplicate");
    // matsudo alone has parents of its own; niigata's professions need the standard's columns.
    EXPECT_NO_THROW(choose({"matsudo"}));
    EXPECT_EQ(fields_of([&] { choose({"niigata"}); }).front().reason, "parent_missing");
}

}  // namespace
}  // namespace tsunagi::packs
