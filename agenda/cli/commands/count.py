"""`agenda count`: how many events there are of each city, day, topic and so on."""

from collections.abc import Iterator, Sequence
from typing import Annotated, get_args

from typer import Option

from agenda.cli import output
from agenda.cli.inputs import choose_wording, data_in_words, read_agenda
from agenda.cli.options import OUTPUT_PANEL, FormatOption, SelectionOptions, with_options, words_argument
from agenda.cli.parse import make_query, read_grouping_and_words
from agenda.cli.remarks import answer_remarks, cut_warning, unnamed_warning
from agenda.formats import Format
from agenda.formats.tables import CountRows
from agenda.query import NOT_CANCELLED
from agenda.reports.groups import CountBy, Grouping, count_events, select_for_count
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.text.sentences import join_words

_DAYS_OF_NOW = {"week", "month", "settimana", "mese"}
"""Words that choose the days of now, and may have been meant for what to count by."""

EXAMPLES = (
    ("agenda count city", "how many events there are in each city"),
    ("agenda count --by person --topic aerospace", "who takes part in what is on that topic, and in how much of it"),
    ("agenda count --by kind | cut -f 1", "which kinds there are, for a script"),
)


class CountOptions(SelectionOptions, frozen=True, kw_only=True):
    """Which events are counted; a word may also be what they are counted by."""

    words: Annotated[
        list[str] | None,
        words_argument(
            "[WORD]...", "What to count by, as if by --by; or a city, a day or a topic.", complete="count_words"
        ),
    ] = None


@with_options(CountOptions)
def command(
    options: CountOptions,
    by: Annotated[
        CountBy,
        Option(
            "--by",
            metavar="WHAT",
            case_sensitive=False,
            help=f"What they are counted by: {join_words(get_args(CountBy))}.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = Grouping.CITY,
    format: FormatOption = None,
) -> None:
    """Count the events of each city, day, topic and so on.

    An event of several cities counts in each. A series is one event, but by day it counts each time.
    """
    agenda = read_agenda(options)
    choice, by = read_grouping_and_words(options, agenda, by, get_args(CountBy))
    query = make_query(choice, agenda, statuses=NOT_CANCELLED)
    selection = select_for_count(agenda, query, by)
    counts = count_events(selection.occurrences, by, query)
    format = format or output.usual_format()
    if format is Format.TABLE:
        from agenda.views.bar_chart import BarChart

        output.draw(BarChart(counts, by, words=choose_wording(options, agenda)))
    else:
        output.write_data(data_in_words(CountRows(counts, by), format, options, agenda), format)
    output.warn(options, *cut_warning(query, selection))
    output.remark(options, *_days_remark(options.words or ()))
    output.remark(options, *answer_remarks(options, agenda, query, selection))
    output.warn(options, *unnamed_warning(options, agenda))


def _days_remark(words: Sequence[str]) -> Iterator[str]:
    """That the only word was taken for days, and how days are counted, where it may have been meant for a grouping."""
    if len(words) == 1 and fold(words[0]) in _DAYS_OF_NOW:
        yield f"{quote(words[0])} chooses the days of this one; --by day counts the events of each day"
