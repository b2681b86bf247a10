"""What the commands that change a file share: the file that is changed, how it is written, and what is told of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from agenda.agendafile.known_names import KnownNames
from agenda.agendafile.load import display_name, parse_tables
from agenda.agendafile.toml_text import FileContent
from agenda.cli import output, saving
from agenda.cli.changed_file import name_file
from agenda.cli.inputs import current_time, read_ids
from agenda.cli.options import DATA_PANEL, DataOptions, complete_with
from agenda.cli.parse import NO_ID, parse_ids
from agenda.errors import AgendaError, DataError, UsageError
from agenda.files import STDIN, read_file
from agenda.limits import MAX_DIAGNOSTICS
from agenda.model import Agenda, Event
from agenda.text.safe import quote
from agenda.text.sentences import count_of

if TYPE_CHECKING:
    from agenda.agendafile.cuts import Cut
    from agenda.agendafile.edit import EditResult

_MAX_WARNED_SERIES = 5
"""Series of which a warning tells each by itself."""

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


def declare_option(panel: str) -> Any:
    """`--declare`, in that panel of the help."""
    return Option("--declare", help="Declare names that the file does not know yet.", rich_help_panel=panel)


def dry_run_option(panel: str) -> Any:
    """`--dry-run`, in that panel of the help."""
    return Option("--dry-run", help="Show what would change, and write nothing.", rich_help_panel=panel)


def keep_revised_option(panel: str) -> Any:
    """`--keep-revised`, in that panel of the help."""
    help = "Leave `revised` of the events as it is: calendar apps may not notice the change."
    return Option("--keep-revised", help=help, rich_help_panel=panel)


DeclareOption = Annotated[bool, declare_option(CHANGE_PANEL)]


class ChangeOptions(DataOptions, frozen=True, kw_only=True):
    """Which file is changed, and whether it is."""

    dry_run: Annotated[bool, dry_run_option(DATA_PANEL)] = False


class EventChangeOptions(ChangeOptions, frozen=True, kw_only=True):
    """The same for commands that change events which are there."""

    keep_revised: Annotated[bool, keep_revised_option(DATA_PANEL)] = False


class InvalidResult(AgendaError):  # noqa: N818 - the file has no mistake
    """The file would be no valid agenda after a change, and was left as it is."""


class EditedFile:
    """The one file that `--data` names, or the option `named_by`, with the changes that are made of it. It has to be a
    valid agenda. `ids` are those that were typed of events, which a message may need.

    Raises UsageError where no file is named that could be changed, FileError where it cannot be read, and DataError
    where it is no valid agenda.
    """

    def __init__(self, options: ChangeOptions, ids: Sequence[str] = (), *, named_by: str = "--data") -> None:
        from agenda.agendafile.edit import Editor  # completion needs the options alone

        self._options = options
        self.name = name_file(options, ids, named_by=named_by)
        self._before = FileContent(display_name(self.name), read_file(self.name, "a TOML file"))
        self.editor = Editor(self._before)
        self._agenda = self.editor.agenda
        self._events = {event.id: event for event in self._agenda.events}
        self._changed: set[str] = set()

    @cached_property
    def now(self) -> datetime:
        """The time that it is, in whole seconds, with its offset: one for all that changes."""
        return current_time(self.editor.agenda.timezone).replace(microsecond=0)

    def events_before(self, ids: Iterable[str]) -> list[Event]:
        """The events with these ids as the file has them before its changes."""
        return [self._events[event_id] for event_id in ids]

    def in_language(self, language: str, ids: Iterable[str]) -> tuple[Event, ...]:
        """The events with these ids as the file has them before its changes, with their texts in that language."""
        tables = {**self.editor.tables, "events": [self.editor.event(event_id) for event_id in ids]}
        return parse_tables(tables, self._before, language).events

    @cached_property
    def names(self) -> KnownNames:
        """The names that the file has before its changes."""
        return KnownNames(self._agenda, self.editor.tables)

    def find_ids(self, typed: Sequence[str]) -> list[str]:
        """The ids of events that were typed, as `find_ids` below has them; none where standard input has none."""
        ids = find_ids(self.editor.agenda, typed)
        if not ids:
            output.remark(self._options, "standard input names no event")
        return ids

    def add_event(self, event: Mapping[str, Any], before: str | None, options: EventChangeOptions) -> None:
        """Add an event in front of the one with the id `before`, as `Editor.add_event` does, that says that it was
        changed now, unless the options keep it from that: a calendar may know one of its id that was removed.
        """
        revised = {} if options.keep_revised else {"revised": self.now}
        self.editor.add_event({**event, **revised}, before)
        self._changed.add(event["id"])

    def set_keys(self, event_id: str, values: Mapping[str, Any], options: EventChangeOptions) -> None:
        """Let keys of an event have these values, None for one that is taken away. If any key changes, `revised` of the
        event becomes the present time, unless the options forbid that or `revised` is among the keys.
        """
        from agenda.agendafile.keys import event_keys_as_written

        event = self.editor.event(event_id)
        is_changed = any(value != event.get(key) for key, value in values.items())
        # Keys that are new in one place come in the order of the file.
        for key in sorted(values, key=event_keys_as_written().index):
            if values[key] is not None or key in event:
                self.editor.set_key(event_id, key, values[key])
        if is_changed:
            self._changed.add(event_id)
            if "revised" not in values:
                self.mark_revised([event_id], options)

    def mark_revised(self, ids: Iterable[str], options: EventChangeOptions) -> None:
        """Set `revised` of these events to the present time, unless the options forbid that."""
        if options.keep_revised:
            return
        for event_id in ids:
            self.editor.set_key(event_id, "revised", self.next_revision(event_id))

    def next_revision(self, event_id: str) -> datetime:
        """The new `revised` of an event: the present time, or the first whole minute after its last change, if that is
        later. Calendars tell versions of an event apart by the minutes of `revised`, so it has to rise whatever the
        clock of this machine says. Raises UsageError where no time of the calendar is later.
        """
        now = self.now
        before = self._agenda.revised_of(self._events[event_id])
        if before is None:
            return now
        try:
            return max(now, before.astimezone(now.tzinfo).replace(second=0, microsecond=0) + timedelta(minutes=1))
        except OverflowError:
            right = f"name an earlier one, e.g. `agenda set {event_id} revised={now.isoformat()}`"
            raise UsageError(f"{quote(event_id)}: no time is later than its revised, {before}; {right}") from None

    @cached_property
    def _finished(self) -> "EditResult":
        return self.editor.finish()

    @property
    def result(self) -> Agenda:
        """What the file will mean, once all changes are made: none can be made any more. Raises InvalidResult where
        that is no valid agenda.
        """
        try:
            return self._finished.agenda
        except DataError as error:
            raise InvalidResult(_restate(error, {})) from None

    def save(self, *remarks: str, origins: Mapping[str, str] | None = None, unasked: str = "") -> None:
        """Prove the changes, write the file, and tell what changed; with `--dry-run`, only show it. `origins` says, by
        the ids of events, where their changes were asked for, such as `edits.csv: row 2`; `unasked` says why no change
        was asked for, where none was.

        Raises InvalidResult where the file would be no valid agenda, and FileError where it cannot be written, or was
        changed by somebody else meanwhile.
        """
        try:
            content, agenda, cuts = self._finished
        except DataError as error:
            raise InvalidResult(_restate(error, origins or {})) from None
        if content == self._before.content:
            output.remark(self._options, f"nothing changed: {unasked or 'it is so already'}")
            return
        if self._options.dry_run:
            output.write(self._diff(cuts))
        else:
            saving.replace_file(self.name, self._before.content, content)
        if output.are_remarks_told(self._options):
            from agenda.cli.change_remarks import find_change_remarks  # which compares all events

            if not self._options.dry_run:
                output.remark_as_it_is(self._options, "".join(self._diff(cuts)).rstrip("\n"))
            surprises = find_change_remarks(self._agenda, agenda, self._changed, self.now)
            output.remark(self._options, *remarks, *surprises)

    def _diff(self, cuts: Iterable["Cut"]) -> list[str]:
        from agenda.agendafile.unified_diff import unified_diff  # in a pipe, nobody is told of changes

        return unified_diff(self._before.text(), cuts, self._before.shown)


def warn_of_series(options: ChangeOptions, events: Iterable[Event], what: str, today: date | None = None) -> None:
    """Tell, even into a pipe, which of the events are series all of whose times are changed, since a list has each time
    by itself; `what` becomes of them, e.g. `are cancelled`. With `today`, also what takes out one time alone, such as
    the next one. Of many series, a few are told.
    """
    series = [event for event in events if event.repeat and event.repeat.count != 1]
    output.warn(options, *(_series_warning(event, what, today) for event in series[:_MAX_WARNED_SERIES]))
    if series[_MAX_WARNED_SERIES:]:
        output.warn(options, f"and so those of {len(series) - _MAX_WARNED_SERIES} more series")


def _series_warning(event: Event, what: str, today: date | None) -> str:
    from agenda.cli.meant_names import shell_argument  # most events are no series
    from agenda.recurrence.expand import is_endless, occurrences

    times = "all times" if is_endless(event) else f"all {count_of(sum(1 for _ in occurrences(event)), 'time')}"
    told = f"{quote(event.id)}: {times} of the series {what}"
    example = today and (next(occurrences(event, since=today), None) or next(occurrences(event), None))
    if not example or not example.day:
        return told
    return f"{told}; `agenda set {shell_argument(event.id)} except+={example.day}` would take out one alone"


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
    no id was typed.
    """
    ids = parse_ids(read_ids(typed), agenda)
    if ids or STDIN in map(str.strip, typed):
        return ids
    raise UsageError(NO_ID)
