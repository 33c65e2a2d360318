// SPDX-License-Identifier: Apache-2.0
// Fictitious texts with planted identifiers, made from demo/planted_texts.yaml and a seed. The ways of writing are
// those that people have; they are not taken from the patterns of the finder.
#pragma once
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <unicode/unistr.h>
#include <yaml-cpp/yaml.h>

#include "modules/anonymisation/finder.hpp"

namespace tsunagi::test {

struct PlantedPlace {
    anonymisation::MarkKind kind{};
    std::int64_t start = 0;  ///< UTF-16 code units
    std::int64_t end = 0;
    std::string form;  ///< which way of writing
};

struct PlantedText {
    std::string text;
    anonymisation::Known known;
    std::vector<PlantedPlace> places;
};

class PlantedTexts {
public:
    PlantedTexts(const std::filesystem::path& file, std::uint32_t seed)
        : words_(YAML::LoadFile(file.string())), dice_(seed) {}

    /// A case: one person, six to ten sentences, some of them with nothing to find.
    PlantedText next() {
        person_ = {pair("families"), pair("givens")};
        born_ = core::Date(std::chrono::year_month_day(std::chrono::year(roll(1927, 1957)),
                                                       std::chrono::month(static_cast<unsigned>(roll(1, 12))),
                                                       std::chrono::day(static_cast<unsigned>(roll(1, 28)))));
        phone_ = phone_digits();
        result_ = {};
        text_.remove();
        result_.known.people.push_back({person_.family.first + " " + person_.given.first,
                                        person_.family.second + " " + person_.given.second,
                                        anonymisation::MarkSource::person});
        result_.known.born_on = born_;
        result_.known.phones.push_back(phone_);
        const int sentences = roll(6, 10);
        for (int i = 0; i < sentences; ++i) {
            write(any(roll(1, 3) == 1 ? "neutral" : "sentences"));
            if (roll(1, 4) == 1)
                text_.append(u'\n');
        }
        text_.toUTF8String(result_.text);
        return result_;
    }

private:
    using Pair = std::pair<std::string, std::string>;
    using Kind = anonymisation::MarkKind;

    struct Name {
        Pair family;
        Pair given;
    };

    int roll(int from, int to) { return std::uniform_int_distribution<int>(from, to)(dice_); }

    std::string any(const char* list) {
        return words_[list][static_cast<std::size_t>(roll(0, static_cast<int>(words_[list].size()) - 1))]
            .as<std::string>();
    }

    Pair pair(const char* list) {
        const auto node = words_[list][static_cast<std::size_t>(roll(0, static_cast<int>(words_[list].size()) - 1))];
        return {node[0].as<std::string>(), node[1].as<std::string>()};
    }

    void plain(const std::string& utf8) { text_.append(icu::UnicodeString::fromUTF8(utf8)); }

    void plant(Kind kind, const std::string& utf8, std::string form) {
        const auto start = text_.length();
        plain(utf8);
        result_.places.push_back({kind, start, text_.length(), std::move(form)});
    }

    void write(const std::string& sentence) {
        for (std::size_t at = 0; at < sentence.size();) {
            const auto open = sentence.find('{', at);
            plain(sentence.substr(at, open - at));
            if (open == std::string::npos)
                return;
            const auto close = sentence.find('}', open);
            slot(sentence.substr(open + 1, close - open - 1));
            at = close + 1;
        }
    }

    void slot(const std::string& name) {
        if (name == "own")
            own();
        else if (name == "age")
            age();
        else if (name == "birth")
            birth();
        else if (name == "date")
            date();
        else if (name == "phone")
            phone();
        else if (name == "worker")
            worker();
        else if (name == "relative")
            relative();
        else if (name == "family")
            plant(Kind::person_name, pair("families").first, "family");
        else if (name == "address")
            address();
        else if (name == "facility")
            plant(Kind::facility, any("facilities"), "facility");
        else if (name == "place")
            plant(Kind::place, any("places"), "place");
        else if (name == "postcode")
            postcode();
        else if (name == "insured")
            insured();
        else if (name == "mcs")
            plant(Kind::number, "mcs" + digits(6), "mcs");
        else if (name == "mail")
            plant(Kind::mail,
                  "renkei" + digits(2) + "@" + (roll(0, 1) == 0 ? "nashi-clinic.example.jp" : "mail.example.com"),
                  "mail");
        else if (name == "relation")
            plain(any("relations"));
        else if (name == "illness")
            plain(any("illnesses"));
        else
            throw std::runtime_error("unknown slot " + name);
    }

