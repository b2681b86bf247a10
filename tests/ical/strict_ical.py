"""A strict reader of iCalendar, which tells all that is wrong with a file (RFC 5545 and 7986).

Stricter than the RFCs where the agenda promises more: no METHOD, no RDATE, no parameter but VALUE and TZID, nothing in
quotes, one spelling of names and escapes, one EXDATE a day, no length of 0, UTC by no name but Z. It shares no code
with the agenda.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_LINE = re.compile(r'(uid|[A-Z][A-Z0-9-]*)((?:;[A-Z][A-Z0-9-]*=[^:;,"]+)*):(.*)')
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,n])*")
_TIME = re.compile(r"([0-9]{8})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)")
_CLOCK = r"T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DURATION = re.compile(rf"([+-]?)P(?:[0-9]+W|[0-9]+D(?:{_CLOCK})?|{_CLOCK})")
_OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")
_FLOAT = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_AUTHORITY = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|\[[0-9A-Fa-f:.]+\])*"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{_AUTHORITY}(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?])*)?"
)
_WEEKDAY = "(?:SU|MO|TU|WE|TH|FR|SA)"
_BY_DAY = re.compile(rf"([+-]?[0-9]{{1,2}})?{_WEEKDAY}")


@dataclass
class Property:
    """A content line, unfolded."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    """What stands between a BEGIN and its END."""

    name: str
    properties: list[Property] = field(default_factory=list)
    components: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Its properties of that name."""
        return [each for each in self.properties if each.name == name]

    def one(self, name: str) -> Property | None:
        """Its first property of that name."""
        return next(iter(self.all(name)), None)

    def inner(self, *names: str) -> list["Component"]:
        """The components right in it that have one of these names."""
        return [each for each in self.components if each.name in names]


@dataclass(frozen=True)
class _Told:
    """A day or a time, and which of the forms it has: DATE, UTC, LOCAL (with its zone) or FLOATING."""

    form: str
    value: date
    zone: str | None = None

    @property
    def comparable(self) -> datetime:
        """Comparable with others of its form; of a zone that is not known here, as its clocks show it."""
        if not isinstance(self.value, datetime):
            return datetime(self.value.year, self.value.month, self.value.day, tzinfo=UTC)
        try:
            return self.value.replace(tzinfo=ZoneInfo(self.zone) if self.zone else UTC).astimezone(UTC)
        except (KeyError, ValueError, OverflowError):
            return self.value.replace(tzinfo=UTC)


def check(data: bytes) -> list[str]:
    """All that is wrong with an iCalendar file, in words; nothing where all is right."""
    mistakes = list(_octets(data))
    root = Component("the file")
    mistakes.extend(_parse(data.decode(errors="replace"), root))
    if root.properties or [each.name for each in root.components] != ["VCALENDAR"]:
        return [*mistakes, "the file is not one VCALENDAR"]
    calendar = root.components[0]
    mistakes.extend(_component(calendar, "VCALENDAR"))
    mistakes.extend(_zones(calendar))
    uids = Counter(each.value for event in calendar.inner("VEVENT") for each in event.all("UID"))
    mistakes.extend(f"UID {uid!r} is there {times} times" for uid, times in uids.items() if times > 1)
    return mistakes


def _octets(data: bytes) -> Iterator[str]:
    """What is wrong with the lines as they are stored (3.1)."""
    if not data.endswith(b"\r\n"):
        yield "the file does not end with CRLF"
    for number, line in enumerate(data.removesuffix(b"\r\n").split(b"\r\n"), 1):
        at = f"line {number}"
        if len(line) > 75:
            yield f"{at} has {len(line)} octets"
        if not line.strip(b" \t"):
            yield f"{at} is blank"
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield f"{at} is not UTF-8 of its own"
            continue
        wrong = {
            char for char in text if char in "\u2028\u2029" or (unicodedata.category(char) == "Cc" and char != "\t")
        }
        if wrong:
            yield f"{at} has control characters: {sorted(map(ascii, wrong))}"


