// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/text_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include <fmt/format.h>

#include "modules/exchange/exchange_ids.hpp"

namespace tsunagi::exchange {
namespace {

using boost::json::array;
using boost::json::object;
using resources::ExportedPlace;
using resources::ExportedService;

constexpr std::array<std::string_view, 8> days_in_order{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"};
constexpr std::size_t line_octets = 75;

/// With these Japanese Excel computes too.
constexpr std::array<std::string_view, 5> wide_starts{"\uff1d", "\uff0b", "\uff0d", "\u2212", "\uff20"};

/// A telephone number from abroad begins with a plus; what follows digits alone computes nothing.
bool computes(const std::string& text) {
    if (text.empty())
        return false;
    if (std::ranges::any_of(wide_starts, [&](std::string_view start) { return text.starts_with(start); }))
        return true;
    const char first = text.front();
    if (first == '=' || first == '@' || first == '\t' || first == '\r' || first == '\n')
        return true;
    return (first == '+' || first == '-') && text.find_first_not_of("0123456789 +-().") != std::string::npos;
}

std::string label_of(const std::string& service, const packs::CodeBook& codes) {
    const packs::CodeEntry* code = codes.code("resource_service", service);
    return code == nullptr ? service : code->label.ja.value;
}

std::string number_text(const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : std::string();
}

std::string cell(const std::string& field, const DatasetTable& table, const ExportedPlace& place,
                 const ExportedService* service, const std::string& label, const ExchangeWords& words,
                 std::int64_t number) {
    if (field == "municipality_code")
        return place.municipality_code;
    if (field == "number")
        return std::to_string(number);
    if (field == "prefecture")
        return place.prefecture;
    if (field == "municipality")
        return place.municipality;
    if (field == "name")
        return place.name;
    if (field == "kana")
        return place.kana;
    if (field == "service")
        return label;
    if (field == "address")
        return place.address;
    if (field == "building")
        return place.building;
    if (field == "latitude")
        return number_text(place.latitude);
    if (field == "longitude")
        return number_text(place.longitude);
    if (field == "phone")
        return place.phone;
    if (field == "fax")
        return place.fax;
    if (field == "corporate_number")
        return place.corporate_number;
    if (field == "corporation")
        return place.corporation;
    if (field == "key") {
        const auto found = std::ranges::find_if(place.numbers, [&](const auto& one) {
            return std::ranges::find(table.sources, one.source) != table.sources.end();
        });
        return found == place.numbers.end() ? std::string() : found->number;
    }
    if (field == "url")
        return place.url;
    if (service == nullptr)
        return {};
    if (field == "days") {
        std::string days;
        for (const auto day : days_in_order) {
            if (std::ranges::find(service->open_days, day) != service->open_days.end())
                days += words.day(std::string(day));
        }
        return days;
    }
    if (field == "days_note")
        return service->days_note;
    if (field == "capacity")
        return service->capacity ? std::to_string(*service->capacity) : std::string();
    if (field == "note" && service->missing_since)
        return words.text("missing", {{"day", service->missing_since->str()}});
    return {};
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') {
            result += "\\n";
            continue;
        }
        if (c == '\r')
            continue;
        if (c == '\\' || c == ',' || c == ';')
            result += '\\';
        result += c;
    }
    return result;
}

/// A line with its end, folded after at most 75 octets and never within a character.
std::string folded(std::string_view line) {
    std::string result;
    std::size_t room = line_octets;
    while (line.size() > room) {
        std::size_t end = room;
        while (end > 1 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U)
            --end;
        result += std::string(line.substr(0, end)) + "\r\n ";
        line.remove_prefix(end);
        room = line_octets - 1;
    }
    return result + std::string(line) + "\r\n";
}

/// tel:… of RFC 3966 where the text is a number, else nothing.
std::string tel_uri(const std::string& phone) {
    std::string uri;
    for (const char c : phone) {
        if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-' || (c == '+' && uri.empty()))
            uri += c;
        else
            return {};
    }
    return "tel:" + uri;
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    bool first = true;
    for (const std::string& one : cells) {
        if (!first)
            line += ',';
        first = false;
        const std::string text = computes(one) ? "'" + one : one;
        if (text.find_first_of(",\"\r\n") == std::string::npos) {
            line += text;
            continue;
        }
        line += '"';
        for (const char c : text) {
            if (c == '"')
                line += '"';
            line += c;
        }
        line += '"';
    }
    return line + "\r\n";
}

std::vector<std::vector<std::string>> dataset_rows(const DatasetTable& table, const ExportedPlace& place,
                                                   const packs::CodeBook& codes, const ExchangeWords& words,
                                                   std::int64_t& number) {
    std::vector<std::vector<std::string>> rows;
    const auto add = [&](const ExportedService* service, const std::string& label) {
        ++number;
        std::vector<std::string>& row = rows.emplace_back();
        for (const auto& column : table.columns)
            row.push_back(column.field.empty() ? std::string()
                                               : cell(column.field, table, place, service, label, words, number));
    };
    if (!table.by_service) {
        std::string labels;
        for (const auto& service : place.services)
            labels += (labels.empty() ? "" : words.text("separator")) + label_of(service.service, codes);
        add(place.services.empty() ? nullptr : place.services.data(), labels);
        return rows;
    }
    for (const auto& service : place.services)
        add(&service, label_of(service.service, codes));
    return rows;
}

object feature(const ExportedPlace& place, const packs::CodeBook& codes) {
    array services;
    for (const auto& one : place.services) {
        object service{{"service", one.service}, {"name", label_of(one.service, codes)}};
        if (one.capacity)
            service["capacity"] = *one.capacity;
        if (one.missing_since)
            service["missing_since"] = one.missing_since->str();
        services.push_back(std::move(service));
    }
    object properties;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            properties[name] = value;
    };
    add("name", place.name);
    add("kana", place.kana);
    add("municipality_code", place.municipality_code);
    add("prefecture", place.prefecture);
    add("municipality", place.municipality);
    add("address", place.address);
    add("building", place.building);
    add("phone", place.phone);
    add("fax", place.fax);
    add("url", web_address(place.url).value_or(""));
    add("corporation", place.corporation);
    add("corporate_number", place.corporate_number);
    add("postal_code", place.postal_code);
    if (place.postal_code_inferred)
        properties["postal_code_inferred"] = true;
    array numbers;
    for (const auto& one : place.numbers)
        numbers.push_back(object{{"source", one.source}, {"number", one.number}});
    properties["numbers"] = std::move(numbers);
    properties["services"] = std::move(services);
    object result{{"type", "Feature"}, {"id", place.id.str()}, {"geometry", nullptr}};
    if (place.latitude && place.longitude)
        result["geometry"] = object{{"type", "Point"}, {"coordinates", array{*place.longitude, *place.latitude}}};
    result["properties"] = std::move(properties);
    return result;
}

