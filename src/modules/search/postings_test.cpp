// SPDX-License-Identifier: Apache-2.0
#include "modules/search/postings.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"

namespace tsunagi::search {
namespace {

const SearchWords& words() {
    static const SearchWords read =
        read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml");
    return read;
}

Document document(const std::string& request) {
    Document result;
    result.fields.push_back({"request", request});
    return result;
}

Pieces made(const std::vector<Document>& documents, std::uint32_t buckets) {
    PieceMaker maker(buckets);
    for (std::uint32_t i = 0; i < documents.size(); ++i) {
        for (const Key key : keys_of(documents[i], words().folding))
            maker.add(key, i);
    }
    Pieces pieces;
    maker.take([&](std::uint32_t bucket, std::string piece) { pieces.emplace(bucket, std::move(piece)); });
    return pieces;
}

TEST(Postings, AreWrittenAndReadBack) {
    const std::vector<Document> documents{document("night visit"), document("night"), document("visit")};
    const Pieces pieces = made(documents, 16);
    const auto ask = [&](const char* typed) {
        return candidates(wanted(parse_query(typed, words()), false), 16, pieces);
    };
    EXPECT_EQ(ask("night"), (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(ask("visit"), (std::vector<std::uint32_t>{0, 2}));
    EXPECT_EQ(ask("visit night"), std::vector<std::uint32_t>{0});
    EXPECT_TRUE(ask("morning").empty());
}

TEST(Postings, ACallerIsFoundOnlyByWhoMayReadIt) {
    Document record = document("x");
    record.fields.push_back({"caller_name", "Ishida"});
    const Pieces pieces = made({record}, 16);
    const Query query = parse_query("ishida", words());
    EXPECT_TRUE(candidates(wanted(query, false), 16, pieces).empty());
    EXPECT_EQ(candidates(wanted(query, true), 16, pieces).size(), 1U);
    const Signature signature(keys_of(record, words().folding));
    EXPECT_TRUE(signature.may_answer(wanted(query, true)));
}

TEST(Postings, DamagedPiecesAreTold) {
    EXPECT_THROW(read_piece("P", {0, 9}, [](Key, const auto&) {}), core::Error);
    EXPECT_THROW(read_piece("111", {0, 9}, [](Key, const auto&) {}), core::Error);
    std::vector<IdNumber> ids;
    EXPECT_THROW(read_ids("123", ids), core::Error);
}

RC_GTEST_PROP(Postings, IdsComeBackAsTheyWere, ()) {
    std::vector<IdNumber> ids;
    for (const auto& [high, low] : *rc::gen::arbitrary<std::vector<std::pair<std::uint64_t, std::uint64_t>>>())
        ids.push_back({high, low});
    std::vector<IdNumber> back;
    read_ids(write_ids(ids), back);
    RC_ASSERT(back == ids);
}

/// Few letters, so that they meet; kanji among them.
rc::Gen<std::string> texts() {
    return rc::gen::map(
        rc::gen::container<std::u32string>(rc::gen::element(U'a', U'b', U'\u30A2', U'\u8A2A', U'\u554F', U' ')),
        [](const std::u32string& letters) { return to_utf8(letters); });
}

RC_GTEST_PROP(Postings, NoRecordThatAnswersIsMissedByBlockOrSignature, ()) {
    std::vector<Document> documents;
    for (const auto& text : *rc::gen::container<std::vector<std::string>>(texts()))
        documents.push_back(document(text));
    const std::string typed = *texts();
    Query query;
    try {
        query = parse_query(typed, words());
    } catch (const core::Error&) {
        return;
    }
    const auto buckets = *rc::gen::element(16U, 64U);
    const Wanted asked = wanted(query, false);
    const auto found = candidates(asked, buckets, made(documents, buckets));
    for (std::uint32_t i = 0; i < documents.size(); ++i) {
        if (!match(query, documents[i], words().folding).empty()) {
            RC_ASSERT(std::ranges::binary_search(found, i));
            RC_ASSERT(Signature(keys_of(documents[i], words().folding)).may_answer(asked));
        }
    }
}

}  // namespace
}  // namespace tsunagi::search
