// SPDX-License-Identifier: Apache-2.0
#include "modules/audit/audit_routes.hpp"

namespace tsunagi::audit {

std::vector<http::Operation> routes(AuditService& service) {
    return {
        http::list<AuditFilter, AuditPage>("/api/audit", "listAudit", http::Permission("audit.read"),
                                           [&service](const auto& call) { return service.search(call.query); }),
    };
}

}  // namespace tsunagi::audit
