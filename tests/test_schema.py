"""`agenda schema`: a JSON Schema that editors take, and that judges the shape of a file as the loader does."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import ROOT, SHIPPED, Run, environment
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker
from msgspec import ValidationError

from agenda.agendafile import schema
from agenda.agendafile.json_schema import make_schema
from agenda.agendafile.key_descriptions import describe_keys
from agenda.agendafile.keys import keys_of
from agenda.agendafile.schema import CityTable, RoomTable, Table, TravelTable, VenueTable

Agenda = Callable[..., Run]

EVENT = '[[events]]\nid = "gala"\ntitle = "Gala"\n'
VENUE = '[venues.opera]\nname = "Opera"\n'

RIGHT = {
    "nothing at all": "",
    "only what an event needs": EVENT,
    "a day": f"{EVENT}start = 2026-03-06\nend = 2026-03-07\n",
    "a local time": f"{EVENT}start = 2026-03-06T20:30:00\n",
    "a local time after a space": f"{EVENT}start = 2026-03-06 20:30:00\n",
    "a time with an offset": f"{EVENT}start = 2026-03-06T20:30:00+01:00\nend = 2026-03-06T20:00:00Z\n",
    "two days": f"{EVENT}between = [2026-03-06, 2026-03-09]\n",
    "a series": f'{EVENT}start = 2026-03-06\nrepeat = "FREQ=DAILY;COUNT=3"\nexcept = [2026-03-07]\n',
    "one city": f'{EVENT}city = "Torino"\n',
    "several cities": f'{EVENT}city = ["Torino", "Lyon"]\n',
    "people both ways": f'{EVENT}people = ["Clara Schumann", {{ name = "Camille Saint-Saëns", role = "piano" }}]\n',
    "whole degrees": f"{VENUE}latitude = 45\nlongitude = 7\n",
    "rooms both ways": f'{VENUE}rooms = ["Great hall", {{ name = "Foyer", aliases = ["Ridotto"], shared = true }}]\n',
    "no rooms": f"{VENUE}rooms = []\nshared = false\n",
    "hours and minutes": '[[travel]]\nbetween = ["Torino", "Lyon"]\ntakes = "4h 30m"\n',
    "busy or not": f"{EVENT}busy = false\n",
    "texts by language": f'{EVENT}room.en = "Lobby"\ndate_note = {{ en = "A guess", pt-BR = "Um palpite" }}\n',
    "names by language": '[agenda]\nlanguages = ["en", "ja"]\n[cities.Torino]\nname.ja = "トリノ"\n',
    "names alone": '[cities.Torino]\n[topics.music]\n[people."Clara Schumann"]\n',
}
TABLES: list[type[Table]] = Table.__subclasses__()
HEADERS: dict[str, type[Table]] = {
    "[agenda]": schema.HeadTable,
    "[cities.Torino]": CityTable,
    "[venues.opera]": VenueTable,
    '[people."Clara Schumann"]': schema.PersonTable,
    "[organizers.choir]": schema.TermTable,
    "[topics.music]": schema.TermTable,
    "[kinds.concert]": schema.TermTable,
    "[sources.programme]": schema.SourceTable,
    "[[travel]]": TravelTable,
    "[[events]]": schema.EventTable,
}


def written(value: Any) -> str:
    """The value as TOML has it."""
    match value:
        case dict():
            return f"{{ {', '.join(f'{key} = {written(below)}' for key, below in value.items())} }}"
        case list():
            return f"[{', '.join(map(written, value))}]"
        case date() | time():
            return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


RIGHT["the example of every key"] = "\n".join(
    line
    for header, table in HEADERS.items()
    for line in (header, *(f"{name} = {written(key.example)}" for name, key in describe_keys(table).items()))
)
WRONG = {
    "unknown key": f'{EVENT}colour = "red"\n',
    "unknown table": "[citys.Torino]\n",
    "key that is elsewhere": '[cities.Torino]\ntitle = "Torino"\n',
    "text by something else than languages": f'{EVENT}room = {{ name = "Foyer" }}\n',
    "empty text in a language": f'{EVENT}room = {{ en = "" }}\n',
    "city by language": f'{EVENT}city = {{ en = "Turin" }}\n',
    "no languages": "[agenda]\nlanguages = []\n",
    "language by its name": '[agenda]\nlanguages = ["english"]\n',
    "number for text": f"{EVENT}room = 3\n",
    "text for a number": f'{VENUE}latitude = "45"\n',
    "text for a list": f'{EVENT}topics = "music"\n',
    "text for a table": '[cities]\nTorino = "a city"\n',
    "table for a list": '[events]\nid = "gala"\ntitle = "Gala"\n',
    "missing id": '[[events]]\ntitle = "Gala"\n',
    "missing title": '[[events]]\nid = "gala"\n',
    "missing name": '[venues.opera]\ncity = "Torino"\n',
    "nobody": f'{EVENT}people = [{{ role = "piano" }}]\n',
    "a room without a name": f"{VENUE}rooms = [{{ shared = true }}]\n",
    "text for true": f'{EVENT}busy = "yes"\n',
    "one city for travel": '[[travel]]\nbetween = ["Torino"]\ntakes = "1h"\n',
    "travel in no time": '[[travel]]\nbetween = ["Torino", "Lyon"]\ntakes = "0h 0m"\n',
    "travel that takes nothing": '[[travel]]\nbetween = ["Torino", "Lyon"]\n',
    "one way alone": '[travel]\nbetween = ["Torino", "Lyon"]\ntakes = "1h"\n',
    "bad id": '[[events]]\nid = "The Gala"\ntitle = "Gala"\n',
    "bad namespace": '[agenda]\nnamespace = "Spring Tour"\n',
    "bad colour": '[agenda]\ncolor = "Red"\n',
    "bad duration": '[agenda]\nrefresh = "P0D"\n',
    "bad status": f'{EVENT}status = "perhaps"\n',
    "bad address": f'{EVENT}url = "nowhere"\n',
    "blank uid": f'{EVENT}uid = " "\n',
    "empty text": '[[events]]\nid = "gala"\ntitle = ""\n',
    "empty name": f'{EVENT}topics = [""]\n',
    "text for a day": f'{EVENT}start = "tomorrow"\n',
    "a time of day": f"{EVENT}start = 20:30:00\n",
    "a time of day for between": f"{EVENT}between = [20:30:00, 21:30:00]\n",
    "a time for between": f"{EVENT}between = [2026-03-06T20:30:00, 2026-03-09]\n",
    "one day for between": f"{EVENT}between = [2026-03-06]\n",
    "a time for except": f"{EVENT}except = [2026-03-06T20:30:00]\n",
    "revised without an offset": f"{EVENT}revised = 2026-03-06T20:30:00\n",
    "degrees out of the world": f"{VENUE}latitude = 91.0\n",
}

FORMATS = FormatChecker(formats=())
"""Just those of the schema, as strictly as TOML has them."""


def has_form(pattern: str) -> Callable[[object], bool]:
    """Whether a value is text of that pattern, or no text at all."""
    return lambda value: not isinstance(value, str) or re.fullmatch(pattern, value) is not None


DAY = r"\d{4}-\d\d-\d\d"
TIME = rf"{DAY}T\d\d:\d\d:\d\d(\.\d+)?"
FORMATS.checks("date")(has_form(DAY))
FORMATS.checks("date-time-local")(has_form(TIME))
FORMATS.checks("time-local")(has_form(r"\d\d:\d\d:\d\d(\.\d+)?"))
FORMATS.checks("date-time")(has_form(rf"{TIME}([+-]\d\d:\d\d|Z)"))

VALIDATOR = Draft7Validator(make_schema(), format_checker=FORMATS)


def plain(value: Any) -> Any:
    """The value as JSON has it, days and times being text."""
    match value:
        case dict():
            return {key: plain(below) for key, below in value.items()}
        case list():
            return [plain(item) for item in value]
        case date() | time():
            return value.isoformat()
    return value


def fits_shape(tables: dict[str, Any]) -> bool:
    """Whether the loader takes the tables for an agenda, as far as shape goes."""
    try:
        schema.convert_tables(tables)
    except ValidationError:
        return False
    return True


def fits_schema(tables: dict[str, Any]) -> bool:
    """Whether the schema allows the tables."""
    return bool(VALIDATOR.is_valid(plain(tables)))


# --- The command ---


def test_schema_is_valid_by_its_own_draft(agenda_once: Agenda) -> None:
    Draft7Validator.check_schema(json.loads(agenda_once("schema").out))


def test_schema_ends_with_one_line_break(agenda_once: Agenda) -> None:
    assert agenda_once("schema").out.endswith("}\n")


def test_schema_is_the_same_text_in_every_run(agenda_once: Agenda) -> None:
    assert agenda_once("schema", env={"PYTHONHASHSEED": "7"}).raw == agenda_once("schema").raw


def test_schema_is_not_that_of_a_file(agenda_once: Agenda) -> None:
    assert agenda_once("schema", env={"AGENDA_DATA": "missing.toml"}).raw == agenda_once("schema").raw


def test_schema_takes_no_arguments(agenda_once: Agenda) -> None:
    assert agenda_once("schema", "events.toml").code == 2


# --- The keys ---


@pytest.mark.parametrize(
    ("table", "key"),
    [pytest.param(table, key, id=f"{table.__name__} {key}") for table in TABLES for key in keys_of(table)],
)
def test_key_is_described_by_a_sentence_and_its_example_is_right(table: type[Table], key: str) -> None:
    said = describe_keys(table)[key]
    assert re.fullmatch(r"[A-Z][^\n]*\.", said.description)
    if table is not schema.FileTable:
        schema.convert_value(said.example, keys_of(table)[key].type)


def test_no_key_is_described_that_no_table_has() -> None:
    sections = tomli.loads((ROOT / "agenda" / "agendafile" / "keys.toml").read_text(encoding="utf-8"))
    keys = {table.__name__: set(keys_of(table)) for table in TABLES}
    assert {name: set(section) - keys.get(name, set().union(*keys.values())) for name, section in sections.items()} == {
        name: set() for name in ("Table", *keys)
    }


# --- The loader judges the same ---


@pytest.mark.parametrize("name", RIGHT)
def test_what_the_schema_allows_is_loaded(name: str) -> None:
    tables = tomli.loads(RIGHT[name])
    assert (fits_schema(tables), fits_shape(tables)) == (True, True)


@pytest.mark.parametrize("name", WRONG)
def test_what_the_schema_forbids_is_refused(name: str) -> None:
    tables = tomli.loads(WRONG[name])
    assert (fits_schema(tables), fits_shape(tables)) == (False, False)


def test_text_that_looks_like_a_day_is_a_day_to_the_schema_alone() -> None:
    tables = tomli.loads(f'{EVENT}start = "2026-03-06"\n')
    assert (fits_schema(tables), fits_shape(tables)) == (True, False)


PLAIN = st.one_of(
    st.sampled_from(
        ["", " ", "gala", "a\nb", "gala\n", "The Gala", "tentative", "darkorange", "P1D", "PT", "a:b", "1"]
    ),
    st.text(max_size=3),
    st.integers(-200, 200),
    st.floats(-200, 200, allow_nan=False),
    st.booleans(),
)
TIMED = st.one_of(st.dates(), st.datetimes(timezones=st.sampled_from([None, timezone(timedelta(hours=9))])), st.times())
KEY = st.sampled_from([(table, key) for table in TABLES for key in keys_of(table)])


def values(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of the scalars, or a list or a table of them."""
    tables = st.dictionaries(st.sampled_from(["name", "role", "title", "en", "pt-BR"]), scalars, max_size=2)
    return st.one_of(scalars, st.lists(scalars, max_size=3), tables, st.lists(tables, max_size=2))


