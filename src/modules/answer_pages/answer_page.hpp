// SPDX-License-Identifier: Apache-2.0
// 回答ページ: a page on which somebody without an account answers one question.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::answer_pages {

using AnswerPageId = core::Id<struct AnswerPageTag>;

/// What is asked on the page; the module of that name has the record.
enum class AnswerKind { referral_ask, place_confirmation, place_vacancy };
BOOST_DESCRIBE_ENUM(AnswerKind, referral_ask, place_confirmation, place_vacancy)

/// What opens a page: the token of its link, and the code that was told apart from it.
struct AnswerKey {
    record::NonEmpty<record::Text<100>> token;
    record::NonEmpty<record::Text<40>> code;  ///< blanks, hyphens and full-width digits do not matter
};
BOOST_DESCRIBE_STRUCT(AnswerKey, (), (token, code))

/// What the browser is told before it asks the module of that kind.
struct AnswerPage {
    AnswerKind kind{};
    core::Date expires_on;
    bool used = false;
};
BOOST_DESCRIBE_STRUCT(AnswerPage, (), (kind, expires_on, used))

struct NewAnswerPage {
    AnswerKind kind{};
    std::string subject_id;
    std::optional<core::DeskId> desk_id;
    core::RegionId municipality_id;
    int days = 14;  ///< until it expires
};

/// Told once: neither token nor code can be read again.
struct IssuedAnswerPage {
    std::string path;  ///< /answer/…
    std::string code;  ///< 1234-5678
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(IssuedAnswerPage, (), (path, code, expires_at))

/// A page that was opened with its code.
struct OpenedAnswerPage {
    AnswerPageId id;
    AnswerKind kind{};
    std::string subject_id;
    std::optional<core::DeskId> desk_id;
    core::RegionId municipality_id;
    core::Instant expires_at;
    std::optional<core::Instant> used_at;
};
BOOST_DESCRIBE_STRUCT(OpenedAnswerPage, (), (id, kind, subject_id, desk_id, municipality_id, expires_at, used_at))

/// How a page stands, for the people of the desk.
struct AnswerPageStanding {
    core::Instant issued_at;
    core::Instant expires_at;
    std::optional<core::Instant> opened_at;
    std::optional<core::Instant> used_at;
    std::optional<core::Instant> withdrawn_at;
    std::int64_t failures = 0;  ///< in a row
};
BOOST_DESCRIBE_STRUCT(AnswerPageStanding, (), (issued_at, expires_at, opened_at, used_at, withdrawn_at, failures))

}  // namespace tsunagi::answer_pages
