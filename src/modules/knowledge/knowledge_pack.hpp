// SPDX-License-Identifier: Apache-2.0
// Reads knowledge_terms.yaml and knowledge_learning.yaml of the standard pack. Anything unknown, repeated or missing is
// refused with its line: a related term that is spelt wrongly would be a link that leads nowhere.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/knowledge/learning.hpp"
#include "modules/knowledge/term.hpp"

namespace tsunagi::knowledge {

struct PackTerm {
    TermId id;
    TermText text;
};

/// What comes with the program, read once at the start.
struct KnowledgePack {
    std::vector<TermKind> kinds;
    std::vector<PackTerm> terms;
    std::vector<LearningStep> steps;

    /// Nothing when the pack has no such term.
    [[nodiscard]] const PackTerm* term(std::string_view id) const;
    [[nodiscard]] bool has_kind(std::string_view kind) const;
    [[nodiscard]] bool has_item(std::string_view item) const;
};

/// Both files of the folder. Throws std::runtime_error naming file, line and what is wrong.
[[nodiscard]] KnowledgePack read_knowledge(const std::filesystem::path& folder);

}  // namespace tsunagi::knowledge
