#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the case reader, of the comparison and of the schema checker."""

import unittest

import case_file
from openapi_check import Description

CASE = """# a comment
as: station
POST /api/things
If-Match: "1"

{"a": 1,

 "b": "{{id}}"}
---
201
ETag: "{{version}}"
{"id": "{{id}}", "rest": ***}

# another comment
as: nobody
GET /api/things/{{id}}
---
404
"""


class Reading(unittest.TestCase):
    def test_steps_with_accounts_headers_and_bodies(self):
        first, second = case_file.read(CASE, "x.case")
        self.assertEqual((first.account, first.method, first.path), ("station", "POST", "/api/things"))
        self.assertEqual(first.headers, [("If-Match", '"1"')])
        self.assertEqual(first.body, '{"a": 1,\n\n "b": "{{id}}"}')
        self.assertEqual((first.status, first.answer_headers), (201, [("ETag", '"{{version}}"')]))
        self.assertEqual(first.answer, {"id": "{{id}}", "rest": "***"})
        self.assertEqual((second.account, second.status, second.answer), ("nobody", 404, case_file.NOTHING))

    def test_files_that_say_nothing_are_refused(self):
        for text in ("", "# nothing", "GET /x\n", "GET /x\n---\n", "GET /x\n---\nfine", "hello", "GET /x\n---\n200\n{"):
            with self.assertRaises(case_file.CaseError, msg=text):
                case_file.read(text, "x.case")


class Matching(unittest.TestCase):
    def fails(self, expected, found, values=None):
        with self.assertRaises(case_file.Mismatch, msg=f"{expected} {found}"):
            case_file.match(expected, found, values if values is not None else {})

    def test_exact_unless_told_otherwise(self):
        case_file.match({"a": [1, "x", None, True]}, {"a": [1, "x", None, True]}, {})
        for expected, found in (({"a": 1}, {"a": 1, "b": 2}), ({"a": 1}, {}), ([1], [1, 2]), ([1, 2], [1]), (1, True),
                                (None, 0), ("1", 1), (0, False), ([], {})):
            self.fails(expected, found)
        case_file.match({"a": 1, "***": "***"}, {"a": 1, "b": 2}, {})
        case_file.match([1, "***"], [1, 2, 3], {})
        case_file.match("***", {"any": "thing"}, {})
        case_file.match(2, 2.0, {})

    def test_places_capture_and_compare(self):
        values = {}
        case_file.match({"id": "{{id}}", "same": "{{id}}"}, {"id": "x", "same": "x"}, values)
        self.assertEqual(values, {"id": "x"})
        self.fails("{{id}}", "y", values)
        case_file.match("/things/{{id}}", "/things/x", values)
        self.fails("/things/{{id}}", "/things/y", values)

    def test_places_are_filled_in(self):
        values = {"id": 'a"b', "number": 7}
        self.assertEqual(case_file.filled_in("/x/{{number}}", values), "/x/7")
        self.assertEqual(case_file.filled_in('{"id": "{{id}}", "n": {{number}}}', values, in_json=True),
                         '{"id": "a\\"b", "n": 7}')
        with self.assertRaises(case_file.Mismatch):
            case_file.filled_in("{{nothing}}", values)


class Describing(unittest.TestCase):
    def setUp(self):
        thing = {"type": "object", "required": ["id"], "additionalProperties": False,
                 "properties": {"id": {"type": "string", "format": "uuid"}, "n": {"type": ["integer", "null"], "maximum": 5},
                                "kind": {"$ref": "#/components/schemas/Kind"},
                                "list": {"type": "array", "maxItems": 1, "items": {"type": "string", "maxLength": 2}}}}
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
        self.description = Description({
            "paths": {"/things/{id}": {"get": {"operationId": "getThing", "responses": {"200": {"content": content}}}},
                      "/things/new": {"get": {"operationId": "newThing", "responses": {"204": {}}}}},
            "components": {"schemas": {"Thing": thing, "Kind": {"type": "string", "enum": ["a", "b"]}}}})
        self.id = "0190c0de-0000-7000-8000-000000000000"

    def problems(self, body, status=200, content_type="application/json", path="/things/1"):
        return self.description.problems("GET", path, status, content_type, body)

    def test_what_fits(self):
        self.assertEqual(self.problems({"id": self.id, "n": None, "kind": "a", "list": ["あい"]}), [])
        self.assertEqual(self.problems(None, 204, "", "/things/new"), [])

    def test_what_does_not(self):
        for body in ({}, [], {"id": "x"}, {"id": 1}, {"id": self.id, "n": 6}, {"id": self.id, "n": True},
                     {"id": self.id, "kind": "c"}, {"id": self.id, "list": ["a", "b"]}, {"id": self.id, "list": ["abc"]},
                     {"id": self.id, "more": 1}):
            self.assertNotEqual(self.problems(body), [], body)
        self.assertNotEqual(self.problems({"id": self.id}, 201), [])
        self.assertNotEqual(self.problems({"id": self.id}, 200, "text/html"), [])
        self.assertNotEqual(self.problems({}, 204, "application/json", "/things/new"), [])

    def test_a_keyword_it_does_not_know_is_a_failure(self):
        self.assertNotEqual(list(self.description.mismatches(1, {"type": "integer", "multipleOf": 2}, "")), [])

    def test_an_example_fits(self):
        schema = {"$ref": "#/components/schemas/Thing"}
        self.assertEqual(list(self.description.mismatches(self.description.example(schema), schema, "")), [])


if __name__ == "__main__":
    unittest.main()
