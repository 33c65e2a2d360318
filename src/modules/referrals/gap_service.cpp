// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/gap_service.hpp"

#include "modules/access/demonstration_service.hpp"
#include "modules/referrals/gap_rules.hpp"
#include "modules/referrals/gap_store.hpp"
#include "modules/referrals/referral_sheet.hpp"

namespace tsunagi::referrals {
namespace {

void check_period(const GapFilter& filter) {
    if (filter.from && filter.to && *filter.to < *filter.from)
        throw core::invalid({{"?to", "date_order", ""}});
}

GapTable read_table(db::ReadTx& tx, const access::Actor& actor, const GapFilter& filter) {
    return gap_table(store::ask_facts(tx, actor, filter), store::search_facts(tx, actor, filter));
}

}  // namespace

GapService::GapService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                       const std::filesystem::path& report_words)
    : database_(database), audit_(audit), packs_(packs), words_(report_words) {}

GapTable GapService::table(const access::Actor& actor, const GapFilter& filter) const {
    access::require(actor, "referrals.read");
    check_period(filter);
    return database_.read([&](db::ReadTx& tx) { return read_table(tx, actor, filter); });
}

record::ExportedFile GapService::export_table(const access::Actor& actor, const GapExportQuery& query) const {
    access::require(actor, "export");
    access::require(actor, "referrals.read");
    check_period(query);
    const auto codes = packs_.codes();
    const auto sheet = database_.read([&](db::ReadTx& tx) {
        const auto table = read_table(tx, actor, query);
        std::vector<core::RegionId> ids;
        for (const GapRow& row : table.items) {
            if (row.district_id)
                ids.push_back(*row.district_id);
        }
        const SheetHead head{.language = query.lang,
                             .printed_on = actor.today,
                             .fictitious = access::is_demonstration(tx),
                             .regions = store::region_names(tx, ids)};
        return gap_sheet(table, head, words_, *codes);
    });
    auto file = analysis::exported(query.format, "gaps_" + actor.today.str(), {sheet});
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {actor.user_id, actor.name, "export", "gap", "",
                           record::to_text(query.format) + " lines=" + std::to_string(sheet.rows.size())});
    });
    return file;
}

}  // namespace tsunagi::referrals
