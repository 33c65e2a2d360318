// SPDX-License-Identifier: Apache-2.0
// Lists that no layout describes: what somebody said of their columns, as a layout. Pure.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/official.hpp"
#include "modules/resources/official_layout.hpp"

namespace tsunagi::resources {

/// The source of the records that are read with it.
[[nodiscard]] std::string source_of(const OfficialMappingId& id);
[[nodiscard]] Layout layout_of(const OfficialMappingId& id, const std::string& service, const std::string& municipality,
                               const std::vector<MappedColumn>& columns);
/// A name among the columns, no header and no field twice, known fields, a service of the pack, and a municipality for
/// rows that cannot tell theirs.
[[nodiscard]] std::vector<core::FieldError> check(const NewOfficialMapping& mapping, const packs::CodeBook& codes,
                                                  const core::Date& today);

}  // namespace tsunagi::resources
