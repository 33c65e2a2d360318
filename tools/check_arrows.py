#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what the compiler does not: which folder may include which, what files are called, how long they grow.

ARCHITECTURE.md draws the arrows. Usage: check_arrows.py [ROOT]; prints one line per fault, exit status 1 if any.
"""

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

# A folder of src/ and the folders it may include besides itself.
ARROWS = {
    "core": set(),
    "record": {"core"},
    "db": {"core", "record"},
    "http": {"core", "record"},
    "workbooks": {"core"},
    "modules": {"core", "record", "db", "http", "workbooks"},
    "app": {"core", "record", "db", "http", "workbooks", "modules"},
}

# Inside a module, what may be seen only by files whose name ends in one of these rooms. Tests see all their module may.
ROOMS = {"http": {"routes"}, "db": {"store", "service"}}

# Libraries that one folder hides from all others.
HIDDEN_LIBRARIES = [
    (re.compile(r"boost/(beast|asio)\b"), "http"),
    (re.compile(r"(zip\.h|expat\.h)"), "workbooks"),
    (re.compile(r"(soci\b|sqlite3\.h|libpq-fe\.h|libpq/)"), "db"),
]

# Modules whose values headers are not simply the word in the singular. Everybody needs to know who asks (actor) and
# what that person may see (scope), so `access` shows these too; whoever writes a file asks whether it is fictitious,
# and writes it with what `analysis` has for tables.
VALUES_HEADERS = {
    "access": {"actor", "attachment_scope", "demonstration_service", "scope", "shared_store", "user"},
    "analysis": {"figures", "report_file", "report_words"},
    "audit": {"audit_entry"},
    "consultations": {"caller_rules", "consultation", "prepared_service", "shelf_service"},
    "discharges": {"discharge", "desk_figures_service"},
    "home": {"board"},
    "resources": {"resource", "offered_service", "place_scope", "resource_export", "resource_export_service", "local_service"},
    "packs": {"pack", "yaml_values"},
}

VAGUE_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"}

# Written in two halves so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

SOURCE_SUFFIXES = {".cpp", ".hpp", ".ts", ".tsx", ".css", ".py", ".sh", ".cmake"}
TEXT_SUFFIXES = SOURCE_SUFFIXES | {".sql", ".md", ".yaml", ".yml", ".toml", ".case", ".txt", ".html", ".service"}
LONGEST_FILE = 500
LONGEST_MODULE_README = 20
LONG_FILES = "tools/long_files.txt"

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def singular(word: str) -> str:
    """consultations -> consultation, competencies -> competency, analysis -> analysis, access -> access."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "is")):
        return word[:-1]
    return word


def is_test(path: PurePosixPath) -> bool:
    return path.stem.endswith("_test")


def room(path: PurePosixPath) -> str:
    return path.stem.rpartition("_")[2]


def includes(root: Path, path: PurePosixPath) -> Iterator[tuple[int, str, str]]:
    """Line number, opening mark and name of every include of a file."""
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), start=1):
        if found := INCLUDE.match(line):
            yield number, found[1], found[2]


def resolve(root: Path, path: PurePosixPath, name: str) -> PurePosixPath | None:
    """The file under src/ that a quoted include of `path` means, or nothing if it means none of ours."""
    for folder in (PurePosixPath("src"), path.parent):
        candidate = PurePosixPath(os.path.normpath(folder / name))
        if (root / candidate).is_file():
            return candidate
    return None


def open_to_others(module: str) -> set[str]:
    """The headers of a module that other modules may include."""
    values = VALUES_HEADERS.get(module, {singular(module)})
    services = {f"{word}_service" for word in (module, singular(module))}
    return {f"{name}.hpp" for name in values | services}


def check_arrow(path: PurePosixPath, target: PurePosixPath) -> str | None:
    """What is wrong with `path` including `target`, both under src/; nothing if the arrow is drawn."""
    here, there = path.parts[1], target.parts[1]
    if here not in ARROWS:
        return f"src/{here}/ is not a folder of the architecture"
    if here != there and there not in ARROWS[here]:
        return f"{here} must not see {there} ({target})"
    if here != "modules":
        return None
    if there in ROOMS and not is_test(path) and room(path) not in ROOMS[there]:
        allowed = " and ".join(f"*_{name}" for name in sorted(ROOMS[there]))
        return f"inside a module only {allowed} see {there} ({target})"
    if there == "modules" and path.parts[2] != target.parts[2] and target.name not in open_to_others(target.parts[2]):
        shown = " and ".join(sorted(open_to_others(target.parts[2])))
        return f"another module shows only {shown}, not {target.name}"
    return None


