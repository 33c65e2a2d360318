# SPDX-License-Identifier: Apache-2.0
"""The figures of the handbook and the words that must survive, on the real product: demonstration, API, files, and a
backup that is restored into another installation."""

import io
import re
import shutil
import zipfile
from urllib.parse import quote

from case_file import Mismatch
from program import TOP, Client, Program

# 図3: 13 columns in the order of the figure.
ELEMENTS = ["watch_absent", "ties_absent", "garbage", "region_other", "household_difficulty", "family_other",
            "help_seeking", "dementia", "person_other", "no_family_doctor", "medical_linkage", "psychiatric",
            "illness_other"]
COLUMNS = [4, 5, 1, 3, 11, 5, 5, 9, 3, 9, 2, 2, 3]
# What is written in the cells: ○, ? for suspected, else the words.
FIGURE_3 = {
    "A": {4: "独居", 6: "サービス利用拒否", 7: "?", 9: "○"},
    "B": {5: "家族要介護者", 9: "○", 11: "○"},
    "C": {4: "独居", 7: "?", 9: "○"},
    "D": {1: "○", 4: "独居", 6: "ゴミ屋敷"},
    "E": {1: "○", 4: "実態独居", 9: "○", 10: "○", 12: "がん"},
    "F": {0: "○", 3: "マンションセキュリティ", 4: "独居", 6: "サービス利用拒否", 7: "○", 9: "○"},
    "G": {4: "日中独居", 5: "家族不干渉", 7: "○", 8: "危険運転", 12: "アルコール"},
    "H": {1: "○", 6: "サービス利用拒否", 7: "○", 9: "○"},
    "I": {0: "○", 3: "個人情報", 4: "日中独居", 7: "○", 8: "買い物"},
    "J": {1: "○", 3: "個人情報", 4: "独居", 7: "○", 8: "徘徊"},
    "K": {0: "○", 4: "認認世帯", 5: "家族関与拒否"},
    "L": {0: "○", 2: "○", 4: "独居", 7: "○", 9: "○", 10: "服薬困難"},
    "M": {4: "独居", 5: "家族不干渉", 6: "サービス利用拒否", 7: "?", 9: "○"},
    "N": {5: "家族障害者", 12: "脳疾患"},
    "O": {1: "○", 9: "不信感", 11: "○"},
}
# 図10: who does each of the 24 lines (c center, s station, m city), and how often.
FIGURE_10 = [("c", "1回"), ("c", "2~3年毎"), ("c", "1回"), ("c", "随時"), ("c", ""), ("c", "8回"), ("m", "2~3回"),
             ("cs", "通年"), ("s", ""), ("s", "随時"), ("c", "通年"), ("c", "2回"), ("s", "年6~8回(×11ST)"),
             ("s", "年6~8回(×11ST)"), ("c", "1回"), ("c", "1回"), ("c", "2回"), ("c", "1回"), ("s", "年1回×11ST"),
             ("s", "年1~3回×11ST"), ("s", "年1回×11ST"), ("s", "年1回×11ST"), ("m", "1回"), ("m", "通年")]
FIGURE_8 = {"total": 1, "topic": 6, "relisted": 1, "caller": 11, "district": 7}

WORDS = ["髙", "﨑", "濵", "邉", "\U00020bb7", "辻\U000e0100", "葛\U000e0100", "①", "Ⅰ", "㎝", "㌢", "〇", "々"]
# What the code page 932 of Windows lacks.
NOT_IN_CP932 = ["\U00020bb7", "辻\U000e0100", "葛\U000e0100"]
# Day, fiscal year, how a number of that year begins, how a report calls the year.
DAYS = [("2019-04-30", 2019, "R1-", "令和元年度"), ("2019-05-01", 2019, "R1-", "令和元年度"),
        ("2026-03-31", 2025, "R7-", "令和7年度"), ("2026-04-01", 2026, "R8-", "令和8年度"),
        ("2019-03-31", 2018, "H30-", "平成30年度")]


def same(what, found, wanted):
    if found != wanted:
        raise Mismatch(f"{what}: {found!r} instead of {wanted!r}")


def good(answer, status=200):
    if answer.status != status:
        raise Mismatch(f"{answer.status} instead of {status}: {answer.body[:500]!r}")
    return answer.json


