// SPDX-License-Identifier: Apache-2.0
// What indicators count comes from modules that indicators must not know; here the two meet.
#pragma once
#include "modules/discharges/desk_figures_service.hpp"
#include "modules/indicators/indicator_service.hpp"

namespace tsunagi::app {

/// The figures of discharges as indicators count them. The service must live longer.
[[nodiscard]] indicators::CountFigures counted_figures(const discharges::DeskFiguresService& desks);

}  // namespace tsunagi::app
