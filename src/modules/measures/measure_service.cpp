// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/access/scope.hpp"
#include "modules/measures/measure_rules.hpp"
#include "modules/measures/measure_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::measures {
namespace {

MeasureRecord changeable(db::ReadTx& tx, const access::Actor& actor, const core::MeasureId& id) {
    auto record = find(tx, actor, id);
    if (!record)
        throw core::not_found();
    if (!access::may_change(actor, record->desk_id, record->municipality_id)) {
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    }
    return *record;
}

/// What the text points to must exist within the scope; only what changed is asked for.
void check_references(db::ReadTx& tx, const access::Actor& actor, const MeasureText& text, const std::string& root,
                      const MeasureText& before, std::vector<core::FieldError>& errors) {
    const auto visible = visible_issues(tx, actor, text.issue_ids);
    for (std::size_t i = 0; i < text.issue_ids.size(); ++i) {
        const auto& id = text.issue_ids[i];
        if (std::ranges::find(visible, id) != visible.end())
            continue;
        if (std::ranges::find(before.issue_ids, id) != before.issue_ids.end())
            continue;
        errors.push_back({root + "/issue_ids/" + std::to_string(i), "not_found", ""});
    }
    if (text.owner_id && text.owner_id != before.owner_id && !active_user_exists(tx, *text.owner_id)) {
        errors.push_back({root + "/owner_id", "not_found", ""});
    }
}

/// The writer was not shown the links to issues outside their scope, so leaving them out does not remove them.
MeasureText with_hidden_issues(db::ReadTx& tx, const access::Actor& actor, MeasureText text,
                               const MeasureText& before) {
    const auto visible = visible_issues(tx, actor, before.issue_ids);
    for (const auto& id : before.issue_ids) {
        const bool hidden = std::ranges::find(visible, id) == visible.end();
        if (hidden && std::ranges::find(text.issue_ids, id) == text.issue_ids.end())
            text.issue_ids.push_back(id);
    }
    return text;
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
        record.municipality_id = municipality_of(tx, desk);
        record.created_at = record.updated_at = record.state_since = now;
        record.created_by = record.updated_by = actor.user_id;
        insert(tx, record, measure.text);
        add_version(tx, {record.id, 1, now, actor.user_id, "created", "", record::to_json(measure.text)});
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
        const MeasureText text = with_hidden_issues(tx, actor, wanted, before);
        auto errors = check(text, *codes, core::day_in_japan(now), "", &before);
        check_references(tx, actor, text, "", before, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        add_version(tx, {id, version + 1, now, actor.user_id, "edited", "", record::to_json(text)});
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
        require_step(record.state, change);
        const std::string step = record::to_text(record.state) + ">" + record::to_text(change.state);
        const MeasureText text = text_of(tx, record);
        record.state = change.state;
        record.state_since = record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        add_version(tx, {id, version + 1, now, actor.user_id, step, change.reason.str(), record::to_json(text)});
        audit_.record(tx, audited(actor, "state", id, step));
        return load(tx, actor, id).value();
    });
}

Measure MeasureService::add_progress(const access::Actor& actor, const core::MeasureId& id,
                                     const NewProgress& progress) const {
    access::require(actor, "measures.write");
    const auto now = clock_.now();
    const auto today = core::day_in_japan(now);
    return database_.write([&](db::WriteTx& tx) {
        const auto record = changeable(tx, actor, id);
        require_open(record.state);
        if (auto errors = check(progress, actor.latest_day); !errors.empty())
            throw core::invalid(std::move(errors));
        measures::add_progress(tx,
                               {core::new_uuid(), id, progress.on.value_or(today), progress.percent.value,
                                progress.note.str(), actor.user_id},
                               now);
        audit_.record(tx, audited(actor, "progress", id, "percent=" + std::to_string(progress.percent.value)));
        return load(tx, actor, id).value();
    });
}

}  // namespace tsunagi::measures
