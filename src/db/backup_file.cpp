// SPDX-License-Identifier: Apache-2.0
#include "db/backup_file.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include <boost/json.hpp>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>
#include <zlib.h>

namespace tsunagi::db {
namespace {

constexpr unsigned buffer_size = 256 * 1024;
constexpr std::size_t longest_line = 256UL * 1024 * 1024;

[[noreturn]] void fail_io(const std::string& what, const std::filesystem::path& path) {
    throw BackupError(BackupFailure::io, what + " " + path.string() + ": " + std::strerror(errno));
}

[[noreturn]] void fail_damaged(const std::string& what) {
    throw BackupError(BackupFailure::damaged, "the backup is damaged: " + what);
}

void sync_path(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool good = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!good)
        fail_io("cannot write to disk", path);
}

class Checksum {
public:
    Checksum() {
        if (sodium_init() < 0)
            throw std::runtime_error("libsodium cannot start");
        crypto_generichash_init(&state_, nullptr, 0, crypto_generichash_BYTES);
    }

    void add(const char* data, std::size_t size) {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(data), size);  // NOLINT: C interface
    }

    [[nodiscard]] std::string hex() const {
        crypto_generichash_state copy = state_;
        std::array<unsigned char, crypto_generichash_BYTES> raw{};
        crypto_generichash_final(&copy, raw.data(), raw.size());
        std::array<char, 2 * crypto_generichash_BYTES + 1> text{};
        sodium_bin2hex(text.data(), text.size(), raw.data(), raw.size());
        return text.data();
    }

private:
    crypto_generichash_state state_{};
};

/// The lines of a gzip file, one at a time.
class LineReader {
public:
    explicit LineReader(const std::filesystem::path& path) : file_(::gzopen(path.c_str(), "rb")) {
        if (file_ == nullptr)
            fail_io("cannot read", path);
        ::gzbuffer(file_, buffer_size);
    }

    ~LineReader() { ::gzclose(file_); }

    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    /// The next line with its line break; nothing at the end.
    [[nodiscard]] std::optional<std::string> next() {
        std::string line;
        for (;;) {
            if (at_ == size_ && !fill()) {
                if (!line.empty())
                    fail_damaged("it ends in the middle of a line");
                return std::nullopt;
            }
            const char* begin = buffer_.data() + at_;
            const auto* end = static_cast<const char*>(std::memchr(begin, '\n', size_ - at_));
            const std::size_t length = end == nullptr ? size_ - at_ : static_cast<std::size_t>(end - begin) + 1;
            if (line.size() + length > longest_line)
                fail_damaged("a line is too long");
            line.append(begin, length);
            at_ += length;
            if (end != nullptr)
                return line;
        }
    }

private:
    bool fill() {
        const int got = ::gzread(file_, buffer_.data(), buffer_size);
        int state = Z_OK;
        ::gzerror(file_, &state);
        if (got < 0 || (state != Z_OK && state != Z_STREAM_END))
            fail_damaged("it cannot be unpacked");
        at_ = 0;
        size_ = static_cast<std::size_t>(got);
        return got > 0;
    }

    gzFile file_;
    std::vector<char> buffer_ = std::vector<char>(buffer_size);
    std::size_t at_ = 0;
    std::size_t size_ = 0;
};

boost::json::value parsed(const std::string& line) {
    boost::system::error_code error;
    auto value = boost::json::parse(line, error);
    if (error)
        fail_damaged("a line is no JSON");
    return value;
}

std::string text_member(const boost::json::object& object, const char* name) {
    const auto* member = object.if_contains(name);
    if (member == nullptr || !member->is_string())
        fail_damaged(std::string("there is no ") + name);
    return std::string(member->get_string());
}

std::int64_t number_member(const boost::json::object& object, const char* name) {
    const auto* member = object.if_contains(name);
    if (member == nullptr || !member->is_int64())
        fail_damaged(std::string("there is no ") + name);
    return member->get_int64();
}

BackupHeader header_of(const std::optional<std::string>& line) {
    constexpr std::int64_t newest_format = 2;
    if (!line)
        fail_damaged("it is empty");
    const auto json = parsed(*line);
    if (!json.is_object() || text_member(json.get_object(), "format") != "tsunagi-backup") {
        fail_damaged("it is no backup of this program");
    }
    const auto& object = json.get_object();
    if (number_member(object, "format_version") > newest_format) {
        throw BackupError(BackupFailure::newer_schema, "the backup was made by a newer program; install that one");
    }
    return {static_cast<int>(number_member(object, "schema_version")), text_member(object, "engine"),
            text_member(object, "made_at"), text_member(object, "key_fingerprint")};
}

std::vector<std::string> columns_of(const boost::json::object& object) {
    const auto* columns = object.if_contains("columns");
    if (columns == nullptr || !columns->is_array())
        fail_damaged("a table has no columns");
    std::vector<std::string> result;
    for (const auto& column : columns->get_array()) {
        if (!column.is_string())
            fail_damaged("a column has no name");
        result.emplace_back(column.get_string());
    }
    return result;
}

void check_counts(const boost::json::object& last, const char* name, const std::map<std::string, std::int64_t>& found) {
    const auto* counts = last.if_contains(name);
    if (counts == nullptr && found.empty())
        return;  // a format without them
    if (counts == nullptr || !counts->is_object())
        fail_damaged(std::string("there are no counts of ") + name);
    std::map<std::string, std::int64_t> expected;
    for (const auto& [part, count] : counts->get_object()) {
        if (!count.is_int64())
            fail_damaged("a count is no number");
        expected[std::string(part)] = count.get_int64();
    }
    if (expected != found)
        fail_damaged(std::string("some are missing of ") + name);
}

