"""`agenda list --fields`, and Markdown: which fields of events are told, as data and in tables."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import ROOT, Run, Screen
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from rich.console import Console

from agenda.agendafile.load import load
from agenda.formats.records import CLOCK_FIELDS, FIELDS, EventRows
from agenda.model import TBA, Agenda, Between, Event, Fixed
from agenda.query import Query, select
from agenda.views.columns import Columns
from agenda.wording.english import ENGLISH

Program = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]


def test_columns_are_those_that_are_asked_for_in_their_order(agenda_once: Program) -> None:
    run = agenda_once("list", "--fields", "title,id", "--city", "Kobe", "--on", "2025-09-30")
    assert run.lines[0] == "Ceipiemonte teams in Osaka, Tokyo, Nagoya and Kobe\tceipiemonte-teams"


@pytest.mark.parametrize(
    "options", [["--fields", "id,kind"], ["--fields", "id", "--fields", "kind"], ["--fields", "ID, Kind,id"]]
)
def test_fields_may_be_given_in_several_ways(agenda_once: Program, options: list[str]) -> None:
    assert agenda_once("list", *options).lines[0] == "watanabe-meeting\tmeeting"


@pytest.mark.parametrize(
    ("field", "event", "text"),
    [
        ("when", "fbri-visit", "between"),
        ("start", "fbri-visit", "~2025-09-28"),
        ("between", "fbri-visit", "2025-09-28..2025-09-30"),
        ("all_day", "unesco-panel", "false"),
        ("timezone", "unesco-panel", "Asia/Tokyo"),
        ("venue", "embassy-conference", "Embassy of Italy"),
        ("topics", "fbri-visit", "life sciences, research"),
        ("room", "airone", "-"),
        ("status", "airone", "confirmed"),
        ("occurrence", "airone", "-"),
    ],
)
def test_each_field_has_a_text(agenda_once: Program, field: str, event: str, text: str) -> None:
    run = agenda_once("list", "--fields", ",".join(FIELDS))
    (row,) = [row.split("\t") for row in run.lines if row.startswith(f"{event}\t")]
    assert row[FIELDS.index(field)] == text


def test_people_and_sources_are_told_by_their_names(agenda_once: Program) -> None:
    run = agenda_once("list", "--fields", "people,sources", "--search", "koike")
    assert run.lines[0].startswith(
        "Yuriko Koike, Stefano Lo Russo, Stefano Corgnati\t"
        "Il Piemonte si racconta all'Expo di Osaka: gli eventi giorno per giorno; Torino's mayor"
    )


def test_objects_have_the_fields_that_are_asked_for(agenda_once: Program) -> None:
    whole = json.loads(agenda_once("list", "--format", "json").out)
    some = json.loads(agenda_once("list", "--format", "json", "--fields", "people,id,occurrence").out)
    assert some == [{"people": event["people"], "id": event["id"], "occurrence": None} for event in whole]
    assert list(some[0]) == ["people", "id", "occurrence"]


def test_csv_has_the_fields_in_its_header(agenda_once: Program) -> None:
    run = agenda_once("list", "--format", "csv", "--fields", "city,id")
    header, first, *_ = csv.reader(io.StringIO(run.out))
    assert (header, first) == (["city", "id"], ["Tokyo", "watanabe-meeting"])


def test_unknown_field_lists_those_that_there_are(agenda_once: Program) -> None:
    run = agenda_once("list", "--fields", "id,titel")
    assert (run.code, run.out) == (2, "")
    assert (
        run.err
        == f'agenda: --fields: there is no field "titel"; did you mean "title"? the fields are {", ".join(FIELDS)}\n'
    )


@pytest.mark.parametrize("typed", ["", ",", "id,"])
def test_empty_field_is_an_unknown_one(agenda_once: Program, typed: str) -> None:
    assert agenda_once("list", "--fields", typed).code == 2


@pytest.mark.parametrize("columns", [40, 80])
def test_table_of_fields_cuts_no_word(terminal: Terminal, agenda_once: Program, columns: int) -> None:
    shown = terminal("list", "--fields", "id,kind,venue,between", columns=columns)
    rows = agenda_once("list", "--fields", "id,kind,venue,between").lines
    assert {word for row in rows for word in row.replace("\t-", "").split()} - set(shown.seen.split()) == set()
    assert max(map(len, shown.lines)) <= columns


def test_table_of_fields_has_a_header_where_there_is_room(terminal: Terminal) -> None:
    assert terminal("list", "--fields", "id,kind").lines[0].split() == ["id", "kind"]


def test_fields_stand_below_each_other_where_there_is_none(terminal: Terminal) -> None:
    lines = terminal("list", "--fields", "id,between", columns=35).lines
    assert lines[:3] == ["id       watanabe-meeting", "between  2025-09-24..2025-09-29", ""]


def test_fields_stand_below_their_names_where_these_take_half_of_the_screen(terminal: Terminal) -> None:
    lines = terminal("list", "--fields", "id,description", columns=20).lines
    assert lines[:3] == ["id", "  watanabe-meeting", "description"]


@pytest.mark.parametrize("columns", range(20, 130, 3))
def test_table_of_fields_is_never_wider_than_the_screen(columns: int) -> None:
    agenda = load(None)
    data = EventRows(select(agenda, Query()), ("id", "title", "city", "start"))
    console = Console(width=columns, color_system=None)
    with console.capture() as capture:
        console.print(Columns(data, words=ENGLISH))
    assert max(map(len, capture.get().splitlines())) <= max(columns, 20)


def test_hostile_text_is_an_autolink_nowhere(agenda: Program, file: File) -> None:
    path = file("[[events]]\nid = 'odd'\ntitle = 'www.evil.example'")
    table = agenda("list", "--data", path, "--format", "markdown", "--fields", "title").out
    assert table.splitlines()[-1] == "| www\\.evil.example |"


# --- Markdown ---


def cells(markdown: str) -> list[list[str]]:
    """The cells of the table, as a reader of Markdown shows them; nothing in them may be anything but text."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {"text", "text_special"}
            rows[-1].append("".join(child.content for child in children))
    return rows


