// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>

#include <unicode/ucnv.h>

#include "core/utf8.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::workbooks {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter result(ucnv_open(name, &status), &ucnv_close);
    if (U_FAILURE(status) != 0)
        throw core::Error(core::ErrorKind::internal, "internal", {}, std::string("ICU has no ") + name);
    return result;
}

/// The bytes as UTF-8; nothing when one of them means nothing in that encoding.
bool decode(std::string_view bytes, const char* name, std::string& out) {
    constexpr std::size_t at_once = 1U << 16U;
    const Converter from = converter(name);
    const Converter to = converter("UTF-8");
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::vector<UChar> pivot(at_once);
    std::array<char, at_once> room{};
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    const char* source = bytes.data();
    const char* end = bytes.data() + bytes.size();
    bool first = true;
    out.clear();
    for (;;) {
        status = U_ZERO_ERROR;
        char* target = room.data();
        ucnv_convertEx(to.get(), from.get(), &target, room.data() + room.size(), &source, end, pivot.data(),
                       &pivot_source, &pivot_target, pivot.data() + pivot.size(), first ? 1 : 0, 1, &status);
        first = false;
        out.append(room.data(), target);
        if (status == U_BUFFER_OVERFLOW_ERROR)
            continue;
        return U_SUCCESS(status) != 0;
    }
}

bool looks_like_utf16(std::string_view bytes, std::size_t high) {
    const std::size_t looked_at = std::min<std::size_t>(bytes.size() & ~std::size_t{1}, 4096);
    std::size_t zeros = 0;
    for (std::size_t at = high; at < looked_at; at += 2)
        zeros += bytes[at] == '\0' ? 1U : 0U;
    return looked_at >= 4 && zeros * 10 >= looked_at;  // a fifth of the letters are Latin, digits or commas
}

std::string text_of(std::string_view bytes) {
    std::string text;
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    else if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        const bool little = bytes.front() == '\xFF';
        if (!decode(bytes.substr(2), little ? "UTF-16LE" : "UTF-16BE", text) || !core::utf8_length(text))
            throw refused("file_encoding", "UTF-16");
        return text;
    }
    if (core::utf8_length(bytes))
        return std::string(bytes);
    for (const auto& [name, high] : {std::pair("UTF-16LE", std::size_t{1}), std::pair("UTF-16BE", std::size_t{0})}) {
        if (looks_like_utf16(bytes, high) && decode(bytes, name, text) && core::utf8_length(text))
            return text;
    }
    if (bytes.find('\0') != std::string_view::npos)
        throw refused("file_not_a_table");
    if (decode(bytes, "ibm-943_P15A-2003", text) && core::utf8_length(text))
        return text;
    throw refused("file_encoding");
}

/// The sign that parts most cells of the first lines.
char separator_of(std::string_view text) {
    std::array<std::size_t, 3> found{};
    bool quoted = false;
    std::size_t lines = 0;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (c == '\n' && ++lines == 20)
            break;
        for (std::size_t i = 0; i < 3; ++i)
            found[i] += c == ",\t;"[i] ? 1U : 0U;
    }
    return ",\t;"[std::max_element(found.begin(), found.end()) - found.begin()];
}

/// RFC 4180, and what programs make of it: any line end, a quote in the middle of a cell is a letter.
class Cells {
public:
    Cells(std::string_view text, char separator) : text_(text), separator_(separator) {}

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }

    /// The next record's cells.
    std::vector<std::string> next() {
        std::vector<std::string> cells;
        ++number_;
        for (;;) {
            cells.push_back(tidy(cell()));
            if (done())
                return cells;
            const char c = text_[at_++];
            if (c == separator_)
                continue;
            if (c == '\r' && !done() && text_[at_] == '\n')
                ++at_;
            return cells;
        }
    }

    [[nodiscard]] std::int64_t number() const { return number_; }

private:
    std::string cell() {
        std::string out;
        const auto ends = [&](char c) { return c == separator_ || c == '\n' || c == '\r'; };
        if (!done() && text_[at_] == '"') {
            ++at_;
            for (;;) {
                const std::size_t quote = text_.find('"', at_);
                if (quote == std::string_view::npos)
                    throw refused("file_open_quote", std::to_string(number_));
                out += text_.substr(at_, quote - at_);
                at_ = quote + 1;
                if (done() || text_[at_] != '"')
                    break;
                out += '"';
                ++at_;
            }
        }
        while (!done() && !ends(text_[at_]))
            out += text_[at_++];
        return out;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::int64_t number_ = 0;
};

}  // namespace

void read_csv(std::string_view bytes, const Limits& limits, const Visitor& visitor) {
    const std::string text = text_of(bytes);
    const auto controls = std::count_if(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    if (controls > static_cast<std::ptrdiff_t>(text.size() / 100))
        throw refused("file_not_a_table");
    if (core::is_blank(text))
        throw refused("file_empty");
    visitor.table({}, false);
    Cells cells(text, separator_of(text));
    std::int64_t rows = 0;
    while (!cells.done()) {
        Row row{.number = 0, .cells = cells.next()};
        row.number = cells.number();
        while (!row.cells.empty() && row.cells.back().empty())
            row.cells.pop_back();
        if (row.cells.empty())
            continue;
        if (row.cells.size() > limits.columns)
            throw refused("too_many_columns", std::to_string(limits.columns));
        if (++rows > limits.rows)
            throw refused("too_many_rows", std::to_string(limits.rows));
        visitor.row(std::move(row));
    }
    if (rows == 0)
        throw refused("file_empty");
}

}  // namespace tsunagi::workbooks
