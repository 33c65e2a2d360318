// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "modules/analysis/figures.hpp"
#include "modules/packs/pack.hpp"

namespace tsunagi::analysis {

/// The words of exported tables that belong to no code: packs/standard/report_words.yaml.
class ReportWords {
public:
    /// Throws std::runtime_error when the file is missing or a word lacks one of its languages.
    explicit ReportWords(const std::filesystem::path& file);

    using Values = std::vector<std::pair<std::string, std::string>>;
    /// The word with every `{name}` replaced. A word that is not in the file is a defect of the file and throws
    /// std::out_of_range.
    [[nodiscard]] std::string text(const std::string& name, Language language, const Values& values = {}) const;

    [[nodiscard]] const packs::Label& label(const std::string& name) const { return words_.at(name); }

private:
    std::map<std::string, packs::Label> words_;
};

}  // namespace tsunagi::analysis
