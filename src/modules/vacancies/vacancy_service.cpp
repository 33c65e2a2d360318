// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/vacancy_service.hpp"

#include <algorithm>
#include <iterator>

#include "modules/access/demonstration_service.hpp"
#include "modules/resources/local_service.hpp"
#include "modules/vacancies/vacancy_rules.hpp"
#include "modules/vacancies/vacancy_sheet.hpp"
#include "modules/vacancies/vacancy_store.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::vacancies {
namespace {

using answer_pages::AnswerKind;
using resources::LocalService;

constexpr int usual_page_days = 90;
constexpr std::int64_t lines_at_once = 200;
constexpr std::size_t most_exported = 10'000;

VacancyRow found(db::ReadTx& tx, const access::Actor& actor, const resources::ServiceId& id,
                 const core::RegionId& home) {
    auto row = store::row(tx, home, actor.today, id);
    if (!row)
        throw core::not_found();
    return std::move(*row);
}

}  // namespace

VacancyService::VacancyService(db::Database& database, const audit::AuditService& audit,
                               const packs::PacksService& packs, const search::Folding& folding,
                               const answer_pages::AnswerPageService& pages, const std::filesystem::path& report_words,
                               core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      folding_(folding),
      pages_(pages),
      words_(report_words),
      clock_(std::move(clock)) {}

store::VacancySearch VacancyService::search_of(const access::Actor& actor, const VacancyFilter& filter) const {
    store::VacancySearch search;
    search.home = LocalService::home_of(actor, filter.municipality_id, false);
    search.today = actor.today;
    for (const std::string& area : filter.municipality) {
        auto codes = LocalService::codes_of(area);
        if (!codes)
            throw core::invalid({{"?municipality", "municipality_code", area.substr(0, 20)}});
        search.areas.push_back(std::move(*codes));
    }
    for (const std::string& word : record::words_of(filter.words)) {
        if (std::string folded = search::to_utf8(folding_.fold(word)); !folded.empty())
            search.words.push_back(std::move(folded));
    }
    return search;
}

VacancyPage VacancyService::list(const access::Actor& actor, const VacancyFilter& filter) const {
    access::require(actor, "vacancies.read");
    const auto search = search_of(actor, filter);
    return database_.read([&](db::ReadTx& tx) { return store::list(tx, search, filter); });
}

record::ExportedFile VacancyService::export_list(const access::Actor& actor, const VacancyExportQuery& query) const {
    access::require(actor, "export");
    access::require(actor, "vacancies.read");
    const auto search = search_of(actor, query);
    const auto codes = packs_.codes();
    const auto sheet = database_.read([&](db::ReadTx& tx) {
        SheetHead head{.language = query.lang,
                       .printed_on = actor.today,
                       .limited = false,
                       .fictitious = access::is_demonstration(tx)};
        VacancyFilter filter = query;
        filter.limit = lines_at_once;
        filter.after = {};
        std::vector<VacancyRow> rows;
        for (;;) {
            auto page = store::list(tx, search, filter);
            std::ranges::move(page.items, std::back_inserter(rows));
            if (!page.next)
                break;
            if (rows.size() >= most_exported) {
                head.limited = true;
                break;
            }
            filter.after = *page.next;
        }
        return vacancy_sheet(rows, head, words_, *codes);
    });
    auto file = analysis::exported(query.format, "vacancies_" + actor.today.str(), {sheet});
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {actor.user_id, actor.name, "export", "vacancy", "",
                           record::to_text(query.format) + " lines=" + std::to_string(sheet.rows.size())});
    });
    return file;
}

Vacancy VacancyService::shown(db::ReadTx& tx, const access::Actor& actor, const resources::ServiceId& id,
                              const core::RegionId& home) const {
    Vacancy result;
    result.word = found(tx, actor, id, home);
    result.id = id;
    result.version = result.word.version;
    const auto subject = page_subject(home, result.word.place_id);
    const auto standings = pages_.standings(tx, AnswerKind::place_vacancy, {subject});
    if (const auto page = standings.find(subject); page != standings.end())
        result.page = page->second;
    return result;
}

Vacancy VacancyService::get(const access::Actor& actor, const resources::ServiceId& id,
                            const resources::LocalQuery& query) const {
    access::require(actor, "vacancies.read");
    const auto home = LocalService::home_of(actor, query.municipality_id, false);
    return database_.read([&](db::ReadTx& tx) { return shown(tx, actor, id, home); });
}

