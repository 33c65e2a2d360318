// SPDX-License-Identifier: Apache-2.0
// Finds what identifies somebody in the words of a case. Pure: what is known about the case is handed in.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "modules/anonymisation/anonymisation_words.hpp"
#include "modules/anonymisation/dictionary.hpp"

namespace tsunagi::anonymisation {

struct KnownPerson {
    std::string name;  ///< parts may stand apart: 山田 太郎
    std::string kana;
    MarkSource source{};  ///< `person` is the person cared for, and nobody else
};

struct KnownText {
    std::string text;
    MarkKind kind{};
    MarkSource source{};
    std::string replacement = {};  ///< instead of the usual one
};

/// What is looked for whatever its form.
struct Known {
    std::vector<KnownPerson> people;
    std::vector<KnownText> texts;  ///< addresses and their parts, affiliations, organizations, regions
    std::vector<std::string> phones;
    std::optional<core::Date> born_on;
};

class Finder {
public:
    /// Both live as long as the finder.
    Finder(const AnonymisationWords& words, const Dictionary& dictionary);

    /// By field, then by place; never overlapping, never empty, never inside a letter. One person or place has one
    /// letter in all fields.
    [[nodiscard]] std::vector<Mark> find(const std::vector<consultations::FieldText>& fields, const Known& known) const;

private:
    const AnonymisationWords& words_;  // NOLINT
    const Dictionary& dictionary_;     // NOLINT
};

/// Leaving such an identifier in the text needs a reason.
[[nodiscard]] bool is_certain(MarkKind kind);

}  // namespace tsunagi::anonymisation
