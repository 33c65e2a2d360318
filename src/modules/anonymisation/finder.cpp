// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/finder.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "modules/anonymisation/candidates.hpp"

namespace tsunagi::anonymisation {
namespace {

/// These are taken first, whatever stands around them.
bool is_number(MarkKind kind) {
    using enum MarkKind;
    return kind == birth_date || kind == phone || kind == mail || kind == insured_number || kind == number ||
           kind == postcode;
}

/// Between findings of the same length: the smaller one is taken.
int order_of(MarkKind kind) {
    using enum MarkKind;
    switch (kind) {
        case own_name:
        case birth_date:
        case phone:
            return 0;
        case mail:
        case insured_number:
            return 1;
        case postcode:
            return 2;
        case number:
            return 3;
        case person_name:
            return 4;
        case address:
            return 5;
        case facility:
            return 6;
        case age:
        case date:
            return 7;
        case place:
        case combination:
            return 8;
    }
    return 9;
}

bool overlap(const Candidate& a, const Candidate& b) {
    return a.from < b.to && b.from < a.to;
}

/// What is left of a finding beside those that were taken; numbers, dates and places are whole or nothing.
std::vector<Candidate> rest_of(const Candidate& candidate, const std::vector<Candidate>& taken,
                               const WrittenText& text) {
    const bool whole = candidate.kind == MarkKind::date || candidate.kind == MarkKind::age;
    if (whole && std::ranges::any_of(taken, [&](const Candidate& one) { return overlap(candidate, one); }))
        return {};
    std::vector<Candidate> pieces{candidate};
    for (const Candidate& one : taken) {
        std::vector<Candidate> next;
        for (const Candidate& piece : pieces) {
            if (!overlap(piece, one)) {
                next.push_back(piece);
                continue;
            }
            if (piece.from < one.from) {
                next.push_back(piece);
                next.back().to = one.from;
            }
            if (one.to < piece.to) {
                next.push_back(piece);
                next.back().from = one.to;
            }
        }
        pieces = std::move(next);
    }
    const std::size_t least = is_certain(candidate.kind) ? 1 : 2;
    std::erase_if(pieces, [&](const Candidate& piece) {
        if (piece.from == candidate.from && piece.to == candidate.to)
            return false;
        const auto letters = std::u32string_view(text.letters).substr(piece.from, piece.to - piece.from);
        // Of an address without its numbers only a place is left, and those are found by themselves.
        return letters.size() < least ||
               (piece.kind == MarkKind::address && letters.find_first_of(U"0123456789") == std::u32string_view::npos);
    });
    return pieces;
}

/// Findings that do not overlap, in their order.
std::vector<Candidate> choose(std::vector<Candidate> candidates, const WrittenText& text) {
    std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
        const auto key = [](const Candidate& one) {
            return std::tuple(!is_number(one.kind), -static_cast<std::int64_t>(one.to - one.from), order_of(one.kind),
                              one.source, one.from);
        };
        return key(a) < key(b);
    });
    std::vector<Candidate> taken;
    for (const Candidate& candidate : candidates) {
        for (auto& piece : rest_of(candidate, taken, text))
            taken.push_back(std::move(piece));
    }
    std::ranges::sort(taken, {}, &Candidate::from);
    return taken;
}

/// An address with the names of places before it is one, and so are the parts of one name.
std::vector<Candidate> joined(const std::vector<Candidate>& taken, const WrittenText& text) {
    std::vector<Candidate> result;
    const auto of_place = [](const Candidate& one) {
        return one.kind == MarkKind::address || one.kind == MarkKind::place;
    };
    for (const Candidate& one : taken) {
        if (!result.empty()) {
            Candidate& last = result.back();
            const bool close = one.from == last.to || (one.from == last.to + 1 && is_blank(text.letters[last.to]));
            const bool address =
                of_place(last) && of_place(one) && (last.kind == MarkKind::address || one.kind == MarkKind::address);
            const bool name = last.kind == one.kind && !one.identity.empty() && last.identity == one.identity &&
                              (one.kind == MarkKind::own_name || one.kind == MarkKind::person_name);
            if (close && (address || name)) {
                last.to = one.to;
                if (address) {
                    last.kind = MarkKind::address;
                    last.replacement.clear();
                }
                continue;
            }
        }
        result.push_back(one);
    }
    return result;
}

std::string with(std::string text, std::string_view name, const std::string& value) {
    if (const auto at = text.find(name); at != std::string::npos)
        text.replace(at, name.size(), value);
    return text;
}

/// Gives one letter to one person or place.
class Letters {
public:
    std::string of_person(const std::string& identity, bool own) {
        if (own)
            return of("own");
        for (const auto& [known, letter] : letters_) {
            if (known != "own" && alike(known, identity))
                return letter;
        }
        return of(identity);
    }

