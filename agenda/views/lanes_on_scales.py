"""Which bars of the lanes of a timeline are drawn on each of its scales. n long events can need about n² bars, so their
number is bounded.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from msgspec import Struct

from agenda.limits import MAX_REDRAWN_BARS
from agenda.model import Occurrence, ToBeAnnounced
from agenda.reports.groups import Lane
from agenda.views.scales import Scale


class ScaleLane(Struct, frozen=True):
    """A lane on one scale, and its events that are drawn there, each as its occurrences that touch the scale."""

    lane: Lane
    events: Sequence[Sequence[Occurrence]]


class OnScale(Struct, frozen=True):
    """The lanes that have anything on `scale`, in order, and how many bars more there would be."""

    scale: Scale
    lanes: Sequence[ScaleLane]
    more: int


class _Bar(Struct, frozen=True):
    """An occurrence in a lane, each by its number there, and the number of the last scale that it touches."""

    lane: int
    place: int
    last: int
    occurrence: Occurrence


def place_on_scales(lanes: Sequence[Lane], scales: Sequence[Scale]) -> Iterator[OnScale]:
    """What is drawn on each of the scales, which are in order. Each occurrence is drawn on the first scale and in the
    first lane where it is, and again in other places `MAX_REDRAWN_BARS` times, all of them together.
    """
    beginning, changes = _begin_on_scales(lanes, scales)
    numbers = accumulate(changes)
    redrawn_left = MAX_REDRAWN_BARS
    drawn: set[int] = set()
    going_on: list[_Bar] = []
    for index, (scale, number) in enumerate(zip(scales, numbers, strict=False)):
        bars: list[_Bar] = []
        again = [bar for bar in going_on if bar.last >= index]
        for bar in beginning[index]:
            (again if id(bar.occurrence) in drawn else bars).append(bar)
            drawn.add(id(bar.occurrence))
        bars += again[:redrawn_left]
        redrawn_left -= min(redrawn_left, len(again))
        going_on = bars if redrawn_left else []
        bars.sort(key=lambda bar: (bar.lane, bar.place))
        in_lanes = [
            ScaleLane(lanes[lane], _group_by_event(bar.occurrence for bar in of_lane))
            for lane, of_lane in groupby(bars, lambda bar: bar.lane)
        ]
        yield OnScale(scale, in_lanes, number - len(bars))


def _begin_on_scales(lanes: Sequence[Lane], scales: Sequence[Scale]) -> tuple[dict[int, list[_Bar]], list[int]]:
    """The bars by the number of the first scale that they touch, and by how many more there are on each scale than on
    the one before.
    """
    firsts, lasts = [scale.first for scale in scales], [scale.last for scale in scales]
    beginning: dict[int, list[_Bar]] = defaultdict(list)
    changes = [0] * (len(scales) + 1)
    for lane_number, lane in enumerate(lanes):
        for place, occurrence in enumerate(lane.occurrences):
            if isinstance(occurrence.when, ToBeAnnounced):
                continue
            first_day, last_day = occurrence.when.days
            first, last = bisect_left(lasts, first_day), bisect_right(firsts, last_day) - 1
            if first <= last:
                beginning[first].append(_Bar(lane_number, place, last, occurrence))
                changes[first] += 1
                changes[last + 1] -= 1
    return beginning, changes


def _group_by_event(occurrences: Iterator[Occurrence]) -> list[list[Occurrence]]:
    events: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        events.setdefault(occurrence.event.id, []).append(occurrence)
    return list(events.values())
