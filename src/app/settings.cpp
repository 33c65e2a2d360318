// SPDX-License-Identifier: Apache-2.0
#include "app/settings.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

#include <toml++/toml.h>
#include <unistd.h>

#include "modules/documents/virus_scanner.hpp"

namespace tsunagi::app {
namespace {

std::int64_t whole_number(const std::string& text, std::int64_t min, std::int64_t max) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < min || value > max) {
        throw SettingError("must be a whole number from " + std::to_string(min) + " to " + std::to_string(max) +
                           ", not \"" + text + "\"");
    }
    return value;
}

struct Setting {
    std::string name;
    std::function<void(Settings&, const std::string&)> set;
};

Setting path(std::string name, std::filesystem::path Settings::*member) {
    return {std::move(name), [member](Settings& settings, const std::string& text) { settings.*member = text; }};
}

Setting number(std::string name, std::int64_t Settings::*member, std::int64_t min, std::int64_t max) {
    return {std::move(name),
            [=](Settings& settings, const std::string& text) { settings.*member = whole_number(text, min, max); }};
}

/// A name that becomes part of an address or of a signature.
Setting word(std::string name, std::string Settings::*member) {
    return {std::move(name), [=](Settings& settings, const std::string& text) {
                const bool fits =
                    !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                               c == '.' || c == '_';
                    });
                if (!fits)
                    throw SettingError("must be letters, digits, -, . and _, not \"" + text + "\"");
                settings.*member = text;
            }};
}

const std::vector<Setting>& all() {
    static const std::vector<Setting> known{
        path("data", &Settings::data),
        {"listen", [](Settings& settings, const std::string& text) { settings.listen = text; }},
        {"port",
         [](Settings& settings, const std::string& text) {
             settings.port = static_cast<std::uint16_t>(whole_number(text, 0, 65535));
         }},
        {"database",
         [](Settings& settings, const std::string& text) {
             if (text != "sqlite" && text.find('=') == std::string::npos && !text.starts_with("postgres")) {
                 throw SettingError("must be \"sqlite\" or a PostgreSQL connection string");
             }
             settings.database = text;
         }},
        path("web", &Settings::web),
        path("packs", &Settings::packs),
        path("maps.background", &Settings::maps_background),
        path("tls.certificate", &Settings::tls_certificate),
        path("tls.key", &Settings::tls_key),
        {"log.level",
         [](Settings& settings, const std::string& text) {
             if (text != "error" && text != "warn" && text != "info" && text != "debug") {
                 throw SettingError("must be error, warn, info or debug, not \"" + text + "\"");
             }
             settings.log_level = text;
         }},
        {"log.requests",
         [](Settings& settings, const std::string& text) {
             if (text != "true" && text != "false")
                 throw SettingError("must be true or false, not \"" + text + "\"");
             settings.log_requests = text == "true";
         }},
        number("limits.body_bytes", &Settings::limits_body_bytes, 1024, 1024LL * 1024 * 1024),
        number("limits.header_bytes", &Settings::limits_header_bytes, 1024, 1024LL * 1024),
        number("limits.connections", &Settings::limits_connections, 1, 100'000),
        number("limits.connections_per_address", &Settings::limits_connections_per_address, 1, 100'000),
        number("limits.header_seconds", &Settings::limits_header_seconds, 1, 600),
        number("limits.body_seconds", &Settings::limits_body_seconds, 1, 3600),
        number("limits.idle_seconds", &Settings::limits_idle_seconds, 1, 3600),
        number("limits.waiting_requests", &Settings::limits_waiting_requests, 1, 1'000'000),
        number("threads", &Settings::threads, 1, 256),
        {"files.store",
         [](Settings& settings, const std::string& text) {
             if (text != "database" && text != "s3")
                 throw SettingError("must be \"database\" or \"s3\", not \"" + text + "\"");
             settings.files_store = text;
         }},
        {"files.s3.endpoint",
         [](Settings& settings, const std::string& text) {
             if (!text.starts_with("https://") && !text.starts_with("http://"))
                 throw SettingError("must begin with https:// or http://");
             settings.files_s3_endpoint = text;
         }},
        word("files.s3.bucket", &Settings::files_s3_bucket),
        word("files.s3.region", &Settings::files_s3_region),
        word("files.s3.access_key", &Settings::files_s3_access_key),
        {"files.s3.secret_key",
         [](Settings& settings, const std::string& text) { settings.files_s3_secret_key = text; }},
        {"files.clamd",
         [](Settings& settings, const std::string& text) {
             try {
                 if (!text.empty())
                     (void)documents::VirusScanner(text);
             } catch (const std::invalid_argument& error) {
                 throw SettingError(error.what());
             }
             settings.files_clamd = text;
         }},
    };
    return known;
}

void apply(Settings& settings, const std::string& name, const std::string& text, const std::string& from) {
    const auto found = std::find_if(all().begin(), all().end(), [&](const Setting& one) { return one.name == name; });
    if (found == all().end())
        throw SettingError(from + ": there is no setting \"" + name + "\"");
    try {
        found->set(settings, text);
    } catch (const SettingError& error) {
        throw SettingError(from + ": \"" + name + "\" " + error.what());
    }
}

void apply_table(Settings& settings, const toml::table& table, const std::string& prefix, const std::string& from) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        const std::string place = from + ":" + std::to_string(node.source().begin.line);
        if (const auto* inner = node.as_table()) {
            apply_table(settings, *inner, name + ".", from);
        } else if (const auto text = node.value_exact<std::string>()) {
            apply(settings, name, *text, place);
        } else if (const auto whole = node.value_exact<std::int64_t>()) {
            apply(settings, name, std::to_string(*whole), place);
        } else if (const auto flag = node.value_exact<bool>()) {
            apply(settings, name, *flag ? "true" : "false", place);
        } else {
            throw SettingError(place + ": \"" + name + "\" must be a text, a whole number or true/false");
        }
    }
}

