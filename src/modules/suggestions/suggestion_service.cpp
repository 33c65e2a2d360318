// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/suggestion_service.hpp"

#include <algorithm>
#include <limits>

namespace tsunagi::suggestions {
namespace {

/// The newest sheets of a desk that are learned from: 3,000 take about 10 MB while they are.
constexpr std::size_t most_sheets = 3000;
constexpr std::int64_t sheets_of_part = 250;
/// A desk with fewer sheets learns from those of its municipality as well; the own ones count three times.
constexpr std::size_t enough_of_its_own = 150;
constexpr std::size_t most_of_others = 1500;
constexpr float weight_of_own = 3;
/// With fewer nothing is learned.
constexpr std::size_t fewest_sheets = 30;
/// So many models are kept, 260 kB each; the desks asked for last have one.
constexpr std::size_t most_models = 24;
/// After so many sheets that were followed one by one everything is learned anew, so that new words get in.
constexpr std::int64_t followed_at_most = 128;
/// But not sooner than this: an import of thousands of sheets keeps no processor busy.
constexpr auto shortest_rest = std::chrono::minutes(10);

}  // namespace

SuggestionService::SuggestionService(db::Database& database, const packs::PacksService& packs,
                                     const search::Folding& folding, CodeWords words)
    : database_(database),
      packs_(packs),
      folding_(folding),
      words_(std::make_shared<const CodeWords>(std::move(words))) {}

std::vector<std::string_view> SuggestionService::texts_of(const consultations::ConsultationSheet& sheet) {
    return {sheet.subject.value, sheet.request.value, sheet.background.value, sheet.illness.value};
}

std::set<CodeKey> SuggestionService::codes_of(const consultations::ConsultationSheet& sheet) {
    std::set<CodeKey> codes;
    if (sheet.topic)
        codes.insert({"topic", sheet.topic->value});
    for (const auto& scene : sheet.scenes)
        codes.insert({"scene", scene.value});
    for (const auto& element : sheet.elements)
        codes.insert({"element", element.element.value});
    for (const auto& mark : sheet.relisted)
        codes.insert({"relisted", mark.value});
    return codes;
}

CodeModel SuggestionService::fresh_model(const packs::CodeBook& book) const {
    std::vector<CodeKey> codes;
    for (const std::string& name : suggested_schemes()) {
        if (const packs::Scheme* scheme = book.scheme(name)) {
            for (const packs::CodeEntry& code : scheme->codes)
                codes.push_back({name, code.code.value});
        }
    }
    return {std::move(codes), words_, folding_};
}

Example SuggestionService::example_of(const consultations::ConsultationSheet& sheet, float weight) const {
    return {.text = joined(texts_of(sheet)), .codes = codes_of(sheet), .weight = weight};
}

Suggestions SuggestionService::suggest(const access::Actor& actor, const TypedTexts& texts) const {
    access::require(actor, "consultations.write");
    const core::DeskId desk = access::desk_for_new_record(actor, texts.desk_id);
    std::shared_ptr<const Learned> learned;
    {
        const std::lock_guard lock(mutex_);
        Slot& slot = slots_[desk];
        slot.asked = ++questions_;
        learned = slot.learned;
    }
    const auto book = packs_.codes();
    Suggestions result{.basis = SuggestionBasis::words, .learned_from = 0, .learning = learned == nullptr, .items = {}};
    const std::string text =
        joined({texts.subject.value, texts.request.value, texts.background.value, texts.illness.value});
    if (learned) {
        result.basis = learned->basis;
        result.learned_from = learned->sheets;
        result.items = learned->model.suggest(text);
    } else {
        result.items = fresh_model(*book).suggest(text);
    }
    const core::Date on = texts.received_on.value_or(actor.today);
    std::erase_if(result.items, [&](const Suggestion& one) {
        const packs::CodeEntry* code = book->code(one.scheme.value, one.code.value);
        return code == nullptr || (code->valid_from && on < *code->valid_from) ||
               (code->retired_on && *code->retired_on <= on);
    });
    return result;
}

std::shared_ptr<const SuggestionService::Learned> SuggestionService::learn(
    const store::ShelfState& shelf, const std::vector<store::ShelfState>& all,
    const std::shared_ptr<const packs::CodeBook>& book) const {
    std::vector<Example> examples;
    const auto read = [&](const store::Place& place, std::size_t most, float weight) {
        store::Cursor cursor{.change = std::numeric_limits<std::int64_t>::max(), .id = {}};
        std::size_t taken = 0;
        while (taken < most) {
            const auto part =
                database_.read([&](db::ReadTx& tx) { return store::before(tx, place, cursor, sheets_of_part); });
            for (const auto& one : part) {
                if (taken == most)
                    break;
                if (one.sheet.topic) {
                    examples.push_back(example_of(one.sheet, weight));
                    ++taken;
                }
            }
            if (static_cast<std::int64_t>(part.size()) < sheets_of_part)
                break;
            cursor = part.back().cursor;
        }
    };
    read(shelf.place(), most_sheets, 1);
    const std::size_t own = examples.size();
    if (own < enough_of_its_own) {
        for (Example& example : examples)
            example.weight = weight_of_own;
        for (const store::ShelfState& other : all) {
            if (other.municipality_id == shelf.municipality_id && other.desk_id != shelf.desk_id &&
                examples.size() < own + most_of_others)
                read(other.place(), own + most_of_others - examples.size(), 1);
        }
    }
    auto learned = std::make_shared<Learned>(Learned{.model = fresh_model(*book),
                                                     .last_change = shelf.last_change,
                                                     .basis = SuggestionBasis::words,
                                                     .sheets = 0,
                                                     .followed = 0,
                                                     .at = std::chrono::steady_clock::now()});
    if (examples.size() >= fewest_sheets) {
        learned->model.learn(examples);
        learned->sheets = static_cast<std::int64_t>(examples.size());
        learned->basis = examples.size() > own ? SuggestionBasis::municipality : SuggestionBasis::desk;
    }
    return learned;
}

std::shared_ptr<const SuggestionService::Learned> SuggestionService::follow(const Learned& before,
                                                                            const store::ShelfState& shelf) const {
    if (before.basis == SuggestionBasis::words)
        return nullptr;
    const auto changed = database_.read([&](db::ReadTx& tx) {
        return store::behind(tx, shelf.place(), {.change = before.last_change, .id = "~"}, followed_at_most + 1);
    });
    const auto count = static_cast<std::int64_t>(changed.size());
    if (before.followed + count > followed_at_most)
        return nullptr;
    auto learned = std::make_shared<Learned>(before);
    for (const auto& one : changed) {
        if (one.sheet.topic)
            learned->model.follow(example_of(one.sheet, 1));
    }
    learned->last_change =
        changed.empty() ? shelf.last_change : std::max(shelf.last_change, changed.back().cursor.change);
    learned->followed += count;
    return learned;
}

bool SuggestionService::advance() {
    auto shelves = database_.read([](db::ReadTx& tx) { return store::shelves(tx); });
    const auto book = packs_.codes();
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::pair<store::ShelfState, std::shared_ptr<const Learned>>> waiting;
    {
        const std::lock_guard lock(mutex_);
        if (book != book_) {
            book_ = book;
            for (auto& [desk, slot] : slots_)
                slot.learned.reset();
        }
        std::size_t models = 0;
        for (const auto& [desk, slot] : slots_)
            models += slot.learned ? 1U : 0U;
        for (const auto& shelf : shelves) {
            const auto slot = slots_.find(shelf.desk_id);
            const bool asked = slot != slots_.end() && slot->second.asked > 0;
            const auto learned = slot == slots_.end() ? nullptr : slot->second.learned;
            if (learned && now < slot->second.rests_until)
                continue;
            if (learned ? learned->last_change < shelf.last_change : asked || models < most_models)
                waiting.emplace_back(shelf, learned);
        }
        // Whoever asked last comes first.
        std::ranges::stable_sort(waiting, std::greater(), [&](const auto& one) {
            const auto slot = slots_.find(one.first.desk_id);
            return slot == slots_.end() ? std::int64_t{0} : slot->second.asked;
        });
    }
    if (waiting.empty())
        return false;
    const auto& [shelf, before] = waiting.front();
    auto learned = before ? follow(*before, shelf) : nullptr;
    if (!learned && before && before->basis == SuggestionBasis::desk && now < before->at + shortest_rest) {
        const std::lock_guard lock(mutex_);
        slots_[shelf.desk_id].rests_until = before->at + shortest_rest;
        return true;
    }
    if (!learned)
        learned = learn(shelf, shelves, book);
    keep(shelf.desk_id, std::move(learned));
    return true;
}

void SuggestionService::keep(const core::DeskId& desk, std::shared_ptr<const Learned> learned) {
    const std::lock_guard lock(mutex_);
    slots_[desk].learned = std::move(learned);
    std::size_t models = 0;
    auto least = slots_.end();
    for (auto slot = slots_.begin(); slot != slots_.end(); ++slot) {
        if (!slot->second.learned)
            continue;
        ++models;
        if (slot->first != desk && (least == slots_.end() || slot->second.asked < least->second.asked))
            least = slot;
    }
    if (models > most_models && least != slots_.end())
        slots_.erase(least);
}

}  // namespace tsunagi::suggestions
