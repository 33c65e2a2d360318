// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_service.hpp"

#include <algorithm>
#include <iterator>

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/measures/measure_rules.hpp"
#include "modules/measures/measure_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::measures {
namespace {

MeasureRecord changeable(db::ReadTx& tx, const access::Actor& actor, const core::MeasureId& id) {
    auto record = find(tx, actor, id);
    if (!record)
        throw core::not_found();
    access::require_change(actor, record->desk_id, record->municipality_id);
    return *record;
}

/// What the text points to must exist within the scope; only what changed is asked for.
void check_references(db::ReadTx& tx, const access::Actor& actor, const MeasureText& text, const std::string& root,
                      const MeasureText& before, std::vector<core::FieldError>& errors) {
    access::check_links(tx, actor, text.issue_ids, before.issue_ids, root + "/issue_ids", errors);
    if (text.owner_id && text.owner_id != before.owner_id && !access::active_user_exists(tx, *text.owner_id)) {
        errors.push_back({root + "/owner_id", "not_found", ""});
    }
}

audit::Event audited(const access::Actor& actor, std::string action, const core::MeasureId& id, std::string detail) {
    return {actor.user_id, actor.name, std::move(action), "measure", id.str(), std::move(detail)};
}

}  // namespace

MeasureService::MeasureService(db::Database& database, const audit::AuditService& audit,
                               const packs::PacksService& packs, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), clock_(std::move(clock)) {}

MeasurePage MeasureService::list(const access::Actor& actor, const MeasureFilter& filter) const {
    access::require(actor, "measures.read");
    return database_.read([&](db::ReadTx& tx) { return measures::list(tx, actor, filter); });
}

Measure MeasureService::get(const access::Actor& actor, const core::MeasureId& id) const {
    access::require(actor, "measures.read");
    auto measure = database_.read([&](db::ReadTx& tx) { return load(tx, actor, id); });
    if (!measure)
        throw core::not_found();
    return *measure;
}

MeasureHistory MeasureService::history(const access::Actor& actor, const core::MeasureId& id) const {
    access::require(actor, "measures.read");
    return database_.read([&](db::ReadTx& tx) {
        if (!find(tx, actor, id))
            throw core::not_found();
        MeasureHistory result{db::read_versions<MeasureVersion>(db::versions(tx, version_table, id.str()))};
        access::drop_hidden_links(
            tx, actor, result.items, [](auto& version) -> auto& { return version.text.issue_ids; });
        return result;
    });
}

Measure MeasureService::create(const access::Actor& actor, const NewMeasure& measure, const std::string& key) const {
    access::require(actor, "measures.write");
    const core::DeskId desk = access::desk_for_new_record(actor, measure.desk_id);
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createMeasure", record::to_json(measure));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint)) {
            return load(tx, actor, core::MeasureId(*earlier)).value();
        }
        auto errors = check(measure.text, *codes, core::day_in_japan(now), "/text");
        check_references(tx, actor, measure.text, "/text", {}, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        MeasureRecord record;
        record.id = core::MeasureId::make();
        record.desk_id = desk;
        record.municipality_id = access::municipality_of(tx, desk).value();
        record.created_at = record.updated_at = record.state_since = now;
        record.created_by = record.updated_by = actor.user_id;
        insert(tx, record, measure.text);
        db::add_version(tx, version_table, record.id.str(),
                        {1, now, actor.user_id, "created", "", record::to_json(measure.text)});
        audit_.record(tx, audited(actor, "create", record.id, ""));
        db::remember(tx, actor.user_id, key, fingerprint, record.id.str(), now);
        return load(tx, actor, record.id).value();
    });
}

Measure MeasureService::change(const access::Actor& actor, const core::MeasureId& id, std::int64_t version,
                               const MeasureText& wanted) const {
    access::require(actor, "measures.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        auto record = changeable(tx, actor, id);
        if (record.version != version)
            throw core::stale(record.version);
        const MeasureText before = text_of(tx, record);
        MeasureText text = wanted;
        access::keep_hidden_links(tx, actor, text.issue_ids, before.issue_ids);
        auto errors = check(text, *codes, core::day_in_japan(now), "", &before);
        std::ranges::move(check_complete(text, record.state, ""), std::back_inserter(errors));
        check_references(tx, actor, text, "", before, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        db::add_version(tx, version_table, id.str(),
                        {version + 1, now, actor.user_id, "edited", "", record::to_json(text)});
        audit_.record(tx, audited(actor, "change", id, "version=" + std::to_string(version + 1)));
        return load(tx, actor, id).value();
    });
}

Measure MeasureService::change_state(const access::Actor& actor, const core::MeasureId& id, std::int64_t version,
                                     const MeasureStateChange& change) const {
    access::require(actor, "measures.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        auto record = changeable(tx, actor, id);
        if (record.version != version)
            throw core::stale(record.version);
        const MeasureText text = text_of(tx, record);
        require_step(record.state, change, text);
        const std::string step = record::to_text(record.state) + ">" + record::to_text(change.state);
        record.state = change.state;
        record.state_since = record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        db::add_version(tx, version_table, id.str(),
                        {version + 1, now, actor.user_id, step, change.reason.str(), record::to_json(text)});
        audit_.record(tx, audited(actor, "state", id, step));
        return load(tx, actor, id).value();
    });
}

Measure MeasureService::add_progress(const access::Actor& actor, const core::MeasureId& id, const NewProgress& progress,
                                     const std::string& key) const {
    access::require(actor, "measures.write");
    const auto now = clock_.now();
    const auto today = core::day_in_japan(now);
    const std::string fingerprint = db::request_fingerprint("addMeasureProgress", id.str() + record::to_json(progress));
    return database_.write([&](db::WriteTx& tx) {
        const auto record = changeable(tx, actor, id);
        if (db::remembered(tx, actor.user_id, key, fingerprint))
            return load(tx, actor, id).value();
        require_open(record.state);
        if (auto errors = check(progress, actor.latest_day); !errors.empty())
            throw core::invalid(std::move(errors));
        const ProgressRecord written{
            core::new_uuid(),    id,           progress.on.value_or(today), progress.percent.value,
            progress.note.str(), actor.user_id};
        measures::add_progress(tx, written, now);
        audit_.record(tx, audited(actor, "progress", id, "percent=" + std::to_string(written.percent)));
        db::remember(tx, actor.user_id, key, fingerprint, written.id, now);
        return load(tx, actor, id).value();
    });
}

}  // namespace tsunagi::measures