PLACES: dict[type[Table], Callable[[dict[str, Any]], dict[str, Any]]] = {
    schema.FileTable: lambda table: table,
    schema.HeadTable: lambda table: {"agenda": table},
    CityTable: lambda table: {"cities": {"Torino": table}},
    VenueTable: lambda table: {"venues": {"opera": {"name": "Opera"} | table}},
    schema.PersonTable: lambda table: {"people": {"Clara Schumann": table}},
    schema.TermTable: lambda table: {"topics": {"music": table}},
    schema.SourceTable: lambda table: {"sources": {"programme": {"title": "Programme"} | table}},
    schema.ParticipantTable: lambda table: {
        "events": [{"id": "gala", "title": "Gala", "people": [{"name": "Camille Saint-Saëns"} | table]}]
    },
    RoomTable: lambda table: {"venues": {"opera": {"name": "Opera", "rooms": [{"name": "Foyer"} | table]}}},
    TravelTable: lambda table: {"travel": [{"between": ["Torino", "Lyon"], "takes": "4h"} | table]},
    schema.EventTable: lambda table: {"events": [{"id": "gala", "title": "Gala"} | table]},
}


@given(KEY, values(PLAIN))
def test_schema_and_loader_agree_on_any_value_but_days_and_times(key: tuple[type[Table], str], value: Any) -> None:
    table, name = key
    tables = PLACES[table]({name: value})
    assert fits_schema(tables) == fits_shape(tables)


