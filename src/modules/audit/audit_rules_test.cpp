// SPDX-License-Identifier: Apache-2.0
#include "modules/audit/audit_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::audit {
namespace {

const std::string key(32, 'k');

ChainRow entry(const std::string& name, const std::string& action) {
    ChainRow result;
    result.chain = 1;
    result.sequence = 2;
    result.at = "2026-11-17T03:00:00.000Z";
    result.actor_name = name;
    result.action = action;
    return result;
}

TEST(AuditRulesTest, FieldsCannotFlowIntoEachOther) {
    EXPECT_NE(hash_of(key, entry("ab", "c"), ""), hash_of(key, entry("a", "bc"), ""));
    EXPECT_NE(hash_of(key, entry("", "1:a"), ""), hash_of(key, entry("1:a", ""), ""));
    ChainRow without = entry("a", "b");
    ChainRow with = without;
    with.actor_id = "";
    EXPECT_NE(hash_of(key, without, ""), hash_of(key, with, ""));
}

RC_GTEST_PROP(AuditRulesTest, DifferentRowsHaveDifferentHashes,
              (const std::string& a, const std::string& b, const std::string& c, const std::string& d)) {
    RC_PRE(a != c || b != d);
    RC_ASSERT(hash_of(key, entry(a, b), "x") != hash_of(key, entry(c, d), "x"));
}

TEST(AuditRulesTest, AnchorsAndCursorsReadBackWhatTheyWrote) {
    Anchor anchor{.at = core::Instant::parse("2026-11-17T03:00:00.000Z").value(),
                  .chain = 3,
                  .sequence = 12,
                  .hash = "h",
                  .seal = "s"};
    const std::string line = anchor_line(anchor);
    const auto read = parse_anchor(std::string_view(line).substr(0, line.size() - 1));
    ASSERT_TRUE(read);
    EXPECT_EQ(seal_of(key, *read, "b"), seal_of(key, anchor, "b"));
    AuditEntry last;
    last.at = anchor.at;
    last.sequence = 2;
    const auto cursor = parse_cursor(cursor_text(last));
    ASSERT_TRUE(cursor);
    EXPECT_EQ(cursor->sequence, 2);
    for (const char* bad : {"", "~~", "2026-11-17T03:00:00.000Z~1", "2026-11-17T03:00:00.000Z~1~x", "x~1~2"}) {
        EXPECT_FALSE(parse_cursor(bad)) << bad;
    }
}

TEST(AuditRulesTest, ADayBeginsAtMidnightInJapan) {
    EXPECT_EQ(beginning_of(core::Date::parse("2026-04-01").value()).str(), "2026-03-31T15:00:00.000Z");
}

}  // namespace
}  // namespace tsunagi::audit
