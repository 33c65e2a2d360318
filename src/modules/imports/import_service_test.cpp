// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/import_service.hpp"

#include <thread>

#include "tests/support/city_test.hpp"

namespace tsunagi::imports {
namespace {

class ImportServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        prepared = std::make_unique<consultations::PreparedService>(database(), std::string(32, 'p'));
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        imports = std::make_unique<ImportService>(
            database(), *audit, *packs, *prepared, *uploads,
            std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/import_words.yaml", clock);
    }

    /// Day, caller, affiliation, method, request, person; lines 2 to `count` + 1.
    static std::string log(int count) {
        std::string text =
            "\u53d7\u4ed8\u65e5,\u6c0f\u540d,\u6240\u5c5e,\u76f8\u8ac7\u65b9\u6cd5,\u4e3b\u8a34,\u5bfe\u8c61\u8005\n";
        for (int i = 0; i < count; ++i) {
            text += "2025/" + std::to_string(i % 2 == 0 ? 3 : 4) + "/" + std::to_string(1 + i % 28) + ",Caller " +
                    std::to_string(i % 7) + ",Office,\u96fb\u8a71,Request " + std::to_string(i) + ",Person\n";
        }
        return text;
    }

    Import read(const std::string& bytes, const std::string& name = "log.csv") {
        return imports->begin(coordinator, {}, name, bytes, true);
    }

    Import checked(const Import& import, const std::string& mapping_name = {}) {
        CheckOrder order;
        order.mapping = imports->guess(coordinator, import.id, {}).mapping;
        order.mapping_name = mapping_name;
        return imports->check(coordinator, import.id, import.version, order, true);
    }

    Import taken(const std::string& bytes) {
        const Import import = checked(read(bytes));
        return imports->take(coordinator, import.id, import.version, true);
    }

    std::int64_t count_listed() { return consultations->list(coordinator, {}).total; }