std::string card(const ExportedPlace& place, CardVersion version, const packs::CodeBook& codes,
                 const ExchangeWords& words) {
    const bool newest = version == CardVersion::v4;
    std::string out;
    const auto line = [&](const std::string& text) { out += folded(text); };
    const std::string name = escaped(place.name);
    const std::string corporation = escaped(place.corporation);
    // ORG begins with the whole organization; without a corporation the place is that.
    const std::string org = corporation.empty() ? name : corporation + ";" + name;
    std::string sort_as;  // in quotes a quote cannot stand
    std::ranges::copy_if(place.kana, std::back_inserter(sort_as),
                         [](char c) { return c != '"' && c != '\n' && c != '\r'; });
    line("BEGIN:VCARD");
    line(newest ? "VERSION:4.0" : "VERSION:3.0");
    line("PRODID:-//Tsunagi//Directory//JA");
    line((newest ? "UID:urn:uuid:" : "UID:") + place.id.str());
    if (newest) {
        line("KIND:org");
        line("FN:" + name);
        line("ORG" + (sort_as.empty() ? "" : ";SORT-AS=\"" + sort_as + "\"") + ":" + org);
    } else {
        line("N:" + name + ";;;;");
        line("FN:" + name);
        line("ORG:" + org);
        line("X-ABShowAs:COMPANY");
        if (!place.kana.empty()) {
            line("X-PHONETIC-LAST-NAME:" + escaped(place.kana));
            line("X-PHONETIC-ORG:" + escaped(place.kana));
            line("SORT-STRING:" + escaped(place.kana));
        }
    }
    const auto number = [&](const std::string& phone, bool fax) {
        if (phone.empty())
            return;
        const std::string uri = tel_uri(phone);
        if (!newest)
            line(std::string("TEL;TYPE=WORK,") + (fax ? "FAX:" : "VOICE:") + escaped(phone));
        else if (uri.empty())
            line(std::string("TEL;VALUE=text;TYPE=\"work,") + (fax ? "fax" : "voice") + "\":" + escaped(phone));
        else
            line(std::string("TEL;VALUE=uri;TYPE=\"work,") + (fax ? "fax" : "voice") + "\":" + uri);
    };
    number(place.phone, false);
    number(place.fax, true);
    // Addresses are published whole; taking prefecture and municipality off again would be a guess.
    if (!place.address.empty())
        line("ADR;TYPE=" + std::string(newest ? "work" : "WORK") + ":;" + escaped(place.building) + ";" +
             escaped(place.address) + ";;;" + escaped(place.postal_code_inferred ? std::string() : place.postal_code) +
             ";");
    if (place.latitude && place.longitude)
        line(newest ? fmt::format("GEO:geo:{},{}", *place.latitude, *place.longitude)
                    : fmt::format("GEO:{};{}", *place.latitude, *place.longitude));
    if (const auto url = web_address(place.url))
        line("URL:" + *url);
    std::string services;
    for (const auto& one : place.services)
        services += (services.empty() ? "" : words.text("separator")) + label_of(one.service, codes);
    if (!services.empty())
        line("NOTE:" + escaped(services));
    line("END:VCARD");
    return out;
}

}  // namespace tsunagi::exchange
