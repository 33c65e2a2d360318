// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/pack_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <yaml-cpp/yaml.h>

#include "record/scalar.hpp"

namespace tsunagi::packs {
namespace {

constexpr std::size_t largest_file = 1'000'000;
constexpr std::size_t most_codes = 2'000;

int line_of(const YAML::Node& node) {
    return std::max(node.Mark().line, 0) + 1;
}

/// The members of one map, each asked for by name; what nobody asked for is refused at the end.
class Map {
public:
    Map(const YAML::Node& node, const std::string& what) : node_(node), what_(what) {
        if (!node.IsMap())
            throw PackError(line_of(node), what + " must be a map");
        for (const auto& entry : node) {
            const std::string key = key_of(entry.first);
            if (!keys_.insert(key).second)
                throw PackError(line_of(entry.first), "`" + key + "` stands twice");
        }
    }

    [[nodiscard]] bool has(const std::string& key) const { return keys_.contains(key); }

    [[nodiscard]] YAML::Node required(const std::string& key) {
        if (!has(key))
            throw PackError(line_of(node_), what_ + " needs `" + key + "`");
        return optional(key);
    }

    [[nodiscard]] YAML::Node optional(const std::string& key) {
        asked_.insert(key);
        for (const auto& entry : node_) {
            if (entry.first.Scalar() == key)
                return entry.second;
        }
        return YAML::Node(YAML::NodeType::Undefined);
    }

    void refuse_others() const {
        for (const auto& entry : node_) {
            if (asked_.contains(entry.first.Scalar()))
                continue;
            throw PackError(line_of(entry.first), what_ + " has no `" + entry.first.Scalar() + "`");
        }
    }

private:
    static std::string key_of(const YAML::Node& key) {
        if (!key.IsScalar())
            throw PackError(line_of(key), "a name must be a plain word");
        return key.Scalar();
    }

