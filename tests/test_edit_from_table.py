"""`agenda set --from`: tables on their way back into the file, above all the CSV that `agenda list` writes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from agendas import agendas
from conftest import ROOT, SHIPPED, Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import Cell, xlsx

Agenda = Callable[..., Run]
NOW = {"AGENDA_NOW": "2026-03-01T12:00:00+00:00"}
REVISED = "+revised = 2026-03-01T13:00:00+01:00"
FIELDS = (
    "title", "when", "start", "end", "between", "date_note", "all_day", "timezone", "city", "venue", "room", "kind",
    "topics", "organizers", "people", "status", "visibility", "busy", "description", "url", "sources", "occurrence",
    "sort",
)  # fmt: skip
TOUR = """\
[agenda]
timezone = "Europe/Rome"

[cities.Torino]
aliases = ["Turin"]

[venues.hall]
name = "The Hall"
city = "Torino"

[sources.letter]
title = "A letter; by hand, of 2 May"

[[events]]
id = "opening"
title = "=Opening, the first"
venue = "hall"
start = 2026-05-01T19:30:00
end = 21:00:00
topics = ["music, old", "dance"]
people = ["Ada", { name = "Bo", role = "chair" }]
sources = ["letter"]

[[events]]
id = "dinner"
title = "Dinner"
city = "Turin"
between = [2026-05-02, 2026-05-04]

[[events]]
id = "yoga"
title = "Yoga"
start = 2026-05-02T08:30:00
repeat = "FREQ=DAILY;COUNT=3"

[[events]]
id = "fair"
title = "Fair"
start = 2026-05-02

