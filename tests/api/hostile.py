# SPDX-License-Identifier: Apache-2.0
"""Bytes that no browser of ours sends, for every operation of the description. Each must be refused with a reason, none
may end in a defect (5xx)."""

import json
import socket

from case_file import Mismatch
from refusals import ACCOUNTS, body_of, expect, filled, has_parameter, is_public, role_table, someone_with, takes_bytes

DEEP = 100_000
BODIES = [
    # name, bytes, possible statuses
    ("nothing", b"", {400}),
    ("half-an-object", b"{", {400}),
    ("two-values", b"{} {}", {400}),
    ("word", b"hello", {400}),
    ("comment", b"{/**/}", {400}),
    ("trailing-comma", b'{"a":1,}', {400}),
    ("single-quotes", b"{'a':1}", {400}),
    ("nul-byte", b'{"a":"\x00"}', {400}),
    ("broken-utf-8", b'{"a":"\xff"}', {400}),
    ("overlong-utf-8", b'{"a":"\xc0\xaf"}', {400}),
    ("surrogate-in-utf-8", b'{"a":"\xed\xa0\x80"}', {400}),
    ("lone-surrogate", b'{"a":"\\ud800"}', {400}),
    ("turned-surrogates", b'{"a":"\\udc00\\ud800"}', {400}),
    ("utf-16", '{"a":1}'.encode("utf-16"), {400}),
    ("duplicate-member", b'{"a":1,"a":2}', {400}),
    ("deep-lists", b"[" * DEEP, {400}),
    ("deep-objects", b'{"a":' * 40 + b"1" + b"}" * 40, {400}),
    ("not-a-number", b'{"a":NaN}', {400}),
    ("list", b"[]", {422}),
    ("text", b'"a"', {422}),
    ("null", b"null", {422}),
    ("unknown-member", b'{"zz_unknown":1}', {422}),
]
WRONG_VALUES = [("object", {}), ("list", [[]]), ("number", 1e300), ("nul", "a\0b"), ("huge-number", 10**30),
                ("boolean", True), ("text", "\u202e\ufeff"), ("null", None)]
QUERIES = ["zz_unknown=1", "limit=x", "limit=0", "limit=-1", "limit=99999999999999999999", "limit=1&limit=2",
           "after=%00", "after=garbage", "after=" + "a" * 199, "sort=nothing", "sort=id;drop", "from=2026-02-30",
           "fiscal_year=x", "words=%ff", "words=%25%27%22%5C_%3B--", "desk=not-an-id", "id=x,y", "%zz=1",
           "words=" + "%E3%81%82" * 100, "words=" + "%E3%81%82" * 101, "limit=%EF%BC%91"]
# Sent as they stand, past any tidying of a client library.
PATHS = ["/api/../etc/passwd", "/../../../../etc/passwd", "/api/consultations/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/x",
         "/api/consultations/%00", "/api//session", "//api/session", "/api\\session", "/api/session/", "/api/%ff",
         "/api/%", "/api/session;x=1", "/.git/config", "/keys/master.key", "/tsunagi.db", "/api/" + "a" * 7000,
         "/api/" + "/" * 5000, "/api/Session", "*"]


def run(api, report):
    try:
        table = role_table()
    except (OSError, Mismatch):
        return  # told by refusals.py
    for method, pattern, _, operation in api.description.operations:
        if takes_bytes(operation):
            run_bytes(api, report, table, (method, pattern, operation))
        elif "requestBody" in operation:
            run_bodies(api, report, table, (method, filled(pattern), operation))
        if method == "GET" and any(p["in"] == "query" for p in operation.get("parameters", [])):
            run_queries(api, report, table, filled(pattern), operation)
    run_paths(api, report)
    run_methods(api, report)


def account_for(operation, table):
    return "nobody" if is_public(operation) else someone_with(operation.get("x-permission"), table)


def run_bodies(api, report, table, call):
    method, path, operation = call
    name, account = operation["operationId"], account_for(operation, table)
    headers = [("If-Match", '"1"')] if has_parameter(operation, "If-Match") else []

    def ask(body, more=()):
        return api.ask(account, method, path, body, headers + list(more))

    for kind, body, statuses in BODIES:
        report.run(f"hostile/{kind}/{name}", lambda b=body, s=statuses: expect_status(ask(b), s))
    report.run(f"hostile/form/{name}",
               lambda: expect(ask(b"a=1", [("Content-Type", "application/x-www-form-urlencoded")]), 415,
                              "unsupported_media_type"))
    report.run(f"hostile/huge/{name}", lambda: expect_status(ask(b'{"a":"' + b"a" * 3_000_000 + b'"}'), {413}))
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    example = body_of(api, operation)
    for pointer, member in members(api.description, schema):
        for kind, value in WRONG_VALUES:
            if not list(api.description.mismatches(value, member, "")):
                continue  # it happens to fit
            report.run(f"hostile/{kind}-in{pointer.replace('/', '.')}/{name}",
                       lambda v=value, p=pointer: expect_field(ask(changed(example, p, v)), p))
        longest = member.get("maxLength")
        if longest:
            report.run(f"hostile/too-long-in{pointer.replace('/', '.')}/{name}",
                       lambda p=pointer, n=longest: expect_field(ask(changed(example, p, "あ" * (n + 1))), p))


