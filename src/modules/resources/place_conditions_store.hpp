// SPDX-License-Identifier: Apache-2.0
// Which places fit a filter, as conditions of SQL; what finds places and what counts them says it the same way.
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/resources/place_store.hpp"

namespace tsunagi::resources::store {

/// How words are looked for.
enum class Words {
    by_index,    ///< which places have them, from the index of letters and from what is known of them
    row_by_row,  ///< whether a place that is come to has them
};

/// Degrees as whole eighths, the order of SQLite's index for maps and distances.
[[nodiscard]] std::string eighths(const std::string& degrees);

/// That a row of `places p` lies in the box, with its ` AND `; its borders are bound under names that begin with
/// `prefix`.
[[nodiscard]] std::string within(const db::ReadTx& tx, const Box& box, const std::string& prefix,
                                 record::Params& params);

/// Conditions for rows of `places p`, each with its ` AND `. Search and parameters must live longer.
class PlaceConditions {
public:
    PlaceConditions(db::ReadTx& tx, const PlaceSearch& search, record::Params& params, Words words = Words::by_index);

    [[nodiscard]] const std::string& of_place() const { return sql_; }

    /// Whether more places may fit than are counted.
    [[nodiscard]] bool may_be_many() const { return may_be_many_; }

    /// That a service of `places p` fits; nothing when every one does. Where something else leaves few places, each is
    /// asked for its services; else the services name the places.
    [[nodiscard]] std::string has_service();

    /// For a row of `place_services s`; empty when every service fits.
    [[nodiscard]] std::string of_service();

    /// Whole square metres to the spot, which order like the distance.
    [[nodiscard]] static std::string square();

private:
    const std::string& at_home();
    [[nodiscard]] std::string known_of(std::size_t word);
    void add_words_on_sqlite(db::ReadTx& tx);
    [[nodiscard]] std::string known_ids(db::ReadTx& tx, const std::string& word) const;
    void add_words_on_postgres(db::ReadTx& tx);
    void add_areas();
    void add_times();
    void add_local();
    void add_near(const db::ReadTx& tx);

    const PlaceSearch& search_;  // NOLINT: lives as long as the query is made
    record::Params& params_;     // NOLINT
    Words words_;
    bool few_ = false;  ///< an area, a spot or local knowledge narrows the places
    bool may_be_many_ = true;
    std::string at_home_;
    std::string sql_;
};

}  // namespace tsunagi::resources::store
