// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace tsunagi::record {

/// A file as it is handed out.
struct ExportedFile {
    std::string name;
    std::string media_type;
    std::string bytes;
};

}  // namespace tsunagi::record
