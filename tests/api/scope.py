# SPDX-License-Identifier: Apache-2.0
"""Nothing out of scope can be inferred. For every role:

- all readings there are (lists, counts, figures, search, suggestions, exports, thread, home) answer the same, byte for
  byte, before and after records come into being that the role must not see;
- the id of such a record, in a path or in a body, gets the same answer as an id that nobody has;
- its words stand in no answer at all."""

import re
import uuid

from case_file import Mismatch
from program import Client, Failure
from refusals import ACCOUNTS, body_of, has_parameter, is_public

WORD = "隠語ヒソカ"
BACKGROUND = "海辺に一人で暮らす"  # the one text of a case that its issue shows on purpose
NAME = "遠見 密子"  # of a person in the far city
PASSWORD_GIVEN = "hajimete-2026"
PASSWORD = "hisoka-na-Mati-7"
UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# A session ends later when it was used in another minute; `typed` is what was asked.
CHANGING = re.compile(rb'"request_id":"[0-9a-f]*"|"diagnostics":"request [0-9a-f]*"|"at":"[^"]*"|"expires_at":"[^"]*"|"typed":"[^"]*"')
THREAD_KINDS = ["consultation", "issue", "meeting", "measure", "indicator", "evaluation", "discharge"]
# Who may see what is written in the own city. Everybody else must not notice it.
SEE_A_DRAFT = {"lead"}
SEE_AN_OPEN_CASE = {"lead", "municipal", "prefectural"}


def run(api, report):
    far = {}
    report.run("scope/a-far-city-is-founded", lambda: far.update(found_city(api)))
    if not far:
        return
    sibling = Client(api.port)
    sibling.sign_in("miyazaki")
    roles = list(ACCOUNTS)
    for role in roles:
        api.client(ACCOUNTS[role])
    seen = {role: readings(api, role, far) for role in roles}
    for role in sorted(set(roles) - {"administrator"}):
        report.run(f"scope/no-name-of-a-far-person/{role}", lambda role=role: no_text(NAME, [body for _, body in seen[role].values()]))

    hidden = {}
    report.run("scope/the-far-city-writes", lambda: hidden.update(write_everything(far)))
    compare_all(api, report, far, "a-far-city", seen, roles)
    for role in roles:
        run_ids(api, report, role, hidden, f"a-far-city/{role}")

    cases = {}
    report.run("scope/a-draft-of-another-desk", lambda: cases.update(draft=write_case(sibling, "draft")))
    compare_all(api, report, far, "a-draft", seen, set(roles) - SEE_A_DRAFT)
    report.run("scope/a-case-of-another-desk", lambda: cases.update(open=write_case(sibling, "open")))
    compare_all(api, report, far, "a-case", seen, set(roles) - SEE_AN_OPEN_CASE)
    report.run("scope/who-may-see-it-does", lambda: [notices(api, role, far, seen[role]) for role in sorted(SEE_AN_OPEN_CASE)])
    for kind, seeing in (("draft", SEE_A_DRAFT), ("open", SEE_AN_OPEN_CASE)):
        for role in set(roles) - seeing:
            run_ids(api, report, role, {"consultation": cases.get(kind)}, f"a-case-of-another-desk-{kind}/{role}")
    report.run("scope/evidence-of-another-desk", lambda: cite(api, cases["open"]))
    for role in sorted(set(roles) - SEE_AN_OPEN_CASE):
        report.run(f"scope/no-word-of-it/{role}", lambda role=role: no_word(api, role, far))
    report.run("scope/the-callers-name-is-not-for-the-city", lambda: no_caller(api, cases["open"]))


# The records that must not be seen

def expect(answer, *statuses):
    if answer.status not in statuses:
        raise Failure(f"{answer.status} {answer.body[:400]!r}")
    return answer.json


