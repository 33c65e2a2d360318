// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/told_service.hpp"

#include <algorithm>
#include <utility>

#include "modules/access/demonstration_service.hpp"
#include "modules/vacancies/vacancy_rules.hpp"
#include "modules/vacancies/vacancy_store.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::vacancies {
namespace {

using answer_pages::AnswerKind;

core::Error no_page() {
    return {core::ErrorKind::not_found, "no_answer_page"};
}

packs::Label label_of(const packs::CodeBook& codes, const std::string& service) {
    if (const auto* entry = codes.code(resources::ServiceCode::scheme(), service))
        return entry->label;
    packs::Label label;
    label.ja.value = service;
    return label;
}

}  // namespace

ToldService::ToldService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                         const answer_pages::AnswerPageService& pages, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), pages_(pages), clock_(std::move(clock)) {}

ToldVacancies ToldService::shown(db::ReadTx& tx, const answer_pages::OpenedAnswerPage& page) const {
    const auto place = place_of_subject(page.subject_id);
    const auto receiver = store::receiver_of(tx, page.municipality_id, page.desk_id, place);
    if (!receiver)
        throw no_page();
    const auto codes = packs_.codes();
    const auto today = clock_.today();
    ToldVacancies told;
    record::copy_members(*receiver, told);
    told.page_expires_on = core::day_in_japan(page.expires_at);
    told.fictitious = access::is_demonstration(tx);
    const auto words = store::of_place(tx, page.municipality_id, place);
    for (const auto& offer : store::offered(tx, place)) {
        ToldOffer one;
        one.service = offer.service;
        one.label = label_of(*codes, offer.service);
        one.state = VacancyState::unknown;
        const auto word = std::ranges::find(words, offer.service, &store::VacancyRecord::service);
        if (word != words.end()) {
            one.state = state_on(word->acceptance, word->expires_on, today);
            one.acceptance = word->acceptance;
            one.unit = word->unit;
            one.free = word->free;
            one.conditions = word->conditions;
            one.from_on = word->from_on;
            one.told_on = word->told_on;
            one.expires_on = word->expires_on;
        }
        told.services.push_back(std::move(one));
    }
    return told;
}

ToldVacancies ToldService::open(const answer_pages::AnswerKey& key, const std::string& address) const {
    const auto page = pages_.open(key, address, AnswerKind::place_vacancy);
    return database_.read([&](db::ReadTx& tx) { return shown(tx, page); });
}

ToldVacancies ToldService::tell(const PageVacancy& told, const std::string& address) const {
    answer_pages::AnswerKey key;
    key.token = told.token;
    key.code = told.code;
    const auto page = pages_.open(key, address, AnswerKind::place_vacancy);
    const auto place = place_of_subject(page.subject_id);
    const auto now = clock_.now();
    const auto today = clock_.today();
    return database_.write([&](db::WriteTx& tx) {
        auto errors = check(told.note, "/note");
        const auto offers = store::offered(tx, place);
        const std::string& service = told.service.value;
        if (std::ranges::find(offers, service, &store::OfferedService::service) == offers.end())
            errors.push_back({"/service", "not_found", ""});
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        const auto issuer = store::issuer_of(tx, page.id);
        if (!issuer)
            throw no_page();
        const auto text = text_of(told.note, today, true);
        const auto there = store::find(tx, page.municipality_id, place, service);
        store::VacancyRecord next;
        if (there)
            next = *there;
        else
            next.id = VacancyId::make();
        next.municipality_id = page.municipality_id;
        next.desk_id = page.desk_id;
        next.place_id = place;
        next.service = service;
        record::put_text(text, next);
        next.updated_at = now;
        next.updated_by = *issuer;  // nobody with an account wrote this: it stands under who issued the page
        const std::int64_t version = there ? there->version : 0;
        if (!there)
            store::insert(tx, next);
        else if (!store::update(tx, next))
            throw core::stale(version + 1);
        db::add_version(tx, store::vacancy_versions, next.id.str(),
                        {version + 1, now, *issuer, "page_answer", "", record::to_json(text)});
        audit_.record(
            tx, {std::nullopt, "", "answer", "vacancy", next.id.str(), "page " + record::to_text(text.acceptance)});
        return shown(tx, page);
    });
}

}  // namespace tsunagi::vacancies
