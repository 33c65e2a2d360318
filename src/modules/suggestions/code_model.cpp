// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/code_model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <unordered_map>

namespace tsunagi::suggestions {
namespace {

constexpr std::size_t largest_vocabulary = 2400;
constexpr std::uint32_t unknown = 0xFFFFFFFF;
/// Before anything is learned: a word of the list speaks for its code, and without one a code is unlikely.
constexpr float listed_at_first = 2.5F;
constexpr float bias_at_first = -1.5F;
constexpr float unsaid = -1;
constexpr int rounds = 12;
constexpr float pace = 0.4F;
constexpr float decay = 2e-5F;
/// A correction is learned in so many steps at most.
constexpr int most_steps = 12;
constexpr float likely = 0.5F;
/// A topic must be likelier than this.
constexpr float likely_topic = 0.4F;
/// When nothing but kana speaks for a code, it must be likelier than this.
constexpr float likely_by_kana = 0.8F;
/// So much of the score must come from the text.
constexpr float least_sum = 0.3F;
constexpr std::size_t most_words = 3;
/// A word is shown when so much of what speaks for the code comes from it.
constexpr float least_share = 0.1F;

float logistic(float score) {
    return 1.0F / (1.0F + std::exp(-score));
}

}  // namespace

CodeModel::CodeModel(std::vector<CodeKey> codes, std::shared_ptr<const CodeWords> words, const search::Folding& folding)
    : codes_(std::move(codes)), words_(std::move(words)), folding_(&folding) {
    std::ranges::stable_partition(codes_, [](const CodeKey& one) { return one.scheme == "topic"; });
    topics_ = static_cast<std::size_t>(std::ranges::count(codes_, std::string("topic"), &CodeKey::scheme));
    listed_.assign(codes_.size(), listed_at_first);
    bias_.assign(codes_.size(), bias_at_first);
}

std::uint32_t CodeModel::number_of(Letters letters) const {
    const auto found = std::ranges::lower_bound(vocabulary_, letters);
    return found != vocabulary_.end() && *found == letters ? static_cast<std::uint32_t>(found - vocabulary_.begin())
                                                           : unknown;
}

CodeModel::Seen CodeModel::see(const ReadText& text) const {
    Seen seen;
    for (const ReadText::Place& place : text.places) {
        if (const std::uint32_t number = number_of(place.letters); number != unknown)
            seen.letters.push_back(number);
    }
    std::ranges::sort(seen.letters);
    seen.letters.erase(std::unique(seen.letters.begin(), seen.letters.end()), seen.letters.end());
    // Long texts do not shout.
    seen.scale = 3.0F / std::sqrt(static_cast<float>(seen.letters.size()) + 10.0F);
    seen.listed.reserve(codes_.size());
    for (const CodeKey& code : codes_)
        seen.listed.push_back(find_words(*words_, code, text).empty() ? 0.0F : 1.0F);
    return seen;
}

std::vector<float> CodeModel::scores(const Seen& seen) const {
    std::vector<float> result(codes_.size(), 0.0F);
    for (const std::uint32_t number : seen.letters) {
        const float* weights = &weights_[number * codes_.size()];
        for (std::size_t c = 0; c < codes_.size(); ++c)
            result[c] += weights[c];
    }
    for (std::size_t c = 0; c < codes_.size(); ++c)
        result[c] = result[c] * seen.scale + bias_[c] + listed_[c] * seen.listed[c];
    return result;
}

void CodeModel::to_likelihoods(std::vector<float>& scores) const {
    const auto topics = std::span(scores).first(topics_);
    if (!topics.empty()) {
        const float highest = std::ranges::max(topics);
        float sum = 0;
        for (float& one : topics) {
            one = std::exp(one - highest);
            sum += one;
        }
        for (float& one : topics)
            one /= sum;
    }
    for (float& one : std::span(scores).subspan(topics_))
        one = logistic(one);
}

void CodeModel::choose_vocabulary(const std::vector<Example>& examples) {
    // First which letters stand in several sheets at all: most stand in one.
    std::unordered_map<Letters, std::uint32_t> sheets;
    std::vector<Letters> of_sheet;
    const auto each_once = [&](const Example& example) -> const std::vector<Letters>& {
        of_sheet.clear();
        for (const ReadText::Place& place : read_text(example.text, *folding_).places)
            of_sheet.push_back(place.letters);
        std::ranges::sort(of_sheet);
        of_sheet.erase(std::unique(of_sheet.begin(), of_sheet.end()), of_sheet.end());
        return of_sheet;
    };
    for (const Example& example : examples) {
        for (const Letters letters : each_once(example))
            ++sheets[letters];
    }
    const std::uint32_t least = examples.size() > 300 ? 3 : 2;
    std::erase_if(sheets, [&](const auto& one) { return one.second < least; });
    // Then how much each says about any of the codes.
    const std::size_t codes = codes_.size();
    std::unordered_map<Letters, std::uint32_t> rows;
    std::vector<Letters> letters_of_row;
    for (const auto& [letters, count] : sheets) {
        rows.emplace(letters, static_cast<std::uint32_t>(letters_of_row.size()));
        letters_of_row.push_back(letters);
    }
    std::vector<std::uint16_t> together(letters_of_row.size() * codes);
    std::vector<float> of_code(codes);
    for (const Example& example : examples) {
        std::vector<std::size_t> its_codes;
        for (std::size_t c = 0; c < codes; ++c) {
            if (example.codes.contains(codes_[c])) {
                its_codes.push_back(c);
                ++of_code[c];
            }
        }
        for (const Letters letters : each_once(example)) {
            const auto row = rows.find(letters);
            if (row == rows.end())
                continue;
            for (const std::size_t c : its_codes)
                ++together[row->second * codes + c];
        }
    }
    std::vector<std::pair<float, Letters>> ranked;
    const auto all = static_cast<float>(examples.size());
    for (std::size_t row = 0; row < letters_of_row.size(); ++row) {
        const auto holding = static_cast<float>(sheets.at(letters_of_row[row]));
        float best = 0;
        for (std::size_t c = 0; c < codes; ++c) {
            const float expected = holding * of_code[c] / all;
            const float spread = expected * (1 - holding / all) * (1 - of_code[c] / all);
            const float more = static_cast<float>(together[row * codes + c]) - expected;
            if (spread > 0)
                best = std::max(best, more * more / spread);
        }
        ranked.emplace_back(best, letters_of_row[row]);
    }
    std::ranges::sort(ranked, std::greater());
    ranked.resize(std::min(ranked.size(), largest_vocabulary));
    vocabulary_.clear();
    for (const auto& [rank, letters] : ranked)
        vocabulary_.push_back(letters);
    std::ranges::sort(vocabulary_);
}

void CodeModel::learn(const std::vector<Example>& examples) {
    choose_vocabulary(examples);
    const std::size_t codes = codes_.size();
    weights_.assign(vocabulary_.size() * codes, 0.0F);
    listed_.assign(codes, listed_at_first);
    bias_.assign(codes, bias_at_first);

    // What a lesson says of each code: that it is so, that it is not, or nothing.
    struct Lesson {
        Seen seen;
        std::vector<float> wanted;
        float weight = 1;
    };

    std::vector<Lesson> lessons;
    lessons.reserve(examples.size());
    for (const Example& example : examples) {
        lessons.push_back({.seen = see(read_text(example.text, *folding_)), .wanted = {}, .weight = example.weight});
        Lesson& lesson = lessons.back();
        for (const CodeKey& code : codes_)
            lesson.wanted.push_back(example.codes.contains(code) ? 1.0F : 0.0F);
    }
    // Each word of the list is a small sheet of its own, so that a code which the desk has hardly used stays known.
    for (std::size_t c = 0; c < codes; ++c) {
        const auto list = words_->words.find(codes_[c]);
        if (list == words_->words.end())
            continue;
        for (const std::u32string& word : list->second) {
            lessons.push_back({.seen = see(read_text(search::to_utf8(word), *folding_)),
                               .wanted = std::vector<float>(codes, unsaid),
                               .weight = 1});
            Lesson& lesson = lessons.back();
            if (c < topics_)
                std::fill_n(lesson.wanted.begin(), topics_, 0.0F);
            lesson.wanted[c] = 1;
        }
    }
    // Each weight slows down as it has been moved (AdaGrad), so that rare letters are learned as well as common ones.
    std::vector<float> moved(weights_.size(), 1e-2F);
    std::vector<float> moved_listed(codes, 1.0F);
    std::vector<float> moved_bias(codes, 1.0F);
    std::vector<std::size_t> order(lessons.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::uint64_t dice = 88172645463325252ULL;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = order.size(); i > 1; --i) {
            dice ^= dice << 13U;
            dice ^= dice >> 7U;
            dice ^= dice << 17U;
            std::swap(order[i - 1], order[dice % i]);
        }
        for (const std::size_t at : order) {
            const Lesson& lesson = lessons[at];
            const Seen& one = lesson.seen;
            auto off = scores(one);
            to_likelihoods(off);
            for (std::size_t c = 0; c < codes; ++c) {
                off[c] = lesson.wanted[c] < 0 ? 0.0F : (off[c] - lesson.wanted[c]) * lesson.weight;
                const auto step = [&](float& weight, float& so_far, float by) {
                    so_far += by * by;
                    weight -= pace * by / std::sqrt(so_far);
                };
                step(bias_[c], moved_bias[c], off[c]);
                if (one.listed[c] > 0)
                    step(listed_[c], moved_listed[c], off[c]);
            }
            for (const std::uint32_t number : one.letters) {
                float* weights = &weights_[number * codes];
                float* so_far = &moved[number * codes];
                for (std::size_t c = 0; c < codes; ++c) {
                    const float by = off[c] * one.scale + decay * weights[c];
                    so_far[c] += by * by;
                    weights[c] -= pace * by / std::sqrt(so_far[c]);
                }
            }
        }
    }
}

