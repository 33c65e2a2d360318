// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/body_store.hpp"

#include "modules/access/scope.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::meetings {
namespace {

using record::Params;

struct BodyReading {
    core::BodyId id;
    std::optional<core::BodyId> parent_id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    std::int64_t version = 1;
    std::string name;
    std::optional<record::Code<"body_kind">> kind;
    std::optional<record::Code<"layer">> layer;
    std::string member_categories;
    std::string frequency;
    std::string basis;
    bool dormant = false;
    std::int64_t meetings_this_year = 0;
    std::optional<core::Date> next_on;
};
BOOST_DESCRIBE_STRUCT(BodyReading, (),
                      (id, parent_id, municipality_id, desk_id, version, name, kind, layer, member_categories,
                       frequency, basis, dormant, meetings_this_year, next_on))

}  // namespace

std::vector<Body> bodies(db::ReadTx& tx, const access::Actor& actor, const core::Date& today) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::body, "b", params);
    const int year = today.fiscal_year();
    params.set("from", std::to_string(year) + "-04-01").set("to", std::to_string(year + 1) + "-03-31");
    params.set("today", today);
    std::vector<Body> result;
    for (auto& row : tx.rows<BodyReading>(
             "SELECT " + record::columns<BodyRecord>("b") +
                 ", "
                 "(SELECT count(*) FROM meetings m WHERE m.body_id = b.id AND m.state <> 'cancelled' "
                 "AND m.held_on BETWEEN :from AND :to), "
                 "(SELECT min(n.held_on) FROM meetings n WHERE n.body_id = b.id AND n.state = 'planned' "
                 "AND n.held_on >= :today) FROM bodies b WHERE " +
                 visible + " ORDER BY b.name, b.id",
             params)) {
        Body body{row.id, row.municipality_id, row.version, row.meetings_this_year, row.next_on, {}};
        body.text.parent_id = row.parent_id;
        body.text.desk_id = row.desk_id;
        body.text.name = row.name;
        body.text.kind = row.kind;
        body.text.layer = row.layer;
        body.text.member_categories =
            record::from_stored_json<std::vector<record::Code<"member_category">>>(row.member_categories);
        body.text.frequency = row.frequency;
        body.text.basis = row.basis;
        body.text.dormant = row.dormant;
        result.push_back(std::move(body));
    }
    return result;
}

BodyRecord record_of(const Body& body) {
    return {body.id,
            body.text.parent_id,
            body.municipality_id,
            body.text.desk_id,
            body.version,
            body.text.name.str(),
            body.text.kind,
            body.text.layer,
            record::to_json(body.text.member_categories),
            body.text.frequency.str(),
            body.text.basis.str(),
            body.text.dormant};
}

std::optional<core::RegionId> municipality_of(db::ReadTx& tx, const core::DeskId& desk) {
    return tx.row<core::RegionId>("SELECT municipality_id FROM desks WHERE id = :id", Params().set("id", desk));
}

void insert(db::WriteTx& tx, const BodyRecord& body) {
    tx.insert("bodies", body);
}

bool update(db::WriteTx& tx, const BodyRecord& body) {
    return tx.execute(
               "UPDATE bodies SET version = version + 1, parent_id = :parent_id, desk_id = :desk_id, "
               "name = :name, kind = :kind, layer = :layer, member_categories = :member_categories, "
               "frequency = :frequency, basis = :basis, dormant = :dormant "
               "WHERE id = :id AND version = :version",
               Params()
                   .set("parent_id", body.parent_id)
                   .set("desk_id", body.desk_id)
                   .set("name", body.name)
                   .set("kind", body.kind)
                   .set("layer", body.layer)
                   .set("member_categories", body.member_categories)
                   .set("frequency", body.frequency)
                   .set("basis", body.basis)
                   .set("dormant", body.dormant)
                   .set("id", body.id)
                   .set("version", body.version)) == 1;
}

}  // namespace tsunagi::meetings
