// SPDX-License-Identifier: Apache-2.0
#include "modules/audit/audit_service.hpp"

#include <fstream>
#include <limits>
#include <map>
#include <mutex>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include "core/error.hpp"
#include "modules/audit/audit_store.hpp"

namespace tsunagi::audit {
namespace {

constexpr std::int64_t default_page = 50;
constexpr std::int64_t largest_page = 200;
constexpr std::int64_t counted_at_most = 10'000;
constexpr std::int64_t rows_at_once = 5'000;
constexpr std::int64_t before_all = std::numeric_limits<std::int64_t>::min();

struct AnchorFile {
    std::vector<Anchor> lines;
    std::string broken;  ///< what is wrong with the first bad line; the lines before it are good
};

/// Every line up to the first one that does not fit. A file that does not exist yet has no lines.
AnchorFile read_anchors(const std::filesystem::path& file, const std::string& key) {
    AnchorFile result;
    std::ifstream in(file);
    std::string line;
    std::string before;
    for (int number = 1; std::getline(in, line); ++number) {
        auto anchor = parse_anchor(line);
        if (!anchor || anchor->seal != seal_of(key, *anchor, before)) {
            result.broken = "line " + std::to_string(number) + " of the anchors file was changed";
            return result;
        }
        before = anchor->seal;
        result.lines.push_back(std::move(*anchor));
    }
    return result;
}

void append_durably(const std::filesystem::path& file, const std::string& text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw std::runtime_error("the anchors file cannot be written: " + file.string());
    const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool synced = ::fdatasync(descriptor) == 0;
    ::close(descriptor);
    if (!written || !synced)
        throw std::runtime_error("the anchors file cannot be written: " + file.string());
}

std::vector<ChainEnd> ends_of_chains(db::ReadTx& tx) {
    std::vector<ChainEnd> ends;
    for (auto chain = next_chain(tx, {}); chain; chain = next_chain(tx, *chain)) {
        ends.push_back(last_of_chain(tx, *chain).value());
    }
    return ends;
}

/// The end of the writer's own chain; of a new one, what comes before its first row.
db::ChainTip tip_of_chain(db::WriteTx& tx) {
    if (tx.chain_tip())
        return *tx.chain_tip();
    const auto last = last_of_chain(tx, tx.writer_number());
    return last ? db::ChainTip{last->sequence, last->hash} : db::ChainTip{};
}

std::string place(std::int64_t chain, std::int64_t sequence, const std::string& what) {
    return std::to_string(chain) + "/" + std::to_string(sequence) + " " + what;
}

/// Walks along one chain, row after row, and compares the anchors on the way.
class ChainCheck {
public:
    ChainCheck(const std::string& key, std::int64_t chain, std::map<std::int64_t, std::string> anchored)
        : key_(key), chain_(chain), anchored_(std::move(anchored)) {}

    /// What is wrong with the row, or an empty text.
    std::string next(const ChainRow& entry) {
        const std::int64_t expected = sequence_ + 1;
        if (entry.sequence > expected)
            return place(chain_, expected, "is missing");
        if (entry.sequence < expected)
            return place(chain_, entry.sequence, "stands before the beginning");
        if (entry.hash != hash_of(key_, entry, hash_))
            return place(chain_, entry.sequence, "was changed");
        const auto anchor = anchored_.find(entry.sequence);
        if (anchor != anchored_.end() && anchor->second != entry.hash) {
            return place(chain_, entry.sequence, "is not the row that was anchored");
        }
        sequence_ = entry.sequence;
        hash_ = entry.hash;
        return {};
    }

    /// Rows that were anchored and are not there any more.
    [[nodiscard]] std::string end() const {
        if (anchored_.empty() || anchored_.rbegin()->first <= sequence_)
            return {};
        return place(chain_, sequence_ + 1, "was cut off");
    }

