// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/found_store.hpp"

#include <utility>

#include "core/error.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation_store.hpp"

namespace tsunagi::consultations::store {

Consultation found(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    auto consultation = find(tx, actor, id);
    if (!consultation)
        throw core::not_found();
    return std::move(*consultation);
}

Consultation found_for_change(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id,
                              std::optional<std::int64_t> version) {
    auto consultation = found(tx, actor, id);
    if (!actor.works_at(consultation.desk_id))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    if (version && *version != consultation.version)
        throw core::stale(consultation.version);
    return consultation;
}

}  // namespace tsunagi::consultations::store
