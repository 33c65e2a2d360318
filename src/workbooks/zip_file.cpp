// SPDX-License-Identifier: Apache-2.0
#include "workbooks/zip_file.hpp"

#include <memory>
#include <stdexcept>

#include <zip.h>

namespace tsunagi::workbooks {
namespace {

constexpr zip_uint16_t day_without_meaning = (10U << 9U) | (1U << 5U) | 1U;  // 1990-01-01, as ZIP counts

/// Written when it is closed; given up otherwise.
class Archive {
public:
    /// Nothing is an archive that could not be opened.
    Archive(zip_t* archive, std::string name) : name_(std::move(name)), archive_(archive) {
        if (!archive_)
            throw std::runtime_error("cannot write " + name_);
    }

    [[nodiscard]] zip_t* get() const { return archive_.get(); }

    /// Takes the source, which may be nothing.
    void add(const std::string& name, zip_source_t* source) {
        const zip_int64_t at =
            source == nullptr ? -1 : zip_file_add(archive_.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (at < 0) {
            if (source != nullptr)
                zip_source_free(source);
            throw std::runtime_error("cannot pack " + name);
        }
        zip_file_set_dostime(archive_.get(), static_cast<zip_uint64_t>(at), 0, day_without_meaning, 0);
    }

    void close() {
        if (zip_close(archive_.get()) != 0)
            throw std::runtime_error("cannot write " + name_ + ": " + zip_strerror(archive_.get()));
        (void)archive_.release();
    }

private:
    struct Discard {
        void operator()(zip_t* archive) const { zip_discard(archive); }
    };

    std::string name_;
    std::unique_ptr<zip_t, Discard> archive_;
};

}  // namespace

void write_zip(const std::filesystem::path& zip, const std::vector<ZipPart>& parts) {
    int error = 0;
    Archive archive(zip_open(zip.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error), zip.string());
    for (const ZipPart& part : parts)
        archive.add(part.name, zip_source_file(archive.get(), part.file.c_str(), 0, -1));
    archive.close();
}

std::string zip_of(const std::vector<ZipBytes>& parts) {
    struct Free {
        void operator()(zip_source_t* source) const { zip_source_free(source); }
    };

    const std::unique_ptr<zip_source_t, Free> target(zip_source_buffer_create(nullptr, 0, 0, nullptr));
    if (!target)
        throw std::runtime_error("cannot pack in memory");
    zip_source_keep(target.get());
    zip_t* opened = zip_open_from_source(target.get(), ZIP_TRUNCATE, nullptr);
    if (opened == nullptr)
        zip_source_free(target.get());
    Archive archive(opened, "a packed file");
    for (const ZipBytes& part : parts)
        archive.add(part.name, zip_source_buffer(archive.get(), part.bytes.data(), part.bytes.size(), 0));
    archive.close();

    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(target.get(), &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
        zip_source_open(target.get()) != 0)
        throw std::runtime_error("cannot read what was packed");
    std::string bytes(stat.size, '\0');
    const zip_int64_t size = zip_source_read(target.get(), bytes.data(), bytes.size());
    zip_source_close(target.get());
    if (size != static_cast<zip_int64_t>(bytes.size()))
        throw std::runtime_error("cannot read what was packed");
    return bytes;
}

}  // namespace tsunagi::workbooks
