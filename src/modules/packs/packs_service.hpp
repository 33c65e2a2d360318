// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/pack.hpp"

namespace tsunagi::packs {

/// All codes at one moment, for checking bodies and writing table heads. Immutable; a change makes a new one.
class CodeBook {
public:
    CodeBook(std::vector<Scheme> schemes, Sheet sheet);
    ~CodeBook() = default;
    CodeBook(const CodeBook&) = delete;  // the index points into the schemes
    CodeBook& operator=(const CodeBook&) = delete;

    [[nodiscard]] const Scheme* scheme(std::string_view name) const;
    [[nodiscard]] const CodeEntry* code(std::string_view scheme, std::string_view code) const;
    /// Codes that could be chosen at some time between the two days, by position.
    [[nodiscard]] std::vector<const CodeEntry*> valid_between(std::string_view scheme, const core::Date& from,
                                                              const core::Date& to) const;

    [[nodiscard]] const Sheet& sheet() const { return sheet_; }

    [[nodiscard]] const std::vector<Scheme>& schemes() const { return schemes_; }

    /// Adds `unknown_code` or `retired_code` to `errors` unless the code may be chosen on that day. A code that the
    /// record already had (`kept`) stays allowed after its retirement.
    template <record::FixedString S>
    void check(const record::Code<S>& value, const core::Date& on, const std::string& pointer,
               std::vector<core::FieldError>& errors, bool kept = false) const {
        check_named(S.view(), value.value, on, pointer, errors, kept);
    }

    template <record::FixedString S>
    void check(const std::optional<record::Code<S>>& value, const core::Date& on, const std::string& pointer,
               std::vector<core::FieldError>& errors, bool kept = false) const {
        if (value)
            check_named(S.view(), value->value, on, pointer, errors, kept);
    }

    /// Every item of the list, those of `kept` as above; an item that comes twice is a `duplicate`.
    template <record::FixedString S>
    void check(const std::vector<record::Code<S>>& values, const core::Date& on, const std::string& pointer,
               std::vector<core::FieldError>& errors, const std::vector<record::Code<S>>& kept = {}) const {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::string place = pointer + "/" + std::to_string(i);
            const bool had = std::ranges::find(kept, values[i]) != kept.end();
            check_named(S.view(), values[i].value, on, place, errors, had);
            const auto here = values.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::find(values.begin(), here, values[i]) != here)
                errors.push_back({place, "duplicate", ""});
        }
    }

private:
    void check_named(std::string_view scheme, const std::string& code, const core::Date& on, const std::string& pointer,
                     std::vector<core::FieldError>& errors, bool kept) const;

    std::vector<Scheme> schemes_;
    Sheet sheet_;
    std::map<std::string, std::map<std::string, const CodeEntry*, std::less<>>, std::less<>> index_;
};

/// What GET /api/packs answers.
struct PackView {
    std::vector<PackSummary> items;
    Sheet sheet;
    std::vector<Scheme> schemes;
};
BOOST_DESCRIBE_STRUCT(PackView, (), (items, sheet, schemes))

/// Chooses packs (files of `packs/`), keeps their codes in the database and lets them be edited there.
class PacksService {
public:
    /// `folder` holds one folder per pack, each with a pack.yaml.
    PacksService(db::Database& database, const audit::AuditService& audit, std::filesystem::path folder,
                 core::Clock clock);

    /// The codes now. Cheap: shared and replaced only when somebody edits.
    [[nodiscard]] std::shared_ptr<const CodeBook> codes() const;

    [[nodiscard]] PackView view() const;
    /// Plans and trees of every pack that has some, whether it is chosen or not: they are read, not applied.
    [[nodiscard]] TemplateList templates() const;
    /// Applies the packs in order; later ones replace schemes of the same name. Codes that fall out are retired today.
    /// Without an actor: at `init` and `demo`.
    void choose(const access::Actor* actor, const PackChoice& choice);
    /// When the server starts: schemes that a newer program has added to the packs in use, and fields of their sheet.
    /// What is there already stays as it is.
    void take_up_new();
    [[nodiscard]] Scheme scheme(const std::string& name) const;
    Scheme change(const access::Actor& actor, const std::string& name, std::int64_t version,
                  const SchemeChange& change);

private:
    [[nodiscard]] const std::vector<Pack>& packs() const;
    void forget_codes();

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    std::filesystem::path folder_;
    core::Clock clock_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const CodeBook> book_;
    mutable std::vector<Pack> packs_;  ///< the files, read once
};

}  // namespace tsunagi::packs
