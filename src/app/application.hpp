// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <vector>

#include "app/settings.hpp"
#include "core/sealing.hpp"
#include "http/operation.hpp"
#include "modules/access/access_service.hpp"
#include "modules/access/user_service.hpp"
#include "modules/activities/activity_service.hpp"
#include "modules/analysis/analysis_service.hpp"
#include "modules/anonymisation/anonymisation_service.hpp"
#include "modules/answer_pages/answer_page_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/confirmations/confirmation_service.hpp"
#include "modules/confirmations/correction_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/consultations/follow_up_service.hpp"
#include "modules/directories/directories_service.hpp"
#include "modules/discharges/desk_figures_service.hpp"
#include "modules/discharges/discharge_service.hpp"
#include "modules/discharges/form_service.hpp"
#include "modules/documents/document_service.hpp"
#include "modules/exchange/exchange_service.hpp"
#include "modules/holidays/holiday_service.hpp"
#include "modules/home/board_service.hpp"
#include "modules/imports/import_service.hpp"
#include "modules/indicators/indicator_service.hpp"
#include "modules/issues/issue_service.hpp"
#include "modules/knowledge/knowledge_service.hpp"
#include "modules/localities/locality_service.hpp"
#include "modules/maps/maps_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "modules/meetings/meeting_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/phrases/phrase_service.hpp"
#include "modules/referrals/gap_service.hpp"
#include "modules/referrals/match_service.hpp"
#include "modules/referrals/referral_answer_service.hpp"
#include "modules/referrals/referral_service.hpp"
#include "modules/regions/region_service.hpp"
#include "modules/resources/resource_service.hpp"
#include "modules/search/search_service.hpp"
#include "modules/similarities/similarity_service.hpp"
#include "modules/suggestions/suggestion_service.hpp"
#include "modules/threads/thread_service.hpp"
#include "modules/uploads/upload_service.hpp"
#include "modules/vacancies/told_service.hpp"
#include "modules/vacancies/vacancy_service.hpp"

namespace tsunagi::app {

/// What the application is made for: a server begins the story of a demonstration, a command finds it as it is.
enum class Use { command, server };

/// The parts of the product, wired once. Members stand in the order in which they need each other.
class Application {
public:
    Application(const Settings& settings, const core::MasterKey& key, const core::Clock& clock, Use use = Use::command);
    ~Application() = default;
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    db::Database database;  // NOLINT(misc-non-private-member-variables-in-classes): this is the list of parts
    core::Clock calendar;   ///< the day of the work; audit, sessions and one-time codes keep the machine's time
    audit::AuditService audit;
    packs::PacksService packs;
    regions::RegionService regions;
    access::PasswordHasher hasher;
    access::AccessService access;
    access::UserService users;
    consultations::ConsultationService consultations;
    phrases::PhraseService phrases;
    consultations::FollowUpService follow_ups;
    activities::ActivityService activities;
    anonymisation::AnonymisationService anonymisation;
    analysis::AnalysisService analysis;
    issues::IssueService issues;
    meetings::MeetingService meetings;
    measures::MeasureService measures;
    discharges::DeskFiguresService desk_figures;
    indicators::IndicatorService indicators;
    threads::ThreadService threads;
    home::BoardService home;
    search::SearchService search;
    uploads::UploadService uploads;
    documents::AttachmentService attachments;
    suggestions::SuggestionService suggestions;
    similarities::SimilarityService similarities;
    consultations::PreparedService prepared;
    imports::ImportService imports;
    localities::LocalityService localities;
    resources::ResourceService resources;
    maps::MapsService maps;
    directories::DirectoriesService directories;
    knowledge::KnowledgeService knowledge;
    answer_pages::AnswerPageService answer_pages;
    referrals::MatchService matches;
    referrals::ReferralService referrals;
    referrals::ReferralAnswerService referral_answers;
    referrals::GapService gaps;
    exchange::ExchangeService exchange;
    holidays::HolidayService holidays;
    discharges::DischargeService discharges;
    discharges::FormService forms;
    confirmations::ConfirmationService confirmations;
    confirmations::CorrectionService corrections;
    vacancies::VacancyService vacancies;
    vacancies::ToldService told_vacancies;

    /// Every route of the product but the health checks.
    [[nodiscard]] std::vector<http::Operation> operations();
};

/// The folder of data files that come with the program: given by the setting, beside the program, or installed.
/// Throws SettingError when it is in none of these places.
[[nodiscard]] std::filesystem::path program_folder(const std::filesystem::path& chosen, const std::string& name);

}  // namespace tsunagi::app
