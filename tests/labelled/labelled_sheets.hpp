// SPDX-License-Identifier: Apache-2.0
// Fictitious sheets with the codes somebody would give them; see README.md beside it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "modules/suggestions/code_model.hpp"

namespace tsunagi::test {

enum class Wording { known, unseen };

class LabelledSheets {
public:
    explicit LabelledSheets(const std::filesystem::path& file) {
        const YAML::Node root = YAML::LoadFile(file.string());
        for (const auto& topic : root["leads"]) {
            for (const auto& lead : topic.second) {
                leads_.push_back(read(lead));
                leads_.back().topic = topic.first.as<std::string>();
                topics_.insert(leads_.back().topic);
            }
        }
        for (const auto& aside : root["asides"])
            asides_.push_back(read(aside));
        noise_ = root["noise"].as<std::vector<std::string>>();
    }

    [[nodiscard]] std::vector<suggestions::Example> make(std::size_t count, std::uint32_t seed, Wording wording) const {
        std::mt19937 dice(seed);
        std::vector<suggestions::Example> result;
        for (std::size_t i = 0; i < count; ++i)
            result.push_back(one(dice, wording));
        return result;
    }

private:
    struct Piece {
        std::string topic;
        std::set<suggestions::CodeKey> codes;
        std::vector<std::string> known;
        std::vector<std::string> unseen;
    };

    static Piece read(const YAML::Node& node) {
        Piece piece;
        for (const auto& [member, scheme] : std::map<std::string, std::string>{
                 {"scenes", "scene"}, {"elements", "element"}, {"relisted", "relisted"}}) {
            if (!node[member])
                continue;
            for (const auto& code : node[member].as<std::vector<std::string>>())
                piece.codes.insert({scheme, code});
        }
        piece.known = node["known"].as<std::vector<std::string>>();
        piece.unseen = node["unseen"].as<std::vector<std::string>>();
        return piece;
    }

    /// The same on every machine, unlike the distributions of the library.
    template <class T>
    static const T& any(const std::vector<T>& list, std::mt19937& dice) {
        return list[dice() % list.size()];
    }

    static bool one_in(std::uint64_t many, std::mt19937& dice) { return dice() % many == 0; }

    suggestions::Example one(std::mt19937& dice, Wording wording) const {
        const auto said = [&](const Piece& piece) {
            return any(wording == Wording::known ? piece.known : piece.unseen, dice);
        };
        const Piece& lead = any(leads_, dice);
        std::vector<std::string> sentences{said(lead)};
        std::set<suggestions::CodeKey> codes = lead.codes;
        for (auto left = dice() % 4; left > 0; --left) {
            const Piece& aside = any(asides_, dice);
            codes.insert(aside.codes.begin(), aside.codes.end());
            sentences.push_back(said(aside));
        }
        for (auto left = 1 + dice() % 3; left > 0; --left)
            sentences.push_back(any(noise_, dice));
        for (std::size_t i = sentences.size(); i > 1; --i)
            std::swap(sentences[i - 1], sentences[dice() % i]);
        std::string topic = lead.topic;
        if (one_in(25, dice))
            topic = any(std::vector<std::string>(topics_.begin(), topics_.end()), dice);
        codes.insert({"topic", topic});
        std::erase_if(codes, [&](const auto& code) { return code.scheme == "element" && one_in(15, dice); });
        std::string text = "|";
        for (const std::string& sentence : sentences)
            text += sentence + "。";
        return {.text = text + "||", .codes = std::move(codes), .weight = 1};
    }

    std::vector<Piece> leads_;
    std::vector<Piece> asides_;
    std::vector<std::string> noise_;
    std::set<std::string> topics_;
};

}  // namespace tsunagi::test
