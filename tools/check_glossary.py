#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that every word of the tables and of the API has its line in docs/glossary.md.

A name like `budget_asked` is read word by word. Words that only machinery uses are listed here.
Usage: check_glossary.py [ROOT]; prints one line per word that is missing, exit status 1 if any.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

# Words of programming, of grammar and of the wire: no person at a desk says them.
MACHINERY = set("""
    added at by capped counter created csrf csv current day doing edited en enabled entry expire failure field fingerprint
    for from ha hash id idempotency ja key label last limit must new next no node note on other place pointer readable
    removal row rule sealed searched secret seen sequence setting sharing shelve short since status step subject this time
    to token type until updated uri used valid who word xlsx
""".split())
COLUMN = re.compile(r"^\s+(\w+) (?:TEXT|INTEGER|BIGINT|DOUBLE)\b")
TABLE = re.compile(r"CREATE TABLE (\w+)")


def singular(word: str) -> str:
    """consultations -> consultation, entries -> entry, status -> status."""
    if word.endswith("ies") and word != "series":
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return word[:-1]
    return word


def words_of(name: str) -> Iterator[str]:
    for word in name.lower().split("_"):
        if word.isalpha() and word.isascii():
            yield singular(word)


def names_of_tables(root: Path) -> Iterator[str]:
    for file in sorted((root / "db/migrations").glob("*.sql")):
        for line in file.read_text("utf-8").splitlines():
            if found := TABLE.match(line) or COLUMN.match(line):
                yield found[1]


def names_of_api(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield from node["properties"]
        if isinstance(node.get("enum"), list):
            yield from (str(value) for value in node["enum"])
        for value in node.values():
            yield from names_of_api(value)
    elif isinstance(node, list):
        for value in node:
            yield from names_of_api(value)


def known_words(root: Path) -> set[str]:
    """The words of the column *code*."""
    known = set()
    for line in (root / "docs/glossary.md").read_text("utf-8").splitlines():
        if line.startswith("|"):
            for code in re.findall(r"`([a-z_*]+)`", line):
                known.update(words_of(code.replace("*", "")))
    return known


def missing(root: Path) -> dict[str, str]:
    """Each word without a line, with a name it stands in."""
    known = known_words(root) | MACHINERY
    api = json.loads((root / "api/openapi.json").read_text("utf-8"))
    result: dict[str, str] = {}
    for name in [*names_of_tables(root), *names_of_api(api)]:
        for word in words_of(name):
            if word not in known:
                result.setdefault(word, name)
    return result


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    faults = missing(root)
    for word, name in sorted(faults.items()):
        print(f"docs/glossary.md: no line for `{word}` (of {name})")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
