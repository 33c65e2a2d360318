// SPDX-License-Identifier: Apache-2.0
#include "modules/search/search_query.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"

namespace tsunagi::search {
namespace {

constexpr std::size_t most_terms = 10;
constexpr std::size_t most_alternatives = 12;
/// A passage shows this many letters before its first mark, and this many in all.
constexpr std::size_t letters_before = 24;
constexpr std::size_t letters_shown = 110;
constexpr std::size_t most_passages = 3;

// ---- What was typed

struct Token {
    std::string text;
    bool excluded = false;
    bool phrase = false;
};

struct Letter {
    char32_t letter;
    std::string_view bytes;
};

/// The text was checked to be UTF-8.
std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> result;
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        const std::string_view bytes = text.substr(at, length);
        char32_t letter = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t i = 1; i < bytes.size(); ++i)
            letter = letter << 6U | (static_cast<unsigned char>(bytes[i]) & 0x3FU);
        result.push_back({letter, bytes});
        at += length;
    }
    return result;
}

bool is_blank(char32_t letter) {
    return letter <= U' ' || letter == 0x3000 || letter == 0xA0;
}

/// What closes a quotation that this letter opens; 0 when it opens none.
char32_t closing(char32_t letter) {
    switch (letter) {
        case U'"':
        case 0xFF02:
        case 0x201D:
            return letter;
        case 0x201C:
            return 0x201D;
        case 0x300C:
            return 0x300D;
        case 0x300E:
            return 0x300F;
        default:
            return 0;
    }
}

/// Whatever an input method makes of the hyphen key.
bool is_minus(char32_t letter) {
    return letter == U'-' || letter == 0xFF0D || letter == 0x2212 || letter == 0x30FC;
}

std::vector<Token> tokens_of(std::string_view typed) {
    const auto letters = letters_of(typed);
    std::vector<Token> result;
    for (std::size_t at = 0; at < letters.size();) {
        if (is_blank(letters[at].letter)) {
            ++at;
            continue;
        }
        Token token;
        if (is_minus(letters[at].letter)) {
            token.excluded = true;
            ++at;
        }
        if (at < letters.size() && closing(letters[at].letter) != 0) {
            const char32_t end = closing(letters[at].letter);
            token.phrase = true;
            for (++at; at < letters.size() && letters[at].letter != end; ++at)
                token.text += letters[at].bytes;
            if (at < letters.size())
                ++at;
        } else {
            for (; at < letters.size() && !is_blank(letters[at].letter) && closing(letters[at].letter) == 0; ++at)
                token.text += letters[at].bytes;
        }
        if (!token.text.empty())
            result.push_back(std::move(token));
    }
    return result;
}

// ---- Synonyms

bool stands_alone(std::u32string_view text, std::size_t at, std::size_t length) {
    return (at == 0 || !is_latin(text[at - 1])) && (at + length >= text.size() || !is_latin(text[at + length]));
}

bool is_all_latin(std::u32string_view word) {
    return std::ranges::all_of(word, is_latin);
}

/// Where the word stands, counted from `from`. Up to three Latin letters are a word only by themselves: `pt` is not in
/// `option`.
std::size_t find_word(std::u32string_view text, std::u32string_view word, std::size_t from = 0) {
    std::size_t at = text.find(word, from);
    if (word.size() > 3 || !is_all_latin(word))
        return at;
    while (at != std::u32string_view::npos && !stands_alone(text, at, word.size()))
        at = text.find(word, at + 1);
    return at;
}

/// The longest word of any group in the text.
struct Known {
    std::size_t at = 0;
    std::u32string_view word;
    const std::vector<Synonym>* group = nullptr;
};

std::optional<Known> longest_known(std::u32string_view text, const SearchWords& words) {
    std::optional<Known> best;
    for (const auto& group : words.synonyms) {
        for (const auto& [_, word] : group) {
            if (best && word.size() <= best->word.size())
                continue;
            if (const std::size_t at = find_word(text, word); at != std::u32string_view::npos)
                best = Known{.at = at, .word = word, .group = &group};
        }
    }
    return best;
}

