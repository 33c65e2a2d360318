#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_glossary.py names a word that has no line, and nothing else."""

import json
import tempfile
import unittest
from pathlib import Path

import check_glossary


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("docs/glossary.md", "| 相談 | consultation | `consultation` | a call |\n| 予算 | budget | `budget_asked` | |\n")
        self.table("consultations (\n    id TEXT PRIMARY KEY,\n    created_at TEXT NOT NULL\n);")
        self.api({"properties": {"budget_asked": {"type": "integer"}}})

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def table(self, text: str) -> None:
        self.write("db/migrations/0001_a.sql", "CREATE TABLE " + text)

    def api(self, schema: object) -> None:
        self.write("api/openapi.json", json.dumps({"components": {"schemas": {"A": schema}}}))

    def test_known_words_in_any_number_are_fine(self):
        self.assertEqual(check_glossary.missing(self.root), {})

    def test_a_column_without_a_line_is_named(self):
        self.table("consultations (\n    urgency TEXT NOT NULL\n);")
        self.assertEqual(check_glossary.missing(self.root), {"urgency": "urgency"})

    def test_a_table_without_a_line_is_named(self):
        self.table("reply_codes (\n    id TEXT\n);")
        self.assertEqual(check_glossary.missing(self.root), {"reply": "reply_codes", "code": "reply_codes"})

    def test_members_and_values_of_the_api_are_read(self):
        self.api({"properties": {"consultation": {"enum": ["budget", "granted"]}, "spent": {}}})
        self.assertEqual(check_glossary.missing(self.root), {"granted": "granted", "spent": "spent"})

    def test_a_word_outside_the_table_is_no_line(self):
        self.table("consultations (\n    urgency TEXT\n);")
        self.write("docs/glossary.md", "`urgency` is explained here.\n| 相談 | consultation | `consultation` `budget_asked` | |\n")
        self.assertEqual(check_glossary.missing(self.root), {"urgency": "urgency"})


if __name__ == "__main__":
    unittest.main()
