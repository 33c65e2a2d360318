// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/uploads/upload.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::imports {

using ImportId = core::Id<struct ImportTag>;
using MappingId = core::Id<struct MappingTag>;

/// `read` has lines and no result yet, or none any more; `checked` waits for somebody to take it.
enum class ImportState { reading, refused, read, checking, checked, taking, taken, undoing, undone };
BOOST_DESCRIBE_ENUM(ImportState, reading, refused, read, checking, checked, taking, taken, undoing, undone)

/// What one column says. `field` is a member of the consultation sheet, `state`, or one of the person: `person_name`,
/// `person_kana`, `person_born_on`, `person_address`, `person_phone`. Several columns may go to a field of text or to a
/// list: their texts stand below each other, with their headers. Any other field has one column, or one for each code.
struct ColumnMapping {
    record::Whole<0, 255> column;  ///< from 0; found again by its header in the next file
    record::Text<200> header;
    record::CodeName field;
    /// The column is one code of a list, and a mark in it says yes: the ○ of a matrix.
    std::optional<record::CodeName> mark;
};
BOOST_DESCRIBE_STRUCT(ColumnMapping, (), (column, header, field, mark))

/// Their word for a code of ours; an empty code leaves the field empty.
struct WordMapping {
    record::CodeName field;
    record::NonEmpty<record::Text<100>> word;
    record::Text<60> code;
};
BOOST_DESCRIBE_STRUCT(WordMapping, (), (field, word, code))

/// What stands where a line says nothing.
struct DefaultMapping {
    record::CodeName field;
    record::Text<60> code;  ///< a code, or the id of a receiver or district
};
BOOST_DESCRIBE_STRUCT(DefaultMapping, (), (field, code))

/// How the lines of a table become consultations.
struct Mapping {
    record::Whole<0, 199> table;
    record::Whole<1, 200'000> header_line;  ///< as the spreadsheet counts
    record::Whole<1, 3> header_lines;       ///< a group above its columns takes two
    std::vector<ColumnMapping> columns;
    std::vector<WordMapping> words;
    std::vector<DefaultMapping> defaults;
    consultations::ConsultationState state = consultations::ConsultationState::closed;  ///< closed or open
    /// A log of former times: what the sheet in force requires may be missing.
    bool past_log = true;
    std::optional<std::int64_t> fiscal_year;  ///< of days written without their year
    bool take_repeated = false;               ///< lines that are there already, too
};
BOOST_DESCRIBE_STRUCT(Mapping, (),
                      (table, header_line, header_lines, columns, words, defaults, state, past_log, fiscal_year,
                       take_repeated))

/// A sheet of a workbook, or the one table of a CSV file.
struct FileTable {
    std::string name;
    std::int64_t lines = 0;
    std::int64_t columns = 0;
    bool from_1904 = false;
};
BOOST_DESCRIBE_STRUCT(FileTable, (), (name, lines, columns, from_1904))

