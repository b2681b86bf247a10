"""Files that have none of the formats that are imported: what they are, by their first bytes and by their names."""

import re
from pathlib import PurePath

from agenda.errors import DataError, Diagnostic
from agenda.files import UTF_16_MARKS
from agenda.interchange.detect import (
    WORKBOOK_STARTS,
    FileFormat,
    has_calendar_line,
    is_binary,
    is_toml,
)

_PICTURE = ("a picture", "type its table into a spreadsheet, and save that")
_PACKED = ("a packed file", "unpack it first")
_COPIED = "copy its table into a spreadsheet, and save that"
_SIGNATURES = {
    b"%PDF-": ("a PDF", _COPIED),
    b"{\\rtf": ("a text of a word processor (RTF)", _COPIED),
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"RIFF"), _PICTURE),
    **dict.fromkeys((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf'\x1c", b"Rar!", b"\x28\xb5\x2f\xfd"), _PACKED),
}
"""What files of other kinds begin with, what they are, and what to do with them."""
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<(?:\?xml(?>.*?\?>)|!--(?>.*?-->))\s*+)*+<(?:!doctype\s+html|html|head|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The first element of a page, behind a declaration of XML and comments."""
_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*(?:[\[\]{}\"'\d-]|(?:true|false|null)\b|\Z)")
"""What begins as JSON; a table may have the heading `[Title]`."""
_HTML_RIGHT = "open it in a browser or a spreadsheet, and copy its table or save it as .xlsx"
_TABLE_RIGHT = "save it anew, as text with commas, semicolons or tabs between its cells"
_WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_TABLE_SUFFIXES = (".csv", ".tsv")
_JSON_SUFFIXES = (".json", ".jsonl")
_CALENDAR_SUFFIXES = (".ics", ".ical", ".vcs")
_EXPECTED = {
    **dict.fromkeys(_WORKBOOK_SUFFIXES, ("workbook", "save it anew, as .xlsx, .ods or .csv")),
    **dict.fromkeys(_TABLE_SUFFIXES, ("table", _TABLE_RIGHT)),
    **dict.fromkeys(_JSON_SUFFIXES, ("JSON", "get it anew")),
    **dict.fromkeys(_CALENDAR_SUFFIXES, ("calendar", "get it anew")),
    ".xml": ("XML", "get it anew"),
}
"""By the end of a name: what such a file is, and what to do where it is not."""
_RIGHT = "what can be imported is a calendar (.ics), a table (.csv, .xlsx, .ods) or a schedule (.xml, .json)"


def refuse_binary(content: bytes, shown: str) -> None:
    """Raise DataError where a file that is called `shown` is empty, or its first bytes show that it is a PDF, a picture
    or whatever else is no text. What may be a workbook is left to those that read workbooks.
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _refused(shown, "this file has nothing but blanks" if content else "this file is empty")
    if content.startswith(WORKBOOK_STARTS):
        return
    signature = next((kind for start, kind in _SIGNATURES.items() if content.startswith(start)), None)
    if signature and (signature[1] is _COPIED or is_binary(content)):
        raise _refused(shown, f"this is {signature[0]}", signature[1])
    if is_binary(content):
        raise _refused(shown, "this is binary data of no kind that is known here")


def refuse_other(content: bytes, shown: str, kind: FileFormat) -> None:
    """Raise DataError where a file that was detected as of that kind is a text of none that is imported."""
    if kind is FileFormat.XML and _HTML.match(content):
        raise _refused(shown, "this is a page of the web (HTML)", _HTML_RIGHT)
    if kind not in {FileFormat.TABLE, FileFormat.ICALENDAR} or has_calendar_line(content):
        return
    suffix = _suffix(shown)
    if suffix in _JSON_SUFFIXES and (kind is FileFormat.ICALENDAR or _JSON_START.match(content)):
        from agenda.interchange.json_text import decode_json, parse_json  # most files are no JSON

        parse_json(decode_json(content, shown), shown)
        wrong = "this JSON is neither a list of events, as `agenda list --format json` writes it, nor a schedule"
        raise DataError([Diagnostic(shown, 1, 1, wrong)])
    if kind is FileFormat.TABLE or content.startswith(UTF_16_MARKS):
        return
    if is_toml(content):
        raise DataError([Diagnostic(shown, 1, 1, "this is an agenda file, which needs no import")])
    if suffix in _TABLE_SUFFIXES:
        raise _refused(shown, "this text has nothing between cells")
    raise _refused(shown, "this is a text of no kind that is known here")


def _refused(shown: str, what: str, right: str = "") -> DataError:
    """The error that says what a file is, and what would be `right`; without that, what its name asks for."""
    called, usual = _EXPECTED.get(_suffix(shown), ("", _RIGHT))
    contrary = f", and no {called} as its name says" if called else ""
    return DataError([Diagnostic(shown, 1, 1, f"{what}{contrary}; {right or usual}")])


def _suffix(shown: str) -> str:
    return PurePath(shown).suffix.lower()
