// SPDX-License-Identifier: Apache-2.0
// Two cities below one prefecture with desks, people and codes, for tests of modules that need somebody to act.
// Names are made up. The day is 2026-11-17.
#pragma once
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::test {

/// The wrong fields as "pointer reason", or the reason of any other error; nothing when the work went well.
inline std::set<std::string> faults(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Error& error) {
        if (error.reason() != "invalid")
            return {error.reason()};
        std::set<std::string> result;
        for (const auto& field : error.fields())
            result.insert(field.pointer + " " + field.reason);
        return result;
    }
    return {};
}

class CityTest : public DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        add_places();
        coordinator = add_person("coordinator", access::Role::coordinator, center, {});
        colleague = add_person("colleague", access::Role::coordinator, station, {});
        lead = add_person("lead", access::Role::lead, center, {});
        lead.desks = {center, station};
        stranger = add_person("stranger", access::Role::coordinator, far_desk, {});
        officer = add_person("officer", access::Role::municipal, {}, city);
        prefectural = add_person("prefectural", access::Role::prefectural, {}, prefecture);
        advisor = add_person("advisor", access::Role::advisor, {}, city);
        audit = std::make_unique<audit::AuditService>(database(), std::string(32, 'a'), folder() / "anchors", clock);
        packs = std::make_unique<packs::PacksService>(database(), *audit,
                                                      std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs", clock);
        packs::PackChoice choice;
        for (const char* name : {"standard", "chiba", "matsudo"})
            choice.packs.emplace_back(name);
        packs->choose(nullptr, choice);
        consultations = std::make_unique<consultations::ConsultationService>(database(), *audit, *packs,
                                                                             std::string(32, 'p'), clock);
    }

    /// A sheet with everything the sheet in force requires.
    [[nodiscard]] consultations::ConsultationSheet sheet(const std::string& received_on = "2026-10-01",
                                                         const std::string& topic = "resources") const {
        consultations::ConsultationSheet sheet;
        sheet.kind.emplace("provision");
        sheet.received_on = core::Date::parse(received_on).value();
        sheet.caller_name = "Caller Ishida";
        sheet.caller_affiliation = "Office Minato";
        sheet.caller_profession.emplace("care_manager");
        sheet.caller_phone = "03-1234-5678";
        sheet.method.emplace("phone");
        sheet.subject = "Looking for a physician";
        sheet.request = "Somebody to visit at home";
        sheet.background = "Lives alone";
        sheet.topic.emplace(topic);
        sheet.scenes.emplace_back("daily");
        sheet.supports.emplace_back("information");
        sheet.district_id = wards.front();
        return sheet;
    }

    /// Registers a sheet for the person's desk; without a receiver the person received the call.
    consultations::Consultation create(const access::Actor& actor, consultations::ConsultationSheet body,
                                       const std::string& key = {}) {
        if (!body.receiver_id)
            body.receiver_id = actor.user_id;
        return consultations->create(actor, {.desk_id = actor.desks.front(), .state = {}, .sheet = std::move(body)},
                                     key);
    }

    std::int64_t number(const std::string& sql) {
        return database().read([&](db::ReadTx& tx) { return tx.number(sql); });
    }

    /// Puts a consultation on the agenda of a meeting that the advisor attended a week ago.
    void disclose(const core::ConsultationId& id) {
        database().write([&](db::WriteTx& tx) {
            tx.execute(
                "INSERT INTO bodies (id, municipality_id, version, name, member_categories, frequency, basis, dormant) "
                "VALUES ('body', :city, 1, 'Review', '[]', '', '', 0)",
                record::Params().set("city", city));
            tx.execute(
                "INSERT INTO meetings (id, body_id, municipality_id, version, created_at, created_by, updated_at, "
                "updated_by, title, held_on, place, state, minutes) VALUES ('meeting', 'body', :city, 1, '', :user, "
                "'', "
                ":user, 'Review', '2026-11-10', '', 'held', '')",
                record::Params().set("city", city).set("user", lead.user_id));
            tx.execute(
                "INSERT INTO agenda_items (id, meeting_id, position, title, subject, subject_id, discussion, decision) "
                "VALUES ('item', 'meeting', 1, '', 'consultation', :id, '', '')",
                record::Params().set("id", id));
            tx.execute(
                "INSERT INTO attendances (meeting_id, position, name, affiliation, user_id, attended) "
                "VALUES ('meeting', 1, '', '', :user, 1)",
                record::Params().set("user", advisor.user_id));
        });
    }

    core::Clock clock{core::Instant::parse("2026-11-17T03:00:00.000Z").value()};
    core::RegionId prefecture = core::RegionId::make();
    core::RegionId city = core::RegionId::make();
    core::RegionId far_city = core::RegionId::make();
    std::vector<core::RegionId> wards;                ///< six of the city
    core::RegionId quarter = core::RegionId::make();  ///< below the second ward
    core::RegionId outside = core::RegionId::make();
    core::RegionId far_ward = core::RegionId::make();
    core::DeskId center = core::DeskId::make();
    core::DeskId station = core::DeskId::make();
    core::DeskId far_desk = core::DeskId::make();
    access::Actor coordinator;  ///< of the center
    access::Actor colleague;    ///< of the station
    access::Actor lead;         ///< of both
    access::Actor stranger;     ///< of the other city
    access::Actor officer;      ///< of the city
    access::Actor prefectural;
    access::Actor advisor;
    std::unique_ptr<audit::AuditService> audit;
    std::unique_ptr<packs::PacksService> packs;
    std::unique_ptr<consultations::ConsultationService> consultations;

