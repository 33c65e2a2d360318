// SPDX-License-Identifier: Apache-2.0
// One route: method, path, operation id, permission, typed handler. The OpenAPI document is made from the same list.
#pragma once
#include <charconv>
#include <functional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "http/message.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"
#include "record/query.hpp"
#include "record/row.hpp"
#include "record/schema.hpp"

namespace tsunagi::http {

/// Who may call an operation. There is no default: a route without a permission does not compile.
class Permission {
public:
    /// Open to everybody, signed in or not.
    [[nodiscard]] static Permission anyone() { return {"", Kind::anyone}; }

    /// Signed in, even while the account is restricted to itself (first password change).
    [[nodiscard]] static Permission own_account() { return {"", Kind::own_account}; }

    /// Signed in and unrestricted.
    [[nodiscard]] static Permission signed_in() { return {"", Kind::signed_in}; }

    /// Holds the named permission, e.g. `consultations.write`.
    explicit Permission(std::string name) : name_(std::move(name)), kind_(Kind::named) {}

    enum class Kind { anyone, own_account, signed_in, named };

    [[nodiscard]] Kind kind() const { return kind_; }

    [[nodiscard]] const std::string& name() const { return name_; }

private:
    Permission(std::string name, Kind kind) : name_(std::move(name)), kind_(kind) {}

    std::string name_;
    Kind kind_;
};

/// No body, no query, or no content.
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

/// A body of any bytes, at most `Max`; they live as long as the call.
template <std::size_t Max>
struct Bytes {
    static constexpr std::size_t max = Max;
    std::string_view content;
};

/// What a handler receives.
template <class Body, class Query>
struct Call {
    const Request& request;  // NOLINT: lives as long as the call
    Body body;
    Query query;

    /// A `{name}` part of the path as an id. A text that is no id answers 404, as an unknown id does.
    template <class Id>
    [[nodiscard]] Id id(std::string_view name = "id") const {
        const auto found = request.parameters.find(name);
        if (found == request.parameters.end())
            throw core::not_found();
        const auto id = Id::parse(found->second);
        if (!id)
            throw core::not_found();
        return *id;
    }

    [[nodiscard]] const std::string& parameter(std::string_view name) const {
        const auto found = request.parameters.find(name);
        if (found == request.parameters.end())
            throw core::not_found();
        return found->second;
    }

    /// The version the change was based on, from `If-Match: "7"`. Throws `precondition_required` without one.
    [[nodiscard]] std::int64_t if_match() const {
        const auto header = request.header("if-match");
        if (!header)
            throw core::Error(core::ErrorKind::precondition_required, "precondition_required");
        std::string_view text = *header;
        if (text.starts_with("W/"))
            text.remove_prefix(2);
        if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
            text = text.substr(1, text.size() - 2);
        std::int64_t version = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
        if (error != std::errc{} || end != text.data() + text.size()) {
            throw core::Error(core::ErrorKind::malformed, "malformed_if_match");
        }
        return version;
    }

    /// `Idempotency-Key`, at most 100 characters; empty when there is none.
    [[nodiscard]] std::string idempotency_key() const {
        const auto header = request.header("idempotency-key");
        if (!header)
            return {};
        if (header->size() > 100)
            throw core::Error(core::ErrorKind::malformed, "malformed_idempotency_key");
        return std::string(*header);
    }
};

struct Operation {
    std::string method;
    std::string pattern;  ///< /api/consultations/{id}
    std::string id;       ///< getConsultation
    Permission permission;
    int success = 200;
    bool versioned = false;  ///< takes If-Match
    bool keyed = false;      ///< takes an Idempotency-Key
    bool immediate = false;  ///< never blocks: answered without a handler thread and without asking who calls
    std::string media_type = "application/json";  ///< of the answer
    std::string body_media_type = "application/json";
    std::function<boost::json::value(record::SchemaSet&)> body_schema;    ///< empty: no body
    std::function<boost::json::value(record::SchemaSet&)> answer_schema;  ///< empty: no content or a file
    std::function<boost::json::array(record::SchemaSet&)> query_parameters;
    std::function<Response(const Request&)> handle;

    /// Answers 201 with `Location`.
    [[nodiscard]] Operation created() && {
        success = 201;
        keyed = true;
        return std::move(*this);
    }

    /// Adds a part to a record and answers the whole of it; sent twice with one Idempotency-Key it is added once.
    [[nodiscard]] Operation once() && {
        keyed = true;
        return std::move(*this);
    }

    /// The change must name the version it was based on.
    [[nodiscard]] Operation if_match() && {
        versioned = true;
        return std::move(*this);
    }

    /// The handler never blocks and does not care who calls (health, metrics). Only for `Permission::anyone()`.
    [[nodiscard]] Operation at_once() && {
        immediate = true;
        return std::move(*this);
    }

