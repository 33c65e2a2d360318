// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/report_words.hpp"

#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace tsunagi::analysis {

ReportWords::ReportWords(const std::filesystem::path& file) {
    try {
        for (const auto& word : YAML::LoadFile(file.string())) {
            packs::Label label;
            label.ja.value = word.second["ja"].as<std::string>();
            label.en.value = word.second["en"].as<std::string>();
            words_[word.first.as<std::string>()] = std::move(label);
        }
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

std::string ReportWords::text(const std::string& name, Language language, const Values& values) const {
    const packs::Label& label = words_.at(name);
    std::string result = language == Language::ja ? label.ja.value : label.en.value;
    for (const auto& [place, value] : values) {
        const std::string sign = "{" + place + "}";
        const std::size_t at = result.find(sign);
        if (at != std::string::npos)
            result.replace(at, sign.size(), value);
    }
    return result;
}

}  // namespace tsunagi::analysis
