// SPDX-License-Identifier: Apache-2.0
// How the stations of the thread hang together. No I/O, no clock.
#pragma once
#include <compare>
#include <set>
#include <vector>

#include "modules/threads/thread.hpp"

namespace tsunagi::threads {

struct NodeKey {
    NodeKind kind{};
    std::string id;
    friend auto operator<=>(const NodeKey&, const NodeKey&) = default;
};

/// A link from an earlier to a later station.
struct Link {
    NodeKey from;
    NodeKey to;
    bool candidate = false;  ///< a case that is not yet decided to be evidence
    friend auto operator<=>(const Link&, const Link&) = default;
};

enum class Direction { onward, back };

/// The most nodes one thread shows.
constexpr std::size_t most_nodes = 200;

/// What one walk has found, in the order of its distance from the start.
class Walk {
public:
    explicit Walk(NodeKey start);

    /// The nodes of the last step, to be asked for their neighbours.
    [[nodiscard]] const std::vector<NodeKey>& frontier() const { return frontier_; }

    /// Takes the ends of these links that were not known as the next step, as many as `room` allows; answers whether
    /// some had to be left out.
    bool step(const std::vector<Link>& links, Direction direction, std::size_t room);

    [[nodiscard]] const std::vector<NodeKey>& found() const { return found_; }

    /// Keeps nodes of this kind, but goes nowhere from them.
    void stop_at(NodeKind kind);
    /// Forgets nodes that turned out to be outside the reader's scope; nothing is reached through them.
    void keep_only(const std::set<NodeKey>& visible);

private:
    std::set<NodeKey> known_;
    std::vector<NodeKey> found_;
    std::vector<NodeKey> frontier_;
};

/// Nodes without the edges that lead to something else; each edge once, in a stable order.
[[nodiscard]] std::vector<Edge> edges_between(const std::vector<Link>& links, const std::set<NodeKey>& nodes);

/// A case is a candidate as long as no issue of the thread has it as evidence.
[[nodiscard]] std::set<NodeKey> only_candidates(const std::vector<Link>& links, const std::set<NodeKey>& nodes);

}  // namespace tsunagi::threads
