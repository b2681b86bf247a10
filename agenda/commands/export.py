"""`agenda export`: events as iCalendar files."""

from typing import Annotated

from typer import Argument, Option

from agenda import output
from agenda.errors import UsageError
from agenda.formats.ical.splits import By
from agenda.model import Certainty, Status
from agenda.options.completing import completed
from agenda.options.selecting import CHOOSING, SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import NOTHING
from agenda.selection import select_series

EXAMPLES = (
    ("agenda export --city Nagoya --output nagoya.ics", "the events in Nagoya, as a file for a calendar app"),
    ("agenda export --split city --output calendars", "a file for each city, in a folder"),
    ("agenda export --alarm 30m --alarm 18:00-1d > all.ics", "all events, with reminders"),
)

_CALENDAR = "What is in the calendar"
_FILES = "Where it goes"


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    ids: Annotated[
        list[str] | None,
        Argument(
            metavar="[ID]...",
            help="Ids of events; - reads them from standard input. Without any, all.",
            rich_help_panel=CHOOSING,
            autocompletion=completed("ids"),
        ),
    ] = None,
    target: Annotated[
        str,
        Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to: a file, the folder for --split, or - for standard output.",
            rich_help_panel=_FILES,
        ),
    ] = output.STDOUT,
    split: Annotated[
        By | None,
        Option("--split", case_sensitive=False, help="A file for each, in a folder.", rich_help_panel=_FILES),
    ] = None,
    force: Annotated[
        bool, Option("--force", help="Overwrite even what is no calendar.", rich_help_panel=_FILES)
    ] = False,
    alarm: Annotated[
        list[str] | None,
        Option(
            "--alarm",
            metavar="WHEN",
            help="Remind of times, as in 30m or 2h before, or of days, as in 18:00-1d, the evening before.",
            rich_help_panel=_CALENDAR,
        ),
    ] = None,
    only_fixed: Annotated[
        bool, Option("--only-fixed", help="Leave out what lies between two days.", rich_help_panel=_CALENDAR)
    ] = False,
    assume_duration: Annotated[
        str | None,
        Option(
            "--assume-duration",
            metavar="TIME",
            help="Let a time without an end last that long, as in 1h, for apps that do not take it as it is.",
            rich_help_panel=_CALENDAR,
        ),
    ] = None,
) -> None:
    """The events as an iCalendar file, for any calendar app.

    An event that lies between two days is tentative there, and leaves its days free. One without any date has no
    place in a calendar and is left out.
    """
    from agenda.formats.ical.alarms import alarm_of, length_of
    from agenda.formats.ical.events import Choices
    from agenda.formats.ical.export import export

    if split and target == output.STDOUT:
        raise UsageError("--split makes several files; name a folder for them with --output")
    alarms = tuple(alarm_of(typed) for typed in alarm or ())
    assumed = length_of(assume_duration) if assume_duration is not None else None
    wanted_ids = options.ids(ids or [])
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=Status, ids=wanted_ids)
    found = [
        shown
        for shown in select_series(agenda, wanted)
        if not (only_fixed and shown.when.certainty is Certainty.BETWEEN)
    ]
    with options.writing(target):
        exported = export(agenda, found, wanted, Choices(alarms=alarms, assumed=assumed), split)
        objection = None if force else exported.objection
        if split:
            output.save_in(target, exported.files, objection)
        else:
            output.save(target, exported.files[""], objection)
    options.remark(*exported.remarks)
    if not found:
        options.remark(NOTHING)
