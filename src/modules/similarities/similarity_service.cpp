// SPDX-License-Identifier: Apache-2.0
#include "modules/similarities/similarity_service.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/first_few.hpp"
#include "modules/similarities/similarity_store.hpp"

namespace tsunagi::similarities {
namespace {

using consultations::Chunk;
using consultations::ConsultationSheet;
using consultations::ConsultationState;
using consultations::DayNumber;
using consultations::Facts;
using consultations::IdNumber;

constexpr std::size_t most_by_codes = 150;
constexpr std::size_t most_by_words = 150;
constexpr std::int64_t most_of_others = 100;
constexpr std::size_t most_shown = 6;
constexpr std::size_t letters_shown = 160;
/// The same person sees the same case again within this time: one reading.
constexpr auto one_reading = std::chrono::minutes(10);
constexpr std::size_t most_remembered = 10'000;

/// A day and a record: newer ones come first.
struct Newest {
    DayNumber day = 0;
    IdNumber id;

    friend auto operator<=>(const Newest&, const Newest&) = default;
};

/// The records that have the same of the asked codes.
struct SameCodes {
    std::int64_t count = 0;
    core::FirstFew<Newest, std::greater<>> newest{most_by_codes};
};

/// A code of the question as the facts hold it.
struct AskedCode {
    std::string name;
    std::uint64_t bit = 0;
    double weight = 0;
};

/// One bit each. A sheet seldom has twenty; of more than these the lightest are not looked for.
constexpr std::size_t most_codes = 64;

std::vector<std::pair<double, std::string>> heaviest_first(const Question& question) {
    std::vector<std::pair<double, std::string>> result;
    for (const auto& [name, weight] : question.codes)
        result.emplace_back(weight, name);
    std::ranges::sort(result, std::greater());
    return result;
}

/// The question's codes among the facts in memory: which records have which of them.
class CodeCount {
public:
    CodeCount(const Question& question, const consultations::FactWords& words) {
        for (const auto& [weight, name] : heaviest_first(question)) {
            if (asked_.size() == most_codes)
                break;
            const std::uint64_t bit = std::uint64_t{1} << asked_.size();
            const std::string_view scheme = std::string_view(name).substr(0, name.find(':'));
            const bool is_topic = scheme == "topic";
            if (is_topic || scheme == "subtopic") {
                const auto number = words.codes.find(std::string_view(name).substr(scheme.size() + 1));
                if (!number)
                    continue;
                (is_topic ? topic_ : subtopic_) = {*number, bit};
            } else if (const auto number = words.marks.find(name)) {
                if (bits_.size() <= *number)
                    bits_.resize(*number + 1);
                bits_[*number] = bit;
            } else {
                continue;  // no record has it, or facts do not tell
            }
            asked_.push_back({name, bit, weight});
        }
    }

    void add(const Chunk& chunk, const Facts& row) {
        ++cases_;
        std::uint64_t has = 0;
        for (const auto mark : chunk.marks_of(row))
            has |= mark < bits_.size() ? bits_[mark] : 0;
        if (topic_.second != 0 && row.topic == topic_.first)
            has |= topic_.second;
        if (subtopic_.second != 0 && row.subtopic == subtopic_.first)
            has |= subtopic_.second;
        if (has == 0)
            return;
        SameCodes& same = by_codes_[has];
        ++same.count;
        same.newest.add({row.listed_on, row.id});
    }

    void tell(Commonness& commonness) const {
        commonness.cases = cases_;
        for (const AskedCode& asked : asked_) {
            std::int64_t& count = commonness.codes[asked.name];
            for (const auto& [has, same] : by_codes_)
                count += (has & asked.bit) != 0 ? same.count : 0;
        }
    }

