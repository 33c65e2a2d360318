// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "modules/consultations/consultation_selection.hpp"

namespace tsunagi::consultations {

/// Totals of lists already counted. Counting ten thousand rows costs more than reading the page beside it, and the
/// same list is asked for again and again. A total holds until this process changes any consultation, and three
/// seconds at most, so that another process on the same database is noticed.
class Totals {
public:
    /// Stands for the state of the records; taken before the transaction that counts begins.
    [[nodiscard]] std::uint64_t generation() const { return generation_.load(); }

    /// Called after every change of a consultation is on disk.
    void forget() { generation_.fetch_add(1); }

    [[nodiscard]] std::optional<std::int64_t> find(const Selection& selection) const;
    void keep(const Selection& selection, std::uint64_t generation, std::int64_t total);

private:
    struct Entry {
        std::int64_t total;
        std::uint64_t generation;
        std::chrono::steady_clock::time_point at;
    };

    std::atomic<std::uint64_t> generation_{0};
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;
};

}  // namespace tsunagi::consultations
