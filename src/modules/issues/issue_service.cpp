// SPDX-License-Identifier: Apache-2.0
#include "modules/issues/issue_service.hpp"

#include <algorithm>
#include <iterator>

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/issues/issue_rules.hpp"
#include "modules/issues/issue_store.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::issues {
namespace {

IssueRecord readable(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    auto record = find(tx, actor, id);
    if (!record)
        throw core::not_found();
    return *record;
}

IssueRecord changeable(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    auto record = readable(tx, actor, id);
    access::require_change(actor, record.desk_id, record.municipality_id);
    return record;
}

/// What the text points to must exist; only what changed is asked for.
void check_references(db::ReadTx& tx, const IssueText& text, const std::string& root, const IssueText& before,
                      std::vector<core::FieldError>& errors) {
    if (text.region_id && text.region_id != before.region_id && !region_exists(tx, *text.region_id)) {
        errors.push_back({root + "/region_id", "not_found", ""});
    }
    if (text.owner_id && text.owner_id != before.owner_id && !access::active_user_exists(tx, *text.owner_id)) {
        errors.push_back({root + "/owner_id", "not_found", ""});
    }
}

EventRecord event(const IssueRecord& issue, const access::Actor& actor, const core::Instant& at, std::string kind,
                  std::string text) {
    return {core::new_uuid(), issue.id, at, actor.user_id, std::move(kind), std::move(text), issue.version, ""};
}

audit::Event audited(const access::Actor& actor, std::string action, const core::IssueId& id, std::string detail) {
    return {actor.user_id, actor.name, std::move(action), "issue", id.str(), std::move(detail)};
}

}  // namespace

IssueService::IssueService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                           core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), clock_(std::move(clock)) {}

IssuePage IssueService::list(const access::Actor& actor, const IssueFilter& filter) const {
    access::require(actor, "issues.read");
    return database_.read([&](db::ReadTx& tx) { return issues::list(tx, actor, filter); });
}

Issue IssueService::get(const access::Actor& actor, const core::IssueId& id) const {
    access::require(actor, "issues.read");
    auto issue = database_.read([&](db::ReadTx& tx) { return load(tx, actor, id); });
    if (!issue)
        throw core::not_found();
    return *issue;
}

IssueHistory IssueService::history(const access::Actor& actor, const core::IssueId& id) const {
    access::require(actor, "issues.read");
    return database_.read([&](db::ReadTx& tx) {
        readable(tx, actor, id);
        return IssueHistory{issues::history(tx, actor, id)};
    });
}

Issue IssueService::create(const access::Actor& actor, const NewIssue& issue, const std::string& key) const {
    access::require(actor, "issues.write");
    const core::DeskId desk = access::desk_for_new_record(actor, issue.desk_id);
    const auto now = clock_.now();
    const auto today = core::day_in_japan(now);
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createIssue", record::to_json(issue));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint)) {
            return load(tx, actor, core::IssueId(*earlier)).value();
        }
        auto errors = check(issue.text, *codes, today, "/text");
        for (auto& error : check_origin(issue))
            errors.push_back(std::move(error));
        check_references(tx, issue.text, "/text", {}, errors);
        if (issue.origin_id && errors.empty() && !origin_exists(tx, actor, issue.origin, *issue.origin_id)) {
            errors.push_back({"/origin_id", "not_found", ""});
        }
        std::vector<core::ConsultationId> cases;
        for (const auto& evidence : issue.evidence)
            cases.push_back(evidence.consultation_id);
        const auto known = backgrounds(tx, actor, cases);
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const std::string root = "/evidence/" + std::to_string(i);
            if (!known.contains(cases[i]))
                errors.push_back({root + "/consultation_id", "not_found", ""});
            std::ranges::move(check(issue.evidence[i], root), std::back_inserter(errors));
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));

        IssueRecord record;
        record.id = core::IssueId::make();
        record.desk_id = desk;
        record.municipality_id = access::municipality_of(tx, desk).value();
        record.fiscal_year = today.fiscal_year();
        record.sequence = next_sequence(tx, record.municipality_id, today.fiscal_year());
        record.number = issue_number(today.fiscal_year(), record.sequence);
        record.origin = issue.origin;
        record.origin_id = issue.origin_id;
        record.created_at = record.updated_at = record.state_since = now;
        record.created_by = record.updated_by = actor.user_id;
        insert(tx, record, issue.text);
        for (const auto& evidence : issue.evidence) {
            issues::put_evidence(tx, record.id, evidence, known.at(evidence.consultation_id), actor.user_id, now);
        }
        auto created = event(record, actor, now, "created", "");
        created.document = record::to_json(issue.text);
        add_event(tx, created);
        audit_.record(tx, audited(actor, "create", record.id, "number=" + record.number));
        db::remember(tx, actor.user_id, key, fingerprint, record.id.str(), now);
        return load(tx, actor, record.id).value();
    });
}

