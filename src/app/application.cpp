// SPDX-License-Identifier: Apache-2.0
#include "app/application.hpp"

#include <algorithm>
#include <iterator>

#include "app/counted_figures.hpp"
#include "modules/access/access_routes.hpp"
#include "modules/access/demonstration_service.hpp"
#include "modules/activities/activity_routes.hpp"
#include "modules/analysis/analysis_routes.hpp"
#include "modules/anonymisation/anonymisation_routes.hpp"
#include "modules/answer_pages/answer_page_routes.hpp"
#include "modules/audit/audit_routes.hpp"
#include "modules/confirmations/confirmation_routes.hpp"
#include "modules/consultations/consultation_routes.hpp"
#include "modules/directories/directories_routes.hpp"
#include "modules/discharges/discharge_routes.hpp"
#include "modules/documents/document_routes.hpp"
#include "modules/exchange/exchange_routes.hpp"
#include "modules/holidays/holiday_routes.hpp"
#include "modules/home/board_routes.hpp"
#include "modules/imports/import_routes.hpp"
#include "modules/indicators/indicator_routes.hpp"
#include "modules/issues/issue_routes.hpp"
#include "modules/knowledge/knowledge_routes.hpp"
#include "modules/localities/locality_routes.hpp"
#include "modules/maps/background_routes.hpp"
#include "modules/maps/maps_routes.hpp"
#include "modules/measures/measure_routes.hpp"
#include "modules/meetings/meeting_routes.hpp"
#include "modules/packs/packs_routes.hpp"
#include "modules/phrases/phrase_routes.hpp"
#include "modules/referrals/referral_routes.hpp"
#include "modules/regions/region_routes.hpp"
#include "modules/resources/match_routes.hpp"
#include "modules/resources/own_place_routes.hpp"
#include "modules/resources/resource_routes.hpp"
#include "modules/search/search_routes.hpp"
#include "modules/similarities/similarity_routes.hpp"
#include "modules/suggestions/suggestion_routes.hpp"
#include "modules/threads/thread_routes.hpp"
#include "modules/uploads/upload_routes.hpp"
#include "modules/vacancies/vacancy_routes.hpp"

