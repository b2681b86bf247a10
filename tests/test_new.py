"""`agenda new`: a file to start from, valid as it stands."""

import os
import re
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import tomli
from conftest import Run, Screen
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile import schema
from agenda.agendafile.resolve import resolve
from agenda.agendafile.starter import write_starter

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]

NOW = {"AGENDA_NOW": "2026-11-22T09:30:15"}


def test_file_is_valid_and_shows_every_sort_of_event(agenda: Agenda) -> None:
    made = agenda("new", "tour.toml", env={"TZ": "Europe/Rome"})
    checked = agenda("check", "--strict", "tour.toml")
    assert (made.code, made.out, made.err, checked.code) == (0, "", "", 0)
    assert "5 events (3 fixed, 1 between two days, 1 to be announced) in 2 cities" in checked.out


def test_events_lie_ahead(agenda: Agenda) -> None:
    agenda("new", "tour.toml", env=NOW)
    rows = agenda("next", "--data", "tour.toml", "-n", "99", env=NOW).lines
    assert [row.split("\t")[1].strip("~")[:10] for row in rows] == [
        *("2026-12-01", "2026-12-08", "2026-12-22", "2026-12-22", "2026-12-23"),
        "2026-12-27",
    ]


def test_calendar_has_uids_that_nobody_else_has(agenda: Agenda) -> None:
    texts = [agenda("new", "-", "--title", "Città in tour").out for _ in range(2)]
    namespaces = [tomli.loads(text)["agenda"]["namespace"] for text in texts]
    assert [re.fullmatch(r"citta-in-tour-[0-9a-f]{8}", name) is not None for name in namespaces] == [True, True]
    assert namespaces[0] != namespaces[1]


def test_revised_is_now(agenda: Agenda) -> None:
    text = agenda("new", "-", "--tz", "Asia/Tokyo", env=NOW).out
    assert tomli.loads(text)["agenda"]["revised"] == datetime.fromisoformat("2026-11-22T09:30:15+09:00")


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "EST5EDT"])
def test_zone_is_that_of_the_machine(agenda: Agenda, zone: str) -> None:
    text = agenda("new", "-", env={"TZ": zone}).out
    assert tomli.loads(text)["agenda"]["timezone"] == zone


def test_zone_of_a_machine_that_has_none_is_utc(agenda: Agenda) -> None:
    run = agenda("new", "-", env={"TZ": "Nowhere/At_All"})
    assert tomli.loads(run.out)["agenda"]["timezone"] == "UTC"
    assert run.err == "agenda: the time zone is UTC; --tz names another\n"


@pytest.mark.parametrize("arguments", [["--quiet"], ["--tz", "UTC"]])
def test_zone_that_was_asked_for_needs_no_remark(agenda: Agenda, arguments: list[str]) -> None:
    assert agenda("new", "-", *arguments, env={"TZ": "UTC"}).err == ""


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("spring-tour.toml", "Spring tour"),
        ("-", "My agenda"),
        ("東京.toml", "東京"),
        pytest.param("caf\udce9.toml", "My agenda", id="bytes that are no text"),
    ],
)
def test_title_is_the_name_of_the_file(agenda: Agenda, tmp_path: Path, file: str, title: str) -> None:
    made = agenda("new", file)
    text = made.out if file == "-" else (tmp_path / file).read_text(encoding="utf-8")
    assert tomli.loads(text)["agenda"]["title"] == title


def test_file_that_is_there_stays(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text("# precious")
    run = agenda("new", "tour.toml")
    assert (run.code, run.out) == (1, "")
    assert run.err == 'agenda: "tour.toml" is there already and would be lost; name another, or add --force\n'
    assert (tmp_path / "tour.toml").read_text() == "# precious"


def test_file_that_is_there_goes_by_force(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text("# precious")
    assert agenda("new", "tour.toml", "--force").code == 0
    assert agenda("check", "tour.toml").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["new"], 2, "Missing argument 'FILE'"),
        (["new", ""], 1, "the name of the file is empty"),
        (["new", "  "], 2, "the name of the file is blank"),
        (["new", "."], 1, "is a folder"),
        (["new", "nowhere/tour.toml"], 1, 'the folder "nowhere" does not exist; `mkdir -p nowhere` makes it'),
        (
            ["new", "t.toml", "--tz", "Europe/Roma"],
            2,
            '--tz: "Europe/Roma" is no time zone; did you mean "Europe/Rome"',
        ),
        (["new", "t.toml", "--title", " "], 2, "--title is empty"),
    ],
)
def test_what_cannot_be_is_told(agenda: Agenda, arguments: list[str], code: int, message: str) -> None:
    run = agenda(*arguments)
    assert (run.code, run.out, message in run.err) == (code, "", True)


def test_terminal_is_told_how_to_go_on(terminal: Terminal) -> None:
    assert terminal("new", "on the road.toml", columns=160, env={"TZ": ":Europe/Rome"}).seen == (
        "agenda: wrote 'on the road.toml'; edit it, then try `agenda check 'on the road.toml'` and `agenda list --data"
        " 'on the road.toml'`\r\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_file_has_the_usual_mode(agenda: Agenda, tmp_path: Path) -> None:
    agenda("new", "tour.toml")
    (tmp_path / "other").touch()
    assert stat.S_IMODE((tmp_path / "tour.toml").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


@pytest.mark.slow
@given(st.text(min_size=1), st.datetimes(datetime(2, 1, 1), datetime(9999, 12, 30), timezones=st.timezones()))  # noqa: DTZ001
def test_file_is_valid_whatever_the_title_and_whenever_it_is(title: str, now: datetime) -> None:
    text = "".join(write_starter(title, "Europe/Rome", now.astimezone(), "0123abcd"))
    _, faults = resolve(schema.convert_tables(tomli.loads(text)))
    assert [fault.message for fault in faults if title.strip()] == []
