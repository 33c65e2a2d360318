// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "http/problem.hpp"

namespace tsunagi::http {
namespace {

using TestId = core::Id<struct TestTag>;

struct Place {
    record::NonEmpty<record::Text<5>> name;
    std::optional<record::Whole<1, 9>> floor;
    std::vector<core::Date> days;
};
BOOST_DESCRIBE_STRUCT(Place, (), (name, floor, days))

struct StoredPlace {
    TestId id;
    std::int64_t version = 1;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(StoredPlace, (), (id, version, name))

struct PlaceFilter {
    std::vector<record::CodeName> kind;
    std::optional<core::Date> from;
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(PlaceFilter, (), (kind, from, limit))

class Somebody final : public core::Principal {
public:
    Somebody(std::string permission, std::string restriction)
        : permission_(std::move(permission)), restriction_(std::move(restriction)) {}

    [[nodiscard]] bool may(std::string_view permission) const override { return permission == permission_; }

    [[nodiscard]] std::string restriction() const override { return restriction_; }

    [[nodiscard]] const std::string& csrf_token() const override { return token_; }

private:
    std::string permission_;
    std::string restriction_;
    std::string token_ = "token";
};

class RouterTest : public testing::Test {
protected:
    static std::vector<Operation> operations() {
        const auto stored = [](const auto&) { return StoredPlace{TestId::make(), 7, "a"}; };
        std::vector<Operation> result;
        result.push_back(
            get<Nothing>("/api/open", "getOpen", Permission::anyone(), [](const auto&) { return Nothing{}; }));
        result.push_back(
            get<Nothing>("/api/self", "getSelf", Permission::own_account(), [](const auto&) { return Nothing{}; }));
        result.push_back(
            get<Nothing>("/api/any", "getAny", Permission::signed_in(), [](const auto&) { return Nothing{}; }));
        result.push_back(list<PlaceFilter, Nothing>("/api/places", "listPlaces", Permission("places.read"),
                                                    [](const auto&) { return Nothing{}; }));
        result.push_back(
            post<Place, StoredPlace>("/api/places", "postPlace", Permission("places.manage"), stored).created());
        result.push_back(get<StoredPlace>("/api/places/first", "getFirstPlace", Permission::anyone(), stored));
        result.push_back(get<StoredPlace>("/api/places/{id}", "getPlace", Permission::anyone(), [](const auto& call) {
            return StoredPlace{call.template id<TestId>(), 7, call.parameter("id")};
        }));
        result.push_back(
            put<Place, StoredPlace>("/api/places/{id}", "putPlace", Permission("places.manage"), [](const auto& call) {
                return StoredPlace{call.template id<TestId>(), call.if_match() + 1, ""};
            }).if_match());
        result.push_back(remove<Nothing>("/api/places/{place}/rooms/{room}", "deleteRoom", Permission::anyone(),
                                         [](const auto& call) {
                                             EXPECT_EQ(call.parameter("place") + call.parameter("room"), "12");
                                             return Nothing{};
                                         }));
        result.push_back(get<Nothing>("/api/broken", "getBroken", Permission::anyone(),
                                      [](const auto&) -> Nothing { throw std::runtime_error("text for the log"); }));
        result.push_back(get<Nothing>("/api/odd", "getOdd", Permission::anyone(),
                                      [](const auto&) -> Nothing { throw 7; }));  // NOLINT: even this is caught
        return result;
    }

    RouterTest()
        : router_(
              operations(), [this](const Request&) { return somebody_; },
              [this](const Request&, const std::string& text) { reported_ += text; }) {}

    void sign_in(std::string permission, std::string restriction = "") {
        somebody_ = std::make_shared<Somebody>(std::move(permission), std::move(restriction));
    }

    Response ask(std::string method, const std::string& target, std::string body = "",
                 std::vector<std::pair<std::string, std::string>> headers = {}) {
        Request request;
        request.method = std::move(method);
        parse_target(target, request.path, request.query);
        request.request_id = "abc";
        request.headers = std::move(headers);
        if (request.method != "GET" && !request.header("x-csrf-token"))
            request.headers.emplace_back("x-csrf-token", "token");
        if (!body.empty())
            request.headers.emplace_back("content-type", "application/json");
        request.body = std::move(body);
        Response response = router_.handle(request);
        operation_ = request.operation;
        return response;
    }

