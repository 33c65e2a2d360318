#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes fictitious logs of former years into a folder, for the browser test of the import: make_log_files.py FOLDER"""

import sys
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(place: str, value: str | int | None, style: int = 0) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def workbook(path: Path, rows: dict[int, list[str | int | None]], merges: list[str], more: dict[str, str] | None = None) -> None:
    lines = "".join(
        f'<row r="{number}">' + "".join(cell(f"{chr(65 + at)}{number}", value, 1) for at, value in enumerate(cells)) + "</row>"
        for number, cells in rows.items()
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="令和6年度" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="[$-411]ge\\.m\\.d"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData><mergeCells>{merged}</mergeCells></worksheet>',
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    head = "受付日,相談者氏名,所属,職種,相談方法,主訴,対応内容,対象者氏名\r\n"
    good = "".join(
        f"令和6年{4 + at % 9}月{1 + at}日,相談 {at}郎,みなと居宅,ケアマネ,TEL,取り込みの相談{at} 訪問診療を探している,情報を伝えた,対象 {at}子\r\n" for at in range(12)
    )
    bad = "令和6年13月1日,相談 花子,みなと居宅,ケアマネ,TEL,日付の違う行,,\r\nR6.5.1,相談 花子,みなと居宅,よろず屋,TEL,言葉の違う行,,\r\n"
    (folder / "相談記録R6.csv").write_bytes((head + good + bad).encode("cp932"))
    rows: dict[int, list[str | int | None]] = {
        1: ["相談記録簿(架空)"],
        3: ["受付日", "相談者", None, "主訴", "場面", None],
        4: [None, "氏名", "所属", None, "看取り", "日常"],
        5: [45383, "表計 一郎", "しおみ病院", "表の相談1", "○", None],
        6: [None, "表計 二郎", "しおみ病院", "表の相談2", None, "○"],
        7: [45400, "表計 三郎", "しおみ病院", "表の相談3", "○", "○"],
    }
    merges = ["A3:A4", "B3:C3", "D3:D4", "E3:F3", "A5:A6"]
    workbook(folder / "記録簿.xlsx", rows, merges)
    workbook(folder / "マクロ.xlsx", rows, merges, {"xl/vbaProject.bin": "x"})
    (folder / "暗号.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(200)
    )


main(Path(sys.argv[1]))
