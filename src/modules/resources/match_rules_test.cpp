// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/match_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::resources {
namespace {

const MatchWords words{{"医療法人社団", "医療法人"},
                       {"hospital", "filings", "kaigo"},
                       {{"filings", "kaigo"}},
                       {{"一丁目", "1"}, {"丁目", ""}, {"番", ""}, {"号", ""}}};

PlaceFacts place(const char* source, const char* key, const char* name, const char* address, const char* phone = "",
                 const char* code = "991015") {
    PlaceFacts facts;
    facts.id = PlaceId::make();
    facts.source = source;
    facts.source_key = key;
    facts.municipality_code = code;
    facts.name = name;
    facts.address = address;
    facts.phone = phone;
    return facts;
}

std::vector<std::string> found(const std::vector<PlaceFacts>& places) {
    std::vector<std::string> result;
    for (const auto& one : alike(places, words, [](const std::string& text) { return text; })) {
        std::string line = places[one.place].source + " " + places[one.other].source + " " + std::to_string(one.score);
        for (const auto& why : one.why)
            line += " " + why;
        result.push_back(std::move(line));
    }
    return result;
}

TEST(MatchRulesTest, NameAndAddressTogetherAreAskedAbout) {
    EXPECT_EQ(found({place("kaigo", "9910110719", "医療法人社団みなと病院", "汐見市中央区一丁目2番3号", "000-231-5100"),
                     place("hospital", "9911010000013", "みなと病院", "汐見県汐見市中央区1丁目23")}),
              std::vector<std::string>{"hospital kaigo 75 name address"});
    EXPECT_EQ(found({place("kaigo", "1", "みなと病院", "汐見市北区8番地"),
                     place("hospital", "2", "みなと病院", "汐見市南区一丁目1番地")}),
              std::vector<std::string>{})
        << "a name alone is not enough";
    EXPECT_EQ(found({place("kaigo", "1", "デイケアなぎさ", "汐見市北区なぎさ町8番地", "000-231-5100"),
                     place("hospital", "2", "なぎさ病院", "汐見市北区なぎさ町8番地", "000-231-5100")}),
              std::vector<std::string>{"hospital kaigo 60 address phone"});
}

TEST(MatchRulesTest, TheSameNumberIsTheSameHouse) {
    EXPECT_EQ(found({place("kaigo", "9910110719", "通所リハビリ みなと", ""),
                     place("filings", "9910110719", "みなと病院", "", "", "990001")}),
              std::vector<std::string>{"filings kaigo 100 number"});
    EXPECT_EQ(found({place("kaigo", "9910110719", "A", ""), place("hospital", "9910110719", "B", "")}),
              std::vector<std::string>{})
        << "sources that count otherwise";
}

TEST(MatchRulesTest, HousesOfOneSourceOrOfTwoTownsAreNotCompared) {
    EXPECT_EQ(found({place("kaigo", "1", "みなと病院", "汐見市中央区一丁目2番3号"),
                     place("kaigo", "2", "みなと病院", "汐見市中央区一丁目2番3号")}),
              std::vector<std::string>{});
    EXPECT_EQ(found({place("kaigo", "1", "みなと病院", "中央区一丁目2番3号", "", "991015"),
                     place("hospital", "2", "みなと病院", "中央区一丁目2番3号", "", "993611")}),
              std::vector<std::string>{});
}

TEST(MatchRulesTest, WhatWasJoinedToAPlaceLeavesWithIt) {
    const auto root = PlaceId::make();
    const auto kept = PlaceId::make();
    const auto small = PlaceId::make();
    const auto neighbour = PlaceId::make();
    const std::vector<Joined> pairs{{root, neighbour}, {kept, small}};
    EXPECT_EQ(leaving(kept, root, pairs), (std::vector<PlaceId>{kept, small}));
    EXPECT_EQ(leaving(small, root, pairs), (std::vector<PlaceId>{kept, small})) << "the one that keeps its page first";
    EXPECT_EQ(leaving(neighbour, root, {}), std::vector<PlaceId>{neighbour});
    EXPECT_EQ(leaving(kept, root, {{root, small}, {kept, small}}), std::vector<PlaceId>{kept})
        << "another pair still holds the others";
}

}  // namespace
}  // namespace tsunagi::resources
