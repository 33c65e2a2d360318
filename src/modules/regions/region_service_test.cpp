// SPDX-License-Identifier: Apache-2.0
#include "modules/regions/region_service.hpp"

#include "modules/regions/region_rules.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::regions {
namespace {

std::vector<std::string> faults(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Error& error) {
        std::vector<std::string> result;
        for (const auto& field : error.fields())
            result.push_back(field.pointer + " " + field.reason);
        if (result.empty())
            result.push_back(error.reason());
        return result;
    }
    return {};
}

using Faults = std::vector<std::string>;

/// 潮路県 → 汐見市 (東区 with 東浜, 西区, 市外等) and 凪浜町 (districts only).
class RegionServiceTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        audit_ = std::make_unique<audit::AuditService>(database(), std::string(32, 'k'), folder() / "anchors", clock_);
        packs_ = std::make_unique<packs::PacksService>(database(), *audit_, std::string(TSUNAGI_SOURCE_DIR) + "/packs",
                                                       clock_);
        packs_->choose(nullptr, {{record::CodeName("standard")}});
        service_ = std::make_unique<RegionService>(database(), *audit_, *packs_, clock_);
        actor_.user_id = core::UserId::make();
        actor_.permissions = {"places.manage"};
        prefecture_ = add("潮路県", RegionKind::prefecture, {});
        city_ = add("汐見市", RegionKind::municipality, prefecture_, "991007");
        town_ = add("凪浜町", RegionKind::municipality, prefecture_);
        east_ = add("東区", RegionKind::ward, city_);
        west_ = add("西区", RegionKind::ward, city_);
        outside_ = add("市外等", RegionKind::outside, city_);
        beach_ = add("東浜", RegionKind::district, east_);
        pier_ = add("凪浜", RegionKind::district, town_);
    }

    static NewRegion region(const std::string& name, RegionKind kind, const std::optional<core::RegionId>& parent,
                            const std::string& code = "") {
        NewRegion result;
        result.parent_id = parent;
        result.kind = kind;
        result.code.value = code;
        result.name.value = name;
        return result;
    }

    core::RegionId add(const std::string& name, RegionKind kind, const std::optional<core::RegionId>& parent,
                       const std::string& code = "") {
        return service_->create(actor_, region(name, kind, parent, code), "").id;
    }

    static NewDesk desk(DeskKind kind, const core::RegionId& city, const std::optional<core::DeskId>& parent = {}) {
        NewDesk result;
        result.kind = kind;
        result.municipality_id = city;
        result.parent_id = parent;
        result.name.value = "窓口";
        return result;
    }

    core::Clock clock_{core::Instant::parse("2026-11-17T03:00:00.000Z").value()};
    access::Actor actor_;
    std::unique_ptr<audit::AuditService> audit_;
    std::unique_ptr<packs::PacksService> packs_;
    std::unique_ptr<RegionService> service_;
    core::RegionId prefecture_;
    core::RegionId city_;
    core::RegionId town_;
    core::RegionId east_;
    core::RegionId west_;
    core::RegionId outside_;
    core::RegionId beach_;
    core::RegionId pier_;
};

TSUNAGI_BOTH_ENGINES(RegionServiceTest);

TEST_P(RegionServiceTest, TheTreeKnowsWhatStandsWhere) {
    const auto tree = service_->tree();
    EXPECT_EQ(tree->name(beach_), "東浜");
    EXPECT_EQ(tree->municipality_of(beach_), city_);
    EXPECT_FALSE(tree->municipality_of(prefecture_));
    EXPECT_TRUE(tree->within(beach_, prefecture_));
    EXPECT_FALSE(tree->within(pier_, city_));
    EXPECT_EQ(tree->with_descendants(city_), (std::vector{city_, east_, west_, outside_, beach_}));
    EXPECT_EQ(tree->find(core::RegionId::make()), nullptr);
}

TEST_P(RegionServiceTest, ResidenceColumnsAreWardsOrDistrictsAndOutsideLast) {
    const auto names = [&](const core::RegionId& city) {
        std::vector<std::string> result;
        for (const Region* column : service_->tree()->residence_columns(city, clock_.today()))
            result.push_back(column->name);
        return result;
    };
    EXPECT_EQ(names(city_), (Faults{"東区", "西区", "市外等"}));
    EXPECT_EQ(names(town_), Faults{"凪浜"});
    EXPECT_EQ(service_->tree()->column_of(city_, beach_), east_);
    EXPECT_EQ(service_->tree()->column_of(city_, outside_), outside_);
    EXPECT_FALSE(service_->tree()->column_of(city_, pier_));
    NewRegion ended = region("西区", RegionKind::ward, city_);
    ended.ended_on = core::Date::parse("2026-04-01");
    (void)service_->change(actor_, west_, ended);
    EXPECT_EQ(names(city_), (Faults{"東区", "市外等"})) << "the copy in memory was renewed";
}

