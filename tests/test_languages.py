"""Files with texts in several languages, as the command line tells them in one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

Agenda = Callable[..., Run]

TOUR = """
[agenda]
title = { en = "The tour", it = "La tournée" }
languages = ["en", "it", "ja"]
timezone = "Asia/Tokyo"
namespace = "tour.example"

[cities.Tokyo]
name = { ja = "東京" }

[cities.Osaka]
name.ja = "大阪"
aliases = ["Naniwa"]

[venues.hall]
name = { en = "City hall", it = "Municipio" }
city = "東京"
address = { en = "1 Main Street", ja = "本町1" }
rooms = ["Sala Blu", { name = { en = "Great hall", it = "Aula magna" }, aliases = ["Magna"] }]

[topics."life sciences"]
name.it = "scienze della vita"

[people."Clara Schumann"]
name.ja = "クララ・シューマン"
role = { en = "piano", it = "pianoforte" }

[[events]]
id = "opening"
title = { en = "Opening night", it = "Serata inaugurale" }
start = 2027-04-08T10:50:00
venue = "hall"
room = "Aula magna"
topics = ["scienze della vita"]
people = ["Clara Schumann"]

[[events]]
id = "closing"
title.it = "Chiusura"
title.ja = "閉会"
start = 2027-04-09
city = "大阪"
room = { en = "Foyer", it = "Atrio" }
description = "Farewell to all."
people = [{ name = "クララ・シューマン", role.it = "voce" }]
"""


@pytest.fixture
def tour(file: Callable[[str], Path]) -> Path:
    """A file in three languages, in none of which it has all texts."""
    return file(TOUR)


def told(run: Run) -> list[dict[str, Any]]:
    """The events of JSON."""
    assert run.code == 0, run.err
    events: list[dict[str, Any]] = json.loads(run.out)
    return events


# --- Which text is chosen


@pytest.mark.parametrize(
    ("language", "titles", "cities", "rooms", "topics", "roles"),
    [
        ("en", ["Opening night", "Chiusura"], ["Tokyo", "Osaka"], ["Great hall", "Foyer"], "life sciences", "piano"),
        (
            "it",
            ["Serata inaugurale", "Chiusura"],
            ["Tokyo", "Osaka"],
            ["Aula magna", "Atrio"],
            "scienze della vita",
            "pianoforte",
        ),
        ("ja", ["Opening night", "閉会"], ["東京", "大阪"], ["Great hall", "Foyer"], "life sciences", "piano"),
    ],
)
def test_texts_are_in_the_language_or_else_in_the_first_that_has_them(
    agenda: Agenda,
    tour: Path,
    language: str,
    titles: list[str],
    cities: list[str],
    rooms: list[str],
    topics: str,
    roles: str,
) -> None:
    events = told(agenda("list", "-d", tour, "--lang", language, "-f", "json"))
    assert [event["title"] for event in events] == titles
    assert [city for event in events for city in event["city"]] == cities
    assert [event["room"] for event in events] == rooms
    assert (events[0]["topics"], events[0]["people"][0]["role"]) == ([topics], roles)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("it-CH", "Serata inaugurale"),
        ("IT", "Serata inaugurale"),
        ("it_IT.UTF-8", "Serata inaugurale"),
        ("de", "Opening night"),
        ("C.UTF-8", "Opening night"),
        ("", "Opening night"),
    ],
)
def test_language_is_looked_up_among_those_of_the_file(agenda: Agenda, tour: Path, asked: str, title: str) -> None:
    by_option = told(agenda("show", "opening", "-d", tour, "--lang", asked, "-f", "json"))
    by_variable = told(agenda("show", "opening", "-d", tour, "-f", "json", env={"AGENDA_LANG": asked}))
    assert [event["title"] for event in by_option + by_variable] == [title, title]


def test_broader_language_finds_one_of_a_country(agenda: Agenda, file: Callable[[str], Path]) -> None:
    text = '[agenda]\nlanguages = ["en", "pt-BR"]\n[[events]]\nid = "gala"\ntitle = { en = "Gala", pt-BR = "Baile" }\n'
    assert told(agenda("list", "-d", file(text), "--lang", "pt", "-f", "json"))[0]["title"] == "Baile"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("jp", 'did you mean "ja"?'),
        ("italian", 'did you mean "it"?'),
        ("italiano", 'did you mean "it"?'),
        ("it,ja", "name one language at a time"),
        ("it!", "write a tag of BCP 47, such as it"),
    ],
)
def test_what_is_no_language_is_refused(agenda: Agenda, tour: Path, typed: str, right: str) -> None:
    by_option, by_variable = (
        agenda("list", "-d", tour, "--lang", typed),
        agenda("list", "-d", tour, env={"AGENDA_LANG": typed}),
    )
    assert (by_option.code, by_variable.code) == (2, 2)
    assert f'agenda: --lang: "{typed}" is no language; {right}' in by_option.err
    assert f'agenda: AGENDA_LANG: "{typed}" is no language; {right}' in by_variable.err


def test_file_without_languages_is_the_same_in_each(agenda: Agenda, file: Callable[[str], Path]) -> None:
    path = file('[[events]]\nid = "opening"\ntitle = "Opening night"\nstart = 2027-04-08\n')
    assert agenda("list", "-d", path, "-f", "json").out == agenda("list", "-d", path, "-f", "json", "--lang", "ja").out


# --- Names in every language find what they name


@pytest.mark.parametrize("language", ["en", "it", "ja"])
@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (["--city", "東京"], ["opening"]),
        (["--city", "tokyo"], ["opening"]),
        (["東京"], ["opening"]),
        (["Naniwa"], ["closing"]),
        (["--topic", "scienze della vita"], ["opening"]),
        (["life sciences"], ["opening"]),
        (["--venue", "municip"], ["opening"]),
        (["--venue", "city hall"], ["opening"]),
        (["--room", "magna"], ["opening"]),
        (["--room", "atrio"], ["closing"]),
        (["--with", "クララ"], ["opening", "closing"]),
        (["--with", "schumann"], ["opening", "closing"]),
        (["--search", "大阪"], ["closing"]),
        (["--search", "municipio"], ["opening"]),
    ],
)
def test_names_in_any_language_find_events(
    agenda: Agenda, tour: Path, language: str, asked: list[str], ids: list[str]
) -> None:
    found = told(agenda("list", *asked, "-d", tour, "--lang", language, "-f", "json"))
    assert [event["id"] for event in found] == ids


def test_search_finds_the_texts_that_are_told(agenda: Agenda, tour: Path) -> None:
    in_italian = told(agenda("list", "--search", "inaugurale", "-d", tour, "--lang", "it", "-f", "json"))
    in_english = agenda("list", "--search", "inaugurale", "-d", tour, "-f", "tsv")
    assert ([event["id"] for event in in_italian], in_english.out) == (["opening"], "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["--lang", ""], ["en", "it", "ja"]),
        (["--lang", "ja", "--city", "東"], ["東京"]),
        (["--city", "T"], ["Tokyo"]),
        (["--lang", "it", "--topic", "s"], ["scienze\\ della\\ vita"]),
    ],
)
def test_shells_complete_names_of_the_language(
    agenda: Agenda, tour: Path, typed: list[str], offered: list[str]
) -> None:
    words = ["agenda", "list", "--data", str(tour), *typed]
    asked = {"_AGENDA_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    assert [line.strip() for line in agenda(env=asked).lines] == offered


# --- What comes out


def test_uid_does_not_depend_on_the_language(agenda: Agenda, tour: Path) -> None:
    english, italian = (agenda("export", "-d", tour, "--lang", language).lines for language in ("en", "it"))
    assert "SUMMARY:Serata inaugurale" in italian
    assert "SUMMARY:Opening night" in english
    uids = [[line for line in lines if line.startswith("UID:")] for lines in (english, italian)]
    assert uids[0] == uids[1] != []
    assert not any("LANGUAGE=" in line for line in italian)


@pytest.mark.parametrize("language", ["en", "it", "ja"])
def test_export_comes_back_as_the_file_in_its_language(
    agenda: Agenda, tour: Path, tmp_path: Path, language: str
) -> None:
    calendar, back = tmp_path / "tour.ics", tmp_path / "back.toml"
    assert agenda("export", "-d", tour, "--lang", language, "-o", calendar).code == 0
    assert agenda("import", calendar, "-o", back).code == 0
    before = told(agenda("list", "-d", tour, "--lang", language, "-f", "json"))
    assert told(agenda("list", "-d", back, "-f", "json")) == before


# --- Several files


def test_files_unite_their_languages(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[agenda]\nlanguages = ["en", "ja"]\n[cities.Tokyo]\nname.ja = "東京"\n[[events]]\nid = "gala"\n'
        'title = { en = "Gala", ja = "祭" }\ncity = "Tokyo"\nstart = 2027-04-08\n'
    )
    (tmp_path / "b.toml").write_text(
        '[agenda]\nlanguages = ["it", "en"]\n[cities.Tokyo]\nname.it = "Tochio"\n[[events]]\nid = "fine"\n'
        'title = "Fine"\ncity = "Tochio"\nstart = 2027-04-09\n[[events]]\nid = "cena"\n'
        'title = { it = "Cena", en = "Dinner" }\ncity = "東京"\nstart = 2027-04-10\n'
    )
    for language, titles, city in (
        ("en", ["Gala", "Fine", "Dinner"], "Tokyo"),
        ("it", ["Gala", "Fine", "Cena"], "Tochio"),
        ("ja", ["祭", "Fine", "Dinner"], "東京"),
    ):
        events = told(agenda("list", "-d", tmp_path, "--lang", language, "-f", "json"))
        assert [event["title"] for event in events] == titles
        assert {name for event in events for name in event["city"]} == {city}


# --- What is odd


def test_check_tells_once_for_each_language_what_it_lacks(agenda: Agenda, tour: Path) -> None:
    found = json.loads(agenda("check", "-d", tour, "--format", "json").out)
    right = "add them, or texts in other languages stand for them"
    assert [(one["line"], one["column"], one["message"]) for one in found] == [
        (4, 14, f"agenda: English (en) lacks 1 of 2 titles and 1 of 2 roles; {right}"),
        (4, 26, f"agenda: Japanese (ja) lacks 1 of 2 titles; {right}"),
    ]


def test_check_tells_of_a_tag_that_no_language_has(agenda: Agenda, file: Callable[[str], Path]) -> None:
    found = json.loads(agenda("check", "-d", file('[agenda]\nlanguages = ["en", "jp"]\n'), "--format", "json").out)
    assert [one["message"] for one in found] == ['agenda: no language has the tag "jp"; did you mean "ja"?']


def test_check_says_nothing_of_a_file_that_lacks_nothing(agenda: Agenda, file: Callable[[str], Path]) -> None:
    """Plain names of places and people lack nothing, nor do texts that are in no other language at all."""
    text = (
        '[agenda]\nlanguages = ["en", "it"]\n[cities.Torino]\n[people."Clara Schumann"]\nrole = "piano"\n'
        '[[events]]\nid = "gala"\ntitle = { en = "Gala", it = "Serata" }\ndescription = "All night."\n'
        'city = "Torino"\npeople = ["Clara Schumann"]\n'
    )
    run = agenda("check", "--strict", "-d", file(text))
    assert (run.code, "warning" in run.out + run.err) == (0, False)


# --- What is wrong


@pytest.mark.parametrize(
    ("text", "diagnostics"),
    [
        (
            '[agenda]\nlanguages = ["en", "pt-BR"]\ntitle = { en = "Tour", pt-br = "Turnê", fr = "Tournée" }\n',
            [
                '3:24: agenda: no language "pt-br" is declared; did you mean "pt-BR"?',
                '3:41: agenda: no language "fr" is declared; add it to languages of [agenda]',
            ],
        ),
        (
            '[agenda]\nlanguages = ["en", "it", "ja"]\ntitle = { en = "Tour", jp = "旅", it-ch = "Giro" }\n',
            [
                '3:24: agenda: no language "jp" is declared; did you mean "ja"?',
                '3:34: agenda: no language "it-ch" is declared; did you mean "it"?',
            ],
        ),
        (
            '[[events]]\nid = "gala"\ntitle.it = "Gala"\ntitle.ja = "祭"\n',
            [
                (
                    "3:1: event 'gala': texts by language, but none is declared; "
                    'add to [agenda] a line languages = ["it", "ja"]'
                )
            ],
        ),
        (
            '[agenda]\nlanguages = ["en", "it", "EN", "english"]\n',
            [
                '2:26: agenda: "EN" is declared twice; once is enough',
                (
                    '2:32: agenda: item 4 of languages is "english"; '
                    'it must be the tag of a language (BCP 47), such as "it", "ja" or "pt-BR"'
                ),
            ],
        ),
        (
            '[agenda]\nlanguages = ["en"]\ntitle = {}\n[cities]\nTurin.name.en = " "\n',
            [
                '3:9: agenda: title has no text; write one, or one for each language, as in { en = "…" }',
                "5:12: city 'Turin': this city has a name that is blank; give it one that can be seen",
            ],
        ),
        (
            '[agenda]\nlanguages = ["en", "it"]\n[cities]\nTurin.name.it = "Torino"\nTorino = {}\n',
            [
                (
                    "4:12: city 'Turin': \"Torino\" is taken: it is also the name of another city; "
                    "each name and alias has to mean one city"
                )
            ],
        ),
        (
            (
                '[agenda]\nlanguages = ["en", "it"]\n[venues.hall]\nname = "Hall"\nurl.en = "https://hall.example"\n'
                'rooms = [{ name = { en = "Blue", it = "Blu" } }, "Red"]\n'
                '[[events]]\nid = "gala"\ntitle.it = 3\nvenue = "hall"\nroom = { en = "Blue", it = "Red" }\n'
            ),
            [
                "5:1: venue 'hall': url is a table; it must be an address such as \"https://example.org/\"",
                "9:12: event 'gala': title.it is 3; it must be text that is not empty",
                '11:28: event \'gala\': "Red" is another room than "Blue"; name one room in each language',
            ],
        ),
    ],
)
def test_diagnostics(agenda: Agenda, file: Callable[[str], Path], text: str, diagnostics: list[str]) -> None:
    written = file(text)
    lines = agenda("check", "-d", written, "--format", "json")
    found = [f"{one['line']}:{one['column']}: {one['message']}" for one in json.loads(lines.out)]
    assert found == diagnostics


# --- Changes


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        (["title.ja=開幕"], 'it = "Serata inaugurale" }', 'it = "Serata inaugurale", ja = "開幕" }'),
        (["title.IT=Prima"], "Serata inaugurale", "Prima"),
        (["title=First night"], "Opening night", "First night"),
        (["title.it="], ', it = "Serata inaugurale" }', " }"),
    ],
)
def test_set_changes_a_text_in_one_language(
    agenda: Agenda, tour: Path, changes: list[str], before: str, after: str
) -> None:
    run = agenda("set", "opening", *changes, "-d", tour, "--keep-revised")
    assert (run.code, run.err) == (0, "")
    assert tour.read_text() == TOUR.replace(before, after)


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("description.it=Addio.", 'description = { en = "Farewell to all.", it = "Addio." }\n'),
        ("description.en=Bye.", 'description = "Bye."\n'),
        ("description.en=", ""),
        ("description.ja=", 'description = "Farewell to all."\n'),
        (
            f"description.it={'Addio ' * 30}!",
            (
                'description.en = "Farewell to all."\ndescription.it = """\\\n'
                f'  {("Addio " * 18)}\\\n  {("Addio " * 12)}!"""\n'
            ),
        ),
    ],
)
def test_plain_text_is_in_the_first_language(agenda: Agenda, tour: Path, change: str, after: str) -> None:
    assert agenda("set", "closing", change, "-d", tour, "--keep-revised").code == 0
    assert tour.read_text() == TOUR.replace('description = "Farewell to all."\n', after)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "title.fr=X",
            'the file declares no language "fr"; it declares en, it and ja; add it to languages of [agenda]',
        ),
        ("url.it=X", "url.it: only title, room, date_note and description are in several languages; write url"),
    ],
)
def test_set_refuses_what_is_in_no_such_language(agenda: Agenda, tour: Path, change: str, message: str) -> None:
    run = agenda("set", "opening", change, "-d", tour)
    assert (run.code, run.err) == (2, f"agenda: {message}\n")


