// SPDX-License-Identifier: Apache-2.0
#include "modules/uploads/upload_routes.hpp"

#include <charconv>

namespace tsunagi::uploads {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

UploadId id(const auto& call) {
    return call.template id<UploadId>();
}

std::int64_t number(const auto& call) {
    const std::string& text = call.parameter("number");
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        throw core::not_found();
    return value;
}

}  // namespace

std::vector<http::Operation> routes(UploadService& service) {
    const auto write = http::Permission::signed_in();  // the service knows who sends what
    return {
        http::post<NewUpload, Upload>("/api/uploads", "beginUpload", write,
                                      [&service](const auto& call) { return service.begin(actor(call), call.body); }),
        http::get<Upload>("/api/uploads/{id}", "getUpload", write,
                          [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::put<http::Bytes<part_bytes>, http::Nothing>(
            "/api/uploads/{id}/parts/{number}", "putUploadPart", write,
            [&service](const auto& call) { service.put_part(actor(call), id(call), number(call), call.body.content); }),
        http::remove<http::Nothing>("/api/uploads/{id}", "cancelUpload", write,
                                    [&service](const auto& call) { service.cancel(actor(call), id(call)); }),
    };
}

}  // namespace tsunagi::uploads
