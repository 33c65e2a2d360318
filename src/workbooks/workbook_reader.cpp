// SPDX-License-Identifier: Apache-2.0
// Office Open XML as far as a table needs it: shared and inline texts, numbers, formats of days and times, merged
// cells, several sheets. Formulas are read as the values that stand beside them.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include <expat.h>
#include <zip.h>

#include "core/date.hpp"
#include "core/utf8.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::workbooks {
namespace {

/// From here on a part that unpacks to far more than it was packed in is taken for a bomb.
constexpr std::uint64_t suspicious = std::uint64_t{16} << 20U;
constexpr std::size_t longest_text = 100'000;
constexpr std::size_t most_merges = 200'000;
constexpr std::int64_t last_row_of_excel = 1'048'576;

/// The packed file. Names of parts are without the leading slash.
class Archive {
public:
    Archive(std::string_view bytes, const Limits& limits) : limits_(limits) {
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
        // Not asked whether every part's two headers agree: in workbooks that 地方厚生局 publishes they do not, and
        // Excel opens them. Each part's check sum is looked at when it is read.
        zip_.reset(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
        if (!zip_ && source != nullptr)
            zip_source_free(source);
        zip_error_fini(&error);
        if (!zip_)
            throw refused("workbook_broken");
    }

    [[nodiscard]] bool has(const std::string& name) const { return zip_name_locate(zip_.get(), name.c_str(), 0) >= 0; }

    [[nodiscard]] bool any(const std::function<bool(std::string_view)>& fits) const {
        const zip_int64_t count = zip_get_num_entries(zip_.get(), 0);
        for (zip_int64_t i = 0; i < count; ++i) {
            const char* name = zip_get_name(zip_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
            if (name != nullptr && fits(name))
                return true;
        }
        return false;
    }

    /// Hands the part's bytes over piece by piece until `take` has enough.
    void unpack(const std::string& name, std::uint64_t most, const std::function<bool(std::string_view)>& take) const {
        const zip_int64_t index = zip_name_locate(zip_.get(), name.c_str(), 0);
        zip_stat_t stat;
        if (index < 0 || zip_stat_index(zip_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0)
            throw refused("workbook_broken", name);
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
            throw refused("workbook_encrypted");
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
            zip_fopen_index(zip_.get(), static_cast<zip_uint64_t>(index), 0), &zip_fclose);
        if (!file)
            throw refused("workbook_broken", name);
        std::array<char, std::size_t{64} * 1024> room{};
        std::uint64_t total = 0;
        for (;;) {
            const zip_int64_t size = zip_fread(file.get(), room.data(), room.size());
            if (size < 0)
                throw refused("workbook_broken", name);
            if (size == 0)
                return;
            total += static_cast<std::uint64_t>(size);
            if (total > most || (total > suspicious && total / limits_.ratio > stat.comp_size))
                throw refused("workbook_bomb", name);
            if (!take({room.data(), static_cast<std::size_t>(size)}))
                return;
        }
    }

private:
    struct Close {
        void operator()(zip_t* zip) const { zip_discard(zip); }
    };

    const Limits& limits_;  // NOLINT: lives as long as the reading
    std::unique_ptr<zip_t, Close> zip_;
};

using Attributes = std::map<std::string, std::string, std::less<>>;

/// Calls back for each element, by its name without a namespace prefix. What the callbacks throw goes on to the caller.
class Xml {
public:
    std::function<void(std::string_view name, const Attributes& attributes)> open;
    std::function<void(std::string_view name)> close;
    std::function<void(std::string_view text)> text;

    void read(const Archive& archive, const std::string& part, std::uint64_t most) {
        const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr),
                                                                             &XML_ParserFree);
        parser_ = parser.get();
        XML_SetUserData(parser_, this);
        XML_SetElementHandler(parser_, &Xml::on_open, &Xml::on_close);
        XML_SetCharacterDataHandler(parser_, &Xml::on_text);
        // No workbook has one, and entities that name each other fill any memory.
        XML_SetStartDoctypeDeclHandler(parser_, [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
            static_cast<Xml*>(self)->guarded([] { throw refused("workbook_broken"); });
        });
        archive.unpack(part, most, [&](std::string_view bytes) {
            const auto status = XML_Parse(parser_, bytes.data(), static_cast<int>(bytes.size()), 0);
            if (thrown_)
                std::rethrow_exception(thrown_);
            if (status == XML_STATUS_ERROR && !stopped_)
                throw refused("workbook_broken", part);
            return !stopped_;
        });
        if (!stopped_ && XML_Parse(parser_, "", 0, 1) == XML_STATUS_ERROR)
            throw refused("workbook_broken", part);
        if (thrown_)
            std::rethrow_exception(thrown_);
    }

