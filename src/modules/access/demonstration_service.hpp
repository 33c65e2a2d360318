// SPDX-License-Identifier: Apache-2.0
// The day on which a demonstration plays. Its data were written for one story, so whenever it is started, its calendar
// begins on the story's day and goes on from there, one day a day. Only what `mark_demonstration` was called for has
// such a calendar; any other database lives on the machine's day.
#pragma once
#include "core/date.hpp"
#include "db/database.hpp"

namespace tsunagi::access {

/// For `tsunagi demo`, on an empty database: from now on every page says that the data are fictitious.
void mark_demonstration(db::WriteTx& tx, const core::Date& story_day);
/// For `tsunagi demo`, when everything is loaded: a change from now on is somebody's own.
void finish_demonstration(db::WriteTx& tx);

/// For the start of a server: begins the story on its day at the first start, and again on a later day as long as
/// nobody has changed anything.
void begin_story(db::Database& database, const core::Clock& machine);

/// What day it is for the work: the machine's clock, moved by whole days in a demonstration that has begun.
[[nodiscard]] core::Clock calendar_of(db::Database& database, const core::Clock& machine);

[[nodiscard]] bool is_demonstration(db::ReadTx& tx);

}  // namespace tsunagi::access
