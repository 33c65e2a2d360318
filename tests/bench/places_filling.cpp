// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>
#include <string>

#include "tests/bench/filling.hpp"

namespace tsunagi::bench {

void fill_places(const db::DatabaseOptions& options, std::int64_t services) {
    db::Session session(options.engine, options.target);
    db::WriteTx tx(session);
    const std::int64_t base = tx.number("SELECT count(*) FROM place_services");
    if (base == 0 || base >= services)
        return;
    if (options.engine == db::Engine::sqlite)
        session.run("PRAGMA synchronous=OFF");
    session.run("CREATE TABLE bench_places AS SELECT * FROM places");
    session.run("CREATE TABLE bench_services AS SELECT * FROM place_services");
    session.run("CREATE TABLE bench_records AS SELECT * FROM source_records");
    // Copies lie in other prefectures and a little aside; each has a word that no other copy has.
    const std::string places =
        "INSERT INTO places (id, source, source_key, municipality_code, name, kana, listed_as, address, building, "
        "latitude, longitude, phone, fax, url, corporate_number, corporation, searched) SELECT :prefix || substr(id, "
        "9), source, source_key || :prefix, :prefecture || substr(municipality_code, 3), name, kana, listed_as || "
        ":prefix, address, building, latitude + CAST(:up AS DOUBLE PRECISION), longitude - CAST(:aside AS DOUBLE "
        "PRECISION), phone, fax, url, corporate_number, corporation, searched || 'bench' || :prefix FROM bench_places";
    const std::string of_places =
        "INSERT INTO place_services (id, place_id, service, capacity, open_days, days_note, missing_since) SELECT "
        ":prefix || substr(id, 9), :prefix || substr(place_id, 9), service, capacity, open_days, days_note, "
        "missing_since FROM bench_services";
    const std::string records =
        "INSERT INTO source_records (id, service_id, place_id, source, service, source_key, municipality_code, cells, "
        "import_id) SELECT :prefix || substr(id, 9), :prefix || substr(service_id, 9), :prefix || substr(place_id, 9), "
        "source, service, source_key || :prefix, municipality_code, '[]', import_id FROM bench_records";
    const std::int64_t copies = (services - base + base - 1) / base;
    for (std::int64_t i = 1; i <= copies; ++i) {
        if (i % 20 == 1)
            session.execute("BEGIN");
        std::array<char, 12> prefix{};
        std::snprintf(prefix.data(), prefix.size(), "%08x", static_cast<unsigned>(i));
        std::array<char, 12> prefecture{};
        std::snprintf(prefecture.data(), prefecture.size(), "%02d", static_cast<int>(1 + i % 47));
        const std::string_view number(prefix.data());
        tx.execute(places, db::Params()
                               .set("prefix", number)
                               .set("prefecture", std::string_view(prefecture.data()))
                               .set("up", static_cast<double>(i % 47) * 0.2 - 4)
                               .set("aside", static_cast<double>(i / 47) * 0.25));
        tx.execute(of_places, db::Params().set("prefix", number));
        tx.execute(records, db::Params().set("prefix", number));
        if (i % 20 == 0 || i == copies)
            session.execute("COMMIT");
    }
    for (const char* table : {"bench_places", "bench_services", "bench_records"})
        session.run(std::string("DROP TABLE ") + table);
    session.run("ANALYZE");
    if (options.engine == db::Engine::sqlite)
        session.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace tsunagi::bench
