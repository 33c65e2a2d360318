// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/consultations/consultation.hpp"

namespace tsunagi::similarities {

/// What two cases have in common.
enum class PointKind {
    code,  ///< of the scheme: an element, topic, subtopic, scene, re-listed mark, treatment, age band …
    district,
    illness,
    word,  ///< stands in both texts
};
BOOST_DESCRIBE_ENUM(PointKind, code, district, illness, word)

struct CommonPoint {
    PointKind kind{};
    std::string scheme;  ///< of a code
    std::string code;    ///< of a code, or the district's id
    std::string text;    ///< the illness or the word, as it stands in the other case
    double weight = 0;   ///< its part of the score
};
BOOST_DESCRIBE_STRUCT(CommonPoint, (), (kind, scheme, code, text, weight))

enum class FollowingKind { issue, measure };
BOOST_DESCRIBE_ENUM(FollowingKind, issue, measure)

/// What came of a case beyond its own sheet.
struct Following {
    FollowingKind kind{};
    std::string id;
    std::string number;
    std::string title;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(Following, (), (kind, id, number, title, state))

/// A case like the one asked about. Of another desk's case, which that desk shares, only codes and the confirmed
/// anonymised background: neither id nor number, day, subject, place or what was done.
struct SimilarCase {
    std::optional<core::ConsultationId> id;  ///< absent: another desk's
    std::optional<core::DeskId> desk_id;
    std::string number;
    std::optional<consultations::ConsultationState> state;
    std::optional<core::Date> received_on;
    std::string subject;
    std::string background;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"topic">> topic;
    std::vector<record::Code<"element">> elements;
    std::optional<record::Code<"result">> result;
    std::string support_text;           ///< its beginning
    std::vector<Following> followings;  ///< issues raised and measures decided from it
    double score = 0;                   ///< the sum of its points
    std::vector<CommonPoint> points;    ///< the heaviest first
};
BOOST_DESCRIBE_STRUCT(SimilarCase, (),
                      (id, desk_id, number, state, received_on, subject, background, age_band, household, care_level,
                       district_id, topic, elements, result, support_text, followings, score, points))

/// The most alike first.
struct SimilarCases {
    std::vector<SimilarCase> items;
    bool asked = false;     ///< false: there is nothing yet that could be compared
    bool indexing = false;  ///< the index of the search is being made: some may be missing
};
BOOST_DESCRIBE_STRUCT(SimilarCases, (), (items, asked, indexing))

/// A sheet that is being typed.
struct TypedSheet {
    std::optional<core::ConsultationId> id;  ///< its draft, which is not like itself
    consultations::ConsultationSheet sheet;
};
BOOST_DESCRIBE_STRUCT(TypedSheet, (), (id, sheet))

}  // namespace tsunagi::similarities
