// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/anonymisation_store.hpp"

#include "modules/access/scope.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::anonymisation {
namespace {

using record::Params;

constexpr db::VersionTable version_table{"anonymised_text_versions", "consultation_id"};

struct PersonRow {
    std::string name;
    std::string kana;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (name, kana))

struct OrganizationRow {
    std::string name;
    std::string phone;
    std::string fax;
};
BOOST_DESCRIBE_STRUCT(OrganizationRow, (), (name, phone, fax))

struct RegionRow {
    core::RegionId id;
    std::string kind;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(RegionRow, (), (id, kind, name))

struct ActivityRow {
    std::string with_name;
    std::string with_affiliation;
    std::string partner;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (), (with_name, with_affiliation, partner))

void add_name(Known& known, const std::string& name, const std::string& kana, MarkSource source) {
    if (!name.empty())
        known.people.push_back({name, kana, source});
}

void add_facility(Known& known, const std::string& name, MarkSource source) {
    if (!name.empty())
        known.texts.push_back({name, MarkKind::facility, source});
}

}  // namespace

std::optional<FoundAnonymised> find_anonymised(db::ReadTx& tx, const access::Actor& actor,
                                               const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    return tx.row<FoundAnonymised>("SELECT " + record::columns<AnonymisedRecord>("a") +
                                       ", u.name FROM anonymised_texts a JOIN consultations c ON c.id = "
                                       "a.consultation_id JOIN users u ON u.id = a.confirmed_by "
                                       "WHERE a.consultation_id = :id AND " +
                                       scope,
                                   params);
}

bool put_anonymised(db::WriteTx& tx, const AnonymisedRecord& record) {
    if (record.version == 1) {
        if (tx.number("SELECT count(*) FROM anonymised_texts WHERE consultation_id = :id",
                      Params().set("id", record.consultation_id)) > 0)
            return false;
        tx.insert("anonymised_texts", record);
    } else if (tx.execute("UPDATE anonymised_texts SET version = :version, sheet_version = :sheet_version, "
                          "confirmed_at = :confirmed_at, confirmed_by = :confirmed_by, originals = :originals, "
                          "document = :document, decisions = :decisions "
                          "WHERE consultation_id = :consultation_id AND version = :version - 1",
                          Params()
                              .set("consultation_id", record.consultation_id)
                              .set("version", record.version)
                              .set("sheet_version", record.sheet_version)
                              .set("confirmed_at", record.confirmed_at)
                              .set("confirmed_by", record.confirmed_by)
                              .set("originals", record.originals)
                              .set("document", record.document)
                              .set("decisions", record.decisions)) != 1) {
        return false;
    }
    db::add_version(tx, version_table, record.consultation_id.str(),
                    {record.version, record.confirmed_at, record.confirmed_by, "confirmed", "", record.document});
    return true;
}

void add_surroundings(db::ReadTx& tx, const access::Actor& actor, const consultations::Consultation& consultation,
                      const AnonymisationWords& words, Known& known) {
    Params city;
    city.set("city", consultation.municipality_id);
    for (const auto& row : tx.rows<PersonRow>(
             "SELECT u.name, u.kana FROM users u WHERE u.id IN (SELECT a.user_id FROM assignments a "
             "LEFT JOIN desks d ON d.id = a.desk_id WHERE a.region_id = :city OR d.municipality_id = :city) "
             "ORDER BY u.name, u.id LIMIT 2000",
             city))
        add_name(known, row.name, row.kana, MarkSource::colleague);
    for (const auto& row :
         tx.rows<OrganizationRow>("SELECT o.name, o.phone, o.fax FROM organizations o ORDER BY o.name, o.id "
                                  "LIMIT 5000")) {
        add_facility(known, row.name, MarkSource::organization);
        known.phones.push_back(row.phone);
        known.phones.push_back(row.fax);
    }
    for (const auto& row : tx.rows<RegionRow>(
             "WITH RECURSIVE below (id) AS (SELECT r.id FROM regions r WHERE r.id = :city "
             "UNION SELECT r.id FROM regions r JOIN below ON r.parent_id = below.id), "
             "above (id) AS (SELECT r.parent_id FROM regions r WHERE r.id = :city "
             "UNION SELECT r.parent_id FROM regions r JOIN above ON r.id = above.id WHERE r.parent_id IS NOT NULL) "
             "SELECT r.id, r.kind, r.name FROM regions r WHERE r.kind <> 'outside' AND "
             "(r.id IN (SELECT id FROM below) OR r.id IN (SELECT id FROM above)) ORDER BY r.position, r.id LIMIT 3000",
             city)) {
        const bool own = row.id == consultation.municipality_id;
        const bool above = row.kind == "prefecture" || row.kind == "medical_area";
        known.texts.push_back({row.name, MarkKind::place, MarkSource::region,
                               above ? std::string() : words.replacements.at(own ? "own_city" : "district")});
    }
    Params params;
    params.set("id", consultation.id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    for (const auto& row : tx.rows<ActivityRow>("SELECT DISTINCT a.with_name, a.with_affiliation, a.partner "
                                                "FROM activities a JOIN consultations c ON c.id = a.consultation_id "
                                                "WHERE a.consultation_id = :id AND " +
                                                    scope + " ORDER BY a.with_name LIMIT 500",
                                                params)) {
        add_name(known, row.with_name, "", MarkSource::caller);
        add_name(known, row.partner, "", MarkSource::caller);
        add_facility(known, row.with_affiliation, MarkSource::caller);
    }
}

std::int64_t alike(db::ReadTx& tx, const consultations::ConsultationSheet& sheet, bool with_illness,
                   std::int64_t most) {
    if (!sheet.district_id || !sheet.age_band || !sheet.household)
        return most;
    Params params;
    params.set("district", *sheet.district_id).set("age", *sheet.age_band).set("household", *sheet.household);
    std::string condition =
        "c.district_id = :district AND c.age_band = :age AND c.household = :household AND c.state <> 'draft'";
    if (with_illness) {
        params.set("illness", sheet.illness);
        condition += " AND c.illness = :illness";
    }
    return tx.number("SELECT count(*) FROM (SELECT 1 FROM consultations c WHERE " + condition + " LIMIT " +
                         std::to_string(most) + ") alike_ones",
                     params);
}

}  // namespace tsunagi::anonymisation
