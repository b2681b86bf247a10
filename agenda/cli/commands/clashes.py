"""`agenda clashes`: which events need the same person, or the same room, at once."""

from collections.abc import Collection, Iterator
from typing import Annotated

from typer import Exit, Option

from agenda.cli import output
from agenda.cli.inputs import choose_wording, data_in_words, read_agenda
from agenda.cli.options import ANSWER_CODE, FILTER_PANEL, FormatOption, SelectionOptions, exit_code_option, with_options
from agenda.cli.parse import make_query
from agenda.cli.progress import writing_spinner
from agenda.cli.remarks import choice_remarks, cut_warning, selection_remarks, unnamed_warning
from agenda.errors import UsageError
from agenda.formats import Format
from agenda.formats.clashes import ClashRows
from agenda.limits import MAX_CLASHES, MAX_DRAWN_CLASHES
from agenda.query import NOT_CANCELLED, Selection, make_selection
from agenda.reports.clashes import Clashes, Likelihood, select_clashes
from agenda.text.sentences import count_of, join_words

EXAMPLES = (
    ("agenda clashes", "all clashes, those that are sure first"),
    ("agenda clashes --on 2025-09-30 --city Tokyo", "those of what is on in Tokyo on that day, with whatever else"),
    ("agenda clashes --only sure --exit-code", "for a script: exit code 3 where there are any that are sure"),
)


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    only: Annotated[
        list[Likelihood] | None,
        Option(
            "--only",
            case_sensitive=False,
            help="Only clashes of this likelihood; given again, of either.",
            rich_help_panel=FILTER_PANEL,
        ),
    ] = None,
    format: FormatOption = None,
    exit_code: Annotated[bool, exit_code_option("a clash is found")] = False,
) -> None:
    """Find events that need the same person, or the same room, at once.

    The options choose events, and a clash is told where at least one of its two is among them. It is *sure* where one
    starts while the other is on; *tight* where the time between two cities is shorter than the way that a [[travel]] of
    the file gives; *perhaps* where that depends on what is not known: days without times, days that lie between two,
    times without an end (which count for an hour), a way that the file does not give between two cities on one day, a
    tentative event. Of what lies between two days, it tells which of them its people's other days leave.

    An event of several whole days, such as a fair, leaves its people free for others, unless its key `busy` says
    otherwise; so does whatever has `busy = false`. Several events at once are fine in a room or a venue that is
    `shared`. Cancelled events never clash.
    """
    agenda = read_agenda(options)
    query = make_query(options, agenda, statuses=NOT_CANCELLED)
    selection = make_selection(agenda, query)
    clashes = select_clashes(agenda, query, selection.occurrences, only or ())
    format = format or output.usual_format()
    with writing_spinner(options):
        if format is not Format.TABLE:
            output.write_data(data_in_words(ClashRows(clashes.found, options.utc), format, options, agenda), format)
        else:
            from agenda.views.clash_list import ClashList

            drawn = ClashList(clashes.found, query.today.year, words=choose_wording(options, agenda))
            if len(drawn) > MAX_DRAWN_CLASHES:
                raise UsageError(
                    f"more than {MAX_DRAWN_CLASHES:,} events are in clashes, too many for a table: --format tsv tells"
                    " them; --on, or --from and --to, look at fewer days"
                )
            output.draw(drawn)
    output.warn(options, *cut_warning(query, selection))
    output.remark(
        options,
        *_remarks(clashes, selection, only or ()),
        *selection_remarks(query, selection, NOT_CANCELLED),
        *choice_remarks(options, agenda, query, selection.occurrences),
    )
    output.warn(options, *unnamed_warning(options, agenda))
    if clashes.is_cut:
        raise UsageError(f"only {MAX_CLASHES:,} clashes were looked at; --on, or --from and --to, look at fewer days")
    if exit_code and clashes.found:
        raise Exit(ANSWER_CODE)


def _remarks(clashes: Clashes, selection: Selection, only: Collection[Likelihood]) -> Iterator[str]:
    """That no clash was found among the events of the selection."""
    if selection.occurrences and not clashes.found and not clashes.is_cut:
        which = f" that is {join_words(likelihood for likelihood in Likelihood if likelihood in only)}" if only else ""
        events = count_of(len({occurrence.event.id for occurrence in selection.occurrences}), "event")
        yield f"no clash{which} among {events}"
