// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace tsunagi::workbooks {

struct ZipPart {
    std::string name;
    std::filesystem::path file;
};

/// Packs files into a new one, piece by piece. The same files give the same bytes. Throws std::runtime_error.
void write_zip(const std::filesystem::path& zip, const std::vector<ZipPart>& parts);

struct ZipBytes {
    std::string name;
    std::string bytes;
};

/// The same in memory, for what is small.
[[nodiscard]] std::string zip_of(const std::vector<ZipBytes>& parts);

}  // namespace tsunagi::workbooks