def run(api, report, program):
    report.run("golden/figure-3", lambda: figure_3(api))
    report.run("golden/figure-8", lambda: figure_8(api))
    report.run("golden/figure-10", lambda: figure_10(api))
    report.run("golden/figure-34", lambda: figure_34(api))
    report.run("golden/fiscal-years", lambda: fiscal_years(api))
    kept = {}
    report.run("golden/words-through-the-api", lambda: kept.update(words(api)))
    report.run("golden/words-in-files", lambda: words_in_files(api, kept))
    report.run("golden/words-and-day-after-a-restore", lambda: restored(program, kept))


def named_cases():
    """Number of each of the cases A to O, as the demonstration's file says."""
    text = (TOP / "demo/shiomi/cases_matsudo.yaml").read_text("utf-8")
    return dict(re.findall(r"(?m)^  - key: ([A-O])\n    number: (\S+)$", text))


def figure_3(api):
    ids = []
    keys = {}
    for key, number in named_cases().items():
        found = good(api.ask("center", "GET", f"/api/consultations?words={number}"))["items"]
        one = next((row for row in found if row["number"] == number), None)
        if not one:
            raise Mismatch(f"case {key} is not {number}")
        ids.append(one["id"])
        keys[one["id"]] = key
    same("cases", sorted(keys.values()), sorted(FIGURE_3))
    table = good(api.ask("center", "GET", "/api/analysis/matrix?cases=" + ",".join(ids)))
    same("columns", [column["element"] for column in table["columns"]], ELEMENTS)
    same("counts", [column["count"] for column in table["columns"]], COLUMNS)
    same("filled", table["filled"], 62)
    same("suspected dementia", table["columns"][7]["suspected"], 3)
    for one in table["cases"]:
        cells = {ELEMENTS.index(element["element"]): {"yes": "○", "suspected": "?"}.get(element["value"], element["text"])
                 for element in one["elements"]}
        same("case " + keys[one["id"]], cells, FIGURE_3[keys[one["id"]]])


def figure_8(api):
    for year in (2025, 2026):
        table = good(api.ask("center", "GET", f"/api/analysis/months?fiscal_year={year}"))
        groups = [column["group"] for column in table["columns"]]
        same("columns", {group: groups.count(group) for group in FIGURE_8}, FIGURE_8)
        same("columns with the month", len(groups) + 1, 27)
        rows = table["rows"] + [table["total"]]
        same("rows", len(rows), 13)
        topics = [at for at, group in enumerate(groups) if group == "topic"]
        for row in rows:
            same(f"topics of {row['month'] or 'the year'}", sum(row["counts"][at] for at in topics), row["counts"][0])
        for at in range(len(groups)):
            same(f"sum of column {at}", sum(row["counts"][at] for row in table["rows"]), table["total"]["counts"][at])
        same("checks", [check for check in table["checks"] if check["required"]], [])
        if year == 2026 and table["total"]["counts"][groups.index("relisted")] == 0:
            raise Mismatch("nothing is re-listed, so that nothing is proved to stay outside the sum")


def figure_10(api):
    packs = good(api.ask("city", "GET", "/api/packs/templates"))["items"]
    plan = next(pack for pack in packs if pack["pack"] == "niigata")["plan"]
    same("lines", [(line["no"],
                    "".join(letter for letter, actor in (("c", "center"), ("s", "station"), ("m", "city")) if line[actor]),
                    line["frequency"]) for line in plan["lines"]],
         [(at + 1, *line) for at, line in enumerate(FIGURE_10)])
    same("stages", [line["stage"] for line in plan["lines"]], ["pca"] * 7 + ["do"] * 17)


def figure_34(api):
    """The tree of the pack, and the same tree as records of the demonstration: every measure of it answers an issue,
    every indicator measures an issue or a measure."""
    packs = good(api.ask("city", "GET", "/api/packs/templates"))["items"]
    goals = next(pack for pack in packs if pack["pack"] == "iizuka")["indicators"]["goals"]
    same("goals", [(len(goal["issues"]), len(goal["measures"]), len(goal["indicators"])) for goal in goals],
         [(4, 5, 5), (3, 3, 3), (3, 3, 5), (4, 4, 4), (2, 1, 2)])
    rows = good(api.ask("city", "GET", "/api/indicators?limit=200"))["items"]
    by_name = {row["name"]: row["id"] for row in rows}
    found = 0
    for goal in goals:
        for indicator in goal["indicators"]:
            if indicator["label"]["ja"] not in by_name:
                continue
            found += 1
            path = f"/api/indicators/{by_name[indicator['label']['ja']]}"
            text = good(api.ask("city", "GET", path))["text"]
            for member in ("unit", "kind", "direction"):
                same(f"{member} of {text['name']}", text[member], indicator[member])
            if not text["issue_ids"]:
                raise Mismatch(f"{text['name']} belongs to no issue")
    if found < 15:
        raise Mismatch(f"only {found} of the 19 indicators of the figure are in the demonstration")


