// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_answer_service.hpp"

#include <utility>

#include "modules/access/demonstration_service.hpp"
#include "modules/referrals/referral_rules.hpp"
#include "modules/referrals/referral_store.hpp"
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

packs::Label plain(const std::string& text) {
    packs::Label label;
    label.ja.value = text;
    return label;
}

/// What was chosen to be shown and is written in the case.
std::vector<AskedFact> facts_of(const ReferralText& text, const store::AskedRow& row, const packs::CodeBook& codes) {
    std::vector<AskedFact> facts;
    if (!text.person_label.empty())
        facts.push_back({"person_label", {plain(text.person_label)}});
    const auto coded = [&](ShownFact fact, const char* scheme, const std::optional<std::string>& code) {
        if (code && !code->empty())
            facts.push_back({record::to_text(fact), {label_of(codes, scheme, *code)}});
    };
    const auto written = [&](ShownFact fact, const std::string& words) {
        if (!words.empty())
            facts.push_back({record::to_text(fact), {plain(words)}});
    };
    for (const ShownFact fact : text.shown) {
        switch (fact) {
            case ShownFact::age_band:
                coded(fact, "age_band", row.age_band);
                break;
            case ShownFact::household:
                coded(fact, "household", row.household);
                break;
            case ShownFact::care_level:
                coded(fact, "care_level", row.care_level);
                break;
            case ShownFact::illness:
                written(fact, row.illness);
                break;
            case ShownFact::city:
                written(fact, row.city);
                break;
            case ShownFact::district:
                written(fact, row.district);
                break;
        }
    }
    return facts;
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
    asked.to_name = text.to_name;
    for (const auto& treatment : match.treatments)
        asked.treatments.push_back(label_of(*codes, "treatment", treatment.value));
    asked.area = match.area;
    asked.days = match.days;
    asked.hours = match.hours;
    asked.starts_on = match.starts_on;
    asked.wishes = match.wishes;
    asked.facts = facts_of(text, *row, *codes);
    asked.message = text.message;
    asked.reply_by = text.reply_by;
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
