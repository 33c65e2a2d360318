// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace tsunagi::http {

/// What the last steps before the wire need to know of the request.
struct AnswerContext {
    std::string_view request_id;
    std::string_view accept_encoding;
    std::string_view if_none_match;
    bool reads = false;       ///< GET or HEAD: may be answered 304
    bool head_only = false;   ///< HEAD: the length of the body, but not the body
    bool keep_alive = false;  ///< the connection stays open after this answer
    bool secure = false;      ///< over TLS
};

/// An answer as it goes onto the wire: `head`, then `body` or, for files kept in memory, `shared_body`, or what
/// `source` gives.
struct Outgoing {
    int status = 200;
    std::string head;
    std::string body;
    std::string_view shared_body;
    std::shared_ptr<BodySource> source;  ///< what follows `body`, which is empty then
    bool keep_alive = false;

    [[nodiscard]] std::string_view payload() const {
        return shared_body.empty() ? std::string_view(body) : shared_body;
    }
};

/// Whether an `If-None-Match` names this entity tag (weak comparison, `*` included).
[[nodiscard]] bool names_etag(std::string_view if_none_match, std::string_view etag);

/// Makes a 304 of an unchanged answer, compresses what is worth it, and writes the head with the security headers
/// that stand on every answer; a content security policy of its own takes the place of the usual one. With
/// `shared_body` the text is sent from where it lies, as it is.
[[nodiscard]] Outgoing make_outgoing(Response response, const AnswerContext& context,
                                     std::string_view shared_body = {});

}  // namespace tsunagi::http
