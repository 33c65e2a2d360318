// SPDX-License-Identifier: Apache-2.0
// The half of IndicatorService that evaluates.
#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/access/scope.hpp"
#include "modules/indicators/evaluation_store.hpp"
#include "modules/indicators/indicator_rules.hpp"
#include "modules/indicators/indicator_service.hpp"
#include "modules/indicators/indicator_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::indicators {
namespace {

std::vector<core::IndicatorId> judged(const EvaluationText& text) {
    std::vector<core::IndicatorId> ids;
    for (const auto& judgement : text.judgements)
        ids.push_back(judgement.indicator_id);
    return ids;
}

/// Where the evaluation belongs: the desk of the measure, else of the issue. Adds what is not within the scope.
SubjectPlace check_subject(db::ReadTx& tx, const access::Actor& actor, const EvaluationText& text,
                           std::vector<core::FieldError>& errors) {
    std::optional<SubjectPlace> place;
    if (text.issue_id) {
        place = place_of(tx, actor, *text.issue_id);
        if (!place)
            errors.push_back({"/issue_id", "not_found", ""});
    }
    if (text.measure_id) {
        place = place_of(tx, actor, *text.measure_id);
        if (!place)
            errors.push_back({"/measure_id", "not_found", ""});
    }
    return place.value_or(SubjectPlace{});
}

void check_indicators(db::ReadTx& tx, const access::Actor& actor, const EvaluationText& text,
                      const std::vector<core::IndicatorId>& before, std::vector<core::FieldError>& errors) {
    const auto ids = judged(text);
    const auto visible = visible_indicators(tx, actor, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (std::ranges::find(visible, ids[i]) != visible.end())
            continue;
        if (std::ranges::find(before, ids[i]) != before.end())
            continue;
        errors.push_back({"/judgements/" + std::to_string(i) + "/indicator_id", "not_found", ""});
    }
}

/// Values and targets that were left out, from the series as they stood on the day of the evaluation.
EvaluationText prefilled(db::ReadTx& tx, const access::Actor& actor, EvaluationText text) {
    auto all = series_of(tx, actor, judged(text));
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

void put_text(EvaluationRecord& record, const EvaluationText& text) {
    record.measure_id = text.measure_id;
    record.issue_id = text.issue_id;
    record.evaluated_on = text.evaluated_on;
    record.finding = text.finding.str();
    record.outcome = text.outcome;
    record.next_policy = text.next_policy.str();
}

void require_change(const access::Actor& actor, const core::DeskId& desk, const core::RegionId& municipality) {
    if (!access::may_change(actor, desk, municipality))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
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
        const SubjectPlace place = check_subject(tx, actor, wanted, errors);
        check_indicators(tx, actor, wanted, {}, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        require_change(actor, place.desk_id, place.municipality_id);
        const EvaluationText text = prefilled(tx, actor, wanted);
        EvaluationRecord record;
        record.id = core::EvaluationId::make();
        record.desk_id = place.desk_id;
        record.municipality_id = place.municipality_id;
        record.created_at = record.updated_at = now;
        record.created_by = record.updated_by = actor.user_id;
        put_text(record, text);
        insert(tx, record, text.judgements);
        add_version(tx, record.id, 1, now, actor.user_id, text);
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
        if (!before)
            throw core::not_found();
        require_change(actor, before->desk_id, before->municipality_id);
        if (before->version != version)
            throw core::stale(before->version);
        auto errors = check(wanted, actor.latest_day);
        if (wanted.measure_id != before->text.measure_id)
            errors.push_back({"/measure_id", "not_allowed", ""});
        if (wanted.issue_id != before->text.issue_id)
            errors.push_back({"/issue_id", "not_allowed", ""});
        check_indicators(tx, actor, wanted, judged(before->text), errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        const EvaluationText text = prefilled(tx, actor, wanted);
        EvaluationRecord record;
        record.id = id;
        record.version = version;
        record.updated_at = now;
        record.updated_by = actor.user_id;
        put_text(record, text);
        if (!update(tx, record, text.judgements))
            throw core::stale(version + 1);
        add_version(tx, id, version + 1, now, actor.user_id, text);
        audit_.record(tx, audited(actor, "change", id, "version=" + std::to_string(version + 1)));
        return load(tx, actor, id).value();
    });
}

}  // namespace tsunagi::indicators
