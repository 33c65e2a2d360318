// SPDX-License-Identifier: Apache-2.0
#include "modules/threads/thread_rules.hpp"

#include <algorithm>

namespace tsunagi::threads {

Walk::Walk(NodeKey start) : known_{start}, found_{start}, frontier_{std::move(start)} {}

bool Walk::step(const std::vector<Link>& links, Direction direction, std::size_t room) {
    std::vector<NodeKey> next;
    bool left_out = false;
    for (const Link& link : links) {
        const NodeKey& node = direction == Direction::onward ? link.to : link.from;
        if (known_.contains(node))
            continue;
        if (next.size() == room) {
            left_out = true;
            break;
        }
        known_.insert(node);
        next.push_back(node);
    }
    found_.insert(found_.end(), next.begin(), next.end());
    frontier_ = std::move(next);
    return left_out;
}

void Walk::stop_at(NodeKind kind) {
    std::erase_if(frontier_, [&](const NodeKey& node) { return node.kind == kind; });
}

void Walk::keep_only(const std::set<NodeKey>& visible) {
    const auto hidden = [&](const NodeKey& node) { return !visible.contains(node); };
    std::erase_if(found_, hidden);
    std::erase_if(frontier_, hidden);
}

std::vector<Edge> edges_between(const std::vector<Link>& links, const std::set<NodeKey>& nodes) {
    std::set<std::pair<NodeKey, NodeKey>> seen;
    std::vector<Edge> result;
    for (const Link& link : links) {
        if (!nodes.contains(link.from) || !nodes.contains(link.to))
            continue;
        if (!seen.insert({link.from, link.to}).second)
            continue;
        result.push_back({link.from.kind, link.from.id, link.to.kind, link.to.id});
    }
    return result;
}

std::set<NodeKey> only_candidates(const std::vector<Link>& links, const std::set<NodeKey>& nodes) {
    std::set<NodeKey> candidates;
    std::set<NodeKey> evidence;
    for (const Link& link : links) {
        if (link.from.kind != NodeKind::consultation || link.to.kind != NodeKind::issue)
            continue;
        if (!nodes.contains(link.from) || !nodes.contains(link.to))
            continue;
        (link.candidate ? candidates : evidence).insert(link.from);
    }
    std::erase_if(candidates, [&](const NodeKey& node) { return evidence.contains(node); });
    return candidates;
}

}  // namespace tsunagi::threads
