"""Events at the ends of the calendar, and texts with blanks at their ends, come back from a calendar as they were."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from conftest import Run
from edited_agenda import runs_here
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Agenda = Callable[..., Run]

HEAD = '[agenda]\ntitle = "Tour"\nnamespace = "tour"\ntimezone = "{zone}"\n[[events]]\nid = "a"\ntitle = "A"\n'
ZONES = ["Europe/Rome", "Asia/Tokyo", "Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"]


def events_after_a_round_trip(agenda: Agenda, folder: Path, text: str) -> tuple[str, str]:
    """The events as JSON of a file of that text, and of what comes back from its calendar; both checked."""
    old, calendar, new = (folder / name for name in ("before.toml", "calendar.ics", "after.toml"))
    old.write_text(text)
    checked = agenda("check", old)
    assert (checked.code, checked.err) == (0, ""), checked.out
    exported = agenda("export", "--data", old)
    calendar.write_bytes(exported.raw)
    imported = agenda("import", calendar)
    assert (exported.code, imported.code, imported.err) == (0, 0, "")
    new.write_bytes(imported.raw)
    before, after = (agenda("list", "--data", path, "-f", "json") for path in (old, new))
    return before.out, after.out


OF_DAYS = (
    "start = 9999-12-29\nend = 9999-12-31",
    "start = 9999-12-31",
    "start = 9999-12-31\nend = 9999-12-31",
    "between = [9999-12-30, 9999-12-31]",
    'start = 9999-12-29\nrepeat = "FREQ=DAILY;UNTIL=99991231"',
    "start = 0001-01-01\nend = 0001-01-03",
    'start = 0001-01-01\nrepeat = "FREQ=DAILY;COUNT=3"',
)
OF_TIMES = (
    'start = 9999-12-24T08:00:00\nend = 09:30:00\nrepeat = "FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=99991231"',
    'start = 9999-11-30T08:00:00\nrepeat = "FREQ=MONTHLY;UNTIL=99991231"',
)


@pytest.mark.parametrize(
    ("when", "zone"),
    [
        *product(OF_DAYS, ("Pacific/Kiritimati", "Pacific/Pago_Pago")),  # days are the same in all zones between
        *product(OF_TIMES, ZONES),
    ],
)
def test_event_at_an_end_of_the_calendar_comes_back(agenda: Agenda, tmp_path: Path, when: str, zone: str) -> None:
    before, after = events_after_a_round_trip(agenda, tmp_path, f"{HEAD.format(zone=zone)}{when}\n")
    assert after == before


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 8, 15, 23])
def test_series_until_the_last_day_is_kept_or_told(agenda: Agenda, tmp_path: Path, hour: int, zone: str) -> None:
    text = f'{HEAD.format(zone=zone)}start = 9999-12-29T{hour:02}:00:00\nrepeat = "FREQ=DAILY;UNTIL=99991231"\n'
    (tmp_path / "before.toml").write_text(text)
    checked = agenda("check", "before.toml")
    if checked.code:
        assert "too near the ends of the calendar" in checked.out
        return
    if "America" in zone or "Pago" in zone:
        # Of times that are after the year 9999 in UTC nothing tells.
        exported = agenda("export", "--data", "before.toml")
        imported = agenda("import", "-", stdin=exported.raw)
        assert (exported.code, exported.err, imported.code) == (0, "", 0)
        assert "UNTIL=99991231" in imported.out + imported.err
        return
    before, after = events_after_a_round_trip(agenda, tmp_path, text)
    assert (after, '"start":"9999-12-31T' in before) == (before, True)


def test_end_that_an_app_moves_from_the_last_day_is_the_one_of_the_app(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "before.toml").write_text(f"{HEAD.format(zone='UTC')}start = 9999-12-29\nend = 9999-12-31\n")
    lines = agenda("export", "--data", "before.toml").raw
    start = b"DTSTART;VALUE=DATE:99991229\r\n"
    moved = lines.replace(start, start + b"DTEND;VALUE=DATE:99991231\r\n")
    assert moved != lines
    assert "end = 9999-12-30" in agenda("import", "-", stdin=moved).out


BLANKS = st.text(" \t\u00a0\u3000\u200e\u200f\n", max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_blanks_at_the_ends_of_texts_come_back_or_make_no_difference(tmp_path: Path, data: st.DataObject) -> None:
    def text(word: str) -> str:
        blank = "".join(f"\\u{ord(char):04x}" for char in data.draw(BLANKS))
        return f'"{blank}{word}{blank}"'

    event = (
        f"title = {text('Gala')}\nstart = 2026-03-06\ncity = {text('Torino')}\ntopics = [{text('music')}]\n"
        f"people = [{{ name = {text('Clara Schumann')}, role = {text('piano')} }}]\nkind = {text('concert')}\n"
        f"description = {text('Doors open early.')}\n"
    )
    file = event.join(['[agenda]\ntimezone = "Europe/Rome"\nnamespace = "tour"\n[[events]]\nid = "a"\n', ""])
    (tmp_path / "before.toml").write_text(file)
    with runs_here(tmp_path) as agenda:
        if agenda("check", tmp_path / "before.toml").code:
            return  # which is told
        before, after = events_after_a_round_trip(agenda, tmp_path, file)
    assert shown(after) == shown(before)


@pytest.mark.parametrize("blank", ["\u200e", "\u00a0", "\u2028", " "], ids=ascii)
def test_blank_names_that_a_calendar_has_are_none(agenda: Agenda, tmp_path: Path, blank: str) -> None:
    facts = json.dumps(
        {
            "id": "a",
            "cities": {blank: None},
            "kind": blank,
            "organizers": [blank],
            "people": [{"name": blank}, {"name": "Clara Schumann"}],
            "sources": [{"id": blank, "title": blank}],
            "venue": {"id": blank, "name": blank},
        }
    )
    event = ["UID:a@tour", "DTSTART;VALUE=DATE:20260306", "SUMMARY:Gala", f"CATEGORIES:{blank}", f"CONTACT:{blank}"]
    event.append(f"X-AGENDA-EVENT:{facts.replace(chr(92), chr(92) * 2).replace(',', f'{chr(92)},')}")
    calendar = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//agenda//mission-agenda", "BEGIN:VEVENT", *event]
    lines = [*calendar, "END:VEVENT", "END:VCALENDAR", ""]
    imported = agenda("import", "-", stdin="\r\n".join(lines))
    (tmp_path / "after.toml").write_bytes(imported.raw)
    listed = agenda(
        "list", "--data", "after.toml", "-f", "json", "--fields", "title,city,kind,organizers,people,sources"
    )
    assert json.loads(listed.out) == [
        {
            "title": "Gala",
            "city": [],
            "kind": None,
            "organizers": [],
            "people": [{"name": "Clara Schumann", "role": None}],
            "sources": [],
        }
    ]


def shown(events: str) -> str:
    """What is to be seen of texts."""
    return "".join(events.replace("\\n", " ").replace("\\t", " ").replace("\\u200e", "").replace("\\u200f", "").split())
