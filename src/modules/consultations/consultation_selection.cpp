// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_selection.hpp"

#include <algorithm>
#include <map>

#include "modules/access/scope.hpp"

namespace tsunagi::consultations {
namespace {

/// More lanes than this are not worth their text; the engine then sorts what it finds.
constexpr std::size_t most_lanes = 40;
constexpr std::size_t most_words = 5;

/// Collects conditions joined by AND; values are bound as they come, one after another.
class Conditions {
public:
    Conditions(std::string alias, record::Params& params) : alias_(std::move(alias)), params_(params) {}

    template <class T>
    std::string bind(std::string_view name, const T& value) {
        std::string place = std::string(name) + "_" + std::to_string(++bound_);
        params_.set(place, value);
        return ":" + place;
    }

    void add(const std::string& condition) {
        if (!text_.empty())
            text_ += " AND ";
        text_ += condition;
    }

    [[nodiscard]] std::string column(std::string_view name) const { return alias_ + "." + std::string(name); }

    /// The column has any of the values; no values, no condition.
    template <class T>
    void any_of(std::string_view name, const std::vector<T>& values) {
        if (values.empty())
            return;
        std::string places;
        for (const T& value : values) {
            if (!places.empty())
                places += ", ";
            places += bind(name, record::to_text(value));
        }
        add(column(name) + (values.size() == 1 ? " = " + places : " IN (" + places + ")"));
    }

    /// The column names any of these regions or one below them, as the columns of the month table count.
    void below(std::string_view name, const std::vector<core::RegionId>& regions) {
        if (regions.empty())
            return;
        std::string places;
        for (const auto& region : regions) {
            if (!places.empty())
                places += ", ";
            places += bind("region", region);
        }
        add(column(name) + " IN (WITH RECURSIVE below (id) AS (SELECT b.id FROM regions b WHERE b.id IN (" + places +
            ") UNION SELECT b.id FROM regions b JOIN below ON b.parent_id = below.id) SELECT below.id FROM below)");
    }

    /// The sheet carries any of these words in `marks`.
    template <class T>
    void marked(std::string_view scheme, const std::vector<T>& codes) {
        if (codes.empty())
            return;
        std::string any;
        for (const T& code : codes) {
            if (!any.empty())
                any += " OR ";
            any += column("marks") + " LIKE " +
                   bind("mark", "% " + std::string(scheme) + ":" + like(code.str()) + " %") + " ESCAPE '!'";
        }
        add("(" + any + ")");
    }

