"""What `--help` tells: in groups, with examples that work, and all of it on terminals of any width."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from caldav.servers import LOGGED_IN, puppet
from conftest import ROOT, SHIPPED, Run, Screen, environment
from forked_program import forked_program

from agenda.cli import app
from agenda.cli.app import COMMAND_GROUPS, COMMANDS

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]

EXAMPLES = {"": app.EXAMPLES} | {name: import_module(f"agenda.cli.commands.{name}").EXAMPLES for name in COMMANDS}
"""The examples by command; those of the program as a whole have no name."""


def help_of(run: Agenda, command: str, columns: int = 80) -> str:
    """What the help of the command says at that width, in a pipe."""
    return str(run(*command.split(), "--help", env={"COLUMNS": str(columns)}).out)


def section(help: str, title: str) -> list[str]:
    """The lines below a heading of the help, up to the next one."""
    (found,) = re.findall(rf"^{title}\n((?: .*\n)+)", help, flags=re.MULTILINE)
    return str(found).splitlines()


def example_lines() -> Iterator[object]:
    """Each command line that any help shows."""
    for name, examples in EXAMPLES.items():
        for number, (line, _) in enumerate(examples, 1):
            yield pytest.param(line, id=f"{name or 'agenda'} {number}")


OF_EXAMPLES: dict[str, str | None] = {"AGENDA_NOW": "2025-09-29T09:30", "EDITOR": "true", **LOGGED_IN}
"""What is different in the environment of the examples."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the examples work: with a file of one's own, and `agenda` as a program."""
    folder = tmp_path_factory.mktemp("examples")
    for name in ("my-events.toml", "before.toml", "after.toml"):
        shutil.copy(SHIPPED, folder / name)
    event = "BEGIN:VEVENT\nUID:opening\nDTSTART;VALUE=DATE:20260502\nSUMMARY:Opening\nEND:VEVENT\n"
    (folder / "calendar.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Tour\n{event}END:VCALENDAR\n")
    shutil.copy(ROOT / "tests" / "calendars" / "pretalx.xml", folder / "schedule.xml")
    (folder / "programme.csv").write_text("id,title\nopening,Opening\n")
    (folder / "edits.csv").write_text("id,title.it\nairone,Airone\n")
    (folder / "bin").mkdir()
    with forked_program(folder / "bin", environment(**OF_EXAMPLES)):
        yield folder


# --- Examples ---


@pytest.mark.parametrize("command", EXAMPLES)
def test_command_has_two_or_three_examples(command: str) -> None:
    assert len(EXAMPLES[command]) in {2, 3}


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_of_a_command_are_of_that_command(command: str) -> None:
    assert [line for line, _ in EXAMPLES[command] if f"agenda {command}" not in line] == []


@pytest.fixture(scope="module")
def calendar() -> Iterator[str]:
    """The address of a calendar on a server."""
    with puppet() as server:
        yield server.url


@pytest.mark.slow
@pytest.mark.parametrize("line", list(example_lines()))
def test_example_works(line: str, folder: Path, calendar: str) -> None:
    path = f"{folder / 'bin'}:{environment()['PATH']}"
    for program in re.findall(r"(?:^|\| *|&& *)(?:[A-Z_]+=\S+ )*(\w+)", line):
        if shutil.which(program, path=path) is None:
            pytest.skip(f"{program} is not installed, so this is not tried: {line}")
    done = subprocess.run(
        ["sh", "-c", line.replace("https://dav.example/anna/tour/", calendar)],
        cwd=folder,
        env=environment(**OF_EXAMPLES, PATH=path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", EXAMPLES)
def test_help_ends_with_the_examples(agenda_once: Agenda, command: str) -> None:
    _, _, end = help_of(agenda_once, command, 120).partition("\nExamples\n")
    told = [part for line, meaning in EXAMPLES[command] for part in (line, f"{meaning[0].upper()}{meaning[1:]}.")]
    assert [line.strip() for line in end.strip().splitlines()] == told


# --- Groups ---


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_but_that_for_help_is_in_a_group_with_a_name(agenda_once: Agenda, command: str) -> None:
    assert [line.split()[:2] for line in section(help_of(agenda_once, command), "Options")] == [["-h,", "--help"]]


@pytest.mark.parametrize("command", ["list", "show", "export"])
def test_which_events_come_first(agenda_once: Agenda, command: str) -> None:
    first, *_ = re.findall(r"^(\w[\w ]+)\n {2}", help_of(agenda_once, command), flags=re.MULTILINE)
    assert first == "Which events"


def test_help_of_the_program_has_a_line_for_each_command(agenda_once: Agenda) -> None:
    help = help_of(agenda_once, "")
    lines = [line for title in COMMAND_GROUPS for line in section(help, title)]
    assert [line.split()[0] for line in lines if line[2] != " "] == list(COMMANDS)


def test_help_of_the_program_says_where_the_events_come_from(agenda_once: Agenda) -> None:
    assert "$AGENDA_DATA" in help_of(agenda_once, "")


def test_help_tells_the_values_an_option_takes(agenda_once: Agenda) -> None:
    assert "(fixed, between or tba)" in " ".join(help_of(agenda_once, "list").split())


def test_help_tells_what_an_option_is_without(agenda_once: Agenda) -> None:
    assert "(default: -)" in help_of(agenda_once, "export")


def test_help_tells_the_environment_variable_of_an_option(agenda_once: Agenda) -> None:
    assert "(environment variable: AGENDA_DATA)" in " ".join(help_of(agenda_once, "check").split())


# --- Terminals ---


@pytest.mark.parametrize("command", EXAMPLES)
@pytest.mark.parametrize("columns", [40, 60, 80])
def test_help_says_the_same_at_any_width(agenda_once: Agenda, command: str, columns: int) -> None:
    """No word is lost, and none is cut."""
    narrow, wide = (help_of(agenda_once, command, width) for width in (columns, 120))
    assert sorted(narrow.split()) == sorted(wide.split())


@pytest.mark.parametrize("command", EXAMPLES)
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_help_is_no_wider_than_its_terminal(agenda_once: Agenda, command: str, columns: int) -> None:
    assert max(map(len, help_of(agenda_once, command, columns).splitlines())) <= columns


def test_help_is_drawn_in_colour_on_a_terminal(terminal: Terminal, agenda_once: Agenda) -> None:
    screen = terminal("list", "--help")
    assert ("\x1b[1;36m" in screen.raw, screen.seen.replace("\r\n", "\n")) == (True, help_of(agenda_once, "list"))


@pytest.mark.parametrize(("env", "colour"), [({"NO_COLOR": "1"}, r"\x1b\[[\d;]*3\d"), ({"TERM": "dumb"}, r"\x1b")])
def test_help_has_no_colour_where_none_is_wanted(terminal: Terminal, env: dict[str, str], colour: str) -> None:
    screen = terminal("list", "--help", env=env)
    assert (screen.code, re.findall(colour, screen.raw)) == (0, [])


# --- Misspelt options ---


def test_misspelt_option_is_told_with_what_may_be_meant(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--serach", "Kobe")
    assert run.err == "agenda: No such option: --serach; did you mean --search?\nTry 'agenda list --help'.\n"


def test_commands_of_the_help_are_modules() -> None:
    modules = {path.stem for path in (ROOT / "agenda" / "cli" / "commands").glob("*.py")} - {"__init__"}
    assert set(COMMANDS) == modules