    std::unique_ptr<consultations::PreparedService> prepared;
    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<ImportService> imports;
};

using test::faults;

TSUNAGI_BOTH_ENGINES(ImportServiceTest);

TEST_P(ImportServiceTest, AWholeLogComesInAndGoesAgain) {
    const auto before = create(coordinator, sheet("2025-04-20"));
    const Import done = taken(log(40) + "\u5408\u8a08,,,,,\n2025/4/1,X,Y,pigeon,Z,\n");
    EXPECT_EQ(done.state, ImportState::taken);
    EXPECT_EQ(done.good, 40);
    EXPECT_EQ(done.bad, 2);
    EXPECT_EQ(count_listed(), 41);
    ASSERT_EQ(done.numbers.size(), 2U);
    EXPECT_EQ(done.numbers[0].first, "R6-0001");
    EXPECT_EQ(done.numbers[1].first, "R7-0002");  // the record of before has the first
    EXPECT_EQ(done.numbers[1].last, "R7-0021");
    EXPECT_EQ(number("SELECT count(*) FROM consultation_versions"), 41);
    EXPECT_EQ(number("SELECT count(*) FROM consultation_persons"), 40);
    EXPECT_EQ(number("SELECT count(*) FROM prepared_consultations"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM import_lines"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM callers WHERE searched = ''"), 0);
    EXPECT_EQ(number("SELECT times FROM callers WHERE name = 'Caller 0'"), 6);
    const auto newest = consultations->list(coordinator, {}).items.front();
    const auto record = consultations->get(coordinator, newest.id);
    EXPECT_TRUE(record.finalised || newest.id == before.id);
    EXPECT_EQ(create(coordinator, sheet("2025-04-21")).number, "R7-0022");

    const Import undone = imports->undo(coordinator, done.id, done.version, true);
    EXPECT_EQ(undone.state, ImportState::undone);
    EXPECT_EQ(count_listed(), 2);
    EXPECT_EQ(number("SELECT count(*) FROM consultation_versions"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM callers"), 1);
    EXPECT_EQ(create(coordinator, sheet("2025-04-22")).number, "R7-0023");
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action IN ('import', 'undo_import')"), 2);
}

TEST_P(ImportServiceTest, EveryBadLineIsToldWithItsReason) {
    const Import import = checked(read(log(3) + "R6.99.1,X,Y,\u96fb\u8a71,Z,\n2025/3/1,X,Y,pigeon,Z,\n"));
    const auto page = imports->faults(coordinator, import.id, {});
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].number, 5);
    EXPECT_EQ(page.items[0].faults[0].reason, "not_a_day");
    EXPECT_EQ(page.items[1].faults[0].reason, "unknown_word");
    EXPECT_EQ(page.items[1].faults[0].limit, "pigeon");
    FaultsQuery one;
    one.limit = 1;
    EXPECT_EQ(imports->faults(coordinator, import.id, one).next, 5);
    EXPECT_EQ(count_listed(), 0);
}

TEST_P(ImportServiceTest, WhatIsThereAlreadyIsLeftOutUnlessSomebodyWantsIt) {
    (void)taken(log(5));
    Import again = read(log(6) + log(1).substr(log(0).size()));
    EXPECT_FALSE(again.same_file_taken_at);
    again = checked(again);
    EXPECT_EQ(again.good, 1);
    EXPECT_EQ(again.repeated, 6);
    CheckOrder order;
    order.mapping = again.mapping.value();
    order.mapping.take_repeated = true;
    again = imports->check(coordinator, again.id, again.version, order, true);
    EXPECT_EQ(again.good, 7);
    EXPECT_EQ(again.repeated, 6);
    EXPECT_TRUE(read(log(5)).same_file_taken_at);
}

TEST_P(ImportServiceTest, LinesOfALogOfCodesAloneAreNotTheSameForTheirDay) {
    const std::string codes =
        "\u53d7\u4ed8\u65e5,\u76f8\u8ac7\u65b9\u6cd5,\u4ef6\u540d\n2025/4/1,\u96fb\u8a71,A\n2025/4/1,\u96fb\u8a71,B\n"
        "2025/4/1,\u96fb\u8a71,B\n";
    const Import first = checked(read(codes));
    EXPECT_EQ(first.good, 2);
    EXPECT_EQ(first.repeated, 1);
    (void)imports->take(coordinator, first.id, first.version, true);
    const Import again = checked(read(codes + "2025/4/1,\u96fb\u8a71,C\n"));
    EXPECT_EQ(again.good, 1);
    EXPECT_EQ(again.repeated, 3);
}

TEST_P(ImportServiceTest, AnImportIsNotTakenBackFromUnderSomebody) {
    const Import done = taken(log(4));
    const auto row = consultations->list(coordinator, {}).items.front();
    (void)consultations->share(coordinator, row.id, 1, {true});
    EXPECT_EQ(faults([&] { (void)imports->undo(coordinator, done.id, done.version, true); }),
              std::set<std::string>{"records_in_use"});
    EXPECT_EQ(count_listed(), 4);
}

TEST_P(ImportServiceTest, AMappingIsFoundAgainByItsHeaders) {
    (void)checked(read(log(2)), "old log");
    const Import next = read(
        "\u4e3b\u8a34,\u53d7\u4ed8\u65e5,\u6c0f\u540d,\u6240\u5c5e,\u76f8\u8ac7\u65b9\u6cd5,\u5bfe\u8c61\u8005\nA,2025/"
        "4/1,B,C,\u96fb\u8a71,D\n");
    const Guess guess = imports->guess(coordinator, next.id, {});
    EXPECT_EQ(guess.mapping_name, "old log");
    EXPECT_EQ(guess.mapping.columns.size(), 6U);
    EXPECT_EQ(imports->mappings(coordinator, {}).items.size(), 1U);
    EXPECT_TRUE(imports->mappings(stranger, {}).items.empty());
    EXPECT_EQ(number("SELECT count(*) FROM import_mapping_versions"), 1);
}

TEST_P(ImportServiceTest, ASavedMappingIsRenamedAndDeletedAtItsVersion) {
    (void)checked(read(log(2)), "old log");
    (void)checked(read(log(3)), "other log");
    const auto saved = imports->mappings(coordinator, {}).items;
    ASSERT_EQ(saved.size(), 2U);
    const MappingId id = saved[0].id;
    const auto named = [](const char* name) {
        MappingName result;
        result.name = record::NonEmpty<record::Text<60>>(name);
        return result;
    };
    const SavedMapping renamed = imports->rename_mapping(coordinator, id, 1, named("log of 2024"));
    EXPECT_EQ(renamed.name, "log of 2024");
    EXPECT_EQ(renamed.version, 2);
    EXPECT_EQ(imports->mappings(coordinator, {}).items.at(0).name, "log of 2024");
    EXPECT_EQ(number("SELECT count(*) FROM import_mapping_versions WHERE kind = 'renamed'"), 1);
    EXPECT_EQ(faults([&] { (void)imports->rename_mapping(coordinator, id, 1, named("x")); }),
              std::set<std::string>{"stale"});
    EXPECT_EQ(faults([&] { (void)imports->rename_mapping(coordinator, id, 2, named("other log")); }),
              std::set<std::string>{"/name duplicate"});
    EXPECT_EQ(imports->rename_mapping(coordinator, id, 2, named("log of 2024")).version, 3);
    EXPECT_EQ(faults([&] { (void)imports->rename_mapping(stranger, id, 3, named("x")); }),
              std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)imports->rename_mapping(officer, id, 3, named("x")); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { imports->remove_mapping(coordinator, id, 2); }), std::set<std::string>{"stale"});
    EXPECT_EQ(faults([&] { imports->remove_mapping(stranger, id, 3); }), std::set<std::string>{"not_found"});
    imports->remove_mapping(coordinator, id, 3);
    EXPECT_EQ(imports->mappings(coordinator, {}).items.size(), 1U);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'import_mapping'"), 3);
    // What was read with it stays as it was.
    EXPECT_EQ(imports->guess(coordinator, imports->list(coordinator, {}).items.at(0).id, {}).mapping_name, "other log");
}

