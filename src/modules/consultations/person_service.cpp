// SPDX-License-Identifier: Apache-2.0
// Opening the sealed data of the person whom a consultation is about.
#include "core/sealing.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/consultations/consultation_store.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::consultations {

Person ConsultationService::read_person(const access::Actor& actor, const core::ConsultationId& id,
                                        const PersonReading& reading) const {
    require(actor, "persons.read");
    const std::string sealed = database_.write([&](db::WriteTx& tx) {
        const Consultation consultation = seen(tx, actor, id);
        if (disclosure(actor, consultation.desk_id, consultation.municipality_id,
                       consultation.shared_with_municipality) != Disclosure::full)
            throw core::not_found();
        auto person = store::sealed_person(tx, actor, id);
        if (!person)
            throw core::not_found();
        record(tx, actor, "read_person", consultation, reading.reason);
        return std::move(*person);
    });
    return opened(sealed, id);
}

std::optional<Person> ConsultationService::person_to_find(db::WriteTx& tx, const access::Actor& actor,
                                                          const Consultation& consultation,
                                                          const std::string& purpose) const {
    require(actor, "persons.read");
    const auto sealed = store::sealed_person(tx, actor, consultation.id);
    if (!sealed)
        return std::nullopt;
    record(tx, actor, "read_person", consultation, purpose);
    return opened(*sealed, consultation.id);
}

Person ConsultationService::opened(const std::string& sealed, const core::ConsultationId& id) const {
    const auto plain = core::open_sealed(person_key_, sealed, sealed_for(id));
    if (!plain)
        throw core::Error(core::ErrorKind::internal, "internal", {}, "the data of a person cannot be opened");
    return record::from_stored_json<Person>(*plain);
}

}  // namespace tsunagi::consultations
