// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/exchange_words.hpp"

#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace tsunagi::exchange {
namespace {

std::string filled(std::string text, const ExchangeWords::Values& values) {
    for (const auto& [place, value] : values) {
        const std::string sign = "{" + place + "}";
        if (const std::size_t at = text.find(sign); at != std::string::npos)
            text.replace(at, sign.size(), value);
    }
    return text;
}

packs::Label label_of(const YAML::Node& node) {
    packs::Label label;
    label.ja.value = node["ja"].as<std::string>();
    label.en.value = node["en"].as<std::string>();
    return label;
}

std::map<std::string, std::string> pairs_of(const YAML::Node& node) {
    std::map<std::string, std::string> result;
    for (const auto& one : node)
        result[one.first.as<std::string>()] = one.second.as<std::string>();
    return result;
}

}  // namespace

ExchangeWords::ExchangeWords(const std::filesystem::path& file) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        systems_ = pairs_of(root["systems"]);
        texts_ = pairs_of(root["texts"]);
        days_ = pairs_of(root["days"]);
        for (const auto& one : root["tables"]) {
            DatasetTable table;
            table.sources = one.second["sources"].as<std::vector<std::string>>();
            table.by_service = one.second["by_service"].as<bool>();
            for (const auto& column : one.second["columns"])
                table.columns.push_back({column["header"].as<std::string>(), column["field"].as<std::string>("")});
            tables_[one.first.as<std::string>()] = std::move(table);
        }
        for (const auto& one : root["publishers"]) {
            Credit credit;
            credit.source = one.first.as<std::string>();
            credit.title = label_of(one.second["title"]);
            credit.publisher = label_of(one.second["publisher"]);
            credit.licence = label_of(one.second["licence"]);
            credit.licence_url = one.second["licence_url"].as<std::string>();
            credit.url = one.second["url"].as<std::string>();
            publishers_[credit.source] = std::move(credit);
        }
        if (!publishers_.contains("other"))
            throw std::runtime_error("publishers has no entry other");
    } catch (const std::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

std::string ExchangeWords::text(const std::string& name, const Values& values) const {
    return filled(texts_.at(name), values);
}

std::string ExchangeWords::system(const std::string& name) const {
    const auto found = systems_.find(name);
    return found == systems_.end() ? filled(systems_.at("other"), {{"source", name}}) : found->second;
}

std::string ExchangeWords::source_of(const std::string& system, const std::vector<std::string>& sources) const {
    for (const std::string& source : sources) {
        if (this->system(source) == system)
            return source;
    }
    return {};
}

Credit ExchangeWords::credit(const std::string& source) const {
    const auto found = publishers_.find(source);
    Credit credit = found == publishers_.end() ? publishers_.at("other") : found->second;
    credit.source = source;
    return credit;
}

}  // namespace tsunagi::exchange
