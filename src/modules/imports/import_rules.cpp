// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/import_rules.hpp"

#include <algorithm>
#include <set>

#include "core/utf8.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/imports/cell_values.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::imports {

using consultations::ConsultationSheet;
using consultations::ConsultationState;
using consultations::Element;
using consultations::ElementValue;

namespace {

constexpr std::size_t letters_of_sameness = 40;
constexpr std::size_t letters_of_value = 60;
constexpr std::size_t letters_of_word = 100;

std::string first_letters(const std::string& text, std::size_t most) {
    std::size_t at = 0;
    for (std::size_t letters = 0; at < text.size(); ++letters) {
        if (letters == most)
            return text.substr(0, at);
        do
            ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    }
    return text;
}

template <class T>
bool is_empty(const T& value) {
    if constexpr (record::is_optional<T>::value)
        return !value.has_value();
    else
        return value.empty();
}

/// Calls `each(member value)` for the sheet's member of that name.
template <class Sheet, class F>
bool with_field(Sheet& sheet, std::string_view field, F&& each) {
    bool found = false;
    record::for_each_member<ConsultationSheet>([&](auto member) {
        if (field == member.name) {
            found = true;
            each(sheet.*member.pointer);
        }
    });
    return found;
}

/// What a chosen word is known by. Signs have no folded form: \u25b3 and \u00d7 are two words all the same.
std::string key_of(const std::string& word) {
    const std::string shown = first_letters(word, letters_of_word);
    std::string key = folded(shown);
    return key.empty() ? narrow(shown) : key;
}

bool is_person(std::string_view field) {
    return field.starts_with("person_");
}

bool is_field(const std::string& field) {
    static const std::set<std::string> persons{"person_name", "person_kana", "person_born_on", "person_address",
                                               "person_phone"};
    const ConsultationSheet sheet;
    return persons.contains(field) || field == "state" ||
           (field != "asked" && with_field(sheet, field, [](const auto&) {}));
}

/// Whether several columns may go to the field: their texts stand together, their codes in one list.
bool joins(const std::string& field) {
    if (field == "state" || field == "person_born_on")
        return false;
    if (is_person(field))
        return true;
    bool result = false;
    const ConsultationSheet sheet;
    with_field(sheet, field, [&]<class Member>(const Member&) {
        result = record::is_plain_text<Member>::value || record::is_vector<Member>::value;
    });
    return result;
}

/// Whether of what two columns say one would be lost. A matrix gives a field one column for each of its codes.
bool clash(const ColumnMapping& a, const ColumnMapping& b) {
    if (a.field.value != b.field.value)
        return false;
    if (a.mark && b.mark) {
        // A mark of an element is more than yes: suspected, or words.
        return a.field.value == "elements" && a.mark->value == b.mark->value;
    }
    return !joins(a.field.value);
}

std::string name_of(const ColumnMapping& column) {
    return column.header.empty() ? std::to_string(column.column.value + 1) : column.header.value;
}

std::vector<std::string> required_fields(const packs::CodeBook& codes) {
    std::vector<std::string> result;
    for (const auto& field : codes.sheet().fields) {
        if (field.required)
            result.push_back(field.field.value);
    }
    return result;
}

}  // namespace

/// One cell with the column it stands in.
struct LineReader::Cell {
    const ColumnMapping& column;  // NOLINT: lives as long as the line
    const std::string& text;      // NOLINT
};

std::string sameness(const ConsultationSheet& sheet) {
    std::string same = (sheet.received_on ? sheet.received_on->str() : std::string()) + "\n" + sheet.caller_name.value +
                       "\n" + first_letters(sheet.request, letters_of_sameness);
    // A log without names and words, of codes alone, has many lines a day.
    if (sheet.caller_name.empty() && sheet.request.empty())
        same += "\n" + record::to_json(sheet);
    return same;
}

