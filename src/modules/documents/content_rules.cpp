// SPDX-License-Identifier: Apache-2.0
#include "modules/documents/content_rules.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <vector>

#include <magic.h>

#include "core/error.hpp"
#include "record/scalar.hpp"

namespace tsunagi::documents {
namespace {

/// Deep enough for everything libmagic looks at in the kinds that are allowed.
constexpr std::int64_t beginning = 256LL * 1024;

[[noreturn]] void refuse(const char* reason, std::string limit = {}) {
    throw core::invalid({{"/upload_id", reason, std::move(limit)}});
}

std::string lower(std::string text) {
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

std::string extension_of(const std::string& name) {
    const auto dot = name.rfind('.');
    return dot == std::string::npos ? std::string() : lower(name.substr(dot + 1));
}

std::string media_type_of(const std::string& bytes) {
    // Not made once: a cookie is not for several threads, and files come rarely.
    struct Close {
        void operator()(magic_t cookie) const { magic_close(cookie); }
    };

    const std::unique_ptr<magic_set, Close> cookie(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS));
    if (!cookie || magic_load(cookie.get(), nullptr) != 0)
        throw core::Error(core::ErrorKind::internal, "internal", {}, "libmagic has no database");
    const char* found = magic_buffer(cookie.get(), bytes.data(), bytes.size());
    return found == nullptr ? "application/octet-stream" : found;
}

std::uint32_t number(std::string_view bytes, std::size_t at, int size) {
    std::uint32_t result = 0;
    for (int i = size - 1; i >= 0; --i)
        result = result << 8U | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
    return result;
}

// ---- ZIP: the Office files of today

/// The names in the directory at the end of an archive.
std::set<std::string> names_in_zip(const FileBytes& bytes) {
    constexpr std::int64_t longest_end = 22 + 65'535;
    constexpr std::int64_t longest_directory = 8LL * 1024 * 1024;
    const std::int64_t from = std::max<std::int64_t>(0, bytes.size - longest_end);
    const std::string tail = bytes.read(from, bytes.size - from);
    const auto end = tail.rfind("PK\x05\x06");
    if (end == std::string::npos || end + 22 > tail.size())
        refuse("file_damaged");
    const std::int64_t size = number(tail, end + 12, 4);
    const std::int64_t offset = number(tail, end + 16, 4);
    if (size > longest_directory || offset + size > bytes.size)
        refuse("file_damaged");
    const std::string directory = bytes.read(offset, size);
    std::set<std::string> names;
    for (std::size_t at = 0; at + 46 <= directory.size();) {
        if (directory.compare(at, 4, "PK\x01\x02") != 0)
            refuse("file_damaged");
        const std::size_t name = number(directory, at + 28, 2);
        const std::size_t rest = number(directory, at + 30, 2) + number(directory, at + 32, 2);
        if (at + 46 + name > directory.size())
            refuse("file_damaged");
        names.insert(lower(directory.substr(at + 46, name)));
        at += 46 + name + rest;
    }
    return names;
}

FileKind kind_of_zip(const FileBytes& bytes) {
    const auto names = names_in_zip(bytes);
    const auto holds = [&](std::string_view begin) {
        const auto found = names.lower_bound(std::string(begin));
        return found != names.end() && found->starts_with(begin);
    };
    if (!names.contains("[content_types].xml"))
        refuse("file_kind_not_allowed", "application/zip");
    const bool macros = std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return name.ends_with("vbaproject.bin") || name.find("/macrosheets/") != std::string::npos ||
               name.find("/activex/") != std::string::npos;
    });
    if (macros)
        refuse("office_macros");
    if (holds("word/document"))
        return FileKind::word;
    if (holds("xl/workbook"))
        return FileKind::excel;
    if (holds("ppt/presentation"))
        return FileKind::powerpoint;
    refuse("file_kind_not_allowed", "application/zip");
}

// ---- Compound files: the Office files of before 2007, and every encrypted one

/// One entry of the directory of a compound file.
struct StreamEntry {
    std::string name;  ///< characters beyond ASCII are left out
    std::uint32_t first = 0;
    std::uint32_t size = 0;
};

/// A file system within a file (MS-CFB). Every number in it is distrusted.
class CompoundFile {
public:
    explicit CompoundFile(const FileBytes& bytes) : bytes_(bytes) {
        const std::string head = bytes.read(0, 512);
        if (head.size() < 512)
            refuse("file_damaged");
        const std::uint32_t shift = number(head, 30, 2);
        if (shift != 9 && shift != 12)
            refuse("file_damaged");
        sector_ = std::int64_t{1} << shift;
        for (std::size_t i = 0; i < 109; ++i)
            fat_.push_back(number(head, 76 + 4 * i, 4));
        std::uint32_t more = number(head, 68, 4);
        for (std::size_t steps = 0; more < last_sector; ++steps) {
            if (steps == most_steps)
                refuse("file_damaged");
            const std::string sector = read_sector(more);
            const std::size_t count = static_cast<std::size_t>(sector_) / 4 - 1;
            for (std::size_t i = 0; i < count; ++i)
                fat_.push_back(number(sector, 4 * i, 4));
            more = number(sector, 4 * count, 4);
        }
        read_directory(number(head, 48, 4));
    }

