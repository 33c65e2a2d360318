// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/yaml_values.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace tsunagi::packs {
namespace {

std::string read(const char* yaml) {
    return boost::json::serialize(json_of_yaml(YAML::Load(yaml)));
}

TEST(YamlValues, PlainScalarsAreWhatTheyLookLike) {
    EXPECT_EQ(read("{a: true, b: 12, c: 37.5, d: -3, e: ~, f: , g: word}"),
              R"({"a":true,"b":12,"c":3.75E1,"d":-3,"e":null,"f":null,"g":"word"})");
}

TEST(YamlValues, CodesAndQuotedScalarsStayText) {
    EXPECT_EQ(read("[010, '12', \"true\", 2026-04-01, nan, inf, 0.5]"),
              R"(["010","12","true","2026-04-01","nan","inf",5E-1])");
}

TEST(YamlValues, ANameThatStandsTwiceIsRefusedWithItsLine) {
    try {
        read("a: 1\na: 2");
        FAIL() << "taken";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "line 2: `a` stands twice");
    }
}

}  // namespace
}  // namespace tsunagi::packs
