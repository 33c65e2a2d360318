// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/analysis_service.hpp"

#include <algorithm>
#include <map>

#include <yaml-cpp/yaml.h>

#include "record/json_writer.hpp"
#include "record/query.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::analysis {
namespace {

using consultations::ConsultationFilter;
using consultations::ElementValue;

class AnalysisServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        analysis = std::make_unique<AnalysisService>(
            database(), *audit, *packs, *consultations,
            std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/report_words.yaml");
    }

    MonthTable months(const access::Actor& actor, const record::QueryParameters& query) {
        return analysis->months(actor, record::from_query<ConsultationFilter>(query));
    }

    /// Count of a column in the total row; nothing when there is no such column.
    static std::optional<std::int64_t> in_total(const MonthTable& table, ColumnGroup group, const std::string& code) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (table.columns[i].group == group && table.columns[i].code == code)
                return table.total.counts[i];
        }
        return std::nullopt;
    }

    /// The 15 cases of 図3 as the demonstration tells them.
    void register_cases_of_the_figure() {
        const auto file = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "demo/shiomi/cases_matsudo.yaml";
        for (const auto& told : YAML::LoadFile(file.string())["cases"]) {
            auto one = sheet(told["received_on"].as<std::string>());
            one.subject = told["subject"].as<std::string>();
            one.background = told["background"].as<std::string>();
            for (const auto& element : told["elements"]) {
                const auto value = element["value"].as<std::string>();
                one.elements.push_back({record::Code<"element">(element["element"].as<std::string>()),
                                        value == "yes"         ? ElementValue::yes
                                        : value == "suspected" ? ElementValue::suspected
                                                               : ElementValue::text,
                                        element["text"].as<std::string>()});
            }
            create(coordinator, one);
        }
    }

    std::unique_ptr<AnalysisService> analysis;
};

TSUNAGI_BOTH_ENGINES(AnalysisServiceTest);

TEST_P(AnalysisServiceTest, TheMatrixCountsAsTheFigureDoes) {
    register_cases_of_the_figure();
    create(coordinator, sheet());  // carries no element and does not belong to the matrix
    const Matrix matrix = analysis->matrix(coordinator, {});
    std::vector<std::int64_t> counts;
    for (const auto& column : matrix.columns)
        counts.push_back(column.count);
    EXPECT_EQ(counts, (std::vector<std::int64_t>{4, 5, 1, 3, 11, 5, 5, 9, 3, 9, 2, 2, 3}));
    EXPECT_EQ(matrix.filled, 62);
    EXPECT_EQ(matrix.columns[7].element, "dementia");
    EXPECT_EQ(matrix.columns[7].suspected, 3);
    EXPECT_EQ(matrix.columns[7].group, "person");
    EXPECT_EQ(matrix.total, 15);
    EXPECT_FALSE(matrix.truncated);
    ASSERT_EQ(matrix.cases.size(), 15U);
    for (const auto& one : matrix.cases) {
        EXPECT_FALSE(one.background.empty());
        EXPECT_FALSE(one.elements.empty());
    }
    ASSERT_FALSE(matrix.combinations.empty());
    for (const auto& combination : matrix.combinations) {
        EXPECT_GE(combination.count, 2);
        EXPECT_GT(combination.lift, 1);
        EXPECT_EQ(combination.cases.size(), static_cast<std::size_t>(combination.count));
    }
    EXPECT_TRUE(std::ranges::is_sorted(matrix.combinations, std::greater<>{}, &Combination::lift));

    MatrixQuery named;
    named.cases = {matrix.cases[0].id, matrix.cases[1].id};
    EXPECT_EQ(analysis->matrix(coordinator, named).total, 2);
    const Matrix by_element = analysis->matrix(
        coordinator, record::from_query<MatrixQuery>({{"element", "no_family_doctor"}, {"fiscal_year", "2026"}}));
    EXPECT_EQ(by_element.total, 9);
}

