"""Schedules of frab and pentabarf, as different programs write them."""

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from conftest import ROOT

GUID = "0b9c2f3e-5d1a-4a7b-9c8d-1e2f3a4b5c6d"

PRETALX = ROOT / "tests" / "calendars" / "pretalx.xml"
"""A file with all that pretalx has; its one session goes on over a clock change."""


def xml_schedule(*events: str, head: str = "", day: str = 'date="2026-03-28"', room: str = "Aula Magna") -> str:
    """A schedule in XML of one day and one room, with these elements in its conference and its events."""
    return (
        f"<schedule><version>1</version><conference><title>Spring Days</title>{head}</conference>"
        f'<day index="1" {day}><room name={quoteattr(room)}>{"".join(events)}</room></day></schedule>'
    )


def xml_event(attributes: str = 'id="1"', more: str = "", **elements: str) -> str:
    """An event in XML, by usual elements that `elements` change; those that are empty are left out."""
    usual = {"title": "Talk", "date": "2026-03-28T10:00:00+01:00", "start": "10:00", "duration": "01:00"}
    told = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in (usual | elements).items() if text)
    return f"<event {attributes}>{told}{more}</event>"


def json_schedule(*events: dict[str, Any], **conference: Any) -> str:
    """A schedule in JSON of one day and one room, with these keys in its conference, and its events."""
    day = {"index": 1, "date": "2026-03-28", "rooms": {"Aula Magna": list(events)}}
    return json.dumps({"schedule": {"conference": {"title": "Spring Days", "days": [day]} | conference}})
