#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints what `./dev test` counted; its last line is exactly "N passed, M failed".

Reads lines "<exit status> TAB <suite> TAB <JUnit file or ->". A suite without a JUnit file counts as one test.
A suite that ends badly without naming a failed test, or that wrote no test at all, counts as one failure, and so
does a skipped test: nothing that was meant to run may be missing from the sum.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def count(report: Path) -> tuple[int, list[str]]:
    """How many tests of a JUnit file passed, and the names of those that did not."""
    passed, bad = 0, []
    for case in ElementTree.parse(report).iter("testcase"):
        unfinished = case.get("status") in ("fail", "notrun", "disabled")
        if unfinished or any(case.find(tag) is not None for tag in ("failure", "error", "skipped")):
            bad.append(case.get("name", "?"))
        else:
            passed += 1
    return passed, bad


def outcome(status: int, name: str, report: str) -> tuple[int, list[str]]:
    if report == "-":
        return (1, []) if status == 0 else (0, [f"{name} (exit status {status})"])
    try:
        passed, bad = count(Path(report))
    except (OSError, ElementTree.ParseError) as problem:
        return 0, [f"{name} (no results: {problem})"]
    bad = [f"{name}: {test}" for test in bad]
    if status != 0 and not bad:
        bad = [f"{name} (exit status {status})"]
    if passed == 0 and not bad:
        bad = [f"{name} (ran no test)"]
    return passed, bad


def main(path: str) -> int:
    passed, failed = 0, []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        status, name, report = line.split("\t")
        suite_passed, suite_failed = outcome(int(status), name, report)
        print(f"{name}: {suite_passed} passed, {len(suite_failed)} failed")
        passed += suite_passed
        failed += suite_failed
    for name in failed:
        print(f"FAILED {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
