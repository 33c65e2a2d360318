// SPDX-License-Identifier: Apache-2.0
// The finder of identifiers: whatever the bytes, its marks lie within the text, between letters, in their order,
// without overlapping, and replacing them all leaves UTF-8. The first line of the input is the name of the person cared
// for.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include "core/utf8.hpp"
#include "modules/anonymisation/anonymisation_rules.hpp"
#include "modules/anonymisation/finder.hpp"

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

bool is_border(const icu::UnicodeString& text, std::int32_t at) {
    return at == 0 || at == text.length() || !(U16_IS_LEAD(text[at - 1]) && U16_IS_TRAIL(text[at]));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tsunagi;
    using namespace tsunagi::anonymisation;
    static const auto words =
        read_anonymisation_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard");
    static const Dictionary dictionary;
    static const Finder finder(words, dictionary);
    const std::string input(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 20'000));  // NOLINT
    const auto end = input.find('\n');
    Known known;
    known.people.push_back({input.substr(0, end), "", MarkSource::person});
    known.phones.push_back(input.substr(0, end));
    known.born_on = core::Date::parse("1938-05-03");
    const std::vector<consultations::FieldText> fields{
        {"request", end == std::string::npos ? input : input.substr(end + 1)}};
    const auto text = icu::UnicodeString::fromUTF8(fields[0].text);
    const auto marks = finder.find(fields, known);
    std::int64_t last = 0;
    std::vector<MarkDecision> decisions;
    for (const Mark& mark : marks) {
        demand(mark.field == "request");
        demand(mark.start >= last && mark.start < mark.end && mark.end <= text.length());
        demand(is_border(text, static_cast<std::int32_t>(mark.start)));
        demand(is_border(text, static_cast<std::int32_t>(mark.end)));
        last = mark.end;
        decisions.push_back({.field = {mark.field},
                             .start = {mark.start},
                             .end = {mark.end},
                             .kind = mark.kind,
                             .source = mark.source,
                             .replace = true,
                             .replacement = {mark.replacement},
                             .reason = {}});
    }
    // A text that could be stored is decided on as it was found.
    if (fields[0].text.empty() || !core::utf8_length(fields[0].text))
        return 0;
    demand(check_decisions(fields, marks, decisions).empty());
    const auto result = anonymised(fields, {}, decisions);
    demand(core::utf8_length(result.fields.at(0).text).has_value());
    return 0;
}
