// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/date.hpp"
#include "core/id.hpp"
#include "modules/uploads/upload.hpp"
#include "record/describe.hpp"
#include "record/told_difference.hpp"
#include "record/types.hpp"

namespace tsunagi::localities {

/// The lists that are the same for the whole country: 全国地方公共団体コード, its 改正 (mergers, splits, renamings),
/// and 郵便番号 of Japan Post.
enum class LocalityKind { codes, changes, postal };
BOOST_DESCRIBE_ENUM(LocalityKind, codes, changes, postal)

using LocalityLoadingId = core::Id<struct LocalityLoadingTag>;

/// What is known of one list: its last loading.
struct LocalityList {
    LocalityLoadingId id;
    LocalityKind kind{};
    std::string file_name;
    std::int64_t count = 0;  ///< municipalities, changes, pairs of postal code and town
    core::Instant loaded_at;
    std::string loaded_by_name;
};
BOOST_DESCRIBE_STRUCT(LocalityList, (), (id, kind, file_name, count, loaded_at, loaded_by_name))

struct LocalityLists {
    std::vector<LocalityList> items;
};
BOOST_DESCRIBE_STRUCT(LocalityLists, (), (items))

struct NewLocalityImport {
    uploads::UploadId upload_id;
    bool apply = false;  ///< otherwise only the difference is told
};
BOOST_DESCRIBE_STRUCT(NewLocalityImport, (), (upload_id, apply))

/// A file beside what is known. Of a list of codes or postal codes, whatever the file has no more is taken out; changes
/// are history, so those of earlier files stay. Rows are named as 152226 上越市 or 943-0807 春日山町.
struct LocalityDifference : record::ToldDifference {
    LocalityKind kind{};
    std::string file_name;
    bool applied = false;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(LocalityDifference, (record::ToldDifference), (kind, file_name, applied, count))

/// What a postal code stands for; the town is empty where it stands for a whole municipality.
struct PostalTown {
    std::string postal_code;  ///< 123-4567
    std::string municipality_code;
    std::string prefecture;
    std::string municipality;
    std::string town;
};
BOOST_DESCRIBE_STRUCT(PostalTown, (), (postal_code, municipality_code, prefecture, municipality, town))

struct PostalQuery {
    record::Text<20> code;  ///< seven digits, with or without the hyphen
};
BOOST_DESCRIBE_STRUCT(PostalQuery, (), (code))

struct PostalTowns {
    std::vector<PostalTown> items;
};
BOOST_DESCRIBE_STRUCT(PostalTowns, (), (items))

/// 郵便番号 and one town that it stands for; the town is empty where it stands for a whole municipality.
struct Town {
    std::string postal_code;  ///< 7 digits
    std::string municipality_code;
    std::string prefecture;
    std::string municipality;
    std::string town;
    bool operator==(const Town&) const = default;
};
BOOST_DESCRIBE_STRUCT(Town, (), (postal_code, municipality_code, prefecture, municipality, town))

/// 123-4567 of seven digits.
[[nodiscard]] std::string with_hyphen(const std::string& seven);

/// The postal code of an address, told by its town. Pure.
class TownBook {
public:
    explicit TownBook(const std::vector<Town>& towns);

    /// 123-4567; empty where the town has several, or none is known. `address` may begin with prefecture and
    /// municipality.
    [[nodiscard]] std::string postal_code(const std::string& municipality_code, std::string_view address) const;

private:
    std::unordered_map<std::string, std::vector<Town>> towns_;  ///< of a municipality, long names first
};

/// Which code a municipality has today that had another one. Pure.
class Successors {
public:
    Successors() = default;

    /// `standing`: codes that are in use, which have no successor whatever they once meant; empty where that is not
    /// known.
    Successors(std::multimap<std::string, std::string> next, std::set<std::string> standing)
        : next_(std::move(next)), standing_(std::move(standing)) {}

    /// Every code of six digits that follows, over any number of changes; none for a code that is in use or unknown,
    /// and several for one whose area was divided.
    [[nodiscard]] std::vector<std::string> of(const std::string& code) const;

    [[nodiscard]] bool empty() const { return next_.empty(); }

private:
    std::multimap<std::string, std::string> next_;
    std::set<std::string> standing_;
};

}  // namespace tsunagi::localities
