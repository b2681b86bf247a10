"""Which copy of the time zone database is used: the newer one of the system's and the package tzdata's."""

import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
import tzdata
from conftest import Run, environment

from agenda.agendafile.zone_data import ZoneData, choose_data

PACKAGE = ZoneData("/package", "2026b", is_package=True)
VANCOUVER = """\
[agenda]
namespace = "zones.example"
timezone = "America/Vancouver"
[[events]]
id = "talk"
title = "Talk"
start = 2026-12-01T20:00:00
repeat = "FREQ=DAILY;COUNT=3"
"""
WITH_SEARCH_PATH = "import sys, zoneinfo; zoneinfo.reset_tzpath([sys.argv[1]]); "

Folder = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of zones as a system has it, whose version the file of that name tells."""

    def make(line: str | None, name: str = "tzdata.zi") -> str:
        zones = tmp_path / "zoneinfo"
        (zones / "America").mkdir(parents=True)
        # The clocks of Tokyo, so that nobody takes one copy of Vancouver for the other.
        tokyo = files("tzdata.zoneinfo.Asia").joinpath("Tokyo").read_bytes()
        (zones / "America" / "Vancouver").write_bytes(tokyo)
        if line is not None:
            (zones / name).write_text(f"{line}\nR d 1916 o - Jun 14 23s 1 S\n")
        return str(zones)

    return make


def python(code: str, *arguments: str, stdin: str = "", **env: str) -> str:
    """What Python prints for that code, in a process of its own, as the search path is one for all of a process."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(**env),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("line", "name", "version"),
    [
        ("# version 2026a", "tzdata.zi", "2026b"),
        ("# version 2026b", "tzdata.zi", "2026b"),
        ("# version 2026c", "tzdata.zi", "2026c"),
        ("# version 2026za", "tzdata.zi", "2026za"),
        ("# version 2026c-3-g0123456", "tzdata.zi", "2026c"),
        ("2025b", "+VERSION", "2026b"),
        ("2026c", "+VERSION", "2026c"),
        ("# something else", "tzdata.zi", None),
        (None, "", None),
    ],
)
def test_newer_copy_is_chosen(folder: Folder, line: str | None, name: str, version: str | None) -> None:
    chosen = choose_data(["/no/such/folder", folder(line, name)], PACKAGE, is_settled=False)
    assert chosen is not None
    assert chosen.version == version


@pytest.mark.parametrize(("line", "is_package"), [("# version 2026a", True), ("# version 2026b", False), (None, False)])
def test_system_is_kept_where_it_is_no_older(folder: Folder, line: str | None, is_package: bool) -> None:
    """Or where its version is not known."""
    chosen = choose_data([folder(line)], PACKAGE, is_settled=False)
    assert chosen is not None
    assert chosen.is_package == is_package


def test_package_is_used_where_the_system_has_no_copy() -> None:
    assert choose_data(["/no/such/folder"], PACKAGE, is_settled=False) is PACKAGE
    assert choose_data([], PACKAGE, is_settled=True) is PACKAGE


def test_system_is_used_where_there_is_no_package(folder: Folder) -> None:
    path = folder("# version 2000a")
    assert choose_data([path], None, is_settled=False) == ZoneData(path, "2000a", is_package=False)
    assert choose_data([], None, is_settled=False) is None


@pytest.mark.slow
@pytest.mark.parametrize(("line", "hours"), [("# version 1999a", "-7.0"), ("# version 9999a", "9.0")])
def test_times_are_those_of_the_newer_copy(folder: Folder, line: str, hours: str) -> None:
    """Each zone is one object, however it is asked for, and comes back from a pickle."""
    code = (
        "import pickle; from datetime import datetime; from agenda.agendafile.zones import find_zone\n"
        "zone = find_zone('America/Vancouver')\n"
        "assert zone is zoneinfo.ZoneInfo('America/Vancouver') is pickle.loads(pickle.dumps(zone))\n"
        "print(datetime(2025, 7, 1, tzinfo=zone).utcoffset().total_seconds() / 3600)"
    )
    assert python(WITH_SEARCH_PATH + code, folder(line)) == hours


@pytest.mark.slow
def test_calendars_have_the_rules_of_the_newer_copy(folder: Folder) -> None:
    """Those of the VTIMEZONE as well, which are read from the same file as the offsets."""
    run = "sys.argv = ['agenda', 'export', '-d', '-']; from agenda.__main__ import main; main()"
    with_old = python(WITH_SEARCH_PATH + run, folder("# version 1999a"), stdin=VANCOUVER)
    with_package = python("import sys; " + run, stdin=VANCOUVER, PYTHONTZPATH="")
    assert with_old == with_package


def test_check_tells_the_copy(agenda: Callable[..., Run]) -> None:
    told = agenda("check", "--verbose", env={"PYTHONTZPATH": ""}).err
    assert told == f"agenda: time zones are those of tzdata {tzdata.IANA_VERSION} (the Python package)\n"
    assert agenda("check").err == ""


def test_search_path_of_the_user_is_kept(agenda: Callable[..., Run], folder: Folder) -> None:
    path = folder("# version 1999a")
    told = agenda("check", "--verbose", "--data", "-", stdin=VANCOUVER, env={"PYTHONTZPATH": path}).err
    assert told == f'agenda: time zones are those of tzdata 1999a ("{path}")\n'


def test_copy_of_unknown_version_is_told_by_its_folder(agenda: Callable[..., Run], folder: Folder) -> None:
    path = folder(None)
    told = agenda("check", "--verbose", env={"PYTHONTZPATH": path}).err
    assert told == f'agenda: time zones are those of "{path}", whose version is not known\n'
