// SPDX-License-Identifier: Apache-2.0
#include "modules/search/search_service.hpp"

#include <algorithm>
#include <charconv>

#include "core/utf8.hpp"
#include "modules/issues/issue.hpp"
#include "modules/measures/measure.hpp"
#include "modules/meetings/meeting.hpp"
#include "modules/search/record_store.hpp"

namespace tsunagi::search {
namespace {

using consultations::Facts;
using consultations::Selection;
using consultations::VisibleShelf;

/// So many records are read and compared for one page; whoever wants more asks for the next one.
constexpr std::size_t most_compared = 600;
/// Of a shelf that is being indexed, the newest records stand for it.
constexpr std::size_t newest_of_unindexed = 300;
/// More of what may answer than one page can compare, even where a record is named twice.
constexpr std::ptrdiff_t most_ranked = 4096;

std::size_t limit_of(const SearchFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(5);
    if (limit < 1 || limit > 50)
        throw core::invalid({{"?limit", "range", "1-50"}});
    return static_cast<std::size_t>(limit);
}

/// Where a hit stands among those of its kind: the newest day first.
struct Rank {
    std::int32_t day = 0;
    IdNumber id;

    friend auto operator<=>(const Rank&, const Rank&) = default;
};

std::string text_of(const Rank& rank) {
    return std::to_string(rank.day) + "~" + rank.id.id().str();
}

/// The last hit of the page before.
std::optional<Rank> after_of(const SearchFilter& filter) {
    if (filter.after.empty())
        return std::nullopt;
    const std::string_view text = filter.after.value;
    const std::size_t mark = std::min(text.find('~'), text.size());
    Rank rank;
    const auto [end, error] = std::from_chars(text.data(), text.data() + mark, rank.day);
    if (filter.kind.size() != 1 || error != std::errc{} || end != text.data() + mark || mark == text.size() ||
        !core::is_uuid(text.substr(mark + 1)))
        throw core::invalid({{"?after", "format", ""}});
    rank.id = IdNumber::of(text.substr(mark + 1));
    return rank;
}

/// The states of the filter that this kind of record has.
template <class State>
std::vector<State> states_of(const SearchFilter& filter) {
    std::vector<State> result;
    for (const auto& name : filter.state) {
        State state{};
        if (record::StringScalar<State>::from(name.str(), state).reason.empty())
            result.push_back(state);
    }
    return result;
}

bool has_any_state(HitKind kind, const SearchFilter& filter) {
    if (filter.state.empty())
        return true;
    switch (kind) {
        case HitKind::consultation:
            return !states_of<consultations::ConsultationState>(filter).empty();
        case HitKind::issue:
            return !states_of<issues::IssueState>(filter).empty();
        case HitKind::meeting:
            return !states_of<meetings::MeetingState>(filter).empty();
        case HitKind::measure:
            return !states_of<measures::MeasureState>(filter).empty();
        case HitKind::user:
            return false;
    }
    return false;
}

/// What the filter says of the day, the desk and the state of a hit.
bool fits(const Hit& hit, const SearchFilter& filter) {
    if (!filter.desk.empty() && (!hit.desk_id || std::ranges::find(filter.desk, *hit.desk_id) == filter.desk.end()))
        return false;
    if (!filter.state.empty() &&
        std::ranges::find(filter.state, hit.state, &record::CodeName::value) == filter.state.end())
        return false;
    if (!filter.from && !filter.to && !filter.fiscal_year)
        return true;
    return hit.on && (!filter.from || *hit.on >= *filter.from) && (!filter.to || *hit.on <= *filter.to) &&
           (!filter.fiscal_year || hit.on->fiscal_year() == *filter.fiscal_year);
}

const char* permission_for(HitKind kind) {
    switch (kind) {
        case HitKind::consultation:
            return "consultations.read";
        case HitKind::issue:
            return "issues.read";
        case HitKind::meeting:
            return "meetings.read";
        case HitKind::measure:
            return "measures.read";
        case HitKind::user:
            return "";
    }
    return "";
}

std::vector<HitKind> kinds_of(const access::Actor& actor, const SearchFilter& filter) {
    std::vector<HitKind> result;
    for (const HitKind kind :
         {HitKind::consultation, HitKind::issue, HitKind::meeting, HitKind::measure, HitKind::user}) {
        const bool asked = filter.kind.empty() || std::ranges::find(filter.kind, kind) != filter.kind.end();
        if (asked && (kind == HitKind::user || actor.may(permission_for(kind))))
            result.push_back(kind);
    }
    return result;
}

TermNote note_of(const Term& term) {
    TermNote note{.typed = term.typed, .excluded = term.excluded, .phrase = term.phrase, .also = {}, .day = {}};
    for (const Alternative& one : term.alternatives) {
        if (!one.shown.empty())
            note.also.push_back(one.shown);
        if (one.day % 100 != 0) {
            note.day = core::Date(std::chrono::year_month_day{std::chrono::year(static_cast<int>(one.day / 10000)),
                                                              std::chrono::month(one.day / 100 % 100),
                                                              std::chrono::day(one.day % 100)});
        }
    }
    return note;
}

/// The kinds of which a municipality has some hundreds: all of them are compared.
HitGroup few(HitKind kind, std::vector<store::Candidate> records, const Query& query, const Folding& folding,
             const SearchFilter& filter) {
    HitGroup group{.kind = kind, .items = {}, .next = {}, .indexing = false};
    const auto after = after_of(filter);
    const std::size_t limit = limit_of(filter);
    std::vector<std::pair<Rank, store::Candidate*>> ranked;
    for (auto& one : records) {
        const Rank rank{one.hit.on ? consultations::day_number(*one.hit.on) : 0, IdNumber::of(one.hit.id)};
        if (fits(one.hit, filter) && (!after || rank < *after))
            ranked.emplace_back(rank, &one);
    }
    std::ranges::sort(ranked, std::greater(), [](const auto& one) { return one.first; });
    Rank last;
    for (auto& [rank, one] : ranked) {
        auto passages = match(query, one->document, folding);
        if (passages.empty())
            continue;
        if (group.items.size() == limit) {
            group.next = text_of(last);
            break;
        }
        one->hit.passages = std::move(passages);
        group.items.push_back(std::move(one->hit));
        last = rank;
    }
    return group;
}

/// The records of the shelf that are among the ids and fit the filter. Both are in the order of the ids.
void add_fitting(const Selection& selection, const VisibleShelf& shelf, const std::vector<IdNumber>& ids,
                 std::vector<Rank>& out) {
    auto id = ids.begin();
    for (const auto& chunk : shelf.shelf->chunks) {
        if (id == ids.end())
            return;
        if (chunk->rows.back().id < *id)
            continue;
        const bool may_fit = selection.conditions.may_fit(*chunk);
        auto row = chunk->rows.begin();
        for (; id != ids.end() && *id <= chunk->rows.back().id; ++id) {
            if (!may_fit)
                continue;
            row = std::ranges::lower_bound(row, chunk->rows.end(), *id, {}, &Facts::id);
            if (row->id == *id && (shelf.drafts || row->state != consultations::ConsultationState::draft) &&
                selection.conditions.fits(*chunk, *row))
                out.push_back({row->listed_on, row->id});
        }
    }
}

/// The newest records of the shelf, whatever they hold.
void add_newest(const Selection& selection, const VisibleShelf& shelf, std::size_t most, std::vector<Rank>& out) {
    std::vector<Rank> all;
    for (const auto& chunk : shelf.shelf->chunks) {
        if (selection.conditions.may_fit(*chunk)) {
            selection.for_each_in(*chunk, shelf.drafts, [&](const consultations::Chunk&, const Facts& row) {
                all.push_back({row.listed_on, row.id});
            });
        }
    }
    std::ranges::sort(all, std::greater());
    out.insert(out.end(), all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size())));
}

}  // namespace