def sheet(api, account, **more):
    me = good(api.ask(account, "GET", "/api/session"))["user_id"]
    return {"kind": "provision", "receiver_id": me, "caller_name": "相談 花子", "caller_profession": "msw",
            "method": "phone", "subject": "年度", "request": "年度の境の相談", "supports": ["information"],
            "topic": "fees", "scenes": ["daily"], "urgency": "normal", **more}


def register(api, account, **more):
    body = {"sheet": sheet(api, account, **more)}
    return good(api.ask(account, "POST", "/api/consultations", body), 201)


def xlsx_text(body):
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def fiscal_years(api):
    for day, year, number, label in DAYS:
        made = register(api, "tominaga", received_on=day)
        same(f"fiscal year of {day}", made["fiscal_year"], year)
        if not made["number"].startswith(number):
            raise Mismatch(f"{day} has the number {made['number']}")
        listed = good(api.ask("tominaga", "GET", f"/api/consultations?fiscal_year={year}&words={made['number']}"))
        same(f"{day} in the list of its year", [row["id"] for row in listed["items"]], [made["id"]])
        book = api.ask("tominaga", "GET", f"/api/analysis/months/export?fiscal_year={year}&format=xlsx&lang=ja")
        text = xlsx_text(book.body)
        for wanted in (label, "架空"):
            if wanted not in text:
                raise Mismatch(f"the Excel file of {year} does not say {wanted}")
        if "fictitious" not in book.headers["content-disposition"]:
            raise Mismatch("the name of the file does not say that its data are fictitious")
        month = next(row for row in good(api.ask("tominaga", "GET", f"/api/analysis/months?fiscal_year={year}"))["rows"]
                     if row["month"] == day[:7])
        if month["counts"][0] < 1:
            raise Mismatch(f"{day} does not count in its month")


def words(api):
    text = "".join(WORDS)
    made = register(api, "tominaga", received_on="2026-11-16", caller_name=text, caller_affiliation=text, subject=text,
                    request=text, background=text, illness=text, support_text=text, awareness=text,
                    elements=[{"element": "garbage", "value": "text", "text": text}])
    read = good(api.ask("tominaga", "GET", f"/api/consultations/{made['id']}"))
    for member in ("caller_name", "caller_affiliation", "subject", "request", "background", "illness", "support_text",
                   "awareness"):
        same(member, read["sheet"][member], text)
    same("element", read["sheet"]["elements"][0]["text"], text)
    for word in WORDS:
        found = good(api.ask("tominaga", "GET", f"/api/consultations?words={quote(word)}&fiscal_year=2026"))
        if made["id"] not in [row["id"] for row in found["items"]]:
            raise Mismatch(f"not found by {word}")
    return read


def words_in_files(api, kept):
    path = f"/api/analysis/matrix/export?cases={kept['id']}&lang=ja&format="
    text = "".join(WORDS)
    csv = api.ask("tominaga", "GET", path + "csv").body.decode("utf-8-sig")
    same("times in the CSV", csv.count(text), 2)  # the subject and the element
    if text not in xlsx_text(api.ask("tominaga", "GET", path + "xlsx").body):
        raise Mismatch("the Excel file lost the words")
    refused = api.ask("tominaga", "GET", path + "csv_cp932")
    same("status of CP932", refused.status, 422)
    same("reason", refused.json["reason"], "not_in_cp932")
    same("what is missing", sorted({field["limit"] for field in refused.json["fields"]}), sorted(NOT_IN_CP932))


def restored(program, kept):
    file = program.folder / "golden.jsonl.gz"
    program.run("backup", str(file))
    other = Program(program.path, program.engine, program.server or None)
    try:
        shutil.copytree(program.folder / "data" / "keys", other.folder / "data" / "keys")
        other.run("restore", str(file))
        other.start()
        client = Client(other.port)
        session = client.sign_in("tominaga")
        same("day of the story", session.json["today"], "2026-11-17")
        same("the record", good(client.ask("GET", f"/api/consultations/{kept['id']}")), kept)
        same("exit status", other.stop(), 0)
    finally:
        other.remove()
