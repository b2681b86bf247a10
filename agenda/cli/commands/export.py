"""`agenda export`: events as iCalendar files."""

from typing import Annotated

from typer import Option

from agenda.cli import output
from agenda.cli.inputs import read_agenda, read_ids
from agenda.cli.notices import NO_MATCH
from agenda.cli.options import (
    FILES_PANEL,
    SelectionOptions,
    force_option,
    ids_argument,
    output_option,
    with_options,
)
from agenda.cli.parse import make_query
from agenda.cli.progress import writing_spinner
from agenda.errors import UsageError
from agenda.model import Certainty, Status
from agenda.query import select_series
from agenda.reports.groups import SplitBy

EXAMPLES = (
    ("agenda export --city Nagoya --output nagoya.ics", "the events in Nagoya, as a file for a calendar app"),
    ("agenda export --split city --output calendars", "a file for each city, in a folder"),
    ("agenda export --alarm 30m --alarm 18:00-1d > all.ics", "all events, with reminders"),
)

_CALENDAR_PANEL = "What is in the calendar"


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    ids: Annotated[
        list[str] | None,
        ids_argument("[ID]...", "Ids of events; - reads them from standard input. Without any, all."),
    ] = None,
    target: Annotated[
        str, output_option("Where to: a file, the folder for --split, or - for standard output.")
    ] = output.STDOUT,
    split: Annotated[
        SplitBy | None,
        Option("--split", case_sensitive=False, help="A file for each, in a folder.", rich_help_panel=FILES_PANEL),
    ] = None,
    force: Annotated[bool, force_option("Overwrite even what is no calendar.")] = False,
    alarm: Annotated[
        list[str] | None,
        Option(
            "--alarm",
            metavar="WHEN",
            help="Remind of times, as in 30m or 2h before, or of days, as in 18:00-1d, the evening before.",
            rich_help_panel=_CALENDAR_PANEL,
        ),
    ] = None,
    only_fixed: Annotated[
        bool, Option("--only-fixed", help="Leave out what lies between two days.", rich_help_panel=_CALENDAR_PANEL)
    ] = False,
    assume_duration: Annotated[
        str | None,
        Option(
            "--assume-duration",
            metavar="TIME",
            help="Let a time without an end last that long, as in 1h, for apps that do not take it as it is.",
            rich_help_panel=_CALENDAR_PANEL,
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
    chosen_ids = read_ids(options, ids) if ids else None
    agenda = read_agenda(options)
    query = make_query(options, agenda, statuses=Status, ids=chosen_ids)
    occurrences = [
        occurrence
        for occurrence in select_series(agenda, query)
        if not (only_fixed and occurrence.when.certainty is Certainty.BETWEEN)
    ]
    with writing_spinner(options, target):
        settings = ExportSettings(alarms=alarms, assumed=assumed)
        exported = export_events(agenda, occurrences, query=query, settings=settings, by=split)
        objection = None if force else exported.objection
        if split:
            output.save_in(target, exported.files, objection)
        else:
            output.save(target, exported.files[""], objection)
    output.remark(options, *exported.remarks)
    if not occurrences:
        output.remark(options, NO_MATCH)
