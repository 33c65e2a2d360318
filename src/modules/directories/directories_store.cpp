// SPDX-License-Identifier: Apache-2.0
#include "modules/directories/directories_store.hpp"

#include "modules/resources/place_scope.hpp"
#include "record/json_reader.hpp"
#include "record/params.hpp"

namespace tsunagi::directories::store {
namespace {

using record::Params;

/// Places within the municipality that official files tell of: under its own code or that of a ward.
std::string within() {
    Params none;  // nobody's own places: no parameters
    return resources::place_visible({}, "p", none) + " AND " + resources::place_standing("p") +
           " AND p.municipality_code IN (SELECT r.code FROM regions r WHERE r.code <> '' AND (r.id = :municipality OR "
           "r.parent_id = :municipality))";
}

constexpr const char* still_there =
    " AND EXISTS (SELECT 1 FROM place_services e WHERE e.place_id = p.id AND e.missing_since IS NULL)";

Params of(const core::RegionId& municipality) {
    return std::move(Params().set("municipality", municipality));
}

/// A place with one of its services.
struct Line {
    std::string id;
    std::string name;
    std::string kana;
    std::string municipality;
    std::string address;
    std::string building;
    std::string phone;
    std::string fax;
    std::string url;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string service;
    std::string open_days;
    std::string days_note;
    std::optional<std::int64_t> capacity;
};
BOOST_DESCRIBE_STRUCT(Line, (),
                      (id, name, kana, municipality, address, building, phone, fax, url, latitude, longitude, service,
                       open_days, days_note, capacity))

}  // namespace

std::optional<Municipality> municipality(db::ReadTx& tx, const core::RegionId& id) {
    return tx.row<Municipality>("SELECT id, code, name FROM regions WHERE id = :id AND code <> ''",
                                Params().set("id", id));
}

std::optional<Municipality> municipality_with(db::ReadTx& tx, const std::string& code) {
    return tx.row<Municipality>(
        "SELECT id, code, name FROM regions WHERE code = :code AND kind = 'municipality' ORDER BY id LIMIT 1",
        Params().set("code", code));
}

std::optional<DirectoryReading> find(db::ReadTx& tx, const core::RegionId& municipality) {
    return tx.row<DirectoryReading>("SELECT " + record::columns<DirectoryRecord>("d") +
                                        ", u.name FROM public_directories d JOIN users u ON u.id = d.updated_by WHERE "
                                        "d.municipality_id = :municipality",
                                    of(municipality));
}

bool put(db::WriteTx& tx, const DirectoryRecord& record) {
    if (record.version > 1) {
        Params params;
        params.set_all(record).set("before", record.version - 1);
        return tx.execute(
                   "UPDATE public_directories SET version = :version, published = :published, note = :note, updated_at "
                   "= :updated_at, updated_by = :updated_by WHERE municipality_id = :municipality_id AND version = "
                   ":before",
                   params) == 1;
    }
    return tx.execute(
               "INSERT INTO public_directories (municipality_id, version, published, note, updated_at, updated_by) "
               "VALUES (:municipality_id, :version, :published, :note, :updated_at, :updated_by) ON CONFLICT "
               "(municipality_id) DO NOTHING",
               Params().set_all(record)) == 1;
}

std::int64_t count(db::ReadTx& tx, const core::RegionId& municipality) {
    return tx.number("SELECT count(*) FROM places p WHERE " + within() + still_there, of(municipality));
}

std::vector<PublicPlace> places(db::ReadTx& tx, const core::RegionId& municipality) {
    std::vector<PublicPlace> result;
    std::string last;
    for (auto& line : tx.rows<Line>(
             std::string("SELECT p.id, p.name, p.kana, COALESCE((SELECT min(r.name) FROM regions r WHERE r.code = "
                         "p.municipality_code), ''), p.address, p.building, p.phone, p.fax, p.url, p.latitude, "
                         "p.longitude, s.service, s.open_days, s.days_note, s.capacity FROM places p JOIN "
                         "place_services s ON s.place_id = p.id AND s.missing_since IS NULL WHERE ") +
                 within() + " ORDER BY p.listed_as, p.id, s.service",
             of(municipality))) {
        if (line.id != last) {
            last = line.id;
            PublicPlace place;
            place.name = std::move(line.name);
            place.kana = std::move(line.kana);
            place.municipality = std::move(line.municipality);
            place.address = std::move(line.address) + (line.building.empty() ? "" : " " + line.building);
            place.phone = std::move(line.phone);
            place.fax = std::move(line.fax);
            place.url = std::move(line.url);
            place.latitude = line.latitude;
            place.longitude = line.longitude;
            result.push_back(std::move(place));
        }
        result.back().services.push_back({std::move(line.service),
                                          {},
                                          {},
                                          record::from_stored_json<std::vector<std::string>>(line.open_days),
                                          std::move(line.days_note),
                                          line.capacity});
    }
    return result;
}

std::vector<std::string> sources(db::ReadTx& tx, const core::RegionId& municipality) {
    const std::string shown = within() + still_there;
    // Services, days and numbers come from further files than the one that names the place.
    return tx.rows<std::string>(
        "SELECT p.source FROM places p WHERE " + shown +
            " UNION SELECT r.source FROM places p JOIN source_records r ON r.place_id = p.id AND "
            "r.missing_since IS NULL WHERE " +
            shown + " ORDER BY 1",
        of(municipality));
}

std::optional<core::Date> newest(db::ReadTx& tx, const core::RegionId& municipality) {
    const auto found = tx.row<std::string>(
        std::string("SELECT COALESCE(max(i.as_of), '') FROM places p JOIN source_records c ON c.place_id = p.id JOIN "
                    "official_imports i ON i.id = c.import_id WHERE ") +
            within(),
        of(municipality));
    return found ? core::Date::parse(*found) : std::nullopt;
}

}  // namespace tsunagi::directories::store
