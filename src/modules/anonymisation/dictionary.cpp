// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/dictionary.hpp"

#include <mutex>
#include <string>
#include <utility>

#include <mecab.h>

namespace tsunagi::anonymisation {
namespace {

/// The number that the IPA dictionary gives a part of speech (pos-id.def).
Word::Sort sort_of(const MeCab::Node& node) {
    using enum Word::Sort;
    switch (node.posid) {
        case 42:
            return person;
        case 43:
            return family_name;
        case 44:
            return given_name;
        case 46:
            return place;
        case 56:
            return place_end;
        case 41:
            return node.stat == MECAB_UNK_NODE ? unknown : name;
        case 45:
            return node.stat == MECAB_UNK_NODE ? unknown : organization;
        case 53:
            return counter;
        case 13:
        case 14:
        case 15:
        case 16:
        case 17:
        case 18:
        case 19:
        case 20:
        case 21:
        case 22:
        case 23:
        case 24:
        case 25:
            return particle;
        case 3:   // letters
        case 28:  // 第 before a number
        case 30:  // prefixes of nouns
        case 36:  // nouns that make verbs
        case 38:
        case 40:
        case 47:  // countries
        case 48:  // numbers
        case 50:
        case 51:
            return node.stat == MECAB_UNK_NODE ? unknown : noun;
        default:
            return other;
    }
}

}  // namespace

struct Dictionary::Loaded {
    std::once_flag once;
    std::unique_ptr<MeCab::Model> model;
};

Dictionary::Dictionary()
    : folders_{"/var/lib/mecab/dic/ipadic-utf8", "/var/lib/mecab/dic/debian"}, loaded_(std::make_unique<Loaded>()) {}

Dictionary::Dictionary(std::filesystem::path folder)
    : folders_{std::move(folder)}, loaded_(std::make_unique<Loaded>()) {}

Dictionary::~Dictionary() = default;

const Dictionary::Loaded& Dictionary::loaded() const {
    std::call_once(loaded_->once, [&] {
        for (const auto& folder : folders_) {
            std::error_code ignored;
            if (!std::filesystem::exists(folder / "sys.dic", ignored))
                continue;
            const std::string folder_text = folder.string();
            const std::string arguments = "-r /dev/null -d " + folder_text;
            std::unique_ptr<MeCab::Model> model(MeCab::createModel(arguments.c_str()));
            if (model != nullptr && std::string_view(model->dictionary_info()->charset).starts_with("UTF")) {
                loaded_->model = std::move(model);
                return;
            }
        }
    });
    return *loaded_;
}

bool Dictionary::installed() const {
    return loaded().model != nullptr;
}

std::vector<Word> Dictionary::words(std::u32string_view letters) const {
    const auto* model = loaded().model.get();
    if (model == nullptr || letters.empty())
        return {};
    std::string text;
    std::vector<std::size_t> letter_at;  // of each byte, and one more
    for (std::size_t i = 0; i < letters.size(); ++i) {
        // MeCab passes over blanks and ends at a NUL.
        text += letters[i] == 0 ? " " : to_utf8(letters.substr(i, 1));
        letter_at.resize(text.size(), i);
    }
    letter_at.push_back(letters.size());
    const std::unique_ptr<MeCab::Tagger> tagger(model->createTagger());
    const std::unique_ptr<MeCab::Lattice> lattice(model->createLattice());
    if (tagger == nullptr || lattice == nullptr)
        return {};
    lattice->set_sentence(text.data(), text.size());
    if (!tagger->parse(lattice.get()))
        return {};
    std::vector<Word> result;
    for (const MeCab::Node* node = lattice->bos_node(); node != nullptr; node = node->next) {
        if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE)
            continue;
        const auto begin = static_cast<std::size_t>(node->surface - text.data());
        if (begin + node->length > text.size())
            continue;
        const Word word{letter_at[begin], letter_at[begin + node->length], sort_of(*node)};
        if (word.to > word.from)
            result.push_back(word);
    }
    return result;
}

}  // namespace tsunagi::anonymisation
