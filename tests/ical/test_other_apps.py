"""What apps write in a way of their own: whole days of Exchange, and descriptions in HTML."""

from typing import Any

import pytest

from agenda.ical.importer import import_calendars
from agenda.interchange.result import ImportResult

MARK = "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
DAYS = "DTSTART;TZID=Europe/Rome:20261211T000000\nDTEND;TZID=Europe/Rome:20261213T000000"


def imported(event: str) -> tuple[dict[str, Any], ImportResult]:
    """The keys of the only event, and all that is told of it."""
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:walk\nSUMMARY:Walk\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
    result = import_calendars(text.encode(), "walk.ics")
    (keys,) = result.tables["events"]
    return keys, result


@pytest.mark.parametrize(
    ("event", "times"),
    [
        pytest.param(f"{DAYS}\n{MARK}", ("2026-12-11", "2026-12-12"), id="two days"),
        pytest.param(
            f"DTSTART;TZID=Europe/Rome:20261211T000000\nDURATION:P1D\n{MARK}", ("2026-12-11", None), id="a day long"
        ),
        pytest.param(DAYS, ("2026-12-11 00:00:00", "2026-12-13 00:00:00"), id="not marked"),
        pytest.param(
            f"{DAYS}\n{MARK.replace('TRUE', 'FALSE')}", ("2026-12-11 00:00:00", "2026-12-13 00:00:00"), id="not one"
        ),
        pytest.param(
            f"{DAYS.replace('13T00', '12T18')}\n{MARK}",
            ("2026-12-11 00:00:00", "2026-12-12 18:00:00"),
            id="not up to a midnight",
        ),
    ],
)
def test_whole_days_of_exchange_are_days(event: str, times: tuple[str, str | None]) -> None:
    keys, _ = imported(event)
    assert (str(keys["start"]), str(keys["end"]) if "end" in keys else None) == times


def test_series_of_whole_days_of_exchange_is_one_of_days() -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20261224T230000Z\nEXDATE;TZID=Europe/Rome:20261218T000000"
    keys, result = imported(f"{DAYS.replace('13T', '12T')}\n{rule}\n{MARK}")
    assert (str(keys["start"]), [str(day) for day in keys["except"]]) == ("2026-12-11", ["2026-12-18"])
    assert keys["repeat"] == "FREQ=WEEKLY;UNTIL=20261225"
    assert not any("X-MICROSOFT" in loss for loss in result.losses)


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("<b>Ordine</b><br>1. logistica<br>2. rooms &amp\\; keys", "Ordine\n1. logistica\n2. rooms & keys"),
        ('<a href="https://meet.example/a">Meet</a>', "Meet (https://meet.example/a)"),
        ("<b>First</b>\\nsecond", "First\nsecond"),
        ("<p>First</p>\\n<p>second\\nline</p>", "First\n\nsecond\nline"),
        ("I <i>mean</i> it\\n\\nand more<br>here", "I mean it\n\nand more\nhere"),
    ],
)
def test_text_of_a_description_in_html_is_kept_and_told(description: str, text: str) -> None:
    keys, result = imported(f"DTSTART:20261211\nDESCRIPTION:{description}")
    assert keys["description"] == text
    assert 'HTML in its description is made plain text: "Walk"' in result.losses


def test_description_with_angle_brackets_that_are_no_tags_stays() -> None:
    keys, result = imported("DTSTART:20261211\nDESCRIPTION:list<int> &amp\\; a < b and <code>\\, <pre>")
    assert keys["description"] == "list<int> &amp; a < b and <code>, <pre>"
    assert not result.losses
