// SPDX-License-Identifier: Apache-2.0
#include "modules/activities/activity_service.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "db/idempotency.hpp"
#include "modules/access/demonstration_service.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/activities/activity_rules.hpp"
#include "modules/activities/activity_store.hpp"
#include "modules/activities/register_sheet.hpp"
#include "modules/consultations/shelf_service.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::activities {
namespace {

using consultations::Disclosure;

constexpr std::int64_t lines_at_once = 200;
constexpr std::size_t most_exported = 10'000;

Disclosure disclosure_of(const access::Actor& actor, const core::DeskId& desk, const core::RegionId& municipality,
                         bool shared) {
    return consultations::disclosure(actor, desk, municipality, shared);
}

void withhold(ActivityText& text, Disclosure level) {
    if (level == Disclosure::no_caller)
        withhold_names(text);
    if (level == Disclosure::background)
        withhold_words(text);
}

FoundActivity found(db::ReadTx& tx, const access::Actor& actor, const core::ActivityId& id) {
    auto row = find(tx, actor, id);
    if (!row)
        throw core::not_found();
    return std::move(*row);
}

Activity shown(const access::Actor& actor, const FoundActivity& row) {
    Activity result;
    record::copy_members(row, result);
    result.text = record::text_from<ActivityText>(row);
    const auto level = disclosure_of(actor, row.desk_id, row.municipality_id, row.shared_with_municipality);
    result.masked = level != Disclosure::full;
    withhold(result.text, level);
    if (level == Disclosure::background)
        result.reason = result.created_by_name = result.updated_by_name = {};
    return result;
}

void require_reason(bool finalised, const std::string& reason) {
    if (finalised && reason.find_first_not_of(" \t\r\n") == std::string::npos)
        throw core::invalid({{"/reason", "required", ""}});
}

void check_period(const ActivityFilter& filter) {
    if (filter.from && filter.to && *filter.to < *filter.from)
        throw core::invalid({{"?to", "date_order", ""}});
}

/// The lines without what this reader may not see.
std::vector<ActivityRow> lines_for(db::ReadTx& tx, const access::Actor& actor, std::vector<RegisterRow> rows) {
    std::vector<core::ConsultationId> about;
    for (const RegisterRow& row : rows) {
        if (row.consultation_id)
            about.push_back(*row.consultation_id);
    }
    const auto confirmed = consultations::confirmed_texts(tx, actor, about);
    std::vector<ActivityRow> lines;
    lines.reserve(rows.size());
    for (RegisterRow& row : rows) {
        const auto level = disclosure_of(actor, row.desk_id, row.municipality_id, row.shared_with_municipality);
        if (level != Disclosure::full)
            row.with_name = row.partner = {};
        if (level == Disclosure::background) {
            row.with_affiliation = row.outcome = row.created_by_name = {};
            // The case is told in its anonymised words once there are any.
            if (const auto text = row.consultation_id ? confirmed.find(*row.consultation_id) : confirmed.end();
                text != confirmed.end())
                row.subject = text->second.of("subject");
        }
        lines.push_back(std::move(row));
    }
    return lines;
}

std::vector<std::string> kinds_of(const packs::CodeBook& codes,
                                  const std::vector<record::Code<"activity_form">>& forms) {
    std::vector<std::string> kinds;
    if (const auto* scheme = codes.scheme("activity_kind")) {
        for (const auto& entry : scheme->codes) {
            const bool asked = std::ranges::any_of(
                forms, [&](const auto& form) { return entry.parent && entry.parent->value == form.value; });
            if (asked)
                kinds.push_back(entry.code.value);
        }
    }
    return kinds;
}

}  // namespace

/// One change of an activity: what it does, and what its version row says.
struct ActivityService::Step {
    std::string kind;
    std::string reason;
    const ActivityText* text = nullptr;  ///< the new text, when there is one
};