def _parse(text: str, root: Component) -> Iterator[str]:
    open_ = [root]
    for line in re.sub("\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n"):
        match = _LINE.fullmatch(line)
        if not match:
            yield f"no content line, or a parameter that is quoted or empty: {line[:60]!r}"
            continue
        name, parameters, value = match[1].upper(), match[2], match[3]  # uid: see agenda/ical/head.py
        pairs = [each.split("=", 1) for each in parameters.split(";")[1:]]
        if len(dict(pairs)) < len(pairs):
            yield f"{name} has a parameter twice"
        if name == "BEGIN":
            inner = Component(value)
            open_[-1].components.append(inner)
            open_.append(inner)
        elif name == "END":
            if len(open_) == 1 or open_[-1].name != value:
                yield f"END:{value} does not close {open_[-1].name}"
                continue
            open_.pop()
        else:
            if open_[-1].components:
                yield f"{name} stands in {open_[-1].name} after a component"
            open_[-1].properties.append(Property(name, dict(pairs), value))
    yield from (f"{each.name} is never closed" for each in open_[1:])


def _matches(pattern: re.Pattern[str], what: str) -> Callable[[Property], None]:
    def read(given: Property) -> None:
        if not pattern.fullmatch(given.value):
            raise ValueError(f"no {what}")

    return read


def _any_of(*values: str) -> Callable[[Property], None]:
    return _matches(re.compile("|".join(values)), " or ".join(values))


_text = _matches(_TEXT, "TEXT that is escaped as it should be")
_texts = _matches(re.compile(rf"{_TEXT.pattern}(?:,{_TEXT.pattern})*"), "list of TEXT")
_uri = _matches(_URI, "URI")


def _integer(low: int, high: int) -> Callable[[Property], None]:
    def read(given: Property) -> None:
        if not re.fullmatch("[0-9]+", given.value) or not low <= int(given.value) <= high:
            raise ValueError(f"no integer from {low} to {high}")

    return read


def _geo(given: Property) -> None:
    match = re.fullmatch(f"({_FLOAT});({_FLOAT})", given.value)
    if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        raise ValueError("no latitude and longitude")


def _duration(given: Property) -> None:
    match = _DURATION.fullmatch(given.value)
    if not match or match[1] == "-":
        raise ValueError("no DURATION from 0 on")


def _length(given: Property) -> None:
    _duration(given)
    if not re.search("[1-9]", given.value):
        raise ValueError("not positive (3.8.2.5)")


def _refresh(given: Property) -> None:
    _duration(given)
    if not re.search("[1-9]", given.value):
        raise ValueError("not positive (RFC 7986, 5.7)")
    if given.name == "REFRESH-INTERVAL" and given.parameters.get("VALUE") != "DURATION":
        raise ValueError("without VALUE=DURATION (RFC 7986, 5.7)")


def _trigger(given: Property) -> None:
    if given.parameters.get("VALUE") == "DATE-TIME":
        _utc(given)
    elif not _DURATION.fullmatch(given.value):
        raise ValueError("no DURATION")


def _offset(given: Property) -> None:
    match = _OFFSET.fullmatch(given.value)
    if not match or (match[1] == "-" and not re.search("[1-9]", given.value)):
        raise ValueError("no UTC offset")


def _zone_name(given: Property) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_+/-]+", given.value):
        raise ValueError("no name of a zone")


def _day(value: str) -> date:
    if not re.fullmatch("[0-9]{8}", value):
        raise ValueError(f"{value} is no DATE")
    return date(int(value[:4]), int(value[4:6]), int(value[6:]))


def _told(value: str, parameters: dict[str, str]) -> _Told:
    zone = parameters.get("TZID")
    if parameters.get("VALUE") == "DATE":
        if zone:
            raise ValueError("a DATE with a TZID")
        return _Told("DATE", _day(value))
    match = _TIME.fullmatch(value)
    if not match:
        raise ValueError(f"{value} is no DATE-TIME")
    day, (hours, minutes, seconds) = _day(match[1]), map(int, match.groups()[1:4])
    time = datetime(day.year, day.month, day.day, hours, minutes, seconds)  # noqa: DTZ001 - the form says the rest
    if match[5] and zone:
        raise ValueError("a time in UTC with a TZID")
    if zone and zone.removeprefix("Etc/") in {"UTC", "UCT", "Zulu", "Universal", "GMT", "Greenwich"}:
        raise ValueError("UTC by a TZID")
    if match[5]:
        return _Told("UTC", time)
    return _Told("LOCAL" if zone else "FLOATING", time, zone)


def _moment(given: Property) -> None:
    _told(given.value, given.parameters)


