// SPDX-License-Identifier: Apache-2.0
#include "modules/audit/audit_rules.hpp"

#include <charconv>
#include <vector>

#include "core/sealing.hpp"

namespace tsunagi::audit {
namespace {

void add_field(std::string& out, std::string_view field) {
    out += std::to_string(field.size());
    out += ':';
    out += field;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

}  // namespace

std::string hash_of(const std::string& key, const ChainRow& row, std::string_view before) {
    std::string bytes = "tsunagi audit row 1;";
    add_field(bytes, before);
    add_field(bytes, std::to_string(row.chain));
    add_field(bytes, std::to_string(row.sequence));
    add_field(bytes, row.at);
    // An absent actor and an empty one are told apart.
    bytes += row.actor_id ? 'y' : 'n';
    add_field(bytes, row.actor_id ? *row.actor_id : "");
    add_field(bytes, row.actor_name);
    add_field(bytes, row.action);
    add_field(bytes, row.subject_kind);
    add_field(bytes, row.subject_id);
    add_field(bytes, row.detail);
    return core::keyed_hash(key, bytes);
}

std::string seal_of(const std::string& key, const Anchor& anchor, std::string_view before) {
    std::string bytes = "tsunagi audit anchor 1;";
    add_field(bytes, before);
    add_field(bytes, anchor.at.str());
    add_field(bytes, std::to_string(anchor.chain));
    add_field(bytes, std::to_string(anchor.sequence));
    add_field(bytes, anchor.hash);
    return core::keyed_hash(key, bytes);
}

std::string anchor_line(const Anchor& anchor) {
    return anchor.at.str() + ' ' + std::to_string(anchor.chain) + ' ' + std::to_string(anchor.sequence) + ' ' +
           anchor.hash + ' ' + anchor.seal + '\n';
}

std::optional<Anchor> parse_anchor(std::string_view line) {
    const auto parts = split(line, ' ');
    if (parts.size() != 5)
        return std::nullopt;
    const auto at = core::Instant::parse(parts[0]);
    const auto chain = whole_number(parts[1]);
    const auto sequence = whole_number(parts[2]);
    if (!at || !chain || !sequence)
        return std::nullopt;
    return Anchor{.at = *at,
                  .chain = *chain,
                  .sequence = *sequence,
                  .hash = std::string(parts[3]),
                  .seal = std::string(parts[4])};
}

std::string cursor_text(const AuditEntry& last) {
    return last.at.str() + '~' + std::to_string(last.chain) + '~' + std::to_string(last.sequence);
}

std::optional<AuditCursor> parse_cursor(std::string_view text) {
    const auto parts = split(text, '~');
    if (parts.size() != 3)
        return std::nullopt;
    const auto at = core::Instant::parse(parts[0]);
    const auto chain = whole_number(parts[1]);
    const auto sequence = whole_number(parts[2]);
    if (!at || !chain || !sequence)
        return std::nullopt;
    return AuditCursor{.at = *at, .chain = *chain, .sequence = *sequence};
}

core::Instant beginning_of(const core::Date& day) {
    const auto midnight = core::Instant::parse(day.str() + "T00:00:00.000Z");
    return midnight.value().plus(-std::chrono::hours(9));
}

}  // namespace tsunagi::audit
