// SPDX-License-Identifier: Apache-2.0
#include "core/id.hpp"

#include <array>
#include <chrono>
#include <mutex>
#include <random>

namespace tsunagi::core {
namespace {

/// Twelve bits that grow within a millisecond, so that ids made in one process keep their order.
struct Sequence {
    std::mutex mutex;
    std::uint64_t last_ms = 0;
    std::uint32_t counter = 0;
};

std::uint64_t random_bits() {
    thread_local std::mt19937_64 engine{[] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32U) | device();
    }()};
    return engine();
}

}  // namespace

std::string new_uuid() {
    static Sequence sequence;
    auto ms = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count());
    std::uint32_t counter = 0;
    {
        const std::lock_guard lock(sequence.mutex);
        if (ms <= sequence.last_ms) {
            ms = sequence.last_ms;
            if (++sequence.counter > 0xfffU) {
                ++ms;
                sequence.counter = 0;
            }
        } else {
            sequence.counter = static_cast<std::uint32_t>(random_bits() & 0x7ffU);
        }
        sequence.last_ms = ms;
        counter = sequence.counter;
    }
    const std::uint64_t high = (ms << 16U) | 0x7000U | counter;
    const std::uint64_t low = (random_bits() & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (int i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            text.push_back('-');
        const std::uint64_t word = i < 16 ? high : low;
        text.push_back(hex[(word >> (60U - 4U * static_cast<unsigned>(i % 16))) & 0xfU]);
    }
    return text;
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
    }
    return true;
}

}  // namespace tsunagi::core
