// SPDX-License-Identifier: Apache-2.0
#include "record/query.hpp"

#include <gtest/gtest.h>

#include "record/params.hpp"
#include "record/row.hpp"
#include "record/schema.hpp"

namespace tsunagi::record {
namespace {

enum class Phase { open, closed };
BOOST_DESCRIBE_ENUM(Phase, open, closed)

struct Filter {
    std::vector<core::DeskId> desk;
    std::vector<Phase> phase;
    std::optional<core::Date> from;
    std::optional<std::int64_t> limit;
    std::optional<bool> mine;
    Text<5> words;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (desk, phase, from, limit, mine, words))

std::string faults(const QueryParameters& parameters) {
    try {
        (void)from_query<Filter>(parameters);
        return "";
    } catch (const core::Error& error) {
        std::string result;
        for (const auto& field : error.fields())
            result += (result.empty() ? "" : " ") + field.pointer + ":" + field.reason;
        return result;
    }
}

TEST(Query, ReadsRepeatedAndParted) {
    const Filter filter = from_query<Filter>({{"phase", "open,closed"},
                                              {"phase", "open"},
                                              {"from", "2026-04-01"},
                                              {"limit", "25"},
                                              {"mine", "true"},
                                              {"words", "髙 橋"}});
    EXPECT_EQ(filter.phase, (std::vector<Phase>{Phase::open, Phase::closed, Phase::open}));
    EXPECT_EQ(filter.from->str(), "2026-04-01");
    EXPECT_EQ(filter.limit, 25);
    EXPECT_EQ(filter.mine, true);
    EXPECT_EQ(filter.words.str(), "髙 橋");
    EXPECT_TRUE(from_query<Filter>({{"phase", ",,"}, {"from", ""}}).phase.empty());
}

TEST(Query, NamesEveryWrongParameter) {
    EXPECT_EQ(faults({{"phase", "ajar"}}), "?phase:unknown_code");
    EXPECT_EQ(faults({{"desk", "1' OR '1'='1"}}), "?desk:format");
    EXPECT_EQ(faults({{"limit", "9999999999999999999"}, {"mine", "yes"}}), "?limit:type ?mine:type");
    EXPECT_EQ(faults({{"from", "2026-04-31"}, {"from", "2026-04-30"}}), "?from:format ?from:duplicate");
    EXPECT_EQ(faults({{"words", "123456"}}), "?words:too_long");
    EXPECT_EQ(faults({{"Phase", "open"}, {"", ""}}), "?Phase:unknown ?:unknown");
    std::string many = "open";
    for (int i = 0; i < 200; ++i)
        many += ",open";
    EXPECT_EQ(faults({{"phase", many}}), "?phase:too_many");
}

struct Row {
    core::DeskId id;
    std::optional<core::Date> closed_on;
    Phase phase{};
    bool shared = false;
    std::optional<double> share;
    Whole<0, 9> grade;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, closed_on, phase, shared, share, grade))

TEST(Row, ColumnsStandInTheOrderOfTheDescription) {
    EXPECT_EQ(columns<Row>(), "id, closed_on, phase, shared, share, grade");
    EXPECT_EQ(columns<Row>("c"), "c.id, c.closed_on, c.phase, c.shared, c.share, c.grade");
}

TEST(Row, CellsKeepTheirKind) {
    Row row;
    row.id = core::DeskId("0193f0a1-b2c3-7def-8abc-0123456789ab");
    row.phase = Phase::closed;
    row.shared = true;
    row.share = 0.5;
    row.grade.value = 7;
    const Params params = Params().set_all(row).set("words", std::string("髙")).set("four", 4);
    ASSERT_EQ(params.size(), 8U);
    EXPECT_EQ(params.items()[0], (std::pair<std::string, Cell>{"id", row.id.str()}));
    EXPECT_EQ(params.items()[1].second, Cell{});
    EXPECT_EQ(params.items()[2].second, Cell{std::string("closed")});
    EXPECT_EQ(params.items()[3].second, Cell{std::int64_t{1}});
    EXPECT_EQ(params.items()[4].second, Cell{0.5});
    EXPECT_EQ(params.items()[5].second, Cell{std::int64_t{7}});
    EXPECT_EQ(params.items()[6].second, Cell{std::string("髙")});
    EXPECT_EQ(params.items()[7].second, Cell{std::int64_t{4}});
}

TEST(Schema, SaysWhatTheTypesSay) {
    SchemaSet schemas;
    const auto schema = schemas.of<Filter>();
    EXPECT_EQ(boost::json::serialize(schema), R"({"$ref":"#/components/schemas/Filter"})");
    EXPECT_EQ(boost::json::serialize(schemas.components().at("Phase")),
              R"({"type":"string","enum":["open","closed"]})");
    const auto& properties = schemas.components().at("Filter").at("properties");
    EXPECT_EQ(boost::json::serialize(properties.at("words")), R"({"type":"string","maxLength":5})");
    EXPECT_EQ(boost::json::serialize(properties.at("mine")), R"({"type":["boolean","null"]})");
    EXPECT_FALSE(schemas.components().at("Filter").as_object().contains("required"));
    EXPECT_EQ(boost::json::serialize(schemas.of<std::optional<Phase>>()),
              R"({"anyOf":[{"$ref":"#/components/schemas/Phase"},{"type":"null"}]})");
}

}  // namespace
}  // namespace tsunagi::record
