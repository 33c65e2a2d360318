# SPDX-License-Identifier: Apache-2.0
"""A server of its own for a test: throw-away data, a free port, either engine."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PASSWORD = "tsunagi-Test-8"


def with_postgres(engine):
    """Starts this test again inside a throw-away PostgreSQL when it needs one and there is none."""
    if engine == "postgres" and not os.environ.get("TSUNAGI_TEST_POSTGRES"):
        wrapper = str(TOP / "tools/with_postgres.sh")
        os.execv(wrapper, [wrapper, sys.executable, *sys.argv])


class Failure(Exception):
    """The program did not do what it was told to."""


class Program:
    """The server's program with a data folder; on PostgreSQL also a schema of its own."""

    def __init__(self, path, engine, postgres=None):
        self.path = str(Path(path).resolve())
        self.engine = engine
        self.folder = Path(tempfile.mkdtemp(prefix="tsunagi-test-"))
        self.schema = ""
        self.server = postgres or os.environ.get("TSUNAGI_TEST_POSTGRES", "")
        self.words = ["--data", str(self.folder / "data")]
        if engine == "postgres":
            self.schema = "t" + uuid.uuid4().hex
            self.sql(f"CREATE SCHEMA {self.schema}")
            self.words += ["--database", f"{self.server} options='-c search_path={self.schema}'"]
        self.process = None
        self.port = 0
        self.log = []

    def sql(self, sql):
        """Runs SQL on PostgreSQL; answers the rows it gives, as text."""
        return subprocess.run(["psql", "--quiet", "--no-psqlrc", "--tuples-only", "-v", "ON_ERROR_STOP=1", "-c", sql,
                               self.server], check=True, capture_output=True, text=True, timeout=60).stdout

    def run(self, *words, check=True):
        """Runs a subcommand to its end."""
        done = subprocess.run([self.path, *words, *self.words], capture_output=True, text=True, timeout=600, check=False)
        if check and done.returncode != 0:
            raise Failure(f"tsunagi {' '.join(words)}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def openapi(self):
        """The description of the API, as the program writes it."""
        return subprocess.run([self.path, "openapi"], check=True, capture_output=True, text=True, timeout=60).stdout

    def make_demonstration(self):
        self.run("demo", "--password", PASSWORD)

    def start(self):
        self.process = subprocess.Popen([self.path, "serve", "--port", "0", "--listen", "127.0.0.1", *self.words],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        deadline = time.monotonic() + 60
        self.port = 0
        while not self.port:
            line = self.process.stdout.readline()
            if not line or time.monotonic() > deadline:
                raise Failure("the server did not start:\n" + "".join(self.log[-40:]))
            self.log.append(line)
            if found := re.search(r"https?://[^/\s]*:(\d+)", line):
                self.port = int(found.group(1))
        threading.Thread(target=self._drain, args=(self.process,), daemon=True).start()

    def _drain(self, process):
        for line in process.stdout:
            self.log.append(line)

    def kill(self):
        """As when the power goes."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """As an operator does; answers the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def remove(self):
        if self.process and self.process.poll() is None:
            self.kill()
        if self.schema:
            try:
                self.sql(f"DROP SCHEMA {self.schema} CASCADE")
            except subprocess.SubprocessError:
                pass  # the whole cluster is thrown away
        shutil.rmtree(self.folder, ignore_errors=True)


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body
        self.content_type = response.headers.get("content-type", "")
        self.json = None
        media = self.content_type.split(";")[0].strip()
        if media.endswith("json") and not media.endswith("ndjson"):
            self.json = json.loads(body)


class Client:
    """One person at a browser: keeps the connection, the cookie and the token."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""
        self.token = ""
        self.user = ""
        self.used_at = time.monotonic()

    def sign_in(self, login, password=PASSWORD):
        answer = self.ask("POST", "/api/session", {"login": login, "password": password})
        if answer.status != 200:
            raise Failure(f"{login} cannot sign in: {answer.status} {answer.body[:300]}")
        self.token = answer.json["csrf_token"]
        self.user = answer.json["user_id"]
        return answer

    def ask(self, method, path, body=None, headers=()):
        """`body` is bytes, text or something to be written as JSON. A header with the value `none` is not sent."""
        if time.monotonic() - self.used_at > 30:  # the server closes after a minute without a word
            self.connection.close()
        self.used_at = time.monotonic()
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        sent = {}
        if body is not None:
            sent["content-type"] = "application/json"
        if self.cookie:
            sent["cookie"] = self.cookie
        if method not in ("GET", "HEAD") and self.token:
            sent["x-csrf-token"] = self.token
        for name, value in headers:
            sent[name.lower()] = value
        self.connection.request(method, path, body=body,
                                headers={name: value.encode() if isinstance(value, str) else value
                                         for name, value in sent.items() if value != "none"})
        response = self.connection.getresponse()
        answer = Answer(response, response.read())
        for cookie in response.headers.get_all("set-cookie") or []:
            self.cookie = cookie.split(";")[0]
        return answer
