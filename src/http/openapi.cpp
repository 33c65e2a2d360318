// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "http/router.hpp"

namespace tsunagi::http {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Indented with two blanks, so that the committed file shows small differences.
void pretty(std::string& out, const value& json, int depth) {
    const std::string indent(static_cast<std::size_t>(depth + 1) * 2, ' ');
    const std::string close(static_cast<std::size_t>(depth) * 2, ' ');
    if (json.is_object() && !json.get_object().empty()) {
        out += "{\n";
        bool first = true;
        for (const auto& entry : json.get_object()) {
            if (!first)
                out += ",\n";
            first = false;
            out += indent + boost::json::serialize(value(entry.key())) + ": ";
            pretty(out, entry.value(), depth + 1);
        }
        out += "\n" + close + "}";
    } else if (json.is_array() && !json.get_array().empty()) {
        out += "[\n";
        bool first = true;
        for (const auto& item : json.get_array()) {
            if (!first)
                out += ",\n";
            first = false;
            out += indent;
            pretty(out, item, depth + 1);
        }
        out += "\n" + close + "]";
    } else {
        out += boost::json::serialize(json);
    }
}

object problem_schema() {
    const object text{{"type", "string"}};
    return object{
        {"type", "object"},
        {"required", array{"type", "title", "status", "reason", "request_id", "fields"}},
        {"properties",
         object{{"type", text},
                {"title", text},
                {"status", object{{"type", "integer"}}},
                {"reason", text},
                {"request_id", text},
                {"fields",
                 object{{"type", "array"},
                        {"items", object{{"type", "object"},
                                         {"required", array{"pointer", "reason", "limit"}},
                                         {"properties", object{{"pointer", text}, {"reason", text}, {"limit", text}}},
                                         {"additionalProperties", false}}}}}}},
        {"additionalProperties", false}};
}

/// `consultations` of /api/consultations/{id}
std::string tag_of(const Operation& operation) {
    std::string tag =
        operation.pattern.starts_with("/api/") ? operation.pattern.substr(5) : operation.pattern.substr(1);
    return tag.substr(0, tag.find('/'));
}

/// "Set consultation state" of setConsultationState
std::string words_of(const std::string& id) {
    std::string words;
    for (const char c : id) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isupper(letter) != 0)
            words += ' ';
        words += static_cast<char>(words.empty() ? std::toupper(letter) : std::tolower(letter));
    }
    return words;
}

/// The methods of one path stand in the order in which a reader looks for them.
std::size_t place_of_method(std::string_view method) {
    static constexpr std::array<std::string_view, 6> order{"get", "head", "post", "put", "patch", "delete"};
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), method) - order.begin());
}

object describe(const Operation& operation, record::SchemaSet& schemas) {
    object result{{"operationId", operation.id}};
    result["tags"] = array{value(tag_of(operation))};
    result["summary"] = words_of(operation.id);
    if (operation.permission.kind() == Permission::Kind::anyone) {
        result["security"] = array{};
    } else if (operation.permission.kind() == Permission::Kind::named) {
        result["x-permission"] = operation.permission.name();
    }
    array parameters;
    for (std::size_t at = operation.pattern.find('{'); at != std::string::npos;
         at = operation.pattern.find('{', at + 1)) {
        const std::string name = operation.pattern.substr(at + 1, operation.pattern.find('}', at) - at - 1);
        parameters.push_back(
            object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", object{{"type", "string"}}}});
    }
    if (operation.query_parameters) {
        for (auto& parameter : operation.query_parameters(schemas))
            parameters.push_back(std::move(parameter));
    }
    if (operation.versioned) {
        parameters.push_back(
            object{{"name", "If-Match"}, {"in", "header"}, {"required", true}, {"schema", object{{"type", "string"}}}});
    }
    if (operation.keyed) {
        parameters.push_back(object{
            {"name", "Idempotency-Key"}, {"in", "header"}, {"schema", object{{"type", "string"}, {"maxLength", 100}}}});
    }
    if (!parameters.empty())
        result["parameters"] = parameters;
    if (operation.body_schema) {
        result["requestBody"] = object{
            {"required", true},
            {"content", object{{operation.body_media_type, object{{"schema", operation.body_schema(schemas)}}}}}};
    }
    object answer{{"description", operation.success == 204 ? "Done." : "The answer."}};
    if (operation.answer_schema) {
        answer["content"] = object{{operation.media_type, object{{"schema", operation.answer_schema(schemas)}}}};
    } else if (operation.success != 204) {
        answer["content"] = object{{operation.media_type, object{{"schema", object{{"type", "string"}}}}}};
    }
    object problem{{"application/problem+json", object{{"schema", object{{"$ref", "#/components/schemas/Problem"}}}}}};
    // What cannot be read as a request at all is told before anybody knows whom it was for.
    if (operation.pattern.starts_with("/fhir/"))
        problem["application/fhir+json"] = object{{"schema", object{{"type", "object"}}}};
    const object failure{{"description", "What went wrong, with a stable reason."}, {"content", problem}};
    result["responses"] = object{{std::to_string(operation.success), answer}, {"4XX", failure}, {"5XX", failure}};
    return result;
}

}  // namespace

std::string openapi_document(const std::vector<Operation>& operations, std::string_view version) {
    record::SchemaSet schemas;
    std::map<std::string, std::map<std::size_t, std::pair<std::string, object>>> sorted;
    std::map<std::string, object> tags;
    for (const Operation& operation : operations) {
        std::string method = operation.method;
        for (char& c : method)
            c = static_cast<char>(c - 'A' + 'a');
        sorted[operation.pattern][place_of_method(method)] = {method, describe(operation, schemas)};
        const std::string tag = tag_of(operation);
        tags[tag] = object{{"name", tag}, {"description", "Paths that begin with the word " + tag + "."}};
    }
    object paths;
    for (const auto& [pattern, methods] : sorted) {
        object item;
        for (const auto& [order, entry] : methods)
            item[entry.first] = entry.second;
        paths[pattern] = item;
    }
    array tag_list;
    for (const auto& [name, tag] : tags)
        tag_list.push_back(tag);
    std::map<std::string, value> named;
    for (const auto& entry : schemas.components())
        named[std::string(entry.key())] = entry.value();
    named["Problem"] = problem_schema();
    object components;
    for (const auto& [name, schema] : named)
        components[name] = schema;
    const object document{
        {"openapi", "3.1.0"},
        {"info",
         object{{"title", "Tsunagi"},
                {"version", version},
                {"description", "Home medical and care coordination, from a consultation to an evaluated measure."},
                {"license", object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
        {"servers", array{object{{"url", "/"}}}},
        {"security", array{object{{"session", array{}}}}},
        {"tags", tag_list},
        {"paths", paths},
        {"components",
         object{{"schemas", components},
                {"securitySchemes",
                 object{{"session", object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "tsunagi_session"}}}}}}}};
    std::string out;
    pretty(out, document, 0);
    out += '\n';
    return out;
}

}  // namespace tsunagi::http