def found_city(api):
    """A city of another prefecture with a desk and two people, made by the administrator before anything is compared."""
    def make(path, body):
        return expect(api.ask(ACCOUNTS["administrator"], "POST", path, body), 201)["id"]

    prefecture = make("/api/regions", {"kind": "prefecture", "code": "", "name": "遠方県", "kana": ""})
    city = make("/api/regions", {"kind": "municipality", "parent_id": prefecture, "code": "", "name": "遠方市", "kana": ""})
    ward = make("/api/regions", {"kind": "ward", "parent_id": city, "code": "", "name": "遠方区", "kana": ""})
    desk = make("/api/desks", {"municipality_id": city, "kind": "center", "name": "遠方の窓口"})
    make("/api/users", {"login": "toomi", "name": NAME, "password": PASSWORD_GIVEN,
                        "assignments": [{"role": "lead", "desk_id": desk, "from_on": "2020-04-01"}]})
    client = Client(api.port)
    client.sign_in("toomi", PASSWORD_GIVEN)
    expect(client.ask("PUT", "/api/session/password", {"current": PASSWORD_GIVEN, "next": PASSWORD}), 200, 204)
    return {"client": sign_in_again(api), "desk": desk, "city": city, "ward": ward}


def sign_in_again(api):
    client = Client(api.port)
    client.sign_in("toomi", PASSWORD)
    return client


def write_case(client, state, district=None):
    sheet = {"kind": "provision", "received_on": "2026-11-16", "receiver_id": client.user, "caller_name": f"{WORD} 花子",
             "caller_affiliation": f"{WORD}事業所", "caller_phone": "000-999-1111", "caller_profession": "nurse", "method": "phone",
             "topic": "resources", "scenes": ["daily"], "urgency": "now", "difficulty": "physician", "supports": ["information"],
             "subject": f"{WORD}の相談", "request": WORD, "background": BACKGROUND, "awareness": WORD, "follow_up_on": "2026-11-18",
             "elements": [{"element": "dementia", "value": "yes", "text": ""}]}
    if district:
        sheet["district_id"] = district
    answer = client.ask("POST", "/api/consultations", {"state": state, "sheet": sheet})
    if answer.status == 422:  # another pack has other codes: leave out what it names
        for field in answer.json["fields"]:
            sheet.pop(field["pointer"].split("/")[2], None)
        answer = client.ask("POST", "/api/consultations", {"state": state, "sheet": sheet})
    case = expect(answer, 201)["id"]
    if state == "open":
        expect(client.ask("POST", "/api/activities",
                          {"consultation_id": case, "next_step": {"due_on": "2026-11-19", "note": WORD},
                           "text": {"kind": "oral_nutrition", "advice_field": "oral", "state": "asked", "done_on": "2026-11-16",
                                    "with_name": WORD, "with_affiliation": WORD, "said": WORD, "outcome": WORD}}), 201)
    return case


