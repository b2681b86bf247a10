"""What is wrong with a text that is not TOML, in words for people who have never heard of TOML."""

import re
from datetime import time

import tomli

from agenda.text.safe import shorten
from agenda.typed_days.calendar_days import NoSuchDayError, make_day

_HEADER = 'a header is written [cities.Torino], and a name with other signs between quotes, as in [cities."New York"]'
_TEXT = 'text stands between straight quotes, as in "Torino", and a day is written 2026-05-05'
_RIGHT = {
    "invalid value": _TEXT,
    "expected newline or end of document": "a day is written 2026-05-05, and a time 2026-05-05T08:30:00",
    "cannot overwrite a value": "a key is given once; several events are [[events]] each",
    "illegal character '\\n'": 'a quote that opens here is not closed; long text stands between """ and """',
    "illegal character": "take it out, or write it as in \\u0009",
    "unterminated string": "a text ends with the quote, or the three quotes, that it starts with",
    "unclosed array": "a list is written [1, 2], with a comma between its items",
    "unclosed inline table": 'it is written { name = "…", role = "…" }',
    "unescaped '\\' in a string": "write \\\\ for a backslash, or text that has one between single quotes",
    "expected '=' after": 'a line is written key = "value"; a name with other signs than a to z stands between quotes',
    "expected ']'": _HEADER,
    "expected ']]'": "an event starts with [[events]]",
    "invalid initial character": _HEADER,
    "invalid statement": 'a line is a [header], a key = "value", or a comment, which starts with #',
    "cannot declare": "a table is declared once; several events are [[events]] each",
    "cannot mutate": "all of it has to stand in one place",
    "cannot redefine": "all of it has to stand in one place",
}
"""What would be right where tomli says this: of several, the first."""
_MAX_MESSAGE_CHARACTERS = 300
"""Characters of what tomli says that are told: it may quote a key."""
_CALENDAR = "BEGIN:VCALENDAR"
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
"""What git writes at the start of a line around the two sides of a conflict."""
_VALUE_BEFORE = re.compile(r"[^=]*=\s*(.)")
_BEHIND_MOMENTS = ("invalid date or datetime", "expected newline", "unclosed array", "unclosed inline table")
"""What tomli says at a day, or a time of a day, that there is not, or somewhere in it."""
_OF_MOMENTS = "0123456789-:T"
_MOMENT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})?T?(?P<time>\d{2}:\d{2}(?::\d{2})?)?")
_TIMES = "the hours are 00 to 23, the minutes and the seconds 00 to 59"
_NAMES = re.compile(r"\(('[^()]*'),?\)")


_OTHERS = {"<": "XML", "{": "JSON"}
"""What files start with that may be schedules."""


def explain_syntax(error: tomli.TOMLDecodeError) -> str:
    """What is wrong, and what would be right."""
    if error.doc.lstrip()[: len(_CALENDAR)].upper() == _CALENDAR:
        return "this is an iCalendar file; `agenda import` makes an agenda of it"
    if sign := next((sign for sign in _OTHERS if error.doc.lstrip().startswith(sign)), None):
        return f"this is {_OTHERS[sign]}; `agenda import` makes an agenda of the schedule of a conference"
    if match := _CONFLICT.match(error.doc, error.doc.rfind("\n", 0, error.pos) + 1):
        return f"{match[0]} is of a merge conflict; keep one of its two sides, and take out the lines that mark them"
    said = shorten(error.msg[:1].lower() + error.msg[1:], _MAX_MESSAGE_CHARACTERS)
    right = next((right for words, right in _RIGHT.items() if words in said), "")
    if any(words in said for words in _BEHIND_MOMENTS) and (missing := _missing_moment(error)):
        return f"this is not TOML: {missing}"
    if "expected newline" in said:
        right = _after_value(error) or right
    said = _NAMES.sub(lambda names: "[" + ".".join(re.findall("'([^']*)'", names[1])) + "]", said)
    return f"this is not TOML: {said}" + (f"; {right}" if right else "")


def _missing_moment(error: tomli.TOMLDecodeError) -> str:
    """What is said of a day, or of a time of a day, that is written where the error is, and that there is not; empty
    where none is.
    """
    doc = error.doc
    start = error.pos
    while start and doc[start - 1] in _OF_MOMENTS:
        start -= 1
    moment = _MOMENT.match(doc, start)
    if not moment or moment.end() <= error.pos:
        return ""
    if moment["day"]:
        year, month, day = map(int, moment["day"].split("-"))
        try:
            make_day(year, month, day)
        except NoSuchDayError as lack:
            return f"there is no day {moment['day']}; {_meant_day(year, day, month) or lack}"
    if not moment["time"] or _is_time(moment["time"]):
        return ""
    return f"there is no time {moment['time']}; {_TIMES}"


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _meant_day(year: int, month: int, day: int) -> str:
    """The question whether that day is meant; empty where it is none."""
    try:
        return f"did you mean {make_day(year, month, day)}?"
    except NoSuchDayError:
        return ""


def _after_value(error: tomli.TOMLDecodeError) -> str | None:
    """What would be right in the place of what follows a value, where the line shows it."""
    start = error.doc.rfind("\n", 0, error.pos) + 1
    value = _VALUE_BEFORE.match(error.doc, start, error.pos)
    after = error.doc[error.pos : error.pos + 1]
    if value and (after == ";" or (after == "," and not value[1].isdigit())):
        return "each key has a line of its own"
    if value and value[1] in "\"'":
        return 'the text ended with the quote before this; write \\" for a quote that belongs to it'
    if value and value[1].isdigit() and not re.search("[-/:]", error.doc[start:].partition("\n")[0]):
        return "a number is written 45.07"
    return None
