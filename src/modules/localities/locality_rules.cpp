// SPDX-License-Identifier: Apache-2.0
#include "modules/localities/locality_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "core/error.hpp"
#include "core/municipality_code.hpp"
#include "modules/packs/yaml_values.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::localities {
namespace {

/// The whole country has 124,000 postal codes and 1,900 municipalities.
constexpr workbooks::Limits limits{.rows = 400'000, .columns = 60};
constexpr std::size_t most_faults = 20;
constexpr int lines_above_header = 8;
/// Columns of KEN_ALL (日本郵便, 郵便番号データの説明).
constexpr std::size_t columns_of_postal = 15;

bool digits(std::string_view text, std::size_t size) {
    return text.size() == size && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_blanks(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with("\xE3\x80\x80")) {  // of full width
            at += 3;
        } else {
            if (text[at] != ' ' && text[at] != '\n' && text[at] != '\t')
                result += text[at];
            ++at;
        }
    }
    return result;
}

/// A spreadsheet that took a code for a number has lost the zero before it: five digits are a whole code only where no
/// code of the file has six.
std::string code_in(std::string_view cell, bool of_six) {
    std::string code = without_blanks(cell);
    if (digits(code, of_six ? 5 : 4))
        code.insert(0, "0");
    return core::six_digit_code(code);
}

/// 2005-04-01, 2005/4/1, 平成17年4月1日, H17.4.1.
std::optional<core::Date> day_in(const LocalityWords& words, std::string_view cell) {
    const std::string text = without_blanks(cell);
    int before = 0;
    std::string_view rest = text;
    for (const LocalityEra& era : words.eras) {
        const auto named = std::ranges::find_if(era.words, [&](const auto& one) { return text.starts_with(one); });
        if (named == era.words.end())
            continue;
        before = static_cast<int>(era.before);
        rest.remove_prefix(named->size());
        break;
    }
    std::vector<int> numbers;
    bool within = false;
    for (const char c : rest) {
        const bool digit = c >= '0' && c <= '9';
        if (digit && !within)
            numbers.push_back(0);
        if (digit && numbers.back() < 100'000)
            numbers.back() = numbers.back() * 10 + (c - '0');
        within = digit;
    }
    if (before != 0 && numbers.size() == 2)  // 元年
        numbers.insert(numbers.begin(), 1);
    if (numbers.size() != 3)
        return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year{before + numbers[0]},
                                          std::chrono::month{static_cast<unsigned>(numbers[1])},
                                          std::chrono::day{static_cast<unsigned>(numbers[2])}};
    return day.ok() && before + numbers[0] > 1800 ? std::optional(core::Date(day)) : std::nullopt;
}

bool is_postal(const std::vector<std::string>& cells) {
    return cells.size() >= 9 && cells.size() <= columns_of_postal && digits(cells[0], 5) && digits(cells[2], 7);
}

/// Where a header that goes by one of these names stands.
class Header {
public:
    explicit Header(std::vector<std::string> names) : names_(std::move(names)) {}

    [[nodiscard]] std::optional<std::size_t> find(const std::vector<std::string>& known) const {
        for (const std::string& name : known) {
            const auto at = std::ranges::find(names_, name);
            if (at != names_.end())
                return static_cast<std::size_t>(at - names_.begin());
        }
        return std::nullopt;
    }

private:
    std::vector<std::string> names_;
};

std::vector<std::string> names_in(const LocalityWords& words, const std::vector<std::string>& cells) {
    std::vector<std::string> names;
    names.reserve(cells.size());
    for (const std::string& cell : cells) {
        std::string name = without_blanks(cell);
        for (const auto& [narrow, wide] : {std::pair{'(', words.bracket.open}, std::pair{')', words.bracket.close}}) {
            for (std::size_t at = name.find(narrow); at != std::string::npos; at = name.find(narrow, at + wide.size()))
                name.replace(at, 1, wide);
        }
        names.push_back(std::move(name));
    }
    return names;
}

/// Words that stretch over several columns stand in the first of them.
std::vector<std::string> below(const std::vector<std::string>& upper, const std::vector<std::string>& lower) {
    std::vector<std::string> names(std::max(upper.size(), lower.size()));
    std::string over;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string under = i < lower.size() ? lower[i] : std::string();
        if (i < upper.size() && !upper[i].empty())
            over = upper[i];
        names[i] = over == under ? under : over + under;
    }
    return names;
}

