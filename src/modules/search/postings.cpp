// SPDX-License-Identifier: Apache-2.0
#include "modules/search/postings.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <stdexcept>

namespace tsunagi::search {
namespace {

constexpr unsigned letter_bits = 21;
constexpr Key last_letter = (Key{1} << letter_bits) - 1;
constexpr Key caller_bit = Key{1} << (2 * letter_bits);
constexpr Key day_bit = Key{1} << (2 * letter_bits + 1);
/// Long words are looked up by this many of their pairs.
constexpr std::size_t most_pairs = 8;

Key pair_key(Stream stream, char32_t first, char32_t second) {
    return (stream == Stream::caller ? caller_bit : Key{0}) | Key{first} << letter_bits | Key{second};
}

Key day_key(DayValue day) {
    return day_bit | Key{day};
}

std::uint32_t mixed(std::uint64_t value) {
    value ^= value >> 33U;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33U;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return static_cast<std::uint32_t>(value >> 32U);
}

constexpr char zero = '0';
constexpr std::uint64_t more_follows = 32;

void write_number(std::string& out, std::uint64_t number) {
    while (number >= more_follows) {
        out += static_cast<char>(zero + static_cast<char>((number & 31U) | more_follows));
        number >>= 5U;
    }
    out += static_cast<char>(zero + static_cast<char>(number));
}

[[noreturn]] void damaged() {
    throw core::Error(core::ErrorKind::internal, "internal", {}, "a piece of the search index is damaged");
}

std::uint64_t read_number(std::string_view text, std::size_t& at) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 5) {
        if (at >= text.size())
            damaged();
        const auto digit = static_cast<std::uint64_t>(text[at++] - zero);
        number |= (digit & 31U) << shift;
        if (digit < more_follows)
            return number;
    }
    damaged();
}

void add_keys(std::u32string_view letters, Stream stream, std::vector<Key>& keys) {
    for (std::size_t i = 0; i + 1 < letters.size(); ++i)
        keys.push_back(pair_key(stream, letters[i], letters[i + 1]));
    if (!letters.empty() && is_kanji(letters.back()))
        keys.push_back(pair_key(stream, letters.back(), 0));
    if (stream == Stream::open) {
        for (const WrittenDay& day : written_days(letters)) {
            keys.push_back(day_key(day.day));
            keys.push_back(day_key(day.day / 100 * 100));
        }
    }
}

std::vector<KeyRange> ranges_of(std::u32string_view letters, Stream stream) {
    std::vector<KeyRange> ranges;
    if (letters.size() == 1) {
        const Key first = pair_key(stream, letters.front(), 0);
        return {{first, first | last_letter}};
    }
    std::vector<Key> pairs;  // each once, in the order of the word
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        const Key key = pair_key(stream, letters[i], letters[i + 1]);
        if (std::ranges::find(pairs, key) == pairs.end())
            pairs.push_back(key);
    }
    // The first and the last always: words that begin alike differ in their end.
    const std::size_t taken = std::min(pairs.size(), most_pairs);
    for (std::size_t i = 0; i < taken; ++i) {
        const Key key = pairs[taken == 1 ? 0 : i * (pairs.size() - 1) / (taken - 1)];
        ranges.push_back({key, key});
    }
    return ranges;
}

using Numbers = std::vector<std::uint32_t>;

Numbers in_both(const Numbers& one, const Numbers& other) {
    Numbers result;
    result.reserve(std::min(one.size(), other.size()));
    std::ranges::set_intersection(one, other, std::back_inserter(result));
    return result;
}

Numbers in_any(const Numbers& one, const Numbers& other) {
    if (one.empty())
        return other;
    if (other.empty())
        return one;
    Numbers result;
    result.reserve(one.size() + other.size());
    std::ranges::set_union(one, other, std::back_inserter(result));
    return result;
}

/// The documents of one key as they stand in a piece.
struct Posting {
    Key key = 0;
    std::uint64_t count = 0;
    std::string_view documents;
};

/// Calls `each` for every posting of a piece between the two, in order. The documents of the others are passed over.
template <class F>
void each_posting(std::string_view piece, const KeyRange& range, F&& each) {
    Key key = 0;
    for (std::size_t at = 0; at < piece.size();) {
        key += read_number(piece, at);
        const std::uint64_t count = read_number(piece, at);
        const std::uint64_t length = read_number(piece, at);
        if (length > piece.size() - at || count > length)
            damaged();
        if (key > range.last)
            return;
        if (key >= range.first)
            each(Posting{key, count, piece.substr(at, length)});
        at += length;
    }
}

