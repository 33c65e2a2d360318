// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "record/describe.hpp"

namespace tsunagi::threads {

/// The stations of the thread, in its order: 相談 → 課題 → 会議 → 対応策 → 指標 → 評価.
enum class NodeKind { consultation, issue, meeting, measure, indicator, evaluation, discharge, referral };
BOOST_DESCRIBE_ENUM(NodeKind, consultation, issue, meeting, measure, indicator, evaluation, discharge, referral)

struct Node {
    NodeKind kind{};
    std::string id;
    std::string number;
    std::string title;
    std::string state;
    std::optional<core::Date> on;
    std::string background;  ///< cases: the background that counting must not erase
    bool readable = true;    ///< false: only title and background may be shown, the record itself may not be opened
    bool candidate = false;  ///< a case not yet decided to be evidence
    std::string answer;      ///< asks: yes, conditional, no or none, once it is known
    std::string reason;      ///< asks: why not, a code of refusal_reason
};
BOOST_DESCRIBE_STRUCT(Node, (), (kind, id, number, title, state, on, background, readable, candidate, answer, reason))

struct Edge {
    NodeKind from_kind{};
    std::string from_id;
    NodeKind to_kind{};
    std::string to_id;
};
BOOST_DESCRIBE_STRUCT(Edge, (), (from_kind, from_id, to_kind, to_id))

struct Thread {
    NodeKind kind{};
    std::string id;
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    bool truncated = false;  ///< more than 200 nodes hang together; the nearest are shown
};
BOOST_DESCRIBE_STRUCT(Thread, (), (kind, id, nodes, edges, truncated))

}  // namespace tsunagi::threads
