// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/own_place_service.hpp"

#include "modules/resources/resource_test.hpp"

namespace tsunagi::resources {
namespace {

using test::faults;

class OwnPlaceServiceTest : public ResourceServiceTest {
protected:
    static OwnPlaceText gathering() {
        OwnPlaceText text;
        text.name.value = "なぎさ体操の会";
        text.kana.value = "ナギサタイソウノカイ";
        text.services = {ServiceCode("gathering"), ServiceCode("salon")};
        text.municipality_code.value = "991015";
        text.address.value = "汐見市中央区1";
        text.phone.value = "000-231-0001";
        text.open_days = {"tue"};
        text.description.value = "だれでも参加できる";
        return text;
    }

    OwnPlace made(const std::string& key = {}) {
        NewOwnPlace body;
        body.text = gathering();
        return own().create(coordinator, body, key);
    }

    [[nodiscard]] const OwnPlaceService& own() const { return resources->own_places(); }

    static OwnPlaceStateChange closing(const core::Date& day) {
        OwnPlaceStateChange change;
        change.state = OwnPlaceState::closed;
        change.closed_on = day;
        change.reason.value = "会場がなくなった";
        return change;
    }
};

TSUNAGI_BOTH_ENGINES(OwnPlaceServiceTest);

TEST_P(OwnPlaceServiceTest, AGroupIsRegisteredChangedClosedAndOpenedAgain) {
    const auto first = made("key");
    EXPECT_EQ(made("key").id, first.id) << "sent twice, made once";
    EXPECT_EQ(only("だれでも").id, first.id) << "in the directory like any other place";
    PlaceFilter filter;
    filter.service = {ServiceCode("salon")};
    EXPECT_EQ(resources->places(coordinator, filter).total, 1);
    const auto page = resources->get(officer, first.id, {});
    EXPECT_EQ(page.source, "own");
    EXPECT_EQ(page.fields.front().value, "なぎさ体操の会");
    EXPECT_EQ(page.fields.front().source, "own");
    EXPECT_EQ(page.services.size(), 2U);

    auto text = gathering();
    text.services = {ServiceCode("gathering")};
    text.name.value = "なぎさ体操クラブ";
    text.capacity = 12;
    const auto second = own().change(officer, first.id, 1, text);
    EXPECT_EQ(second.version, 2);
    const auto changed = resources->get(officer, first.id, {}).services;
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].id, page.services[0].id) << "gathering stays the service it was";
    EXPECT_EQ(changed[0].capacity, 12);
    EXPECT_EQ(faults([&] { (void)own().change(coordinator, first.id, 1, text); }), std::set<std::string>{"stale"});
    EXPECT_EQ(resources->places(coordinator, filter).total, 0);

    const auto closed = own().set_state(coordinator, first.id, 2, closing(clock.today()));
    EXPECT_EQ(closed.state, OwnPlaceState::closed);
    EXPECT_EQ(closed.closed_reason, "会場がなくなった");
    EXPECT_EQ(resources->places(coordinator, {}).total, 0) << "nobody is sent there";
    EXPECT_EQ(resources->get(coordinator, first.id, {}).closed_on, clock.today()) << "its page stays";
    EXPECT_EQ(own().list(coordinator, {}).items.at(0).state, OwnPlaceState::closed);
    EXPECT_EQ(faults([&] { (void)own().set_state(coordinator, first.id, 3, closing(clock.today())); }),
              std::set<std::string>{"not_allowed_in_state"});
    OwnPlaceStateChange opening;
    opening.reason.value = "別の会場が見つかった";
    const auto again = own().set_state(coordinator, first.id, 3, opening);
    EXPECT_EQ(again.state, OwnPlaceState::open);
    EXPECT_EQ(only("体操").services.size(), 1U);
    std::string kinds;
    for (const auto& one : own().history(coordinator, first.id).items)
        kinds += one.kind + (one.reason.empty() ? "" : ": " + one.reason) + "; ";
    EXPECT_EQ(kinds, "created; edited; closed: 会場がなくなった; reopened: 別の会場が見つかった; ");
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'place'"), 4);
}

TEST_P(OwnPlaceServiceTest, AnotherMunicipalitysDoesNotExist) {
    const auto place = made();
    const auto missing = std::set<std::string>{"not_found"};
    EXPECT_EQ(faults([&] { (void)own().get(stranger, place.id); }), missing);
    EXPECT_EQ(faults([&] { (void)own().history(stranger, place.id); }), missing);
    EXPECT_EQ(faults([&] { (void)own().change(stranger, place.id, 1, gathering()); }), missing);
    EXPECT_EQ(faults([&] { (void)own().set_state(stranger, place.id, 1, closing(clock.today())); }), missing);
    EXPECT_EQ(faults([&] { (void)resources->get(stranger, place.id, {}); }), missing);
    EXPECT_EQ(faults([&] { (void)resources->change_local(stranger, place.id, {}, 0, {}); }), missing);
    EXPECT_EQ(own().list(stranger, {}).total, 0);
    EXPECT_EQ(resources->places(stranger, {}).total, 0);
    EXPECT_EQ(resources->services(stranger, {}).total, 0);
    EXPECT_EQ(faults([&] { (void)own().list(advisor, {}); }), std::set<std::string>{"forbidden"});
    NewOwnPlace body;
    body.text = gathering();
    body.municipality_id = city;
    EXPECT_EQ(faults([&] { (void)own().create(stranger, body, {}); }),
              std::set<std::string>{"/municipality_id not_allowed"});
}

TEST_P(OwnPlaceServiceTest, EveryFaultIsTold) {
    NewOwnPlace body;
    body.text = gathering();
    body.text.services.clear();
    body.text.municipality_code.value = "991016";
    body.text.corporate_number.value = "1234567890123";
    body.text.latitude = 10.0;
    body.text.capacity = 0;
    body.text.url.value = "example";
    body.text.open_days = {"tue", "tue", "someday"};
    EXPECT_EQ(faults([&] { (void)own().create(coordinator, body, {}); }),
              (std::set<std::string>{"/text/services required", "/text/municipality_code municipality_code",
                                     "/text/corporate_number corporate_number", "/text/longitude required",
                                     "/text/latitude range", "/text/capacity range", "/text/url url_form",
                                     "/text/open_days/1 duplicate", "/text/open_days/2 unknown_value"}));
    const auto place = made();
    auto change = closing(clock.today());
    change.closed_on.reset();
    EXPECT_EQ(faults([&] { (void)own().set_state(coordinator, place.id, 1, change); }),
              std::set<std::string>{"/closed_on required"});
    EXPECT_EQ(
        faults([&] { (void)own().set_state(coordinator, place.id, 1, closing(coordinator.latest_day.plus_days(1))); }),
        std::set<std::string>{"/closed_on future"});
}

}  // namespace
}  // namespace tsunagi::resources