class Reader {
public:
    Reader(const LocalityWords& words, bool of_six) : words_(words), of_six_(of_six) {}

    void take(workbooks::Row&& row) {
        if (!kind_)
            return begin(row);
        switch (*kind_) {
            case LocalityKind::codes:
                return municipality(row);
            case LocalityKind::changes:
                return change(row);
            case LocalityKind::postal:
                return town(row);
        }
    }

    /// Each table has its own header; a list may go on in the next one.
    void table() {
        if (kind_ != LocalityKind::postal) {
            before_ = kind_ ? kind_ : before_;
            kind_.reset();
        }
        lines_ = 0;
        upper_.clear();
    }

    [[nodiscard]] bool known() const { return kind_ || before_; }

    /// Some code has six digits, which was not known when reading began.
    [[nodiscard]] bool met_six() const { return met_six_ && !of_six_; }

    LocalityFile finish() {
        if (!known())
            throw core::Error(core::ErrorKind::invalid, "locality_unknown");
        if (!faults_.empty())
            throw core::invalid(std::move(faults_));
        // A list of nothing would take out all that is known.
        if (file_.municipalities.empty() && file_.changes.empty() && file_.towns.empty())
            throw core::Error(core::ErrorKind::invalid, "locality_unknown");
        file_.kind = kind_ ? *kind_ : *before_;
        once(file_.municipalities, [](const Municipality& one) { return one.code; });
        once(file_.changes,
             [](const MunicipalityChange& one) { return std::tuple(one.code, one.successor, one.changed_on.str()); });
        once(file_.towns, [](const Town& one) { return std::tuple(one.postal_code, one.municipality_code, one.town); });
        return std::move(file_);
    }

private:
    template <class Row, class Key>
    static void once(std::vector<Row>& rows, const Key& key) {
        std::ranges::stable_sort(rows, {}, key);
        const auto rest = std::ranges::unique(rows, {}, key);
        rows.erase(rest.begin(), rest.end());
    }

    void fault(const workbooks::Row& row, const char* reason, const std::string& value = {}) {
        if (faults_.size() < most_faults)
            faults_.push_back({"/rows/" + std::to_string(row.number), reason, value.substr(0, 20)});
    }

    void begin(const workbooks::Row& row) {
        if (lines_ == 0 && (!before_ || *before_ == LocalityKind::postal) && is_postal(row.cells)) {
            kind_ = LocalityKind::postal;
            return town(row);
        }
        if (++lines_ > lines_above_header)
            return;
        auto names = names_in(words_, row.cells);
        if (header(Header(names)) || (!upper_.empty() && header(Header(below(upper_, names)))))
            return;
        upper_ = std::move(names);
    }

    bool header(const Header& names) {
        const auto& changes = words_.changes;
        const auto changed =
            std::tuple(names.find(changes.code), names.find(changes.successor), names.find(changes.changed_on));
        if (std::get<0>(changed) && std::get<1>(changed) && std::get<2>(changed)) {
            columns_ = {std::get<0>(changed), names.find(changes.name),
                        std::get<1>(changed), names.find(changes.successor_name),
                        std::get<2>(changed), names.find(changes.reason)};
            kind_ = LocalityKind::changes;
        } else if (names.find(words_.codes.code) && names.find(words_.codes.name)) {
            columns_ = {names.find(words_.codes.code),
                        names.find(words_.codes.prefecture),
                        names.find(words_.codes.name),
                        names.find(words_.codes.kana),
                        std::nullopt,
                        std::nullopt};
            kind_ = LocalityKind::codes;
        } else {
            return false;
        }
        if (before_ && *before_ != *kind_) {  // a list of another kind in the same book
            kind_.reset();
            lines_ = lines_above_header;
        }
        return true;
    }

    [[nodiscard]] std::string cell(const workbooks::Row& row, std::size_t column) const {
        const auto at = columns_.at(column);
        return at && *at < row.cells.size() ? row.cells[*at] : std::string();
    }

    std::string code_of(const std::string& written) {
        met_six_ = met_six_ || digits(without_blanks(written), 6);
        return code_in(written, of_six_);
    }