    /// Those with the heaviest codes, newer ones first where they have the same.
    [[nodiscard]] std::vector<IdNumber> heaviest(const Commonness& commonness) && {
        std::vector<std::pair<double, std::uint64_t>> ranked;
        for (const auto& [has, same] : by_codes_) {
            double weight = 0;
            for (const AskedCode& asked : asked_) {
                if ((has & asked.bit) != 0)
                    weight += asked.weight * commonness.rarity(commonness.codes.at(asked.name));
            }
            ranked.emplace_back(weight, has);
        }
        std::ranges::sort(ranked, std::greater());
        std::vector<IdNumber> ids;
        for (const auto& [weight, has] : ranked) {
            for (const Newest& one : std::move(by_codes_.at(has).newest).in_order()) {
                if (ids.size() == most_by_codes)
                    return ids;
                ids.push_back(one.id);
            }
        }
        return ids;
    }

private:
    std::vector<AskedCode> asked_;
    std::vector<std::uint64_t> bits_;  ///< by number of the mark
    std::pair<consultations::Numbering::Number, std::uint64_t> topic_{};
    std::pair<consultations::Numbering::Number, std::uint64_t> subtopic_{};
    std::int64_t cases_ = 0;
    std::unordered_map<std::uint64_t, SameCodes> by_codes_;
};

std::string beginning(const std::string& text) {
    std::size_t at = 0;
    for (std::size_t letters = 0; at < text.size() && letters < letters_shown; ++letters) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
            ++at;
    }
    return at < text.size() ? text.substr(0, at) + "…" : text;
}

/// A case that is like the question, before it is told.
struct Alike {
    double score = 0;
    DayNumber day = 0;
    std::vector<CommonPoint> points;
    std::optional<store::ReadCase> own;  ///< absent: another desk's
    core::ConsultationId id;
    ConsultationSheet sheet;
};

SimilarCase told(Alike alike) {
    ConsultationSheet& sheet = alike.sheet;
    SimilarCase one;
    if (alike.own) {
        one.id = alike.own->id;
        one.desk_id = alike.own->desk_id;
        one.number = alike.own->number;
        one.state = alike.own->state;
        one.received_on = sheet.received_on;
        one.subject = sheet.subject.value;
        one.district_id = sheet.district_id;
        one.support_text = beginning(sheet.support_text.value);
    }
    one.background = beginning(sheet.background.value);
    one.age_band = std::move(sheet.age_band);
    one.household = std::move(sheet.household);
    one.care_level = std::move(sheet.care_level);
    one.topic = std::move(sheet.topic);
    for (auto& element : sheet.elements)
        one.elements.push_back(std::move(element.element));
    one.result = std::move(sheet.result);
    one.score = alike.score;
    one.points = std::move(alike.points);
    return one;
}

}  // namespace

SimilarityService::SimilarityService(db::Database& database, const audit::AuditService& audit,
                                     const consultations::ConsultationService& consultations,
                                     const search::SearchService& search)
    : database_(database), audit_(audit), consultations_(consultations), search_(search) {}

SimilarCases SimilarityService::similar_to(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "consultations.read");
    auto result = database_.read([&](db::ReadTx& tx) {
        const auto asked = store::find(tx, actor, id);
        if (!asked)
            throw core::not_found();
        return compare(tx, actor, asked->sheet, id);
    });
    record(actor, result.shown);
    return std::move(result.cases);
}

SimilarCases SimilarityService::similar_to(const access::Actor& actor, const TypedSheet& typed) const {
    access::require(actor, "consultations.write");
    auto result = database_.read([&](db::ReadTx& tx) { return compare(tx, actor, typed.sheet, typed.id); });
    record(actor, result.shown);
    return std::move(result.cases);
}

