"""`agenda export`: events as iCalendar files, or as a schedule."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from agenda.cli import output, saving
from agenda.cli.inputs import choose_wording, read_agenda_for_ids
from agenda.cli.options import (
    CALENDAR_PANEL,
    FILES_PANEL,
    AlarmOption,
    AssumedDurationOption,
    PublishingOptions,
    force_option,
    output_option,
    with_options,
)
from agenda.cli.parse import make_query, read_ids_and_words
from agenda.cli.progress import writing_spinner
from agenda.cli.remarks import cut_warning, nothing_remarks
from agenda.errors import AgendaError, FileError, UsageError
from agenda.model import Agenda, Certainty, Status
from agenda.query import Query, make_selection, select_series
from agenda.reports.groups import SplitBy
from agenda.text.links import is_web_address
from agenda.text.safe import quote, quote_path
from agenda.text.sentences import count_of, list_few

if TYPE_CHECKING:
    from agenda.ical.durations import NominalDuration
    from agenda.ical.exporter import Export

EXAMPLES = (
    ("agenda export --city Nagoya --output nagoya.ics", "the events in Nagoya, as a file for a calendar app"),
    ("agenda export --split city --output calendars", "a file for each city, in a folder"),
    ("agenda export --alarm 30m --alarm 18:00-1d > all.ics", "all events, with reminders"),
)

_MAX_COMPARED_BYTES = 20 * 10**6
"""Of a file that is there already, some 20,000 events; in larger ones nothing is looked for that apps do not notice."""
_START_BYTES = 1024
"""How much of a file that is there is looked at to know it for a schedule."""
_MAX_NAMES = 10
"""How many of the files that were removed are told by name."""


class ExportFormat(StrEnum):
    """What `--format` of an export may be."""

    ICS = "ics"
    FRAB = "frab"


@with_options(PublishingOptions)
def command(
    options: PublishingOptions,
    target: Annotated[
        str, output_option("Where to: a file, the folder for --split, or - for standard output.")
    ] = output.STDOUT,
    export_format: Annotated[
        ExportFormat,
        Option(
            "--format",
            "-f",
            metavar="FORMAT",
            case_sensitive=False,
            help="A calendar, or a schedule in XML, as EventFahrplan and Giggity show it.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = ExportFormat.ICS,
    split: Annotated[
        SplitBy | None,
        Option(
            "--split",
            case_sensitive=False,
            help="Write a file for each of these into a folder.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = None,
    prune: Annotated[
        bool,
        Option(
            "--prune",
            help="Remove files that an earlier --split made and that are no longer made; nothing else.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = False,
    force: Annotated[bool, force_option("Overwrite files even if they are no calendars.")] = False,
    alarm: AlarmOption = None,
    only_fixed: Annotated[
        bool, Option("--only-fixed", help="Leave out what lies between two days.", rich_help_panel=CALENDAR_PANEL)
    ] = False,
    assume_duration: AssumedDurationOption = None,
    source: Annotated[
        str | None,
        Option(
            "--source",
            metavar="URL",
            help="The address that the file is published at, or the folder of --split, for apps that subscribe.",
            rich_help_panel=CALENDAR_PANEL,
        ),
    ] = None,
) -> None:
    """Write events as an iCalendar file, for any calendar app.

    An event that lies between two days is tentative there, and leaves its days free. One without any date has no
    place in a calendar and is left out. With --format frab they are a schedule in XML, for the apps of conferences.
    """
    _refuse_options(export_format, split=split, prune=prune, alarm=alarm, source=source, target=target)
    from agenda.ical.events import ExportSettings, parse_alarm, parse_length
    from agenda.ical.exporter import export_events
    from agenda.ical.head import Publication

    alarms = tuple(parse_alarm(typed) for typed in alarm or ())
    assumed = parse_length(assume_duration) if assume_duration is not None else None
    agenda = read_agenda_for_ids(options)
    choice, ids = read_ids_and_words(options, agenda)
    query = make_query(choice, agenda, statuses=Status, ids=ids)
    if export_format is ExportFormat.FRAB:
        _export_schedule(options, agenda, query, target=target, assumed=assumed, force=force)
        return
    occurrences = [
        occurrence
        for occurrence in select_series(agenda, query)
        if not (only_fixed and occurrence.when.certainty is Certainty.BETWEEN)
    ]
    is_compared = target != output.STDOUT and output.are_remarks_told(options)
    with writing_spinner(options, target):
        settings = ExportSettings(alarms=alarms, assumed=assumed, words=choose_wording(options, agenda))
        publication = Publication(by=split, source=source, is_whole=not (only_fixed or query.is_selective))
        exported = export_events(agenda, occurrences, query=query, settings=settings, publication=publication)
        if split:
            remarks = _save_parts(exported, target, prune=prune, force=force, is_compared=is_compared)
        else:
            remarks = _save_whole(exported, target, force=force, is_compared=is_compared)
    output.remark(options, *exported.remarks, *remarks, *nothing_remarks(options, agenda, query, occurrences))


def _refuse_options(
    export_format: ExportFormat,
    *,
    split: SplitBy | None,
    prune: bool,
    alarm: list[str] | None,
    source: str | None,
    target: str,
) -> None:
    """Raise UsageError where these options do not go together."""
    of_calendars = {"--split": split, "--prune": prune, "--alarm": alarm, "--source": source}
    wrong = next((option for option, value in of_calendars.items() if value), None)
    if export_format is ExportFormat.FRAB and wrong:
        raise UsageError(f"{wrong} is of calendars alone; take it away, or --format frab")
    if split and target == output.STDOUT:
        raise UsageError("--split makes several files; name a folder for them with --output")
    if prune and not split:
        raise UsageError("--prune removes files of an earlier --split; say with --split what the files are for")
    if source is not None and not is_web_address(source):
        raise UsageError(f"--source: {quote(source)} is no web address; write one such as https://tour.example/a.ics")


def _save_whole(exported: "Export", target: str, *, force: bool, is_compared: bool) -> list[str]:
    """Save a calendar in a file, or write it to standard output; gives the remarks on what apps do not notice of it."""
    paths = [Path(target)] if is_compared else []
    replaced = saving.read_present(paths, _MAX_COMPARED_BYTES)
    saving.save(target, exported.files[""], None if force else exported.objection)
    return _replacement_remarks(replaced, paths)


def _save_parts(exported: "Export", target: str, *, prune: bool, force: bool, is_compared: bool) -> list[str]:
    """Save calendars in a folder, and remove the others that an earlier export made there where `prune` asks for it;
    gives the remarks on what apps do not notice of that, and on what was removed.
    """
    if prune and exported.mark is None:
        raise AgendaError("this agenda has no namespace, by which --prune knows its files; add one under [agenda]")
    paths = [Path(target, file) for file in exported.files] if is_compared else []
    replaced = saving.read_present(paths, _MAX_COMPARED_BYTES)
    saving.save_in(target, exported.files, None if force else exported.objection)
    former = saving.find_former(target, exported.files, exported.is_former) if prune else []
    if former and not exported.files and not force:
        why = "would be left without any calendar, since no event matches; choose others, or add --force"
        raise FileError(f"{quote_path(target)} {why}")
    if is_compared:
        replaced |= saving.read_present(former, _MAX_COMPARED_BYTES)
    saving.remove(former)
    return [*_replacement_remarks(replaced, paths), *_removal_remark([path.name for path in former])]


def _export_schedule(
    options: PublishingOptions,
    agenda: Agenda,
    query: Query,
    *,
    target: str,
    assumed: "NominalDuration | None",
    force: bool,
) -> None:
    """Write the schedule of what the query asks for: each time of a series is a session of its own."""
    from agenda.formats.frab import export_schedule
    from agenda.ical.events import event_uid

    selection = make_selection(agenda, query)
    with writing_spinner(options, target):
        exported = export_schedule(
            agenda,
            selection.occurrences,
            uid_of=partial(event_uid, agenda),
            timezone=query.timezone,
            usual_length=timedelta(assumed.days) + assumed.exact if assumed else None,
        )
        saving.save(target, [exported.text], None if force else _schedule_objection)
    output.warn(options, *cut_warning(query, selection))
    output.remark(options, *exported.remarks)


def _schedule_objection(path: Path) -> str | None:
    """The reason why the file at `path` must not be replaced by a schedule; None where it is one, or empty."""
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    return None if b"<schedule" in start or not start.strip() else "is no schedule"


def _replacement_remarks(replaced: dict[Path, bytes], paths: list[Path]) -> list[str]:
    """The remarks on what apps do not notice where files take the place of others; no cost where all are equal."""
    written = saving.read_present(paths, _MAX_COMPARED_BYTES) if replaced else {}
    if replaced == written:
        return []
    from agenda.ical.replaced import replacement_remarks

    return list(replacement_remarks(replaced.values(), written.values()))


def _removal_remark(names: list[str]) -> Iterator[str]:
    """The remark on the files that `--prune` removed, if there are any."""
    if names:
        told = list_few(names, _MAX_NAMES, quote_path)
        were = "were" if names[1:] else "was"
        yield f"{count_of(len(names), 'file')} of an earlier export {were} removed: {told}"