/// Drops what another alternative finds anyway.
void prune(std::vector<Alternative>& alternatives) {
    std::vector<Alternative> kept;
    for (const Alternative& one : alternatives) {
        const bool contained = std::ranges::any_of(alternatives, [&](const Alternative& other) {
            return &other != &one && other.day == 0 && one.day == 0 && other.letters != one.letters &&
                   find_word(one.letters, other.letters) != std::u32string::npos &&
                   !(other.letters.size() <= 3 && is_all_latin(other.letters));
        });
        const bool twice = std::ranges::any_of(
            kept, [&](const Alternative& other) { return other.letters == one.letters && other.day == one.day; });
        if (!contained && !twice && kept.size() < most_alternatives)
            kept.push_back(one);
    }
    alternatives = std::move(kept);
}

void add_synonyms(std::vector<Alternative>& alternatives, const SearchWords& words) {
    const std::u32string text = alternatives.front().letters;
    const auto known = longest_known(text, words);
    if (!known)
        return;
    const std::u32string before = text.substr(0, known->at);
    const std::u32string behind = text.substr(known->at + known->word.size());
    for (const Synonym& other : *known->group) {
        if (other.folded != known->word)
            alternatives.push_back({.letters = before + other.folded + behind, .day = 0, .shown = other.word});
    }
}

/// The digits of what looks like a part of a telephone number with brackets.
std::u32string phone_digits(std::u32string_view text) {
    std::u32string digits;
    for (const char32_t letter : text) {
        if (is_digit(letter)) {
            digits += letter;
        } else if (letter != U'(' && letter != U')' && letter != U'-') {
            return {};
        }
    }
    return digits.size() >= 3 ? digits : std::u32string();
}

/// Something the index can be asked for.
bool can_be_looked_up(const Term& term) {
    return !term.excluded && std::ranges::all_of(term.alternatives, [](const Alternative& one) {
        return one.day != 0 || one.letters.size() >= 2 || (one.letters.size() == 1 && is_kanji(one.letters.front()));
    });
}

// ---- Where a text answers

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

bool answers(const Term& term, std::u32string_view text, const std::vector<WrittenDay>& days) {
    return std::ranges::any_of(term.alternatives, [&](const Alternative& one) {
        if (one.day == 0)
            return find_word(text, one.letters) != std::u32string_view::npos;
        return std::ranges::any_of(days, [&](const WrittenDay& day) {
            return day.day == one.day || (one.day % 100 == 0 && day.day / 100 == one.day / 100);
        });
    });
}

bool is_day_of(const Term& term, const core::Date& day) {
    const DayValue value = day_value(day);
    return std::ranges::any_of(term.alternatives, [&](const Alternative& one) {
        return one.day != 0 && (one.day == value || (one.day % 100 == 0 && one.day / 100 == value / 100));
    });
}

void add_spans(const Term& term, std::u32string_view text, std::vector<Span>& spans) {
    for (const Alternative& one : term.alternatives) {
        if (one.day != 0) {
            for (const WrittenDay& day : written_days(text)) {
                if (day.day == one.day || (one.day % 100 == 0 && day.day / 100 == one.day / 100))
                    spans.push_back({day.begin, day.end});
            }
            continue;
        }
        for (std::size_t at = find_word(text, one.letters); at != std::u32string_view::npos;
             at = find_word(text, one.letters, at + one.letters.size()))
            spans.push_back({at, at + one.letters.size()});
    }
}

/// Moves forward to where a letter begins.
std::size_t letter_start(std::string_view text, std::size_t at) {
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        ++at;
    return at;
}

std::size_t back_letters(std::string_view text, std::size_t at, std::size_t letters) {
    while (at > 0 && letters > 0) {
        --at;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
            --at;
        --letters;
    }
    return at;
}

std::size_t forward_letters(std::string_view text, std::size_t at, std::size_t letters) {
    for (; at < text.size() && letters > 0; --letters)
        at = letter_start(text, at + 1);
    return at;
}

