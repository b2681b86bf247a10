"""What becomes of a run whose input or output is not what it hopes for, and of the command line as a whole."""

import fcntl
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run, Screen, environment, run_program

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]

PROGRAM = [sys.executable, "-m", "agenda"]
SLOW = pytest.mark.slow
DATA = [
    "list",
    "list --format table",
    *(pytest.param(command, marks=SLOW) for command in ("show airone", "export", "check", "--version")),
]
"""Command lines that write data to standard output, or in the inner loop two of them, since each starts a process."""
WRITING = [*DATA, "--help", *(pytest.param(command, marks=SLOW) for command in ("", "list --help"))]
"""And those that write the help."""


def shell(script: str, *command: str, cwd: Path) -> Run:
    """A run of a shell script, in which `"$@"` is the program with these arguments."""
    done = subprocess.run(
        ["sh", "-c", script, "sh", *PROGRAM, *command],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode(), done.stdout)


# --- Closed pipes ---


@pytest.mark.parametrize("command", WRITING)
def test_reader_that_is_gone_is_no_error(tmp_path: Path, command: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*PROGRAM, *command.split()],
            cwd=tmp_path,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["list", "list -f table", "export", "show -"])
def test_reader_that_has_had_enough_is_no_error(tmp_path: Path, command: str) -> None:
    # More than a pipe holds, so that the program still writes when its reader is gone.
    events = "".join(
        f'[[events]]\nid = "e{number}"\ntitle = "{"t" * 200}"\nstart = 2025-09-29\n' for number in range(500)
    )
    (tmp_path / "many.toml").write_text(f'[agenda]\nnamespace = "n"\n{events}')
    (tmp_path / "ids").write_text("".join(f"e{number}\n" for number in range(500)))
    with (
        (tmp_path / "ids").open() as ids,
        subprocess.Popen(
            [*PROGRAM, *command.split(), "--data", "many.toml"],
            cwd=tmp_path,
            env=environment(),
            stdin=ids,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as running,
    ):
        assert running.stdout is not None
        assert running.stderr is not None
        first = running.stdout.readline()
        running.stdout.close()
        assert (first != b"", running.wait(60), running.stderr.read()) == (True, 0, b"")


@pytest.mark.parametrize("format", ["json", "table"])
def test_long_output_is_whole_in_a_pipe(tmp_path: Path, format: str) -> None:
    """More than any buffer of the program or of the system holds, up to the end of the process."""
    events = (
        f'[[events]]\nid = "e{number}"\ntitle = "Event {number} of a list with very many of them"\nstart = 2026-05-03\n'
        for number in range(3_000)
    )
    (tmp_path / "long.toml").write_text("".join(events))
    done = run_program(["list", "--data", "long.toml", "--format", format], tmp_path, b"", {})
    assert (done.code, len(done.raw) > 2**16) == (0, True)
    assert sorted(map(int, re.findall(r"Event (\d+)", done.out))) == [*range(3_000)]
    assert done.out.endswith("]\n" if format == "json" else "\n")


def test_head_takes_the_first_line_of_a_list(tmp_path: Path) -> None:
    run = shell('"$@" | head -n 1', "list", cwd=tmp_path)
    assert (run.code, run.out.count("\n"), run.err) == (0, 1, "")


# --- No room, and no output at all ---


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", WRITING)
def test_full_disk_is_an_error_in_one_line(tmp_path: Path, command: str) -> None:
    run = shell('"$@" > /dev/full', *command.split(), cwd=tmp_path)
    assert (run.code, run.err.count("\n"), "bug" in run.err) == (1, 1, False)
    assert os.strerror(28) in run.err


@pytest.mark.parametrize("command", DATA)
def test_standard_output_that_is_closed_is_an_error_in_one_line(tmp_path: Path, command: str) -> None:
    run = shell('"$@" >&-', *command.split(), cwd=tmp_path)
    assert (run.code, run.err.count("\n"), "bug" in run.err) == (1, 1, False)


@pytest.mark.parametrize("redirection", ["> /dev/full", ">&-"])
def test_event_whose_id_cannot_be_told_is_in_the_file_and_that_is_told(tmp_path: Path, redirection: str) -> None:
    (tmp_path / "my.toml").write_text("[agenda]\n")
    run = shell(f'"$@" {redirection}', "add", "Gala", "--data", "my.toml", cwd=tmp_path)
    assert (run.code, 'the event is in the file all the same, as "gala"' in run.err) == (1, True)
    assert 'id = "gala"' in (tmp_path / "my.toml").read_text()


def test_export_into_a_file_needs_no_standard_output(tmp_path: Path) -> None:
    run = shell('"$@" >&-', "export", "airone", "-o", "out.ics", cwd=tmp_path)
    assert (run.code, run.err, (tmp_path / "out.ics").exists()) == (0, "", True)


@pytest.mark.parametrize(("command", "code"), [("list -v --city Kyoto --when tba", 0), ("show x", 2)])
def test_standard_error_that_is_closed_changes_nothing(tmp_path: Path, command: str, code: int) -> None:
    run = shell('"$@" 2>&-', *command.split(), cwd=tmp_path)
    expected = shell('"$@" 2>/dev/null', *command.split(), cwd=tmp_path)
    assert (run.code, run.out) == (code, expected.out)


@pytest.mark.parametrize("command", ["list", "export airone"])
def test_standard_input_that_is_closed_is_not_missed_where_nobody_reads_it(
    tmp_path: Path, agenda_once: Agenda, command: str
) -> None:
    run = shell('"$@" <&-', *command.split(), cwd=tmp_path)
    assert (run.code, run.err, run.raw) == (0, "", agenda_once(*command.split()).raw)


@pytest.mark.parametrize("command", ["show -", "export -", "list --data -", "check -"])
def test_standard_input_that_is_closed_is_an_error_in_one_line_where_it_is_to_be_read(
    tmp_path: Path, command: str
) -> None:
    run = shell('"$@" <&-', *command.split(), cwd=tmp_path)
    assert (run.code, run.out, run.err.count("\n"), "bug" in run.err) == (1, "", 1, False)


# --- Remarks ---

NOTHING = ("--city", "Kyoto", "--when", "tba")


@pytest.mark.parametrize(
    ("asked", "told"), [((), False), (("-v",), True), (("-q",), False), (("-v", "-q"), False), (("-q", "-v"), False)]
)
def test_remark_in_a_pipe_is_told_only_if_asked_for(agenda_once: Agenda, asked: tuple[str, ...], told: bool) -> None:
    run = agenda_once("export", *asked)
    assert (run.code, run.err.count("\n"), run.raw) == (0, int(told), agenda_once("export").raw)


@pytest.mark.parametrize("command", [("list",), ("show", "airone"), ("export",)])
def test_finding_nothing_is_worth_one_remark(agenda_once: Agenda, command: tuple[str, ...]) -> None:
    run = agenda_once(*command, *NOTHING, "-v")
    assert (run.code, run.err.count("\n"), run.err.startswith("agenda: ")) == (0, 1, True)


@pytest.mark.parametrize(("asked", "told"), [((), True), (("-v",), True), (("-q",), False), (("-v", "-q"), False)])
def test_remark_on_a_terminal_is_told_unless_it_is_to_be_quiet(
    terminal: Terminal, asked: tuple[str, ...], told: bool
) -> None:
    screen = terminal("list", *NOTHING, *asked)
    assert (screen.code, len(screen.lines)) == (0, int(told))


def test_remark_goes_to_a_terminal_even_where_the_data_goes_into_a_file(terminal: Terminal, tmp_path: Path) -> None:
    screen = terminal("export", "-o", tmp_path / "out.ics")
    assert screen.lines == ["agenda: 2 events have no date yet and were left out"]


@pytest.mark.parametrize("command", ["show airon", "check missing.toml", "list --nonsense"])
def test_error_is_told_even_to_the_quiet(agenda_once: Agenda, command: str) -> None:
    run = agenda_once(*command.split(), *([] if "nonsense" in command else ["--quiet"]))
    assert (run.code > 0, run.out, run.err != "") == (True, "", True)


# --- Interruption ---


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell whether a process waits")
@pytest.mark.parametrize("command", ["list --data -", "show -", "check -"])
def test_interruption_while_it_reads_ends_it_with_130_and_no_word(tmp_path: Path, command: str) -> None:
    reader, writer = os.pipe()
    with subprocess.Popen(
        [*PROGRAM, *command.split()],
        cwd=tmp_path,
        env=environment(),
        # As in a terminal, even where the tests run in the background, which ignores interruptions.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        stdin=reader,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        try:
            # More than a pipe holds: once all of it is written, the program is reading.
            left = b"# a comment\n" * 100_000
            while left:
                left = left[os.write(writer, left) :]
            while not waits_for_more(running.pid, reader):
                assert running.poll() is None
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
            os.close(reader)
            os.close(writer)
    assert (running.returncode, out, err.strip()) == (130, b"", b"")


def waits_for_more(process: int, pipe: int) -> bool:
    """Whether the process has taken all that was in the pipe and sleeps until there is more."""
    (left,) = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))
    state = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    return left == 0 and state == "S"


