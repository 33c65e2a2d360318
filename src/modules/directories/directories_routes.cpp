// SPDX-License-Identifier: Apache-2.0
#include "modules/directories/directories_routes.hpp"

#include "http/download.hpp"

namespace tsunagi::directories {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

}  // namespace

std::vector<http::Operation> routes(DirectoriesService& service) {
    return {
        http::list<DirectoryQuery, Directory>(
            "/api/public-directory", "getDirectory", http::Permission("resources.read"),
            [&service](const auto& call) { return service.get(actor(call), call.query); }),
        http::operation<DirectoryText, DirectoryQuery, Directory>(
            "PUT", "/api/public-directory", "changeDirectory", http::Permission("resources.write"),
            [&service](const auto& call) {
                return service.change(actor(call), call.query, call.if_match(), call.body);
            })
            .if_match(),
        http::list<DirectoryQuery, http::Response>(
            "/api/public-directory/page.zip", "exportDirectory", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.packed(actor(call), call.query)); })
            .answers("application/octet-stream"),
        http::get<PublicDirectory>("/api/public-directories/{code}", "getPublicDirectory", http::Permission::anyone(),
                                   [&service](const auto& call) { return service.published(call.parameter("code")); }),
    };
}

}  // namespace tsunagi::directories