/// What follows the header: files with their lines, tables with their rows. Counts all and tells the visitor.
class Parts {
public:
    Parts(BackupSummary& summary, const BackupVisitor& visitor) : summary_(summary), visitor_(visitor) {}

    void add(const boost::json::array& row) {
        if (count_ == nullptr || row.size() != width_)
            fail_damaged("a row does not fit its table");
        ++*count_;
        if (in_file_) {
            if (!row[0].is_string())
                fail_damaged("a line of a file is no text");
            if (visitor_.line)
                visitor_.line(std::string(row[0].get_string()));
            return;
        }
        ++summary_.rows;
        if (visitor_.row)
            visitor_.row(row);
    }

    void begin_table(const boost::json::object& object) {
        const std::string table = text_member(object, "table");
        const auto columns = columns_of(object);
        begin(summary_.tables, table, columns.size());
        in_file_ = false;
        if (visitor_.table)
            visitor_.table(table, columns);
    }

    void begin_file(const boost::json::object& object) {
        const std::string name = text_member(object, "file");
        begin(summary_.files, name, 1);
        in_file_ = true;
        if (visitor_.file)
            visitor_.file(name);
    }

private:
    void begin(std::map<std::string, std::int64_t>& parts, const std::string& name, std::size_t width) {
        const auto [place, fresh] = parts.emplace(name, 0);
        if (!fresh)
            fail_damaged("a part stands twice");
        count_ = &place->second;
        width_ = width;
    }

    BackupSummary& summary_;        // NOLINT: both outlive the reading
    const BackupVisitor& visitor_;  // NOLINT
    std::int64_t* count_ = nullptr;
    std::size_t width_ = 0;
    bool in_file_ = false;
};

}  // namespace

void sync_file(const std::filesystem::path& path) {
    sync_path(path, O_RDONLY);
}

void sync_folder_of(const std::filesystem::path& path) {
    sync_path(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."), O_RDONLY | O_DIRECTORY);
}

struct BackupWriter::Impl {
    std::filesystem::path path;
    std::filesystem::path partial;
    gzFile file = nullptr;
    Checksum checksum;
};

BackupWriter::BackupWriter(std::filesystem::path path) : impl_(std::make_unique<Impl>()) {
    impl_->path = std::move(path);
    impl_->partial = impl_->path;
    impl_->partial += ".partial";
    ::unlink(impl_->partial.c_str());  // left by a run that was killed
    const int descriptor = ::open(impl_->partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        fail_io("cannot write", impl_->partial);
    impl_->file = ::gzdopen(descriptor, "wb4");
    if (impl_->file == nullptr) {
        ::close(descriptor);
        fail_io("cannot write", impl_->partial);
    }
    ::gzbuffer(impl_->file, buffer_size);
}

BackupWriter::~BackupWriter() {
    if (impl_->file != nullptr)
        ::gzclose(impl_->file);
    if (!impl_->partial.empty())
        ::unlink(impl_->partial.c_str());
}

void BackupWriter::write(const std::string& text) {
    impl_->checksum.add(text.data(), text.size());
    if (::gzwrite(impl_->file, text.data(), static_cast<unsigned>(text.size())) != static_cast<int>(text.size())) {
        fail_io("cannot write", impl_->partial);
    }
}

std::string BackupWriter::checksum() const {
    return impl_->checksum.hex();
}

void BackupWriter::finish(const std::string& last_line) {
    write(last_line);
    const int closed = ::gzclose(impl_->file);
    impl_->file = nullptr;
    if (closed != Z_OK)
        fail_io("cannot write", impl_->partial);
    sync_file(impl_->partial);
    if (::rename(impl_->partial.c_str(), impl_->path.c_str()) != 0)
        fail_io("cannot write", impl_->path);
    impl_->partial.clear();
    sync_folder_of(impl_->path);
}

BackupSummary read_backup(const std::filesystem::path& path, const BackupVisitor& visitor) {
    LineReader lines(path);
    Checksum checksum;
    BackupSummary summary;
    const auto first = lines.next();
    static_cast<BackupHeader&>(summary) = header_of(first);
    if (visitor.header)
        visitor.header(summary);
    checksum.add(first->data(), first->size());
    Parts parts(summary, visitor);
    for (;;) {
        const auto line = lines.next();
        if (!line)
            fail_damaged("its end is missing");
        const auto json = parsed(*line);
        const auto* object = json.if_object();
        if (const auto* row = json.if_array()) {
            parts.add(*row);
        } else if (object == nullptr) {
            fail_damaged("a line is neither a table nor a row");
        } else if (object->contains("table")) {
            parts.begin_table(*object);
        } else if (object->contains("file")) {
            parts.begin_file(*object);
        } else {
            summary.checksum = text_member(*object, "checksum");
            if (summary.checksum != checksum.hex())
                fail_damaged("its checksum is wrong");
            check_counts(*object, "rows", summary.tables);
            check_counts(*object, "files", summary.files);
            if (lines.next())
                fail_damaged("something stands after its end");
            return summary;
        }
        checksum.add(line->data(), line->size());
    }
}

}  // namespace tsunagi::db
