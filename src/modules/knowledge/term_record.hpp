// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "modules/knowledge/term.hpp"

namespace tsunagi::knowledge {

/// A row of the table: the text in columns, its lists as JSON.
struct TermRecord {
    OwnTermId id;
    core::RegionId municipality_id;
    std::optional<std::string> pack_key;  ///< the term of the pack that the row is about
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    bool written = false;  ///< its text is in force; an own term without it was taken away
    bool hidden = false;
    std::string headword;
    std::string kana;
    std::string english;
    std::string names;
    std::string kind;
    std::string text;
    std::string text_en;
    std::string related;
    std::string law;
    std::string chapter;
    std::string links;
};
BOOST_DESCRIBE_STRUCT(TermRecord, (),
                      (id, municipality_id, pack_key, version, created_at, created_by, updated_at, updated_by, written,
                       hidden, headword, kana, english, names, kind, text, text_en, related, law, chapter, links))

struct TermReading : TermRecord {
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(TermReading, (TermRecord), (updated_by_name))

}  // namespace tsunagi::knowledge
