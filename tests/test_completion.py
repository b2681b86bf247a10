"""What a shell is told that can be typed next; and what comes of it in real shells, which obey what they read."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from conftest import ROOT, SHIPPED, Run, environment, run_by, run_program, start_runs
from forked_program import forked_program

from agenda.cli import completion
from agenda.cli.app import ALIASES, COMMANDS, run

Ask = Callable[..., Run]

SHELLS = ("bash", "zsh", "fish")
STARTED = ["bash", *(pytest.param(shell, marks=pytest.mark.slow) for shell in ("zsh", "fish"))]
"""The shells for tests that start them; in the inner loop only the first."""
TODAY_WORDS = ("today", "tomorrow")
UNITS = ("week", "weekend", "month")
NAMES = (
    "Valle d'Aosta",
    'Il "Lingotto"',
    "Cassa $HOME $(touch executed) `touch executed`",
    "Demo; touch executed #",
    "Ratio: 3:4 = a&b | c > d < e",
    "Gala *?[a-z]{b,c} ~x ^y !z %B (due)",
    "~radix",
    "Ñandú 文化",
)
"""Names that a shell would take for something else, each with a first word that no other one has."""

KEPT_BACK = ("Uno\\", 'Via\\"; touch executed #', "Wow\x1b[2J", "Xi\nsource", "Ypsilon\tb", "Zeta\x85")
"""Names that some shell, or its terminal, cannot be trusted with."""

HOSTILE = (
    "Title: it's \"so\" [/b] [red]x $(touch executed) `touch executed` \\\" \\$(touch executed) ' ; : \x1b[2J\n'\ty"
)


OTHER = """\
[cities."San Remo"]
[[events]]
id = "other"
title = "Other"
start = 2030-10-02
people = ["Yuriko Koike", "Stefano Lo Russo", "Mario D'Angelo"]
"""
"""Another agenda, in the folder where the shells are."""


def quoted(text: str) -> str:
    """A basic string of TOML."""
    return json.dumps(text, ensure_ascii=True)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agenda with these names as topics, and with that title."""
    path = tmp_path_factory.mktemp("hostile") / "hostile events.toml"
    topics = "".join(f"[topics.{quoted(name)}]\n" for name in (*NAMES, *KEPT_BACK))
    event = f'[[events]]\nid = "gala-night"\ntitle = {quoted(HOSTILE)}\n'
    path.write_text(topics + event, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """What the program answers bash for that line, whose last word is the one to complete."""
    folder = tmp_path_factory.mktemp("asked")
    with start_runs(_AGENDA_COMPLETE="complete_bash") as runs:
        run = run_by(runs)

        def complete(line: str, **env: str) -> Run:
            words = line.split(" ")
            position = str(len(words) - 1)
            asked = {"_AGENDA_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": position}
            return run((), folder, b"", {**asked, "AGENDA_NOW": "2025-09-29T09:30", **env})

        yield complete


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("agenda ", [*COMMANDS, *ALIASES]),
        ("agenda --version ", [*COMMANDS, *ALIASES]),
        ("agenda to", ["today", "tomorrow"]),
        ("agenda today --ci", ["--city"]),
        ("agenda list Ko", ["Kobe"]),
        ("agenda list Osaka to", ["Tokyo", "tourism", "today", "tomorrow"]),
        ("agenda count pe", ["person"]),
        ("agenda month Ko", ["Kobe"]),
        ("agenda month 2025-1", ["2025-10"]),
        ("agenda export Ko", ["koike-meeting", "Kobe"]),
        ("agenda list --ve", ["--venue", "--verbose"]),
        ("agenda list --city osa", ["Osaka"]),
        ("agenda list --city ŌS", ["Osaka"]),
        ("agenda list --city 大", ["Osaka"]),
        ("agenda list --city Osaka --city To", ["Tokyo"]),
        ("agenda list --topic li", [r"life\ sciences"]),
        ('agenda list --topic "li', ["life sciences"]),
        ("agenda list --topic 'lif", ["life sciences"]),
        ("agenda list --topic 'life'", [r"life\ sciences"]),
        ('agenda list --topic l"if', []),
        ("agenda export --with pol", [r"Politecnico\ di\ Torino"]),
        ("agenda list --with Koi", ["Koike"]),
        ("agenda list --and-with=koi", ["--and-with=Koike"]),
        ("agenda list --with lo", [r"Lo\ Russo", "Locatelli"]),
        ('agenda list --with "lo', ["Lo Russo", "Locatelli"]),
        ("agenda list --with quag", ["Quaglia"]),
        ("agenda list --with da", [r"Dario\ Peirone", r"Davide\ Quadrio"]),
        ("agenda list --venue italy", [r"Italy\ Pavilion,\ Expo\ 2025"]),
        ("agenda list --room sala", [r"Sala\ Polivalente"]),
        ("agenda list --city = to", ["Tokyo"]),
        ("agenda list --city =", ["Osaka", "Tokyo", "Nagoya", "Kobe", "Kyoto"]),
        ("agenda list --city=To", ["--city=Tokyo"]),
        ("agenda list --topic=li", [r"--topic=life\ sciences"]),
        ("agenda list --verbose=To", []),
        ("agenda list --search To", []),
        ("agenda month ", ["2025-09", "2025-10", "September", "October"]),
        ("agenda month oc", ["October"]),
        ("agenda month ot", ["ottobre"]),
        ("agenda list --he", ["--help"]),
        ("agenda list --status C", ["confirmed", "cancelled"]),
        ("agenda list --format js", ["json", "jsonl"]),
        ("agenda list --fields id,ti", ["id,title", "id,timezone"]),
        ("agenda list --on to", ["today", "tomorrow"]),
        ("agenda list --on T", [*TODAY_WORDS, "Tuesday", "Thursday", *(rf"this\ {unit}" for unit in UNITS)]),
        ("agenda list --on nex", [rf"next\ {unit}" for unit in UNITS]),
        ("agenda list --on lun", ["lunedì"]),
        ("agenda list --on set", ["settembre"]),
        ("agenda list --on Oc", ["October"]),
        ("agenda list --on Nov", []),
        ("agenda list --from 今日", ["今日"]),
        ("agenda list --from 2025-10-0", [f"2025-10-0{day}" for day in range(1, 5)]),
        ("agenda show ai", ["airone", "air-mobility-talk"]),
        ("agenda export airone ai", ["air-mobility-talk"]),
        ("agenda list --data ", []),
        ("agenda list --data nosuch.toml --city ", []),
        ("agenda list --data - --city ", []),
        (f"agenda list --data {ROOT} --city ", []),
    ],
)
def test_line_is_completed(ask: Ask, line: str, values: list[str]) -> None:
    answer = ask(line)
    assert (answer.lines if values else answer.out.strip(), answer.err) == (values or "", "")


