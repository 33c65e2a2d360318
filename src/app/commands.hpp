// SPDX-License-Identifier: Apache-2.0
// What the program can be told to do. Each answers an exit code and prints what an operator needs to know.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/settings.hpp"

namespace tsunagi::app {

struct InitWords {
    std::string login;
    std::string name;
    bool password_from_stdin = false;
    std::vector<std::string> packs{"standard"};
};

struct DemoWords {
    std::string password = "tsunagi-Demo-8";
    std::filesystem::path folder;  ///< found beside the program when empty
};

struct ExportWords {
    std::string municipality;   ///< of public-directory: its code
    std::filesystem::path out;  ///< of public-directory: a folder
    std::string what;
    std::filesystem::path file;
    std::string login;
    std::optional<std::int64_t> fiscal_year;
    std::string format = "xlsx";
};

struct ImportLogWords {
    std::filesystem::path file;
    std::string mapping;
    std::string desk;   ///< name, short name or id; the only one with a mapping of that name when empty
    std::string login;  ///< who registers them; who saved the mapping when empty
    bool dry_run = false;
};

struct ImportOfficialWords {
    std::vector<std::filesystem::path> files;
    std::vector<std::string> municipalities;  ///< codes of 2, 5 or 6 digits; the whole file when there are none
    std::string as_of;                        ///< day of the data, where the name of a file does not tell it
    bool dry_run = false;
    bool approve = false;
};

int print_version();
int print_openapi();
int serve(const Settings& settings);
int init_installation(const Settings& settings, const InitWords& words);
int make_demonstration(const Settings& settings, const DemoWords& words);
int migrate_database(const Settings& settings);
/// Makes the search index anew from the records, beside the one in use; says how far it is.
int make_index_anew(const Settings& settings);
int import_places(const Settings& settings, const std::filesystem::path& file);
/// Past consultations from a workbook or a CSV file, read with a mapping that was saved on the screen.
int import_log(const Settings& settings, const ImportLogWords& words);
/// Official open data into the public layer of the directory: each file read, compared, and applied when approved.
int import_official(const Settings& settings, const ImportOfficialWords& words);
/// Boundaries of municipalities, names of towns and stations for the map.
int import_boundaries(const Settings& settings, const std::vector<std::filesystem::path>& files);
int export_figures(const Settings& settings, const ExportWords& words);
/// The public list and map of a municipality as files that open from disk.
int export_directory(const Settings& settings, const ExportWords& words);
int make_backup(const Settings& settings, const std::filesystem::path& file);
int restore_backup(const Settings& settings, const std::filesystem::path& file, bool replace);
int verify_audit(const Settings& settings);

}  // namespace tsunagi::app