ActivityService::ActivityService(db::Database& database, const audit::AuditService& audit,
                                 const packs::PacksService& packs,
                                 const consultations::ConsultationService& consultations,
                                 const consultations::FollowUpService& follow_ups,
                                 const std::filesystem::path& report_words, core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      consultations_(consultations),
      follow_ups_(follow_ups),
      words_(report_words),
      clock_(std::move(clock)) {}

void ActivityService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                             const FoundActivity& activity, const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "activity",
                       .subject_id = activity.id.str(),
                       .detail = detail});
}

ActivityPage ActivityService::list(const access::Actor& actor, const ActivityFilter& filter) const {
    access::require(actor, "consultations.read");
    check_period(filter);
    const auto kinds = kinds_of(*packs_.codes(), filter.form);
    return database_.read([&](db::ReadTx& tx) {
        auto read = activities::list(tx, actor, filter, kinds);
        ActivityPage page{.items = {},
                          .next = std::move(read.next),
                          .total = read.total,
                          .total_capped = read.total_capped,
                          .minutes = 0,
                          .states = {}};
        page.items = lines_for(tx, actor, std::move(read.items));
        for (const StateSum& sum : sums(tx, actor, filter, kinds)) {
            page.minutes += sum.minutes;
            page.states.push_back({sum.state, sum.count});
        }
        return page;
    });
}

record::ExportedFile ActivityService::export_register(const access::Actor& actor,
                                                      const ActivityExportQuery& query) const {
    access::require(actor, "export");
    access::require(actor, "consultations.read");
    check_period(query);
    const auto codes = packs_.codes();
    const auto kinds = kinds_of(*codes, query.form);
    const auto sheet = database_.read([&](db::ReadTx& tx) {
        RegisterHead head{.language = query.lang,
                          .printed_on = actor.today,
                          .limited = false,
                          .fictitious = access::is_demonstration(tx),
                          .desks = desk_names(tx, actor)};
        ActivityFilter filter = query;
        filter.limit = lines_at_once;
        filter.after = {};
        std::vector<ActivityRow> rows;
        for (;;) {
            auto page = activities::list(tx, actor, filter, kinds);
            std::ranges::move(lines_for(tx, actor, std::move(page.items)), std::back_inserter(rows));
            if (!page.next)
                break;
            if (rows.size() >= most_exported) {
                head.limited = true;
                break;
            }
            filter.after = *page.next;
        }
        return std::pair(register_sheet(rows, head, words_, *codes), head.fictitious);
    });
    const std::string name = "register_" + actor.today.str() + (sheet.second ? "_fictitious" : "");
    auto file = analysis::exported(query.format, name, {sheet.first});
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "export",
                           .subject_kind = "register",
                           .subject_id = "",
                           .detail = record::to_text(query.format)});
    });
    return file;
}

Timeline ActivityService::timeline(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "consultations.read");
    return database_.write([&](db::WriteTx& tx) {
        (void)consultations_.disclosed(tx, actor, id);
        Timeline result;
        for (const FoundActivity& row : of_case(tx, actor, id))
            result.items.push_back(shown(actor, row));
        const Spent all = spent(tx, actor, id);
        result.total = all.count;
        result.minutes = all.minutes;
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "read",
                           .subject_kind = "consultation",
                           .subject_id = id.str(),
                           .detail = "activities"});
        return result;
    });
}

Activity ActivityService::get(const access::Actor& actor, const core::ActivityId& id) const {
    access::require(actor, "consultations.read");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        record(tx, actor, "read", row, "");
        return shown(actor, row);
    });
}

ActivityHistory ActivityService::history(const access::Actor& actor, const core::ActivityId& id) const {
    access::require(actor, "consultations.read");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        const auto level = disclosure_of(actor, row.desk_id, row.municipality_id, row.shared_with_municipality);
        ActivityHistory result{db::read_versions<ActivityVersion>(db::versions(tx, version_table, id.str()))};
        for (auto& version : result.items) {
            withhold(version.text, level);
            if (level == Disclosure::background)
                version.reason = version.by_name = {};
        }
        record(tx, actor, "read", row, "history");
        return result;
    });
}

