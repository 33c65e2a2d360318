// SPDX-License-Identifier: Apache-2.0
#include "core/sealing.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

namespace tsunagi::core {
namespace {

class SealingTest : public testing::Test {
protected:
    SealingTest() {
        std::string name = (std::filesystem::temp_directory_path() / "tsunagi-key-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }

    ~SealingTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
};

TEST_F(SealingTest, TheKeyFileIsForTheServiceAlone) {
    const auto file = folder_ / "keys" / "master.key";
    const MasterKey made = MasterKey::create(file);

    struct stat info {};

    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    EXPECT_EQ(info.st_size, 32);
    EXPECT_EQ(MasterKey::load(file).fingerprint(), made.fingerprint());
    EXPECT_THROW(MasterKey::create(file), std::runtime_error) << "an existing key is never overwritten";
    ::chmod(file.c_str(), 0640);
    EXPECT_THROW((void)MasterKey::load(file), std::runtime_error);
    EXPECT_THROW((void)MasterKey::load(folder_ / "missing"), std::runtime_error);
}

TEST_F(SealingTest, AKeyOfTheWrongSizeIsRefused) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{31}, std::size_t{33}}) {
        const auto file = folder_ / ("key" + std::to_string(size));
        std::ofstream(file) << std::string(size, 'k');
        ::chmod(file.c_str(), 0600);
        EXPECT_THROW((void)MasterKey::load(file), std::runtime_error) << size;
    }
}

TEST_F(SealingTest, KeysDifferByPurposeAndInstallation) {
    const MasterKey a = MasterKey::create(folder_ / "a");
    const MasterKey b = MasterKey::create(folder_ / "b");
    EXPECT_EQ(a.derive("persons_").size(), 32U);
    EXPECT_EQ(a.derive("persons_"), a.derive("persons_"));
    EXPECT_NE(a.derive("persons_"), a.derive("secrets_"));
    EXPECT_NE(a.derive("persons_"), b.derive("persons_"));
    EXPECT_NE(a.fingerprint(), b.fingerprint());
    EXPECT_EQ(a.fingerprint().size(), 16U);
    EXPECT_THROW((void)a.derive("short"), std::logic_error);
}

RC_GTEST_PROP(SealingLaws, WhatWasSealedOpensAndNothingElseDoes,
              (const std::string& plain, const std::string& context)) {
    const std::string key(32, 'k');
    const std::string sealed = seal(key, plain, context);
    RC_ASSERT(open_sealed(key, sealed, context) == plain);
    RC_ASSERT(seal(key, plain, context) != sealed);
    RC_ASSERT(!open_sealed(key, sealed, context + "x"));
    RC_ASSERT(!open_sealed(std::string(32, 'l'), sealed, context));
    std::string changed = sealed;
    char& place = changed[*rc::gen::inRange<std::size_t>(0, sealed.find_last_not_of('='))];
    place = place == 'A' ? 'B' : 'A';
    RC_ASSERT(!open_sealed(key, changed, context));
    RC_ASSERT(!open_sealed(key, sealed.substr(0, sealed.size() / 2), context));
}

TEST(Sealing, RefusesWhatWasNeverSealed) {
    const std::string key(32, 'k');
    for (const std::string_view text : {"", "AAAA", "!!!!", "not base64 at all", "髙橋"}) {
        EXPECT_FALSE(open_sealed(key, text, "c")) << text;
    }
}

TEST(Sealing, HashesAreStableAndKeyed) {
    EXPECT_EQ(plain_hash(""), "DldRwCblQ7Loqy6wYJnaodHl30d3j3eH+qtFzfEv46g=") << "BLAKE2b-256 of nothing";
    EXPECT_NE(keyed_hash(std::string(32, 'k'), "a"), keyed_hash(std::string(32, 'l'), "a"));
    EXPECT_NE(keyed_hash(std::string(32, 'k'), "a"), plain_hash("a"));
}

TEST(Sealing, TokensAreLongAndNeverTheSame) {
    std::set<std::string> tokens;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = random_token();
        EXPECT_EQ(token.size(), 43U);
        EXPECT_EQ(token.find_first_of("+/=;, \""), std::string::npos);
        tokens.insert(token);
    }
    EXPECT_EQ(tokens.size(), 1000U);
}

}  // namespace
}  // namespace tsunagi::core