    /// The text with the signs of LIKE made harmless.
    static std::string like(std::string_view text) {
        std::string result;
        for (const char c : text) {
            if (c == '%' || c == '_' || c == '!')
                result += '!';
            result += c;
        }
        return result;
    }

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string alias_;
    record::Params& params_;
    std::string text_;
    int bound_ = 0;
};

std::vector<std::string> words_of(std::string text) {
    for (std::size_t at = text.find("\xe3\x80\x80"); at != std::string::npos; at = text.find("\xe3\x80\x80"))
        text.replace(at, 3, " ");  // the full-width space
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ' && c != '\t') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (words.size() > most_words)
        words.resize(most_words);
    return words;
}

void add_period(Conditions& conditions, const ConsultationFilter& filter) {
    if (filter.from && filter.to && *filter.to < *filter.from)
        throw core::invalid({{"?to", "date_order", ""}});
    if (filter.fiscal_year) {
        if (*filter.fiscal_year < 1900 || *filter.fiscal_year > 2198)
            throw core::invalid({{"?fiscal_year", "range", "1900-2198"}});
        const std::string first = std::to_string(*filter.fiscal_year) + "-04-01";
        const std::string last = std::to_string(*filter.fiscal_year + 1) + "-03-31";
        conditions.add(conditions.column("listed_on") + " >= " + conditions.bind("from", first));
        conditions.add(conditions.column("listed_on") + " <= " + conditions.bind("to", last));
    }
    if (filter.from)
        conditions.add(conditions.column("listed_on") + " >= " + conditions.bind("from", *filter.from));
    if (filter.to)
        conditions.add(conditions.column("listed_on") + " <= " + conditions.bind("to", *filter.to));
}

/// The columns of 図8 are groups of professions: asks for the professions of these groups.
void add_callers(Conditions& conditions, const ConsultationFilter& filter, const packs::CodeBook& codes) {
    if (filter.caller.empty())
        return;
    std::vector<record::CodeName> professions;
    if (const auto* scheme = codes.scheme("profession")) {
        for (const auto& entry : scheme->codes) {
            const bool asked = std::ranges::any_of(
                filter.caller, [&](const auto& group) { return entry.parent && entry.parent->value == group.value; });
            if (asked)
                professions.push_back(entry.code);
        }
    }
    if (professions.empty()) {
        conditions.add("1 = 0");
    } else {
        conditions.any_of("caller_profession", professions);
    }
}

void add_missing(Conditions& conditions, const ConsultationFilter& filter) {
    static const std::map<std::string, std::string, std::less<>> columns{
        {"topic", "topic"}, {"district", "district_id"}, {"profession", "caller_profession"}};
    for (const auto& name : filter.missing) {
        const auto found = columns.find(name.value);
        if (found == columns.end())
            throw core::invalid({{"?missing", "unknown", ""}});
        conditions.add(conditions.column(found->second) + " IS NULL");
    }
}

/// Scope and every filter except the words.
std::string condition(const access::Actor& actor, const ConsultationFilter& filter, const packs::CodeBook& codes,
                      Purpose purpose, const std::string& alias, record::Params& params) {
    Conditions conditions(alias, params);
    conditions.add(purpose == Purpose::counting ? access::consultations_countable(actor, alias, params)
                                                : access::consultations_visible(actor, alias, params));
    if (purpose != Purpose::reading)
        conditions.add(alias + ".state <> 'draft'");
    conditions.any_of("desk_id", filter.desk);
    add_period(conditions, filter);
    conditions.any_of("state", filter.state);
    conditions.any_of("kind", filter.kind);
    conditions.any_of("topic", filter.topic);
    conditions.any_of("subtopic", filter.subtopic);
    conditions.any_of("caller_profession", filter.profession);
    add_callers(conditions, filter, codes);
    conditions.below("district_id", filter.district);
    conditions.any_of("urgency", filter.urgency);
    conditions.any_of("difficulty", filter.difficulty);
    conditions.any_of("result", filter.result);
    conditions.marked("scene", filter.scene);
    conditions.marked("relisted", filter.relisted);
    conditions.marked("element", filter.element);
    conditions.any_of("receiver_id", filter.receiver);
    conditions.any_of("id", filter.id);
    if (filter.due_by) {
        conditions.add(alias + ".follow_up_on <= " + conditions.bind("due_by", *filter.due_by));
        conditions.add(alias + ".state <> 'closed'");
    }
    add_missing(conditions, filter);
    // An advisor is not told who took the call, so nothing is found by it either.
    if (actor.disclosed_only && !filter.receiver.empty())
        conditions.add("1 = 0");
    return conditions.text();
}

/// Every word stands in the number, the subject, the request or the background. An advisor does not see the request.
std::string words_condition(const access::Actor& actor, const std::vector<std::string>& words, record::Params& params) {
    std::string result;
    int number = 0;
    for (const std::string& word : words) {
        const std::string place = "word_" + std::to_string(++number);
        params.set(place, "%" + Conditions::like(word) + "%");
        const std::string like = " LIKE lower(:" + place + ") ESCAPE '!'";
        result += " AND (lower(c.number)" + like + " OR lower(c.subject)" + like + " OR lower(c.background)" + like +
                  (actor.disclosed_only ? std::string() : " OR lower(c.request)" + like) + ")";
    }
    return result;
}

std::vector<std::string> lanes_of(const access::Actor& actor, const ConsultationFilter& filter,
                                  record::Params& params) {
    std::vector<std::string> lanes;
    const auto add = [&](const std::string& column, const auto& ids, const std::string& name) {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            params.set("lane_" + name + std::to_string(i), ids[i].str());
            lanes.push_back(column + " = :lane_" + name + std::to_string(i));
        }
    };
    const std::size_t count =
        filter.desk.empty() ? actor.desks.size() + actor.municipalities.size() : filter.desk.size();
    if (count > most_lanes || !filter.id.empty())
        return {};
    if (!filter.desk.empty()) {
        add("c.desk_id", filter.desk, "desk");
        return lanes;
    }
    add("c.desk_id", actor.desks, "desk");
    add("c.municipality_id", actor.municipalities, "city");
    // What an agenda discloses to somebody who also works at a desk or for a municipality.
    access::Actor guest = actor;
    guest.desks.clear();
    guest.municipalities.clear();
    const std::string agenda = access::consultations_visible(guest, "c", params);
    if (agenda != "1 = 0")
        lanes.push_back(agenda);
    return lanes;
}

bool attends_meetings(const access::Actor& actor) {
    return actor.disclosed_only || std::ranges::any_of(actor.assignments, [](const access::Assignment& assignment) {
               return assignment.role == access::Role::advisor || assignment.role == access::Role::committee;
           });
}

}  // namespace

Selection select(const access::Actor& actor, const ConsultationFilter& filter, const packs::CodeBook& codes,
                 Purpose purpose) {
    Selection result;
    result.stable = !attends_meetings(actor);
    const auto words = words_of(filter.words);
    if (words.empty()) {
        result.where = condition(actor, filter, codes, purpose, "c", result.params);
    } else {
        result.where = "c.id IN (SELECT w.id FROM consultations w WHERE " +
                       condition(actor, filter, codes, purpose, "w", result.params) +
                       " ORDER BY w.listed_on DESC, w.id DESC LIMIT " + std::to_string(most_searched) + ")" +
                       words_condition(actor, words, result.params);
        return result;
    }
    if (purpose != Purpose::counting) {
        result.lane_params = result.params;
        result.lanes = lanes_of(actor, filter, result.lane_params);
    }
    return result;
}

}  // namespace tsunagi::consultations
