// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/anonymisation_service.hpp"

#include <algorithm>
#include <utility>

#include "db/idempotency.hpp"
#include "modules/anonymisation/anonymisation_rules.hpp"
#include "modules/anonymisation/anonymisation_store.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::anonymisation {
namespace {

using consultations::Consultation;
using consultations::Disclosure;
using consultations::FieldText;

/// As many records as the figures call few (a count below ten is withheld there).
constexpr std::int64_t few = 9;

constexpr std::size_t most_decisions = 2000;

CodedBackground coded_of(const consultations::ConsultationSheet& sheet) {
    return {.age_band = sheet.age_band,
            .household = sheet.household,
            .care_level = sheet.care_level,
            .district_id = sheet.district_id};
}

/// The address and what of it may be written alone: behind the city, the town, the numbers, the building.
void add_address(Known& known, const std::string& address, const AnonymisationWords& words) {
    if (address.empty())
        return;
    const auto add = [&](const std::u32string& text) {
        if (text.size() >= 2)
            known.texts.push_back({to_utf8(text), MarkKind::address, MarkSource::person, {}});
    };
    const std::u32string whole = letters_of(address, words.same);
    add(whole);
    std::u32string rest = whole;
    for (const auto& one : known.texts) {
        const auto name = letters_of(one.text, words.same);
        if (one.kind == MarkKind::place && !name.empty()) {
            if (const auto at = rest.find(name); at != std::u32string::npos && at < 12)
                rest = rest.substr(at + name.size());
        }
    }
    add(rest);
    const auto is_digit = [](char32_t letter) { return letter >= U'0' && letter <= U'9'; };
    const auto number = std::ranges::find_if(rest, is_digit);
    std::u32string town(rest.begin(), number);
    std::erase(town, U' ');
    add(town);
    std::u32string numbers;
    std::u32string building;
    for (auto at = number; at != rest.end(); ++at) {
        if (*at == U' ' || (building.empty() && is_kana(*at)) || !building.empty()) {
            building += *at;
        } else {
            numbers += *at;
        }
    }
    if (std::ranges::count_if(numbers, is_digit) >= 2 && numbers.size() >= 3)
        add(numbers);
    while (!building.empty() && building.front() == U' ')
        building.erase(0, 1);
    if (building.size() >= 3)
        add(building);
}

/// Two records are told apart by these words when they are written as one text.
std::string fingerprint(const std::vector<FieldText>& fields) {
    return db::request_fingerprint("anonymise", record::to_json(fields));
}

}  // namespace

AnonymisationService::AnonymisationService(db::Database& database, const audit::AuditService& audit,
                                           const consultations::ConsultationService& consultations,
                                           AnonymisationWords words, core::Clock clock)
    : database_(database),
      audit_(audit),
      consultations_(consultations),
      words_(std::move(words)),
      clock_(std::move(clock)) {}

void AnonymisationService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                                  const core::ConsultationId& id, const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "consultation",
                       .subject_id = id.str(),
                       .detail = detail});
}

/// All that the marks are made from, so that no transaction waits while they are found.
struct AnonymisationService::Gathered {
    Consultation consultation;
    Known known;
    bool person_known = false;
    std::int64_t alike = 0;      ///< in district, age band and household
    std::int64_t alike_ill = 0;  ///< and in the illness
};

AnonymisationService::Gathered AnonymisationService::gather(db::WriteTx& tx, const access::Actor& actor,
                                                            const core::ConsultationId& id) const {
    Gathered result;
    result.consultation = consultations_.open_for_entry(tx, actor, id);
    const auto& sheet = result.consultation.sheet;
    Known& known = result.known;
    const auto person = consultations_.person_to_find(tx, actor, result.consultation, "anonymisation");
    if (person) {
        result.person_known = true;
        known.people.push_back({person->name, person->kana, MarkSource::person});
        known.phones.push_back(person->phone);
        known.born_on = person->born_on;
    }
    if (!sheet.caller_name.empty())
        known.people.push_back({sheet.caller_name, sheet.caller_kana, MarkSource::caller});
    if (!sheet.caller_affiliation.empty())
        known.texts.push_back({sheet.caller_affiliation, MarkKind::facility, MarkSource::caller, {}});
    known.phones.push_back(sheet.caller_phone);
    add_surroundings(tx, actor, result.consultation, words_, known);
    if (person)
        add_address(known, person->address, words_);
    result.alike = alike(tx, sheet, false, few + 1);
    result.alike_ill = alike(tx, sheet, true, few + 1);
    return result;
}

