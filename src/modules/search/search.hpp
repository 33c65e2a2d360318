// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::search {

/// What can be found, in the order in which it is shown.
enum class HitKind {
    consultation,
    activity,
    attachment,
    referral,
    discharge,
    issue,
    meeting,
    measure,
    indicator,
    evaluation,
    user
};
BOOST_DESCRIBE_ENUM(HitKind, consultation, activity, attachment, referral, discharge, issue, meeting, measure,
                    indicator, evaluation, user)

/// A piece of the original text; marked where it answers.
struct PassagePart {
    std::string text;
    bool marked = false;
};
BOOST_DESCRIBE_STRUCT(PassagePart, (), (text, marked))

/// A place of a record that answers. For a day that stands in a field of its own the one part is the ISO day.
struct Passage {
    std::string field;  ///< the member of the record: request, minutes …
    std::vector<PassagePart> parts;
    bool cut_before = false;
    bool cut_behind = false;
};
BOOST_DESCRIBE_STRUCT(Passage, (), (field, parts, cut_before, cut_behind))

struct Hit {
    HitKind kind{};
    std::string id;
    std::optional<core::DeskId> desk_id;
    std::optional<core::ConsultationId> consultation_id;  ///< of an activity, a file, an ask, a discharge: the case
    std::optional<core::ActivityId> activity_id;          ///< of a file: the activity
    std::string number;                                   ///< of consultations and issues; of the case
    std::string code;                                     ///< of an activity its kind; what a file is
    std::string title;  ///< of an activity the subject of its case, of an ask the place
    std::string state;
    std::optional<core::Date> on;   ///< received, done, attached, sent, left, held, begun, evaluated
    std::vector<Passage> passages;  ///< one to three, which together answer all that was asked
};
BOOST_DESCRIBE_STRUCT(Hit, (),
                      (kind, id, desk_id, consultation_id, activity_id, number, code, title, state, on, passages))

/// The hits of one kind, newest first; activities and files by when they were written down.
struct HitGroup {
    HitKind kind{};
    std::vector<Hit> items;
    std::optional<std::string> next;  ///< give it back as `after`, with this kind alone
    bool indexing = false;            ///< the index is being made: only the newest records were looked through
};
BOOST_DESCRIBE_STRUCT(HitGroup, (), (kind, items, next, indexing))

/// A term as it was understood.
struct TermNote {
    std::string typed;
    bool excluded = false;
    bool phrase = false;
    std::vector<std::string> also;  ///< what else was looked for in its place
    std::optional<core::Date> day;
};
BOOST_DESCRIBE_STRUCT(TermNote, (), (typed, excluded, phrase, also, day))

struct SearchAnswer {
    std::vector<TermNote> terms;
    std::vector<HitGroup> groups;  ///< of the kinds the person may read and asked for
};
BOOST_DESCRIBE_STRUCT(SearchAnswer, (), (terms, groups))

struct SearchFilter {
    record::Text<200> q;
    std::vector<HitKind> kind;
    std::vector<core::DeskId> desk;
    std::optional<std::int64_t> fiscal_year;
    std::optional<core::Date> from;
    std::optional<core::Date> to;
    std::vector<record::CodeName> state;  ///< of any kind; a kind that has none of them finds nothing
    std::optional<std::int64_t> limit;    ///< of each kind, 1 to 50; 5 when absent
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(SearchFilter, (), (q, kind, desk, fiscal_year, from, to, state, limit, after))

}  // namespace tsunagi::search
