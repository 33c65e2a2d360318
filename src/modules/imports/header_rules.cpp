// SPDX-License-Identifier: Apache-2.0
// Where the header stands and what its words say.
#include <algorithm>
#include <array>
#include <set>

#include "core/utf8.hpp"
#include "modules/imports/cell_values.hpp"
#include "modules/imports/import_rules.hpp"

namespace tsunagi::imports {
namespace {

constexpr std::int64_t lines_looked_at = 30;

const FileLine* line_at(const std::vector<FileLine>& lines, std::int64_t number) {
    const auto found = std::ranges::find(lines, number, &FileLine::number);
    return found == lines.end() ? nullptr : &*found;
}

std::string cell_at(const FileLine* line, std::size_t column) {
    return line == nullptr || column >= line->cells.size() ? std::string() : line->cells[column];
}

/// A column may be one code of these, with marks below it.
constexpr std::array<const char*, 9> marked_fields{"scenes", "relisted", "elements", "supports",         "treatments",
                                                   "topic",  "method",   "kind",     "caller_profession"};

struct Candidate {
    std::string field;
    std::optional<std::string> mark;
    int quality = 0;  ///< 0: none
};

/// The last part of a header of two lines, and the whole.
std::vector<std::string> forms_of(const std::string& header) {
    const std::size_t bar = header.rfind(" / ");
    if (bar == std::string::npos)
        return {folded(header)};
    return {folded(header), folded(header.substr(bar + 3))};
}

Candidate by_words(const std::vector<std::string>& forms, const ImportWords& words) {
    Candidate best;
    const auto better = [&](const std::string& field, int quality) {
        if (quality > best.quality)
            best = {field, std::nullopt, quality};
    };
    for (std::size_t i = 0; i < forms.size(); ++i) {
        const std::string& form = forms[i];
        const int less = static_cast<int>(i) * 5;
        if (form.empty())
            continue;
        for (const auto& [field, names] : words.fields) {
            for (const std::string& name : names) {
                const auto letters = static_cast<int>(core::utf8_length(name).value_or(0));
                if (name == form)
                    better(field, 100 - less);
                else if (letters >= 2 && (form.ends_with(name) || form.starts_with(name)))
                    better(field, 40 + letters - less);
                else if (letters >= 3 && form.find(name) != std::string::npos)
                    better(field, 20 + letters - less);
            }
        }
    }
    return best;
}

/// Whether the cells below are marks, some of them at least.
bool holds_marks(const std::vector<FileLine>& lines, std::int64_t behind, std::size_t column,
                 const ImportWords& words) {
    bool any = false;
    for (const FileLine& line : lines) {
        if (line.number <= behind || column >= line.cells.size() || line.cells[column].empty())
            continue;
        const Mark mark = words.mark(line.cells[column]);
        if (mark == Mark::unknown)
            return false;
        any = any || mark != Mark::none;
    }
    return any;
}

bool all_empty(const std::vector<FileLine>& lines, std::int64_t behind, std::size_t column) {
    return std::ranges::none_of(lines, [&](const FileLine& line) {
        return line.number > behind && column < line.cells.size() && !line.cells[column].empty();
    });
}

std::vector<Candidate> candidates(const std::vector<FileLine>& lines, const std::vector<FileColumn>& columns,
                                  std::int64_t last_header_line, const Surroundings& around) {
    std::vector<Candidate> result;
    for (const FileColumn& column : columns) {
        const auto forms = forms_of(column.header);
        const auto at = static_cast<std::size_t>(column.column);
        Candidate found = by_words(forms, around.words);
        const bool marks = holds_marks(lines, last_header_line, at, around.words);
        if (marks || (found.quality < 100 && all_empty(lines, last_header_line, at))) {
            const std::size_t bar = column.header.rfind(" / ");
            const std::string last = bar == std::string::npos ? column.header : column.header.substr(bar + 3);
            const std::string group = bar == std::string::npos ? std::string() : column.header.substr(0, bar);
            // The group above names the field, where there is one.
            const std::string wanted = group.empty() ? "" : by_words({folded(group)}, around.words).field;
            for (const char* field : marked_fields) {
                const auto reading = around.book.read(field, last);
                if (!reading.certain)
                    continue;
                const int quality = wanted == field ? 95 : 80;
                if (marks && (found.mark ? quality > found.quality : true))
                    found = {field, reading.code, quality};
                else if (!marks && quality > found.quality)
                    found = {field, reading.code, quality};
            }
        }
        result.push_back(std::move(found));
    }
    // A field is guessed once: the header that says it best keeps it.
    std::set<std::string> taken;
    std::vector<std::size_t> order(result.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return result[a].quality > result[b].quality; });
    for (const std::size_t i : order) {
        Candidate& one = result[i];
        const std::string key = one.field + (one.mark ? "=" + *one.mark : "");
        if (one.quality == 0 || !taken.insert(key).second || (one.mark && taken.contains(one.field)))
            one = {};
    }
    return result;
}

std::size_t known(const std::vector<Candidate>& found) {
    return static_cast<std::size_t>(
        std::ranges::count_if(found, [](const Candidate& one) { return one.quality >= 40; }));
}

}  // namespace

