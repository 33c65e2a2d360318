// SPDX-License-Identifier: Apache-2.0
#include "http/metrics.hpp"

#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

namespace tsunagi::http {
namespace {

const prometheus::Histogram::BucketBoundaries& boundaries() {
    static const prometheus::Histogram::BucketBoundaries seconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                 0.1,    0.25,  0.5,    1,     2.5,  10};
    return seconds;
}

double resident_bytes() {
    std::ifstream in("/proc/self/statm");
    double total = 0;
    double resident = 0;
    in >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

struct Metrics::Registry {
    struct Series {
        std::array<prometheus::Counter*, 6> by_class{};
        prometheus::Histogram* seconds = nullptr;
    };

    const Series& series(std::string_view operation) {
        {
            const std::shared_lock lock(mutex);
            if (const auto found = by_operation.find(operation); found != by_operation.end())
                return found->second;
        }
        const std::unique_lock lock(mutex);
        const std::string name(operation);
        auto [place, is_new] = by_operation.try_emplace(name);
        if (is_new) {
            for (std::size_t i = 1; i < place->second.by_class.size(); ++i) {
                place->second.by_class.at(i) =
                    &requests.Add({{"operation", name}, {"status", std::to_string(i) + "xx"}});
            }
            place->second.seconds = &durations.Add({{"operation", name}}, boundaries());
        }
        return place->second;
    }

    prometheus::Registry all;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("tsunagi_http_requests_total")
                                                            .Help("Answered requests by operation and status class")
                                                            .Register(all);
    prometheus::Family<prometheus::Histogram>& durations =
        prometheus::BuildHistogram()
            .Name("tsunagi_http_request_seconds")
            .Help("Time from the complete request to its answer, by operation")
            .Register(all);
    prometheus::Gauge& connections =
        prometheus::BuildGauge().Name("tsunagi_http_connections").Help("Open connections").Register(all).Add({});
    prometheus::Counter& refused = prometheus::BuildCounter()
                                       .Name("tsunagi_http_connections_refused_total")
                                       .Help("Connections turned away or given up to make room")
                                       .Register(all)
                                       .Add({});
    prometheus::Gauge& queue = prometheus::BuildGauge()
                                   .Name("tsunagi_http_queue_length")
                                   .Help("Requests waiting for a handler thread")
                                   .Register(all)
                                   .Add({});
    prometheus::Gauge& memory = prometheus::BuildGauge()
                                    .Name("process_resident_memory_bytes")
                                    .Help("Resident memory of the process")
                                    .Register(all)
                                    .Add({});
    std::shared_mutex mutex;
    std::map<std::string, Series, std::less<>> by_operation;
};

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}

Metrics::~Metrics() = default;

void Metrics::answered(std::string_view operation, int status, double seconds) {
    const Registry::Series& series = registry_->series(operation);
    const auto status_class = static_cast<std::size_t>(status / 100);
    if (status_class >= 1 && status_class < series.by_class.size())
        series.by_class.at(status_class)->Increment();
    series.seconds->Observe(seconds);
}

void Metrics::connection_opened() {
    registry_->connections.Increment();
}

void Metrics::connection_closed() {
    registry_->connections.Decrement();
}

void Metrics::connection_refused() {
    registry_->refused.Increment();
}

void Metrics::queue_length(std::size_t waiting) {
    registry_->queue.Set(static_cast<double>(waiting));
}

std::string Metrics::text() const {
    registry_->memory.Set(resident_bytes());
    return prometheus::TextSerializer().Serialize(registry_->all.Collect());
}

std::vector<Operation> health_operations(const Metrics& metrics, std::function<bool()> ready) {
    std::vector<Operation> result;
    result.push_back(get<Response>("/healthz", "getHealth", Permission::anyone(), [](const auto&) {
                         return json_response(200, R"({"status":"ok"})");
                     }).at_once());
    result.push_back(
        get<Response>("/readyz", "getReadiness", Permission::anyone(), [ready = std::move(ready)](const auto&) {
            if (!ready())
                throw core::Error(core::ErrorKind::unavailable, "not_ready");
            return json_response(200, R"({"status":"ready"})");
        }));
    auto answer_metrics = [&metrics](const auto&) {
        Response response;
        response.body = metrics.text();
        response.set("content-type", "text/plain; version=0.0.4; charset=utf-8");
        response.set("cache-control", "no-store");
        return response;
    };
    result.push_back(
        get<Response>("/metrics", "getMetrics", Permission::anyone(), answer_metrics).answers("text/plain"));
    return result;
}

}  // namespace tsunagi::http