def _in_form(form: str) -> Callable[[Property], None]:
    def read(given: Property) -> None:
        if _told(given.value, given.parameters).form != form:
            raise ValueError(f"not {form}")

    return read


_utc = _in_form("UTC")


def _numbers(low: int, high: int, *, signed: bool) -> Callable[[str], bool]:
    form = re.compile("[+-]?[0-9]{1,3}" if signed else "[0-9]{1,2}")
    return lambda value: all(form.fullmatch(one) and low <= abs(int(one)) <= high for one in value.split(","))


def _by_days(value: str) -> bool:
    matches = [_BY_DAY.fullmatch(one) for one in value.split(",")]
    return all(match and (match[1] is None or 1 <= abs(int(match[1])) <= 53) for match in matches)


_RULE_PARTS: dict[str, Callable[[str], object]] = {
    "FREQ": re.compile("SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY").fullmatch,
    "UNTIL": lambda value: _told(value, {"VALUE": "DATE"} if "T" not in value else {}),
    "COUNT": re.compile("0*[1-9][0-9]*").fullmatch,
    "INTERVAL": re.compile("0*[1-9][0-9]*").fullmatch,
    "BYSECOND": _numbers(0, 60, signed=False),
    "BYMINUTE": _numbers(0, 59, signed=False),
    "BYHOUR": _numbers(0, 23, signed=False),
    "BYDAY": _by_days,
    "BYMONTHDAY": _numbers(1, 31, signed=True),
    "BYYEARDAY": _numbers(1, 366, signed=True),
    "BYWEEKNO": _numbers(1, 53, signed=True),
    "BYMONTH": _numbers(1, 12, signed=False),
    "BYSETPOS": _numbers(1, 366, signed=True),
    "WKST": re.compile(_WEEKDAY).fullmatch,
}
_NOT_WITH = {
    "BYMONTHDAY": {"WEEKLY"},
    "BYYEARDAY": {"DAILY", "WEEKLY", "MONTHLY"},
    "BYWEEKNO": {"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY"},
}


def _rule(given: Property) -> None:
    """What is wrong with a RECUR value on its own (3.3.10)."""
    pairs = [part.partition("=")[::2] for part in given.value.split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs):
        raise ValueError("a part twice")
    if pairs[0][0] != "FREQ":
        raise ValueError("FREQ is not the first part")
    for name, value in pairs:
        if name not in _RULE_PARTS or not _RULE_PARTS[name](value):
            raise ValueError(f"{name}={value} is no part of a rule")
        if parts["FREQ"] in _NOT_WITH.get(name, ()):
            raise ValueError(f"{name} with FREQ={parts['FREQ']}")
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("COUNT with UNTIL")
    if re.search("[0-9]", parts.get("BYDAY", "")) and (
        parts["FREQ"] not in {"MONTHLY", "YEARLY"} or "BYWEEKNO" in parts
    ):
        raise ValueError("a numbered BYDAY where there is none")
    if "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts):
        raise ValueError("BYSETPOS alone")


def _event_rule(given: Property) -> None:
    """What is wrong with the rule of an event, which must tell the days and months that else follow from its start."""
    _rule(given)
    parts = dict(part.split("=") for part in given.value.split(";"))
    if parts["FREQ"] not in {"MONTHLY", "YEARLY"} or ("BYDAY" in parts and "BYMONTHDAY" not in parts):
        return
    if "BYMONTHDAY" not in parts or (parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts):
        raise ValueError("days or months that follow from the start")


_Wanted = dict[str, tuple[int, int | None, Callable[[Property], None]]]
"""What a component may have: each property at least and at most how often, and what reads its value."""

