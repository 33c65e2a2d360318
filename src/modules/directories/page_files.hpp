// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

#include "modules/directories/directory.hpp"
#include "workbooks/zip_file.hpp"

namespace tsunagi::directories {

/// The page with its data, as files that open from disk and from any web server. `page` is the folder that the web app
/// builds. Throws std::runtime_error naming the file that is missing there.
[[nodiscard]] std::vector<workbooks::ZipBytes> page_files(const std::filesystem::path& page,
                                                          const PublicDirectory& directory);

}  // namespace tsunagi::directories
