// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/body_store.hpp"

#include "modules/access/scope.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::meetings {
namespace {

using record::Params;

struct BodyReading : BodyRecord {
    std::int64_t meetings_this_year = 0;
    std::optional<core::Date> next_on;
};
BOOST_DESCRIBE_STRUCT(BodyReading, (BodyRecord), (meetings_this_year, next_on))

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
        Body body{row.id,      row.municipality_id,
                  row.version, row.meetings_this_year,
                  row.next_on, record::text_from<NewBody>(row)};
        result.push_back(std::move(body));
    }
    return result;
}

BodyRecord record_of(const Body& body) {
    BodyRecord record;
    record.id = body.id;
    record.municipality_id = body.municipality_id;
    record.version = body.version;
    record::put_text(body.text, record);
    return record;
}

void insert(db::WriteTx& tx, const BodyRecord& body) {
    tx.insert("bodies", body);
}

bool update(db::WriteTx& tx, const BodyRecord& body) {
    return db::update_versioned(tx, "bodies", body);
}

}  // namespace tsunagi::meetings
