"""`agenda move`: events at another time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from typer import Argument, Option

from agenda.cli.changes import CHANGE_PANEL, EditedFile, EventChangeOptions, warn_of_series
from agenda.cli.moved_events import MovedEvent
from agenda.cli.options import complete_with, with_options
from agenda.cli.parse import make_edit_clock
from agenda.errors import UsageError
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.typed_days.moments import MOMENT_FORMS, SHIFT_FORMS, is_shift, read_shift, read_typed_moment

_MIN_WORDS = 2
"""An id and a time."""
_UNDATED = frozenset({"tba", "tbd", "tbc", "to be announced", "unknown", "undated", "none"})
"""Words for a date that is not known."""

EXAMPLES = (
    ('agenda move gala-dinner "2 Oct 20:00" --data my-events.toml', "another day and time; it lasts as long as before"),
    ("agenda move gala-dinner 21:00 --end 23:30 --data my-events.toml", "another time on the same day"),
    (
        "agenda list --search UNESCO | agenda move - --by 30m --data my-events.toml",
        "all of these half an hour later",
    ),
)


@with_options(EventChangeOptions)
def command(
    options: EventChangeOptions,
    events: Annotated[
        list[str],
        Argument(
            metavar="ID WHEN",
            help=f"The id of an event, and its new time: {MOMENT_FORMS}. With --by, ids alone; - reads them from"
            " standard input.",
            rich_help_panel=CHANGE_PANEL,
            autocompletion=complete_with("moved"),
        ),
    ],
    end: Annotated[
        str | None,
        Option("--end", metavar="WHEN", help="When it ends; else it lasts as long.", rich_help_panel=CHANGE_PANEL),
    ] = None,
    by: Annotated[
        str | None,
        Option("--by", metavar="TIME", help=f"By how much events move: {SHIFT_FORMS}.", rich_help_panel=CHANGE_PANEL),
    ] = None,
) -> None:
    """Move events, keeping their length.

    An event that lies between two days gets the date that is named; a day keeps the time of the event, and a time its
    day.
    """
    file = EditedFile(options, events if by is not None else events[:-1])
    if by is not None:
        if end is not None:
            raise UsageError("--by moves the end as well; leave out --end")
        shift = read_shift(by)
        ids = file.find_ids(events)
    else:
        if len(events) < _MIN_WORDS:
            raise UsageError('name an event and when it is, e.g. `agenda move gala "2 Oct 20:00"`, or --by and ids')
        shift = None
        ids = file.find_ids(events[:-1])
    times = None if shift is not None else _read_times(file, ids, events[-1], end)
    in_model = {event.id: event for event in file.editor.agenda.events}
    for event_id in ids:
        keys = file.editor.event(event_id)
        moving = MovedEvent(event_id=event_id, keys=keys, zone=in_model[event_id].timezone)
        file.set_keys(event_id, moving.to(*times) if times else moving.by(shift or timedelta()), options)
    file.save()
    warn_of_series(options, file.events_before(ids), "move together")


def _read_times(
    file: EditedFile, ids: Sequence[str], typed: str, end: str | None
) -> tuple[date | time, date | time | None]:
    """When the event of that id, or each of several, is to start, and when it is to end, if that was typed."""
    if fold(typed) in _UNDATED:
        raise UsageError(f"{quote(typed)} is no time; {_take_date_away(ids[0], file.editor.event(ids[0]))}")
    if is_shift(typed):
        raise UsageError(f"{quote(typed)} is a length of time; did you mean --by {typed.strip()}?")
    clock = make_edit_clock(file.editor.agenda, file.now.date())
    when = read_typed_moment(typed, clock)
    if ids[1:] and (end is not None or isinstance(when, datetime | time)):
        raise UsageError("several events move to a day, each at its time, or by the same time, e.g. --by 30m")
    return when, None if end is None else read_typed_moment(end, clock)


def _take_date_away(event_id: str, keys: Mapping[str, Any]) -> str:
    """What takes the date of an event with those keys away, so that it is to be announced."""
    dated = [f"{key}=" for key in ("start", "between", "repeat", "except") if key in keys]
    if not dated:
        return f"{quote(event_id)} is to be announced already"
    return f"`agenda set {event_id} {' '.join(dated)}` takes the date away, so that it is to be announced"
