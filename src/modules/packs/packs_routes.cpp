// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/packs_routes.hpp"

namespace tsunagi::packs {

std::vector<http::Operation> routes(PacksService& service) {
    using http::Permission;
    return {
        http::get<PackView>("/api/packs", "getPacks", Permission::signed_in(),
                            [&service](const auto&) { return service.view(); }),
        http::get<TemplateList>("/api/packs/templates", "getTemplates", Permission::signed_in(),
                                [&service](const auto&) { return service.templates(); }),
        http::put<PackChoice, PackView>("/api/packs/choice", "choosePacks", Permission("packs.manage"),
                                        [&service](const auto& call) {
                                            service.choose(&access::actor_of(call.request.principal), call.body);
                                            return service.view();
                                        }),
        http::get<Scheme>("/api/packs/schemes/{name}", "getScheme", Permission::signed_in(),
                          [&service](const auto& call) { return service.scheme(call.parameter("name")); }),
        http::put<SchemeChange, Scheme>("/api/packs/schemes/{name}", "changeScheme", Permission("packs.manage"),
                                        [&service](const auto& call) {
                                            return service.change(access::actor_of(call.request.principal),
                                                                  call.parameter("name"), call.if_match(), call.body);
                                        })
            .if_match(),
    };
}

}  // namespace tsunagi::packs