namespace tsunagi::app {
namespace {

access::AccountWords account_words(const Settings& settings) {
    return access::read_account_words(program_folder(settings.packs, "packs") / "standard" / "account_words.yaml");
}

core::Clock calendar_for(Use use, db::Database& database, const core::Clock& clock) {
    if (use == Use::server)
        access::begin_story(database, clock);
    return access::calendar_of(database, clock);
}

std::optional<uploads::ObjectStore::Options> object_store(const Settings& settings) {
    if (settings.files_store != "s3")
        return std::nullopt;
    return uploads::ObjectStore::Options{.endpoint = settings.files_s3_endpoint,
                                         .bucket = settings.files_s3_bucket,
                                         .region = settings.files_s3_region,
                                         .access_key = settings.files_s3_access_key,
                                         .secret_key = settings.files_s3_secret_key};
}

std::optional<documents::VirusScanner> virus_scanner(const Settings& settings) {
    if (settings.files_clamd.empty())
        return std::nullopt;
    return documents::VirusScanner(settings.files_clamd);
}

}  // namespace

std::filesystem::path program_folder(const std::filesystem::path& chosen, const std::string& name) {
    namespace fs = std::filesystem;
    if (!chosen.empty()) {
        if (!fs::is_directory(chosen))
            throw SettingError("the folder \"" + chosen.string() + "\" (" + name + ") is missing");
        return chosen;
    }
    std::error_code ignored;
    const fs::path beside = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    // Installed, unpacked beside the program, or built in a checkout.
    const std::string built = name == "web" ? "web/dist" : name;
    for (const fs::path& place :
         {fs::path("/usr/share/tsunagi") / name, beside / name, beside / ".." / ".." / built, fs::path(built)}) {
        if (fs::is_directory(place))
            return place;
    }
    throw SettingError("the folder \"" + name + "\" is not beside the program; name it with --" + name);
}

namespace {

/// Commands work without the web files.
std::filesystem::path program_folder_or_none(const std::filesystem::path& chosen, const std::string& name) {
    try {
        return program_folder(chosen, name);
    } catch (const SettingError&) {
        return {};
    }
}

}  // namespace

Application::Application(const Settings& settings, const core::MasterKey& key, const core::Clock& clock, Use use)
    : database(settings.database_options()),
      calendar(calendar_for(use, database, clock)),
      audit(database, key.derive("audit---"), settings.anchors_file(), clock),
      packs(database, audit, program_folder(settings.packs, "packs"), calendar),
      regions(database, audit, packs, calendar),
      access(database, audit, hasher, {.key = key.derive("totp----"), .words = account_words(settings)}, clock,
             calendar),
      users(database, audit, hasher, account_words(settings), calendar),
      consultations(database, audit, packs, key.derive("persons-"), calendar),
      phrases(database, audit, packs, calendar),
      follow_ups(database, audit, calendar),
      activities(database, audit, packs, consultations, follow_ups,
                 program_folder(settings.packs, "packs") / "standard" / "report_words.yaml", calendar),
      anonymisation(database, audit, consultations,
                    anonymisation::read_anonymisation_words(program_folder(settings.packs, "packs") / "standard"),
                    calendar),
      analysis(database, audit, packs, consultations,
               program_folder(settings.packs, "packs") / "standard" / "report_words.yaml"),
      issues(database, audit, packs, calendar),
      meetings(database, audit, packs, calendar),
      measures(database, audit, packs, calendar),
      desk_figures(program_folder(settings.packs, "packs") / "standard"),
      indicators(database, audit, packs, counted_figures(desk_figures), calendar),
      threads(database),
      home(database, consultations, calendar),
      search(database, audit, consultations,
             search::read_search_words(program_folder(settings.packs, "packs") / "standard" / "search_words.yaml")),
      uploads(database, key.derive("uploads-"), clock, object_store(settings)),
      attachments(database, audit, consultations, activities, uploads, virus_scanner(settings), calendar),
      suggestions(database, packs, search.folding(),
                  suggestions::read_code_words(program_folder(settings.packs, "packs"), search.folding())),
      similarities(database, audit, consultations, search),
      prepared(database, key.derive("persons-")),
      imports(database, audit, packs, prepared, uploads,
              program_folder(settings.packs, "packs") / "standard" / "import_words.yaml", calendar),
      localities(database, audit, uploads, program_folder(settings.packs, "packs") / "standard", calendar),
      resources(database, audit, packs, uploads, localities, search,
                program_folder(settings.packs, "packs") / "standard" / "official_layouts.yaml", calendar),
      maps(database, audit, uploads, program_folder(settings.packs, "packs") / "standard" / "map_columns.yaml", clock),
      map_background(settings.maps_background),
      directories(database, audit, packs, maps, program_folder_or_none(settings.web, "web") / "directory", clock),
      knowledge(database, audit, search.folding(),
                knowledge::read_knowledge(program_folder(settings.packs, "packs") / "standard"), calendar),
      answer_pages(database, audit, key.derive("answers-"), calendar),
      matches(database, audit, packs, consultations, calendar),
      referrals(database, audit, packs, consultations, matches, answer_pages,
                program_folder(settings.packs, "packs") / "standard" / "report_words.yaml", calendar),
      referral_answers(database, audit, packs, answer_pages, calendar),
      gaps(database, audit, packs, program_folder(settings.packs, "packs") / "standard" / "report_words.yaml"),
      exchange(database, audit, packs, resources, search, referrals,
               program_folder(settings.packs, "packs") / "standard" / "exchange_words.yaml", TSUNAGI_VERSION, calendar),
      holidays(database, audit, program_folder(settings.packs, "packs") / "standard", calendar),
      discharges(database, audit, packs, consultations, holidays, program_folder(settings.packs, "packs") / "standard",
                 calendar),
      forms(database, audit, consultations, key.derive("forms---"),
            program_folder(settings.packs, "packs") / "standard", calendar),
      confirmations(database, audit, packs, search.folding(), answer_pages,
                    program_folder(settings.packs, "packs") / "standard" / "report_words.yaml", calendar),
      corrections(database, audit, packs, answer_pages, calendar),
      vacancies(database, audit, packs, search.folding(), answer_pages,
                program_folder(settings.packs, "packs") / "standard" / "report_words.yaml", calendar),
      told_vacancies(database, audit, packs, answer_pages, calendar) {
    holidays.on_change([this](db::WriteTx& tx, const holidays::WorkingDays& working) {
        return discharges.recount_due_days(tx, working);
    });
    localities.on_change([this](db::WriteTx& tx) { resources.own_places().follow_codes(tx); });
}

std::vector<http::Operation> Application::operations() {
    std::vector<http::Operation> all;
    const auto add = [&all](std::vector<http::Operation> more) {
        std::move(more.begin(), more.end(), std::back_inserter(all));
    };
    add(access::routes(access, users));
    add(regions::routes(regions));
    add(packs::routes(packs));
    add(consultations::routes(consultations, follow_ups));
    add(phrases::routes(phrases));
    add(activities::routes(activities));
    add(anonymisation::routes(anonymisation));
    add(analysis::routes(analysis));
    add(issues::routes(issues));
    add(meetings::routes(meetings));
    add(measures::routes(measures));
    add(indicators::routes(indicators));
    add(threads::routes(threads));
    add(home::routes(home));
    add(search::routes(search));
    add(uploads::routes(uploads));
    add(documents::routes(attachments));
    add(suggestions::routes(suggestions));
    add(similarities::routes(similarities));
    add(imports::routes(imports));
    add(localities::routes(localities));
    add(resources::routes(resources));
    add(exchange::routes(exchange));
    add(maps::routes(maps));
    add(maps::background_routes(map_background));
    add(directories::routes(directories));
    add(resources::own_place_routes(resources.own_places()));
    add(resources::match_routes(resources.matches()));
    add(knowledge::routes(knowledge));
    add(answer_pages::routes(answer_pages));
    add(referrals::routes(matches, referrals, referral_answers, gaps));
    add(holidays::routes(holidays));
    add(discharges::routes(discharges, forms));
    add(confirmations::routes(confirmations, corrections));
    add(vacancies::routes(vacancies, told_vacancies));
    add(audit::routes(audit));
    return all;
}

}  // namespace tsunagi::app