_OBSERVANCE: _Wanted = {
    "DTSTART": (1, 1, _in_form("FLOATING")),
    "TZOFFSETFROM": (1, 1, _offset),
    "TZOFFSETTO": (1, 1, _offset),
    "TZNAME": (0, None, _text),
    "RRULE": (0, 1, _rule),
    "COMMENT": (0, None, _text),
}
_COMPONENTS: dict[str, tuple[_Wanted, tuple[str, ...]]] = {
    "VCALENDAR": (
        {
            "VERSION": (1, 1, _any_of(r"2\.0")),
            "PRODID": (1, 1, _text),
            "CALSCALE": (1, 1, _any_of("GREGORIAN")),
            "NAME": (0, 1, _text),
            "DESCRIPTION": (0, 1, _text),
            "UID": (0, 1, _text),
            "LAST-MODIFIED": (0, 1, _utc),
            "URL": (0, 1, _uri),
            "CATEGORIES": (0, None, _texts),
            "COLOR": (0, 1, _matches(re.compile("[a-z]+"), "name of a colour")),
            "REFRESH-INTERVAL": (0, 1, _refresh),
            "X-WR-CALNAME": (0, 1, _text),
            "X-WR-CALDESC": (0, 1, _text),
            "X-WR-TIMEZONE": (0, 1, _zone_name),
            "X-PUBLISHED-TTL": (0, 1, _refresh),
            "SOURCE": (0, 1, _uri),
            "X-AGENDA-SPLIT": (0, 1, _text),
        },
        ("VTIMEZONE", "VEVENT"),
    ),
    "VTIMEZONE": (
        {"TZID": (1, 1, _zone_name), "LAST-MODIFIED": (0, 1, _utc), "TZURL": (0, 1, _uri)},
        ("STANDARD", "DAYLIGHT"),
    ),
    "STANDARD": (_OBSERVANCE, ()),
    "DAYLIGHT": (_OBSERVANCE, ()),
    "VEVENT": (
        {
            "UID": (1, 1, _text),
            "DTSTAMP": (1, 1, _utc),
            "DTSTART": (1, 1, _moment),
            "DTEND": (0, 1, _moment),
            "DURATION": (0, 1, _length),
            "RRULE": (0, 1, _event_rule),
            "EXDATE": (0, None, _moment),
            "CREATED": (0, 1, _utc),
            "LAST-MODIFIED": (0, 1, _utc),
            "SEQUENCE": (0, 1, _integer(0, 2**31 - 1)),
            "PRIORITY": (0, 1, _integer(0, 9)),
            "SUMMARY": (0, 1, _text),
            "DESCRIPTION": (0, 1, _text),
            "LOCATION": (0, 1, _text),
            "GEO": (0, 1, _geo),
            "URL": (0, 1, _uri),
            "STATUS": (0, 1, _any_of("TENTATIVE", "CONFIRMED", "CANCELLED")),
            "TRANSP": (0, 1, _any_of("OPAQUE", "TRANSPARENT")),
            "CLASS": (0, 1, _any_of("PUBLIC", "PRIVATE", "CONFIDENTIAL")),
            "COLOR": (0, 1, _matches(re.compile("[a-z]+"), "name of a colour")),
            "CATEGORIES": (0, None, _texts),
            "CONTACT": (0, None, _text),
            "COMMENT": (0, None, _text),
            "X-MICROSOFT-CDO-BUSYSTATUS": (0, 1, _any_of("FREE", "TENTATIVE", "BUSY", "OOF")),
        },
        ("VALARM",),
    ),
    "VALARM": (
        {
            "ACTION": (1, 1, _any_of("DISPLAY")),
            "TRIGGER": (1, 1, _trigger),
            "DESCRIPTION": (1, 1, _text),
            "DURATION": (0, 1, _duration),
            "REPEAT": (0, 1, _integer(0, 2**31 - 1)),
        },
        (),
    ),
}
_VALUES = {
    "DTSTART": ("DATE", "DATE-TIME"),
    "DTEND": ("DATE", "DATE-TIME"),
    "EXDATE": ("DATE", "DATE-TIME"),
    "TRIGGER": ("DURATION", "DATE-TIME"),
    "REFRESH-INTERVAL": ("DURATION",),
    "SOURCE": ("URI",),
}
"""What VALUE may say of a property; the others have but one type."""


def _component(component: Component, at: str) -> Iterator[str]:
    """What is wrong with a component and those in it."""
    wanted, inner = _COMPONENTS[component.name]
    counts = Counter(each.name for each in component.properties)
    for name in wanted.keys() | counts.keys():
        least, most, _ = wanted.get(name, (0, None if name.startswith("X-") else 0, None))
        if counts[name] < least or (most is not None and counts[name] > most):
            yield f"{at}: {name} is there {counts[name]} times"
    for each in component.properties:
        _, _, read = wanted.get(each.name, (0, None, _text))
        yield from (f"{at}: {each.name} {wrong}" for wrong in _parameters(each, component.name))
        try:
            read(each)
        except ValueError as error:
            yield f"{at}: {each.name}:{each.value[:60]}: {error}"
    if component.name == "VEVENT":
        yield from (f"{at}: {wrong}" for wrong in _event(component))
    if component.name == "VALARM" and ("DURATION" in counts) != ("REPEAT" in counts):
        yield f"{at}: DURATION and REPEAT only together"
    if component.name in {"VCALENDAR", "VTIMEZONE"} and not component.components:
        yield f"{at}: nothing in it"
    for number, one in enumerate(component.components, 1):
        if one.name in inner:
            yield from _component(one, f"{at} > {one.name} {number}")
        else:
            yield f"{at}: {one.name} has no place in it"


