// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/id.hpp"
#include "modules/packs/pack.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::knowledge {

/// The row of a municipality about a term: its own one, or what it says of a term of the pack.
using OwnTermId = core::Id<struct OwnTermTag>;

/// The key of a term of the pack, or the id of a municipality's own one.
using TermId = record::NonEmpty<record::Text<60>>;

/// Where to read on.
struct TermLink {
    record::NonEmpty<record::Text<120>> title;
    record::NonEmpty<record::Text<500>> place;  ///< a web address, or in words where the document lies
};
BOOST_DESCRIBE_STRUCT(TermLink, (), (title, place))

struct TermText {
    record::NonEmpty<record::Text<60>> headword;
    record::Text<120> kana;
    record::Text<200> english;                              ///< the headword on the English screen
    std::vector<record::NonEmpty<record::Text<60>>> names;  ///< what it is called besides; found in texts as well
    record::CodeName kind;                                  ///< one of the kinds of the pack
    record::NonEmpty<record::Text<1000>> text;
    record::Text<2000> text_en;
    std::vector<TermId> related;
    record::Text<200> law;     ///< the law it stands on
    record::Text<20> chapter;  ///< of the national handbook
    std::vector<TermLink> links;
};
BOOST_DESCRIBE_STRUCT(TermText, (), (headword, kana, english, names, kind, text, text_en, related, law, chapter, links))

/// A term as the reader's municipality knows it.
struct Term {
    TermId id;
    std::int64_t version = 0;  ///< of what the municipality wrote; 0: nothing yet
    bool of_pack = false;
    bool own = false;     ///< the text is the municipality's
    bool hidden = false;  ///< marked in no text, in no list but of those who ask for hidden ones
    std::optional<core::Instant> updated_at;
    std::string updated_by_name;
    TermText text;
    std::optional<TermText> pack_text;  ///< the pack's, where an own text stands over it
};
BOOST_DESCRIBE_STRUCT(Term, (), (id, version, of_pack, own, hidden, updated_at, updated_by_name, text, pack_text))

struct TermKind {
    record::CodeName kind;
    packs::Label label;
};
BOOST_DESCRIBE_STRUCT(TermKind, (), (kind, label))

struct TermFilter {
    record::Text<200> q;  ///< every word stands somewhere in the term; kana and width do not matter
    std::vector<record::CodeName> kind;
    std::optional<bool> hidden;  ///< true: the hidden ones too
};
BOOST_DESCRIBE_STRUCT(TermFilter, (), (q, kind, hidden))

struct TermList {
    std::vector<Term> items;  ///< by reading
    std::vector<TermKind> kinds;
};
BOOST_DESCRIBE_STRUCT(TermList, (), (items, kinds))

struct TermHiding {
    bool hidden = false;
};
BOOST_DESCRIBE_STRUCT(TermHiding, (), (hidden))

/// What a save did to a municipality's row.
enum class TermChangeKind { created, edited, hidden, shown, returned };
BOOST_DESCRIBE_ENUM(TermChangeKind, created, edited, hidden, shown, returned)

struct TermVersion {
    std::int64_t version = 0;
    core::Instant at;
    std::string by_name;
    TermChangeKind kind{};
    TermText text;
};
BOOST_DESCRIBE_STRUCT(TermVersion, (), (version, at, by_name, kind, text))

struct TermVersions {
    std::vector<TermVersion> items;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(TermVersions, (), (items))

}  // namespace tsunagi::knowledge
