// SPDX-License-Identifier: Apache-2.0
#include "modules/search/written_store.hpp"

#include <map>

#include "modules/access/attachment_scope.hpp"
#include "modules/access/scope.hpp"

namespace tsunagi::search::store {
namespace {

using consultations::Disclosure;
using record::Params;

/// What somebody wrote about an activity.
struct ActivityWords {
    std::string with_affiliation;
    std::string said;
    std::string outcome;
    std::string with_name;
    std::string partner;
    core::Date done_on;
    std::optional<core::Date> settled_on;
};
BOOST_DESCRIBE_STRUCT(ActivityWords, (), (with_affiliation, said, outcome, with_name, partner, done_on, settled_on))

struct ActivityRow : ActivityWords {
    std::string id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::string kind;
    std::string state;
    std::string number;
    std::string subject;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (ActivityWords),
                      (id, desk_id, municipality_id, consultation_id, kind, state, number, subject,
                       shared_with_municipality))

struct IndexedActivity : ActivityWords {
    std::int64_t change = 0;
    std::string id;
};
BOOST_DESCRIBE_STRUCT(IndexedActivity, (ActivityWords), (change, id))

/// What is known of a file beside its content, which is sealed and looked through by nobody.
struct AttachmentWords {
    std::string name;
    std::string caption;
    core::Instant created_at;
};
BOOST_DESCRIBE_STRUCT(AttachmentWords, (), (name, caption, created_at))

struct AttachmentRow : AttachmentWords {
    std::string id;
    core::DeskId desk_id;
    std::optional<core::ConsultationId> consultation_id;
    std::optional<core::ActivityId> activity_id;
    std::string kind;
    std::string number;
};
BOOST_DESCRIBE_STRUCT(AttachmentRow, (AttachmentWords), (id, desk_id, consultation_id, activity_id, kind, number))

struct IndexedAttachment : AttachmentWords {
    std::int64_t change = 0;
    std::string id;
};
BOOST_DESCRIBE_STRUCT(IndexedAttachment, (AttachmentWords), (change, id))

/// How much of an activity a reader is told; the module says the same (`activity_rules`).
enum class Told { days, words, everything };

Document document_of(const ActivityWords& words, Told told) {
    Document document;
    if (told != Told::days) {
        put(document, "with_affiliation", words.with_affiliation);
        put(document, "said", words.said);
        put(document, "outcome", words.outcome);
    }
    if (told == Told::everything) {
        put(document, "with_name", words.with_name);
        put(document, "partner", words.partner);
    }
    put(document, "done_on", std::optional(words.done_on));
    put(document, "settled_on", words.settled_on);
    return document;
}

Document document_of(const AttachmentWords& words) {
    Document document;
    put(document, "file_name", words.name);
    put(document, "caption", words.caption);
    put(document, "attached_on", std::optional(core::day_in_japan(words.created_at)));
    return document;
}

std::string among(const char* column, std::span<const IdNumber> ids, Params& params) {
    std::vector<core::ConsultationId> listed;
    for (const IdNumber& id : ids)
        listed.push_back(id.id());
    return in_padded_list(column, std::move(listed), params);
}

/// In the order of the ids.
std::vector<Candidate> in_order(std::span<const IdNumber> ids, std::map<IdNumber, Candidate> found) {
    std::vector<Candidate> result;
    for (const IdNumber& id : ids) {
        if (const auto one = found.find(id); one != found.end())
            result.push_back(std::move(one->second));
    }
    return result;
}

std::vector<IdNumber> numbers_of(const std::vector<std::string>& ids) {
    std::vector<IdNumber> result;
    result.reserve(ids.size());
    for (const auto& id : ids)
        result.push_back(IdNumber::of(id));
    return result;
}

}  // namespace

std::vector<Candidate> activities(db::ReadTx& tx, const access::Actor& actor, std::span<const IdNumber> ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string list = among("a.id", ids, params);
    const std::string scope = access::activities_visible(actor, "a", "c", params);
    const auto rows = tx.rows<ActivityRow>(
        "SELECT a.with_affiliation, a.said, a.outcome, a.with_name, a.partner, a.done_on, a.settled_on, a.id, "
        "a.desk_id, a.municipality_id, a.consultation_id, a.kind, COALESCE(a.state, ''), COALESCE(c.number, ''), "
        "COALESCE(c.subject, ''), COALESCE(c.shared_with_municipality, 1) FROM activities a LEFT JOIN consultations c "
        "ON c.id = a.consultation_id WHERE a.withdrawn = 0 AND " +
            list + " AND " + scope,
        params);
    std::vector<core::ConsultationId> about;
    for (const ActivityRow& row : rows) {
        if (row.consultation_id)
            about.push_back(*row.consultation_id);
    }
    const auto confirmed = consultations::confirmed_texts(tx, actor, about);
    std::map<IdNumber, Candidate> found;
    for (const ActivityRow& row : rows) {
        const auto level =
            consultations::disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality);
        Candidate one;
        one.hit.kind = HitKind::activity;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.consultation_id = row.consultation_id;
        one.hit.code = row.kind;
        one.hit.number = row.number;
        one.hit.title = row.subject;
        one.hit.state = row.state;
        one.hit.on = row.done_on;
        // The case is told in its anonymised words once there are any.
        if (const auto* text = row.consultation_id && level == Disclosure::background
                                   ? consultations::confirmed_of(confirmed, *row.consultation_id)
                                   : nullptr)
            one.hit.title = text->of("subject");
        one.document = document_of(row, level == Disclosure::background ? Told::days
                                        : actor.works_at(row.desk_id)   ? Told::everything
                                                                        : Told::words);
        found.emplace(IdNumber::of(row.id), std::move(one));
    }
    return in_order(ids, std::move(found));
}

