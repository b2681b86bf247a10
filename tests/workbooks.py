"""Workbooks of Excel and LibreOffice, made by hand."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from html import escape
from typing import NamedTuple


class Formula(NamedTuple):
    """A formula that shows an error, such as `#REF!`, or whose value is not stored."""

    error: str = ""


Cell = str | float | date | time | Formula | None

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = {date: 1, time: 2, datetime: 3}
"""The formats of cells of these types: those of Excel with the numbers 14, 20 and 22."""


def xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]], merged: str = "", first_row: int = 1) -> bytes:
    """A workbook of Excel with these sheets, whose first row has that number."""
    names = list(sheets)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="{TYPE}'
        f'.sheet.main+xml"/><Default Extension="rels" ContentType="{PACKAGE}/relationships"/></Types>',
        "_rels/.rels": relations(["xl/workbook.xml"], "officeDocument"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, start=1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            [f"worksheets/sheet{n}.xml" for n, _ in enumerate(names, start=1)], "worksheet"
        ).replace(
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>'
        + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 20, 22))
        + "</cellXfs></styleSheet>",
    }
    for number, rows in enumerate(sheets.values(), start=1):
        body = ""
        for row, cells in enumerate(rows, start=first_row):
            inner = "".join(cell(f"{chr(65 + column)}{row}", value) for column, value in enumerate(cells))
            body += f'<row r="{row}">{inner}</row>'
        ranges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{ranges}</worksheet>'
        )
    return archive(parts)


def relations(targets: Sequence[str], kind: str) -> str:
    """The part that names other parts."""
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def cell(name: str, value: Cell) -> str:
    """A cell of Excel: days and times are numbers with a format."""
    zero = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets have no zones
    match value:
        case None:
            return ""
        case str():
            return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        case Formula(""):
            return f'<c r="{name}"><f>A1+1</f></c>'
        case Formula(error):
            return f'<c t="e" r="{name}"><f>A1+1</f><v>{error}</v></c>'
        case datetime():
            number = (value - zero).total_seconds() / 86400
        case date():
            number = float((value - zero.date()).days)
        case time():
            number = (value.hour * 60 + value.minute) / 1440
        case _:
            number = value
    return f'<c r="{name}" s="{STYLES.get(type(value), 0)}"><v>{number!r}</v></c>'


def ods(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of LibreOffice with these rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "calcext")
    )
    body = "".join(f"<table:table-row>{''.join(map(ods_cell, cells))}</table:table-row>" for cells in rows)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Programma">{body}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


def ods_cell(value: Cell) -> str:
    """A cell of LibreOffice."""
    match value:
        case None:
            return "<table:table-cell/>"
        case Formula(""):
            return '<table:table-cell table:formula="of:=[.A1]+1"/>'
        case Formula(error):  # as LibreOffice writes it
            typed = 'table:formula="of:=[.A1]+1" office:value-type="string" office:string-value=""'
            return f'<table:table-cell {typed} calcext:value-type="error"><text:p>{error}</text:p></table:table-cell>'
        case date():
            typed = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case time():
            typed = f'office:value-type="time" office:time-value="PT{value:%H}H{value:%M}M00S"'
        case float() | int():
            typed = f'office:value-type="float" office:value="{value}"'
        case _:
            typed = 'office:value-type="string"'
    return f"<table:table-cell {typed}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def archive(parts: Mapping[str, str]) -> bytes:
    """The parts of a workbook in one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return buffer.getvalue()
