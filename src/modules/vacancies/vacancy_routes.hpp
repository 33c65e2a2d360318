// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/vacancies/told_service.hpp"
#include "modules/vacancies/vacancy_service.hpp"

namespace tsunagi::vacancies {

[[nodiscard]] std::vector<http::Operation> routes(const VacancyService& service, const ToldService& told);

}  // namespace tsunagi::vacancies
