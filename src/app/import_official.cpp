// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/application.hpp"
#include "app/commands.hpp"
#include "app/exit_code.hpp"

namespace tsunagi::app {
namespace {

constexpr std::int64_t lines_at_once = 1000;

int refuse(int code, const std::string& text) {
    std::fprintf(stderr, "tsunagi: %s\n", text.c_str());
    return code;
}

std::string count(std::int64_t number, const char* what) {
    return std::to_string(number) + " " + what;
}

/// Every bad row and every doubt, as "line 12: phone_form …".
void print_faults(Application& application, const access::Actor& actor, const resources::OfficialImport& import) {
    resources::OfficialFaultsQuery query;
    query.limit = lines_at_once;
    for (;;) {
        const auto page = application.resources.official().faults(actor, import.id, query);
        for (const auto& fault : page.items) {
            std::printf("%s line %lld: %s%s%s %s%s%s\n", import.file_name.c_str(), static_cast<long long>(fault.line),
                        fault.bad ? "not taken: " : "", fault.header.c_str(), fault.header.empty() ? "" : ":",
                        fault.reason.c_str(), fault.value.empty() ? "" : " ", fault.value.c_str());
        }
        if (!page.next)
            return;
        query.after = page.next;
    }
}

/// What stands in its way, or nothing.
std::string read_file(const std::filesystem::path& file, std::string& bytes) {
    std::ifstream in(file, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(file))
        return "cannot read " + file.string();
    bytes.assign(std::istreambuf_iterator<char>(in), {});
    return in.bad() ? "cannot read " + file.string() : std::string();
}

std::string told(const core::Error& error) {
    std::string text = error.reason();
    for (const auto& field : error.fields())
        text += " " + field.reason + (field.limit.empty() ? "" : " " + field.limit);
    return text;
}

/// What is no directory of places is not compared row by row on the screen: the difference is told, and applied.
void print_difference(const std::string& file, const std::string& what, std::int64_t rows,
                      const record::ToldDifference& told, bool applied) {
    const bool same = told.added + told.changed + told.gone == 0;
    std::printf("%s: %s, %s, %s, %s. %s\n", file.c_str(), count(rows, what.c_str()).c_str(),
                count(told.added, "new").c_str(), count(told.changed, "changed").c_str(),
                count(told.gone, "no longer in the file").c_str(),
                !applied ? "Nothing was kept: --approve takes it, or an administrator on the screen."
                : same   ? "Nothing changes."
                         : "Applied.");
}

/// False when the file is none of these.
bool import_list(const Application& application, const access::Actor& actor, const std::string& name,
                 const std::string& bytes, bool apply) {
    if (maps::MapsService::knows(bytes)) {
        const auto told = application.maps.import(actor, name, bytes, apply);
        print_difference(name, "regions", told.count, told, apply);
    } else if (application.localities.knows(bytes)) {
        const auto told = application.localities.import(actor, name, bytes, apply);
        print_difference(name, record::to_text(told.kind), told.count, told, apply);
    } else if (holidays::is_holiday_file(bytes)) {
        const auto told = application.holidays.import(actor, name, bytes, apply);
        print_difference(name, "holidays", told.count, told, apply);
        if (told.due_days > 0)
            std::printf("%s: %s\n", name.c_str(), count(told.due_days, "deadlines moved").c_str());
    } else {
        return false;
    }
    return true;
}

}  // namespace

int import_official(const Settings& settings, const ImportOfficialWords& words) {
    resources::OfficialWords meant{.municipalities = words.municipalities, .as_of = core::Date::parse(words.as_of)};
    if (!words.as_of.empty() && !meant.as_of)
        return refuse(exit_wrong_words, "--as-of: \"" + words.as_of + "\" is no day such as 2025-12-31");
    if (meant.as_of && *meant.as_of > core::day_in_japan(core::Clock().now()))
        return refuse(exit_wrong_words, "--as-of: " + words.as_of + " is still to come");
    for (const std::string& code : words.municipalities) {
        if (!resources::codes_of_area(code)) {
            return refuse(exit_wrong_words,
                          "--municipality: \"" + code +
                              "\" is no code of a prefecture (2 digits) or a municipality (5, or 6 of "
                              "which the last checks the others)");
        }
    }
    if (!std::filesystem::exists(settings.key_file()))
        return refuse(exit_failed, "there is no key in " + settings.key_file().string());
    Application application(settings, core::MasterKey::load(settings.key_file()), core::Clock());
    const resources::OfficialService& official = application.resources.official();
    access::Actor command_line;  // whoever may write the data folder; the audit says that it came from the command line
    command_line.name = "tsunagi import";
    command_line.permissions = {"resources.import", "packs.manage", "places.manage"};
    int result = exit_done;
    for (const std::filesystem::path& file : words.files) {
        const std::string name = file.filename().string();
        std::string bytes;
        if (const std::string why = read_file(file, bytes); !why.empty())
            return refuse(exit_failed, why);
        try {
            if (import_list(application, command_line, name, bytes, words.approve && !words.dry_run))
                continue;
            auto import = official.stage(command_line, name, bytes, meant);
            print_faults(application, command_line, import);
            const std::string difference = name + ": " + count(import.good, "rows, ") +
                                           count(import.bad, "not taken, ") + count(import.doubtful, "doubtful; ") +
                                           count(import.added, "new, ") + count(import.changed, "changed, ") +
                                           count(import.missing, "no longer in the file");
            const bool repeated = import.state == resources::OfficialState::repeated;
            if (words.approve && !repeated) {
                import = official.apply(command_line, import.id, import.version);
                std::printf("%s. Applied.\n", difference.c_str());
            } else {
                if (words.dry_run || repeated)
                    official.remove(command_line, import.id, import.version);
                std::printf("%s. %s\n", difference.c_str(),
                            repeated        ? "The same file was applied before; nothing changes."
                            : words.dry_run ? "Nothing was kept: this was a dry run."
                                            : "Waiting for approval on the screen.");
            }
        } catch (const core::Error& error) {
            if (error.kind() != core::ErrorKind::invalid && error.kind() != core::ErrorKind::conflict)
                throw;
            std::fprintf(stderr, "tsunagi: %s is refused: %s\n", name.c_str(), told(error).c_str());
            result = exit_data_refused;
        }
    }
    return result;
}

}  // namespace tsunagi::app
