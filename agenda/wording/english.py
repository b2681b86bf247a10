"""The wording of English, from which those of other languages begin."""

from collections.abc import Iterable
from datetime import date, datetime, timezone
from typing import Literal

from msgspec import Struct

from agenda.model import Fixed
from agenda.text.sentences import join_words

# fmt: off
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
# fmt: on
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TimeUnit = Literal["minute", "hour", "day"]
_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = {11, 12, 13}


def mark(message: str) -> str:
    """The message as it is, marked for the catalogs; whoever shows it gives it to `Wording.text`."""
    return message


class Wording(Struct, frozen=True):
    """How words, days, months and times are written in a language, `language` by its tag (BCP 47); here in English.

    A message is what the public reads, in English; its translations are in the catalogs beside this module. In a
    message stand names in braces for what differs, e.g. `until {day}`.
    """

    language: str = "en"

    def own_name(self) -> str:
        """What the language is called in itself: `English`, `italiano`."""
        return "English"

    def text(self, message: str, **values: object) -> str:
        """The message with the values in the places of their names, e.g. `text("until {day}", day="3 Oct")`."""
        return message.format(**values)

    def plural_text(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The same of two messages, of one thing and of several, as is right for `number`; its name is `number`."""
        return (singular if number == 1 else plural).format(number=self.number(number), **values)

    def number(self, number: int) -> str:
        """`1,000`."""
        return f"{number:,}"

    def ordinal(self, number: int) -> str:
        """A number as it stands in messages where {nth} does: `2nd`; in other languages `2`, and they have the rest."""
        ending = "th" if number % 100 in _TEENS else _ORDINAL_ENDINGS.get(number % 10, "th")
        return f"{number}{ending}"

    def all_of(self, texts: Iterable[str]) -> str:
        """A list in a sentence: `a, b and c`."""
        return join_words(texts, "and")

    def any_of(self, texts: Iterable[str]) -> str:
        """A choice in a sentence: `a, b or c`."""
        return join_words(texts, "or")

    def separator(self) -> str:
        """What stands between names in a row: `, ` in `a, b, c`."""
        return ", "

    def labelled(self, label: str, text: str) -> str:
        """`Cancelled: Gala`, with the label at its start."""
        return self.text("{label}: {text}", label=label, text=text)

    def lacking(self, by: str) -> str:
        """What stands for events that have none of what they are grouped by, e.g. `no city`."""
        return self.text("no {by}", by=self.text(by))

    def weekday_name(self, day: date) -> str:
        """`Monday`."""
        return WEEKDAY_NAMES[day.weekday()]

    def short_weekday(self, day: date) -> str:
        """`Mon`."""
        return WEEKDAY_NAMES[day.weekday()][:3]

    def weekdays(self, cells: int) -> list[str]:
        """The names of the weekdays, from Monday on, each as long as goes into so many cells of a terminal: `Mon`."""
        return [name[:cells] for name in WEEKDAY_NAMES]

    def weekday_and_number(self, day: date) -> str:
        """`Mon 29`."""
        return f"{self.short_weekday(day)} {day.day}"

    def month_name(self, day: date) -> str:
        """`September`."""
        return MONTH_NAMES[day.month - 1]

    def short_month(self, day: date) -> str:
        """`Sep`."""
        return MONTH_NAMES[day.month - 1][:3]

    def long_month(self, day: date) -> str:
        """`September 2025`, the month of that day."""
        return f"{self.month_name(day)} {day.year}"

    def long_day(self, day: date) -> str:
        """`Monday 29 September 2025`."""
        return f"{self.weekday_name(day)} {day.day} {self.month_name(day)} {day.year}"

    def long_span(self, first: date, last: date) -> str:
        """`Thursday 2 – Saturday 11 October 2025`, with what the first day has of its own; one day alone as such."""
        return " – ".join(self._long_ends(first, last))

    def day_of_week(self, day: date) -> str:
        """`Mon 29 Sep 2025`, `Wed  1 Oct 2025`: all as wide, so that they line up."""
        return f"{self.short_weekday(day)} {self.short_day(day):>11}"

    def short_day_of_week(self, day: date, year: int | None = None) -> str:
        """`Mon 29 Sep`, or `Mon 29 Sep 2025` where it is not of `year`."""
        return f"{self.short_weekday(day)} {self.short_day(day, year)}"

    def short_day(self, day: date, year: int | None = None) -> str:
        """`29 Sep`, or `29 Sep 2025` where it is not of `year`."""
        words = f"{day.day} {self.short_month(day)}"
        return words if day.year == year else f"{words} {day.year}"

    def span_in_words(self, first: date, last: date, year: int | None = None) -> str:
        """`24–27 Sep`, `28 Sep–4 Oct`, with the years that are not `year`; one day alone as such."""
        return "–".join(self._short_ends(first, last, year))

    def between_in_words(self, first: date, last: date, year: int | None = None) -> str:
        """`between 24 and 29 Sep`, with the years that are not `year`."""
        return f"between {self.all_of(self._short_ends(first, last, year))}"

    def long_between(self, first: date, last: date) -> str:
        """`between Thursday 2 and Saturday 11 October 2025`."""
        return f"between {self.all_of(self._long_ends(first, last))}"

    def _short_ends(self, first: date, last: date, year: int | None) -> list[str]:
        """The first day, with what it does not share with the last one, and the last; one day alone as such."""
        end = self.short_day(last, year)
        if first == last:
            return [end]
        if (first.year, first.month) == (last.year, last.month):
            return [str(first.day), end]
        return [self.short_day(first, last.year if year is None else year), end]

    def _long_ends(self, first: date, last: date) -> list[str]:
        """The same with whole names."""
        end = self.long_day(last)
        if first == last:
            return [end]
        if first.year != last.year:
            return [self.long_day(first), end]
        month = f" {self.month_name(first)}" if first.month != last.month else ""
        return [f"{self.weekday_name(first)} {first.day}{month}", end]

    def clock_time(self, time: datetime) -> str:
        """`09:30`, or `09:30:15` where there are seconds."""
        return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"

    def times_in_words(self, when: Fixed) -> str:
        """`11:00`, `11:00–12:30`, or `20:00–1 Oct 02:00` where it ends on another day; empty for whole days.

        After times of no one zone comes their offset, as in `11:00 +02:00`; where the end has another, each has its
        own.
        """
        if not isinstance(when.start, datetime):
            return ""
        start, offset = self.clock_time(when.start), _offset_in_words(when.start)
        if not isinstance(when.end, datetime):
            return start + offset
        first, last = when.days
        end, end_offset = self.clock_time(when.end), _offset_in_words(when.end)
        if first != last:
            end = f"{self.short_day(when.end.date(), first.year)} {end}"
        start += offset if end_offset != offset else ""
        return self.text("{start}–{end}", start=start, end=end) + end_offset

    def until(self, *, day: str = "", time: str = "") -> str:
        """`until 3 Oct`, `until 02:00` or `until 3 Oct 02:00`, of a day and a time in words; one of them may lack."""
        if day:
            return self.text("until {day}", day=f"{day} {time}".strip())
        return self.text("until {time}", time=time)

    def until_in_words(self, when: Fixed, day: date) -> str:
        """Until when it goes on, as told on that day: `until 3 Oct`, `until 02:00` where that is its last day, or
        `until 1 Oct 02:00`.
        """
        _, last = when.days
        if not isinstance(when.end, datetime):
            return self.until(day=self.short_day(last, day.year))
        end_day = "" if day == last else self.short_day(when.end.date(), day.year)
        return self.until(day=end_day, time=f"{self.clock_time(when.end)}{_offset_in_words(when.end)}")

    def fixed_in_words(self, when: Fixed, year: int | None = None) -> str:
        """`Mon 29 Sep`, `Mon 29 Sep, 11:00–12:30`, `28 Sep–4 Oct`, with years that are not `year`."""
        first, last = when.days
        time = self.times_in_words(when)
        if first < last and not time:
            return self.span_in_words(first, last, year)
        day = self.short_day_of_week(first, year)
        return self.text("{day}, {time}", day=day, time=time) if time else day

    def in_time(self, number: int, unit: TimeUnit) -> str:
        """How far away what comes is: `in 40 minutes`, `in 1 hour`, `in 2 days`, and as days `today` and `tomorrow`."""
        if unit == "day" and number <= 1:
            return self.text("tomorrow") if number else self.text("today")
        return f"in {self.duration(number, unit)}"

    def duration(self, number: int, unit: TimeUnit) -> str:
        """`35 minutes`, `1 hour`."""
        return f"{self.number(number)} {unit}{'' if number == 1 else 's'}"


ENGLISH = Wording()
"""The wording of messages to users, of help, and of what the public reads where no other language is asked for."""


def _offset_in_words(time: datetime) -> str:
    """The offset to be told beside a time of no zone."""
    return f" {time.isoformat()[-6:]}" if isinstance(time.tzinfo, timezone) else ""
