"""What workbooks hide, strike out, or have in cells that are one."""

import io
import zipfile
from collections.abc import Callable

import pytest
from conftest import Run
from workbooks import MAIN, Cell, archive, ods, xlsx

Program = Callable[..., Run]

ROWS: list[list[Cell]] = [
    ["Titolo", "Giorno", "Ora"],
    ["Saluti", "10 dicembre 2026", "9:00"],
    ["Prova", "10 dicembre 2026", "10:00"],
    ["Cena", "10 dicembre 2026", "20:00"],
]
STRUCK = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
    "<dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
)
ODS_STYLES = (
    '<office:automatic-styles><style:style style:name="ce1">'
    '<style:text-properties style:text-line-through-style="none"/>'
    '</style:style><style:style style:name="ce2"><style:text-properties style:text-line-through-style="solid"/>'
    "</style:style></office:automatic-styles><office:body>"
)
STYLE_SPACE = '<office:document-content xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'


ODS_ROW = "<table:table-row>"
EXCEL = "xl/worksheets/sheet1.xml"


def changed(workbook: bytes, part: str, change: Callable[[str], str], **others: str) -> bytes:
    """The workbook with one of its parts changed, and its styles, if any are given."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    parts[part] = change(parts[part])
    return archive(parts | {f"xl/{name}.xml": text for name, text in others.items()})


def with_ods_row(number: int, attributes: str) -> Callable[[str], str]:
    """What gives a row of LibreOffice these attributes."""

    def change(text: str) -> str:
        rows = text.split(ODS_ROW)
        return ODS_ROW.join(rows[:number]) + f"<table:table-row {attributes}>" + ODS_ROW.join(rows[number:])

    return change


@pytest.mark.parametrize(
    "workbook",
    [
        changed(xlsx({"S": ROWS}), EXCEL, lambda text: text.replace('<row r="3"', '<row r="3" hidden="1"')),
        changed(ods(ROWS), "content.xml", with_ods_row(3, 'table:visibility="filter"')),
        changed(ods(ROWS), "content.xml", with_ods_row(3, 'table:visibility="collapse"')),
    ],
    ids=["xlsx", "ods, filtered", "ods"],
)
def test_hidden_row_is_taken_and_told(agenda: Program, workbook: bytes) -> None:
    run = agenda("import", "-", stdin=workbook)
    assert run.out.count("[[events]]") == len(ROWS) - 1
    assert "hidden in the workbook, and taken all the same: row 3\n" in run.err


def struck_in_excel(style: int) -> bytes:
    """A workbook whose title in row 3 has the style of that number."""
    return changed(xlsx({"S": ROWS}), EXCEL, lambda text: text.replace('r="A3"', f'r="A3" s="{style}"'), styles=STRUCK)


def struck_in_ods(style: str) -> bytes:
    """A workbook whose title in row 3 has the style of that name."""

    def change(text: str) -> str:
        before, title, after = text.partition('<table:table-cell office:value-type="string"><text:p>Prova')
        text = f"{before}{title.replace(' ', f' table:style-name={style!r} ', 1)}{after}"
        return text.replace("<office:body>", ODS_STYLES).replace("<office:document-content", STYLE_SPACE)

    return changed(ods(ROWS), "content.xml", change)


@pytest.mark.parametrize("workbook", [struck_in_excel(1), struck_in_ods("ce2")], ids=["xlsx", "ods"])
def test_row_that_is_struck_out_is_taken_and_told(agenda: Program, workbook: bytes) -> None:
    run = agenda("import", "-", stdin=workbook)
    assert run.out.count("[[events]]") == len(ROWS) - 1
    told = "struck out in the workbook, at least in part, and taken all the same; `agenda cancel` cancels an event"
    assert f"{told}: row 3\n" in run.err


@pytest.mark.parametrize(
    "workbook",
    [struck_in_excel(0), struck_in_excel(2), struck_in_ods("ce1"), xlsx({"S": ROWS}), ods(ROWS)],
    ids=["xlsx, usual font", "xlsx, not struck", "ods, not struck", "xlsx, no style", "ods, no style"],
)
def test_rows_that_are_neither_are_not_told(agenda: Program, workbook: bytes) -> None:
    err = agenda("import", "-", stdin=workbook).err
    assert "struck" not in err
    assert "hidden" not in err


def test_rows_of_a_sheet_for_each_day_are_told_by_their_sheet(agenda: Program) -> None:
    day: list[list[Cell]] = [["Ora", "Titolo"], ["9:00", "Saluti"], ["10:00", "Prova"]]
    workbook = xlsx({"10 dicembre 2026": day, "11 dicembre 2026": day})
    hidden = changed(
        workbook, "xl/worksheets/sheet2.xml", lambda text: text.replace('<row r="3"', '<row r="3" hidden="true"')
    )
    err = agenda("import", "-", stdin=hidden).err
    assert 'hidden in the workbook, and taken all the same: row 3 of "11 dicembre 2026"\n' in err


def hidden_sheet(sheets: dict[str, list[list[Cell]]]) -> bytes:
    """A workbook whose last sheet is hidden."""

    def hide(text: str) -> str:
        before, last, after = text.rpartition("<sheet ")
        return f'{before}{last}state="hidden" {after}'

    return changed(xlsx(sheets), "xl/workbook.xml", hide)


def test_hidden_sheet_is_left_out_and_told(agenda: Program) -> None:
    workbook = hidden_sheet({"Programma": ROWS, "Vecchio": ROWS})
    run = agenda("import", "-", stdin=workbook)
    assert run.out.count("[[events]]") == len(ROWS) - 1
    assert 'hidden in the workbook, and left out: the sheet "Vecchio"; --sheet NAME reads one of them\n' in run.err
    chosen = agenda("import", "-", "--sheet", "Vecchio", stdin=workbook)
    assert chosen.out.count("[[events]]") == len(ROWS) - 1
    assert "hidden" not in chosen.err


def test_workbook_that_hides_all_that_it_has_says_so(agenda: Program) -> None:
    run = agenda("import", "-", stdin=hidden_sheet({"Copertina": [["Benvenuti"]], "Programma": ROWS}))
    assert run.code == 1
    assert 'the workbook hides the sheet "Programma", and --sheet NAME reads one of them\n' in run.err


def test_cells_of_libreoffice_that_are_one_give_their_day_to_all_rows(agenda: Program) -> None:
    rows: list[list[Cell]] = [["Giorno", "Ora", "Titolo"], ["10 dicembre 2026", "9", "A"], [None, "10", "B"]]
    rows += [[None, None, "C"], ["11 dicembre 2026", "9", "D"]]
    spanned = '<table:table-cell table:number-rows-spanned="3" table:number-columns-spanned="1" '

    def merge(text: str) -> str:
        before, cell, after = text.partition('<table:table-cell office:value-type="string"><text:p>10 dicembre')
        return before + cell.replace("<table:table-cell ", spanned) + after

    run = agenda("import", "-", stdin=changed(ods(rows), "content.xml", merge))
    starts = [line for line in run.out.splitlines() if line.startswith("start = ")]
    assert starts == [
        "start = 2026-12-10T09:00:00",
        "start = 2026-12-10T10:00:00",
        "start = 2026-12-10",
        "start = 2026-12-11T09:00:00",
    ]
    assert "row above" not in run.err


def test_number_that_may_be_a_time_is_refused_with_what_it_may_be(agenda: Program) -> None:
    run = agenda("import", "-", stdin=xlsx({"S": [["Titolo", "Data", "Ora"], ["A", "2026-12-10", 9.3]]}))
    assert "9.3 is a number, and may be 9:30 or 9:18, 9.3 hours; write it as 09:30; it is left out\n" in run.err
    assert "start = 2026-12-10\n" in run.out
