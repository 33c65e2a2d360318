# SPDX-License-Identifier: Apache-2.0
"""Is an answer what api/openapi.json says? Knows the part of JSON Schema that the generator writes, and nothing else:
a keyword it does not know is a failure of the test, not something to pass over."""

import datetime
import re
import uuid

IGNORED = {"description", "title", "x-code-scheme"}


class Description:
    """An OpenAPI document with its operations by method and path."""

    def __init__(self, document):
        self.document = document
        self.operations = []
        for pattern, methods in document["paths"].items():
            shape = re.compile("/".join("[^/]+" if part.startswith("{") else re.escape(part) for part in pattern.split("/")))
            for method, operation in methods.items():
                self.operations.append((method.upper(), pattern, shape, operation))
        # A literal path is a better match than one with parameters.
        self.operations.sort(key=lambda entry: (entry[1].count("{"), entry[1]))

    def find(self, method, path):
        for known, _, shape, operation in self.operations:
            if known == method and shape.fullmatch(path):
                return operation
        return None

    def problems(self, method, path, status, content_type, json):
        """What is wrong with the answer; `json` is None when the body is no JSON."""
        operation = self.find(method, path)
        if operation is None and path.startswith("/fhir/"):
            return self._media_problems({"application/fhir+json": {"schema": {"type": "object"}}}, content_type, json)
        if operation is None:
            schema = {"$ref": "#/components/schemas/Problem"}
            return self._media_problems({"application/problem+json": {"schema": schema}}, content_type, json)
        responses = operation["responses"]
        described = responses.get(str(status), responses.get(f"{status // 100}XX"))
        if described is None:
            return [f"status {status} is not described for {operation['operationId']}"]
        content = described.get("content")
        if content is None:
            return [] if json is None else ["an answer without content has some"]
        return self._media_problems(content, content_type, json)

    def _media_problems(self, content, content_type, json):
        media = (content_type or "").split(";")[0].strip()
        if "application/octet-stream" in content and media and not media.endswith("json"):
            return []  # a file of one of several kinds
        if media not in content:
            return [f"content type {media!r} is not described ({', '.join(content)})"]
        if not media.endswith("json") or media.endswith("ndjson"):
            return []
        return list(self.mismatches(json, content[media]["schema"], ""))

    def mismatches(self, value, schema, place):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            schema = self.document["components"]["schemas"][name]
        for keyword in schema:
            if keyword not in CHECKS and keyword not in IGNORED and keyword not in ("properties", "format"):
                yield f"{place}: the checker does not know the keyword {keyword}"
        for keyword, check in CHECKS.items():
            if keyword in schema:
                yield from check(self, value, schema, place)
        if "format" in schema and isinstance(value, str):
            yield from format_mismatch(value, schema["format"], place)

    def example(self, schema, depth=0):
        """A body that fits a schema, as small as it can be."""
        if "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        if "enum" in schema:
            return schema["enum"][0]
        if "anyOf" in schema:
            return None
        kind = schema.get("type")
        if isinstance(kind, list):
            return None
        if kind == "object":
            return {name: self.example(schema["properties"][name], depth + 1) for name in schema.get("required", [])}
        if kind == "array":
            return []
        if kind == "boolean":
            return False
        if kind in ("integer", "number"):
            return schema.get("minimum", 1)
        samples = {"uuid": str(uuid.UUID(int=1 << 100)), "date": "2026-11-22", "date-time": "2026-11-22T01:02:03.456Z",
                   "password": "a-Password-8"}
        return samples.get(schema.get("format"), "a" * max(1, schema.get("minLength", 1)))


def kind_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return {str: "string", int: "integer", float: "number", list: "array", dict: "object"}[type(value)]


def check_type(_, value, schema, place):
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    found = kind_of(value)
    if found not in allowed and not (found == "integer" and "number" in allowed):
        yield f"{place}: {found} instead of {' or '.join(allowed)}"


def check_enum(_, value, schema, place):
    if value not in schema["enum"]:
        yield f"{place}: {value!r} is not one of {schema['enum']}"


def check_any_of(description, value, schema, place):
    failures = [list(description.mismatches(value, option, place)) for option in schema["anyOf"]]
    if all(failures):
        yield from failures[0]


def check_required(_, value, schema, place):
    if isinstance(value, dict):
        for name in schema["required"]:
            if name not in value:
                yield f"{place}: {name} is missing"


def check_properties(description, value, schema, place):
    if not isinstance(value, dict):
        return
    properties = schema.get("properties", {})
    for name, member in value.items():
        if name in properties:
            yield from description.mismatches(member, properties[name], f"{place}/{name}")
        elif schema["additionalProperties"] is False:
            yield f"{place}: {name} is not described"


def check_items(description, value, schema, place):
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from description.mismatches(item, schema["items"], f"{place}/{index}")


def limit(applies, size, keyword, wrong):
    def check(_, value, schema, place):
        if applies(value) and wrong(size(value), schema[keyword]):
            yield f"{place}: {keyword} {schema[keyword]} is not kept"

    return check


def is_text(value):
    return isinstance(value, str)


def is_list(value):
    return isinstance(value, list)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


CHECKS = {
    "type": check_type,
    "enum": check_enum,
    "anyOf": check_any_of,
    "required": check_required,
    "additionalProperties": check_properties,
    "items": check_items,
    "minLength": limit(is_text, len, "minLength", lambda found, bound: found < bound),
    "maxLength": limit(is_text, len, "maxLength", lambda found, bound: found > bound),
    "pattern": limit(is_text, str, "pattern", lambda found, bound: not re.search(bound, found)),
    "maxItems": limit(is_list, len, "maxItems", lambda found, bound: found > bound),
    "minimum": limit(is_number, lambda value: value, "minimum", lambda found, bound: found < bound),
    "maximum": limit(is_number, lambda value: value, "maximum", lambda found, bound: found > bound),
}


def format_mismatch(value, name, place):
    try:
        if name == "uuid":
            good = str(uuid.UUID(value)) == value
        elif name == "date":
            good = datetime.date.fromisoformat(value).isoformat() == value
        elif name == "date-time":
            datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
            good = len(value) == 24
        else:
            good = name in ("int64", "password")
    except ValueError:
        good = False
    if not good:
        yield f"{place}: {value!r} is no {name}"
