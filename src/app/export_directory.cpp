// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>

#include "app/application.hpp"
#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "modules/directories/page_files.hpp"

namespace tsunagi::app {
namespace {

int refuse(int code, const std::string& text) {
    std::fprintf(stderr, "tsunagi: %s\n", text.c_str());
    return code;
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
    for (const auto& file : directories::page_files(page, directory)) {
        std::ofstream out(words.out / file.name, std::ios::binary | std::ios::trunc);
        out << file.bytes;
        out.close();
        if (!out)
            return refuse(exit_failed, "cannot write " + (words.out / file.name).string());
    }
    std::printf("Wrote %zu places to %s; open index.html.\n", directory.places.size(), words.out.c_str());
    return exit_done;
}

}  // namespace tsunagi::app