/// Calls `each(document)` in order until it answers false.
template <class F>
void each_document(const Posting& posting, F&& each) {
    std::uint32_t next = 0;
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < posting.count; ++i) {
        next += static_cast<std::uint32_t>(read_number(posting.documents, at));
        if (!each(next++))
            return;
    }
    if (at != posting.documents.size())
        damaged();
}

/// The postings of a range: one of a pair, several of one kanji alone.
struct Holding {
    std::vector<Posting> postings;
    std::uint64_t count = 0;
};

Holding holding(const KeyRange& range, std::uint32_t buckets, const Pieces& pieces) {
    Holding result;
    if (const auto piece = pieces.find(bucket_of(range.first, buckets)); piece != pieces.end()) {
        each_posting(piece->second, range, [&](const Posting& posting) {
            result.postings.push_back(posting);
            result.count += posting.count;
        });
    }
    return result;
}

Numbers documents_of(const Holding& holding) {
    Numbers result;
    result.reserve(holding.count);
    for (const Posting& posting : holding.postings) {
        each_document(posting, [&](std::uint32_t document) {
            result.push_back(document);
            return true;
        });
    }
    if (holding.postings.size() > 1) {
        std::ranges::sort(result);
        result.erase(std::unique(result.begin(), result.end()), result.end());
    }
    return result;
}

/// Those of the numbers that the posting holds. It is read along and never unpacked: mostly it is much the longer one.
Numbers held(const Numbers& numbers, const Posting& posting) {
    Numbers result;
    auto wanted = numbers.begin();
    each_document(posting, [&](std::uint32_t document) {
        while (wanted != numbers.end() && *wanted < document)
            ++wanted;
        if (wanted == numbers.end())
            return false;
        if (*wanted == document)
            result.push_back(document);
        return true;
    });
    return result;
}

/// What holds every one of the ranges. The rarest comes first, so that the common ones have little left to decide.
Numbers holding_all(const std::vector<KeyRange>& ranges, std::uint32_t buckets, const Pieces& pieces) {
    std::vector<Holding> all;
    for (const KeyRange& range : ranges) {
        all.push_back(holding(range, buckets, pieces));
        if (all.back().count == 0)
            return {};
    }
    std::ranges::sort(all, {}, &Holding::count);
    Numbers result = documents_of(all.front());
    for (std::size_t i = 1; i < all.size() && !result.empty(); ++i) {
        result =
            all[i].postings.size() == 1 ? held(result, all[i].postings.front()) : in_both(result, documents_of(all[i]));
    }
    return result;
}

}  // namespace

bool is_of_caller(std::string_view field) {
    return field == "caller_name" || field == "caller_kana" || field == "caller_phone" || field == "with_name" ||
           field == "partner";
}

Wanted wanted(const Query& query, bool with_caller) {
    Wanted result;
    for (const Term& term : query.terms) {
        if (term.excluded)
            continue;
        WantedTerm alternatives;
        bool known = true;
        for (const Alternative& one : term.alternatives) {
            if (one.day != 0) {
                alternatives.push_back({{day_key(one.day), day_key(one.day)}});
                continue;
            }
            known = known && (one.letters.size() >= 2 || is_kanji(one.letters.front()));
            if (!known)
                break;
            alternatives.push_back(ranges_of(one.letters, Stream::open));
            if (with_caller)
                alternatives.push_back(ranges_of(one.letters, Stream::caller));
        }
        if (known)
            result.push_back(std::move(alternatives));
    }
    return result;
}