    YAML::Node node_;
    std::string what_;
    std::set<std::string, std::less<>> keys_;
    std::set<std::string, std::less<>> asked_;
};

template <class T>
T text(const YAML::Node& node, const std::string& what) {
    if (!node.IsScalar())
        throw PackError(line_of(node), what + " must be text");
    T value{};
    const record::ScalarError error = record::StringScalar<T>::from(node.Scalar(), value);
    if (error.reason.empty())
        return value;
    const std::string limit = error.limit.empty() ? "" : " (" + error.limit + ")";
    throw PackError(line_of(node), what + " is not usable: " + error.reason + limit);
}

bool flag(const YAML::Node& node, const std::string& what) {
    if (node.IsScalar() && node.Scalar() == "true")
        return true;
    if (node.IsScalar() && node.Scalar() == "false")
        return false;
    throw PackError(line_of(node), what + " must be true or false");
}

std::int64_t positive_number(const YAML::Node& node, const std::string& what) {
    const std::string digits = node.IsScalar() ? node.Scalar() : "";
    if (digits.empty() || digits.size() > 6 ||
        !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
        throw PackError(line_of(node), what + " must be a whole number");
    }
    return std::stoll(digits);
}

Label read_label(const YAML::Node& node, const std::string& what) {
    Map map(node, what);
    Label label{.ja = text<decltype(Label::ja)>(map.required("ja"), what + " ja"),
                .en = text<decltype(Label::en)>(map.required("en"), what + " en")};
    map.refuse_others();
    return label;
}

CodeEntry read_code(const YAML::Node& node, bool has_parents, std::int64_t position) {
    Map map(node, "a code");
    CodeEntry entry;
    entry.code = text<record::CodeName>(map.required("code"), "code");
    const std::string what = "code `" + entry.code.str() + "`";
    entry.label.ja = text<decltype(Label::ja)>(map.required("ja"), what + " ja");
    entry.label.en = text<decltype(Label::en)>(map.required("en"), what + " en");
    entry.position = position;
    if (map.has("short"))
        entry.short_label = text<record::Text<40>>(map.optional("short"), what + " short");
    if (has_parents) {
        entry.parent = text<record::CodeName>(map.required("parent"), what + " parent");
    } else if (map.has("parent")) {
        throw PackError(line_of(node), what + " has a parent, but its scheme names no `parent_scheme`");
    }
    map.refuse_others();
    return entry;
}

Scheme read_scheme(const std::string& name, const YAML::Node& node) {
    const std::string what = "scheme `" + name + "`";
    Map map(node, what);
    Scheme scheme;
    scheme.name = record::CodeName(name);
    scheme.label = read_label(map.required("label"), what + " label");
    if (map.has("parent_scheme")) {
        scheme.parent_scheme = text<record::CodeName>(map.optional("parent_scheme"), what + " parent_scheme");
    }
    const YAML::Node codes = map.required("codes");
    if (!codes.IsSequence() || codes.size() == 0)
        throw PackError(line_of(codes), what + " needs a list of codes");
    if (codes.size() > most_codes)
        throw PackError(line_of(codes), what + " has too many codes");
    std::set<std::string> seen;
    for (const auto& code : codes) {
        scheme.codes.push_back(
            read_code(code, scheme.parent_scheme.has_value(), static_cast<std::int64_t>(scheme.codes.size())));
        const std::string& made = scheme.codes.back().code.str();
        if (!seen.insert(made).second)
            throw PackError(line_of(code), what + " has `" + made + "` twice");
    }
    map.refuse_others();
    return scheme;
}

/// A parent that is in the same file is checked here; one in another pack when the packs are chosen.
void check_parents(const std::vector<Scheme>& schemes, int line) {
    for (const Scheme& scheme : schemes) {
        if (!scheme.parent_scheme)
            continue;
        const auto parents = std::ranges::find(schemes, *scheme.parent_scheme, &Scheme::name);
        if (parents == schemes.end())
            continue;
        for (const CodeEntry& code : scheme.codes) {
            if (std::ranges::find(parents->codes, *code.parent, &CodeEntry::code) != parents->codes.end())
                continue;
            throw PackError(line, "code `" + code.code.str() + "` of `" + scheme.name.str() + "` has the parent `" +
                                      code.parent->str() + "`, which `" + parents->name.str() + "` does not have");
        }
    }
}

std::vector<Scheme> read_schemes(const YAML::Node& node) {
    const Map map(node, "schemes");
    std::vector<Scheme> schemes;
    for (const auto& entry : node) {
        const auto name = text<record::CodeName>(entry.first, "the name of a scheme");
        schemes.push_back(read_scheme(name.str(), entry.second));
    }
    check_parents(schemes, line_of(node));
    return schemes;
}

Sheet read_sheet(const YAML::Node& node) {
    Map map(node, "sheet");
    Sheet sheet;
    sheet.title = read_label(map.required("title"), "sheet title");
    sheet.form_number = read_label(map.required("form_number"), "sheet form_number");
    sheet.version = positive_number(map.required("version"), "sheet version");
    const YAML::Node fields = map.required("fields");
    if (!fields.IsSequence())
        throw PackError(line_of(fields), "sheet fields must be a list");
    std::set<std::string> seen;
    for (const auto& item : fields) {
        Map field(item, "a field");
        SheetField made{.field = text<record::CodeName>(field.required("field"), "field"), .required = false};
        if (field.has("required"))
            made.required = flag(field.optional("required"), "required");
        field.refuse_others();
        if (!seen.insert(made.field.str()).second) {
            throw PackError(line_of(item), "the sheet has `" + made.field.str() + "` twice");
        }
        sheet.fields.push_back(std::move(made));
    }
    map.refuse_others();
    return sheet;
}

Pack read_pack(const YAML::Node& root) {
    Map map(root, "a pack");
    Pack pack;
    pack.name = text<record::CodeName>(map.required("name"), "name");
    pack.label = read_label(map.required("label"), "label");
    pack.source = read_label(map.required("source"), "source");
    if (map.has("schemes"))
        pack.schemes = read_schemes(map.optional("schemes"));
    if (map.has("sheet"))
        pack.sheet = read_sheet(map.optional("sheet"));
    for (const char* template_section : {"month_table", "matrix", "plan", "indicators"}) {
        if (map.has(template_section))
            const Map checked(map.optional(template_section), template_section);
    }
    map.refuse_others();
    for (Scheme& scheme : pack.schemes)
        scheme.pack = pack.name.str();
    if (pack.sheet)
        pack.sheet->pack = pack.name.str();
    return pack;
}

}  // namespace

Pack parse_pack(const std::string& text) {
    if (text.size() > largest_file)
        throw PackError(1, "the file is larger than 1 MB");
    try {
        return read_pack(YAML::Load(text));
    } catch (const YAML::Exception& error) {
        throw PackError(std::max(error.mark.line, 0) + 1, error.msg);
    }
}

std::vector<Pack> read_packs(const std::filesystem::path& folder) {
    std::vector<Pack> packs;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(folder, absent)) {
        const auto file = entry.path() / "pack.yaml";
        if (!std::filesystem::is_regular_file(file))
            continue;
        std::ifstream in(file, std::ios::binary);
        try {
            packs.push_back(parse_pack(std::string{std::istreambuf_iterator<char>(in), {}}));
        } catch (const PackError& error) {
            throw std::runtime_error(file.string() + ": " + error.what());
        }
        if (packs.back().name.str() != entry.path().filename().string()) {
            throw std::runtime_error(file.string() + ": line 1: the pack must have the name of its folder");
        }
    }
    if (absent)
        throw std::runtime_error("the folder of the packs cannot be read: " + folder.string());
    std::ranges::sort(packs, {}, &Pack::name);
    return packs;
}

}  // namespace tsunagi::packs
