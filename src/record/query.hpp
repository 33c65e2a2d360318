// SPDX-License-Identifier: Apache-2.0
// A described struct read from the query string: the fourth reading of a record.
#pragma once
#include <charconv>
#include <map>
#include <string>
#include <vector>

#include "record/json_reader.hpp"

namespace tsunagi::record {

/// Decoded query parameters in the order they came.
using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// Fills the struct from the parameters. A list member takes a repeated parameter and values parted by commas.
/// Unknown parameters, repeated single ones and wrong values throw core::Error `invalid`, each named `?name`.
template <class T>
[[nodiscard]] T from_query(const QueryParameters& parameters) {
    T out{};
    std::vector<core::FieldError> errors;
    const auto read_one = [&]<class M>(const std::string& name, const std::string& text, M& member) {
        if constexpr (std::is_same_v<M, std::int64_t>) {
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), member);
            if (error != std::errc{} || end != text.data() + text.size())
                errors.push_back({"?" + name, "type", "integer"});
        } else if constexpr (std::is_same_v<M, bool>) {
            if (text != "true" && text != "false")
                errors.push_back({"?" + name, "type", "boolean"});
            member = text == "true";
        } else {
            const ScalarError error = StringScalar<M>::from(text, member);
            if (!error.reason.empty())
                errors.push_back({"?" + name, error.reason, error.limit});
        }
    };
    std::map<std::string, int, std::less<>> seen;
    for (const auto& parameter : parameters) {
        const std::string& name = parameter.first;
        const std::string& text = parameter.second;
        bool known = false;
        for_each_member<T>([&](auto d) {
            if (known || name != d.name)
                return;
            known = true;
            auto& member = out.*d.pointer;
            using M = std::remove_cvref_t<decltype(member)>;
            if constexpr (is_vector<M>::value) {
                std::size_t start = 0;
                while (start <= text.size()) {
                    const std::size_t comma = std::min(text.find(',', start), text.size());
                    if (comma > start) {
                        typename M::value_type value{};
                        read_one(name, text.substr(start, comma - start), value);
                        member.push_back(std::move(value));
                    }
                    start = comma + 1;
                }
                if (member.size() > 200)
                    errors.push_back({"?" + name, "too_many", "200"});
            } else {
                if (++seen[name] > 1)
                    errors.push_back({"?" + name, "duplicate", ""});
                if constexpr (is_optional<M>::value) {
                    if (text.empty())
                        return;
                    typename M::value_type value{};
                    read_one(name, text, value);
                    member = std::move(value);
                } else {
                    read_one(name, text, member);
                }
            }
        });
        if (!known)
            errors.push_back({"?" + name, "unknown", ""});
    }
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    return out;
}

}  // namespace tsunagi::record
