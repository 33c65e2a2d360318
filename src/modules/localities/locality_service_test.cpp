// SPDX-License-Identifier: Apache-2.0
#include "modules/localities/locality_service.hpp"

#include "tests/support/city_test.hpp"

namespace tsunagi::localities {
namespace {

class LocalityServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        coordinator.permissions.insert("packs.manage");
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        localities = std::make_unique<LocalityService>(
            database(), *audit, *uploads, std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard", clock);
    }

    LocalityDifference take(const std::string& text, bool apply = true) {
        return localities->import(coordinator, "list.csv", text, apply);
    }

    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<LocalityService> localities;
};

TSUNAGI_BOTH_ENGINES(LocalityServiceTest);

std::string town(const std::string& seven, const std::string& name) {
    return "99100,999," + seven + ",ｶ,ｼ,ﾏ,架空県,汐見市," + name + ",0,0,0,0,0,0\n";
}

TEST_P(LocalityServiceTest, TheDifferenceIsToldFirstAndTheSameFileChangesNothing) {
    const std::string first = town("9990011", "北浜") + town("9990012", "東浜");
    const auto told = take(first, false);
    EXPECT_EQ(told.added, 2);
    EXPECT_FALSE(told.applied);
    EXPECT_TRUE(localities->list(coordinator).items.empty()) << "only told";
    EXPECT_EQ(take(first).added, 2);
    const auto again = take(first);
    EXPECT_EQ(std::tuple(again.added, again.changed, again.gone), std::tuple(0, 0, 0));
    const auto next = take(town("9990011", "北浜") + town("9990013", "南浜"));
    EXPECT_EQ(next.added_names, std::vector<std::string>{"999-0013 汐見市南浜"});
    EXPECT_EQ(next.gone_names, std::vector<std::string>{"999-0012 汐見市東浜"});
    const auto list = localities->list(coordinator);
    ASSERT_EQ(list.items.size(), 1U);
    EXPECT_EQ(list.items[0].kind, LocalityKind::postal);
    EXPECT_EQ(list.items[0].count, 2);
    EXPECT_EQ(list.items[0].loaded_by_name, coordinator.name);
}

TEST_P(LocalityServiceTest, APostalCodeTellsMunicipalityAndTown) {
    take("団体コード,都道府県名,市区町村名\n991007,架空県,新しい汐見市\n");
    take(town("9990011", "北浜"));
    for (const char* written : {"9990011", "999-0011"}) {
        const auto found = localities->towns_of(written);
        ASSERT_EQ(found.items.size(), 1U) << written;
        EXPECT_EQ(found.items[0].postal_code, "999-0011");
        EXPECT_EQ(found.items[0].municipality, "新しい汐見市") << "as the list of codes writes it";
        EXPECT_EQ(found.items[0].town, "北浜");
    }
    EXPECT_TRUE(localities->towns_of("0000000").items.empty());
    EXPECT_THROW((void)localities->towns_of("12345"), core::Error);
    EXPECT_THROW((void)localities->towns_of("123456x"), core::Error);
}

TEST_P(LocalityServiceTest, ChangesOfEarlierFilesStay) {
    const std::string header = "旧コード,旧市区町村名,新コード,新市区町村名,改正年月日\n";
    take(header + "993611,凪浜町,994022,古浜村,1990/4/1\n");
    const auto more = take(header + "994022,古浜村,991007,汐見市,2005/4/1\n");
    EXPECT_EQ(std::tuple(more.added, more.gone, more.count), std::tuple(1, 0, 2));
    const auto successors = database().read([&](db::ReadTx& tx) { return localities->successors(tx); });
    EXPECT_EQ(successors.of("993611"), std::vector<std::string>{"991007"});
}

TEST_P(LocalityServiceTest, WhoeverMayNotManagePacksLoadsNothing) {
    EXPECT_THROW((void)localities->list(officer), core::Error);
    EXPECT_THROW((void)localities->import(officer, "list.csv", town("9990011", "北浜"), true), core::Error);
}

TEST_P(LocalityServiceTest, LoadingIsInTheAudit) {
    take(town("9990011", "北浜"));
    const auto detail = database().read([](db::ReadTx& tx) {
        return tx.row<std::string>("SELECT detail FROM audit_entries WHERE subject_kind = 'localities'");
    });
    EXPECT_EQ(detail, "list.csv +1 ~0 -0");
}

TEST_P(LocalityServiceTest, TheLastLoadingOfAListIsTakenBack) {
    take("団体コード,市区町村名\n991007,汐見市\n");
    take(town("9990011", "北浜") + town("9990012", "東浜"));
    take(town("9990011", "北浜") + town("9990013", "南浜"));
    const auto newest = [&](LocalityKind kind) {
        const auto lists = localities->list(coordinator).items;
        const auto found = std::ranges::find(lists, kind, &LocalityList::kind);
        return found == lists.end() ? std::optional<LocalityList>() : std::optional(*found);
    };
    const auto later = newest(LocalityKind::postal).value();
    EXPECT_THROW(localities->take_back(officer, later.id), core::Error);
    localities->take_back(coordinator, later.id);
    EXPECT_EQ(localities->towns_of("9990012").items.size(), 1U) << "what the file had no more is there again";
    EXPECT_TRUE(localities->towns_of("9990013").items.empty());
    const auto earlier = newest(LocalityKind::postal).value();
    EXPECT_LT(earlier.id, later.id);
    take(town("9990014", "西浜"));
    EXPECT_EQ(test::faults([&] { localities->take_back(coordinator, earlier.id); }),
              (std::set<std::string>{"loading_outdated"}));
    localities->take_back(coordinator, newest(LocalityKind::postal)->id);
    localities->take_back(coordinator, earlier.id);
    EXPECT_FALSE(newest(LocalityKind::postal));
    EXPECT_TRUE(localities->towns_of("9990011").items.empty()) << "before the first loading there was nothing";
    EXPECT_TRUE(newest(LocalityKind::codes)) << "another list is left alone";
    EXPECT_EQ(test::faults([&] { localities->take_back(coordinator, earlier.id); }),
              (std::set<std::string>{"not_found"}));
}

}  // namespace
}  // namespace tsunagi::localities
