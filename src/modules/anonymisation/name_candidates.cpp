// SPDX-License-Identifier: Apache-2.0
// Names of people and places: those that are known, those that MeCab knows, and what stands before さん or 先生.
#include <algorithm>
#include <array>
#include <map>

#include "modules/anonymisation/candidates.hpp"

namespace tsunagi::anonymisation {
namespace {

/// Between the parts of a name, or between its letters where somebody spaced them.
bool is_gap(char32_t letter) {
    return is_blank(letter) || letter == 0x30FB || letter == U'.' || letter == U'-' || letter == 0x3000;
}

std::vector<std::u32string> parts_of(std::u32string_view letters) {
    std::vector<std::u32string> parts(1);
    for (const char32_t letter : letters) {
        if (is_gap(letter)) {
            parts.emplace_back();
        } else {
            parts.back() += letter;
        }
    }
    std::erase_if(parts, [](const auto& part) { return part.empty(); });
    return parts;
}

/// Family and given name where nothing stands between them.
std::vector<std::u32string> split_name(const std::u32string& name, const Dictionary& dictionary) {
    const auto words = dictionary.words(name);
    if (words.size() == 2 && words.front().to == words.back().from && words.back().to == name.size())
        return {name.substr(0, words.front().to), name.substr(words.back().from)};
    const std::size_t family = name.size() <= 2 ? 1 : name.size() <= 4 ? 2 : name.size() - 2;
    return name.size() < 2 ? std::vector{name} : std::vector{name.substr(0, family), name.substr(family)};
}

/// Hepburn's spelling of katakana, enough to find a name; empty when there is something else in it.
std::u32string romaji(std::u32string_view katakana) {
    // From 0x30A1 on, small letters among them: a row of the table for each.
    static constexpr std::array<const char*, 86> table{
        "a",  "a",  "i",  "i",  "u",   "u",  "e",  "e",  "o",  "o",  "ka", "ga", "ki", "gi", "ku",  "gu", "ke", "ge",
        "ko", "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "",   "tsu",
        "zu", "te", "de", "to", "do",  "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi",  "pi", "fu", "bu",
        "pu", "he", "be", "pe", "ho",  "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu",  "yu", "yo", "yo",
        "ra", "ri", "ru", "re", "ro",  "wa", "wa", "i",  "e",  "o",  "n",  "vu", "ka", "ke"};
    std::string result;
    for (std::size_t i = 0; i < katakana.size(); ++i) {
        const char32_t letter = katakana[i];
        if (letter == 0x30FC)
            continue;
        if (letter < 0x30A1 || letter > 0x30F6)
            return {};
        const std::string row = table[letter - 0x30A1];
        const bool small_y = letter == 0x30E3 || letter == 0x30E5 || letter == 0x30E7;
        if (small_y && result.size() >= 2 && result.back() == 'i') {
            result.pop_back();
            const bool soft = result.ends_with("sh") || result.ends_with("ch") || result.ends_with("j");
            result += soft ? row.substr(1) : row;
        } else {
            result += row;
        }
    }
    return {result.begin(), result.end()};
}

/// Long vowels as most people spell their names: Taro, Ono.
std::u32string shorter(std::u32string_view latin) {
    std::u32string result;
    for (const char32_t letter : latin) {
        const char32_t last = result.empty() ? U' ' : result.back();
        if ((last == U'o' && (letter == U'u' || letter == U'o')) || (last == U'u' && letter == U'u'))
            continue;
        result += letter;
    }
    return result;
}

void add(std::vector<Sought>& list, std::u32string sounds, const KnownPerson& person, const std::string& identity,
         bool part) {
    if (sounds.empty() || std::ranges::any_of(list, [&](const Sought& one) { return one.sounds == sounds; }))
        return;
    const auto kind = person.source == MarkSource::person ? MarkKind::own_name : MarkKind::person_name;
    list.push_back({std::move(sounds), kind, person.source, identity, "", part});
}

std::u32string joined(const std::vector<std::u32string>& parts) {
    std::u32string result;
    for (const auto& part : parts)
        result += part;
    return result;
}

/// As `sounds_of`, of letters.
std::u32string sounds(const std::u32string& letters) {
    return sounds_of(to_utf8(letters), {});
}

void add_person(std::vector<Sought>& list, const KnownPerson& person, const AnonymisationWords& words,
                const Dictionary& dictionary) {
    auto parts = parts_of(letters_of(person.name, words.same));
    if (parts.empty() && person.kana.empty())
        return;
    const std::u32string whole = joined(parts);
    const std::string identity = to_utf8(person.name.empty() ? letters_of(person.kana, words.same) : whole);
    if (parts.size() == 1 && whole.size() >= 2 && std::ranges::all_of(whole, is_kanji))
        parts = split_name(whole, dictionary);
    add(list, sounds(whole), person, identity, parts.size() < 2 && whole.size() < 3);
    if (parts.size() == 2)
        add(list, sounds(parts[1] + parts[0]), person, identity, false);
    for (const auto& part : parts)
        add(list, sounds(part), person, identity, true);
    const auto kana = parts_of(letters_of(person.kana, words.same));
    add(list, sounds(joined(kana)), person, identity, kana.size() < 2);
    if (person.source != MarkSource::person)
        return;  // of others a reading alone is too often another word
    for (const auto& part : kana)
        add(list, sounds(part), person, identity, true);
    // Small kana are told apart here: Sho and Shiyo are two names.
    std::vector<std::u32string> latin;
    for (const auto& part : kana) {
        std::u32string katakana;
        for (const char32_t letter : part)
            katakana += letter >= 0x3041 && letter <= 0x3096 ? letter + 0x60 : letter;
        latin.push_back(romaji(katakana));
    }
    if (latin.size() != 2 || latin[0].empty() || latin[1].empty())
        return;
    for (const auto& [family, given] :
         {std::pair(latin[0], latin[1]), std::pair(shorter(latin[0]), shorter(latin[1]))}) {
        add(list, family + given, person, identity, false);
        add(list, given + family, person, identity, false);
        for (const auto& part : {family, given}) {
            if (part.size() >= 3)
                add(list, part, person, identity, true);
        }
    }
}

/// Whether what was found is a word of its own and no piece of another one.
bool stands_alone(const WrittenText& text, std::size_t from, std::size_t to, const Sought& wanted,
                  const AnonymisationWords& words) {
    const auto rest = std::u32string_view(text.letters).substr(to);
    if (!starts_with_one_of(rest, words.polite).empty() || !starts_with_one_of(rest, words.titles).empty())
        return true;
    const char32_t before = from > 0 ? text.letters[from - 1] : U' ';
    const char32_t behind = to < text.size() ? text.letters[to] : U' ';
    const char32_t first = text.letters[from];
    const std::size_t length = wanted.sounds.size();
    const auto latin = [](char32_t letter) {
        return (letter >= U'a' && letter <= U'z') || (letter >= U'A' && letter <= U'Z');
    };
    if (latin(first))
        return !latin(before) && !latin(behind);
    if (is_kana(first)) {
        if (length >= 3 && wanted.source == MarkSource::person)
            return true;
        const bool hiragana = first <= 0x309F;
        const auto same = [&](char32_t letter) { return is_kana(letter) && (letter <= 0x309F) == hiragana; };
        return length >= 2 && !same(before) && !same(behind);
    }
    if (length >= 2)
        return wanted.source == MarkSource::person || !is_kanji(before) || !is_kanji(behind);
    return !is_kanji(before) && !is_kanji(behind);
}

}  // namespace

std::u32string_view starts_with_one_of(std::u32string_view letters, const WordList& list) {
    for (const auto& word : list) {
        if (letters.starts_with(word))
            return word;
    }
    return {};
}

std::vector<Sought> sought(const Known& known, const AnonymisationWords& words, const Dictionary& dictionary) {
    std::vector<Sought> result;
    for (const auto& person : known.people)
        add_person(result, person, words, dictionary);
    for (const auto& one : known.texts) {
        auto sounds = sounds_of(one.text, words.same);
        if (sounds.size() >= 2)
            result.push_back({std::move(sounds), one.kind, one.source, to_utf8(letters_of(one.text, words.same)),
                              one.replacement, false});
    }
    return result;
}

std::vector<Candidate> known_candidates(const WrittenText& text, const std::vector<Sought>& sought,
                                        const AnonymisationWords& words) {
    std::multimap<char32_t, const Sought*> by_first;
    for (const Sought& one : sought)
        by_first.emplace(one.sounds.front(), &one);
    std::vector<Candidate> result;
    for (std::size_t from = 0; from < text.size(); ++from) {
        for (auto [one, end] = by_first.equal_range(text.sounds[from]); one != end; ++one) {
            const Sought& wanted = *one->second;
            std::size_t at = from;
            std::size_t found = 0;
            std::size_t gap = 0;
            while (at < text.size() && found < wanted.sounds.size()) {
                if (text.sounds[at] == wanted.sounds[found]) {
                    ++found;
                    gap = 0;
                } else if (!is_gap(text.letters[at]) || ++gap > 2) {
                    break;
                }
                ++at;
            }
            if (found < wanted.sounds.size() || (wanted.part && !stands_alone(text, from, at, wanted, words)))
                continue;
            // A gap inside a part of a name is rather the end of one word and the beginning of another.
            if (wanted.part && at - from != wanted.sounds.size())
                continue;
            result.push_back({from, at, wanted.kind, wanted.source, wanted.identity, wanted.replacement});
        }
    }
    return result;
}

namespace {

/// Letters that end a word of a sentence rather than belong to a name.
bool is_particle(char32_t letter) {
    static constexpr std::u32string_view particles = U"\u306E\u306F\u304C\u3092\u306B\u3067\u3068\u3082\u3078\u3084";
    return particles.find(letter) != std::u32string_view::npos;
}

/// Before a polite word or a title: the letters of one sort that might be a name.
std::size_t name_begins(std::u32string_view letters, std::size_t end) {
    const auto sort = [](char32_t letter) {
        if (is_kanji(letter) || letter == 0x30F6 || letter == 0x30B1)
            return 1;
        if (letter >= 0x30A1 && letter <= 0x30FC)
            return 2;
        return letter >= 0x3041 && letter <= 0x3096 ? 3 : 0;
    };
    const int wanted = sort(letters[end - 1]);
    std::size_t begin = end;
    while (wanted != 0 && begin > 0 && end - begin < 10 && sort(letters[begin - 1]) == wanted &&
           !(wanted == 3 && is_particle(letters[begin - 1])))
        --begin;
    // Given names of women that end in a kanji.
    if (wanted == 1 && end - begin == 1) {
        std::size_t kana = begin;
        while (kana > 0 && begin - kana < 3 && sort(letters[kana - 1]) == 3 && !is_particle(letters[kana - 1]))
            --kana;
        if (begin - kana >= 2)
            begin = kana;
    }
    return begin;
}

/// Words before which an honour stands name a relation and nobody.
bool follows_an_honour(std::u32string_view letters, std::size_t begin) {
    return begin > 0 && (letters[begin - 1] == 0x304A || letters[begin - 1] == 0x3054);
}

bool is_name(const std::u32string& name, bool polite, const AnonymisationWords& words) {
    if (name.empty() || name.size() > 6 || name.front() == 0x304A || words.nobody.contains(name))
        return false;
    if (name.size() < 2 && !is_kanji(name.front()))
        return false;
    if (std::ranges::find(words.titles, name) != words.titles.end() ||
        std::ranges::find(words.generic, name) != words.generic.end())
        return false;
    const auto ends = [&](const std::u32string& word) { return name.ends_with(word); };
    if (std::ranges::any_of(words.titles, ends) || std::ranges::any_of(words.facilities_behind, ends))
        return false;
    // Before a title stands rather a ward or a calling than a longer name.
    return polite || (name.size() <= 4 && std::ranges::all_of(name, is_kanji));
}

}  // namespace

std::vector<Candidate> name_candidates(const WrittenText& text, const std::vector<Word>& parsed,
                                       const AnonymisationWords& words) {
    using Sort = Word::Sort;
    const std::u32string_view letters = text.letters;
    const auto is_person = [](Sort sort) {
        return sort == Sort::family_name || sort == Sort::given_name || sort == Sort::person;
    };
    std::vector<Candidate> result;
    for (std::size_t i = 0; i < parsed.size(); ++i) {
        const std::size_t first = i;
        if (is_person(parsed[i].sort)) {
            while (i + 1 < parsed.size() && is_person(parsed[i + 1].sort) && parsed[i + 1].from - parsed[i].to <= 1)
                ++i;
            const std::size_t from = parsed[first].from;
            const std::size_t to = parsed[i].to;
            const auto rest = letters.substr(to);
            const bool addressed =
                !starts_with_one_of(rest, words.polite).empty() || !starts_with_one_of(rest, words.titles).empty();
            const std::u32string name(letters.substr(from, to - from));
            if (words.nobody.contains(name) || (!addressed && words.not_names.contains(name)))
                continue;
            const bool kanji = std::ranges::all_of(name, [](char32_t one) { return is_kanji(one) || is_gap(one); });
            if (addressed || (name.size() >= 2 && (kanji || first != i)))
                result.push_back({from, to, MarkKind::person_name, MarkSource::dictionary});
        } else if (parsed[i].sort == Sort::name) {
            const std::u32string name(letters.substr(parsed[i].from, parsed[i].to - parsed[i].from));
            if (name.size() >= 2 && std::ranges::all_of(name, is_kanji) && !words.not_names.contains(name))
                result.push_back({parsed[i].from, parsed[i].to, MarkKind::place, MarkSource::dictionary});
        } else if (parsed[i].sort == Sort::place) {
            std::size_t to = parsed[i].to;
            while (i + 1 < parsed.size() && parsed[i + 1].from == to &&
                   (parsed[i + 1].sort == Sort::place_end || parsed[i + 1].sort == Sort::place))
                to = parsed[++i].to;
            const std::u32string name(letters.substr(parsed[first].from, to - parsed[first].from));
            if (name.size() >= 2 && !words.not_names.contains(name))
                result.push_back({parsed[first].from, to, MarkKind::place, MarkSource::dictionary});
        }
    }
    // What stands before a polite word or a title is somebody, whatever the dictionary says.
    for (std::size_t end = 1; end < letters.size(); ++end) {
        const bool polite = !starts_with_one_of(letters.substr(end), words.polite).empty();
        if (!polite && starts_with_one_of(letters.substr(end), words.titles).empty())
            continue;
        std::size_t begin = name_begins(letters, end);
        for (bool cut = true; cut;) {
            const auto word = starts_with_one_of(letters.substr(begin, end - begin), words.relations);
            cut = !word.empty() && word.size() < end - begin;
            if (cut)
                begin += word.size();
        }
        const std::u32string name(letters.substr(begin, end - begin));
        if (is_name(name, polite, words) && !follows_an_honour(letters, begin) &&
            (name.size() > 1 || begin == 0 || !is_kanji(letters[begin - 1])))
            result.push_back({begin, end, MarkKind::person_name, MarkSource::form});
    }
    return result;
}

}  // namespace tsunagi::anonymisation
