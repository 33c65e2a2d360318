// SPDX-License-Identifier: Apache-2.0
#include "modules/knowledge/knowledge_pack.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include <boost/json/value.hpp>
#include <yaml-cpp/yaml.h>

#include "record/json_reader.hpp"

namespace tsunagi::knowledge {
namespace {

/// A term as it stands in the file; the form of the records has other names for a few of its parts.
struct TermEntry {
    record::CodeName key;
    record::CodeName kind;
    record::NonEmpty<record::Text<60>> ja;
    record::NonEmpty<record::Text<120>> kana;
    record::NonEmpty<record::Text<200>> en;
    std::vector<record::NonEmpty<record::Text<60>>> names;
    record::NonEmpty<record::Text<1000>> text_ja;
    record::NonEmpty<record::Text<2000>> text_en;
    std::vector<record::CodeName> related;
    record::Text<200> law;
    record::Text<20> chapter;
};
BOOST_DESCRIBE_STRUCT(TermEntry, (), (key, kind, ja, kana, en, names, text_ja, text_en, related, law, chapter))

struct ItemEntry {
    record::CodeName item;
    packs::Label title;
    LearningWords text;
    record::Text<20> chapter;
    std::vector<record::CodeName> terms;
    std::vector<LearningScreen> screens;
};
BOOST_DESCRIBE_STRUCT(ItemEntry, (), (item, title, text, chapter, terms, screens))

[[noreturn]] void fail(const YAML::Node& node, const std::string& what) {
    throw std::runtime_error("line " + std::to_string(std::max(node.Mark().line, 0) + 1) + ": " + what);
}

/// Every scalar is a text: nothing in these files is a number or a truth.
boost::json::value as_json(const YAML::Node& node) {
    if (node.IsMap()) {
        boost::json::object object;
        for (const auto& entry : node) {
            if (!entry.first.IsScalar())
                fail(entry.first, "a name must be a plain word");
            if (!object.emplace(entry.first.Scalar(), as_json(entry.second)).second)
                fail(entry.first, "`" + entry.first.Scalar() + "` stands twice");
        }
        return object;
    }
    if (node.IsSequence()) {
        boost::json::array array;
        for (const auto& item : node)
            array.push_back(as_json(item));
        return array;
    }
    return node.IsScalar() ? boost::json::value(node.Scalar()) : boost::json::value();
}

template <class T>
T entry_of(const YAML::Node& node, const std::string& what) {
    if (!node.IsMap())
        fail(node, what + " must be a map");
    record::JsonReader reader;
    T value{};
    reader.read(as_json(node), value, "");
    if (reader.errors().empty())
        return value;
    std::string faults;
    for (const auto& error : reader.errors())
        faults += " " + error.pointer + " " + error.reason;
    fail(node, what + ":" + faults);
}

/// The members of one map of the file; a missing one and another one are refused. A name in the plural holds a list.
std::map<std::string, YAML::Node> parts(const YAML::Node& root, const std::set<std::string>& names) {
    if (!root.IsMap())
        fail(root, "the file must be a map");
    std::map<std::string, YAML::Node> result;
    for (const auto& entry : root) {
        const std::string name = entry.first.Scalar();
        if (!names.contains(name))
            fail(entry.first, "there is no `" + name + "` here");
        if (name.ends_with('s') && !entry.second.IsSequence())
            fail(entry.second, "`" + name + "` must be a list");
        if (!result.emplace(name, entry.second).second)
            fail(entry.first, "`" + name + "` stands twice");
    }
    for (const std::string& name : names) {
        if (!result.contains(name))
            fail(root, "needs `" + name + "`");
    }
    return result;
}

PackTerm term_of(TermEntry entry) {
    PackTerm term;
    term.id.value = entry.key.str();
    term.text.headword = std::move(entry.ja);
    term.text.kana.value = std::move(entry.kana.value);
    term.text.english.value = std::move(entry.en.value);
    term.text.names = std::move(entry.names);
    term.text.kind = std::move(entry.kind);
    term.text.text = std::move(entry.text_ja);
    term.text.text_en.value = std::move(entry.text_en.value);
    for (const auto& related : entry.related)
        term.text.related.emplace_back(related.str());
    term.text.law = std::move(entry.law);
    term.text.chapter = std::move(entry.chapter);
    return term;
}

void read_terms(const YAML::Node& root, KnowledgePack& pack) {
    const auto sections = parts(root, {"kinds", "terms"});
    for (const auto& node : sections.at("kinds")) {
        auto kind = entry_of<TermKind>(node, "a kind");
        if (pack.has_kind(kind.kind.str()))
            fail(node, "the kind `" + kind.kind.str() + "` stands twice");
        pack.kinds.push_back(std::move(kind));
    }
    std::set<std::string> words;
    const YAML::Node& list = sections.at("terms");
    for (const auto& node : list) {
        const std::string key = node.IsMap() && node["key"] && node["key"].IsScalar() ? node["key"].Scalar() : "";
        PackTerm term = term_of(entry_of<TermEntry>(node, "the term `" + key + "`"));
        if (pack.term(term.id.str()) != nullptr)
            fail(node, "the term `" + key + "` stands twice");
        if (!pack.has_kind(term.text.kind.str()))
            fail(node, "the term `" + key + "` has the kind `" + term.text.kind.str() + "`, which is not in the list");
        std::vector<std::string> own{term.text.headword.str()};
        for (const auto& name : term.text.names)
            own.push_back(name.str());
        for (const std::string& word : own) {
            if (!words.insert(word).second)
                fail(node, "the word `" + word + "` of the term `" + key + "` stands twice");
        }
        pack.terms.push_back(std::move(term));
    }
    for (std::size_t i = 0; i < pack.terms.size(); ++i) {
        const PackTerm& term = pack.terms[i];
        for (const auto& related : term.text.related) {
            if (related == term.id || pack.term(related.str()) == nullptr)
                fail(list[i], "the term `" + term.id.str() + "` names `" + related.str() + "` as related");
        }
    }
}

LearningItem item_of(const YAML::Node& node, const KnowledgePack& pack) {
    const std::string key = node.IsMap() && node["item"] && node["item"].IsScalar() ? node["item"].Scalar() : "";
    auto entry = entry_of<ItemEntry>(node, "the item `" + key + "`");
    if (pack.has_item(key))
        fail(node, "the item `" + key + "` stands twice");
    for (const auto& term : entry.terms) {
        if (pack.term(term.str()) == nullptr)
            fail(node, "the item `" + key + "` names the term `" + term.str() + "`, which does not exist");
    }
    for (const auto& screen : entry.screens) {
        if (!screen.to.str().starts_with('/'))
            fail(node, "the item `" + key + "` names the screen `" + screen.to.str() + "`, which is no path");
    }
    return {.item = std::move(entry.item),
            .title = std::move(entry.title),
            .text = std::move(entry.text),
            .chapter = std::move(entry.chapter),
            .terms = std::move(entry.terms),
            .screens = std::move(entry.screens),
            .done_at = {}};
}

void read_learning(const YAML::Node& root, KnowledgePack& pack) {
    const auto sections = parts(root, {"steps"});
    for (const auto& node : sections.at("steps")) {
        const auto members = parts(node, {"step", "title", "items"});
        const std::string name = members.at("step").Scalar();
        if (!record::is_code_name(name))
            fail(node, "`step` must be a short name");
        if (std::ranges::any_of(pack.steps, [&](const LearningStep& step) { return step.step.str() == name; }))
            fail(node, "the step `" + name + "` stands twice");
        pack.steps.push_back(
            {.step = record::CodeName(name),
             .title = entry_of<packs::Label>(members.at("title"), "the title of the step `" + name + "`"),
             .items = {}});
        for (const auto& item : members.at("items"))
            pack.steps.back().items.push_back(item_of(item, pack));
    }
}

template <class Read>
void read_file(const std::filesystem::path& file, KnowledgePack& pack, const Read& read) {
    try {
        read(YAML::LoadFile(file.string()), pack);
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(file.string() + ": line " + std::to_string(std::max(error.mark.line, 0) + 1) + ": " +
                                 error.msg);
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace

const PackTerm* KnowledgePack::term(std::string_view id) const {
    const auto found = std::ranges::find_if(terms, [&](const PackTerm& term) { return term.id.str() == id; });
    return found == terms.end() ? nullptr : &*found;
}

bool KnowledgePack::has_kind(std::string_view kind) const {
    return std::ranges::any_of(kinds, [&](const TermKind& one) { return one.kind.str() == kind; });
}

bool KnowledgePack::has_item(std::string_view item) const {
    return std::ranges::any_of(steps, [&](const LearningStep& step) {
        return std::ranges::any_of(step.items, [&](const LearningItem& one) { return one.item.str() == item; });
    });
}

KnowledgePack read_knowledge(const std::filesystem::path& folder) {
    KnowledgePack pack;
    read_file(folder / "knowledge_terms.yaml", pack, read_terms);
    read_file(folder / "knowledge_learning.yaml", pack, read_learning);
    return pack;
}

}  // namespace tsunagi::knowledge
