// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::phrases {

using PhraseId = core::Id<struct PhraseTag>;

/// The fields of the consultation sheet that hold sentences.
enum class PhraseField {
    subject,
    request,
    background,
    support_text,
    follow_up_note,
    awareness,
    physician_question,
    physician_assessment,
    physician_direction
};
BOOST_DESCRIBE_ENUM(PhraseField, subject, request, background, support_text, follow_up_note, awareness,
                    physician_question, physician_assessment, physician_direction)

struct PhraseText {
    record::NonEmpty<record::Text<60>> name;
    record::Text<60> kana;  ///< the reading, so that two letters find it
    record::NonEmpty<record::Text<2000>> text;
    std::optional<PhraseField> field;            ///< any of them when absent
    std::optional<record::Code<"topic">> topic;  ///< for every topic when absent
};
BOOST_DESCRIBE_STRUCT(PhraseText, (), (name, kana, text, field, topic))

struct NewPhrase {
    std::optional<core::DeskId> desk_id;  ///< the person's only desk when absent
    PhraseText text;
};
BOOST_DESCRIBE_STRUCT(NewPhrase, (), (desk_id, text))

struct Phrase {
    PhraseId id;
    core::DeskId desk_id;
    std::int64_t version = 1;
    core::Instant updated_at;
    std::string updated_by_name;
    PhraseText text;
};
BOOST_DESCRIBE_STRUCT(Phrase, (), (id, desk_id, version, updated_at, updated_by_name, text))

struct PhraseFilter {
    std::vector<core::DeskId> desk;
};
BOOST_DESCRIBE_STRUCT(PhraseFilter, (), (desk))

struct PhraseList {
    std::vector<Phrase> items;  ///< by reading, else by name
};
BOOST_DESCRIBE_STRUCT(PhraseList, (), (items))

}  // namespace tsunagi::phrases
