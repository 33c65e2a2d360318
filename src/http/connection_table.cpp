// SPDX-License-Identifier: Apache-2.0
#include "http/connection_table.hpp"

namespace tsunagi::http {

ConnectionTable::ConnectionTable(std::size_t most, std::size_t most_per_address, std::chrono::milliseconds patience)
    : most_(most), most_per_address_(most_per_address), patience_(patience) {}

ConnectionTable::Verdict ConnectionTable::admit(const std::shared_ptr<Occupant>& newcomer, const std::string& address) {
    std::shared_ptr<Occupant> leaving;
    {
        const std::lock_guard lock(mutex_);
        const auto same = by_address_.find(address);
        const bool full = places_.size() >= most_;
        const bool address_full = same != by_address_.end() && same->second >= most_per_address_;
        if (full || address_full) {
            leaving = slowest(address_full ? &address : nullptr);
            if (!leaving)
                return address_full ? Verdict::too_many_from_address : Verdict::too_many;
            erase(leaving.get());
        }
        places_.emplace(newcomer.get(), Place{newcomer, address});
        ++by_address_[address];
    }
    if (leaving) {
        ++given_up_;
        leaving->give_up();
    }
    return Verdict::welcome;
}

std::shared_ptr<Occupant> ConnectionTable::slowest(const std::string* address) const {
    const auto limit = (Occupant::Clock::now() - patience_).time_since_epoch().count();
    Occupant::Clock::rep longest = limit;
    std::shared_ptr<Occupant> result;
    for (const auto& [pointer, place] : places_) {
        if (address != nullptr && place.address != *address)
            continue;
        const auto occupant = place.occupant.lock();
        if (!occupant || occupant->slow_since() > longest)
            continue;
        longest = occupant->slow_since();
        result = occupant;
    }
    return result;
}

void ConnectionTable::erase(const Occupant* occupant) {
    const auto found = places_.find(occupant);
    if (found == places_.end())
        return;
    const auto count = by_address_.find(found->second.address);
    if (--count->second == 0)
        by_address_.erase(count);
    places_.erase(found);
    if (places_.empty())
        emptied_.notify_all();
}

void ConnectionTable::release(const Occupant* occupant) {
    const std::lock_guard lock(mutex_);
    erase(occupant);
}

std::size_t ConnectionTable::size() const {
    const std::lock_guard lock(mutex_);
    return places_.size();
}

bool ConnectionTable::wait_until_empty(std::chrono::milliseconds at_most) const {
    std::unique_lock lock(mutex_);
    return emptied_.wait_for(lock, at_most, [this] { return places_.empty(); });
}

}  // namespace tsunagi::http
