// SPDX-License-Identifier: Apache-2.0
#include "modules/directories/directories_service.hpp"

#include <fstream>

#include "modules/directories/page_files.hpp"
#include "modules/resources/local_service.hpp"
#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::directories {
namespace {

using test::faults;

class DirectoriesServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &officer, &stranger})
            actor->permissions.insert({"resources.read", "resources.write"});
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        maps = std::make_unique<maps::MapsService>(
            database(), *audit, *uploads, std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/map_columns.yaml",
            clock);
        directories = std::make_unique<DirectoriesService>(database(), *audit, *packs, *maps, page(), clock);
        database().write([&](db::WriteTx& tx) {
            tx.execute("UPDATE regions SET code = :code WHERE id = :id",
                       db::Params().set("code", code).set("id", city));
        });
        add("a", code, false);
        add("b", code, true);
        add("c", "131016", false);
    }

    /// The folder of the page as the web app would have built it.
    [[nodiscard]] std::filesystem::path page() const {
        const auto path = folder() / "page";
        std::filesystem::create_directories(path);
        for (const char* name : {"index.html", "directory.js", "directory.css"})
            std::ofstream(path / name) << name;
        return path;
    }

    void set(const std::string& id, const std::string& column, const std::string& value) {
        database().write([&](db::WriteTx& tx) {
            tx.execute("UPDATE places SET " + column + " = :value WHERE id = :id",
                       db::Params().set("value", value).set("id", id));
        });
    }

    void add(const std::string& key, const std::string& municipality, bool missing) {
        database().write([&](db::WriteTx& tx) {
            tx.execute(
                "INSERT INTO places (id, source, source_key, municipality_code, name, kana, listed_as, address, "
                "building, latitude, longitude, phone, fax, url, corporate_number, corporation, searched) VALUES (:id, "
                "'kaigo', :key, :code, :key2, '', :key3, 'Street 1', '', 35.5, 141.2, '000', '', '', '', '', '')",
                db::Params()
                    .set("id", key)
                    .set("key", key)
                    .set("key2", key)
                    .set("key3", key)
                    .set("code", municipality));
            tx.execute(
                "INSERT INTO place_services (id, place_id, service, open_days, days_note, missing_since) VALUES (:id, "
                ":place, '130', '[\"mon\"]', '', " +
                    std::string(missing ? "'2026-01-01'" : "NULL") + ")",
                db::Params().set("id", key).set("place", key));
        });
    }

    const std::string code = "991007";
    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<maps::MapsService> maps;
    std::unique_ptr<DirectoriesService> directories;
};

TSUNAGI_BOTH_ENGINES(DirectoriesServiceTest);

