"""Whatever is in a schedule: what comes of it is an agenda, or a message at a place of the file."""

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.agendafile.resolve import resolve
from agenda.agendafile.schema import convert_tables
from agenda.agendafile.write import write_toml
from agenda.interchange.detect import FileFormat
from agenda.interchange.frab import import_schedule

pytestmark = pytest.mark.slow

NAMES = st.sampled_from(
    ["Aula", "aula", "Foyer", "Clara Schumann", "clara schumann", "<p>Two</p>", "開会式", "\u200b", "a\x00b"]
)
DATES = st.sampled_from(
    [
        "2026-03-28T23:30:00+01:00",
        "2026-10-25T02:30:00+01:00",
        "2026-03-29",
        "9999-12-31T23:00:00Z",
        "0001-01-01T00:00:00+14:00",
    ]
)
CLOCKS = st.sampled_from(["00:30", "24:00", "1:00:00", "99:59", "P1D", "-1:00", "10:00:30"])
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-3, 10**12), st.text(max_size=8), NAMES, DATES, CLOCKS)
ANY = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.just("name"), inner, max_size=3),
    max_leaves=5,
)


def keys(*names: str, **usual: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with any of these keys, whose values are anything or, mostly, of the usual kind."""
    return st.fixed_dictionaries({}, optional={name: usual.get(name, NAMES) | ANY for name in names})


EVENT = keys(
    *(
        "id",
        "guid",
        "date",
        "start",
        "end",
        "duration",
        "room",
        "slug",
        "title",
        "subtitle",
        "track",
        "type",
        "language",
    ),
    *("abstract", "url", "persons", "links"),
    date=DATES,
    end=DATES,
    start=CLOCKS,
    duration=CLOCKS,
    persons=st.lists(keys("name", "id", "public_name"), max_size=3),
)
DAY = keys(
    "date", "day_start", "rooms", date=DATES, rooms=st.dictionaries(NAMES, st.lists(EVENT, max_size=3), max_size=3)
)
CONFERENCE = keys(
    *("title", "acronym", "city", "venue", "time_zone_name", "url", "day_change", "rooms", "days", "tracks"),
    time_zone_name=st.sampled_from(["Europe/Rome", "Asia/Tokyo", "../etc", "Mars"]),
    city=st.sampled_from(["Rome", "Brussels", "Nowhere"]),
    days=st.lists(DAY, max_size=3),
)


def assert_agenda(content: bytes, kind: FileFormat) -> None:
    """Fail unless an import gives tables whose text is an agenda without a mistake."""
    tables = import_schedule(content, "any", kind=kind).tables
    text = "".join(write_toml(tables)).encode().decode()
    _, problems = resolve(convert_tables(tomli.loads(text)))
    assert problems == []


@given(CONFERENCE)
@settings(max_examples=50)
def test_any_json_becomes_an_agenda(conference: dict[str, Any]) -> None:
    assert_agenda(json.dumps({"schedule": {"conference": conference}}).encode(), FileFormat.JSON)


def element(name: str, values: dict[str, Any]) -> Element:
    """An element with these values, as elements within it."""
    made = Element(name)
    for key, value in values.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                named = {name: value for name, value in item.items() if name.isascii() and name.isidentifier()}
                SubElement(made, key).append(element(key.rstrip("s"), named))
            else:
                SubElement(made, key).text = "".join(char for char in str(item) if char.isprintable())
    return made


@given(CONFERENCE, st.lists(EVENT, max_size=3))
@settings(max_examples=50)
def test_any_xml_becomes_an_agenda(conference: dict[str, Any], events: list[dict[str, Any]]) -> None:
    root = Element("schedule")
    root.append(element("conference", {key: value for key, value in conference.items() if key != "days"}))
    room = SubElement(SubElement(root, "day", date="2026-03-28"), "room", name="Aula")
    room.extend([element("event", event) for event in events])
    assert_agenda(tostring(root), FileFormat.XML)
