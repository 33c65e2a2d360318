// SPDX-License-Identifier: Apache-2.0
// SQL of vacancies. `home` is the municipality to whom it was told; the service takes it from the person, or from the
// page that was opened.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/vacancies/vacancy.hpp"

namespace tsunagi::vacancies::store {

/// A row of `vacancies`.
struct VacancyRecord {
    VacancyId id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    resources::PlaceId place_id;
    std::string service;
    std::int64_t version = 1;
    Acceptance acceptance{};
    VacancyUnit unit{};
    std::optional<std::int64_t> free;
    std::string conditions;
    std::optional<core::Date> from_on;
    core::Date told_on;
    std::string told_by;
    core::Date expires_on;
    bool by_page = false;
    core::Instant updated_at;
    core::UserId updated_by;
};
BOOST_DESCRIBE_STRUCT(VacancyRecord, (),
                      (id, municipality_id, desk_id, place_id, service, version, acceptance, unit, free, conditions,
                       from_on, told_on, told_by, expires_on, by_page, updated_at, updated_by))

/// Who receives what the place tells.
struct Receiver {
    std::string municipality_name;
    std::string desk_name;
    std::string desk_header;
    std::string desk_phone;
    std::string place_name;
};
BOOST_DESCRIBE_STRUCT(Receiver, (), (municipality_name, desk_name, desk_header, desk_phone, place_name))

/// A service that the place offers still.
struct OfferedService {
    resources::PlaceId place_id;
    std::string service;
};
BOOST_DESCRIBE_STRUCT(OfferedService, (), (place_id, service))

constexpr db::VersionTable vacancy_versions{"vacancy_versions", "vacancy_id"};

struct VacancySearch {
    core::RegionId home;
    core::Date today;
    std::vector<std::string> words;  ///< folded
    std::vector<std::pair<std::string, std::string>> areas;
};

[[nodiscard]] VacancyPage list(db::ReadTx& tx, const VacancySearch& search, const VacancyFilter& filter);
[[nodiscard]] std::optional<VacancyRow> row(db::ReadTx& tx, const core::RegionId& home, const core::Date& today,
                                            const resources::ServiceId& id);
[[nodiscard]] std::optional<VacancyRecord> find(db::ReadTx& tx, const core::RegionId& home,
                                                const resources::PlaceId& place, const std::string& service);
[[nodiscard]] std::vector<VacancyRecord> of_place(db::ReadTx& tx, const core::RegionId& home,
                                                  const resources::PlaceId& place);
[[nodiscard]] std::vector<OfferedService> offered(db::ReadTx& tx, const resources::PlaceId& place);
[[nodiscard]] std::optional<Receiver> receiver_of(db::ReadTx& tx, const core::RegionId& home,
                                                  const std::optional<core::DeskId>& desk,
                                                  const resources::PlaceId& place);
/// Who issued the page: under that name stands what is told on it.
[[nodiscard]] std::optional<core::UserId> issuer_of(db::ReadTx& tx, const answer_pages::AnswerPageId& page);
void insert(db::WriteTx& tx, const VacancyRecord& record);
[[nodiscard]] bool update(db::WriteTx& tx, const VacancyRecord& record);
/// With its versions.
void remove(db::WriteTx& tx, const VacancyId& id);

}  // namespace tsunagi::vacancies::store
