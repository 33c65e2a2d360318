// SPDX-License-Identifier: Apache-2.0
// Which places fit a filter, as conditions of SQL; what finds places and what counts them says it the same way.
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/resources/place_store.hpp"

namespace tsunagi::resources::store {

/// How PostgreSQL looks for words. SQLite does everything row by row.
enum class Words {
    by_index,    ///< which places have them, from the index of pairs of letters and from what is known of them
    published,   ///< the same without what is known of them: some of those
    row_by_row,  ///< whether a place that is come to has them
};

/// Conditions for rows of `places p`, each with its ` AND `. Search and parameters must live longer.
class PlaceConditions {
public:
    PlaceConditions(const db::ReadTx& tx, const PlaceSearch& search, record::Params& params,
                    Words words = Words::by_index);

    [[nodiscard]] const std::string& of_place() const { return sql_; }

    /// That a service of `places p` fits; nothing when every one does. Where something else leaves few places, each is
    /// asked for its services; else the services name the places.
    [[nodiscard]] std::string has_service();

    /// For a row of `place_services s`; empty when every service fits.
    [[nodiscard]] std::string of_service();

    /// Whole square metres to the spot, which order like the distance.
    [[nodiscard]] static std::string square();

private:
    const std::string& at_home();
    void add_word(db::Engine engine, Words words, std::size_t number);
    void add_areas();
    void add_times();
    void add_local();
    void add_near();

    const PlaceSearch& search_;   // NOLINT: lives as long as the query is made
    record::Params& params_;      // NOLINT
    bool few_ = false;            ///< an area, a spot or local knowledge narrows the places
    std::string found_by_words_;  ///< ids of places, on PostgreSQL
    std::string at_home_;
    std::string sql_;
};

}  // namespace tsunagi::resources::store
