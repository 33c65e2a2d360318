// SPDX-License-Identifier: Apache-2.0
// Places, services and source records as official files fill them: what an import would change, changing it, changing
// it back. Everything within the transaction of the caller.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/official_file.hpp"
#include "modules/resources/official_store.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::resources {

/// Imports and decisions about places come one after the other: each is compared with what the one before left. The
/// command line has a lane of its own, therefore store::wait_for_others.
constexpr const char* official_lane = "official imports";

/// Hears how many rows are done; may throw to stop.
using Step = std::function<void(std::int64_t done)>;

class PublicLayer {
public:
    PublicLayer(const OfficialLayouts& layouts, const search::Folding& folding)
        : layouts_(layouts), folding_(folding) {}

    /// Those of the pack and those that people made by hand.
    [[nodiscard]] OfficialLayouts layouts(db::ReadTx& tx) const;

    /// Writes the difference between the file and what is there, and its counts into the import.
    void compare(db::WriteTx& tx, store::ImportRecord& import, const OfficialFile& file,
                 const std::vector<CodeRange>& areas, const Step& step) const;
    void apply(db::WriteTx& tx, const store::ImportRecord& import, const std::vector<CodeRange>& areas,
               const packs::CodeBook& codes, const core::Date& today, const Step& step) const;
    void take_back(db::WriteTx& tx, const store::ImportRecord& import, const packs::CodeBook& codes,
                   const MunicipalityOf& municipality, const Step& step) const;
    /// Puts the places together anew from their records.
    void refresh(db::WriteTx& tx, const std::vector<PlaceId>& places, const packs::CodeBook& codes) const;

private:
    [[nodiscard]] std::string fold(const std::string& text) const;
    [[nodiscard]] PlaceSummary summary(std::vector<RecordFacts> records, const packs::CodeBook& codes) const;
    [[nodiscard]] static OfficialRow row(const OfficialLayouts& layouts, const Layout& layout,
                                         const ServiceWords& services, StoredRow stored, const std::string& service);

    const OfficialLayouts& layouts_;  // NOLINT: the service owns them
    const search::Folding& folding_;  // NOLINT
};

/// Codes, labels and short labels of services, folded with `with_plain_letters`.
[[nodiscard]] ServiceWords service_words(const packs::CodeBook& codes);

}  // namespace tsunagi::resources
