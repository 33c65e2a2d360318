// SPDX-License-Identifier: Apache-2.0
// SQL of the links between modules and of what a node shows. One query for the links of a whole step, one per kind for
// the nodes; never one per node.
#pragma once
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/threads/thread_rules.hpp"

namespace tsunagi::threads {

/// Links that lead on from these nodes, or back from them. At most `limit`, the oldest records first.
[[nodiscard]] std::vector<Link> links(db::ReadTx& tx, const std::vector<NodeKey>& nodes, Direction direction,
                                      std::size_t limit);

/// Those of the nodes that the reader may see, with what is shown of them. Drafts never. A case outside the scope that
/// is evidence of an issue within it comes with the background kept as evidence and nothing else.
[[nodiscard]] std::vector<Node> nodes(db::ReadTx& tx, const access::Actor& actor, const std::vector<NodeKey>& wanted);

}  // namespace tsunagi::threads
