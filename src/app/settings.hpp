// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

#include "db/database.hpp"

namespace tsunagi::app {

/// A setting that is not known or has no possible value. The message names it and where it came from.
class SettingError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Everything an operator can choose. Built-in values < settings file (TOML) < environment (TSUNAGI_…) < flags.
struct Settings {
    std::filesystem::path data = "data";
    std::string listen = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string database = "sqlite";        ///< `sqlite`, or a libpq connection string
    std::filesystem::path web;              ///< folder of the finished web files; found beside the program when empty
    std::filesystem::path maps_background;  ///< a PMTiles archive below the map; none when empty
    std::filesystem::path packs;            ///< folder of the code packs; found beside the program when empty
    std::filesystem::path tls_certificate;
    std::filesystem::path tls_key;
    std::string log_level = "info";
    bool log_requests = true;
    std::int64_t limits_body_bytes = 2LL * 1024 * 1024;
    std::int64_t limits_header_bytes = 16LL * 1024;
    std::int64_t limits_connections = 4000;
    std::int64_t limits_connections_per_address = 2000;
    std::int64_t limits_header_seconds = 10;
    std::int64_t limits_body_seconds = 30;
    std::int64_t limits_idle_seconds = 60;
    std::int64_t limits_waiting_requests = 2000;
    std::string files_store = "database";  ///< where the content of attachments is kept: `database` or `s3`
    std::string files_s3_endpoint;
    std::string files_s3_bucket;
    std::string files_s3_region = "us-east-1";
    std::string files_s3_access_key;
    std::string files_s3_secret_key;
    std::string files_clamd;    ///< `unix:/path` or `tcp:host:port`; no virus scanner when empty
    std::int64_t threads = 16;  ///< requests worked on at once

    [[nodiscard]] db::DatabaseOptions database_options() const;

    [[nodiscard]] std::filesystem::path key_file() const { return data / "keys" / "master.key"; }

    [[nodiscard]] std::filesystem::path anchors_file() const { return data / "audit-anchors.log"; }
};

/// Flags by setting name (`data`, `tls.certificate`, …), as given on the command line.
using Flags = std::map<std::string, std::string>;

/// Reads all four layers. `file` may be empty. Throws SettingError.
[[nodiscard]] Settings read_settings(const std::filesystem::path& file, const Flags& flags);

/// The names an operator may use, for `--help` and for the test that compares them with the operations guide.
[[nodiscard]] std::vector<std::string> setting_names();

}  // namespace tsunagi::app
