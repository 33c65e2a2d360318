// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/pack_rules.hpp"

#include <algorithm>

namespace tsunagi::packs {
namespace {

const CodeEntry* find(const std::vector<CodeEntry>& codes, const record::CodeName& code) {
    const auto found = std::ranges::find(codes, code, &CodeEntry::code);
    return found == codes.end() ? nullptr : &*found;
}

bool retired(const CodeEntry& entry, const core::Date& on) {
    return entry.retired_on && *entry.retired_on <= on;
}

/// A code that is still in use ends today; one that ended before keeps its day.
void retire(CodeEntry& entry, const core::Date& today) {
    if (!retired(entry, today))
        entry.retired_on = today;
}

/// Codes that the new list does not have stand behind it, retired.
void keep_the_rest(const std::vector<CodeEntry>& before, std::vector<CodeEntry>& codes, const core::Date& today) {
    for (const CodeEntry& old : before) {
        if (find(codes, old.code) != nullptr)
            continue;
        codes.push_back(old);
        retire(codes.back(), today);
    }
    for (std::size_t i = 0; i < codes.size(); ++i)
        codes[i].position = static_cast<std::int64_t>(i);
}

}  // namespace

std::vector<Scheme> schemes_of(const std::vector<Pack>& packs) {
    std::vector<Scheme> result;
    for (const Pack& pack : packs) {
        for (const Scheme& scheme : pack.schemes) {
            const auto same = std::ranges::find(result, scheme.name, &Scheme::name);
            if (same == result.end()) {
                result.push_back(scheme);
            } else {
                *same = scheme;
            }
        }
    }
    return result;
}

std::vector<std::string> orphans(const std::vector<Scheme>& schemes) {
    std::vector<std::string> result;
    for (const Scheme& scheme : schemes) {
        if (!scheme.parent_scheme)
            continue;
        const auto parents = std::ranges::find(schemes, *scheme.parent_scheme, &Scheme::name);
        for (const CodeEntry& code : scheme.codes) {
            if (!code.parent)
                continue;
            if (parents != schemes.end() && find(parents->codes, *code.parent) != nullptr)
                continue;
            result.push_back(scheme.name.str() + "/" + code.code.str());
        }
    }
    return result;
}

Scheme replaced(const Scheme& present, const Scheme& next, const core::Date& today) {
    Scheme result = next;
    result.version = present.version + 1;
    for (CodeEntry& entry : result.codes) {
        const CodeEntry* old = find(present.codes, entry.code);
        entry.valid_from = old != nullptr ? old->valid_from : today;
        entry.retired_on.reset();
    }
    keep_the_rest(present.codes, result.codes, today);
    return result;
}

Scheme withdrawn(const Scheme& present, const core::Date& today) {
    Scheme result = present;
    result.version = present.version + 1;
    for (CodeEntry& entry : result.codes)
        retire(entry, today);
    return result;
}

std::vector<core::FieldError> check(const Scheme& present, const SchemeChange& change, const Scheme* parents,
                                    const core::Date& today) {
    std::vector<core::FieldError> errors;
    for (std::size_t i = 0; i < change.codes.size(); ++i) {
        const CodeEntry& entry = change.codes[i];
        const CodeEntry* old = find(present.codes, entry.code);
        const std::string at = "/codes/" + std::to_string(i);
        if (find(change.codes, entry.code) != &entry)
            errors.push_back({at + "/code", "duplicate", ""});
        if (entry.parent && parents == nullptr)
            errors.push_back({at + "/parent", "not_allowed", ""});
        if (entry.parent && parents != nullptr && find(parents->codes, *entry.parent) == nullptr) {
            errors.push_back({at + "/parent", "unknown_code", ""});
        }
        if (!entry.parent && parents != nullptr && present.name.str() != questions)
            errors.push_back({at + "/parent", "required", ""});
        if (entry.field && present.name.str() != questions)
            errors.push_back({at + "/field", "not_allowed", ""});
        // What was valid in a year that is over stays as it was.
        if (old != nullptr && entry.valid_from && entry.valid_from != old->valid_from) {
            errors.push_back({at + "/valid_from", "not_allowed", ""});
        }
        const bool same_end = old != nullptr && entry.retired_on == old->retired_on;
        if (entry.retired_on && !same_end && *entry.retired_on < today) {
            errors.push_back({at + "/retired_on", "range", today.str()});
        }
        if (entry.valid_from && entry.retired_on && *entry.retired_on < *entry.valid_from) {
            errors.push_back({at + "/retired_on", "date_order", ""});
        }
    }
    return errors;
}

Scheme changed(const Scheme& present, const SchemeChange& change, const core::Date& today) {
    Scheme result = present;
    result.label = change.label;
    result.version = present.version + 1;
    result.codes = change.codes;
    for (CodeEntry& entry : result.codes) {
        const CodeEntry* old = find(present.codes, entry.code);
        if (old != nullptr) {
            entry.valid_from = old->valid_from;
        } else if (!entry.valid_from) {
            entry.valid_from = today;
        }
    }
    keep_the_rest(present.codes, result.codes, today);
    return result;
}

std::string difference(const Scheme& before, const Scheme& after) {
    std::string result = "v" + std::to_string(after.version);
    for (const CodeEntry& entry : after.codes) {
        const CodeEntry* old = find(before.codes, entry.code);
        const bool used = old != nullptr && !old->retired_on;
        if (!used && !entry.retired_on)
            result += " +" + entry.code.str();
        if (used && entry.retired_on)
            result += " -" + entry.code.str();
        if (used && !entry.retired_on && old->label.ja != entry.label.ja)
            result += " =" + entry.code.str();
    }
    return result;
}

}  // namespace tsunagi::packs
