#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program as an operator meets it: exit codes, messages, a first installation, backup and restore with the audit, a
log that is JSON and holds nothing personal. The last line is "N passed, M failed"."""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "api"))

from program import TOP, Client, Failure, Program, with_postgres  # noqa: E402  # pylint: disable=wrong-import-position

DONE, FAILED, WRONG_WORDS, DATA_REFUSED = 0, 1, 2, 3
SECRET = "内密の相談"


def demand(holds, why):
    if not holds:
        raise Failure(why)


def expect(program, status, *words, said="", given=None, environment=None):
    """Runs a command; it must end with that status and say that."""
    done = subprocess.run([program.path, *words, *program.words], capture_output=True, text=True, timeout=600, check=False,
                          input=given, env={**os.environ, **(environment or {})})
    told = done.stdout + done.stderr
    demand(done.returncode == status and said in told, f"tsunagi {' '.join(words)}: {done.returncode} {told}")
    return told


def wrong_words_are_named(program):
    file = program.folder / "settings.toml"
    for text, said in (("prot = 1", '1: there is no setting "prot"'), ("port = 70000", '"port" must be a whole number'),
                       ("[limits]\nbody_bytes = 1", '2: "limits.body_bytes" must be'), ("port = ", "settings.toml:1:")):
        file.write_text(text, "utf-8")
        expect(program, WRONG_WORDS, "serve", "--config", str(file), said=said)
    expect(program, WRONG_WORDS, "serve", "--port", "x", said="--port:")
    expect(program, WRONG_WORDS, "serve", said="TSUNAGI_TLS_CERT: there is no such setting",
           environment={"TSUNAGI_TLS_CERT": "c.pem"})
    expect(program, WRONG_WORDS, "serve", "--nothing")
    expect(program, FAILED, "serve", "--port", "0", said="tsunagi init")


def an_installation_begins_with_one_administrator(program):
    words = ["init", "--login", "kanri", "--name", "管理 花子", "--pack", "standard"]
    expect(program, WRONG_WORDS, *words, "--password-stdin", given="short\n", said="/password too_short 8")
    told = expect(program, DONE, *words, said="First password: ")
    expect(program, FAILED, *words, said="there is a database already")
    expect(program, FAILED, "demo", said="there is a database already")
    expect(program, WRONG_WORDS, "export", "months", str(program.folder / "m.csv"), "--login", "nobody")
    password = told.split("First password: ")[1].split()[0]
    program.start()
    client = Client(program.port)
    demand(client.sign_in("kanri", password).json["must_change_password"], "the first password need not be changed")
    demand(client.ask("GET", "/api/users").status == 403, "with the first password everything is open")
    demand(client.ask("PUT", "/api/session/password", {"current": password, "next": "jibun-de-Kimeta"}).status in (200, 204),
           "the first password cannot be changed")
    demand(program.stop() == 0, "the server does not stop cleanly")


def the_search_index_is_made_anew(program):
    """A lost index is made from the records; the search then finds what it found before."""
    program.start()
    client = Client(program.port)
    client.sign_in("center")
    before = client.ask("GET", "/api/search?q=%E9%80%80%E9%99%A2").json["groups"]
    found = {group["kind"]: len(group["items"]) for group in before}
    demand(found["consultation"] and found["activity"], f"the demonstration has no discharge: {found}")
    told = expect(program, DONE, "reindex", said="The search index is made anew from ")
    demand("Indexed 0 of " in told, "no progress is told: " + told)
    after = client.ask("GET", "/api/search?q=%E9%80%80%E9%99%A2").json["groups"]
    demand(after == before, "after making the index anew the search finds something else")
    demand(program.stop() == 0, "the server does not stop cleanly")


def places(program):
    """What `export` and every list of places stand on."""
    if program.engine == "postgres":
        return program.sql(f"SET search_path = {program.schema}; SELECT name FROM regions ORDER BY id")
    database = sqlite3.connect(program.folder / "data/tsunagi.db")
    try:
        return database.execute("SELECT name FROM regions ORDER BY id").fetchall()
    finally:
        database.close()


def a_file_of_places_is_imported(program):
    file = program.folder / "places.yaml"
    file.write_text("regions:\n  - {key: k, parent: '', kind: prefecture, code: '', name: 潮路県}\n"
                    "  - {key: m, parent: k, kind: municipality, code: '', name: 汐見市}\n"
                    "organizations: []\ndesks:\n  - {key: d, municipality: m, kind: center, name: 窓口}\n", "utf-8")
    expect(program, DONE, "import", "places", str(file), said="2 regions, 0 organizations, 1 desks")
    before = places(program)
    file.write_text("regions:\n  - {key: n, parent: '', kind: prefecture, code: '', name: 別の県}\n"
                    "  - {key: o, parent: nowhere, kind: municipality, code: '', name: 甲市}\n"
                    "desks:\n  - {key: d, municipality: nowhere, kind: center, name: 窓口}\n", "utf-8")
    expect(program, FAILED, "import", "places", str(file), said="places.yaml:3: nothing before has the key")
    expect(program, FAILED, "import", "places", str(file), said="places.yaml:5: nothing before has the key")
    demand(places(program) == before, "part of a bad file was taken")
    file.write_text("nonsense", "utf-8")
    expect(program, FAILED, "import", "places", str(file), said=f"{file}:1:")


def official_files_come_into_the_directory(program):
    """Shown, approved, the same again, refused; the rows are made up."""
    columns = [line.split("header: ")[1].split(",")[0].split("}")[0].strip('" ')
               for line in (TOP / "packs/standard/official_layouts.yaml").read_text("utf-8").splitlines()
               if "header: " in line][:24]
    file = program.folder / "jigyosho_430_all_20260901.csv"

    def write(*offices):
        lines = [",".join(columns)]
        for number, name in offices:
            cells = {"都道府県コード又は市町村コード": "991015", "事業所名": name, "住所": "汐見市1-1", "事業所番号": number, "電話番号": "12"}
            lines.append(",".join(cells.get(column, "") for column in columns))
        file.write_text("\n".join(lines) + "\n", "utf-8")

    write(("9979999991", "架空の事業所"), ("9979999992", "架空の事業所その二"), ("12", "番号の違う行"))
    told = expect(program, DONE, "import", "official", str(file), "--dry-run", said="2 rows, 1 not taken, 2 doubtful; 2 new")
    demand("line 4: not taken: 事業所番号: key_form 12" in told and "line 2: 電話番号: phone_form 12" in told, told)
    demand("Nothing was kept" in told, told)
    expect(program, DONE, "import", "official", str(file), "--municipality", "993611", "--dry-run", said="0 rows")
    expect(program, WRONG_WORDS, "import", "official", str(file), "--as-of", "yesterday", said="is no day")
    expect(program, WRONG_WORDS, "import", "official", str(file), "--as-of", "2099-01-01", said="is still to come")
    expect(program, WRONG_WORDS, "import", "official", str(file), "--municipality", "151016", said="is no code")
    expect(program, WRONG_WORDS, "import", "official", str(file), "--dry-run", "--approve")
    expect(program, DONE, "import", "official", str(file), "--approve", "--municipality", "99", said="Applied.")
    expect(program, DONE, "import", "official", str(file), "--approve", "--municipality", "99", said="nothing changes")
    write(("9979999991", "架空の事業所"))
    newer = file.with_name("jigyosho_430_all_20260902.csv")
    file.rename(newer)
    expect(program, DONE, "import", "official", str(newer), said="0 new, 0 changed,")
    other = program.folder / "list.csv"
    other.write_text("a,b\n1,2\n", "utf-8")
    expect(program, DATA_REFUSED, "import", "official", str(other), said="list.csv is refused: official_unknown")
    program.start()
    client = Client(program.port)
    client.sign_in("station")
    found = client.ask("GET", "/api/places?words=%E6%9E%B6%E7%A9%BA%E3%81%AE%E4%BA%8B%E6%A5%AD%E6%89%80").json
    demand(found["total"] == 2, found)
    waiting = client.ask("GET", "/api/official-imports").json["items"][0]
    demand(waiting["state"] == "staged" and waiting["created_by_name"] == "", waiting)
    demand(program.stop() == 0, "the server does not stop cleanly")


def the_public_directory_becomes_files(program):
    """A page that opens from disk with what official files say, and with nothing that the desks wrote."""
    page = program.folder / "web/directory"
    page.mkdir(parents=True)
    for name in ("index.html", "directory.js", "directory.css"):
        (page / name).write_text(name, "utf-8")
    out = program.folder / "public"
    words = ["export", "public-directory", "--out", str(out), "--municipality"]
    environment = {"TSUNAGI_WEB": str(page.parent)}
    expect(program, WRONG_WORDS, *words[:4], said="needs --municipality and --out", environment=environment)
    expect(program, WRONG_WORDS, *words, "131016", said='no municipality with the code "131016"', environment=environment)
    demand(not out.exists(), "files of a municipality that is not there")
    expect(program, DONE, *words, "991007", said=f"to {out}; open index.html.", environment=environment)
    demand(all((out / name).read_text("utf-8") == name for name in ("index.html", "directory.js", "directory.css")), "not the page")
    text = (out / "data.js").read_text("utf-8")
    begin = "window.publicDirectory = "
    demand(text.startswith(begin) and text.endswith(";\n") and "<" not in text, text[:100])
    shown = json.loads(text[len(begin):-2])
    demand(any("みなもと" in place["name"] for place in shown["places"]) and "16時以降" not in text, shown["municipality"])


def a_log_is_taken_with_a_kept_mapping(program):
    """Read and mapped once on the screen, from then on by command: tried, taken, the same again, refused."""
    first = program.folder / "log.csv"
    first.write_text("日付,相談,要件\n2024-05-01,架空の相談一,退院\n2024-05-02,架空の相談二,通院\n", "utf-8")
    program.start()
    client = Client(program.port)
    client.sign_in("station")
    sent = first.read_bytes()
    upload = client.ask("POST", "/api/uploads", {"name": first.name, "size": len(sent), "media_type": "text/csv"}).json["id"]
    octets = [("Content-Type", "application/octet-stream")]
    demand(client.ask("PUT", f"/api/uploads/{upload}/parts/0", sent, octets).status == 204, "the part is not taken")
    made = client.ask("POST", "/api/imports", {"upload_id": upload}).json["id"]

    def settled(*states):
        for _ in range(300):
            one = client.ask("GET", f"/api/imports/{made}").json
            if one["state"] in states:
                return one
            time.sleep(0.1)
        raise Failure(f"the import stays {one['state']}")

    read = settled("read")
    mapping = {"table": 0, "header_line": 1, "header_lines": 1, "words": [], "defaults": [], "state": "closed", "past_log": True,
               "take_repeated": False, "columns": [{"column": at, "header": header, "field": field} for at, (header, field) in
                                                   enumerate((("日付", "received_on"), ("相談", "subject"), ("要件", "request")))]}
    order = client.ask("POST", f"/api/imports/{made}/check", {"mapping": mapping, "mapping_name": "former log"},
                       [("If-Match", f'"{read["version"]}"')])
    demand(order.status < 300, order.body)
    checked = settled("checked")
    demand(checked["good"] == 2, checked)
    before = client.ask("GET", "/api/consultations?limit=1").json["total"]
    demand(program.stop() == 0, "the server does not stop cleanly")

    def log(status, *more, said):
        return expect(program, status, "import", "log", str(first), "--mapping", "former log", *more, said=said)

    told = log(DONE, "--dry-run", said="Nothing was taken: this was a dry run.")
    demand("2 good, 0 bad, 0 there already." in told, told)
    told = log(DONE, said="Imported 2 consultations")
    demand("in the name of station" in told and "2 consultations" in told, told)
    told = log(DATA_REFUSED, said="There is nothing to take.")
    demand("2 there already" in told, told)
    first.write_text("日付,相談,要件\n2024-05-03,架空の相談三,退院\n2024-13-03,架空の相談四,退院\n", "utf-8")
    told = log(DATA_REFUSED, said="Imported 1 consultations")
    demand("line 3: 日付" in told and "1 good, 1 bad" in told, told)
    first.write_text("日付,相談\n2024-05-04,架空の相談五\n", "utf-8")
    log(DATA_REFUSED, said='the file has no column "要件"')
    first.write_bytes(b"PK\x03\x04nonsense")
    log(DATA_REFUSED, said="the file is refused")
    expect(program, WRONG_WORDS, "import", "log", str(first), "--mapping", "nobody's", said="is not there")
    log(WRONG_WORDS, "--login", "nobody", said='no active user "nobody"')
    expect(program, WRONG_WORDS, "import", "log", str(first) + ".gone", "--mapping", "former log", said="does not exist")
    program.start()
    client = Client(program.port)
    client.sign_in("station")
    after = client.ask("GET", "/api/consultations?limit=1").json["total"]
    demand(after == before + 3, f"{before} cases, then {after}")
    demand(program.stop() == 0, "the server does not stop cleanly")


def the_log_is_json_and_tells_nothing(program):
    program.log.clear()
    program.start()
    client = Client(program.port)
    client.sign_in("station")
    sheet = {"subject": SECRET, "caller_name": SECRET, "request": SECRET}
    made = client.ask("POST", "/api/consultations", {"state": "draft", "sheet": sheet}).json["id"]
    client.ask("PUT", f"/api/consultations/{made}/person", {"name": SECRET}, [("If-Match", '"1"')])
    client.ask("GET", "/api/consultations?words=%E5%86%85%E5%AF%86")
    client.ask("POST", "/api/consultations", "{" + SECRET)
    client.ask("GET", "/api/" + "%E5%86%85%E5%AF%86")
    metrics = client.ask("GET", "/metrics").body.decode()
    demand(program.stop() == 0, "the server does not stop cleanly")
    lines = [json.loads(line) for line in program.log]
    demand({line.get("event") for line in lines} >= {"ready", "stopped"} and len(lines) >= 8, f"{len(lines)} lines")
    for text in (SECRET, "内密", "%E5%86%85", "station", made):
        demand(text not in "".join(program.log) + metrics, f"{text} stands in the log or in the metrics")


def write_some(program, count):
    program.start()
    client = Client(program.port)
    client.sign_in("station")
    for _ in range(count):
        demand(client.ask("POST", "/api/consultations", {"state": "draft", "sheet": {"subject": "x"}}).status == 201, "create")
    total = client.ask("GET", "/api/consultations?limit=1").json["total"]
    demand(program.stop() == 0, "the server does not stop cleanly")
    return total


def an_older_state_comes_back_whole(program):
    file, anchors = str(program.folder / "b.jsonl.gz"), program.folder / "data/audit-anchors.log"
    total = write_some(program, 3)
    expect(program, DONE, "backup", file, said="checksum")
    kept = anchors.read_text("utf-8")
    demand(write_some(program, 4) == total + 4, "four more were written")
    demand(anchors.read_text("utf-8") != kept, "the anchors went on")
    expect(program, DATA_REFUSED, "restore", file, said="holds data")
    expect(program, DONE, "restore", file, "--replace", said="Restored")
    demand(anchors.read_text("utf-8") == kept, "the anchors are those of the backup")
    demand(anchors.with_name("audit-anchors.log.before-restore").exists(), "the later anchors are kept aside")
    expect(program, DONE, "audit", "verify", said="intact")
    demand(write_some(program, 0) == total, "the older state is there")
    expect(program, DONE, "audit", "verify", said="intact")

    damaged = bytearray(Path(file).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    Path(file).write_bytes(damaged)
    expect(program, DATA_REFUSED, "restore", file, "--replace", said="damaged")
    demand(write_some(program, 0) == total, "a damaged backup changes nothing")


def a_changed_audit_is_noticed(program):
    change(program, "UPDATE audit_entries SET actor_name = 'x' WHERE chain = 0 AND sequence = 7")
    expect(program, DATA_REFUSED, "audit", "verify", said="0/7")


def a_newer_schema_is_not_touched(program):
    change(program, "INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'later', '')")
    for words in (["serve", "--port", "0"], ["migrate"], ["backup", str(program.folder / "n.gz")]):
        expect(program, DATA_REFUSED, *words, said="9999")


def change(program, sql):
    if program.engine == "postgres":
        program.sql(f"SET search_path = {program.schema}; {sql}")
        return
    database = sqlite3.connect(program.folder / "data/tsunagi.db")
    database.execute(sql)
    database.commit()
    database.close()


NEW = [wrong_words_are_named, an_installation_begins_with_one_administrator, a_file_of_places_is_imported]
WITH_DATA = [the_search_index_is_made_anew, official_files_come_into_the_directory, the_public_directory_becomes_files,
             a_log_is_taken_with_a_kept_mapping, the_log_is_json_and_tells_nothing, an_older_state_comes_back_whole,
             a_changed_audit_is_noticed, a_newer_schema_is_not_touched]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the built tsunagi")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    words = parser.parse_args()
    with_postgres(words.engine)
    passed = failed = 0
    for tests in (NEW, WITH_DATA):
        program = Program(words.program, words.engine)
        try:
            if tests is WITH_DATA:
                program.make_demonstration()
            for test in tests:
                try:
                    test(program)
                    passed += 1
                except (Failure, OSError, ValueError, KeyError, IndexError, subprocess.SubprocessError) as problem:
                    print(f"FAILED {test.__name__}: {problem!r}", flush=True)
                    failed += 1
        finally:
            program.remove()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
