#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that what people read stands in the language catalogues, complete in each language.

web/src/i18n/{ja,en}/*.json must hold the same keys with the same placeholders and no empty text, and no Japanese
may stand in a C++ string or outside the comments of the web app's sources. Usage: check_catalogues.py [ROOT];
prints one line per fault, exit status 1 if any.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("ja", "en")
EXEMPTIONS = "tools/japanese_in_code.txt"

# Hiragana, katakana (full and half width), kanji, and the marks that only Japanese text uses.
JAPANESE = re.compile("[\u3001-\u3003\u3005-\u3007\u300c-\u300f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")

# A range of letters in a pattern, such as [ァ-ヶ], is no text that anybody reads.
LETTER_RANGE = re.compile("[\u3040-\u9fff]-[\u3040-\u9fff]")

# i18next picks the form by these endings; English needs two where Japanese has one.
PLURAL_ENDING = re.compile(r"_(zero|one|two|few|many|other)$")
PLACEHOLDER = re.compile(r"\{\{\s*([^},\s]+)")

RAW_STRING = re.compile(r'R"([^()\\\s]{0,16})\(')


# ---- Catalogues


def texts(entry: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Every text of a catalogue with its dotted key."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from texts(value, f"{key}.{name}" if key else name)
    else:
        yield key, entry


def read_catalogue(path: Path) -> tuple[dict[str, set[str]], list[str]]:
    """The placeholders of each key, plural forms taken together, and what is wrong with the file itself."""
    keys: dict[str, set[str]] = {}
    faults = []

    def refuse_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        faults.extend(f"{path}: {name} stands twice" for name in sorted({n for n in names if names.count(n) > 1}))
        return dict(pairs)

    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=refuse_twice)
    except ValueError as problem:
        return {}, [f"{path}: {problem}"]
    for key, text in texts(content):
        if not isinstance(text, str) or not text.strip():
            faults.append(f"{path}: {key} has no text")
            text = ""
        keys.setdefault(PLURAL_ENDING.sub("", key), set()).update(PLACEHOLDER.findall(text))
    return keys, faults


def check_catalogues(root: Path) -> Iterator[str]:
    folder = root / "web" / "src" / "i18n"
    names = sorted({path.name for language in LANGUAGES for path in (folder / language).glob("*.json")})
    if not names:
        yield f"{folder}: no catalogues"
    for name in names:
        catalogues = {}
        for language in LANGUAGES:
            path = folder / language / name
            if not path.is_file():
                yield f"{path}: missing"
                continue
            catalogues[language], faults = read_catalogue(path)
            yield from faults
        if len(catalogues) == len(LANGUAGES):
            yield from compare(folder, name, catalogues)


def compare(folder: Path, name: str, catalogues: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    for language in LANGUAGES:
        for other in LANGUAGES:
            for key in sorted(catalogues[other].keys() - catalogues[language].keys()):
                yield f"{folder / language / name}: lacks {key}"
    first, second = (catalogues[language] for language in LANGUAGES)
    for key in sorted(first.keys() & second.keys()):
        # A singular may leave the number out ("one case"), so only the names of other placeholders must agree.
        if first[key] - {"count"} != second[key] - {"count"}:
            yield f"{folder}/*/{name}: {key} has other placeholders in {LANGUAGES[0]} than in {LANGUAGES[1]}"


# ---- Japanese in sources


def without_comments(source: str, raw_strings: bool) -> Iterator[tuple[int, str, bool]]:
    """The source without comments, as pieces: line number, text, whether it is inside a string."""
    at, line, end = 0, 1, len(source)
    template_depths: list[int] = []  # depth of braces inside each open `${` of a template string

    def string_from(start: int, quote: str) -> int:
        """The end of a string that begins before `start`; an ordinary one ends at its line at the latest."""
        here = start
        while here < end:
            if source[here] == "\\":
                here += 2
                continue
            if source[here] == quote or (quote != "`" and source[here] == "\n"):
                return here + 1
            if quote == "`" and source.startswith("${", here):
                template_depths.append(0)
                return here + 2
            here += 1
        return end

    while at < end:
        start, inside = at, False
        if source.startswith("//", at):
            at = source.find("\n", at)
            at = end if at < 0 else at
            start = at
        elif source.startswith("/*", at):
            close = source.find("*/", at + 2)
            at = end if close < 0 else close + 2
            line += source.count("\n", start, at)
            start = at
        elif raw_strings and (raw := RAW_STRING.match(source, at)) and not source[at - 1 : at].isalnum():
            close = source.find(f"){raw[1]}\"", raw.end())
            at = end if close < 0 else close + len(raw[1]) + 2
            inside = True
        elif source[at] == "'" and raw_strings and source[at - 1 : at].isdigit():
            at += 1  # a digit separator: 1'000
        elif source[at] in "\"'" or (source[at] == "`" and not raw_strings):
            at = string_from(at + 1, source[at])
            inside = True
        elif template_depths and source[at] == "}" and template_depths[-1] == 0:
            template_depths.pop()
            at = string_from(at + 1, "`")
            inside = True
        else:
            if template_depths and source[at] in "{}":
                template_depths[-1] += 1 if source[at] == "{" else -1
            at += 1
        if start < at:
            yield line, source[start:at], inside
            line += source.count("\n", start, at)


def japanese_lines(source: str, raw_strings: bool) -> list[int]:
    """Numbers of the lines that hold Japanese: in C++ inside strings, in the web app anywhere outside comments."""
    source = LETTER_RANGE.sub("", source)
    if not JAPANESE.search(source):
        return []
    lines = set()
    for line, piece, inside in without_comments(source, raw_strings):
        if inside or not raw_strings:
            lines.update(line + piece.count("\n", 0, found.start()) for found in JAPANESE.finditer(piece))
    return sorted(lines)


def sources(root: Path) -> Iterator[Path]:
    for suffix in ("*.cpp", "*.hpp"):
        yield from (path for path in (root / "src").rglob(suffix) if not path.stem.endswith("_test"))
    for suffix in ("*.ts", "*.tsx"):
        for path in (root / "web" / "src").rglob(suffix):
            if "i18n" not in path.parts and not re.search(r"\.(test|spec)$", path.stem):
                yield path


def check_sources(root: Path) -> Iterator[str]:
    exempt: dict[str, str] = {}
    register = root / EXEMPTIONS
    for line in register.read_text(encoding="utf-8").splitlines() if register.is_file() else ():
        if line.strip() and not line.startswith("#"):
            name, _, reason = line.partition(":")
            exempt[name.strip()] = reason.strip()
            if not reason.strip():
                yield f"{EXEMPTIONS}: {name} gives no reason"
    used = set()
    for path in sorted(sources(root)):
        name = path.relative_to(root).as_posix()
        lines = japanese_lines(path.read_text(encoding="utf-8"), raw_strings=path.suffix in {".cpp", ".hpp"})
        if lines and name in exempt:
            used.add(name)
        elif lines:
            for line in lines:
                yield f"{name}:{line}: Japanese in code; it belongs into a catalogue or a pack"
    for name in sorted(exempt.keys() - used):
        yield f"{EXEMPTIONS}: {name} needs no entry"


def check(root: Path) -> list[str]:
    return [*check_catalogues(root), *check_sources(root)]


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    faults = check(root)
    for fault in faults:
        print(fault.replace(f"{root}/", ""))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
