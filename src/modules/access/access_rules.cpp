// SPDX-License-Identifier: Apache-2.0
#include "modules/access/access_rules.hpp"

#include <algorithm>
#include <array>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "core/utf8.hpp"
#include "record/scalar.hpp"

namespace tsunagi::access {
namespace {

constexpr std::size_t shortest_password = 8;
constexpr std::int64_t failures_until_lock = 10;
constexpr std::chrono::seconds longest_delay = std::chrono::minutes(5);
constexpr std::chrono::seconds lock = std::chrono::minutes(15);

struct RoleRights {
    Role role;
    std::vector<std::string> permissions;
};

/// The one table. A permission that is not here does not exist.
const std::vector<RoleRights>& rights() {
    static const std::vector<std::string> desk_work{
        "consultations.read", "consultations.write", "figures.read",   "issues.read",     "issues.write",
        "meetings.read",      "meetings.write",      "measures.read",  "measures.write",  "indicators.read",
        "indicators.write",   "persons.read",        "export",         "resources.read",  "resources.write",
        "resources.import",   "terms.write",         "referrals.read", "referrals.write", "discharges.read",
        "discharges.write",   "vacancies.read",      "vacancies.write"};
    static const std::vector<std::string> city_work{
        "consultations.read", "figures.read",    "issues.read",    "issues.write",    "meetings.read",
        "meetings.write",     "measures.read",   "measures.write", "indicators.read", "indicators.write",
        "persons.read",       "export",          "resources.read", "resources.write", "terms.write",
        "referrals.read",     "discharges.read", "vacancies.read", "vacancies.write"};
    static const std::vector<std::string> disclosed{"consultations.read", "issues.read", "meetings.read",
                                                    "measures.read", "indicators.read"};
    static const std::vector<RoleRights> table{
        {Role::coordinator, desk_work},
        {Role::lead, desk_work},
        {Role::municipal, city_work},
        {Role::prefectural, {"figures.read"}},
        {Role::advisor, disclosed},
        {Role::committee, disclosed},
        {Role::administrator, {"users.manage", "places.manage", "packs.manage", "audit.read"}},
    };
    return table;
}

template <class Id>
void add_once(std::vector<Id>& ids, const std::optional<Id>& id) {
    if (id && std::ranges::find(ids, *id) == ids.end())
        ids.push_back(*id);
}

void add_place(Actor& actor, const PlaceRow& row) {
    switch (row.role) {
        case Role::coordinator:
        case Role::lead:
            add_once(actor.desks, row.desk_id);
            add_once(actor.desk_municipalities, row.own_municipality);
            add_once(actor.desks, row.below_id);
            add_once(actor.desk_municipalities, row.below_municipality);
            return;
        case Role::municipal:
            add_once(actor.municipalities, row.region_id);
            add_once(actor.municipality_desks, row.below_id);
            return;
        case Role::prefectural:
        case Role::advisor:
        case Role::committee:
        case Role::administrator:
            return;
    }
}

bool is_login_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
}

/// `desk-01` and `desk_2` are the word `desk` all the same.
std::string without_number(const std::string& login) {
    const std::size_t end = login.find_last_not_of("0123456789-_.");
    return end == std::string::npos ? "" : login.substr(0, end + 1);
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

int kinds_of_characters(const std::string& text) {
    std::array<bool, 4> seen{};
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') {
            seen[0] = true;
        } else if (c >= 'A' && c <= 'Z') {
            seen[1] = true;
        } else if (c >= '0' && c <= '9') {
            seen[2] = true;
        } else {
            seen[3] = true;
        }
    }
    return static_cast<int>(std::ranges::count(seen, true));
}

}  // namespace

const std::vector<std::string>& permissions_of(Role role) {
    return std::ranges::find(rights(), role, &RoleRights::role)->permissions;
}

const std::vector<std::string>& all_permissions() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> result;
        for (const RoleRights& row : rights()) {
            for (const std::string& permission : row.permissions) {
                if (std::ranges::find(result, permission) == result.end())
                    result.push_back(permission);
            }
        }
        return result;
    }();
    return all;
}