void CodeModel::follow(const Example& example) {
    const Seen seen = see(read_text(example.text, *folding_));
    const std::size_t codes = codes_.size();
    for (int step = 0; step < most_steps; ++step) {
        auto off = scores(seen);
        to_likelihoods(off);
        bool fits = true;
        for (std::size_t c = 0; c < codes; ++c) {
            const float wanted = example.codes.contains(codes_[c]) ? 1.0F : 0.0F;
            off[c] -= wanted;
            if (std::abs(off[c]) < 0.4F)
                off[c] = 0;  // as it should be: what was learned before is left alone
            else
                fits = false;
        }
        if (fits)
            return;
        for (const std::uint32_t number : seen.letters) {
            float* weights = &weights_[number * codes];
            for (std::size_t c = 0; c < codes; ++c)
                weights[c] -= 0.3F * off[c] * seen.scale;
        }
    }
}

CodeModel::Reasons CodeModel::reasons_for(std::size_t code, const ReadText& text, const Seen& seen) const {
    const std::size_t codes = codes_.size();
    // What each letter of the text adds to the code's score; of a topic: beyond what it adds to topics at large.
    std::vector<float> of_letter(text.folded.letters.size());
    for (const ReadText::Place& place : text.places) {
        const std::uint32_t number = number_of(place.letters);
        if (number == unknown)
            continue;
        const float* weights = &weights_[number * codes];
        float weight = weights[code];
        if (code < topics_) {
            for (std::size_t c = 0; c < topics_; ++c)
                weight -= weights[c] / static_cast<float>(topics_);
        }
        for (std::uint32_t i = 0; i < place.length; ++i)
            of_letter[place.begin + i] += weight * seen.scale / static_cast<float>(place.length);
    }
    Reasons reasons;
    reasons.sum = std::accumulate(of_letter.begin(), of_letter.end(), 0.0F) + listed_[code] * seen.listed[code];
    std::vector<Word> words = words_of(text);
    std::vector<std::pair<float, Word>> ranked;
    const auto found = find_words(*words_, codes_[code], text);
    for (const WordFound& one : found) {
        const auto inside = [&](const Word& word) { return word.begin < one.place.end && one.place.begin < word.end; };
        // The word of the list stands for the pieces that it lies in.
        std::erase_if(words, inside);
        if (std::ranges::any_of(ranked, [&](const auto& other) { return inside(other.second); }))
            continue;
        float weight = listed_[code];
        for (std::uint32_t i = one.place.begin; i < one.place.end; ++i)
            weight += of_letter[i];
        ranked.emplace_back(weight, one.place);
        reasons.kana_only = false;
    }
    std::vector<std::pair<float, Word>> of_kana;
    for (Word word : words) {
        const search::Script script = text.scripts[word.begin];
        // Of a long row of kanji the part that speaks for the code.
        if (script == search::Script::kanji && word.end - word.begin > 4) {
            while (word.end - word.begin > 2 && of_letter[word.begin] <= 0)
                ++word.begin;
            while (word.end - word.begin > 2 && of_letter[word.end - 1] <= 0)
                --word.end;
        }
        const float weight = std::accumulate(of_letter.begin() + word.begin, of_letter.begin() + word.end, 0.0F);
        if (weight <= 0)
            continue;
        if (script == search::Script::hiragana) {
            of_kana.emplace_back(weight, word);
        } else {
            ranked.emplace_back(weight, word);
            reasons.kana_only = false;
        }
    }
    if (reasons.kana_only)
        ranked = std::move(of_kana);
    std::ranges::stable_sort(ranked, std::greater(), &std::pair<float, Word>::first);
    float sum = 0;
    for (const auto& [weight, word] : ranked)
        sum += std::max(weight, 0.0F);
    for (const auto& [weight, word] : ranked) {
        if (reasons.words.size() == most_words || weight <= 0 || (weight < least_share * sum && !reasons.words.empty()))
            break;
        auto written = original_of(text, word);
        if (std::ranges::find(reasons.words, written) == reasons.words.end())
            reasons.words.push_back(std::move(written));
    }
    return reasons;
}

