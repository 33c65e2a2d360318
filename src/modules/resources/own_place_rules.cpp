// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/own_place_rules.hpp"

#include <algorithm>

#include "core/municipality_code.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/official_row.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::int64_t most_people = 100'000;

}  // namespace

std::vector<core::FieldError> check(const OwnPlaceText& text, const packs::CodeBook& codes, const core::Date& today,
                                    const OwnPlaceText& before, const std::string& root) {
    std::vector<core::FieldError> errors;
    codes.check(text.services, today, root + "/services", errors, before.services);
    if (text.services.empty())
        errors.push_back({root + "/services", "required", ""});
    if (!core::is_municipality_code(text.municipality_code.value))
        errors.push_back({root + "/municipality_code",
                          text.municipality_code.empty() ? "required" : "municipality_code",
                          text.municipality_code.value});
    if (!text.corporate_number.empty() && !is_corporate_number(text.corporate_number.value))
        errors.push_back({root + "/corporate_number", "corporate_number", ""});
    if (text.latitude.has_value() != text.longitude.has_value())
        errors.push_back({root + (text.latitude ? "/longitude" : "/latitude"), "required", ""});
    if (text.latitude && (*text.latitude < 20 || *text.latitude > 46))
        errors.push_back({root + "/latitude", "range", "20-46"});
    if (text.longitude && (*text.longitude < 122 || *text.longitude > 154))
        errors.push_back({root + "/longitude", "range", "122-154"});
    if (text.capacity && (*text.capacity < 1 || *text.capacity > most_people))
        errors.push_back({root + "/capacity", "range", "1-" + std::to_string(most_people)});
    if (!text.url.empty() && !text.url.value.starts_with("http://") && !text.url.value.starts_with("https://"))
        errors.push_back({root + "/url", "url_form", ""});
    for (std::size_t i = 0; i < text.open_days.size(); ++i) {
        const std::string place = root + "/open_days/" + std::to_string(i);
        const auto here = text.open_days.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::ranges::find(days, text.open_days[i].value) == days.end())
            errors.push_back({place, "unknown_value", text.open_days[i].value});
        else if (std::find(text.open_days.begin(), here, text.open_days[i]) != here)
            errors.push_back({place, "duplicate", ""});
    }
    return errors;
}

void require_step(OwnPlaceState from, const OwnPlaceStateChange& change, const core::Date& latest_day) {
    if (change.state == from)
        throw core::not_allowed_in_state(record::to_text(from));
    if (change.state == OwnPlaceState::open && change.closed_on)
        throw core::invalid({{"/closed_on", "not_allowed", ""}});
    if (change.state == OwnPlaceState::closed && !change.closed_on)
        throw core::invalid({{"/closed_on", "required", ""}});
    if (change.closed_on && *change.closed_on > latest_day)
        throw core::invalid({{"/closed_on", "future", latest_day.str()}});
}

}  // namespace tsunagi::resources
