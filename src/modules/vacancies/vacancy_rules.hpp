// SPDX-License-Identifier: Apache-2.0
// Pure decisions about vacancies.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/vacancies/vacancy.hpp"

namespace tsunagi::vacancies {

/// Faults below the root. No free places where nobody can be taken; conditions where there are some.
[[nodiscard]] std::vector<core::FieldError> check(const VacancyNote& note, const std::string& root);
/// The note as it is kept from that day on.
[[nodiscard]] VacancyText text_of(const VacancyNote& note, const core::Date& today, bool by_page);
/// A word counts on its last day.
[[nodiscard]] VacancyState state_on(const std::optional<Acceptance>& acceptance,
                                    const std::optional<core::Date>& expires_on, const core::Date& today);
/// The page of a place belongs to it and to the municipality that asked.
[[nodiscard]] std::string page_subject(const core::RegionId& home, const resources::PlaceId& place);
/// The place of such a subject.
[[nodiscard]] resources::PlaceId place_of_subject(const std::string& subject);

}  // namespace tsunagi::vacancies
