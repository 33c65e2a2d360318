// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tsunagi::app {

enum class LogLevel { info, warn, error };

/// One JSON line on standard output: `{"time":"…","level":"error","event":"defect","request_id":"…"}`. Facts hold no
/// personal data and no narrative.
void log_event(LogLevel level, std::string_view event,
               const std::vector<std::pair<std::string, std::string>>& facts = {});

/// Events below this level (`error`, `warn`, `info` or `debug`) are not written.
void set_log_level(const std::string& name);

}  // namespace tsunagi::app
