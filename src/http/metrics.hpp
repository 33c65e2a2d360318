// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/operation.hpp"

namespace tsunagi::http {

/// Counters for Prometheus. Labels are operation ids and status classes: nothing personal, and a bounded number.
/// May be used from any thread.
class Metrics {
public:
    Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;
    Metrics(Metrics&&) = delete;
    Metrics& operator=(Metrics&&) = delete;
    ~Metrics();

    /// One answered request. `operation` is an operation id, `static`, or `-`.
    void answered(std::string_view operation, int status, double seconds);
    void connection_opened();
    void connection_closed();
    /// A connection that was turned away or given up to make room for another one.
    void connection_refused();
    /// Requests waiting for a handler thread.
    void queue_length(std::size_t waiting);

    /// Everything in the text format of Prometheus, with the resident memory of the process.
    [[nodiscard]] std::string text() const;

private:
    struct Registry;
    std::unique_ptr<Registry> registry_;
};

/// `/healthz` (the process answers), `/readyz` (it can do its work: `ready` may ask the database) and `/metrics`.
/// The metrics must outlive the operations.
[[nodiscard]] std::vector<Operation> health_operations(const Metrics& metrics, std::function<bool()> ready);

}  // namespace tsunagi::http