/// Cuts the window around the first marks out of the original and marks what answers.
Passage passage_of(const Query& query, const Document::Field& field, const Folding& folding) {
    const FoldedText folded = folding.fold_with_places(field.text);
    std::vector<Span> spans;
    for (const Term& term : query.terms) {
        if (!term.excluded)
            add_spans(term, folded.letters, spans);
    }
    std::ranges::sort(spans, {}, &Span::begin);
    Passage passage;
    passage.field = field.name;
    const std::string_view text = field.text;
    const std::size_t first = spans.empty() ? 0 : folded.from[spans.front().begin];
    const std::size_t begin = back_letters(text, first, letters_before);
    const std::size_t end = forward_letters(text, begin, letters_shown);
    const auto add = [&](std::size_t from, std::size_t to, bool marked) {
        if (from < to)
            passage.parts.push_back({std::string(text.substr(from, to - from)), marked});
    };
    std::size_t at = begin;
    for (const Span& span : spans) {
        const std::size_t from = std::max<std::size_t>(folded.from[span.begin], at);
        const std::size_t to = std::min<std::size_t>(folded.to[span.end - 1], end);
        if (from >= to)
            continue;
        add(at, from, false);
        add(from, to, true);
        at = to;
    }
    add(at, end, false);
    passage.cut_before = begin > 0;
    passage.cut_behind = end < text.size();
    return passage;
}

}  // namespace

Query parse_query(std::string_view typed, const SearchWords& words) {
    Query query;
    for (const Token& token : tokens_of(typed)) {
        Term term{.typed = token.text, .excluded = token.excluded, .phrase = token.phrase, .alternatives = {}};
        const std::u32string letters = words.folding.fold(token.text);
        if (letters.empty())
            continue;
        term.alternatives.push_back({.letters = letters, .day = 0, .shown = {}});
        if (!token.phrase) {
            const auto days = written_days(letters);
            if (days.size() == 1 && days.front().begin == 0 && days.front().end == letters.size()) {
                term.alternatives.push_back({.letters = {}, .day = days.front().day, .shown = {}});
            } else if (const std::u32string digits = phone_digits(letters); !digits.empty()) {
                term.alternatives.push_back({.letters = digits, .day = 0, .shown = {}});
            } else {
                add_synonyms(term.alternatives, words);
            }
        }
        prune(term.alternatives);
        query.terms.push_back(std::move(term));
    }
    if (query.terms.size() > most_terms)
        throw core::invalid({{"?q", "too_many", std::to_string(most_terms)}});
    if (std::ranges::none_of(query.terms, can_be_looked_up))
        throw core::invalid({{"?q", "too_short", "2"}});
    return query;
}

std::vector<Passage> match(const Query& query, const Document& document, const Folding& folding) {
    const bool asks_for_days = std::ranges::any_of(query.terms, [](const Term& term) {
        return std::ranges::any_of(term.alternatives, [](const Alternative& one) { return one.day != 0; });
    });
    // Of each field, then of each day: which terms it answers.
    const std::size_t fields = document.fields.size();
    std::vector<std::vector<bool>> answered(fields + document.days.size());
    for (std::size_t i = 0; i < answered.size(); ++i) {
        const std::u32string text = i < fields ? folding.fold(document.fields[i].text) : std::u32string();
        const auto days = asks_for_days ? written_days(text) : std::vector<WrittenDay>();
        for (const Term& term : query.terms) {
            const bool found = i < fields ? answers(term, text, days) : is_day_of(term, document.days[i - fields].day);
            if (found && term.excluded)
                return {};
            answered[i].push_back(found);
        }
    }
    std::vector<bool> open;
    for (std::size_t t = 0; t < query.terms.size(); ++t) {
        if (!query.terms[t].excluded &&
            std::ranges::none_of(answered, [&](const std::vector<bool>& one) { return one[t]; }))
            return {};
        open.push_back(!query.terms[t].excluded);
    }
    const auto answers_open = [&](std::size_t i) {
        int count = 0;
        for (std::size_t t = 0; t < open.size(); ++t)
            count += open[t] && answered[i][t] ? 2 : 0;
        return count > 0 && i == 0 ? 1 : count;  // the title comes last
    };
    std::vector<Passage> passages;
    while (passages.size() < most_passages) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < answered.size(); ++i) {
            if (answers_open(i) > answers_open(best))
                best = i;
        }
        if (answered.empty() || answers_open(best) == 0)
            break;
        if (best < fields) {
            passages.push_back(passage_of(query, document.fields[best], folding));
        } else {
            const auto& day = document.days[best - fields];
            passages.push_back(
                {.field = day.name, .parts = {{day.day.str(), true}}, .cut_before = false, .cut_behind = false});
        }
        for (std::size_t t = 0; t < open.size(); ++t)
            open[t] = open[t] && !answered[best][t];
    }
    return passages;
}

}  // namespace tsunagi::search
