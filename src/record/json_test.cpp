// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "record/json_reader.hpp"
#include "record/json_writer.hpp"
#include "record/query.hpp"
#include "record/row.hpp"
#include "record/schema.hpp"

namespace tsunagi::record {
namespace {

enum class Mood { calm, continue_ };
BOOST_DESCRIBE_ENUM(Mood, calm, continue_)

struct Part {
    NonEmpty<Text<10>> name;
    std::optional<double> weight;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, weight))

struct Sheet {
    core::DeskId desk_id;
    core::Date received_on;
    std::optional<core::TimeOfDay> at;
    Text<40> request;
    std::string note;
    std::int64_t count = 0;
    bool shared = false;
    Whole<1, 5> grade;
    Mood mood{};
    std::optional<Code<"topic">> topic;
    std::vector<Code<"scene">> scenes;
    std::vector<Part> parts;
};
BOOST_DESCRIBE_STRUCT(Sheet, (),
                      (desk_id, received_on, at, request, note, count, shared, grade, mood, topic, scenes, parts))

struct SignIn {
    Secret password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (password))

struct Tree {
    Text<5> name;
    std::vector<Tree> branches;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (name, branches))

const std::string good =
    R"({"desk_id":"0193f0a1-b2c3-7def-8abc-0123456789ab","received_on":"2026-11-22","at":null,"request":"","note":"",)"
    R"("count":3,"shared":true,"grade":5,"mood":"continue","topic":"jogging","scenes":["a"],"parts":[{"name":"x","weight":1.5}]})";

/// `pointer:reason(limit)` of every wrong field, or the reason of a text that is no JSON.
template <class T>
std::string faults(const std::string& text) {
    try {
        (void)from_json<T>(text);
        return "";
    } catch (const core::Error& error) {
        std::string result = error.kind() == core::ErrorKind::malformed ? error.reason() : "";
        if (error.kind() == core::ErrorKind::malformed)
            return result;
        for (const auto& field : error.fields()) {
            result += (result.empty() ? "" : " ") + field.pointer + ":" + field.reason;
            if (!field.limit.empty())
                result += "(" + field.limit + ")";
        }
        return result;
    }
}

/// `good` with one piece of text replaced.
std::string with(std::string_view from, std::string_view to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
}

TEST(Json, ReadsAndWritesTheSame) {
    EXPECT_EQ(to_json(from_json<Sheet>(good)), good);
    const Sheet sheet = from_json<Sheet>(good);
    EXPECT_EQ(sheet.mood, Mood::continue_);
    EXPECT_EQ(sheet.parts.at(0).weight, 1.5);
    EXPECT_FALSE(sheet.at);
}

TEST(Json, WordsThatMustSurviveEverything) {
    const std::string words = "髙﨑濵邉𠮷辻󠄀葛󠄀①Ⅰ㎝㌢〇々";
    const Sheet sheet = from_json<Sheet>(with(R"("request":"")", "\"request\":\"" + words + "\""));
    EXPECT_EQ(sheet.request.str(), words) << "not one byte is changed";
    EXPECT_EQ(to_json(from_json<Sheet>(to_json(sheet))), to_json(sheet));
    EXPECT_NE(to_json(sheet).find(words), std::string::npos);
    const Sheet escaped = from_json<Sheet>(with(R"("request":"")", R"("request":"\ud842\udfb7\u9ad9\n\t\"\\\/")"));
    EXPECT_EQ(escaped.request.str(), "𠮷髙\n\t\"\\/");
}

TEST(Json, AbsentTextListAndOptionalAreEmpty) {
    const Sheet sheet = from_json<Sheet>(
        R"({"desk_id":"0193f0a1-b2c3-7def-8abc-0123456789ab","received_on":"2026-11-22","note":"","count":1,)"
        R"("shared":false,"grade":1,"mood":"calm"})");
    EXPECT_TRUE(sheet.request.empty() && sheet.scenes.empty() && !sheet.topic && sheet.parts.empty());
    EXPECT_EQ(faults<Sheet>("{}"),
              "/desk_id:required /received_on:required /note:required /count:required /shared:required /grade:required "
              "/mood:required");
}

TEST(Json, NamesEveryWrongFieldByItsPlace) {
    EXPECT_EQ(faults<Sheet>(with("2026-11-22", "2026-02-30")), "/received_on:format");
    EXPECT_EQ(faults<Sheet>(with("0193f0a1", "0193F0A1")), "/desk_id:format");
    EXPECT_EQ(faults<Sheet>(with(":5,", ":6,")), "/grade:range(1-5)");
    EXPECT_EQ(faults<Sheet>(with(":3,", ":3.5,")), "/count:type(integer)");
    EXPECT_EQ(faults<Sheet>(with(":3,", ":9223372036854775808,")), "/count:type(integer)");
    EXPECT_EQ(faults<Sheet>(with(":3,", ":\"3\",")), "/count:type(integer)");
    EXPECT_EQ(faults<Sheet>(with(":true,", ":1,")), "/shared:type(boolean)");
    EXPECT_EQ(faults<Sheet>(with("continue\"", "continue_\"")), "/mood:unknown_code");
    EXPECT_EQ(faults<Sheet>(with("jogging", "Jogging")), "/topic:unknown_code");
    EXPECT_EQ(faults<Sheet>(with("jogging", "")), "/topic:unknown_code");
    EXPECT_EQ(faults<Sheet>(with("[\"a\"]", "\"a\"")), "/scenes:type(array)");
    EXPECT_EQ(faults<Sheet>(with("[\"a\"]", "[\"a\",1,\"b c\"]")), "/scenes/1:type(string) /scenes/2:unknown_code");
    EXPECT_EQ(faults<Sheet>(with("\"x\"", "\"  \u3000\"")), "/parts/0/name:required");
    EXPECT_EQ(faults<Sheet>(with("\"x\"", "\"12345678901\"")), "/parts/0/name:too_long(10)");
    EXPECT_EQ(faults<Sheet>(with("1.5", "\"1.5\"")), "/parts/0/weight:type(number)");
    EXPECT_EQ(faults<Sheet>(with("\"count\"", "\"zzz\":{},\"count\"")), "/zzz:unknown");
    EXPECT_EQ(faults<Sheet>(with("\"count\"", "\"a/b~c\":{},\"count\"")), "/a~1b~0c:unknown");
    EXPECT_EQ(faults<Sheet>(with("\"at\":null", "\"at\":\"9:00\"")), "/at:format");
    EXPECT_EQ(faults<Sheet>(with("\"note\":\"\"", "\"note\":null")), "/note:type(string)");
    EXPECT_EQ(faults<Sheet>(with("\"note\":\"\"", "\"note\":\"\\u0000\"")), "/note:format");
    EXPECT_EQ(faults<SignIn>(R"({"password":""})"), "/password:required");
    EXPECT_EQ(faults<SignIn>("{\"password\":\"" + std::string(201, 'x') + "\"}"), "/password:too_long(200)");
}

TEST(Json, LengthsAreCountedInCodePoints) {
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += "𠮷";
    EXPECT_EQ(faults<Sheet>(with(R"("request":"")", "\"request\":\"" + text + "\"")), "");
    EXPECT_EQ(faults<Sheet>(with(R"("request":"")", "\"request\":\"" + text + "𠮷\"")), "/request:too_long(40)");
}

TEST(Json, RefusesWhatIsNoStrictJson) {
    for (const std::string& text :
         {std::string(), std::string("{"), good + good, good + "x", std::string("{'a':1}"), std::string("{\"a\":1,}"),
          std::string("{a:1}"), std::string("//\n{}"), std::string("{\"a\":01}"), std::string("{\"a\":NaN}"),
          std::string("\xef\xbb\xbf{}"), with("\"note\":\"\"", "\"note\":\"\\ud842\""),
          with("\"note\":\"\"", "\"note\":\"\\udfb7\""), with("\"note\":\"\"", "\"note\":\"\xed\xa0\x80\""),
          with("\"note\":\"\"", "\"note\":\"\xc0\xaf\""), with("\"note\":\"\"", "\"note\":\"a\nb\""),
          with("\"note\":\"\"", "\"note\":\"\x90\x7d\""), std::string(100'000, '['),
          std::string(10'000, '[') + std::string(10'000, ']')}) {
        EXPECT_EQ(faults<Sheet>(text), "malformed_json") << text.substr(0, 100);
    }
    EXPECT_EQ(faults<Sheet>(with("\"count\"", "\"note\":\"\",\"count\"")), "duplicate_member");
    EXPECT_EQ(faults<Sheet>(with("\"count\"", "\"n\\u006fte\":\"\",\"count\"")), "duplicate_member");
    EXPECT_EQ(faults<Sheet>(with("\"name\":\"x\"", "\"name\":\"x\",\"name\":\"y\"")), "duplicate_member");
    EXPECT_EQ(faults<Sheet>(with(R"([{"name":"x","weight":1.5}])", R"([{"name":"x"},{"name":"x"}])")), "")
        << "the same name in two objects is no duplicate";
}

TEST(Json, DepthAndListsAreBounded) {
    const auto nested = [](int levels) {
        std::string text = "{}";
        for (int i = 0; i < levels; ++i)
            text = "{\"branches\":[" + text + "]}";
        return text;
    };
    EXPECT_EQ(faults<Tree>(nested(15)), "");
    EXPECT_EQ(faults<Tree>(nested(16)), "malformed_json");
    std::string many = "{\"branches\":[{}";
    for (int i = 0; i < 2000; ++i)
        many += ",{}";
    EXPECT_EQ(faults<Tree>(many + "]}"), "/branches:too_many(2000)");
}

TEST(Json, WritesNumbersThatComeBack) {
    Part part{NonEmpty<Text<10>>("x"), 0.1};
    EXPECT_EQ(to_json(part), R"({"name":"x","weight":0.1})");
    part.weight = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(to_json(part), R"({"name":"x","weight":null})");
    part.weight = 1e300;
    EXPECT_EQ(from_json<Part>(to_json(part)).weight, 1e300);
    EXPECT_EQ(from_json<Part>(R"({"name":"x","weight":7977.1424178354555})").weight, 7977.1424178354555);
    EXPECT_EQ(from_json<Part>(R"({"name":"x","weight":-12.30e-1})").weight, -1.23);
    EXPECT_EQ(from_json<Part>(R"({"name":"x","weight":3})").weight, 3);
    EXPECT_EQ(faults<Part>(R"({"name":"x","weight":1e999})"), "malformed_json");
}

/// Text made of what breaks careless programs, and of anything else.
rc::Gen<std::string> any_text(std::size_t most_pieces) {
    const auto piece = rc::gen::oneOf(
        rc::gen::element<std::string>("髙", "﨑", "濵", "邉", "𠮷", "辻󠄀", "葛󠄀", "①", "Ⅰ", "㎝", "㌢", "〇",
                                      "々", "\"", "\\", "\n", "\x01", "\x7f", "</script>", "=1+1", "\u3000", "\u2028",
                                      "~", "∥", "－"),
        rc::gen::map(rc::gen::inRange(1, 127), [](int c) { return std::string(1, static_cast<char>(c)); }));
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [most_pieces](const std::vector<std::string>& pieces) {
                            std::string text;
                            for (std::size_t i = 0; i < pieces.size() && i < most_pieces; ++i)
                                text += pieces[i];
                            return text;
                        });
}

RC_GTEST_PROP(JsonLaws, WhatIsWrittenIsReadBack, ()) {
    Sheet sheet;
    sheet.desk_id = core::DeskId::make();
    sheet.received_on = core::Date().plus_days(*rc::gen::inRange(-30'000, 80'000));
    if (*rc::gen::arbitrary<bool>())
        sheet.at = core::TimeOfDay(*rc::gen::inRange(0, 24), *rc::gen::inRange(0, 60));
    sheet.request = *any_text(4);
    sheet.note = *any_text(100);
    sheet.count = *rc::gen::arbitrary<std::int64_t>();
    sheet.shared = *rc::gen::arbitrary<bool>();
    sheet.grade.value = *rc::gen::inRange(1, 6);
    sheet.mood = *rc::gen::element(Mood::calm, Mood::continue_);
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        sheet.parts.push_back({NonEmpty<Text<10>>("髙" + std::to_string(i)), *rc::gen::arbitrary<double>()});
    }
    const std::string text = to_json(sheet);
    const Sheet back = from_json<Sheet>(text);
    RC_ASSERT(to_json(back) == text);
    RC_ASSERT(back.request == sheet.request);
    RC_ASSERT(back.note == sheet.note);
    RC_ASSERT(back.count == sheet.count);
}

RC_GTEST_PROP(JsonLaws, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
    try {
        (void)from_json<Sheet>(bytes);
    } catch (const core::Error& error) {
        RC_ASSERT(error.kind() == core::ErrorKind::malformed || error.kind() == core::ErrorKind::invalid);
    }
}

TEST(Json, AStoredVersionIsReadableAfterItsTypeHasGrown) {
    const Sheet old = from_stored_json<Sheet>(R"({"request":"a","gone":1})");
    EXPECT_EQ(old.request.str(), "a");
    EXPECT_EQ(old.count, 0);
}

}  // namespace
}  // namespace tsunagi::record
