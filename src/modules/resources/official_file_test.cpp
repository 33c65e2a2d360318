// SPDX-License-Identifier: Apache-2.0
// The rows are fictitious; only the headers are those of the published files.
#include "modules/resources/official_file.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace tsunagi::resources {
namespace {

const OfficialLayouts& layouts() {
    static const OfficialLayouts read =
        read_official_layouts(std::string(TSUNAGI_SOURCE_DIR) + "/packs/standard/official_layouts.yaml");
    return read;
}

using Cells = std::map<std::string, std::string>;

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

/// A file of the layout; cells by field.
std::string file_of(const char* name, const std::vector<Cells>& rows) {
    const Layout& layout = *layouts().find(name);
    std::string text = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < layout.columns.size(); ++i)
        text += (i == 0 ? "" : ",") + layout.columns[i].header;
    for (const Cells& row : rows) {
        text += "\r\n";
        for (std::size_t i = 0; i < layout.columns.size(); ++i) {
            const auto cell = layout.columns[i].field.empty() ? row.end() : row.find(layout.columns[i].field);
            text += (i == 0 ? "" : ",") + quoted(cell == row.end() ? "" : cell->second);
        }
    }
    return text + "\r\n";
}

Cells office(const std::string& key, const Cells& more = {}) {
    Cells row{{"municipality", "991015"}, {"key", key},         {"name", "架空の事業所"}, {"kana", "カクウ"},
              {"address", "汐見市1"},     {"latitude", "35.6"}, {"longitude", "140.9"}};
    for (const auto& [field, value] : more)
        row[field] = value;
    return row;
}

std::vector<std::string> told(const OfficialFile& file) {
    std::vector<std::string> result;
    for (const auto& fault : file.faults)
        result.push_back(std::to_string(fault.line) + (fault.bad ? " bad " : " ") + fault.reason + " " + fault.value);
    return result;
}

Surroundings within(const char* area) {
    Surroundings around;
    around.areas.push_back(codes_of_area(area).value());
    return around;
}

std::string refusal(const std::string& name, const std::string& bytes) {
    try {
        (void)decode(layouts(), name, bytes, {});
    } catch (const core::Error& error) {
        return error.reason() + (error.fields().empty() ? "" : " " + error.fields().front().limit);
    }
    return {};
}

TEST(OfficialFileTest, ARowBecomesAPlaceWithEveryCellKept) {
    const auto file = decode(layouts(), "jigyosho_130_all_20260630101500.csv",
                             file_of("kaigo", {office("9960190011", {{"phone", "000-231-5100"},
                                                                     {"days", "平日,土曜日,祝日"},
                                                                     {"capacity", "0"},
                                                                     {"days_note", "午前（改行）午後"},
                                                                     {"url", "https://minamoto.example/"}}),
                                               office("99B0100012", {{"capacity", "48"}})}),
                             {});
    EXPECT_EQ(told(file), std::vector<std::string>{});
    EXPECT_EQ(file.source, "kaigo");
    EXPECT_EQ(file.service, "130");
    ASSERT_TRUE(file.as_of);
    EXPECT_EQ(file.as_of->str(), "2026-06-30");
    ASSERT_EQ(file.rows.size(), 2U);
    const OfficialRow& row = file.rows.front();
    EXPECT_EQ(row.line, 2);
    EXPECT_EQ(row.cells.size(), 24U);
    EXPECT_EQ(row.name, "架空の事業所");
    EXPECT_EQ(row.open_days, (std::vector<std::string>{"mon", "tue", "wed", "thu", "fri", "sat", "holiday"}));
    EXPECT_FALSE(row.capacity) << "0 means that there is none";
    EXPECT_EQ(row.days_note, "午前\n午後");
    EXPECT_EQ(row.cells[17], "午前（改行）午後") << "kept as it is written";
    EXPECT_EQ(file.rows.back().key, "99B0100012");
    EXPECT_EQ(file.rows.back().capacity, 48);
}