void check_mapping(const Mapping& mapping, const Surroundings& around) {
    std::vector<core::FieldError> errors;
    bool day = false;
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
        const auto& column = mapping.columns[i];
        const std::string place = "/mapping/columns/" + std::to_string(i);
        day = day || column.field.value == "received_on";
        if (!is_field(column.field.value))
            errors.push_back({place + "/field", "unknown_field", ""});
        else if (column.mark && !around.book.has(column.field.value, column.mark->value))
            errors.push_back({place + "/mark", "unknown_code", ""});
        else {
            const auto other = std::ranges::find_if(
                mapping.columns, [&](const ColumnMapping& one) { return &one != &column && clash(one, column); });
            if (other != mapping.columns.end())
                errors.push_back({place + "/field", "one_column", name_of(*other)});
        }
    }
    for (std::size_t i = 0; i < mapping.words.size(); ++i) {
        const auto& word = mapping.words[i];
        if (!word.code.empty() && !around.book.has(word.field.value, word.code.value))
            errors.push_back({"/mapping/words/" + std::to_string(i) + "/code", "unknown_code", ""});
    }
    for (std::size_t i = 0; i < mapping.defaults.size(); ++i) {
        const auto& one = mapping.defaults[i];
        if (one.field.value == "state" || !around.book.has(one.field.value, one.code.value))
            errors.push_back({"/mapping/defaults/" + std::to_string(i) + "/code", "unknown_code", ""});
    }
    if (!day)
        errors.push_back({"/mapping/columns", "needs_received_on", ""});
    if (mapping.state != ConsultationState::closed && mapping.state != ConsultationState::open)
        errors.push_back({"/mapping/state", "not_allowed", ""});
    if (mapping.fiscal_year && (*mapping.fiscal_year < 1950 || *mapping.fiscal_year > 2199))
        errors.push_back({"/mapping/fiscal_year", "not_allowed", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

std::vector<std::string> missing_fields(const Mapping& mapping, const packs::CodeBook& codes) {
    std::vector<std::string> result = required_fields(codes);
    std::erase_if(result, [&](const std::string& field) {
        const auto is_it = [&](const auto& one) { return one.field.value == field; };
        return std::ranges::any_of(mapping.columns, is_it) || std::ranges::any_of(mapping.defaults, is_it);
    });
    return result;
}

LineReader::LineReader(const Mapping& mapping, const Surroundings& around, bool from_1904)
    : mapping_(mapping), around_(around), from_1904_(from_1904), required_(required_fields(around.codes)) {
    for (const auto& column : mapping.columns)
        ++columns_of_field_[column.field.value];
    for (const auto& word : mapping.words)
        chosen_[{word.field.value, key_of(word.word.value)}] = word.code;
}

void LineReader::fault(PreviewLine& out, const Cell& cell, std::string reason, std::string limit) {
    out.faults.push_back(
        {.column = cell.column.column.value,
         .header = cell.column.header.value,
         .field = cell.column.field.value,
         .reason = std::move(reason),
         .limit = std::move(limit),
         // What identifies the person stands in no list of faults.
         .value = is_person(cell.column.field.value) ? std::string() : first_letters(cell.text, letters_of_value)});
}

std::string LineReader::code_of(PreviewLine& out, const Cell& cell, const std::string& word) const {
    const std::string& field = cell.column.field.value;
    if (const auto chosen = chosen_.find({field, key_of(word)}); chosen != chosen_.end())
        return chosen->second;
    auto known = known_.find({field, word});
    if (known == known_.end())
        known = known_.emplace(std::pair(field, word), around_.book.read(field, word)).first;
    if (known->second.certain)
        return *known->second.code;
    fault(out, cell, "unknown_word", first_letters(word, letters_of_value));
    return {};
}

void LineReader::take(PreviewLine& out, const Cell& cell) const {
    const std::string& field = cell.column.field.value;
    if (cell.column.mark)
        return take_mark(out, cell, cell.column.mark->value);
    if (is_person(field))
        return take_person(out, cell);
    if (field == "state") {
        const std::string code = code_of(out, cell, cell.text);
        if (!code.empty())
            (void)record::StringScalar<ConsultationState>::from(code, out.state);
        return;
    }
    with_field(out.sheet, field, [&]<class Member>(Member& member) {
        if constexpr (record::is_plain_text<Member>::value) {
            // Several columns in one long text keep their headers; short ones stand beside each other.
            const bool several = columns_of_field_.at(field) > 1;
            const bool is_long = Member::max >= 2000;
            std::string piece = several && is_long ? cell.column.header.value + ": " + cell.text : cell.text;
            member.value += (member.value.empty() ? "" : is_long ? "\n" : " ") + piece;
            if (core::utf8_length(member.value).value_or(0) > Member::max)
                fault(out, cell, "too_long", std::to_string(Member::max));
        } else if constexpr (std::is_same_v<Member, std::optional<core::Date>>) {
            member = day_in(cell.text, mapping_.fiscal_year, from_1904_);
            if (!member) {
                const bool without_year = !mapping_.fiscal_year && day_in(cell.text, 2000, from_1904_).has_value();
                fault(out, cell, without_year ? "day_without_year" : "not_a_day");
            }
        } else if constexpr (std::is_same_v<Member, std::optional<core::TimeOfDay>>) {
            member = time_in(cell.text);
            if (!member)
                fault(out, cell, "not_a_time");
        } else if constexpr (std::is_same_v<Member, std::vector<Element>>) {
            for (const std::string& word : values_in(cell.text)) {
                const std::string code = code_of(out, cell, word);
                const auto same = [&](const Element& one) { return one.element.value == code; };
                if (!code.empty() && std::ranges::none_of(member, same))
                    member.push_back({record::Code<"element">(code), ElementValue::yes, {}});
            }
        } else if constexpr (record::is_vector<Member>::value) {
            // The whole cell may be one label that holds a comma.
            const bool whole = around_.book.read(field, cell.text).certain;
            for (const std::string& word : whole ? std::vector{cell.text} : values_in(cell.text)) {
                typename Member::value_type code(code_of(out, cell, word));
                if (!code.value.empty() && std::ranges::find(member, code) == member.end())
                    member.push_back(std::move(code));
            }
        } else {
            const std::string code = code_of(out, cell, cell.text);
            if (!code.empty())
                member.emplace(code);
        }
    });
}

void LineReader::take_mark(PreviewLine& out, const Cell& cell, const std::string& code) const {
    const Mark mark = around_.words.mark(cell.text);
    if (mark == Mark::none)
        return;
    const std::string& field = cell.column.field.value;
    if (field == "elements") {
        Element element{record::Code<"element">(code), ElementValue::yes, {}};
        if (mark == Mark::suspected)
            element.value = ElementValue::suspected;
        if (mark == Mark::unknown) {
            element.value = ElementValue::text;
            element.text = cell.text;
            if (core::utf8_length(cell.text).value_or(0) > decltype(Element::text)::max)
                return fault(out, cell, "too_long", std::to_string(decltype(Element::text)::max));
        }
        out.sheet.elements.push_back(std::move(element));
        return;
    }
    if (mark != Mark::yes)
        return fault(out, cell, "not_a_mark");
    with_field(out.sheet, field, [&]<class Member>(Member& member) {
        if constexpr (record::is_vector<Member>::value && !std::is_same_v<Member, std::vector<Element>>) {
            typename Member::value_type value(code);
            if (std::ranges::find(member, value) == member.end())
                member.push_back(std::move(value));
        } else if constexpr (record::is_optional<Member>::value) {
            if constexpr (requires { Member::value_type::scheme(); }) {
                if (member && member->value != code)
                    return fault(out, cell, "several_marks");
                member.emplace(code);
            }
        }
    });
}

void LineReader::take_person(PreviewLine& out, const Cell& cell) const {
    if (!out.person)
        out.person.emplace();
    const std::string_view part = std::string_view(cell.column.field.value).substr(7);
    record::for_each_member<consultations::Person>([&](auto member) {
        if (part != member.name)
            return;
        auto& value = (*out.person).*member.pointer;
        using Member = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Member, std::optional<core::Date>>) {
            value = day_in(cell.text, std::nullopt, from_1904_);
            if (!value)
                fault(out, cell, "not_a_day");
            else if (*value > around_.latest_day)
                fault(out, cell, "future", around_.latest_day.str());
        } else {
            value.value += (value.value.empty() ? "" : " ") + cell.text;
            if (core::utf8_length(value.value).value_or(0) > Member::max)
                fault(out, cell, "too_long", std::to_string(Member::max));
        }
    });
}

void LineReader::take_default(PreviewLine& out, const DefaultMapping& one) const {
    with_field(out.sheet, one.field.value, [&]<class Member>(Member& member) {
        if (!is_empty(member))
            return;
        if constexpr (record::is_optional<Member>::value) {
            if constexpr (requires { Member::value_type::scheme(); } ||
                          std::is_same_v<Member, std::optional<core::UserId>> ||
                          std::is_same_v<Member, std::optional<core::RegionId>>)
                member.emplace(one.code.value);
        } else if constexpr (record::is_vector<Member>::value && !std::is_same_v<Member, std::vector<Element>>) {
            member.emplace_back(one.code.value);
        }
    });
}

PreviewLine LineReader::read(const FileLine& line) const {
    PreviewLine out;
    out.number = line.number;
    out.state = mapping_.state;
    bool said = false;
    for (const ColumnMapping& column : mapping_.columns) {
        const auto at = static_cast<std::size_t>(column.column.value);
        if (at >= line.cells.size() || line.cells[at].empty())
            continue;
        said = true;
        take(out, {column, line.cells[at]});
    }
    if (!said) {
        out.faults.push_back(
            {.column = {}, .header = {}, .field = {}, .reason = "empty_line", .limit = {}, .value = {}});
        return out;
    }
    for (const DefaultMapping& one : mapping_.defaults)
        take_default(out, one);
    // A subtopic belongs to one topic, so it says which.
    if (out.sheet.subtopic && !out.sheet.topic) {
        const auto* entry = around_.codes.code("subtopic", out.sheet.subtopic->value);
        if (entry != nullptr && entry->parent)
            out.sheet.topic.emplace(entry->parent->value);
    }
    check(out);
    return out;
}

void LineReader::check(PreviewLine& out) const {
    using consultations::Demand;
    // What a cell said wrongly is not also missing.
    std::set<std::string> faulty;
    for (const LineFault& one : out.faults)
        faulty.insert(one.field);
    const auto add = [&](const std::string& field, const std::string& reason, const std::string& limit) {
        if (faulty.contains(field))
            return;
        LineFault fault{.column = {}, .header = {}, .field = field, .reason = reason, .limit = limit, .value = {}};
        for (const ColumnMapping& column : mapping_.columns) {
            if (column.field.value == field && !fault.column) {
                fault.column = column.column.value;
                fault.header = column.header;
            }
        }
        out.faults.push_back(std::move(fault));
    };
    const ConsultationSheet& sheet = out.sheet;
    Demand demand = out.state == ConsultationState::closed ? Demand::closed : Demand::registered;
    if (mapping_.past_log) {
        demand = Demand::nothing;
        if (!sheet.received_on)
            add("received_on", "required", "");
        if (sheet.request.empty() && sheet.subject.empty() && sheet.background.empty() && sheet.support_text.empty())
            add("request", "nothing_said", "");
    }
    for (const auto& error : consultations::check_sheet(
             sheet,
             {.codes = around_.codes, .today = around_.today, .latest_day = around_.latest_day, .demand = demand})) {
        const std::string field = error.pointer.substr(1, error.pointer.find('/', 1) - 1);
        add(field, error.reason, error.limit);
    }
    if (out.person && core::is_blank(out.person->name.value))
        add("person_name", "required", "");
}

void LineReader::count_words(const FileLine& line) {
    for (const ColumnMapping& column : mapping_.columns) {
        const auto at = static_cast<std::size_t>(column.column.value);
        const std::string& field = column.field.value;
        if (column.mark || at >= line.cells.size() || line.cells[at].empty() || scheme_of(field).empty())
            continue;
        const bool list = field == "elements" || field == "scenes" || field == "relisted" || field == "supports" ||
                          field == "treatments";
        const bool whole = !list || around_.book.read(field, line.cells[at]).certain;
        for (const std::string& word : whole ? std::vector{line.cells[at]} : values_in(line.cells[at]))
            ++counted_[{field, first_letters(word, letters_of_word)}];
    }
}

std::vector<FoundWord> LineReader::words() const {
    std::vector<FoundWord> result;
    for (const auto& [key, count] : counted_) {
        FoundWord found{
            .field = key.first, .word = key.second, .count = count, .code = {}, .certain = false, .chosen = false};
        if (const auto chosen = chosen_.find({key.first, key_of(key.second)}); chosen != chosen_.end()) {
            found.code = chosen->second;
            found.certain = found.chosen = true;
        } else {
            const auto reading = around_.book.read(key.first, key.second);
            found.code = reading.code;
            found.certain = reading.certain;
        }
        result.push_back(std::move(found));
    }
    std::ranges::stable_sort(result, [](const FoundWord& a, const FoundWord& b) {
        if (a.certain != b.certain)
            return !a.certain;
        return a.field != b.field ? a.field < b.field : a.count > b.count;
    });
    if (result.size() > 1000)
        result.resize(1000);
    return result;
}

std::vector<std::string> LineReader::empty_fields(const ConsultationSheet& sheet) const {
    std::vector<std::string> result;
    for (const std::string& field : required_) {
        with_field(sheet, field, [&](const auto& member) {
            if (is_empty(member))
                result.push_back(field);
        });
    }
    return result;
}

}  // namespace tsunagi::imports
