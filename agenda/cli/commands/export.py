"""`agenda export`: events as iCalendar files."""

from typing import Annotated

from typer import Argument, Option

from agenda.cli import output
from agenda.cli.notices import NO_MATCH
from agenda.cli.options import FILTER_PANEL, SelectionOptions, complete_with, with_options
from agenda.errors import UsageError
from agenda.model import Certainty, Status
from agenda.query import select_series
from agenda.reports.groups import SplitBy

EXAMPLES = (
    ("agenda export --city Nagoya --output nagoya.ics", "the events in Nagoya, as a file for a calendar app"),
    ("agenda export --split city --output calendars", "a file for each city, in a folder"),
    ("agenda export --alarm 30m --alarm 18:00-1d > all.ics", "all events, with reminders"),
)

_CALENDAR = "What is in the calendar"
_FILES = "Where it goes"


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    ids: Annotated[
        list[str] | None,
        Argument(
            metavar="[ID]...",
            help="Ids of events; - reads them from standard input. Without any, all.",
            rich_help_panel=FILTER_PANEL,
            autocompletion=complete_with("ids"),
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
        SplitBy | None,
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
    from agenda.ical.events import ExportSettings, parse_alarm, parse_length
    from agenda.ical.exporter import export_events

    if split and target == output.STDOUT:
        raise UsageError("--split makes several files; name a folder for them with --output")
    alarms = tuple(parse_alarm(typed) for typed in alarm or ())
    assumed = parse_length(assume_duration) if assume_duration is not None else None
    wanted_ids = options.ids(ids or [])
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=Status, ids=wanted_ids)
    found = [
        shown
        for shown in select_series(agenda, wanted)
        if not (only_fixed and shown.when.certainty is Certainty.BETWEEN)
    ]
    with options.writing(target):
        exported = export_events(agenda, found, wanted, ExportSettings(alarms=alarms, assumed=assumed), split)
        objection = None if force else exported.objection
        if split:
            output.save_in(target, exported.files, objection)
        else:
            output.save(target, exported.files[""], objection)
    options.remark(*exported.remarks)
    if not found:
        options.remark(NO_MATCH)
