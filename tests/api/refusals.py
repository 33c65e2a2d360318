# SPDX-License-Identifier: Apache-2.0
"""Refusals that follow from the description of the API and from the table of roles in docs/security.md: who is not
signed in, whose role lacks the permission, whose browser sends no token, who names no version, who asks for a record
that is not theirs to see."""

import re
import uuid

from case_file import Mismatch
from program import TOP

# One account of the demonstration for each role.
ACCOUNTS = {
    "lead": "center",
    "coordinator": "station",
    "municipal": "city",
    "prefectural": "prefecture",
    "advisor": "advisor",
    "committee": "segawa",
    "administrator": "admin",
}
PERMISSION = re.compile(r"[a-z]+(\.[a-z]+)?")


def role_table():
    """Permissions by role, from the one table of docs/security.md whose columns are the roles. A dash means no."""
    table, roles = {}, []
    for line in (TOP / "docs/security.md").read_text("utf-8").splitlines():
        name, *cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if set(ACCOUNTS) <= set(cells):
            roles = cells
            table = {role: set() for role in roles}
        elif roles and not line.startswith("|"):
            break
        elif roles and PERMISSION.fullmatch(name):
            for role, cell in zip(roles, cells):
                if cell not in ("", "—"):
                    table[role].add(name)
    if not any(table.values()):
        raise Mismatch("docs/security.md holds no table of roles")
    return table


def expect(answer, status, reason):
    found = reason_of(answer.json)
    if answer.status != status or found != reason:
        raise Mismatch(f"{answer.status} {found} instead of {status} {reason}")


def reason_of(json):
    """FHIR tells it within its first issue."""
    if not isinstance(json, dict):
        return None
    if json.get("resourceType") == "OperationOutcome":
        return json["issue"][0]["details"]["text"]
    return json.get("reason")


def filled(pattern):
    """The path with ids that nobody has."""
    return re.sub(r"\{\w+\}", lambda _: str(uuid.uuid4()), pattern)


def someone_with(permission, table):
    """An account that may call the operation."""
    for role in ("coordinator", "administrator", "lead", "municipal"):
        if not permission or permission in table[role]:
            return ACCOUNTS[role]
    raise Mismatch(f"nobody has {permission}")


def writes(api):
    return [entry for entry in api.description.operations if entry[0] != "GET"]


def is_public(operation):
    return operation.get("security") == []


def takes_bytes(operation):
    return "application/octet-stream" in operation.get("requestBody", {"content": {}})["content"]


def body_of(api, operation):
    if "requestBody" not in operation:
        return None
    if takes_bytes(operation):
        return b"a"
    return api.description.example(operation["requestBody"]["content"]["application/json"]["schema"])


def has_parameter(operation, name):
    return any(parameter["name"] == name for parameter in operation.get("parameters", []))


def run(api, report):
    table = {}
    report.run("refusals/the-table-of-roles-is-written", lambda: table.update(role_table()))
    if not table:
        return
    for role, account in ACCOUNTS.items():
        report.run(f"refusals/{role}/has-the-permissions-of-the-table",
                   lambda role=role, account=account: check_permissions(api, account, table[role]))
    for method, pattern, _, operation in api.description.operations:
        if is_public(operation):
            continue
        name, path, permission = operation["operationId"], filled(pattern), operation.get("x-permission")
        report.run(f"refusals/nobody/{name}",
                   lambda m=method, p=path: expect(api.ask("nobody", m, p), 401, "unauthenticated"))
        for role, account in ACCOUNTS.items():
            if permission and permission not in table[role]:
                report.run(f"refusals/{role}/{name}",
                           lambda m=method, p=path, a=account: expect(api.ask(a, m, p), 403, "forbidden"))
    for method, pattern, _, operation in writes(api):
        if not is_public(operation):
            run_write(api, report, table, (method, filled(pattern), operation))
    for method, pattern, _, operation in api.description.operations:
        if method == "GET" and "{" in pattern and not is_public(operation):
            account = someone_with(operation.get("x-permission"), table)
            for kind, path in (("unknown", filled(pattern)), ("no-id", re.sub(r"\{\w+\}", "no-id", pattern))):
                report.run(f"refusals/{kind}/{operation['operationId']}",
                           lambda p=path, a=account: expect(api.ask(a, "GET", p), 404, "not_found"))


def check_permissions(api, account, expected):
    found = set(api.ask(account, "GET", "/api/session").json["permissions"])
    if found != expected:
        raise Mismatch(f"more: {sorted(found - expected)}, less: {sorted(expected - found)}")


def run_write(api, report, table, call):
    method, path, operation = call
    name = operation["operationId"]
    account = someone_with(operation.get("x-permission"), table)
    body = body_of(api, operation)
    for kind, token in (("no", "none"), ("wrong", "x" * 43)):
        report.run(f"refusals/{kind}-token/{name}",
                   lambda t=token: expect(api.ask(account, method, path, body, [("X-CSRF-Token", t)]), 403, "csrf"))
    if has_parameter(operation, "If-Match"):
        report.run(f"refusals/no-version/{name}",
                   lambda: expect(api.ask(account, method, path, body), 428, "precondition_required"))
        report.run(f"refusals/malformed-version/{name}",
                   lambda: expect(api.ask(account, method, path, body, [("If-Match", '"x"')]), 400, "malformed_if_match"))
        if re.search("[0-9a-f]{8}-[0-9a-f]{4}-", path):
            report.run(f"refusals/unknown/{name}",
                       lambda: expect(api.ask(account, method, path, body, [("If-Match", '"1"')]), 404, "not_found"))
