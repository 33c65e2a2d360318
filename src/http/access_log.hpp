// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace tsunagi::http {

/// One line of JSON per answered request. Holds nothing personal: no path, no query, no names, and the address only
/// where it is asked for.
class AccessLog {
public:
    struct Entry {
        std::string_view method;
        std::string_view operation;  ///< operation id, `static`, or `-` for what never became a request
        int status = 0;
        double milliseconds = 0;
        std::size_t bytes = 0;
        std::string_view request_id;
        std::string_view address;
    };

    /// Writes nothing.
    AccessLog() = default;

    /// Writes through the logger, whose pattern should be `%v`.
    explicit AccessLog(std::shared_ptr<spdlog::logger> logger, bool with_addresses = false)
        : logger_(std::move(logger)), with_addresses_(with_addresses) {}

    /// A logger to standard output with a thread and a bounded queue of its own: a reader that stalls costs lines,
    /// never answers.
    [[nodiscard]] static AccessLog to_standard_output(bool with_addresses = false);

    void write(const Entry& entry) const;

private:
    std::shared_ptr<spdlog::logger> logger_;
    bool with_addresses_ = false;
};

}  // namespace tsunagi::http
