"""`agenda timeline`: the events as bars over their days, side by side."""

from typing import Annotated, get_args

from typer import Option

from agenda.cli import output
from agenda.cli.inputs import choose_wording, read_agenda
from agenda.cli.options import OUTPUT_PANEL, SelectionOptions, with_options
from agenda.cli.parse import make_query, read_grouping_and_words
from agenda.cli.progress import writing_spinner
from agenda.cli.remarks import answer_remarks, cut_warning, unnamed_warning
from agenda.errors import UsageError
from agenda.limits import MAX_DRAWN_WEEKS
from agenda.query import NOT_CANCELLED, make_selection
from agenda.reports.groups import Grouping, LaneBy, make_lanes

EXAMPLES = (
    ("agenda timeline", "the whole programme, with a lane for each city"),
    ("agenda timeline --by topic --city Osaka", "what is on in Osaka, with a lane for each topic"),
    ("agenda timeline --on 2025-09-28..2025-09-30", "three days of it"),
)


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    by: Annotated[
        LaneBy,
        Option("--by", case_sensitive=False, help="What each lane stands for.", rich_help_panel=OUTPUT_PANEL),
    ] = Grouping.CITY,
) -> None:
    """Draw events as bars over their days, with a lane for each city.

    One or two days are drawn by the hour, where any event has a time. A hatched event is on some day of its bar, but
    which one is not known. Titles stand on their bars where these are long enough, else beside them, on one side in a
    lane. Where the days are too many for the screen, each week is drawn by itself.
    """
    from agenda.views.timeline import Timeline

    agenda = read_agenda(options)
    choice, by = read_grouping_and_words(options, agenda, by, get_args(LaneBy))
    query = make_query(choice, agenda, statuses=NOT_CANCELLED)
    selection = make_selection(agenda, query)
    occurrences = selection.occurrences
    with writing_spinner(options):
        words = choose_wording(options, agenda)
        timeline = Timeline(occurrences, make_lanes(occurrences, by, query), query, by=by, words=words)
        if timeline.weeks > MAX_DRAWN_WEEKS:
            raise UsageError(
                f"these events are in more than {MAX_DRAWN_WEEKS:,} weeks; choose fewer, as by --from and --to"
            )
        output.draw(timeline)
    output.warn(options, *cut_warning(query, selection))
    output.remark(options, *answer_remarks(options, agenda, query, selection))
    output.warn(options, *unnamed_warning(options, agenda))
