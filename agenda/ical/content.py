"""Content lines: their values, and how they are folded (RFC 5545, 3.1 to 3.3)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timezone
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

# `ics` is one of the packages that users asked for. Its content lines and containers write exactly the properties that
# they are given, as RFC 5545 wants them, but for the folding. Its `Event` and `Calendar` are not used: they turn every
# time into UTC, also a floating one, so that zones are lost; they leave out DTSTAMP, which RFC 5545 requires (3.6.1),
# where no time of creation is given; and they keep events in a set, so that their order changes from run to run.
from ics.grammar.parse import Container, ContentLine

from agenda.ical.texts import clean_text
from agenda.model import Moment

_OCTETS = 75
"""In a line, without its end."""
_WITHIN_CHARACTER = range(0x80, 0xC0)
"""The octets of UTF-8 that no character starts with (RFC 3629, 3)."""
_BLANK = b" \t"

_ESCAPED = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
"""The backslash first, since it is in all others."""
_NEEDS_QUOTING = re.compile('[:;,"\x00-\x1f\x7f]')
_URI_CHARACTERS = "!$%&'()*+,/:;=?@~"
_AUTHORITY = re.compile(r"((?:[^:/?#]+:)?(?://[^/?#]*)?)(.*)", re.DOTALL)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def raw_line(name: str, value: str, **parameters: str) -> ContentLine:
    """A line whose value is written as it is; ValueError where a parameter would have to be quoted."""
    for parameter in parameters.values():
        if _NEEDS_QUOTING.search(parameter):
            raise ValueError(f"{parameter!r} cannot be the value of a parameter without quotes")
    # Parameters always of its own: the default of ContentLine is one dict that all lines share.
    return ContentLine(name, {key: [parameter] for key, parameter in parameters.items()}, value)


def text_line(name: str, value: str) -> ContentLine:
    """A line of text, escaped (3.3.11)."""
    return raw_line(name, escaped(value))


def texts_line(name: str, values: Iterator[str] | list[str]) -> ContentLine:
    """A line of several texts, separated by commas."""
    return raw_line(name, ",".join(escaped(value) for value in values))


def moment_line(name: str, value: Moment) -> ContentLine:
    """A day, a time in UTC, a local time with its zone, or a floating time (3.3.4 and 3.3.5)."""
    return moments_line(name, [value])


def moments_line(name: str, values: list[Moment]) -> ContentLine:
    """Several days or times, which are all of one kind."""
    first = values[0]
    written = ",".join(_written(value) for value in values)
    if not isinstance(first, datetime):
        return raw_line(name, written, VALUE="DATE")
    return (
        raw_line(name, written, TZID=first.tzinfo.key)
        if isinstance(first.tzinfo, ZoneInfo)
        else raw_line(name, written)
    )


@lru_cache  # most events have one stamp, and have it twice
def format_utc(time: datetime) -> str:
    """An instant (3.3.5, form 2)."""
    return f"{format_local(time.astimezone(UTC))}Z"


def format_day(value: date) -> str:
    """A day (3.3.4)."""
    return value.isoformat().replace("-", "")  # strftime would write the year 987 without its zero


def format_local(time: datetime) -> str:
    """A time as its clock shows it (3.3.5, forms 1 and 3)."""
    return f"{format_day(time.date())}T{time.hour:02}{time.minute:02}{time.second:02}"


def escape_uri(address: str) -> str:
    """A URI (RFC 3986) of an address that may be written in any letters (RFC 3987)."""
    authority, rest = _AUTHORITY.fullmatch(address).groups()  # type: ignore[union-attr]  # it matches anything
    path, hash_sign, fragment = rest.partition("#")
    parts = quote(authority, safe=_URI_CHARACTERS + "[]") + quote(path, safe=_URI_CHARACTERS)
    whole = parts + hash_sign + quote(fragment, safe=_URI_CHARACTERS)
    return _STRAY_PERCENT.sub("%25", whole)


def escaped(value: str) -> str:
    """A TEXT value (3.3.11)."""
    value = clean_text(value)
    for char, written in _ESCAPED:  # a tenth of the time of `translate`
        value = value.replace(char, written)
    return value


def fold_lines(container: Container) -> Iterator[str]:
    """The lines of a container and of those in it, folded, each with its CRLF (3.1)."""
    for whole in str(container).split("\r\n"):
        yield _fold(whole)


def _written(value: Moment) -> str:
    if not isinstance(value, datetime):
        return format_day(value)
    return format_utc(value) if isinstance(value.tzinfo, timezone) else format_local(value)


def _fold(whole: str) -> str:
    if len(whole) <= _OCTETS and whole.isascii():
        return whole + "\r\n"
    octets = whole.encode()
    start, end = 0, _OCTETS
    pieces = []
    while end < len(octets):
        if not octets[end:].strip(_BLANK):  # nothing but blanks would be left for the last line
            end = len(octets.rstrip(_BLANK)) - 1
        while octets[end] in _WITHIN_CHARACTER:
            end -= 1
        pieces.append(octets[start:end])
        start, end = end, end + _OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"
