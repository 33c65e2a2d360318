// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/import_routes.hpp"

namespace tsunagi::imports {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

ImportId id(const auto& call) {
    return call.template id<ImportId>();
}

std::optional<std::int64_t> version(const auto& call) {
    return call.request.header("if-match") ? std::optional(call.if_match()) : std::nullopt;
}

}  // namespace

std::vector<http::Operation> routes(ImportService& service) {
    const http::Permission write("consultations.write");
    return {
        http::list<ImportFilter, ImportList>(
            "/api/imports", "listImports", write,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<NewImport, Import>("/api/imports", "createImport", write,
                                      [&service](const auto& call) { return service.create(actor(call), call.body); })
            .created(),
        http::get<Import>("/api/imports/{id}", "getImport", write,
                          [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::remove<http::Nothing>(
            "/api/imports/{id}", "deleteImport", write,
            [&service](const auto& call) { service.remove(actor(call), id(call), version(call)); }),
        http::list<LinesQuery, FileLines>(
            "/api/imports/{id}/lines", "listImportLines", write,
            [&service](const auto& call) { return service.lines(actor(call), id(call), call.query); }),
        http::list<GuessQuery, Guess>(
            "/api/imports/{id}/guess", "guessImportMapping", write,
            [&service](const auto& call) { return service.guess(actor(call), id(call), call.query); }),
        http::post<Mapping, Preview>(
            "/api/imports/{id}/preview", "previewImport", write,
            [&service](const auto& call) { return service.preview(actor(call), id(call), call.body); }),
        http::post<CheckOrder, Import>(
            "/api/imports/{id}/check", "checkImport", write,
            [&service](const auto& call) { return service.check(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::post<http::Nothing, Import>(
            "/api/imports/{id}/take", "takeImport", write,
            [&service](const auto& call) { return service.take(actor(call), id(call), call.if_match()); })
            .if_match(),
        http::post<http::Nothing, Import>(
            "/api/imports/{id}/cancel", "cancelImport", write,
            [&service](const auto& call) { return service.cancel(actor(call), id(call)); }),
        http::post<http::Nothing, Import>(
            "/api/imports/{id}/undo", "undoImport", write,
            [&service](const auto& call) { return service.undo(actor(call), id(call), call.if_match()); })
            .if_match(),
        http::list<FaultsQuery, FaultyLines>(
            "/api/imports/{id}/faults", "listImportFaults", write,
            [&service](const auto& call) { return service.faults(actor(call), id(call), call.query); }),
        http::list<ImportFilter, SavedMappings>(
            "/api/import-mappings", "listImportMappings", write,
            [&service](const auto& call) { return service.mappings(actor(call), call.query); }),
        http::put<MappingName, SavedMapping>(
            "/api/import-mappings/{id}", "renameImportMapping", write,
            [&service](const auto& call) {
                return service.rename_mapping(actor(call), call.template id<MappingId>(), call.if_match(), call.body);
            })
            .if_match(),
        http::remove<http::Nothing>("/api/import-mappings/{id}", "deleteImportMapping", write,
                                    [&service](const auto& call) {
                                        service.remove_mapping(actor(call), call.template id<MappingId>(),
                                                               version(call));
                                    }),
    };
}

}  // namespace tsunagi::imports