std::vector<Candidate> attachments(db::ReadTx& tx, const access::Actor& actor, std::span<const IdNumber> ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string list = among("f.id", ids, params);
    const std::string scope = access::attachments_visible(actor, "f", "c", params);
    std::map<IdNumber, Candidate> found;
    for (const AttachmentRow& row : tx.rows<AttachmentRow>(
             "SELECT f.name, f.caption, f.created_at, f.id, f.desk_id, f.consultation_id, f.activity_id, f.kind, "
             "COALESCE(c.number, '') FROM attachments f LEFT JOIN consultations c ON c.id = f.consultation_id WHERE "
             "f.withdrawn_at IS NULL AND " +
                 list + " AND " + scope,
             params)) {
        Candidate one;
        one.hit.kind = HitKind::attachment;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.consultation_id = row.consultation_id;
        one.hit.activity_id = row.activity_id;
        one.hit.code = row.kind;
        one.hit.number = row.number;
        one.hit.title = row.name;
        one.hit.on = core::day_in_japan(row.created_at);
        one.document = document_of(row);
        found.emplace(IdNumber::of(row.id), std::move(one));
    }
    return in_order(ids, std::move(found));
}

std::vector<IdNumber> activities_on_agendas(db::ReadTx& tx, const access::Actor& actor, std::int64_t most) {
    access::Actor guest = actor;
    guest.desks.clear();
    guest.municipalities.clear();
    Params params;
    const std::string scope = access::activities_visible(guest, "a", "c", params);
    return numbers_of(
        tx.rows<std::string>("SELECT a.id FROM activities a JOIN consultations c ON c.id = "
                             "a.consultation_id WHERE a.withdrawn = 0 AND " +
                                 scope + " ORDER BY a.id DESC LIMIT :most",
                             params.set("most", most)));
}

std::vector<IdNumber> newest(db::ReadTx& tx, Source source, const Place& place, std::int64_t most) {
    return numbers_of(tx.rows<std::string>(
        std::string("SELECT t.id FROM ") + (source == Source::activity ? "activities" : "attachments") +
            " t WHERE t.desk_id = :desk AND t.municipality_id = :city ORDER BY t.change DESC, t.id DESC LIMIT :most",
        Params().set("desk", place.desk).set("city", place.municipality).set("most", most)));
}

std::vector<Text> written_texts(db::ReadTx& tx, Source source, const std::string& condition, const Params& params) {
    std::vector<Text> result;
    if (source == Source::activity) {
        for (auto& row : tx.rows<IndexedActivity>(
                 "SELECT t.with_affiliation, t.said, t.outcome, t.with_name, t.partner, t.done_on, t.settled_on, "
                 "t.change, t.id FROM activities t WHERE t.withdrawn = 0 AND " +
                     condition,
                 params))
            result.push_back({source, {row.change, row.id}, IdNumber::of(row.id), document_of(row, Told::everything)});
    } else {
        for (auto& row : tx.rows<IndexedAttachment>(
                 "SELECT t.name, t.caption, t.created_at, t.change, t.id FROM attachments t WHERE t.withdrawn_at IS "
                 "NULL AND " +
                     condition,
                 params))
            result.push_back({source, {row.change, row.id}, IdNumber::of(row.id), document_of(row)});
    }
    return result;
}

}  // namespace tsunagi::search::store
