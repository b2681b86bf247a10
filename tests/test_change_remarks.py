"""What is worth a remark costs what may have changed, and not all that clashes in a file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Run
from msgspec.structs import replace

from agenda.cli.change_remarks import find_change_remarks
from agenda.model import Agenda, Event, Fixed, Person
from agenda.reports.clashes import Clash, _Sweep

NOW = datetime(2027, 4, 9, 9, tzinfo=UTC)
NUMBER = 200
"""Events at once: they clash in some 20,000 pairs where one person is needed by all of them."""


def busy(event_id: str, *people: str) -> Event:
    """An event of an hour that needs these people."""
    return Event(id=event_id, title="An event", when=Fixed(NOW, NOW + timedelta(hours=1)), people=_people(*people))


def _people(*names: str) -> tuple[Person, ...]:
    return tuple(map(Person, names))


@pytest.fixture
def crowd() -> tuple[Event, ...]:
    """Events at once that all need Ada."""
    return tuple(busy(f"e-{number}", "Ada") for number in range(NUMBER))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The clashes that are made, as they are."""
    pairs: list[tuple[int, int]] = []
    make = _Sweep.make_clash

    def note(sweep: _Sweep, pair: tuple[int, int]) -> Clash:
        pairs.append(pair)
        return make(sweep, pair)

    monkeypatch.setattr(_Sweep, "make_clash", note)
    return pairs


def test_clashes_of_events_far_from_the_changed_ones_are_not_looked_for(
    crowd: tuple[Event, ...], made: list[tuple[int, int]]
) -> None:
    before = Agenda(events=(*crowd, busy("talk", "Bo"), busy("walk", "Cy")))
    after = replace(before, events=(*crowd, busy("talk", "Bo"), busy("walk", "Bo")))
    assert find_change_remarks(before, after, ["walk"], NOW) == [
        "\"walk\": it is at the same time as event 'talk' on 2027-04-09, and both need Bo"
    ]
    assert len(made) == 1


def test_more_clashes_than_are_looked_for_are_told_of(crowd: tuple[Event, ...], made: list[tuple[int, int]]) -> None:
    before = Agenda(events=tuple(replace(event, people=()) for event in crowd))
    remarks = find_change_remarks(before, Agenda(events=crowd), [event.id for event in crowd], NOW)
    assert remarks[0].startswith("more events are at once than are compared;")
    assert len(made) == 10_000


def test_more_clashes_than_are_looked_for_are_told_of_where_there_were_as_many_before(crowd: tuple[Event, ...]) -> None:
    later = Fixed(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=1))
    after = Agenda(events=tuple(replace(event, when=later) for event in crowd))
    remarks = find_change_remarks(Agenda(events=crowd), after, [event.id for event in crowd], NOW)
    assert remarks[0].startswith("more events are at once than are compared;")


def test_a_new_clash_is_told_in_a_crowd_that_clashes(agenda: Callable[..., Run], tmp_path: Path) -> None:
    """The crowd clashes more often than is looked for, but the talk, which needs somebody of it, does not."""
    event = '[[events]]\nid = "{}"\ntitle = "An event"\nstart = 2027-04-{}T09:00:00\nend = 10:00:00\npeople = [{}]\n'
    crowd = "".join(event.format(f"e-{number}", "09", '"Ada"') for number in range(NUMBER))
    others = event.format("talk", "10", '"Ada", "Zed"') + event.format("walk", "11", '"Zed"')
    data = tmp_path / "a.toml"
    data.write_text(f"[people.Ada]\n[people.Zed]\n{crowd}{others}")
    run = agenda("set", "--verbose", "--data", data, "talk", "start=2027-04-11 09:00")
    assert run.code == 0, run.err
    assert "\"talk\": it is at the same time as event 'walk' on 2027-04-11, and both need Zed" in run.err
    assert "than are compared" not in run.err


def test_series_that_becomes_many_events_far_from_all_others_has_a_line(
    agenda: Callable[..., Run], tmp_path: Path
) -> None:
    series = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:Talk {0}\nDTSTART:20270401T090000Z\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n"
    calendar = "".join(["BEGIN:VCALENDAR\n", *map(series.format, range(5)), "END:VCALENDAR\n"])
    target = tmp_path / "a.toml"
    target.write_text('[agenda]\ntimezone = "Europe/Rome"\n[[events]]\nid = "e"\ntitle = "E"\nstart = 2027-04-09\n')
    run = agenda("import", "-", "--into", target, "--dry-run", stdin=calendar)
    assert run.code == 0
    assert [line.removeprefix("agenda: ") for line in run.err.splitlines()] == [
        '"talk-0", "talk-1", "talk-2" and 2 more: they are 8 days or more before all other events',
        (
            '"talk-0-2027-04-15", "talk-1-2027-04-15", "talk-2-2027-04-15" and 487 more: they are 6 days or '
            "more after all other events"
        ),
        (
            "it recurs by the clocks of UTC, which are not the agenda's (--tz UTC makes them so), so only its first "
            '100 times are kept, each as an event of its own: "Talk 0", "Talk 1", "Talk 2" and 2 more'
        ),
        "of <stdin>: 500 new, 0 changed, 0 as before",
        "not in <stdin>, and left as they are: 1 event (e)",
    ]
