// SPDX-License-Identifier: Apache-2.0
// Chance for the demonstration.
#pragma once
#include <chrono>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "core/date.hpp"

namespace tsunagi::app {

/// Draws that are the same on every machine; the distributions of the standard library are not.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(engine_() % n); }

    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::size_t>(high) - static_cast<std::size_t>(low) + 1));
    }

    bool chance(double share) { return static_cast<double>(engine_() >> 11U) * 0x1.0p-53 < share; }

    template <class T>
    const T& one_of(const std::vector<T>& items) {
        return items.at(below(items.size()));
    }

    /// One of the texts; nothing where there are none.
    std::string text_of(const YAML::Node& list) {
        return list.size() == 0 ? std::string() : list[below(list.size())].as<std::string>();
    }

    /// A key of a mapping key → weight.
    std::string weighted(const YAML::Node& weights) {
        std::size_t sum = 0;
        for (const auto& entry : weights)
            sum += entry.second.as<std::size_t>();
        std::size_t draw = below(sum);
        for (const auto& entry : weights) {
            const auto weight = entry.second.as<std::size_t>();
            if (draw < weight)
                return entry.first.as<std::string>();
            draw -= weight;
        }
        throw std::runtime_error("an empty list of weights");
    }

private:
    std::mt19937_64 engine_;
};

/// A moment in Japan as an instant.
[[nodiscard]] inline core::Instant at_japan(const core::Date& day, int minutes) {
    const auto midnight = core::Instant::parse(day.str() + "T00:00:00.000Z").value();
    return midnight.plus(std::chrono::minutes(minutes) - std::chrono::hours(9));
}

/// The time of day there.
[[nodiscard]] inline core::TimeOfDay time_in_japan(const core::Instant& at) {
    const auto midnight = at_japan(core::day_in_japan(at), 0);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at.time() - midnight.time()).count();
    return {static_cast<int>(minutes / 60), static_cast<int>(minutes % 60)};
}

}  // namespace tsunagi::app