    std::string of(const std::string& identity) {
        auto& letter = letters_[identity];
        if (letter.empty()) {
            const std::size_t n = letters_.size() - 1;
            letter = std::string(1, static_cast<char>('A' + n % 26));
            if (n >= 26)
                letter += std::to_string(n / 26);
        }
        return letter;
    }

private:
    /// 佐藤 and 佐藤花子: at least two letters of three bytes.
    static bool alike(const std::string& a, const std::string& b) {
        return a.size() >= 6 && b.size() >= 6 && (a.starts_with(b) || b.starts_with(a));
    }

    std::map<std::string, std::string> letters_;
};

class Replacing {
public:
    Replacing(const AnonymisationWords& words, Letters& letters) : words_(words), letters_(letters) {}

    /// Widens a name over the polite word behind it.
    std::string of(Candidate& candidate, const WrittenText& text) {
        if (!candidate.replacement.empty())
            return candidate.replacement;
        const auto letters = std::u32string_view(text.letters).substr(candidate.from, candidate.to - candidate.from);
        switch (candidate.kind) {
            case MarkKind::own_name:
            case MarkKind::person_name:
                return person(candidate, text);
            case MarkKind::facility:
                return facility(candidate, letters);
            case MarkKind::age:
                return age(letters);
            case MarkKind::date:
                return date(letters);
            default:
                return word(record::to_text(candidate.kind));
        }
    }

private:
    [[nodiscard]] const std::string& word(const std::string& name) const { return words_.replacements.at(name); }

    std::string person(Candidate& candidate, const WrittenText& text) {
        const auto letters = std::u32string_view(text.letters).substr(candidate.from, candidate.to - candidate.from);
        const std::string letter = letters_.of_person(
            candidate.identity.empty() ? to_utf8(letters) : candidate.identity, candidate.kind == MarkKind::own_name);
        const auto rest = std::u32string_view(text.letters).substr(candidate.to);
        if (const auto polite = starts_with_one_of(rest, words_.polite); !polite.empty()) {
            candidate.to += polite.size();
            return with(word("person"), "{letter}", letter);
        }
        const bool titled = !starts_with_one_of(rest, words_.titles).empty();
        return with(word(titled ? "titled" : "person"), "{letter}", letter);
    }

    std::string facility(const Candidate& candidate, std::u32string_view letters) {
        const std::string letter = letters_.of(candidate.identity.empty() ? to_utf8(letters) : candidate.identity);
        for (const auto& kind : words_.facilities_behind) {
            if (letters.ends_with(kind))
                return with(with(word("facility"), "{letter}", letter), "{type}", to_utf8(kind));
        }
        if (const auto kind = starts_with_one_of(letters, words_.facilities_before); !kind.empty())
            return with(with(word("facility"), "{letter}", letter), "{type}", to_utf8(kind));
        return with(word("facility_of_no_kind"), "{letter}", letter);
    }

    [[nodiscard]] std::string age(std::u32string_view letters) const {
        while (!letters.empty() && !number_of(letters))
            letters.remove_prefix(1);
        const int years = number_of(letters).value_or(0);
        if (years < 10)
            return word("age_child");
        if (years >= 100)
            return word("age_old");
        return with(word(years % 10 < 5 ? "age_early" : "age_late"), "{decade}", std::to_string(years / 10 * 10));
    }

    [[nodiscard]] std::string date(std::u32string_view letters) const {
        const WrittenDay day = day_of(letters, words_);
        if (day.year == 0)
            return word("month");
        return word(day.month == 0 ? "year" : "year_and_month");
    }

    const AnonymisationWords& words_;  // NOLINT: for the length of one find
    Letters& letters_;                 // NOLINT
};

}  // namespace

bool is_certain(MarkKind kind) {
    using enum MarkKind;
    return kind == own_name || kind == birth_date || kind == phone || kind == mail || kind == insured_number;
}

Finder::Finder(const AnonymisationWords& words, const Dictionary& dictionary)
    : words_(words), dictionary_(dictionary) {}

std::vector<Mark> Finder::find(const std::vector<consultations::FieldText>& fields, const Known& known) const {
    const auto wanted = sought(known, words_, dictionary_);
    Letters letters;
    Replacing replacing(words_, letters);
    std::vector<Mark> result;
    for (const auto& field : fields) {
        const WrittenText text = written(field.text, words_.same);
        const auto parsed = dictionary_.words(text.letters);
        std::vector<Candidate> candidates = known_candidates(text, wanted, words_);
        for (auto& more : {form_candidates(text, known, words_), name_candidates(text, parsed, words_),
                           facility_candidates(text, parsed, words_)})
            candidates.insert(candidates.end(), more.begin(), more.end());
        auto chosen = joined(choose(std::move(candidates), text), text);
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            Candidate& one = chosen[i];
            std::string replacement = replacing.of(one, text);
            if (i + 1 < chosen.size())
                one.to = std::min(one.to, chosen[i + 1].from);
            result.push_back({.field = field.field,
                              .start = text.from[one.from],
                              .end = text.to[one.to - 1],
                              .kind = one.kind,
                              .source = one.source,
                              .certain = is_certain(one.kind),
                              .replacement = std::move(replacement)});
        }
    }
    return result;
}

}  // namespace tsunagi::anonymisation
