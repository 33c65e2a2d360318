// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/message.hpp"

namespace tsunagi::http {

/// The built web app, read into memory once: nothing a request says is ever used as a path of the file system.
class StaticFiles {
public:
    /// No files: every path is unknown.
    StaticFiles() = default;
    /// Reads every regular file below the folder except hidden ones; `name.br` is no file of its own but the Brotli
    /// form of `name`. Links are not followed.
    /// Throws std::runtime_error when the folder or its index.html is missing.
    [[nodiscard]] static StaticFiles load(const std::filesystem::path& folder);

    struct Answer {
        Response response;          ///< status and headers; its body is used only for problems
        std::string_view contents;  ///< of the file; lives as long as these StaticFiles
    };

    /// Whether the path is the web app's and not an operation's.
    [[nodiscard]] static bool covers(std::string_view path);
    /// A file, or for a path that looks like a page of the web app its index.html; 404 for an unknown file,
    /// 405 for a method that does not read.
    [[nodiscard]] Answer answer(const Request& request) const;

    [[nodiscard]] std::size_t size() const { return files_.size(); }

private:
    struct File {
        std::string contents;
        std::string gzip;    ///< empty where it gains nothing
        std::string brotli;  ///< as the build has made it, else empty
        std::string media_type;
        std::string hash;
        bool immutable = false;  ///< its name holds a hash of its contents
    };

    std::unordered_map<std::string, File> files_;  ///< by path, `/index.html`
};

}  // namespace tsunagi::http