[[events]]
id = "party"
title = "Party"
"""


@pytest.fixture
def tour(file: Callable[..., Path]) -> Path:
    """A file of events of every kind of date."""
    return file(TOUR, "tour.toml")


@pytest.fixture
def fill_in(change: Callable[..., list[str]]) -> Callable[[str | bytes], list[str]]:
    """Change the file by a table; gives the lines that it changes."""
    return lambda table: change("set", "--from", "-", stdin=table)


def listed(agenda: Agenda, path: Path, *fields: str, words: tuple[str, ...] = ()) -> str:
    run = agenda("list", "--format", "csv", "--fields", ",".join(("id", *fields)), "--data", path, *words, env=NOW)
    assert run.code == 0
    return run.raw.decode()


# --- What list writes goes back as it is ---


@pytest.mark.parametrize("path", [SHIPPED, ROOT / "examples" / "conference.toml"])
@pytest.mark.parametrize("words", [(), ("--utc",), ("--status", "cancelled")])
def test_list_goes_back_and_changes_nothing(agenda: Agenda, tmp_path: Path, path: Path, words: tuple[str, ...]) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(path.read_bytes())
    table = listed(agenda, mine, *FIELDS, words=words)
    run = agenda("set", "--from", "-", "--data", mine, stdin=table, env=NOW)
    assert (run.code, run.err) == (0, "")
    assert mine.read_bytes() == path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(agendas(), st.lists(st.sampled_from(FIELDS), unique=True), st.sampled_from([(), ("--utc",)]))
def test_any_list_goes_back_and_changes_nothing(
    agenda: Agenda, tmp_path: Path, text: str, fields: list[str], words: tuple[str, ...]
) -> None:
    path = tmp_path / "any.toml"
    path.write_text(text, encoding="utf-8", newline="")
    table = listed(agenda, path, *fields, words=words)
    run = agenda("set", "--from", "-", "--data", path, stdin=table.encode(), env=NOW)
    assert (run.code, run.err) == (0, "")
    assert path.read_bytes().decode() == text


def test_one_cell_that_is_edited_changes_one_key(agenda: Agenda, tour: Path, fill_in: Callable[..., list[str]]) -> None:
    table = listed(agenda, tour, *FIELDS).replace("Dinner", "Supper")
    assert fill_in(table) == ['-title = "Dinner"', '+title = "Supper"', REVISED]


@pytest.mark.parametrize(
    ("fields", "old", "new", "lines"),
    [
        (("people",), "Ada, Bo", "Ada, Bo, Cy", ['+people = ["Ada", { name = "Bo", role = "chair" }, "Cy"]']),
        (("people",), "Ada, Bo", "Bo;Cy=guest",
            ['+people = [{ name = "Bo", role = "chair" }, { name = "Cy", role = "guest" }]']),
        (("topics",), "music, old, dance", "dance, music, old", ['+topics = ["dance", "music, old"]']),
        (("sources",), '"A letter; by hand, of 2 May"', "", []),
        (("start", "end"), "2026-05-01T19:30:00+02:00", "2026-05-01T20:00:00+02:00", ["+start = 2026-05-01T20:00:00"]),
        (("start", "end"), "2026-05-01T21:00:00+02:00", "2026-05-01 22:00", ["+end = 2026-05-01T22:00:00"]),
        (("start", "end"), "2026-05-01T21:00:00+02:00", "2026-05-01T20:00:00Z", ["+end = 22:00:00"]),
        (("start", "end"), "~2026-05-02", "~2026-05-03", ["+between = [2026-05-03, 2026-05-04]"]),
        (("start", "end"), "~2026-05-02", "3 May 2026 20:00", ["+start = 2026-05-03T20:00:00"]),
        (("start", "end"), "tba,tba", "~2026-05-08,~2026-05-09", ["+between = [2026-05-08, 2026-05-09]"]),
        (("start",), "fair,2026-05-02", "fair,tba", []),
        (("between",), "2026-05-02..2026-05-04", "2026-05-02..2026-05-03", ["+between = [2026-05-02, 2026-05-03]"]),
        (("title",), "'=Opening", "=Closing", ['+title = "=Closing, the first"']),
    ],
)  # fmt: skip
def test_cell_is_read_as_list_writes_it(
    agenda: Agenda, tour: Path, fill_in: Callable[..., list[str]], fields: tuple[str, ...], old: str, new: str,
    lines: list[str],
) -> None:  # fmt: skip
    table = listed(agenda, tour, *fields)
    assert table.count(old) == 1
    changed = [line for line in fill_in(table.replace(old, new)) if line[0] == "+"]
    assert changed == [*lines, REVISED]


def test_venue_is_named_by_its_name(agenda: Agenda, tour: Path, fill_in: Callable[..., list[str]]) -> None:
    del agenda
    assert fill_in("id,venue\nfair,the hall\nopening,The Hall\n") == [REVISED]
    assert tour.read_text().count('venue = "hall"') == 2


def test_rows_of_a_series_say_the_same(agenda: Agenda, tour: Path, fill_in: Callable[..., list[str]]) -> None:
    table = listed(agenda, tour, "title", "start")
    assert table.count("yoga") == 3
    once = agenda("set", "--from", "-", "--data", tour, stdin=table.replace("Yoga", "Gym", 1), env=NOW)
    assert once.code == 2
    assert 'row 6 and row 4 of "yoga" differ in title; it is a series' in once.err
    assert fill_in(table.replace("Yoga", "Gym")) == ['-title = "Yoga"', '+title = "Gym"', REVISED]


def test_field_that_follows_from_others_is_not_changed(agenda: Agenda, tour: Path) -> None:
    run = agenda("set", "--from", "-", "--data", tour, stdin="id,when\nparty,fixed\n")
    assert (run.code, run.err) == (
        2,
        "agenda: <stdin>: row 2: when cannot be changed, since it follows from start, end and between; it is tba\n",
    )


# --- How tables are written ---


@pytest.mark.parametrize(
    "table",
    [
        b"id;title\nfair;Market\n",
        b"id\ttitle\nfair\tMarket\n",
        b"\xef\xbb\xbfID,Title\r\nfair,Market\r\n",
        "id,title\nfair,Market\n".encode("utf-16"),
        b"\n\nId,Titolo\nFAIR,Market\n,\n",
        b'sep=;\r\n"id";"title"\r\n"fair";"Market"\r\n',
        b"title,id,\nMarket,fair,\n",
    ],
)
def test_table_is_read_as_import_reads_it(fill_in: Callable[..., list[str]], table: bytes) -> None:
    assert fill_in(table) == ['-title = "Fair"', '+title = "Market"', REVISED]


def test_latin_letters_are_kept_in_whatever_encoding(fill_in: Callable[..., list[str]]) -> None:
    assert '+title = "Caffè"' in fill_in("id,title\nfair,Caffè\n".encode("latin-1"))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("id,title\nfair,What, and what not\n", "row 2: it has 3 cells for 2 headings"),
        ("id,title,room\nfair,Fair\n", "row 2: it has 2 cells for 3 headings"),
        ("id,title\nfair,A\n fair ,B\n", 'row 3 and row 2 of "fair" differ in title; each event has one row'),
        ("id,title,Title\nfair,A,B\n", 'row 1, column "Title" (C) is a second one for title'),
        ("id,titlle\nfair,A\n", 'row 1, column "titlle" (B): an event has no key "titlle"; did you mean "title"?'),
        ("id,Giorno\nfair,2026-05-01\n", 'column "Giorno" (B): a day and its time stand in one column here, start, as'),
        ("id,Ora fine\nfair,9\n", 'column "Ora fine" (B): a day and its time stand in one column here, end, as'),
        ("id,title\nfare,A\n", 'row 2: no event has the id "fare"; did you mean "fair"?'),
        ("id,title\n,A\n", "row 2: it has no id"),
        ("id,start\nfair,soon\n", 'row 2: start: "soon" is not a day'),
        ("id,start,end\nopening,~2026-05-01,2026-05-02\n", "row 2: a day that is not fixed has ~ in start and in end"),
        ("id,people,Moderator\nfair,A,B\n", 'column "Moderator" (C): an event has no key'),
    ],
)
def test_mistake_is_told_at_its_row(agenda: Agenda, tour: Path, table: str, said: str) -> None:
    run = agenda("set", "--from", "-", "--data", tour, stdin=table)
    assert (run.code, run.err.startswith("agenda: <stdin>: row ")) == (2, True)
    assert said in run.err
    assert tour.read_text() == TOUR


def test_all_mistakes_are_told_at_once(agenda: Agenda, tour: Path) -> None:
    table = "id,start,busy\nfair,soon,yes\nnone,,\nparty,,perhaps\n"
    assert len(agenda("set", "--from", "-", "--data", tour, stdin=table).err.splitlines()) == 3


def test_mistake_of_the_agenda_is_told_at_its_row(agenda: Agenda, tour: Path, tmp_path: Path) -> None:
    (tmp_path / "edits.csv").write_text("id,status\nfair,nearly\n")
    run = agenda("set", "--from", "edits.csv", "--data", tour)
    assert (run.code, run.err.startswith("agenda: edits.csv: row 2: ")) == (1, True)


def test_workbook_goes_back(agenda: Agenda, tour: Path, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["id", "Title", "Start"], ["opening", "Closing", datetime(2026, 5, 1, 19, 30)]]  # noqa: DTZ001
    (tmp_path / "edits.xlsx").write_bytes(xlsx({"Edits": rows}))
    assert agenda("set", "--from", "edits.xlsx", "--keep-revised", "--data", tour).code == 0
    assert tour.read_text() == TOUR.replace("=Opening, the first", "Closing")


LANGUAGES = """\
[agenda]
languages = ["en", "it"]

[topics.life]
name.it = "vita"

[[events]]
id = "opening"
title = { en = "Opening", it = "Apertura" }
topics = ["life"]
people = [{ name = "Bo", role = { en = "chair", it = "presidente" } }]
"""


@pytest.mark.parametrize("language", ["en", "it"])
def test_list_in_any_language_goes_back(agenda: Agenda, tmp_path: Path, language: str) -> None:
    path = tmp_path / "both.toml"
    path.write_text(LANGUAGES)
    table = listed(agenda, path, *FIELDS, words=("--lang", language))
    run = agenda("set", "--from", "-", "--data", path, stdin=table, env=NOW)
    assert (run.code, run.err, path.read_text()) == (0, "", LANGUAGES)
    run = agenda("set", "--from", "-", "--data", path, stdin="id,title\nopening,Start\n", env=NOW)
    assert (run.code, path.read_text()) == (2, LANGUAGES)
    assert "row 2: title is in several languages; let the column be title.en or title.it" in run.err
