// SPDX-License-Identifier: Apache-2.0
#include "modules/similarities/similarity_rules.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <unordered_map>

namespace tsunagi::similarities {
namespace {

using search::Script;

/// What a common code weighs when it is rare. What the handbook's element matrix is made of weighs most.
constexpr double element_weight = 4;
constexpr double subtopic_weight = 4;
constexpr double treatment_weight = 3;
constexpr double relisted_weight = 3;
constexpr double topic_weight = 2;
constexpr double scene_weight = 2;
constexpr double household_weight = 2;
constexpr double age_weight = 1;
constexpr double care_weight = 1;
constexpr double district_weight = 1;
constexpr double illness_weight = 4;
/// What all words of the question together weigh.
constexpr double words_weight = 14;
/// BM25, with the usual settings.
constexpr double saturation = 1.2;
constexpr double length_share = 0.5;
constexpr double usual_pairs = 120;
/// Pairs that more than this part of the cases hold say nothing.
constexpr double too_common = 0.33;
constexpr std::int64_t few_cases = 50;
constexpr double least_score = 3;

/// A text, folded, with where pairs of letters of one word stand: two kanji, two katakana, two Latin letters.
struct Pairs {
    search::FoldedText folded;
    std::vector<bool> begins;  ///< of each letter: it and the next one are a pair
};

bool side_by_side(Script one, Script other) {
    return one == other && (one == Script::kanji || one == Script::katakana || one == Script::latin);
}

Pairs pairs_of(std::string_view text, const search::Folding& folding) {
    Pairs pairs{.folded = folding.fold_with_places(text), .begins = {}};
    const auto scripts = search::scripts_of(pairs.folded, text);
    pairs.begins.resize(scripts.size());
    for (std::size_t i = 0; i + 1 < scripts.size(); ++i) {
        // What stood apart in the original is no word; a long vowel mark that folding took away is no gap.
        pairs.begins[i] = side_by_side(scripts[i], scripts[i + 1]) &&
                          pairs.folded.from[i + 1] - pairs.folded.to[i] <= (scripts[i] == Script::katakana ? 3U : 0U);
    }
    return pairs;
}

search::Key key_at(const Pairs& pairs, std::size_t at) {
    return search::key_of(pairs.folded.letters[at], pairs.folded.letters[at + 1]);
}

void add_codes(std::map<std::string, double>& out, const consultations::ConsultationSheet& sheet) {
    const auto add = [&](const std::string& scheme, const std::string& code, double weight) {
        out.emplace(scheme + ":" + code, weight);
    };
    const auto maybe = [&](const std::string& scheme, const auto& code, double weight) {
        if (code)
            add(scheme, code->value, weight);
    };
    for (const auto& element : sheet.elements)
        add("element", element.element.value, element_weight);
    maybe("topic", sheet.topic, topic_weight);
    maybe("subtopic", sheet.subtopic, subtopic_weight);
    for (const auto& scene : sheet.scenes)
        add("scene", scene.value, scene_weight);
    for (const auto& mark : sheet.relisted)
        add("relisted", mark.value, relisted_weight);
    for (const auto& treatment : sheet.treatments)
        add("treatment", treatment.value, treatment_weight);
    maybe("age_band", sheet.age_band, age_weight);
    maybe("household", sheet.household, household_weight);
    maybe("care_level", sheet.care_level, care_weight);
}

/// One illness is the other, or a part of it. What many have ("not known") weighs less.
double illness_in_common(const Question& question, const Commonness& commonness, const std::string& other,
                         const search::Folding& folding) {
    const std::string illness = search::to_utf8(folding.fold(other));
    if (illness.empty() || question.illness.empty() ||
        (illness.find(question.illness) == std::string::npos && question.illness.find(illness) == std::string::npos))
        return 0;
    const Pairs pairs = pairs_of(other, folding);
    double rarity = 0;
    int count = 0;
    for (std::size_t i = 0; i < pairs.begins.size(); ++i) {
        if (!pairs.begins[i])
            continue;
        const auto asked = std::ranges::find(question.pairs, key_at(pairs, i));
        if (asked == question.pairs.end())
            continue;
        const auto place = static_cast<std::size_t>(asked - question.pairs.begin());
        rarity += commonness.rarity(place < commonness.pairs.size() ? commonness.pairs[place] : 1);
        ++count;
    }
    return illness_weight * (count == 0 ? 1 : rarity / count);
}

/// What the words of the other case that stand in the question say, each once, as they stand there.
void add_words(std::vector<CommonPoint>& points, const Question& question, const Commonness& commonness,
               const consultations::ConsultationSheet& other, const search::Folding& folding) {
    std::unordered_map<search::Key, std::size_t> places;
    double whole = 0;
    std::vector<double> rarities(question.pairs.size());
    for (std::size_t i = 0; i < question.pairs.size(); ++i) {
        places.emplace(question.pairs[i], i);
        const std::int64_t holding = commonness.pairs.empty() ? 0 : commonness.pairs[i];
        const bool common = commonness.cases >= few_cases &&
                            static_cast<double>(holding) > too_common * static_cast<double>(commonness.cases);
        rarities[i] = common ? 0 : commonness.rarity(holding);
        whole += rarities[i];
    }
    if (whole <= 0)
        return;
    // A word is as long as pairs of the question follow each other; each pair counts for the first word it stands in.
    std::vector<double> count(question.pairs.size());
    std::vector<std::pair<std::string, std::vector<std::size_t>>> words;
    std::set<std::size_t> taken;
    double length = 0;
    for (const std::string_view text : {std::string_view(other.subject.value), std::string_view(other.request.value),
                                        std::string_view(other.background.value)}) {
        const Pairs pairs = pairs_of(text, folding);
        for (std::size_t at = 0; at < pairs.begins.size();) {
            std::vector<std::size_t> of_word;
            const std::size_t begin = at;
            while (at < pairs.begins.size() && pairs.begins[at]) {
                const auto place = places.find(key_at(pairs, at));
                if (place == places.end())
                    break;
                ++at;
                ++length;
                // What is too common says nothing, but it belongs to the word.
                if (rarities[place->second] <= 0)
                    continue;
                ++count[place->second];
                if (taken.insert(place->second).second)
                    of_word.push_back(place->second);
            }
            if (!of_word.empty()) {
                const std::size_t from = pairs.folded.from[begin];
                words.emplace_back(std::string(text.substr(from, pairs.folded.to[at] - from)), std::move(of_word));
            }
            if (at == begin) {
                length += pairs.begins[at] ? 1 : 0;
                ++at;
            }
        }
    }
    const double slow = saturation * (1 - length_share + length_share * length / usual_pairs);
    for (auto& [word, of_word] : words) {
        double weight = 0;
        for (const std::size_t pair : of_word)
            weight += rarities[pair] * count[pair] * (saturation + 1) / (count[pair] + slow);
        weight *= words_weight / (whole * (saturation + 1));
        const auto known = std::ranges::find_if(
            points, [&](const CommonPoint& one) { return one.kind == PointKind::word && one.text == word; });
        if (known != points.end()) {
            known->weight += weight;
        } else {
            points.push_back({.kind = PointKind::word, .scheme = {}, .code = {}, .text = word, .weight = weight});
        }
    }
}

}  // namespace

double Commonness::rarity(std::int64_t holding) const {
    const double all = std::max(1.0, static_cast<double>(cases));
    const double rare = std::log(1 + all);
    return std::log(1 + all / std::max(1.0, static_cast<double>(holding))) / rare;
}

std::vector<std::string_view> texts_of(const consultations::ConsultationSheet& sheet) {
    return {sheet.illness.value, sheet.subject.value, sheet.request.value, sheet.background.value};
}

std::vector<std::string> codes_of(const consultations::ConsultationSheet& sheet) {
    std::map<std::string, double> codes;
    add_codes(codes, sheet);
    std::vector<std::string> result;
    for (const auto& [code, weight] : codes)
        result.push_back(code);
    return result;
}

Question question_of(const consultations::ConsultationSheet& sheet, const search::Folding& folding) {
    Question question;
    add_codes(question.codes, sheet);
    if (sheet.district_id)
        question.district = sheet.district_id->str();
    question.illness = search::to_utf8(folding.fold(sheet.illness.value));
    std::set<search::Key> known;
    for (const std::string_view text : texts_of(sheet)) {
        const Pairs pairs = pairs_of(text, folding);
        for (std::size_t i = 0; i < pairs.begins.size() && question.pairs.size() < most_pairs; ++i) {
            if (pairs.begins[i] && known.insert(key_at(pairs, i)).second)
                question.pairs.push_back(key_at(pairs, i));
        }
    }
    return question;
}

std::vector<CommonPoint> common_points(const Question& question, const Commonness& commonness,
                                       const consultations::ConsultationSheet& other, const search::Folding& folding) {
    std::vector<CommonPoint> points;
    for (const std::string& code : codes_of(other)) {
        const auto asked = question.codes.find(code);
        if (asked == question.codes.end())
            continue;
        const auto holding = commonness.codes.find(code);
        const double rarity = commonness.rarity(holding == commonness.codes.end() ? 1 : holding->second);
        const std::size_t mark = code.find(':');
        points.push_back({.kind = PointKind::code,
                          .scheme = code.substr(0, mark),
                          .code = code.substr(mark + 1),
                          .text = {},
                          .weight = asked->second * rarity});
    }
    if (other.district_id && other.district_id->str() == question.district)
        points.push_back({.kind = PointKind::district,
                          .scheme = {},
                          .code = question.district,
                          .text = {},
                          .weight = district_weight});
    if (const double illness = illness_in_common(question, commonness, other.illness.value, folding); illness > 0)
        points.push_back(
            {.kind = PointKind::illness, .scheme = {}, .code = {}, .text = other.illness.value, .weight = illness});
    add_words(points, question, commonness, other, folding);
    std::ranges::stable_sort(points, std::greater(), &CommonPoint::weight);
    return points;
}

double score_of(const std::vector<CommonPoint>& points) {
    return std::accumulate(points.begin(), points.end(), 0.0,
                           [](double sum, const CommonPoint& one) { return sum + one.weight; });
}

bool is_alike(const std::vector<CommonPoint>& points) {
    static const std::set<std::string> background{"age_band", "care_level", "topic", "scene"};
    return score_of(points) >= least_score && std::ranges::any_of(points, [](const CommonPoint& one) {
               return one.kind == PointKind::word || one.kind == PointKind::illness ||
                      (one.kind == PointKind::code && !background.contains(one.scheme));
           });
}

}  // namespace tsunagi::similarities