VacancyHistory VacancyService::history(const access::Actor& actor, const resources::ServiceId& id,
                                       const resources::LocalQuery& query) const {
    access::require(actor, "vacancies.read");
    const auto home = LocalService::home_of(actor, query.municipality_id, false);
    return database_.read([&](db::ReadTx& tx) {
        const auto row = found(tx, actor, id, home);
        const auto kept = store::find(tx, home, row.place_id, row.service);
        if (!kept)
            return VacancyHistory{};
        VacancyHistory history{
            db::read_versions<VacancyVersion>(db::versions(tx, store::vacancy_versions, kept->id.str()))};
        for (VacancyVersion& version : history.items) {
            if (version.kind == "page_answer")
                version.by_name = {};
        }
        return history;
    });
}

Vacancy VacancyService::write(const access::Actor& actor, const resources::ServiceId& id, const core::RegionId& home,
                              std::int64_t version, const std::string& kind, const VacancyText* text) const {
    const auto now = clock_.now();
    return database_.write(
        [&](db::WriteTx& tx) {
            const auto row = found(tx, actor, id, home);
            const auto there = store::find(tx, home, row.place_id, row.service);
            const std::int64_t current = there ? there->version : 0;
            if (current != version)
                throw core::stale(current);
            VacancyText next_text;
            if (text != nullptr) {
                next_text = *text;
            } else {
                const auto saved = there ? db::versions(tx, store::vacancy_versions, there->id.str())
                                         : std::vector<db::SavedVersion>();
                if (saved.empty() || saved.back().kind == "undone")
                    throw core::not_allowed_in_state(record::to_text(row.state));
                audit_.record(tx, {actor.user_id, actor.name, "change", "vacancy", there->id.str(), "undone"});
                if (saved.size() == 1) {
                    store::remove(tx, there->id);
                    return shown(tx, actor, id, home);
                }
                next_text = record::from_stored_json<VacancyText>(saved[saved.size() - 2].document);
            }
            store::VacancyRecord next;
            if (there)
                next = *there;
            else
                next.id = VacancyId::make();
            next.municipality_id = home;
            next.desk_id = LocalService::desk_of(tx, actor, home);
            next.place_id = row.place_id;
            next.service = row.service;
            record::put_text(next_text, next);
            next.updated_at = now;
            next.updated_by = actor.user_id;
            if (!there)
                store::insert(tx, next);
            else if (!store::update(tx, next))
                throw core::stale(version + 1);
            db::add_version(tx, store::vacancy_versions, next.id.str(),
                            {version + 1, now, actor.user_id, kind, "", record::to_json(next_text)});
            if (text != nullptr)
                audit_.record(tx, {actor.user_id, actor.name, there ? "change" : "create", "vacancy", next.id.str(),
                                   record::to_text(next_text.acceptance)});
            return shown(tx, actor, id, home);
        },
        "vacancy " + id.str());
}

Vacancy VacancyService::tell(const access::Actor& actor, const resources::ServiceId& id,
                             const resources::LocalQuery& query, std::int64_t version, const VacancyNote& note) const {
    access::require(actor, "vacancies.write");
    const auto home = LocalService::home_of(actor, query.municipality_id, true);
    if (auto errors = check(note, ""); !errors.empty())
        throw core::invalid(std::move(errors));
    const auto text = text_of(note, actor.today, false);
    return write(actor, id, home, version, "told", &text);
}

Vacancy VacancyService::undo(const access::Actor& actor, const resources::ServiceId& id,
                             const resources::LocalQuery& query, std::int64_t version) const {
    access::require(actor, "vacancies.write");
    return write(actor, id, LocalService::home_of(actor, query.municipality_id, true), version, "undone", nullptr);
}

answer_pages::IssuedAnswerPage VacancyService::issue_page(const access::Actor& actor, const resources::ServiceId& id,
                                                          const resources::LocalQuery& query,
                                                          const VacancyPageDays& wanted) const {
    access::require(actor, "vacancies.write");
    const auto home = LocalService::home_of(actor, query.municipality_id, true);
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id, home);
        return pages_.issue(tx, actor,
                            {.kind = AnswerKind::place_vacancy,
                             .subject_id = page_subject(home, row.place_id),
                             .desk_id = LocalService::desk_of(tx, actor, home),
                             .municipality_id = home,
                             .days = wanted.days ? static_cast<int>(wanted.days->value) : usual_page_days});
    });
}

Vacancy VacancyService::withdraw_page(const access::Actor& actor, const resources::ServiceId& id,
                                      const resources::LocalQuery& query) const {
    access::require(actor, "vacancies.write");
    const auto home = LocalService::home_of(actor, query.municipality_id, true);
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id, home);
        pages_.withdraw(tx, actor, AnswerKind::place_vacancy, page_subject(home, row.place_id));
        return shown(tx, actor, id, home);
    });
}

}  // namespace tsunagi::vacancies
