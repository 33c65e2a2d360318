# SPDX-License-Identifier: Apache-2.0
"""What goes out to other systems, read as they would read it, and held against the published definitions of FHIR R4 and
HSDS 3.0. Those lie in the folder beside the checkout or where TSUNAGI_SHARED_DATA says; a checkout alone goes without
them and says so."""

import argparse
import csv
import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "api"))

from definitions import Fhir, Hsds  # noqa: E402
from program import TOP, Client, Failure, Program, with_postgres  # noqa: E402

WRITTEN_OVER = "連絡会の資料にだけ書いた言葉"  # stands in the local layer, and must be in nothing that goes out


def shared_data():
    named = os.environ.pop("TSUNAGI_SHARED_DATA", None)  # the program would take it for a setting it does not know
    folder = Path(named) if named else TOP.parent / "shared" / "data"
    if named and not folder.exists():
        raise Failure(f"{folder} was named and is not there")
    return folder


class Reader:
    """Somebody at a desk, through whose session another program reads."""

    def __init__(self, port):
        self.client = Client(port)
        self.client.sign_in("station")
        self.seen = []

    def get(self, path, status=200):
        answer = self.client.ask("GET", path)
        if answer.status != status:
            raise Failure(f"GET {path}: {answer.status} {answer.body[:300]!r}")
        self.seen.append((path, answer.body))
        return answer

    def json(self, path):
        return self.get(path).json


def must(condition, text):
    if not condition:
        raise Failure(text)


def none_of(faults, of):
    if faults:
        raise Failure(f"{of}: {len(faults)} faults\n      " + "\n      ".join(faults[:20]))


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def every_page(reader, path):
    """All entries of a search, by its links."""
    entries = []
    while path:
        bundle = reader.json(path)
        entries += bundle.get("entry", [])
        path = next((path_of(link["url"]) for link in bundle["link"] if link["relation"] == "next"), None)
    must(len(entries) == bundle["total"], f"{len(entries)} entries of {bundle['total']}")
    return [entry["resource"] for entry in entries]


def check_fhir(reader, fhir):
    found = {}
    for kind in ("Organization", "Location", "HealthcareService"):
        bundle = reader.json(f"/fhir/R4/{kind}?_count=7")
        none_of(fhir.faults(bundle), f"search of {kind}") if fhir else None
        found[kind] = every_page(reader, f"/fhir/R4/{kind}?_count=7")
        ids = [one["id"] for one in found[kind]]
        must(len(ids) == len(set(ids)) > 7, f"{kind}: {len(ids)} resources, {len(set(ids))} ids")
        for one in found[kind]:
            if fhir:
                none_of(fhir.faults(one), f"{kind}/{one['id']}")
        must(reader.json(f"/fhir/R4/{kind}/{ids[-1]}") == found[kind][-1], f"{kind} is another one when read by itself")
        lines = [json.loads(line) for line in reader.get(f"/fhir/R4/$directory-lines?_type={kind}").body.splitlines()]
        must(sorted(one["id"] for one in lines) == sorted(ids), f"the lines of {kind} are not those of its search")
    must(reader.json(f"/fhir/R4/Organization/{found['Organization'][0]['id']}") == found["Organization"][0], "a corporation reads otherwise by itself")
    if fhir:
        none_of(fhir.faults(reader.json("/fhir/R4/metadata")), "metadata")
        none_of(fhir.faults(reader.json("/fhir/R4/$directory")), "the whole directory")
        none_of(fhir.faults(reader.get("/fhir/R4/Organization/0", 404).json), "a refusal")
        none_of(fhir.faults(reader.get("/fhir/R4/Organization?zz=1", 422).json), "a refusal with a field")
    bundle = reader.json("/fhir/R4/$directory")
    must(bundle["type"] == "collection" and len(bundle["entry"]) == sum(map(len, found.values())), "the directory is not whole")
    known = {f"{entry['resource']['resourceType']}/{entry['resource']['id']}" for entry in bundle["entry"]}
    pointing = set(re.findall(r'"reference":"([^"]+)"', reader.get("/fhir/R4/$directory").body.decode()))
    must(pointing <= known, f"references without a resource: {sorted(pointing - known)[:3]}")
    check_fhir_searches(reader, found)