std::vector<FileColumn> columns_of(const std::vector<FileLine>& first_lines, std::int64_t header_line,
                                   std::int64_t header_lines) {
    std::size_t width = 0;
    for (const FileLine& line : first_lines) {
        if (line.number >= header_line)
            width = std::max(width, line.cells.size());
    }
    std::vector<FileColumn> result;
    std::vector<std::string> going_on(static_cast<std::size_t>(header_lines));
    for (std::size_t column = 0; column < width; ++column) {
        std::vector<std::string> parts;
        for (std::int64_t i = 0; i < header_lines; ++i) {
            std::string text = cell_at(line_at(first_lines, header_line + i), column);
            std::ranges::replace(text, '\n', ' ');
            const bool last = i + 1 == header_lines;
            std::string& above = going_on[static_cast<std::size_t>(i)];
            if (!last && text.empty() && !cell_at(line_at(first_lines, header_line + header_lines - 1), column).empty())
                text = above;  // a group goes on to the right of its first column
            else if (!last)
                above = text;
            if (last && !parts.empty() && parts.back() == text)
                going_on.assign(going_on.size(), "");  // one cell over both lines begins no group
            if (!text.empty() && (parts.empty() || parts.back() != text))
                parts.push_back(std::move(text));
        }
        std::string header;
        for (const std::string& part : parts)
            header += (header.empty() ? "" : " / ") + part;
        std::string sample;
        for (const FileLine& line : first_lines) {
            if (sample.empty() && line.number >= header_line + header_lines)
                sample = cell_at(&line, column);
        }
        if (!header.empty() || !sample.empty()) {
            // Texts of a mapping are short; a header that is not is cut at a letter.
            while (core::utf8_length(header).value_or(201) > 200)
                header.pop_back();
            result.push_back({static_cast<std::int64_t>(column), header, sample.substr(0, 300)});
            while (!core::utf8_length(result.back().sample) && !result.back().sample.empty())
                result.back().sample.pop_back();
        }
    }
    return result;
}

Mapping guess_mapping(const std::vector<FileLine>& first_lines, const Surroundings& around,
                      std::optional<std::int64_t> header_line, std::optional<std::int64_t> header_lines) {
    struct Place {
        std::int64_t line = 1;
        std::int64_t lines = 1;
        std::size_t known = 0;
        std::size_t filled = 0;
    };

    Place best;
    bool first = true;
    const std::int64_t last = first_lines.empty() ? 1 : first_lines.front().number + lines_looked_at;
    for (const FileLine& line : first_lines) {
        if (line.number > last || (header_line && line.number != *header_line))
            continue;
        for (const std::int64_t lines : {1, 2}) {
            if (header_lines && lines != *header_lines)
                continue;
            const auto columns = columns_of(first_lines, line.number, lines);
            const Place here{.line = line.number,
                             .lines = lines,
                             .known = known(candidates(first_lines, columns, line.number + lines - 1, around)),
                             .filled = static_cast<std::size_t>(std::ranges::count_if(
                                 line.cells, [](const std::string& cell) { return !cell.empty(); }))};
            const bool better =
                here.known != best.known ? here.known > best.known : here.lines == 1 && here.filled > best.filled;
            if (first || better)
                best = here;
            first = false;
        }
    }
    if (header_line)
        best.line = *header_line;
    if (header_lines)
        best.lines = *header_lines;
    Mapping mapping;
    mapping.header_line.value = best.line;
    mapping.header_lines.value = best.lines;
    const auto columns = columns_of(first_lines, best.line, best.lines);
    const auto found = candidates(first_lines, columns, best.line + best.lines - 1, around);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (found[i].quality == 0)
            continue;
        ColumnMapping column;
        column.column.value = columns[i].column;
        column.header = columns[i].header;
        column.field = record::CodeName(found[i].field);
        if (found[i].mark)
            column.mark = record::CodeName(*found[i].mark);
        mapping.columns.push_back(std::move(column));
    }
    return mapping;
}

std::size_t apply_mapping(const Mapping& before, const std::vector<FileColumn>& columns, Mapping& onto) {
    std::vector<ColumnMapping> found;
    std::set<std::size_t> used;
    for (const FileColumn& column : columns) {
        const std::string form = folded(column.header);
        for (std::size_t i = 0; i < before.columns.size(); ++i) {
            if (used.contains(i) || form.empty() || folded(before.columns[i].header.value) != form)
                continue;
            ColumnMapping next = before.columns[i];
            next.column.value = column.column;
            next.header = column.header;
            found.push_back(std::move(next));
            used.insert(i);
            break;
        }
    }
    const std::size_t count = found.size();
    onto.columns = std::move(found);
    onto.words = before.words;
    onto.defaults = before.defaults;
    onto.state = before.state;
    onto.past_log = before.past_log;
    onto.fiscal_year = before.fiscal_year;
    onto.take_repeated = before.take_repeated;
    return count;
}

}  // namespace tsunagi::imports