struct FieldCount {
    std::string field;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(FieldCount, (), (field, count))

/// The numbers that the records of an import got.
struct NumberRange {
    std::int64_t fiscal_year = 0;
    std::string first;
    std::string last;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(NumberRange, (), (fiscal_year, first, last, count))

struct Import {
    ImportId id;
    core::DeskId desk_id;
    std::int64_t version = 1;
    ImportState state{};
    std::string file_name;
    std::int64_t size = 0;
    std::string refusal;     ///< why the file, or the last step, was refused
    std::string refused_at;  ///< the place in the file, where there is one
    std::vector<FileTable> tables;
    std::optional<Mapping> mapping;  ///< of the last check
    std::string mapping_name;
    std::int64_t lines_done = 0;
    std::int64_t lines_all = 0;
    std::int64_t good = 0;
    std::int64_t bad = 0;
    std::int64_t repeated = 0;             ///< lines that say what is there already
    std::vector<FieldCount> empty_fields;  ///< required by the sheet in force, and empty in so many good lines
    std::vector<NumberRange> numbers;
    std::optional<core::Instant> same_file_taken_at;  ///< the same bytes were taken before
    core::Instant created_at;
    std::string created_by_name;
    std::optional<core::Instant> taken_at;
    std::optional<core::Instant> undone_at;
    std::string undone_by_name;
};
BOOST_DESCRIBE_STRUCT(Import, (),
                      (id, desk_id, version, state, file_name, size, refusal, refused_at, tables, mapping, mapping_name,
                       lines_done, lines_all, good, bad, repeated, empty_fields, numbers, same_file_taken_at,
                       created_at, created_by_name, taken_at, undone_at, undone_by_name))

struct ImportList {
    std::vector<Import> items;  ///< newest first, at most 200
};
BOOST_DESCRIBE_STRUCT(ImportList, (), (items))

struct ImportFilter {
    std::vector<core::DeskId> desk;
};
BOOST_DESCRIBE_STRUCT(ImportFilter, (), (desk))

struct NewImport {
    std::optional<core::DeskId> desk_id;  ///< the person's only desk when absent
    uploads::UploadId upload_id;          ///< the complete file
};
BOOST_DESCRIBE_STRUCT(NewImport, (), (desk_id, upload_id))

/// A line of the file as it stands there.
struct FileLine {
    std::int64_t number = 0;
    std::vector<std::string> cells;
};
BOOST_DESCRIBE_STRUCT(FileLine, (), (number, cells))

struct LinesQuery {
    std::optional<std::int64_t> table;
    std::optional<std::int64_t> limit;  ///< 1 to 200, 30 when absent
};
BOOST_DESCRIBE_STRUCT(LinesQuery, (), (table, limit))

struct FileLines {
    std::vector<FileLine> items;
};
BOOST_DESCRIBE_STRUCT(FileLines, (), (items))

struct GuessQuery {
    std::optional<std::int64_t> table;
    std::optional<std::int64_t> header_line;
    std::optional<std::int64_t> header_lines;
    record::Text<60> mapping;  ///< a name; without one, the one that knows most of the headers
};
BOOST_DESCRIBE_STRUCT(GuessQuery, (), (table, header_line, header_lines, mapping))

/// A column by its header, the last of them first where there are two.
struct FileColumn {
    std::int64_t column = 0;
    std::string header;
    std::string sample;
};
BOOST_DESCRIBE_STRUCT(FileColumn, (), (column, header, sample))

struct Guess {
    Mapping mapping;
    std::string mapping_name;  ///< whose columns were found again; empty: guessed from the header's words
    std::vector<FileColumn> columns;
};
BOOST_DESCRIBE_STRUCT(Guess, (), (mapping, mapping_name, columns))

/// What is wrong with a cell. `reason` is translated by the browser.
struct LineFault {
    std::optional<std::int64_t> column;
    std::string header;
    std::string field;
    std::string reason;
    std::string limit;
    std::string value;  ///< the cell, its first letters
};
BOOST_DESCRIBE_STRUCT(LineFault, (), (column, header, field, reason, limit, value))

struct PreviewLine {
    std::int64_t number = 0;
    consultations::ConsultationState state{};
    consultations::ConsultationSheet sheet;
    std::optional<consultations::Person> person;
    std::vector<LineFault> faults;
};
BOOST_DESCRIBE_STRUCT(PreviewLine, (), (number, state, sheet, person, faults))

/// A word of the file where a code is wanted, and how often it stands there.
struct FoundWord {
    std::string field;
    std::string word;
    std::int64_t count = 0;
    std::optional<std::string> code;  ///< what it is read as, or what it might be
    bool certain = false;             ///< false: a guess that somebody must confirm
    bool chosen = false;              ///< the mapping says so
};
BOOST_DESCRIBE_STRUCT(FoundWord, (), (field, word, count, code, certain, chosen))

struct Preview {
    std::vector<PreviewLine> items;
    std::vector<FoundWord> words;      ///< those that nobody is certain of first
    std::vector<std::string> missing;  ///< required by the sheet in force, with no column and no default
};
BOOST_DESCRIBE_STRUCT(Preview, (), (items, words, missing))

struct CheckOrder {
    Mapping mapping;
    record::Text<60> mapping_name;  ///< the mapping is kept under this name; empty: it is not
};
BOOST_DESCRIBE_STRUCT(CheckOrder, (), (mapping, mapping_name))

enum class FaultKind { bad, repeated };
BOOST_DESCRIBE_ENUM(FaultKind, bad, repeated)

struct FaultyLine {
    std::int64_t number = 0;
    FaultKind kind{};
    std::vector<LineFault> faults;
};
BOOST_DESCRIBE_STRUCT(FaultyLine, (), (number, kind, faults))

struct FaultsQuery {
    std::optional<std::int64_t> after;  ///< the number of the last line seen
    std::optional<std::int64_t> limit;  ///< 1 to 2,000, 200 when absent
};
BOOST_DESCRIBE_STRUCT(FaultsQuery, (), (after, limit))

struct FaultyLines {
    std::vector<FaultyLine> items;
    std::optional<std::int64_t> next;
};
BOOST_DESCRIBE_STRUCT(FaultyLines, (), (items, next))

struct SavedMapping {
    MappingId id;
    core::DeskId desk_id;
    std::int64_t version = 1;
    std::string name;
    core::Instant updated_at;
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(SavedMapping, (), (id, desk_id, version, name, updated_at, updated_by_name))

struct MappingName {
    record::NonEmpty<record::Text<60>> name;
};
BOOST_DESCRIBE_STRUCT(MappingName, (), (name))

struct SavedMappings {
    std::vector<SavedMapping> items;
};
BOOST_DESCRIBE_STRUCT(SavedMappings, (), (items))

}  // namespace tsunagi::imports
