"""What is worth a remark costs what may have changed, and not all that clashes in a file."""

from datetime import UTC, datetime, timedelta

import pytest
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
