// SPDX-License-Identifier: Apache-2.0
#include "workbooks/zip_file.hpp"

#include <map>
#include <memory>

#include <gtest/gtest.h>
#include <zip.h>

namespace tsunagi::workbooks {
namespace {

std::map<std::string, std::string> unpacked(const std::string& bytes) {
    std::map<std::string, std::string> files;
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    const std::unique_ptr<zip_t, decltype(&zip_discard)> archive(zip_open_from_source(source, ZIP_RDONLY, nullptr),
                                                                 &zip_discard);
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive.get(), 0); ++i) {
        zip_stat_t stat;
        zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &stat);
        const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
            zip_fopen_index(archive.get(), static_cast<zip_uint64_t>(i), 0), &zip_fclose);
        std::string& content = files[stat.name];
        content.resize(stat.size);
        EXPECT_EQ(zip_fread(file.get(), content.data(), content.size()), static_cast<zip_int64_t>(content.size()));
    }
    return files;
}

TEST(ZipFile, PacksInMemoryTheSameBytesEachTime) {
    const std::vector<ZipBytes> parts{
        {"index.html", "<p>page</p>"}, {"empty.txt", ""}, {"data.js", std::string(100'000, 'x')}};
    const std::string bytes = zip_of(parts);
    EXPECT_EQ(unpacked(bytes), (std::map<std::string, std::string>{
                                   {"index.html", "<p>page</p>"}, {"empty.txt", ""}, {"data.js", parts[2].bytes}}));
    EXPECT_LT(bytes.size(), 2'000U) << "what repeats is pressed";
    EXPECT_EQ(zip_of(parts), bytes);
    EXPECT_TRUE(unpacked(zip_of({{"a", "b"}})).contains("a"));
}

}  // namespace
}  // namespace tsunagi::workbooks
