// SPDX-License-Identifier: Apache-2.0
// The index of some records of one desk: for each two letters that stand side by side, and for each day, the records
// that hold them. It says which records may answer a query; the records themselves say which do. Pure.
//
// A block numbers its records by id. Its keys are spread over buckets, each written as one text of six bits a
// character, because both engines keep texts alike: keys in order, each with how many records it has and their numbers,
// everything as differences.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/consultations/consultation_service.hpp"
#include "modules/search/search_query.hpp"

namespace tsunagi::search {

using consultations::IdNumber;

/// Two letters side by side in a text of a stream, or a day. The last letter of a text, if it is a kanji, makes a pair
/// with nothing, so that one kanji alone is found as the first of some pair.
using Key = std::uint64_t;

/// Texts that not everybody who sees the record may read are looked up apart.
enum class Stream : std::uint8_t { open, caller };

/// The keys from `first` to `last`, all of one bucket.
struct KeyRange {
    Key first = 0;
    Key last = 0;
};

/// What a record of the index must hold to be a candidate: of every term some alternative, of it every range.
using WantedTerm = std::vector<std::vector<KeyRange>>;
using Wanted = std::vector<WantedTerm>;

[[nodiscard]] Wanted wanted(const Query& query, bool with_caller);

/// The key of two letters side by side in a text that everybody who sees the record may read.
[[nodiscard]] Key key_of(char32_t first, char32_t second);

/// Every key of a document, in order, each once. `caller` are the names of fields of that stream.
[[nodiscard]] std::vector<Key> keys_of(const Document& document, const Folding& folding);

/// The texts that hold who called, and their telephone number, or whom somebody spoke with.
[[nodiscard]] bool is_of_caller(std::string_view field);

/// 1,024 bits that say of most keys that a record does not hold them.
class Signature {
public:
    Signature() = default;
    explicit Signature(const std::vector<Key>& keys);

    [[nodiscard]] bool may_answer(const Wanted& wanted) const;
    [[nodiscard]] bool may_hold(const KeyRange& range) const;

private:
    std::uint64_t bits_[16] = {};  // NOLINT: as plain as it gets
};

[[nodiscard]] std::uint32_t buckets_for(std::size_t documents);
/// Of a number of buckets that is a power of two.
[[nodiscard]] std::uint32_t bucket_of(Key key, std::uint32_t buckets);

/// The keys of a block that is being made. Documents are numbered from 0.
class PieceMaker {
public:
    explicit PieceMaker(std::uint32_t buckets) : buckets_(buckets) {}

    void add(Key key, std::uint32_t document) { entries_.push_back({bucket_of(key, buckets_), document, key}); }

    /// Hands over the buckets that hold anything, in order, and begins anew.
    void take(const std::function<void(std::uint32_t bucket, std::string piece)>& each);

private:
    struct Entry {
        std::uint32_t bucket;
        std::uint32_t document;
        Key key;
    };

    std::uint32_t buckets_;
    std::vector<Entry> entries_;
};

/// Calls `each(key, documents)` for every key of a piece between the two, in order.
void read_piece(std::string_view piece, const KeyRange& range,
                const std::function<void(Key key, const std::vector<std::uint32_t>& documents)>& each);

/// The pieces of one block by bucket.
using Pieces = std::map<std::uint32_t, std::string>;

/// The numbers of the documents that may answer, in order.
[[nodiscard]] std::vector<std::uint32_t> candidates(const Wanted& wanted, std::uint32_t buckets, const Pieces& pieces);

/// Ids of documents as text and back.
[[nodiscard]] std::string write_ids(std::span<const IdNumber> ids);
void read_ids(std::string_view text, std::vector<IdNumber>& out);

}  // namespace tsunagi::search