def write_everything(far):
    """One record of each kind, tied together, by kind."""
    client = far["client"]

    def make(path, body):
        return expect(client.ask("POST", path, body), 201)["id"]

    write_case(client, "draft", far["ward"])
    case = write_case(client, "open", far["ward"])
    issue = make("/api/issues", {"origin": "cases", "text": {"title": WORD, "description": WORD, "due_on": "2026-11-18"},
                                 "evidence": [{"consultation_id": case, "note": WORD, "candidate": False}]})
    body = make("/api/bodies", {"name": WORD, "dormant": False})
    meeting = make("/api/meetings", {"body_id": body, "title": WORD, "held_on": "2026-11-18", "state": "planned", "minutes": WORD,
                                     "agenda": [{"title": WORD, "subject": "issue", "subject_id": issue}],
                                     "attendance": [], "tasks": [{"title": WORD, "owner_name": WORD, "due_on": "2026-11-18", "state": "todo"}]})
    measure = make("/api/measures", {"text": {"title": WORD, "issue_ids": [issue], "wide_area": True}})
    indicator = make("/api/indicators", {"text": {"name": WORD, "issue_ids": [issue], "measure_ids": [measure]}})
    evaluation = make("/api/evaluations", {"measure_id": measure, "issue_id": issue, "evaluated_on": "2026-11-16",
                                           "finding": WORD, "outcome": "continue"})
    make("/api/phrases", {"text": {"name": WORD, "text": WORD}})
    place = client.ask("GET", "/api/places?limit=1").json["items"][0]["id"]
    expect(client.ask("PUT", f"/api/places/{place}/local", {"phone": "000-999-1111", "note": WORD, "contact": "fax"}, [("If-Match", '"0"')]), 200)
    make("/api/own-places", {"text": {"name": WORD, "services": ["gathering"], "municipality_code": "991015", "phone": "000-999-1111",
                                      "corporation": WORD, "description": WORD}})
    make("/api/terms", {"headword": WORD, "kind": "paper", "text": WORD})
    match = make("/api/matches", {"consultation_id": case, "text": {"service": "130", "district_id": far["ward"], "wishes": WORD}})
    there = client.ask("GET", f"/api/matches/{match}/candidates").json["items"][0]["place_id"]
    ask = expect(client.ask("POST", "/api/referrals", {"match_id": match, "message": WORD, "sent_on": "2026-11-16", "reply_by": "2026-11-18",
                                                       "asks": [{"place_id": there, "method": "fax", "to_name": WORD}]}), 200)["items"][0]["id"]
    expect(client.ask("PUT", f"/api/referrals/{ask}/answer", {"answer": "no", "reason": "full", "answer_words": WORD}, [("If-Match", '"1"')]), 200)
    discharge = make("/api/discharges", {"consultation_id": case, "text": discharge_text(WORD)})
    form = make("/api/discharge-forms", {"form": "emergency_sheet", "discharge_id": discharge,
                                         "text": {"written_on": "2026-11-16", "answers": [{"field": "name", "text": WORD}]}})
    return {"consultation": case, "issue": issue, "body": body, "meeting": meeting, "measure": measure,
            "indicator": indicator, "evaluation": evaluation, "discharge": discharge, "form": form,
            "match": match, "referral": ask}


def discharge_text(words):
    return {"subject": words, "hospital": words, "admitted_on": "2026-11-02", "planned_on": "2026-11-18", "wishes": words,
            "parties": [{"role": "care_manager", "affiliation": words, "name": words}],
            "papers": [{"kind": "admission_information", "due_by_hand": False, "not_needed": False, "with_whom": words}]}


def cite(api, case):
    """The lead makes an issue of the case: its colleagues read the issue, and of the case its background."""
    desk = api.ask("tominaga", "GET", "/api/consultations?limit=1").json["items"][0]["desk_id"]
    expect(api.ask("center", "POST", "/api/issues",
                   {"origin": "cases", "desk_id": desk, "text": {"title": "事例からの課題"},
                    "evidence": [{"consultation_id": case, "note": "根拠", "candidate": False}]}), 201)


# The three questions

def queries(operation, far):
    """What to ask of one reading: everything, one page, the secret word, the secret places."""
    names = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"}
    more = "format=csv" if "format" in names else ""
    asked = [""]
    asked += [f"words={quoted(WORD)}", f"words={quoted(WORD[:2])}"] if "words" in names else []
    if "q" in names:
        asked += [f"q={quoted(text)}" for text in (WORD, WORD[:2], "0009991111", "R8.11.16", f"相談 -{WORD}")]
        return ["&".join(filter(None, (query, more))) for query in asked]
    asked += [f"desk={far['desk']}"] if "desk" in names else []
    asked += [f"district={far['ward']}"] if "district" in names else []
    asked += ["fiscal_year=2026"] if "fiscal_year" in names else []
    asked += ["state=draft", "urgency=now&sort=-received_on", "element=dementia"] if "element" in names else []
    asked += ["limit=1"] if "after" in names else []
    return ["&".join(filter(None, (query, more))) for query in asked]


