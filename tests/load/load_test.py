#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A mixed load over loopback for some minutes: people read, list, register, edit the same records at once, send forms
twice; others connect slowly, break off and come again. Afterwards every acknowledged record and every acknowledged
change must be there, the audit chain intact, the memory bounded and the log without a defect. Started by `./dev load`;
not part of the ordinary tests. The last line is "N passed, M failed"."""

import argparse
import collections
import http.client
import random
import socket
import statistics
import sys
import threading
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "api"))

from program import Client, Failure, Program, with_postgres  # noqa: E402  # pylint: disable=wrong-import-position

WRITERS = ["station", "kozaki", "miyazaki", "tokunaga"]
READERS = ["center", "city", "prefecture", "advisor"]
LISTS = ["/api/consultations?limit=25", "/api/consultations?words=%E9%80%80%E9%99%A2", "/api/consultations?state=open&sort=-received_on",
         "/api/issues", "/api/measures", "/api/indicators", "/api/meetings", "/api/home"]
FIGURES = ["/api/analysis/months?fiscal_year=2026", "/api/analysis/matrix?fiscal_year=2026"]
GROWTH_ALLOWED_MB = 40  # caches of pages and statements still fill up while the database grows


class Record:
    """One acknowledged consultation, and what was acknowledged about it since."""

    def __init__(self, answer, key):
        self.id = answer.json["id"]
        self.number = answer.json["number"]
        self.key = key
        self.changes = {1: answer.json["sheet"]["request"]}  # version -> the text that made it
        self.lock = threading.Lock()


class World:
    """What all the people know together."""

    def __init__(self, program):
        self.program = program
        self.ending = threading.Event()
        self.lock = threading.Lock()
        self.records = []
        self.unsure = []  # (account, key, subject): sent, but not answered
        self.times = collections.defaultdict(list)
        self.statuses = collections.Counter()
        self.faults = []
        self.resident = []

    def fault(self, text):
        with self.lock:
            self.faults.append(text)
            print(f"fault: {text}", flush=True)

    def ask(self, client, kind, method, path, body=None, headers=()):
        started = time.monotonic()
        answer = client.ask(method, path, body, headers)
        with self.lock:
            self.times[kind].append(time.monotonic() - started)
            self.statuses[answer.status] += 1
        return answer

    def some_record(self, newest=200):
        with self.lock:
            return random.choice(self.records[-newest:]) if self.records else None


class Person(threading.Thread):
    """Repeats one kind of work until the end; what goes wrong is a fault of the test, not the end of it."""

    def __init__(self, world, account, pause):
        super().__init__(daemon=True)
        self.world = world
        self.account = account
        self.pause = pause
        self.client = None

    def connect(self):
        client = Client(self.world.program.port)
        while self.account and not client.user:
            try:
                client.sign_in(self.account)
            except Failure as refused:
                if "sign_in_busy" not in str(refused):
                    raise
                time.sleep(random.uniform(0.2, 1))  # as the server asks for
        self.client = client

    def run(self):
        while not self.world.ending.is_set():
            try:
                if self.client is None:
                    self.connect()
                self.work()
            except (OSError, http.client.HTTPException, ValueError, Failure) as problem:
                self.client = None
                self.world.fault(f"{type(self).__name__}: {problem!r}")
                time.sleep(1)
            time.sleep(random.uniform(0, 2 * self.pause))

    def work(self):
        raise NotImplementedError


class Reader(Person):
    def work(self):
        choice = random.random()
        record = self.world.some_record()
        if choice < 0.5 and record:
            self.read("get", f"/api/consultations/{record.id}")
        elif choice < 0.9:
            self.read("list", random.choice(LISTS))
        else:
            self.read("figures", random.choice(FIGURES))

    def read(self, kind, path):
        """What the role does not allow and what is out of its scope are answers too."""
        answer = self.world.ask(self.client, kind, "GET", path)
        if answer.status not in (200, 403, 404):
            self.world.fault(f"{self.account} reads and gets {answer.status}: {answer.body[:200]!r}")


def sheet_of(client, subject, request):
    return {"kind": "provision", "received_on": "2026-11-20", "receiver_id": client.user, "caller_name": "相談 花子",
            "caller_profession": "nurse", "method": "phone", "topic": "resources", "scenes": ["daily"],
            "urgency": "normal", "supports": ["information"], "subject": subject, "request": request}


class Writer(Person):
    """Registers; every third form is sent a second time at the same moment through another connection."""

    def work(self):
        key, subject = str(uuid.uuid4()), f"負荷の試験 {uuid.uuid4().hex}"
        body = {"state": "open", "sheet": sheet_of(self.client, subject, "最初の文 " * 30)}
        headers = [("Idempotency-Key", key)]
        second, twin = None, {}
        if random.random() < 0.33:
            other = Client(self.world.program.port)
            other.cookie, other.token, other.user = self.client.cookie, self.client.token, self.client.user
            second = threading.Thread(target=self.send_again, args=(other, body, headers, twin))
            second.start()
        try:
            answer = self.world.ask(self.client, "create", "POST", "/api/consultations", body, headers)
        except (OSError, http.client.HTTPException):
            with self.world.lock:
                self.world.unsure.append((self.account, key, body))
            raise
        finally:
            if second:
                second.join()
        if answer.status != 201:
            raise Failure(f"create: {answer.status} {answer.body[:200]!r}")
        if second and twin.get("id") != answer.json["id"]:
            self.world.fault(f"sent twice, became two: {answer.json['id']} and {twin}")
        with self.world.lock:
            self.world.records.append(Record(answer, key))

    def send_again(self, client, body, headers, twin):
        try:
            answer = self.world.ask(client, "create again", "POST", "/api/consultations", body, headers)
            twin.update(answer.json)
        except (OSError, http.client.HTTPException, ValueError, TypeError) as problem:
            twin["problem"] = repr(problem)
        finally:
            client.connection.close()


class Editor(Person):
    """Reads a record and writes it back; whoever read the same version before loses with 409 and nothing else."""

    def work(self):
        record = self.world.some_record(newest=10)
        if not record:
            return
        found = self.world.ask(self.client, "get", "GET", f"/api/consultations/{record.id}")
        if found.status == 404:
            return  # of another desk
        seen, text = found.json["version"], f"書き直した文 {uuid.uuid4().hex}"
        time.sleep(random.uniform(0, 0.02))
        sheet = found.json["sheet"] | {"request": text}
        answer = self.world.ask(self.client, "edit", "PUT", f"/api/consultations/{record.id}", sheet,
                                [("If-Match", f'"{seen}"')])
        if answer.status == 200:
            with record.lock:
                if record.changes.setdefault(answer.json["version"], text) != text:
                    self.world.fault(f"{record.id}: version {answer.json['version']} was acknowledged twice")
        elif answer.status != 409:
            self.world.fault(f"edit: {answer.status} {answer.body[:200]!r}")


class SlowClient(Person):
    """Sends its header a byte at a time until it is cut off."""

    def work(self):
        with socket.create_connection(("127.0.0.1", self.world.program.port), timeout=30) as connection:
            started = time.monotonic()
            try:
                for byte in b"GET /healthz HTTP/1.1\r\nX-Slow: " + b"a" * 10_000:
                    connection.sendall(bytes([byte]))
                    connection.settimeout(0.5)
                    try:
                        if not connection.recv(100):
                            break
                        break
                    except TimeoutError:
                        pass
                    if self.world.ending.is_set():
                        return
            except OSError:
                pass
            if time.monotonic() - started > 25:
                self.world.fault("a slow client was not cut off")


class Breaker(Person):
    """Comes, says half of something, goes; then comes again and is answered."""

    def work(self):
        with socket.create_connection(("127.0.0.1", self.world.program.port), timeout=10) as connection:
            connection.sendall(random.choice([b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{",
                                              b"GET /api/consul", b"\x16\x03\x01\x02\x00", b""]))
        fresh = Client(self.world.program.port)
        answer = self.world.ask(fresh, "reconnect", "GET", "/healthz")
        fresh.connection.close()
        if answer.status != 200:
            self.world.fault(f"/healthz answers {answer.status}")


def watch(world):
    """The resident megabytes of the server, once a second."""
    path = Path(f"/proc/{world.program.process.pid}/status")
    while not world.ending.wait(1):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                world.resident.append(int(line.split()[1]) / 1024)


def people(world):
    for number in range(8):
        yield Reader(world, READERS[number % len(READERS)], 0.05)
    for account in WRITERS:
        yield Writer(world, account, 0.05)
        yield Editor(world, account, 0.03)
    for _ in range(20):
        yield SlowClient(world, "", 0.5)
    for _ in range(4):
        yield Breaker(world, "", 0.2)


def check_records(world):
    """Everything that was acknowledged is there, with its number and its last acknowledged change."""
    clients = {}
    for account in WRITERS + ["center"]:
        clients[account] = Client(world.program.port)
        clients[account].sign_in(account)
    numbers = set()
    for record in world.records:
        found = clients["center"].ask("GET", f"/api/consultations/{record.id}")
        if found.status != 200 or found.json["number"] != record.number:
            raise Failure(f"{record.id} was acknowledged as {record.number} and is {found.status}")
        last = max(record.changes)
        if found.json["version"] != last or sorted(record.changes) != list(range(1, last + 1)):
            raise Failure(f"{record.id} is at version {found.json['version']}, acknowledged were {sorted(record.changes)}")
        if found.json["sheet"]["request"] != record.changes[last]:
            raise Failure(f"{record.id}: the last acknowledged change is lost")
        numbers.add((found.json["desk_id"], found.json["fiscal_year"], found.json["sequence"]))
    if len(numbers) != len(world.records):
        raise Failure("a number stands twice")
    for account, key, body in world.unsure:
        again = clients[account].ask("POST", "/api/consultations", body, [("Idempotency-Key", key)])
        listed = clients[account].ask("GET", "/api/consultations?words=" + body["sheet"]["subject"].split()[1])
        if again.status != 201 or listed.json["total"] != 1:
            raise Failure(f"sent again: {again.status}, there {listed.json['total']} times")


def check_faults(world):
    if world.faults:
        raise Failure(f"{len(world.faults)} faults, first: {world.faults[0]}")
    if not (world.records and world.statuses[409] and world.times["create again"] and world.times["edit"]):
        raise Failure("some of the work was not done at all")
    wrong = [line for line in world.program.log if '"event":"defect"' in line]
    if wrong:
        raise Failure(f"{len(wrong)} defects in the log, first: {wrong[0]}")


def check_memory(world):
    """The last fifth of the time needs hardly more than the second fifth, when everything was warm."""
    fifth = max(1, len(world.resident) // 5)
    early = statistics.median(world.resident[fifth:2 * fifth])
    late = statistics.median(world.resident[-fifth:])
    steps = [world.resident[len(world.resident) * i // 10] for i in range(10)] + world.resident[-1:]
    print("resident, MB: " + " ".join(f"{step:.0f}" for step in steps) + f"; at most {max(world.resident):.0f}")
    if late > early + GROWTH_ALLOWED_MB:
        raise Failure(f"the memory grew from {early:.0f} to {late:.0f} MB")


def check_stop(world):
    status = world.program.stop()
    if status != 0:
        raise Failure(f"the server stopped with {status}")
    print(world.program.run("audit", "verify").stdout.strip())


def report(world, seconds):
    total = sum(world.statuses.values())
    print(f"{total} requests in {seconds} s ({total / seconds:.0f}/s), {len(world.records)} records, answers {dict(world.statuses)}")
    for kind, times in sorted(world.times.items()):
        times.sort()
        print(f"  {kind}: {len(times)}, p50 {times[len(times) // 2] * 1000:.1f} ms, p99 {times[len(times) * 99 // 100] * 1000:.1f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the built tsunagi")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seconds", type=int, default=600)
    words = parser.parse_args()
    with_postgres(words.engine)
    program = Program(words.program, words.engine)
    passed = failed = 0
    try:
        program.make_demonstration()
        program.start()
        world = World(program)
        workers = list(people(world)) + [threading.Thread(target=watch, args=(world,), daemon=True)]
        for worker in workers:
            worker.start()
        time.sleep(words.seconds)
        world.ending.set()
        for worker in workers:
            worker.join(timeout=60)
        report(world, words.seconds)
        for check in (check_records, check_faults, check_memory, check_stop):
            try:
                check(world)
                passed += 1
            except (Failure, OSError, http.client.HTTPException) as problem:
                print(f"FAILED {check.__name__}: {problem}")
                failed += 1
    except Failure as problem:
        print(f"FAILED {problem}")
        failed += 1
    finally:
        program.remove()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