/// TSUNAGI_TLS_CERTIFICATE for tls.certificate
std::string environment_name(std::string name) {
    for (char& c : name)
        c = c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return "TSUNAGI_" + name;
}

/// A name in the environment that begins like ours and is no setting is a mistake too. `TSUNAGI_TEST_…` belongs to
/// tests.
void refuse_unknown_names() {
    for (char** entry = environ; *entry != nullptr; ++entry) {  // NOLINT: an array that ends in a null pointer
        const std::string_view text(*entry);
        if (!text.starts_with("TSUNAGI_") || text.starts_with("TSUNAGI_TEST_"))
            continue;
        const std::string_view name = text.substr(0, text.find('='));
        const auto known = [&](const Setting& one) { return environment_name(one.name) == name; };
        if (std::none_of(all().begin(), all().end(), known))
            throw SettingError(std::string(name) + ": there is no such setting");
    }
}

}  // namespace

std::vector<std::string> setting_names() {
    std::vector<std::string> names;
    for (const Setting& one : all())
        names.push_back(one.name);
    return names;
}

db::DatabaseOptions Settings::database_options() const {
    db::DatabaseOptions options;
    if (database == "sqlite") {
        options.engine = db::Engine::sqlite;
        options.target = (data / "tsunagi.db").string();
        options.readers = static_cast<std::size_t>(std::min<std::int64_t>(threads, 8));
    } else {
        options.engine = db::Engine::postgres;
        options.target = database;
        options.readers = static_cast<std::size_t>(std::min<std::int64_t>(threads, 8));
        options.writers = static_cast<std::size_t>(std::min<std::int64_t>(threads, 16));
    }
    return options;
}

Settings read_settings(const std::filesystem::path& file, const Flags& flags) {
    Settings settings;
    if (!file.empty()) {
        try {
            apply_table(settings, toml::parse_file(file.string()), "", file.string());
        } catch (const toml::parse_error& error) {
            throw SettingError(file.string() + ":" + std::to_string(error.source().begin.line) + ": " +
                               std::string(error.description()));
        }
    }
    refuse_unknown_names();
    for (const Setting& one : all()) {
        const std::string name = environment_name(one.name);
        if (const char* value = std::getenv(name.c_str()))
            apply(settings, one.name, value, name);
    }
    for (const auto& [name, text] : flags)
        apply(settings, name, text, "--" + name);
    if (settings.tls_certificate.empty() != settings.tls_key.empty()) {
        throw SettingError("tls.certificate and tls.key belong together; only one of them is set");
    }
    const auto demand = [](const std::string& name, const std::string& value) {
        if (value.empty())
            throw SettingError("files.store is \"s3\", and " + name + " is not set");
    };
    if (settings.files_store == "s3") {
        demand("files.s3.endpoint", settings.files_s3_endpoint);
        demand("files.s3.bucket", settings.files_s3_bucket);
        demand("files.s3.access_key", settings.files_s3_access_key);
        demand("files.s3.secret_key", settings.files_s3_secret_key);
    }
    return settings;
}

}  // namespace tsunagi::app
