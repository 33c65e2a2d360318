// SPDX-License-Identifier: Apache-2.0
// Days, clock times, moments and ids: what is read is written the same way.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/date.hpp"
#include "core/id.hpp"

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tsunagi::core;
    const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: the fuzzer's interface
    if (const auto day = Date::parse(text)) {
        demand(day->str() == text);
        demand(day->plus_days(1).days_since(*day) == 1);
        demand(day->fiscal_year() == day->year() || day->fiscal_year() == day->year() - 1);
        demand(era_of(*day).year >= 1);
        demand(day->weekday() >= 0 && day->weekday() <= 6);
    }
    if (const auto time = TimeOfDay::parse(text))
        demand(time->str() == text);
    if (const auto at = Instant::parse(text)) {
        demand(Instant(at->time()).str() == text);
        (void)day_in_japan(*at);
    }
    if (const auto id = DeskId::parse(text))
        demand(id->str() == text);
    return 0;
}
