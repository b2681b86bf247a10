"""By whose clocks times are told: `--tz`, `AGENDA_TZ` and `--utc`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]
File = Callable[[str], Path]

PANEL = ["list", "--search", "unesco-panel", "--fields", "start"]
ROME = "2025-09-29T04:00:00+02:00"
TOKYO = "2025-09-29T11:00:00+09:00"
ZULU = "2025-09-29T02:00:00Z"


@pytest.mark.parametrize("zone", ["Europe/Rome", "europe/rome", "EUROPE/ROME", " europe/rome "])
def test_zone_is_found_in_any_case(agenda_once: Agenda, zone: str) -> None:
    assert agenda_once(*PANEL, "--tz", zone).lines == [ROME]


def test_zone_may_have_spaces_for_its_underscores(agenda_once: Agenda) -> None:
    assert agenda_once(*PANEL, "--tz", "america/new york").lines == ["2025-09-28T22:00:00-04:00"]


def test_zone_that_is_near_is_named(agenda_once: Agenda) -> None:
    run = agenda_once(*PANEL, "--tz", "rome")
    assert (run.code, run.err) == (2, 'agenda: --tz: "rome" is no time zone; did you mean "Europe/Rome"?\n')


@pytest.mark.parametrize("typed", ["local", "LOCAL"])
def test_local_is_the_zone_of_the_machine(agenda_once: Agenda, typed: str) -> None:
    assert agenda_once(*PANEL, "--tz", typed, env={"TZ": "Europe/Rome"}).lines == [ROME]


def test_machine_whose_zone_has_no_name_is_told_to_name_one(agenda_once: Agenda) -> None:
    run = agenda_once(*PANEL, "--tz", "local", env={"TZ": "JST-9"})
    why = 'the zone of this machine cannot be told, since TZ is "JST-9", which is no name of a zone; name one'
    assert (run.code, run.err) == (2, f"agenda: --tz: {why}\n")


@pytest.mark.parametrize(
    ("variable", "options", "start"),
    [
        ("Europe/Rome", [], ROME),
        ("europe/rome", ["--tz", "Asia/Tokyo"], TOKYO),
        ("Europe/Rome", ["--utc"], ZULU),
        ("", [], TOKYO),
    ],
)
def test_variable_is_the_zone_where_no_option_is(
    agenda_once: Agenda, variable: str, options: list[str], start: str
) -> None:
    assert agenda_once(*PANEL, *options, env={"AGENDA_TZ": variable}).lines == [start]


def test_variable_that_is_no_zone_is_named(agenda_once: Agenda) -> None:
    run = agenda_once("list", env={"AGENDA_TZ": "Nowhere"})
    assert (run.code, run.err.partition(";")[0]) == (2, 'agenda: AGENDA_TZ: "Nowhere" is no time zone')


def test_variable_changes_no_calendar(agenda_once: Agenda) -> None:
    usual, told = (agenda_once("export", "unesco-panel", env=env).raw for env in ({}, {"AGENDA_TZ": "Europe/Rome"}))
    assert usual == told


def test_two_options_for_one_clock_are_a_usage_error(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--utc", "--tz", "Europe/Rome")
    assert (run.code, run.err) == (
        2,
        "agenda: --tz and --utc both name the clocks to tell times by; give one of them\n",
    )


@pytest.mark.parametrize("command", ["list", "next -n 30"])
@pytest.mark.parametrize("format", ["tsv", "csv", "json", "jsonl", "markdown"])
def test_times_end_in_z_in_every_format(agenda_once: Agenda, command: str, format: str) -> None:
    run = agenda_once(*command.split(), "--utc", "-f", format, env={"AGENDA_NOW": "2025-09-01T00:00"})
    assert (ZULU in run.out, "+00:00" in run.out) == (True, False)


def test_times_of_one_event_end_in_z(agenda_once: Agenda) -> None:
    (event,) = json.loads(agenda_once("show", "unesco-panel", "--utc", "--format", "json").out)
    assert (event["start"], event["timezone"]) == (ZULU, "UTC")


def test_days_and_floating_times_have_no_z(agenda: Agenda, file: File) -> None:
    path = file(
        "events = [{ id = 'a', title = 'A', start = 2025-09-29 },"
        " { id = 'b', title = 'B', start = 2025-09-29T10:00:00, end = 2025-09-29T11:00:00 }]"
    )
    run = agenda("list", "--data", path, "--utc", "--fields", "start,end")
    assert run.lines == ["2025-09-29\t2025-09-29", "2025-09-29T10:00:00\t2025-09-29T11:00:00"]


def test_table_tells_the_time_by_utc(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--utc", "--search", "unesco-panel", "--format", "table", "--verbose")
    assert ("  02:00" in run.out, "times are those of UTC" in run.err) == (True, True)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("JST", 'did you mean "Asia/Tokyo"?'),
        ("BST", 'did you mean "Europe/London"?'),
        ("Italy", 'did you mean "Europe/Rome"?'),
        ("Giappone", 'did you mean "Asia/Tokyo"?'),
        ("大阪", 'did you mean "Asia/Tokyo"?'),
        ("+09:00", 'offsets are not taken, since clocks change; write the name of a zone such as "Asia/Tokyo"'),
        ("UTC+9", 'offsets are not taken, since clocks change; write the name of a zone such as "Asia/Tokyo"'),
    ],
)
def test_what_is_no_zone_is_answered_by_the_zone_that_was_meant(agenda: Agenda, typed: str, right: str) -> None:
    run = agenda("list", f"--tz={typed}")
    assert (run.code, run.err) == (2, f'agenda: --tz: "{typed}" is no time zone; {right}\n')
