// SPDX-License-Identifier: Apache-2.0
#include "http/access_log.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string>

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "core/date.hpp"

namespace tsunagi::http {
namespace {

/// A method is text of the client; only the known ones are repeated.
std::string_view safe_method(std::string_view method) {
    static constexpr std::array<std::string_view, 6> known{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    return std::find(known.begin(), known.end(), method) == known.end() ? std::string_view("-") : method;
}

}  // namespace

AccessLog AccessLog::to_standard_output(bool with_addresses) {
    // The pool is kept by the logger's deleter: an asynchronous logger holds its pool only weakly.
    auto pool = std::make_shared<spdlog::details::thread_pool>(8192, 1);
    auto sink = std::make_shared<spdlog::sinks::stdout_sink_mt>();
    auto* logger =
        new spdlog::async_logger("access", sink, pool, spdlog::async_overflow_policy::overrun_oldest);  // NOLINT
    std::shared_ptr<spdlog::async_logger> owner(logger, [pool](spdlog::async_logger* last) {
        delete last;  // NOLINT: owned by the shared pointer around it
    });
    owner->set_pattern("%v");
    owner->flush_on(spdlog::level::warn);
    return AccessLog(std::move(owner), with_addresses);
}

void AccessLog::write(const Entry& entry) const {
    if (!logger_)
        return;
    const core::Instant now(std::chrono::system_clock::now());
    fmt::memory_buffer line;
    fmt::format_to(
        std::back_inserter(line),
        R"({{"time":"{}","method":"{}","operation":"{}","status":{},"ms":{:.3f},"bytes":{},"request_id":"{}")",
        now.str(), safe_method(entry.method), entry.operation, entry.status, entry.milliseconds, entry.bytes,
        entry.request_id);
    if (with_addresses_)
        fmt::format_to(std::back_inserter(line), R"(,"address":"{}")", entry.address);
    line.push_back('}');
    logger_->info(spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace tsunagi::http
