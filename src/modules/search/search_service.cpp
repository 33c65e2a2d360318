// SPDX-License-Identifier: Apache-2.0
#include "modules/search/search_service.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/utf8.hpp"
#include "modules/search/coordination_store.hpp"
#include "modules/search/hit_rules.hpp"
#include "modules/search/record_store.hpp"

namespace tsunagi::search {
namespace {

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
            answer.groups.push_back(has_any_state(kind, filter)
                                        ? hits(tx, actor, query, filter, kind)
                                        : HitGroup{.kind = kind, .items = {}, .next = {}, .indexing = false});
        }
    });
    record(actor, answer);
    return answer;
}

HitGroup SearchService::hits(db::ReadTx& tx, const access::Actor& actor, const Query& query, const SearchFilter& filter,
                             HitKind kind) const {
    const auto few_of = [&](std::vector<store::Candidate> records) {
        return few(kind, std::move(records), query, words_.folding, filter);
    };
    switch (kind) {
        case HitKind::consultation:
            return consultation_hits(tx, actor, query, filter);
        case HitKind::activity:
        case HitKind::attachment:
            return written_hits(tx, actor, query, filter, kind);
        case HitKind::referral:
            return few_of(store::referrals(tx, actor));
        case HitKind::discharge:
            return few_of(store::discharges(tx, actor));
        case HitKind::issue:
            return few_of(store::issues(tx, actor));
        case HitKind::meeting:
            return few_of(store::meetings(tx, actor));
        case HitKind::measure:
            return few_of(store::measures(tx, actor));
        case HitKind::indicator:
            return few_of(store::indicators(tx, actor));
        case HitKind::evaluation:
            return few_of(store::evaluations(tx, actor));
        case HitKind::user:
            return few_of(store::users(tx, actor));
    }
    return {};
}

void SearchService::record(const access::Actor& actor, const SearchAnswer& answer) const {
    static constexpr std::array kinds{
        std::pair(HitKind::consultation, "consultation"), std::pair(HitKind::activity, "activity"),
        std::pair(HitKind::attachment, "attachment"), std::pair(HitKind::referral, "referral"),
        std::pair(HitKind::discharge, "discharge")};
    std::vector<std::pair<const char*, std::string>> shown;
    for (const auto& [kind, name] : kinds) {
        std::string ids;
        for (const HitGroup& group : answer.groups) {
            if (group.kind == kind) {
                for (const Hit& hit : group.items)
                    ids += (ids.empty() ? "" : " ") + hit.id;
            }
        }
        if (!ids.empty())
            shown.emplace_back(name, std::move(ids));
    }
    if (shown.empty())
        return;
    database_.write([&](db::WriteTx& tx) {
        for (const auto& [name, ids] : shown) {
            audit_.record(tx, {.actor_id = actor.user_id,
                               .actor_name = actor.name,
                               .action = "search",
                               .subject_kind = name,
                               .subject_id = "",
                               .detail = ids});
        }
    });
}

}  // namespace tsunagi::search
