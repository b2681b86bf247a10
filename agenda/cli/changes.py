"""What the commands that change a file share: the file that is changed, how it is written, and what is told of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from agenda.agendafile.load import display_name, parse_agenda, shipped_file
from agenda.agendafile.toml_text import FileContent
from agenda.cli import output
from agenda.cli.inputs import current_time, read_ids
from agenda.cli.options import DATA_PANEL, DataOptions, complete_with
from agenda.cli.parse import NO_ID, parse_ids
from agenda.errors import MAX_DIAGNOSTICS, AgendaError, DataError, UsageError
from agenda.files import STDIN, read_file
from agenda.model import Agenda

CHANGE_PANEL = "What changes"

IdsArgument = Annotated[
    list[str],
    Argument(
        metavar="ID...",
        help="Ids of events; - reads them from standard input.",
        rich_help_panel=CHANGE_PANEL,
        autocompletion=complete_with("event_ids"),
    ),
]

_CONTEXT = 3
"""Lines of a diff around each change."""
_HUNK = re.compile(r"([-+])([0-9]+)")


class ChangeOptions(DataOptions, frozen=True, kw_only=True):
    """Which file is changed, and whether it is."""

    dry_run: Annotated[
        bool,
        Option("--dry-run", help="Show what would change, and write nothing.", rich_help_panel=DATA_PANEL),
    ] = False


class EventChangeOptions(ChangeOptions, frozen=True, kw_only=True):
    """The same for commands that change events which are there."""

    keep_revised: Annotated[
        bool,
        Option(
            "--keep-revised",
            help="Leave `revised` of the events as it is: calendar apps may not notice the change.",
            rich_help_panel=DATA_PANEL,
        ),
    ] = False


class InvalidResult(AgendaError):  # noqa: N818 - the file has no mistake
    """The file would be no valid agenda after a change, and was left as it is."""


class EditedFile:
    """The one file that `--data` names, with the changes that are made of it. It has to be a valid agenda.

    Raises UsageError where no file is named that could be changed, FileError where it cannot be read, and DataError
    where it is no valid agenda.
    """

    def __init__(self, options: ChangeOptions) -> None:
        from agenda.agendafile.edit import Editor  # completion needs the options alone

        self._options = options
        self.name = name_file(options)
        self._before = FileContent(display_name(self.name), read_file(self.name, "a TOML file"))
        self.editor = Editor(self._before)

    @property
    def now(self) -> datetime:
        """The time that it is, in whole seconds, with its offset."""
        return current_time(self.editor.agenda.timezone).replace(microsecond=0)

    def agendas(self) -> list[Agenda]:
        """What the file means before its changes: with its texts in each language that it declares, the usual one
        first.
        """
        languages = self.editor.agenda.languages[1:]
        others = [parse_agenda(self._before, language) for language in languages]
        return [self.editor.agenda, *others]

    def find_ids(self, typed: Sequence[str]) -> list[str]:
        """The ids of events that were typed, as `find_ids` below has them."""
        return find_ids(self.editor.agenda, typed)

    def mark_revised(self, ids: Iterable[str], options: EventChangeOptions) -> None:
        """Let events say that they were changed now, unless the options keep them from it."""
        if not options.keep_revised:
            now = self.now
            for event_id in ids:
                self.editor.set_key(event_id, "revised", now)

    def save(self, *remarks: str, origins: Mapping[str, str] | None = None) -> None:
        """Prove the changes, write the file, and tell what changed; with `--dry-run`, only show it. `origins` says, by
        the ids of events, where their changes were asked for, such as `edits.csv: row 2`.

        Raises InvalidResult where the file would be no valid agenda, and FileError where it cannot be written, or was
        changed by somebody else meanwhile.
        """
        try:
            content, _ = self.editor.finish()
        except DataError as error:
            raise InvalidResult(_restate(error, origins or {})) from None
        if self._options.dry_run:
            output.write(_diff(self._before.content, content, self._before.shown))
            return
        if content == self._before.content:
            output.remark(self._options, "nothing changed: it is so already")
            return
        output.replace_file(self.name, self._before.content, content)
        if output.are_remarks_told(self._options):
            diff = _diff(self._before.content, content, self._before.shown)
            output.remark(self._options, "".join(diff).rstrip("\n"), *remarks)


def _restate(error: DataError, origins: Mapping[str, str]) -> str:
    """What would be wrong with the file, without the lines of a file that nobody sees."""
    messages = [
        ": ".join(filter(None, (origins.get(diagnostic.event or ""), diagnostic.message)))
        for diagnostic in error.diagnostics[:MAX_DIAGNOSTICS]
    ]
    more = len(error.diagnostics) - len(messages)
    return "\n".join([*messages, *([f"and {more} more"] if more else [])])


def find_ids(agenda: Agenda, typed: Sequence[str]) -> list[str]:
    """The ids of events that were typed, as `parse_ids` has them, and those of standard input for `-`; UsageError where
    there is none.
    """
    if ids := parse_ids(read_ids(typed), agenda):
        return ids
    raise UsageError(NO_ID)


def name_file(options: DataOptions) -> str:
    """The one file that the options name, and that can be changed; UsageError where they name none such."""
    names = options.data or []
    shipped = shipped_file()
    if not names or any(Path(name).exists() and Path(name).samefile(shipped) for name in names):
        raise UsageError(
            "the programme that comes with agenda is never changed; `agenda new my.toml` starts one of your own, or "
            f"copy it with `cp {shipped} my.toml`, and name it by --data my.toml or AGENDA_DATA"
        )
    if len(names) > 1 or Path(names[0]).is_dir():
        raise UsageError("a change is made in one file; name by --data the one that has the event")
    if names[0] == STDIN:
        raise UsageError("standard input cannot be changed; name a file by --data")
    return names[0]


def _diff(before: bytes, after: bytes, shown: str) -> list[str]:
    """The unified diff of two contents, line by line."""
    old, new = (content.decode().removesuffix("\n").split("\n") for content in (before, after))
    old, new = ([f"{line}\n" for line in lines] for lines in (old, new))
    for lines, content in ((old, before), (new, after)):
        if not content.endswith(b"\n"):
            lines[-1] = f"{lines[-1]}\\ No newline at end of file\n"
    # What is the same at both ends is left out, since to compare it would take most of the time.
    same = zip(old, new, strict=False)
    first = max(0, next((number for number, (one, other) in enumerate(same) if one != other), len(old)) - _CONTEXT)
    ends = zip(reversed(old[first:]), reversed(new[first:]), strict=False)
    left = next((number for number, (one, other) in enumerate(ends) if one != other), 0) - _CONTEXT
    cut = -left if left > 0 else None
    lines = list(unified_diff(old[first:cut], new[first:cut], fromfile=shown, tofile=shown, n=_CONTEXT))
    return [
        _HUNK.sub(lambda match: f"{match[1]}{int(match[2]) + first}", line) if line[:2] == "@@" else line
        for line in lines
    ]
