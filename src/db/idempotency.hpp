// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"
#include "core/id.hpp"
#include "db/transaction.hpp"

namespace tsunagi::db {

/// What a create asked for: the name of the operation and its body (or the value read from it, written as JSON again).
[[nodiscard]] std::string request_fingerprint(std::string_view operation, std::string_view body);

/// The record that an earlier create with this `Idempotency-Key` made; nothing when the key is empty or new.
/// Throws core::Error conflict `idempotency_key_reused` when the key was used for another request.
/// Called first in the work that creates; `remember` is called in the same work.
[[nodiscard]] std::optional<std::string> remembered(WriteTx& tx, const core::UserId& user, const std::string& key,
                                                    const std::string& fingerprint);

/// Keeps what the key made for at least seven days, and forgets a few older keys. Does nothing with an empty key.
/// When the same request runs twice at the same time, the second one runs again and finds the record of the first.
void remember(WriteTx& tx, const core::UserId& user, const std::string& key, const std::string& fingerprint,
              const std::string& subject_id, const core::Instant& now);

}  // namespace tsunagi::db