    std::string digits(int count) {
        std::string result;
        for (int i = 0; i < count; ++i)
            result += static_cast<char>('0' + roll(0, 9));
        return result;
    }

    std::string phone_digits() {
        switch (roll(0, 3)) {
            case 0:
                return "090" + std::to_string(roll(1, 9)) + digits(7);
            case 1:
                return "080" + std::to_string(roll(1, 9)) + digits(7);
            case 2:
                return "047" + std::to_string(roll(2, 9)) + digits(6);
            default:
                return "03" + std::to_string(roll(3, 6)) + digits(7);
        }
    }

    /// Where the groups of the digits end.
    static std::vector<std::string> groups(const std::string& number) {
        if (number.size() == 11)
            return {number.substr(0, 3), number.substr(3, 4), number.substr(7)};
        if (number.starts_with("03"))
            return {number.substr(0, 2), number.substr(2, 4), number.substr(6)};
        return {number.substr(0, 3), number.substr(3, 3), number.substr(6)};
    }

    static std::string wide(const std::string& ascii);
    static std::string half_kana(const std::string& katakana);
    static std::string hiragana(const std::string& katakana);
    static std::string kanji_digits(const std::string& number, bool places);
    void own();
    void age();
    void birth();
    void date();
    void phone();
    void worker();
    void relative();
    void address();
    void postcode();
    void insured();

    std::string number(int value) { return std::to_string(value); }

    std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