TEST_P(RegionServiceTest, RefusesCirclesAndWrongPlaces) {
    const auto move = [&](const core::RegionId& id, RegionKind kind, const std::optional<core::RegionId>& parent) {
        return faults([&] { (void)service_->change(actor_, id, region("x", kind, parent)); });
    };
    EXPECT_EQ(move(east_, RegionKind::ward, beach_), Faults{"/parent_id circle"});
    EXPECT_EQ(move(east_, RegionKind::ward, east_), Faults{"/parent_id circle"});
    EXPECT_EQ(move(east_, RegionKind::ward, prefecture_), Faults{"/parent_id not_allowed"});
    EXPECT_EQ(move(east_, RegionKind::ward, {}), Faults{"/parent_id required"});
    EXPECT_EQ(move(east_, RegionKind::ward, core::RegionId::make()), Faults{"/parent_id not_found"});
    EXPECT_EQ(move(east_, RegionKind::district, city_), Faults{"/kind not_allowed"});
    EXPECT_EQ(move(beach_, RegionKind::district, west_), Faults{});
    EXPECT_EQ(faults([&] { add("x", RegionKind::municipality, prefecture_, "991007"); }), Faults{"/code duplicate"});
    EXPECT_EQ(faults([&] { add("x", RegionKind::municipality, prefecture_, "991008"); }), Faults{"/code format"});
    EXPECT_EQ(
        faults([&] { (void)service_->change(actor_, core::RegionId::make(), region("x", RegionKind::ward, city_)); }),
        Faults{"not_found"});
}

TEST_P(RegionServiceTest, StationsStandBelowACentreThatServesTheirCity) {
    NewDesk center = desk(DeskKind::center, city_);
    center.region_ids = {city_, town_};
    const Desk made = service_->create(actor_, center, "");
    EXPECT_EQ(faults([&] { (void)service_->create(actor_, desk(DeskKind::station, city_), ""); }),
              Faults{"/parent_id required"});
    const Desk station = service_->create(actor_, desk(DeskKind::station, town_, made.id), "");
    EXPECT_EQ(faults([&] { (void)service_->create(actor_, desk(DeskKind::station, city_, station.id), ""); }),
              Faults{"/parent_id not_allowed"});
    EXPECT_EQ(faults([&] { (void)service_->create(actor_, desk(DeskKind::association, city_, made.id), ""); }),
              Faults{"/parent_id not_allowed"});
    EXPECT_EQ(faults([&] { (void)service_->create(actor_, desk(DeskKind::center, east_), ""); }),
              Faults{"/municipality_id not_allowed"});
    EXPECT_EQ(faults([&] { (void)service_->change(actor_, station.id, desk(DeskKind::station, city_, made.id)); }),
              Faults{"/municipality_id not_allowed"});
    NewDesk served = desk(DeskKind::station, city_, made.id);
    served.region_ids = {east_, east_, pier_, core::RegionId::make()};
    served.organization_id = core::OrganizationId::make();
    EXPECT_EQ(faults([&] { (void)service_->create(actor_, served, ""); }),
              (Faults{"/region_ids/1 duplicate", "/region_ids/2 not_allowed", "/region_ids/3 not_found",
                      "/organization_id not_found"}));
    const auto desks = service_->desks().items;
    ASSERT_EQ(desks.size(), 2U);
    EXPECT_EQ(std::ranges::find(desks, made.id, &Desk::id)->region_ids, (std::vector{city_, town_}));
}

TEST_P(RegionServiceTest, OrganizationsHaveAKnownKind) {
    NewOrganization clinic;
    clinic.name.value = "髙田内科";
    clinic.kind = record::Code<"organization_kind">("clinic");
    clinic.region_id = beach_;
    const Organization made = service_->create(actor_, clinic, "key");
    EXPECT_EQ(service_->create(actor_, clinic, "key").id, made.id) << "sent twice";
    EXPECT_EQ(service_->organizations().items.size(), 1U);
    EXPECT_EQ(service_->organizations().items.front().name.str(), "髙田内科");
    clinic.kind = record::Code<"organization_kind">("castle");
    clinic.region_id = core::RegionId::make();
    EXPECT_EQ(faults([&] { (void)service_->change(actor_, made.id, clinic); }),
              (Faults{"/kind unknown_code", "/region_id not_found"}));
}

TEST_P(RegionServiceTest, OnlyWithThePermissionAndAudited) {
    const access::Actor stranger;
    EXPECT_EQ(faults([&] { (void)service_->create(stranger, region("x", RegionKind::ward, city_), ""); }),
              Faults{"forbidden"});
    EXPECT_EQ(faults([&] { (void)service_->create(stranger, desk(DeskKind::center, city_), ""); }),
              Faults{"forbidden"});
    EXPECT_EQ(faults([&] { (void)service_->create(stranger, NewOrganization{}, ""); }), Faults{"forbidden"});
    audit::AuditFilter filter;
    filter.subject_kind.value = "region";
    EXPECT_EQ(audit_->search(filter).total, 8);
}

}  // namespace
}  // namespace tsunagi::regions
