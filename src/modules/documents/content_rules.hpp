// SPDX-License-Identifier: Apache-2.0
// What a file is, by its bytes. The name only has to agree.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "modules/documents/document.hpp"

namespace tsunagi::documents {

/// The bytes of a file, read where they are needed: at most `size` from `offset` on, fewer only at its end.
struct FileBytes {
    std::int64_t size = 0;
    std::function<std::string(std::int64_t offset, std::int64_t size)> read;
};

/// The kind of the file, whose name must end as files of that kind do. Throws core::Error `invalid` at `/upload_id`
/// with one of: `file_kind_not_allowed` (the limit says what it is, as a media type), `extension_differs` (the limit is
/// the kind), `office_encrypted`, `office_macros`, `file_damaged`.
[[nodiscard]] FileKind kind_of(const std::string& name, const FileBytes& bytes);

[[nodiscard]] std::string_view media_type(FileKind kind, const std::string& name);
/// Whether a browser shows it by itself.
[[nodiscard]] bool has_preview(FileKind kind);
/// The value of Content-Disposition (RFC 6266), for any name.
[[nodiscard]] std::string disposition(std::string_view how, const std::string& name);

}  // namespace tsunagi::documents
