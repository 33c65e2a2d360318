// SPDX-License-Identifier: Apache-2.0
#include "modules/threads/thread_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::threads {
namespace {

NodeKey node(NodeKind kind, const char* id) {
    return {kind, id};
}

const NodeKey case_a = node(NodeKind::consultation, "a");
const NodeKey case_b = node(NodeKind::consultation, "b");
const NodeKey issue = node(NodeKind::issue, "i");
const NodeKey meeting = node(NodeKind::meeting, "m");

TEST(ThreadRules, AWalkFindsEveryNodeOnceAndOnlyInItsDirection) {
    Walk back(issue);
    EXPECT_FALSE(
        back.step({{case_a, issue, false}, {case_b, issue, true}, {case_a, issue, false}}, Direction::back, 10));
    EXPECT_EQ(back.frontier(), (std::vector<NodeKey>{case_a, case_b}));
    EXPECT_FALSE(back.step({{issue, case_a, false}}, Direction::back, 10)) << "a circle ends";
    EXPECT_TRUE(back.frontier().empty());
    EXPECT_EQ(back.found().size(), 3U);
}

TEST(ThreadRules, AWalkStopsWhenThereIsNoMoreRoom) {
    Walk back(issue);
    EXPECT_TRUE(back.step({{case_a, issue, false}, {case_b, issue, false}}, Direction::back, 1));
    EXPECT_EQ(back.frontier(), std::vector<NodeKey>{case_a});
}

TEST(ThreadRules, NothingIsReachedThroughWhatIsHiddenOrThroughAMeeting) {
    Walk onward(case_a);
    EXPECT_FALSE(onward.step({{case_a, issue, false}, {case_a, meeting, false}}, Direction::onward, 10));
    onward.keep_only({case_a, meeting});
    EXPECT_EQ(onward.frontier(), std::vector<NodeKey>{meeting});
    onward.stop_at(NodeKind::meeting);
    EXPECT_TRUE(onward.frontier().empty());
    EXPECT_EQ(onward.found(), (std::vector<NodeKey>{case_a, meeting}));
}

TEST(ThreadRules, EdgesStandBetweenNodesOnce) {
    const std::vector<Link> links{{case_a, issue, false}, {case_a, issue, true}, {case_b, issue, true}};
    EXPECT_EQ(edges_between(links, {case_a, issue}).size(), 1U);
    EXPECT_EQ(edges_between(links, {case_a, case_b, issue}).size(), 2U);
}

TEST(ThreadRules, ACaseIsACandidateUntilOneIssueHasItAsEvidence) {
    const NodeKey other = node(NodeKind::issue, "j");
    const std::vector<Link> links{{case_a, issue, true}, {case_a, other, false}, {case_b, issue, true}};
    EXPECT_EQ(only_candidates(links, {case_a, case_b, issue, other}), std::set<NodeKey>{case_b});
    EXPECT_EQ(only_candidates(links, {case_a, case_b, issue}), (std::set<NodeKey>{case_a, case_b}));
}

}  // namespace
}  // namespace tsunagi::threads
