// SPDX-License-Identifier: Apache-2.0
#include "modules/access/demonstration_service.hpp"

#include "modules/audit/audit_service.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::access {
namespace {

using std::chrono::hours;

const core::Date story = core::Date::parse("2026-11-17").value();

/// A machine whose day is 2 March 2027, noon in Japan.
class DemonstrationTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        audit_ = std::make_unique<audit::AuditService>(database(), std::string(32, 'k'), folder() / "anchors", clock_);
    }

    void load() {
        database().write([](db::WriteTx& tx) {
            mark_demonstration(tx, story);
            finish_demonstration(tx);
        });
    }

    /// Somebody did this; the audit tells of it.
    void happen(const std::string& action) {
        database().write([&](db::WriteTx& tx) {
            audit_->record(tx, {.actor_id = std::nullopt,
                                .actor_name = "",
                                .action = action,
                                .subject_kind = "consultation",
                                .subject_id = "",
                                .detail = ""});
        });
    }

    std::string started() {
        begin_story(database(), clock_);
        return today();
    }

    std::string today() { return calendar_of(database(), clock_).today().str(); }

    void wait(hours time) { clock_.move_to(clock_.now().plus(time)); }

    core::Clock clock_{core::Instant::parse("2027-03-02T03:00:00.000Z").value()};
    std::unique_ptr<audit::AuditService> audit_;
};

TEST_P(DemonstrationTest, ARealDatabaseLivesOnTheMachinesDay) {
    EXPECT_EQ(started(), "2027-03-02");
    database().write([](db::WriteTx& tx) {
        EXPECT_FALSE(is_demonstration(tx));
        EXPECT_EQ(tx.number("SELECT count(*) FROM settings"), 0) << "the start writes nothing";
        // Whatever else stands there, only the mark makes a demonstration.
        tx.execute(
            "INSERT INTO settings (name, value) VALUES ('demonstration_day', '2026-11-17'), "
            "('demonstration_begun_on', '2027-03-02')");
    });
    EXPECT_EQ(started(), "2027-03-02");
}

TEST_P(DemonstrationTest, TheStoryBeginsOnItsDayWhenItIsFirstStarted) {
    load();
    EXPECT_EQ(today(), "2027-03-02") << "a command before the first start has no story yet";
    EXPECT_EQ(started(), "2026-11-17");
    EXPECT_EQ(calendar_of(database(), clock_).now().str(), "2026-11-17T03:00:00.000Z");
    wait(hours(24));
    EXPECT_EQ(today(), "2026-11-18") << "a running server goes on, one day a day";
}

TEST_P(DemonstrationTest, ItBeginsAgainUntilSomebodyChangesSomething) {
    load();
    EXPECT_EQ(started(), "2026-11-17");
    wait(hours(24 * 90));
    happen("sign_in");
    happen("read");
    happen("export");
    EXPECT_EQ(started(), "2026-11-17") << "looking around leaves the story where it was";
    happen("create");
    EXPECT_EQ(started(), "2026-11-17") << "again on the same day";
    wait(hours(48));
    EXPECT_EQ(started(), "2026-11-19") << "what was written keeps its place in time";
}

TEST_P(DemonstrationTest, ItMayBeStartedBeforeTheStorysDay) {
    clock_.move_to(core::Instant::parse("2026-01-05T16:00:00.000Z").value());
    load();
    EXPECT_EQ(started(), "2026-11-17");
    EXPECT_EQ(calendar_of(database(), clock_).latest_day().str(), "2026-11-17");
}

TSUNAGI_BOTH_ENGINES(DemonstrationTest);

}  // namespace
}  // namespace tsunagi::access
