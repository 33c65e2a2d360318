// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "core/error.hpp"
#include "modules/analysis/report_file.hpp"

namespace tsunagi::analysis {
namespace {

/// More missing characters than this need not be listed to be understood.
constexpr std::size_t most_missing = 100;

/// These at the start make a spreadsheet compute, the wide ones in Japanese Excel.
constexpr std::array<std::string_view, 12> formula_starts{"=",  "+",      "-",      "@",      "\t",     "\r",
                                                          "\n", "\uff1d", "\uff0b", "\uff0d", "\u2212", "\uff20"};

std::string harmless(const std::string& text) {
    for (const std::string_view start : formula_starts) {
        if (text.starts_with(start))
            return "'" + text;
    }
    return text;
}

std::vector<std::vector<std::string>> rows_of(const ReportSheet& sheet) {
    std::vector<std::vector<std::string>> result;
    const auto add = [&](const std::vector<ReportCell>& row) {
        auto& cells = result.emplace_back();
        for (const auto& cell : row) {
            cells.push_back(cell.number ? std::to_string(*cell.number) : harmless(cell.text));
            cells.resize(cells.size() + cell.span - 1);
        }
    };
    if (!sheet.head.empty())
        add(sheet.head.back());
    for (const auto& row : sheet.rows)
        add(row);
    return result;
}

void append_field(std::string& out, const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

std::string joined(const std::vector<std::vector<std::string>>& rows) {
    std::string out;
    for (const auto& row : rows) {
        bool first = true;
        for (const auto& cell : row) {
            if (!first)
                out += ',';
            first = false;
            append_field(out, cell);
        }
        out += "\r\n";
    }
    return out;
}

/// Writes single characters in the code page that Japanese Windows calls 932.
class Cp932 {
public:
    Cp932() : converter_(nullptr, &ucnv_close) {
        UErrorCode status = U_ZERO_ERROR;
        converter_.reset(ucnv_open("ibm-943_P15A-2003", &status));
        if (U_SUCCESS(status))
            ucnv_setFromUCallBack(converter_.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
        if (U_FAILURE(status))
            throw std::runtime_error("the code page 932 is not available");
        // The converter's own fallbacks would write another character for some forty kanji of names (鷗, 蔣, 頰).
        ucnv_setFallback(converter_.get(), false);
    }

    /// Appends the character; false when the code page lacks it.
    bool append(std::string& out, UChar32 character) {
        const auto* twin = std::find_if(twins.begin(), twins.end(), [=](auto& one) { return one.first == character; });
        if (twin != twins.end())
            character = twin->second;
        const icu::UnicodeString units(character);
        std::array<char, 8> bytes{};
        UErrorCode status = U_ZERO_ERROR;
        ucnv_resetFromUnicode(converter_.get());
        const int32_t size = ucnv_fromUChars(converter_.get(), bytes.data(), static_cast<int32_t>(bytes.size()),
                                             units.getBuffer(), units.length(), &status);
        if (U_FAILURE(status) || size < 1)
            return false;
        out.append(bytes.data(), static_cast<std::size_t>(size));
        return true;
    }

private:
    /// Signs that Unicode has twice and the code page once: Windows writes and reads the second.
    static constexpr std::array<std::pair<UChar32, UChar32>, 5> twins{{
        {0x301c, 0xff5e},  // wave dash
        {0x2212, 0xff0d},  // minus
        {0x2016, 0x2225},  // double vertical line
        {0x2014, 0x2015},  // dash
        {0x00a6, 0xffe4},  // broken bar
    }};

    std::unique_ptr<UConverter, decltype(&ucnv_close)> converter_;
};

/// Converts one cell and names what is lost; a variation selector is named together with its character.
std::string converted(Cp932& page, const std::string& text, const std::string& place,
                      std::vector<core::FieldError>& missing) {
    std::string out;
    const icu::UnicodeString units = icu::UnicodeString::fromUTF8(text);
    int32_t before = 0;
    for (int32_t at = 0; at < units.length(); at = units.moveIndex32(at, 1)) {
        const UChar32 character = units.char32At(at);
        const bool selector = u_hasBinaryProperty(character, UCHAR_VARIATION_SELECTOR) != 0;
        if (!page.append(out, character) && missing.size() < most_missing) {
            const int32_t from = selector ? before : at;
            std::string lost;
            units.tempSubStringBetween(from, units.moveIndex32(at, 1)).toUTF8String(lost);
            missing.push_back({place, "not_in_cp932", lost});
        }
        before = at;
    }
    return out;
}

}  // namespace

std::string csv_file(const ReportSheet& sheet) {
    return "\xef\xbb\xbf" + joined(rows_of(sheet));
}

std::string csv_cp932_file(const ReportSheet& sheet) {
    Cp932 page;
    std::vector<core::FieldError> missing;
    auto rows = rows_of(sheet);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            const std::string place = "/rows/" + std::to_string(row + 1) + "/columns/" + std::to_string(column + 1);
            // Quoting afterwards is safe: no second byte of the code page is a quote, comma or line end.
            rows[row][column] = converted(page, rows[row][column], place, missing);
        }
    }
    if (!missing.empty())
        throw core::Error(core::ErrorKind::invalid, "not_in_cp932", std::move(missing));
    return joined(rows);
}

}  // namespace tsunagi::analysis
