#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each rule of check_arrows.py fails on a tree that breaks it and stays silent on one that does not."""

import subprocess
import tempfile
import unittest
from pathlib import Path

import check_arrows

UNFINISHED_MARK = "TO" + "DO"


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        subprocess.run(["git", "init", "--quiet", str(self.root)], check=True)

    def write(self, name: str, text: str = "") -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if name.startswith("src/modules/"):
            note = path.parent / "README.md"
            if not note.exists():
                note.write_text("What it is.\n", encoding="utf-8")

    def include(self, name: str, *headers: str) -> None:
        self.write(name, "".join(f"#include {header}\n" for header in headers))

    def assert_clean(self):
        self.assertEqual(check_arrows.check(self.root), [])

    def assert_fault(self, *parts: str):
        faults = check_arrows.check(self.root)
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])


class Layers(Tree):
    def test_every_drawn_arrow_is_allowed(self):
        for name in ("core/id.hpp", "record/types.hpp", "db/session.hpp", "http/router.hpp"):
            self.write(f"src/{name}")
        self.include("src/record/json.hpp", '"core/id.hpp"')
        self.include("src/db/row.hpp", '"record/types.hpp"')
        self.include("src/http/answer.hpp", '"record/types.hpp"')
        self.include("src/modules/issues/issue_store.cpp", '"db/session.hpp"', '"record/types.hpp"')
        self.include("src/modules/issues/issue_routes.cpp", '"http/router.hpp"')
        self.write("src/modules/issues/issue_routes.hpp")
        self.include("src/app/main.cpp", '"modules/issues/issue_routes.hpp"', '"db/session.hpp"')
        self.assert_clean()

    def test_lower_folder_must_not_see_a_higher_one(self):
        self.write("src/record/types.hpp")
        self.include("src/core/id.hpp", '"record/types.hpp"')
        self.assert_fault("src/core/id.hpp:1", "core must not see record")

    def test_db_and_http_must_not_see_each_other(self):
        self.write("src/http/router.hpp")
        self.include("src/db/session.cpp", '"http/router.hpp"')
        self.assert_fault("db must not see http")

    def test_a_test_follows_the_layers_too(self):
        self.write("src/app/wiring.hpp")
        self.include("src/modules/issues/issue_store_test.cpp", '"app/wiring.hpp"')
        self.assert_fault("modules must not see app")

    def test_unknown_folder(self):
        self.write("src/core/id.hpp")
        self.include("src/lib/thing.hpp", '"core/id.hpp"')
        self.assert_fault("src/lib/ is not a folder")

    def test_file_beside_the_folders(self):
        self.write("src/thing.cpp")
        self.assert_fault("outside the folders")


class Rooms(Tree):
    def setUp(self):
        super().setUp()
        self.write("src/db/session.hpp")
        self.write("src/http/router.hpp")

    def test_rules_must_not_see_the_database(self):
        self.include("src/modules/issues/issue_rules.cpp", '"db/session.hpp"')
        self.assert_fault("issue_rules.cpp:1", "*_service and *_store see db")

    def test_service_must_not_see_http(self):
        self.include("src/modules/issues/issue_service.cpp", '"http/router.hpp"')
        self.assert_fault("only *_routes see http")

    def test_routes_must_not_see_the_database(self):
        self.include("src/modules/issues/issue_routes.cpp", '"db/session.hpp"')
        self.assert_fault("see db")

    def test_service_and_tests_may_see_the_database(self):
        self.include("src/modules/issues/issue_service.cpp", '"db/session.hpp"')
        self.include("src/modules/issues/issue_rules_test.cpp", '"db/session.hpp"', '"http/router.hpp"')
        self.assert_clean()