    /// Capital and small letters are the same, as they are to Office.
    [[nodiscard]] const StreamEntry* find(std::string_view name) const {
        const std::string wanted = lower(std::string(name));
        const auto found =
            std::find_if(entries_.begin(), entries_.end(), [&](const auto& e) { return lower(e.name) == wanted; });
        return found == entries_.end() ? nullptr : &*found;
    }

    /// The beginning of a stream of at least 4096 bytes; smaller ones stand elsewhere and give nothing.
    [[nodiscard]] std::string begin_of(const StreamEntry& entry) const {
        return entry.size < 4096 ? std::string() : read_sector(entry.first) + read_sector(next(entry.first));
    }

private:
    static constexpr std::uint32_t last_sector = 0xFFFFFFF0;
    static constexpr std::size_t most_steps = 512;

    [[nodiscard]] std::string read_sector(std::uint32_t sector) const {
        if (sector >= last_sector)
            return {};
        std::string result = bytes_.read((std::int64_t{sector} + 1) * sector_, sector_);
        if (static_cast<std::int64_t>(result.size()) < sector_)
            refuse("file_damaged");
        return result;
    }

    [[nodiscard]] std::uint32_t next(std::uint32_t sector) const {
        const std::size_t per_sector = static_cast<std::size_t>(sector_) / 4;
        if (sector >= last_sector)
            return last_sector;
        // What the table does not tell could hide anything, macros too.
        if (sector / per_sector >= fat_.size())
            refuse("file_damaged");
        const std::uint32_t at = fat_[sector / per_sector];
        if (at != table_at_) {
            table_ = read_sector(at);
            table_at_ = at;
        }
        if (table_.empty())
            refuse("file_damaged");
        return number(table_, 4 * (sector % per_sector), 4);
    }

    void read_directory(std::uint32_t sector) {
        for (std::size_t steps = 0; sector < last_sector; ++steps) {
            if (steps == most_steps)
                refuse("file_damaged");
            const std::string part = read_sector(sector);
            for (std::size_t at = 0; at + 128 <= part.size(); at += 128) {
                const std::size_t length = std::min<std::size_t>(number(part, at + 64, 2), 64);
                StreamEntry entry{.name = {}, .first = number(part, at + 116, 4), .size = number(part, at + 120, 4)};
                for (std::size_t i = 0; i + 2 < length + 1 && i + 1 < 64; i += 2) {
                    const std::uint32_t letter = number(part, at + i, 2);
                    if (letter >= 0x20 && letter < 0x7F)
                        entry.name += static_cast<char>(letter);
                }
                if (part[at + 66] != 0)
                    entries_.push_back(std::move(entry));
            }
            sector = next(sector);
        }
    }

    const FileBytes& bytes_;  // NOLINT: outlives this
    std::int64_t sector_ = 512;
    std::vector<std::uint32_t> fat_;
    mutable std::uint32_t table_at_ = last_sector;  ///< the part of the table that was read last
    mutable std::string table_;
    std::vector<StreamEntry> entries_;
};

/// The first records of a workbook of Excel 97 to 2003: FILEPASS among them means that the rest cannot be read.
bool workbook_is_encrypted(const std::string& stream) {
    for (std::size_t at = 0; at + 4 <= stream.size();) {
        const std::uint32_t record = number(stream, at, 2);
        if (record == 0x2F)
            return true;
        at += 4 + number(stream, at + 2, 2);
        if (record == 0x0A)
            return false;
    }
    return false;
}

FileKind kind_of_compound(const FileBytes& bytes) {
    const CompoundFile file(bytes);
    if (file.find("EncryptedPackage") != nullptr || file.find("EncryptionInfo") != nullptr ||
        file.find("EncryptedSummary") != nullptr)
        refuse("office_encrypted");
    for (const char* macros : {"VBA", "Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT"}) {
        if (file.find(macros) != nullptr)
            refuse("office_macros");
    }
    if (const auto* document = file.find("WordDocument")) {
        const std::string head = file.begin_of(*document);
        if (head.size() > 12 && (number(head, 10, 2) & 0x0100U) != 0)
            refuse("office_encrypted");
        return FileKind::word;
    }
    for (const char* name : {"Workbook", "Book"}) {
        if (const auto* book = file.find(name)) {
            if (workbook_is_encrypted(file.begin_of(*book)))
                refuse("office_encrypted");
            return FileKind::excel;
        }
    }
    if (file.find("PowerPoint Document") != nullptr)
        return FileKind::powerpoint;
    refuse("file_kind_not_allowed", "application/x-ole-storage");
}

