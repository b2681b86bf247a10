"""What each command imports: start-up is made of that, so it is held here, and not the time that it takes."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, environment

pytestmark = pytest.mark.slow

HEAVY = """\
rich ics arrow tatsu attr dateutil babel pydantic pydantic_core pygments markdown_it click jinja2 yaml pytz icalendar \
httpx segno keyring asyncio http email urllib.request ssl socket unittest multiprocessing concurrent sqlite3 xml \
logging argparse pdb dataclasses csv json doctest calendar typing_extensions \
agenda.views agenda.cli.terminal agenda.ical agenda.agendafile.cache agenda.agendafile.diagnose \
agenda.agendafile.positions \
agenda.agendafile.series agenda.recurrence.budget agenda.recurrence.rrule agenda.recurrence.cycles \
agenda.cli.completion agenda.cli.shells agenda.cli.hints agenda.cli.borrowed"""
"""Modules that cost something, and that not every command needs."""

RICH = {"rich", "agenda.views", "agenda.cli.terminal", "dataclasses", "logging"}
ICS = {"ics", "arrow", "tatsu", "attr", "dateutil", "argparse", "dataclasses", "json", "logging", "calendar"}
ICS |= {"agenda.ical", "agenda.recurrence.rrule"}
WORDINGS = {"babel", "calendar", "pytz", "email", "http", "socket", "ssl", "urllib.request", "xml"}
"""What Babel imports to read a catalog."""
RULES = {"agenda.recurrence.budget", "agenda.recurrence.rrule", "agenda.recurrence.cycles", "calendar"}
IMPORTING = {"icalendar", "click", "agenda.ical", "dateutil", "dataclasses", "json"}
EDITING = {"agenda.agendafile.positions", "dataclasses"}
CALENDAR = ROOT / "tests" / "calendars" / "outlook-web.ics"
EXAMPLE = ROOT / "data" / "events.toml"
SCHEDULE = ROOT / "tests" / "calendars" / "pretalx.xml"
ALLOWED: dict[str, set[str]] = {
    "list": set(),
    "list --format tsv": set(),
    "list --format json": set(),
    "list --format jsonl": set(),
    "list --format csv": {"csv"},
    "list --format table": RICH,
    "list --lang it --format json": set(),
    "list --lang en-GB --format table": RICH,
    "list --on 2025-09-30": set(),
    "list --on '30 Sep'": {"dateutil", "calendar"},
    "list --on 'Tue 30 Sep'": {"dateutil", "calendar"},
    "list --on '30 Sep - 2 October'": {"dateutil", "calendar"},
    "list --on '30 settembre'": {"dateutil", "calendar", "babel", "pytz"},  # Babel takes pytz where it is installed
    "list --on domani": set(),
    "list Tokyo": set(),
    "list Osaka tomorrow": set(),
    "list --from today --to +3d": set(),
    "timeline": RICH,
    "day": RICH,
    "next": set(),
    "next --format table": RICH,
    "show airone": RICH,
    "show airone --format json": set(),
    "month": RICH | {"calendar"},
    "month October": RICH | {"dateutil", "calendar"},
    "count --by city": set(),
    "count --by day --format json": set(),
    "count --by city --format table": RICH,
    "export": ICS,
    "site pages": ICS | {"jinja2", "segno"} | WORDINGS,
    "list --lang it --format table": RICH | WORDINGS,
    "new -": {"logging", "calendar"},
    f"import {CALENDAR}": IMPORTING | RULES,
    f"import {SCHEDULE}": {"xml"},
    f"diff {EXAMPLE} {EXAMPLE}": RULES - {"agenda.recurrence.rrule"},
    f"diff {EXAMPLE} {EXAMPLE} --format table": RICH | RULES - {"agenda.recurrence.rrule"},
    "add X --data my.toml": EDITING,
    "set a title=X --data my.toml": EDITING,
    "move a 2025-10-01 --data my.toml": EDITING,
    "cancel a --data my.toml": EDITING,
    "remove a --data my.toml": EDITING,
    "rename topic x y --data my.toml": EDITING,
    "edit --data my.toml": RULES - {"agenda.recurrence.rrule"},
    "check": RULES - {"agenda.recurrence.rrule"} | {"babel", "pytz"},  # whether the languages of the file are any
    "schema": set(),
    "check --format json": RULES - {"agenda.recurrence.rrule"} | {"babel", "pytz"},
    "--version": set(),
}
"""Which of those each command line may import."""


COMPLETED = {
    "agenda list --city To": set(),
    "agenda list --on ": set(),
    "agenda show ai": set(),
    "agenda month ": {"calendar"},
    "agenda list --ci": set(),
    "agenda ": set(),
}
"""Lines to be completed, and which of those zsh has it import."""


def imported(command: str, folder: Path, **env: str) -> set[str]:
    """The names of all modules that are imported in a run of that command line."""
    # Not `-X importtime`: that does not see what is imported by `import_module`.
    (folder / "my.toml").write_text('[[events]]\nid = "a"\ntitle = "A"\ntopics = ["x"]\n')
    done = subprocess.run(
        [sys.executable, "-v", "-m", "agenda", *shlex.split(command)],
        cwd=folder,
        env=environment(EDITOR="true", VISUAL=None, **env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    return set(re.findall(r"^import '([\w.]+)' #", done.stderr, re.MULTILINE))


@pytest.fixture(scope="module", params=ALLOWED)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, set[str]]:
    """A command line, and what it imports."""
    return request.param, imported(request.param, tmp_path_factory.mktemp("startup"))


def test_command_imports_no_heavy_module_but_those_it_needs(run: tuple[str, set[str]]) -> None:
    command, modules = run
    assert {module for module in HEAVY.split() if module in modules} - ALLOWED[command] == set()


def test_command_imports_what_it_is_expected_to_need(run: tuple[str, set[str]]) -> None:
    command, modules = run
    expected = {"rich", "ics", "icalendar", "csv", "dateutil", "babel", "agenda.views", "agenda.ical"} & ALLOWED[
        command
    ]
    assert expected - modules == set()


def test_a_list_of_all_imports_nothing_that_reads_days_or_groups_events_or_words_for_people(tmp_path: Path) -> None:
    modules = imported("list --format json", tmp_path)
    assert {
        module for module in modules if module.startswith(("agenda.reports.", "agenda.typed_days.", "agenda.wording."))
    } == {"agenda.typed_days.present"}


def test_only_the_command_that_is_called_is_built(run: tuple[str, set[str]]) -> None:
    command, modules = run
    built = {module for module in modules if module.startswith("agenda.cli.commands.")}
    assert built == ({f"agenda.cli.commands.{command.split()[0]}"} if not command.startswith("-") else set())


def test_only_the_format_that_is_written_is_imported(run: tuple[str, set[str]]) -> None:
    command, modules = run
    formats = {module.removeprefix("agenda.formats.") for module in modules if module.startswith("agenda.formats.")}
    written = {
        "tsv": {"tsv"},
        "csv": {"csv"},
        "json": {"json", "jsonl"},
        "jsonl": {"jsonl"},
    }
    data = {
        "list": {"records"},
        "next": {"records", "upcoming"},
        "count": {"tables"},
        "site": {"records", "json", "jsonl"},
    }
    name = command.split()[0]
    usual = {"list": "tsv", "next": "tsv", "count": "tsv", "diff": "tsv"}.get(name, "none")
    asked = command.split()[-1] if "--format" in command else usual
    if name == "diff":
        data = {name: {"records", "changes"} if asked != "table" else set()}
    if name == "check":
        data = {name: {"tables"} if asked == "json" else set()}
    always = data.get(name, {"records"} if asked != usual else set())
    assert formats == written.get(asked, set()) | always


@pytest.mark.parametrize("line", COMPLETED)
def test_completion_imports_no_heavy_module_but_those_it_needs(line: str, tmp_path: Path) -> None:
    modules = imported("", tmp_path, _AGENDA_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line)
    own = {"agenda.cli.completion", "agenda.cli.shells"}
    assert {module for module in HEAVY.split() if module in modules} - COMPLETED[line] - own == set()


def test_run_ends_without_letting_go_of_what_is_in_memory(tmp_path: Path) -> None:
    """That would take a twentieth of the time of a short run, and a search for garbage a fifth."""
    code = "import atexit; atexit.register(print, 'let go'); from agenda.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--version"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, len(done.stdout.splitlines()), "let go" in done.stdout) == (0, 1, False)
