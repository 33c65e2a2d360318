// SPDX-License-Identifier: Apache-2.0
#include "modules/uploads/upload_service.hpp"

#include "tests/support/city_test.hpp"

namespace tsunagi::uploads {
namespace {

using test::faults;
using Faults = std::set<std::string>;

class UploadServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (!IsSkipped())
            uploads = std::make_unique<UploadService>(database(), std::string(32, 'u'), clock);
    }

    static NewUpload file(std::int64_t size) {
        NewUpload wanted;
        wanted.name.value = "scan.pdf";
        wanted.size.value = size;
        return wanted;
    }

    static std::string bytes(std::int64_t size, char from = 'a') {
        std::string result(static_cast<std::size_t>(size), from);
        for (std::size_t i = 0; i < result.size(); i += 7)
            result[i] = static_cast<char>(i * 31);
        return result;
    }

    std::int64_t rows() { return number("SELECT count(*) FROM uploads") + number("SELECT count(*) FROM upload_parts"); }

    std::unique_ptr<UploadService> uploads;
};

TSUNAGI_BOTH_ENGINES(UploadServiceTest);

TEST_P(UploadServiceTest, PartsMakeAFileInAnyOrderAndAfterALostLine) {
    const auto begun = uploads->begin(coordinator, file(part_bytes + 5));
    EXPECT_EQ(begun.parts, 2);
    const std::string first = bytes(part_bytes);
    const std::string last = bytes(5, 'z');
    uploads->put_part(coordinator, begun.id, 1, last);
    EXPECT_EQ(uploads->get(coordinator, begun.id).received, std::vector<std::int64_t>{1});
    EXPECT_EQ(faults([&] { (void)uploads->received(coordinator, begun.id); }), Faults{"upload_incomplete"});
    uploads->put_part(coordinator, begun.id, 1, last);
    EXPECT_EQ(faults([&] { uploads->put_part(coordinator, begun.id, 1, "other"); }), Faults{"part_differs"});
    EXPECT_EQ(faults([&] { uploads->put_part(coordinator, begun.id, 0, "short"); }), Faults{"/size too_short"});
    EXPECT_EQ(faults([&] { uploads->put_part(coordinator, begun.id, 1, "longer"); }), Faults{"/size too_long"});
    for (const std::int64_t beyond : {2, -1})
        EXPECT_EQ(faults([&] { uploads->put_part(coordinator, begun.id, beyond, last); }), Faults{"not_found"});
    uploads->put_part(coordinator, begun.id, 0, first);
    const auto whole = uploads->received(coordinator, begun.id);
    EXPECT_EQ(whole.name, "scan.pdf");
    EXPECT_EQ(whole.size, part_bytes + 5);
    EXPECT_EQ(uploads->part(begun.id, 0), first);
    EXPECT_EQ(uploads->part(begun.id, 1), last);
}

TEST_P(UploadServiceTest, TheDatabaseHoldsNoByteOfItReadably) {
    const auto begun = uploads->begin(coordinator, file(20));
    uploads->put_part(coordinator, begun.id, 0, "a name on the scan..");
    const auto stored =
        database().read([](db::ReadTx& tx) { return tx.row<std::string>("SELECT content FROM upload_parts").value(); });
    EXPECT_EQ(stored.find("name"), std::string::npos);
    database().write([](db::WriteTx& tx) { tx.execute("UPDATE upload_parts SET number = 1"); });
    EXPECT_EQ(faults([&] { (void)uploads->part(begun.id, 1); }), Faults{"internal"}) << "bound to its place";
    EXPECT_EQ(faults([&] { (void)uploads->part(begun.id, 0); }), Faults{"not_found"});
}

