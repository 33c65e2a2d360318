// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/application.hpp"
#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::app {

int import_boundaries(const Settings& settings, const std::vector<std::filesystem::path>& files) {
    if (!std::filesystem::exists(settings.key_file())) {
        std::fprintf(stderr, "tsunagi: there is no key in %s\n", settings.key_file().c_str());
        return exit_failed;
    }
    const Application application(settings, core::MasterKey::load(settings.key_file()), core::Clock());
    access::Actor command_line;  // whoever may write the data folder; the audit says that it came from the command line
    command_line.name = "tsunagi import";
    command_line.permissions = {"places.manage"};
    int result = exit_done;
    for (const std::filesystem::path& file : files) {
        const std::string name = file.filename().string();
        std::ifstream in(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in || in.bad()) {
            std::fprintf(stderr, "tsunagi: cannot read %s\n", file.c_str());
            return exit_failed;
        }
        try {
            const auto import = application.maps.import(command_line, name, bytes, true);
            std::printf("%s: %s, %lld %s\n", name.c_str(), record::to_text(import.source).c_str(),
                        static_cast<long long>(import.count),
                        import.source == maps::MapSource::towns || import.source == maps::MapSource::stations
                            ? "labels"
                            : "regions");
        } catch (const core::Error& error) {
            if (error.kind() != core::ErrorKind::invalid)
                throw;
            std::fprintf(stderr, "tsunagi: %s is refused: %s\n", name.c_str(), error.reason().c_str());
            result = exit_data_refused;
        }
    }
    return result;
}

}  // namespace tsunagi::app
