// SPDX-License-Identifier: Apache-2.0
#include "workbooks/zip_file.hpp"

#include <stdexcept>

#include <zip.h>

namespace tsunagi::workbooks {
namespace {

constexpr zip_uint16_t day_without_meaning = (10U << 9U) | (1U << 5U) | 1U;  // 1990-01-01, as ZIP counts

}  // namespace

void write_zip(const std::filesystem::path& zip, const std::vector<ZipPart>& parts) {
    int error = 0;
    zip_t* archive = zip_open(zip.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive == nullptr)
        throw std::runtime_error("cannot write " + zip.string());
    for (const ZipPart& part : parts) {
        zip_source_t* source = zip_source_file(archive, part.file.c_str(), 0, -1);
        const zip_int64_t at =
            source == nullptr ? -1 : zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (at < 0) {
            if (source != nullptr)
                zip_source_free(source);
            zip_discard(archive);
            throw std::runtime_error("cannot pack " + part.name);
        }
        zip_file_set_dostime(archive, static_cast<zip_uint64_t>(at), 0, day_without_meaning, 0);
    }
    if (zip_close(archive) != 0) {
        const std::string why = zip_strerror(archive);
        zip_discard(archive);
        throw std::runtime_error("cannot write " + zip.string() + ": " + why);
    }
}

}  // namespace tsunagi::workbooks