TEST_P(DirectoriesServiceTest, NobodySeesItBeforeAnOfficerSwitchesItOn) {
    EXPECT_EQ(faults([&] { (void)directories->published(code); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(directories->get(coordinator, {}).version, 0);
    EXPECT_EQ(directories->get(coordinator, {}).count, 1) << "not what is missing from the newest files";
    DirectoryText text;
    text.published = true;
    text.note = "Ask the town hall";
    EXPECT_EQ(faults([&] { (void)directories->change(coordinator, {}, 0, text); }), std::set<std::string>{"forbidden"});
    EXPECT_TRUE(directories->change(officer, {}, 0, text).published);
    const auto shown = directories->published(code);
    EXPECT_EQ(shown.note, "Ask the town hall");
    ASSERT_EQ(shown.places.size(), 1U);
    EXPECT_EQ(shown.places[0].name, "a");
    EXPECT_EQ(shown.places[0].services.at(0).open_days, std::vector<std::string>{"mon"});
    EXPECT_EQ(shown.sources, std::vector<std::string>{"kaigo"});
    EXPECT_EQ(faults([&] { (void)directories->change(officer, {}, 0, text); }), std::set<std::string>{"stale"});
    text.published = false;
    (void)directories->change(officer, {}, 1, text);
    EXPECT_EQ(faults([&] { (void)directories->published(code); }), std::set<std::string>{"not_found"})
        << "what was kept is gone at once";
    EXPECT_EQ(directories->whole(code).places.size(), 1U) << "files can be made all the same";
    EXPECT_EQ(faults([&] { (void)directories->whole("131016"); }), std::set<std::string>{"not_found"});
}

TEST_P(DirectoriesServiceTest, WhatAMunicipalityRegisteredItselfJoinedOrClosedIsNotShown) {
    for (const char* id : {"own", "joined", "closed"})
        add(id, code, false);
    set("own", "municipality_id", city.str());
    set("joined", "joined_to", "a");
    set("closed", "closed_on", "2026-01-01");
    EXPECT_EQ(directories->get(officer, {}).count, 1);
    const auto shown = directories->whole(code);
    ASSERT_EQ(shown.places.size(), 1U);
    EXPECT_EQ(shown.places[0].name, "a");
}

TEST_P(DirectoriesServiceTest, NothingThatAMunicipalityWroteIsShown) {
    const auto place = resources::PlaceId::make();
    add(place.str(), code, false);
    database().write([&](db::WriteTx& tx) {
        tx.execute("UPDATE place_services SET days_note = 'by appointment' WHERE place_id = :place",
                   db::Params().set("place", place));
    });
    resources::LocalText text;
    text.phone.value = "000-999-0000";
    text.people.value = "Somebody in particular";
    text.note.value = "a remark of the desk";
    const search::Folding folding({});
    const resources::LocalService locals(*audit, *packs, folding, clock);
    database().write([&](db::WriteTx& tx) {
        resources::LocalChange change;
        change.text = text;
        change.kind = "edited";
        (void)locals.write(tx, coordinator, place, city, change);
    });
    const std::string shown = record::to_json(directories->whole(code));
    EXPECT_NE(shown.find("by appointment"), std::string::npos);
    for (const char* hidden : {"000-999-0000", "particular", "remark"})
        EXPECT_EQ(shown.find(hidden), std::string::npos) << hidden;
}

TEST_P(DirectoriesServiceTest, EveryFileThatIsShownIsCredited) {
    database().write([&](db::WriteTx& tx) {
        tx.execute(
            "INSERT INTO official_imports (id, version, state, source, service, file_name, size, fingerprint, "
            "municipalities, lines_all, left_out, good, bad, doubtful, added, changed, missing, created_at) VALUES "
            "('i', 1, 'applied', 'clinic_hours', 'clinic', 'hours.csv', 1, '', '[]', 1, 0, 1, 0, 0, 1, 0, 0, '')");
        for (const char* place : {"a", "b"}) {
            const std::string source = *place == 'a' ? "clinic_hours" : "wam";
            tx.execute(
                "INSERT INTO source_records (id, service_id, place_id, source, service, source_key, "
                "municipality_code, cells, import_id) VALUES (:id, :id, :id, :source, 'clinic', :id, :code, '[]', 'i')",
                db::Params().set("id", std::string(place)).set("source", source).set("code", code));
        }
    });
    EXPECT_EQ(directories->whole(code).sources, (std::vector<std::string>{"clinic_hours", "kaigo"}))
        << "nothing of what is not shown";
}

TEST_P(DirectoriesServiceTest, ItIsKeptForAMinute) {
    DirectoryText text;
    text.published = true;
    (void)directories->change(officer, {}, 0, text);
    (void)directories->published(code);
    const auto before = database().statements();
    (void)directories->published(code);
    EXPECT_EQ(database().statements(), before);
    clock.move_to(clock.now().plus(std::chrono::minutes(2)));
    (void)directories->published(code);
    EXPECT_GT(database().statements(), before);
}

TEST_P(DirectoriesServiceTest, ThePageGoesAlongWithItsDataInOneFile) {
    set("a", "name", "</script><b>");
    const auto files = page_files(page(), directories->whole(code));
    ASSERT_EQ(files.size(), 4U);
    EXPECT_EQ(files[0].bytes, "index.html");
    const std::string& data = files[3].bytes;
    EXPECT_TRUE(data.starts_with("window.publicDirectory = {\"municipality\":")) << data.substr(0, 60);
    EXPECT_EQ(data.find('<'), std::string::npos) << "nothing in a name ends the script";

    auto reader = coordinator;
    reader.permissions.erase("export");
    EXPECT_EQ(faults([&] { (void)directories->packed(reader, {}); }), std::set<std::string>{"forbidden"});
    const auto file = directories->packed(coordinator, {});
    EXPECT_EQ(file.name, "directory-" + code + ".zip");
    EXPECT_TRUE(file.bytes.starts_with("PK"));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'export' AND subject_kind = "
                     "'public_directory'"),
              1);
    DirectoryQuery elsewhere;
    elsewhere.municipality_id = far_city;
    EXPECT_EQ(faults([&] { (void)directories->packed(coordinator, elsewhere); }),
              std::set<std::string>{"?municipality_id not_allowed"});

    EXPECT_THROW((void)page_files(folder() / "none", directories->whole(code)), std::runtime_error);
}

}  // namespace
}  // namespace tsunagi::directories
