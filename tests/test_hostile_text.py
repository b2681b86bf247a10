"""Nothing that a file, an argument or the environment says reaches a terminal as more than text, or at any length.

Each place that a message may quote is found by the code: every token of the corpus of broken files, every line of the
calendars, every parameter of every command, every variable that one reads.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
import typer
from conftest import ROOT

from agenda.cli.app import COMMANDS, app, run

CONTROLS = "\x1b]0;pwned\x07\x1b[31m\x08\x7f\x85\x9b31m\x90\u061c\u200e\u202e\u2066\u2028\u2029\ufeff"
LONG = "7" * 5_000
HOSTILE = CONTROLS + LONG
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
TOKEN = re.compile(r"""\"[^"\n]*\"|(?<![\w.:+-])-?\d[\d:T.+-]*|[A-Za-z][\w-]*""")
ESCAPED = "".join(f"\\u{ord(char):04x}" for char in CONTROLS) + LONG


_get_command = cache(typer.main.get_command)


@pytest.fixture(autouse=True)
def commands_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the commands that Typer builds, which takes half of what a run does."""
    monkeypatch.setattr(typer.main, "get_command", _get_command)


def told(arguments: list[str], monkeypatch: pytest.MonkeyPatch, stdin: bytes = b"") -> tuple[str, str]:
    """What one run gives and says, in this process."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
    with redirect_stdout(out), redirect_stderr(io.StringIO()) as err:
        run(arguments)
        out.flush()
        given = out.buffer
    assert isinstance(given, io.BytesIO)
    return given.getvalue().decode(errors="replace"), err.getvalue()


def is_safe(message: str) -> bool:
    return not UNSAFE.search(message) and LONG[:1_000] not in message and "bug in agenda" not in message


def broken_files() -> Iterator[str]:
    """The files of the corpus, with each of their tokens in turn replaced by what must not reach a terminal."""
    for path in sorted((ROOT / "tests" / "corpus").glob("*.toml")):
        text = "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if not line.startswith("# "))
        for token in TOKEN.finditer(text):
            for instead in (f'"{ESCAPED}"', CONTROLS, LONG):
                yield text[: token.start()] + instead + text[token.end() :]


SPARSE = 23
"""In the inner loop, one of so many broken files or calendars is tried. Being prime, it meets every kind of break."""


# Each token has three replacements, and two shares no factor with three: all tokens and all kinds are met.
@pytest.mark.parametrize("step", [SPARSE, pytest.param(2, marks=pytest.mark.slow)])
def test_no_message_on_an_agenda_file_holds_more_than_text(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    offenders = []
    for number, text in enumerate(islice(broken_files(), None, None, step)):
        command = (["check"], ["check", "--format", "json"], ["list"])[number % 3]
        out, err = told([*command, "--data", "-"], monkeypatch, text.encode())
        if not is_safe(err + ("" if command == ["list"] else out)) or UNSAFE.search(out):
            offenders.append((command, text, out, err))
    assert number > 1_000 / step
    assert offenders == []


def hostile_calendars() -> Iterator[str]:
    """The calendars, with the name, a parameter and the value of each of their lines in turn replaced."""
    for path in sorted((ROOT / "tests" / "calendars").glob("*.ics")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            name, _, value = line.partition(":")
            for instead in (
                f"{HOSTILE}:{value}",
                f"{name}:{HOSTILE}",
                f"{name};X={HOSTILE}:{value}",
                f"{name};TZID={HOSTILE}:{value}",
                f"{name}:{value[:12]}{LONG}",
                HOSTILE,
            ):
                yield "\r\n".join([*lines[:number], instead, *lines[number + 1 :], ""])


# Each line has six replacements, and five shares no factor with six: all lines and all kinds are met.
@pytest.mark.parametrize("step", [SPARSE, pytest.param(5, marks=pytest.mark.slow)])
def test_no_message_on_a_calendar_holds_more_than_text(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    offenders = []
    for text in islice(hostile_calendars(), None, None, step):
        out, err = told(["import", "-"], monkeypatch, text.encode())
        if not is_safe(err) or UNSAFE.search(out):
            offenders.append((text, out, err))
    assert offenders == []


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nDTSTART:20250101\nRRULE:{}\nEND:VEVENT\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\nBEGIN:{}\nSUMMARY:A\n",
        "BEGIN:VCALENDAR\nEND:{}\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{}\nDTSTART;TZID={}:20250101T090000\nEND:VEVENT\nEND:VCALENDAR\n",
    ],
)
def test_message_that_quotes_a_calendar_is_there_and_safe(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, err = told(["import", "-"], monkeypatch, text.replace("{}", HOSTILE).encode())
    assert "␛]0;pwned␇" in err.upper().replace("PWNED", "pwned")
    assert is_safe(err)


def parameters() -> Iterator[tuple[str, list[str]]]:
    """Each command with each of its options, and with its argument, given what must not reach a terminal."""
    group = typer.main.get_command(app)
    joined = set()
    for name in COMMANDS:
        yield name, [f"--{HOSTILE}"]
        for parameter in group.commands[name].params:  # type: ignore[attr-defined]
            option = parameter.opts[0] if parameter.param_type_name == "option" else ""
            yield name, [option, HOSTILE] if option else [HOSTILE]
            if option.startswith("--") and option not in joined:  # which Typer takes apart, whatever the command
                joined.add(option)
                yield name, [f"{option}={HOSTILE}"]


@pytest.mark.slow
def test_no_message_on_an_argument_holds_more_than_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    offenders = [(["", HOSTILE], told([HOSTILE], monkeypatch))]
    offenders += [([name, *given], told([name, *given], monkeypatch)) for name, given in parameters()]
    assert [case for case, (out, err) in offenders if not is_safe(err) or UNSAFE.search(out)] == []
    assert sum("␛]0;pwned␇" in err for _, (_, err) in offenders) > 100


def variables() -> set[str]:
    """The variables of the environment that the code reads."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "agenda").rglob("*.py")]
    read = re.compile(r"""(?:environ\.get\(|environ\[|envvar=)"([A-Z_]+)\"""")
    return {name for text in texts for name in read.findall(text)}


@pytest.mark.parametrize("variable", sorted(variables() | {"COLUMNS", "LINES", "TERM"}))
def test_no_message_on_a_variable_holds_more_than_text(
    variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "environ", os.environ | {variable: HOSTILE})
    commands = (["list", "-f", "table"], ["next"], ["new", str(tmp_path / "new.toml")], ["check"], ["--help"])
    answers = [told(command, monkeypatch) for command in commands]
    assert [answer for answer in answers if not is_safe(answer[1]) or UNSAFE.search(answer[0])] == []
