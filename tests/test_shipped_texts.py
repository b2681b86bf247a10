"""The shipped programme in its languages: names of all places and topics, and no fact that differs.

That no title, description, remark or role is lacking is told by `agenda check`, which warns of nothing in the file.
"""

import re
from collections.abc import Iterable

import pytest

import agenda
from agenda.model import Event, ForeignText, Named


def foreign(entries: Iterable[Named]) -> list[str]:
    """The names that are in another language than was asked for."""
    return [entry.name for entry in entries if isinstance(entry.name, ForeignText)]


def numbers(event: Event) -> list[str]:
    """The numbers that are told of an event, whatever parts their thousands."""
    text = f"{event.description} {event.date_note}"
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d{3})", "", text)))


@pytest.mark.parametrize("language", ["it", "ja"])
def test_topics_and_kinds_have_names_in_each_language(language: str) -> None:
    """So that nobody has to choose by a word of another language."""
    translated = agenda.load(language=language)
    assert (foreign(translated.topics), foreign(translated.kinds)) == ([], [])


def test_places_have_names_in_japanese() -> None:
    """As they stand on signs there."""
    translated = agenda.load(language="ja")
    assert foreign(translated.venues) == []
    assert [city.name for city in translated.cities] == ["大阪", "東京", "名古屋", "神戸", "京都"]


def test_numbers_in_italian_are_those_in_english() -> None:
    """Companies, meetings and days are counted once for all."""
    translated, usual = agenda.load(language="it"), agenda.load()
    assert {event.id: numbers(event) for event in translated.events} == {
        event.id: numbers(event) for event in usual.events
    }


@pytest.mark.parametrize("language", ["it", "ja"])
def test_language_changes_no_date_and_no_place(language: str) -> None:
    """Only what they are called."""
    translated, usual = agenda.load(language=language), agenda.load()
    assert {event.id: (event.when, event.venue and event.venue.id) for event in translated.events} == {
        event.id: (event.when, event.venue and event.venue.id) for event in usual.events
    }
