// SPDX-License-Identifier: Apache-2.0
#include "modules/search/sheet_sieve.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "modules/search/record_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::search {
namespace {

const SearchWords& words() {
    static const SearchWords read =
        read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml");
    return read;
}

bool may_answer(const char* typed, const consultations::ConsultationSheet& sheet) {
    const Query query = parse_query(typed, words());
    return SheetSieve(query, words().folding).may_answer("R8-0412", record::to_json(sheet));
}

TEST(SheetSieve, HoldsBackWhatHoldsNotEveryTerm) {
    consultations::ConsultationSheet sheet;
    sheet.request = "Visits \"at night\"\nand by day";
    sheet.elements.emplace_back().text = "竈門ヶ浜";
    EXPECT_TRUE(may_answer("visits", sheet));
    EXPECT_TRUE(may_answer("VISITS 竈門ケ浜", sheet));
    EXPECT_TRUE(may_answer("R8-0412", sheet)) << "the number";
    EXPECT_TRUE(may_answer("visits -night", sheet)) << "what is left out is decided by the record";
    EXPECT_TRUE(may_answer("R8.11.12 visits", sheet)) << "a day may stand in a field of its own";
    EXPECT_FALSE(may_answer("visits morning", sheet));
    EXPECT_FALSE(may_answer("request", sheet)) << "the name of a member is no text";
}

/// Letters that JSON writes in another way than they are, and such that folding changes.
rc::Gen<std::string> texts() {
    return rc::gen::map(rc::gen::container<std::u32string>(rc::gen::element(U'a', U'B', U'"', U'\\', U'\n', U'\t', U'/',
                                                                            U' ', U'\u30A2', U'\u3042', U'\u8A2A',
                                                                            U'\U00020BB7', U'\uFF21', U'1')),
                        [](const std::u32string& letters) { return to_utf8(letters); });
}

RC_GTEST_PROP(SheetSieve, LetsEverythingThroughThatAnswers, ()) {
    consultations::ConsultationSheet sheet;
    sheet.subject = *texts();
    sheet.background = *texts();
    sheet.elements.emplace_back().text = *texts();
    const std::string number = "R8-0001";
    Query query;
    try {
        query = parse_query(*texts(), words());
    } catch (const core::Error&) {
        return;
    }
    if (!match(query, store::document_of(number, sheet), words().folding).empty())
        RC_ASSERT(SheetSieve(query, words().folding).may_answer(number, record::to_json(sheet)));
}

}  // namespace
}  // namespace tsunagi::search
