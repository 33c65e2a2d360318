// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_totals.hpp"

namespace tsunagi::consultations {
namespace {

constexpr std::chrono::seconds longest{3};
constexpr std::size_t most_entries = 2000;

/// Two selections with the same text and values have the same rows; the scope is part of both.
std::string key_of(const Selection& selection) {
    std::string key = selection.where;
    for (const auto& [name, cell] : selection.params.items()) {
        key += '\x1f' + name + '=';
        if (const auto* text = std::get_if<std::string>(&cell))
            key += *text;
        if (const auto* number = std::get_if<std::int64_t>(&cell))
            key += std::to_string(*number);
    }
    return key;
}

}  // namespace

std::optional<std::int64_t> Totals::find(const Selection& selection) const {
    if (!selection.stable)
        return std::nullopt;
    const std::string key = key_of(selection);
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second.generation != generation())
        return std::nullopt;
    if (std::chrono::steady_clock::now() - found->second.at > longest)
        return std::nullopt;
    return found->second.total;
}

void Totals::keep(const Selection& selection, std::uint64_t generation, std::int64_t total) {
    if (!selection.stable)
        return;
    const std::string key = key_of(selection);
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= most_entries)
        entries_.clear();
    entries_[key] = {total, generation, std::chrono::steady_clock::now()};
}

}  // namespace tsunagi::consultations
