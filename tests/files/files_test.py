#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Attachments with what stands around the server: an object store, a virus scanner, a backup that comes back. With --measure
SIZE_MIB, sends a file of that size there and back and prints times and memory instead. The last line is "N passed, M failed"."""

import argparse
import hashlib
import os
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "api"), str(HERE)]

from clamd_server import VIRUS, Scanner  # noqa: E402  # pylint: disable=wrong-import-position
from program import Client, Failure, Program, with_postgres  # noqa: E402  # pylint: disable=wrong-import-position
from s3_server import ACCESS, BUCKET, REGION, SECRET, ObjectServer  # noqa: E402  # pylint: disable=wrong-import-position

PART = 1024 * 1024


def demand(holds, why):
    if not holds:
        raise Failure(why)


class Desk:
    """A running server with somebody signed in, who sends files to one case."""

    def __init__(self, program, **environment):
        self.program = program
        for name in [name for name in os.environ if name.startswith("TSUNAGI_FILES_")]:
            del os.environ[name]
        os.environ.update({f"TSUNAGI_FILES_{name}": value for name, value in environment.items()})
        program.start()
        self.client = Client(program.port)
        self.client.sign_in("station")
        self.case = self.client.ask("GET", "/api/consultations?limit=1&state=open").json["items"][0]["id"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        demand(self.program.stop() == 0, "the server does not stop cleanly")

    def upload(self, content, name):
        begun = self.client.ask("POST", "/api/uploads", {"name": name, "size": len(content), "media_type": ""}).json
        for number in range(begun["parts"]):
            part = content[number * PART:(number + 1) * PART]
            answer = self.client.ask("PUT", f"/api/uploads/{begun['id']}/parts/{number}", part,
                                     [("Content-Type", "application/octet-stream")])
            demand(answer.status == 204, f"part {number}: {answer.status} {answer.body[:200]}")
        return begun["id"]

    def attach(self, content, name="scan.pdf"):
        body = {"upload_id": self.upload(content, name), "caption": "", "reason": "", "again": False}
        return self.client.ask("POST", f"/api/consultations/{self.case}/attachments", body)

    def content(self, attachment):
        return self.client.ask("GET", f"/api/attachments/{attachment}/content")


def pdf(size, mark):
    seed = hashlib.sha256(mark.encode()).digest()
    return (b"%PDF-1.4\n" + mark.encode() + b"\n" + seed * (size // 32 + 1))[:size]


def s3_settings(store):
    return {"STORE": "s3", "S3_ENDPOINT": f"http://127.0.0.1:{store.port}", "S3_BUCKET": BUCKET, "S3_REGION": REGION,
            "S3_ACCESS_KEY": ACCESS, "S3_SECRET_KEY": SECRET}


def a_file_comes_back_byte_by_byte_with_safe_headers(program):
    content = pdf(3 * PART + 17, "one")
    with Desk(program) as desk:
        made = desk.attach(content, "連絡票 1.pdf")
        demand(made.status == 200 and made.json["kind"] == "pdf", f"{made.status} {made.body[:300]}")
        back = desk.content(made.json["id"])
        demand(back.body == content, "other bytes came back")
        demand("filename*=UTF-8''%E9%80%A3%E7%B5%A1%E7%A5%A8%201.pdf" in back.headers["content-disposition"], "name")
        demand("sandbox" in back.headers["content-security-policy"], "no sandbox")
        demand(back.headers["x-content-type-options"] == "nosniff" and back.headers["cache-control"] == "no-store", "headers")
        shown = desk.client.ask("GET", f"/api/attachments/{made.json['id']}/preview")
        demand(shown.body == content and "frame-ancestors 'self'" in shown.headers["content-security-policy"], "preview")
        demand(shown.headers["content-disposition"].startswith("inline") and shown.content_type == "application/pdf", "inline")
        return made.json["id"]


def the_backup_counts_the_files_and_brings_them_back(program):
    content = pdf(2 * PART + 5, "backup")
    with Desk(program) as desk:
        made = desk.attach(content).json["id"]
    file = str(program.folder / "b.jsonl.gz")
    told = program.run("backup", file).stdout
    demand("Attached files: 4 with" in told and "bytes" in told, f"the backup says nothing of files: {told}")
    with Desk(program) as desk:
        listed = desk.client.ask("GET", f"/api/consultations/{desk.case}/attachments").json["items"]
        version = next(item["version"] for item in listed if item["id"] == made)
        gone = desk.client.ask("PUT", f"/api/attachments/{made}/withdrawal", {"reason": "x"}, [("If-Match", f'"{version}"')])
        demand(gone.status == 200 and desk.content(made).status == 409, "a withdrawn file can be read")
    demand("Attached files: 4 with" in program.run("restore", file, "--replace").stdout, "the restore does not count the files")
    with Desk(program) as desk:
        demand(desk.content(made).body == content, "after the restore the file is another")


def an_object_store_keeps_what_the_database_does_not(program):
    store, content = ObjectServer(), pdf(PART + 9, "objects")
    with Desk(program, **s3_settings(store)) as desk:
        made = desk.attach(content)
        demand(made.status == 200, f"{made.status} {made.body[:300]} {store.refused}")
        demand(len(store.objects) == 2 and not store.refused, f"{list(store.objects)} {store.refused}")
        demand(all(b"objects" not in value for value in store.objects.values()), "the store can read the file")
        demand(desk.content(made.json["id"]).body == content, "other bytes came back")
        store.down = True
        refused = desk.attach(pdf(50, "down"))
        demand(refused.status == 503 and refused.json["reason"] == "store_unavailable", f"{refused.status} {refused.body[:200]}")
        store.down = False
    told = program.run("backup", str(program.folder / "s3.jsonl.gz")).stdout
    demand("object store" in told, f"the backup does not say where the objects are: {told}")
    with Desk(program) as desk:  # back to the database: what is there stays readable where it is, if the store is named
        demand(desk.attach(pdf(40, "later")).status == 200, "the database takes files again")
    wrong = s3_settings(store) | {"S3_SECRET_KEY": "wrong"}
    with Desk(program, **wrong) as desk:
        refused = desk.attach(pdf(60, "wrong key"))
        demand(refused.status == 503 and store.refused, f"{refused.status} with a wrong key")
    store.stop()


def a_virus_is_refused_by_its_name(program):
    for scanner in (Scanner(), Scanner(program.folder / "clamd.ctl")):
        with Desk(program, CLAMD=scanner.address) as desk:
            clean = desk.attach(pdf(PART + 3, scanner.address))
            demand(clean.status == 200 and scanner.scanned == [PART + 3], f"{clean.status} {clean.body[:200]} {scanner.scanned}")
            found = desk.attach(pdf(PART + 3, "ill") + VIRUS)
            fields = found.json.get("fields")
            demand(found.status == 422 and fields[0]["reason"] == "virus_found" and fields[0]["limit"] == "Test.Virus-1", f"{fields}")
            scanner.stop()
            unknown = desk.attach(pdf(100, "after" + scanner.address))
            demand(unknown.status == 503 and unknown.json["reason"] == "scanner_unavailable", f"{unknown.status}: not scanned, taken")


def a_file_that_the_scanner_does_not_take_is_refused_with_that_reason(program):
    scanner = Scanner(longest=PART // 2)
    with Desk(program, CLAMD=scanner.address) as desk:
        refused = desk.attach(pdf(3 * PART, "long"))
        demand(refused.status == 503 and refused.json["reason"] == "scanner_limit", f"{refused.status} {refused.body[:200]}")
        demand(desk.attach(pdf(100, "short")).status == 200, "a short one is taken")
    scanner.stop()


def wrong_settings_are_refused_with_their_name(program):
    for environment, said in (({"STORE": "disk"}, "TSUNAGI_FILES_STORE"), ({"STORE": "s3"}, "files.s3.endpoint is not set"),
                              ({"S3_ENDPOINT": "s3.example"}, "TSUNAGI_FILES_S3_ENDPOINT"),
                              ({"S3_BUCKET": "a/b"}, "TSUNAGI_FILES_S3_BUCKET"), ({"CLAMD": "/run/clamd"}, "TSUNAGI_FILES_CLAMD")):
        try:
            with Desk(program, **environment):
                raise AssertionError(f"{environment} is taken")
        except Failure as problem:
            demand(said in str(problem), f"{environment}: {problem}")


TESTS = [a_file_comes_back_byte_by_byte_with_safe_headers, the_backup_counts_the_files_and_brings_them_back,
         an_object_store_keeps_what_the_database_does_not, a_virus_is_refused_by_its_name,
         a_file_that_the_scanner_does_not_take_is_refused_with_that_reason,
         wrong_settings_are_refused_with_their_name]


def resident(program):
    for line in Path(f"/proc/{program.process.pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS"):
            now = int(line.split()[1]) // 1024
        if line.startswith("VmHWM"):
            most = int(line.split()[1]) // 1024
    return now, most


def measure(program, size):
    content = pdf(size * PART, "measured")
    with Desk(program) as desk:
        before = resident(program)
        begin = time.monotonic()
        upload = desk.upload(content, "large.pdf")
        sent = time.monotonic()
        after_upload = resident(program)
        made = desk.client.ask("POST", f"/api/consultations/{desk.case}/attachments",
                               {"upload_id": upload, "caption": "", "reason": "", "again": False}).json["id"]
        taken = time.monotonic()
        after_attach = resident(program)
        same = desk.content(made).body == content
        done = time.monotonic()
        print(f"{program.engine}: {size} MiB; upload {sent - begin:.2f} s, attach {taken - sent:.2f} s, download {done - taken:.2f} s, "
              f"same bytes: {same}; resident (now, most) MiB: before {before}, after upload {after_upload}, "
              f"after attaching {after_attach}, after download {resident(program)}")
    begin = time.monotonic()
    told = program.run("backup", str(program.folder / "m.gz")).stdout
    print(f"backup {time.monotonic() - begin:.2f} s: {told}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the built tsunagi")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--measure", type=int, default=0, help="MiB")
    words = parser.parse_args()
    with_postgres(words.engine)
    program = Program(words.program, words.engine)
    passed = failed = 0
    try:
        program.make_demonstration()
        if words.measure:
            measure(program, words.measure)
            return 0
        for test in TESTS:
            try:
                test(program)
                passed += 1
            except Exception:  # pylint: disable=broad-except  # a defect of the test itself is a failure as well
                print(f"FAILED {test.__name__}: {traceback.format_exc()}", flush=True)
                failed += 1
                if program.process and program.process.poll() is None:
                    program.kill()
    finally:
        program.remove()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
