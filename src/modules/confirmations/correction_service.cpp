// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/correction_service.hpp"

#include <algorithm>
#include <utility>

#include "modules/access/demonstration_service.hpp"
#include "modules/confirmations/confirmation_rules.hpp"
#include "modules/confirmations/confirmation_store.hpp"
#include "modules/resources/local_service.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::confirmations {
namespace {

using answer_pages::AnswerKind;

core::Error no_page() {
    return {core::ErrorKind::not_found, "no_answer_page"};
}

/// What may be chosen today, and what the card has already.
std::vector<LabelledChoice> choices(const packs::CodeBook& codes, std::string_view scheme, const core::Date& today,
                                    const std::vector<std::string>& kept) {
    std::vector<LabelledChoice> result;
    for (const auto* entry : codes.valid_between(scheme, today, today))
        result.push_back({entry->code.value, entry->label});
    for (const std::string& code : kept) {
        const bool there = std::ranges::any_of(result, [&](const auto& one) { return one.code == code; });
        const auto* entry = codes.code(scheme, code);
        if (!there && entry != nullptr)
            result.push_back({code, entry->label});
    }
    return result;
}

/// Of every field of the card that holds codes.
std::vector<CardChoices> choices_of(const FacilityCard& card, const packs::CodeBook& codes, const core::Date& today) {
    std::vector<CardChoices> result;
    const auto add = [&]<class Code>(const char* field, const std::vector<Code>& chosen) {
        std::vector<std::string> kept;
        for (const Code& one : chosen)
            kept.push_back(one.value);
        result.push_back({field, choices(codes, Code::scheme(), today, kept)});
    };
    record::for_each_member<FacilityCard>([&](auto member) {
        const auto& value = card.*member.pointer;
        if constexpr (requires { value.front().scheme(); })
            add(member.name, value);
        else if constexpr (requires { value->scheme(); })
            add(member.name, value ? std::vector{*value} : std::vector<std::remove_cvref_t<decltype(*value)>>());
    });
    return result;
}

}  // namespace

CorrectionService::CorrectionService(db::Database& database, const audit::AuditService& audit,
                                     const packs::PacksService& packs, const answer_pages::AnswerPageService& pages,
                                     core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), pages_(pages), clock_(std::move(clock)) {}

AskedConfirmation CorrectionService::shown(db::ReadTx& tx, const ConfirmationId& id) const {
    const auto row = store::of_page(tx, id);
    const auto sender = store::sender_of(tx, id);
    if (!row || !sender)
        throw no_page();
    const auto codes = packs_.codes();
    const auto today = clock_.today();
    AskedConfirmation asked;
    record::copy_members(*sender, asked);
    asked.place_name = row->place_name;
    for (const auto& place : resources::LocalService::briefs(tx, {row->place_id}, row->municipality_id)) {
        asked.address = place.address;
        asked.public_phone = place.phone;
        asked.public_fax = place.fax;
    }
    asked.message = row->message;
    asked.due_on = row->due_on;
    asked.fictitious = access::is_demonstration(tx);
    // What a person of the desk wrote down afterwards is for the desk; the page shows its own answer alone.
    const bool own = row->by_page && row->answer_card;
    asked.card = record::from_stored_json<FacilityCard>(own ? *row->answer_card : row->shown_card);
    asked.choices = choices_of(asked.card, *codes, today);
    asked.answered_on = row->answered_on;
    asked.nothing_changed = row->nothing_changed;
    if (own)
        asked.words = row->words;
    return asked;
}

AskedConfirmation CorrectionService::asked(const answer_pages::AnswerKey& key, const std::string& address) const {
    const auto page = pages_.open(key, address, AnswerKind::place_confirmation);
    return database_.read([&](db::ReadTx& tx) { return shown(tx, ConfirmationId(page.subject_id)); });
}

AskedConfirmation CorrectionService::answer(const PageCorrection& correction, const std::string& address) const {
    answer_pages::AnswerKey key;
    key.token = correction.token;
    key.code = correction.code;
    const auto page = pages_.open(key, address, AnswerKind::place_confirmation);
    const ConfirmationId id(page.subject_id);
    const auto now = clock_.now();
    const auto today = clock_.today();
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = store::of_page(tx, id);
        if (!row || row->state != ConfirmationState::sent)
            throw no_page();
        const auto card = record::from_stored_json<FacilityCard>(row->shown_card);
        std::vector<core::FieldError> errors;
        if (!correction.nothing_changed && !correction.card)
            errors.push_back({"/card", "required", ""});
        if (!correction.nothing_changed && correction.card)
            errors = check(*correction.card, card, *codes, today, "/card");
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        pages_.use(tx, page);
        auto text = record::text_from<ConfirmationText>(*row);
        text.card = correction.nothing_changed ? card : *correction.card;
        text.nothing_changed = differing(*text.card, card).empty();
        text.words = correction.words;
        text.answered_by = correction.answered_by.str();
        text.answered_on = today;
        text.by_page = true;
        store::ConfirmationRecord next = *row;
        record::put_text(text, next);
        next.answer_card = record::to_json(*text.card);
        next.state = ConfirmationState::answered;
        next.updated_at = now;
        next.updated_by = row->created_by;  // nobody with an account wrote this: it stands under who asked
        if (!store::update(tx, next))
            throw core::stale(row->version + 1);
        db::add_version(tx, store::confirmation_versions, id.str(),
                        {row->version + 1, now, row->created_by, "page_answer", "", record::to_json(text)});
        audit_.record(tx, {std::nullopt, "", "answer", "confirmation", id.str(),
                           "page version=" + std::to_string(row->version + 1)});
        return shown(tx, id);
    });
}

}  // namespace tsunagi::confirmations
