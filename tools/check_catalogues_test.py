#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each rule of check_catalogues.py fails on a tree that breaks it and stays silent on one that does not."""

import json
import tempfile
import unittest
from pathlib import Path

import check_catalogues


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.catalogues({"title": "相談"}, {"title": "Consultation"})

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def catalogues(self, ja: object, en: object, name: str = "home.json") -> None:
        for language, content in (("ja", ja), ("en", en)):
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            self.write(f"web/src/i18n/{language}/{name}", text)

    def faults(self) -> list[str]:
        return [fault.replace(f"{self.root}/", "") for fault in check_catalogues.check(self.root)]

    def assert_fault(self, *parts: str):
        faults = self.faults()
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])


class Catalogues(Tree):
    def test_same_keys(self):
        self.catalogues({"a": {"b": "あ", "c": "い"}}, {"a": {"b": "x", "c": "y"}})
        self.assertEqual(self.faults(), [])

    def test_missing_key_in_either_language(self):
        self.catalogues({"a": "あ", "b": "い"}, {"a": "x"})
        self.assert_fault("en/home.json: lacks b")
        self.catalogues({"a": "あ"}, {"a": "x", "b": "y"})
        self.assert_fault("ja/home.json: lacks b")

    def test_missing_file(self):
        self.write("web/src/i18n/ja/issues.json", "{}")
        self.assert_fault("en/issues.json: missing")

    def test_no_catalogue_at_all(self):
        for path in self.root.glob("web/src/i18n/*/home.json"):
            path.unlink()
        self.assert_fault("no catalogues")

    def test_empty_text(self):
        for empty in ("", "  ", None, 3):
            with self.subTest(empty):
                self.catalogues({"a": "あ"}, {"a": empty})
                self.assert_fault("en/home.json: a has no text")

    def test_key_twice(self):
        self.catalogues('{"a": "あ", "a": "い"}', {"a": "x"})
        self.assert_fault("a stands twice")

    def test_broken_file(self):
        self.catalogues("{", {})
        self.assertTrue(any("ja/home.json" in fault for fault in self.faults()))

    def test_plural_forms_count_as_one_key(self):
        self.catalogues({"cases_other": "{{count}}件"}, {"cases_one": "one case", "cases_other": "{{count}} cases"})
        self.assertEqual(self.faults(), [])

    def test_placeholders_must_agree(self):
        self.catalogues({"a": "{{name}}さん"}, {"a": "Dear {{ name }}"})
        self.assertEqual(self.faults(), [])
        self.catalogues({"a": "{{name}}さん"}, {"a": "Dear {{nmae}}"})
        self.assert_fault("a has other placeholders")


class ServerSources(Tree):
    def assert_lines(self, source: str, *lines: int):
        self.write("src/core/thing.cpp", source)
        expected = [f"src/core/thing.cpp:{line}: " for line in lines]
        faults = self.faults()
        self.assertEqual(len(faults), len(expected), faults)
        for fault, start in zip(faults, expected):
            self.assertTrue(fault.startswith(start), fault)

    def test_strings(self):
        self.assert_lines('int x;\nauto a = "相談";\nauto b = "ok";\nauto c = u8"ア";\n', 2, 4)

    def test_character(self):
        self.assert_lines("auto a = U'年';\n", 1)

    def test_raw_string_over_lines(self):
        self.assert_lines('auto a = R"sql(\nSELECT "x"\n-- 件名\n)sql";\nint y; // 件\n', 3)

    def test_comments_are_free(self):
        self.assert_lines('/// Source: 図9.\n/* 相談\n   窓口 */ auto a = "http://x"; // 主訴\n')

    def test_comment_marks_inside_strings_do_not_open_comments(self):
        self.assert_lines('auto a = "/*"; auto b = "年"; auto c = "*/";\nauto d = "//月";\n', 1, 2)

    def test_quotes_and_digit_separators_do_not_confuse(self):
        self.assert_lines("int a = 10'000; // 円\nchar q = '\"'; // 年\nchar r = '\\''; // 月\n")

    def test_tests_are_exempt(self):
        self.write("src/core/thing_test.cpp", 'auto a = "相談";')
        self.assertEqual(self.faults(), [])


class WebSources(Tree):
    def assert_lines(self, source: str, *lines: int):
        self.write("web/src/ui/Thing.tsx", source)
        self.assertEqual([fault.split(": ")[0] for fault in self.faults()],
                         [f"web/src/ui/Thing.tsx:{line}" for line in lines])

    def test_text_between_tags(self):
        self.assert_lines("const a = (\n  <p>\n    相談\n  </p>\n);\n", 3)

    def test_strings_and_templates(self):
        self.assert_lines("const a = '年';\nconst b = `${c}月`;\nconst d = `${e(`日`)} x`;\n", 1, 2, 3)

    def test_template_ends_where_it_ends(self):
        self.assert_lines("const a = `${ {b: 1}.b } // not a comment`; // 図9\nconst c = '//月';\n", 2)

    def test_comments_are_free(self):
        self.assert_lines("// 図9\n/** 相談 */\nconst a = <p>{/* 窓口 */}</p>;\n")

    def test_english_apostrophe_in_text_does_not_hide_the_next_line(self):
        self.assert_lines("const a = <p>Don't</p>;\nconst b = '年';\n", 2)

    def test_a_range_of_letters_is_no_text(self):
        self.assert_lines("const a = b.replace(/[ァ-ヶ]/g, c);\nconst d = /[年-]/;\n", 2)

    def test_catalogues_and_tests_are_exempt(self):
        self.write("web/src/i18n/index.ts", "const a = '日本語';")
        self.write("web/src/ui/Thing.test.tsx", "const a = '日本語';")
        self.assertEqual(self.faults(), [])


class Exemptions(Tree):
    def test_with_a_reason(self):
        self.write("src/core/date.cpp", 'auto a = "令和";')
        self.write("tools/japanese_in_code.txt", "# why\nsrc/core/date.cpp: era names\n")
        self.assertEqual(self.faults(), [])

    def test_without_a_reason(self):
        self.write("src/core/date.cpp", 'auto a = "令和";')
        self.write("tools/japanese_in_code.txt", "src/core/date.cpp:\n")
        self.assert_fault("gives no reason")

    def test_stale(self):
        self.write("tools/japanese_in_code.txt", "src/core/date.cpp: era names\n")
        self.assert_fault("needs no entry")


if __name__ == "__main__":
    unittest.main()