TEST(OfficialFileTest, EveryBadRowAndEveryDoubtIsTold) {
    const auto file =
        decode(layouts(), "jigyosho_430.csv",
               file_of("kaigo",
                       {office("9970100014"), office("9970100014", {{"name", "同じ番号"}}), office(""), office("12345"),
                        office("9970100022", {{"name", ""}}), office("9970100030", {{"municipality", "991016"}}),
                        office("9970100048", {{"latitude", "0.0"}, {"longitude", "0.0"}}),
                        office("9970100055", {{"phone", "000-232-6100 内線12"}}),
                        office("9970100063", {{"url", "minamoto.example"}}),
                        office("9970100071", {{"corporate_number", "1234567890123"}}),
                        office("9970100089", {{"days", "平日,隔週"}}), office("9970100097", {{"capacity", "約20"}}),
                        office("9970100105", {{"latitude", "10.5"}}),
                        office("9970100113", {{"latitude", "43.0"}, {"longitude", "141.3"}})}),
               {});
    EXPECT_EQ(told(file),
              (std::vector<std::string>{
                  "3 bad repeated_key 9970100014", "4 bad required ", "5 bad key_form 12345", "6 bad required ",
                  "7 bad municipality_code 991016", "8 coordinates_missing 0.0", "9 phone_form 000-232-6100 内線12",
                  "10 url_form minamoto.example", "11 corporate_number 1234567890123", "12 unknown_day 平日,隔週",
                  "13 capacity 約20", "14 coordinates_outside 10.5", "15 coordinates_far 43.0"}));
    EXPECT_EQ(file.lines, 14);
    EXPECT_EQ(file.bad, 5);
    EXPECT_EQ(file.doubtful, 8);
    EXPECT_EQ(file.rows.size(), 9U);
    EXPECT_FALSE(file.as_of) << "the name holds no day";
}

TEST(OfficialFileTest, TheCoordinateThatIsWrongIsTheOneTold) {
    const auto file = decode(
        layouts(), "jigyosho_430.csv",
        file_of("kaigo", {office("9970100014", {{"longitude", ""}}), office("9970100022", {{"longitude", "14.9"}}),
                          office("9970100030", {{"latitude", "北緯35度"}})}),
        {});
    std::vector<std::string> where;
    for (const auto& fault : file.faults)
        where.push_back(fault.header + " " + fault.reason + " " + fault.value);
    EXPECT_EQ(where, (std::vector<std::string>{"経度 coordinates_missing ", "経度 coordinates_outside 14.9",
                                               "緯度 coordinates_missing 北緯35度"}));
}

TEST(OfficialFileTest, ABadRowIsInTheFileAllTheSame) {
    std::string bytes = file_of("kaigo", {office("9970100014", {{"municipality", ""}}), office("9970100022")});
    bytes.insert(bytes.size() - 2, ",x");
    const auto file = decode(layouts(), "jigyosho_430.csv", bytes, {});
    EXPECT_EQ(file.bad, 2);
    EXPECT_EQ(file.keys_elsewhere, (std::vector<std::string>{"9970100014", "9970100022"}));
}

TEST(OfficialFileTest, ACommaTooManyMovesNothingSilently) {
    std::string bytes = file_of("kaigo", {office("9970100014")});
    bytes.insert(bytes.find("\"架空"), "\"x\",");
    const auto file = decode(layouts(), "jigyosho_430.csv", bytes, {});
    // The last cells are empty and fall away, so the row is only found too long where something stands in them.
    bytes = file_of("kaigo", {office("9970100014")});
    bytes.insert(bytes.size() - 2, ",x");
    EXPECT_EQ(told(decode(layouts(), "jigyosho_430.csv", bytes, {})),
              std::vector<std::string>{"2 bad too_many_cells 25"});
    EXPECT_EQ(file.rows.size(), 0U) << "the number is no longer in its column";
}

