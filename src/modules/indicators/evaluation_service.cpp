// SPDX-License-Identifier: Apache-2.0
// The half of IndicatorService that evaluates.
#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/indicators/evaluation_store.hpp"
#include "modules/indicators/indicator_rules.hpp"
#include "modules/indicators/indicator_service.hpp"
#include "modules/indicators/indicator_store.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::indicators {
namespace {

std::vector<core::IndicatorId> judged(const EvaluationText& text) {
    std::vector<core::IndicatorId> ids;
    for (const auto& judgement : text.judgements)
        ids.push_back(judgement.indicator_id);
    return ids;
}

/// Where the evaluation belongs: the desk of the measure, else of the issue. Adds what is not within the scope.
access::Place check_subject(db::ReadTx& tx, const access::Actor& actor, const EvaluationText& text,
                            std::vector<core::FieldError>& errors) {
    std::optional<access::Place> place;
    if (text.issue_id) {
        place = access::place_of(tx, actor, *text.issue_id);
        if (!place)
            errors.push_back({"/issue_id", "not_found", ""});
    }
    if (text.measure_id) {
        place = access::place_of(tx, actor, *text.measure_id);
        if (!place)
            errors.push_back({"/measure_id", "not_found", ""});
    }
    return place.value_or(access::Place{});
}

void check_indicators(db::ReadTx& tx, const access::Actor& actor, const EvaluationText& text,
                      const std::vector<core::IndicatorId>& before, std::vector<core::FieldError>& errors) {
    const auto ids = judged(text);
    const auto visible = access::visible(tx, actor, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (std::ranges::find(visible, ids[i]) != visible.end())
            continue;
        if (std::ranges::find(before, ids[i]) != before.end())
            continue;
        errors.push_back({"/judgements/" + std::to_string(i) + "/indicator_id", "not_found", ""});
    }
}

/// Values and targets that were left out, from the series as they stood on the day of the evaluation.
EvaluationText prefilled(EvaluationText text, std::map<core::IndicatorId, IndicatorSeries> all) {
    for (auto& judgement : text.judgements) {
        judgement.indicator_name = {};
        const IndicatorSeries& series = all[judgement.indicator_id];
        const IndicatorValue* value = last_value(series.values, text.evaluated_on);
        if (!judgement.value && value != nullptr)
            judgement.value = value->value;
        const auto* target =
            target_for(series.targets, value == nullptr ? text.evaluated_on.str() : value->period.str());
        if (!judgement.target && target != nullptr)
            judgement.target = target->value;
    }
    return text;
}

audit::Event audited(const access::Actor& actor, std::string action, const core::EvaluationId& id, std::string detail) {
    return {actor.user_id, actor.name, std::move(action), "evaluation", id.str(), std::move(detail)};
}

}  // namespace

EvaluationPage IndicatorService::evaluations(const access::Actor& actor, const EvaluationFilter& filter) const {
    access::require(actor, "indicators.read");
    return database_.read([&](db::ReadTx& tx) { return indicators::list(tx, actor, filter); });
}

Evaluation IndicatorService::evaluation(const access::Actor& actor, const core::EvaluationId& id) const {
    access::require(actor, "indicators.read");
    auto evaluation = database_.read([&](db::ReadTx& tx) { return load(tx, actor, id); });
    if (!evaluation)
        throw core::not_found();
    return *evaluation;
}

EvaluationHistory IndicatorService::evaluation_history(const access::Actor& actor, const core::EvaluationId& id) const {
    access::require(actor, "indicators.read");
    return database_.read([&](db::ReadTx& tx) {
        if (!find(tx, actor, id))
            throw core::not_found();
        return EvaluationHistory{versions_of(tx, id)};
    });
}

Evaluation IndicatorService::evaluate(const access::Actor& actor, const EvaluationText& wanted,
                                      const std::string& key) const {
    access::require(actor, "indicators.write");
    const auto now = clock_.now();
    const std::string fingerprint = db::request_fingerprint("createEvaluation", record::to_json(wanted));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint)) {
            return load(tx, actor, core::EvaluationId(*earlier)).value();
        }
        auto errors = check(wanted, actor.latest_day);
        const access::Place place = check_subject(tx, actor, wanted, errors);
        check_indicators(tx, actor, wanted, {}, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        access::require_change(actor, place.desk_id, place.municipality_id);
        const EvaluationText text = prefilled(wanted, judged_series(tx, actor, judged(wanted)));
        EvaluationRecord record;
        record.id = core::EvaluationId::make();
        record.desk_id = place.desk_id;
        record.municipality_id = place.municipality_id;
        record.created_at = record.updated_at = now;
        record.created_by = record.updated_by = actor.user_id;
        record::put_text(text, record);
        insert(tx, record, text.judgements);
        db::add_version(tx, evaluation_version_table, record.id.str(),
                        {1, now, actor.user_id, "created", "", record::to_json(text)});
        audit_.record(tx, audited(actor, "create", record.id, ""));
        db::remember(tx, actor.user_id, key, fingerprint, record.id.str(), now);
        return load(tx, actor, record.id).value();
    });
}

Evaluation IndicatorService::change_evaluation(const access::Actor& actor, const core::EvaluationId& id,
                                               std::int64_t version, const EvaluationText& wanted) const {
    access::require(actor, "indicators.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto before = load(tx, actor, id);
        auto record = find(tx, actor, id);
        if (!before || !record)
            throw core::not_found();
        access::require_change(actor, record->desk_id, record->municipality_id);
        if (record->version != version)
            throw core::stale(record->version);
        auto errors = check(wanted, actor.latest_day);
        if (wanted.measure_id != record->measure_id)
            errors.push_back({"/measure_id", "not_allowed", ""});
        if (wanted.issue_id != record->issue_id)
            errors.push_back({"/issue_id", "not_allowed", ""});
        check_indicators(tx, actor, wanted, judged(before->text), errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        const EvaluationText text = prefilled(wanted, judged_series(tx, actor, judged(wanted)));
        record->updated_at = now;
        record->updated_by = actor.user_id;
        record::put_text(text, *record);
        if (!update(tx, *record, text.judgements))
            throw core::stale(version + 1);
        db::add_version(tx, evaluation_version_table, id.str(),
                        {version + 1, now, actor.user_id, "edited", "", record::to_json(text)});
        audit_.record(tx, audited(actor, "change", id, "version=" + std::to_string(version + 1)));
        return load(tx, actor, id).value();
    });
}

}  // namespace tsunagi::indicators