Identifiers AnonymisationService::found(const Gathered& gathered) const {
    const auto& sheet = gathered.consultation.sheet;
    Identifiers result{.consultation_id = gathered.consultation.id,
                       .sheet_version = gathered.consultation.version,
                       .dictionary = dictionary_.installed(),
                       .person_known = gathered.person_known,
                       .fields = consultations::words_of(sheet),
                       .coded = coded_of(sheet),
                       .marks = {}};
    result.marks = Finder(words_, dictionary_).find(result.fields, gathered.known);
    const auto add = [&](const char* field, std::int64_t end, std::int64_t count, const char* replacement) {
        if (count <= few)
            result.marks.push_back({.field = field,
                                    .start = 0,
                                    .end = end,
                                    .kind = MarkKind::combination,
                                    .source = MarkSource::records,
                                    .certain = false,
                                    .replacement = words_.replacements.at(replacement)});
    };
    const auto illness = std::ranges::find(result.fields, "illness", &FieldText::field);
    const bool marked = std::ranges::any_of(result.marks, [](const Mark& mark) { return mark.field == "illness"; });
    if (illness != result.fields.end() && !marked)
        add("illness", written(illness->text, {}).original.length(), gathered.alike_ill, "illness");
    add("district_id", 0, gathered.alike, "own_city");
    return result;
}

Identifiers AnonymisationService::identifiers(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "consultations.write");
    return found(database_.write([&](db::WriteTx& tx) {
        auto gathered = gather(tx, actor, id);
        record(tx, actor, "read", id, "anonymisation");
        return gathered;
    }));
}

Anonymised AnonymisationService::get(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "consultations.read");
    return database_.write([&](db::WriteTx& tx) {
        const auto consultation = consultations_.seen(tx, actor, id);
        Anonymised result;
        result.consultation_id = id;
        const auto row = find_anonymised(tx, actor, id);
        if (!row)
            return result;
        result.version = row->version;
        result.sheet_version = row->sheet_version;
        result.confirmed_at = row->confirmed_at;
        auto text = record::from_stored_json<consultations::ConfirmedText>(row->document);
        result.fields = std::move(text.fields);
        result.coded = {text.age_band, text.household, text.care_level, text.district_id};
        // Who sees nothing but the anonymised case is not told what was left out of it, nor by whom; and what is the
        // name of a caller or of the person is told to nobody but those who read it.
        const auto level = consultations_.disclosed(tx, actor, id);
        if (level != Disclosure::background) {
            result.confirmed_by_name = row->confirmed_by_name;
            result.out_of_date = row->originals != fingerprint(consultations::words_of(consultation.sheet));
        }
        if (level == Disclosure::full)
            result.decisions = record::from_stored_json<std::vector<MarkDecision>>(row->decisions);
        record(tx, actor, "read", id, "anonymised");
        return result;
    });
}

Anonymised AnonymisationService::confirm(const access::Actor& actor, const core::ConsultationId& id,
                                         std::int64_t version, const AnonymisedChange& change) const {
    access::require(actor, "consultations.write");
    if (change.decisions.size() > most_decisions)
        throw core::invalid({{"/decisions", "too_many", std::to_string(most_decisions)}});
    const auto gathered = database_.write([&](db::WriteTx& tx) {
        auto result = gather(tx, actor, id);
        if (const auto before = find_anonymised(tx, actor, id); version != (before ? before->version : 0))
            throw core::stale(before ? before->version : 0);
        return result;
    });
    const auto& consultation = gathered.consultation;
    const auto now = found(gathered);
    if (change.sheet_version != now.sheet_version)
        throw core::Error(core::ErrorKind::conflict, "sheet_changed");
    if (auto errors = check_decisions(now.fields, now.marks, change.decisions); !errors.empty())
        throw core::invalid(std::move(errors));
    const AnonymisedRecord next{.consultation_id = id,
                                .desk_id = consultation.desk_id,
                                .municipality_id = consultation.municipality_id,
                                .version = version + 1,
                                .sheet_version = consultation.version,
                                .confirmed_at = clock_.now(),
                                .confirmed_by = actor.user_id,
                                .originals = fingerprint(now.fields),
                                .document = record::to_json(anonymised(now.fields, now.coded, change.decisions)),
                                .decisions = record::to_json(change.decisions)};
    database_.write([&](db::WriteTx& tx) {
        if (consultations_.open_for_entry(tx, actor, id).version != next.sheet_version)
            throw core::Error(core::ErrorKind::conflict, "sheet_changed");
        if (!put_anonymised(tx, next))
            throw core::stale(version + 1);
        record(tx, actor, "anonymise", id, "version=" + std::to_string(next.version));
    });
    return get(actor, id);
}

}  // namespace tsunagi::anonymisation
