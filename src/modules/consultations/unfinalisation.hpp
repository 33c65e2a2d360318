// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "core/date.hpp"
#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::consultations {

/// A finalisation was a mistake: the record is to stand as it stood before it, number and corrections kept. Whoever
/// asks for it cannot be the one who agrees.
struct UndoRequest {
    record::NonEmpty<record::Text<400>> reason;
};
BOOST_DESCRIBE_STRUCT(UndoRequest, (), (reason))

enum class UndoOutcome {
    undone,     ///< by a second person who may write in the record
    declined,   ///< likewise
    withdrawn,  ///< by the one who asked, or because the record has changed since
};
BOOST_DESCRIBE_ENUM(UndoOutcome, undone, declined, withdrawn)

struct UndoAnswer {
    UndoOutcome outcome{};
};
BOOST_DESCRIBE_STRUCT(UndoAnswer, (), (outcome))

struct AskedUndo {
    core::Instant asked_at;
    core::UserId asked_by;
    std::string asked_by_name;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AskedUndo, (), (asked_at, asked_by, asked_by_name, reason))

/// What waits for a second person. Any change of the record ends the waiting.
struct Finalisation {
    std::optional<AskedUndo> undo;
};
BOOST_DESCRIBE_STRUCT(Finalisation, (), (undo))

}  // namespace tsunagi::consultations
