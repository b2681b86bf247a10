"""The components and properties of an iCalendar file (RFC 5545, 3.1 to 3.4), as leniently as they are written.

A line is taken apart by what `icalendar` has for lines. Its components are not used: they read every value at once, in
twice the time, and keep the properties of an event by name, so that what is odd in one of them loses the whole event.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from icalendar.parser import Contentline
from msgspec import Struct, field

from agenda.errors import DataError, Diagnostic
from agenda.files import decodable
from agenda.text import quote, shorten

_PLAIN = re.compile(r"([A-Za-z0-9-]+):(.*)", re.DOTALL)
"""A line without parameters: most are, and need no more than this."""
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"(?:[^,\\]|\\.)+", re.DOTALL)


class Property(Struct, frozen=True):
    """A content line: its name in capitals, its value as it is written, and its parameters."""

    name: str
    value: str
    parameters: Mapping[str, str] = {}

    @property
    def text(self) -> str:
        """The value as a text (3.3.11)."""
        return _unescaped(self.value)

    @property
    def texts(self) -> list[str]:
        """The value as several texts, separated by commas; those that are blank are left out."""
        return [text for one in _COMMA.findall(self.value) if (text := _unescaped(one).strip())]


_NONE = "this is no iCalendar file, which starts with BEGIN:VCALENDAR; an agenda file needs no import"


class Component(Struct):
    """What stands between BEGIN and END, in the order of the file, and the line of its BEGIN."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    components: list["Component"] = field(default_factory=list)

    def first(self, *names: str) -> Property | None:
        """The first property of the first of these names that is there with a value."""
        return next((one for name in names for one in self.all(name) if one.value.strip()), None)

    def all(self, name: str) -> list[Property]:
        """The properties of that name."""
        return [one for one in self.properties if one.name == name]

    def text(self, *names: str) -> str:
        """The first of these that is there, as text without blanks around it; else nothing."""
        found = self.first(*names)
        return found.text.strip() if found else ""


class ReadResult(Struct):
    """The calendars of a file, and what could not be read of it, each with its place."""

    calendars: list[Component]
    findings: list[Diagnostic]


def read_calendars(content: bytes, shown: str) -> ReadResult:
    """The calendars in the content of a file, which is called `shown` in messages.

    Raises DataError where it is no iCalendar file, or not a whole one. What is wrong with one line is a finding.
    """
    top = Component("", 1)
    open_ = [top]
    names = Counter[str]()  # of those that are open
    findings: list[Diagnostic] = []
    number = 1
    for number, text in _lines(decodable(content, shown, "a calendar is an iCalendar file (.ics)"), findings, shown):
        found = _property(text)
        if found is None:
            findings.append(Diagnostic(shown, number, 1, f"{quote(text)} is no line of a calendar; it is left out"))
        elif found.name == "BEGIN":
            component = Component(found.value.strip().upper(), number)
            open_[-1].components.append(component)
            open_.append(component)
            names[component.name] += 1
        elif found.name != "END":
            open_[-1].properties.append(found)
        elif names[name := found.value.strip().upper()]:
            while names[name]:
                closed = open_.pop().name
                names[closed] -= 1
                if closed == name:
                    break
        else:
            findings.append(Diagnostic(shown, number, 1, f"{quote(text)} ends what has no beginning; it is left out"))
    calendars = [one for one in top.components if one.name == "VCALENDAR"]
    if not calendars:
        raise DataError(
            [
                Diagnostic(
                    shown,
                    1,
                    1,
                    _NONE,
                )
            ]
        )
    if open_[1:]:
        within = f"{shorten(open_[-1].name)} of line {open_[-1].line}"
        message = f"the file ends within the {within}; it is not whole, so get it anew"
        raise DataError([Diagnostic(shown, number, 1, message)])
    return ReadResult(calendars, findings)


def _lines(content: bytes, findings: list[Diagnostic], shown: str) -> Iterator[tuple[int, str]]:
    """Each line, unfolded, with its number in the file. It is unfolded before it is decoded, since a line may be folded
    within a character.
    """
    number, pieces = 0, list[bytes]()
    for here, raw in enumerate(content.splitlines(), 1):
        if raw[:1] in (b" ", b"\t") and pieces:
            pieces.append(raw[1:])
        elif raw.strip():
            if pieces:
                yield number, _decoded(b"".join(pieces), number, findings, shown)
            number, pieces = here, [raw]
    if pieces:
        yield number, _decoded(b"".join(pieces), number, findings, shown)


def _decoded(whole: bytes, number: int, findings: list[Diagnostic], shown: str) -> str:
    try:
        return whole.decode()
    except UnicodeDecodeError:
        findings.append(Diagnostic(shown, number, 1, "this line is not UTF-8; it is taken for Windows-1252"))
        return whole.decode("cp1252", "replace")


def _property(text: str) -> Property | None:
    if plain := _PLAIN.fullmatch(text):
        return Property(plain[1].upper(), plain[2])
    try:
        name, parameters, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
    except (ValueError, AssertionError):
        return None
    if not value and not text.endswith(":"):  # no colon, though icalendar lets that pass
        return None
    given = {key.upper(): one if isinstance(one, str) else ",".join(one) for key, one in parameters.items()}
    return Property(name.upper(), value, given)


def _unescaped(value: str) -> str:
    """A text without its escapes. A backslash before what needs none is let stand for itself, as in a path."""
    return _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[0]), value) if "\\" in value else value


_MEANT = {"n": "\n", "N": "\n", "\\": "\\", ",": ",", ";": ";", ":": ":", '"': '"'}