def check_includes(root: Path, files: list[PurePosixPath]) -> Iterator[str]:
    seen_by: dict[str, set[str]] = defaultdict(set)
    for path in files:
        if path.parts[0] != "src" or path.suffix not in {".cpp", ".hpp"}:
            continue
        if len(path.parts) < 3 or (path.parts[1] == "modules" and len(path.parts) != 4):
            yield f"{path}: stands outside the folders of the architecture"
            continue
        for number, mark, name in includes(root, path):
            for library, owner in HIDDEN_LIBRARIES:
                if library.match(name) and path.parts[1] != owner:
                    yield f"{path}:{number}: only src/{owner} may include <{name}>"
            target = resolve(root, path, name) if mark == '"' else None
            if target is None or target.parts[0] != "src" or len(target.parts) < 3:
                continue
            if fault := check_arrow(path, target):
                yield f"{path}:{number}: {fault}"
            if path.parts[1] == target.parts[1] == "modules" and not is_test(path):
                seen_by[path.parts[2]].add(target.parts[2])
    yield from check_circles(seen_by)


def check_circles(seen_by: dict[str, set[str]]) -> Iterator[str]:
    """One line per circle of modules, each circle once."""
    reported: set[frozenset[str]] = set()

    def walk(module: str, trail: list[str]) -> Iterator[str]:
        for other in sorted(seen_by.get(module, ())):
            if other == module:
                continue
            if other in trail:
                circle = trail[trail.index(other) :]
                if frozenset(circle) not in reported:
                    reported.add(frozenset(circle))
                    yield f"src/modules: circle {' -> '.join([*circle, other])}"
            elif other not in finished:
                yield from walk(other, [*trail, other])
        finished.add(module)

    finished: set[str] = set()
    for module in sorted(seen_by):
        if module not in finished:
            yield from walk(module, [module])


def check_names(files: list[PurePosixPath]) -> Iterator[str]:
    for path in files:
        if path.suffix not in SOURCE_SUFFIXES:
            continue
        words = {word.lower() for part in path.with_suffix("").parts for word in re.split(r"[_.\-]|(?=[A-Z])", part)}
        if vague := words & VAGUE_NAMES:
            yield f"{path}: a name that says nothing ({', '.join(sorted(vague))})"
        if path.suffix in {".cpp", ".hpp", ".py"} and not re.fullmatch(r"[a-z0-9_]+", path.stem):
            yield f"{path}: file names are snake_case"


def check_marks(root: Path, files: list[PurePosixPath]) -> Iterator[str]:
    for path in files:
        if path.suffix not in TEXT_SUFFIXES and path.name != "dev":
            continue
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), start=1):
            if found := UNFINISHED.search(line):
                yield f"{path}:{number}: {found[1]}: finish it or say in words why it is as it is"


def check_lengths(root: Path, files: list[PurePosixPath]) -> Iterator[str]:
    listed: dict[str, str] = {}
    register = root / LONG_FILES
    for line in register.read_text(encoding="utf-8").splitlines() if register.is_file() else ():
        if line.strip() and not line.startswith("#"):
            name, _, reason = line.partition(":")
            listed[name.strip()] = reason.strip()
    for path in files:
        if path.suffix not in SOURCE_SUFFIXES and path.name != "dev":
            continue
        length = len((root / path).read_text(encoding="utf-8").splitlines())
        reason = listed.pop(str(path), None)
        if length > LONGEST_FILE and not reason:
            yield f"{path}: {length} lines; split it, or give the reason in {LONG_FILES}"
        if length <= LONGEST_FILE and reason is not None:
            yield f"{LONG_FILES}: {path} has {length} lines and needs no entry"
    for name in listed:
        yield f"{LONG_FILES}: {name} does not exist"


def check_module_notes(root: Path, files: list[PurePosixPath]) -> Iterator[str]:
    modules = {path.parts[2] for path in files if path.parts[:2] == ("src", "modules") and len(path.parts) > 3}
    for module in sorted(modules):
        note = root / "src" / "modules" / module / "README.md"
        if not note.is_file():
            yield f"src/modules/{module}: has no README.md"
        elif len(note.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE_README:
            yield f"src/modules/{module}/README.md: over {LONGEST_MODULE_README} lines"


def repository_files(root: Path) -> list[PurePosixPath]:
    """Every file git tracks or would add, so that build output and dependencies stay out of sight."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, check=True, capture_output=True, text=True,
    ).stdout
    return sorted(PurePosixPath(name) for name in listing.split("\0") if name and (root / name).is_file())


def check(root: Path) -> list[str]:
    files = repository_files(root)
    return [
        *check_includes(root, files),
        *check_names(files),
        *check_marks(root, files),
        *check_lengths(root, files),
        *check_module_notes(root, files),
    ]


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    faults = check(root)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
