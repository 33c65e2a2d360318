// SPDX-License-Identifier: Apache-2.0
// Which records hold most of the rare pairs of letters of a text: the other question that the index can answer.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/first_few.hpp"
#include "modules/search/index_service.hpp"

namespace tsunagi::search {
namespace {

/// How much it says of a record that it holds what so many hold; nothing when every third one does.
float rarity(std::int64_t holding, std::int64_t of) {
    if (holding == 0 || (of >= 50 && holding * 3 > of))
        return 0;
    return std::log(1.0F + static_cast<float>(of) / static_cast<float>(holding));
}

}  // namespace

PairsFound IndexService::pairs(db::ReadTx& tx, const std::vector<Key>& keys, const std::vector<store::Place>& places,
                               std::size_t most) const {
    PairsFound result{.records = 0, .holding = std::vector<std::int64_t>(keys.size()), .ids = {}, .complete = true};
    std::map<store::Place, store::ShelfState> states;
    for (auto& state : store::shelves(tx)) {
        auto place = state.place();
        if (std::ranges::find(places, place) != places.end())
            states.emplace(std::move(place), std::move(state));
    }
    std::map<IdNumber, float> weights;
    const auto keep = [&](const IdNumber& id, float weight) {
        float& known = weights[id];
        known = std::max(known, weight);
    };
    std::vector<store::Block> blocks = store::blocks(tx, store::BlockState::ready);
    std::vector<float> of_document;
    for (const store::Block& block : blocks) {
        const auto state = states.find(block.place());
        if (block.source != store::Source::consultation || state == states.end() ||
            state->second.form != words_.fingerprint)
            continue;
        const auto buckets = static_cast<std::uint32_t>(block.buckets);
        std::set<std::uint32_t> asked;
        for (const Key key : keys)
            asked.insert(bucket_of(key, buckets));
        const auto pieces = store::pieces(tx, {{block.number, {asked.begin(), asked.end()}}});
        result.records += block.documents;
        of_document.assign(static_cast<std::size_t>(block.documents), 0.0F);
        const auto found = pieces.find(block.number);
        if (found == pieces.end())
            continue;
        for (std::size_t k = 0; k < keys.size(); ++k) {
            const auto piece = found->second.find(bucket_of(keys[k], buckets));
            if (piece == found->second.end())
                continue;
            read_piece(piece->second, {keys[k], keys[k]}, [&](Key, const std::vector<std::uint32_t>& documents) {
                result.holding[k] += static_cast<std::int64_t>(documents.size());
                const float weight = rarity(static_cast<std::int64_t>(documents.size()), block.documents);
                if (weight <= 0)
                    return;
                for (const std::uint32_t document : documents) {
                    if (document < of_document.size())
                        of_document[document] += weight;
                }
            });
        }
        core::FirstFew<std::pair<float, std::uint32_t>, std::greater<>> best(most);
        for (std::uint32_t document = 0; document < of_document.size(); ++document) {
            if (of_document[document] > 0)
                best.add({of_document[document], document});
        }
        const auto documents = documents_of(tx, block);
        for (const auto& [weight, document] : std::move(best).in_order()) {
            if (document < documents->size())
                keep((*documents)[document], weight);
        }
    }
    for (const auto& [place, state] : states) {
        const auto changed = tail(tx, state);
        if (!changed) {
            result.complete = false;
            continue;
        }
        std::vector<const Entry*> cases;
        for (const Entry& entry : changed->entries) {
            if (entry.source == store::Source::consultation)
                cases.push_back(&entry);
        }
        const auto entries = static_cast<std::int64_t>(cases.size());
        result.records += entries;
        of_document.assign(cases.size(), 0.0F);
        for (std::size_t k = 0; k < keys.size(); ++k) {
            std::vector<std::size_t> holders;
            for (std::size_t i = 0; i < cases.size(); ++i) {
                if (cases[i]->signature.may_hold({keys[k], keys[k]}))
                    holders.push_back(i);
            }
            result.holding[k] += static_cast<std::int64_t>(holders.size());
            const float weight = rarity(static_cast<std::int64_t>(holders.size()), entries);
            for (const std::size_t i : holders)
                of_document[i] += std::max(weight, 0.0F);
        }
        for (std::size_t i = 0; i < of_document.size(); ++i) {
            if (of_document[i] > 0)
                keep(cases[i]->id, of_document[i]);
        }
    }
    core::FirstFew<std::pair<float, IdNumber>, std::greater<>> best(most);
    for (const auto& [id, weight] : weights)
        best.add({weight, id});
    for (const auto& [weight, id] : std::move(best).in_order())
        result.ids.push_back(id);
    return result;
}

}  // namespace tsunagi::search
