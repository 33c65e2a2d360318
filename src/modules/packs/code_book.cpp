// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "modules/packs/packs_service.hpp"

namespace tsunagi::packs {

CodeBook::CodeBook(std::vector<Scheme> schemes, Sheet sheet) : schemes_(std::move(schemes)), sheet_(std::move(sheet)) {
    for (const Scheme& scheme : schemes_) {
        auto& codes = index_[scheme.name.str()];
        for (const CodeEntry& entry : scheme.codes)
            codes.emplace(entry.code.str(), &entry);
    }
}

const Scheme* CodeBook::scheme(std::string_view name) const {
    const auto found = std::ranges::find_if(schemes_, [&](const Scheme& scheme) { return scheme.name.str() == name; });
    return found == schemes_.end() ? nullptr : &*found;
}

const CodeEntry* CodeBook::code(std::string_view scheme, std::string_view code) const {
    const auto codes = index_.find(scheme);
    if (codes == index_.end())
        return nullptr;
    const auto found = codes->second.find(code);
    return found == codes->second.end() ? nullptr : found->second;
}

std::vector<const CodeEntry*> CodeBook::valid_between(std::string_view scheme, const core::Date& from,
                                                      const core::Date& to) const {
    std::vector<const CodeEntry*> result;
    const Scheme* known = this->scheme(scheme);
    if (known == nullptr)
        return result;
    for (const CodeEntry& entry : known->codes) {
        const bool begun = !entry.valid_from || *entry.valid_from <= to;
        const bool lasts = !entry.retired_on || *entry.retired_on > from;
        const bool ever = !entry.valid_from || !entry.retired_on || *entry.retired_on > *entry.valid_from;
        if (begun && lasts && ever)
            result.push_back(&entry);
    }
    return result;
}

void CodeBook::check_named(std::string_view scheme, const std::string& code, const core::Date& on,
                           const std::string& pointer, std::vector<core::FieldError>& errors, bool kept) const {
    const CodeEntry* entry = this->code(scheme, code);
    if (entry == nullptr) {
        errors.push_back({pointer, "unknown_code", ""});
    } else if (!kept && entry->retired_on && *entry->retired_on <= on) {
        errors.push_back({pointer, "retired_code", entry->retired_on->str()});
    } else if (!kept && entry->valid_from && on < *entry->valid_from) {
        errors.push_back({pointer, "unknown_code", ""});
    }
}

}  // namespace tsunagi::packs
