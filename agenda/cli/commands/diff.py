"""`agenda diff`: what has changed from one agenda to another."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Annotated

from msgspec.structs import replace
from typer import Argument, Exit, Option

from agenda.cli import output
from agenda.cli.compared_files import ComparedFile, find_compared_file, is_foreign, read_both
from agenda.cli.foreign import Programme, is_unheld
from agenda.cli.inputs import choose_wording, current_time, read_agenda
from agenda.cli.locales import check_language, parse_language
from agenda.cli.options import (
    ANSWER_CODE,
    DATA_PANEL,
    FILTER_PANEL,
    OUTPUT_PANEL,
    SelectionOptions,
    exit_code_option,
    format_option,
    with_options,
)
from agenda.cli.parse import make_query
from agenda.cli.progress import reading_spinner, writing_spinner
from agenda.errors import UsageError
from agenda.files import STDIN
from agenda.formats import Format
from agenda.model import Agenda, Status
from agenda.reports.change_words import COUNTED
from agenda.reports.changes import ChangeKind, EventChange, select_changes
from agenda.text.safe import quote_path, shorten
from agenda.text.sentences import count_of, join_words, list_few
from agenda.wording.english import Wording

EXAMPLES = (
    ("agenda diff before.toml after.toml", "what has changed from the one to the other"),
    ("agenda diff before.toml after.toml --with Cirio --format markdown", "for one delegate, as notes to mail"),
    ("agenda diff before.toml after.toml --ids | agenda export -d after.toml -", "what is new or other, for calendars"),
)

_MAX_NAMES = 5
"""How many ids a remark has."""


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    old: Annotated[
        str,
        Argument(metavar="OLD_FILE", help="The agenda as it was; - is standard input.", rich_help_panel=DATA_PANEL),
    ],
    new: Annotated[
        str | None,
        Argument(
            metavar="NEW_FILE",
            help="The agenda as it is; without it, that of --data or $AGENDA_DATA.",
            rich_help_panel=DATA_PANEL,
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[ChangeKind] | None,
        Option(
            "--only",
            case_sensitive=False,
            help="Only changes of this kind; given again, of either.",
            rich_help_panel=FILTER_PANEL,
        ),
    ] = None,
    format: Annotated[
        Format | None,
        format_option("The format; without it, a table on a terminal and tsv in a pipe. Markdown is notes to mail."),
    ] = None,
    ids: Annotated[
        bool,
        Option(
            "--ids",
            help="Only the ids of what is new or has changed, for `agenda export -`.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = False,
    exit_code: Annotated[bool, exit_code_option("anything has changed")] = False,
) -> None:
    """Show what has changed from one agenda to another.

    Either may be an agenda file, a folder of them, or whatever `agenda import` takes: a calendar, a conference
    schedule, a table. Events are the same by their UID, else by their id, whatever has become of all else. Of a series,
    times that have come or gone are told one by one. A calendar and a schedule have no events without a date, so those
    are not told as new or gone.

    What a table or a calendar does not tell, such as people in a table without a column of them, is no change: it is
    taken from the other file, and so are the year and the zone of times without. A row without an id is the event of
    its title. Beside several agenda files, a table or a calendar is compared as it is.

    The options choose events, and a change is told where the event as it was or as it is now meets them, so that
    `--with` somebody tells also of what they are no longer in. An event stands under the weightiest of its changes: it
    is new, gone, cancelled or no longer so; has moved in time; has a date that was not known, or the other way; has
    moved in place; or has other people, text or details.
    """
    if ids and format:
        raise UsageError("--ids are ids alone, in no --format; take one of them away")
    before, after = _read(options, old, new)
    agenda = _unite(before.agenda, after.agenda)
    query = make_query(options, agenda, statuses=Status)
    changes = select_changes(before.agenda, after.agenda, query)
    unheld = [change.told.event.id for change in changes if is_unheld(change, before, after)]
    changes = [change for change in changes if not is_unheld(change, before, after)]
    if only:
        changes = _narrow(changes, only)
    with writing_spinner(options):
        if ids:
            output.write(f"{id_}\n" for id_ in dict.fromkeys(_current_ids(changes, after.agenda)))
        else:
            format = format or output.usual_format()
            words = choose_wording(options, after.agenda)
            _write(changes, after.agenda.title, format, utc=options.utc, year=query.today.year, words=words)
    output.remark(options, *_remarks(changes, before, after))
    if unheld:
        output.remark(
            options, f"left out: {_name_events(unheld)} without a date, which calendars and schedules never have"
        )
    if exit_code and changes:
        raise Exit(ANSWER_CODE)


def _read(options: SelectionOptions, old: str, new: str | None) -> tuple[Programme, Programme]:
    """Both agendas; raises UsageError where both are to come from standard input, or where nobody names the second: the
    one that comes with the program is hardly meant.
    """
    if new is None and not options.data:
        raise UsageError(
            f"there is nothing to compare {quote_path(old)} with; name the agenda as it is now after it, or by --data"
        )
    if [old, *([new] if new else options.data or ())].count(STDIN) > 1:
        raise UsageError("- stands for both agendas; standard input can be only one of them")
    language = parse_language(options.language)
    with reading_spinner(options):
        before = find_compared_file(old, language)
    data = list(options.data or ())
    if new is None and (data[1:] or not is_foreign(before)):
        after: ComparedFile = read_agenda(options)
    else:
        with reading_spinner(options):
            after = find_compared_file(new or data[0], language)
    with reading_spinner(options):
        programmes = read_both(before, after, language, year=current_time(None).year)
    if new is None:
        check_language(language, programmes[1].agenda.languages)
    return programmes


def _unite(before: Agenda, after: Agenda) -> Agenda:
    """An agenda with the names and the events of both, for what is typed to be read by; later ones come first."""
    vocabularies = ("cities", "venues", "people", "organizers", "topics", "kinds", "events")
    return replace(after, **{name: (*getattr(after, name), *getattr(before, name)) for name in vocabularies})


def _narrow(changes: Iterable[EventChange], only: Collection[ChangeKind]) -> list[EventChange]:
    """The changes of these kinds, and nothing else of what has changed of the same events."""
    narrowed = [replace(change, kinds=tuple(kind for kind in change.kinds if kind in only)) for change in changes]
    return [change for change in narrowed if change.kinds]


def _write(
    changes: list[EventChange], title: str | None, format: Format, *, utc: bool, year: int, words: Wording
) -> None:
    """The changes to standard output in that format; `title` is that of the agenda, and `year` this one."""
    if format is Format.TABLE:
        from agenda.views.change_list import ChangeList

        output.draw(ChangeList(changes, year, words=words))
        return
    if format is Format.MARKDOWN:
        from agenda.formats.release_notes import write_notes

        output.write(write_notes(changes, title, words=words))
        return
    from agenda.formats.changes import ChangeRows

    output.write_data(ChangeRows(changes, utc), format)


def _current_ids(changes: Iterable[EventChange], after: Agenda) -> Iterator[str]:
    """The ids by which the agenda as it is has the events that have changed; what is gone has none."""
    there = {event.id for event in after.events}
    return (id_ for change in changes if (id_ := change.told.event.id) in there)


def _remarks(changes: Sequence[EventChange], before: Programme, after: Programme) -> Iterator[str]:
    """What could not be read, and how tables were, how many changes there are of each kind, and what calendars will not
    notice of them.
    """
    for programme in (before, after):
        yield from map(str, programme.diagnostics)
        yield from programme.readings
    if not changes:
        yield "nothing has changed"
        return
    numbers = Counter(kind for change in changes for kind in change.kinds)
    yield join_words((f"{numbers[kind]:,} {COUNTED.get(kind, kind)}" for kind in ChangeKind if kind in numbers), "and")
    gone = [
        change.told.event.id
        for change in changes
        if change.after is None and not change.day and change.told.event.status is not Status.CANCELLED
    ]
    if gone:
        yield (
            f"{_name_events(gone)} {'are' if gone[1:] else 'is'} gone rather than cancelled, so calendars"
            ' may keep such events; `status = "cancelled"` has them struck out'
        )
    silent = list(dict.fromkeys(change.told.event.id for change in changes if change.lacks_revision))
    if silent and after.is_own:
        yield (
            f"{_name_events(silent)} {'have' if silent[1:] else 'has'} changed without a later `revised`, by which"
            " calendars notice; set it to the time of the change"
        )


def _name_events(ids: Sequence[str]) -> str:
    """`2 events (a, b)`."""
    return f"{count_of(len(ids), 'event')} ({list_few(ids, _MAX_NAMES, shorten)})"