private:
    void add_places() {
        database().write([&](db::WriteTx& tx) {
            int position = 0;
            const auto region = [&](const core::RegionId& id, const std::optional<core::RegionId>& parent,
                                    const std::string& kind, const std::string& name) {
                record::Params params;
                params.set("id", id).set("kind", kind).set("name", name).set("position", ++position);
                std::string parent_value = "NULL";
                if (parent) {
                    params.set("parent", *parent);
                    parent_value = ":parent";
                }
                tx.execute("INSERT INTO regions (id, parent_id, kind, code, name, kana, position) VALUES (:id, " +
                               parent_value + ", :kind, '', :name, '', :position)",
                           params);
            };
            region(prefecture, {}, "prefecture", "Prefecture");
            region(city, prefecture, "municipality", "City");
            region(far_city, prefecture, "municipality", "Far City");
            for (const char* name : {"A", "B", "C", "D", "E", "F"}) {
                wards.push_back(core::RegionId::make());
                region(wards.back(), city, "ward", std::string("Ward ") + name);
            }
            region(quarter, wards[1], "district", "Quarter");
            region(outside, city, "outside", "Outside");
            region(far_ward, far_city, "ward", "Far Ward");
            const auto desk = [&](const core::DeskId& id, const std::string& parent, const core::RegionId& municipality,
                                  const std::string& name) {
                tx.execute(
                    "INSERT INTO desks (id, parent_id, municipality_id, kind, name, short_name, header, phone) "
                    "VALUES (:id, " +
                        parent + ", :city, 'center', :name, '', '', '')",
                    record::Params().set("id", id).set("city", municipality).set("name", name));
            };
            desk(center, "NULL", city, "Center");
            desk(station, "'" + center.str() + "'", city, "Station");
            desk(far_desk, "NULL", far_city, "Far Desk");
        });
    }

    access::Actor add_person(const std::string& login, access::Role role, const std::optional<core::DeskId>& desk,
                             const std::optional<core::RegionId>& region) {
        access::Actor actor;
        actor.user_id = core::UserId::make();
        actor.login = login;
        actor.name = "Name of " + login;
        actor.today = clock.today();
        actor.latest_day = clock.latest_day();
        access::Assignment assignment{.id = core::AssignmentId::make(),
                                      .user_id = actor.user_id,
                                      .role = role,
                                      .desk_id = desk,
                                      .region_id = region,
                                      .from_on = core::Date::parse("2020-04-01").value(),
                                      .until_on = {}};
        database().write([&](db::WriteTx& tx) {
            tx.execute(
                "INSERT INTO users (id, login, name, kana, profession, active, password_hash, must_change_password, "
                "failures, totp_secret, totp_enabled, totp_last_step, version) VALUES (:id, :login, :name, '', '', 1, "
                "'', 0, 0, '', 0, 0, 1)",
                record::Params().set("id", actor.user_id).set("login", login).set("name", actor.name));
            tx.insert("assignments", assignment);
        });
        actor.assignments = {assignment};
        const auto allow = [&](std::initializer_list<const char*> names) {
            for (const char* name : names)
                actor.permissions.insert(name);
        };
        switch (role) {
            case access::Role::coordinator:
            case access::Role::lead:
                actor.desks = {*desk};
                actor.desk_municipalities = {*desk == far_desk ? far_city : city};
                allow({"consultations.read", "consultations.write", "figures.read", "persons.read", "export"});
                break;
            case access::Role::municipal:
                actor.municipalities = {*region};
                allow({"consultations.read", "figures.read", "persons.read", "export"});
                break;
            case access::Role::prefectural:
                actor.prefecture_municipalities = {city, far_city};
                allow({"figures.read"});
                break;
            default:
                actor.disclosed_only = true;
                allow({"consultations.read"});
        }
        return actor;
    }
};

}  // namespace tsunagi::test