/// Twelve months of 図8: 589 consultations in six topics, two of them re-listed, spread over callers and wards.
TEST_P(AnalysisServiceTest, TheMonthTableHasThe27ColumnsOfTheFigureAndAddsUp) {
    const std::vector<std::pair<std::string, int>> topics{{"resources", 102}, {"home_life", 110}, {"home_medical", 88},
                                                          {"fees", 96},       {"training", 104},  {"other", 89}};
    const std::vector<std::string> professions{"physician", "nurse", "care_manager", "support_center", "resident_self"};
    int made = 0;
    for (const auto& [topic, yearly] : topics) {
        for (int i = 0; i < yearly; ++i) {
            const int month = i % 12;  // 0 is April
            const std::string text = std::to_string(month < 9 ? month + 4 : month - 8);
            auto one =
                sheet(std::string(month < 9 ? "2023-" : "2024-") + (text.size() == 1 ? "0" : "") + text + "-15", topic);
            one.caller_profession.emplace(professions[static_cast<std::size_t>(made) % professions.size()]);
            one.district_id = made % 8 == 7   ? outside
                              : made % 8 == 6 ? quarter
                                              : wards[static_cast<std::size_t>(made % 6)];
            if (made % 300 == 0)
                one.relisted.emplace_back("covid");
            create(coordinator, one);
            ++made;
        }
    }
    create(coordinator, sheet("2023-03-31"));
    create(coordinator, sheet("2024-04-01"));
    (void)consultations->create(
        coordinator, {.desk_id = {}, .state = consultations::ConsultationState::draft, .sheet = sheet("2023-04-15")},
        "");

    const MonthTable table = months(coordinator, {{"fiscal_year", "2023"}});
    ASSERT_EQ(table.columns.size() + 1, 27U);  // and the month
    std::map<ColumnGroup, int> columns;
    for (const auto& column : table.columns)
        ++columns[column.group];
    EXPECT_EQ(columns, (std::map<ColumnGroup, int>{{ColumnGroup::total, 1},
                                                   {ColumnGroup::topic, 6},
                                                   {ColumnGroup::relisted, 1},
                                                   {ColumnGroup::caller, 11},
                                                   {ColumnGroup::district, 7}}));
    ASSERT_EQ(table.rows.size(), 12U);
    EXPECT_EQ(table.rows.front().month, "2023-04");
    EXPECT_EQ(table.rows.back().month, "2024-03");
    EXPECT_EQ(table.total.counts.front(), 589);
    for (std::size_t i = 0; i < topics.size(); ++i)
        EXPECT_EQ(table.total.counts[i + 1], topics[i].second);
    for (const auto& row : table.rows) {
        std::int64_t sum = 0;
        for (std::size_t i = 1; i <= 6; ++i)
            sum += *row.counts[i];
        EXPECT_EQ(row.counts.front(), sum) << row.month;
    }
    EXPECT_EQ(in_total(table, ColumnGroup::relisted, "covid"), 2);
    EXPECT_EQ(table.checks.size(), 0U);
    EXPECT_EQ(table.columns.back().code, outside.str());
    EXPECT_FALSE(in_total(table, ColumnGroup::district, quarter.str()).has_value());

    // Every figure leads to as many cases as it says.
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& column = table.columns[i];
        static const std::map<ColumnGroup, std::string> names{{ColumnGroup::total, "state"},
                                                              {ColumnGroup::topic, "topic"},
                                                              {ColumnGroup::relisted, "relisted"},
                                                              {ColumnGroup::caller, "caller"},
                                                              {ColumnGroup::district, "district"}};
        const std::string value = column.group == ColumnGroup::total ? "open,on_hold,closed" : column.code;
        const auto cases = consultations->cases(
            coordinator,
            record::from_query<ConsultationFilter>({{"fiscal_year", "2023"}, {names.at(column.group), value}}));
        EXPECT_EQ(cases.total, table.total.counts[i]) << column.code;
    }
}

TEST_P(AnalysisServiceTest, WhatIsNotFilledInIsSaidAndChecked) {
    auto incomplete = sheet("2026-05-10");
    incomplete.district_id.reset();
    create(coordinator, incomplete);
    create(coordinator, sheet("2026-05-11"));
    const MonthTable table = months(coordinator, {{"fiscal_year", "2026"}});
    EXPECT_EQ(in_total(table, ColumnGroup::district, ""), 1);
    EXPECT_EQ(table.columns.back().en, "Not filled in");
    ASSERT_EQ(table.checks.size(), 2U);
    EXPECT_EQ(table.checks.front().month, "2026-05");
    EXPECT_EQ(table.checks.front().expected, 2);
    EXPECT_EQ(table.checks.front().actual, 1);
    EXPECT_FALSE(table.checks.front().required);
}

TEST_P(AnalysisServiceTest, RetiredCodesStayInTheYearsThatUsedThem) {
    create(coordinator, sheet("2025-06-01", "training"));
    auto administrator = coordinator;
    administrator.permissions.insert("packs.manage");
    auto topic = packs->scheme("topic");
    std::erase_if(topic.codes, [](const auto& entry) { return entry.code.value == "training"; });
    (void)packs->change(administrator, "topic", topic.version, {.label = topic.label, .codes = topic.codes});
    EXPECT_EQ(in_total(months(coordinator, {{"fiscal_year", "2025"}}), ColumnGroup::topic, "training"), 1);
    EXPECT_FALSE(
        in_total(months(coordinator, {{"from", "2026-12-01"}, {"to", "2027-03-31"}}), ColumnGroup::topic, "training")
            .has_value());
}