std::vector<Suggestion> CodeModel::suggest(const std::string& typed) const {
    const ReadText text = read_text(typed, *folding_);
    const Seen seen = see(text);
    auto likelihood = scores(seen);
    to_likelihoods(likelihood);
    std::vector<Suggestion> result;
    const auto add = [&](std::size_t code) {
        Suggestion one;
        Reasons reasons = reasons_for(code, text, seen);
        // Habit alone is no reason.
        if (reasons.words.empty() || reasons.sum < least_sum ||
            (reasons.kana_only && likelihood[code] < likely_by_kana))
            return;
        one.words = std::move(reasons.words);
        one.scheme = record::CodeName(codes_[code].scheme);
        one.code = record::CodeName(codes_[code].code);
        one.likelihood = std::lround(likelihood[code] * 100);
        const auto found = find_words(*words_, codes_[code], text);
        one.suspected =
            codes_[code].scheme == "element" && !found.empty() && std::ranges::all_of(found, &WordFound::doubted);
        result.push_back(std::move(one));
    };
    const auto topics = std::span(likelihood).first(topics_);
    if (!topics.empty()) {
        const auto best = std::ranges::max_element(topics);
        if (*best >= likely_topic)
            add(static_cast<std::size_t>(best - topics.begin()));
    }
    const std::size_t first = result.size();
    for (std::size_t c = topics_; c < codes_.size(); ++c) {
        if (likelihood[c] >= likely)
            add(c);
    }
    const auto scheme_of = [](const Suggestion& one) {
        return std::ranges::find(suggested_schemes(), one.scheme.value) - suggested_schemes().begin();
    };
    std::stable_sort(result.begin() + static_cast<std::ptrdiff_t>(first), result.end(),
                     [&](const Suggestion& one, const Suggestion& other) {
                         return std::pair(scheme_of(one), -one.likelihood) <
                                std::pair(scheme_of(other), -other.likelihood);
                     });
    return result;
}

}  // namespace tsunagi::suggestions
