"""`agenda edit`: the file in an editor, at the line of an event."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

from typer import Argument, Exit

from agenda.agendafile.load import check_files
from agenda.agendafile.toml_text import FileContent
from agenda.cli import output, saving
from agenda.cli.changed_file import name_file
from agenda.cli.changes import CHANGE_PANEL, find_ids
from agenda.cli.inputs import current_time
from agenda.cli.options import DataOptions, complete_with, with_options
from agenda.errors import DataError, FileError, UsageError
from agenda.files import read_file
from agenda.text.safe import quote, quote_path

EXAMPLES = (
    ("agenda edit gala-dinner --data my-events.toml", "the editor opens the file at that event"),
    ('EDITOR="code --wait" agenda edit --data my-events.toml', "the whole file, in that editor"),
)

_USUAL_EDITORS = ("sensible-editor", "nano", "vi", "notepad")
_WITHOUT_LINES = {"notepad", "open", "xdg-open"}
_GOTO_EDITORS = {"code", "codium", "cursor"}
_COLON_EDITORS = {"hx", "subl", "zed"}
_RIGHT = "set EDITOR to one that is there, e.g. EDITOR=nano"
_WITHOUT_TERMINAL = "`agenda set` changes events without one, and EDITOR may name an editor that needs none"
_QUESTION = "e edits it again, r restores the file as it was, k keeps it: [e/r/k] "


@with_options(DataOptions)
def command(
    options: DataOptions,
    event_id: Annotated[
        str | None,
        Argument(
            metavar="[ID]",
            help="The event to begin at.",
            rich_help_panel=CHANGE_PANEL,
            autocompletion=complete_with("event_ids"),
        ),
    ] = None,
) -> None:
    """Open the file in your editor, at the line of an event.

    The editor is what $VISUAL or $EDITOR names. When you close it, the file is checked. If the file has a mistake, that
    is shown, and you may go back to the editor or to the file as it was.
    """
    name = name_file(options, [event_id] if event_id else ())
    before = read_file(name, "a TOML file")
    line = 1 if event_id is None else _find_line(name, event_id)
    while True:
        _open(name, line)
        edited = read_file(name, "a TOML file")
        checked = check_files([name], lambda agenda: current_time(agenda.timezone))
        if checked.agenda is not None:
            output.remark(options, f"{quote_path(name)} is valid" if edited != before else "nothing changed")
            return
        error = DataError(checked.diagnostics)
        if not output.can_ask():
            raise error
        output.write_error(str(error))
        match output.ask(_QUESTION, "erk"):
            case "r":
                saving.replace_file(name, edited, before)
                output.remark(options, f"{quote_path(name)} is as it was")
                return
            case "e":
                line = checked.diagnostics[0].line
            case _:
                raise Exit(error.exit_code)


def _find_line(name: str, typed: str) -> int:
    """The line of the event with that id; UsageError where there is none. In a file that is not valid, it is the line
    of its first mistake.
    """
    from agenda.agendafile.positions import locate

    checked = check_files([name], lambda agenda: current_time(agenda.timezone))
    if checked.agenda is None:
        return checked.diagnostics[0].line
    (event_id,) = find_ids(checked.agenda, [typed])
    content = FileContent(name, read_file(name, "a TOML file"))
    index = next(index for index, event in enumerate(content.tables()["events"]) if event["id"] == event_id)
    return locate(content.text()).of_key(("events", index)).line


def _open(name: str, line: int) -> None:
    """Run the editor, and wait for its end; FileError where it does not start, or ends with an error. Raises UsageError
    where the user names none, and there is none, or no terminal for it.
    """
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not chosen:
        chosen = next(filter(shutil.which, _USUAL_EDITORS), None)
        if chosen is None:
            raise UsageError(f"there is no editor; {_RIGHT}")
        if not (sys.stdin and sys.stdin.isatty() and output.is_terminal()):
            raise UsageError(f"there is no terminal for the editor {quote(chosen)}; {_WITHOUT_TERMINAL}")
    try:
        done = subprocess.run(_command_line(chosen, name, line), check=False)  # noqa: S603 - it is theirs
    except FileNotFoundError:
        raise FileError(f"there is no editor {quote(chosen)}; {_RIGHT}") from None
    except (OSError, ValueError) as error:
        raise FileError(f"the editor {quote(chosen)} cannot be started: {error}") from None
    if done.returncode:
        raise FileError(f"the editor {quote(chosen)} ended with the exit code {done.returncode}; nothing was checked")


def _command_line(chosen: str, name: str, line: int) -> list[str]:
    """The words that open a file at a line: most editors take the line as `+12`."""
    words = shlex.split(chosen)
    editor = Path(words[0]).stem if words else ""
    name = os.path.abspath(name) if name.startswith(("-", "+")) else name  # noqa: PTH100 - links stay
    if line <= 1 or editor in _WITHOUT_LINES:
        return [*words, name]
    if editor in _GOTO_EDITORS:
        return [*words, "--goto", f"{name}:{line}"]
    return [*words, f"{name}:{line}"] if editor in _COLON_EDITORS else [*words, f"+{line}", name]
