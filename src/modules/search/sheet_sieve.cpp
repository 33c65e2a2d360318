// SPDX-License-Identifier: Apache-2.0
#include "modules/search/sheet_sieve.hpp"

#include <algorithm>
#include <charconv>

namespace tsunagi::search {
namespace {

/// The four hex digits from there on; 0 where there are none.
char32_t hex_at(std::string_view text, std::size_t at) {
    unsigned value = 0;
    if (at + 4 <= text.size())
        (void)std::from_chars(text.data() + at, text.data() + at + 4, value, 16);
    return value;
}

/// What stands between the quotation marks of a JSON text, with its escapes resolved.
std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        switch (const char letter = text[++at]; letter) {
            case 'n':
                out += '\n';
                break;
            case 'r':
                out += '\r';
                break;
            case 't':
                out += '\t';
                break;
            case 'b':
                out += '\b';
                break;
            case 'f':
                out += '\f';
                break;
            case 'u': {
                char32_t unit = hex_at(text, at + 1);
                at += 4;
                if (unit >= 0xD800 && unit < 0xDC00) {
                    unit = 0x10000 + ((unit - 0xD800) << 10U) + (hex_at(text, at + 3) - 0xDC00);
                    at += 6;
                }
                out += to_utf8(std::u32string_view(&unit, 1));
                break;
            }
            default:
                out += letter;
        }
    }
    return out;
}

/// Calls `each` for every text of the JSON that is no name of a member.
template <class F>
void each_text(std::string_view json, F&& each) {
    for (std::size_t begin = json.find('"'); begin != std::string_view::npos; begin = json.find('"', begin)) {
        std::size_t end = begin + 1;
        bool escaped = false;
        for (; end < json.size() && json[end] != '"'; ++end) {
            if (json[end] == '\\') {
                escaped = true;
                ++end;
            }
        }
        const std::string_view text = json.substr(begin + 1, std::min(end, json.size()) - begin - 1);
        begin = std::min(end + 1, json.size());
        const bool is_name = begin < json.size() && json[begin] == ':';
        if (!is_name && !text.empty())
            each(text, escaped);
    }
}

}  // namespace

SheetSieve::SheetSieve(const Query& query, const Folding& folding) : folding_(folding) {
    for (const Term& term : query.terms) {
        // A day may be answered by a field that is one.
        const bool by_letters =
            std::ranges::all_of(term.alternatives, [](const Alternative& one) { return one.day == 0; });
        if (!term.excluded && by_letters)
            terms_.push_back(&term);
    }
}

bool SheetSieve::may_answer(std::string_view number, std::string_view sheet) const {
    std::vector<const Term*> open = terms_;
    const auto look = [&](std::string_view text) {
        const std::u32string letters = folding_.fold(text);
        std::erase_if(open, [&](const Term* term) {
            return std::ranges::any_of(term->alternatives, [&](const Alternative& one) {
                return letters.find(one.letters) != std::u32string::npos;
            });
        });
    };
    if (!open.empty())
        look(number);
    each_text(sheet, [&](std::string_view text, bool escaped) {
        if (open.empty())
            return;
        if (escaped)
            look(unescaped(text));
        else
            look(text);
    });
    return open.empty();
}

}  // namespace tsunagi::search
