"""Workbooks of Excel and LibreOffice as agendas."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from conftest import Run
from workbooks import MAIN, Cell, archive, ods, xlsx

Program = Callable[..., Run]


def parts_of(workbook: bytes) -> dict[str, str]:
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def sheet(rows: str) -> str:
    """The part of a sheet of Excel with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def listed(agenda: Program, workbook: bytes, *options: str, fields: str = "title,start,end,room") -> list[str]:
    """The fields of the events that a workbook makes."""
    imported = agenda("import", "-", "--quiet", *options, stdin=workbook)
    assert (imported.code, imported.err) == (0, "")
    run = agenda("list", "-d", "-", "-f", "csv", "--fields", fields, stdin=imported.out)
    assert run.code == 0, run.err
    return run.lines[1:]


PROGRAMME: list[list[Cell]] = [
    ["Titolo", "Giorno", "Ora", "Fine", "Sala"],
    ["Saluti", date(2026, 4, 13), time(9), time(9, 15), "Aula Magna"],
    ["Ricerca", date(2026, 4, 13), time(9, 30), None, 1.0],
    ["Cena", date(2026, 4, 14), None, None, None],
]
READ = [
    "Saluti,2026-04-13T09:00:00,2026-04-13T09:15:00,Aula Magna",
    "Ricerca,2026-04-13T09:30:00,,1",
    "Cena,2026-04-14,2026-04-14,",
]


@pytest.mark.parametrize("workbook", [xlsx({"Programma": PROGRAMME}), ods(PROGRAMME)], ids=["xlsx", "ods"])
def test_days_times_and_numbers_are_those_of_the_cells(agenda: Program, workbook: bytes) -> None:
    assert listed(agenda, workbook) == READ


def test_days_that_are_times_of_midnight_are_days(agenda: Program) -> None:
    rows: list[list[Cell]] = [["Title", "Start"], ["A", datetime(2026, 4, 13)], ["B", datetime(2026, 4, 14)]]  # noqa: DTZ001
    assert listed(agenda, xlsx({"S": rows}), fields="start") == ["2026-04-13", "2026-04-14"]
    assert listed(agenda, ods(rows), fields="start") == ["2026-04-13", "2026-04-14"]


def test_merged_day_is_of_all_its_rows(agenda: Program) -> None:
    rows: list[list[Cell]] = [["Title", "Day", "Time"], ["A", date(2026, 4, 13), time(9)], ["B", None, time(10)]]
    workbook = xlsx({"S": rows}, merged="B2:B3")
    assert listed(agenda, workbook, fields="start") == ["2026-04-13T09:00:00", "2026-04-13T10:00:00"]
    assert "row above" not in agenda("import", "-", stdin=workbook).err


def test_first_sheet_with_headings_is_read_and_others_are_told(agenda: Program) -> None:
    workbook = xlsx({"Cover": [["Welcome"]], "Spring": PROGRAMME, "Budget": [["Item", "Cost"], ["a", 1]]})
    assert listed(agenda, workbook) == READ
    run = agenda("import", "-", stdin=workbook)
    assert 'left out: the sheets "Cover" and "Budget"; --sheet NAME reads one of them' in run.err
    assert 'title = "Spring"' in run.out


def test_sheet_is_chosen_by_its_name(agenda: Program) -> None:
    workbook = xlsx({"One": [["Title", "Room"], ["A", "r"]], "Two": [["Title", "Room"], ["B", "r"]]})
    assert listed(agenda, workbook, "--sheet", "two", fields="title") == ["B"]
    run = agenda("import", "-", "--sheet", "Three", stdin=workbook)
    assert (run.code, run.err) == (2, 'agenda: --sheet: the workbook has no sheet "Three"; it has "One" and "Two"\n')


def test_place_of_a_cell_is_that_of_the_sheet(agenda: Program) -> None:
    rows: list[list[Cell]] = [[None, "Title", "Start"], [None, "A", "boh"]]
    run = agenda("import", "-", stdin=xlsx({"S": rows}, first_row=5))
    assert 'row 6, column "Start" (C): "boh" is no day and no time' in run.err


def test_number_that_may_be_a_day_is_told(agenda: Program) -> None:
    run = agenda("import", "-", stdin=xlsx({"S": [["Title", "Date"], ["A", 46125.0]]}))
    assert "start = 2026-04-13" in run.out
    assert "a number was read as a day: 46125 as 2026-04-13 (row 2)" in run.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\3\4 and no more", "this is no whole workbook, nor any other file that can be imported; save it anew"),
        (
            archive({"a.txt": "b"}),
            "this archive (ZIP) has no workbook of Excel or LibreOffice; save the table as",
        ),
        (archive({"xl/workbook.xml": "b"}), "this is no workbook of Excel or LibreOffice, or not a whole one; save it"),
        (xlsx({"S": []}), "no row of this table has headings"),
    ],
    ids=["no archive", "another archive", "no XML", "empty"],
)
def test_what_is_no_workbook_is_an_error(agenda: Program, content: bytes, message: str) -> None:
    run = agenda("import", "-", stdin=content)
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith(f"<stdin>:1:1: {message}")


