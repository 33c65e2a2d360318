// SPDX-License-Identifier: Apache-2.0
// The files as they were published.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

#include <gtest/gtest.h>

#include "modules/resources/official_file.hpp"

namespace tsunagi::resources {
namespace {

const OfficialLayouts& layouts() {
    static const OfficialLayouts read =
        read_official_layouts(std::string(TSUNAGI_SOURCE_DIR) + "/packs/standard/official_layouts.yaml");
    return read;
}

/// The files as they were published, in the folder beside the checkout or where TSUNAGI_SHARED_DATA says; they are no
/// part of the project, so a checkout alone goes without them. The rows above are made up to hold every case of theirs.
std::filesystem::path shared_data() {
    const char* named = std::getenv("TSUNAGI_SHARED_DATA");
    return named != nullptr ? std::filesystem::path(named)
                            : std::filesystem::path(TSUNAGI_SOURCE_DIR) / ".." / "shared" / "data";
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(OfficialFileTest, ThePublishedFilesAreReadWholly) {
    const auto folder = shared_data();
    if (!std::filesystem::exists(folder)) {
        ASSERT_EQ(std::getenv("TSUNAGI_SHARED_DATA"), nullptr) << folder << " was named and is not there";
        std::printf("Not looked at: the published files are not in %s.\n", folder.string().c_str());
        return;
    }
    std::int64_t lines = 0;
    std::int64_t good = 0;
    std::map<std::string, std::int64_t> faults;
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "mhlw-kaigo" / "raw-20251231")) {
        const auto name = entry.path().filename().string();
        const auto file = decode(layouts(), name, bytes_of(entry.path()), {});
        EXPECT_EQ(file.service, name.substr(9, 3));
        EXPECT_EQ(static_cast<std::int64_t>(file.rows.size()) + file.bad, file.lines) << name;
        lines += file.lines;
        good += static_cast<std::int64_t>(file.rows.size());
        for (const auto& fault : file.faults)
            ++faults[(fault.bad ? "bad " : "") + fault.reason];
        ++files;
    }
    for (const auto& [reason, count] : faults)
        std::printf("%8lld %s\n", static_cast<long long>(count), reason.c_str());
    EXPECT_EQ(files, 27U);
    EXPECT_EQ(lines, 56'442);
    EXPECT_EQ(faults["bad municipality_code"], 0) << "every check digit is right";
    EXPECT_EQ(faults["bad key_form"], 0);
    EXPECT_EQ(faults["bad repeated_key"], 1);
    EXPECT_EQ(good, 56'441);
    // Counted by another program over the same files.
    EXPECT_EQ(faults["coordinates_missing"], 86);
    EXPECT_EQ(faults["coordinates_outside"], 44);
    EXPECT_EQ(faults["corporate_number"], 129);
    EXPECT_EQ(faults["url_form"], 3'043);
    EXPECT_EQ(faults["unknown_day"] + faults["capacity"] + faults["unknown_column"], 0);

    const auto hospitals = decode(layouts(), "01-1_hospital_facility_info_20250601.csv",
                                  bytes_of(folder / "mhlw-iryojoho" / "01-1_hospital_facility_info_20250601.csv"), {});
    EXPECT_EQ(hospitals.lines, 7'587);
    EXPECT_EQ(hospitals.rows.size(), 7'587U) << "numbers with letters in them too";
    EXPECT_EQ(std::ranges::count(hospitals.faults, "coordinates_missing", &OfficialFault::reason), 270);
    EXPECT_EQ(std::ranges::count(hospitals.faults, "unknown_day", &OfficialFault::reason), 0) << "0, 1 or nothing";
    const auto& first = hospitals.rows.front();
    EXPECT_EQ(first.municipality_code, "011011");
    EXPECT_EQ(first.open_days, (std::vector<std::string>{"mon", "tue", "wed", "thu", "fri"}));

    Surroundings around;
    around.services = {{"共同生活援助", "d_group_home"}};
    for (const auto& [name, institutions, month] :
         {std::tuple("02_10_高知_医科_届出受理医療機関名簿.xlsx", 469U, "2025-10-01"),
          std::tuple("15届出受理医療機関名簿（医科）新潟r0710.xlsx", 1'334U, "2025-09-01")}) {
        const auto filings = decode(layouts(), name, bytes_of(folder / "kouseikyoku" / name), around);
        EXPECT_EQ(filings.bad, 0) << name;
        EXPECT_EQ(filings.as_of.value_or(core::Date()).str(), month);
        EXPECT_EQ(std::ranges::count(filings.rows, "insured", &OfficialRow::service), institutions);
        EXPECT_EQ(std::ranges::count(filings.faults, "day_form", &OfficialFault::reason), 0);
        std::printf("%s: %zu records of %lld rows\n", name, filings.rows.size(), static_cast<long long>(filings.lines));
    }
}

}  // namespace
}  // namespace tsunagi::resources
