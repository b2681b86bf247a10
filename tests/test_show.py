"""`agenda show`: everything known of an event, for eyes and as JSON, and where the ids come from."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run, Screen

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]

LINK = re.compile("\x1b\\]8;[^;]*;([^\x1b]+)\x1b\\\\(.*?)\x1b\\]8;;\x1b\\\\", re.DOTALL)

FULL = """\
[cities.Osaka]
timezone = "Asia/Tokyo"

[venues.hall]
name = "Central Public Hall"
city = "Osaka"
address = "1 Nakanoshima, Kita"
latitude = 34.6933
longitude = -135.5037
url = "https://hall.example/visit"

[people."Stefano Lo Russo"]
role = "mayor of Torino"
[people."Yuko Hasegawa"]

[sources.gazette]
title = "Evening paper"
publisher = "Gazzetta"
date = 2025-09-28
url = "https://gazette.example/2025/09/28/a-long-address-that-no-terminal-has-the-room-for/in-one-of-its-lines.html"
[sources.leaflet]
title = "Leaflet"

[[events]]
id = "full"
title = "Opening night"
venue = "hall"
room = "Foyer"
start = 2025-09-29T09:30:00
end = 2025-09-29T11:00:00
date_note = "The hour is of the leaflet."
kind = "ceremony"
topics = ["culture", "life sciences"]
organizers = ["Politecnico di Torino", "Città di Torino"]
people = ["Stefano Lo Russo", "Yuko Hasegawa"]
url = "https://opening.example/programme"
description = "First line.\\n\\nLast line."
sources = ["gazette", "leaflet"]
"""

WHEN = """\
[agenda]
timezone = "Asia/Tokyo"
[cities.Atlantis]
[cities.Torino]
timezone = "Europe/Rome"
[[events]]
id = "day"
title = "Day"
start = 2025-09-29
[[events]]
id = "days"
title = "Days"
start = 2025-12-30
end = 2026-01-02
[[events]]
id = "time"
title = "Time"
city = "Torino"
start = 2025-09-29T11:00:00
[[events]]
id = "times"
title = "Times"
start = 2025-09-29T11:00:00
end = 2025-09-29T12:30:15
[[events]]
id = "night"
title = "Night"
start = 2025-09-29T20:00:00
end = 2025-09-30T02:00:00
[[events]]
id = "between"
title = "Between"
between = [2025-09-28, 2025-10-01]
date_note = "Reckoned."
[[events]]
id = "tba"
title = "Never"
[[events]]
id = "tentative"
title = "Perhaps"
start = 2025-09-29
status = "tentative"
[[events]]
id = "cancelled"
title = "Not at all"
start = 2025-09-29
status = "cancelled"
"""


def show(agenda_once: Agenda, *arguments: str, data: str = WHEN, **env: str | None) -> str:
    """What is shown of an event of that file; its words are one space apart."""
    run = agenda_once("show", "--data", "-", *arguments, stdin=data, env=dict(env))
    assert (run.code, run.err) == (0, "")
    return " ".join(run.out.split())


def ids(run: Run) -> list[str]:
    """The ids of the events that were shown as JSON."""
    assert (run.code, run.err) == (0, "")
    return [event["id"] for event in json.loads(run.out)]


# --- Everything known ---


@pytest.mark.parametrize("columns", ["40", "80", "200"])
@pytest.mark.parametrize(
    "known",
    [
        "Opening night full",
        "Monday 29 September 2025, 09:30–11:00 (Asia/Tokyo)",
        "The hour is of the leaflet.",
        "Foyer, Central Public Hall, 1 Nakanoshima, Kita, Osaka",
        "34.6933° N, 135.5037° W",
        "https://hall.example/visit",
        "ceremony",
        "culture, life sciences",
        "Politecnico di Torino Città di Torino",
        "Stefano Lo Russo, mayor of Torino Yuko Hasegawa",
        "https://opening.example/programme",
        "First line. Last line.",
        "Evening paper (Gazzetta, 28 Sep 2025)",
        "https://gazette.example/2025/09/28/a-long-address-that-no-terminal-has-the-room-for/in-one-of-its-lines.html",
        "Leaflet",
    ],
)
def test_all_that_the_file_says_is_shown(agenda_once: Agenda, columns: str, known: str) -> None:
    assert known in show(agenda_once, "full", data=FULL, COLUMNS=columns)


@pytest.mark.parametrize(
    ("id_", "told"),
    [
        ("day", "When Monday 29 September 2025"),
        ("days", "When Tuesday 30 December 2025 to Friday 2 January 2026"),
        ("time", "When Monday 29 September 2025, 11:00 (Europe/Rome); end not published"),
        ("times", "When Monday 29 September 2025, 11:00–12:30:15 (Asia/Tokyo)"),
        ("night", "When Monday 29 September 2025, 20:00–30 Sep 02:00 (Asia/Tokyo)"),
        ("between", "between Sunday 28 September 2025 and Wednesday 1 October 2025; which day is not known Reckoned."),
        ("tba", "When To be announced"),
        ("tentative", "Status Tentative"),
        ("cancelled", "Status Cancelled"),
    ],
)
def test_when_it_is_and_how_sure_that_is_is_told(agenda_once: Agenda, id_: str, told: str) -> None:
    assert told in show(agenda_once, id_)


def test_time_without_a_zone_is_told_as_local(agenda_once: Agenda) -> None:
    floating = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-29T11:00:00\n'
    assert "Monday 29 September 2025, 11:00 (local time)" in show(agenda_once, "a", data=floating)


def test_event_of_which_nothing_else_is_known_has_no_empty_labels(agenda_once: Agenda) -> None:
    assert show(agenda_once, "tba") == "Never tba When To be announced"


def test_every_shipped_source_has_its_address_unbroken_in_40_columns(terminal: Terminal, agenda_once: Agenda) -> None:
    events = json.loads(agenda_once("list", "--format", "json").out)
    screen = terminal("show", *(event["id"] for event in events), columns=40)
    addresses = {source["url"] for event in events for source in event["sources"]}
    assert (len(addresses) > 20, addresses - set(screen.seen.split())) == (True, set())


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_but_an_address_is_wider_than_the_terminal_or_a_hundred(terminal: Terminal, columns: int) -> None:
    lines = terminal("show", "life-sciences-panel", "fbri-visit", "airone", columns=columns).lines
    assert [line for line in lines if len(line) > min(columns, 100) and "https://" not in line] == []


WORDED = ["title", "city", "venue", "room", "kind", "topics", "organizers", "people", "description"]
LONG = {
    "japanese": "大阪・関西万博におけるピエモンテ州のビジネスセミナーと交流会のご案内について・大阪・関西万博",
    "german": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsheim",
}


@pytest.mark.parametrize("columns", ["40", "80"])
@pytest.mark.parametrize("key", WORDED)
@pytest.mark.parametrize("language", LONG)
def test_long_text_without_spaces_is_there_whole(agenda_once: Agenda, columns: str, key: str, language: str) -> None:
    lists = {"topics", "organizers", "people"}
    texts = {name: f'"{name.upper()}{LONG[language]}"' for name in WORDED}
    keys = "\n".join(f"{name} = [{text}]" if name in lists else f"{name} = {text}" for name, text in texts.items())
    shown = show(agenda_once, "a", data=f'[[events]]\nid = "a"\n{keys}\n', COLUMNS=columns)
    assert f"{key.upper()}{LONG[language]}" in "".join(shown.split())


def test_several_events_are_an_empty_line_apart_in_the_order_of_the_list(agenda_once: Agenda) -> None:
    out = agenda_once("show", "gala-dinner", "koike-meeting").out
    first, second = out.index("koike-meeting\n"), out.index("\n\nGala dinner")
    assert first < second


def test_event_that_is_asked_for_twice_is_shown_once(agenda_once: Agenda) -> None:
    assert agenda_once("show", "airone", "airone").raw == agenda_once("show", "airone").raw


# --- Links ---


def test_sources_are_links_in_a_terminal(terminal: Terminal) -> None:
    address = "https://iltorinese.it/2025/09/30/i-giardini-tra-arte-bellezza-e-benessere-in-giappone-con-ftm/"
    links = {target for target, _ in LINK.findall(terminal("show", "gardens-talk").raw)}
    assert links == {address}


@pytest.mark.parametrize("columns", [40, 80])
def test_address_is_a_link_to_itself_whatever_the_width(terminal: Terminal, columns: int) -> None:
    found = LINK.findall(terminal("show", "gardens-talk", columns=columns).raw)
    assert any(target == text for target, text in found)


OPENS = {
    "https://example.org/": True,
    "HTTP://example.org/b": True,
    "mailto:info@example.org": True,
    "javascript:alert(1)": False,
    "JavaScript:alert(2)": False,
    "file:///etc/passwd": False,
    "data:text/html,x": False,
    "vbscript:x": False,
}


@pytest.fixture(scope="module")
def linked(terminal: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Screen:
    """Events that have each of these addresses twice: as their own, and as that of their source."""
    path = tmp_path_factory.mktemp("linked") / "events.toml"
    sources = "".join(f'[sources.s{number}]\ntitle = "S"\nurl = "{url}"\n' for number, url in enumerate(OPENS))
    path.write_text(
        sources
        + "".join(
            f'[[events]]\nid = "e{number}"\ntitle = "E"\nurl = "{url}"\nsources = ["s{number}"]\n'
            for number, url in enumerate(OPENS)
        )
    )
    return terminal("show", "--data", path, *(f"e{number}" for number in range(len(OPENS))))


@pytest.mark.parametrize("url", OPENS)
def test_only_addresses_that_are_safe_to_open_are_links(linked: Screen, url: str) -> None:
    assert (url in {target for target, _ in LINK.findall(linked.raw)}) == OPENS[url]


@pytest.mark.parametrize("url", OPENS)
def test_every_address_is_shown_link_or_not(linked: Screen, url: str) -> None:
    assert linked.seen.split().count(url) == 2


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1", "TERM": "dumb"}])
def test_dumb_terminal_gets_no_link_and_no_colour(terminal: Terminal, env: dict[str, str]) -> None:
    screen = terminal("show", "gardens-talk", env=env)
    assert ("\x1b" in screen.raw, screen.lines) == (False, terminal("show", "gardens-talk").lines)


def test_pipe_gets_no_link_and_no_colour(agenda_once: Agenda, terminal: Terminal) -> None:
    run = agenda_once("show", "gardens-talk")
    assert ("\x1b" in run.out, run.lines) == (False, terminal("show", "gardens-talk").lines)


def test_same_event_gives_the_same_bytes_links_included(agenda: Agenda) -> None:
    first, second = (
        agenda("show", "gardens-talk", env={"FORCE_COLOR": "1", "TERM": "xterm-256color", "PYTHONHASHSEED": seed}).raw
        for seed in ("1", "2")
    )
    assert first == second


# --- Text that looks like instructions ---


@pytest.mark.parametrize("key", ["title", "description", "date_note", "room", "kind", "city", "venue", "sources"])
def test_text_is_shown_and_not_obeyed(agenda: Agenda, file: File, key: str) -> None:
    text = '"[bold]a[/bold]:smile:\\u001b[31m\\u009b1m\\u202e\\u0007"'
    value = f"[{text}]" if key == "sources" else text
    texts = {"title": '"T"'} | {key: value}
    path = file('[[events]]\nid = "a"\n' + "\n".join(f"{name} = {value}" for name, value in texts.items()))
    shown = agenda("show", "--data", path, "a").out
    controls = {char for char in shown if unicodedata.category(char) in {"Cc", "Cf"}}
    assert ("[bold]a[/bold]:smile:␛[31m1m␇" in shown, controls) == (True, {"\n"})


@pytest.mark.parametrize("where", ["pipe", "terminal"])
def test_address_is_shown_and_not_obeyed(agenda: Agenda, terminal: Terminal, file: File, where: str) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nurl = "https://example.org/\\u009b31m\\u009c\\u202e\\u2066x"\n')
    run = (terminal if where == "terminal" else agenda)("show", "--data", path, "a")
    shown = run.raw if isinstance(run, Screen) else run.out
    controls = {char for char in shown if unicodedata.category(char) in {"Cc", "Cf"}}
    assert controls - {"\r", "\n", "\x1b"} == set()


# --- JSON ---


def test_json_is_what_list_gives_of_the_event(agenda_once: Agenda) -> None:
    listed = json.loads(agenda_once("list", "--format", "json").out)
    shown = json.loads(agenda_once("show", "--format", "json", "airone", "fbri-visit").out)
    assert shown == [event for event in listed if event["id"] in {"airone", "fbri-visit"}]


def test_format_other_than_json_is_a_usage_error(agenda_once: Agenda) -> None:
    run = agenda_once("show", "--format", "csv", "airone")
    assert (run.code, run.out, "json" in run.err) == (2, "", True)


# --- Which events ---


def test_cancelled_event_is_shown(agenda_once: Agenda) -> None:
    assert show(agenda_once, "cancelled").startswith("Not at all cancelled")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--city", "Tokyo"], ["medical-japan"]),
        (["--city", "Osaka"], ["airone"]),
        (["--when", "tba"], []),
        (["--city", "Tokyo", "--topic", "aerospace"], []),
    ],
)
def test_ids_and_options_have_both_to_be_met(agenda_once: Agenda, options: list[str], expected: list[str]) -> None:
    assert ids(agenda_once("show", "airone", "medical-japan", "-f", "json", *options)) == expected


def test_options_that_leave_no_event_are_no_error(agenda_once: Agenda) -> None:
    run = agenda_once("show", "airone", "--city", "Tokyo")
    assert (run.code, run.out, run.err) == (0, "", "")


def test_no_id_at_all_is_a_usage_error(agenda_once: Agenda) -> None:
    run = agenda_once("show")
    assert (run.code, run.out, run.err != "") == (2, "", True)


@pytest.mark.parametrize("asked", [["airon"], ["airone", "airon"], [""], ["airone airone"]])
def test_unknown_id_is_a_usage_error_and_nothing_is_shown(agenda_once: Agenda, asked: list[str]) -> None:
    run = agenda_once("show", *asked)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("typed", ["AIRONE", "Airone", "aIRONE"])
def test_id_is_found_in_any_case(agenda_once: Agenda, typed: str) -> None:
    assert agenda_once("show", typed).out == agenda_once("show", "airone").out


def test_options_alone_choose_events(agenda_once: Agenda) -> None:
    shown = ids(agenda_once("show", "--city", "Kobe", "--format", "json"))
    assert shown == [line.partition("\t")[0] for line in agenda_once("list", "--city", "Kobe").lines]


def test_unknown_id_is_named_with_the_nearest_ones(agenda_once: Agenda) -> None:
    assert all(id_ in agenda_once("show", "airon").err for id_ in ('"airon"', '"airone"'))


# --- Ids on standard input ---


@pytest.mark.parametrize(
    "stdin",
    [
        "airone\nfbri-visit\n",
        "   \nairone\n \t \nfbri-visit\n",
        "airone\nfbri-visit\nairone\nairone\n",
        "\ufeffairone\nfbri-visit\n",
        "\ufefffbri-visit\r\n\r\nairone",
        "airone\t2025-10-02\t2025-10-04\tOsaka\tAIRONE\nfbri-visit\twhatever\n",
        "airone \n fbri-visit\n",
    ],
)
def test_ids_are_read_one_a_line_up_to_the_first_tab(agenda_once: Agenda, stdin: str) -> None:
    assert ids(agenda_once("show", "-", "-f", "json", stdin=stdin)) == ["fbri-visit", "airone"]


def test_what_list_gives_can_be_shown(agenda_once: Agenda) -> None:
    listed = agenda_once("list", "--city", "Kobe").out
    assert ids(agenda_once("show", "-", "-f", "json", stdin=listed)) == ["ceipiemonte-teams", "fbri-visit"]


def test_typed_ids_and_those_of_standard_input_are_shown_together(agenda_once: Agenda) -> None:
    shown = ids(agenda_once("show", "airone", "-", "-f", "json", stdin="fbri-visit\n"))
    assert shown == ["fbri-visit", "airone"]


def test_ids_of_standard_input_and_options_have_both_to_be_met(agenda_once: Agenda) -> None:
    run = agenda_once("show", "-", "--city", "Kobe", "-f", "json", stdin="airone\nfbri-visit\n")
    assert ids(run) == ["fbri-visit"]


@pytest.mark.parametrize("stdin", ["", "\ufeff\r\n \n\t\n"])
@pytest.mark.parametrize(("options", "out"), [([], ""), (["--format", "json"], "[]\n")])
def test_no_ids_on_standard_input_show_nothing_rather_than_all(
    agenda_once: Agenda, stdin: str, options: list[str], out: str
) -> None:
    run = agenda_once("show", "-", *options, stdin=stdin)
    assert (run.code, run.out, run.err) == (0, out, "")


def test_unknown_id_on_standard_input_is_a_usage_error_and_nothing_is_shown(agenda_once: Agenda) -> None:
    run = agenda_once("show", "-", stdin="airone\nairon\n")
    assert (run.code, run.out, '"airon"' in run.err) == (2, "", True)


@pytest.mark.parametrize("stdin", [b"air\xffone\n", b"\x00\n", b"\x1b[31mx\n", "\uff41iron\n".encode()])
def test_ids_that_are_no_text_are_a_usage_error_in_one_safe_line(agenda: Agenda, stdin: bytes) -> None:
    run = agenda("show", "-", stdin=stdin)
    controls = {char for char in run.err if unicodedata.category(char) in {"Cc", "Cf"}}
    assert (run.code, run.out, run.err.count("\n"), controls) == (2, "", 1, {"\n"})


@pytest.mark.parametrize("env", [{}, {"AGENDA_DATA": "-"}])
def test_standard_input_cannot_be_both_ids_and_data(agenda_once: Agenda, env: dict[str, str]) -> None:
    options = [] if env else ["--data", "-"]
    run = agenda_once("show", "-", *options, stdin="airone\n", env=env)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)


def test_cancelled_event_is_shown_in_a_colour_of_its_own(terminal: Terminal, file: File) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstatus = "cancelled"\n')
    screen = terminal("show", "a", "--data", path)
    assert (screen.code, "\x1b[1;38;5;161m" in screen.raw) == (0, True)


def test_facts_stand_below_their_labels_on_a_narrow_terminal(terminal: Terminal) -> None:
    lines = terminal("show", "polito-japan-hub", columns=20).lines
    assert lines[:8] == [
        *("Opening of the new", "PoliTo Japan Hub", "polito-japan-hub", ""),
        *("  When", "    Monday 29", "    September 2025", "  Where"),
    ]
