// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/offered_service.hpp"

#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::resources {
namespace {

using test::faults;

class OfferedServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        coordinator.permissions.insert("resources.read");
        code(city, "991007");
        code(wards[0], "991015");
        code(wards[1], "991023");
        code(far_city, "993611");
    }

    void code(const core::RegionId& region, const std::string& code) {
        database().write([&](db::WriteTx& tx) {
            tx.execute("UPDATE regions SET code = :code WHERE id = :id",
                       record::Params().set("code", code).set("id", region));
        });
    }

    PlaceId place(const std::string& name, const std::string& municipality, std::optional<double> latitude,
                  const std::string& address = "") {
        return database().write([&](db::WriteTx& tx) {
            test::PlaceInDirectory place;
            place.name = name;
            place.municipality_code = municipality;
            place.latitude = latitude;
            if (latitude)
                place.longitude = 141.0;
            place.address = address;
            place.phone = "1";
            return test::add_office(tx, place, {"130", R"(["mon"])", 9});
        });
    }

    void local(const PlaceId& place, const core::RegionId& municipality, const std::string& phone) {
        database().write([&](db::WriteTx& tx) {
            tx.execute(
                "INSERT INTO place_locals (id, municipality_id, place_id, version, updated_at, updated_by, speciality, "
                "treatments, area, district_ids, hours, capacity, phone, fax, mail, manners, admission, discharge, "
                "people, note, marks, searched) VALUES (:id, :home, :place, 1, '', :user, '', '[\"suction\"]', '', "
                "'[]', '', '', :phone, '', '', '', '', '', '', '', '[]', '')",
                record::Params()
                    .set("id", core::new_uuid())
                    .set("home", municipality)
                    .set("place", place)
                    .set("user", coordinator.user_id)
                    .set("phone", phone));
        });
    }

    std::string offering(const access::Actor& actor, bool beyond = false, const std::string& service = "130") {
        std::string names;
        database().read([&](db::ReadTx& tx) {
            for (const auto& one : places_offering(tx, actor,
                                                   {.service = ServiceCode(service),
                                                   .municipality_id = city,
                                                   .beyond = beyond,
                                                   .place = {},
                                                   .near = {}}))
                names += one.name + ":" + one.phone + ":" + std::to_string(one.treatments.size()) + " ";
        });
        return names;
    }

    std::optional<Point> middle(const core::RegionId& district) {
        return database().read([&](db::ReadTx& tx) { return middle_of(tx, district); });
    }
};

TSUNAGI_BOTH_ENGINES(OfferedServiceTest);

TEST_P(OfferedServiceTest, TheOwnAreaWithWhatTheMunicipalityKnows) {
    (void)place("b", "991015", 35.6);
    const auto known = place("c", "991023", 35.7);
    local(known, city, "2");
    local(known, far_city, "3");
    (void)place("a", "993611", 35.8);
    EXPECT_EQ(offering(coordinator), "c:2:1 b:1:0 ")
        << "known ones first; another municipality's knowledge is not there";
    EXPECT_EQ(offering(coordinator, true), "c:2:1 a:1:0 b:1:0 ");
    EXPECT_EQ(offering(coordinator, true, "110"), "");
    stranger.permissions.insert("resources.read");
    EXPECT_EQ(faults([&] { (void)offering(stranger); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)offering(advisor); }), std::set<std::string>{"forbidden"});
    database().write([&](db::WriteTx& tx) { tx.execute("UPDATE place_services SET missing_since = '2026-10-01'"); });
    EXPECT_EQ(offering(coordinator), "") << "what the newest file has no more is to be checked first";
}

TEST_P(OfferedServiceTest, TheMiddleOfADistrictIsThatOfItsPlaces) {
    EXPECT_FALSE(middle(wards[0]));
    (void)place("a", "991015", 35.0);
    (void)place("b", "991015", 36.0);
    (void)place("nowhere", "991015", {});
    ASSERT_TRUE(middle(wards[0]));
    EXPECT_DOUBLE_EQ(middle(wards[0])->latitude, 35.5);
    // The quarter lies in the second ward: places whose address names it, else all of the ward.
    (void)place("c", "991023", 37.0, "Elsewhere 1");
    EXPECT_DOUBLE_EQ(middle(quarter)->latitude, 37.0);
    (void)place("d", "991023", 38.0, "Quarter 2-1");
    EXPECT_DOUBLE_EQ(middle(quarter)->latitude, 38.0);
    EXPECT_EQ(database().read([&](db::ReadTx& tx) { return municipality_code_of(tx, quarter); }), "991023");
}

TEST(DistanceTest, AsTheCrowFlies) {
    EXPECT_NEAR(kilometres({35.0, 139.0}, {36.0, 139.0}), 111.2, 0.1);
    EXPECT_NEAR(kilometres({35.0, 139.0}, {35.0, 140.0}), 91.1, 0.1);
    EXPECT_DOUBLE_EQ(kilometres({35.0, 139.0}, {35.0, 139.0}), 0);
}

TEST_P(OfferedServiceTest, WhereThereAreTooManyTheNearestAreLeft) {
    for (std::size_t i = 0; i < most_offered + 5; ++i)
        (void)place("p" + std::to_string(1000 + i), "991015", 35.0 + 0.001 * static_cast<double>(i));
    (void)place("a", "991015", {});
    const auto names = [&](std::optional<Point> near) {
        return database().read([&](db::ReadTx& tx) {
            std::vector<std::string> result;
            for (const auto& one :
                 places_offering(tx, coordinator,
                                 {.service = ServiceCode("130"), .municipality_id = city, .place = {}, .near = near}))
                result.push_back(one.name);
            return result;
        });
    };
    const auto nearest = names(Point{35.6, 141.0});
    ASSERT_EQ(nearest.size(), most_offered);
    EXPECT_EQ(nearest.front(), "p1504") << "the last by name is the nearest";
    EXPECT_EQ(std::ranges::find(nearest, "p1000"), nearest.end());
    EXPECT_EQ(std::ranges::find(nearest, "a"), nearest.end()) << "nobody knows where it is";
    EXPECT_EQ(names({}).front(), "a") << "without a spot by name";
}

}  // namespace
}  // namespace tsunagi::resources
