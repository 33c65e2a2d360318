// SPDX-License-Identifier: Apache-2.0
#include "modules/answer_pages/answer_page_service.hpp"

#include <chrono>
#include <utility>

#include <sodium.h>

#include "core/sealing.hpp"
#include "modules/answer_pages/answer_limit.hpp"
#include "modules/answer_pages/answer_page_rules.hpp"
#include "modules/answer_pages/answer_page_store.hpp"
#include "record/scalar.hpp"

namespace tsunagi::answer_pages {
namespace {

/// One answer for a wrong token, a wrong code, and a page that is closed, expired or withdrawn.
core::Error no_page() {
    return {core::ErrorKind::not_found, "no_answer_page"};
}

core::Error ask_withdrawn() {
    return {core::ErrorKind::not_found, "ask_withdrawn"};
}

bool same(const std::string& a, const std::string& b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string kind_text(AnswerKind kind) {
    return record::StringScalar<AnswerKind>::to(kind);
}

bool is_open(const store::PageRecord& page, const core::Instant& now) {
    return !page.withdrawn_at && now < page.expires_at && (!page.closed_until || *page.closed_until <= now);
}

}  // namespace

AnswerPageService::AnswerPageService(db::Database& database, const audit::AuditService& audit, std::string key,
                                     core::Clock clock)
    : database_(database),
      audit_(audit),
      key_(std::move(key)),
      clock_(std::move(clock)),
      limit_(std::make_unique<AnswerLimit>()) {}

AnswerPageService::~AnswerPageService() = default;

std::string AnswerPageService::hash_of(const AnswerPageId& id, const std::string& code) const {
    return core::keyed_hash(key_, id.str() + ":" + code);
}

IssuedAnswerPage AnswerPageService::issue(db::WriteTx& tx, const access::Actor& actor,
                                          const NewAnswerPage& page) const {
    const auto now = clock_.now();
    store::withdraw(tx, page.kind, page.subject_id, now);
    const std::string token = core::random_token();
    const std::string code = new_code();
    store::PageRecord made;
    made.id = AnswerPageId::make();
    made.kind = page.kind;
    made.subject_id = page.subject_id;
    made.desk_id = page.desk_id;
    made.municipality_id = page.municipality_id;
    made.token_hash = core::plain_hash(token);
    made.code_hash = hash_of(made.id, plain_code(code));
    made.created_at = now;
    made.created_by = actor.user_id;
    made.expires_at = now.plus(std::chrono::hours(24) * page.days);
    store::insert(tx, made);
    audit_.record(tx, {actor.user_id, actor.name, "issue", "answer_page", made.id.str(),
                       kind_text(page.kind) + " " + page.subject_id});
    return {"/answer/" + token, code, made.expires_at};
}

void AnswerPageService::withdraw(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind,
                                 const std::string& subject_id) const {
    if (store::withdraw(tx, kind, subject_id, clock_.now()) > 0)
        audit_.record(tx,
                      {actor.user_id, actor.name, "withdraw", "answer_page", "", kind_text(kind) + " " + subject_id});
}

void AnswerPageService::withdraw_ask(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind,
                                     const std::string& subject_id) const {
    if (store::withdraw_ask(tx, kind, subject_id, clock_.now()) > 0)
        audit_.record(tx,
                      {actor.user_id, actor.name, "withdraw", "answer_page", "", kind_text(kind) + " " + subject_id});
}

void AnswerPageService::restore_ask(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind,
                                    const std::string& subject_id) const {
    if (store::restore_ask(tx, kind, subject_id) > 0)
        audit_.record(
            tx, {actor.user_id, actor.name, "change", "answer_page", "", kind_text(kind) + " " + subject_id + " open"});
}

void AnswerPageService::move_expiry(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind,
                                    const std::string& subject_id, const core::Date& last_day) const {
    // A second before midnight, so that the day told to the other side is the last one.
    const auto until = core::start_in_japan(last_day.plus_days(1)).plus(std::chrono::seconds(-1));
    if (store::move_expiry(tx, kind, subject_id, until) > 0)
        audit_.record(tx, {actor.user_id, actor.name, "change", "answer_page", "",
                           kind_text(kind) + " " + subject_id + " until=" + last_day.str()});
}

std::map<std::string, AnswerPageStanding> AnswerPageService::standings(db::ReadTx& tx, AnswerKind kind,
                                                                       const std::vector<std::string>& subjects) const {
    return store::standings(tx, kind, subjects);
}

OpenedAnswerPage AnswerPageService::open(const AnswerKey& key, const std::string& address) const {
    const auto now = clock_.now();
    if (!limit_->allows(address, now))
        throw core::Error(core::ErrorKind::too_many, "rate_limited");
    const std::string token_hash = core::plain_hash(key.token.str());
    const std::string code = plain_code(key.code.str());
    // A token that nobody has need not wait for the writers; it tells nothing, being one of 2 to the 256.
    const bool known = database_.read([&](db::ReadTx& tx) { return store::find(tx, token_hash).has_value(); });
    std::optional<OpenedAnswerPage> opened;
    bool withdrawn = false;
    if (known) {
        // Found again by the writer: tries that come at once are counted one after the other.
        opened = database_.write(
            [&](db::WriteTx& tx) -> std::optional<OpenedAnswerPage> {
                withdrawn = false;  // the work may run again
                const auto page = store::find(tx, token_hash);
                if (!page)
                    return std::nullopt;
                const bool right = same(hash_of(page->id, code), page->code_hash);
                if (!is_open(*page, now))
                    return std::nullopt;
                if (!right) {
                    store::count_failure(tx, page->id, now.plus(closed_for(page->failures + 1)));
                    audit_.record(tx, {std::nullopt, "", "answer_failed", "answer_page", page->id.str(), ""});
                    return std::nullopt;
                }
                if (page->ask_withdrawn_at) {
                    withdrawn = true;
                    return std::nullopt;
                }
                if (!page->opened_at || page->failures > 0) {
                    store::mark_opened(tx, page->id, now);
                    audit_.record(tx, {std::nullopt, "", "open", "answer_page", page->id.str(), ""});
                }
                return OpenedAnswerPage{
                    page->id,         page->kind,   page->subject_id, page->desk_id, page->municipality_id,
                    page->expires_at, page->used_at};
            },
            "answer " + token_hash);
    }
    if (withdrawn)
        throw ask_withdrawn();
    if (!opened) {
        limit_->failed(address, now);
        throw no_page();
    }
    return *opened;
}

OpenedAnswerPage AnswerPageService::open(const AnswerKey& key, const std::string& address, AnswerKind kind) const {
    auto page = open(key, address);
    if (page.kind != kind)
        throw no_page();
    return page;
}

void AnswerPageService::use(db::WriteTx& tx, const OpenedAnswerPage& page) const {
    if (!store::mark_used(tx, page.id, clock_.now()))
        throw no_page();
    audit_.record(
        tx, {std::nullopt, "", "answer", "answer_page", page.id.str(), kind_text(page.kind) + " " + page.subject_id});
}

}  // namespace tsunagi::answer_pages
