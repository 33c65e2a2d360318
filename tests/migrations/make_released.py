#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes released/<schema version>.jsonl with the program given: the demonstration, what it has not but people have
(recovery codes, a form sent with a key), cut down to some tens of rows per table. Run once per schema, before the next
one is begun; the file is never written again."""

import argparse
import gzip
import hashlib
import hmac
import base64
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "api"))

from program import Client, Failure, Program  # noqa: E402  # pylint: disable=wrong-import-position

ROWS = 24
VERSIONS = 8  # each holds a whole record
CASES = 48  # those with persons, as evidence and with elements are not the same
LEFT_OUT = {"sessions", "schema_migrations"}


def one_time_code(secret):
    """RFC 6238 with its usual numbers."""
    counter = int(time.time()) // 30
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7fffffff) % 1_000_000:06}"


def use(program):
    program.start()
    client = Client(program.port)
    client.sign_in("station")
    made = client.ask("POST", "/api/consultations", {"state": "draft", "sheet": {"subject": "二度送れる下書き"}},
                      [("Idempotency-Key", "released")])
    secret = client.ask("POST", "/api/session/totp").json["secret"]
    confirmed = client.ask("PUT", "/api/session/totp", {"code": one_time_code(secret)})
    if (made.status, confirmed.status) != (201, 200):
        raise Failure(f"{made.status} {made.body!r}, {confirmed.status} {confirmed.body!r}")
    program.stop()


def cut(file):
    """Keeps the first rows of each table, of cases those first that others point to, and nothing that points nowhere."""
    database = sqlite3.connect(file)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
              if name not in LEFT_OUT]
    wanted = "".join(f"id IN (SELECT consultation_id FROM {table}) DESC, "
                     for table in ("consultation_persons", "issue_evidence", "consultation_elements"))
    for table in tables:
        first, limit = (wanted, CASES) if table == "consultations" else ("", ROWS)
        if table.endswith("_versions"):
            limit = VERSIONS
        if table == "consultation_persons" or table in ("users", "regions", "desks", "assignments"):
            continue  # few, and much hangs on them
        database.execute(f"DELETE FROM {table} WHERE rowid NOT IN (SELECT rowid FROM {table} "
                         f"ORDER BY {first}{'sequence' if table == 'audit_entries' else 'rowid'} LIMIT {limit})")
    while dangling := database.execute("PRAGMA foreign_key_check").fetchall():
        for table, row, *_ in dangling:
            database.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
    database.commit()
    for table in tables:
        if not database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
            raise Failure(f"{table} has no row left")
    version = database.execute("SELECT max(version) FROM schema_migrations").fetchone()[0]
    database.close()
    return version


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the built tsunagi")
    words = parser.parse_args()
    program = Program(words.program, "sqlite")
    try:
        program.make_demonstration()
        use(program)
        version = cut(program.folder / "data/tsunagi.db")
        (program.folder / "data/audit-anchors.log").unlink(missing_ok=True)  # it tells of rows that were cut off
        program.run("backup", str(program.folder / "b.gz"))
        text = gzip.decompress((program.folder / "b.gz").read_bytes())
    finally:
        program.remove()
    file = Path(__file__).parent / f"released/{version:04}.jsonl"
    file.parent.mkdir(exist_ok=True)
    with file.open("xb") as out:
        out.write(text)
    print(f"{file}: {len(text)} bytes")


if __name__ == "__main__":
    main()