    [[nodiscard]] std::int64_t sequence() const { return sequence_; }

private:
    const std::string& key_;  // NOLINT: lives as long as the check
    std::int64_t chain_;
    std::map<std::int64_t, std::string> anchored_;
    std::int64_t sequence_ = 0;
    std::string hash_;
};

/// Reads the chain in pieces, so that millions of rows neither fill the memory nor hold one snapshot open.
std::string check_chain(db::Database& database, ChainCheck& check, std::int64_t chain, std::int64_t& rows) {
    std::int64_t after = before_all;
    for (;;) {
        const auto entries = database.read([&](db::ReadTx& tx) { return rows_after(tx, chain, after, rows_at_once); });
        for (const ChainRow& entry : entries) {
            ++rows;
            if (std::string fault = check.next(entry); !fault.empty())
                return fault;
        }
        if (entries.empty())
            return check.end();
        after = entries.back().sequence;
    }
}

}  // namespace

/// The ends that stand in the anchors file, so that it is read once and not every minute.
struct AuditService::Anchored {
    std::mutex mutex;
    bool known = false;
    std::uintmax_t size = 0;
    std::map<std::int64_t, std::int64_t> ends;
    std::string seal;
};

AuditService::AuditService(db::Database& database, std::string key, std::filesystem::path anchors, core::Clock clock)
    : database_(database),
      key_(std::move(key)),
      anchors_(std::move(anchors)),
      clock_(std::move(clock)),
      anchored_(std::make_shared<Anchored>()) {
    if (key_.size() != 32)
        throw std::logic_error("the audit key has 32 bytes");
}

void AuditService::record(db::WriteTx& tx, const Event& event) const {
    const std::int64_t chain = tx.writer_number();
    const db::ChainTip last = tip_of_chain(tx);
    ChainRow entry{.chain = chain,
                   .sequence = last.sequence + 1,
                   .at = clock_.now().str(),
                   .actor_id = event.actor_id ? std::optional(event.actor_id->str()) : std::nullopt,
                   .actor_name = event.actor_name,
                   .action = event.action,
                   .subject_kind = event.subject_kind,
                   .subject_id = event.subject_id,
                   .detail = event.detail,
                   .hash = {}};
    entry.hash = hash_of(key_, entry, last.hash);
    append_row(tx, entry);
    tx.set_chain_tip({entry.sequence, entry.hash});
}

AuditPage AuditService::search(const AuditFilter& filter) const {
    std::vector<core::FieldError> errors;
    const std::int64_t limit = filter.limit.value_or(default_page);
    if (limit < 1 || limit > largest_page)
        errors.push_back({"?limit", "range", "1-" + std::to_string(largest_page)});
    std::optional<AuditCursor> after;
    if (!filter.after.empty()) {
        after = parse_cursor(filter.after.str());
        if (!after)
            errors.push_back({"?after", "format", ""});
    }
    if (!filter.sort.empty() && filter.sort.str() != "-at")
        errors.push_back({"?sort", "unknown_code", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));

    return database_.read([&](db::ReadTx& tx) {
        AuditPage page;
        page.items = find_entries(tx, filter, after, limit + 1);
        if (page.items.size() > static_cast<std::size_t>(limit)) {
            page.items.pop_back();
            page.next = cursor_text(page.items.back());
        }
        const std::int64_t counted = count_entries(tx, filter, counted_at_most + 1);
        page.total_capped = counted > counted_at_most;
        page.total = std::min(counted, counted_at_most);
        return page;
    });
}

Verification AuditService::verify() const {
    Verification result;
    const auto fail = [&](std::string what) {
        result.intact = false;
        result.broken_at = std::move(what);
        return result;
    };
    // The anchors are read first: what is appended meanwhile cannot be missing from the chains.
    const AnchorFile anchors = read_anchors(anchors_, key_);
    std::map<std::int64_t, std::map<std::int64_t, std::string>> anchored;
    for (const Anchor& anchor : anchors.lines)
        anchored[anchor.chain][anchor.sequence] = anchor.hash;

    std::optional<std::int64_t> chain;
    for (;;) {
        const auto next = database_.read([&](db::ReadTx& tx) { return next_chain(tx, chain); });
        if (!next)
            break;
        chain = next;
        ChainCheck check(key_, *next, std::move(anchored[*next]));
        anchored.erase(*next);
        if (std::string fault = check_chain(database_, check, *next, result.rows); !fault.empty())
            return fail(fault);
    }
    if (!anchored.empty())
        return fail(place(anchored.begin()->first, 1, "was cut off"));
    if (!anchors.broken.empty())
        return fail(anchors.broken);
    return result;
}

void AuditService::anchor() const {
    const std::lock_guard lock(anchored_->mutex);
    std::error_code absent;
    const auto size = std::filesystem::file_size(anchors_, absent);
    if (!anchored_->known || anchored_->size != size) {
        const AnchorFile anchors = read_anchors(anchors_, key_);
        if (!anchors.broken.empty())
            throw std::runtime_error(anchors.broken);
        anchored_->ends.clear();
        for (const Anchor& anchor : anchors.lines)
            anchored_->ends[anchor.chain] = anchor.sequence;
        anchored_->seal = anchors.lines.empty() ? "" : anchors.lines.back().seal;
    }
    std::string text;
    for (const ChainEnd& end : database_.read(ends_of_chains)) {
        const auto found = anchored_->ends.find(end.chain);
        if (found != anchored_->ends.end() && found->second >= end.sequence)
            continue;
        Anchor anchor{.at = clock_.now(), .chain = end.chain, .sequence = end.sequence, .hash = end.hash, .seal = {}};
        anchor.seal = seal_of(key_, anchor, anchored_->seal);
        anchored_->seal = anchor.seal;
        anchored_->ends[end.chain] = end.sequence;
        text += anchor_line(anchor);
    }
    anchored_->known = false;
    if (!text.empty())
        append_durably(anchors_, text);
    anchored_->size = std::filesystem::file_size(anchors_, absent);
    anchored_->known = true;
}

std::int64_t AuditService::changes(db::ReadTx& tx) {
    return count_changes(tx);
}

}  // namespace tsunagi::audit