    YAML::Node words_;
    std::mt19937 dice_;
    Name person_;
    core::Date born_;
    std::string phone_;
    icu::UnicodeString text_;
    PlantedText result_;
};

inline std::string PlantedTexts::wide(const std::string& ascii) {
    icu::UnicodeString result;
    for (const char one : ascii)
        result.append(static_cast<char16_t>(one == ' ' ? 0x3000 : one + 0xFEE0));
    std::string text;
    result.toUTF8String(text);
    return text;
}

inline std::string PlantedTexts::half_kana(const std::string& katakana) {
    // The letters of U+FF66… in the order of the full-width ones; a mark behind the voiced.
    static const icu::UnicodeString order = icu::UnicodeString::fromUTF8(
        "\u30F2\u30A1\u30A3\u30A5\u30A7\u30A9\u30E3\u30E5\u30E7\u30C3\u30FC\u30A2\u30A4\u30A6\u30A8\u30AA\u30AB\u30AD"
        "\u30AF\u30B1\u30B3\u30B5\u30B7\u30B9\u30BB\u30BD\u30BF\u30C1\u30C4\u30C6\u30C8\u30CA\u30CB\u30CC\u30CD\u30CE"
        "\u30CF\u30D2\u30D5\u30D8\u30DB\u30DE\u30DF\u30E0\u30E1\u30E2\u30E4\u30E6\u30E8\u30E9\u30EA\u30EB\u30EC\u30ED"
        "\u30EF\u30F3");
    const auto text = icu::UnicodeString::fromUTF8(katakana);
    icu::UnicodeString result;
    for (std::int32_t i = 0; i < text.length(); ++i) {
        char16_t letter = text[i];
        std::int32_t at = order.indexOf(letter);
        char16_t mark = 0;
        if (at < 0) {
            at = order.indexOf(static_cast<char16_t>(letter - 1));
            mark = 0xFF9E;
            if (at < 0) {
                at = order.indexOf(static_cast<char16_t>(letter - 2));
                mark = 0xFF9F;
            }
        }
        if (at < 0) {
            result.append(letter);
            continue;
        }
        result.append(static_cast<char16_t>(0xFF66 + at));
        if (mark != 0)
            result.append(mark);
    }
    std::string utf8;
    result.toUTF8String(utf8);
    return utf8;
}

inline std::string PlantedTexts::hiragana(const std::string& katakana) {
    auto text = icu::UnicodeString::fromUTF8(katakana);
    for (std::int32_t i = 0; i < text.length(); ++i) {
        if (text[i] >= 0x30A1 && text[i] <= 0x30F6)
            text.setCharAt(i, static_cast<char16_t>(text[i] - 0x60));
    }
    std::string result;
    text.toUTF8String(result);
    return result;
}

/// 047 digit by digit, or with `places` 13 as it is read.
inline std::string PlantedTexts::kanji_digits(const std::string& number, bool places) {
    static const std::vector<std::string> kanji{"\u3007", "\u4E00", "\u4E8C", "\u4E09", "\u56DB",
                                                "\u4E94", "\u516D", "\u4E03", "\u516B", "\u4E5D"};
    std::string result;
    if (places) {
        const int value = std::stoi(number);
        if (value >= 20)
            result += kanji[static_cast<std::size_t>(value / 10)];
        if (value >= 10)
            result += "\u5341";
        if (value % 10 != 0)
            result += kanji[static_cast<std::size_t>(value % 10)];
        return result;
    }
    for (const char one : number)
        result += kanji[static_cast<std::size_t>(one - '0')];
    return result;
}

inline void PlantedTexts::own() {
    const auto& [family, given] = person_;
    const auto named = [&](const std::string& name, const char* form, const char* behind = "") {
        plant(Kind::own_name, name, form);
        plain(behind);
    };
    switch (roll(0, 16)) {
        case 0:
            return named(family.first + given.first, "full");
        case 1:
            return named(family.first + " " + given.first, "full, a blank");
        case 2:
            return named(family.first + "\u3000" + given.first, "full, a wide blank", "\u69D8");
        case 3:
            return named(family.first, "family", "\u3055\u3093");
        case 4:
            return named(family.first, "family", "\u69D8");
        case 5:
            return named(family.first, "family", "\u6C0F");
        case 6:
            return named(given.first, "given", "\u3055\u3093");
        case 7:
            return named(family.second + " " + given.second, "katakana");
        case 8:
            return named(hiragana(family.second) + hiragana(given.second), "hiragana");
        case 9:
            return named(half_kana(family.second) + " " + half_kana(given.second), "half-width kana");
        case 10:
            return named(hiragana(family.second), "hiragana family", "\u3055\u3093");
        case 11:
            return named(family.first + "\u30FB" + given.first, "full, a dot");
        case 12:
            return named(family.second + given.second, "katakana, joined", "\u6BBF");
        case 13:
            plain("(");
            named(family.first, "family in brackets");
            return plain(")");
        case 14:
            return named(family.first + "\n" + given.first, "full, over the end of a line");
        case 15:
            return named(half_kana(family.second), "half-width family", "\u69D8");
        default: {
            plain("\u300C");
            named(family.first + given.first, "full, quoted");
            return plain("\u300D");
        }
    }
}

inline void PlantedTexts::birth() {
    const int year = born_.year();
    const int month = static_cast<int>(born_.month());
    const int day = static_cast<int>(born_.day());
    const auto era = core::era_of(born_);
    const std::string letter(1, era.letter);
    const std::string name = era.letter == 'S' ? "\u662D\u548C" : "\u5927\u6B63";
    const std::string era_year = era.year == 1 ? "\u5143" : number(era.year);
    const std::string y = "\u5E74";
    const std::string m = "\u6708";
    const std::string d = "\u65E5";
    const auto put = [&](const std::string& text, const char* form) { plant(Kind::birth_date, text, form); };
    switch (roll(0, 19)) {
        case 0:
            return put(name + era_year + y + number(month) + m + number(day) + d, "era");
        case 1:
            return put(letter + number(era.year) + "." + number(month) + "." + number(day), "S13.5.3");
        case 2:
            return put(letter + number(era.year) + "/" + number(month) + "/" + number(day), "S13/5/3");
        case 3:
            return put(wide(letter + number(era.year) + "." + number(month) + "." + number(day)), "wide S13.5.3");
        case 4:
            return put(name + era_year + "(" + number(year) + ")" + y + number(month) + m + number(day) + d,
                       "era (1938)");
        case 5:
            return put(number(year) + y + number(month) + m + number(day) + d, "1938 with kanji");
        case 6:
            return put(number(year) + "/" + two(month) + "/" + two(day), "1938/05/03");
        case 7:
            return put(number(year) + "-" + number(month) + "-" + number(day), "1938-5-3");
        case 8:
            return put(number(year) + two(month) + two(day), "19380503");
        case 9:
            return put(letter + two(era.year) + two(month) + two(day), "S130503");
        case 10:
            return put(name + (era.year == 1 ? era_year : kanji_digits(number(era.year), true)) + y +
                           kanji_digits(number(month), true) + m + kanji_digits(number(day), true) + d,
                       "era in kanji");
        case 11:
            return put(name.substr(0, 3) + number(era.year) + "." + number(month) + "." + number(day),
                       "first letter of era");
        case 12:
            return put(
                name + " " + number(era.year) + " " + y + " " + number(month) + " " + m + " " + number(day) + " " + d,
                "era, blanks");
        case 13:
            return put(kanji_digits(number(year), false) + y + kanji_digits(number(month), true) + m +
                           kanji_digits(number(day), true) + d,
                       "year digit by digit in kanji");
        case 14:
            return put(number(year) + y + "(" + name + era_year + y + ")" + number(month) + m + number(day) + d,
                       "1938 (era)");
        case 15:
            return put(wide(number(year)) + y + wide(number(month)) + m + wide(number(day)) + d, "wide 1938");
        case 16:
            return put(number(year) + "." + number(month) + "." + number(day), "1938.5.3");
        case 17:
            return put(name + wide(number(era.year)) + y + wide(two(month)) + m + wide(two(day)) + d, "era, wide");
        case 18:
            return put(letter + "." + number(era.year) + "-" + two(month) + "-" + two(day), "S.13-05-03");
        default:
            return put(number(year) + " " + two(month) + " " + two(day), "1938 05 03");
    }
}

inline void PlantedTexts::date() {
    const int month = roll(1, 12);
    const int day = roll(1, 28);
    const auto put = [&](const std::string& text, const char* form) { plant(Kind::date, text, form); };
    switch (roll(0, 6)) {
        case 0:
            return put(number(month) + "\u6708" + number(day) + "\u65E5", "month and day");
        case 1:
            return put(number(month) + "/" + number(day), "5/3");
        case 2:
            return put("\u4EE4\u548C7\u5E74" + number(month) + "\u6708" + number(day) + "\u65E5", "era");
        case 3:
            return put("R7." + number(month) + "." + number(day), "R7.5.3");
        case 4:
            return put("2025\u5E74" + number(month) + "\u6708", "year and month");
        case 5:
            return put(wide(number(month) + "/" + number(day)), "wide 5/3");
        default:
            plain("\u53BB\u5E74");  // relative: it stays
            return put(number(month) + "\u6708", "month");
    }
}

inline void PlantedTexts::age() {
    const int years = 2026 - born_.year();
    switch (roll(0, 3)) {
        case 0:
            return plant(Kind::age, number(years) + "\u6B73", "digits");
        case 1:
            return plant(Kind::age, wide(number(years)) + "\u6B73", "wide");
        case 2:
            return plant(Kind::age, number(years) + "\u624D", "other kanji");
        default:
            return plant(Kind::age, kanji_digits(number(years), true) + "\u6B73", "kanji");
    }
}

inline void PlantedTexts::phone() {
    const std::string digits_only = roll(0, 1) == 0 ? phone_ : phone_digits();
    const auto g = groups(digits_only);
    const auto put = [&](const std::string& text, const char* form) { plant(Kind::phone, text, form); };
    const auto joined = [&](const std::string& between) { return g[0] + between + g[1] + between + g[2]; };
    switch (roll(0, 15)) {
        case 0:
            return put(joined("-"), "hyphens");
        case 1:
            return put("(" + g[0] + ")" + g[1] + "-" + g[2], "area in brackets");
        case 2:
            return put(g[0] + "(" + g[1] + ")" + g[2], "exchange in brackets");
        case 3:
            return put(joined(" "), "blanks");
        case 4:
            return put(digits_only, "digits alone");
        case 5:
            return put(wide(joined("-")), "wide");
        case 6:
            return put(joined("\u2010"), "another hyphen");
        case 7:
            return put(joined("\u30FC"), "long vowel mark");
        case 8:
            return put("+81-" + g[0].substr(1) + "-" + g[1] + "-" + g[2], "international");
        case 9:
            return put(joined("\u306E"), "as it is spoken");
        case 10:
            return put(
                kanji_digits(g[0], false) + "\u30FC" + kanji_digits(g[1], false) + "\u30FC" + kanji_digits(g[2], false),
                "kanji digits");
        case 11:
            return put(joined("\u2212"), "minus");
        case 12:
            return put(joined("."), "dots");
        case 13:
            return put(g[0] + "-" + g[1] + "\n-" + g[2], "over the end of a line");
        case 14:
            return put(wide(g[0]) + "\uFF08" + wide(g[1]) + "\uFF09" + wide(g[2]), "wide brackets");
        default:
            return put(joined(" - "), "hyphens with blanks");
    }
}

inline void PlantedTexts::worker() {
    const std::string family = pair("families").first;
    plant(Kind::person_name, family, "worker");
    plain(any("titles"));
}

inline void PlantedTexts::relative() {
    const auto given = pair("givens");
    switch (roll(0, 2)) {
        case 0:
            return plant(Kind::person_name, given.first, "given");
        case 1:
            return plant(Kind::person_name, pair("families").first + given.first, "full");
        default:
            return plant(Kind::person_name, pair("families").first, "family");
    }
}

inline void PlantedTexts::address() {
    const std::string town = any("towns");
    const std::string a = number(roll(1, 9));
    const std::string b = number(roll(1, 40));
    const std::string c = number(roll(1, 30));
    const auto put = [&](const std::string& text, const char* form) { plant(Kind::address, text, form); };
    switch (roll(0, 5)) {
        case 0:
            return put(any("cities") + town + a + "-" + b + "-" + c, "city, hyphens");
        case 1:
            return put(any("cities") + town + a + "\u4E01\u76EE" + b + "\u756A\u5730" + c, "city, kanji");
        case 2:
            return put(town + a + "-" + b, "town, hyphens");
        case 3:
            return put(any("cities") + town + wide(a) + "\u4E01\u76EE" + wide(b) + "\u756A" + wide(c) + "\u53F7",
                       "wide");
        case 4:
            return put(town + b + "\u756A\u5730", "town and number");
        default:
            return put(
                any("cities") + town + a + "-" + b + "-" + c + " " + any("buildings") + "20" + a + "\u53F7\u5BA4",
                "with building and room");
    }
}

inline void PlantedTexts::postcode() {
    const std::string first = "27" + number(roll(0, 9));
    const std::string last = "00" + digits(2);
    switch (roll(0, 2)) {
        case 0:
            plain("\u3012");
            return plant(Kind::postcode, first + "-" + last, "with sign");
        case 1:
            plain("\u3012");
            return plant(Kind::postcode, wide(first + "-" + last), "wide");
        default:
            plain("(\u90F5\u4FBF\u756A\u53F7 ");
            plant(Kind::postcode, first + "-" + last, "named");
            return plain(")");
    }
}

inline void PlantedTexts::insured() {
    const std::string number_text = "00" + digits(8);
    switch (roll(0, 2)) {
        case 0:
            return plant(Kind::insured_number, number_text, "ten digits");
        case 1:
            return plant(Kind::insured_number, wide(number_text), "wide");
        default:
            return plant(Kind::insured_number, number_text.substr(0, 5) + " " + number_text.substr(5), "parted");
    }
}

}  // namespace tsunagi::test
