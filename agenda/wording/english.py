"""The wording of English, which all others begin from: days, months, times and words, as the public reads them."""

from datetime import date, datetime, timezone

from msgspec import Struct

from agenda.model import Fixed

# fmt: off
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
# fmt: on
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Wording(Struct, frozen=True):
    """How words, days, months and times are written in a language, `language` by its tag (BCP 47); here in English."""

    language: str = "en"

    def text(self, message: str, **values: object) -> str:
        """What the public reads for `message`, which is its English, with the values in the place of their names in
        braces, e.g. `text("until {end}", end="3 Oct")`.
        """
        return message.format(**values)

    def plural_text(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The same in the singular or the plural, as `number` asks for, which has its place in braces as well."""
        return (singular if number == 1 else plural).format(number=number, **values)

    def weekday_name(self, day: date) -> str:
        """`Monday`."""
        return WEEKDAY_NAMES[day.weekday()]

    def short_weekday(self, day: date) -> str:
        """`Mon`."""
        return WEEKDAY_NAMES[day.weekday()][:3]

    def month_name(self, day: date) -> str:
        """`September`."""
        return MONTH_NAMES[day.month - 1]

    def long_day(self, day: date) -> str:
        """`Monday 29 September 2025`."""
        return f"{self.weekday_name(day)} {day.day} {self.month_name(day)} {day.year}"

    def long_span(self, first: date, last: date) -> str:
        """`Thursday 2 – Saturday 11 October 2025`, with what the first day has of its own; one day alone as such."""
        if first == last:
            return self.long_day(first)
        start = f"{self.weekday_name(first)} {first.day}"
        if first.year != last.year:
            start = self.long_day(first)
        elif first.month != last.month:
            start += f" {self.month_name(first)}"
        return f"{start} – {self.long_day(last)}"

    def long_month(self, day: date) -> str:
        """`September 2025`, the month of that day."""
        return f"{self.month_name(day)} {day.year}"

    def weekdays(self, letters: int) -> list[str]:
        """`Mon`, `Tue` and so on, with so many letters."""
        return [name[:letters] for name in WEEKDAY_NAMES]

    def day_of_week(self, day: date) -> str:
        """`Mon 29 Sep 2025`, `Wed  1 Oct 2025`: all as wide, so that they line up."""
        return f"{self.weekday_name(day):.3} {self.short_day(day):>11}"

    def short_day(self, day: date, year: int | None = None) -> str:
        """`29 Sep`, or `29 Sep 2025` where it is not of `year`."""
        shown = f"{day.day} {self.month_name(day)[:3]}"
        return shown if day.year == year else f"{shown} {day.year}"

    def span_in_words(self, first: date, last: date, year: int | None = None) -> str:
        """`24–27 Sep`, `28 Sep–4 Oct`, with the years that are not `year`; one day alone as such."""
        if first == last:
            return self.short_day(first, year)
        end = self.short_day(last, year)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{end}"
        return f"{self.short_day(first, last.year if year is None else year)}–{end}"

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
        shown = self.clock_time(when.start)
        offset = _offset_in_words(when.start)
        if isinstance(when.end, datetime):
            first, last = when.days
            end = (
                self.clock_time(when.end)
                if first == last
                else f"{self.short_day(when.end.date(), first.year)} {self.clock_time(when.end)}"
            )
            differs = _offset_in_words(when.end) != offset
            shown += f"{offset if differs else ''}–{end}"
            offset = _offset_in_words(when.end)
        return shown + offset

    def end_in_words(self, when: Fixed, day: date) -> str:
        """Until when it goes on, as told on that day: `3 Oct`, `02:00` where that is its last day, or `1 Oct 02:00`."""
        _, last = when.days
        if not isinstance(when.end, datetime):
            return self.short_day(last, day.year)
        time = f"{self.clock_time(when.end)}{_offset_in_words(when.end)}"
        return time if day == last else f"{self.short_day(when.end.date(), day.year)} {time}"


ENGLISH = Wording()
"""The wording of messages to users, of help, and of what the public reads where no other language is asked for."""


def _offset_in_words(time: datetime) -> str:
    """The offset to be told beside a time of no zone."""
    return f" {time.isoformat()[-6:]}" if isinstance(time.tzinfo, timezone) else ""