def test_help_is_offered_in_the_same_order_each_time(ask: Ask) -> None:
    assert [ask("agenda list -", PYTHONHASHSEED=str(seed)).lines[-2:] for seed in range(4)] == [["-h", "--help"]] * 4


@pytest.mark.parametrize(
    "line", ["agenda list --data ", "agenda list --data = x", "agenda check ", "agenda export -o ", "agenda import x"]
)
def test_files_are_left_to_the_shell_where_one_is_meant(ask: Ask, line: str) -> None:
    assert (ask(line).code, ask(line).out.strip()) == (1, "")


@pytest.mark.parametrize("line", ["agenda list --search ", "agenda list --city x", "agenda schema ", "agenda nosuch "])
def test_files_are_not_offered_where_none_is_meant(ask: Ask, line: str) -> None:
    assert (ask(line).code, agenda_zsh(line, ask).out.strip()) == (0, "")


def test_completion_takes_the_agenda_of_the_environment(ask: Ask, hostile: Path) -> None:
    assert ask("agenda list --topic val", AGENDA_DATA=str(hostile)).lines == [r"Valle\ d\'Aosta"]


def test_completion_reads_the_agenda_of_the_line_rather_than_that_of_the_environment(ask: Ask, hostile: Path) -> None:
    escaped = str(hostile).replace(" ", r"\ ")
    answers = [agenda_zsh(f"agenda list {option}{escaped} --topic ", ask).out for option in ("-d ", "--data=")]
    assert ['"Ñandú 文化"' in answer for answer in answers] == [True, True]


def test_file_of_the_line_is_found_by_a_variable_as_the_shell_finds_it(ask: Ask, hostile: Path) -> None:
    answer = ask('agenda list -d "$HOSTILE" --topic val', HOSTILE=str(hostile))
    assert answer.lines == [r"Valle\ d\'Aosta"]


def agenda_zsh(line: str, ask: Ask) -> Run:
    """What the program answers zsh, which has spaces within words."""
    return ask("", _AGENDA_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line, AGENDA_DATA=str(SHIPPED))


