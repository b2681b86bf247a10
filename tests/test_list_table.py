"""`agenda list` for eyes: the table, in a real terminal of 40, 80 and 200 columns."""

import io
import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, Screen
from rich.text import Text

from agenda.cli.terminal import draw_on
from agenda.model import Event, Fixed, Occurrence
from agenda.views import listing
from agenda.views.styles import event_title
from agenda.wording.english import ENGLISH, Wording

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]


WIDTHS = [40, 80, 200]
ID = re.compile(r"\[([a-z0-9-]+)\]")
CITY = re.compile("\x1b\\[([0-9;]+)m(Osaka|Tokyo|Nagoya|Kobe|Kyoto)\x1b\\[0m")
COLOUR = re.compile("\x1b\\[[0-9;]*(?:3[0-7]|9[0-7]|38;5;[0-9]+)m")


def shipped(agenda_once: Agenda) -> list[dict[str, Any]]:
    """The shipped events, as JSON has them."""
    found: list[dict[str, Any]] = json.loads(agenda_once("list", "--format", "json").out)
    return found


def width(line: str) -> int:
    """How many columns a terminal needs for the line (UAX #11)."""
    marks = {"Mn", "Me", "Cf"}
    return sum(
        0 if unicodedata.category(char) in marks else 1 + (unicodedata.east_asian_width(char) in "WF") for char in line
    )


def groups(screen: Screen) -> dict[str, list[str]]:
    """Each heading with the lines below it."""
    found: dict[str, list[str]] = {}
    for line in filter(None, screen.lines):
        if line.startswith(" "):
            found[list(found)[-1]].append(line)
        else:
            found[line] = []
    return found


def ids(lines: list[str]) -> list[str]:
    """The ids that are shown in these lines, in their order."""
    return [found for line in lines for found in ID.findall(line)]


def line_of(screen: Screen, heading: str, start: str) -> str:
    """The one line below that heading that has `start` in it."""
    (line,) = [line for line in groups(screen)[heading] if start in line]
    return line


def heading(day: str) -> str:
    """The heading of a day: `Monday 29 September 2025`."""
    found = date.fromisoformat(day)
    return f"{found:%A} {found.day} {found:%B} {found.year}"


# --- What there is to read, at each width ---


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, columns: int) -> None:
    screen = terminal("list", columns=columns)
    assert (screen.code, max(map(width, screen.lines)) <= columns) == (0, True)


def test_wide_terminal_is_used(terminal: Terminal) -> None:
    lines = terminal("list", columns=160).lines
    assert max(map(width, lines)) > 140
    assert len(lines) < len(terminal("list", columns=80).lines) * 3 / 4


def test_wide_terminal_has_venues_beside_titles(terminal: Terminal) -> None:
    line = line_of(terminal("list", columns=160), "Saturday 4 October 2025", "Advanced Air")
    assert line.endswith("Italy Pavilion, Expo 2025 [air-mobility-talk]")


def test_narrow_terminal_indents_all_but_the_first_line_of_an_event(terminal: Terminal) -> None:
    lines = groups(terminal("list", "--search", "expo-ribbon-cutting", columns=40))["Sunday 28 September 2025"]
    assert lines == [
        "  Opening of Piemonte Week: the ribbon",
        "    is cut",
        "      Osaka, Italy Pavilion, Expo 2025",
        "      [expo-ribbon-cutting]",
    ]


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_word_of_every_title_is_there_unbroken(terminal: Terminal, agenda_once: Agenda, columns: int) -> None:
    words = {word for event in shipped(agenda_once) for word in event["title"].split()}
    assert words - set(terminal("list", columns=columns).seen.split()) == set()


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_city_and_venue_is_there(terminal: Terminal, agenda_once: Agenda, columns: int) -> None:
    events = shipped(agenda_once)
    names = [city for event in events for city in event["city"]]
    names += [event["venue"]["name"] for event in events if event["venue"]]
    seen = terminal("list", columns=columns).seen.replace(",", " ").split()
    assert {word for name in names for word in name.replace(",", " ").split()} - set(seen) == set()


@pytest.mark.parametrize("columns", WIDTHS)
def test_nothing_is_cut_short(terminal: Terminal, columns: int) -> None:
    assert "…" not in terminal("list", columns=columns).seen


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_ends_in_blanks(terminal: Terminal, columns: int) -> None:
    assert [line for line in terminal("list", columns=columns).lines if line != line.rstrip()] == []