    void municipality(const workbooks::Row& row) {
        const std::string written = cell(row, 0);
        const std::string name = without_blanks(cell(row, 2));
        const std::string code = code_of(written);
        if (written.empty() && name.empty())
            return;
        if (!core::is_municipality_code(code))
            return fault(row, "municipality_code", written);
        if (name.empty()) {  // the line of the prefecture itself
            if (code.substr(2, 3) != "000")
                fault(row, "name");
            return;
        }
        file_.municipalities.push_back({code, without_blanks(cell(row, 1)), name, cell(row, 3)});
    }

    void change(const workbooks::Row& row) {
        const std::string written = cell(row, 0);
        std::string after = without_blanks(cell(row, 2));
        if (without_blanks(written).empty())
            return;  // established anew: nothing was before
        const std::string code = code_of(written);
        if (!core::is_municipality_code(code))
            return fault(row, "municipality_code", written);
        const auto day = day_in(words_, cell(row, 4));
        if (!day)
            return fault(row, "date", cell(row, 4));
        const bool same = std::ranges::find(words_.unchanged, after) != words_.unchanged.end();
        after = code_of(after);
        if (same || after == code)
            return;  // another name for the same code
        const bool follows = core::is_municipality_code(after);
        if (!follows && std::ranges::any_of(after, [](char c) { return c >= '0' && c <= '9'; }))
            return fault(row, "municipality_code", cell(row, 2));
        file_.changes.push_back(
            {code, follows ? after : std::string(), *day, cell(row, 1), cell(row, 3), cell(row, 5)});
    }

    void town(const workbooks::Row& row) {
        if (!is_postal(row.cells))
            return fault(row, "postal_code", row.cells.size() > 2 ? row.cells[2] : row.cells.front());
        const std::string code = core::six_digit_code(row.cells[0]);
        const std::string& written = row.cells[8];
        // A long name goes on in the next lines until its bracket closes.
        if (open_) {
            if (written.find(words_.bracket.close) != std::string::npos)
                open_ = false;
            return;
        }
        open_ = written.find(words_.bracket.open) != std::string::npos &&
                written.find(words_.bracket.close) == std::string::npos;
        file_.towns.push_back({row.cells[2], code, row.cells[6], row.cells[7], town_of(words_, written)});
    }

    const LocalityWords& words_;  // NOLINT: lives as long as the file is read
    bool of_six_;
    bool met_six_ = false;
    std::optional<LocalityKind> kind_;
    std::optional<LocalityKind> before_;
    int lines_ = 0;
    bool open_ = false;
    std::vector<std::string> upper_;
    std::array<std::optional<std::size_t>, 6> columns_;
    std::vector<core::FieldError> faults_;
    LocalityFile file_;
};

/// Told to whoever reads the first lines only.
struct Enough {};

}  // namespace

LocalityWords read_locality_words(const std::filesystem::path& folder) {
    return packs::value_of_yaml_file<LocalityWords>(folder / "locality_files.yaml");
}

bool is_locality_file(const LocalityWords& words, std::string_view bytes) {
    Reader reader(words, false);
    int rows = 0;
    try {
        workbooks::read(bytes, limits,
                        {.table = [&](const std::string&, bool) { reader.table(); },
                         .row =
                             [&](workbooks::Row&& row) {
                                 reader.take(std::move(row));
                                 if (reader.known() || ++rows > 2 * lines_above_header)
                                     throw Enough{};
                             }});
    } catch (const Enough&) {
        return reader.known();
    } catch (const core::Error&) {
        return false;
    }
    return reader.known();
}

LocalityFile read_localities(const LocalityWords& words, std::string_view bytes) {
    const auto read = [&](Reader& reader) {
        workbooks::read(bytes, limits,
                        {.table = [&](const std::string&, bool) { reader.table(); },
                         .row = [&](workbooks::Row&& row) { reader.take(std::move(row)); }});
    };
    Reader reader(words, false);
    read(reader);
    if (!reader.met_six())
        return reader.finish();
    Reader again(words, true);
    read(again);
    return again.finish();
}

std::string town_of(const LocalityWords& words, const std::string& written) {
    std::string town = written.substr(0, written.find(words.bracket.open));
    if (std::ranges::find(words.no_town, town) != words.no_town.end())
        return {};
    for (const std::string& end : words.no_town_ends) {
        if (town.size() > end.size() && town.ends_with(end))
            return {};
    }
    return town;
}

}  // namespace tsunagi::localities
