"""Where the events of a file are, which is looked at once for all that are in one place."""

import tomli

from agenda.agendafile import schema
from agenda.agendafile.languages import LanguageChoice
from agenda.agendafile.places import Places, Where
from agenda.errors import Problem

HEAD = """
agenda.timezone = "Asia/Tokyo"
cities.Osaka = {}
cities.Rome.timezone = "Europe/Rome"
venues.hall = { name = "The hall", city = "Osaka" }
"""


def places_of(*events: str) -> tuple[list[Where], list[Problem]]:
    """Where those events are, each given by its keys, and what is wrong with that."""
    tables = "".join(f'[[events]]\nid = "e{number}"\ntitle = "E"\n{keys}\n' for number, keys in enumerate(events))
    file = schema.convert_tables(tomli.loads(HEAD + tables))
    faults: list[Problem] = []
    places = Places(file, LanguageChoice(()), faults)
    return [places.of(event, ("events", number)) for number, event in enumerate(file.events)], faults


def test_events_in_one_place_share_it() -> None:
    (one, two, other), faults = places_of('venue = "hall"', 'venue = "hall"', 'city = "Osaka"')
    assert one is two
    assert (one.cities, one.timezone) == (other.cities, other.timezone)
    assert (other.venue, faults) == (None, [])


def test_fault_of_a_place_is_told_for_each_event_there() -> None:
    found, faults = places_of(*['venue = "hall"\ncity = "Rome"'] * 2)
    assert [fault.path for fault in faults] == [("events", 0, "city"), ("events", 1, "city")]
    assert [where.venue is None for where in found] == [False, False]


def test_cities_in_two_zones_leave_no_single_one() -> None:
    (both, none), _ = places_of('city = ["Osaka", "Rome"]', "")
    assert {zone and zone.key for zone in both.zones} == {"Asia/Tokyo", "Europe/Rome"}
    assert (both.timezone, none.timezone and none.timezone.key) == (None, "Asia/Tokyo")