TEST(OfficialFileTest, AHospitalsDaysAreOpenWhereItsFlagIsOne) {
    const auto file = decode(layouts(), "01-1_hospital_facility_info_20260601.csv",
                             file_of("hospital", {{{"key", "9911010000013"},
                                                   {"name", "架空病院"},
                                                   {"prefecture", "99"},
                                                   {"municipality_within", "101"},
                                                   {"address", "汐見市中央区１"},
                                                   {"latitude", "0.0"},
                                                   {"longitude", "0.0"},
                                                   {"mon", "1"},
                                                   {"tue", "1"},
                                                   {"sat", "0"},
                                                   {"sun", "2"},
                                                   {"holiday", "0"},
                                                   {"capacity", "320"}}}),
                             {});
    EXPECT_EQ(file.source, "hospital");
    EXPECT_EQ(file.service, "hospital");
    ASSERT_EQ(file.rows.size(), 1U);
    EXPECT_EQ(file.rows[0].municipality_code, "991015");
    EXPECT_EQ(file.rows[0].open_days, (std::vector<std::string>{"mon", "tue"}));
    EXPECT_EQ(file.rows[0].capacity, 320);
    EXPECT_FALSE(file.rows[0].latitude) << "0.0 is no place";
    EXPECT_EQ(told(file), (std::vector<std::string>{"2 coordinates_missing 0.0", "2 unknown_day 2"}));
}

TEST(OfficialFileTest, ClinicsAreToldFromHospitalsByWhatTheyLack) {
    const Cells row{{"key", "9921010000013"},       {"name", "架空診療所"},  {"prefecture", "99"},
                    {"municipality_within", "101"}, {"address", "汐見市１"}, {"mon", "1"}};
    std::string bytes = file_of("clinic", {row});
    const auto at = bytes.find("（gw、");
    ASSERT_NE(at, std::string::npos);
    bytes.replace(at, std::string("（gw、").size(), "（GW、");
    const auto clinics = decode(layouts(), "02-1_clinic_facility_info_20260601.csv", bytes, {});
    EXPECT_EQ(clinics.service, "clinic");
    ASSERT_EQ(clinics.rows.size(), 1U);
    EXPECT_EQ(clinics.rows[0].cells.size(), 62U);
    EXPECT_EQ(told(clinics), std::vector<std::string>{"2 coordinates_missing "}) << "small letters are the same column";
    EXPECT_EQ(decode(layouts(), "dental.csv", file_of("dental", {row}), {}).service, "dental");
    EXPECT_EQ(decode(layouts(), "01-1_hospital_facility_info_20260601.csv", file_of("hospital", {row}), {}).service,
              "hospital");
}

TEST(OfficialFileTest, OtherFilesAreRefusedInWords) {
    EXPECT_EQ(refusal("jigyosho_430.csv", "a,b,c\n1,2,3\n"), "official_unknown");
    EXPECT_EQ(refusal("list.csv", file_of("kaigo", {office("9970100014")})), "official_service");
    std::string bytes = file_of("kaigo", {office("9970100014")});
    bytes.replace(bytes.find("事業所番号"), std::string("事業所番号").size(), "番号");
    EXPECT_EQ(refusal("jigyosho_430.csv", bytes), "official_columns 事業所番号");
    EXPECT_EQ(refusal("jigyosho_430.csv", ""), "file_empty");
    bytes = file_of("kaigo", {office("9970100014")});
    bytes.insert(bytes.find("\r\n"), ",新しい列");
    EXPECT_EQ(told(decode(layouts(), "jigyosho_430.csv", bytes, {})), std::vector<std::string>{"1 unknown_column "});
    // A column that is only kept may be missing, and it is told.
    const auto layout = layouts().find("kaigo");
    const auto kept = std::ranges::find(layout->columns, "", &LayoutColumn::field);
    ASSERT_NE(kept, layout->columns.end());
    bytes = file_of("kaigo", {office("9970100014")});
    bytes.replace(bytes.find(kept->header), kept->header.size(), "別の列");
    EXPECT_EQ(told(decode(layouts(), "jigyosho_430.csv", bytes, {})),
              (std::vector<std::string>{"1 unknown_column ", "1 missing_column "}));
}

