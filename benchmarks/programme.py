"""Agendas of any size, the same each time: `python benchmarks/programme.py 10000 > agenda.toml`.

Their events are about as full as those that agenda ships with: as many topics, people and sources, as long a text.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta

FIRST = date(2025, 1, 1)
"""The first day on which anything may be."""

_SEED = 2025
_A_DAY = 20
"""Events a day, on average, in agendas of more than `_A_DAY * _DAYS`."""
_DAYS = 20
"""Days over which small agendas are spread."""
_CITIES = ("Osaka", "Tokyo", "Nagoya", "Kobe", "Kyoto")
_VENUES = 6
_NAMED = {"kinds": ("Kind", 6), "topics": ("Topic", 10), "organizers": ("Organizer", 12), "people": ("Person", 40)}
_SOURCES = 20
_HEAD = """\
[agenda]
title = "Generated"
timezone = "Asia/Tokyo"
namespace = "generated.example"
revised = 2024-12-01T09:00:00+09:00
"""
_DESCRIPTION = "What it is about, in two or three sentences of an ordinary length. It is there for its bytes only: "


def days(events: int) -> int:
    """Over how many days an agenda of so many events is spread."""
    return max(_DAYS, events // _A_DAY)


def mixed(events: int) -> Iterator[str]:
    """The text, in pieces, of an agenda with events of all sorts: with times, with days, between two days, and to be
    announced.
    """
    return _agenda(events, _any_when)


def dated(events: int) -> Iterator[str]:
    """The same, with only what every calendar program knows: a day, or a time within a day."""
    return _agenda(events, _fixed_when)


def _agenda(events: int, when: Callable[[random.Random, date], str]) -> Iterator[str]:
    yield _HEAD
    yield from _vocabulary()
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    for number in range(events):
        day = FIRST + timedelta(chance.randrange(days(events)))
        yield _event(number) + when(chance, day)


def _vocabulary() -> Iterator[str]:
    for city in _CITIES:
        yield f'\n[cities.{city}]\ntimezone = "Asia/Tokyo"\n'
    for number in range(_VENUES):
        yield f'\n[venues.venue-{number}]\nname = "Venue {number}"\ncity = "{_CITIES[number % len(_CITIES)]}"\n'
        yield f"latitude = {34 + number / 10:.4f}\nlongitude = {135 + number / 10:.4f}\n"
    for table, (noun, size) in _NAMED.items():
        for number in range(size):
            yield f'\n[{table}."{noun} {number}"]\n'
    for number in range(_SOURCES):
        yield f'\n[sources.source-{number}]\ntitle = "Source {number}"\nurl = "https://example.org/{number}"\n'


def _event(number: int) -> str:
    """All of it but when it is. Its names go round, so that twenty events use all that are declared."""
    place = (
        f'venue = "venue-{number // 2 % _VENUES}"' if number % 2 else f'city = "{_CITIES[number // 2 % len(_CITIES)]}"'
    )
    return f"""
[[events]]
id = "event-{number}"
title = "Event number {number} of the programme"
{place}
kind = "{_names("kinds", number, 1)[0]}"
topics = {_list(_names("topics", number, 2))}
organizers = {_list(_names("organizers", number, 1))}
people = {_list(_names("people", number, 2))}
description = "{_DESCRIPTION}{number}."
sources = {_list([f"source-{number % _SOURCES}", f"source-{(number + 7) % _SOURCES}"])}
"""


def _names(table: str, number: int, count: int) -> list[str]:
    noun, size = _NAMED[table]
    return [f"{noun} {(number * count + place) % size}" for place in range(count)]


def _list(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _any_when(chance: random.Random, day: date) -> str:
    match chance.randrange(10):
        case 0 | 1:
            return f"between = [{day}, {day + timedelta(3)}]\n"
        case 2:
            return ""
        case 3:
            return f"start = {day}\nend = {day + timedelta(2)}\n"
    return _fixed_when(chance, day)


def _fixed_when(chance: random.Random, day: date) -> str:
    if chance.randrange(3):
        return f"start = {day}T{chance.randrange(8, 20):02}:00:00\nend = {day}T21:30:00\n"
    return f"start = {day}\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Print an agenda of that many events, the same each time.")
    parser.add_argument("events", type=int)
    sys.stdout.writelines(mixed(parser.parse_args().events))
