"""`agenda move`: events at another time."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from typer import Argument, Option

from agenda.cli.changes import CHANGE_PANEL, EditedFile, EventChangeOptions
from agenda.cli.options import complete_with, with_options
from agenda.cli.parse import make_clock
from agenda.errors import UsageError
from agenda.text import quote
from agenda.typed_days.moments import MOMENT_FORMS, SHIFT_FORMS, read_shift, read_typed_moment

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
            help=f"The id of an event, and when it is: {MOMENT_FORMS}. With --by, ids alone; - reads them from"
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
    """Events at another time, each as long as before.

    An event that lies between two days gets the date that is named; a day keeps the time of the event, and a time its
    day.
    """
    file = EditedFile(options)
    if by is not None:
        if end is not None:
            raise UsageError("--by moves the end as well; leave out --end")
        shift = read_shift(by)
        ids = file.find_ids(events)
        moved = {event_id: _shifted(event_id, file.editor.event(event_id), shift) for event_id in ids}
    else:
        if len(events) != 2:  # noqa: PLR2004 - an id and a time
            raise UsageError('name an event and when it is, e.g. `agenda move gala "2 Oct 20:00"`, or --by and ids')
        (event_id,) = file.find_ids(events[:1])
        clock = make_clock(file.editor.agenda, file.now.date())
        given_end = None if end is None else read_typed_moment(end, clock)
        moved = {event_id: _moved(file.editor.event(event_id), read_typed_moment(events[1], clock), given_end)}
    for event_id, keys in moved.items():
        for key, value in keys.items():
            file.editor.set_key(event_id, key, value)
    file.mark_revised(moved, options)
    file.save()


def _moved(event: dict[str, Any], when: date | time, end: date | time | None) -> dict[str, Any]:
    """The keys of an event that starts at `when`, and lasts as long as before unless an `end` is given."""
    old = event.get("start")
    if isinstance(when, time):
        if not isinstance(old, date):
            raise UsageError(f"the event has no day yet; name the day as well, e.g. {MOMENT_FORMS}")
        start: date = datetime.combine(old, when, old.tzinfo if isinstance(old, datetime) else None)
    elif isinstance(old, datetime) and not isinstance(when, datetime):
        start = datetime.combine(when, old.timetz())
    elif isinstance(old, datetime) and isinstance(when, datetime) and old.tzinfo and not when.tzinfo:
        start = when.replace(tzinfo=old.tzinfo)
    else:
        start = when
    keys: dict[str, Any] = {"between": None} if "between" in event else {}
    keys["start"] = start
    if "except" in event and isinstance(old, date):
        later = _day_of(start) - _day_of(old)
        keys["except"] = [day + later for day in event["except"]]
    if end is not None:
        keys["end"] = end
    elif "end" in event:
        keys["end"] = _end_after(old, event["end"], start)
    return keys


def _day_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _end_after(old: Any, old_end: Any, start: date) -> Any:
    """The end of an event that starts at `start` now, and lasts as long; None where that cannot be known."""
    if isinstance(old, datetime) != isinstance(start, datetime):
        return None
    if isinstance(old_end, time):
        lasting = datetime.combine(old, old_end) - old.replace(tzinfo=None)
        end = start.replace(tzinfo=None) + lasting  # type: ignore[call-arg]  # it is a time
        return end.time() if end.date() == start.date() else end.replace(tzinfo=start.tzinfo)  # type: ignore[attr-defined]
    if isinstance(old, datetime) and isinstance(start, datetime) and (old.tzinfo is None) != (start.tzinfo is None):
        return start + (old_end.replace(tzinfo=None) - old.replace(tzinfo=None))
    return start + (old_end - old)


def _shifted(event_id: str, event: dict[str, Any], shift: timedelta) -> dict[str, Any]:
    """The keys of an event that is moved by so much."""
    whole_days = shift % timedelta(days=1) == timedelta()
    if "between" in event:
        if not whole_days:
            raise UsageError(f"{quote(event_id)} lies between two days; move it by whole days, or name its date")
        return {"between": [day + shift for day in event["between"]]}
    start = event.get("start")
    if start is None:
        raise UsageError(f"{quote(event_id)} has no date yet; name it, e.g. `agenda move {event_id} 2025-10-01`")
    if not isinstance(start, datetime) and not whole_days:
        raise UsageError(f"{quote(event_id)} has days and no times; move it by whole days, e.g. --by 1d")
    try:
        return _moved(event, start + shift, None)
    except OverflowError:
        raise UsageError(f"{quote(event_id)} would leave the calendar") from None
