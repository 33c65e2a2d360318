// SPDX-License-Identifier: Apache-2.0
// How much of what is planted in fictitious texts is found, and how much of what is marked was planted. Prints the
// table; run it with --gtest_filter='Recall*'.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "tests/support/planted_texts.hpp"

namespace tsunagi::anonymisation {
namespace {

namespace fs = std::filesystem;

struct Counts {
    int planted = 0;
    int found = 0;
    int marked = 0;
    int right = 0;

    [[nodiscard]] double recall() const { return planted == 0 ? 1 : static_cast<double>(found) / planted; }

    [[nodiscard]] double precision() const { return marked == 0 ? 1 : static_cast<double>(right) / marked; }
};

struct Measured {
    std::map<MarkKind, Counts> kinds;
    std::map<std::string, int> missed;    ///< kind and form, with an example
    std::map<std::string, int> too_much;  ///< kind and words
};

std::string piece(const std::string& text, std::int64_t start, std::int64_t end) {
    std::string result;
    icu::UnicodeString::fromUTF8(text)
        .tempSubStringBetween(static_cast<std::int32_t>(start), static_cast<std::int32_t>(end))
        .toUTF8String(result);
    return result;
}

/// Every letter of the place stands in a mark, whatever its kind.
bool is_found(const test::PlantedPlace& place, const std::vector<Mark>& marks) {
    std::int64_t covered = place.start;
    for (const Mark& mark : marks) {
        if (mark.start <= covered && mark.end > covered)
            covered = mark.end;
    }
    return covered >= place.end;
}

Measured measure(const Dictionary& dictionary, std::uint32_t seed, int texts) {
    const fs::path source(TSUNAGI_SOURCE_DIR);
    const auto words = read_anonymisation_words(source / "packs" / "standard");
    const Finder finder(words, dictionary);
    test::PlantedTexts planted(source / "demo" / "planted_texts.yaml", seed);
    Measured result;
    for (int i = 0; i < texts; ++i) {
        const auto one = planted.next();
        const auto marks = finder.find({{"request", one.text}}, one.known);
        for (const auto& place : one.places) {
            ++result.kinds[place.kind].planted;
            if (is_found(place, marks))
                ++result.kinds[place.kind].found;
            else
                ++result.missed[record::to_text(place.kind) + " " + place.form + ": " +
                                piece(one.text, place.start, place.end)];
        }
        for (const Mark& mark : marks) {
            ++result.kinds[mark.kind].marked;
            if (std::ranges::any_of(one.places, [&](const test::PlantedPlace& place) {
                    return place.start < mark.end && mark.start < place.end;
                }))
                ++result.kinds[mark.kind].right;
            else
                ++result.too_much[record::to_text(mark.kind) + " " + piece(one.text, mark.start, mark.end)];
        }
    }
    return result;
}

void print(const char* title, const Measured& measured) {
    std::printf("%s\n%-16s %8s %8s %8s %8s %10s\n", title, "kind", "planted", "found", "recall", "marked", "precision");
    for (const auto& [kind, counts] : measured.kinds) {
        std::printf("%-16s %8d %8d %7.1f%% %8d %9.1f%%\n", record::to_text(kind).c_str(), counts.planted, counts.found,
                    100 * counts.recall(), counts.marked, 100 * counts.precision());
    }
    int shown = 0;
    for (const auto& [what, times] : measured.missed) {
        if (++shown <= 40)
            std::printf("  missed %d times: %s\n", times, what.c_str());
    }
    shown = 0;
    for (const auto& [what, times] : measured.too_much) {
        if (++shown <= 40)
            std::printf("  too much %d times: %s\n", times, what.c_str());
    }
}

/// These are never missed, with the dictionary or without.
void expect_certain(const Measured& measured) {
    for (const MarkKind kind : {MarkKind::own_name, MarkKind::birth_date, MarkKind::phone}) {
        const Counts& counts = measured.kinds.at(kind);
        EXPECT_GT(counts.planted, 200);
        EXPECT_EQ(counts.found, counts.planted) << record::to_text(kind);
    }
}

TEST(Recall, WithTheDictionary) {
    const Dictionary dictionary;
    ASSERT_TRUE(dictionary.installed()) << "mecab-ipadic-utf8 is not installed";
    const auto measured = measure(dictionary, 20261117, 1500);
    print("with the dictionary", measured);
    expect_certain(measured);
    const std::map<MarkKind, std::pair<double, double>> floors{
        {MarkKind::own_name, {1, 0.95}},  {MarkKind::person_name, {0.95, 0.85}}, {MarkKind::birth_date, {1, 0.98}},
        {MarkKind::age, {0.99, 0.98}},    {MarkKind::date, {0.99, 0.95}},        {MarkKind::phone, {1, 0.98}},
        {MarkKind::mail, {1, 1}},         {MarkKind::postcode, {1, 0.98}},       {MarkKind::insured_number, {1, 0.95}},
        {MarkKind::number, {1, 0.95}},    {MarkKind::address, {0.95, 0.9}},      {MarkKind::place, {0.6, 0.7}},
        {MarkKind::facility, {0.88, 0.9}}};
    for (const auto& [kind, floor] : floors) {
        const Counts& counts = measured.kinds.at(kind);
        EXPECT_GT(counts.planted, 50) << record::to_text(kind);
        EXPECT_GE(counts.recall(), floor.first) << record::to_text(kind);
        EXPECT_GE(counts.precision(), floor.second) << record::to_text(kind);
    }
}

TEST(Recall, WithoutADictionary) {
    const Dictionary none("/nonexistent");
    ASSERT_FALSE(none.installed());
    const auto measured = measure(none, 20261117, 1500);
    print("without a dictionary", measured);
    expect_certain(measured);
    EXPECT_GE(measured.kinds.at(MarkKind::facility).recall(), 0.7);
    EXPECT_GE(measured.kinds.at(MarkKind::person_name).recall(), 0.7);
}

}  // namespace
}  // namespace tsunagi::anonymisation