    /// The `reason` of the answer, or its status where it is none.
    std::string reason(const Response& response) {
        if (response.status < 400)
            return std::to_string(response.status);
        EXPECT_EQ(response.header("content-type"), "application/problem+json");
        EXPECT_EQ(response.header("cache-control"), "no-store");
        const auto json = boost::json::parse(response.body);
        EXPECT_EQ(json.at("type").as_string(), "about:blank");
        EXPECT_FALSE(json.at("title").as_string().empty());
        EXPECT_EQ(json.at("status").as_int64(), response.status);
        EXPECT_EQ(json.at("request_id").as_string(), "abc");
        std::string text(json.at("reason").as_string());
        for (const auto& field : json.at("fields").as_array()) {
            text +=
                " " + std::string(field.at("pointer").as_string()) + ":" + std::string(field.at("reason").as_string());
        }
        return text;
    }

    std::shared_ptr<const core::Principal> somebody_;
    std::string reported_;
    std::string operation_;
    Router router_;
};

TEST_F(RouterTest, FindsTheOperation) {
    EXPECT_EQ(ask("GET", "/api/places/first").status, 200);
    EXPECT_EQ(operation_, "getFirstPlace");
    const std::string id = TestId::make().str();
    const Response place = ask("GET", "/api/places/" + id);
    EXPECT_EQ(place.status, 200);
    EXPECT_EQ(place.header("etag"), "\"7\"");
    EXPECT_EQ(place.header("cache-control"), "no-store");
    EXPECT_EQ(operation_, "getPlace");
    EXPECT_EQ(ask("DELETE", "/api/places/1/rooms/2").status, 204);
    for (const std::string path : {"/api", "/api/places/", "/api//places", "/api/places/first/", "/api/places/1/rooms",
                                   "/API/places", "/api/open/x", "/api/places/no-id", "/api/{id}", "/"}) {
        EXPECT_EQ(reason(ask("GET", path)), "not_found") << path;
    }
}

TEST_F(RouterTest, SaysWhichMethodsThereAre) {
    const Response response = ask("POST", "/api/places/first", "{}");
    EXPECT_EQ(reason(response), "method_not_allowed :allow");
    EXPECT_EQ(response.header("allow"), "GET, HEAD, PUT");
    EXPECT_EQ(ask("PATCH", "/api/places/1/rooms/2").header("allow"), "DELETE");
}

TEST_F(RouterTest, AsksForTheRightPermission) {
    EXPECT_EQ(reason(ask("GET", "/api/open")), "204");
    EXPECT_EQ(reason(ask("GET", "/api/self")), "unauthenticated");
    EXPECT_EQ(reason(ask("GET", "/api/any")), "unauthenticated");
    EXPECT_EQ(reason(ask("GET", "/api/places")), "unauthenticated");
    sign_in("other");
    EXPECT_EQ(reason(ask("GET", "/api/any")), "204");
    EXPECT_EQ(reason(ask("GET", "/api/places")), "forbidden");
    sign_in("places.read");
    EXPECT_EQ(reason(ask("GET", "/api/places")), "204");
    EXPECT_EQ(reason(ask("POST", "/api/places", "{}")), "forbidden") << "before anything is said about the body";
    sign_in("places.read", "must_change_password");
    EXPECT_EQ(reason(ask("GET", "/api/self")), "204");
    EXPECT_EQ(reason(ask("GET", "/api/any")), "must_change_password");
    EXPECT_EQ(reason(ask("GET", "/api/places")), "must_change_password");
    EXPECT_EQ(reason(ask("GET", "/api/open")), "204");
}

TEST_F(RouterTest, WritesNeedTheTokenOfTheSession) {
    sign_in("places.manage");
    const std::string body = R"({"name":"a"})";
    for (const std::string token : {"", "toke", "token2", "Token"}) {
        EXPECT_EQ(reason(ask("POST", "/api/places", body, {{"x-csrf-token", token}})), "csrf") << token;
    }
    EXPECT_EQ(ask("POST", "/api/places", body).status, 201);
}

TEST_F(RouterTest, ACreatedRecordHasAPlaceAndAVersion) {
    sign_in("places.manage");
    const Response response = ask("POST", "/api/places", R"({"name":"髙橋"})");
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.header("location").value_or("").substr(0, 12), "/api/places/");
    EXPECT_EQ(response.header("etag"), "\"7\"");
}

TEST_F(RouterTest, AChangeNamesItsVersion) {
    sign_in("places.manage");
    const std::string target = "/api/places/" + TestId::make().str();
    const std::string body = R"({"name":"a"})";
    EXPECT_EQ(reason(ask("PUT", target, body)), "precondition_required");
    EXPECT_EQ(ask("PUT", target, body, {{"if-match", "\"4\""}}).header("etag"), "\"5\"");
    EXPECT_EQ(ask("PUT", target, body, {{"if-match", "W/\"4\""}}).header("etag"), "\"5\"");
    for (const std::string version : {"\"\"", "\"a\"", "\"4", "*", "\"4\", \"5\"", "99999999999999999999"}) {
        EXPECT_EQ(reason(ask("PUT", target, body, {{"if-match", version}})), "malformed_if_match") << version;
    }
}

TEST_F(RouterTest, NamesEveryWrongField) {
    sign_in("places.manage");
    const auto post = [&](const std::string& body) { return reason(ask("POST", "/api/places", body)); };
    EXPECT_EQ(post(R"({"name":"123456","floor":10,"days":["2026-02-30","2026-02-28"],"x":1})"),
              "invalid /name:too_long /floor:range /days/0:format /x:unknown");
    EXPECT_EQ(post(R"({"floor":1.5})"), "invalid /name:required /floor:type");
    EXPECT_EQ(post("{\"name\":\"\xe3\x80\x80 \"}"), "invalid /name:required") << "only full-width space";
    EXPECT_EQ(post(R"({"name":"a\u0000b"})"), "invalid /name:format");
    EXPECT_EQ(post("[]"), "invalid :type");
    EXPECT_EQ(post("null"), "invalid :type");
    EXPECT_EQ(post(R"({"name":"a","name":"b"})"), "duplicate_member :duplicate");
    EXPECT_EQ(post(R"({"name":"\ud800"})").substr(0, 14), "malformed_json");
    EXPECT_EQ(post("{\"name\":\"\xff\"}").substr(0, 14), "malformed_json");
    EXPECT_EQ(post(std::string("{\"name\":\"a\0\"}", 13)).substr(0, 14), "malformed_json");
    EXPECT_EQ(post(R"({"name":"a"} x)").substr(0, 14), "malformed_json");
    EXPECT_EQ(post("{\"name\":").substr(0, 14), "malformed_json");
    EXPECT_EQ(post(std::string(10'000, '[') + std::string(10'000, ']')).substr(0, 14), "malformed_json");
    EXPECT_EQ(post(std::string(100'000, '[')).substr(0, 14), "malformed_json");
}

TEST_F(RouterTest, WantsJson) {
    sign_in("places.manage");
    const auto post = [&](const std::string& type) {
        Request request;
        request.method = "POST";
        request.path = "/api/places";
        request.body = R"({"name":"a"})";
        request.request_id = "abc";
        request.headers = {{"x-csrf-token", "token"}};
        if (!type.empty())
            request.headers.emplace_back("content-type", type);
        return router_.handle(request).status;
    };
    EXPECT_EQ(post("application/json"), 201);
    EXPECT_EQ(post("application/json; charset=utf-8"), 201);
    EXPECT_EQ(post("application/jsonx"), 415);
    EXPECT_EQ(post("text/plain"), 415);
    EXPECT_EQ(post("application/x-www-form-urlencoded"), 415);
    EXPECT_EQ(post(""), 415);
}

TEST_F(RouterTest, ReadsTheQueryStrictly) {
    sign_in("places.read");
    const auto ask_with = [&](const std::string& query) { return reason(ask("GET", "/api/places?" + query)); };
    EXPECT_EQ(ask_with("kind=a,b&kind=c&from=2026-04-01&limit=5"), "204");
    EXPECT_EQ(ask_with("from="), "204");
    EXPECT_EQ(ask_with("colour=red&from=x&limit=5x&limit=6"),
              "invalid ?colour:unknown ?from:format ?limit:type ?limit:duplicate");
    EXPECT_EQ(reason(ask("GET", "/api/open?x=1")), "invalid ?x:unknown");
}

TEST_F(RouterTest, HidesWhatADefectSays) {
    const Response response = ask("GET", "/api/broken");
    EXPECT_EQ(reason(response), "internal");
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body.find("log"), std::string::npos);
    EXPECT_EQ(reported_, "text for the log");
    EXPECT_EQ(reason(ask("GET", "/api/odd")), "internal");
}

TEST_F(RouterTest, RefusesAListThatContradictsItself) {
    const auto build = [](std::vector<Operation> list) { return Router(std::move(list), {}, {}); };
    const auto one = [](const std::string& path, const std::string& id) {
        return get<Nothing>(path, id, Permission::signed_in(), [](const auto&) { return Nothing{}; });
    };
    EXPECT_NO_THROW(build({one("/a", "a"), one("/b", "b")}));
    EXPECT_THROW(build({one("/a", "a"), one("/a", "b")}), std::logic_error);
    EXPECT_THROW(build({one("/a", "a"), one("/b", "a")}), std::logic_error);
    EXPECT_THROW(build({one("/a", "a").at_once()}), std::logic_error);
}

TEST_F(RouterTest, EveryKindOfErrorHasItsStatus) {
    for (int kind = 0; kind <= static_cast<int>(core::ErrorKind::internal); ++kind) {
        const int status = status_of(static_cast<core::ErrorKind>(kind));
        EXPECT_GE(status, 400);
        EXPECT_NE(reason_phrase(status), "Unknown") << status;
    }
    EXPECT_EQ(problem(core::stale(9), "r").body,
              R"({"type":"about:blank","title":"Conflict","status":409,"reason":"stale","request_id":"r","fields":)"
              R"([{"pointer":"","reason":"current_version","limit":"9"}]})");
}

TEST_F(RouterTest, TheDocumentStatesEveryOperationAndItsPermission) {
    const std::string text = openapi_document(router_.operations(), "1.2.3");
    const auto document = boost::json::parse(text);
    EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
    EXPECT_EQ(document.at("info").at("version").as_string(), "1.2.3");
    const auto& paths = document.at("paths").as_object();
    for (const Operation& operation : router_.operations()) {
        std::string method = operation.method;
        for (char& c : method)
            c = static_cast<char>(c + ('a' - 'A'));
        const auto& described = paths.at(operation.pattern).at(method).as_object();
        EXPECT_EQ(described.at("operationId").as_string(), operation.id);
        EXPECT_EQ(described.at("tags").as_array().size(), 1U);
        const bool open = described.contains("security") && described.at("security").as_array().empty();
        const bool named = described.contains("x-permission");
        switch (operation.permission.kind()) {
            case Permission::Kind::anyone:
                EXPECT_TRUE(open && !named) << operation.id;
                break;
            case Permission::Kind::named:
                EXPECT_TRUE(!open && named) << operation.id;
                EXPECT_EQ(described.at("x-permission").as_string(), operation.permission.name());
                break;
            case Permission::Kind::own_account:
            case Permission::Kind::signed_in:
                EXPECT_TRUE(!open && !named) << operation.id;
                break;
        }
    }
    EXPECT_EQ(paths.at("/api/self").at("get").at("summary").as_string(), "Get self");
    const auto& place = document.at("components").at("schemas").at("Place");
    EXPECT_EQ(boost::json::serialize(place),
              R"({"type":"object","additionalProperties":false,"properties":{"name":{"type":"string","minLength":1,)"
              R"("maxLength":5},"floor":{"type":["integer","null"],"minimum":1,"maximum":9},"days":{"type":"array",)"
              R"("items":{"type":"string","format":"date","minLength":10,"maxLength":10},"maxItems":2000}},)"
              R"("required":["name"]})");
    EXPECT_EQ(openapi_document(operations(), "1.2.3"), text) << "the same list gives the same text";
}

}  // namespace
}  // namespace tsunagi::http
