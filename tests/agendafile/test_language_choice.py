"""Which texts are chosen, held against the same file with those texts alone; and which language is looked up."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agenda.agendafile import schema
from agenda.agendafile.languages import find_language
from agenda.agendafile.resolve import resolve
from agenda.model import Agenda, ForeignText

LANGUAGES = ["en", "it", "ja"]
Tables = dict[str, Any]


def by_language(stem: str) -> st.SearchStrategy[Any]:
    """A text, or texts in some of the languages, each of them like no other."""
    texts = st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True).map(
        lambda languages: {language: f"{stem} in {language}" for language in languages}
    )
    return st.one_of(st.just(stem), texts)


@st.composite
def agenda_tables(draw: st.DrawFn) -> Tables:
    """The tables of a file in several languages, which names cities and topics in any of them."""
    languages = draw(st.permutations(LANGUAGES))
    cities = {f"city {number}": draw(entry(f"city {number}")) for number in range(2)}
    topics = {f"topic {number}": draw(entry(f"topic {number}")) for number in range(2)}
    people = {"person": draw(entry("person")) | {"role": draw(by_language("role"))}}
    events = [
        {
            "id": f"event-{number}",
            "title": draw(by_language(f"title {number}")),
            "description": draw(by_language("description")),
            "date_note": draw(by_language("note")),
            "room": draw(by_language(f"room {number}")),
            "city": draw(st.sampled_from(called("city 0", cities))),
            "topics": [draw(st.sampled_from(called("topic 1", topics)))],
            "people": [{"name": "person", "role": draw(by_language("another role"))}] if number else ["person"],
            "venue": "hall",
        }
        for number in range(2)
    ]
    return {
        "agenda": {"languages": languages, "title": draw(by_language("tour"))},
        "cities": cities,
        "topics": topics,
        "people": people,
        "venues": {"hall": {"name": draw(by_language("hall")), "address": draw(by_language("street"))}},
        "events": events,
    }


def entry(key: str) -> st.SearchStrategy[Tables]:
    """The table of a name, which may have one in other languages."""
    return st.one_of(st.just({}), by_language(f"{key} by name").map(lambda name: {"name": name}))


def called(key: str, entries: Mapping[str, Tables]) -> list[str]:
    """What an entry may be called."""
    name = entries[key].get("name", [])
    return [key, *([name] if isinstance(name, str) else name.values() if isinstance(name, dict) else [])]


def collapse(tables: Tables, language: str) -> Tables:
    """The tables with the texts of that language alone, in a file of no languages."""
    languages: Sequence[str] = tables["agenda"]["languages"]
    order = [language, *languages]

    def chosen(value: Any) -> Any:
        match value:
            case dict() if value and value.keys() <= set(LANGUAGES):
                return next(value[tag] for tag in order if tag in value)
            case dict():
                return {key: chosen(below) for key, below in value.items() if key != "languages"}
            case list():
                return [chosen(below) for below in value]
        return value

    collapsed: Tables = chosen(tables)
    for vocabulary in ("cities", "topics", "people"):
        for key, table in tables[vocabulary].items():
            name = table.get("name", {})
            texts = {languages[0]: key} | (name if isinstance(name, dict) else {languages[0]: name})
            others = [other for other in called(key, tables[vocabulary]) if other != key]
            collapsed[vocabulary][key] |= {"name": chosen(texts), "aliases": others}
    return collapsed


def read(tables: Tables, language: str | None = None) -> Agenda:
    """The agenda of these tables, which are right."""
    agenda, problems = resolve(schema.convert_tables(tables), language=language)
    assert problems == []
    return agenda


def texts(agenda: Agenda) -> list[Any]:
    """All that is told of the agenda and of its events."""
    events = [
        (
            event.title,
            event.description,
            event.date_note,
            event.room and event.room.name,
            [city.name for city in event.cities],
            [topic.name for topic in event.topics],
            [(person.name, person.role) for person in event.people],
            event.venue and (event.venue.name, event.venue.address),
        )
        for event in agenda.events
    ]
    names = [[entry.name for entry in entries] for entries in (agenda.cities, agenda.topics, agenda.people)]
    return [agenda.title, events, names]


@given(agenda_tables(), st.sampled_from(LANGUAGES))
def test_texts_of_a_language_are_those_of_a_file_that_has_no_others(tables: Tables, language: str) -> None:
    agenda = read(tables, language)
    assert (agenda.language, agenda.languages) == (language, tuple(tables["agenda"]["languages"]))
    assert texts(agenda) == texts(read(collapse(tables, language)))


@given(agenda_tables(), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_without_tables_the_file_is_the_same_in_every_language(tables: Tables, chosen: str, asked: str) -> None:
    plain = collapse(tables, chosen)
    assert read(plain, asked) == read(plain)
    declared = plain | {"agenda": plain["agenda"] | {"languages": LANGUAGES}}
    assert replace(read(declared, asked), language=None) == replace(read(declared), language=None)


@given(agenda_tables(), st.sampled_from(LANGUAGES))
def test_a_title_that_falls_back_says_in_which_language_it_is(tables: Tables, language: str) -> None:
    for event, table in zip(read(tables, language).events, tables["events"], strict=True):
        title = table["title"]
        by_tag = title if isinstance(title, dict) else {tables["agenda"]["languages"][0]: title}
        assert isinstance(event.title, ForeignText) == (language not in by_tag)
        if isinstance(event.title, ForeignText):
            assert by_tag[event.title.language] == event.title


@pytest.mark.parametrize(
    ("asked", "languages", "found"),
    [
        ("it", ["en", "it"], "it"),
        ("IT", ["en", "it"], "it"),
        ("it-CH", ["en", "it"], "it"),
        ("zh-Hant-TW", ["zh", "zh-Hant"], "zh-Hant"),
        ("pt", ["en", "pt-BR"], "pt-BR"),
        ("pt-PT", ["en", "pt-BR"], "pt-BR"),
        ("i", ["it"], None),
        ("de", ["en", "it"], None),
        (None, ["en", "it"], None),
        ("it", [], None),
    ],
)
def test_language_is_looked_up(asked: str | None, languages: list[str], found: str | None) -> None:
    assert find_language(asked, languages) == found