def check_fhir_searches(reader, found):
    office = next(one for one in found["Organization"] if one.get("partOf"))
    number = office["identifier"][0]
    for query in (f"identifier={number['value']}", f"identifier={number['system']}|{number['value']}", f"_id={office['id']}"):
        bundle = reader.json("/fhir/R4/Organization?" + quoted(query))
        must([entry["resource"]["id"] for entry in bundle["entry"]] == [office["id"]], f"{query} finds {bundle['total']}")
    must(reader.json("/fhir/R4/Organization?identifier=urn:nobody|1")["total"] == 0, "a system nobody has finds something")
    parent = office["partOf"]["reference"]
    must(office["id"] in [one["id"] for one in every_page(reader, f"/fhir/R4/Organization?partof={parent}&_count=2")], "partof does not find it")
    name = office["name"][:4]
    must(all(name in one["name"] or name in str(one.get("alias")) for one in every_page(reader, "/fhir/R4/Location?name=" + quoted(name))), "name finds others")
    must(reader.json("/fhir/R4/Location?_count=0").get("entry") is None, "_count=0 shows entries")
    service = found["HealthcareService"][0]
    code = service["type"][0]["coding"][0]["code"]
    kinds = {one["type"][0]["coding"][0]["code"] for one in every_page(reader, f"/fhir/R4/HealthcareService?service={code}")}
    must(kinds == {code}, f"service={code} finds {kinds}")
    theirs = every_page(reader, f"/fhir/R4/HealthcareService?location={service['location'][0]['reference']}")
    must(service["id"] in [one["id"] for one in theirs], "location does not find it")


def quoted(text):
    from urllib.parse import quote
    return quote(text, safe="=&")


