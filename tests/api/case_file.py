# SPDX-License-Identifier: Apache-2.0
"""Reads a .case file, and compares answers with what it expects. See README.md for the form."""

import json
import re
from dataclasses import dataclass, field

REQUEST = re.compile(r"(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) (/\S*)$")
ACCOUNT = re.compile(r"as: *(\S+)$")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): *(.*)$")
PLACE = re.compile(r"\{\{(\w+)\}\}")
NOTHING = object()


class CaseError(Exception):
    """The file itself is wrong."""


class Mismatch(Exception):
    """The answer is not the expected one."""


@dataclass
class Step:
    line: int
    account: str
    method: str
    path: str
    headers: list = field(default_factory=list)
    body: str = ""
    status: int = 0
    answer_headers: list = field(default_factory=list)
    answer: object = NOTHING


def read(text, name):
    """The steps of a file, in order."""
    lines = text.splitlines()
    steps, account, at = [], "", 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or line.startswith("#"):
            at += 1
        elif found := ACCOUNT.match(line):
            account = found.group(1)
            at += 1
        elif found := REQUEST.match(line):
            step = Step(at + 1, account, *found.groups())
            at = read_step(lines, at + 1, step, name)
            steps.append(step)
        else:
            raise CaseError(f"{name}:{at + 1}: neither a request nor an account: {line}")
    if not steps:
        raise CaseError(f"{name}: holds no request")
    return steps


def read_headers(lines, at, into):
    while at < len(lines) and (found := HEADER.match(lines[at])) and not ACCOUNT.match(lines[at]):
        into.append(found.groups())
        at += 1
    return at


def read_step(lines, at, step, name):
    at = read_headers(lines, at, step.headers)
    body = []
    while at < len(lines) and lines[at] != "---":
        body.append(lines[at])
        at += 1
    if at == len(lines):
        raise CaseError(f"{name}:{step.line}: there is no ---")
    step.body = "\n".join(body).strip("\n")
    at += 1
    if at == len(lines) or not re.fullmatch(r"\d{3}", lines[at]):
        raise CaseError(f"{name}:{at + 1}: a status is expected after ---")
    step.status = int(lines[at])
    at = read_headers(lines, at + 1, step.answer_headers)
    answer = []
    while at < len(lines) and not (REQUEST.match(lines[at]) or ACCOUNT.match(lines[at]) or lines[at].startswith("#")):
        answer.append(lines[at])
        at += 1
    expected = "\n".join(answer).strip()
    if expected:
        try:
            step.answer = json.loads(re.sub(r'(?<!")\*\*\*(?!")', '"***"', expected))
        except json.JSONDecodeError as problem:
            raise CaseError(f"{name}:{step.line}: the expected answer is no JSON: {problem}") from None
    return at


def filled_in(text, values, in_json=False):
    """The text with every {{name}} replaced by its value."""

    def value(found):
        if found.group(1) not in values:
            raise Mismatch(f"{{{{{found.group(1)}}}}} has no value yet")
        known = values[found.group(1)]
        if in_json and isinstance(known, str):
            return json.dumps(known, ensure_ascii=False)[1:-1]
        return known if isinstance(known, str) else json.dumps(known, ensure_ascii=False)

    return PLACE.sub(value, text)


def match(expected, found, values, place=""):
    """Compares, and keeps what stands where {{name}} is met for the first time."""
    if expected == "***":
        return
    if isinstance(expected, str) and (whole := PLACE.fullmatch(expected)):
        name = whole.group(1)
        if values.setdefault(name, found) != found:
            raise Mismatch(f"{place}: {found!r} instead of {{{{{name}}}}} = {values[name]!r}")
    elif isinstance(expected, dict) and isinstance(found, dict):
        match_object(expected, found, values, place)
    elif isinstance(expected, list) and isinstance(found, list):
        match_list(expected, found, values, place)
    elif isinstance(expected, str) and isinstance(found, str):
        if filled_in(expected, values) != found:
            raise Mismatch(f"{place}: {found!r} instead of {expected!r}")
    elif type(expected) is not type(found) and not (is_number(expected) and is_number(found)) or expected != found:
        raise Mismatch(f"{place}: {short(found)} instead of {short(expected)}")


def match_object(expected, found, values, place):
    others_allowed = "***" in expected
    for name, value in expected.items():
        if name == "***":
            continue
        if name not in found:
            raise Mismatch(f"{place}/{name} is missing")
        match(value, found[name], values, f"{place}/{name}")
    unexpected = sorted(set(found) - set(expected))
    if unexpected and not others_allowed:
        raise Mismatch(f"{place}: not expected: {', '.join(unexpected)}")


def match_list(expected, found, values, place):
    rest_allowed = bool(expected) and expected[-1] == "***"
    wanted = expected[:-1] if rest_allowed else expected
    if len(found) < len(wanted) or (len(found) > len(wanted) and not rest_allowed):
        raise Mismatch(f"{place}: {len(found)} items instead of {len(wanted)}")
    for index, value in enumerate(wanted):
        match(value, found[index], values, f"{place}/{index}")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 200 else text[:200] + "…"