TEST_P(UploadServiceTest, OnlyItsOwnerGoesOnWithIt) {
    const auto begun = uploads->begin(coordinator, file(3));
    for (const auto* other : {&colleague, &lead, &stranger}) {
        EXPECT_EQ(faults([&] { (void)uploads->get(*other, begun.id); }), Faults{"not_found"});
        EXPECT_EQ(faults([&] { uploads->put_part(*other, begun.id, 0, "abc"); }), Faults{"not_found"});
        EXPECT_EQ(faults([&] { uploads->cancel(*other, begun.id); }), Faults{"not_found"});
        EXPECT_EQ(faults([&] { (void)uploads->received(*other, begun.id); }), Faults{"not_found"});
    }
    for (const auto* other : {&officer, &prefectural, &advisor})
        EXPECT_EQ(faults([&] { (void)uploads->begin(*other, file(3)); }), Faults{"forbidden"});
    uploads->cancel(coordinator, begun.id);
    EXPECT_EQ(rows(), 0);
}

TEST_P(UploadServiceTest, WhoManagesPlacesSendsFilesOfTheMapAndReadsNobodyElses) {
    access::Actor administrator = prefectural;
    administrator.permissions = {"places.manage"};
    const auto map = uploads->begin(administrator, file(3));
    uploads->put_part(administrator, map.id, 0, "abc");
    EXPECT_EQ(uploads->received(administrator, map.id).size, 3);
    const auto begun = uploads->begin(coordinator, file(3));
    EXPECT_EQ(faults([&] { (void)uploads->get(administrator, begun.id); }), Faults{"not_found"});
    administrator.permissions = {"resources.read", "resources.write", "export"};
    EXPECT_EQ(faults([&] { (void)uploads->get(administrator, map.id); }), Faults{"forbidden"});
    EXPECT_EQ(faults([&] { uploads->put_part(administrator, map.id, 0, "abc"); }), Faults{"forbidden"});
    EXPECT_EQ(faults([&] { (void)uploads->received(administrator, map.id); }), Faults{"forbidden"});
    EXPECT_EQ(faults([&] { uploads->cancel(administrator, map.id); }), Faults{"forbidden"});
}

TEST_P(UploadServiceTest, WhatIsTakenStaysAndIsNoUploadAnyMore) {
    const auto begun = uploads->begin(coordinator, file(3));
    uploads->put_part(coordinator, begun.id, 0, "abc");
    database().write([&](db::WriteTx& tx) { uploads->take(tx, coordinator, begun.id); });
    EXPECT_EQ(faults([&] { database().write([&](db::WriteTx& tx) { uploads->take(tx, coordinator, begun.id); }); }),
              Faults{"not_found"});
    EXPECT_EQ(faults([&] { uploads->cancel(coordinator, begun.id); }), Faults{"not_found"});
    clock.move_to(clock.now().plus(std::chrono::hours(48)));
    uploads->sweep();
    EXPECT_EQ(uploads->part(begun.id, 0), "abc");
    database().write([&](db::WriteTx& tx) { UploadService::discard(tx, begun.id); });
    EXPECT_EQ(rows(), 0);
}

TEST_P(UploadServiceTest, WhatNobodyFinishesIsSweptAfterADay) {
    std::vector<UploadId> made;
    for (int i = 0; i < 20; ++i)
        made.push_back(uploads->begin(coordinator, file(3)).id);
    EXPECT_EQ(faults([&] { (void)uploads->begin(coordinator, file(3)); }), Faults{"too_many_uploads"});
    (void)uploads->begin(colleague, file(3));
    uploads->put_part(coordinator, made.front(), 0, "abc");
    clock.move_to(clock.now().plus(std::chrono::hours(23)));
    uploads->sweep();
    EXPECT_EQ(uploads->get(coordinator, made.front()).received.size(), 1U);
    clock.move_to(clock.now().plus(std::chrono::hours(1)));
    EXPECT_EQ(faults([&] { (void)uploads->get(coordinator, made.front()); }), Faults{"not_found"});
    (void)uploads->begin(coordinator, file(most_bytes));
    uploads->sweep();
    EXPECT_EQ(rows(), 1);
}

TEST_P(UploadServiceTest, APersonAnnouncesNoMoreThanTenLargeFiles) {
    for (int i = 0; i < 10; ++i)
        (void)uploads->begin(coordinator, file(most_bytes));
    EXPECT_EQ(faults([&] { (void)uploads->begin(coordinator, file(1)); }), Faults{"too_many_uploads"});
}

}  // namespace
}  // namespace tsunagi::uploads
