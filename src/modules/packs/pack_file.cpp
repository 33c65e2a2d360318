// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/pack_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <yaml-cpp/yaml.h>

#include "modules/packs/pack_rules.hpp"
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

CodeEntry read_code(const YAML::Node& node, const Scheme& scheme) {
    const bool asks = scheme.name.str() == questions;
    Map map(node, "a code");
    CodeEntry entry;
    entry.code = text<record::CodeName>(map.required("code"), "code");
    const std::string what = "code `" + entry.code.str() + "`";
    entry.label.ja = text<decltype(Label::ja)>(map.required("ja"), what + " ja");
    entry.label.en = text<decltype(Label::en)>(map.required("en"), what + " en");
    entry.position = static_cast<std::int64_t>(scheme.codes.size());
    if (map.has("short"))
        entry.short_label = text<record::Text<40>>(map.optional("short"), what + " short");
    if (asks && map.has("field"))
        entry.field = text<record::CodeName>(map.optional("field"), what + " field");
    if (scheme.parent_scheme && (!asks || map.has("parent"))) {
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
        scheme.codes.push_back(read_code(code, scheme));
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
            if (!code.parent ||
                std::ranges::find(parents->codes, *code.parent, &CodeEntry::code) != parents->codes.end())
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

/// The items of a list, each read by `read`, none of them twice by what `name_of` says.
template <class Read, class Name>
auto read_list(const YAML::Node& node, const std::string& what, Read read, Name name_of) {
    if (!node.IsSequence() || node.size() == 0 || node.size() > most_codes)
        throw PackError(line_of(node), what + " must be a list");
    std::vector<decltype(read(node))> result;
    std::set<std::string> seen;
    for (const auto& item : node) {
        result.push_back(read(item));
        const std::string name = name_of(result.back());
        if (!seen.insert(name).second)
            throw PackError(line_of(item), what + " has `" + name + "` twice");
    }
    return result;
}

template <class T>
std::string code_of(const T& item) {
    return item.code.str();
}

/// Refuses a code that `known` does not have.
template <class T>
void must_be_one_of(const std::vector<T>& known, const record::CodeName& code, const YAML::Node& node) {
    if (std::ranges::find(known, code, &T::code) == known.end())
        throw PackError(line_of(node), "`" + code.str() + "` is not in the list above");
}

template <class T>
T text_if(Map& map, const std::string& key) {
    return map.has(key) ? text<T>(map.optional(key), key) : T{};
}

Label label_beside(Map& map) {
    return {.ja = text<decltype(Label::ja)>(map.required("ja"), "ja"),
            .en = text<decltype(Label::en)>(map.required("en"), "en")};
}

PlanLine read_line(const YAML::Node& node, const PlanTemplate& plan) {
    Map map(node, "a line");
    PlanLine line;
    line.no = positive_number(map.required("no"), "no");
    line.stage = text<record::CodeName>(map.required("stage"), "stage");
    line.heading = text<record::CodeName>(map.required("heading"), "heading");
    must_be_one_of(plan.stages, line.stage, node);
    must_be_one_of(plan.headings, line.heading, node);
    line.item = text<decltype(PlanLine::item)>(map.required("item"), "item");
    line.frequency = text<decltype(PlanLine::frequency)>(map.required("frequency"), "frequency");
    line.center = flag(map.required("center"), "center");
    line.station = flag(map.required("station"), "station");
    line.city = flag(map.required("city"), "city");
    line.note = text_if<decltype(PlanLine::note)>(map, "note");
    line.doubt = text_if<decltype(PlanLine::doubt)>(map, "doubt");
    map.refuse_others();
    return line;
}

PlanDoubt read_doubt(const YAML::Node& node) {
    Map map(node, "a doubt");
    PlanDoubt doubt;
    for (const auto& line : map.required("lines"))
        doubt.lines.push_back(positive_number(line, "lines"));
    doubt.doubt = text<decltype(PlanDoubt::doubt)>(map.required("doubt"), "doubt");
    map.refuse_others();
    return doubt;
}

PlanTemplate read_plan(const YAML::Node& node) {
    Map map(node, "plan");
    PlanTemplate plan;
    plan.label = read_label(map.required("label"), "plan label");
    plan.stations = positive_number(map.required("stations"), "stations");
    plan.stages = read_list(
        map.required("stages"), "stages",
        [](const YAML::Node& item) {
            Map stage(item, "a stage");
            PlanStage made{.code = text<record::CodeName>(stage.required("code"), "code"),
                           .label = label_beside(stage),
                           .short_label = text_if<record::Text<40>>(stage, "short")};
            stage.refuse_others();
            return made;
        },
        code_of<PlanStage>);
    plan.headings = read_list(
        map.required("headings"), "headings",
        [&](const YAML::Node& item) {
            Map heading(item, "a heading");
            PlanHeading made{.code = text<record::CodeName>(heading.required("code"), "code"),
                             .stage = text<record::CodeName>(heading.required("stage"), "stage"),
                             .label = label_beside(heading)};
            must_be_one_of(plan.stages, made.stage, item);
            heading.refuse_others();
            return made;
        },
        code_of<PlanHeading>);
    plan.lines = read_list(
        map.required("lines"), "lines", [&](const YAML::Node& item) { return read_line(item, plan); },
        [](const PlanLine& line) { return std::to_string(line.no); });
    if (map.has("doubts")) {
        for (const auto& item : map.optional("doubts"))
            plan.doubts.push_back(read_doubt(item));
    }
    map.refuse_others();
    return plan;
}

TemplateName read_name(const YAML::Node& node) {
    Map map(node, "an item");
    TemplateName made{.code = text<record::CodeName>(map.required("code"), "code"), .label = label_beside(map)};
    map.refuse_others();
    return made;
}

MeasureTemplate read_measure(const YAML::Node& node) {
    Map map(node, "a measure");
    MeasureTemplate made{.code = text<record::CodeName>(map.required("code"), "code"),
                         .label = label_beside(map),
                         .kind = text<decltype(MeasureTemplate::kind)>(map.required("kind"), "kind")};
    map.refuse_others();
    return made;
}

IndicatorTemplate read_indicator(const YAML::Node& node, const std::vector<TemplateName>& classes) {
    Map map(node, "an indicator");
    IndicatorTemplate made;
    made.code = text<record::CodeName>(map.required("code"), "code");
    made.label = label_beside(map);
    made.group = text<record::CodeName>(map.required("class"), "class");
    must_be_one_of(classes, made.group, node);
    made.unit = text<decltype(IndicatorTemplate::unit)>(map.required("unit"), "unit");
    made.kind = text<decltype(IndicatorTemplate::kind)>(map.required("kind"), "kind");
    made.view = text<decltype(IndicatorTemplate::view)>(map.required("view"), "view");
    if (map.has("scene"))
        made.scene = text<record::Code<"scene">>(map.optional("scene"), "scene");
    made.direction = text<decltype(IndicatorTemplate::direction)>(map.required("direction"), "direction");
    map.refuse_others();
    return made;
}

IndicatorTree read_tree(const YAML::Node& node) {
    Map map(node, "indicators");
    IndicatorTree tree;
    tree.label = read_label(map.required("label"), "indicators label");
    tree.classes = read_list(map.required("classes"), "classes", read_name, code_of<TemplateName>);
    tree.goals = read_list(
        map.required("goals"), "goals",
        [&](const YAML::Node& item) {
            Map goal(item, "a goal");
            GoalTemplate made;
            made.code = text<record::CodeName>(goal.required("code"), "code");
            made.no = positive_number(goal.required("no"), "no");
            made.label = label_beside(goal);
            made.doubt = text_if<decltype(GoalTemplate::doubt)>(goal, "doubt");
            made.issues = read_list(goal.required("issues"), "issues", read_name, code_of<TemplateName>);
            made.measures = read_list(goal.required("measures"), "measures", read_measure, code_of<MeasureTemplate>);
            made.indicators = read_list(
                goal.required("indicators"), "indicators",
                [&](const YAML::Node& one) { return read_indicator(one, tree.classes); }, code_of<IndicatorTemplate>);
            goal.refuse_others();
            return made;
        },
        code_of<GoalTemplate>);
    map.refuse_others();
    return tree;
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
    if (map.has("plan"))
        pack.plan = read_plan(map.optional("plan"));
    if (map.has("indicators"))
        pack.indicators = read_tree(map.optional("indicators"));
    for (const char* template_section : {"month_table", "matrix"}) {
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
            throw PacksUnreadable(file.string() + ": " + error.what());
        }
        if (packs.back().name.str() != entry.path().filename().string()) {
            throw PacksUnreadable(file.string() + ": line 1: the pack must have the name of its folder");
        }
    }
    if (absent)
        throw PacksUnreadable("the folder of the packs cannot be read: " + folder.string());
    std::ranges::sort(packs, {}, &Pack::name);
    return packs;
}

}  // namespace tsunagi::packs