    /// Enough has been read.
    void stop() {
        stopped_ = true;
        XML_StopParser(parser_, XML_FALSE);
    }

private:
    template <class Work>
    void guarded(Work&& work) {
        if (thrown_ || stopped_)
            return;
        try {
            work();
        } catch (...) {
            thrown_ = std::current_exception();
            XML_StopParser(parser_, XML_FALSE);
        }
    }

    static std::string_view local(const XML_Char* name) {
        const std::string_view whole(name);
        const std::size_t colon = whole.find(':');
        return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
    }

    static void on_open(void* self, const XML_Char* name, const XML_Char** attributes) {
        auto* xml = static_cast<Xml*>(self);
        if (!xml->open)
            return;
        xml->guarded([&] {
            Attributes all;
            for (; *attributes != nullptr; attributes += 2)  // NOLINT: the library's list
                all.emplace(local(attributes[0]), attributes[1]);
            xml->open(local(name), all);
        });
    }

    static void on_close(void* self, const XML_Char* name) {
        auto* xml = static_cast<Xml*>(self);
        if (xml->close)
            xml->guarded([&] { xml->close(local(name)); });
    }

    static void on_text(void* self, const XML_Char* text, int size) {
        auto* xml = static_cast<Xml*>(self);
        if (xml->text)
            xml->guarded([&] { xml->text({text, static_cast<std::size_t>(size)}); });
    }

    XML_Parser parser_ = nullptr;
    std::exception_ptr thrown_;
    bool stopped_ = false;
};

std::string attribute(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// How a number is meant to be read.
enum class Form { plain, day, time, day_and_time };

bool is_one_of(std::int64_t id, std::initializer_list<std::pair<int, int>> ranges) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const auto& range) { return id >= range.first && id <= range.second; });
}

/// The formats that every workbook has, those of Japan among them.
Form built_in(std::int64_t id) {
    if (id == 22)
        return Form::day_and_time;
    if (is_one_of(id, {{18, 21}, {32, 33}, {45, 47}}))
        return Form::time;
    return is_one_of(id, {{14, 17}, {27, 31}, {34, 36}, {50, 58}}) ? Form::day : Form::plain;
}