def quoted(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def readings(api, role, far):
    """The answers of all readings without a record's id, by their address."""
    answers = {}
    for method, pattern, _, operation in api.description.operations:
        if method != "GET" or "{" in pattern or is_public(operation) or pattern == "/api/audit":
            continue
        for query in queries(operation, far):
            address = pattern + (f"?{query}" if query else "")
            answer = api.ask(ACCOUNTS[role], "GET", address)
            answers[address] = (answer.status, CHANGING.sub(b"", answer.body))
    return answers


def compare_all(api, report, far, name, seen, roles):
    for role in sorted(roles):
        report.run(f"scope/{name}/{role}", lambda role=role: compare(seen[role], readings(api, role, far)))


def compare(before, after):
    different = [address for address in before if before[address] != after[address]]
    if different:
        raise Mismatch(f"{len(different)} answers changed, first {different[0]}:\n      {before[different[0]]}\n      "
                       f"{after[different[0]]}"[:3000])
    if not any(status == 200 for status, _ in after.values()):
        raise Mismatch("nothing was answered at all")


def notices(api, role, far, before):
    """Or the comparisons of the others would prove nothing."""
    after = readings(api, role, far)
    words = f"/api/consultations?words={quoted(WORD)}"
    search = f"/api/search?q={quoted(WORD)}"
    changed = [address for address in before if before[address] != after[address]]
    if "/api/analysis/months" not in changed or (role != "prefectural" and not {words, search, "/api/home"} <= set(changed)):
        raise Mismatch(f"{role} sees no difference but in {changed}")


def run_ids(api, report, role, hidden, name):
    for kind, record in hidden.items():
        if record:
            report.run(f"scope/id/{name}/{kind}", lambda k=kind, r=record: same_as_nobodys(api, role, k, r))


def same_as_nobodys(api, role, kind, record):
    nobodys = str(uuid.uuid4())
    for method, path, body, headers in calls(api, kind):
        answers = []
        for one in (record, nobodys):
            answer = api.ask(ACCOUNTS[role], method, path.replace("ID", one), filled(body, one), headers)
            answers.append((answer.status, UUID.sub(b"#", CHANGING.sub(b"", answer.body))))
            if any(text.encode() in answer.body for text in (WORD, BACKGROUND)):
                raise Mismatch(f"{method} {path} tells of it: {answer.body[:500]!r}")
        if answers[0] != answers[1]:
            raise Mismatch(f"{method} {path} {body}: {answers[0]} for what is hidden, {answers[1]} for what is not there")


def filled(body, record):
    if isinstance(body, dict):
        return {name: filled(value, record) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, record) for value in body]
    return record if body == "ID" else body


def calls(api, kind):
    """Every operation with an id in its path, every filter and every member of a body that can name such a record."""
    for method, pattern, _, operation in api.description.operations:
        if "{" not in pattern or is_public(operation):
            continue
        headers = [("If-Match", '"1"')] if has_parameter(operation, "If-Match") else []
        path = re.sub(r"\{(?!kind)\w+\}", "ID", pattern)
        paths = [path.replace("{kind}", kind)] if kind in THREAD_KINDS else []
        for one in paths if "{kind}" in path else [path]:
            yield method, one, body_of(api, operation), headers
    yield from ((("GET", f"{path}={{}}".format("ID"), None, [])) for path in FILTERS.get(kind, []))
    for path, body in BODIES.get(kind, []):
        yield "POST", path, body, []


