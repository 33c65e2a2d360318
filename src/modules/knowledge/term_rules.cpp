// SPDX-License-Identifier: Apache-2.0
#include "modules/knowledge/term_rules.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::knowledge {
namespace {

constexpr std::size_t most_of_a_list = 20;
constexpr std::size_t most_terms = 2000;

const std::string& sort_key(const Term& term) {
    return term.text.kana.empty() ? term.text.headword.str() : term.text.kana.str();
}

}  // namespace

std::string id_of(const TermRecord& row) {
    return row.pack_key.value_or(row.id.str());
}

Term joined(const PackTerm& term, const std::optional<TermReading>& row) {
    Term result;
    result.id = term.id;
    result.of_pack = true;
    result.text = term.text;
    if (!row)
        return result;
    result.version = row->version;
    result.own = row->written;
    result.hidden = row->hidden;
    result.updated_at = row->updated_at;
    result.updated_by_name = row->updated_by_name;
    if (row->written) {
        result.pack_text = term.text;
        result.text = record::text_from<TermText>(*row);
    }
    return result;
}

Term own_term(const TermReading& row) {
    Term result;
    result.id.value = id_of(row);
    result.version = row.version;
    result.own = true;
    result.hidden = row.hidden;
    result.updated_at = row.updated_at;
    result.updated_by_name = row.updated_by_name;
    result.text = record::text_from<TermText>(row);
    return result;
}

std::vector<Term> all_terms(const KnowledgePack& pack, const std::vector<TermReading>& rows) {
    std::map<std::string, const TermReading*> of_pack;
    std::vector<Term> result;
    for (const TermReading& row : rows) {
        if (row.pack_key && pack.term(*row.pack_key) != nullptr)
            of_pack.emplace(*row.pack_key, &row);
        else if (row.written)
            result.push_back(own_term(row));
    }
    for (const PackTerm& term : pack.terms) {
        const auto row = of_pack.find(term.id.str());
        result.push_back(joined(term, row == of_pack.end() ? std::nullopt : std::optional(*row->second)));
    }
    std::ranges::sort(result, [](const Term& a, const Term& b) {
        return std::tie(sort_key(a), a.text.headword.value, a.id.value) <
               std::tie(sort_key(b), b.text.headword.value, b.id.value);
    });
    return result;
}

bool answers(const Term& term, const std::string& q, const search::Folding& folding) {
    std::string all = term.text.headword.str() + "\n" + term.text.kana.str() + "\n" + term.text.english.str() + "\n" +
                      term.text.text.str() + "\n" + term.text.text_en.str();
    for (const auto& name : term.text.names)
        all += "\n" + name.str();
    const std::u32string letters = folding.fold(all);
    return std::ranges::all_of(record::words_of(q), [&](const std::string& word) {
        return letters.find(folding.fold(word)) != std::u32string::npos;
    });
}

void check_room(const std::vector<Term>& terms) {
    if (terms.size() >= most_terms)
        throw core::invalid({{"/headword", "too_many", std::to_string(most_terms)}});
}

void check(const TermText& text, const KnowledgePack& pack, const std::vector<Term>& others,
           const search::Folding& folding) {
    std::vector<core::FieldError> errors;
    if (!pack.has_kind(text.kind.str()))
        errors.push_back({"/kind", "unknown_code", ""});
    const std::u32string headword = folding.fold(text.headword.str());
    if (std::ranges::any_of(others,
                            [&](const Term& term) { return folding.fold(term.text.headword.str()) == headword; }))
        errors.push_back({"/headword", "duplicate", ""});
    const auto each = [&](const std::string& list, const auto& items, const auto& wrong) {
        if (items.size() > most_of_a_list)
            errors.push_back({"/" + list, "too_many", std::to_string(most_of_a_list)});
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (const std::string reason = wrong(items[i]); !reason.empty())
                errors.push_back({"/" + list + "/" + std::to_string(i), reason, ""});
        }
    };
    std::set<std::u32string> names{headword};
    each("names", text.names, [&](const auto& name) {
        return names.insert(folding.fold(name.str())).second ? std::string() : std::string("duplicate");
    });
    std::set<std::string> related;
    each("related", text.related, [&](const TermId& id) -> std::string {
        if (!std::ranges::any_of(others, [&](const Term& term) { return term.id == id; }))
            return "not_found";
        return related.insert(id.str()).second ? "" : "duplicate";
    });
    each("links", text.links, [](const TermLink&) { return std::string(); });
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

}  // namespace tsunagi::knowledge
