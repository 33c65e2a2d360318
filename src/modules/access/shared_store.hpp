// SPDX-License-Identifier: Apache-2.0
// What the stores of shared records (issues, meetings, measures, indicators, evaluations) all ask of people, desks and
// the reader's scope.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/access/scope.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::access {

struct Authors {
    std::string created_by;
    std::string updated_by;
};
BOOST_DESCRIBE_STRUCT(Authors, (), (created_by, updated_by))

/// The names of who made a record and who changed it last.
[[nodiscard]] Authors authors(db::ReadTx& tx, const core::UserId& created_by, const core::UserId& updated_by);

[[nodiscard]] bool active_user_exists(db::ReadTx& tx, const core::UserId& id);

/// Nothing when there is no such desk.
[[nodiscard]] std::optional<core::RegionId> municipality_of(db::ReadTx& tx, const core::DeskId& desk);

/// Throws `forbidden` unless the person may change a record (which they see) of that desk and municipality.
void require_change(const Actor& actor, const std::optional<core::DeskId>& desk, const core::RegionId& municipality);

template <class Id>
struct SharedTable;

template <>
struct SharedTable<core::IssueId> {
    static constexpr Shared kind = Shared::issue;
    static constexpr const char* name = "issues";
};

template <>
struct SharedTable<core::MeasureId> {
    static constexpr Shared kind = Shared::measure;
    static constexpr const char* name = "measures";
};

template <>
struct SharedTable<core::IndicatorId> {
    static constexpr Shared kind = Shared::indicator;
    static constexpr const char* name = "indicators";
};

/// Which of these records the person may see.
template <class Id>
[[nodiscard]] std::vector<Id> visible(db::ReadTx& tx, const Actor& actor, const std::vector<Id>& ids) {
    if (ids.empty())
        return {};
    record::Params params;
    const std::string among = record::in_list("s.id", ids, "id", params);
    return tx.rows<Id>(std::string("SELECT s.id FROM ") + SharedTable<Id>::name + " s WHERE " + among + " AND " +
                           shared_visible(actor, SharedTable<Id>::kind, "s", params) + " ORDER BY s.id",
                       params);
}

/// Where a shared record belongs.
struct Place {
    core::DeskId desk_id;
    core::RegionId municipality_id;
};
BOOST_DESCRIBE_STRUCT(Place, (), (desk_id, municipality_id))

/// Nothing when the person does not see the record.
template <class Id>
[[nodiscard]] std::optional<Place> place_of(db::ReadTx& tx, const Actor& actor, const Id& id) {
    record::Params params;
    const std::string scope = shared_visible(actor, SharedTable<Id>::kind, "s", params);
    return tx.row<Place>(std::string("SELECT s.desk_id, s.municipality_id FROM ") + SharedTable<Id>::name +
                             " s WHERE s.id = :id AND " + scope,
                         params.set("id", id));
}

/// Links of a text must lead into the scope of its writer, unless the text had them before.
template <class Id>
void check_links(db::ReadTx& tx, const Actor& actor, const std::vector<Id>& ids, const std::vector<Id>& before,
                 const std::string& pointer, std::vector<core::FieldError>& errors) {
    const auto seen = visible(tx, actor, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (std::ranges::find(seen, ids[i]) == seen.end() && std::ranges::find(before, ids[i]) == before.end())
            errors.push_back({pointer + "/" + std::to_string(i), "not_found", ""});
    }
}

/// The writer was not shown the links that lead out of their scope, so leaving them out does not remove them.
template <class Id>
void keep_hidden_links(db::ReadTx& tx, const Actor& actor, std::vector<Id>& ids, const std::vector<Id>& before) {
    const auto seen = visible(tx, actor, before);
    for (const Id& id : before) {
        if (std::ranges::find(seen, id) == seen.end() && std::ranges::find(ids, id) == ids.end())
            ids.push_back(id);
    }
}

/// Leaves only the links that lead into the reader's scope, with one query for all the versions.
/// `links_of(version)` is the list of one version.
template <class Version, class LinksOf>
void drop_hidden_links(db::ReadTx& tx, const Actor& actor, std::vector<Version>& versions, const LinksOf& links_of) {
    std::remove_cvref_t<decltype(links_of(versions.front()))> all;
    for (Version& version : versions)
        all.insert(all.end(), links_of(version).begin(), links_of(version).end());
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const auto seen = visible(tx, actor, all);
    for (Version& version : versions) {
        std::erase_if(links_of(version), [&](const auto& id) { return std::ranges::find(seen, id) == seen.end(); });
    }
}

}  // namespace tsunagi::access