/// What the letters of a format of one's own say, without what stands in quotes and brackets.
Form form_of(std::string_view code) {
    std::string letters;
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char c = code[at];
        if (c == '"') {
            at = std::min(code.find('"', at + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++at;
        } else if (c == '[') {
            const std::size_t end = std::min(code.find(']', at), code.size());
            const std::string_view inside = code.substr(at + 1, end - at - 1);
            if (inside == "h" || inside == "hh" || inside == "H" || inside == "m" || inside == "mm" || inside == "s")
                letters += inside;
            at = end;
        } else if (c == ';') {
            break;
        } else {
            letters += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    if (letters.find("general") != std::string::npos)
        return Form::plain;
    // The m of a format with hours or seconds is a minute.
    const bool time = letters.find_first_of("hs") != std::string::npos;
    const bool day =
        letters.find_first_of("yde") != std::string::npos || (!time && letters.find('m') != std::string::npos);
    if (day)
        return time ? Form::day_and_time : Form::day;
    return time ? Form::time : Form::plain;
}

std::string written(double serial, Form form, bool from_1904) {
    if (form == Form::plain || !(serial >= 0) || serial >= 2'958'466)
        return {};
    auto minutes = static_cast<std::int64_t>(std::llround((serial - std::floor(serial)) * 24 * 60));
    auto days = static_cast<std::int64_t>(std::floor(serial));
    if (minutes == 24 * 60) {
        minutes = 0;
        ++days;
    }
    const std::string time = core::TimeOfDay(static_cast<int>(minutes / 60), static_cast<int>(minutes % 60)).str();
    if (form == Form::time && days == 0)
        return time;
    using std::chrono::year;
    // Excel counts a 29 February 1900 that there never was.
    const core::Date zero = from_1904 ? core::Date(year{1904} / 1 / 1)
                                      : core::Date(days < 61 ? year{1899} / 12 / 31 : year{1899} / 12 / 30);
    const std::string day = zero.plus_days(static_cast<int>(days)).str();
    return form == Form::day && minutes == 0            ? day
           : form == Form::day_and_time && minutes == 0 ? day
                                                        : day + " " + time;
}

struct SheetEntry {
    std::string name;
    std::string part;
};

/// `../worksheets/sheet1.xml` beside `xl/workbook.xml`.
std::string part_of(std::string target) {
    if (target.starts_with('/'))
        return target.substr(1);
    std::string folder = "xl/";
    while (target.starts_with("../")) {
        target.erase(0, 3);
        folder.clear();
    }
    return folder + target;
}

/// Column and row of a place like AB12, from 0; nothing when it is none.
std::optional<std::pair<std::size_t, std::int64_t>> place_of(std::string_view text) {
    std::size_t column = 0;
    std::size_t at = 0;
    for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at < 4; ++at)
        column = column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
    const auto row = number_of(text.substr(at));
    if (at == 0 || !row || *row < 1)
        return std::nullopt;
    return std::pair(column - 1, *row - 1);
}

class Reader {
public:
    Reader(std::string_view bytes, const Limits& limits, const Visitor& visitor)
        : archive_(bytes, limits), limits_(limits), visitor_(visitor) {}

    void read() {
        refuse_others();
        read_sheet_names();
        if (archive_.has("xl/styles.xml"))
            read_styles();
        if (archive_.has("xl/sharedStrings.xml"))
            read_texts();
        for (const SheetEntry& sheet : sheets_)
            read_sheet(sheet);
        if (rows_ == 0)
            throw refused("workbook_empty");
    }

private:
    void refuse_others() {
        if (archive_.has("EncryptedPackage"))
            throw refused("workbook_encrypted");
        if (!archive_.has("[Content_Types].xml"))
            throw refused(archive_.has("mimetype") ? "workbook_other" : "file_not_a_table");
        if (archive_.any([](std::string_view name) { return name.ends_with("vbaProject.bin"); }))
            throw refused("workbook_macro");
        Xml xml;
        xml.open = [](std::string_view, const Attributes& attributes) {
            const std::string type = attribute(attributes, "ContentType");
            if (type.find("macroEnabled") != std::string::npos)
                throw refused("workbook_macro");
            if (type.find("sheet.binary") != std::string::npos)
                throw refused("workbook_other");
        };
        xml.read(archive_, "[Content_Types].xml", limits_.texts);
        if (!archive_.has("xl/workbook.xml"))
            throw refused("file_not_a_table");
    }

    void read_sheet_names() {
        std::map<std::string, std::string> parts;
        Xml links;
        links.open = [&](std::string_view name, const Attributes& attributes) {
            if (name == "Relationship")
                parts[attribute(attributes, "Id")] = part_of(attribute(attributes, "Target"));
        };
        links.read(archive_, "xl/_rels/workbook.xml.rels", limits_.texts);
        Xml xml;
        xml.open = [&](std::string_view name, const Attributes& attributes) {
            if (name == "workbookPr") {
                const std::string from = attribute(attributes, "date1904");
                from_1904_ = from == "1" || from == "true";
            }
            const std::string part = name == "sheet" ? parts[attribute(attributes, "id")] : std::string();
            if (!part.empty() && attribute(attributes, "state").empty() && archive_.has(part))
                sheets_.push_back({tidy(attribute(attributes, "name")), part});
            if (!part.empty() && attribute(attributes, "state") == "visible" && archive_.has(part))
                sheets_.push_back({tidy(attribute(attributes, "name")), part});
        };
        xml.read(archive_, "xl/workbook.xml", limits_.texts);
        if (sheets_.empty())
            throw refused("workbook_empty");
        if (sheets_.size() > 200)
            throw refused("workbook_broken");
    }

    void read_styles() {
        std::map<std::int64_t, Form> own;
        bool cells = false;
        Xml xml;
        xml.open = [&](std::string_view name, const Attributes& attributes) {
            if (name == "numFmt") {
                if (const auto id = number_of(attribute(attributes, "numFmtId")))
                    own[*id] = form_of(attribute(attributes, "formatCode"));
            } else if (name == "cellXfs") {
                cells = true;
            } else if (name == "xf" && cells) {
                const auto id = number_of(attribute(attributes, "numFmtId")).value_or(0);
                const auto found = own.find(id);
                forms_.push_back(found != own.end() ? found->second : built_in(id));
            }
        };
        xml.close = [&](std::string_view name) {
            if (name == "cellXfs")
                cells = false;
        };
        xml.read(archive_, "xl/styles.xml", limits_.texts);
    }

    void read_texts() {
        std::string text;
        bool inside = false;
        int reading = 0;  // the reading of a word, not the word
        Xml xml;
        xml.open = [&](std::string_view name, const Attributes&) {
            if (name == "si")
                text.clear();
            else if (name == "rPh")
                ++reading;
            inside = name == "t" && reading == 0;
        };
        xml.text = [&](std::string_view more) {
            if (inside && text.size() < longest_text)
                text += more;
        };
        xml.close = [&](std::string_view name) {
            if (name == "rPh")
                --reading;
            inside = false;
            if (name == "si")
                texts_.push_back(readable(text));
        };
        xml.read(archive_, "xl/sharedStrings.xml", limits_.texts);
    }

    /// Excel writes a carriage return as _x000D_.
    static std::string readable(const std::string& text) {
        static constexpr std::string_view mark = "_x000D_";
        std::string plain = text;
        for (std::size_t at = plain.find(mark); at != std::string::npos; at = plain.find(mark, at))
            plain.erase(at, mark.size());
        return tidy(plain);
    }

    struct Merge {
        std::int64_t last_row = 0;
        std::size_t column = 0;
        std::string text;
    };

    /// By the first row: what goes on downwards.
    std::multimap<std::int64_t, Merge> merges_of(const std::string& part) {
        std::multimap<std::int64_t, Merge> merges;
        Xml xml;
        xml.open = [&](std::string_view name, const Attributes& attributes) {
            if (name != "mergeCell")
                return;
            const std::string range = attribute(attributes, "ref");
            const std::size_t colon = range.find(':');
            if (colon == std::string::npos)
                return;
            const auto from = place_of(std::string_view(range).substr(0, colon));
            const auto to = place_of(std::string_view(range).substr(colon + 1));
            if (!from || !to || to->second <= from->second)
                return;
            if (merges.size() >= most_merges)
                throw refused("workbook_broken", part);
            merges.emplace(from->second, Merge{to->second, from->first, {}});
        };
        xml.read(archive_, part, limits_.unpacked);
        return merges;
    }

    void read_sheet(const SheetEntry& sheet) {
        auto merges = merges_of(sheet.part);
        std::vector<Merge> going_on;
        visitor_.table(sheet.name, from_1904_);
        Row row;
        std::int64_t at_row = -1;
        std::size_t at_column = 0;
        std::string type;
        std::string value;
        std::size_t style = 0;
        bool in_value = false;
        int reading = 0;
        const auto put = [&](std::size_t column, std::string text) {
            if (text.empty())
                return;
            if (column >= limits_.columns)
                throw refused("too_many_columns", std::to_string(limits_.columns));
            if (row.cells.size() <= column)
                row.cells.resize(column + 1);
            row.cells[column] = std::move(text);
        };
        Xml xml;
        xml.open = [&](std::string_view name, const Attributes& attributes) {
            if (name == "row") {
                // Rows go downwards; a number that says otherwise counts for nothing.
                const std::int64_t said = number_of(attribute(attributes, "r")).value_or(0);
                at_row = said > at_row + 1 && said <= last_row_of_excel ? said - 1 : at_row + 1;
                at_column = 0;
                row = Row{.number = at_row + 1, .cells = {}};
            } else if (name == "c") {
                if (const auto place = place_of(attribute(attributes, "r")))
                    at_column = place->first;
                type = attribute(attributes, "t");
                style = static_cast<std::size_t>(number_of(attribute(attributes, "s")).value_or(0));
                value.clear();
            } else if (name == "rPh") {
                ++reading;
            }
            in_value = name == "v" || (name == "t" && reading == 0);
        };
        xml.text = [&](std::string_view more) {
            if (in_value && value.size() < longest_text)
                value += more;
        };
        xml.close = [&](std::string_view name) {
            in_value = false;
            if (name == "rPh") {
                --reading;
            } else if (name == "c") {
                put(at_column, cell(type, value, style));
                ++at_column;
            } else if (name == "row") {
                std::erase_if(going_on, [&](const Merge& merge) { return merge.last_row < at_row; });
                for (const Merge& merge : going_on) {
                    if (row.cells.size() <= merge.column || row.cells[merge.column].empty())
                        put(merge.column, merge.text);
                }
                const auto [first, last] = merges.equal_range(at_row);
                for (auto it = first; it != last; ++it) {
                    it->second.text =
                        it->second.column < row.cells.size() ? row.cells[it->second.column] : std::string();
                    going_on.push_back(it->second);
                }
                if (row.cells.empty())
                    return;
                if (++rows_ > limits_.rows)
                    throw refused("too_many_rows", std::to_string(limits_.rows));
                visitor_.row(std::move(row));
                row = Row{};
            } else if (name == "sheetData") {
                xml.stop();
            }
        };
        xml.read(archive_, sheet.part, limits_.unpacked);
    }

    std::string cell(const std::string& type, const std::string& value, std::size_t style) const {
        if (type == "s") {
            const auto index = number_of(value);
            const bool there = index && *index >= 0 && static_cast<std::size_t>(*index) < texts_.size();
            return there ? texts_[static_cast<std::size_t>(*index)] : std::string();
        }
        if (type == "inlineStr" || type == "str")
            return readable(value);
        if (type == "b")
            return value == "1" ? "TRUE" : "FALSE";
        if (type == "d" || type == "e" || value.empty())
            return tidy(value);
        double serial = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), serial);
        if (error != std::errc{} || end != value.data() + value.size())
            return tidy(value);
        const Form form = style < forms_.size() ? forms_[style] : Form::plain;
        if (std::string text = written(serial, form, from_1904_); !text.empty())
            return text;
        // 4.0E+1 and 0.30000000000000004 as Excel shows them
        std::array<char, 40> room{};
        const int size = std::snprintf(room.data(), room.size(), "%.15g", serial);
        return {room.data(), static_cast<std::size_t>(size)};
    }

    Archive archive_;
    const Limits& limits_;    // NOLINT: live as long as the reading
    const Visitor& visitor_;  // NOLINT
    std::vector<SheetEntry> sheets_;
    std::vector<std::string> texts_;
    std::vector<Form> forms_;
    bool from_1904_ = false;
    std::int64_t rows_ = 0;
};

}  // namespace

void read_workbook(std::string_view bytes, const Limits& limits, const Visitor& visitor) {
    Reader(bytes, limits, visitor).read();
}

}  // namespace tsunagi::workbooks
