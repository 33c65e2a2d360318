// SPDX-License-Identifier: Apache-2.0
// The part of the scope predicate (see scope.hpp) that is about files.
#pragma once
#include <string>

#include "modules/access/actor.hpp"
#include "record/params.hpp"

namespace tsunagi::access {

/// Condition for rows of `attachments` (alias `file`) that are joined to their case (alias `consultation`, its columns
/// NULL where there is none). Files of a case are read by who reads its identifying part: the people of the desk, and
/// the officers of the municipality where the case is shared. Files of an activity without a case are for the people of
/// the desk. Binds `own_desk…` and `own_city…`; one predicate in a statement.
[[nodiscard]] std::string attachments_visible(const Actor& actor, const std::string& file,
                                              const std::string& consultation, record::Params& params);

}  // namespace tsunagi::access