    /// The answer is a file of this type, not JSON.
    [[nodiscard]] Operation answers(std::string type) && {
        media_type = std::move(type);
        return std::move(*this);
    }
};

namespace detail {

template <class Query>
boost::json::array query_parameters(record::SchemaSet& schemas) {
    boost::json::array result;
    record::for_each_member<Query>([&](auto d) {
        using M = std::remove_cvref_t<decltype(std::declval<Query>().*d.pointer)>;
        using T = typename record::unwrap_optional<M>::type;
        boost::json::object parameter{{"name", d.name}, {"in", "query"}, {"schema", schemas.of<T>()}};
        if constexpr (record::is_vector<M>::value) {
            parameter["style"] = "form";
            parameter["explode"] = false;
        }
        result.push_back(std::move(parameter));
    });
    return result;
}

void require_json(const Request& request);
/// The body as it came. Throws core::Error for another media type than application/octet-stream and for too many.
[[nodiscard]] std::string_view require_bytes(const Request& request, std::size_t max);

template <class T>
struct is_bytes : std::false_type {};

template <std::size_t Max>
struct is_bytes<Bytes<Max>> : std::true_type {};

/// 200, or 201 with the place of what was made, and the version as ETag where the record has one.
template <class Out>
Response respond(const Request& request, const Out& out) {
    Response response = json_response(request.creates ? 201 : 200, record::to_json(out));
    if constexpr (requires { out.version; })
        response.set("etag", "\"" + std::to_string(out.version) + "\"");
    if constexpr (requires { out.id.str(); }) {
        if (request.creates)
            response.set("location", request.path + "/" + out.id.str());
    }
    return response;
}

}  // namespace detail

/// The general form; `get`, `list`, `post`, `put` and `remove` below say the same in fewer words.
template <class Body, class Query, class Out, class Handler>
// NOLINTBEGIN(performance-unnecessary-value-param): they are moved from below, which clang-tidy 14 does not see here
[[nodiscard]] Operation operation(std::string method, std::string pattern, std::string id, Permission permission,
                                  Handler handler) {
    // NOLINTEND(performance-unnecessary-value-param)
    Operation result{.method = std::move(method),
                     .pattern = std::move(pattern),
                     .id = std::move(id),
                     .permission = std::move(permission),
                     .success = std::is_same_v<Out, Nothing> ? 204 : 200,
                     .versioned = false,
                     .immediate = false,
                     .media_type = "application/json",
                     .body_media_type = detail::is_bytes<Body>::value ? "application/octet-stream" : "application/json",
                     .body_schema = {},
                     .answer_schema = {},
                     .query_parameters = {},
                     .handle = {}};
    if constexpr (detail::is_bytes<Body>::value) {
        result.body_schema = [](record::SchemaSet&) {
            return boost::json::object{{"type", "string"}, {"format", "binary"}, {"maxLength", Body::max}};
        };
    } else if constexpr (!std::is_same_v<Body, Nothing>) {
        result.body_schema = [](record::SchemaSet& schemas) { return schemas.of<Body>(); };
    }
    if constexpr (!std::is_same_v<Out, Nothing> && !std::is_same_v<Out, Response>) {
        result.answer_schema = [](record::SchemaSet& schemas) { return schemas.of<Out>(); };
    }
    if constexpr (!std::is_same_v<Query, Nothing>)
        result.query_parameters = detail::query_parameters<Query>;
    result.handle = [handler = std::move(handler)](const Request& request) -> Response {
        Call<Body, Query> call{request, {}, {}};
        call.query = record::from_query<Query>(request.query);
        if constexpr (detail::is_bytes<Body>::value) {
            call.body.content = detail::require_bytes(request, Body::max);
        } else if constexpr (!std::is_same_v<Body, Nothing>) {
            detail::require_json(request);
            call.body = record::from_json<Body>(request.body);
        }
        if constexpr (std::is_same_v<Out, Nothing>) {
            handler(call);
            Response response;
            response.status = 204;
            return response;
        } else if constexpr (std::is_same_v<Out, Response>) {
            return handler(call);
        } else {
            return detail::respond(request, handler(call));
        }
    };
    return result;
}

template <class Out, class Handler>
[[nodiscard]] Operation get(std::string pattern, std::string id, Permission permission, Handler handler) {
    return operation<Nothing, Nothing, Out>("GET", std::move(pattern), std::move(id), std::move(permission),
                                            std::move(handler));
}

template <class Query, class Out, class Handler>
[[nodiscard]] Operation list(std::string pattern, std::string id, Permission permission, Handler handler) {
    return operation<Nothing, Query, Out>("GET", std::move(pattern), std::move(id), std::move(permission),
                                          std::move(handler));
}

template <class Body, class Out, class Handler>
[[nodiscard]] Operation post(std::string pattern, std::string id, Permission permission, Handler handler) {
    return operation<Body, Nothing, Out>("POST", std::move(pattern), std::move(id), std::move(permission),
                                         std::move(handler));
}

template <class Body, class Out, class Handler>
[[nodiscard]] Operation put(std::string pattern, std::string id, Permission permission, Handler handler) {
    return operation<Body, Nothing, Out>("PUT", std::move(pattern), std::move(id), std::move(permission),
                                         std::move(handler));
}

template <class Out, class Handler>
[[nodiscard]] Operation remove(std::string pattern, std::string id, Permission permission, Handler handler) {
    return operation<Nothing, Nothing, Out>("DELETE", std::move(pattern), std::move(id), std::move(permission),
                                            std::move(handler));
}

}  // namespace tsunagi::http
