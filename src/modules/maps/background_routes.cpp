// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/background_routes.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "modules/maps/background_rules.hpp"

namespace tsunagi::maps {
namespace {

class WholeFile : public http::BodySource {
public:
    explicit WholeFile(BackgroundService::Archive archive) : archive_(std::move(archive)) {}

    [[nodiscard]] std::size_t size() const override { return static_cast<std::size_t>(archive_.size); }

    std::string next() override {
        constexpr std::uint64_t at_once = std::uint64_t{1} << 20U;
        std::string bytes = BackgroundService::bytes(archive_, sent_, std::min(at_once, archive_.size - sent_));
        if (bytes.empty())
            throw core::Error(core::ErrorKind::unavailable, "background_gone");
        sent_ += bytes.size();
        return bytes;
    }

private:
    BackgroundService::Archive archive_;
    std::uint64_t sent_ = 0;
};

/// 206 with a part, 200 with all of it, 304 for who has it, 416; 404 where there is none.
http::Response tiles(const BackgroundService& service, const http::Request& request) {
    const auto archive = service.archive();
    if (!archive)
        throw core::not_found();
    const auto header = [&](const char* name) { return request.header(name).value_or(std::string_view{}); };
    const Wanted wanted = wanted_part(header("range"), header("if-range"), archive->tag, archive->size);
    const std::string of = "/" + std::to_string(archive->size);
    http::Response response;
    response.set("content-type", "application/octet-stream").set("accept-ranges", "bytes").set("etag", archive->tag);
    response.set("cache-control", "private, no-cache");
    if (const auto known = header("if-none-match"); known == archive->tag || known == "*") {
        response.status = 304;
    } else if (wanted.outside) {
        response.status = 416;
        response.set("content-range", "bytes *" + of);
    } else if (wanted.part) {
        const ByteRange part = *wanted.part;
        response.status = 206;
        response.body = BackgroundService::bytes(*archive, part.first, part.last - part.first + 1);
        if (response.body.empty())
            throw core::Error(core::ErrorKind::unavailable, "background_gone");
        response.set("content-range", "bytes " + std::to_string(part.first) + "-" +
                                          std::to_string(part.first + response.body.size() - 1) + of);
    } else {
        response.source = std::make_shared<WholeFile>(*archive);
    }
    return response;
}

}  // namespace

std::vector<http::Operation> background_routes(const BackgroundService& service) {
    const auto read = http::Permission::signed_in();
    return {
        http::get<MapBackground>("/api/maps/background", "getMapBackground", read,
                                 [&service](const auto&) { return service.background(); }),
        http::get<http::Response>("/api/maps/background/tiles.pmtiles", "readMapBackground", read,
                                  [&service](const auto& call) { return tiles(service, call.request); })
            .answers("application/octet-stream"),
    };
}

}  // namespace tsunagi::maps