TEST(OfficialFileTest, OnlyTheAreasAskedForAreTaken) {
    const std::string bytes = file_of(
        "kaigo", {office("9970100014"), office("9970100022", {{"municipality", "993611"}}),
                  office("9970100030", {{"municipality", "131016"}}), office("9970100048", {{"municipality", "x"}})});
    const auto file = decode(layouts(), "jigyosho_430.csv", bytes, within("991007"));
    ASSERT_EQ(file.rows.size(), 1U);
    EXPECT_EQ(file.rows[0].key, "9970100014");
    EXPECT_EQ(file.left_out, 2);
    EXPECT_EQ(told(file), std::vector<std::string>{"5 bad municipality_code x"}) << "it may be of any area";
    EXPECT_EQ(decode(layouts(), "jigyosho_430.csv", bytes, within("99")).rows.size(), 2U);
}

TEST(OfficialLayoutTest, ACityCoversItsWards) {
    const auto range = [](const char* area) {
        const auto found = codes_of_area(area);
        return found ? found->first + "-" + found->last : std::string("none");
    };
    EXPECT_EQ(range("15"), "150000-159999");
    EXPECT_EQ(range("150002"), "150000-159999") << "the prefecture by its code of six digits";
    EXPECT_EQ(range("15000"), "150000-159999");
    EXPECT_EQ(range("15100"), "151000-151299");
    EXPECT_EQ(range("22130"), "221300-221499");
    EXPECT_EQ(range("27140"), "271400-271499");
    EXPECT_EQ(range("14150"), "141500-141999");
    EXPECT_EQ(range("151017"), "151010-151019");
    EXPECT_EQ(range("151016"), "none") << "the check digit is wrong";
    EXPECT_EQ(range("1"), "none");
    EXPECT_EQ(range("abcde"), "none");
    EXPECT_EQ(range(""), "none");
    EXPECT_TRUE(is_corporate_number("7000012050002"));
    EXPECT_FALSE(is_corporate_number("8000012050002"));
}

TEST(OfficialFileTest, APharmacysHoursAreReadFromItsRow) {
    const auto file = decode(layouts(), "05_pharmacy_20260601.csv",
                             file_of("pharmacy", {{{"key", "9951010000013"},
                                                   {"name", "架空薬局"},
                                                   {"prefecture", "99"},
                                                   {"municipality_within", "101"},
                                                   {"address", "汐見市１"},
                                                   {"mon", "1"},
                                                   {"sun", "0"},
                                                   {"open.mon.1.from", "09:00"},
                                                   {"open.mon.1.to", "13:00"},
                                                   {"open.sun.1.from", "00:00"},
                                                   {"open.sun.1.to", "00:00"},
                                                   {"open.mon.2.from", "22:00"},
                                                   {"open.mon.2.to", "02:00"}}}),
                             {});
    EXPECT_EQ(file.service, "pharmacy");
    ASSERT_EQ(file.rows.size(), 1U);
    EXPECT_EQ(file.rows[0].open_days, std::vector<std::string>{"mon"});
    const auto hours = hours_of(*layouts().find("pharmacy"), file.rows[0].cells);
    ASSERT_EQ(hours.size(), 2U);
    ASSERT_EQ(hours[0].days.size(), 1U) << "from 00:00 to 00:00 nothing is known";
    EXPECT_EQ(hours[0].days[0].from + "-" + hours[0].days[0].to, "09:00-13:00");
    EXPECT_EQ(hours[1].days[0].to, "02:00") << "it closes on the next day";
    EXPECT_EQ(
        decode(
            layouts(), "04_maternity.csv",
            file_of("maternity",
                    {{{"key", "99410"}, {"name", "架空助産所"}, {"prefecture", "99"}, {"municipality_within", "101"}}}),
            {})
            .service,
        "maternity");
}

