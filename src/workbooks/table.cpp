// SPDX-License-Identifier: Apache-2.0
#include "workbooks/table.hpp"

namespace tsunagi::workbooks {

core::Error refused(const std::string& reason, const std::string& where) {
    return {core::ErrorKind::invalid, reason,
            where.empty() ? std::vector<core::FieldError>{} : std::vector<core::FieldError>{{"", reason, where}}};
}

std::string tidy(std::string_view text) {
    static constexpr std::string_view wide_blank = "\xE3\x80\x80";
    const auto shorten = [&] {
        for (;;) {
            if (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
                text.remove_prefix(1);
            else if (text.starts_with(wide_blank))
                text.remove_prefix(wide_blank.size());
            else if (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
                text.remove_suffix(1);
            else if (text.ends_with(wide_blank))
                text.remove_suffix(wide_blank.size());
            else
                return;
        }
    };
    shorten();
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\r') {
            if (at + 1 == text.size() || text[at + 1] != '\n')
                out += '\n';
        } else if (c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f')) {
            out += c;
        }
    }
    return out;
}

void read(std::string_view bytes, const Limits& limits, const Visitor& visitor) {
    using namespace std::string_view_literals;
    if (bytes.empty())
        throw refused("file_empty");
    if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
        // Both an encrypted workbook and one of Excel 97 are compound files.
        const bool encrypted =
            bytes.find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv) != std::string_view::npos;
        throw refused(encrypted ? "workbook_encrypted" : "workbook_old");
    }
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
        return read_workbook(bytes, limits, visitor);
    if (bytes.starts_with("%PDF"))
        throw refused("file_not_a_table");
    read_csv(bytes, limits, visitor);
}

}  // namespace tsunagi::workbooks
