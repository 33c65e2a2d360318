// SPDX-License-Identifier: Apache-2.0
#include "record/sql_text.hpp"

#include <algorithm>

namespace tsunagi::record {

std::string anywhere(std::string_view text) {
    std::string result = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!')
            result += '!';
        result += c;
    }
    return result + "%";
}

std::vector<std::string> words_of(std::string text) {
    for (std::size_t at = text.find("\u3000"); at != std::string::npos; at = text.find("\u3000"))
        text.replace(at, 3, " ");
    std::vector<std::string> result;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        if (end > start)
            result.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return result;
}

std::string all_words_in(std::initializer_list<std::string_view> columns, const std::string& text, Params& params,
                         std::string_view also) {
    std::string result;
    int number = 0;
    for (const std::string& word : words_of(text)) {
        const std::string place = "word" + std::to_string(number++);
        params.set(place, anywhere(word));
        const std::string like = " LIKE LOWER(:" + place + ") ESCAPE '!'";
        std::string any;
        for (const std::string_view column : columns)
            any += (any.empty() ? "LOWER(" : " OR LOWER(") + std::string(column) + ")" + like;
        if (!also.empty()) {
            std::string further(also);
            further.replace(further.find(":word"), 5, "LOWER(:" + place + ") ESCAPE '!'");
            any += " OR " + further;
        }
        result += " AND (" + any + ")";
    }
    return result;
}

}  // namespace tsunagi::record
