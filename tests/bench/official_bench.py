#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long official files take and how much memory: read, compared, approved and applied by the command line into an empty
database, once more when nothing has changed, and once by the server as an administrator does it on the screen. The files
are those named, or the ones beside the checkout (../shared/data); without any there is nothing to measure. Started by
`./dev bench --official [FILE…]`."""

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/api"))

from program import Client, Failure, Program, with_postgres  # noqa: E402  # pylint: disable=wrong-import-position

MUST = "60 s, 300 MB"


def shared_files():
    data = TOP / ".." / "shared" / "data"
    return sorted((data / "mhlw-kaigo" / "raw-20251231").glob("*.csv")) + sorted((data / "mhlw-iryojoho").glob("01-1*.csv"))


def lines_of(files):
    return sum(max(0, file.read_bytes().count(b"\n") - 1) for file in files)


def row(what, seconds, megabytes, must=""):
    print(f"| {what:58} | {seconds:8.1f} | {megabytes:8.0f} | {must} |", flush=True)


def by_command(program, files, what, must):
    """One process for all files; its largest resident size is that of the children so far, so the first run counts."""
    started = time.monotonic()
    done = subprocess.run([program.path, "import", "official", "--approve", *program.words, *map(str, files)],
                          capture_output=True, text=True, timeout=1200, check=False)
    seconds = time.monotonic() - started
    if done.returncode != 0:
        raise Failure(f"exit status {done.returncode}\n{done.stderr[-2000:]}")
    row(what, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, must)


def largest_resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0


def send(client, file):
    bytes_ = file.read_bytes()
    upload = client.ask("POST", "/api/uploads", {"name": file.name, "size": len(bytes_), "media_type": "text/csv"}).json
    size = upload["part_size"]
    for number in range(upload["parts"]):
        answer = client.ask("PUT", f"/api/uploads/{upload['id']}/parts/{number}", bytes_[number * size:(number + 1) * size],
                            [("content-type", "application/octet-stream")])
        if answer.status not in (200, 204):
            raise Failure(f"part {number} of {file.name}: {answer.status} {answer.body[:300]}")
    return upload["id"]


def wait_for(client, import_id, states):
    while True:
        one = client.ask("GET", f"/api/official-imports/{import_id}").json
        if one["state"] in states:
            return one
        if one["state"] in ("failed", "cancelled"):
            raise Failure(f"the import ended as {one['state']}: {one}")
        time.sleep(0.05)


def by_server(program, files):
    """Each file is read and compared, then approved at once, one after the other."""
    program.make_demonstration()
    program.start()
    client = Client(program.port)
    client.sign_in("station")
    started = time.monotonic()
    for file in files:
        made = client.ask("POST", "/api/official-imports", {"upload_id": send(client, file), "municipalities": []})
        if made.status != 201:
            raise Failure(f"{file.name}: {made.status} {made.body[:300]}")
        staged = wait_for(client, made.json["id"], ("staged", "repeated"))
        if staged["state"] == "repeated":
            continue
        applied = client.ask("POST", f"/api/official-imports/{staged['id']}/apply", None, [("if-match", f'"{staged["version"]}"')])
        if applied.status not in (200, 202):
            raise Failure(f"{file.name}: {applied.status} {applied.body[:300]}")
        wait_for(client, staged["id"], ("applied",))
    row("as jobs of the server, beside the demonstration", time.monotonic() - started, largest_resident(program.process.pid), MUST)


def measure(arguments, files):
    print(f"\n## {arguments.engine}: {len(files)} files, {lines_of(files)} lines\n")
    print(f"| {'what':58} | seconds | resident MB at most | must |\n|---|---|---|---|")
    program = Program(arguments.program, arguments.engine)
    try:
        program.run("init", "--login", "admin", "--name", "admin")
        by_command(program, files, "all files into an empty database", MUST)
        by_command(program, files, "the same files again: nothing changes", "")
    finally:
        program.remove()
    program = Program(arguments.program, arguments.engine)
    try:
        # Hospitals of the demonstration are newer than most published files.
        by_server(program, [file for file in files if "jigyosho" in file.name])
    finally:
        program.remove()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    files = arguments.files or shared_files()
    if not files:
        print("no files to measure: name some, or put the published ones into ../shared/data")
        return os.EX_NOINPUT
    with_postgres(arguments.engine)
    measure(arguments, files)
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