TEST_P(ImportServiceTest, NobodyElseSeesAnImportAndAStaleOneIsNotTaken) {
    const Import import = checked(read(log(2)));
    EXPECT_EQ(faults([&] { (void)imports->get(stranger, import.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)imports->get(officer, import.id); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)imports->take(coordinator, import.id, import.version - 1, true); }),
              std::set<std::string>{"stale"});
    const Import bad = read("PK\x03\x04nothing");
    EXPECT_EQ(bad.state, ImportState::refused);
    EXPECT_EQ(bad.refusal, "workbook_broken");
    EXPECT_EQ(faults([&] { (void)imports->take(coordinator, bad.id, bad.version, true); }),
              std::set<std::string>{"not_allowed_in_state"});
}

TEST_P(ImportServiceTest, AStopInTheMiddleLeavesNothingHalfDone) {
    const Import import = checked(read(log(30)));
    // As a server leaves it that was stopped while it took the records: nothing was committed.
    database().write([&](db::WriteTx& tx) {
        tx.execute("UPDATE imports SET state = 'taking', version = version + 1 WHERE id = :id",
                   record::Params().set("id", import.id));
    });
    EXPECT_EQ(count_listed(), 0);
    imports->jobs().sweep(std::chrono::seconds(0));
    const Import after = imports->get(coordinator, import.id);
    EXPECT_EQ(after.state, ImportState::checked);
    EXPECT_EQ(after.refusal, "interrupted");
    EXPECT_EQ(imports->take(coordinator, after.id, after.version, true).state, ImportState::taken);
    EXPECT_EQ(count_listed(), 30);
    // Stopped while it was checked: what was prepared goes.
    const Import second = checked(read(log(31)));
    database().write([&](db::WriteTx& tx) {
        tx.execute("UPDATE imports SET state = 'checking', version = version + 1 WHERE id = :id",
                   record::Params().set("id", second.id));
    });
    imports->jobs().sweep(std::chrono::seconds(0));
    EXPECT_EQ(imports->get(coordinator, second.id).state, ImportState::read);
    EXPECT_EQ(number("SELECT count(*) FROM prepared_consultations"), 0);
}

TEST_P(ImportServiceTest, WhatIsNoLongerThereIsNeitherCheckedNorTaken) {
    // As a restored backup leaves them: neither lines nor what was prepared from them.
    const Import half = checked(read(log(6)));
    database().write([](db::WriteTx& tx) {
        tx.execute("DELETE FROM prepared_elements");
        tx.execute("DELETE FROM prepared_consultations WHERE line > 4");
    });
    const Import refused = imports->take(coordinator, half.id, half.version, true);
    EXPECT_EQ(refused.state, ImportState::refused);
    EXPECT_EQ(refused.refusal, "lines_gone");
    EXPECT_EQ(count_listed(), 0) << "not some of them";
    EXPECT_EQ(number("SELECT count(*) FROM prepared_consultations"), 0);

    const Import lost = read(log(7));
    CheckOrder order;
    order.mapping = imports->guess(coordinator, lost.id, {}).mapping;
    database().write([](db::WriteTx& tx) { tx.execute("DELETE FROM import_lines"); });
    const Import unread = imports->check(coordinator, lost.id, lost.version, order, true);
    EXPECT_EQ(unread.state, ImportState::refused);
    EXPECT_EQ(unread.refusal, "lines_gone");
}

TEST_P(ImportServiceTest, TheServersThreadDoesWhatIsOrdered) {
    const Import import = imports->begin(coordinator, {}, "log.csv", log(3));
    EXPECT_EQ(import.state, ImportState::reading);
    {
        const std::jthread worker([&](const std::stop_token& stop) { imports->jobs().work(stop, [](const auto&) {}); });
        for (int i = 0; i < 200 && imports->get(coordinator, import.id).state == ImportState::reading; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ(imports->get(coordinator, import.id).state, ImportState::read);
    imports->remove(coordinator, import.id, {});
    EXPECT_EQ(number("SELECT count(*) FROM import_lines"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM imports"), 0);
}

}  // namespace
}  // namespace tsunagi::imports
