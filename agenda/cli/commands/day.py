"""`agenda day`: the programme of a day by the hour, with a column for each room or city."""

from collections.abc import Iterator
from typing import Annotated, get_args

from msgspec.structs import replace
from typer import Option

from agenda.cli import output
from agenda.cli.inputs import choose_wording, read_agenda
from agenda.cli.options import OUTPUT_PANEL, SelectionOptions, with_options
from agenda.cli.parse import make_query, read_grouping_and_words
from agenda.cli.remarks import choice_remarks, cut_warning, selection_remarks, undated_remark, unnamed_warning
from agenda.dates import Period
from agenda.limits import MAX_DAY_BLOCKS
from agenda.model import ToBeAnnounced
from agenda.query import NOT_CANCELLED, make_selection, select_series
from agenda.reports.day_plan import DayChoice, choose_by, choose_day, choose_days, touch_day
from agenda.reports.groups import DayBy

EXAMPLES = (
    ("agenda day", "today by the hour, or the next day that has times"),
    ("agenda day 30 Sep --by city", "a day with a column for each city"),
    ("agenda day 2025-09-29 --step 15", "that day in rows of a quarter of an hour"),
)


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    by: Annotated[
        DayBy | None,
        Option(
            "--by",
            case_sensitive=False,
            help="What each column stands for; without it, a room if any is known, else a city.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
    step: Annotated[
        int | None,
        Option(
            "--step",
            min=5,
            max=60,
            metavar="MINUTES",
            help="How long a row is, from 5 to 60; without it, so long that the day fits the screen.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
) -> None:
    """Show a day by the hour, with a column for each room or city.

    Events are blocks, as high as they are long. Those that are for all, such as breaks without a room, go across the
    columns of their city; those at once in one room stand side by side. Whole days are above the hours, and what lies
    between two days is below them. Without a DAY it is today, or the next day that has times. On a narrow screen it is
    a list by the hour.
    """
    from agenda.views.day_grid import DayForm, DayGrid

    agenda = read_agenda(options)
    choice, grouping = read_grouping_and_words(options, agenda, by, get_args(DayBy))
    query = make_query(choice, agenda, statuses=NOT_CANCELLED)
    day = None if query.periods else choose_day(agenda, query)
    query_of_day = replace(query, periods=(Period(day, day),)) if day else query
    selection = make_selection(agenda, query_of_day)
    chosen = DayChoice([day]) if day else choose_days(selection.occurrences, query)
    anytime = select_series(agenda, replace(query, periods=()))
    undated = [] if query.periods else [event for event in anytime if isinstance(event.when, ToBeAnnounced)]
    words = choose_wording(options, agenda)
    for number, drawn in enumerate(chosen.days):
        of_day = touch_day(selection.occurrences, drawn)
        if number:
            output.write(["\n"])
        form = DayForm(grouping or choose_by(of_day), step, MAX_DAY_BLOCKS // len(chosen.days))
        output.draw(DayGrid([*of_day, *undated], drawn, form=form, query=query_of_day, words=words))
    output.warn(options, *cut_warning(query_of_day, selection), *_days_warning(chosen))
    output.remark(
        options,
        *selection_remarks(query_of_day, selection, options.status),
        *choice_remarks(options, agenda, query, selection.occurrences),
        *(undated_remark(anytime) if query.periods else ()),
    )
    output.warn(options, *unnamed_warning(options, agenda))


def _days_warning(chosen: DayChoice) -> Iterator[str]:
    """Which days are left out, where any are."""
    if chosen.left_out:
        yield f"only {len(chosen.days)} days are drawn; `--from {chosen.left_out}` shows those that follow"
