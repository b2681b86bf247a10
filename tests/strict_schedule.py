"""The rules that the schema of the CCC's VOC has for schedules in XML, as far as an agenda can break them.

Written down from https://c3voc.de/schedule/schema.xsd: which elements and attributes there are, which of them must be
there, of what form their values are, and what must be unique.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agenda.safe_xml import parse_xml

_DATE = r"\d{4}-\d\d-\d\d"
_TIME = rf"{_DATE}T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LENGTH = r"\d{1,2}:\d\d(:\d\d)?"
_ADDRESS = r"https?://\S+"
_TEXT = r"[\s\S]*"
_NUMBER = r"[1-9]\d*"

ELEMENTS: dict[str, dict[str, str]] = {
    "schedule": {"generator": "", "version": _TEXT, "conference!": "", "day!": "", "url": _ADDRESS},
    "conference": {
        "acronym": "[a-z0-9_-]{4,}",
        "title": _TEXT,
        "start": f"{_DATE}|{_TIME}",
        "end": f"{_DATE}|{_TIME}",
        "days": _NUMBER,
        "timeslot_duration": _LENGTH,
        "url": _ADDRESS,
        "time_zone_name": _TEXT,
    },
    "day": {"room": ""},
    "room": {"event": ""},
    "event": {
        "room!": _TEXT,
        "title!": _TEXT,
        "subtitle": _TEXT,
        "type!": _TEXT,
        "date!": _TIME,
        "start!": r"[0-2]\d:[0-5]\d(:[0-5]\d)?",
        "duration!": _LENGTH,
        "abstract!": _TEXT,
        "slug": r"[a-z0-9_]{4,}-[a-z0-9_-]{4,}",
        "track!": _TEXT,
        "persons": "",
        "language": _TEXT,
        "description": _TEXT,
        "url": _ADDRESS,
    },
    "persons": {"person": _TEXT},
    "generator": {},
}
"""The elements that may stand in each; those with a mark must. Those of no form have elements in them."""

ATTRIBUTES = {
    "generator": {"name": _TEXT, "version": _TEXT},
    "day": {"index!": _NUMBER, "date": _DATE, "start!": _TIME, "end!": _TIME},
    "room": {"name!": _TEXT},
    "event": {"id!": _NUMBER, "guid!": _UUID},
}
ORDERED = ("generator", "url", "version", "conference", "day")
"""In this order alone within the outermost element; elsewhere in any."""
SEVERAL = {"day", "room", "event", "person"}
"""What may be there more than once, as may anything in a conference."""
UNIQUE = ((".//event", "guid"), (".//event", "id"), ("day", "index"))


def faults(text: str) -> list[str]:
    """What is wrong with a schedule, in words."""
    root = parse_xml(text.encode())
    assert root.tag == "schedule"
    found = [*_faults(root)]
    order = [ORDERED.index(child.tag) for child in root if child.tag in ORDERED]
    found += ["the outermost elements are not in order"] if order != sorted(order) else []
    for path, name in UNIQUE:
        values = [element.get(name) for element in root.iterfind(path)]
        found += [f"{name} is not unique"] if len(set(values)) < len(values) else []
    slugs = [slug.text for slug in root.iter("slug")]
    return [*found, *(["slug is not unique"] if len(set(slugs)) < len(slugs) else [])]


def _faults(element: Element) -> Iterator[str]:
    children, attributes = ELEMENTS[element.tag], ATTRIBUTES.get(element.tag, {})
    values = [(child.tag, child.text or "") for child in element]
    for kind, rules, given in (("element", children, values), ("attribute", attributes, list(element.items()))):
        forms = {name.rstrip("!"): form for name, form in rules.items()}
        names = [name for name, _ in given]
        yield from (
            f"{element.tag}: no {kind} {name[:-1]}" for name in rules if name[-1] == "!" and name[:-1] not in names
        )
        for name, value in given:
            if name not in forms:
                yield f"{element.tag}: {kind} {name} is not known"
            elif forms[name] and not re.fullmatch(forms[name], value):
                yield f"{element.tag}: {kind} {name} is {value!r}"
            elif names.count(name) > 1 and name not in SEVERAL:
                yield f"{element.tag}: {kind} {name} is there more than once"
    for child in element:
        if child.tag in ELEMENTS and child.tag in {name.rstrip("!") for name, form in children.items() if not form}:
            yield from _faults(child)