TEST(OfficialFileTest, SpecialitiesAndHoursGoToTheirPlace) {
    const Cells first{{"key", "9911010000013"},
                      {"speciality_code", "01001"},
                      {"speciality", "内科"},
                      {"slot", "1"},
                      {"open.mon.1.from", "09:00"},
                      {"open.mon.1.to", "12:00"},
                      {"reception.mon.1.from", "08:30"},
                      {"reception.mon.1.to", "11:30"}};
    const Cells second{{"key", "9911010000013"}, {"speciality", "内科"}, {"slot", "2"}};
    const Cells third{{"key", "9911010000013"},
                      {"speciality", "外科"},
                      {"slot", "1"},
                      {"open.tue.1.from", "13:00"},
                      {"open.tue.1.to", "17:00"}};
    const std::string bytes = file_of("hospital_hours", {first, {{"key", "9919999999999"}}, second, third});
    Surroundings around;
    around.place = [](const std::string& source, const std::string& key) {
        EXPECT_EQ(source, "clinic");
        return key == "9911010000013" ? std::optional<std::string>("991015") : std::nullopt;
    };
    const auto file = decode(layouts(), "02-2_clinic_speciality_hours_20260601.csv", bytes, around);
    EXPECT_EQ(file.source, "clinic_hours") << "the name tells whose hours they are";
    EXPECT_EQ(file.service, "clinic");
    EXPECT_EQ(told(file), std::vector<std::string>{"3 bad place_unknown 9919999999999"});
    ASSERT_EQ(file.rows.size(), 1U);
    EXPECT_EQ(file.rows[0].municipality_code, "991015");
    const Layout& layout = *layouts().find("clinic_hours");
    EXPECT_EQ(specialities_of(layout, file.rows[0].cells), (std::vector<std::string>{"内科", "外科"}));
    const auto hours = hours_of(layout, file.rows[0].cells);
    ASSERT_EQ(hours.size(), 3U);
    EXPECT_EQ(hours[0].days.at(0).reception_to, "11:30");
    EXPECT_TRUE(hours[1].days.empty());
    EXPECT_EQ(hours[2].speciality + hours[2].days.at(0).day + hours[2].days.at(0).from, "外科tue13:00");
    EXPECT_EQ(refusal("hours.csv", bytes), "official_service");
    around.areas.push_back(codes_of_area("99").value());
    EXPECT_EQ(decode(layouts(), "02-2_clinic_speciality_hours_20260601.csv", bytes, around).left_out, 1)
        << "whose place is not known may be anywhere";
}

Cells filing(const std::string& number, const std::string& symbol, const Cells& more = {}) {
    Cells row{{"prefecture", "99"},
              {"kind", "医科"},
              {"number", number},
              {"name", "架空診療所"},
              {"address", "汐見市中央区１"},
              {"phone", "000-231-5100"},
              {"filing", symbol + "の届出"},
              {"symbol", symbol},
              {"since", "平成20年 7月 1日"}};
    for (const auto& [field, value] : more)
        row[field] = value;
    return row;
}

TEST(OfficialFileTest, FilingsOfAnInstitutionBecomeServices) {
    std::string bytes =
        file_of("filings", {filing("0110719", "一般入院"), filing("0110719", "支援診３"),
                            filing("0110719", "支援診３", {{"remark", "病床数"}, {"remark_data", "3床"}}),
                            filing("0110727", "酸単", {{"kind", "歯科"}, {"address", "どこか"}})});
    bytes.insert(3, "[令和７年９月１日 現在 ]令和７年１０月２日作成\r\n\r\n");
    Surroundings around;
    around.municipality = [](const std::string& prefecture, const std::string& address) {
        return prefecture == "99" && address.starts_with("汐見市中央区") ? std::string("991015") : std::string();
    };
    const auto file = decode(layouts(), "99_shisetsu.csv", bytes, around);
    EXPECT_EQ(file.source, "filings");
    EXPECT_EQ(file.as_of.value_or(core::Date()).str(), "2025-09-01") << "the day above the header";
    EXPECT_EQ(file.covers, (std::set<std::string>{"991", "993"}));
    std::vector<std::string> keys;
    for (const auto& row : file.rows)
        keys.push_back(row.key + " " + row.place_key + " " + row.service + " " + row.municipality_code);
    EXPECT_EQ(keys, (std::vector<std::string>{"9910110719 9910110719 insured 991015",
                                              "9910110719/支援診３ 9910110719 home_clinic_3 991015",
                                              "9930110727 9930110727 insured 990001"}));
    EXPECT_EQ(file.rows[1].since.value_or(core::Date()).str(), "2008-07-01");
    const Layout& layout = *layouts().find("filings");
    EXPECT_EQ(file.rows[0].cells[layout.column_of("symbol").value()], "一般入院\n支援診３\n支援診３") << "all are kept";
    EXPECT_EQ(file.rows[1].cells[layout.column_of("remark_data").value()], "\n3床");
    EXPECT_EQ(told(file), std::vector<std::string>{"7 municipality_unknown どこか"});
    const auto again = row_of(layouts(), layout, {}, {file.rows[1].key, "991015", file.rows[1].cells});
    EXPECT_EQ(again.service, "home_clinic_3");
    EXPECT_EQ(again.place_key, "9910110719");
}

