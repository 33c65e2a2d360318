// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_export_service.hpp"
#include "modules/resources/resource_test.hpp"

namespace tsunagi::resources {
namespace {

class AbolishedCodeTest : public ResourceServiceTest {
protected:
    void SetUp() override {
        ResourceServiceTest::SetUp();
        if (IsSkipped())
            return;
        coordinator.permissions.insert("packs.manage");
        localities->on_change([this](db::WriteTx& tx) { resources->own_places().follow_codes(tx); });
    }

    void load_changes() {
        (void)localities->import(coordinator, "changes.csv",
                                 "旧コード,旧市区町村名,新コード,新市区町村名,改正年月日\n"
                                 "994022,古浜村,991015,汐見市東区,2005/4/1\n"
                                 "995029,中浜町,991015,汐見市東区,2005/4/1\n"
                                 "995029,中浜町,991023,汐見市西区,2005/4/1\n",
                                 true);
    }

    OwnPlace group(const std::string& code) {
        NewOwnPlace body;
        body.text.name.value = "体操の会";
        body.text.services = {ServiceCode("gathering")};
        body.text.municipality_code.value = code;
        return resources->own_places().create(coordinator, body, {});
    }

    OfficialImport staged(const std::vector<Office>& offices) {
        return stage("jigyosho_430_all_20260630.csv", offices);
    }

    std::set<std::string> reasons(const OfficialImport& import) {
        std::set<std::string> result;
        for (const auto& fault : official().faults(coordinator, import.id, {}).items)
            result.insert(std::to_string(fault.line) + " " + fault.reason);
        return result;
    }

    std::vector<std::string> codes() {
        return database().read([](db::ReadTx& tx) {
            return tx.rows<std::string>("SELECT municipality_code FROM places ORDER BY source_key");
        });
    }
};

TSUNAGI_BOTH_ENGINES(AbolishedCodeTest);

TEST_P(AbolishedCodeTest, AFileWithAnOldCodeIsOfTheMunicipalityThatFollows) {
    load_changes();
    const auto import = staged({{"9960190011", "架空の事業所", "994022", ""}});
    EXPECT_FALSE(reasons(import).contains("2 municipality_code"));
    later();
    (void)official().apply(coordinator, import.id, import.version);
    EXPECT_EQ(codes(), std::vector<std::string>{"991015"});
    EXPECT_EQ(number("SELECT count(*) FROM source_records WHERE cells LIKE '%994022%'"), 1) << "the cell stays";
    EXPECT_EQ(staged({{"9960190011", "架空の事業所", "994022", ""}}).state, OfficialState::repeated);
}

TEST_P(AbolishedCodeTest, ADividedCodeIsToldWhereTheAddressDoesNotDecide) {
    load_changes();
    const auto import = staged({{"9960190011", "架空の事業所", "995029", ""}});
    EXPECT_TRUE(reasons(import).contains("2 code_divided"));
    later();
    (void)official().apply(coordinator, import.id, import.version);
    EXPECT_EQ(codes(), std::vector<std::string>{"995029"}) << "nobody guesses";
}

TEST_P(AbolishedCodeTest, APlaceOfOnesOwnIsFoundByTheCodeInUseAndKeepsWhatWasWritten) {
    const auto merged = group("994022");
    const auto divided = group("995029");
    PlaceFilter filter;
    filter.municipality = {"991015"};
    EXPECT_EQ(resources->places(coordinator, filter).total, 0);
    load_changes();
    ASSERT_EQ(resources->places(coordinator, filter).total, 1);
    EXPECT_EQ(resources->places(coordinator, filter).items.front().id, merged.id) << "nobody guesses the other";
    const auto now = resources->own_places().get(coordinator, merged.id);
    EXPECT_EQ(now.text.municipality_code.value, "994022");
    EXPECT_EQ(now.version, merged.version) << "nobody changed it";
    auto text = now.text;
    text.phone.value = "000-231-0009";
    (void)resources->own_places().change(coordinator, merged.id, now.version, text);
    (void)group("994022");
    EXPECT_EQ(resources->places(coordinator, filter).total, 2) << "changed and registered with the old code";
    localities->take_back(coordinator, localities->list(coordinator).items.front().id);
    EXPECT_EQ(resources->places(coordinator, filter).total, 0);
    filter.municipality = {"994022"};
    EXPECT_EQ(resources->places(coordinator, filter).total, 2);
    filter.municipality = {"995029"};
    EXPECT_EQ(resources->places(coordinator, filter).items.front().id, divided.id);
}

TEST_P(AbolishedCodeTest, APostalCodeIsInferredOfTheTownAndSaysSo) {
    const auto import = staged({{"9960190011", "架空の事業所", "991015", ""}});
    later();
    (void)official().apply(coordinator, import.id, import.version);
    const auto exported = [&] {
        const ResourceExportService exports(database(), *resources, *searching);
        return exports.places(coordinator, {}, {}).at(0);
    };
    EXPECT_EQ(exported().postal_code, "");
    database().write([](db::WriteTx& tx) { tx.execute("UPDATE places SET address = '架空県汐見市北浜三丁目1'"); });
    (void)localities->import(coordinator, "postal.csv", "99101,999,9990011,ｶ,ｼ,ｷ,架空県,汐見市,北浜,0,0,0,0,0,0\n",
                             true);
    const auto place = exported();
    EXPECT_EQ(place.postal_code, "999-0011");
    EXPECT_TRUE(place.postal_code_inferred);
}

}  // namespace
}  // namespace tsunagi::resources