TEST_P(AnalysisServiceTest, PeriodsAreBounded) {
    EXPECT_EQ(months(coordinator, {{"from", "2024-04-01"}, {"to", "2027-03-31"}}).rows.size(), 36U);
    EXPECT_THROW(months(coordinator, {{"from", "2024-04-01"}, {"to", "2027-04-01"}}), core::Error);
    EXPECT_THROW(months(coordinator, {{"from", "2024-04-01"}, {"to", "2024-03-31"}}), core::Error);
    EXPECT_EQ(months(coordinator, {}).rows.front().month, "2026-04");
}

TEST_P(AnalysisServiceTest, TablesHaveNoPagesAndAMatrixAsManyRowsAsItIsAskedFor) {
    register_cases_of_the_figure();
    const auto matrix = [&](const record::QueryParameters& query) {
        return analysis->matrix(coordinator, record::from_query<MatrixQuery>(query));
    };
    const Matrix short_one = matrix({{"limit", "4"}});
    EXPECT_EQ(short_one.cases.size(), 4U);
    EXPECT_EQ(short_one.total, 15);
    EXPECT_EQ(short_one.filled, 62);
    EXPECT_TRUE(short_one.truncated);
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"limit", "0"}, {"limit", "501"}, {"sort", "number"}, {"after", "x"}})
        EXPECT_THROW((void)matrix({{name, value}}), core::Error) << name << "=" << value;
    for (const char* name : {"limit", "sort", "after"})
        EXPECT_THROW((void)months(coordinator, {{name, "1"}}), core::Error) << name;
}

TEST_P(AnalysisServiceTest, NothingOutOfScopeCanBeInferred) {
    auto secret = sheet("2026-06-01", "fees");
    secret.district_id = far_ward;
    secret.caller_name = "Hidden Caller";
    secret.caller_affiliation = "Hidden Office";
    secret.subject = "Hidden subject";
    secret.background = "Hidden background";
    secret.elements = {{record::Code<"element">("garbage"), ElementValue::text, "Hidden words"},
                       {record::Code<"element">("dementia"), ElementValue::yes, ""}};
    const auto hidden = create(stranger, secret);
    (void)consultations->create(
        coordinator, {.desk_id = {}, .state = consultations::ConsultationState::draft, .sheet = sheet("2026-06-02")},
        "");

    // The same answers as if it did not exist: word for word those for an id that nobody has.
    const auto nobody = core::ConsultationId::make();
    const auto refusal = [&](const access::Actor& actor, const core::ConsultationId& id, auto act) {
        try {
            act(actor, id);
        } catch (const core::Error& error) {
            std::string text = error.reason();
            for (const auto& field : error.fields())
                text += " " + field.pointer + field.reason + field.limit;
            return text + error.detail();
        }
        return std::string("allowed");
    };
    const auto same = [&](const access::Actor& actor, auto act) {
        const std::string text = refusal(actor, hidden.id, act);
        EXPECT_EQ(text, refusal(actor, nobody, act));
        EXPECT_NE(text, "allowed");
    };
    for (const auto* actor : {&coordinator, &lead, &officer, &advisor}) {
        same(*actor, [&](const auto& a, const auto& id) { (void)consultations->get(a, id); });
        same(*actor, [&](const auto& a, const auto& id) { (void)consultations->history(a, id); });
        same(*actor, [&](const auto& a, const auto& id) { (void)consultations->read_person(a, id, {{"why"}}); });
        same(*actor, [&](const auto& a, const auto& id) { (void)consultations->replace(a, id, 7, {}); });
        same(*actor, [&](const auto& a, const auto& id) { consultations->remove(a, id, 7); });
        same(*actor, [&](const auto& a, const auto& id) { (void)consultations->share(a, id, 7, {true}); });
        same(*actor, [&](const auto& a, const auto& id) { (void)consultations->change_state(a, id, 7, {}); });
    }

    for (const auto* actor : {&coordinator, &officer, &advisor}) {
        for (const record::QueryParameters& query :
             std::vector<record::QueryParameters>{{{"topic", "fees"}},
                                                  {{"words", "Hidden"}},
                                                  {{"desk", far_desk.str()}},
                                                  {{"id", hidden.id.str()}},
                                                  {{"element", "garbage"}},
                                                  {{"district", far_ward.str()}},
                                                  {{"receiver", stranger.user_id.str()}}}) {
            const auto filter = record::from_query<ConsultationFilter>(query);
            EXPECT_EQ(consultations->list(*actor, filter).total, 0) << query.front().first;
            EXPECT_EQ(consultations->list(*actor, filter).items.size(), 0U);
            EXPECT_EQ(consultations->cases(*actor, filter).total, 0);
            if (actor == &advisor)
                continue;
            const MonthTable table = analysis->months(*actor, filter);
            EXPECT_EQ(table.total.counts.front(), 0) << query.front().first;
            EXPECT_EQ(record::to_json(table).find("Far"), std::string::npos);
            const Matrix matrix = analysis->matrix(*actor, record::from_query<MatrixQuery>(query));
            EXPECT_EQ(matrix.total + matrix.filled, 0);
        }
        MatrixQuery named;
        named.cases = {hidden.id};
        EXPECT_EQ(analysis->matrix(*actor, named).total, 0);
    }
    EXPECT_EQ(consultations->callers(coordinator, "Hidden").items.size(), 0U);
    for (const FileFormat format : {FileFormat::csv, FileFormat::csv_cp932}) {
        MonthExportQuery query;
        query.format = format;
        query.desk = {far_desk};
        const std::string file = analysis->export_months(coordinator, query).bytes;
        EXPECT_EQ(file.find("Far"), std::string::npos);
        MatrixExportQuery matrix;
        matrix.format = format;
        EXPECT_EQ(analysis->export_matrix(coordinator, matrix).bytes.find("Hidden"), std::string::npos);
    }
    // The officer of the city does not even see that a desk has begun a draft.
    EXPECT_EQ(consultations->list(officer, {}).total, 0);
}

