// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/text_rules.hpp"

#include <gtest/gtest.h>

#include "modules/exchange/exchange_ids.hpp"

namespace tsunagi::exchange {
namespace {

using resources::ExportedPlace;
using resources::ExportedService;

const ExchangeWords& words() {
    static const ExchangeWords read(std::string(TSUNAGI_SOURCE_DIR) + "/packs/standard/exchange_words.yaml");
    return read;
}

const packs::CodeBook& codes() {
    static const packs::CodeBook book({}, {});
    return book;
}

ExportedPlace place() {
    ExportedPlace result;
    result.id = resources::PlaceId("01234567-89ab-7def-8123-456789abcdef");
    result.numbers = {{"filings", "9910110719"}, {"kaigo", "9960190011"}};
    result.name = "架空の訪問看護, みなもと";
    result.kana = "カクウノホウモンカンゴ ミナモト";
    result.municipality_code = "991015";
    result.address = "汐見市1-2";
    result.latitude = 35.5;
    result.longitude = 140.25;
    result.phone = "000-231-5100";
    result.url = "javascript:alert(1)";
    result.corporation = "架空法人";
    ExportedService service;
    service.service = "130";
    service.capacity = 20;
    service.open_days = {"mon", "holiday"};
    result.services = {service, service};
    return result;
}

TEST(TextRulesTest, WhatASpreadsheetWouldComputeIsAText) {
    EXPECT_EQ(csv_line({"a", "b,c", "d\"e", ""}), "a,\"b,c\",\"d\"\"e\",\r\n");
    EXPECT_EQ(csv_line({"=1+1", "@sum", "+cmd", "+81-3-0000", "-1"}), "'=1+1,'@sum,'+cmd,+81-3-0000,-1\r\n");
    EXPECT_EQ(csv_line({"\uff1d1", "\uff20sum"}), "'\uff1d1,'\uff20sum\r\n") << "Japanese Excel computes these too";
}

TEST(TextRulesTest, CardsAreFoldedWithinCharactersNever) {
    for (const CardVersion version : {CardVersion::v4, CardVersion::v3}) {
        const std::string text = card(place(), version, codes(), words());
        std::size_t start = 0;
        while (start < text.size()) {
            const std::size_t end = text.find("\r\n", start);
            ASSERT_NE(end, std::string::npos);
            EXPECT_LE(end - start, 75U);
            if (start < end) {
                EXPECT_NE(static_cast<unsigned char>(text[start]) & 0xC0U, 0x80U) << "a line begins within a character";
            }
            start = end + 2;
        }
        EXPECT_NE(text.find("FN:架空の訪問看護\\, みなもと"), std::string::npos) << text;
        EXPECT_EQ(text.find("URL:"), std::string::npos) << "only the web is followed";
    }
    EXPECT_NE(card(place(), CardVersion::v4, codes(), words()).find("VALUE=uri;TYPE=\"work,voice\":tel:000-231-5100"),
              std::string::npos);
    EXPECT_NE(card(place(), CardVersion::v3, codes(), words()).find("X-PHONETIC-LAST-NAME:カクウノ"),
              std::string::npos);
}

TEST(TextRulesTest, ATableHasARowForEachServiceOrForEachPlace) {
    std::int64_t number = 4;
    const auto offices = dataset_rows(words().table("care_offices"), place(), codes(), words(), number);
    ASSERT_EQ(offices.size(), 2U);
    EXPECT_EQ(offices.front().size(), 22U);
    EXPECT_EQ(offices.front()[1], "5");
    EXPECT_EQ(offices.back()[1], "6");
    EXPECT_EQ(offices.front()[16], "9960190011");
    EXPECT_EQ(offices.front()[17], "月祝");
    EXPECT_EQ(dataset_rows(words().table("medical_institutions"), place(), codes(), words(), number).size(), 1U);
}

TEST(TextRulesTest, CorporationsHaveIdsThatTellTheirNumber) {
    const auto id = corporation_id("9000012345678");
    ASSERT_TRUE(id);
    EXPECT_EQ(corporation_number(*id), "9000012345678");
    EXPECT_EQ(corporation_number(corporation_id("0000000000001").value_or("")), "0000000000001");
    EXPECT_FALSE(corporation_id("123"));
    EXPECT_FALSE(corporation_id("900001234567x"));
    EXPECT_EQ(corporation_number("01234567-89ab-7def-8123-456789abcdef"), "");
    EXPECT_EQ(corporation_number("00000000-0000-8000-8000-ffffffffffff"), "") << "more than thirteen digits";
    EXPECT_EQ(part_id("phone", "a"), part_id("phone", "a"));
    EXPECT_NE(part_id("phone", "a"), part_id("address", "a"));
}

TEST(TextRulesTest, APlaceWithoutCoordinatesIsAFeatureWithoutGeometry) {
    ExportedPlace unknown = place();
    unknown.latitude.reset();
    EXPECT_TRUE(feature(unknown, codes()).at("geometry").is_null());
    EXPECT_EQ(boost::json::serialize(feature(place(), codes()).at("geometry")),
              R"({"type":"Point","coordinates":[1.4025E2,3.55E1]})");
}

}  // namespace
}  // namespace tsunagi::exchange
