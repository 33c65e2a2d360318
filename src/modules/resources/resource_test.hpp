// SPDX-License-Identifier: Apache-2.0
// The directory of a city, filled from files with made-up rows, for tests.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "modules/resources/resource_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::resources {

/// number, name, municipality, phone
using Office = std::array<std::string, 4>;

class ResourceServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger})
            actor->permissions.insert({"resources.read", "resources.write", "resources.import"});
        officer.permissions.insert({"resources.read", "resources.write"});
        searching = std::make_unique<search::SearchService>(
            database(), *audit, *consultations,
            search::read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml"));
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        localities = std::make_unique<localities::LocalityService>(
            database(), *audit, *uploads, std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard", clock);
        resources = std::make_unique<ResourceService>(
            database(), *audit, *packs, *uploads, *localities, *searching,
            std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/official_layouts.yaml", clock);
    }

    [[nodiscard]] const OfficialService& official() const { return resources->official(); }

    /// A file of 介護サービス情報公表 with made-up offices.
    std::string file(const std::vector<Office>& offices) {
        const Layout& layout = *official().layouts().find("kaigo");
        std::string text;
        for (const auto& column : layout.columns)
            text += (text.empty() ? "" : ",") + column.header;
        for (const Office& office : offices) {
            text += "\r\n";
            for (std::size_t i = 0; i < layout.columns.size(); ++i) {
                const std::string& field = layout.columns[i].field;
                text += (i == 0 ? "" : ",") + (field == "key"            ? office[0]
                                               : field == "name"         ? office[1]
                                               : field == "municipality" ? office[2]
                                               : field == "phone"        ? office[3]
                                               : field == "address"      ? std::string("汐見市1-2")
                                                                         : std::string());
            }
        }
        return text + "\r\n";
    }

    /// A file of any layout; cells by field.
    std::string rows_of(const char* name, const std::vector<std::map<std::string, std::string>>& rows) {
        const Layout& layout = *official().layouts().find(name);
        std::string text;
        for (const auto& column : layout.columns)
            text += (text.empty() ? "" : ",") + column.header;
        for (const auto& row : rows) {
            text += "\r\n";
            for (std::size_t i = 0; i < layout.columns.size(); ++i) {
                const auto cell = row.find(layout.columns[i].field);
                text += (i == 0 ? "" : ",") +
                        (layout.columns[i].field.empty() || cell == row.end() ? std::string() : cell->second);
            }
        }
        return text + "\r\n";
    }

    OfficialImport applied_rows(const std::string& file_name, const char* layout,
                                const std::vector<std::map<std::string, std::string>>& rows) {
        later();
        const auto import = official().stage(coordinator, file_name, rows_of(layout, rows), {});
        later();
        return official().apply(coordinator, import.id, import.version);
    }

    void later() { clock.move_to(clock.now().plus(std::chrono::minutes(1))); }

    OfficialImport stage(const std::string& name, const std::vector<Office>& offices, const OfficialWords& words = {}) {
        later();
        return official().stage(coordinator, name, file(offices), words);
    }

    OfficialImport applied(const std::string& name, const std::vector<Office>& offices,
                           const OfficialWords& words = {}) {
        const auto import = stage(name, offices, words);
        later();
        return official().apply(coordinator, import.id, import.version);
    }

    static std::string counts(const OfficialImport& import) {
        return "+" + std::to_string(import.added) + " ~" + std::to_string(import.changed) + " -" +
               std::to_string(import.missing);
    }

    /// Everything of the public layer as text, without ids.
    std::string everything() {
        return database().read([](db::ReadTx& tx) {
            std::string all;
            for (const auto& line : tx.rows<std::string>(
                     "SELECT p.source_key || '|' || p.name || '|' || p.phone || '|' || s.service || '|' || "
                     "COALESCE(s.missing_since, '') || '|' || r.cells || '|' || i.file_name || '|' || "
                     "COALESCE(r.missing_since, '') FROM places p JOIN place_services s ON s.place_id = p.id JOIN "
                     "source_records r ON r.service_id = s.id JOIN official_imports i ON i.id = r.import_id ORDER BY "
                     "p.source_key, s.service"))
                all += line + "\n";
            return all;
        });
    }

    PlaceRow only(const std::string& words) {
        PlaceFilter filter;
        filter.words = words;
        const auto page = resources->places(coordinator, filter);
        EXPECT_EQ(page.items.size(), 1U) << words;
        return page.items.empty() ? PlaceRow{} : page.items.front();
    }

    std::unique_ptr<search::SearchService> searching;
    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<localities::LocalityService> localities;
    std::unique_ptr<ResourceService> resources;
};

}  // namespace tsunagi::resources
