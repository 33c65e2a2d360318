// SPDX-License-Identifier: Apache-2.0
// The command line: each subcommand reads its words here and is carried out in commands.cpp.
#include <cstdio>
#include <filesystem>

#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "app/settings.hpp"
#include "core/error.hpp"
#include "db/migrate.hpp"
#include "db/session.hpp"

namespace {

using namespace tsunagi::app;  // NOLINT: main belongs to no namespace, and all it does stands in that one

/// Flags that every command understands, and the settings file.
struct Common {
    std::string config;
    Flags flags;

    void add_to(CLI::App& command) {
        command.add_option("--config", config, "settings file (TOML)")->check(CLI::ExistingFile);
        flag(command, "data", "folder of the database and the key (./data)");
        flag(command, "database", "sqlite, or a PostgreSQL connection string");
        flag(command, "packs", "folder of the code packs");
        flag(command, "log.level", "error, warn, info or debug");
    }

    void flag(CLI::App& command, const std::string& name, const std::string& help) {
        command.add_option_function<std::string>(
            "--" + name, [this, name](const std::string& value) { flags[name] = value; }, help);
    }

    [[nodiscard]] Settings settings() const { return read_settings(config, flags); }
};

/// "refused (invalid): /password too_short 8"
std::string told(const tsunagi::core::Error& error) {
    std::string text = "refused (" + error.reason() + ")";
    if (!error.detail().empty())
        text += ": " + error.detail();
    for (const auto& field : error.fields()) {
        text += (&field == error.fields().data() ? ": " : "; ") + field.pointer + " " + field.reason;
        if (!field.limit.empty())
            text += " " + field.limit;
    }
    return text;
}

int carry_out(CLI::App& app, const Common& common, const InitWords& init, const DemoWords& demo,
              const ExportWords& exported, const ImportLogWords& log, const ImportOfficialWords& official,
              const std::vector<std::filesystem::path>& maps, const std::string& file, bool replace) {
    if (app.got_subcommand("version"))
        return print_version();
    if (app.got_subcommand("openapi"))
        return print_openapi();
    const Settings settings = common.settings();
    if (app.got_subcommand("serve"))
        return serve(settings);
    if (app.got_subcommand("init"))
        return init_installation(settings, init);
    if (app.got_subcommand("demo"))
        return make_demonstration(settings, demo);
    if (app.got_subcommand("migrate"))
        return migrate_database(settings);
    if (app.got_subcommand("reindex"))
        return make_index_anew(settings);
    if (app.got_subcommand("import") && !official.files.empty())
        return import_official(settings, official);
    if (app.got_subcommand("import") && !maps.empty())
        return import_boundaries(settings, maps);
    if (app.got_subcommand("import"))
        return log.mapping.empty() ? import_places(settings, file) : import_log(settings, log);
    if (app.got_subcommand("export"))
        return exported.what == "public-directory" ? export_directory(settings, exported)
                                                   : export_figures(settings, exported);
    if (app.got_subcommand("backup"))
        return make_backup(settings, file);
    if (app.got_subcommand("restore"))
        return restore_backup(settings, file, replace);
    return verify_audit(settings);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Tsunagi: home medical and care coordination, from a consultation to an evaluated measure", "tsunagi");
    app.require_subcommand(1);
    app.footer(
        "Settings: built-in values < settings file < environment (TSUNAGI_PORT, TSUNAGI_TLS_KEY, …) < flags.\n"
        "Exit codes: 0 done, 1 failed, 2 wrong words or settings, 3 data refused (checksum, newer schema, broken "
        "chain).");
    Common common;
    InitWords init;
    DemoWords demo;
    ExportWords exported;
    ImportLogWords log;
    ImportOfficialWords official;
    std::vector<std::filesystem::path> maps;
    std::string file;
    bool replace = false;

    auto* serve_command = app.add_subcommand("serve", "run the server");
    common.flag(*serve_command, "port", "port to listen on (8080; 0 takes a free one)");
    common.flag(*serve_command, "listen", "address to listen on (127.0.0.1)");
    common.flag(*serve_command, "web", "folder of the web files");
    common.flag(*serve_command, "tls.certificate", "certificate chain (PEM)");
    common.flag(*serve_command, "tls.key", "private key (PEM)");

    auto* init_command = app.add_subcommand("init", "make an empty database, the key and the first administrator");
    init_command->add_option("--login", init.login, "login of the first administrator")->required();
    init_command->add_option("--name", init.name, "name of the first administrator")->required();
    init_command->add_flag("--password-stdin", init.password_from_stdin,
                           "read the first password from standard input instead of making one");
    init_command->add_option("--pack", init.packs, "code packs to apply, in order (standard)");

    auto* demo_command = app.add_subcommand("demo", "make a fictitious city with a year of consultations");
    demo_command->add_option("--password", demo.password, "password of the demonstration accounts");
    demo_command->add_option("--from", demo.folder, "folder of the demonstration data");

    app.add_subcommand("migrate", "bring the database to the schema of this program");

    app.add_subcommand("reindex", "make the search index anew, while the server runs or not");

    auto* import_command = app.add_subcommand("import", "read files into the database");
    import_command->require_subcommand(1);
    auto* import_places_command =
        import_command->add_subcommand("places", "regions, organizations and desks from a YAML file");
    import_places_command->add_option("file", file, "file to read (.yaml)")->required()->check(CLI::ExistingFile);

    auto* import_log_command = import_command->add_subcommand(
        "log", "past consultations from a workbook or a CSV file; exit code 3 when a line was bad");
    import_log_command->add_option("file", log.file, "file to read (.xlsx or .csv)")
        ->required()
        ->check(CLI::ExistingFile);
    import_log_command->add_option("--mapping", log.mapping, "name of the mapping, saved on the screen")->required();
    import_log_command->add_option("--desk", log.desk, "desk of the mapping, where several have one of that name");
    import_log_command->add_option("--login", log.login, "who registers them (who saved the mapping)");
    import_log_command->add_flag("--dry-run", log.dry_run, "check every line and take nothing");

    auto* import_official_command = import_command->add_subcommand(
        "official", "official open data into the directory of resources; exit code 3 when a file was refused");
    import_official_command->add_option("files", official.files, "files to read (.csv, .xlsx)")
        ->required()
        ->check(CLI::ExistingFile);
    import_official_command
        ->add_option("--municipality", official.municipalities,
                     "code of a prefecture (2 digits) or a municipality (5 or 6) to take; several "
                     "are allowed (the whole file)")
        ->take_all()
        ->allow_extra_args(false);
    import_official_command->add_option("--as-of", official.as_of,
                                        "day of the data, 2025-12-31, where the file's name does not tell it");
    auto* dry_run =
        import_official_command->add_flag("--dry-run", official.dry_run, "show the difference, keep nothing");
    import_official_command->add_flag("--approve", official.approve, "apply the difference")->excludes(dry_run);

    auto* import_boundaries_command = import_command->add_subcommand(
        "boundaries",
        "boundaries of municipalities (N03 as GeoJSON or TopoJSON), names of towns and stations (CSV) for "
        "the map; exit code 3 when a file was refused");
    import_boundaries_command->add_option("files", maps, "files to read (.geojson, .topojson, .csv, .csv.gz)")
        ->required()
        ->check(CLI::ExistingFile);

    auto* export_command = app.add_subcommand("export", "write figures to a file");
    export_command->add_option("what", exported.what, "months, matrix or public-directory")
        ->required()
        ->check(CLI::IsMember({"months", "matrix", "public-directory"}));
    export_command->add_option("file", exported.file, "of figures: file to write (.xlsx or .csv)");
    export_command->add_option("--login", exported.login, "of figures: whose scope applies");
    export_command->add_option("--municipality", exported.municipality,
                               "of public-directory: code of the municipality (6 digits)");
    export_command->add_option("--out", exported.out, "of public-directory: folder to write into");
    export_command->add_option("--fiscal-year", exported.fiscal_year, "fiscal year, by the year of its April");
    export_command->add_option("--format", exported.format, "xlsx, csv or csv_cp932")
        ->check(CLI::IsMember({"xlsx", "csv", "csv_cp932"}));

    auto* audit_command = app.add_subcommand("audit", "the record of who read and wrote what");
    audit_command->require_subcommand(1);
    auto* verify_command = audit_command->add_subcommand("verify", "check every chain; names the first broken row");

    auto* backup_command = app.add_subcommand("backup", "write everything to one file, while the server runs");
    backup_command->add_option("file", file, "file to write (.jsonl.gz)")->required();
    auto* restore_command = app.add_subcommand("restore", "load a backup after checking it");
    restore_command->add_option("file", file, "backup to read (.jsonl.gz)")->required()->check(CLI::ExistingFile);
    restore_command->add_flag("--replace", replace, "replace the data that is there");

    app.add_subcommand("openapi", "print the description of the API");
    app.add_subcommand("version", "print the version");

    for (auto* command :
         {serve_command, init_command, demo_command, app.get_subcommand("migrate"), app.get_subcommand("reindex"),
          import_places_command, import_log_command, import_official_command, import_boundaries_command, export_command,
          verify_command, backup_command, restore_command}) {
        common.add_to(*command);
    }

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_wrong_words;
    }
    try {
        return carry_out(app, common, init, demo, exported, log, official, maps, file, replace);
    } catch (const SettingError& error) {
        std::fprintf(stderr, "tsunagi: %s\n", error.what());
        return exit_wrong_words;
    } catch (const tsunagi::db::NewerSchema& error) {
        std::fprintf(stderr, "tsunagi: %s\n", error.what());
        return exit_data_refused;
    } catch (const tsunagi::core::Error& error) {
        std::fprintf(stderr, "tsunagi: %s\n", told(error).c_str());
        return error.kind() == tsunagi::core::ErrorKind::unavailable ? exit_failed : exit_wrong_words;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "tsunagi: %s\n", error.what());
        return exit_failed;
    }
}