def test_markdown_is_a_table_with_the_rows_of_csv(agenda_once: Program) -> None:
    rows = list(csv.reader(io.StringIO(agenda_once("list", "--format", "csv").out)))
    assert cells(agenda_once("list", "--format", "markdown").out) == rows


def test_text_stays_text_in_markdown(agenda: Program, file: File) -> None:
    title = r"a|b *c* _d_ `e` [f](http://g) <b>h</b> ![i](j) ~~k~~ \\| &amp; # $l$ :m: @n www.o.com 12:30:00"
    path = file(f"[[events]]\nid = 'odd'\ntitle = '{title}'")
    table = agenda("list", "--data", path, "--format", "markdown", "--fields", "title").out
    assert cells(table) == [["title"], [title]]


def test_each_event_is_a_line_of_markdown(agenda_once: Program) -> None:
    run = agenda_once("list", "--format", "markdown", "--fields", "id,description")
    assert [re.fullmatch(r"\| .* \|", line) is not None for line in run.lines] == [True] * 30


def test_page_of_the_json_has_a_row_for_each_field() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    keys, _, _ = page.partition("## The keys")[2].partition("\n## ")
    known = [name for name in FIELDS if name not in {"occurrence", "sort"}] + [*CLOCK_FIELDS]
    assert re.findall(r"^\| `(\w+)` \|", keys, re.MULTILINE) == known


def test_exit_code_says_that_the_list_is_empty(agenda_once: Program) -> None:
    codes = [agenda_once("list", "--exit-code", "--on", day).code for day in ("2025-09-29", "2026-09-29")]
    assert codes == [0, 3]


# --- Sorting by text ---

ZONES = [None, *map(ZoneInfo, ("Asia/Tokyo", "America/New_York", "Europe/Rome", "UTC"))]
DAYS = st.dates(date(2, 1, 1), date(9998, 12, 31)) | st.dates(date(2025, 9, 28), date(2025, 10, 2))
TIMES = st.tuples(DAYS, st.times(), st.sampled_from(ZONES)).map(
    lambda drawn: datetime.combine(drawn[0], drawn[1].replace(microsecond=0), drawn[2])
)
WHENS = st.one_of(DAYS.map(Fixed), TIMES.map(Fixed), DAYS.map(lambda day: Between(day, date.max)), st.just(TBA))
AGENDAS = st.lists(WHENS, max_size=8).map(
    lambda whens: Agenda(events=tuple(Event(id=f"e{place}", title="E", when=when) for place, when in enumerate(whens)))
)


