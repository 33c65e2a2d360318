// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_answer_service.hpp"

#include <utility>

#include "modules/access/demonstration_service.hpp"
#include "modules/referrals/referral_rules.hpp"
#include "modules/referrals/referral_store.hpp"
#include "modules/referrals/telling_store.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::referrals {
namespace {

using answer_pages::AnswerKind;

core::Error no_page() {
    return {core::ErrorKind::not_found, "no_answer_page"};
}

packs::Label label_of(const packs::CodeBook& codes, std::string_view scheme, const std::string& code) {
    if (const auto* entry = codes.code(scheme, code))
        return entry->label;
    packs::Label label;
    label.ja.value = code;
    return label;
}

template <class Code>
std::vector<packs::Label> labels_of(const packs::CodeBook& codes, const std::vector<Code>& list) {
    std::vector<packs::Label> labels;
    for (const Code& one : list)
        labels.push_back(label_of(codes, Code::scheme(), one.value));
    return labels;
}

packs::Label plain(const std::string& text) {
    packs::Label label;
    label.ja.value = text;
    return label;
}

std::vector<AskedFact> facts_of(const ToldText& told, const packs::CodeBook& codes) {
    std::vector<AskedFact> facts;
    if (!told.person_label.empty())
        facts.push_back({"person_label", {plain(told.person_label)}});
    for (const ToldFact& fact : told.facts) {
        const std::string name = record::to_text(fact.name);
        facts.push_back({name, {is_coded(fact.name) ? label_of(codes, name, fact.value) : plain(fact.value)}});
    }
    return facts;
}

/// The page shows what it was issued with, however the case has changed since.
ToldText told_on_page(db::ReadTx& tx, const ReferralId& id, const ReferralText& text, const MatchText& match) {
    for (Telling& telling : store::tellings(tx, id)) {
        if (telling.way == ToldWay::page)
            return std::move(telling.text);
    }
    return told_of(text, match, store::case_facts(tx, id));  // issued before tellings were kept
}

bool waits(ReferralState state) {
    return state == ReferralState::prepared || state == ReferralState::sent || state == ReferralState::received;
}

}  // namespace

ReferralAnswerService::ReferralAnswerService(db::Database& database, const audit::AuditService& audit,
                                             const packs::PacksService& packs,
                                             const answer_pages::AnswerPageService& pages, core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), pages_(pages), clock_(std::move(clock)) {}

AskedReferral ReferralAnswerService::shown(db::ReadTx& tx, const ReferralId& id, bool used) const {
    const auto referral = store::of_page(tx, id);
    const auto row = store::asked(tx, id);
    // What the desk has written in the place of their answer is not for them.
    if (!referral || !row || (used && !referral->by_page))
        throw no_page();
    const auto codes = packs_.codes();
    const auto text = record::text_from<ReferralText>(*referral);
    const auto match = record::from_stored_json<MatchText>(row->match_document);
    AskedReferral asked;
    record::copy_members(*row, asked);
    asked.place_name = referral->place_name;
    asked.service = label_of(*codes, resources::ServiceCode::scheme(), match.service.value);
    const auto today = clock_.today();
    for (const auto* reason : codes->valid_between(RefusalReason::scheme(), today, today))
        asked.reasons.push_back({reason->code.value, reason->label});
    asked.fictitious = access::is_demonstration(tx);
    if (text.answer) {  // from now on the answer alone
        asked.answer = text.answer;
        asked.reason = text.reason;
        asked.answer_words = text.answer_words;
        asked.answered_on = text.answered_on;
        return asked;
    }
    const ToldText told = told_on_page(tx, id, text, match);
    asked.service = label_of(*codes, resources::ServiceCode::scheme(), told.match.service.value);
    asked.to_name = told.to_name;
    asked.treatments = labels_of(*codes, told.match.treatments);
    asked.open_times = labels_of(*codes, told.match.open_times);
    asked.languages = labels_of(*codes, told.match.languages);
    asked.costs = labels_of(*codes, told.match.costs);
    asked.area = told.match.area;
    asked.days = told.match.days;
    asked.hours = told.match.hours;
    asked.starts_on = told.match.starts_on;
    asked.wishes = told.match.wishes;
    asked.facts = facts_of(told, *codes);
    asked.message = told.message;
    asked.reply_by = told.reply_by;
    return asked;
}

AskedReferral ReferralAnswerService::asked(const answer_pages::AnswerKey& key, const std::string& address) const {
    const auto page = pages_.open(key, address, AnswerKind::referral_ask);
    return database_.read(
        [&](db::ReadTx& tx) { return shown(tx, ReferralId(page.subject_id), page.used_at.has_value()); });
}

AskedReferral ReferralAnswerService::answer(const PageAnswer& answer, const std::string& address) const {
    answer_pages::AnswerKey key;
    key.token = answer.token;
    key.code = answer.code;
    const auto page = pages_.open(key, address, AnswerKind::referral_ask);
    const ReferralId id(page.subject_id);
    const auto now = clock_.now();
    const auto today = clock_.today();
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = store::of_page(tx, id);
        if (!row || !waits(row->state))
            throw no_page();
        const auto before = record::text_from<ReferralText>(*row);
        ReferralText text = before;
        text.answer = answer.answer;
        text.reason = answer.reason;
        text.answer_words = answer.answer_words;
        text.answered_on = today;
        text.answered_by = answer.answered_by.str();
        if (!text.sent_on)
            text.sent_on = today;
        if (!text.received_on)
            text.received_on = today;
        auto errors = check(
            text, {.codes = *codes, .today = today, .latest_day = clock_.latest_day(), .root = "", .before = &before});
        if (answer.answer == ReferralAnswer::none)
            errors.push_back({"/answer", "not_allowed", ""});
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        pages_.use(tx, page);
        store::ReferralRecord next = *row;
        record::put_text(text, next);
        next.state = state_of(text, false);
        next.by_page = true;
        next.updated_at = now;
        next.updated_by = row->created_by;  // nobody with an account wrote this: it stands under who asked
        if (!store::update(tx, next))
            throw core::stale(row->version + 1);
        db::add_version(tx, store::referral_versions, id.str(),
                        {row->version + 1, now, row->created_by, "page_answer", "", record::to_json(text)});
        audit_.record(
            tx, {std::nullopt, "", "answer", "referral", id.str(), "page version=" + std::to_string(row->version + 1)});
        return shown(tx, id, true);
    });
}

}  // namespace tsunagi::referrals