def test_set_asks_for_languages_where_none_is_declared(agenda: Agenda, file: Callable[[str], Path]) -> None:
    run = agenda("set", "gala", "title.it=Serata", "-d", file('[[events]]\nid = "gala"\ntitle = "Gala"\n'))
    right = 'add to its [agenda] a line languages = ["en", "it"], or whatever it has'
    assert (run.code, run.err) == (2, f'agenda: the file declares no language "it"; {right}\n')


def test_columns_of_a_table_are_languages_of_a_key(agenda: Agenda, tour: Path) -> None:
    table = "id,title.it,title.ja\nopening,Serata inaugurale,開幕\nclosing,Fine,閉会\n"
    run = agenda("set", "--from", "-", "-d", tour, "--keep-revised", stdin=table)
    assert (run.code, run.err) == (0, "")
    after = TOUR.replace('it = "Serata inaugurale" }', 'it = "Serata inaugurale", ja = "開幕" }')
    assert tour.read_text() == after.replace('title.it = "Chiusura"', 'title.it = "Fine"')


def test_column_without_its_language_is_refused_where_a_text_has_several(agenda: Agenda, tour: Path) -> None:
    run = agenda("set", "--from", "-", "-d", tour, stdin="id,title\nopening,Serata\n")
    right = "let the column be title.en, title.it or title.ja"
    assert (run.code, run.err) == (2, f"agenda: <stdin>: row 2: title is in several languages; {right}\n")


