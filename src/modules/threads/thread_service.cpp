// SPDX-License-Identifier: Apache-2.0
#include "modules/threads/thread_service.hpp"

#include <algorithm>
#include <map>

#include "modules/threads/thread_rules.hpp"
#include "modules/threads/thread_store.hpp"

namespace tsunagi::threads {
namespace {

std::string permission_for(NodeKind kind) {
    return kind == NodeKind::evaluation ? "indicators.read" : record::to_text(kind) + "s.read";
}

/// What the walks have found so far.
struct Gathered {
    std::map<NodeKey, Node> nodes;
    std::vector<NodeKey> order;  ///< nearest first
    bool truncated = false;

    [[nodiscard]] std::size_t room() const { return most_nodes - std::min(most_nodes, order.size()); }

    void take(std::vector<Node> found) {
        for (auto& node : found) {
            const NodeKey key{node.kind, node.id};
            if (nodes.emplace(key, std::move(node)).second)
                order.push_back(key);
        }
    }

    [[nodiscard]] std::set<NodeKey> keys() const { return {order.begin(), order.end()}; }
};

/// One step of a walk: links, then the visible nodes at their ends. A meeting ends the walk unless it began there:
/// everything that was ever on its agenda does not hang together.
void step(db::ReadTx& tx, const access::Actor& actor, Walk& walk, Direction direction, Gathered& gathered) {
    const auto found = links(tx, walk.frontier(), direction, most_nodes * 2 + 1);
    if (walk.step(found, direction, gathered.room()) || found.size() > most_nodes * 2)
        gathered.truncated = true;
    gathered.take(nodes(tx, actor, walk.frontier()));
    walk.keep_only(gathered.keys());
    walk.stop_at(NodeKind::meeting);
}

/// Where the records of the thread were discussed.
void add_meetings(db::ReadTx& tx, const access::Actor& actor, Gathered& gathered) {
    std::vector<Link> found = links(tx, gathered.order, Direction::onward, most_nodes * 2 + 1);
    std::vector<NodeKey> meetings;
    for (const Link& link : found) {
        if (link.to.kind != NodeKind::meeting || gathered.nodes.contains(link.to))
            continue;
        if (std::ranges::find(meetings, link.to) != meetings.end())
            continue;
        if (meetings.size() == gathered.room()) {
            gathered.truncated = true;
            break;
        }
        meetings.push_back(link.to);
    }
    if (!meetings.empty())
        gathered.take(nodes(tx, actor, meetings));
}

}  // namespace

ThreadService::ThreadService(db::Database& database) : database_(database) {}

Thread ThreadService::get(const access::Actor& actor, NodeKind kind, const std::string& id) const {
    access::require(actor, permission_for(kind));
    const NodeKey start{kind, id};
    return database_.read([&](db::ReadTx& tx) {
        Gathered gathered;
        gathered.take(nodes(tx, actor, {start}));
        if (gathered.order.empty() || !gathered.nodes.at(start).readable)
            throw core::not_found();
        Walk onward(start);
        Walk back(start);
        while (!onward.frontier().empty() || !back.frontier().empty()) {
            if (!back.frontier().empty())
                step(tx, actor, back, Direction::back, gathered);
            if (!onward.frontier().empty())
                step(tx, actor, onward, Direction::onward, gathered);
        }
        add_meetings(tx, actor, gathered);

        const auto keys = gathered.keys();
        const auto between = links(tx, gathered.order, Direction::onward, most_nodes * 20);
        Thread thread{kind, id, {}, edges_between(between, keys), gathered.truncated};
        const auto candidates = only_candidates(between, keys);
        for (const auto& key : gathered.order) {
            thread.nodes.push_back(std::move(gathered.nodes.at(key)));
            thread.nodes.back().candidate = candidates.contains(key);
        }
        return thread;
    });
}

}  // namespace tsunagi::threads