SimilarityService::Compared SimilarityService::compare(db::ReadTx& tx, const access::Actor& actor,
                                                       const ConsultationSheet& sheet,
                                                       const std::optional<core::ConsultationId>& own) const {
    Compared compared;
    SimilarCases& result = compared.cases;
    const search::Folding& folding = search_.folding();
    const Question question = question_of(sheet, folding);
    if (question.empty())
        return compared;
    result.asked = true;

    const auto selection = consultations_.select(tx, actor, {}, consultations::Purpose::cases);
    CodeCount count(question, *selection.words);
    selection.for_each([&](const Chunk& chunk, const Facts& row) { count.add(chunk, row); });
    Commonness commonness;
    count.tell(commonness);
    std::vector<IdNumber> ids = std::move(count).heaviest(commonness);
    if (!question.pairs.empty()) {
        std::vector<consultations::Shelves::Place> places;
        for (const auto& shelf : selection.shelves) {
            if (shelf.municipality)
                places.push_back({shelf.desk, *shelf.municipality});
        }
        auto found = search_.index().pairs(tx, question.pairs, places, most_by_words);
        commonness.pairs = std::move(found.holding);
        result.indexing = !found.complete;
        ids.insert(ids.end(), found.ids.begin(), found.ids.end());
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (own)
        std::erase(ids, IdNumber::of(own->str()));

    std::vector<Alike> alike;
    const auto look_at = [&](const core::ConsultationId& id, ConsultationSheet other,
                             std::optional<store::ReadCase> read) {
        auto points = common_points(question, commonness, other, folding);
        if (!is_alike(points))
            return;
        Alike one;
        one.score = score_of(points);
        one.day = read ? consultations::day_number(read->listed_on) : 0;
        one.points = std::move(points);
        one.own = std::move(read);
        one.id = id;
        one.sheet = std::move(other);
        alike.push_back(std::move(one));
    };
    std::vector<core::ConsultationId> asked;
    for (const IdNumber& id : ids)
        asked.push_back(id.id());
    for (auto& one : store::cases(tx, actor, asked)) {
        if (one.state == ConsultationState::draft)
            continue;
        const auto id = one.id;
        auto other = one.sheet;
        look_at(id, std::move(other), std::move(one));
    }
    for (auto& other : store::shared_by_others(tx, actor, most_of_others)) {
        // Who reads the case through another role reads it whole, and once.
        if (std::ranges::find(asked, other.id) == asked.end())
            look_at(other.id, std::move(other.sheet), std::nullopt);
    }
    std::ranges::stable_sort(alike, [](const Alike& one, const Alike& other) {
        return std::pair(one.score, one.day) > std::pair(other.score, other.day);
    });
    if (alike.size() > most_shown)
        alike.resize(most_shown);

    std::vector<core::ConsultationId> own_ones;
    for (auto& one : alike) {
        compared.shown.push_back(one.id);
        result.items.push_back(told(std::move(one)));
        if (const auto& id = result.items.back().id)
            own_ones.push_back(*id);
    }
    auto followings = store::followings(tx, actor, own_ones);
    for (SimilarCase& one : result.items) {
        if (one.id)
            one.followings = std::move(followings[*one.id]);
    }
    return compared;
}

void SimilarityService::record(const access::Actor& actor, const std::vector<core::ConsultationId>& shown) const {
    std::string ids;
    {
        const auto now = std::chrono::steady_clock::now();
        const std::lock_guard lock(mutex_);
        if (shown_.size() > most_remembered)
            std::erase_if(shown_, [&](const auto& one) { return one.second + one_reading < now; });
        if (shown_.size() > most_remembered)
            shown_.clear();
        for (const auto& id : shown) {
            const auto known = shown_.find({actor.user_id, id});
            if (known == shown_.end() || known->second + one_reading < now)
                ids += (ids.empty() ? "" : " ") + id.str();
        }
    }
    if (ids.empty())
        return;
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "similar",
                           .subject_kind = "consultation",
                           .subject_id = "",
                           .detail = ids});
    });
    // Only now: what is not written was not told.
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    for (const auto& id : shown) {
        if (ids.find(id.str()) != std::string::npos)
            shown_[{actor.user_id, id}] = now;
    }
}

}  // namespace tsunagi::similarities
