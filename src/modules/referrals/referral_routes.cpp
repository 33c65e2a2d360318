// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_routes.hpp"

#include <iterator>

#include "http/download.hpp"

namespace tsunagi::referrals {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

ReferralId id(const auto& call) {
    return call.template id<ReferralId>();
}

MatchId match_id(const auto& call) {
    return call.template id<MatchId>();
}

std::vector<http::Operation> match_routes(const MatchService& service) {
    const http::Permission read("referrals.read");
    const http::Permission write("referrals.write");
    return {
        http::post<NewMatch, Match>(
            "/api/matches", "createMatch", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Match>("/api/matches/{id}", "getMatch", read,
                         [&service](const auto& call) { return service.get(actor(call), match_id(call)); }),
        http::put<MatchText, Match>("/api/matches/{id}", "changeMatch", write,
                                    [&service](const auto& call) {
                                        return service.change(actor(call), match_id(call), call.if_match(), call.body);
                                    })
            .if_match(),
        http::put<MatchStateChange, Match>("/api/matches/{id}/state", "changeMatchState", write,
                                           [&service](const auto& call) {
                                               return service.change_state(actor(call), match_id(call), call.if_match(),
                                                                           call.body);
                                           })
            .if_match(),
        http::get<MatchHistory>("/api/matches/{id}/history", "getMatchHistory", read,
                                [&service](const auto& call) { return service.history(actor(call), match_id(call)); }),
        http::list<CandidateQuery, Candidates>(
            "/api/matches/{id}/candidates", "listCandidates", read,
            [&service](const auto& call) { return service.candidates(actor(call), match_id(call), call.query); }),
    };
}

/// One step of an ask: a body, the version it is based on, the whole ask as the answer.
template <class Body, class Step>
http::Operation step(const char* path, const char* name, Step work) {
    return http::put<Body, Referral>(
               std::string("/api/referrals/{id}") + path, name, http::Permission("referrals.write"),
               [work](const auto& call) { return work(actor(call), id(call), call.if_match(), call.body); })
        .if_match();
}

std::vector<http::Operation> referral_routes(const ReferralService& service) {
    const http::Permission read("referrals.read");
    const http::Permission write("referrals.write");
    return {
        http::list<ReferralFilter, ReferralPage>(
            "/api/referrals", "listReferrals", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::list<ReferralExportQuery, http::Response>(
            "/api/referrals/export", "exportReferrals", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.export_list(actor(call), call.query)); })
            .answers("application/octet-stream"),
        http::post<NewReferrals, Referrals>(
            "/api/referrals", "createReferrals", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .once(),
        http::get<Referral>("/api/referrals/{id}", "getReferral", read,
                            [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::get<ReferralHistory>("/api/referrals/{id}/history", "getReferralHistory", read,
                                   [&service](const auto& call) { return service.history(actor(call), id(call)); }),
        step<ReferralChange>("", "changeReferral", [&service](const auto&... all) { return service.correct(all...); }),
        step<SentNote>("/sent", "noteReferralSent",
                       [&service](const auto&... all) { return service.note_sent(all...); }),
        step<AnswerNote>("/answer", "noteReferralAnswer",
                         [&service](const auto&... all) { return service.answer(all...); }),
        step<OutcomeNote>("/outcome", "noteReferralOutcome",
                          [&service](const auto&... all) { return service.settle(all...); }),
        step<FollowUpNote>("/follow-up", "noteReferralFollowUp",
                           [&service](const auto&... all) { return service.follow_up(all...); }),
        step<ReferralWithdrawal>("/withdrawal", "withdrawReferral",
                                 [&service](const auto&... all) { return service.withdraw(all...); }),
        http::post<http::Nothing, Referral>(
            "/api/referrals/{id}/told-again", "tellReferralAgain", write,
            [&service](const auto& call) { return service.tell_again(actor(call), id(call), call.if_match()); })
            .if_match(),
        http::post<http::Nothing, Referral>(
            "/api/referrals/{id}/undo", "undoReferralStep", write,
            [&service](const auto& call) { return service.undo(actor(call), id(call), call.if_match()); })
            .if_match(),
        http::post<PageDays, answer_pages::IssuedAnswerPage>(
            "/api/referrals/{id}/page", "issueReferralPage", write,
            [&service](const auto& call) { return service.issue_page(actor(call), id(call), call.body); }),
        http::get<CaseMatches>("/api/consultations/{id}/matches", "listCaseMatches", read,
                               [&service](const auto& call) {
                                   return service.of_case(actor(call), call.template id<core::ConsultationId>());
                               }),
    };
}

/// Open to somebody without an account; the token and the code are in the body.
std::vector<http::Operation> answer_routes(const ReferralAnswerService& service) {
    return {
        http::post<answer_pages::AnswerKey, AskedReferral>(
            "/api/referral-answers/open", "openAskedReferral", http::Permission::anyone(),
            [&service](const auto& call) { return service.asked(call.body, call.request.remote_address); }),
        http::post<PageAnswer, AskedReferral>(
            "/api/referral-answers", "answerAskedReferral", http::Permission::anyone(),
            [&service](const auto& call) { return service.answer(call.body, call.request.remote_address); }),
    };
}

std::vector<http::Operation> gap_routes(const GapService& service) {
    return {
        http::list<GapFilter, GapTable>(
            "/api/gaps", "getGaps", http::Permission("referrals.read"),
            [&service](const auto& call) { return service.table(actor(call), call.query); }),
        http::list<GapExportQuery, http::Response>(
            "/api/gaps/export", "exportGaps", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.export_table(actor(call), call.query)); })
            .answers("application/octet-stream"),
    };
}

}  // namespace

std::vector<http::Operation> routes(const MatchService& matches, const ReferralService& referrals,
                                    const ReferralAnswerService& answers, const GapService& gaps) {
    std::vector<http::Operation> all;
    const auto add = [&all](std::vector<http::Operation> more) {
        std::move(more.begin(), more.end(), std::back_inserter(all));
    };
    add(match_routes(matches));
    add(referral_routes(referrals));
    add(answer_routes(answers));
    add(gap_routes(gaps));
    return all;
}

}  // namespace tsunagi::referrals
