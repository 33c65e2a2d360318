// SPDX-License-Identifier: Apache-2.0
#include "modules/access/access_rules.hpp"

#include <atomic>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "modules/access/one_time_code.hpp"
#include "modules/access/password_hasher.hpp"

namespace tsunagi::access {
namespace {

const AccountWords words{.login_words = {"desk", "admin"}, .name_words = {"窓口"}, .common_passwords = {"password123"}};

std::string password_fault(const std::string& password) {
    std::vector<core::FieldError> errors;
    check_password(password, "hanako", words, "/password", errors);
    return errors.empty() ? "" : errors.front().reason;
}

TEST(AccessRulesTest, PasswordsMustBeLongMixedAndTheirOwn) {
    EXPECT_EQ(password_fault("abc-123"), "too_short");
    EXPECT_EQ(password_fault("あいうえおか1"), "too_short");
    EXPECT_EQ(password_fault("abcdefghij"), "too_simple");
    EXPECT_EQ(password_fault("12345678901"), "too_simple");
    EXPECT_EQ(password_fault("Hanako12"), "same_as_login");
    EXPECT_EQ(password_fault("PassWord123"), "too_common");
    EXPECT_EQ(password_fault("北浜の海は8月"), "too_short");
    EXPECT_EQ(password_fault("北浜の海は青い8月"), "");
    EXPECT_EQ(password_fault("correct horse"), "");
}

TEST(AccessRulesTest, LoginsAreOneFormAndOnePerson) {
    EXPECT_EQ(normalised_login(" ＨａＮａｋｏ "), "hanako");
    const auto fault = [](const std::string& login, const std::string& name) {
        std::vector<core::FieldError> errors;
        check_account(login, name, words, errors);
        return errors.empty() ? "" : errors.front().pointer + " " + errors.front().reason;
    };
    EXPECT_EQ(fault("desk-01", "花子"), "/login shared_account");
    EXPECT_EQ(fault("0001", "花子"), "/login shared_account");
    EXPECT_EQ(fault("deskin", "花子"), "");
    EXPECT_EQ(fault("h.yamada@shiomi", "花子"), "");
    EXPECT_EQ(fault("はなこ", "花子"), "/login format");
    EXPECT_EQ(fault("hanako", "第二窓口"), "/name shared_account");
}

TEST(AccessRulesTest, DelaysGrowAndEndInALock) {
    EXPECT_EQ(delay_after(0).count(), 0);
    EXPECT_EQ(delay_after(1).count(), 2);
    EXPECT_EQ(delay_after(5).count(), 32);
    EXPECT_EQ(delay_after(9).count(), 300);
    EXPECT_EQ(delay_after(10).count(), 900);
    EXPECT_EQ(delay_after(1'000'000).count(), 900);
}

TEST(AccessRulesTest, ReadsStoredLists) {
    EXPECT_EQ(roles_of("lead,municipal"), (std::vector{Role::lead, Role::municipal}));
    EXPECT_TRUE(roles_of("").empty());
    EXPECT_TRUE(roles_of(",,king").empty());
}

TEST(OneTimeCodeTest, KnowsTheCodesOfTheStandard) {
    // RFC 6238, appendix B, SHA-1, the last six of eight digits.
    const std::string secret = "12345678901234567890";
    EXPECT_EQ(totp_at(secret, 59 / 30), "287082");
    EXPECT_EQ(totp_at(secret, 1111111109 / 30), "081804");
    EXPECT_EQ(totp_at(secret, 20000000000 / 30), "353130");
    EXPECT_EQ(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(OneTimeCodeTest, AllowsOneStepOfDifference) {
    const std::string secret = new_totp_secret();
    const auto now = core::Instant::parse("2026-11-17T03:00:10.000Z").value();
    const std::int64_t step = totp_step(now);
    EXPECT_EQ(matching_step(secret, totp_at(secret, step), now), step);
    EXPECT_EQ(matching_step(secret, totp_at(secret, step - 1), now), step - 1);
    EXPECT_EQ(matching_step(secret, totp_at(secret, step + 1), now), step + 1);
    EXPECT_NE(matching_step(secret, totp_at(secret, step - 2), now), step - 2);
    for (const char* bad : {"", "12345", "1234567", "abcdef"})
        EXPECT_FALSE(matching_step(secret, bad, now)) << bad;
}

TEST(OneTimeCodeTest, RecoveryCodesAreReadAsPeopleWriteThem) {
    const auto codes = new_recovery_codes();
    EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), 10U);
    EXPECT_EQ(plain_recovery_code("ABCDE-fghij "), "abcdefghij");
}

TEST(PasswordHasherTest, KnowsItsHashesAndTheirCost) {
    PasswordHasher hasher({.memory = 8192, .passes = 1, .at_once = 2, .waiting = 8});
    const std::string hash = hasher.hash("Hamabe-2026");
    EXPECT_TRUE(hash.starts_with("$argon2id$"));
    EXPECT_TRUE(hasher.verify(hash, "Hamabe-2026"));
    EXPECT_FALSE(hasher.verify(hash, "hamabe-2026"));
    EXPECT_FALSE(hasher.verify("nonsense", ""));
    EXPECT_FALSE(hasher.outdated(hash));
    EXPECT_TRUE(PasswordHasher({.memory = 16384, .passes = 1, .at_once = 2, .waiting = 8}).outdated(hash));
}

TEST(PasswordHasherTest, SendsAwayWhatItCannotTake) {
    PasswordHasher hasher({.memory = 32UL * 1024 * 1024, .passes = 2, .at_once = 1, .waiting = 1});
    std::atomic<int> done{0};
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    threads.reserve(6);
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            try {
                (void)hasher.hash("x");
                ++done;
            } catch (const core::Error&) {
                ++refused;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(done + refused, 6);
    EXPECT_GE(done, 1);
    EXPECT_NO_THROW((void)hasher.hash("x")) << "places are given back";
}

}  // namespace
}  // namespace tsunagi::access