SearchService::SearchService(db::Database& database, const audit::AuditService& audit,
                             const consultations::ConsultationService& consultations, SearchWords words)
    : database_(database),
      audit_(audit),
      consultations_(consultations),
      words_(std::move(words)),
      index_(database, words_) {}

SearchAnswer SearchService::search(const access::Actor& actor, const SearchFilter& filter) const {
    (void)limit_of(filter);
    (void)after_of(filter);
    if (filter.from && filter.to && *filter.to < *filter.from)
        throw core::invalid({{"?to", "date_order", ""}});
    SearchAnswer answer;
    if (core::is_blank(filter.q.value))
        return answer;
    const Query query = parse_query(filter.q.value, words_);
    for (const Term& term : query.terms)
        answer.terms.push_back(note_of(term));
    database_.read([&](db::ReadTx& tx) {
        answer.groups.clear();  // the work runs again when the connection was lost
        for (const HitKind kind : kinds_of(actor, filter)) {
            HitGroup group{.kind = kind, .items = {}, .next = {}, .indexing = false};
            if (has_any_state(kind, filter)) {
                switch (kind) {
                    case HitKind::consultation:
                        group = consultation_hits(tx, actor, query, filter);
                        break;
                    case HitKind::issue:
                        group = few(kind, store::issues(tx, actor), query, words_.folding, filter);
                        break;
                    case HitKind::meeting:
                        group = few(kind, store::meetings(tx, actor), query, words_.folding, filter);
                        break;
                    case HitKind::measure:
                        group = few(kind, store::measures(tx, actor), query, words_.folding, filter);
                        break;
                    case HitKind::user:
                        group = few(kind, store::users(tx, actor), query, words_.folding, filter);
                        break;
                }
            }
            answer.groups.push_back(std::move(group));
        }
    });
    record(actor, answer);
    return answer;
}