TEST(OfficialFileTest, AFilingThatIsNotLegibleOrElsewhereIsNotMissing) {
    const auto has = [](const OfficialFile& file, const std::string& key) {
        return std::ranges::find(file.keys_elsewhere, key) != file.keys_elsewhere.end();
    };
    const auto bad = decode(layouts(), "99_shisetsu.csv",
                            file_of("filings", {filing("0110719", "支援診３", {{"name", ""}}),
                                                filing("0110727", "一般入院", {{"prefecture", ""}})}),
                            {});
    EXPECT_EQ(bad.bad, 2);
    EXPECT_TRUE(has(bad, "9910110719"));
    EXPECT_TRUE(has(bad, "9910110719/支援診３")) << "the service that the filing made";
    EXPECT_EQ(bad.covers, std::set<std::string>{"991"}) << "an empty cell does not cover every other prefecture";

    Surroundings around = within("131016");
    const auto elsewhere =
        decode(layouts(), "99_shisetsu.csv", file_of("filings", {filing("0110719", "支援診３")}), around);
    EXPECT_EQ(elsewhere.left_out, 1);
    EXPECT_TRUE(has(elsewhere, "9910110719/支援診３"));

    const auto empty = decode(layouts(), "99_shisetsu.csv", file_of("filings", {}), {});
    ASSERT_EQ(empty.covers.size(), 1U) << "none would be all of them";
    EXPECT_FALSE(std::string("9910110719").starts_with(*empty.covers.begin()));
}

TEST(OfficialFileTest, TheServiceOfAFileIsThatOfAllItsRows) {
    Surroundings around = within("991015");
    around.services = {{"a", "a"}, {"b", "b"}};
    const auto house = [](const char* key, const char* service, const char* publisher) {
        return Cells{{"publisher", publisher}, {"key", key},        {"service", service},
                     {"name", "架空の家"},     {"number", "12345"}, {"address", "汐見市"}};
    };
    EXPECT_EQ(decode(layouts(), "wam.csv", file_of("wam", {house("00001", "a", "991015")}), around).service, "a");
    const auto mixed = decode(layouts(), "wam.csv",
                              file_of("wam", {house("00001", "a", "991015"), house("00002", "b", "131016")}), around);
    EXPECT_EQ(mixed.left_out, 1);
    EXPECT_EQ(mixed.service, "disability") << "the file has another one too, elsewhere";
}