TEST_P(AnalysisServiceTest, APrefecturalOfficerCountsWithoutSmallCells) {
    for (int i = 0; i < 25; ++i) {
        create(coordinator, sheet("2026-05-10", i < 12 ? "fees" : "resources"));
        if (i < 3) {
            auto far = sheet("2026-06-10");
            far.district_id = far_ward;
            create(stranger, far);
        }
    }
    const MonthTable table = months(prefectural, {{"fiscal_year", "2026"}});
    EXPECT_TRUE(table.suppressed);
    EXPECT_EQ(table.total.counts.front(), 28);
    for (const auto& row : table.rows) {
        for (const auto& count : row.counts)
            EXPECT_TRUE(!count || *count == 0 || *count > 9);
    }
    EXPECT_FALSE(table.rows[2].counts.front().has_value());  // June: three
    EXPECT_FALSE(table.rows[1].counts.front().has_value());  // May, or the year would give June away
    EXPECT_THROW(months(prefectural, {{"topic", "fees"}}), core::Error);
    EXPECT_THROW(months(prefectural, {{"from", "2026-05-01"}, {"to", "2026-06-30"}}), core::Error);
    EXPECT_THROW((void)analysis->matrix(prefectural, {}), core::Error);
}

TEST_P(AnalysisServiceTest, ExportsAreAuditedAndNameWhatCp932Lacks) {
    register_cases_of_the_figure();
    auto one = sheet("2026-11-17");
    one.subject = "=1+2 吉田と𠮷田、辻󠄀";
    one.elements = {{record::Code<"element">("dementia"), ElementValue::text, "-徘徊"}};
    create(coordinator, one);
    MatrixExportQuery query;
    query.format = FileFormat::csv;
    const auto utf8 = analysis->export_matrix(coordinator, query);
    EXPECT_TRUE(utf8.bytes.starts_with("\xef\xbb\xbf"));
    EXPECT_NE(utf8.bytes.find("'=1+2 吉田と𠮷田、辻󠄀"), std::string::npos);
    EXPECT_NE(utf8.bytes.find("'-徘徊"), std::string::npos);
    query.format = FileFormat::csv_cp932;
    try {
        (void)analysis->export_matrix(coordinator, query);
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.reason(), "not_in_cp932");
        ASSERT_EQ(error.fields().size(), 2U);
        EXPECT_EQ(error.fields()[0].limit, "𠮷");
        EXPECT_EQ(error.fields()[0].pointer, "/rows/2/columns/2");
        EXPECT_EQ(error.fields()[1].limit, "辻󠄀");
    }
    query.format = FileFormat::xlsx;
    const auto xlsx = analysis->export_matrix(coordinator, query);
    EXPECT_TRUE(xlsx.bytes.starts_with("PK"));
    MonthExportQuery table;
    table.lang = Language::en;
    EXPECT_TRUE(analysis->export_months(coordinator, table).bytes.starts_with("PK"));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'export'"), 3);
}

}  // namespace
}  // namespace tsunagi::analysis
