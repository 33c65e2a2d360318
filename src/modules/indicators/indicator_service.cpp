// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/access/scope.hpp"
#include "modules/indicators/indicator_rules.hpp"
#include "modules/indicators/indicator_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::indicators {
namespace {

IndicatorRecord changeable(db::ReadTx& tx, const access::Actor& actor, const core::IndicatorId& id) {
    auto record = find(tx, actor, id);
    if (!record)
        throw core::not_found();
    if (!access::may_change(actor, record->desk_id, record->municipality_id)) {
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    }
    return *record;
}

template <class Id>
bool among(const std::vector<Id>& ids, const Id& id) {
    return std::ranges::find(ids, id) != ids.end();
}

/// Links must lead into the scope unless they were there before.
template <class Id>
void check_links(const std::vector<Id>& ids, const std::vector<Id>& visible, const std::vector<Id>& before,
                 const std::string& pointer, std::vector<core::FieldError>& errors) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (among(visible, ids[i]) || among(before, ids[i]))
            continue;
        errors.push_back({pointer + "/" + std::to_string(i), "not_found", ""});
    }
}

void check_references(db::ReadTx& tx, const access::Actor& actor, const IndicatorText& text, const std::string& root,
                      const IndicatorText& before, std::vector<core::FieldError>& errors) {
    check_links(text.issue_ids, visible_issues(tx, actor, text.issue_ids), before.issue_ids, root + "/issue_ids",
                errors);
    check_links(text.measure_ids, visible_measures(tx, actor, text.measure_ids), before.measure_ids,
                root + "/measure_ids", errors);
}

/// The writer was not shown the links that lead out of their scope, so leaving them out does not remove them.
template <class Id>
void keep_hidden(std::vector<Id>& ids, const std::vector<Id>& before, const std::vector<Id>& visible) {
    for (const Id& id : before) {
        if (!among(visible, id) && !among(ids, id))
            ids.push_back(id);
    }
}

audit::Event audited(const access::Actor& actor, std::string action, const core::IndicatorId& id, std::string detail) {
    return {actor.user_id, actor.name, std::move(action), "indicator", id.str(), std::move(detail)};
}

}  // namespace

IndicatorService::IndicatorService(db::Database& database, const audit::AuditService& audit,
                                   const packs::PacksService& packs, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), clock_(std::move(clock)) {}

IndicatorPage IndicatorService::list(const access::Actor& actor, const IndicatorFilter& filter) const {
    access::require(actor, "indicators.read");
    return database_.read([&](db::ReadTx& tx) { return indicators::list(tx, actor, filter); });
}

Indicator IndicatorService::get(const access::Actor& actor, const core::IndicatorId& id) const {
    access::require(actor, "indicators.read");
    auto indicator = database_.read([&](db::ReadTx& tx) { return load(tx, actor, id); });
    if (!indicator)
        throw core::not_found();
    return *indicator;
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
            return load(tx, actor, core::IndicatorId(*earlier)).value();
        }
        auto errors = check(indicator.text, *codes, core::day_in_japan(now), "/text");
        check_references(tx, actor, indicator.text, "/text", {}, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        IndicatorRecord record;
        record.id = core::IndicatorId::make();
        record.desk_id = desk;
        record.municipality_id = municipality_of(tx, desk);
        record.created_at = record.updated_at = now;
        record.created_by = record.updated_by = actor.user_id;
        insert(tx, record, indicator.text);
        add_version(tx, record.id, 1, now, actor.user_id, {indicator.text, {}});
        audit_.record(tx, audited(actor, "create", record.id, ""));
        db::remember(tx, actor.user_id, key, fingerprint, record.id.str(), now);
        return load(tx, actor, record.id).value();
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
        keep_hidden(text.issue_ids, before.issue_ids, visible_issues(tx, actor, before.issue_ids));
        keep_hidden(text.measure_ids, before.measure_ids, visible_measures(tx, actor, before.measure_ids));
        auto errors = check(text, *codes, core::day_in_japan(now), "", &before);
        check_references(tx, actor, text, "", before, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        add_version(tx, id, version + 1, now, actor.user_id, {text, series_of(tx, actor, {id})[id]});
        audit_.record(tx, audited(actor, "change", id, "version=" + std::to_string(version + 1)));
        return load(tx, actor, id).value();
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
        add_version(tx, id, version + 1, now, actor.user_id, {text_of(tx, record), series});
        audit_.record(tx, audited(actor, "series", id, "version=" + std::to_string(version + 1)));
        return load(tx, actor, id).value();
    });
}

}  // namespace tsunagi::indicators
