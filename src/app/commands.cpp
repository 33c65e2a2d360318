// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"

#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

#include <malloc.h>

#include "app/application.hpp"
#include "app/demo.hpp"
#include "app/event_log.hpp"
#include "app/exit_code.hpp"
#include "app/places_file.hpp"
#include "app/version.hpp"
#include "db/backup.hpp"
#include "db/migrate.hpp"
#include "http/server.hpp"
#include "modules/access/access_routes.hpp"
#include "modules/access/demonstration_service.hpp"
#include "modules/access/user_store.hpp"
#include "modules/packs/pack_file.hpp"

namespace tsunagi::app {
namespace {

void say(const std::string& text) {
    std::printf("%s\n", text.c_str());
}

int refuse(int code, const std::string& text) {
    std::fprintf(stderr, "tsunagi: %s\n", text.c_str());
    return code;
}

core::MasterKey load_key(const Settings& settings) {
    if (!std::filesystem::exists(settings.key_file())) {
        throw std::runtime_error(
            "there is no key in " + settings.key_file().string() +
            "; a new installation is made with `tsunagi init`, an existing one needs its key file");
    }
    return core::MasterKey::load(settings.key_file());
}

/// Brings the schema up to date. A database that holds data is copied first; answers where the copy is.
std::optional<std::filesystem::path> bring_up_to_date(const Settings& settings, const core::MasterKey& key) {
    return db::migrate_with_copy(settings.database_options(), settings.data, key.fingerprint(),
                                 {settings.anchors_file()});
}

documents::AttachedFiles attached_files(const Settings& settings) {
    const db::DatabaseOptions options = settings.database_options();
    db::Session session(options.engine, options.target);
    if (db::schema_version(session) < 10)  // before there were any
        return {};
    db::ReadTx tx(session);
    return documents::AttachmentService::attached(tx);
}

void tell_files(const documents::AttachedFiles& files) {
    say("Attached files: " + std::to_string(files.count) + " with " + std::to_string(files.bytes) + " bytes.");
    if (files.elsewhere > 0) {
        say(std::to_string(files.elsewhere) + " of them are in the object store; the backup holds their list with " +
            "checksums, not their content. Copy the bucket as well.");
    }
}

int schema_of(const Settings& settings) {
    const db::DatabaseOptions options = settings.database_options();
    if (options.engine == db::Engine::sqlite && !std::filesystem::exists(options.target))
        return 0;
    db::Session session(options.engine, options.target);
    return db::schema_version(session);
}

/// Somebody has an account. A database without any is what an `init` that failed has left.
bool is_in_use(const Settings& settings) {
    if (schema_of(settings) == 0)
        return false;
    const db::DatabaseOptions options = settings.database_options();
    db::Session session(options.engine, options.target);
    db::ReadTx tx(session);
    return access::any_user(tx);
}

/// A new installation: folders, key, empty schema. Refuses to touch one that exists.
core::MasterKey begin_installation(const Settings& settings) {
    if (is_in_use(settings)) {
        throw std::runtime_error("there is a database already (" + settings.database_options().target +
                                 "); init and demo start from nothing");
    }
    std::filesystem::create_directories(settings.data);
    std::filesystem::permissions(settings.data, std::filesystem::perms::owner_all);
    core::MasterKey key = std::filesystem::exists(settings.key_file()) ? core::MasterKey::load(settings.key_file())
                                                                       : core::MasterKey::create(settings.key_file());
    const db::DatabaseOptions options = settings.database_options();
    db::Session session(options.engine, options.target);
    db::migrate(session, db::newest_version());
    return key;
}

/// The history goes on from an older state; whoever reads it shall see where.
void record_restore(const Settings& settings, const core::MasterKey& key, const db::BackupSummary& summary) {
    db::Database database(settings.database_options());
    const audit::AuditService audit(database, key.derive("audit---"), settings.anchors_file(), core::Clock());
    database.write([&](db::WriteTx& tx) {
        audit.record(tx, {.actor_id = {},
                          .actor_name = "tsunagi restore",
                          .action = "restore",
                          .subject_kind = "backup",
                          .subject_id = summary.made_at,
                          .detail = summary.checksum});
    });
}

http::ServerOptions server_options(const Settings& settings) {
    http::ServerOptions options;
    options.address = settings.listen;
    options.port = settings.port;
    options.certificate = settings.tls_certificate;
    options.private_key = settings.tls_key;
    options.handler_threads = static_cast<std::size_t>(settings.threads);
    options.longest_queue = static_cast<std::size_t>(settings.limits_waiting_requests);
    options.header_bytes = static_cast<std::size_t>(settings.limits_header_bytes);
    options.body_bytes = static_cast<std::size_t>(settings.limits_body_bytes);
    options.connections = static_cast<std::size_t>(settings.limits_connections);
    options.connections_per_address = static_cast<std::size_t>(settings.limits_connections_per_address);
    options.header_time = std::chrono::seconds(settings.limits_header_seconds);
    options.body_time = std::chrono::seconds(settings.limits_body_seconds);
    options.idle_time = std::chrono::seconds(settings.limits_idle_seconds);
    return options;
}

/// The web files, or none with a word about it: the API alone is a sensible server too.
http::StaticFiles web_files(const Settings& settings) {
    try {
        return http::StaticFiles::load(program_folder(settings.web, "web"));
    } catch (const SettingError& error) {
        if (!settings.web.empty())
            throw;
        log_event(LogLevel::warn, "no_web_files", {{"what", std::string(error.what()) + "; serving the API only"}});
        return {};
    }
}

/// The operations with no database behind them, for the description of the API.
std::vector<http::Operation> described_operations(Application& application, const http::Metrics& metrics) {
    auto operations = application.operations();
    for (auto& operation : http::health_operations(metrics, [] { return true; })) {
        operations.push_back(std::move(operation));
    }
    return operations;
}

}  // namespace

int print_version() {
    say(std::string("tsunagi ") + version + " (schema " + std::to_string(db::newest_version()) + ")");
    return exit_done;
}

int print_openapi() {
    Settings settings;
    settings.data = std::filesystem::temp_directory_path() / ("tsunagi-openapi-" + core::new_uuid());
    {
        const core::MasterKey key = begin_installation(settings);
        Application application(settings, key, core::Clock());
        const http::Metrics metrics;
        std::fputs(http::openapi_document(described_operations(application, metrics), version).c_str(), stdout);
    }
    std::filesystem::remove_all(settings.data);
    return exit_done;
}

int serve(const Settings& settings) {
    // Eight arenas per processor, the usual number, would each keep what the busiest moment needed.
    mallopt(M_ARENA_MAX, 2);
    // A search of a million records takes some 10 MB for 20 ms: they go back to the system, not to a free list.
    mallopt(M_MMAP_THRESHOLD, 512 * 1024);
    mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
    // Signals are waited for in one place; every thread started from here on inherits the mask.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    set_log_level(settings.log_level);
    if (schema_of(settings) == 0) {
        return refuse(exit_failed, "there is no database yet; make one with `tsunagi init` (or `tsunagi demo`)");
    }
    const core::MasterKey key = load_key(settings);
    if (const auto copy = bring_up_to_date(settings, key))
        log_event(LogLevel::info, "migrated", {{"copy_before", copy->string()}});
    Application application(settings, key, core::Clock(), Use::server);
    http::Metrics metrics;
    auto operations = application.operations();
    for (auto& operation : http::health_operations(metrics, [&] {
             return application.database.read([](db::ReadTx& tx) { return tx.number("SELECT 1") == 1; });
         })) {
        operations.push_back(std::move(operation));
    }
    try {
        application.packs.take_up_new();
    } catch (
        const packs::PacksUnreadable& error) {  // a file that no longer fits must not keep the office from its records
        log_event(LogLevel::warn, "packs_not_read", {{"what", error.what()}});
    }
    if (const std::string fault = application.map_background.fault(); !fault.empty())
        log_event(LogLevel::warn, "map_background_not_read", {{"setting", "maps.background"}, {"what", fault}});
    const http::Router router(
        std::move(operations), access::authenticator(application.access),
        [](const http::Request& request, const std::string& text) {
            log_event(LogLevel::error, "defect", {{"request_id", request.request_id}, {"what", text}});
        });
    const http::StaticFiles files = web_files(settings);
    http::AccessLog log;
    if (settings.log_requests)
        log = http::AccessLog::to_standard_output();
    http::Server server(server_options(settings), router, files, metrics, log);
    server.start();
    const std::jthread warm_up([&](const std::stop_token& stop) {
        try {
            application.consultations.warm_up(stop);
        } catch (const std::exception& error) {  // whoever asks for a list then reads what is missing
            log_event(LogLevel::warn, "not_warmed_up", {{"what", error.what()}});
        }
    });
    // The index of the search follows what is written. What it has not reached yet is searched without it, so it may
    // lag.
    const std::jthread indexing([&](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any stopped;
        while (!stop.stop_requested()) {
            try {
                while (!stop.stop_requested() && application.search.index().advance()) {
                }
            } catch (const std::exception& error) {  // a full disk, a database that is away
                log_event(LogLevel::warn, "not_indexed", {{"what", error.what()}});
            }
            std::unique_lock lock(mutex);
            stopped.wait_for(lock, stop, std::chrono::seconds(2), [] { return false; });
        }
    });
    // Suggestions are learned from what was written before; until then they come from the word list.
    const std::jthread learning([&](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any stopped;
        while (!stop.stop_requested()) {
            try {
                while (!stop.stop_requested() && application.suggestions.advance()) {
                }
            } catch (const std::exception& error) {
                log_event(LogLevel::warn, "not_learned", {{"what", error.what()}});
            }
            std::unique_lock lock(mutex);
            stopped.wait_for(lock, stop, std::chrono::seconds(2), [] { return false; });
        }
    });
    // Files that are read and taken, whoever left the page meanwhile.
    const std::jthread importing([&](const std::stop_token& stop) {
        application.imports.jobs().work(stop, [](const std::string& what) {
            log_event(LogLevel::warn, "import_stopped", {{"what", what}});
        });
    });
    const std::jthread filling([&](const std::stop_token& stop) {
        application.resources.jobs().work(stop, [](const std::string& what) {
            log_event(LogLevel::warn, "official_import_stopped", {{"what", what}});
        });
    });
    const std::string host = settings.listen == "0.0.0.0" || settings.listen == "::" ? "localhost" : settings.listen;
    log_event(LogLevel::info, "ready",
              {{"version", version},
               {"address", (settings.tls_certificate.empty() ? "http://" : "https://") +
                               (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" +
                               std::to_string(server.port())}});
    if (application.database.read(access::is_demonstration))
        log_event(LogLevel::info, "demonstration", {{"today", application.calendar.today().str()}});

    // Once a minute the ends of the audit chains go to the anchors file. A full disk or a database that is away for a
    // while is no reason to stop.
    const auto anchor = [&] {
        try {
            application.audit.anchor();
        } catch (const std::exception& error) {
            log_event(LogLevel::error, "audit_not_anchored", {{"what", error.what()}});
        }
    };
    const auto swept = [](const auto& work) {
        try {
            work();
        } catch (const std::exception& error) {
            log_event(LogLevel::warn, "files_not_swept", {{"what", error.what()}});
        }
    };
    const auto sweep = [&] {  // one does not wait for the other's object store
        swept([&] { application.uploads.sweep(); });
        swept([&] { application.attachments.erase(); });
    };
    for (;;) {
        timespec minute{60, 0};
        const int signal = sigtimedwait(&signals, nullptr, &minute);
        if (signal == SIGTERM || signal == SIGINT)
            break;
        anchor();
        sweep();
    }
    server.stop();
    anchor();
    log_event(LogLevel::info, "stopped");
    return exit_done;
}

int init_installation(const Settings& settings, const InitWords& words) {
    std::string password;
    if (words.password_from_stdin) {
        std::getline(std::cin, password);
    } else {
        password = core::random_token().substr(0, 16) + "-8";
    }
    const core::MasterKey key = begin_installation(settings);
    Application application(settings, key, core::Clock());
    packs::PackChoice choice;
    for (const std::string& name : words.packs)
        choice.packs.emplace_back(name);
    application.packs.choose(nullptr, choice);
    application.users.create_first_administrator(words.login, words.name, password, !words.password_from_stdin);
    say("The installation is ready in " + settings.data.string() + ".");
    say("  Administrator:  " + words.login);
    if (!words.password_from_stdin)
        say("  First password: " + password + "  (to be changed at the first sign-in)");
    say("Keep a copy of " + settings.key_file().string() + " apart from the backups: without it the data of persons");
    say("cannot be read again.");
    return exit_done;
}

int make_demonstration(const Settings& settings, const DemoWords& words) {
    const core::MasterKey key = begin_installation(settings);
    load_demonstration(settings, key, program_folder(words.folder, "demo") / "shiomi", words.password);
    return exit_done;
}

int migrate_database(const Settings& settings) {
    const int before = schema_of(settings);
    if (before == 0)
        return refuse(exit_failed, "there is no database yet; make one with `tsunagi init`");
    if (const auto copy = bring_up_to_date(settings, load_key(settings)))
        say("Copy before the migration: " + copy->string());
    say("Schema " + std::to_string(before) + " -> " + std::to_string(schema_of(settings)) + ".");
    return exit_done;
}

int make_index_anew(const Settings& settings) {
    const core::MasterKey key = load_key(settings);
    Application application(settings, key, core::Clock());
    std::int64_t told = -1;
    std::int64_t records = 0;
    application.search.index().rebuild([&](std::int64_t done, std::int64_t of) {
        records = done;
        const std::int64_t tenth = of == 0 ? 0 : done * 10 / of;
        if (tenth == told)
            return;
        told = tenth;
        say("Indexed " + std::to_string(done) + " of " + std::to_string(of) + " records.");
        std::fflush(stdout);
    });
    say("The search index is made anew from " + std::to_string(records) + " consultations, activities and files.");
    return exit_done;
}

int import_places(const Settings& settings, const std::filesystem::path& file) {
    const core::MasterKey key = load_key(settings);
    Application application(settings, key, core::Clock());
    access::Actor command_line;  // whoever may write the data folder; the audit says that it came from the command line
    command_line.name = "tsunagi import";
    command_line.permissions = {"places.manage"};
    PlaceIds ids;
    const PlaceCounts counts = read_places(application, command_line, file, ids);
    say("Imported " + std::to_string(counts.regions) + " regions, " + std::to_string(counts.organizations) +
        " organizations, " + std::to_string(counts.desks) + " desks.");
    return exit_done;
}

int export_figures(const Settings& settings, const ExportWords& words) {
    if (words.file.empty() || words.login.empty())
        return refuse(exit_wrong_words, "export " + words.what + " needs a file and --login");
    const core::MasterKey key = load_key(settings);
    Application application(settings, key, core::Clock());
    const auto actor = application.access.actor_of_login(words.login);
    if (!actor)
        return refuse(exit_wrong_words, "there is no active user \"" + words.login + "\"");
    const auto format = words.format == "xlsx"  ? analysis::FileFormat::xlsx
                        : words.format == "csv" ? analysis::FileFormat::csv
                                                : analysis::FileFormat::csv_cp932;
    const std::int64_t year = words.fiscal_year.value_or(actor->today.fiscal_year());
    analysis::MonthExportQuery months;
    months.fiscal_year = year;
    months.format = format;
    analysis::MatrixExportQuery matrix;
    matrix.fiscal_year = year;
    matrix.format = format;
    const record::ExportedFile exported = words.what == "months" ? application.analysis.export_months(*actor, months)
                                                                 : application.analysis.export_matrix(*actor, matrix);
    std::ofstream out(words.file, std::ios::binary | std::ios::trunc);
    out.write(exported.bytes.data(), static_cast<std::streamsize>(exported.bytes.size()));
    out.close();
    if (!out)
        return refuse(exit_failed, "cannot write " + words.file.string());
    say("Wrote " + words.file.string() + ".");
    return exit_done;
}

int make_backup(const Settings& settings, const std::filesystem::path& file) {
    const core::MasterKey key = load_key(settings);
    const db::BackupSummary summary =
        db::backup(settings.database_options(), file, key.fingerprint(), {settings.anchors_file()});
    say("Wrote " + file.string() + ": " + std::to_string(summary.rows) + " rows, checksum " + summary.checksum + ".");
    tell_files(attached_files(settings));
    say("The key file is not in it: keep " + settings.key_file().string() + " apart.");
    return exit_done;
}

int restore_backup(const Settings& settings, const std::filesystem::path& file, bool replace) {
    const core::MasterKey key = load_key(settings);
    try {
        const db::BackupSummary summary =
            db::restore(file, settings.database_options(), replace, key.fingerprint(), {settings.anchors_file()});
        record_restore(settings, key, summary);
        say("Restored " + std::to_string(summary.rows) + " rows of " + summary.made_at + ".");
        tell_files(attached_files(settings));
        return exit_done;
    } catch (const db::BackupError& error) {
        return refuse(exit_data_refused, error.what());
    }
}

int verify_audit(const Settings& settings) {
    const core::MasterKey key = load_key(settings);
    Application application(settings, key, core::Clock());
    const audit::Verification result = application.audit.verify();
    if (!result.intact)
        return refuse(exit_data_refused, "the audit chain is broken at " + result.broken_at);
    say("The audit chains are intact: " + std::to_string(result.rows) + " rows.");
    return exit_done;
}

}  // namespace tsunagi::app
