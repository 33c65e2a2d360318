// SPDX-License-Identifier: Apache-2.0
#include "http/gzip.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <zlib.h>

namespace tsunagi::http {
namespace {

/// A compressor that is reset instead of made anew: each holds about 130 kB.
class Deflater {
public:
    explicit Deflater(int level) {
        constexpr int gzip_with_16_kib_window = 14 + 16;
        if (deflateInit2(&stream_, level, Z_DEFLATED, gzip_with_16_kib_window, 7, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::runtime_error("zlib cannot start");
        }
    }

    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    Deflater(Deflater&&) = delete;
    Deflater& operator=(Deflater&&) = delete;

    ~Deflater() { deflateEnd(&stream_); }

    std::string run(std::string_view text) {
        deflateReset(&stream_);
        std::string out(deflateBound(&stream_, text.size()), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT: zlib only reads it
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT: the C interface
        stream_.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END)
            throw std::runtime_error("zlib did not finish");
        out.resize(stream_.total_out);
        return out;
    }

private:
    z_stream stream_{};
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// `q=0`, `q=0.0` and the like.
bool is_forbidden(std::string_view parameters) {
    const std::size_t at = parameters.find("q=");
    if (at == std::string_view::npos)
        return false;
    const std::string_view weight = trimmed(parameters.substr(at + 2));
    return !weight.empty() && std::all_of(weight.begin(), weight.end(), [](char c) { return c == '0' || c == '.'; });
}

}  // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view wanted) {
    bool any = false;
    while (!accept_encoding.empty()) {
        const std::size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
        const std::string_view item = accept_encoding.substr(0, end);
        accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        const std::string_view coding = trimmed(item.substr(0, semicolon));
        const bool allowed = !is_forbidden(item.substr(semicolon));
        if (coding == wanted || (wanted == "gzip" && coding == "x-gzip"))
            return allowed;
        if (coding == "*")
            any = allowed;
    }
    return any;
}

bool is_compressible(std::string_view media_type) {
    static constexpr std::array<std::string_view, 6> types{"application/json",       "application/problem+json",
                                                           "application/javascript", "application/manifest+json",
                                                           "image/svg+xml",          "application/geo+json"};
    const std::string_view type = trimmed(media_type.substr(0, media_type.find(';')));
    return type.starts_with("text/") || std::find(types.begin(), types.end(), type) != types.end();
}

std::string gzip(std::string_view text, int level) {
    if (level != 1)
        return Deflater(level).run(text);
    thread_local Deflater fast(1);
    return fast.run(text);
}

}  // namespace tsunagi::http