def test_name_of_a_venue_in_any_language_is_set_as_its_id(agenda: Agenda, tour: Path) -> None:
    assert agenda("set", "closing", "venue=municipio", "city=", "room=", "-d", tour, "--keep-revised").code == 0
    assert 'venue = "hall"' in tour.read_text().rpartition("[[events]]")[2]


# --- Renaming


def test_name_of_a_venue_in_any_language_is_added_as_its_id(agenda: Agenda, tour: Path) -> None:
    words = ("--start", "2027-04-09", "--venue", "municipio", "--keep-revised")
    assert agenda("add", "Farewell", *words, "-d", tour).code == 0
    assert 'title = "Farewell"\nvenue = "hall"' in tour.read_text()


@pytest.mark.parametrize(
    ("what", "old", "new", "before", "after"),
    [
        ("city", "Tokyo", "Edo", "[cities.Tokyo]\n", "[cities.Edo]\n"),
        ("topic", "life sciences", "biology", '[topics."life sciences"]\n', "[topics.biology]\n"),
        ("venue", "City hall", "Town hall", 'name = { en = "City hall"', 'name = { en = "Town hall"'),
        ("room", "Great hall", "Big hall", '{ name = { en = "Great hall"', '{ name = { en = "Big hall"'),
        ("room", "Foyer", "Lobby", '{ en = "Foyer"', '{ en = "Lobby"'),
    ],
)
def test_rename_changes_the_name_in_the_first_language(
    agenda: Agenda, tour: Path, what: str, old: str, new: str, before: str, after: str
) -> None:
    run = agenda("rename", what, old, new, "-d", tour, "--keep-revised")
    assert (run.code, tour.read_text()) == (0, TOUR.replace(before, after))
    assert agenda("list", "-d", tour, "--lang", "ja", "-f", "json").code == 0


def test_rename_of_an_entry_whose_name_is_not_its_key(agenda: Agenda, file: Callable[[str], Path]) -> None:
    text = (
        '[agenda]\nlanguages = ["en", "it"]\n[cities.TRN]\nname = { en = "Turin", it = "Torino" }\n'
        '[[events]]\nid = "gala"\ntitle = "Gala"\ncity = "Turin"\n'
        '[[events]]\nid = "fine"\ntitle = "Fine"\ncity = "TRN"\n'
    )
    written = file(text)
    assert agenda("rename", "city", "turin", "Augusta", "-d", written, "--keep-revised").code == 0
    assert written.read_text() == text.replace('"Turin"', '"Augusta"')