# --- The command line as a whole ---


def test_program_alone_shows_its_help(agenda_once: Agenda) -> None:
    run = agenda_once()
    assert (run.code, run.err, run.out) == (0, "", agenda_once("--help").out)


@pytest.mark.parametrize("command", ["list", "show", "export", "check"])
def test_help_names_every_command(agenda_once: Agenda, command: str) -> None:
    assert re.search(rf"\b{command} +\w", agenda_once("--help").out)


@pytest.mark.parametrize("command", [[], ["list"]])
def test_short_help_is_the_help(agenda_once: Agenda, command: list[str]) -> None:
    short, long = agenda_once(*command, "-h"), agenda_once(*command, "--help")
    assert (short.code, short.err, short.raw) == (0, "", long.raw)


@pytest.mark.parametrize("command", ["list", "show", "export"])
def test_help_of_a_command_names_every_option_that_it_shares(agenda_once: Agenda, command: str) -> None:
    shared = {"data", "city", "on", "from", "to", "topic", "kind", "with", "venue", "search", "status", "when"}
    assert shared - set(re.findall(r"--(\w+)\b", agenda_once(command, "--help").out)) == set()


@pytest.mark.parametrize("command", [[], ["list"]])
@pytest.mark.parametrize("columns", [40, 80])
def test_help_fits_the_terminal(terminal: Terminal, command: list[str], columns: int) -> None:
    screen = terminal(*command, "--help", columns=columns)
    assert (screen.code, max(map(len, screen.lines)) <= columns) == (0, True)


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii", "TERM": "dumb"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "COLUMNS": "1"},
    ],
    ids=",".join,
)
def test_help_needs_no_particular_terminal(agenda_once: Agenda, env: dict[str, str]) -> None:
    run = agenda_once("list", "--help", env=env)
    assert (run.code, run.out != "", run.err) == (0, True, "")


