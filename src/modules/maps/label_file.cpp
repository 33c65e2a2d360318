// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/label_file.hpp"

#include <charconv>
#include <cmath>
#include <stdexcept>

#include <yaml-cpp/yaml.h>
#include <zlib.h>

#include "workbooks/table.hpp"

namespace tsunagi::maps {
namespace {

constexpr std::size_t most_unpacked = std::size_t{256} << 20U;
constexpr workbooks::Limits limits{.rows = 1'000'000};

/// One more than the whole of Japan has.
constexpr std::size_t most_labels = 500'000;

core::Error refused(const char* reason) {
    return {core::ErrorKind::invalid, reason};
}

std::string unpacked(std::string_view bytes) {
    z_stream stream{};
    constexpr int gzip_form = 16 + MAX_WBITS;
    if (inflateInit2(&stream, gzip_form) != Z_OK)
        throw std::runtime_error("zlib does not start");
    std::string result;
    std::string part(std::size_t{1} << 20U, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // NOLINT: zlib only reads
    stream.avail_in = static_cast<uInt>(bytes.size());
    int told = Z_OK;
    while (told == Z_OK && result.size() <= most_unpacked) {
        stream.next_out = reinterpret_cast<Bytef*>(part.data());  // NOLINT
        stream.avail_out = static_cast<uInt>(part.size());
        told = inflate(&stream, Z_NO_FLUSH);
        result.append(part.data(), part.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (told != Z_STREAM_END || result.size() > most_unpacked)
        throw refused("map_broken");
    return result;
}

std::optional<double> number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

struct Gathered {
    NamedSpot spot;
    std::int64_t rows = 0;
};

}  // namespace

ColumnNames read_column_names(const std::filesystem::path& file) {
    try {
        ColumnNames names;
        for (const auto& column : YAML::LoadFile(file.string())["columns"]) {
            for (const auto& name : column.second)
                names.emplace(name.as<std::string>(), column.first.as<std::string>());
        }
        return names;
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

LabelFile read_labels(const ColumnNames& names, std::string_view bytes) {
    std::string plain;
    if (bytes.starts_with("\x1F\x8B")) {
        plain = unpacked(bytes);
        bytes = plain;
    }
    LabelFile file;
    std::map<std::string, std::size_t> at;
    std::map<std::pair<std::string, std::string>, Gathered> found;
    bool headed = false;
    workbooks::Visitor visitor;
    visitor.table = [](const std::string&, bool) {};
    visitor.row = [&](workbooks::Row&& row) {
        if (!headed) {
            headed = true;
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                if (const auto known = names.find(row.cells[i]); known != names.end())
                    at.emplace(known->second, i);
            }
            if (!at.contains("latitude") || !at.contains("longitude") ||
                (!at.contains("town") && !at.contains("station")))
                throw refused("map_unknown");
            file.kind = at.contains("town") ? LabelKind::town : LabelKind::station;
            return;
        }
        const auto cell = [&](const char* column) -> std::string {
            const auto known = at.find(column);
            return known != at.end() && known->second < row.cells.size() ? row.cells[known->second] : std::string();
        };
        const std::string name = cell(file.kind == LabelKind::town ? "town" : "station");
        const auto latitude = number(cell("latitude"));
        const auto longitude = number(cell("longitude"));
        if (name.empty() || !latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
            ++file.without_place;
            return;
        }
        const std::string area =
            file.kind == LabelKind::town ? cell("prefecture") + cell("municipality") : cell("prefecture");
        // Stations of the same name lie apart: told apart by a field of some ten kilometres.
        std::string part = area;
        if (file.kind == LabelKind::station)
            part += std::to_string(std::lround(*latitude * 10)) + "/" + std::to_string(std::lround(*longitude * 10));
        Gathered& one = found[{part, name}];
        one.spot.name = name;
        one.spot.area = area;
        one.spot.latitude += *latitude;
        one.spot.longitude += *longitude;
        ++one.rows;
        if (found.size() > most_labels)
            throw refused("map_broken");
    };
    workbooks::read(bytes, limits, visitor);
    for (auto& [key, one] : found) {
        one.spot.latitude /= static_cast<double>(one.rows);
        one.spot.longitude /= static_cast<double>(one.rows);
        file.spots.push_back(std::move(one.spot));
    }
    if (file.spots.empty())
        throw refused("map_unknown");
    return file;
}

}  // namespace tsunagi::maps
