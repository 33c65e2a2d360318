// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/application.hpp"
#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "modules/regions/region_service.hpp"

namespace tsunagi::app {
namespace {

constexpr std::int64_t faults_at_once = 1000;

int refuse(int code, const std::string& text) {
    std::fprintf(stderr, "tsunagi: %s\n", text.c_str());
    return code;
}

void progress(const std::string& text) {
    std::fprintf(stderr, "%s\n", text.c_str());
}

/// The mapping that is meant, and at which desk; nothing when the words point to none or to several.
std::optional<imports::store::MappingRecord> chosen_mapping(Application& application, const ImportLogWords& words) {
    const auto desks = application.regions.desks().items;
    std::vector<imports::store::MappingRecord> found;
    for (auto& mapping : application.imports.mappings_named(words.mapping)) {
        const auto desk = std::ranges::find(desks, mapping.desk_id, &regions::Desk::id);
        const bool meant = words.desk.empty() ||
                           (desk != desks.end() && (desk->id.str() == words.desk || desk->name.value == words.desk ||
                                                    desk->short_name.value == words.desk));
        if (meant)
            found.push_back(std::move(mapping));
    }
    return found.size() == 1 ? std::optional(std::move(found.front())) : std::nullopt;
}

void print_faults(Application& application, const access::Actor& actor, const imports::ImportId& id) {
    imports::FaultsQuery query;
    query.limit = faults_at_once;
    for (;;) {
        const auto page = application.imports.faults(actor, id, query);
        for (const auto& line : page.items) {
            std::string text = "line " + std::to_string(line.number) + ":";
            for (const auto& fault : line.faults) {
                text += " " + (fault.header.empty() ? fault.field : fault.header) + " " + fault.reason;
                if (!fault.limit.empty())
                    text += " " + fault.limit;
                text += ";";
            }
            text.pop_back();
            std::printf("%s\n", text.c_str());
        }
        if (!page.next)
            return;
        query.after = page.next;
    }
}

}  // namespace

int import_log(const Settings& settings, const ImportLogWords& words) {
    if (!std::filesystem::exists(settings.key_file()))
        return refuse(exit_failed, "there is no key in " + settings.key_file().string());
    Application application(settings, core::MasterKey::load(settings.key_file()), core::Clock());
    const auto mapping = chosen_mapping(application, words);
    if (!mapping) {
        return refuse(exit_wrong_words, "the mapping \"" + words.mapping +
                                            "\" is not there, or at several desks; save it "
                                            "on the screen, and name its desk with --desk");
    }
    const std::string login = !words.login.empty() ? words.login : application.access.login_of(mapping->updated_by);
    const auto actor = application.access.actor_of_login(login);
    if (!actor)
        return refuse(exit_wrong_words, "there is no active user \"" + login + "\"; name one with --login");
    std::ifstream in(words.file, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(words.file))
        return refuse(exit_failed, "cannot read " + words.file.string());
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (in.bad())
        return refuse(exit_failed, "cannot read " + words.file.string());
    progress("Reading " + words.file.string() + " in the name of " + login + ".");
    auto import =
        application.imports.begin(*actor, mapping->desk_id, words.file.filename().string(), std::move(bytes), true);
    if (import.state != imports::ImportState::read) {
        return refuse(exit_data_refused, "the file is refused: " + import.refusal +
                                             (import.refused_at.empty() ? "" : " " + import.refused_at));
    }
    imports::GuessQuery asked;
    asked.table = 0;
    asked.mapping = words.mapping;
    const auto before = record::from_stored_json<imports::Mapping>(mapping->plan);
    if (before.table.value < static_cast<std::int64_t>(import.tables.size()))
        asked.table = before.table.value;
    imports::CheckOrder order;
    order.mapping = application.imports.guess(*actor, import.id, asked).mapping;
    // A field of a whole year must not be lost because somebody gave its column another name.
    std::string missing;
    for (const auto& column : before.columns) {
        const bool there = std::ranges::any_of(
            order.mapping.columns, [&](const auto& one) { return one.header.value == column.header.value; });
        if (!there)
            missing += (missing.empty() ? "" : ", ") + ("\"" + column.header.value + "\"");
    }
    if (!missing.empty()) {
        application.imports.remove(*actor, import.id, std::nullopt);
        return refuse(exit_data_refused, "the file has no column " + missing +
                                             "; correct the file, or save the mapping without it on the screen");
    }
    progress("Checking " + std::to_string(import.lines_all) + " lines.");
    import = application.imports.check(*actor, import.id, import.version, order, true);
    print_faults(application, *actor, import.id);
    progress(std::to_string(import.good) + " good, " + std::to_string(import.bad) + " bad, " +
             std::to_string(import.repeated) + " there already.");
    if (words.dry_run || import.good == 0) {
        application.imports.remove(*actor, import.id, std::nullopt);
        std::printf("%s\n", words.dry_run ? "Nothing was taken: this was a dry run." : "There is nothing to take.");
        return import.good == 0 || import.bad > 0 ? exit_data_refused : exit_done;
    }
    import = application.imports.take(*actor, import.id, import.version, true);
    for (const auto& range : import.numbers) {
        std::printf("%s to %s: %lld consultations\n", range.first.c_str(), range.last.c_str(),
                    static_cast<long long>(range.count));
    }
    std::printf("Imported %lld consultations; the import can be undone on the screen.\n",
                static_cast<long long>(import.good));
    return import.bad > 0 ? exit_data_refused : exit_done;
}

}  // namespace tsunagi::app