@pytest.mark.parametrize("columns", WIDTHS)
def test_days_with_events_have_headings_and_no_other_days_do(
    terminal: Terminal, agenda_once: Agenda, columns: int
) -> None:
    days = sorted({event["start"][:10] for event in shipped(agenda_once) if event["when"] == "fixed"})
    shown = [line for line in terminal("list", columns=columns).lines if line and not line.startswith(" ")]
    assert shown == [*map(heading, days), "Between", "To be announced"]


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_event_is_under_its_heading_in_order(terminal: Terminal, agenda_once: Agenda, columns: int) -> None:
    expected: dict[str, list[str]] = {}
    events = shipped(agenda_once)
    for event in (event for event in events if event["when"] == "fixed"):
        expected.setdefault(heading(event["start"][:10]), []).append(event["id"])
    expected["Between"] = [event["id"] for event in events if event["when"] == "between"]
    expected["To be announced"] = [event["id"] for event in events if event["when"] == "tba"]
    shown = groups(terminal("list", columns=columns))
    assert {name: ids(lines) for name, lines in shown.items()} == expected


def test_there_is_an_empty_line_before_each_heading_but_the_first(terminal: Terminal) -> None:
    lines = terminal("list").lines
    assert [lines[number - 1] for number, line in enumerate(lines) if number and line and line[0] != " "] == [""] * 8


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(
    ("day", "start", "shown"),
    [
        ("Sunday 28 September 2025", "Piemonte Week at", "28 Sep–4 Oct"),
        ("Sunday 28 September 2025", "Ceipiemonte teams", "28 Sep–4 Oct"),
        ("Monday 29 September 2025", "Il Piemonte", "11:00"),
        ("Wednesday 1 October 2025", "Medical Japan", "1–3 Oct"),
        ("Between", "Aeromart Nagoya", "28 Sep–4 Oct"),
        ("Between", "Opening of the 20th", "24–27 Sep"),
    ],
)
def test_event_has_its_time_or_its_span_beside_it(
    terminal: Terminal, columns: int, day: str, start: str, shown: str
) -> None:
    assert line_of(terminal("list", columns=columns), day, start).lstrip().startswith(f"{shown} ")


def test_event_of_one_day_has_nothing_before_its_city(terminal: Terminal) -> None:
    assert line_of(terminal("list"), "Thursday 2 October 2025", "Concert by").lstrip().startswith("Osaka ")


# --- A period that starts later ---


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("period", [("--from", "2025-09-30"), ("--on", "2025-09-30")])
def test_event_that_began_before_the_period_is_under_its_first_day_with_all_that_a_row_tells(
    terminal: Terminal, columns: int, period: tuple[str, str]
) -> None:
    screen = terminal("list", *period, columns=columns)
    day = " ".join(" ".join(groups(screen)["Tuesday 30 September 2025"]).split())
    expected = "also: Piemonte Week at Expo 2025 Osaka, until 4 Oct Osaka, Italy Pavilion, Expo 2025 [piemonte-week]"
    assert (next(iter(groups(screen))), expected in day, "since" in day) == ("Tuesday 30 September 2025", True, False)


def test_event_that_begins_within_the_period_keeps_its_span(terminal: Terminal) -> None:
    screen = terminal("list", "--from", "2025-09-30")
    assert "1–3 Oct" in line_of(screen, "Wednesday 1 October 2025", "Medical Japan")


def test_between_that_began_before_the_period_stays_in_its_group_with_its_span(terminal: Terminal) -> None:
    assert "28 Sep–4 Oct" in line_of(terminal("list", "--from", "2025-09-30"), "Between", "Aeromart")


@pytest.mark.parametrize(
    ("options", "headings"),
    [
        (["--when", "between"], ["Between"]),
        (["--when", "tba"], ["To be announced"]),
        (["--on", "2025-10-04"], ["Saturday 4 October 2025", "Between"]),
    ],
)
def test_group_without_events_has_no_heading(terminal: Terminal, options: list[str], headings: list[str]) -> None:
    assert list(groups(terminal("list", *options))) == headings


# --- What other agendas hold ---


def own(terminal: Terminal, file: File, events: str, columns: int = 80, **env: str | None) -> Screen:
    """The list of a file of nothing but these events."""
    return terminal("list", "--data", file(events), "--status", "confirmed", columns=columns, env=env)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("start = 2025-09-29T09:30:00\nend = 2025-09-29T11:00:00", "09:30–11:00"),
        ("start = 2025-09-29T20:00:00\nend = 2025-09-30T02:00:00", "20:00–30 Sep 02:00"),
        ("start = 2025-09-29T20:00:00\nend = 2025-09-30T00:00:00", "20:00–00:00"),
        ("start = 2025-09-29\nend = 2025-09-30", "29–30 Sep"),
        ("start = 2025-09-29\nend = 2026-01-02", "29 Sep–2 Jan 2026"),
    ],
)
def test_times_and_spans_are_told_in_full(terminal: Terminal, file: File, when: str, shown: str) -> None:
    screen = own(terminal, file, f'[[events]]\nid = "a"\ntitle = "Title"\n{when}\n')
    assert line_of(screen, "Monday 29 September 2025", "Title") == f"  {shown}  Title  [a]"


