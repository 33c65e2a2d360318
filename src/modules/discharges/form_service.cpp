// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/form_service.hpp"

#include <utility>

#include "core/sealing.hpp"
#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/discharges/discharge_store.hpp"
#include "modules/discharges/form_rules.hpp"
#include "modules/discharges/form_store.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::discharges {
namespace {

constexpr std::size_t most_listed = 100;

/// Versions are sealed as the form is, so that an old one tells no more than the new one.
std::string context_of(const FormId& id) {
    return "discharge_forms/" + id.str();
}

FoundForm found(db::ReadTx& tx, const access::Actor& actor, const FormId& id) {
    auto row = find_form(tx, actor, id);
    if (!row || consultations::disclosure(actor, row->desk_id, row->municipality_id, row->shared_with_municipality) !=
                    consultations::Disclosure::full)
        throw core::not_found();
    return std::move(*row);
}

}  // namespace

FormService::FormService(db::Database& database, const audit::AuditService& audit,
                         const consultations::ConsultationService& consultations, std::string key,
                         const std::filesystem::path& folder, core::Clock clock)
    : database_(database),
      audit_(audit),
      consultations_(consultations),
      key_(std::move(key)),
      definitions_(read_forms(folder)),
      clock_(std::move(clock)) {}

std::string FormService::sealed(const FormId& id, const FormText& text) const {
    return core::seal(key_, record::to_json(text), context_of(id));
}

FormText FormService::opened(const FormId& id, const std::string& sealed) const {
    const auto plain = core::open_sealed(key_, sealed, context_of(id));
    if (!plain)
        throw core::Error(core::ErrorKind::internal, "internal", {}, "a form cannot be opened");
    return record::from_stored_json<FormText>(*plain);
}

Form FormService::shown(const FoundForm& row) const {
    Form result;
    record::copy_members(row, result);
    result.text = opened(row.id, row.sealed);
    return result;
}

void FormService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const FoundForm& form,
                         const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "discharge_form",
                       .subject_id = form.id.str(),
                       .detail = detail});
}

FormDefinitions FormService::definitions(const access::Actor& actor) const {
    access::require(actor, "discharges.read");
    return definitions_;
}

FormList FormService::list(const access::Actor& actor, const FormFilter& filter) const {
    access::require(actor, "discharges.read");
    if (!filter.discharge && !filter.consultation)
        throw core::invalid({{"?discharge", "required", ""}});
    return database_.read([&](db::ReadTx& tx) {
        FormList list{forms(tx, actor, filter, most_listed + 1), false};
        list.truncated = list.items.size() > most_listed;
        if (list.truncated)
            list.items.pop_back();
        return list;
    });
}

FormHead FormService::head(const access::Actor& actor, const FormId& id) const {
    access::require(actor, "discharges.read");
    access::require(actor, "persons.read");
    return database_.read([&](db::ReadTx& tx) {
        FormHead result;
        record::copy_members(found(tx, actor, id), result);
        return result;
    });
}

Form FormService::open(const access::Actor& actor, const FormId& id, const FormReading& reading) const {
    access::require(actor, "discharges.read");
    access::require(actor, "persons.read");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        record(tx, actor, reading.print.value_or(false) ? "print" : "read_person", row, reading.reason);
        return shown(row);
    });
}

FormHistory FormService::history(const access::Actor& actor, const FormId& id,
                                 const FormHistoryReading& reading) const {
    access::require(actor, "discharges.read");
    access::require(actor, "persons.read");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        FormHistory result;
        for (auto& saved : db::versions(tx, form_version_table, id.str()))
            result.items.push_back({saved.version, std::move(saved.kind), saved.at, std::move(saved.by_name),
                                    std::move(saved.reason), opened(id, saved.document)});
        record(tx, actor, "read_person", row, reading.reason);
        return result;
    });
}

Form FormService::create(const access::Actor& actor, const NewForm& body, const std::string& key) const {
    access::require(actor, "discharges.write");
    access::require(actor, "persons.read");
    const auto now = clock_.now();
    const std::string fingerprint = db::request_fingerprint("createDischargeForm", record::to_json(body));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto before = db::remembered(tx, actor.user_id, key, fingerprint))
            return shown(found(tx, actor, FormId(*before)));
        std::vector<core::FieldError> errors;
        const FormDefinition* form = form_named(definitions_, body.form);
        if (form == nullptr)
            errors.push_back({"/form", "unknown_code", ""});
        else
            errors = check(body.text, *form, actor.latest_day, "/text");
        FormRecord made;
        made.id = FormId::make();
        made.form = body.form;
        made.created_at = made.updated_at = now;
        made.created_by = made.updated_by = actor.user_id;
        made.consultation_id = body.consultation_id;
        if (body.discharge_id) {
            const auto about = find(tx, actor, *body.discharge_id);
            if (!about)
                throw core::not_found();
            if (!actor.works_at(about->desk_id))
                throw core::Error(core::ErrorKind::forbidden, "forbidden");
            if (body.consultation_id && body.consultation_id != about->consultation_id)
                errors.push_back({"/consultation_id", "not_allowed", ""});
            made.discharge_id = about->id;
            made.consultation_id = about->consultation_id;
            made.desk_id = about->desk_id;
            made.municipality_id = about->municipality_id;
        } else if (body.consultation_id) {
            const auto about = consultations_.open_for_entry(tx, actor, *body.consultation_id);
            made.desk_id = about.desk_id;
            made.municipality_id = about.municipality_id;
            if (form != nullptr && !form->of_case.value_or(false))
                errors.push_back({"/discharge_id", "required", ""});
        } else {
            errors.push_back({"/discharge_id", "required", ""});
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        FormText text = body.text;
        drop_empty(text);
        made.written_on = text.written_on;
        made.sealed = sealed(made.id, text);
        tx.insert("discharge_forms", made);
        db::add_version(tx, form_version_table, made.id.str(), {1, now, actor.user_id, "created", "", made.sealed});
        const auto row = found(tx, actor, made.id);
        record(tx, actor, "create", row, "form=" + row.form.str());
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), now);
        return shown(row);
    });
}

Form FormService::change(const access::Actor& actor, const FormId& id, std::int64_t version,
                         const FormChange& wanted) const {
    access::require(actor, "discharges.write");
    access::require(actor, "persons.read");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        if (!actor.works_at(row.desk_id))
            throw core::Error(core::ErrorKind::forbidden, "forbidden");
        if (row.version != version)
            throw core::stale(row.version);
        const FormDefinition* form = form_named(definitions_, row.form);
        if (form == nullptr)  // a later pack has left it out: it can be read, not written on
            throw core::not_allowed_in_state("form_ended");
        auto errors = check(wanted.text, *form, actor.latest_day, "/text");
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        FormText text = wanted.text;
        drop_empty(text);
        FormRecord next = row;
        next.updated_at = now;
        next.updated_by = actor.user_id;
        next.written_on = text.written_on;
        next.sealed = sealed(id, text);
        if (!db::update_versioned(tx, "discharge_forms", next))
            throw core::stale(version + 1);
        db::add_version(tx, form_version_table, id.str(),
                        {version + 1, now, actor.user_id, "edited", wanted.reason, next.sealed});
        record(tx, actor, "change", row, "version=" + std::to_string(version + 1));
        return shown(found(tx, actor, id));
    });
}

}  // namespace tsunagi::discharges