def test_version_is_the_version_and_nothing_else(agenda_once: Agenda) -> None:
    run = agenda_once("--version")
    assert re.fullmatch(r"agenda \d+\.\d+\.\d+\S*\n", run.out)
    assert (run.code, run.err) == (0, "")


@pytest.mark.skipif(shutil.which("agenda", path=Path(sys.executable).parent) is None, reason="agenda is not installed")
def test_installed_command_is_the_module(agenda_once: Agenda, tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "agenda", "list"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, agenda_once("list").raw, b"")


def test_usage_calls_the_module_by_the_name_of_the_command(agenda_once: Agenda) -> None:
    assert "Usage: agenda list" in agenda_once("list", "--help").out


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("lst", "list"),
        ("list --ctiy Tokyo", "--city"),
        ("list Tokio", "Tokyo"),
        ("list --format xml", "json"),
        ("list --city", "--city"),
        ("--nonsense", "--nonsense"),
        ("show", "ID"),
    ],
)
def test_usage_error_says_what_would_be_right(agenda_once: Agenda, command: str, word: str) -> None:
    run = agenda_once(*command.split())
    assert (run.code, run.out, word in run.err, "Traceback" in run.err) == (2, "", True, False)


# --- Places ---


@pytest.mark.parametrize("env", [{"HOME": None}, {"HOME": "/nowhere", "PATH": "", "TERM": None}])
def test_home_and_path_are_not_needed(agenda_once: Agenda, env: dict[str, str | None]) -> None:
    run = agenda_once("list", env=env)
    assert (run.code, run.err, run.raw) == (0, "", agenda_once("list").raw)


@pytest.mark.parametrize("command", ["list", "list -f table", "export"])
def test_folder_that_is_gone_is_no_hindrance(tmp_path: Path, agenda_once: Agenda, command: str) -> None:
    run = shell('mkdir gone && cd gone && rmdir ../gone && exec "$@"', *command.split(), cwd=tmp_path)
    assert (run.code, run.err, run.out) == (0, "", agenda_once(*command.split()).out)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no folder that nobody can write to")
def test_folder_that_cannot_be_written_is_no_hindrance(agenda_once: Agenda) -> None:
    run = shell('exec "$@"', "export", cwd=Path("/proc"))
    assert (run.code, run.err, run.out) == (0, "", agenda_once("export").out)


def test_shipped_data_is_found_from_the_checkout_itself(agenda_once: Agenda) -> None:
    done = subprocess.run(
        [*PROGRAM, "list"], cwd=ROOT, env=environment(PYTHONPATH=None), capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, agenda_once("list").raw, b"")


@pytest.mark.parametrize("command", ["list -f table", "export", "--help"])
def test_nothing_is_left_in_the_folder(agenda: Agenda, tmp_path: Path, command: str) -> None:
    agenda(*command.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", ["list", "show airone", "export"])
def test_nothing_warns(agenda_once: Agenda, command: str) -> None:
    run = agenda_once(*command.split(), env={"PYTHONWARNINGS": "default", "PYTHONDEVMODE": "1"})
    ours = [line for line in run.err.splitlines() if str(ROOT / "agenda") in line]
    assert (run.code, ours) == (0, [])
