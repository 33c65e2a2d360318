// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_service.hpp"

#include <set>

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/indicators/indicator_rules.hpp"
#include "modules/indicators/indicator_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::indicators {
namespace {

IndicatorRecord changeable(db::ReadTx& tx, const access::Actor& actor, const core::IndicatorId& id) {
    auto record = find(tx, actor, id);
    if (!record)
        throw core::not_found();
    access::require_change(actor, record->desk_id, record->municipality_id);
    return *record;
}

void check_references(db::ReadTx& tx, const access::Actor& actor, const IndicatorText& text, const std::string& root,
                      const IndicatorText& before, std::vector<core::FieldError>& errors) {
    access::check_links(tx, actor, text.issue_ids, before.issue_ids, root + "/issue_ids", errors);
    access::check_links(tx, actor, text.measure_ids, before.measure_ids, root + "/measure_ids", errors);
}

audit::Event audited(const access::Actor& actor, std::string action, const core::IndicatorId& id, std::string detail) {
    return {actor.user_id, actor.name, std::move(action), "indicator", id.str(), std::move(detail)};
}

}  // namespace

IndicatorService::IndicatorService(db::Database& database, const audit::AuditService& audit,
                                   const packs::PacksService& packs, CountFigures figures, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), figures_(std::move(figures)), clock_(std::move(clock)) {}

Counted IndicatorService::count(db::ReadTx& tx, const access::Actor& actor,
                                const std::vector<CountingIndicator>& indicators) const {
    Counted counted;
    for (const bool monthly : {true, false}) {
        std::set<core::DeskId> desks;
        for (const auto& one : indicators) {
            if ((one.period == "month") == monthly)
                desks.insert(one.desk_id);
        }
        if (desks.empty())
            continue;
        auto periods = figures_(tx, {desks.begin(), desks.end()}, monthly,
                                counted_from(monthly ? "month" : "fiscal_year", actor.today), actor.today);
        for (const auto& one : indicators) {
            if ((one.period == "month") == monthly && one.figure)
                counted[one.id] = counted_values(*one.figure, periods[one.desk_id], actor.today);
        }
    }
    return counted;
}

std::map<core::IndicatorId, IndicatorSeries> IndicatorService::judged_series(
    db::ReadTx& tx, const access::Actor& actor, const std::vector<core::IndicatorId>& ids) const {
    auto series = series_of(tx, actor, ids);
    for (const auto& [id, values] : count(tx, actor, counting(tx, actor, ids)))
        add_counted(series[id].values, values);
    return series;
}

std::optional<Indicator> IndicatorService::shown(db::ReadTx& tx, const access::Actor& actor,
                                                 const core::IndicatorId& id) const {
    auto indicator = load(tx, actor, id);
    if (indicator && indicator->text.figure) {
        auto counted = count(tx, actor, {{id, indicator->desk_id, indicator->text.period, indicator->text.figure}});
        indicator->counted = std::move(counted[id]);
    }
    return indicator;
}

IndicatorPage IndicatorService::list(const access::Actor& actor, const IndicatorFilter& filter) const {
    access::require(actor, "indicators.read");
    return database_.read([&](db::ReadTx& tx) {
        return indicators::list(tx, actor, filter, [&](db::ReadTx& reading, const auto& indicators) {
            return count(reading, actor, indicators);
        });
    });
}

Indicator IndicatorService::get(const access::Actor& actor, const core::IndicatorId& id) const {
    access::require(actor, "indicators.read");
    auto indicator = database_.read([&](db::ReadTx& tx) { return shown(tx, actor, id); });
    if (!indicator)
        throw core::not_found();
    return *indicator;
}

IndicatorHistory IndicatorService::history(const access::Actor& actor, const core::IndicatorId& id) const {
    access::require(actor, "indicators.read");
    return database_.read([&](db::ReadTx& tx) {
        if (!find(tx, actor, id))
            throw core::not_found();
        IndicatorHistory result{db::read_versions<IndicatorVersion>(db::versions(tx, version_table, id.str()))};
        access::drop_hidden_links(
            tx, actor, result.items, [](auto& version) -> auto& { return version.text.text.issue_ids; });
        access::drop_hidden_links(
            tx, actor, result.items, [](auto& version) -> auto& { return version.text.text.measure_ids; });
        return result;
    });
}

Indicator IndicatorService::create(const access::Actor& actor, const NewIndicator& indicator,
                                   const std::string& key) const {
    access::require(actor, "indicators.write");
    const core::DeskId desk = access::desk_for_new_record(actor, indicator.desk_id);
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createIndicator", record::to_json(indicator));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint)) {
            return shown(tx, actor, core::IndicatorId(*earlier)).value();
        }
        auto errors = check(indicator.text, *codes, core::day_in_japan(now), "/text");
        check_references(tx, actor, indicator.text, "/text", {}, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        IndicatorRecord record;
        record.id = core::IndicatorId::make();
        record.desk_id = desk;
        record.municipality_id = access::municipality_of(tx, desk).value();
        record.created_at = record.updated_at = now;
        record.created_by = record.updated_by = actor.user_id;
        insert(tx, record, indicator.text);
        db::add_version(tx, version_table, record.id.str(),
                        {1, now, actor.user_id, "created", "", record::to_json(IndicatorDocument{indicator.text, {}})});
        audit_.record(tx, audited(actor, "create", record.id, ""));
        db::remember(tx, actor.user_id, key, fingerprint, record.id.str(), now);
        return shown(tx, actor, record.id).value();
    });
}

Indicator IndicatorService::change(const access::Actor& actor, const core::IndicatorId& id, std::int64_t version,
                                   const IndicatorText& wanted) const {
    access::require(actor, "indicators.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        auto record = changeable(tx, actor, id);
        if (record.version != version)
            throw core::stale(record.version);
        const IndicatorText before = text_of(tx, record);
        IndicatorText text = wanted;
        access::keep_hidden_links(tx, actor, text.issue_ids, before.issue_ids);
        access::keep_hidden_links(tx, actor, text.measure_ids, before.measure_ids);
        auto errors = check(text, *codes, core::day_in_japan(now), "", &before);
        check_references(tx, actor, text, "", before, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        const IndicatorDocument document{text, series_of(tx, actor, {id})[id]};
        db::add_version(tx, version_table, id.str(),
                        {version + 1, now, actor.user_id, "edited", "", record::to_json(document)});
        audit_.record(tx, audited(actor, "change", id, "version=" + std::to_string(version + 1)));
        return shown(tx, actor, id).value();
    });
}

Indicator IndicatorService::change_series(const access::Actor& actor, const core::IndicatorId& id, std::int64_t version,
                                          const IndicatorSeries& wanted) const {
    access::require(actor, "indicators.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        auto record = changeable(tx, actor, id);
        if (record.version != version)
            throw core::stale(record.version);
        const IndicatorSeries before = series_of(tx, actor, {id})[id];
        auto errors = check(wanted, *codes, core::day_in_japan(now), &before);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        IndicatorSeries series = wanted;
        sort_by_period(series);
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update_series(tx, record, series))
            throw core::stale(version + 1);
        const IndicatorDocument document{text_of(tx, record), series};
        db::add_version(tx, version_table, id.str(),
                        {version + 1, now, actor.user_id, "series", "", record::to_json(document)});
        audit_.record(tx, audited(actor, "series", id, "version=" + std::to_string(version + 1)));
        return shown(tx, actor, id).value();
    });
}

}  // namespace tsunagi::indicators
