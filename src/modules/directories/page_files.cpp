// SPDX-License-Identifier: Apache-2.0
#include "modules/directories/page_files.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "record/json_writer.hpp"

namespace tsunagi::directories {
namespace {

/// The page as the web app is built with it; the data of the server's own page are empty.
constexpr std::array built_files{"index.html", "directory.js", "directory.css"};

/// JSON within a script: what would end the script is written otherwise.
std::string within_script(const std::string& json) {
    std::string result;
    for (const char c : json) {
        if (c == '<')
            result += "\\u003c";
        else
            result += c;
    }
    return result;
}

}  // namespace

std::vector<workbooks::ZipBytes> page_files(const std::filesystem::path& page, const PublicDirectory& directory) {
    std::vector<workbooks::ZipBytes> files;
    for (const char* name : built_files) {
        std::ifstream in(page / name, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in || in.bad())
            throw std::runtime_error("cannot read " + (page / name).string());
        files.push_back({name, std::move(bytes)});
    }
    files.push_back({"data.js", "window.publicDirectory = " + within_script(record::to_json(directory)) + ";\n"});
    return files;
}

}  // namespace tsunagi::directories
