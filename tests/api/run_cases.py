#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every tests/api/*/*.case against a server of its own, what golden.py knows of the handbook's figures, then what
refusals.py, hostile.py and scope.py make from the API's description. Every single answer is compared with api/openapi.json.
The last line is "N passed, M failed"."""

import argparse
import json
import sys
import traceback
from pathlib import Path

import case_file
import golden
import hostile
import refusals
import scope
from openapi_check import Description
from program import TOP, Client, Failure, Program, with_postgres


class Api:
    """The server as the tests see it: one signed-in client per account, every answer checked against the description."""

    def __init__(self, port, description):
        self.port = port
        self.description = description
        self.clients = {}

    def client(self, account):
        if account not in self.clients:
            client = Client(self.port)
            if account and account != "nobody":
                client.sign_in(account)
            self.clients[account] = client
        return self.clients[account]

    def ask(self, account, method, path, body=None, headers=()):
        operation = self.description.find(method, path.split("?")[0])
        if operation and refusals.takes_bytes(operation) and not any(name.lower() == "content-type" for name, _ in headers):
            headers = [("Content-Type", "application/octet-stream"), *headers]
        try:
            answer = self.client(account).ask(method, path, body, headers)
        except OSError:
            self.clients.pop(account, None)  # the connection is of no use to anybody any more
            raise
        wrong = self.description.problems(method, path.split("?")[0], answer.status, answer.content_type, answer.json)
        if wrong and method != "HEAD":
            raise case_file.Mismatch(f"{method} {path} answered {answer.status}, not as described: {'; '.join(wrong[:5])}"
                                     f"\n      {answer.body[:500]!r}")
        return answer


class Report:
    def __init__(self, only):
        self.only = only
        self.passed = 0
        self.failed = []

    def run(self, name, test):
        if self.only and self.only not in name:
            return
        try:
            test()
        except (case_file.Mismatch, case_file.CaseError, Failure, OSError, ValueError) as problem:
            self._fail(name, str(problem) or repr(problem))
        except Exception:  # pylint: disable=broad-except  # a defect of the test itself is a failure as well
            self._fail(name, traceback.format_exc())
        else:
            self.passed += 1

    def _fail(self, name, why):
        self.failed.append(name)
        print(f"FAILED {name}\n    {why}", flush=True)


def run_steps(api, steps):
    values = {}
    for step in steps:
        path = case_file.filled_in(step.path, values)
        headers = [(name, case_file.filled_in(value, values)) for name, value in step.headers]
        body = case_file.filled_in(step.body, values, in_json=True) if step.body else None
        answer = api.ask(step.account, step.method, path, body, headers)
        try:
            compare(step, answer, values)
        except case_file.Mismatch as problem:
            raise case_file.Mismatch(f"line {step.line}: {step.method} {path}: {problem}\n"
                                     f"      answered {answer.status} {answer.body[:1500].decode(errors='replace')}") from None


def compare(step, answer, values):
    if answer.status != step.status:
        raise case_file.Mismatch(f"{answer.status} instead of {step.status}")
    for name, expected in step.answer_headers:
        case_file.match(expected, answer.headers.get(name), values, name)
    if step.answer is not case_file.NOTHING:
        if answer.json is None:
            raise case_file.Mismatch("the answer holds no JSON")
        case_file.match(step.answer, answer.json, values)


def run_files(api, report, folder):
    for file in sorted(folder.glob("*/*.case")):
        name = str(file.relative_to(folder))
        report.run(name, lambda file=file, name=name: run_steps(api, case_file.read(file.read_text("utf-8"), name)))


def check_description(program, committed):
    if program.openapi() != committed.read_text("utf-8"):
        raise case_file.Mismatch("api/openapi.json is out of date; write it again with `tsunagi openapi > api/openapi.json`")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the built tsunagi")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--only", default="", help="run only tests whose name holds this")
    words = parser.parse_args()
    with_postgres(words.engine)

    report = Report(words.only)
    program = Program(words.program, words.engine)
    try:
        committed = TOP / "api/openapi.json"
        report.run("description/is-current", lambda: check_description(program, committed))
        program.make_demonstration()
        program.start()
        api = Api(program.port, Description(json.loads(program.openapi())))
        golden.run(api, report, program)
        run_files(api, report, Path(__file__).resolve().parent)
        refusals.run(api, report)
        hostile.run(api, report)
        scope.run(api, report)
        report.run("server/stops-cleanly", lambda: stop(program))
        report.run("server/had-no-defect", lambda: no_defect(program))
        report.run("server/audit-is-intact", lambda: program.run("audit", "verify"))
    except Failure as problem:
        report.run("server", lambda problem=problem: raise_again(problem))
    finally:
        program.remove()
    print(f"{report.passed} passed, {len(report.failed)} failed")
    return 1 if report.failed or not report.passed else 0


def raise_again(problem):
    raise problem


def stop(program):
    status = program.stop()
    if status != 0:
        raise Failure(f"exit status {status} after SIGTERM\n" + "".join(program.log[-20:]))


def no_defect(program):
    defects = [line for line in program.log if '"defect"' in line]
    if defects:
        raise Failure(f"{len(defects)} defects in the log, first: {defects[0][:500]}")


if __name__ == "__main__":
    sys.exit(main())