@pytest.mark.parametrize("shell", [*SHELLS, "pwsh"])
def test_names_that_no_shell_can_be_trusted_with_are_kept_back(ask: Ask, hostile: Path, shell: str) -> None:
    env = {"_AGENDA_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    answer = ask("agenda list --topic ", _TYPER_COMPLETE_ARGS="agenda list --topic ", AGENDA_DATA=str(hostile), **env)
    offered = [name for name in KEPT_BACK if name[:2] in answer.out]
    assert ("touch" in answer.out, offered) == (shell != "pwsh", [])


def test_help_of_an_option_stays_on_its_line(ask: Ask) -> None:
    line = "agenda export --"
    answer = ask(
        "", _AGENDA_COMPLETE="complete_fish", _TYPER_COMPLETE_ARGS=line, _TYPER_COMPLETE_FISH_ACTION="get-args"
    )
    assert [line for line in answer.lines if not line.startswith("--")] == []


def test_broken_agenda_gives_no_values_and_no_message(ask: Ask, file: Callable[[str], Path]) -> None:
    answer = ask(f"agenda list -d {file('[[events]]')} --city ")
    assert (answer.out.strip(), answer.err) == ("", "")


def test_every_zone_of_a_region_is_offered() -> None:
    assert {"Asia/Tokyo", "Asia/Kolkata"} <= set(completion.complete_zones({}, "asia/"))


def test_at_most_forty_days_of_events_are_offered(ask: Ask, file: Callable[[str], Path]) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-01-01\nend = 9999-12-31\n')
    assert ask(f"agenda list -d {path} --on 2").lines[::39] == ["2025-01-01", "2025-02-09"]


OF_SHELLS: dict[str, str | None] = {"TERM": "dumb", "LC_ALL": "C.UTF-8"}
"""What is different in the environment of the shells."""


@pytest.fixture(scope="module")
def completing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The program as the shells have it complete."""
    with forked_program(
        tmp_path_factory.mktemp("completing"), environment(**OF_SHELLS, _AGENDA_COMPLETE="complete_bash")
    ) as program:
        yield program


class Session:
    """A shell in a terminal that has the script of completion, where `agenda` tells what it is called with, and lets
    `completing` complete.
    """

    def __init__(self, shell: str, folder: Path, data: Path, completing: Path, loads: str = "source ./script") -> None:
        program = folder / "agenda"
        program.write_text(
            f'#!/bin/sh\n[ -n "$_AGENDA_COMPLETE" ] && exec "{completing}"\n'
            "echo \"RAN$(printf '%s\\0' \"$@\" | od -An -v -tx1 | tr -d ' \\n').\"\n"
        )
        program.chmod(0o755)
        self.env = environment(
            PATH=f"{folder}{os.pathsep}{os.environ['PATH']}",
            HOME=str(folder),
            XDG_CONFIG_HOME=str(folder),
            XDG_DATA_HOME=str(folder),
            AGENDA_DATA=str(data),
            **OF_SHELLS,
        )
        (folder / "other.toml").write_text(OTHER, encoding="utf-8")
        script = run_program((), folder, b"", {**self.env, "_AGENDA_COMPLETE": f"source_{shell}"})
        (folder / "script").write_bytes(script.raw)
        self.child = pexpect.spawn(
            shell,
            QUIET[shell],
            cwd=str(folder),
            env=self.env,
            dimensions=(50, 400),
            timeout=20,
            encoding="utf-8",
        )
        self.child.delaybeforesend = None
        self.typed(f"{FIRST.get(shell, '')}{loads}; agenda ready")

    def close(self) -> None:
        """End the shell."""
        self.child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]  # nothing to wait for
        self.child.close(force=True)

    def typed(self, keys: str) -> list[str]:
        """What the program is called with where somebody types that, and Enter."""
        self.child.send(f"{keys}\r")
        self.child.expect(r"RAN((?:[0-9a-f]{2})*)\.")
        assert isinstance(self.child.match, re.Match)
        return bytes.fromhex(self.child.match[1]).decode().split("\0")[:-1]


QUIET = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}
FIRST = {"zsh": "autoload -Uz compinit; compinit -u -D; "}


@pytest.fixture(scope="module", params=STARTED)
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, hostile: Path, completing: Path
) -> Iterator[Session]:
    """Each shell that is installed, with an agenda of hostile names."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    session = Session(request.param, tmp_path_factory.mktemp(request.param), hostile, completing)
    yield session
    session.close()


@pytest.mark.parametrize("name", NAMES)
def test_name_is_completed_in_a_shell_to_what_gives_that_name(session: Session, name: str) -> None:
    start = name[:2] if name.isalpha() or name[0] != "~" else "\\~r"
    assert session.typed(f"agenda list --topic {start}\t") == ["list", "--topic", name]


@pytest.mark.parametrize("mark", ["'", '"'])
@pytest.mark.parametrize("name", [NAMES[0], NAMES[2]])
def test_name_is_completed_after_a_quotation_mark(session: Session, name: str, mark: str) -> None:
    assert session.typed(f"agenda list --topic {mark}{name[:2]}\t") == ["list", "--topic", name]


@pytest.mark.parametrize("name", KEPT_BACK)
def test_name_that_is_kept_back_leaves_the_line_as_it_is(session: Session, name: str) -> None:
    assert session.typed(f"agenda list --topic {name[:2]}\t") == ["list", "--topic", name[:2]]


def test_id_is_completed_whatever_its_title(session: Session) -> None:
    assert session.typed("agenda show gala-\t\t") == ["show", "gala-night"]


def test_command_is_completed(session: Session) -> None:
    assert session.typed("agenda exp\t") == ["export"]


def test_file_is_completed_by_the_shell(session: Session) -> None:
    assert session.typed("agenda list --data scr\t") == ["list", "--data", "script"]


def test_file_is_completed_after_the_sign_of_its_option(session: Session) -> None:
    assert session.typed("agenda list --data=scr\t") == ["list", "--data=script"]


def test_name_is_completed_after_the_sign_of_its_option(session: Session) -> None:
    assert session.typed("agenda list --topic=Va\t") == ["list", f"--topic={NAMES[0]}"]


def test_word_without_an_option_is_completed(session: Session) -> None:
    assert session.typed("agenda list Va\t") == ["list", NAMES[0]]


def test_file_that_is_named_after_a_sign_gives_the_names(session: Session) -> None:
    typed = session.typed("agenda list --data=other.toml --city=S\t")
    assert typed == ["list", "--data=other.toml", "--city=San Remo"]


def test_month_with_events_is_completed(session: Session) -> None:
    assert session.typed("agenda month -d other.toml 2\t") == ["month", "-d", "other.toml", "2030-10"]


@pytest.mark.parametrize(("typed", "name"), [("Koi", "Koike"), ("Lo", "Lo Russo"), ("D", "D'Angelo")])
def test_family_name_is_completed(session: Session, typed: str, name: str) -> None:
    assert session.typed(f"agenda list -d other.toml --with {typed}\t") == ["list", "-d", "other.toml", "--with", name]


@pytest.mark.parametrize("start", ["list", "list --search", "list --city", "timeline", "list --topic=", "month"])
def test_no_file_is_completed_where_none_is_meant(session: Session, start: str) -> None:
    typed = f"{start}{'' if start.endswith('=') else ' '}scr"
    assert session.typed(f"agenda {typed}\t") == typed.split()


@pytest.mark.slow
def test_first_tab_of_a_session_completes_in_zsh(tmp_path: Path, hostile: Path, completing: Path) -> None:
    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    assert called_from("zsh", "--install-completion", tmp_path).returncode == 0
    session = Session("zsh", tmp_path, hostile, completing, loads=". ~/.zshrc")
    assert session.typed("agenda list --topic Va\t") == ["list", "--topic", NAMES[0]]
    session.close()


def test_nothing_of_the_agenda_was_run(session: Session) -> None:
    session.typed("agenda list --topic \x15agenda ready")
    assert not (Path(session.env["HOME"]) / "executed").exists()


@pytest.mark.parametrize(
    ("shell", "written"),
    [
        ("bash", ".bash_completions/agenda.sh"),
        pytest.param("zsh", ".zfunc/_agenda", marks=pytest.mark.slow),
        pytest.param("fish", ".config/fish/completions/agenda.fish", marks=pytest.mark.slow),
    ],
)
def test_completion_is_installed_for_the_shell_that_calls(shell: str, written: str, tmp_path: Path) -> None:
    done = called_from(shell, "--install-completion", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"complete_" in (tmp_path / written).read_bytes()


@pytest.mark.parametrize("shell", STARTED)
def test_script_is_shown_for_the_shell_that_calls(shell: str, tmp_path: Path) -> None:
    done = called_from(shell, "--show-completion", tmp_path)
    assert (done.returncode, done.stderr, f"complete_{shell}".encode() in done.stdout) == (0, b"", True)


def test_script_that_cannot_be_installed_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = called_from("bash", "--install-completion", tmp_path / "file")
    assert (done.returncode, done.stderr.decode()) == (1, f'agenda: "{tmp_path}/file" cannot be written: File exists\n')


@pytest.mark.parametrize("instruction", ["source_nosuch", "complete_bash"])
def test_shell_that_is_unknown_or_says_nothing_gets_no_traceback(agenda: Callable[..., Run], instruction: str) -> None:
    answer = agenda(env={"_AGENDA_COMPLETE": instruction})
    assert (answer.code, answer.out, "Traceback" in answer.err) == (1, "", False)


def called_from(shell: str, option: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    """What becomes of the program where that shell runs it, and not as the last thing that it does."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    return subprocess.run(
        [shell, "-c", f"'{sys.executable}' -m agenda {option} && true"],
        env=environment(HOME=str(home)),
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [(MemoryError(), "agenda: this takes more memory than there is"), (ValueError("a bug"), "")],
)
def test_of_errors_memory_alone_is_told_in_the_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("agenda.cli.completer.answer_shell", fail)
    monkeypatch.setenv("_AGENDA_COMPLETE", "complete_bash")
    assert run([]) == 1
    told = capfd.readouterr()
    assert (told.out, told.err.partition(";")[0]) == ("", message)
