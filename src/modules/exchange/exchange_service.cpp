// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/exchange_service.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "core/id.hpp"
#include "modules/exchange/text_rules.hpp"

namespace tsunagi::exchange {
namespace {

using resources::ExportPart;
using resources::ExportSearch;

constexpr std::int64_t places_at_once = 500;

ExportSearch search_of(const ExchangeFilter& filter) {
    ExportSearch search;
    search.words = filter.words.value;
    search.municipalities = filter.municipality;
    for (const auto& code : filter.service)
        search.services.push_back(code.value);
    return search;
}

std::vector<std::string> sources_of(const resources::ResourceService& resources) {
    std::vector<std::string> sources;
    for (const auto& layout : resources.official().layouts().layouts)
        sources.push_back(layout.name);
    return sources;
}

/// A folder for the time of one answer.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "tsunagi-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("cannot make a folder like " + name);
        path_ = name;
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

template <class Take>
void each_place(const resources::ResourceExportService& exports, const access::Actor& actor, const ExportSearch& search,
                const Take& take) {
    ExportPart part{.after = "", .offset = 0, .limit = places_at_once};
    for (;;) {
        const auto found = exports.places(actor, search, part);
        for (const auto& place : found)
            take(place);
        if (static_cast<std::int64_t>(found.size()) < part.limit)
            return;
        part.after = found.back().id.str();
    }
}

}  // namespace

ExchangeService::ExchangeService(db::Database& database, const audit::AuditService& audit,
                                 const packs::PacksService& packs, const resources::ResourceService& resources,
                                 const search::SearchService& search, const referrals::ReferralService& referrals,
                                 const std::filesystem::path& words, std::string version, const core::Clock& clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      exports_(database, resources, search),
      words_(words),
      fhir_(exports_, packs, words_, sources_of(resources), std::move(version), clock),
      requests_(referrals, packs, words_),
      hsds_(exports_, packs, words_) {}

void ExchangeService::note(const access::Actor& actor, const std::string& what) const {
    access::require(actor, "resources.read");
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {actor.user_id, actor.name, "export", "place", "", what});
    });
}

void ExchangeService::geojson(const access::Actor& actor, const ExchangeFilter& filter, const Sink& sink) const {
    const auto codes = packs_.codes();
    std::string out = R"({"type":"FeatureCollection","features":[)";
    bool first = true;
    each_place(exports_, actor, search_of(filter), [&](const auto& place) {
        out += (first ? "" : ",") + boost::json::serialize(feature(place, *codes));
        first = false;
        sink(out);
        out.clear();
    });
    sink(out + "]}");
    note(actor, "geojson");
}

void ExchangeService::dataset(const access::Actor& actor, const std::string& name, const ExchangeFilter& filter,
                              const Sink& sink) const {
    const auto codes = packs_.codes();
    const DatasetTable& table = words_.table(name);
    ExportSearch search = search_of(filter);
    search.sources = table.sources;
    std::vector<std::string> head;
    for (const auto& column : table.columns)
        head.push_back(column.header);
    sink("\xEF\xBB\xBF" + csv_line(head));
    std::int64_t number = 0;
    each_place(exports_, actor, search, [&](const auto& place) {
        for (const auto& row : dataset_rows(table, place, *codes, words_, number))
            sink(csv_line(row));
    });
    note(actor, name);
}

void ExchangeService::fhir_bundle(const access::Actor& actor, const FhirCall& call, const ExchangeFilter& filter,
                                  const Sink& sink) const {
    fhir_.bundle(actor, call, search_of(filter), sink);
    note(actor, "fhir");
}

void ExchangeService::fhir_lines(const access::Actor& actor, const FhirCall& call, const FhirLinesQuery& query,
                                 const Sink& sink) const {
    fhir_.lines(actor, call, search_of(query), query._type, sink);
    note(actor, "fhir");
}

void ExchangeService::hsds_package(const access::Actor& actor, const ExchangeFilter& filter, const Sink& sink) const {
    const TemporaryFolder folder;
    std::ifstream in(hsds_.package(actor, search_of(filter), folder.path()), std::ios::binary);
    std::array<char, 65536> piece{};
    while (in.read(piece.data(), piece.size()) || in.gcount() > 0)
        sink({piece.data(), static_cast<std::size_t>(in.gcount())});
    note(actor, "hsds");
}

std::string ExchangeService::card(const access::Actor& actor, const std::string& place, CardVersion version) const {
    ExportSearch search;
    search.places = {place};
    const auto places =
        core::is_uuid(place) ? exports_.places(actor, search, {}) : std::vector<resources::ExportedPlace>();
    if (places.empty())
        throw core::not_found();
    const auto codes = packs_.codes();
    return exchange::card(places.front(), version, *codes, words_);
}

Credits ExchangeService::credits(const access::Actor& actor) const {
    Credits result;
    for (auto& file : exports_.used_files(actor)) {
        if (result.items.empty() || result.items.back().source != file.source)
            result.items.push_back(words_.credit(file.source));
        result.items.back().files.push_back(std::move(file));
    }
    return result;
}

}  // namespace tsunagi::exchange