def test_cells_that_are_repeated_too_often_are_refused(agenda: Program) -> None:
    parts = parts_of(ods([["Title"]]))
    wide = 'number-columns-repeated="9999" office:value-type'
    parts["content.xml"] = (
        parts["content.xml"]
        .replace("<table:table-row>", '<table:table-row table:number-rows-repeated="999999">')
        .replace("office:value-type", f"table:{wide}")
    )
    run = agenda("import", "-", stdin=archive(parts))
    assert (run.code, run.out) == (1, "")
    assert "its sheets reach over more than 5,000,000 cells" in run.err


def test_empty_cells_to_the_end_of_a_sheet_do_not_count(agenda: Program) -> None:
    parts = parts_of(ods(PROGRAMME))
    filler = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048000">{filler}</table:table-row></table:table>'
    parts["content.xml"] = parts["content.xml"].replace("</table:table>", rest)
    assert listed(agenda, archive(parts)) == READ


@pytest.mark.parametrize(
    "row",
    [
        '<row r="900000"><c r="XFD900000"><v>1</v></c></row>',
        "<row><c r='xfd900000'><v>1</v></c></row>",
        '<row r="900000">' + "<c><v>1</v></c>" * 6 + "</row>",
        "<row/>" * 899_999 + "<row>" + "<c/>" * 6 + "</row>",
    ],
    ids=["double quotes", "single quotes", "cells without places", "rows without places"],
)
def test_sheet_that_reaches_too_far_is_refused(agenda: Program, row: str) -> None:
    parts = parts_of(xlsx({"S": [["Title"]]}))
    parts["xl/worksheets/sheet1.xml"] = sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{row}')
    run = agenda("import", "-", stdin=archive(parts))
    assert (run.code, run.out) == (1, "")
    assert "its sheets reach over more than 5,000,000 cells" in run.err


@pytest.mark.parametrize("far", ["<!-- {} -->", "<f><![CDATA[{}]]></f>", "<?note {}?>"])
def test_cells_that_are_no_markup_do_not_count(agenda: Program, far: str) -> None:
    parts = parts_of(xlsx({"S": PROGRAMME}))
    name = "xl/worksheets/sheet1.xml"
    cell = far.format('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    parts[name] = parts[name].replace('<c r="A1"', f'<c r="A1">{cell}</c><c r="A1"')
    assert listed(agenda, archive(parts)) == READ


@pytest.mark.parametrize(
    "name",
    ["xl/worksheets/sheet1.xml", "XL\\Worksheets\\SHEET1.xml", "xl/hidden.png"],
    ids=["usual", "case", "picture"],
)
def test_sheet_counts_whatever_its_part_is_called(agenda: Program, name: str) -> None:
    parts = parts_of(xlsx({"S": [["Title"]]}))
    del parts["xl/worksheets/sheet1.xml"]
    parts[name] = sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(
        "worksheets/sheet1.xml", "hidden.png" if name == "xl/hidden.png" else "worksheets/sheet1.xml"
    )
    run = agenda("import", "-", stdin=archive(parts))
    assert (run.code, run.out) == (1, "")
    assert "its sheets reach over more than 5,000,000 cells" in run.err


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (OLE, "this is a file of Office before 2007, as .xls is, which is not read; save it as .xlsx, .ods or .csv"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "this workbook has a password; save it without one"),
        (
            archive({"xl/workbook.bin": ""}),
            "this is a binary workbook of Excel (.xlsb), which is not read; save it as .xlsx, .ods or .csv",
        ),
    ],
    ids=["xls", "encrypted", "xlsb"],
)
def test_workbook_that_cannot_be_measured_is_refused(agenda: Program, content: bytes, message: str) -> None:
    run = agenda("import", "-", stdin=content)
    assert (run.code, run.out, run.err) == (1, "", f"<stdin>:1:1: {message}\n")


