"""Events as bars over their days, in lanes: a chart, or one for each week where the days are too many for one."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.answers.lanes import Lane
from agenda.days import Period
from agenda.model import Between, City, Occurrence, ToBeAnnounced
from agenda.recurrence.occurrences import shifted
from agenda.text import counted, one_line
from agenda.views.bars import HATCHED, entry
from agenda.views.listing import Listing
from agenda.views.palette import FAINT, HEADING, city_style
from agenda.views.scale import NARROWEST, Scale

_WEEK = 7
_FAR = 10
"""Lines after which the numbers of the days are too far above, and are told again."""
_HATCHED_MEANS = f"{HATCHED * 3} on some of these days; which is not known"


class Timeline:
    """The lanes of `found`, which is in order: each event in them a bar over its days, and below them those without a
    date.

    Only the days of `period` are drawn. A lane of nothing is headed by `rest`. `today` is marked.
    """

    def __init__(
        self,
        found: Sequence[Occurrence],
        lanes: Sequence[Lane],
        period: Period,
        rest: str,
        today: date,
    ) -> None:
        self._dated = [shown for shown in found if not isinstance(shown.when, ToBeAnnounced)]
        self._undated = [shown for shown in found if isinstance(shown.when, ToBeAnnounced)]
        self._lanes = lanes
        self._period = period
        self._rest = rest
        self._today = today

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        scales = list(_scales(self._dated, self._period, width))
        charts = zip(*(_on_each(lane, scales) for lane in self._lanes), strict=True)
        before: Scale | None = None
        for scale, on_scale in zip(scales, charts, strict=False):
            if before:
                yield Text(_between(before, scale), style=FAINT)
            yield from scale.heading(self._today)
            lines = 0
            for lane, events in zip(self._lanes, on_scale, strict=True):
                if events and lines >= _FAR:
                    yield scale.numbers()
                    lines = 0
                if events:
                    yield self._name(lane, width)
                for of_one in events:
                    for line in entry(of_one, lane, scale).rows(console, scale, width):
                        yield from line.render(console, "\n")
                        lines += 1
            before = scale
        if any(isinstance(shown.when, Between) for shown in self._dated):
            yield Text(f"\n{_HATCHED_MEANS}", style=FAINT)
        if self._undated:
            if self._dated:
                yield Text()
            yield Listing(self._undated)

    def _name(self, lane: Lane, width: int) -> Text:
        name = Text(one_line(lane.of.name) if lane.of else self._rest, style=HEADING)
        if isinstance(lane.of, City):
            name.stylize(city_style(lane.of))
        rule = Text(f" {'─' * (width - name.cell_len - 1)}", style=FAINT)
        return Text.assemble(name, rule, no_wrap=True, overflow="ignore")


def _on_each(lane: Lane, scales: Sequence[Scale]) -> Iterator[list[list[Occurrence]]]:
    """For each of the scales, which are in order, the occurrences of the lane that touch it, together by event."""
    ahead = [(*shown.when.days, shown) for shown in lane.occurrences if not isinstance(shown.when, ToBeAnnounced)][::-1]
    near: list[tuple[date, date, Occurrence]] = []
    for scale in scales:
        while ahead and ahead[-1][0] <= scale.last:
            near.append(ahead.pop())
        near = [one for one in near if one[1] >= scale.first]
        events: dict[str, list[Occurrence]] = {}
        for _, _, shown in near:
            events.setdefault(shown.event.id, []).append(shown)
        yield list(events.values())


def _scales(dated: Sequence[Occurrence], period: Period, width: int) -> Iterator[Scale]:
    """The whole time from the first day to the last in one, or else each week in which something begins or ends."""
    days = [shown.when.days for shown in dated if not isinstance(shown.when, ToBeAnnounced)]
    if not days:
        return
    low, high = period.first or date.min, period.last or date.max
    first, last = max(low, min(first for first, _ in days)), min(high, max(last for _, last in days))
    if ((last - first).days + 1) * NARROWEST <= width:
        yield Scale.within(first, last, width)
        return
    edges = {day for both in days for day in both if low <= day <= high} | {first}
    for monday in sorted({shifted(day, -day.weekday()) for day in edges}):
        yield Scale.within(monday, shifted(monday, _WEEK - 1), width)


def _between(one: Scale, other: Scale) -> str:
    """What stands between two charts."""
    weeks = (other.first - one.last).days // _WEEK
    return f"\n{counted(weeks, 'week')} in which nothing begins or ends\n" if weeks else ""
