"""The components and properties of an iCalendar file (RFC 5545, 3.1 to 3.4), as leniently as they are written.

A line is taken apart by what `icalendar` has for lines. Its components are not used: they read every value at once, in
twice the time, and keep the properties of an event by name, so that what is odd in one of them loses the whole event.
"""

import base64
import codecs
import quopri
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from sys import intern
from types import MappingProxyType

from icalendar.parser import Contentline
from msgspec import Struct, field

from agenda.errors import DataError, Diagnostic
from agenda.files import decodable
from agenda.text.safe import quote, shorten
from agenda.text.sentences import count_of

_PLAIN = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=[A-Za-z0-9_/.-]+)*):(.*)", re.DOTALL)
"""A line whose parameters have nothing in them that may be quoted or escaped: most are, and need no more than this."""
_SOFT_BREAK = re.compile(rb"ENCODING=\"?QUOTED-PRINTABLE\"?[;:]", re.IGNORECASE)
"""In a line of vCalendar 1.0, which goes on in the next one where it ends with an equals sign."""
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"(?:[^,\\]|\\.)+", re.DOTALL)


_NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})
_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


class Property(Struct, frozen=True, gc=False):
    """A content line: its name in capitals, its value as it is written, and its parameters."""

    name: str
    value: str
    parameters: Mapping[str, str] = _NO_PARAMETERS

    @property
    def text(self) -> str:
        """The value as a text (3.3.11)."""
        return _unescaped(self.value)

    @property
    def items(self) -> list[str]:
        """The value as several texts, separated by commas."""
        return list(map(_unescaped, _COMMA.findall(self.value)))

    @property
    def texts(self) -> list[str]:
        """The same without blanks around them; those that are blank are left out."""
        return [text for item in self.items if (text := item.strip())]


_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "CATEGORIES", "X-WR-CALNAME", "X-WR-CALDESC"}
_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "QUOTED-PRINTABLE": quopri.decodestring,
    "BASE64": base64.b64decode,
    "B": base64.b64decode,
}
_NONE = "this is no iCalendar file, which starts with BEGIN:VCALENDAR; an agenda file needs no import"


class Component(Struct, dict=True):
    """What stands between BEGIN and END, in the order of the file, and the line of its BEGIN. It is complete before
    anything of it is asked for.
    """

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    components: list["Component"] = field(default_factory=list)

    def first(self, *names: str) -> Property | None:
        """The first property of the first of these names that is there with a value."""
        for name in names:
            for given in self._by_name.get(name, ()):
                if given.value.strip():
                    return given
        return None

    def all(self, name: str) -> list[Property]:
        """The properties of that name."""
        return self._by_name.get(name, [])

    @cached_property
    def _by_name(self) -> dict[str, list[Property]]:
        """The properties of each name."""
        by_name: dict[str, list[Property]] = {}
        for given in self.properties:
            by_name.setdefault(given.name, []).append(given)
        return by_name

    def text(self, *names: str) -> str:
        """The first of these that is there, as text without blanks around it; else nothing."""
        found = self.first(*names)
        return found.text.strip() if found else ""


class ReadResult(Struct):
    """The calendars of a file, and what could not be read of it, each with its place."""

    calendars: list[Component]
    diagnostics: list[Diagnostic]


def read_calendars(content: bytes, shown: str) -> ReadResult:
    """The calendars in the content of a file, which is called `shown` in messages.

    Raises DataError where it is no iCalendar file, or not a whole one. What is wrong with one line is a diagnostic.
    """
    top = Component("", 1)
    open_ = [top]
    names = Counter[str]()  # of those that are open
    diagnostics: list[Diagnostic] = []
    number = 1
    for number, text in _lines(decodable(content, shown, "a calendar is an iCalendar file (.ics)"), diagnostics, shown):
        found = _property(text)
        if found is None:
            diagnostics.append(Diagnostic(shown, number, 1, f"{quote(text)} is no line of a calendar; it is left out"))
        elif found.name == "BEGIN":
            component = Component(found.value.strip().upper(), number)
            open_[-1].components.append(component)
            open_.append(component)
            names[component.name] += 1
        elif found.name != "END":
            if found.value or found.parameters:  # else it says nothing, and files may have millions of such lines
                open_[-1].properties.append(found)
        elif names[name := found.value.strip().upper()]:
            while names[name]:
                closed = open_.pop().name
                names[closed] -= 1
                if closed == name:
                    break
        else:
            diagnostics.append(
                Diagnostic(shown, number, 1, f"{quote(text)} ends what has no beginning; it is left out")
            )
    calendars = _calendars(top, diagnostics, shown)
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
        message = f"the file ends within the {within}; it is not whole; get it again"
        raise DataError([Diagnostic(shown, number, 1, message)])
    return ReadResult(calendars, diagnostics)