TEST(OfficialFileTest, HousesOfADisabilityServiceAreToldApart) {
    const auto house = [](const std::string& key, const std::string& street, const std::string& service) {
        return Cells{{"key", key},           {"publisher", "99000"},   {"service", service},
                     {"name", "架空ホーム"}, {"number", "9920100101"}, {"address", "汐見県汐見市"},
                     {"street", street},     {"latitude", "35.6"},     {"longitude", "140.9"}};
    };
    Surroundings around;
    around.services = {{"共同生活援助", "d_group_home"}, {"短期入所", "d_short"}};
    const auto file =
        decode(layouts(), "csvdownload018.csv",
               file_of("wam", {house("A0000000001", "1-1", "共同生活援助"), house("A0000000002", "1-1", "短期入所"),
                               house("A0000000003", "2-2", "共同生活援助"), house("A0000000004", "2-2", "新しい援助")}),
               around);
    ASSERT_EQ(file.rows.size(), 4U);
    EXPECT_EQ(file.rows[0].place_key, file.rows[1].place_key);
    EXPECT_NE(file.rows[0].place_key, file.rows[2].place_key);
    EXPECT_EQ(file.rows[1].service, "d_short");
    EXPECT_EQ(file.rows[3].service, "disability") << "of a word that is not known yet no more is said";
    EXPECT_EQ(file.rows[0].address, "汐見県汐見市1-1");
    EXPECT_EQ(file.rows[0].municipality_code, "990001");
    EXPECT_EQ(std::ranges::count(file.faults, "unknown_service", &OfficialFault::reason), 1);
    EXPECT_EQ(file.service, "disability");
    EXPECT_EQ(decode(layouts(), "csvdownload018.csv", file_of("wam", {house("A0000000001", "1-1", "短期入所")}), around)
                  .service,
              "d_short")
        << "a file of one service tells nothing of the others";
}

TEST(OfficialFileTest, AMunicipalitysListIsReadByTheNamesOfItsColumns) {
    Surroundings around;
    around.services = {{"clinic", "clinic"}, {"dental", "dental"}};
    const auto old = decode(layouts(), "medical.csv",
                            "NO,都道府県コード又は市区町村コード,名称,医療機関の種類,住所,電話番号,診療曜日,診療科目\n"
                            "1,991015,架空医院,診療所,汐見市1,000-231-5100,\"月,土\",\"内科,外科\"\n"
                            "2,991015,架空歯科,歯科,汐見市2,,月火,\n3,991015,架空,鍼灸,汐見市3,,,\n",
                            around);
    EXPECT_EQ(old.source, "municipal_medical");
    ASSERT_EQ(old.rows.size(), 3U);
    EXPECT_EQ(old.rows[0].key, "9910151");
    EXPECT_EQ(old.rows[0].service, "clinic");
    EXPECT_EQ(old.rows[0].open_days, (std::vector<std::string>{"mon", "sat"}));
    EXPECT_EQ(old.rows[2].service, "medical_office");
    EXPECT_EQ(old.covers, std::set<std::string>{"991015"});
    const auto renewed = decode(
        layouts(), "x.csv",
        "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,所在地_全国地方公共団体コード,所在地_連結標記,緯度,"
        "経度,電話番号,POIコード,説明\n990001,0001,汐見県,架空会館,カクウ,991015,汐見市4,35.6,140.9,,1201,\n",
        {});
    EXPECT_EQ(renewed.source, "municipal_facility");
    ASSERT_EQ(renewed.rows.size(), 1U);
    EXPECT_EQ(renewed.rows[0].address, "汐見市4") << "the name of the column as it is often written";
    EXPECT_EQ(renewed.rows[0].municipality_code, "991015");
    EXPECT_EQ(renewed.rows[0].service, "public_facility");
}

TEST(OfficialLayoutTest, DaysOfAnEraAreRead) {
    const auto day = [](const char* text) {
        const auto found = era_day(layouts(), text);
        return found ? found->str() : std::string("none");
    };
    EXPECT_EQ(day("平成20年 7月 1日"), "2008-07-01");
    EXPECT_EQ(day("令和 7年10月 1日"), "2025-10-01");
    EXPECT_EQ(day("令和元年５月１日"), "2019-05-01");
    EXPECT_EQ(day("昭38. 5. 1"), "none");
    EXPECT_EQ(day("令和7年13月1日"), "none");
    EXPECT_EQ(day(""), "none");
    EXPECT_EQ(with_plain_letters("（Ａ－１）　ｂ～"), "(A-1) b~");
}

}  // namespace
}  // namespace tsunagi::resources
