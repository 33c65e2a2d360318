// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tsunagi::http {

/// A connection as the limits see it.
class Occupant {
public:
    Occupant() = default;
    Occupant(const Occupant&) = delete;
    Occupant& operator=(const Occupant&) = delete;
    Occupant(Occupant&&) = delete;
    Occupant& operator=(Occupant&&) = delete;
    virtual ~Occupant() = default;

    /// Ends the connection to make room. Called from any thread; returns at once.
    virtual void give_up() = 0;

    using Clock = std::chrono::steady_clock;

    /// The connection keeps its place whatever comes: the server is working for it.
    void keep_place() { slow_since_ = busy; }

    /// From this moment on the other side is the one that everybody waits for.
    void waits_for_peer(Clock::time_point since) { slow_since_ = since.time_since_epoch().count(); }

    [[nodiscard]] Clock::rep slow_since() const { return slow_since_; }

    static constexpr Clock::rep busy = INT64_MAX;

private:
    std::atomic<Clock::rep> slow_since_{busy};
};

/// Counts connections, in all and by address. When there are too many, the one that has made the server wait longest
/// gives its place to the newcomer: whoever opens connections and sends nothing loses them, and others are served.
class ConnectionTable {
public:
    enum class Verdict { welcome, too_many, too_many_from_address };

    /// Only an occupant that was slow for longer than `patience` gives up its place.
    ConnectionTable(std::size_t most, std::size_t most_per_address, std::chrono::milliseconds patience);

    [[nodiscard]] Verdict admit(const std::shared_ptr<Occupant>& newcomer, const std::string& address);
    /// Does nothing when the occupant has given up its place already.
    void release(const Occupant* occupant);
    [[nodiscard]] std::size_t size() const;

    /// Occupants that gave up their place so far.
    [[nodiscard]] std::uint64_t given_up() const { return given_up_; }

    /// Waits until nobody is left; false when that took too long.
    [[nodiscard]] bool wait_until_empty(std::chrono::milliseconds at_most) const;

private:
    struct Place {
        std::weak_ptr<Occupant> occupant;
        std::string address;
    };

    [[nodiscard]] std::shared_ptr<Occupant> slowest(const std::string* address) const;
    void erase(const Occupant* occupant);

    std::size_t most_;
    std::size_t most_per_address_;
    std::chrono::milliseconds patience_;
    mutable std::mutex mutex_;
    mutable std::condition_variable emptied_;
    std::unordered_map<const Occupant*, Place> places_;
    std::unordered_map<std::string, std::size_t> by_address_;
    std::atomic<std::uint64_t> given_up_{0};
};

}  // namespace tsunagi::http
