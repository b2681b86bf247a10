"""Files of which nothing can be imported: each is told what it is, what is wrong and where, and what would be right."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Program = Callable[..., Run]
BINARY = bytes(range(255, -1, -1)) * 8
LATIN = b"\xc9\x01,\xe8;" * 400
"""Binary data without a NUL, but with signs that stand between cells."""
UNKNOWN = "this is binary data of no kind that is known here"
WORKBOOK = "and no workbook as its name says; save it anew, as .xlsx, .ods or .csv"
TABLE = "and no table as its name says; save it anew, as text with commas, semicolons or tabs between its cells"
TAKEN = "what can be imported is a calendar (.ics), a table (.csv, .xlsx, .ods) or a schedule (.xml, .json)"
HTML = "open it in a browser or a spreadsheet, and copy its table or save it as .xlsx"
JSON = "this JSON cannot be read:"
XML = "this XML cannot be read:"
CUT = "it ends before all that was opened is closed; get it anew, since it is cut"
UNCLOSED = "the text that begins here is not closed on its line; close it, or get the file anew if it is cut"
COMMA = "a comma stands before the bracket that closes; take it out"
APOSTROPHE = "texts and names are between double quotation marks; write those"
SURROGATE = "unexpected end of escaped utf-16 surrogate pair"
EVENTS = "is not as `agenda list --format json` writes it:"
OTHER = "this JSON is neither a list of events, as `agenda list --format json` writes it, nor a schedule"


CASES = [
    ("a.xlsx", BINARY, "1:1", f"{UNKNOWN}, {WORKBOOK}"),
    ("a.ods", BINARY, "1:1", f"{UNKNOWN}, {WORKBOOK}"),
    ("a.xls", BINARY, "1:1", f"{UNKNOWN}, {WORKBOOK}"),
    ("a.csv", BINARY, "1:1", f"{UNKNOWN}, {TABLE}"),
    ("a.csv", LATIN, "1:1", f"{UNKNOWN}, {TABLE}"),
    ("a.json", b"{" + BINARY, "1:1", f"{UNKNOWN}, and no JSON as its name says; get it anew"),
    ("a.xml", b"<" + BINARY, "1:1", f"{UNKNOWN}, and no XML as its name says; get it anew"),
    ("a.ics", BINARY, "1:1", f"{UNKNOWN}, and no calendar as its name says; get it anew"),
    ("a.dat", BINARY, "1:1", f"{UNKNOWN}; {TAKEN}"),
    ("a.xlsx", b"", "1:1", f"this file is empty, {WORKBOOK}"),
    ("a.csv", b"\xef\xbb\xbf\n \n", "1:1", f"this file has nothing but blanks, {TABLE}"),
    ("a.json", b"", "1:1", "this file is empty, and no JSON as its name says; get it anew"),
    ("a.xlsx", b"hello\n", "1:1", f"this is a text of no kind that is known here, {WORKBOOK}"),
    ("a.csv", b"Title\nOpening\n", "1:1", f"this text has nothing between cells, {TABLE}"),
    ("a.pdf", b"%PDF-1.4\nx", "1:1", "this is a PDF; copy its table into a spreadsheet, and save that"),
    (
        "a.csv",
        b"\x89PNG\r\n\x1a\n\0",
        "1:1",
        "this is a picture, and no table as its name says; type its table into a spreadsheet, and save that",
    ),
    (
        "a.ics",
        gzip.compress(b"BEGIN:VCALENDAR", mtime=0),
        "1:1",
        "this is a packed file, and no calendar as its name says; unpack it first",
    ),
    (
        "a.xls",
        b"<html><table>",
        "1:1",
        f"this is a page of the web (HTML), and no workbook as its name says; {HTML}",
    ),
    ("a.html", b"\xef\xbb\xbf<html>", "1:1", f"this is a page of the web (HTML); {HTML}"),
    (
        "a.html",
        b"<?xml version='1.0'?>\n<!-- > --><!--\n--> <html>",
        "1:1",
        f"this is a page of the web (HTML); {HTML}",
    ),
    ("a.html", b"<!DOCTYPE html>", "1:1", f"this is a page of the web (HTML); {HTML}"),
    ("a.yaml", b"title: Opening\n", "1:1", f"this is a text of no kind that is known here; {TAKEN}"),
    ("a.toml", b'title = "A"\n', "1:1", "this is an agenda file, which needs no import"),
    ("a.toml", b'a = "B, C"\n[[events]]\nid = ', "1:1", "this is an agenda file, which needs no import"),
    ("a.txt", b"title = Opening\n", "1:1", f"this is a text of no kind that is known here; {TAKEN}"),
    ("a.ics", b"hello\n", "1:1", "this is a text of no kind that is known here, and no calendar as its name says"),
    ("a.json", b'[{"id": "a"},\n {"id": "b"', "2:12", f"{JSON} {CUT}"),
    ("a.json", b'[{"id": "a"},\n {"id": "b', "2:9", f"{JSON} {UNCLOSED}"),
    ("a.json", b'[\n{"id": "a"},\n]\n', "2:12", f"{JSON} {COMMA}"),
    ("a.json", b'{"schedule":\n {"conference": {},}}', "2:19", f"{JSON} {COMMA}"),
    ("a.json", b"{'schedule': 1}", "1:2", f"{JSON} {APOSTROPHE}"),
    ("a.json", b'[{"id": "\xff"}]', "1:10", "the byte 0xFF is not UTF-8; save the file as UTF-8"),
    ("a.jsonl", b'{"id": "a"}\n{"id": }\n', "2:8", f"{JSON} Expecting value: a text between double"),
    (
        "a.jsonl",
        b'{"id": "a"}\n{"title": 5}\n',
        "2:1",
        f"object 2 {EVENTS} title is a whole number, and must be a text",
    ),
    ("a.jsonl", b'{"id": "a"}\n{"title": "\xc3\xa8\\ud800"}\n{}\n', "2:19", f"{JSON} {SURROGATE}"),
    ("a.jsonl", b'{"id": "a"}\n{"venue": NaN}\n{}\n', "2:11", f"{JSON} invalid character, where there may be a text"),
    ("a.jsonl", b'{"id": "a"}\n{"url": []}\n', "2:1", f"object 2 {EVENTS} url is a list, and must be a text or null"),
    ("a.jsonl", b'{"id": "a"},\n{}\n', "1:12", f"{JSON} invalid character, where there may be a text"),
    ("a.json", b'[{"id": "a"},\n{"title": "\\ud800"},\n{}]', "2:18", f"{JSON} {SURROGATE}"),
    ("a.json", b'[{"id": "a"},\n{"venue": NaN},\n{}]', "2:11", f"{JSON} invalid character, where there may be a text"),
    ("a.json", b'[{"id": "a"},\n 5]', "2:2", f"object 2 {EVENTS} it is a whole number, and must be an object"),
    ("a.json", b"[1, 2]", "1:1", OTHER),
    ("a.json", b"null", "1:1", OTHER),
    ("a.json", b"hello", "1:1", f"{JSON} Expecting value: a text between double quotation marks, a number"),
    ("a.json", b"[" * 100_000, "1:1", f"{JSON} it has too many things within each other"),
    ("a.xml", b"<schedule>\n<conference>", "2:13", f"{XML} no element found; {CUT}"),
    ("a.xml", b"<schedule>\n<conf", "2:1", f"{XML} unclosed token; {CUT}"),
    (
        "a.xml",
        b"<schedule>\n<conference>A & B",
        "2:16",
        f"{XML} not well-formed (invalid token); in a text & is written as &amp; and < as &lt;",
    ),
    ("a.xml", b"<rss/>", "1:1", "this is no schedule of frab or pentabarf"),
]


@pytest.mark.parametrize(
    ("name", "content", "place", "message"), CASES, ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)]
)
def test_what_cannot_be_imported_is_told_what_it_is(
    agenda: Program, tmp_path: Path, name: str, content: bytes, place: str, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    run = agenda("import", name)
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith(f"{name}:{place}: {message}")
    assert run.err.count("\n") == 1


CALENDAR = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART:20260505\nEND:VEVENT\nEND:VCALENDAR\n"
ODD = {
    "calendar of Windows-1252 with a control": ("a.ics", CALENDAR.replace(b":A", b":Caf\xe9\x01"), ["Café\x01"]),
    "calendar of many controls": ("a.ics", CALENDAR.replace(b":A", b":\xe9" + b"\x01" * 50), ["é" + "\x01" * 50]),
    "table that DOS ended": ("a.csv", b"Title,Start\r\nCaf\xe9,2026-05-05\r\n\x1a", ["Café"]),
    "table of Windows-1252 with a control": (
        "a.csv",
        b"Title,Start\nCaf\xe9\x01,2026-05-05\n",
        ["Café\N{SYMBOL FOR START OF HEADING}"],
    ),
    "calendar behind a mark": ("a.txt", b"\xef\xbb\xbf" + CALENDAR, ["A"]),
    "calendar behind a mark, of CR": ("-", b"\xef\xbb\xbf" + CALENDAR.replace(b"\n", b"\r"), ["A"]),
    "empty calendar behind a mark": ("-", b"\xef\xbb\xbfBEGIN:VCALENDAR\nEND:VCALENDAR\n", []),
    "quoted word before more text": ("a.csv", b'Title,Start\n"Faust" by Goethe,2026-05-05\n', ['"Faust" by Goethe']),
    "table that starts as TOML": ("a.csv", b"sep= \nTitle,Start\nA,2026-05-05\n", ["A"]),
    "table called JSON": ("a.json", b"[No];Title;Start\n1;A;2026-05-05\n", ["A"]),
}


@pytest.mark.parametrize(("name", "content", "titles"), ODD.values(), ids=ODD)
def test_odd_file_is_read(agenda: Program, tmp_path: Path, name: str, content: bytes, titles: list[str]) -> None:
    (tmp_path / "a.txt" if name == "-" else tmp_path / name).write_bytes(content)
    imported = agenda("import", name, stdin=content)
    assert imported.code == 0, imported.err
    listed = agenda("list", "-d", "-", "-f", "json", stdin=imported.out)
    assert [event["title"] for event in json.loads(listed.out)] == titles


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (BINARY, 1, f"<stdin>:1:1: {UNKNOWN}; {TAKEN}"),
        (b"", 1, f"<stdin>:1:1: this file is empty; {TAKEN}"),
        (b'[{"id": "a"}]', 2, 'agenda: "<stdin>" is JSON and no table; `agenda import --into` takes what it says'),
        (b"<schedule/>", 2, 'agenda: "<stdin>" is XML and no table; `agenda import --into` takes what it says'),
    ],
    ids=["binary", "empty", "JSON", "XML"],
)
def test_what_is_no_table_is_told_what_it_is(
    agenda: Program, file: Callable[..., Path], content: bytes, code: int, message: str
) -> None:
    target = file('[[events]]\nid = "a"\ntitle = "A"\n')
    run = agenda("set", "--from", "-", "-d", target, stdin=content)
    assert (run.code, run.out, run.err) == (code, "", f"{message}\n")
