// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/date.hpp"

namespace tsunagi::answer_pages {

/// Counts what failed from each address, so that nobody tries many pages or codes. What went well is not counted: a
/// hospital may stand behind one address. Kept in memory; a restart forgets it, the failures of each page stay.
class AnswerLimit {
public:
    [[nodiscard]] bool allows(const std::string& address, const core::Instant& now);
    void failed(const std::string& address, const core::Instant& now);

private:
    struct Count {
        core::Instant since;
        int failures = 0;
    };

    [[nodiscard]] static bool is_over(const Count& count, const core::Instant& now);

    std::mutex mutex_;
    std::unordered_map<std::string, Count> counts_;
};

}  // namespace tsunagi::answer_pages
