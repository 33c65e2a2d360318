// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/packs_service.hpp"

#include <algorithm>

#include "modules/packs/pack_file.hpp"
#include "modules/packs/pack_rules.hpp"
#include "modules/packs/pack_store.hpp"

namespace tsunagi::packs {
namespace {

/// The packs of the choice in its order. Throws `invalid` naming each that does not exist or comes twice.
std::vector<Pack> chosen_of(const std::vector<Pack>& packs, const PackChoice& choice) {
    std::vector<Pack> result;
    std::vector<core::FieldError> errors;
    for (std::size_t i = 0; i < choice.packs.size(); ++i) {
        const std::string at = "/packs/" + std::to_string(i);
        const auto found = std::ranges::find(packs, choice.packs[i], &Pack::name);
        if (found == packs.end()) {
            errors.push_back({at, "not_found", ""});
        } else if (std::ranges::find(result, choice.packs[i], &Pack::name) != result.end()) {
            errors.push_back({at, "duplicate", ""});
        } else {
            result.push_back(*found);
        }
    }
    if (choice.packs.empty())
        errors.push_back({"/packs", "required", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    return result;
}

std::string joined(const PackChoice& choice) {
    std::string result;
    for (const auto& name : choice.packs)
        result += (result.empty() ? "" : " ") + name.str();
    return result;
}

/// Brings the stored schemes to what the packs say. A scheme that is already from the same pack and was edited by hand
/// stays as the person left it.
void apply_schemes(db::WriteTx& tx, const std::vector<Scheme>& next, const core::Date& today) {
    const auto present = load_schemes(tx);
    const auto edited = edited_schemes(tx);
    for (const Scheme& scheme : next) {
        const auto old = std::ranges::find(present, scheme.name, &Scheme::name);
        if (old == present.end()) {
            save_scheme(tx, scheme, false);
            continue;
        }
        const bool by_hand = std::ranges::find(edited, scheme.name.str()) != edited.end();
        if (by_hand && old->pack == scheme.pack)
            continue;
        save_scheme(tx, replaced(*old, scheme, today), false);
    }
    for (const Scheme& old : present) {
        if (std::ranges::find(next, old.name, &Scheme::name) == next.end()) {
            save_scheme(tx, withdrawn(old, today), false);
        }
    }
}

/// The fields of the pack's sheet that the one in force lacks, as `sheet/<field>`.
std::string new_fields(const Sheet& in_force, const Sheet& sheet) {
    std::string names;
    for (const auto& field : sheet.fields) {
        if (std::ranges::find(in_force.fields, field.field, &SheetField::field) == in_force.fields.end())
            names += (names.empty() ? "sheet/" : " sheet/") + field.field.str();
    }
    return names;
}

}  // namespace

PacksService::PacksService(db::Database& database, const audit::AuditService& audit, std::filesystem::path folder,
                           core::Clock clock)
    : database_(database), audit_(audit), folder_(std::move(folder)), clock_(std::move(clock)) {}

std::shared_ptr<const CodeBook> PacksService::codes() const {
    const std::lock_guard lock(mutex_);
    if (!book_) {
        book_ = database_.read([](db::ReadTx& tx) {
            auto schemes = load_schemes(tx);
            return std::make_shared<const CodeBook>(std::move(schemes), sheet_in_force(tx).value_or(Sheet{}));
        });
    }
    return book_;
}

// Called after the commit: whoever asks next reads what is stored then.
void PacksService::forget_codes() {
    const std::lock_guard lock(mutex_);
    book_.reset();
}

const std::vector<Pack>& PacksService::packs() const {
    const std::lock_guard lock(mutex_);
    if (packs_.empty())
        packs_ = read_packs(folder_);
    return packs_;
}

PackView PacksService::view() const {
    const auto chosen = database_.read(chosen_packs);
    const auto book = codes();
    PackView result{.items = {}, .sheet = book->sheet(), .schemes = book->schemes()};
    for (const Pack& pack : packs()) {
        const auto place = std::ranges::find(chosen, pack.name.str());
        PackSummary summary{.name = pack.name,
                            .label = pack.label,
                            .source = pack.source,
                            .schemes = {},
                            .has_sheet = pack.sheet.has_value(),
                            .chosen = place != chosen.end(),
                            .position = place != chosen.end() ? place - chosen.begin() : 0};
        for (const Scheme& scheme : pack.schemes)
            summary.schemes.push_back(scheme.name.str());
        result.items.push_back(std::move(summary));
    }
    return result;
}

TemplateList PacksService::templates() const {
    TemplateList result;
    for (const Pack& pack : packs()) {
        if (pack.plan || pack.indicators)
            result.items.push_back({pack.name, pack.label, pack.source, pack.plan, pack.indicators});
    }
    return result;
}

void PacksService::choose(const access::Actor* actor, const PackChoice& choice) {
    if (actor != nullptr)
        access::require(*actor, "packs.manage");
    const auto chosen = chosen_of(packs(), choice);
    const auto schemes = schemes_of(chosen);
    if (const auto lost = orphans(schemes); !lost.empty()) {
        throw core::invalid({{"/packs", "parent_missing", lost.front()}});
    }
    database_.write([&](db::WriteTx& tx) {
        apply_schemes(tx, schemes, clock_.today());
        save_choice(tx, choice.packs, clock_.now());
        for (const Pack& pack : chosen) {
            if (pack.sheet)
                save_sheet(tx, *pack.sheet);
        }
        audit_.record(tx, {.actor_id = actor != nullptr ? std::optional(actor->user_id) : std::nullopt,
                           .actor_name = actor != nullptr ? actor->name : "",
                           .action = "choose",
                           .subject_kind = "packs",
                           .subject_id = "",
                           .detail = joined(choice)});
    });
    forget_codes();
}

void PacksService::take_up_new() {
    const bool changed = database_.write([&](db::WriteTx& tx) {
        std::vector<Pack> chosen;
        for (const std::string& name : chosen_packs(tx)) {
            const auto pack = std::ranges::find(packs(), record::CodeName(name), &Pack::name);
            if (pack != packs().end())
                chosen.push_back(*pack);
        }
        const auto present = load_schemes(tx);
        std::string taken;
        for (const Scheme& scheme : schemes_of(chosen)) {
            if (std::ranges::find(present, scheme.name, &Scheme::name) != present.end())
                continue;
            save_scheme(tx, scheme, false);
            taken += (taken.empty() ? "" : " ") + scheme.name.str();
        }
        const auto in_force = sheet_in_force(tx);
        for (const Pack& pack : chosen) {
            if (!in_force || !pack.sheet || pack.name.str() != in_force->pack ||
                pack.sheet->version != in_force->version)
                continue;
            const std::string fields = new_fields(*in_force, *pack.sheet);
            if (fields.empty())
                continue;
            save_sheet(tx, *pack.sheet);
            taken += (taken.empty() ? "" : " ") + fields;
        }
        if (taken.empty())
            return false;
        audit_.record(tx, {.actor_id = std::nullopt,
                           .actor_name = "",
                           .action = "take_up",
                           .subject_kind = "packs",
                           .subject_id = "",
                           .detail = taken});
        return true;
    });
    if (changed)
        forget_codes();
}

Scheme PacksService::scheme(const std::string& name) const {
    const Scheme* found = codes()->scheme(name);
    if (found == nullptr)
        throw core::not_found();
    return *found;
}

Scheme PacksService::change(const access::Actor& actor, const std::string& name, std::int64_t version,
                            const SchemeChange& change) {
    access::require(actor, "packs.manage");
    const core::Date today = clock_.today();
    const Scheme after = database_.write([&](db::WriteTx& tx) {
        const auto schemes = load_schemes(tx);
        const auto present = std::ranges::find(schemes, record::CodeName(name), &Scheme::name);
        if (present == schemes.end())
            throw core::not_found();
        if (present->version != version)
            throw core::stale(present->version);
        const auto parents =
            present->parent_scheme ? std::ranges::find(schemes, *present->parent_scheme, &Scheme::name) : schemes.end();
        auto errors = check(*present, change, parents == schemes.end() ? nullptr : &*parents, today);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        Scheme next = changed(*present, change, today);
        if (!claim_version(tx, name, version))  // somebody else saved it since it was read
            throw core::stale(version + 1);
        save_scheme(tx, next, true);
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "change",
                           .subject_kind = "scheme",
                           .subject_id = name,
                           .detail = difference(*present, next)});
        return next;
    });
    forget_codes();
    return after;
}

}  // namespace tsunagi::packs