def test_years_are_told_where_no_heading_does(terminal: Terminal, file: File) -> None:
    screen = own(terminal, file, 'events = [{ id = "a", title = "Title", between = [2024-12-30, 2025-01-02] }]')
    assert line_of(screen, "Between", "Title") == "  30 Dec 2024–2 Jan 2025  Title  [a]"


def test_two_days_of_one_date_in_different_years_have_headings_of_their_own(terminal: Terminal, file: File) -> None:
    events = "\n".join(f'[[events]]\nid = "y{year}"\ntitle = "T"\nstart = {year}-09-29' for year in (2024, 2025))
    assert list(groups(own(terminal, file, events))) == ["Sunday 29 September 2024", "Monday 29 September 2025"]


@pytest.mark.parametrize("status", ["Tentative", "Cancelled"])
def test_status_that_is_not_confirmed_stands_before_the_title(terminal: Terminal, file: File, status: str) -> None:
    path = file(f'events = [{{ id = "a", title = "Title", status = "{status.lower()}" }}]')
    seen = terminal("list", "--data", path, "--status", status).seen
    assert f"{status}: Title" in seen


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
JAPANESE = "大阪・関西万博におけるピエモンテ州のビジネスセミナーと交流会のご案内について"
LONG_ID = "one-long-id-that-goes-on-and-on-and-on-until-nobody-reads-it-any-more-at-all"


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("text", [LONG, JAPANESE])
def test_title_of_one_long_word_is_there_whole(terminal: Terminal, file: File, columns: int, text: str) -> None:
    screen = own(
        terminal, file, f'[[events]]\nid = "a"\ntitle = "{text}"\nbetween = [2025-09-29, 2025-10-04]\n', columns
    )
    assert "".join(screen.seen.replace("[a]", "").split()) == "Between29Sep–4Oct2025" + text


@pytest.mark.parametrize("columns", [40, 80])
def test_long_id_is_there_whole(terminal: Terminal, file: File, columns: int) -> None:
    screen = own(terminal, file, f'[[events]]\nid = "{LONG_ID}"\ntitle = "A"\n', columns)
    assert "".join(screen.seen.split()) == f"TobeannouncedA[{LONG_ID}]"


@pytest.mark.parametrize("columns", [40, 80])
def test_long_city_is_there_whole(terminal: Terminal, file: File, columns: int) -> None:
    city = "llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    cities = f"[cities.{city}]\n[cities.Torino]\n"
    screen = own(terminal, file, f'{cities}[[events]]\nid = "x"\ntitle = "A"\ncity = "{city}"\n', columns)
    letters = "".join(char for line in screen.lines[1:] for char in line if char in city)
    assert letters.removesuffix("x") == city


@pytest.mark.parametrize("columns", WIDTHS)
def test_wide_characters_count_twice(terminal: Terminal, file: File, columns: int) -> None:
    events = f'[[events]]\nid = "a"\ntitle = "{JAPANESE}"\ncity = "名古屋"\nvenue = "{JAPANESE}"\nstart = 2025-09-29'
    assert max(map(width, own(terminal, file, events, columns).lines)) <= columns


@pytest.mark.parametrize("columns", [40, 80])
def test_times_are_whole_beside_a_title_that_needs_much_room(terminal: Terminal, file: File, columns: int) -> None:
    when = "start = 2025-12-31T20:00:00\nend = 2026-01-01T02:00:00"
    screen = own(terminal, file, f'[[events]]\nid = "a"\ntitle = "{LONG}"\n{when}\n', columns)
    assert "20:00–1 Jan 2026 02:00" in screen.seen


def test_title_is_there_beside_times_and_cities_that_need_all_the_room(terminal: Terminal, file: File) -> None:
    when = "start = 2025-12-30T20:00:15+02:00\nend = 2026-01-01T02:00:15+09:00"
    events = f'[[events]]\nid = "a"\ntitle = "Title"\ncity = "Llanfairpwllgwyngyll"\n{when}\n'
    assert "Title" in own(terminal, file, events, 60).seen


# --- Bit by bit ---


