// SPDX-License-Identifier: Apache-2.0
#include "modules/phrases/phrase_service.hpp"

#include "db/idempotency.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/phrases/phrase_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::phrases {
namespace {

PhraseRecord found(db::ReadTx& tx, const access::Actor& actor, const PhraseId& id,
                   std::optional<std::int64_t> version) {
    auto phrase = find(tx, actor, id);
    if (!phrase)
        throw core::not_found();
    if (version && *version != phrase->version)
        throw core::stale(phrase->version);
    return std::move(*phrase);
}

void put(const PhraseText& text, PhraseRecord& phrase) {
    phrase.name = text.name;
    phrase.kana = text.kana;
    phrase.text = text.text;
    phrase.field = text.field;
    phrase.topic = text.topic;
}

Phrase answer(const PhraseRecord& phrase, const std::string& by_name) {
    return {.id = phrase.id,
            .desk_id = phrase.desk_id,
            .version = phrase.version,
            .updated_at = phrase.updated_at,
            .updated_by_name = by_name,
            .text = {phrase.name, phrase.kana, phrase.text, phrase.field, phrase.topic}};
}

audit::Event audited(const access::Actor& actor, std::string action, const PhraseRecord& phrase) {
    return {actor.user_id, actor.name,      std::move(action),
            "phrase",      phrase.id.str(), "version=" + std::to_string(phrase.version)};
}

}  // namespace

PhraseService::PhraseService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                             core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), clock_(std::move(clock)) {}

PhraseList PhraseService::list(const access::Actor& actor, const PhraseFilter& filter) const {
    access::require(actor, "consultations.write");
    return {database_.read([&](db::ReadTx& tx) { return phrases::list(tx, actor, filter); })};
}

void PhraseService::check(const PhraseText& text, const std::string& root,
                          const std::optional<record::Code<"topic">>& kept) const {
    std::vector<core::FieldError> errors;
    packs_.codes()->check(text.topic, clock_.today(), root + "/topic", errors, text.topic == kept);
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

Phrase PhraseService::create(const access::Actor& actor, const NewPhrase& phrase, const std::string& key) const {
    access::require(actor, "consultations.write");
    const core::DeskId desk = access::desk_for_new_record(actor, phrase.desk_id);
    check(phrase.text, "/text", std::nullopt);
    PhraseRecord made;
    made.id = PhraseId::make();
    made.desk_id = desk;
    made.updated_at = clock_.now();
    made.updated_by = actor.user_id;
    put(phrase.text, made);
    const std::string fingerprint = db::request_fingerprint("createPhrase", record::to_json(phrase));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return answer(found(tx, actor, PhraseId(*earlier), {}), actor.name);
        PhraseRecord next = made;
        next.municipality_id = access::municipality_of(tx, desk).value();
        insert(tx, next);
        audit_.record(tx, audited(actor, "create", next));
        db::remember(tx, actor.user_id, key, fingerprint, next.id.str(), next.updated_at);
        return answer(next, actor.name);
    });
}

Phrase PhraseService::change(const access::Actor& actor, const PhraseId& id, std::int64_t version,
                             const PhraseText& text) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        PhraseRecord phrase = found(tx, actor, id, version);
        check(text, "", phrase.topic);
        put(text, phrase);
        phrase.updated_at = now;
        phrase.updated_by = actor.user_id;
        if (!update(tx, phrase))
            throw core::stale(version + 1);
        ++phrase.version;
        audit_.record(tx, audited(actor, "change", phrase));
        return answer(phrase, actor.name);
    });
}

void PhraseService::remove(const access::Actor& actor, const PhraseId& id, std::optional<std::int64_t> version) const {
    access::require(actor, "consultations.write");
    database_.write([&](db::WriteTx& tx) {
        const PhraseRecord phrase = found(tx, actor, id, version);
        if (!phrases::remove(tx, phrase))
            throw core::stale(phrase.version + 1);
        audit_.record(tx, audited(actor, "delete", phrase));
    });
}

}  // namespace tsunagi::phrases
