#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The sum must never be better than what happened."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import test_summary

# As ctest writes it.
CTEST = """<testsuite name="x" tests="4" failures="1" disabled="0" skipped="1">
  <testcase name="one" status="run"/>
  <testcase name="two" status="fail"><failure message="no"/></testcase>
  <testcase name="three" status="run"/>
  <testcase name="four" status="notrun"><skipped message="why"/></testcase>
</testsuite>"""

# As vitest writes it.
VITEST = """<testsuites><testsuite name="a">
  <testcase name="one" classname="a"/><testcase name="two" classname="a"><failure>no</failure></testcase>
</testsuite><testsuite name="b"><testcase name="three"/></testsuite></testsuites>"""

GOOD = '<testsuite><testcase name="one" status="run"/></testsuite>'


class Summary(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def report(self, text: str) -> str:
        path = self.root / f"{len(list(self.root.iterdir()))}.xml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    def run_with(self, *suites: tuple[int, str, str]) -> tuple[int, str]:
        listing = self.root / "suites.tsv"
        listing.write_text("".join(f"{status}\t{name}\t{report}\n" for status, name, report in suites))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = test_summary.main(str(listing))
        return status, printed.getvalue().splitlines()[-1]

    def test_all_well(self):
        self.assertEqual(self.run_with((0, "setup", "-"), (0, "server", self.report(GOOD))), (0, "2 passed, 0 failed"))

    def test_reports_are_added_and_skipped_counts_as_failed(self):
        result = self.run_with((8, "server", self.report(CTEST)), (1, "web", self.report(VITEST)))
        self.assertEqual(result, (1, "4 passed, 3 failed"))

    def test_suite_that_fails_without_a_failed_test(self):
        self.assertEqual(self.run_with((1, "server", self.report(GOOD))), (1, "1 passed, 1 failed"))

    def test_suite_that_wrote_nothing(self):
        self.assertEqual(self.run_with((0, "web", str(self.root / "none.xml"))), (1, "0 passed, 1 failed"))
        self.assertEqual(self.run_with((0, "web", self.report("<testsuite"))), (1, "0 passed, 1 failed"))

    def test_suite_that_ran_no_test(self):
        self.assertEqual(self.run_with((0, "web", self.report("<testsuites/>"))), (1, "0 passed, 1 failed"))

    def test_plain_suite_that_fails(self):
        self.assertEqual(self.run_with((0, "format", "-"), (2, "lint", "-")), (1, "1 passed, 1 failed"))

    def test_no_suite_at_all(self):
        self.assertEqual(self.run_with(), (1, "0 passed, 0 failed"))


if __name__ == "__main__":
    unittest.main()
