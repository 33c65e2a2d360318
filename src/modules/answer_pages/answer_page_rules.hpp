// SPDX-License-Identifier: Apache-2.0
// Pure decisions about answer pages.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "modules/answer_pages/answer_page.hpp"

namespace tsunagi::answer_pages {

/// Eight random digits, written `1234-5678`: they are told by phone and copied from paper.
[[nodiscard]] std::string new_code();
/// The digits alone, full-width ones as plain ones. Anything else that is no digit is left out.
[[nodiscard]] std::string plain_code(std::string_view typed);
/// How long a page stays closed after that many failures in a row.
[[nodiscard]] std::chrono::seconds closed_for(std::int64_t failures);

}  // namespace tsunagi::answer_pages
