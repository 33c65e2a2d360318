// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "core/date.hpp"
#include "modules/packs/pack.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::knowledge {

/// What to read or know, in both languages.
struct LearningWords {
    record::NonEmpty<record::Text<1000>> ja;
    record::NonEmpty<record::Text<2000>> en;
};
BOOST_DESCRIBE_STRUCT(LearningWords, (), (ja, en))

/// A screen of the product where one sees or tries it.
struct LearningScreen {
    record::NonEmpty<record::Text<200>> to;  ///< its path
    packs::Label label;
};
BOOST_DESCRIBE_STRUCT(LearningScreen, (), (to, label))

struct LearningItem {
    record::CodeName item;
    packs::Label title;
    LearningWords text;
    record::Text<20> chapter;  ///< of the national handbook
    std::vector<record::CodeName> terms;
    std::vector<LearningScreen> screens;
    std::optional<core::Instant> done_at;  ///< of the reader alone
};
BOOST_DESCRIBE_STRUCT(LearningItem, (), (item, title, text, chapter, terms, screens, done_at))

struct LearningStep {
    record::CodeName step;
    packs::Label title;
    std::vector<LearningItem> items;
};
BOOST_DESCRIBE_STRUCT(LearningStep, (), (step, title, items))

struct Learning {
    std::vector<LearningStep> steps;
};
BOOST_DESCRIBE_STRUCT(Learning, (), (steps))

}  // namespace tsunagi::knowledge
