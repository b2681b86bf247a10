"""The order in which events are told, which is one and the same in every format."""

import json
from collections.abc import Callable

import pytest
from conftest import Run

Agenda = Callable[..., Run]

DAY = "start = 2025-09-29"
NOON = "start = 2025-09-29T12:00:00"


def events(*entries: tuple[str, str]) -> str:
    """A file of events: the id of each, which is its title too unless its other keys have one, and those keys."""
    tables = (
        f'[[events]]\nid = "{id_}"\n{keys}' + ("" if "title" in keys else f'\ntitle = "{id_}"') for id_, keys in entries
    )
    return "\n".join(tables)


def ids(run: Run) -> list[str]:
    """The ids of the events that are listed, in their order."""
    assert (run.code, run.err) == (0, "")
    return [line.split("\t")[0] for line in run.lines]


TOGETHER = {
    "whole days come before times, and what lies between two days after both": events(
        ("3", "between = [2025-09-29, 2025-09-30]"), ("2", "start = 2025-09-29T00:00:00"), ("1", DAY)
    ),
    "what lies between two days comes by the first of them": events(
        ("2", "between = [2025-09-29, 2025-09-30]"), ("1", "between = [2025-09-28, 2025-12-31]")
    ),
    "what is to be announced comes last": events(("2", "start = 9999-12-31"), ("3", ""), ("1", DAY)),
    "times come by instant": '[cities.Rome]\ntimezone = "Europe/Rome"\n[cities.Osaka]\ntimezone = "Asia/Tokyo"\n'
    + events(("2", f'{NOON}\ncity = "Rome"'), ("1", f'{NOON}\ncity = "Osaka"')),
    "venues come as the file declares them": '[venues.z]\nname = "Z"\n[venues.a]\nname = "A"\n'
    + events(("2", f'{DAY}\nvenue = "a"'), ("1", f'{DAY}\nvenue = "z"')),
    "venues that no file declares come as events name them": events(
        ("1", 'start = 2025-10-01\nvenue = "Z"'),
        ("3", 'start = 2025-10-02\nvenue = "A"'),
        ("2", 'start = 2025-10-02\nvenue = "Z"'),
    ),
    "a venue comes before its rooms, and they as events name them": events(
        ("2", f'{DAY}\nvenue = "V"\nroom = "Room 2"'),
        ("3", f'{DAY}\nvenue = "V"\nroom = "Room 10"'),
        ("1", f'{DAY}\nvenue = "V"'),
    ),
    "the rooms of one venue stay together": events(
        ("1", f'{DAY}\nvenue = "V"\nroom = "B"'),
        ("3", f'{DAY}\nvenue = "W"\nroom = "B"'),
        ("2", f'{DAY}\nvenue = "V"\nroom = "A"'),
    ),
    "what has a room comes before what has none": events(("2", DAY), ("1", f'{DAY}\nroom = "A"')),
    "what has no place comes by city": "[cities.Tokyo]\n[cities.Kobe]\n"
    + events(("3", DAY), ("2", f'{DAY}\ncity = "Kobe"'), ("1", f'{DAY}\ncity = ["Tokyo", "Kobe"]')),
    "what is at one place comes by title": events(
        ("3", f'{DAY}\ntitle = "zoo"'), ("1", f'{DAY}\ntitle = "Éclair"'), ("2", f'{DAY}\ntitle = "final"')
    ),
    "what has one title comes by id": events(*((id_, f'{DAY}\ntitle = "T"') for id_ in "312")),
}


@pytest.mark.parametrize("rule", TOGETHER)
def test_events_are_told_in_order(agenda: Agenda, rule: str) -> None:
    told = ids(agenda("list", "-d", "-", stdin=TOGETHER[rule]))
    assert len(told) > 1
    assert told == sorted(told)


@pytest.mark.parametrize("options", [["--on", "2025-10-02"], ["--search", "last"]])
def test_order_of_some_events_is_that_of_all(agenda: Agenda, options: list[str]) -> None:
    """Venues count from the first event that names them, though it is not asked for."""
    data = events(
        ("first", 'start = 2025-10-01\nvenue = "Z"'),
        ("last-2", 'start = 2025-10-02\nvenue = "A"'),
        ("last-1", 'start = 2025-10-02\nvenue = "Z"'),
    )
    assert ids(agenda("list", "-d", "-", *options, stdin=data)) == ["last-1", "last-2"]


def test_every_format_for_programs_has_one_order(agenda_once: Agenda) -> None:
    told = ids(agenda_once("list"))
    assert [event["id"] for event in json.loads(agenda_once("list", "-f", "json").out)] == told
    assert [line.split(",")[0] for line in agenda_once("list", "-f", "csv").lines[1:]] == told


def test_events_of_a_calendar_stay_in_their_places_when_titles_and_rooms_change(agenda: Agenda) -> None:
    head = '[agenda]\nnamespace = "n"\n'
    entries = [("1", f'{DAY}\ntitle = "B"\nroom = "X"'), ("2", f'{DAY}\ntitle = "A"\nroom = "Y"')]
    changed = [("1", f'{DAY}\ntitle = "A"\nroom = "Y"'), ("2", f'{DAY}\ntitle = "B"\nroom = "X"')]
    for data in (events(*entries), events(*changed), events(*reversed(changed))):
        lines = agenda("export", "-d", "-", stdin=head + data).lines
        assert [line for line in lines if line.startswith("UID:")] == ["UID:1@n", "UID:2@n"]