def run_bytes(api, report, table, call):
    """Bodies of any bytes: wrong types, too many, and places that are none."""
    method, pattern, operation = call
    name, account, path = operation["operationId"], account_for(operation, table), filled(pattern)
    most = operation["requestBody"]["content"]["application/octet-stream"]["schema"]["maxLength"]
    for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain", "application/octet-streams", "none"):
        report.run(f"hostile/type-{kind}/{name}",
                   lambda k=kind: expect(api.ask(account, method, path, b"{}", [("Content-Type", k)]), 415,
                                         "unsupported_media_type"))
    for kind, body, statuses in (("empty", b"", {404, 422}), ("largest", b"\0" * most, {404} if "{" in pattern else {422}), ("too-large", b"a" * (most + 1), {413}),
                                 ("huge", b"a" * 3_000_000, {413})):
        report.run(f"hostile/{kind}/{name}",
                   lambda b=body, s=statuses: expect_status(api.ask(account, method, path, b), s))
    head, last = pattern.rsplit("/", 1)
    for place in ("x", "-1", "99999999999999999999", "1e3", "%2B1", "1%20") if last.startswith("{") else ():
        report.run(f"hostile/place-{place}/{name}",
                   lambda p=place: expect_status(api.ask(account, method, f"{filled(head)}/{p}", b"a"), {404}))


def members(description, schema, pointer=""):
    """Every member of the body, one level of objects within objects included."""
    if "$ref" in schema:
        schema = description.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for name, member in schema.get("properties", {}).items():
        yield f"{pointer}/{name}", member
        if "$ref" in member and not pointer:
            yield from members(description, member, f"/{name}")


def changed(example, pointer, value):
    body = json.loads(json.dumps(example))
    *parents, last = pointer.split("/")[1:]
    place = body
    for parent in parents:
        place = place.setdefault(parent, {})
    place[last] = value
    return body


def expect_status(answer, statuses):
    if answer.status not in statuses:
        raise Mismatch(f"{answer.status} instead of {sorted(statuses)}: {answer.body[:200]!r}")


def expect_field(answer, pointer):
    """Refused, and the wrong member is named."""
    if answer.status == 400:
        return  # not JSON at all for us, such as a number beyond every type
    expect_status(answer, {422})
    places = [field["pointer"] for field in answer.json["fields"]]
    if not any(place == pointer or place.startswith(pointer + "/") for place in places):
        raise Mismatch(f"{pointer} is not among the wrong fields {places}")


def run_queries(api, report, table, path, operation):
    account = account_for(operation, table)
    known = {parameter["name"] for parameter in operation["parameters"]}
    if not pages(api.description, operation):
        known -= {"limit", "after", "sort"}  # there for every reader of the filter, meaningless without pages
    for query in QUERIES:
        if query.split("=")[0] not in known and not query.startswith(("zz_", "%zz")):
            continue
        harmless = query.startswith(("words=%25", "words=%E3")) and not query.endswith("%E3%81%82" * 101)
        statuses = {200, 404, 422} if harmless else {400, 404, 422}
        report.run(f"hostile/query/{operation['operationId']}?{query[:40]}",
                   lambda q=query, s=statuses: expect_status(api.ask(account, "GET", f"{path}?{q}"), s))


def pages(description, operation):
    """Whether the answer has a next page."""
    content = operation["responses"]["200"]["content"].get("application/json", {"schema": {}})
    name = content["schema"].get("$ref", "").rsplit("/", 1)[-1]
    return "next" in description.document["components"]["schemas"].get(name, {}).get("properties", {})


def raw(port, request):
    """What the server answers to these bytes: the status, or 0 when it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            got = connection.recv(65536)
            if not got:
                break
            answer += got
    return (int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0), answer


def run_paths(api, report):
    def check(path):
        status, answer = raw(api.port, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        if status >= 500 or b"root:" in answer or b"SQLite format" in answer:
            raise Mismatch(f"{status}: {answer[:200]!r}")
        is_page = b"text/html" in answer.lower()
        if status == 200 and not is_page:
            raise Mismatch(f"200: {answer[:200]!r}")

    for path in PATHS:
        report.run(f"hostile/path/{path[:50]}", lambda path=path: check(path))


def run_methods(api, report):
    account = ACCOUNTS["coordinator"]
    for method in ("PATCH", "TRACE", "FOO"):
        report.run(f"hostile/method/{method}",
                   lambda m=method: expect_status(api.ask(account, m, "/api/consultations"), {405, 400, 501}))
    report.run("hostile/method/delete-of-a-list",
               lambda: expect(api.ask(account, "DELETE", "/api/consultations"), 405, "method_not_allowed"))
    report.run("hostile/unknown-path", lambda: expect(api.ask(account, "GET", "/api/nothing"), 404, "not_found"))
