// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/import_rules.hpp"

#include "modules/imports/cell_values.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::imports {
namespace {

std::string day(const std::string& cell, std::optional<std::int64_t> year = {}, bool from_1904 = false) {
    const auto read = day_in(cell, year, from_1904);
    return read ? read->str() : "none";
}

TEST(CellValuesTest, DaysOfEveryEra) {
    for (const char* cell : {"2025-04-01", "2025/4/1", "2025.4.1", "20250401", "2025\u5e744\u67081\u65e5",
                             "\u4ee4\u548c7\u5e744\u67081\u65e5", "R7.4.1", "r7/4/1", "\uff32\uff17.\uff14.\uff11",
                             "45748", "2025/4/1 10:30", "2025/4/1(\u706b)", "\u4ee4\u548c 7\u5e74 4\u6708 1\u65e5"})
        EXPECT_EQ(day(cell), "2025-04-01") << cell;
    EXPECT_EQ(day("\u4ee4\u548c\u5143\u5e745\u67081\u65e5"), "2019-05-01");
    EXPECT_EQ(day("H31/4/1"), "2019-04-01");
    EXPECT_EQ(day("S25.1.9"), "1950-01-09");
    EXPECT_EQ(day("4/1", 2025), "2025-04-01");
    EXPECT_EQ(day("3\u670831\u65e5", 2025), "2026-03-31");
    EXPECT_EQ(day("44286", {}, true), "2025-04-01");
    // What people write behind a day, and what makes more than one day of it.
    for (const char* cell :
         {"2025/4/1 \u706b", "2025\u5e744\u67081\u65e5\u706b\u66dc\u65e5", "2025/4/1 \u706b\u66dc 10:30",
          "2025/4/1\uff08\u706b\uff09\u5348\u5f8c2\u6642", "2025-04-01T10:30:00", "2025-04-01T10:30:00.000+09:00"})
        EXPECT_EQ(day(cell), "2025-04-01") << cell;
    for (const char* cell : {"2025/4/1 - 4/3", "2025/4/1\u301c3", "2025/4/1(\u706b", "2025/4/1 \u706b\u6c34",
                             "2025/4/1 25:00", "2025-03-31T15:00:00Z", "2025-04-01T10:30:00.+09:00"})
        EXPECT_EQ(day(cell), "none") << cell;
    for (const char* cell : {"4/1", "2025/2/30", "R7", "tomorrow", "12", "2025/4", "25/4/1", ""})
        EXPECT_EQ(day(cell), "none") << cell;
}

TEST(CellValuesTest, TimesAndLists) {
    EXPECT_EQ(time_in("10:30")->str(), "10:30");
    EXPECT_EQ(time_in("\u5348\u5f8c2\u6642\u534a")->str(), "14:30");
    EXPECT_EQ(time_in("0.4375")->str(), "10:30");
    EXPECT_EQ(time_in("2025-04-01 09:05")->str(), "09:05");
    EXPECT_FALSE(time_in("25:00"));
    EXPECT_EQ(values_in("a\u3001b, c\n"), (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(without_number("1.\u533b\u7642"), "\u533b\u7642");
    EXPECT_EQ(without_number("\u2460\u533b\u7642"), "\u533b\u7642");
    EXPECT_EQ(without_number("24\u6642\u9593"), "24\u6642\u9593");
}

class ImportRulesTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        words = read_import_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/import_words.yaml");
        codes = packs->codes();
        book = std::make_unique<WordBook>(*codes, words, std::vector<Named>{{"receiver-1", "Sato Hana"}},
                                          std::vector<Named>{{"ward-a", "Ward A"}});
    }

    Surroundings around() {
        return {
            .codes = *codes, .words = words, .book = *book, .today = clock.today(), .latest_day = clock.latest_day()};
    }

    static std::map<std::string, std::string> fields(const Mapping& mapping) {
        std::map<std::string, std::string> result;
        for (const auto& column : mapping.columns)
            result[column.header.value] = column.field.value + (column.mark ? "=" + column.mark->value : "");
        return result;
    }

    ImportWords words;
    std::shared_ptr<const packs::CodeBook> codes;
    std::unique_ptr<WordBook> book;
};

TSUNAGI_BOTH_ENGINES(ImportRulesTest);

TEST_P(ImportRulesTest, ATwoLineHeaderBelowATitleIsFound) {
    const std::vector<FileLine> lines{
        {1, {"\u4ee4\u548c6\u5e74\u5ea6 \u76f8\u8ac7\u8a18\u9332"}},
        {3, {"\u53d7\u4ed8\u65e5", "\u76f8\u8ac7\u8005", "", "\u4e3b\u8a34", "\u5834\u9762", ""}},
        {4, {"\u53d7\u4ed8\u65e5", "\u6c0f\u540d", "\u6240\u5c5e", "", "\u770b\u53d6\u308a", "\u65e5\u5e38"}},
        {5, {"R6.4.1", "Ishida", "Office", "Asks", "\u25cb", ""}},
        {6, {"R6.4.2", "Tanaka", "Office", "Asks", "", "\u25cb"}}};
    const Mapping mapping = guess_mapping(lines, around(), {}, {});
    EXPECT_EQ(mapping.header_line.value, 3);
    EXPECT_EQ(mapping.header_lines.value, 2);
    const auto found = fields(mapping);
    EXPECT_EQ(found.at("\u53d7\u4ed8\u65e5"), "received_on");
    EXPECT_EQ(found.at("\u76f8\u8ac7\u8005 / \u6c0f\u540d"), "caller_name");
    EXPECT_EQ(found.at("\u76f8\u8ac7\u8005 / \u6240\u5c5e"), "caller_affiliation");
    EXPECT_EQ(found.at("\u4e3b\u8a34"), "request");
    EXPECT_EQ(found.at("\u5834\u9762 / \u770b\u53d6\u308a"), "scenes=end_of_life");
    EXPECT_EQ(found.at("\u5834\u9762 / \u65e5\u5e38"), "scenes=daily");
}

TEST_P(ImportRulesTest, ALineBecomesASheetOrSaysWhatIsWrong) {
    Mapping mapping;
    const auto map = [&](std::int64_t at, const char* field, const char* mark = nullptr) {
        ColumnMapping column;
        column.column.value = at;
        column.header = std::string("head ") + std::to_string(at);
        column.field = record::CodeName(field);
        if (mark != nullptr)
            column.mark = record::CodeName(mark);
        mapping.columns.push_back(column);
    };
    map(0, "received_on");
    map(1, "method");
    map(2, "request");
    map(3, "request");
    map(4, "supports");
    map(5, "elements", "dementia");
    map(6, "receiver_id");
    map(7, "person_name");
    DefaultMapping method;
    method.field = record::CodeName("method");
    method.code = "fax";
    mapping.defaults.push_back(method);
    LineReader reader(mapping, around(), false);
    auto line = reader.read({7, {"R6.4.1", "TEL", "asks", "more", "", "\u25b3", "Sato Hana", "Yamada"}});
    EXPECT_TRUE(line.faults.empty());
    EXPECT_EQ(line.sheet.received_on->str(), "2024-04-01");
    EXPECT_EQ(line.sheet.method->value, "phone");
    EXPECT_EQ(line.sheet.request.value, "head 2: asks\nhead 3: more");
    EXPECT_EQ(line.sheet.elements.at(0).value, consultations::ElementValue::suspected);
    EXPECT_EQ(line.sheet.receiver_id->str(), "receiver-1");
    EXPECT_EQ(line.person->name.value, "Yamada");
    EXPECT_EQ(line.state, consultations::ConsultationState::closed);
    EXPECT_EQ(reader.read({8, {"R6.4.1", "", "asks"}}).sheet.method->value, "fax");

    const auto bad = reader.read({9, {"R6.13.1", "pigeon", "asks"}});
    ASSERT_EQ(bad.faults.size(), 2U);
    EXPECT_EQ(bad.faults[0].reason, "not_a_day");
    EXPECT_EQ(bad.faults[0].value, "R6.13.1");
    EXPECT_EQ(bad.faults[1].reason, "unknown_word");
    EXPECT_EQ(bad.faults[1].column, 1);
    EXPECT_EQ(reader.read({10, {"2030/1/1", "", "asks"}}).faults.at(0).reason, "future");
    EXPECT_EQ(reader.read({11, {"4/1", "", "asks"}}).faults.at(0).reason, "day_without_year");
    EXPECT_EQ(reader.read({12, {"R6.4.1"}}).faults.at(0).reason, "nothing_said");

    WordMapping word;
    word.field = record::CodeName("method");
    word.word = record::NonEmpty<record::Text<100>>("pigeon");
    word.code = "mail";
    mapping.words.push_back(word);
    EXPECT_EQ(LineReader(mapping, around(), false).read({9, {"R6.3.1", "Pigeon", "asks"}}).sheet.method->value, "mail");
    // The sheet in force asks for more than a log of former times has.
    mapping.past_log = false;
    mapping.state = consultations::ConsultationState::open;
    EXPECT_FALSE(LineReader(mapping, around(), false).read({9, {"R6.3.1", "", "asks"}}).faults.empty());
}

TEST_P(ImportRulesTest, OneColumnForAFieldThatHoldsOneThing) {
    Mapping mapping;
    const auto map = [&](const char* header, const char* field, const char* mark = nullptr) {
        ColumnMapping column;
        column.column.value = static_cast<std::int64_t>(mapping.columns.size());
        column.header = std::string(header);
        column.field = record::CodeName(field);
        if (mark != nullptr)
            column.mark = record::CodeName(mark);
        mapping.columns.push_back(column);
    };
    const auto refused = [&] {
        std::vector<std::string> result;
        try {
            check_mapping(mapping, around());
        } catch (const core::Error& error) {
            for (const auto& field : error.fields())
                result.push_back(field.pointer + " " + field.reason + " " + field.limit);
        }
        return result;
    };
    map("day", "received_on");
    // Texts and lists join; a matrix has a column for each code, also of a field that holds one.
    map("asks", "request");
    map("and more", "request");
    map("name", "person_name");
    map("second name", "person_name");
    map("scene 1", "scenes");
    map("scene 2", "scenes");
    map("by phone", "method", "phone");
    map("by fax", "method", "fax");
    map("dementia", "elements", "dementia");
    map("other elements", "elements");
    EXPECT_EQ(refused(), std::vector<std::string>{});

    const Mapping good = mapping;

    struct Pair {
        const char* field;
        const char* mark;
    };

    for (const Pair& pair : {Pair{"received_on", nullptr},
                             {"started_at", nullptr},
                             {"topic", nullptr},
                             {"state", nullptr},
                             {"receiver_id", nullptr},
                             {"district_id", nullptr},
                             {"person_born_on", nullptr},
                             {"elements", "psychiatric"}}) {
        mapping = good;
        const std::string at = std::to_string(mapping.columns.size());
        const bool is_day = std::string_view(pair.field) == "received_on";
        if (!is_day)
            map("one", pair.field, pair.mark);
        const std::string first = is_day ? "0" : at;
        const std::string last = std::to_string(mapping.columns.size());
        map("", pair.field, pair.mark);
        EXPECT_EQ(refused(),
                  (std::vector<std::string>{
                      "/mapping/columns/" + first + "/field one_column " + std::to_string(std::stoll(last) + 1),
                      "/mapping/columns/" + last + "/field one_column " + (is_day ? "day" : "one")}))
            << pair.field;
    }
    // Words and marks in one field overwrite each other.
    mapping = good;
    map("method", "method");
    EXPECT_EQ(refused(), (std::vector<std::string>{"/mapping/columns/7/field one_column method",
                                                   "/mapping/columns/8/field one_column method",
                                                   "/mapping/columns/11/field one_column by phone"}));
}

TEST_P(ImportRulesTest, WordsMeanCodesByLabelNumberAndSynonym) {
    EXPECT_EQ(book->read("method", "\uff26\uff21\uff38").code, "fax");
    EXPECT_EQ(book->read("topic", "1.\u533b\u7642").code, "home_medical");
    EXPECT_TRUE(book->read("caller_profession", "\u30b1\u30a2\u30de\u30cd").certain);
    EXPECT_FALSE(book->read("method", "\u96fb\u8a71\u3067").certain);
    EXPECT_EQ(book->read("method", "\u96fb\u8a71\u3067").code, "phone");
    EXPECT_FALSE(book->read("method", "pigeon").code);
}

}  // namespace
}  // namespace tsunagi::imports
