// SPDX-License-Identifier: Apache-2.0
// The rows of consultation_store.hpp that are shown many at a time: found in memory, read here by id. The scope stands
// in these queries as in all others.
#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "modules/access/scope.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/consultations/consultation_store.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

/// Ids are asked for in lists of these lengths, so that there are few texts to prepare.
constexpr std::array<std::size_t, 5> list_lengths{1, 25, 50, 200, 500};

/// Cuts the first ids off, binds them and answers their places, `:id_0, :id_1, …`.
std::string take_ids(std::span<const core::ConsultationId>& ids, Params& params) {
    const auto part = ids.first(std::min(ids.size(), list_lengths.back()));
    ids = ids.subspan(part.size());
    std::string places;
    for (std::size_t i = 0; i < *std::ranges::lower_bound(list_lengths, part.size()); ++i) {
        const std::string name = "id_" + std::to_string(i);
        params.set(name, part[std::min(i, part.size() - 1)]);
        places += (i == 0 ? ":" : ", :") + name;
    }
    return places;
}

/// Runs `SELECT <columns> FROM consultations c WHERE c.id IN (…) AND <scope> <condition>` over all ids, some at a
/// time, and hands each row to `each` as it comes.
template <class Row, class F>
void for_each_row(db::ReadTx& tx, const access::Actor& actor, std::span<const core::ConsultationId> ids,
                  const std::string& columns, const std::string& condition, const Params& given, F&& each) {
    while (!ids.empty()) {
        Params params = given;
        const std::string places = take_ids(ids, params);
        const std::string scope = access::consultations_visible(actor, "c", params);
        for (auto& row : tx.rows<Row>(
                 "SELECT " + columns + " FROM consultations c WHERE c.id IN (" + places + ") AND " + scope + condition,
                 params))
            each(std::move(row));
    }
}

/// The rows in the order of the ids; an id without a row is passed over.
template <class Row>
std::vector<Row> rows_in_order(db::ReadTx& tx, const access::Actor& actor, const std::vector<core::ConsultationId>& ids,
                               const std::string& columns = record::columns<Row>("c")) {
    std::map<core::ConsultationId, Row> found;
    for_each_row<Row>(tx, actor, ids, columns, "", {}, [&](Row row) {
        auto id = row.id;
        found.emplace(std::move(id), std::move(row));
    });
    std::vector<Row> result;
    result.reserve(found.size());
    for (const auto& id : ids) {
        if (const auto row = found.find(id); row != found.end())
            result.push_back(std::move(row->second));
    }
    return result;
}

/// A case without its elements.
struct CaseRow {
    core::ConsultationId id;
    std::string number;
    ConsultationState state{};
    std::optional<core::Date> received_on;
    std::string subject;
    std::string background;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"result">> result;
    std::string support_text;
    core::DeskId desk_id;
    core::RegionId municipality_id;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (id, number, state, received_on, subject, background, age_band, household, care_level,
                       district_id, result, support_text, desk_id, municipality_id))

struct ElementRow {
    core::ConsultationId consultation_id;
    record::Code<"element"> element;
    ElementValue value{};
    record::Text<60> text;
};
BOOST_DESCRIBE_STRUCT(ElementRow, (), (consultation_id, element, value, text))

/// The elements of all these cases, read at once. The ids were read through the scope a moment ago, in the same
/// snapshot.
std::vector<CaseBackground> with_elements(db::ReadTx& tx, std::vector<CaseRow> rows) {
    std::vector<CaseBackground> cases;
    cases.reserve(rows.size());
    std::vector<core::ConsultationId> ids;
    std::map<core::ConsultationId, std::size_t> places;
    for (auto& row : rows) {
        ids.push_back(row.id);
        places[row.id] = cases.size();
        cases.push_back({.id = row.id,
                         .number = std::move(row.number),
                         .state = row.state,
                         .received_on = row.received_on,
                         .subject = std::move(row.subject),
                         .background = std::move(row.background),
                         .age_band = std::move(row.age_band),
                         .household = std::move(row.household),
                         .care_level = std::move(row.care_level),
                         .district_id = std::move(row.district_id),
                         .result = std::move(row.result),
                         .support_text = std::move(row.support_text),
                         .elements = {}});
    }
    for (std::span<const core::ConsultationId> rest = ids; !rest.empty();) {
        Params params;
        const std::string list = take_ids(rest, params);
        for (auto& row : tx.rows<ElementRow>("SELECT " + record::columns<ElementRow>() +
                                                 " FROM consultation_elements WHERE consultation_id IN (" + list +
                                                 ") ORDER BY consultation_id, position",
                                             params)) {
            cases[places[row.consultation_id]].elements.push_back(
                {std::move(row.element), row.value, std::move(row.text)});
        }
    }
    return cases;
}

/// Whether the reader sees the words as they were written, and not only the anonymised case.
template <class Row>
bool sees_words(const access::Actor& actor, const Row& row) {
    return actor.works_at(row.desk_id) || actor.works_for(row.municipality_id);
}