// ---- everything

struct Form {
    FileKind kind;
    std::string_view extension;
    std::string_view type;
    bool compound = false;
};

constexpr std::array<Form, 18> forms{{
    {FileKind::pdf, "pdf", "application/pdf"},
    {FileKind::jpeg, "jpg", "image/jpeg"},
    {FileKind::jpeg, "jpeg", "image/jpeg"},
    {FileKind::png, "png", "image/png"},
    {FileKind::tiff, "tif", "image/tiff"},
    {FileKind::tiff, "tiff", "image/tiff"},
    {FileKind::heic, "heic", "image/heic"},
    {FileKind::heic, "heif", "image/heif"},
    {FileKind::gif, "gif", "image/gif"},
    {FileKind::webp, "webp", "image/webp"},
    {FileKind::word, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {FileKind::excel, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {FileKind::powerpoint, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {FileKind::word, "doc", "application/msword", true},
    {FileKind::excel, "xls", "application/vnd.ms-excel", true},
    {FileKind::powerpoint, "ppt", "application/vnd.ms-powerpoint", true},
    {FileKind::text, "txt", "text/plain"},
    {FileKind::csv, "csv", "text/csv"},
}};

const Form* form_of(std::string_view extension) {
    const auto* found =
        std::find_if(forms.begin(), forms.end(), [&](const Form& f) { return f.extension == extension; });
    return found == forms.end() ? nullptr : found;
}

bool is_office(FileKind kind) {
    return kind == FileKind::word || kind == FileKind::excel || kind == FileKind::powerpoint;
}

constexpr std::array<std::string_view, 8> scripts{"text/html",     "text/xml",           "text/x-shellscript",
                                                  "text/x-php",    "text/x-msdos-batch", "text/javascript",
                                                  "text/x-script", "text/x-python"};

/// Text is told apart by its name: a list with commas is text as well.
bool is_text(const std::string& type, const std::string& head) {
    if (head.find('\0') != std::string::npos && !head.starts_with("\xff\xfe") && !head.starts_with("\xfe\xff"))
        return false;
    const bool text = type.starts_with("text/") || type == "application/csv" || type == "application/octet-stream" ||
                      type == "application/json";
    return text && std::none_of(scripts.begin(), scripts.end(), [&](auto s) { return type.starts_with(s); });
}

}  // namespace

FileKind kind_of(const std::string& name, const FileBytes& bytes) {
    const std::string head = bytes.read(0, std::min(bytes.size, beginning));
    const std::string type = media_type_of(head);
    const std::string extension = extension_of(name);
    const Form* form = form_of(extension);
    if (head.starts_with("PK\x03\x04") || head.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
        const bool compound = head.front() != 'P';
        const FileKind kind = compound ? kind_of_compound(bytes) : kind_of_zip(bytes);
        if (form == nullptr || form->kind != kind || form->compound != compound)
            refuse("extension_differs", record::to_text(kind));
        return kind;
    }
    if (form != nullptr && (form->kind == FileKind::text || form->kind == FileKind::csv) && is_text(type, head))
        return form->kind;
    const auto found = std::find_if(forms.begin(), forms.end(), [&](const Form& f) {
        return f.type == type && !is_office(f.kind) && f.kind != FileKind::text && f.kind != FileKind::csv;
    });
    if (found == forms.end())
        refuse("file_kind_not_allowed", type);
    if (form == nullptr || form->kind != found->kind)
        refuse("extension_differs", record::to_text(found->kind));
    return found->kind;
}

std::string_view media_type(FileKind kind, const std::string& name) {
    const Form* form = form_of(extension_of(name));
    return form == nullptr || form->kind != kind ? "application/octet-stream" : form->type;
}

bool has_preview(FileKind kind) {
    return kind == FileKind::pdf || kind == FileKind::jpeg || kind == FileKind::png || kind == FileKind::gif ||
           kind == FileKind::webp;
}

std::string disposition(std::string_view how, const std::string& name) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const std::string extension = extension_of(name);
    std::string plain;
    std::string encoded;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool simple = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                            c == '.' || c == '_';
        if (simple) {
            encoded += c;
            plain += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4U];
            encoded += digits[byte & 15U];
            if ((byte & 0xC0U) != 0x80)
                plain += '_';
        }
    }
    return std::string(how) + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace tsunagi::documents