FILTERS = {
    "consultation": ["/api/consultations?id", "/api/consultations/cases?id", "/api/issues?consultation", "/api/analysis/matrix?cases",
                     "/api/analysis/months?id", "/api/meetings?subject", "/api/activities?consultation", "/api/referrals?consultation", "/api/discharges?consultation",
                     "/api/discharge-forms?consultation"],
    "discharge": ["/api/discharge-forms?discharge"],
    "issue": ["/api/measures?issue", "/api/indicators?issue", "/api/evaluations?issue", "/api/meetings?subject"],
    "measure": ["/api/indicators?measure", "/api/evaluations?measure", "/api/meetings?subject"],
    "body": ["/api/meetings?body"],
}
TEXT = {"title": "範囲の試験"}
BODIES = {
    "consultation": [
        ("/api/issues", {"origin": "cases", "text": TEXT, "evidence": [{"consultation_id": "ID", "note": "根拠", "candidate": False}]}),
        ("/api/issues", {"origin": "cases", "origin_id": "ID", "text": TEXT, "evidence": []}),
        ("/api/activities", {"consultation_id": "ID", "text": {"kind": "call", "done_on": "2026-11-16", "said": "範囲の試験"}}),
        ("/api/matches", {"consultation_id": "ID", "text": {"service": "130"}}),
        ("/api/discharges", {"consultation_id": "ID", "text": {"subject": "範囲の試験", "hospital": "範囲の試験"}}),
        ("/api/discharge-forms", {"form": "emergency_sheet", "consultation_id": "ID", "text": {"written_on": "2026-11-16", "answers": []}}),
    ],
    "discharge": [
        ("/api/discharges", {"earlier_id": "ID", "text": {"subject": "範囲の試験", "hospital": "範囲の試験", "admitted_on": "2026-11-16"}}),
        ("/api/discharge-forms", {"form": "emergency_sheet", "discharge_id": "ID", "text": {"written_on": "2026-11-16", "answers": []}}),
    ],
    "match": [("/api/referrals", {"match_id": "ID", "asks": [{"place_id": "ID", "method": "phone"}]})],
    "issue": [
        ("/api/measures", {"text": TEXT | {"issue_ids": ["ID"], "wide_area": False}}),
        ("/api/indicators", {"text": {"name": "範囲の試験", "issue_ids": ["ID"]}}),
        ("/api/evaluations", {"issue_id": "ID", "evaluated_on": "2026-11-16", "finding": "x", "outcome": "continue"}),
    ],
    "measure": [
        ("/api/indicators", {"text": {"name": "範囲の試験", "measure_ids": ["ID"]}}),
        ("/api/evaluations", {"measure_id": "ID", "evaluated_on": "2026-11-16", "finding": "x", "outcome": "continue"}),
    ],
    "body": [
        ("/api/bodies", {"name": "範囲の試験", "parent_id": "ID", "dormant": False}),
        ("/api/meetings", {"body_id": "ID", "title": "範囲の試験", "held_on": "2026-11-16", "state": "planned", "agenda": [],
                           "attendance": [], "tasks": []}),
    ],
}


def no_word(api, role, far):
    """Of all records a role can open, none shows a word of the case behind one of them but its background."""
    bodies = [body for _, body in readings(api, role, far).values()]
    for pattern, listing in (("/api/issues", "/api/issues?limit=100"), ("/api/meetings", "/api/meetings?limit=100")):
        answer = api.ask(ACCOUNTS[role], "GET", listing)
        for item in (answer.json or {}).get("items", []) if answer.status == 200 else []:
            for path in (f"{pattern}/{item['id']}", f"/api/thread/{pattern.rsplit('/', 1)[1][:-1]}/{item['id']}"):
                bodies.append(api.ask(ACCOUNTS[role], "GET", path).body)
    no_text(WORD, bodies)


def no_text(text, bodies):
    for body in bodies:
        if text.encode() in body:
            at = body.find(text.encode())
            raise Mismatch(f"an answer tells of it: {body[max(0, at - 300):at + 200].decode(errors='replace')}")


def no_caller(api, case):
    """The municipality reads the case, but not who called, unless the desk shared it."""
    answer = api.ask(ACCOUNTS["municipal"], "GET", f"/api/consultations/{case}")
    sheet = expect(answer, 200)["sheet"]
    if sheet["caller_name"] or sheet["caller_phone"] or sheet["subject"] != f"{WORD}の相談":
        raise Mismatch(f"the municipality reads {sheet['caller_name']!r}, {sheet['caller_phone']!r}")
    for address in (f"/api/consultations?words={quoted('ヒソカ 花子')}", "/api/consultations?words=000-999-1111"):
        found = expect(api.ask(ACCOUNTS["municipal"], "GET", address), 200)
        if found["total"]:
            raise Mismatch(f"{address} finds the case by its caller")
    for words in ("ヒソカ花子", "000-999", "0009991111"):
        address = f"/api/search?kind=consultation&q={quoted(words)}"
        found = expect(api.ask(ACCOUNTS["municipal"], "GET", address), 200)
        if found["groups"][0]["items"]:
            raise Mismatch(f"{address} finds the case by its caller")
