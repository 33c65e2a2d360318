// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/form_store.hpp"

#include "modules/access/scope.hpp"

namespace tsunagi::discharges {
namespace {

using record::Params;

constexpr const char* with_case = "discharge_forms f LEFT JOIN consultations c ON c.id = f.consultation_id";

/// Whoever sees a case through an agenda alone sees not even that there is a form.
std::string visible(const access::Actor& actor, Params& params) {
    return access::worked_with(actor, "f", params) + " AND " + access::activities_visible(actor, "f", "c", params);
}

}  // namespace

std::optional<FoundForm> find_form(db::ReadTx& tx, const access::Actor& actor, const FormId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = visible(actor, params);
    return tx.row<FoundForm>(
        "SELECT " + record::columns<FormRecord>("f") +
            ", made.name, changed.name, COALESCE(c.number, ''), COALESCE(d.subject, c.subject, ''), "
            "COALESCE(c.shared_with_municipality, 0) FROM " +
            with_case +
            " JOIN users made ON made.id = f.created_by JOIN users changed ON changed.id = f.updated_by "
            "LEFT JOIN discharges d ON d.id = f.discharge_id WHERE f.id = :id AND " +
            scope,
        params);
}

std::vector<FormRow> forms(db::ReadTx& tx, const access::Actor& actor, const FormFilter& filter, std::int64_t limit) {
    Params params;
    std::string condition = visible(actor, params);
    if (filter.discharge) {
        params.set("discharge", *filter.discharge);
        condition += " AND f.discharge_id = :discharge";
    }
    if (filter.consultation) {
        params.set("case", *filter.consultation);
        condition += " AND f.consultation_id = :case";
    }
    return tx.rows<FormRow>(std::string("SELECT f.id, f.desk_id, f.form, f.discharge_id, f.consultation_id, f.version, "
                                        "f.written_on, f.updated_at, u.name FROM ") +
                                with_case + " JOIN users u ON u.id = f.updated_by WHERE " + condition +
                                " ORDER BY f.written_on DESC, f.updated_at DESC, f.id LIMIT :limit",
                            params.set("limit", limit));
}

}  // namespace tsunagi::discharges
