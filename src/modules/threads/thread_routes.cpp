// SPDX-License-Identifier: Apache-2.0
#include "modules/threads/thread_routes.hpp"

namespace tsunagi::threads {
namespace {

/// A kind or an id that is none answers as an unknown record does.
NodeKind kind_of(const std::string& text) {
    NodeKind kind{};
    if (!record::StringScalar<NodeKind>::from(text, kind).reason.empty())
        throw core::not_found();
    return kind;
}

std::string id_of(const std::string& text) {
    if (!core::is_uuid(text))
        throw core::not_found();
    return text;
}

}  // namespace

std::vector<http::Operation> routes(ThreadService& service) {
    return {
        // Which permission is needed depends on the kind of record; the service asks for it.
        http::get<Thread>("/api/thread/{kind}/{id}", "getThread", http::Permission::signed_in(),
                          [&service](const auto& call) {
                              return service.get(access::actor_of(call.request.principal),
                                                 kind_of(call.parameter("kind")), id_of(call.parameter("id")));
                          }),
    };
}

}  // namespace tsunagi::threads
