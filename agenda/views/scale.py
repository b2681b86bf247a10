"""The days across a chart: the columns of the screen that each has, and the lines above them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct
from rich.text import Text

from agenda.views.palette import FAINT, HEADING
from agenda.words import month_name, weekday_name

NARROWEST = 3
"""Columns of a day, at least: its number, and a gap."""
_WIDEST = 14
_FOR_BOTH = 7
"""Columns of a day in which there is room for `Mon 29`."""
_FOR_SHORT = 4
"""Columns of a day in which there is room for `Mon`; else it is `Mo`."""


class Scale(Struct, frozen=True):
    """The days from `first` to `last`, each `step` columns wide; the last of these columns is the gap between days."""

    first: date
    last: date
    step: int

    @classmethod
    def within(cls, first: date, last: date, width: int) -> "Scale":
        """These days in that many columns, or in more where that is too few."""
        return cls(first, last, max(NARROWEST, min(_WIDEST, width // ((last - first).days + 1))))

    def columns(self, first: date, last: date) -> tuple[int, int]:
        """From which column up to which one these days reach, the gap after the last one not included."""
        start = (max(first, self.first) - self.first).days
        end = (min(last, self.last) - self.first).days + 1
        return start * self.step, end * self.step - 1

    def guides(self, start: int, end: int) -> Text:
        """What stands in these columns where nothing else does: a line in each gap between two days."""
        gaps = f"{'┊':>{self.step}}" * (self.last - self.first).days
        return Text(gaps.ljust(end)[start:end], style=FAINT)

    def numbers(self) -> Text:
        """A line of the numbers of the days alone."""
        return Text(self._line(str(day.day) for day in self._days), style=FAINT)

    def heading(self, today: date) -> Iterator[Text]:
        """The lines above the days: their months, weekdays and numbers, and which one is `today`."""
        yield Text(self._line(self._months()), style=HEADING)
        if self.step >= _FOR_BOTH:
            yield Text(self._line(f"{weekday_name(day)[:3]} {day.day}" for day in self._days))
        else:
            letters = 3 if self.step >= _FOR_SHORT else 2
            yield Text(self._line(weekday_name(day)[:letters] for day in self._days), style=FAINT)
            yield Text(self._line(str(day.day) for day in self._days))
        if self.first <= today <= self.last:
            yield Text(self._line("▲ today" if day == today else "" for day in self._days), style=HEADING)

    @property
    def _days(self) -> list[date]:
        return [self.first + timedelta(number) for number in range((self.last - self.first).days + 1)]

    def _months(self) -> Iterator[str]:
        """For each day the name of the month that begins there, in full where there is room for that."""
        days = self._days
        starts = [number for number, day in enumerate(days) if number == 0 or day.day == 1]
        ends = dict(zip(starts, [*starts[1:], len(days) + 1], strict=True))
        for number, day in enumerate(days):
            room = (ends.get(number, number) - number) * self.step
            name = month_name(day)
            yield next((shown for shown in (f"{name} {day.year}", name, name[:3]) if len(shown) < room), "")

    def _line(self, texts: Iterable[str]) -> str:
        """The texts, each from the first column of its day on."""
        line = ""
        for number, text in enumerate(texts):
            line = line.ljust(number * self.step) + text if text else line
        return line