def test_cells_of_all_sheets_count_together(agenda: Program) -> None:
    far: list[list[Cell]] = [["Title", "Start", "End"]]
    run = agenda("import", "-", stdin=xlsx({"S": far, "T": far}, first_row=1_000_000))
    assert (run.code, run.out) == (1, "")
    assert "its sheets reach over more than 5,000,000 cells" in run.err


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>1</v></c>',
        "<c t='s'><v>1</v></c>",
        '<c t = "s"><f/><v>1</v></c>',
        '<c t="s"><f>A1</f><v > 01</v></c>',
        '<c note=">" t="s"><v note=">">1</v></c>',
        '<c t="s"><v><!-- 0 -->1</v></c>',
        '<c t="s"><v>&#49;</v></c>',
        '<x-y:c t="s"><x-y:v>1</x-y:v></x-y:c>',
    ],
)
def test_text_counts_for_each_cell_that_shares_it(agenda: Program, cell: str) -> None:
    parts = parts_of(xlsx({"S": [["Title"]]}))
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si/><si><t>{"a" * 30_000}</t></si></sst>'
    parts["xl/worksheets/sheet1.xml"] = sheet(f"<row>{cell}</row>" * 2_000)
    run = agenda("import", "-", stdin=archive(parts))
    assert (run.code, run.out) == (1, "")
    assert "the texts of its cells are more than 50 MB, each counted where it stands" in run.err


@pytest.mark.parametrize("number", ['"20000"', "'20000'"])
def test_text_counts_for_each_cell_that_repeats_it(agenda: Program, number: str) -> None:
    parts = parts_of(ods([["Title", "a" * 3_000]]))
    many = f"<table:table-row table:number-rows-repeated={number}>"
    parts["content.xml"] = parts["content.xml"].replace("<table:table-row>", many)
    run = agenda("import", "-", stdin=archive(parts))
    assert (run.code, run.out) == (1, "")
    assert "the texts of its cells are more than 50 MB" in run.err


def test_small_file_that_unpacks_to_very_much_is_refused(agenda: Program) -> None:
    packed = io.BytesIO(xlsx({"S": [["Title"]]}))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/picture.bmp", bytes(51 * 10**6))
    run = agenda("import", "-", stdin=packed.getvalue())
    assert (run.code, run.out) == (1, "")
    assert "this workbook is larger than 50 MB once unpacked" in run.err


def test_part_whose_size_is_not_what_the_file_says_is_refused(agenda: Program) -> None:
    content = xlsx({"S": [["Title"], ["A"]]})
    size = (len("<sst/>")).to_bytes(4, "little")
    with zipfile.ZipFile(packed := io.BytesIO(content), "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", " " * 70_000)
    lied = packed.getvalue().replace((70_000).to_bytes(4, "little"), size)
    run = agenda("import", "-", stdin=lied)
    assert (run.code, run.out) == (1, "")
    assert "this is no whole workbook" in run.err


@pytest.mark.parametrize(
    ("workbook", "part", "tag"),
    [
        (xlsx({"S": [["Title"]]}), "xl/sharedStrings.xml", "<si>"),
        (xlsx({"S": [["Title"]]}), "xl/worksheets/sheet1.xml", "<c "),
        (xlsx({"S": [["Title"]]}), "xl/worksheets/sheet1.xml", '<c t="s"'),
        (ods([["Title"]]), "content.xml", "<table:table-cell "),
    ],
)
def test_tags_that_are_never_closed_are_read_once(agenda: Program, workbook: bytes, part: str, tag: str) -> None:
    run = agenda("import", "-", stdin=archive(parts_of(workbook) | {part: tag * 1_000_000}))
    assert (run.code, run.out) == (1, "")
    assert "this is no workbook of Excel or LibreOffice, or not a whole one" in run.err


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA], ids=["deflate", "lzma"])
def test_part_that_cannot_be_unpacked_is_refused(agenda: Program, method: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, text in parts_of(xlsx({"S": PROGRAMME})).items():
            file.writestr(name, text)
        start = file.getinfo("xl/worksheets/sheet1.xml").header_offset + 30 + len("xl/worksheets/sheet1.xml")
    content = bytearray(packed.getvalue())
    content[start + 20] ^= 0xFF
    run = agenda("import", "-", stdin=bytes(content))
    assert (run.code, run.out) == (1, "")
    assert "this is no whole workbook" in run.err


@pytest.mark.parametrize("number", ["1E999", "1E300"])
def test_number_beyond_all_days_is_left_out(agenda: Program, tmp_path: Path, number: str) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(xlsx({"Programme": [["Title", "Date", "Duration"], ["Opening", 1234567, 1234567]]}))
    with zipfile.ZipFile(book) as archive_:
        parts = {name: archive_.read(name).decode().replace("1234567", number) for name in archive_.namelist()}
    book.write_bytes(archive(parts))
    run = agenda("import", book)
    assert run.code == 0
    assert "is no day and no time" in run.err
    assert "is no length of time" in run.err
