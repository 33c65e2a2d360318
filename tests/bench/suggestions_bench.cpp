// SPDX-License-Identifier: Apache-2.0
// How well codes are suggested on the labelled fictitious sheets, beside two baselines, with the confusion of each
// scheme, and how long one suggestion takes. tests/labelled/README.md says what the figures can tell.
#include <chrono>
#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>

#include "tests/labelled/code_figures.hpp"
#include "tests/labelled/labelled_sheets.hpp"

namespace {

using namespace tsunagi;
using Figures = std::map<std::string, test::CodeFigures>;

struct Options {
    std::string source = TSUNAGI_SOURCE_DIR;
    std::size_t learned = 1200;
    std::size_t asked = 600;
    std::uint32_t seed = 20'261;
};

void row(const std::string& name, const Figures& figures) {
    std::printf("| %-24s |", name.c_str());
    for (const auto& scheme : suggestions::suggested_schemes()) {
        const auto& one = figures.at(scheme);
        std::printf(" %5.1f %% | %5.3f |", one.accuracy() * 100, one.micro_f1());
    }
    std::printf("\n");
}

void confusion(const std::string& scheme, const test::CodeFigures& figures) {
    std::printf("\n%s, given \\ suggested (\"-\": none)\n\n", scheme.c_str());
    std::set<std::string> told;
    for (const auto& [given, row_of] : figures.confusion) {
        for (const auto& [other, count] : row_of)
            told.insert(other);
    }
    std::printf("| |");
    for (const auto& other : told)
        std::printf(" %s |", other.c_str());
    std::printf("\n|---|");
    for (std::size_t i = 0; i < told.size(); ++i)
        std::printf("---|");
    std::printf("\n");
    for (const auto& [given, row_of] : figures.confusion) {
        std::printf("| %s |", given.c_str());
        for (const auto& other : told)
            std::printf(" %lld |", static_cast<long long>(row_of.contains(other) ? row_of.at(other) : 0));
        std::printf("\n");
    }
}

void run(const Options& options) {
    const std::filesystem::path source(options.source);
    const auto search_words = search::read_search_words(source / "packs/standard/search_words.yaml");
    const auto words = std::make_shared<const suggestions::CodeWords>(
        suggestions::read_code_words(source / "packs", search_words.folding));
    const test::LabelledSheets labelled(source / "tests/labelled/phrases.yaml");
    const auto learned = labelled.make(options.learned, options.seed, test::Wording::known);
    std::vector<suggestions::CodeKey> codes;
    for (const auto& [code, list] : words->words)
        codes.push_back(code);
    suggestions::CodeModel model(codes, words, search_words.folding);
    const auto begin = std::chrono::steady_clock::now();
    model.learn(learned);
    const double learn_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();

    for (const auto& [name, wording] :
         {std::pair("known wordings", test::Wording::known), std::pair("unseen wordings", test::Wording::unseen)}) {
        const auto asked = labelled.make(options.asked, options.seed + 69'756, wording);
        std::printf("\n## %s: %zu sheets asked about, %zu learned from, seed %u\n\n", name, asked.size(),
                    learned.size(), options.seed);
        std::printf("| told by |");
        for (const auto& scheme : suggestions::suggested_schemes())
            std::printf(" %s: all right | micro-F1 |", scheme.c_str());
        std::printf("\n|---|---|---|---|---|---|---|---|---|\n");
        row("most frequent code", test::figures_of(asked, test::most_frequent(learned)));
        row("word list", test::figures_of(asked, test::word_list(*words, search_words.folding)));
        const auto by_model = test::figures_of(asked, test::suggested(model));
        row("suggestions", by_model);
        for (const auto& scheme : suggestions::suggested_schemes())
            confusion(scheme, by_model.at(scheme));
    }

    const auto asked = labelled.make(options.asked, options.seed + 1, test::Wording::known);
    std::vector<double> ms;
    for (const auto& sheet : asked) {
        const auto start = std::chrono::steady_clock::now();
        (void)model.suggest(sheet.text);
        ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(ms.begin(), ms.end());
    std::printf("\nLearned in %.0f ms. One suggestion: median %.2f ms, p95 %.2f ms.\n", learn_ms, ms[ms.size() / 2],
                ms[ms.size() * 95 / 100]);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Measures the suggestions of codes on fictitious sheets");
    app.add_option("--source", options.source, "the checkout");
    app.add_option("--learned", options.learned, "sheets to learn from");
    app.add_option("--asked", options.asked, "sheets to ask about")->check(CLI::PositiveNumber);
    app.add_option("--seed", options.seed, "other sheets");
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "suggestions_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
