// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>
#include <fstream>

#include "app/application.hpp"
#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::app {
namespace {

/// The page as the web app is built with it; the data of the server's own page are empty.
constexpr std::array page_files{"index.html", "directory.js", "directory.css"};

int refuse(int code, const std::string& text) {
    std::fprintf(stderr, "tsunagi: %s\n", text.c_str());
    return code;
}

/// JSON within a script: what would end the script is written otherwise.
std::string within_script(const std::string& json) {
    std::string result;
    for (const char c : json) {
        if (c == '<')
            result += "\\u003c";
        else
            result += c;
    }
    return result;
}

}  // namespace

int export_directory(const Settings& settings, const ExportWords& words) {
    namespace fs = std::filesystem;
    if (words.municipality.empty() || words.out.empty())
        return refuse(exit_wrong_words, "export public-directory needs --municipality and --out");
    if (!fs::exists(settings.key_file()))
        return refuse(exit_failed, "there is no key in " + settings.key_file().string());
    const fs::path page = program_folder(settings.web, "web") / "directory";
    const Application application(settings, core::MasterKey::load(settings.key_file()), core::Clock());
    directories::PublicDirectory directory;
    try {
        directory = application.directories.whole(words.municipality);
    } catch (const core::Error& error) {
        if (error.kind() != core::ErrorKind::not_found)
            throw;
        return refuse(exit_wrong_words, "there is no municipality with the code \"" + words.municipality + "\"");
    }
    std::error_code failed;
    fs::create_directories(words.out, failed);
    for (const char* name : page_files) {
        if (!failed)
            fs::copy_file(page / name, words.out / name, fs::copy_options::overwrite_existing, failed);
        if (failed)
            return refuse(exit_failed, "cannot write " + (words.out / name).string() + ": " + failed.message());
    }
    const fs::path data = words.out / "data.js";
    std::ofstream out(data, std::ios::binary | std::ios::trunc);
    out << "window.publicDirectory = " << within_script(record::to_json(directory)) << ";\n";
    out.close();
    if (!out)
        return refuse(exit_failed, "cannot write " + data.string());
    std::printf("Wrote %zu places to %s; open index.html.\n", directory.places.size(), words.out.c_str());
    return exit_done;
}

}  // namespace tsunagi::app
