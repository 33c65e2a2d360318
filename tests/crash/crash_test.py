#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the server (and PostgreSQL) while several people write, and looks whether anything that was answered is lost.

Each round: clients send new consultations; after a random moment the process is killed. Then the audit chain must be
intact, every answered record must be there with its number, and what was sent but not answered must exist exactly once
after it was sent again with its Idempotency-Key. The last line is "N passed, M failed"."""

import argparse
import http.client
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "api"))

from program import TOP, Client, Failure, Program  # noqa: E402  # pylint: disable=wrong-import-position

ACCOUNTS = ["station", "kozaki", "miyazaki", "tokunaga"]
OWN_CLUSTER = "TSUNAGI_TEST_CRASH_CLUSTER"


def own_cluster():
    """A PostgreSQL that waits for the disk and that nobody else uses, since it is to be killed."""
    if os.environ.get(OWN_CLUSTER):
        return
    os.environ.pop("TSUNAGI_TEST_POSTGRES", None)
    os.environ[OWN_CLUSTER] = "1"
    wrapper = str(TOP / "tools/with_postgres.sh")
    os.execv(wrapper, [wrapper, "--durable", sys.executable, *sys.argv])


def cluster():
    """Version and name of the cluster."""
    rows = subprocess.run(["pg_lsclusters", "--no-header"], check=True, capture_output=True, text=True).stdout.split()
    return rows[:2]


def crash_cluster():
    subprocess.run(["pg_ctlcluster", *cluster(), "stop", "-m", "immediate"], check=True, capture_output=True, timeout=60)


def start_cluster():
    subprocess.run(["pg_ctlcluster", *cluster(), "start"], check=True, capture_output=True, timeout=60)


class Writer(threading.Thread):
    """One person who registers consultations until nobody answers any more."""

    def __init__(self, port, account):
        super().__init__()
        self.client = Client(port)
        self.client.sign_in(account)
        self.account = account
        self.answered = {}    # id -> (number, subject)
        self.unanswered = []  # (key, subject)
        self.refused = []
        self.ending = threading.Event()

    def run(self):
        while not self.ending.is_set():
            key, subject = str(uuid.uuid4()), f"停電の試験 {uuid.uuid4().hex}"
            try:
                answer = create(self.client, key, subject)
            except (OSError, http.client.HTTPException, ValueError):
                self.unanswered.append((key, subject))
                return
            if answer.status == 201:
                self.answered[answer.json["id"]] = (answer.json["number"], subject)
            elif answer.status == 503:
                self.unanswered.append((key, subject))
                return
            else:
                self.refused.append(f"{answer.status} {answer.body[:200]}")
                return


def create(client, key, subject):
    sheet = {"kind": "provision", "received_on": "2026-11-16", "receiver_id": client.user, "caller_name": "相談 花子",
             "caller_profession": "nurse", "method": "phone", "topic": "resources", "scenes": ["daily"],
             "urgency": "normal", "supports": ["information"], "subject": subject, "request": "在宅療養の相談 " * 20}
    body = {"state": "open", "sheet": sheet}
    return client.ask("POST", "/api/consultations", body, [("Idempotency-Key", key)])


class Round:
    def __init__(self, program, numbers):
        self.program = program
        self.numbers = numbers  # every (desk, number) seen so far
        self.writers = []

    def write_until(self, crash):
        self.writers = [Writer(self.program.port, ACCOUNTS[i % len(ACCOUNTS)]) for i in range(6)]
        for writer in self.writers:
            writer.start()
        time.sleep(random.uniform(0.2, 1.2))
        crash()
        for writer in self.writers:
            writer.ending.set()
        for writer in self.writers:
            writer.join(timeout=60)
        refused = [text for writer in self.writers for text in writer.refused]
        if refused:
            raise Failure(f"{len(refused)} refused, first: {refused[0]}")

    def check(self):
        """Everything answered is there, everything unanswered exists once after it was sent again."""
        clients = {}
        for writer in self.writers:
            if writer.account not in clients:
                clients[writer.account] = Client(self.program.port)
                clients[writer.account].sign_in(writer.account)
            client = clients[writer.account]
            for record, (number, subject) in writer.answered.items():
                found = client.ask("GET", f"/api/consultations/{record}")
                if found.status != 200 or found.json["number"] != number or found.json["sheet"]["subject"] != subject:
                    raise Failure(f"{record} was answered as {number} and is {found.status} {found.body[:300]}")
                self._take_number(found.json)
            for key, subject in writer.unanswered:
                again = create(client, key, subject)
                twice = create(client, key, subject)
                if again.status not in (200, 201) or twice.json["id"] != again.json["id"]:
                    raise Failure(f"sent again: {again.status} {again.body[:200]}, {twice.status} {twice.body[:200]}")
                listed = client.ask("GET", "/api/consultations?words=" + subject.split()[1])
                if listed.json["total"] != 1:
                    raise Failure(f"{subject} is there {listed.json['total']} times")
                self._take_number(again.json)
        return sum(len(writer.answered) for writer in self.writers)

    def _take_number(self, record):
        number = (record["desk_id"], record["fiscal_year"], record["sequence"])
        if self.numbers.setdefault(number, record["id"]) != record["id"]:
            raise Failure(f"the number {record['number']} stands twice")


def kill_the_server(program, numbers):
    this = Round(program, numbers)
    this.write_until(program.kill)
    program.run("audit", "verify")
    program.start()
    return this.check()


def kill_the_database(program, numbers):
    """The server stays; it must find the database again by itself."""
    this = Round(program, numbers)
    this.write_until(crash_cluster)
    start_cluster()
    written = this.check()
    program.run("audit", "verify")
    return written


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the built tsunagi")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=5)
    words = parser.parse_args()
    if words.engine == "postgres":
        own_cluster()
    rounds = [kill_the_server] * words.rounds
    if words.engine == "postgres":
        rounds += [kill_the_database] * 2
    program = Program(words.program, words.engine)
    numbers = {}
    passed = failed = 0
    try:
        program.make_demonstration()
        program.start()
        for number, test in enumerate(rounds, 1):
            try:
                written = test(program, numbers)
                print(f"round {number}: {test.__name__}: {written} answered, all kept", flush=True)
                passed += 1
            except (Failure, OSError, http.client.HTTPException, subprocess.SubprocessError) as problem:
                print(f"FAILED round {number}: {test.__name__}: {problem}", flush=True)
                failed += 1
                break
    except Failure as problem:
        print(f"FAILED {problem}")
        failed += 1
    finally:
        program.remove()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