/// What the conference asks beyond the background.
struct ConferenceRow {
    core::ConsultationId id;
    core::DeskId desk_id;
    std::optional<record::Code<"urgency">> urgency;
    std::optional<record::Code<"difficulty">> difficulty;
    std::optional<core::Date> asked_on;
    std::string question;
    std::string illness;
    std::string receiver_name;
    core::RegionId municipality_id;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(ConferenceRow, (),
                      (id, desk_id, urgency, difficulty, asked_on, question, illness, receiver_name, municipality_id,
                       sheet))

/// Where words were confirmed, a reader of the anonymised case finds nothing in those that were written.
std::string shown_of(const std::string& column) {
    return "CASE WHEN EXISTS (SELECT 1 FROM anonymised_texts a WHERE a.consultation_id = c.id) THEN '' ELSE " + column +
           " END";
}

/// The same as `sees_words`, in SQL.
std::string seen_as_written(const access::Actor& actor, Params& params) {
    std::string own = "(1 = 0";
    if (!actor.desks.empty())
        own += " OR " + record::in_list("c.desk_id", actor.desks, "own_desk", params);
    if (!actor.municipalities.empty())
        own += " OR " + record::in_list("c.municipality_id", actor.municipalities, "own_city", params);
    return own + ")";
}

}  // namespace

std::vector<ConsultationRow> rows(db::ReadTx& tx, const access::Actor& actor,
                                  const std::vector<core::ConsultationId>& ids) {
    return rows_in_order<ConsultationRow>(tx, actor, ids);
}

std::vector<CaseBackground> cases(db::ReadTx& tx, const access::Actor& actor,
                                  const std::vector<core::ConsultationId>& ids) {
    auto rows = rows_in_order<CaseRow>(tx, actor, ids);
    std::vector<bool> anonymised;
    for (const auto& row : rows)
        anonymised.push_back(!sees_words(actor, row));
    auto result = with_elements(tx, std::move(rows));
    const auto confirmed = confirmed_texts(tx, actor, ids);
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (anonymised[i])
            show_anonymised(result[i], confirmed_of(confirmed, result[i].id));
    }
    return result;
}

std::vector<ConferenceCase> conference_cases(db::ReadTx& tx, const access::Actor& actor,
                                             const std::vector<core::ConsultationId>& ids) {
    auto rows = rows_in_order<ConferenceRow>(
        tx, actor, ids,
        "c.id, c.desk_id, c.urgency, c.difficulty, c.physician_asked_on, c.physician_question, c.illness, "
        "COALESCE((SELECT u.name FROM users u WHERE u.id = c.receiver_id), ''), c.municipality_id, "
        "(SELECT v.sheet FROM consultation_versions v WHERE v.consultation_id = c.id AND v.version = c.version)");
    auto backgrounds = cases(tx, actor, ids);
    const auto confirmed = confirmed_texts(tx, actor, ids);
    std::vector<ConferenceCase> result;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        const bool own = sees_words(actor, row);
        if (const auto* text = confirmed_of(confirmed, row.id); text != nullptr && !own) {
            row.question = text->of("physician_question");
            row.illness = text->of("illness");
        }
        result.push_back({.id = row.id,
                          .desk_id = row.desk_id,
                          .urgency = row.urgency,
                          .difficulty = row.difficulty,
                          .asked_on = row.asked_on,
                          .question = row.question,
                          .illness = row.illness,
                          .treatments = record::from_stored_json<ConsultationSheet>(row.sheet).treatments,
                          .receiver_name = own ? row.receiver_name : std::string(),
                          .about = std::move(backgrounds[i])});
    }
    return result;
}

std::vector<HeadlineRow> headlines(db::ReadTx& tx, const access::Actor& actor,
                                   const std::vector<core::ConsultationId>& ids) {
    return rows_in_order<HeadlineRow>(tx, actor, ids,
                                      "c.id, c.number, c.subject, c.follow_up_note, "
                                      "COALESCE((SELECT u.name FROM users u WHERE u.id = c.receiver_id), ''), "
                                      "c.desk_id, c.municipality_id, c.shared_with_municipality");
}

std::vector<IdNumber> with_words(db::ReadTx& tx, const access::Actor& actor,
                                 const std::vector<core::ConsultationId>& ids, const std::string& words) {
    Params params;
    std::string subject = "c.subject";
    std::string background = "c.background";
    std::string request = "c.request";
    if (access::sees_agendas(actor)) {
        const std::string own = seen_as_written(actor, params);
        subject = "CASE WHEN " + own + " THEN c.subject ELSE " + shown_of("c.subject") + " END";
        background = "CASE WHEN " + own + " THEN c.background ELSE " + shown_of("c.background") + " END";
        request = "CASE WHEN " + own + " THEN c.request ELSE '' END";
    }
    const std::string condition = record::all_words_in({"c.number", subject, background, request}, words, params);
    std::vector<IdNumber> result;
    for_each_row<core::ConsultationId>(tx, actor, ids, "c.id", condition, params, [&](const core::ConsultationId& id) {
        result.push_back(IdNumber::of(id.str()));
    });
    return result;
}

std::vector<BegunSheet> begun(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    params.set("user", actor.user_id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    return tx.rows<BegunSheet>(
        "SELECT c.id, c.desk_id, c.caller_name, c.caller_affiliation, c.subject, substr(c.request, 1, 40), c.topic, "
        "c.created_at, c.updated_at FROM consultations c WHERE c.created_by = :user AND c.state = 'draft' AND " +
            scope + " ORDER BY c.created_at, c.id LIMIT 50",
        params);
}

}  // namespace tsunagi::consultations::store
