// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::packs {

/// Words of one thing in both languages of the screen.
struct Label {
    record::NonEmpty<record::Text<200>> ja;
    record::Text<200> en;
};
BOOST_DESCRIBE_STRUCT(Label, (), (ja, en))

/// One code. Never deleted or renumbered: it is retired with a day, and old records keep it.
struct CodeEntry {
    record::CodeName code;
    Label label;
    record::Text<40> short_label;            ///< Japanese, for narrow table heads; empty: use the label
    std::optional<record::CodeName> parent;  ///< a code of the parent scheme
    std::int64_t position = 0;
    std::optional<core::Date> valid_from;
    std::optional<core::Date> retired_on;  ///< the first day on which it can no longer be chosen
};
BOOST_DESCRIBE_STRUCT(CodeEntry, (), (code, label, short_label, parent, position, valid_from, retired_on))

struct Scheme {
    record::CodeName name;
    Label label;
    std::optional<record::CodeName> parent_scheme;
    std::string pack;  ///< where it came from
    std::int64_t version = 1;
    std::vector<CodeEntry> codes;  ///< by position, retired ones included
};
BOOST_DESCRIBE_STRUCT(Scheme, (), (name, label, parent_scheme, pack, version, codes))

/// The whole scheme as the person edited it; the order of the list becomes the positions. Codes left out are retired
/// today, never removed; a retired one without `retired_on` is brought back.
struct SchemeChange {
    Label label;
    std::vector<CodeEntry> codes;
};
BOOST_DESCRIBE_STRUCT(SchemeChange, (), (label, codes))

struct SheetField {
    record::CodeName field;  ///< a member of ConsultationSheet
    bool required = false;
};
BOOST_DESCRIBE_STRUCT(SheetField, (), (field, required))

/// The form of the consultation sheet in force. Source: 図9.
struct Sheet {
    Label title;
    Label form_number;
    std::int64_t version = 1;
    std::string pack;
    std::vector<SheetField> fields;
};
BOOST_DESCRIBE_STRUCT(Sheet, (), (title, form_number, version, pack, fields))

struct PackSummary {
    record::CodeName name;
    Label label;
    Label source;
    std::vector<std::string> schemes;
    bool has_sheet = false;
    bool chosen = false;
    std::int64_t position = 0;  ///< order in which chosen packs are applied; later ones win
};
BOOST_DESCRIBE_STRUCT(PackSummary, (), (name, label, source, schemes, has_sheet, chosen, position))

/// One file of `packs/`: what a municipality offers to others as its way of working.
struct Pack {
    record::CodeName name;
    Label label;
    Label source;  ///< where the codes come from and what in them is inferred
    std::vector<Scheme> schemes;
    std::optional<Sheet> sheet;
};

struct PackChoice {
    std::vector<record::CodeName> packs;
};
BOOST_DESCRIBE_STRUCT(PackChoice, (), (packs))

}  // namespace tsunagi::packs
