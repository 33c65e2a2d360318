// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "modules/exchange/exchange.hpp"

namespace tsunagi::exchange {

struct TableColumn {
    std::string header;
    std::string field;  ///< empty: nothing published tells it
};

/// A file of 推奨データセット.
struct DatasetTable {
    std::vector<std::string> sources;
    bool by_service = false;  ///< a row for each service, else for each place
    std::vector<TableColumn> columns;
};

/// packs/standard/exchange_words.yaml
class ExchangeWords {
public:
    /// Throws std::runtime_error that names the file.
    explicit ExchangeWords(const std::filesystem::path& file);

    using Values = std::vector<std::pair<std::string, std::string>>;
    /// A word that is not in the file is a defect of the file and throws std::out_of_range.
    [[nodiscard]] std::string text(const std::string& name, const Values& values = {}) const;
    /// The name of the numbers of a source.
    [[nodiscard]] std::string system(const std::string& name) const;
    /// The source whose numbers have this name; empty when it is none.
    [[nodiscard]] std::string source_of(const std::string& system, const std::vector<std::string>& sources) const;

    [[nodiscard]] const std::string& day(const std::string& name) const { return days_.at(name); }

    [[nodiscard]] const DatasetTable& table(const std::string& name) const { return tables_.at(name); }

    /// The terms of a source, without files.
    [[nodiscard]] Credit credit(const std::string& source) const;

private:
    std::map<std::string, std::string> systems_;
    std::map<std::string, std::string> texts_;
    std::map<std::string, std::string> days_;
    std::map<std::string, DatasetTable> tables_;
    std::map<std::string, Credit> publishers_;
};

}  // namespace tsunagi::exchange