def _parameters(given: Property, component: str) -> Iterator[str]:
    for name, value in given.parameters.items():
        if name == "TZID":
            if component != "VEVENT" or given.name not in {"DTSTART", "DTEND", "EXDATE"}:
                yield "with a TZID"
        elif name != "VALUE":
            yield f"with the parameter {name}"
        elif value not in _VALUES.get(given.name, ()):
            yield f"with VALUE={value}"


def _event(event: Component) -> Iterator[str]:
    """What does not go together in an event."""
    start, end = event.one("DTSTART"), event.one("DTEND")
    if end and event.one("DURATION"):
        yield "both DTEND and DURATION"
    try:
        if start is None:
            return
        first = _told(start.value, start.parameters)
        if end:
            yield from _end(first, _told(end.value, end.parameters))
        if (duration := event.one("DURATION")) and first.form == "DATE" and "T" in duration.value:
            yield "a DURATION of hours after a DATE"
        if rule := event.one("RRULE"):
            yield from _until(first, dict(part.split("=") for part in rule.value.split(";")))
        for except_ in event.all("EXDATE"):
            yield from _except(first, except_)
    except ValueError:
        return  # what could not be read is told where it stands


def _end(first: _Told, last: _Told) -> Iterator[str]:
    if first.form != last.form:
        yield f"DTEND is {last.form}, DTSTART {first.form}"
    elif last.comparable <= first.comparable:
        yield "DTEND is not after DTSTART"


def _until(first: _Told, rule: dict[str, str]) -> Iterator[str]:
    if first.form == "DATE" and rule.keys() & {"BYSECOND", "BYMINUTE", "BYHOUR"}:
        yield "RRULE: times of day for a DATE"
    if "UNTIL" not in rule:
        return
    until = _told(rule["UNTIL"], {"VALUE": "DATE"} if "T" not in rule["UNTIL"] else {})
    if until.form != {"LOCAL": "UTC"}.get(first.form, first.form):
        yield f"UNTIL is {until.form}, DTSTART {first.form}"
    elif until.comparable < first.comparable:
        yield "UNTIL is before DTSTART"


def _except(first: _Told, given: Property) -> Iterator[str]:
    told = _told(given.value, given.parameters)
    if (told.form, told.zone) != (first.form, first.zone):
        yield f"EXDATE is {told.form} {told.zone or ''}, DTSTART {first.form} {first.zone or ''}"
    elif told.comparable < first.comparable:
        yield "EXDATE is before DTSTART"


def _zones(calendar: Component) -> Iterator[str]:
    """What is wrong between the zones and the times that are told in them."""
    defined = Counter(each.value for zone in calendar.inner("VTIMEZONE") for each in zone.all("TZID"))
    yield from (f"TZID {zone} is defined {times} times" for zone, times in defined.items() if times > 1)
    used: dict[str, list[str]] = {}
    for event in calendar.inner("VEVENT"):
        for each in event.properties:
            if zone := each.parameters.get("TZID"):
                used.setdefault(zone, []).extend(each.value.split(","))
    yield from (f"TZID {zone} is defined nowhere" for zone in used.keys() - defined.keys())
    yield from (f"TZID {zone} is used nowhere" for zone in defined.keys() - used.keys())
    for defining in calendar.inner("VTIMEZONE"):
        name = defining.one("TZID")
        starts = [each.value for observance in defining.components for each in observance.all("DTSTART")]
        if name and starts and name.value in used and min(starts) > min(used[name.value]):
            yield f"{name.value} begins only after the first time that is told in it"
        kinds = Counter(starts)
        yield from (f"two observances start at {start}" for start, times in kinds.items() if times > 1)
