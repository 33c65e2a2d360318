// SPDX-License-Identifier: Apache-2.0
// A city whose desks coordinate discharges, for tests of this module. Names are made up.
#pragma once
#include <memory>
#include <set>
#include <string>

#include "modules/discharges/discharge_service.hpp"
#include "modules/discharges/form_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::discharges {

using test::faults;
using Faults = std::set<std::string>;

inline core::Date day(const std::string& text) {
    return core::Date::parse(text).value();
}

class DischargeTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        const auto folder = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard";
        holidays = std::make_unique<holidays::HolidayService>(database(), *audit, folder, clock);
        discharges =
            std::make_unique<DischargeService>(database(), *audit, *packs, *consultations, *holidays, folder, clock);
        forms = std::make_unique<FormService>(database(), *audit, *consultations, std::string(32, 'f'), folder, clock);
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger}) {
            actor->permissions.insert("discharges.read");
            actor->permissions.insert("discharges.write");
        }
        officer.permissions.insert("discharges.read");
    }

    static Paper paper(const char* kind) {
        Paper paper;
        paper.kind = record::Code<"discharge_paper">(kind);
        return paper;
    }

    static DischargeText text(const std::string& subject = "Hip fracture, alone") {
        DischargeText text;
        text.subject = subject;
        text.hospital = "Hospital Kita";
        text.ward = "3 East";
        text.admitted_on = day("2026-11-02");
        text.planned_on = day("2026-11-20");
        Party party;
        party.role = record::Code<"discharge_role">("hospital_msw");
        party.affiliation = "Hospital Kita";
        party.name = "Ito";
        party.contact = "03-0000-0000";
        text.parties = {party};
        text.papers = {paper("admission_information"), paper("discharge_record")};
        return text;
    }

    Discharge make(const access::Actor& actor, const DischargeText& what,
                   const std::optional<core::ConsultationId>& about = {}, const std::string& key = {}) {
        return discharges->create(actor, {.consultation_id = about, .desk_id = {}, .earlier_id = {}, .text = what},
                                  key);
    }

    static FormReading reading(const char* reason = "Ambulance", std::optional<bool> print = {}) {
        return {.reason = {reason}, .print = print};
    }

    static DischargeText left(DischargeText text, const char* on) {
        text.decided_on = day("2026-11-10");
        text.left_on = day(on);
        text.destination.emplace("home");
        return text;
    }

    std::unique_ptr<holidays::HolidayService> holidays;
    std::unique_ptr<DischargeService> discharges;
    std::unique_ptr<FormService> forms;
};

}  // namespace tsunagi::discharges