void apply_places(Actor& actor, const std::vector<PlaceRow>& rows) {
    bool anything_else = false;
    for (const PlaceRow& row : rows) {
        if (actor.assignments.empty() || actor.assignments.back().id != row.id) {
            actor.assignments.push_back(
                {row.id, row.user_id, row.role, row.desk_id, row.region_id, row.from_on, row.until_on});
            const auto& allowed = permissions_of(row.role);
            actor.permissions.insert(allowed.begin(), allowed.end());
        }
        add_place(actor, row);
        anything_else = anything_else || (row.role != Role::advisor && row.role != Role::committee);
    }
    actor.disclosed_only = !rows.empty() && !anything_else;
}

std::string normalised_login(std::string_view login) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status) != 0)
        return std::string(login);
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(login.data(), static_cast<int>(login.size())));
    icu::UnicodeString folded = fold->normalize(text, status);
    if (U_FAILURE(status) != 0)
        return std::string(login);
    std::string result;
    folded.trim().toUTF8String(result);
    return result;
}

void check_name(const std::string& name, const AccountWords& words, std::vector<core::FieldError>& errors) {
    const auto contained = [&](const std::string& word) { return name.find(word) != std::string::npos; };
    if (std::ranges::any_of(words.name_words, contained))
        errors.push_back({"/name", "shared_account", ""});
}

void check_account(const std::string& login, const std::string& name, const AccountWords& words,
                   std::vector<core::FieldError>& errors) {
    if (login.empty() || !std::ranges::all_of(login, is_login_letter)) {
        errors.push_back({"/login", "format", ""});
    } else if (const std::string word = without_number(login);
               word.empty() || std::ranges::find(words.login_words, word) != words.login_words.end()) {
        errors.push_back({"/login", "shared_account", ""});
    }
    check_name(name, words, errors);
}

void check_password(const std::string& password, const std::string& login, const AccountWords& words,
                    const std::string& pointer, std::vector<core::FieldError>& errors) {
    const std::string plain = lower(password);
    if (core::utf8_length(password).value_or(0) < shortest_password) {
        errors.push_back({pointer, "too_short", std::to_string(shortest_password)});
    } else if (kinds_of_characters(password) < 2) {
        errors.push_back({pointer, "too_simple", ""});
    } else if (login.size() >= 3 && plain.find(login) != std::string::npos && plain.size() < login.size() + 6) {
        errors.push_back({pointer, "same_as_login", ""});
    } else if (std::ranges::find(words.common_passwords, plain) != words.common_passwords.end()) {
        errors.push_back({pointer, "too_common", ""});
    }
}

std::chrono::seconds delay_after(std::int64_t failures) {
    if (failures >= failures_until_lock)
        return lock;
    if (failures <= 0)
        return std::chrono::seconds(0);
    return std::min(std::chrono::seconds(std::int64_t{1} << failures), longest_delay);
}

void check_assignment(const NewAssignment& assignment, const std::string& pointer,
                      std::vector<core::FieldError>& errors) {
    const bool at_desk = assignment.role == Role::coordinator || assignment.role == Role::lead;
    const bool at_region = !at_desk && assignment.role != Role::administrator;
    if (at_desk && !assignment.desk_id)
        errors.push_back({pointer + "/desk_id", "required", ""});
    if (!at_desk && assignment.desk_id)
        errors.push_back({pointer + "/desk_id", "not_allowed", ""});
    if (at_region && !assignment.region_id)
        errors.push_back({pointer + "/region_id", "required", ""});
    if (!at_region && assignment.region_id)
        errors.push_back({pointer + "/region_id", "not_allowed", ""});
    if (assignment.from_on && assignment.until_on && *assignment.until_on < *assignment.from_on) {
        errors.push_back({pointer + "/until_on", "date_order", ""});
    }
}

std::vector<Role> roles_of(std::string_view list) {
    std::vector<Role> result;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        Role role{};
        if (record::StringScalar<Role>::from(list.substr(0, end), role).reason.empty())
            result.push_back(role);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return result;
}

}  // namespace tsunagi::access
