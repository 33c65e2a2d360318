// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_rules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "record/json_writer.hpp"

namespace tsunagi::resources {
namespace {

constexpr std::int64_t farthest = 1000;

struct FieldOfRow {
    const char* name;
    std::string OfficialRow::*member;
};

constexpr std::array<FieldOfRow, 9> fields{{
    {"name", &OfficialRow::name},
    {"kana", &OfficialRow::kana},
    {"address", &OfficialRow::address},
    {"building", &OfficialRow::building},
    {"phone", &OfficialRow::phone},
    {"fax", &OfficialRow::fax},
    {"url", &OfficialRow::url},
    {"corporation", &OfficialRow::corporation},
    {"corporate_number", &OfficialRow::corporate_number},
}};

std::string first_with(const std::vector<RecordFacts>& ranked, std::string OfficialRow::*member) {
    const auto found = std::ranges::find_if(ranked, [&](const auto& record) { return !(record.row.*member).empty(); });
    return found == ranked.end() ? std::string() : found->row.*member;
}

void add_label(std::string& words, const packs::CodeBook& codes, std::string_view scheme, const std::string& code) {
    const auto* entry = codes.code(scheme, code);
    if (entry != nullptr)
        words += "\n" + entry->label.ja.value + "\n" + entry->short_label.value;
}

}  // namespace

void rank(std::vector<RecordFacts>& records) {
    std::ranges::stable_sort(records, [](const RecordFacts& a, const RecordFacts& b) {
        if (a.own != b.own)
            return a.own;
        if (a.missing != b.missing)
            return b.missing;
        if (a.as_of != b.as_of)
            return a.as_of && (!b.as_of || *a.as_of > *b.as_of);
        return a.service < b.service;
    });
}

std::vector<PublicField> public_fields(const std::vector<RecordFacts>& ranked) {
    std::vector<PublicField> result;
    for (const FieldOfRow& field : fields) {
        const auto found =
            std::ranges::find_if(ranked, [&](const auto& record) { return !(record.row.*field.member).empty(); });
        if (found != ranked.end())
            result.push_back({field.name, found->row.*field.member, found->source, found->service, found->as_of});
    }
    return result;
}

PlaceSummary summary_of(const std::vector<RecordFacts>& ranked) {
    PlaceSummary place;
    // Where a file tells the prefecture alone, another may know better.
    const auto known = std::ranges::find_if(ranked, [](const auto& record) {
        const std::string& code = record.row.municipality_code;
        return code.size() == 6 && std::string_view(code).substr(2, 3) != "000";
    });
    place.municipality_code =
        known == ranked.end() ? first_with(ranked, &OfficialRow::municipality_code) : known->row.municipality_code;
    place.name = first_with(ranked, &OfficialRow::name);
    place.kana = first_with(ranked, &OfficialRow::kana);
    place.listed_as = place.kana.empty() ? place.name : place.kana;
    place.address = first_with(ranked, &OfficialRow::address);
    place.building = first_with(ranked, &OfficialRow::building);
    place.phone = first_with(ranked, &OfficialRow::phone);
    place.fax = first_with(ranked, &OfficialRow::fax);
    place.url = first_with(ranked, &OfficialRow::url);
    place.corporate_number = first_with(ranked, &OfficialRow::corporate_number);
    place.corporation = first_with(ranked, &OfficialRow::corporation);
    const auto located =
        std::ranges::find_if(ranked, [](const auto& record) { return record.row.latitude.has_value(); });
    if (located != ranked.end()) {
        place.latitude = located->row.latitude;
        place.longitude = located->row.longitude;
    }
    return place;
}

std::string words_of(const PlaceSummary& place, const std::vector<std::string>& services,
                     const packs::CodeBook& codes) {
    std::string words = place.name + "\n" + place.kana + "\n" + place.address + "\n" + place.building + "\n" +
                        place.corporation + "\n" + place.phone + "\n" + place.fax;
    for (const std::string& service : services)
        add_label(words, codes, ServiceCode::scheme(), service);
    return words;
}

std::string words_of(const LocalText& text, const packs::CodeBook& codes) {
    std::string words = text.speciality.value + "\n" + text.area.value + "\n" + text.hours.value + "\n" +
                        text.phone.value + "\n" + text.fax.value + "\n" + text.mail.value + "\n" + text.manners.value +
                        "\n" + text.admission.value + "\n" + text.discharge.value + "\n" + text.people.value + "\n" +
                        text.note.value + "\n" + text.cost_note.value;
    for (const auto& treatment : text.treatments)
        add_label(words, codes, "treatment", treatment.value);
    for (const auto& time : text.open_times)
        add_label(words, codes, "open_time", time.value);
    for (const auto& language : text.languages)
        add_label(words, codes, "language", language.value);
    for (const auto& cost : text.costs)
        add_label(words, codes, "cost", cost.value);
    return words;
}

std::vector<core::FieldError> check(const LocalText& text, const packs::CodeBook& codes, const core::Date& today,
                                    const core::Date& latest_day, const LocalText& before) {
    std::vector<core::FieldError> errors;
    codes.check(text.treatments, today, "/treatments", errors, before.treatments);
    codes.check(text.open_times, today, "/open_times", errors, before.open_times);
    codes.check(text.languages, today, "/languages", errors, before.languages);
    codes.check(text.costs, today, "/costs", errors, before.costs);
    codes.check(text.contact, today, "/contact", errors, text.contact == before.contact);
    if (text.distance_km && (*text.distance_km < 0 || *text.distance_km > farthest))
        errors.push_back({"/distance_km", "range", "0-" + std::to_string(farthest)});
    if (text.checked_on && *text.checked_on > latest_day)
        errors.push_back({"/checked_on", "future", ""});
    std::set<core::RegionId> seen;
    for (std::size_t i = 0; i < text.district_ids.size(); ++i) {
        if (!seen.insert(text.district_ids[i]).second)
            errors.push_back({"/district_ids/" + std::to_string(i), "duplicate", ""});
    }
    return errors;
}

std::vector<LocalMark> marks_after(const LocalText& before, const LocalText& text, const std::vector<LocalMark>& marks,
                                   const core::Instant& now, const std::string& by_name) {
    static const LocalText nothing;
    std::vector<LocalMark> result;
    record::for_each_member<LocalText>([&](auto member) {
        const std::string value = record::to_json(text.*member.pointer);
        if (value == record::to_json(nothing.*member.pointer))
            return;
        const auto old = std::ranges::find(marks, std::string_view(member.name), &LocalMark::field);
        if (value == record::to_json(before.*member.pointer) && old != marks.end())
            result.push_back(*old);
        else
            result.push_back({member.name, now, by_name});
    });
    return result;
}

}  // namespace tsunagi::resources
