// SPDX-License-Identifier: Apache-2.0
#include "app/event_log.hpp"

#include <array>
#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/date.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::app {
namespace {

spdlog::logger& events() {
    static const auto logger = [] {
        auto made = std::make_shared<spdlog::logger>("events", std::make_shared<spdlog::sinks::stdout_sink_mt>());
        made->set_pattern("%v");
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *logger;
}

spdlog::level::level_enum library_level(LogLevel level) {
    switch (level) {
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warn:
            return spdlog::level::warn;
        case LogLevel::error:
            break;
    }
    return spdlog::level::err;
}

}  // namespace

void log_event(LogLevel level, std::string_view event, const std::vector<std::pair<std::string, std::string>>& facts) {
    static constexpr std::array<const char*, 3> names{"info", "warn", "error"};
    std::string line = "{\"time\":\"" + core::Clock().now().str() + "\",\"level\":\"" +
                       names.at(static_cast<std::size_t>(level)) + "\",\"event\":";
    record::append_json_string(line, event);
    for (const auto& [name, text] : facts) {
        line += ',';
        record::append_json_string(line, name);
        line += ':';
        record::append_json_string(line, text);
    }
    line += '}';
    events().log(library_level(level), spdlog::string_view_t(line.data(), line.size()));
}

void set_log_level(const std::string& name) {
    events().set_level(spdlog::level::from_str(name));
}

}  // namespace tsunagi::app