@given(AGENDAS)
def test_text_sorts_as_the_list_does(agenda: Agenda) -> None:
    rows = list(EventRows(select(agenda, Query()), ("sort", "id")).rows())
    assert sorted(rows, key=lambda row: row[0].encode()) == rows
    assert len({sort for sort, _ in rows}) == len(rows)


@given(AGENDAS, AGENDAS)
def test_two_lists_are_merged_by_their_starts(agenda: Agenda, other: Agenda) -> None:
    whole = Agenda(events=(*agenda.events, *(replace(event, id=f"f{event.id}") for event in other.events)))
    rows = [row for each in (agenda, other) for row in EventRows(select(each, Query()), ("sort", "start")).rows()]
    merged = [start for _, start in sorted(rows, key=lambda row: row[0].encode())]
    instants = [when for (when,) in EventRows(select(whole, Query()), ("start",)).rows()]
    assert sorted(merged) == sorted(instants)
    assert [start[:11] for start in merged] == [start[:11] for start in instants]


def test_sort_by_the_bytes_of_a_column(agenda_once: Program) -> None:
    run = agenda_once("list", "--fields", "sort,id")
    assert sorted(run.lines, reverse=True)[::-1] == run.lines
    assert [line.split(" ")[0] for line in (run.lines[0], run.lines[-1])] == ["2025-09-24~", "~"]


def test_objects_have_no_sort_where_nobody_asks(agenda_once: Program) -> None:
    whole = json.loads(agenda_once("list", "--format", "json").out)
    some = json.loads(agenda_once("list", "--format", "json", "--fields", "sort,id").out)
    assert ("sort" in whole[0], some[0]["sort"]) == (False, "2025-09-24~ 00000000")


# --- In the words of the reader


WORDED = """
[agenda]
timezone = "Asia/Tokyo"
namespace = "x.example"
[[events]]
id = "e1"
title = "tba"
start = 2025-09-29T10:00:00
end = 2025-09-29T12:00:00
status = "tentative"
[[events]]
id = "e2"
title = "true"
between = [2025-09-24, 2025-10-02]
[[events]]
id = "e3"
title = "Ωδή"
"""
WORDED_ROWS = {
    "it": [
        "titolo | quando | inizio | stato | tutto il giorno",
        "true | tra due date | ~mer 24 set 2025 | confermato | ",
        "tba | fissata | lun 29 set 2025, 10:00 | da confermare | no",
        "Ωδή | da comunicare | da comunicare | confermato | ",
    ],
    "en": [
        "title | when | start | status | all_day",
        "true | between | ~2025-09-24 | confirmed | ",
        "tba | fixed | 2025-09-29T10:00:00+09:00 | tentative | false",
        "Ωδή | tba | tba | confirmed | ",
    ],
}


@pytest.mark.parametrize("language", WORDED_ROWS)
def test_fields_in_markdown_are_in_the_words_of_the_reader(agenda: Program, tmp_path: Path, language: str) -> None:
    (tmp_path / "new.toml").write_text(WORDED, encoding="utf-8")
    fields = ("--fields", "title,when,start,status,all_day", "--lang", language, "-d", "new.toml")
    head, _, *rows = agenda("list", *fields, "--format", "markdown").lines
    told = [[cell.strip().replace("\\", "") for cell in line.strip("|").split("|")] for line in (head, *rows)]
    assert told == [[cell.strip() for cell in line.split("|")] for line in WORDED_ROWS[language]]


def test_fields_for_programs_are_the_same_in_each_language(agenda: Program, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(WORDED, encoding="utf-8")
    fields = ("list", "--fields", "when,start,status", "-d", "new.toml")
    for format in ("tsv", "csv", "json", "jsonl"):
        italian, english = (agenda(*fields, "--format", format, "--lang", language).out for language in ("it", "en"))
        assert italian == english
