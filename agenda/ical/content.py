"""Content lines: their values, and how they are folded (RFC 5545, 3.1 to 3.3)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timezone, tzinfo
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

_MAX_LINE_OCTETS = 75
"""Without the CRLF (3.1)."""
_CONTINUATION_OCTETS = range(0x80, 0xC0)
"""The octets of UTF-8 that do not start a character (RFC 3629, 3)."""
_BLANK = b" \t"

_NAMES_OF_UTC = ("UTC", "UCT", "Universal", "Zulu", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich")
_UTC = {*_NAMES_OF_UTC, *(f"Etc/{name}" for name in _NAMES_OF_UTC)}

_ESCAPED = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
"""The backslash comes first, since the others are escaped with one."""
_URI_CHARACTERS = "!$%&'()*+,/:;=?@~"
_AUTHORITY = re.compile(r"((?:[^:/?#]+:)?(?://[^/?#]*)?)(.*)", re.DOTALL)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def raw_line(name: str, value: str, **parameters: str) -> ContentLine:
    """A line whose value is written unescaped; its parameters must need no quotes, as names of zones do not (3.1)."""
    # Each line has parameters of its own: the default of ContentLine is one dict, shared by all lines.
    return ContentLine(name, {key: [parameter] for key, parameter in parameters.items()} if parameters else {}, value)


def text_line(name: str, value: str) -> ContentLine:
    """A line of text, escaped (3.3.11)."""
    return raw_line(name, escaped(value))


def texts_line(name: str, values: Iterator[str] | list[str]) -> ContentLine:
    """A line of several texts, separated by commas."""
    return raw_line(name, ",".join(escaped(value) for value in values))


def moment_line(name: str, value: Moment) -> ContentLine:
    """A day, a time in UTC, a local time with its zone, or a floating time (3.3.4 and 3.3.5)."""
    text = _format_moment(value)
    if not isinstance(value, datetime):
        return raw_line(name, text, VALUE="DATE")
    if isinstance(value.tzinfo, ZoneInfo) and not is_utc(value.tzinfo):
        return raw_line(name, text, TZID=value.tzinfo.key)
    return raw_line(name, text)


def is_utc(zone: tzinfo) -> bool:
    """Whether a zone is UTC by whatever name, as `Etc/UTC` or `GMT`, or an offset: its times are written with a `Z`,
    since a TZID must not be applied to times in UTC (3.2.19).
    """
    return isinstance(zone, timezone) or (isinstance(zone, ZoneInfo) and zone.key in _UTC)


@lru_cache  # most events share one stamp, and write it twice
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
    """A URI (RFC 3986) for an address that may have letters beyond ASCII (RFC 3987)."""
    authority, rest = _AUTHORITY.fullmatch(address).groups()  # type: ignore[union-attr]  # it matches anything
    path, hash_sign, fragment = rest.partition("#")
    parts = quote(authority, safe=_URI_CHARACTERS + "[]") + quote(path, safe=_URI_CHARACTERS)
    uri = parts + hash_sign + quote(fragment, safe=_URI_CHARACTERS)
    return _STRAY_PERCENT.sub("%25", uri)


def escaped(value: str) -> str:
    """A TEXT value (3.3.11)."""
    value = clean_text(value)
    for char, escape in _ESCAPED:  # a tenth of the time of `translate`
        value = value.replace(char, escape)
    return value


def fold_lines(container: Container) -> str:
    """The lines of a container and of those in it, folded, each with its CRLF (3.1)."""
    return "\r\n".join((*_folded_lines(container), ""))


def _folded_lines(container: Container) -> Iterator[str]:
    yield f"BEGIN:{container.name}"
    for item in container:
        if isinstance(item, Container):
            yield from _folded_lines(item)
            continue
        line = str(item) if item.params else f"{item.name}:{item.value}"  # a third of the time
        yield line if len(line) <= _MAX_LINE_OCTETS and line.isascii() else _fold(line)
    yield f"END:{container.name}"


def _format_moment(value: Moment) -> str:
    if not isinstance(value, datetime):
        return format_day(value)
    return format_utc(value) if value.tzinfo and is_utc(value.tzinfo) else format_local(value)


def _fold(line: str) -> str:
    octets = line.encode()
    visible = len(octets.rstrip(_BLANK))
    start, end = 0, _MAX_LINE_OCTETS
    pieces = []
    while end < len(octets):
        if end >= visible:  # else the last line would be nothing but blanks
            end = visible - 1
        while octets[end] in _CONTINUATION_OCTETS:
            end -= 1
        pieces.append(octets[start:end])
        start, end = end, end + _MAX_LINE_OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode()