std::vector<Key> keys_of(const Document& document, const Folding& folding) {
    std::vector<Key> keys;
    for (const auto& field : document.fields)
        add_keys(folding.fold(field.text), is_of_caller(field.name) ? Stream::caller : Stream::open, keys);
    for (const auto& day : document.days) {
        const DayValue value = day_value(day.day);
        keys.push_back(day_key(value));
        keys.push_back(day_key(value / 100 * 100));
    }
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

namespace {

/// One kanji alone is a key of its own in a signature.
Key first_of_pair(Key key) {
    return (key & day_bit) != 0 ? key : (key | last_letter);
}

}  // namespace

Signature::Signature(const std::vector<Key>& keys) {
    const auto set = [&](Key key) {
        const std::uint32_t bit = mixed(key) % 1024;
        bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    };
    for (const Key key : keys) {
        set(key);
        if (is_kanji(static_cast<char32_t>(key >> letter_bits & last_letter)))
            set(first_of_pair(key));
    }
}

bool Signature::may_hold(const KeyRange& range) const {
    const std::uint32_t bit = mixed(range.last) % 1024;
    return (bits_[bit / 64] >> (bit % 64) & 1U) != 0;
}

Key key_of(char32_t first, char32_t second) {
    return pair_key(Stream::open, first, second);
}

bool Signature::may_answer(const Wanted& wanted) const {
    return std::ranges::all_of(wanted, [&](const WantedTerm& term) {
        return std::ranges::any_of(term, [&](const std::vector<KeyRange>& ranges) {
            return std::ranges::all_of(ranges, [&](const KeyRange& range) { return may_hold(range); });
        });
    });
}

std::uint32_t buckets_for(std::size_t documents) {
    return static_cast<std::uint32_t>(std::clamp<std::size_t>(std::bit_floor(documents / 16 + 1), 16, 16'384));
}

std::uint32_t bucket_of(Key key, std::uint32_t buckets) {
    const Key pair = key & ~caller_bit;
    const auto first = static_cast<char32_t>(pair >> letter_bits & last_letter);
    const bool by_first = (key & day_bit) == 0 && is_kanji(first);
    return mixed(by_first ? Key{first} : pair) & (buckets - 1);
}

void PieceMaker::take(const std::function<void(std::uint32_t bucket, std::string piece)>& each) {
    std::ranges::sort(entries_, [](const Entry& one, const Entry& other) {
        return std::tie(one.bucket, one.key, one.document) < std::tie(other.bucket, other.key, other.document);
    });
    std::string documents;
    for (std::size_t at = 0; at < entries_.size();) {
        const std::uint32_t bucket = entries_[at].bucket;
        std::string piece;
        Key before = 0;
        while (at < entries_.size() && entries_[at].bucket == bucket) {
            const Key key = entries_[at].key;
            documents.clear();
            std::uint64_t count = 0;
            std::uint32_t next = 0;
            for (; at < entries_.size() && entries_[at].bucket == bucket && entries_[at].key == key; ++at) {
                if (count > 0 && entries_[at].document < next)
                    continue;  // twice
                write_number(documents, entries_[at].document - next);
                next = entries_[at].document + 1;
                ++count;
            }
            write_number(piece, key - before);
            write_number(piece, count);
            write_number(piece, documents.size());
            piece += documents;
            before = key;
        }
        each(bucket, std::move(piece));
    }
    entries_.clear();
}

void read_piece(std::string_view piece, const KeyRange& range,
                const std::function<void(Key key, const std::vector<std::uint32_t>& documents)>& each) {
    std::vector<std::uint32_t> documents;
    each_posting(piece, range, [&](const Posting& posting) {
        documents.clear();
        documents.reserve(posting.count);
        each_document(posting, [&](std::uint32_t document) {
            documents.push_back(document);
            return true;
        });
        each(posting.key, documents);
    });
}

std::vector<std::uint32_t> candidates(const Wanted& wanted, std::uint32_t buckets, const Pieces& pieces) {
    Numbers result;
    bool first = true;
    for (const WantedTerm& term : wanted) {
        Numbers of_term;
        for (const auto& ranges : term)
            of_term = in_any(of_term, holding_all(ranges, buckets, pieces));
        result = first ? std::move(of_term) : in_both(result, of_term);
        first = false;
        if (result.empty())
            break;
    }
    return result;
}

std::string write_ids(std::span<const IdNumber> ids) {
    std::string text;
    text.reserve(ids.size() * 22);
    for (const IdNumber& id : ids) {
        for (const std::uint64_t half : {id.high, id.low}) {
            for (unsigned shift = 0; shift < 66; shift += 6)
                text += static_cast<char>(zero + static_cast<char>(half >> shift & 63U));
        }
    }
    return text;
}

void read_ids(std::string_view text, std::vector<IdNumber>& out) {
    if (text.size() % 22 != 0)
        damaged();
    for (std::size_t at = 0; at < text.size();) {
        IdNumber id;
        for (std::uint64_t* half : {&id.high, &id.low}) {
            for (unsigned shift = 0; shift < 66; shift += 6)
                *half |= static_cast<std::uint64_t>(text[at++] - zero) << shift;
        }
        out.push_back(id);
    }
}

}  // namespace tsunagi::search