class Neighbours(Tree):
    def test_values_and_service_of_another_module_are_open(self):
        self.write("src/modules/consultations/consultation.hpp")
        self.write("src/modules/consultations/consultation_service.hpp")
        self.write("src/modules/access/actor.hpp")
        self.include("src/modules/issues/issue_service.cpp", '"modules/consultations/consultation.hpp"',
                     '"modules/consultations/consultation_service.hpp"', '"modules/access/actor.hpp"')
        self.assert_clean()

    def test_store_of_another_module_is_closed(self):
        self.write("src/modules/consultations/consultation_store.hpp")
        self.include("src/modules/issues/issue_service.cpp", '"modules/consultations/consultation_store.hpp"')
        self.assert_fault("another module shows only", "not consultation_store.hpp")

    def test_side_door_by_a_relative_path_is_closed_too(self):
        self.write("src/modules/consultations/consultation_store.hpp")
        self.include("src/modules/issues/issue_service.cpp", '"../consultations/consultation_store.hpp"')
        self.assert_fault("not consultation_store.hpp")

    def test_circle_of_three(self):
        for here, there in (("issues", "measures"), ("measures", "plans"), ("plans", "issues")):
            word = check_arrows.singular(there)
            self.include(f"src/modules/{here}/{here[:-1]}.hpp", f'"modules/{there}/{word}.hpp"')
        self.assert_fault("circle issues -> measures -> plans -> issues")

    def test_diamond_is_no_circle(self):
        self.write("src/modules/regions/region.hpp")
        self.include("src/modules/plans/plan.hpp", '"modules/regions/region.hpp"')
        self.include("src/modules/issues/issue.hpp", '"modules/regions/region.hpp"', '"modules/plans/plan.hpp"')
        self.assert_clean()


class Libraries(Tree):
    def test_hidden_libraries(self):
        for header, folder in (("<boost/beast/http.hpp>", "db"), ("<boost/asio.hpp>", "app"), ("<soci/soci.h>", "core"),
                               ("<sqlite3.h>", "http"), ("<libpq-fe.h>", "record")):
            with self.subTest(header):
                name = f"src/{folder}/thing.hpp"
                self.include(name, header)
                self.assert_fault(name, header)
                (self.root / name).unlink()

    def test_their_own_folder_may(self):
        self.include("src/http/server.cpp", "<boost/beast.hpp>", "<boost/asio.hpp>")
        self.include("src/db/session.cpp", "<soci/soci.h>", "<sqlite3.h>", "<libpq-fe.h>")
        self.include("src/core/json.cpp", "<boost/json.hpp>")
        self.assert_clean()


class Files(Tree):
    def test_vague_names(self):
        for name in ("src/core/utils.hpp", "src/core/string_helpers.cpp", "web/src/common/page.tsx",
                     "web/src/ui/DateManager.tsx"):
            with self.subTest(name):
                self.write(name)
                self.assert_fault(name, "says nothing")
                (self.root / name).unlink()

    def test_word_that_only_contains_a_vague_one(self):
        self.write("src/core/management_area.hpp")
        self.assert_clean()

    def test_camel_case_file(self):
        self.write("src/core/DateRange.hpp")
        self.assert_fault("snake_case")

    def test_unfinished_mark(self):
        self.write("docs/database.md", f"Text\n{UNFINISHED_MARK}: more\n")
        self.assert_fault("docs/database.md:2", UNFINISHED_MARK)

    def test_long_file_needs_a_reason(self):
        self.write("src/core/table.cpp", "x\n" * 501)
        self.assert_fault("501 lines")
        self.write("tools/long_files.txt", "# why\nsrc/core/table.cpp: one table of era names\n")
        self.assert_clean()

    def test_reason_must_not_be_empty(self):
        self.write("src/core/table.cpp", "x\n" * 501)
        self.write("tools/long_files.txt", "src/core/table.cpp:\n")
        self.assert_fault("501 lines")

    def test_stale_entries(self):
        self.write("src/core/table.cpp", "x\n" * 500)
        self.write("tools/long_files.txt", "src/core/table.cpp: was long\n")
        self.assert_fault("needs no entry")
        self.write("tools/long_files.txt", "src/core/gone.cpp: was long\n")
        self.assert_fault("gone.cpp does not exist")

    def test_ignored_files_are_not_looked_at(self):
        self.write(".gitignore", "/build/\n")
        self.write("build/utils.cpp", UNFINISHED_MARK)
        self.assert_clean()

    def test_module_needs_a_short_note(self):
        self.write("src/modules/issues/issue.hpp")
        note = self.root / "src/modules/issues/README.md"
        note.unlink()
        self.assert_fault("has no README.md")
        note.write_text("line\n" * 21, encoding="utf-8")
        self.assert_fault("over 20 lines")


class Words(unittest.TestCase):
    def test_singular(self):
        for plural, word in (("consultations", "consultation"), ("competencies", "competency"), ("analysis", "analysis"),
                             ("access", "access"), ("audit", "audit"), ("resources", "resource")):
            self.assertEqual(check_arrows.singular(plural), word)


if __name__ == "__main__":
    unittest.main()