Activity ActivityService::create(const access::Actor& actor, const NewActivity& body, const std::string& key) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createActivity", record::to_json(body));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return shown(actor, found(tx, actor, core::ActivityId(*earlier)));
        ActivityRecord made;
        made.id = core::ActivityId::make();
        made.created_at = made.updated_at = now;
        made.created_by = made.updated_by = actor.user_id;
        std::optional<consultations::Consultation> about;
        if (body.consultation_id) {
            about = consultations_.open_for_entry(tx, actor, *body.consultation_id);
            made.consultation_id = about->id;
            made.desk_id = about->desk_id;
            made.municipality_id = about->municipality_id;
        } else {
            made.desk_id = access::desk_for_new_record(actor, body.desk_id);
            made.municipality_id = access::municipality_of(tx, made.desk_id).value();
        }
        auto errors = check(body.text, {.codes = *codes,
                                        .today = actor.today,
                                        .latest_day = actor.latest_day,
                                        .of_case = about.has_value(),
                                        .root = "/text"});
        std::optional<consultations::FollowUpText> next;
        if (body.next_step) {
            next = {body.next_step->due_on, body.next_step->note, body.next_step->owner_id};
            consultations::FollowUpService::check(tx, *next, "/next_step", errors);
            if (!about)
                errors.push_back({"/next_step", "needs_case", ""});
        }
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        require_reason(about && about->finalised, body.reason);
        made.change = consultations::next_change(tx, made.desk_id, made.municipality_id);
        insert(tx, made, body.text);
        db::add_version(tx, version_table, made.id.str(),
                        {1, now, actor.user_id, "created", body.reason.str(), record::to_json(body.text)});
        if (about) {
            if (next)
                follow_ups_.add(tx, actor, *about, *next);
            consultations_.enter(tx, actor, *about, 1);
        }
        const auto row = found(tx, actor, made.id);
        record(tx, actor, "create", row, about ? "consultation=" + about->id.str() : "");
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), now);
        return shown(actor, row);
    });
}

Activity ActivityService::write(const access::Actor& actor, const core::ActivityId& id, std::int64_t version,
                                const Step& step) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        if (!actor.works_at(row.desk_id))
            throw core::Error(core::ErrorKind::forbidden, "forbidden");
        if (row.version != version)
            throw core::stale(row.version);
        if (row.withdrawn)
            throw core::not_allowed_in_state("withdrawn");
        const auto before = record::text_from<ActivityText>(row);
        const ActivityText& text = step.text != nullptr ? *step.text : before;
        if (step.text != nullptr) {
            auto errors = check(text, {.codes = *codes,
                                       .today = actor.today,
                                       .latest_day = actor.latest_day,
                                       .of_case = row.consultation_id.has_value(),
                                       .root = "/text",
                                       .before = &before});
            if (!errors.empty())
                throw core::invalid(std::move(errors));
        }
        require_reason(row.finalised != 0, step.reason);
        ActivityRecord next = row;
        next.withdrawn = step.text == nullptr;
        next.updated_at = now;
        next.updated_by = actor.user_id;
        next.change = consultations::next_change(tx, row.desk_id, row.municipality_id);
        if (!update(tx, next, text))
            throw core::stale(version + 1);
        db::add_version(tx, version_table, id.str(),
                        {version + 1, now, actor.user_id, step.kind, step.reason, record::to_json(text)});
        if (row.consultation_id) {
            const auto about = consultations_.open_for_entry(tx, actor, *row.consultation_id);
            consultations_.enter(tx, actor, about, next.withdrawn ? -1 : 0);
        }
        record(tx, actor, next.withdrawn ? "withdraw" : "change", row, "version=" + std::to_string(version + 1));
        return shown(actor, found(tx, actor, id));
    });
}

Activity ActivityService::change(const access::Actor& actor, const core::ActivityId& id, std::int64_t version,
                                 const ActivityChange& wanted) const {
    return write(actor, id, version, {.kind = "edited", .reason = wanted.reason, .text = &wanted.text});
}

Activity ActivityService::withdraw(const access::Actor& actor, const core::ActivityId& id, std::int64_t version,
                                   const Withdrawal& withdrawal) const {
    return write(actor, id, version, {.kind = "withdrawn", .reason = withdrawal.reason, .text = nullptr});
}

}  // namespace tsunagi::activities