class Out(io.StringIO):
    """An output that knows of all that is written to it how long it is, and how many events were asked for by then."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_for = 0
        self.writes: list[tuple[int, int]] = []

    def write(self, text: str) -> int:
        """Keep in mind how many there were."""
        self.writes.append((self.asked_for, len(text)))
        return super().write(text)


@pytest.fixture(scope="module")
def drawn() -> Out:
    """The list of 5,000 events of one day."""
    when = Fixed(date(2025, 9, 29), date(2025, 9, 29))
    events = [Event(id=f"e{number}", title="Title", when=when) for number in range(5_000)]
    out = Out()

    def counted(occurrence: Occurrence, words: Wording) -> Text:
        out.asked_for += 1
        return event_title(occurrence, words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "event_title", counted)
        draw_on(out, listing.Listing([Occurrence(event, when) for event in events], words=ENGLISH))
    return out


def test_first_lines_are_written_before_others_are_drawn(drawn: Out) -> None:
    assert 1 <= drawn.writes[0][0] < 1_000


def test_lines_are_written_as_they_are_drawn(drawn: Out) -> None:
    assert max(length for _, length in drawn.writes) < 50_000


def test_what_is_drawn_bit_by_bit_is_whole(drawn: Out) -> None:
    assert ID.findall(drawn.getvalue()) == [f"e{number}" for number in range(5_000)]


# --- Nothing found ---


def test_no_event_is_a_remark_and_nothing_else(terminal: Terminal) -> None:
    screen = terminal("list", "--city", "Kyoto", "--when", "tba")
    assert (screen.code, len(screen.lines), screen.seen.startswith("agenda: ")) == (0, 1, True)


def test_no_event_and_quiet_is_nothing_at_all(terminal: Terminal) -> None:
    screen = terminal("list", "--city", "Kyoto", "--when", "tba", "--quiet")
    assert (screen.code, screen.raw) == (0, "")


# --- Colours ---


def test_each_city_has_one_colour_whatever_is_listed(terminal: Terminal) -> None:
    selections: tuple[list[str], ...] = (
        [],
        ["--city", "Nagoya", "--city", "Kobe"],
        ["--topic", "life sciences"],
        ["--when", "between"],
        ["--search", "kobe"],
    )
    seen = {(city, colour) for options in selections for colour, city in CITY.findall(terminal("list", *options).raw)}
    colours = dict(seen)
    assert (sorted(colours), len(seen)) == (["Kobe", "Kyoto", "Nagoya", "Osaka", "Tokyo"], len(colours))


def test_no_two_cities_have_one_colour(terminal: Terminal) -> None:
    colours = {city: colour for colour, city in CITY.findall(terminal("list").raw)}
    assert len(set(colours.values())) == 5


def test_city_has_the_colour_of_the_list_in_narrow_terminals_and_in_details(terminal: Terminal) -> None:
    wide, narrow, details = (
        terminal(*arguments, columns=columns).raw
        for arguments, columns in ((["list"], 80), (["list"], 40), (["show", "medical-japan", "airone"], 80))
    )
    colours = {city: colour for colour, city in CITY.findall(wide)}
    assert {city: colour for colour, city in CITY.findall(narrow)} == colours
    assert {colours[city] == colour for colour, city in CITY.findall(details)} == {True}


def test_no_color_leaves_the_table_without_colours(terminal: Terminal) -> None:
    screen = terminal("list", env={"NO_COLOR": "1"})
    assert (COLOUR.findall(screen.raw), screen.lines) == ([], terminal("list").lines)


def test_dumb_terminal_gets_the_table_without_any_escape(terminal: Terminal) -> None:
    screen = terminal("list", env={"TERM": "dumb"})
    assert ("\x1b" in screen.raw, screen.lines) == (False, terminal("list").lines)


@pytest.mark.parametrize("env", [{"FORCE_COLOR": "1"}, {"NO_COLOR": "1", "TERM": "dumb"}])
@pytest.mark.parametrize("options", [[], ["--format", "json"]])
def test_variables_of_the_terminal_do_not_change_what_a_pipe_gets(
    agenda_once: Agenda, env: dict[str, str], options: list[str]
) -> None:
    assert agenda_once("list", *options, env=env).raw == agenda_once("list", *options).raw


def test_force_color_has_a_table_in_a_pipe_coloured(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--format", "table", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert CITY.search(run.out)


def test_table_in_a_pipe_is_plain_and_80_columns_wide(agenda_once: Agenda, terminal: Terminal) -> None:
    run = agenda_once("list", "--format", "table")
    assert (run.lines, run.raw.isascii()) == (terminal("list").lines, False)


@pytest.mark.parametrize("columns", ["40", "120"])
def test_columns_sets_the_width_of_a_table_in_a_pipe(agenda_once: Agenda, terminal: Terminal, columns: str) -> None:
    run = agenda_once("list", "--format", "table", env={"COLUMNS": columns})
    assert run.lines == terminal("list", columns=int(columns)).lines


@pytest.mark.parametrize("columns", ["0", "many"])
def test_columns_that_are_no_width_are_passed_over(agenda_once: Agenda, columns: str) -> None:
    run = agenda_once("list", "--format", "table", env={"COLUMNS": columns})
    assert (run.code, run.lines) == (0, agenda_once("list", "--format", "table").lines)


def test_terminal_of_very_few_columns_is_no_error(terminal: Terminal) -> None:
    screen = terminal("list", columns=20)
    assert (screen.code, max(map(width, screen.lines)) <= 20) == (0, True)


def test_format_that_is_asked_for_goes_before_the_terminal(terminal: Terminal, agenda_once: Agenda) -> None:
    assert terminal("list", "--format", "tsv").lines == agenda_once("list").lines


# --- Terminals that lack characters ---

LACKING = [
    pytest.param({"PYTHONIOENCODING": "ascii"}, id="PYTHONIOENCODING"),
    pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="LC_ALL"),
]


@pytest.mark.parametrize("env", LACKING)
def test_ascii_terminal_gets_ascii_with_readable_dashes(terminal: Terminal, env: dict[str, str]) -> None:
    screen = terminal("list", env=env)
    line = line_of(screen, "Sunday 28 September 2025", "Piemonte Week at")
    assert (screen.code, screen.raw.isascii(), "28 Sep-4 Oct" in line) == (0, True, True)


@pytest.mark.parametrize("env", LACKING)
def test_ascii_terminal_gets_letters_without_their_accents(terminal: Terminal, env: dict[str, str]) -> None:
    assert "dell'Umanita:" in terminal("list", env=env).seen.split()


@pytest.mark.parametrize("env", LACKING)
def test_ascii_terminal_gets_no_line_that_is_too_long(terminal: Terminal, env: dict[str, str]) -> None:
    assert max(map(len, terminal("list", columns=40, env=env).lines)) <= 40


def test_terminal_of_latin_1_keeps_the_letters_that_it_has(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--format", "table", env={"PYTHONIOENCODING": "latin-1"})
    assert (run.code, "dell'Umanità:" in run.raw.decode("latin-1"), b"28 Sep-4 Oct" in run.raw) == (0, True, True)


# --- Text that looks like instructions ---


SHOWN = {
    "[bold]fat[/bold] [red]": "[bold]fat[/bold] [red]",
    "[link=https://example.org]click[/link]": "[link=https://example.org]click[/link]",
    "[/] [[x]] \\\\[bold]": "[/] [[x]] \\[bold]",
    ":smile: :warning:": ":smile: :warning:",
    "\\u001b[31mred": "␛[31mred",
    "\\u001b]8;;https://example.org\\u0007x": "␛]8;;https://example.org␇x",
    "\\u009b31mred": "31mred",
    "a\\u0000b\\u0008c\\u007fd": "a␀b␈c␡d",
    "a\\nb\\tc\\rd": "a b c d",
    "a\\u202eb\\u2066c": "abc",
}


def hostile(terminal: Terminal, tmp_path_factory: pytest.TempPathFactory, where: str) -> Screen:
    """The list of events that have each of these texts in that field."""
    path = tmp_path_factory.getbasetemp() / f"hostile-{where}.toml"
    texts = [{"title": "T"} | {where: text} for text in SHOWN]
    tables = [
        f'[[events]]\nid = "e{number}"\n' + "\n".join(f'{key} = "{text}"' for key, text in keys.items())
        for number, keys in enumerate(texts)
    ]
    path.write_text("\n".join(tables))
    return terminal("list", "--data", path, columns=59)


@pytest.mark.parametrize("where", ["title", "city", "venue", "room"])
@pytest.mark.parametrize("text", SHOWN)
def test_text_is_shown_as_it_is(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory, where: str, text: str
) -> None:
    assert f" {SHOWN[text]}" in hostile(terminal, tmp_path_factory, where).seen


@pytest.mark.parametrize("where", ["title", "city", "venue", "room"])
def test_text_is_not_obeyed(terminal: Terminal, tmp_path_factory: pytest.TempPathFactory, where: str) -> None:
    screen = hostile(terminal, tmp_path_factory, where)
    controls = {char for char in screen.seen if unicodedata.category(char) in {"Cc", "Cf"}}
    assert (controls, "\x1b]" in screen.raw) == ({"\r", "\n"}, False)