Issue IssueService::change(const access::Actor& actor, const core::IssueId& id, std::int64_t version,
                           const IssueText& text) const {
    access::require(actor, "issues.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        auto record = changeable(tx, actor, id);
        if (record.version != version)
            throw core::stale(record.version);
        const auto before = record::text_from<IssueText>(record);
        auto errors = check(text, *codes, core::day_in_japan(now), "", &before);
        std::ranges::move(check_complete(text, record.state, ""), std::back_inserter(errors));
        check_references(tx, text, "", before, errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        ++record.version;
        auto edited = event(record, actor, now, "edited", "");
        edited.document = record::to_json(text);
        add_event(tx, edited);
        audit_.record(tx, audited(actor, "change", id, "version=" + std::to_string(record.version)));
        return load(tx, actor, id).value();
    });
}

Issue IssueService::change_state(const access::Actor& actor, const core::IssueId& id, std::int64_t version,
                                 const IssueStateChange& change) const {
    access::require(actor, "issues.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        auto record = changeable(tx, actor, id);
        if (record.version != version)
            throw core::stale(record.version);
        const auto text = record::text_from<IssueText>(record);
        require_step(record.state, change, text);
        const std::string step = record::to_text(record.state) + ">" + record::to_text(change.state);
        record.state = change.state;
        record.state_since = record.updated_at = now;
        record.updated_by = actor.user_id;
        if (!update(tx, record, text))
            throw core::stale(version + 1);
        ++record.version;
        auto stepped = event(record, actor, now, "state", change.reason.str());
        stepped.document = step;
        add_event(tx, stepped);
        audit_.record(tx, audited(actor, "state", id, step));
        return load(tx, actor, id).value();
    });
}

Issue IssueService::put_evidence(const access::Actor& actor, const core::IssueId& id,
                                 const NewEvidence& evidence) const {
    access::require(actor, "issues.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto record = changeable(tx, actor, id);
        const auto known = backgrounds(tx, actor, {evidence.consultation_id});
        if (known.empty())
            throw core::not_found();
        if (auto errors = check(evidence, ""); !errors.empty())
            throw core::invalid(std::move(errors));
        issues::put_evidence(tx, id, evidence, known.at(evidence.consultation_id), actor.user_id, now);
        touch(tx, id, actor.user_id, now);
        auto added = event(record, actor, now, "evidence", "");
        added.document = (evidence.candidate ? "candidate " : "evidence ") + evidence.consultation_id.str();
        add_event(tx, added);
        audit_.record(tx, audited(actor, "evidence", id, "put=" + evidence.consultation_id.str()));
        return load(tx, actor, id).value();
    });
}

Issue IssueService::remove_evidence(const access::Actor& actor, const core::IssueId& id,
                                    const core::ConsultationId& consultation) const {
    access::require(actor, "issues.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto record = changeable(tx, actor, id);
        if (!issues::remove_evidence(tx, id, consultation))
            throw core::not_found();
        touch(tx, id, actor.user_id, now);
        auto removed = event(record, actor, now, "evidence", "");
        removed.document = "removed " + consultation.str();
        add_event(tx, removed);
        audit_.record(tx, audited(actor, "evidence", id, "remove=" + consultation.str()));
        return load(tx, actor, id).value();
    });
}

IssueHistory IssueService::add_note(const access::Actor& actor, const core::IssueId& id, const NewIssueNote& note,
                                    const std::string& key) const {
    access::require(actor, "issues.write");
    const auto now = clock_.now();
    const std::string fingerprint = db::request_fingerprint("addIssueNote", id.str() + record::to_json(note));
    return database_.write([&](db::WriteTx& tx) {
        const auto record = changeable(tx, actor, id);
        if (!db::remembered(tx, actor.user_id, key, fingerprint)) {
            const auto written = event(record, actor, now, note.feedback ? "feedback" : "note", note.text.str());
            add_event(tx, written);
            touch(tx, id, actor.user_id, now);
            audit_.record(tx, audited(actor, written.kind, id, ""));
            db::remember(tx, actor.user_id, key, fingerprint, written.id, now);
        }
        return IssueHistory{issues::history(tx, actor, id)};
    });
}

}  // namespace tsunagi::issues
