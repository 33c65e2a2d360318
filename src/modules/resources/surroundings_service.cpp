// SPDX-License-Identifier: Apache-2.0
// What reading an official file needs to know beside the file.
#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "modules/resources/official_service.hpp"

namespace tsunagi::resources {

Surroundings OfficialService::around(const std::vector<CodeRange>& areas, const packs::CodeBook& codes,
                                     const Step& step) const {
    struct Known {
        std::map<std::string, std::vector<store::MunicipalityName>> names;  ///< by prefecture, long ones first
        std::map<std::string, std::unordered_map<std::string, std::string>> places;
    };

    auto known = std::make_shared<Known>();
    Surroundings result;
    std::vector<store::MunicipalityName> every;
    database_.read([&](db::ReadTx& tx) {
        result.successors = localities_.successors(tx);
        every = store::municipality_names(tx);
    });
    for (auto& one : every) {
        if (one.code.size() == 6 && !one.name.empty() && result.successors.of(one.code).empty())
            known->names[one.code.substr(0, 2)].push_back(std::move(one));
    }
    for (auto& [prefecture, names] : known->names)
        std::ranges::stable_sort(names, std::ranges::greater{}, [](const auto& one) { return one.name.size(); });
    result.areas = areas;
    result.services = service_words(codes);
    result.municipality = [known, mark = layouts_.district_mark](const std::string& prefecture,
                                                                 const std::string& address) {
        const auto names = known->names.find(prefecture);
        if (names == known->names.end())
            return std::string();
        std::string_view rest = address;
        for (const auto& one : names->second) {
            if (!one.prefecture.empty() && rest.starts_with(one.prefecture)) {
                rest.remove_prefix(one.prefecture.size());
                break;
            }
        }
        const std::size_t district = mark.empty() ? std::string_view::npos : rest.substr(0, 24).find(mark);
        for (const auto& one : names->second) {
            if (rest.starts_with(one.name) ||
                (district != std::string_view::npos && rest.substr(district + mark.size()).starts_with(one.name)))
                return one.code;
        }
        return std::string();
    };
    result.place = [this, known](const std::string& source, const std::string& key) -> std::optional<std::string> {
        auto there = known->places.find(source);
        if (there == known->places.end()) {
            there = known->places.emplace(source, std::unordered_map<std::string, std::string>()).first;
            for (auto& one : database_.read([&](db::ReadTx& tx) { return store::known_places(tx, source); }))
                there->second.emplace(std::move(one.source_key), std::move(one.municipality_code));
        }
        const auto place = there->second.find(key);
        return place == there->second.end() ? std::nullopt : std::optional(place->second);
    };
    result.progress = step;
    return result;
}

}  // namespace tsunagi::resources