def check_hsds(reader, hsds):
    must(reader.json("/hsds/")["version"] == "3.0", "/hsds/ does not say 3.0")
    singular = {"organizations": "organization", "services": "service", "locations": "location", "service_at_locations": "service_at_location",
                "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}
    for plural, name in singular.items():
        ids, page = [], 1
        while True:
            answer = reader.json(f"/hsds/{plural}?per_page=20&page={page}")
            must(set(answer) == {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}, f"{plural}: {sorted(answer)}")
            for one in answer["contents"]:
                ids.append(one["id"])
                if hsds:
                    none_of(hsds.faults(name, one), f"{plural} {one['id']}")
            if answer["last_page"]:
                break
            page += 1
        must(len(ids) == len(set(ids)) == answer["total_items"], f"{plural}: {len(ids)} of {answer['total_items']}")
        for one in {ids[0], ids[len(ids) // 2], ids[-1]}:
            whole = reader.json(f"/hsds/{plural}/{one}")
            if hsds:
                none_of(hsds.faults(name, whole), f"{name} {one}")
        full = reader.json(f"/hsds/{plural}?per_page=1000" + ("&full=true" if not plural.startswith("tax") else ""))
        for one in full["contents"]:
            if hsds:
                none_of(hsds.faults(name, one), f"full {name} {one['id']}")
    check_tables(reader, hsds)


def check_tables(reader, hsds):
    packed = zipfile.ZipFile(io.BytesIO(reader.get("/hsds/tables").body))
    must(packed.testzip() is None, "the packed tables are damaged")
    tables = {}
    for name in packed.namelist():
        if name.endswith(".csv"):
            tables[name] = list(csv.DictReader(io.TextIOWrapper(packed.open(name), encoding="utf-8", newline="")))
    must(packed.read("datapackage.json") and len(tables) > 9, f"{packed.namelist()}")
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    for name, rows in tables.items():
        must(len(ids[name]) == len(rows) > 0, f"{name}: {len(rows)} rows, {len(ids[name])} ids")
        for row in rows:
            for column, owners in (("organization_id", "organizations.csv"), ("parent_organization_id", "organizations.csv"),
                                   ("service_id", "services.csv"), ("location_id", "locations.csv"), ("taxonomy_id", "taxonomies.csv"),
                                   ("taxonomy_term_id", "taxonomy_terms.csv")):
                must(not row.get(column) or row[column] in ids[owners], f"{name}: {column} {row.get(column)} is in no row of {owners}")
    if not hsds:
        return
    wanted = {}
    for line in csv.DictReader((hsds.folder / "simple" / "schema.csv").open(encoding="utf-8")):
        wanted.setdefault(line["table_name"], {})[line["name"]] = line
    for schema in hsds.folder.glob("*.json"):
        described = json.loads(schema.read_text("utf-8"))
        rows = tables.get(described.get("path"))
        if rows is None:
            continue
        columns = wanted.get(described["name"]) or dict.fromkeys(described["properties"])
        must(set(rows[0]) <= set(columns) | set(described["properties"]), f"{described['path']}: {set(rows[0]) - set(columns)}")
        for name in described["required"]:
            # No published file of the directory tells postal codes.
            must(name == "postal_code" or all(row[name] for row in rows), f"{described['path']}: {name} is empty")


def check_files(reader):
    places = reader.json("/fhir/R4/Location?_count=0")["total"]
    collection = reader.json("/api/exchange/geojson")
    must(collection["type"] == "FeatureCollection" and len(collection["features"]) == places, f"{len(collection['features'])} features of {places}")
    for one in collection["features"]:
        must(one["type"] == "Feature" and set(one) == {"type", "id", "geometry", "properties"}, f"{sorted(one)}")
        if one["geometry"]:
            east, north = one["geometry"]["coordinates"]
            must(120 < east < 155 and 20 < north < 46, f"{one['geometry']} is not in Japan")
    few = reader.json("/api/exchange/geojson?service=130&municipality=991007")["features"]
    must(0 < len(few) < places and all([two["service"] for two in one["properties"]["services"]] == ["130"] for one in few), "the filter does not narrow")
    total = 0
    for path, first, width in (("care-offices", "介護サービス事業所名称", 22), ("medical-institutions", "名称", 26)):
        bytes_ = reader.get(f"/api/exchange/{path}").body
        must(bytes_.startswith(b"\xef\xbb\xbf") and b"\r\n" in bytes_, f"{path}: no BOM, or other line ends")
        rows = list(csv.reader(io.StringIO(bytes_.decode("utf-8-sig"), newline="")))
        must(rows[0][4] == first and all(len(row) == width for row in rows), f"{path}: {rows[0]}")
        must(len(rows) > 1 and all(row[0] and row[3] and row[4] for row in rows[1:]), f"{path}: a row without code, municipality or name")
        total += len(rows) - 1
    must(total > places / 2, f"{total} rows for {places} places")
    spoken = next(one for one in collection["features"] if one["properties"].get("kana"))
    place = {"id": spoken["id"], "name": spoken["properties"]["name"]}
    for version, words in (("v4", ("VERSION:4.0", "KIND:org", "SORT-AS=")), ("v3", ("VERSION:3.0", "X-PHONETIC-LAST-NAME:"))):
        card = reader.get(f"/api/places/{place['id']}/vcard?version={version}").body
        must(all(len(line) <= 75 for line in card.split(b"\r\n")) and card.endswith(b"END:VCARD\r\n"), "a line of the card is too long")
        text = card.decode().replace("\r\n ", "")
        must(all(word in text for word in words) and place["name"] in text.replace("\\", ""), text)
    credits = reader.json("/api/exchange/credits")["items"]
    must({one["source"] for one in credits} >= {"kaigo"} and all(one["licence"]["ja"] and one["files"] for one in credits), f"{credits}")


def check_nothing_local(reader):
    """What a municipality wrote over a place is in nothing that went out."""
    for path, body in reader.seen:
        must(not path.startswith(("/fhir", "/hsds", "/api/exchange")) or WRITTEN_OVER.encode() not in body, f"{path} shows the local layer")
    packed = zipfile.ZipFile(io.BytesIO(reader.get("/hsds/tables").body))
    must(not any(WRITTEN_OVER.encode() in packed.read(name) for name in packed.namelist()), "the tables show the local layer")


def check_requests(reader, fhir):
    """Asks of places tell nothing of the case behind them."""
    asks = reader.json("/api/referrals?limit=200")["items"]
    must(len(asks) > 0, "the demonstration has no asks")
    for kind in ("ServiceRequest", "Task"):
        found = every_page(reader, f"/fhir/R4/{kind}?_count=3")
        must({one["id"] for one in found} == {one["id"] for one in asks}, f"{len(found)} of {len(asks)} asks as {kind}")
        for one in found:
            if fhir:
                none_of(fhir.faults(one), f"{kind}/{one['id']}")
        must(reader.json(f"/fhir/R4/{kind}/{found[0]['id']}") == found[0], f"{kind} is another one when read by itself")
        text = json.dumps(found, ensure_ascii=False)
        for ask in asks:
            must(not any(ask[name] and ask[name] in text for name in ("subject", "answer_words", "created_by_name")), f"{kind} tells of a case")


def write_over(reader):
    place = reader.json("/api/exchange/geojson")["features"][0]["id"]
    version = reader.json(f"/api/places/{place}")["version"]
    reader.seen.clear()
    body = {name: WRITTEN_OVER for name in ("speciality", "area", "hours", "capacity", "manners", "admission", "discharge", "people", "note")}
    answer = reader.client.ask("PUT", f"/api/places/{place}/local", body | {"phone": "000-222-3333"}, [("If-Match", f'"{version}"')])
    must(answer.status == 200, f"{answer.status} {answer.body[:300]!r}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], required=True)
    options = parser.parse_args()
    with_postgres(options.engine)
    data = shared_data()
    fhir = Fhir(data / "fhir" / "r4-structuredefinitions") if (data / "fhir").exists() else None
    hsds = Hsds(data / "hsds" / "3.0" / "schema") if (data / "hsds").exists() else None
    if not fhir or not hsds:
        print(f"Not held against the published definitions of FHIR and HSDS: they are not in {data}.")
    program = Program(options.program, options.engine)
    failed = 0
    try:
        program.make_demonstration()
        program.start()
        reader = Reader(program.port)
        write_over(reader)
        for name, work in (("fhir", lambda: check_fhir(reader, fhir)), ("hsds", lambda: check_hsds(reader, hsds)),
                           ("requests", lambda: check_requests(reader, fhir)), ("files", lambda: check_files(reader)), ("nothing-local", lambda: check_nothing_local(reader))):
            try:
                work()
                print(f"ok   {name}")
            except (Failure, KeyError, IndexError, ValueError) as failure:
                failed += 1
                print(f"FAIL {name}: {type(failure).__name__} {failure}")
    finally:
        program.remove()
    print(f"{5 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
