// SPDX-License-Identifier: Apache-2.0
// From a line of a file to a consultation sheet, and from a header to a mapping. Pure.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/imports/import.hpp"
#include "modules/imports/word_rules.hpp"

namespace tsunagi::imports {

/// What lines are read with.
struct Surroundings {
    const packs::CodeBook& codes;  // NOLINT: live as long as the reading
    const ImportWords& words;      // NOLINT
    const WordBook& book;          // NOLINT
    core::Date today;
    core::Date latest_day;
};

/// Header of each column, of one line or of two: what stands above a group goes on to its right.
[[nodiscard]] std::vector<FileColumn> columns_of(const std::vector<FileLine>& first_lines, std::int64_t header_line,
                                                 std::int64_t header_lines);

/// The header's place and what its words say. `first_lines` are those of the table; with `header_line` the place is
/// known.
[[nodiscard]] Mapping guess_mapping(const std::vector<FileLine>& first_lines, const Surroundings& around,
                                    std::optional<std::int64_t> header_line, std::optional<std::int64_t> header_lines);

/// A mapping of before for another file: its columns are found by their headers. Answers how many were found.
[[nodiscard]] std::size_t apply_mapping(const Mapping& before, const std::vector<FileColumn>& columns, Mapping& onto);

/// Throws `invalid` for fields, marks, words and defaults that do not exist, and for two columns of one field that
/// holds one thing: each of them names the other.
void check_mapping(const Mapping& mapping, const Surroundings& around);

/// What the sheet in force requires, and neither a column nor a default gives.
[[nodiscard]] std::vector<std::string> missing_fields(const Mapping& mapping, const packs::CodeBook& codes);

/// The record's day, caller and first letters, by which a line is found to be there already; all of the sheet where it
/// has neither caller nor request.
[[nodiscard]] std::string sameness(const consultations::ConsultationSheet& sheet);

/// Reads lines with one mapping.
class LineReader {
public:
    LineReader(const Mapping& mapping, const Surroundings& around, bool from_1904);

    [[nodiscard]] PreviewLine read(const FileLine& line) const;
    /// Counts the words of the line that stand where codes are wanted.
    void count_words(const FileLine& line);
    [[nodiscard]] std::vector<FoundWord> words() const;
    /// Required by the sheet in force and empty in this sheet.
    [[nodiscard]] std::vector<std::string> empty_fields(const consultations::ConsultationSheet& sheet) const;

private:
    struct Cell;
    void take(PreviewLine& out, const Cell& cell) const;
    void take_mark(PreviewLine& out, const Cell& cell, const std::string& code) const;
    void take_person(PreviewLine& out, const Cell& cell) const;
    void take_default(PreviewLine& out, const DefaultMapping& one) const;
    void check(PreviewLine& out) const;
    static void fault(PreviewLine& out, const Cell& cell, std::string reason, std::string limit = {});
    /// The code of a word; a fault where nobody knows it. Empty: the field stays empty.
    [[nodiscard]] std::string code_of(PreviewLine& out, const Cell& cell, const std::string& word) const;

    const Mapping& mapping_;  // NOLINT: live as long as the reading
    Surroundings around_;
    bool from_1904_;
    std::map<std::string, std::size_t, std::less<>> columns_of_field_;
    std::map<std::pair<std::string, std::string>, std::string> chosen_;  ///< field, folded word → code
    std::vector<std::string> required_;
    mutable std::map<std::pair<std::string, std::string>, WordBook::Reading> known_;
    std::map<std::pair<std::string, std::string>, std::int64_t> counted_;
};

}  // namespace tsunagi::imports
