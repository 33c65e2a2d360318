// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>

#include "http/message.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::http {

/// A file for the reader's folder of downloads, kept nowhere else. Its name is ASCII.
inline Response download(record::ExportedFile file) {
    Response response;
    response.body = std::move(file.bytes);
    response.set("content-type", file.media_type);
    response.set("content-disposition", "attachment; filename=\"" + file.name + "\"");
    response.set("cache-control", "no-store");
    return response;
}

}  // namespace tsunagi::http