void SearchService::record(const access::Actor& actor, const SearchAnswer& answer) const {
    std::string shown;
    for (const HitGroup& group : answer.groups) {
        if (group.kind != HitKind::consultation)
            continue;
        for (const Hit& hit : group.items)
            shown += (shown.empty() ? "" : " ") + hit.id;
    }
    if (shown.empty())
        return;
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "search",
                           .subject_kind = "consultation",
                           .subject_id = "",
                           .detail = shown});
    });
}

HitGroup SearchService::consultation_hits(db::ReadTx& tx, const access::Actor& actor, const Query& query,
                                          const SearchFilter& filter) const {
    HitGroup group{.kind = HitKind::consultation, .items = {}, .next = {}, .indexing = false};
    consultations::ConsultationFilter rest;
    rest.desk = filter.desk;
    rest.fiscal_year = filter.fiscal_year;
    rest.from = filter.from;
    rest.to = filter.to;
    rest.state = states_of<consultations::ConsultationState>(filter);
    const Selection selection = consultations_.select(tx, actor, rest, consultations::Purpose::reading);

    std::vector<IndexService::Asked> asked;
    std::vector<const VisibleShelf*> shelves;
    std::vector<Rank> ranks;
    const auto after = after_of(filter);
    // At a million records most of what may answer is never looked at: it need not stay in memory either.
    const auto keep_newest = [&] {
        if (after)
            std::erase_if(ranks, [&](const Rank& rank) { return rank >= *after; });
        if (static_cast<std::ptrdiff_t>(ranks.size()) > most_ranked) {
            std::ranges::nth_element(ranks, ranks.begin() + most_ranked, std::greater());
            ranks.resize(static_cast<std::size_t>(most_ranked));
        }
    };
    for (const auto& shelf : selection.shelves) {
        if (shelf.municipality) {
            asked.push_back({{shelf.desk, *shelf.municipality}, actor.works_at(shelf.desk)});
            shelves.push_back(&shelf);
        } else {  // the cases of an agenda, few and of no index
            add_newest(selection, shelf, most_compared, ranks);
        }
    }
    const auto found = index_.candidates(tx, query, asked);
    keep_newest();
    for (std::size_t i = 0; i < shelves.size(); ++i) {
        add_fitting(selection, *shelves[i], found[i].ids, ranks);
        if (!found[i].complete) {
            group.indexing = true;
            add_newest(selection, *shelves[i], newest_of_unindexed, ranks);
        }
        keep_newest();
    }
    std::ranges::make_heap(ranks);

    const std::size_t limit = limit_of(filter);
    std::size_t compared = 0;
    Rank last;
    while (!ranks.empty()) {
        std::vector<core::ConsultationId> ids;
        std::vector<Rank> batch;
        while (!ranks.empty() && batch.size() < 2 * limit + 2) {
            std::ranges::pop_heap(ranks);
            // A record may be named twice, by the index and as one of the newest.
            const Rank& before = batch.empty() ? last : batch.back();
            if (before != ranks.back()) {
                batch.push_back(ranks.back());
                ids.push_back(batch.back().id.id());
            }
            ranks.pop_back();
        }
        if (batch.empty())
            break;
        auto candidates = store::consultations(tx, actor, ids);
        auto rank = batch.begin();
        for (auto& one : candidates) {
            while (rank->id.id().str() != one.hit.id)
                ++rank;
            auto passages = match(query, one.document, words_.folding);
            if (!passages.empty()) {
                if (group.items.size() == limit) {
                    group.next = text_of(last);
                    return group;
                }
                one.hit.passages = std::move(passages);
                group.items.push_back(std::move(one.hit));
            }
            last = *rank;
        }
        last = batch.back();
        compared += batch.size();
        if (compared >= most_compared && !ranks.empty()) {
            group.next = text_of(last);
            break;
        }
    }
    return group;
}

}  // namespace tsunagi::search
