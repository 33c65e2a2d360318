// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::uploads {

using UploadId = core::Id<struct UploadTag>;

/// Every part but the last has this size.
constexpr std::int64_t part_bytes = 1024LL * 1024;
/// The largest file that is taken.
constexpr std::int64_t most_bytes = 50 * part_bytes;

struct NewUpload {
    record::NonEmpty<record::Text<200>> name;  ///< of the file, without folders
    record::Whole<1, most_bytes> size;
    record::Text<100> media_type;  ///< as the browser says; nothing relies on it
};
BOOST_DESCRIBE_STRUCT(NewUpload, (), (name, size, media_type))

struct Upload {
    UploadId id;
    std::string name;
    std::int64_t size = 0;
    std::int64_t part_size = part_bytes;
    std::int64_t parts = 0;              ///< how many there will be; the first is number 0
    std::vector<std::int64_t> received;  ///< numbers of the parts that are here
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Upload, (), (id, name, size, part_size, parts, received, expires_at))

/// A file that is here completely.
struct ReceivedFile {
    UploadId id;
    std::string name;
    std::int64_t size = 0;
    std::int64_t parts = 0;
};

}  // namespace tsunagi::uploads
