// SPDX-License-Identifier: Apache-2.0
#include "http/static_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <openssl/sha.h>

#include "http/gzip.hpp"
#include "http/problem.hpp"

namespace tsunagi::http {
namespace {

std::string media_type_of(const std::filesystem::path& file) {
    static const std::unordered_map<std::string, std::string> types{
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".geojson", "application/geo+json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff", "font/woff"},
        {".woff2", "font/woff2"},
        {".pdf", "application/pdf"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    const auto found = types.find(file.extension().string());
    return found == types.end() ? "application/octet-stream" : found->second;
}

std::string hash_of(std::string_view contents) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(contents.data()), contents.size(), digest.data());  // NOLINT: C
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < 12; ++i) {
        text.push_back(hex[digest.at(i) >> 4U]);
        text.push_back(hex[digest.at(i) & 0xfU]);
    }
    return text;
}

std::string contents_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string contents(std::istreambuf_iterator<char>(in), {});
    if (!in.is_open() || in.bad())
        throw std::runtime_error("cannot read " + path.string());
    return contents;
}

/// Vite writes `name-8charsOfHash.ext`.
bool has_hashed_name(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return path.starts_with("/assets/") && dot != std::string_view::npos && dot >= 9 && path[dot - 9] == '-';
}

bool is_page(std::string_view path) {
    return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

}  // namespace

StaticFiles StaticFiles::load(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    if (!fs::is_regular_file(folder / "index.html")) {
        throw std::runtime_error("no index.html in the folder of the web app: " + folder.string());
    }
    StaticFiles result;
    for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
        if (at->path().filename().string().starts_with('.')) {
            if (at->is_directory())
                at.disable_recursion_pending();
            continue;
        }
        if (at->is_symlink() || !at->is_regular_file())
            continue;
        if (at->path().extension() == ".br" && fs::is_regular_file(fs::path(at->path()).replace_extension()))
            continue;
        File file;
        file.contents = contents_of(at->path());
        fs::path brotli = at->path();
        brotli += ".br";
        if (fs::is_regular_file(fs::symlink_status(brotli)))
            file.brotli = contents_of(brotli);
        file.media_type = media_type_of(at->path());
        file.hash = hash_of(file.contents);
        if (file.contents.size() > 1024 && is_compressible(file.media_type)) {
            file.gzip = gzip(file.contents, 9);
            if (file.gzip.size() >= file.contents.size())
                file.gzip.clear();
        }
        const std::string path = "/" + fs::relative(at->path(), folder).generic_string();
        file.immutable = has_hashed_name(path);
        result.files_.emplace(path, std::move(file));
    }
    return result;
}

bool StaticFiles::covers(std::string_view path) {
    static constexpr std::array<std::string_view, 6> others{"/api",     "/healthz", "/readyz",
                                                            "/metrics", "/fhir",    "/hsds"};
    return std::none_of(others.begin(), others.end(), [&](std::string_view prefix) {
        return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
    });
}

StaticFiles::Answer StaticFiles::answer(const Request& request) const {
    Answer result;
    if (request.method != "GET") {
        result.response = problem(405, "method_not_allowed", request.request_id);
        result.response.set("allow", "GET, HEAD");
        return result;
    }
    auto found = files_.find(request.path);
    if (found == files_.end() && is_page(request.path) && !request.path.starts_with("/assets/")) {
        found = files_.find("/index.html");
    }
    if (found == files_.end()) {
        result.response = problem(404, "not_found", request.request_id);
        return result;
    }
    const File& file = found->second;

    struct Form {
        std::string_view coding;
        std::string tag;
        std::string_view contents;
    };

    const std::array<Form, 3> forms{{{"br", "\"" + file.hash + "-br\"", file.brotli},
                                     {"gzip", "\"" + file.hash + "-gz\"", file.gzip},
                                     {"", "\"" + file.hash + "\"", file.contents}}};
    const std::string_view accepted = request.header("accept-encoding").value_or(std::string_view{});
    const Form& form = *std::find_if(forms.begin(), forms.end() - 1, [&](const Form& one) {
        return !one.contents.empty() && accepts_coding(accepted, one.coding);
    });
    result.contents = form.contents;
    result.response.set("content-type", file.media_type);
    result.response.set("cache-control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (!file.gzip.empty() || !file.brotli.empty())
        result.response.set("vary", "accept-encoding");
    if (!form.coding.empty())
        result.response.set("content-encoding", std::string(form.coding));
    // Any form's tag means the same contents, so that a cache that holds one is not sent another.
    const std::string_view asked = request.header("if-none-match").value_or(std::string_view{});
    const auto is_known = [&](const Form& one) { return asked.find(one.tag) != std::string_view::npos; };
    const auto* const known = std::find_if(forms.begin(), forms.end(), is_known);
    result.response.set("etag", known == forms.end() || is_known(form) ? form.tag : known->tag);
    return result;
}

}  // namespace tsunagi::http
