// SPDX-License-Identifier: Apache-2.0
// A city with two places that offer visits and one that offers something else.
#pragma once
#include "modules/referrals/gap_service.hpp"
#include "modules/referrals/referral_answer_service.hpp"
#include "modules/referrals/referral_service.hpp"
#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::referrals {

class ReferralServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger})
            actor->permissions.insert({"resources.read", "referrals.read", "referrals.write"});
        officer.permissions.insert({"resources.read", "referrals.read"});
        const auto words = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/report_words.yaml";
        pages = std::make_unique<answer_pages::AnswerPageService>(database(), *audit, std::string(32, 'k'), clock);
        matches = std::make_unique<MatchService>(database(), *audit, *packs, *consultations, clock);
        referrals = std::make_unique<ReferralService>(database(), *audit, *packs, *consultations, *matches, *pages,
                                                      words, clock);
        answers = std::make_unique<ReferralAnswerService>(database(), *audit, *packs, *pages, clock);
        gaps = std::make_unique<GapService>(database(), *audit, *packs, words);
        near = place("Near", 35.60, 141.21, "[\"mon\",\"tue\"]");
        far = place("Far", 35.65, 141.30, "[]");
        other = place("Other", std::nullopt, std::nullopt, "[]", "110");
    }

    resources::PlaceId place(const std::string& name, std::optional<double> latitude, std::optional<double> longitude,
                             const std::string& days, const std::string& service = "130") {
        return database().write([&](db::WriteTx& tx) {
            test::PlaceInDirectory place;
            place.name = name;
            place.latitude = latitude;
            place.longitude = longitude;
            return test::add_office(tx, place, {service, days, {}});
        });
    }

    Match match(const access::Actor& actor, const core::ConsultationId& about) {
        NewMatch body;
        body.consultation_id = about;
        body.text.service = resources::ServiceCode("130");
        body.text.days = {Weekday::mon};
        body.text.district_id = wards.front();
        return matches->create(actor, body, "");
    }

    static NewReferrals asks(const MatchId& match, const std::vector<resources::PlaceId>& places) {
        NewReferrals body;
        body.match_id = match;
        for (const auto& one : places) {
            NewAsk ask;
            ask.place_id = one;
            ask.method = ReferralMethod::fax;
            body.asks.push_back(ask);
        }
        return body;
    }

    ReferralRow asked(const access::Actor& actor, const MatchId& match, const resources::PlaceId& place) {
        for (auto& row : referrals->create(actor, asks(match, {place}), "").items) {
            if (row.place_id == place && row.state == ReferralState::prepared)
                return row;
        }
        ADD_FAILURE() << "nothing was asked";
        return {};
    }

    std::int64_t listed(ReferralTask task) {
        ReferralFilter filter;
        filter.task = {task};
        return referrals->list(coordinator, filter).total;
    }

    Referral current(const ReferralId& id) { return referrals->get(coordinator, id); }

    static AnswerNote note(ReferralAnswer answer, const char* reason = "") {
        AnswerNote result;
        result.answer = answer;
        if (*reason != '\0')
            result.reason.emplace(reason);
        return result;
    }

    std::unique_ptr<answer_pages::AnswerPageService> pages;
    std::unique_ptr<MatchService> matches;
    std::unique_ptr<ReferralService> referrals;
    std::unique_ptr<ReferralAnswerService> answers;
    std::unique_ptr<GapService> gaps;
    resources::PlaceId near;
    resources::PlaceId far;
    resources::PlaceId other;
};

}  // namespace tsunagi::referrals