@given(KEY, values(TIMED))
def test_schema_allows_every_day_and_time_that_the_loader_takes(key: tuple[type[Table], str], value: Any) -> None:
    table, name = key
    tables = PLACES[table]({name: value})
    assert fits_schema(tables) or not fits_shape(tables)


# --- Programs that editors run ---

COMMANDS = {"taplo": ["lint"], "tombi": ["lint", "--offline"]}
SETTINGS = {"taplo": ".taplo.toml", "tombi": "tombi.toml"}
Lint = Callable[..., int]
BLOCK = re.compile(r"^```toml\n(?!# \S+\.toml\n)(.*?)^```", re.DOTALL | re.MULTILINE)
"""An example of a page, but for the files with a name, which may be wrong on purpose."""

EXAMPLES = {
    f"{page.name} {number}": text
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for number, text in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1)
}
EVERYTHING = {"the shipped dataset": SHIPPED.read_text(encoding="utf-8")} | EXAMPLES | RIGHT


@pytest.fixture(scope="module")
def lint(agenda_once: Agenda, tmp_path_factory: pytest.TempPathFactory) -> Lint:
    """The exit code of a program for a file that names the schema beside it, or else for one that its settings name."""
    schema = agenda_once("schema").raw

    def run(program: str, text: str, settings: str = "") -> int:
        folder = tmp_path_factory.mktemp("lint")
        (folder / "agenda.schema.json").write_bytes(schema)
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        found = shutil.which(program, path=path)
        if found is None:
            pytest.skip(f"{program} is not installed")
        if settings:
            (folder / SETTINGS[program]).write_text(settings, encoding="utf-8")
        directive = "" if settings else "#:schema ./agenda.schema.json\n"
        (folder / "my-events.toml").write_text(directive + text, encoding="utf-8")
        return subprocess.run(
            [found, *COMMANDS[program], "my-events.toml"],
            cwd=folder,
            env=environment(XDG_CACHE_HOME=str(folder)),
            capture_output=True,
            timeout=30,
            check=False,
        ).returncode

    return run


@pytest.mark.slow
@pytest.mark.parametrize("program", COMMANDS)
@pytest.mark.parametrize("name", EVERYTHING)
def test_editor_accepts_what_is_right(lint: Lint, program: str, name: str) -> None:
    assert lint(program, EVERYTHING[name]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("program", COMMANDS)
@pytest.mark.parametrize("name", WRONG)
def test_editor_rejects_what_is_wrong(lint: Lint, program: str, name: str) -> None:
    assert lint(program, WRONG[name]) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("program", "first_line"), [("taplo", "[[rule]]"), ("tombi", "[[schemas]]")])
def test_settings_of_the_page_have_the_editor_check_by_the_schema(lint: Lint, program: str, first_line: str) -> None:
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    (settings,) = [block for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL) if block.startswith(first_line)]
    assert (lint(program, EVENT, settings), lint(program, WRONG["unknown key"], settings)) == (0, 1)