def _calendars(top: Component, diagnostics: list[Diagnostic], shown: str) -> list[Component]:
    """The calendars of a stream (RFC 5545, 3.4), and one of the events that stand outside of any."""
    calendars = [component for component in top.components if component.name == "VCALENDAR"]
    outside = [component for component in top.components if component.name != "VCALENDAR"]
    has_events = any(component.name == "VEVENT" for component in outside)
    if calendars or has_events:
        becomes = "is taken in all the same" if has_events else "is left out"
        for component in outside:
            message = f"this {shorten(component.name)} stands outside of any VCALENDAR; it {becomes}"
            diagnostics.append(Diagnostic(shown, component.line, 1, message))
        strays = [given.name for given in top.properties if given.value.strip()]
        if strays:
            message = f"left out: {count_of(len(strays), 'line')} outside of any VCALENDAR, such as {quote(strays[0])}"
            diagnostics.append(Diagnostic(shown, 1, 1, message))
    return [*calendars, Component("VCALENDAR", outside[0].line, components=outside)] if has_events else calendars


def _lines(content: bytes, diagnostics: list[Diagnostic], shown: str) -> Iterator[tuple[int, str]]:
    """Each line, unfolded, with its number in the file. It is unfolded before it is decoded, since a line may be folded
    within a character.
    """
    number, pieces = 0, list[bytes]()
    for here, line in enumerate(_LINE.finditer(content), 1):
        raw = line[1].removeprefix(codecs.BOM_UTF8)  # each of several files that were joined may have one
        if pieces and pieces[-1].endswith(b"=") and _SOFT_BREAK.search(pieces[0]):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(raw[1:] if raw[:1] in (b" ", b"\t") else raw)
        elif raw[:1] in (b" ", b"\t") and pieces:
            pieces.append(raw[1:])
        elif raw.strip():
            if pieces:
                yield number, _decoded(b"".join(pieces), number, diagnostics, shown)
            number, pieces = here, [raw]
    if pieces:
        yield number, _decoded(b"".join(pieces), number, diagnostics, shown)


def _decoded(whole: bytes, number: int, diagnostics: list[Diagnostic], shown: str) -> str:
    try:
        return whole.decode()
    except UnicodeDecodeError:
        diagnostics.append(Diagnostic(shown, number, 1, "this line is not UTF-8; it is taken for Windows-1252"))
        return whole.decode("cp1252", "replace")


@lru_cache  # many lines of a calendar are alike, as those that begin and end an event
def _property(text: str) -> Property | None:
    if plain := _PLAIN.fullmatch(text):
        simple = Property(intern(plain[1].upper()), plain[3], _plain_parameters(plain[2]))
        return _decode_value(simple) if plain[2] else simple
    if ":" not in text:
        return None
    try:
        name, parameters, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
    except (ValueError, AssertionError):
        return None
    if not value and not text.endswith(":"):  # no colon, though icalendar lets that pass
        return None
    given = {key.upper(): one if isinstance(one, str) else ",".join(one) for key, one in parameters.items()}
    return _decode_value(Property(name.upper(), value, given))


@lru_cache  # most properties of a calendar have one of a few
def _plain_parameters(text: str) -> Mapping[str, str]:
    """The parameters of a plain line, e.g. `;VALUE=DATE`; of those that stand there again the last."""
    if not text:
        return _NO_PARAMETERS
    return MappingProxyType(
        {name.upper(): value for name, _, value in (one.partition("=") for one in text[1:].split(";"))}
    )


def _decode_value(given: Property) -> Property:
    """The property with its value as text, where that is QUOTED-PRINTABLE, as in vCalendar 1.0, or a text in BASE64; as
    it is where that cannot be read. What is left encoded keeps its ENCODING.
    """
    encoding = given.parameters.get("ENCODING", "").upper()
    if encoding != "QUOTED-PRINTABLE" and not (given.name in _TEXTS and encoding in {"BASE64", "B"}):
        return given
    try:
        raw = _DECODERS[encoding](given.value.encode())
        text = raw.decode(given.parameters.get("CHARSET", "utf-8"))
    except (ValueError, LookupError):  # binascii.Error is a ValueError
        return given
    kept = {name: value for name, value in given.parameters.items() if name not in {"ENCODING", "CHARSET"}}
    return Property(given.name, text.replace("\r\n", "\n"), kept)


def _unescaped(value: str) -> str:
    """A text without its escapes. A backslash before what needs none is let stand for itself, as in a path."""
    return _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[0]), value) if "\\" in value else value


_MEANT = {"n": "\n", "N": "\n", "\\": "\\", ",": ",", ";": ";", ":": ":", '"': '"'}
