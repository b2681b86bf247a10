#!/usr/bin/env python3
"""Import against a plain reading of RFC 5545: `python3 tools/compare_rules.py [--rules 3000] [--seed 1]`.

Each rule is random, and one that an agenda file may have. It is a calendar of one event, which is imported; what comes
of it is expanded as `agenda list` does, and held against an expander that asks of each day whether RFC 5545, 3.3.10
gives it. Every second event has times of day in a zone, EXDATEs and RDATEs (3.8.5). A series that ends is compared to
its last time, one that does not for three years. Each that differs is printed; the exit code is 1 if one does.
"""

import argparse
import random
import sys
import time as clock
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from msgspec import Struct

sys.path.insert(0, str(Path(__file__).parent.parent))

from agenda.agendafile.load import load
from agenda.agendafile.write import write_toml
from agenda.errors import DataError
from agenda.ical.importer import import_calendars
from agenda.model import Fixed
from agenda.recurrence.expand import occurrences

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = ("UTC", "Europe/Rome", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "America/St_Johns")
DAY = timedelta(1)
ENDLESS_DAYS = 3 * 365
"""For how long a series without an end is compared."""
MAX_DAYS = 12 * 365
"""For how long one with an end is looked for, whose COUNT is chosen so that it ends before."""

Span = tuple[object, object]
"""A start and an end: instants in UTC, or days of which the last is inclusive; None where there is no end."""


class Source(Struct, frozen=True):
    """An event of a calendar; `length` of its times, or of its days less one."""

    rule: Mapping[str, str]
    first: date
    at: time | None
    zone: ZoneInfo
    length: timedelta
    excluded: Sequence[datetime]
    added: Sequence[datetime]

    @property
    def last(self) -> date:
        """The day up to which its times are compared."""
        ends = {"COUNT", "UNTIL"} & self.rule.keys()
        return self.first + timedelta(MAX_DAYS if ends else ENDLESS_DAYS)

    def text(self) -> str:
        """It as a calendar."""
        rule = ";".join(f"{name}={value}" for name, value in self.rule.items())
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"X-WR-TIMEZONE:{self.zone.key}",
            "BEGIN:VEVENT",
            "UID:1@rules.example",
        ]
        lines += ["SUMMARY:Series", f"RRULE:{rule}"]
        if self.at is None:
            lines += [
                f"DTSTART;VALUE=DATE:{self.first:%Y%m%d}",
                f"DTEND;VALUE=DATE:{self.first + self.length + DAY:%Y%m%d}",
            ]
        else:
            lines += [
                self._line("DTSTART", datetime.combine(self.first, self.at)),
                f"DURATION:PT{self.length.seconds}S",
            ]
            lines += [self._line("EXDATE", local) for local in self.excluded]
            lines += [self._line("RDATE", local) for local in self.added]
        return "\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])

    def _line(self, name: str, local: datetime) -> str:
        return f"{name};TZID={self.zone.key}:{local:%Y%m%dT%H%M%S}"


def random_rule(chance: random.Random, first: date) -> dict[str, str]:
    """A rule that an agenda file may have, and that gives a day before long."""
    frequency = chance.choice(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
    is_long = frequency in {"MONTHLY", "YEARLY"}
    rule = {"FREQ": frequency}
    if not chance.randrange(3):
        rule["INTERVAL"] = str(chance.choice((1, 2, 2, 3, 5)))
    if chance.choice((True, False)):
        rule["BYMONTH"] = _joined({first.month, *(chance.randint(1, 12) for _ in range(chance.randint(0, 3)))})
    kind = chance.choice(("", "weekdays", "numbered", "mixed", "days", "both"))
    weekdays = chance.sample(WEEKDAYS, chance.randint(1, 3))
    if kind in {"numbered", "mixed"} and is_long:
        numbers = (-2, -1, 1, 2, 3, 4, 5) if frequency == "MONTHLY" or "BYMONTH" in rule else (-20, -1, 1, 20, 52)
        numbered = [f"{chance.choice(numbers)}{weekday}" for weekday in weekdays]
        plain = chance.sample(WEEKDAYS, 1) if kind == "mixed" else []
        rule["BYDAY"] = ",".join(dict.fromkeys([*plain, *numbered]))
    elif kind in {"weekdays", "both"}:
        rule["BYDAY"] = ",".join(weekdays)
    if kind in {"days", "both"} and frequency != "WEEKLY":
        month_days = [number for number in range(-31, 32) if number]
        rule["BYMONTHDAY"] = _joined({chance.randint(1, 28), *chance.sample(month_days, chance.randint(0, 3))})
    if is_long and {"BYDAY", "BYMONTHDAY"} & rule.keys() and chance.choice((True, False)):
        rule["BYSETPOS"] = chance.choice(("1", "-1", "1,2", "-2,1", "2"))
    if not chance.randrange(3):
        rule["WKST"] = chance.choice(WEEKDAYS)
    return rule


def random_source(chance: random.Random, *, is_timed: bool) -> Source:
    """An event with a random rule, with times of day if `is_timed`."""
    first = date(2020, 1, 1) + timedelta(chance.randrange(4000))
    at = time(chance.randrange(24), chance.choice((0, 15, 30))) if is_timed else None
    rule, zone = random_rule(chance, first), ZoneInfo(chance.choice(ZONES))
    length = timedelta(minutes=chance.choice((30, 90, 600))) if is_timed else timedelta(chance.choice((0, 0, 1, 3)))
    days = list(islice(rule_days(rule, first, first + timedelta(MAX_DAYS)), 60))
    end = chance.choice(("", "COUNT", "UNTIL"))
    if end == "COUNT":
        rule["COUNT"] = str(chance.randint(1, len(days)))
    elif end == "UNTIL":
        until = chance.choice(days) + timedelta(chance.choice((0, 0, 1)))
        local = datetime.combine(until, at or time(), zone)
        rule["UNTIL"] = f"{local.astimezone(UTC):%Y%m%dT%H%M%SZ}" if at else f"{until:%Y%m%d}"
    excluded, added = [], []
    if at is not None:
        chosen = chance.sample(days, min(len(days), chance.randint(0, 3)))
        excluded = [datetime.combine(day, at) for day in chosen]
        if not chance.randrange(3):  # what is no time of the series
            excluded.append(datetime.combine(first + timedelta(chance.randrange(90)), time(3, 33)))
        for _ in range(chance.choice((0, 0, 1, 3))):
            day = chance.choice((chance.choice(days), first + timedelta(chance.randrange(200))))
            added.append(datetime.combine(day, chance.choice((at, time(chance.randrange(24), 10)))))
    return Source(rule, first, at, zone, length, excluded, added)


def expected(source: Source) -> list[Span]:
    """All times of the event until the day to which it is compared, in order."""
    days = rule_days(source.rule, source.first, source.last)
    if source.at is None:
        until = source.rule.get("UNTIL")
        whole = [day for day in days if not until or f"{day:%Y%m%d}" <= until or day == source.first]
        counted = whole[: int(source.rule.get("COUNT", len(whole)))]
        return [(day, day + source.length if source.length else None) for day in counted]
    starts = [datetime.combine(day, source.at, source.zone).astimezone(UTC) for day in days]
    if until := source.rule.get("UNTIL"):
        starts = [start for start in starts if f"{start:%Y%m%dT%H%M%SZ}" <= until] or starts[:1]
    starts = starts[: int(source.rule.get("COUNT", len(starts)))]
    added = {local.replace(tzinfo=source.zone).astimezone(UTC) for local in source.added if local.date() <= source.last}
    excluded = {local.replace(tzinfo=source.zone).astimezone(UTC) for local in source.excluded}
    return [(start, start + source.length) for start in sorted({*starts, *added} - excluded)]


def imported(source: Source, file: Path) -> list[Span]:
    """All times that the agenda which is made of the event, as `file`, tells until then."""
    tables = import_calendars(source.text().encode(), "rule.ics").tables
    if "events" not in tables:
        return []
    spans: list[Span] = []
    file.write_text("".join(write_toml(tables)), encoding="utf-8")
    try:
        events = load(file).events
    except DataError as error:
        return [(str(error), None)]
    for event in events:
        for occurrence in occurrences(event, until=source.last):
            when = occurrence.when
            if not isinstance(when, Fixed) or when.days[0] > source.last:
                continue
            if isinstance(when.start, datetime):
                end = when.end.astimezone(UTC) if isinstance(when.end, datetime) else None
                spans.append((when.start.astimezone(UTC), end))
            else:
                spans.append((when.start, when.end))
    return spans


def rule_days(rule: Mapping[str, str], first: date, last: date) -> Iterator[date]:
    """The days that a rule gives until `last`, whatever its end; `first` is one whether it is given or not."""
    yield first
    frequency, interval = rule["FREQ"], int(rule.get("INTERVAL", "1"))
    week_start = WEEKDAYS.index(rule.get("WKST", "MO"))
    start = {
        "DAILY": first,
        "WEEKLY": first - timedelta((first.weekday() - week_start) % 7),
        "MONTHLY": first.replace(day=1),
        "YEARLY": first.replace(month=1, day=1),
    }[frequency]

    def period(day: date) -> int:
        match frequency:
            case "DAILY":
                return (day - start).days
            case "WEEKLY":
                return (day - start).days // 7
            case "MONTHLY":
                return (day.year - start.year) * 12 + day.month - start.month
        return day.year - start.year

    given = _Given(rule, first)
    positions = [int(text) for text in rule.get("BYSETPOS", "").split(",") if text]
    end = last.replace(month=12, day=31)  # since BYSETPOS counts in whole periods
    every = (start + DAY * number for number in range((end - start).days + 1))
    for number, period_days in groupby(every, key=period):
        if number % interval:
            continue
        chosen = list(filter(given, period_days))
        if positions:
            places = {place - 1 if place > 0 else len(chosen) + place for place in positions}
            chosen = [day for place, day in enumerate(chosen) if place in places]
        yield from (day for day in chosen if first < day <= last)


class _Given:
    """Whether the parts of a rule give a day of a period that it steps to; what they leave open is as in `first`."""

    def __init__(self, rule: Mapping[str, str], first: date) -> None:
        self._first = first
        self._frequency = rule["FREQ"]
        self._months = {int(text) for text in rule.get("BYMONTH", "").split(",") if text}
        self._month_days = {int(text) for text in rule.get("BYMONTHDAY", "").split(",") if text}
        weekdays = [text for text in rule.get("BYDAY", "").split(",") if text]
        self._weekdays = {(text[:-2], WEEKDAYS.index(text[-2:])) for text in weekdays}

    def __call__(self, day: date) -> bool:
        if self._months and day.month not in self._months:
            return False
        length = monthrange(day.year, day.month)[1]
        if self._month_days and not {day.day, day.day - length - 1} & self._month_days:
            return False
        if self._weekdays and not any(self._is(day, number, weekday) for number, weekday in self._weekdays):
            return False
        if self._month_days or self._weekdays or self._frequency == "DAILY":
            return True
        if self._frequency == "WEEKLY":
            return day.weekday() == self._first.weekday()
        in_month = self._frequency == "MONTHLY" or self._months or day.month == self._first.month
        return day.day == self._first.day and bool(in_month)

    def _is(self, day: date, number: str, weekday: int) -> bool:
        if day.weekday() != weekday or not number:
            return day.weekday() == weekday
        before, after = day.day, monthrange(day.year, day.month)[1] - day.day
        if self._frequency == "YEARLY" and not self._months:
            before, after = day.timetuple().tm_yday, (date(day.year, 12, 31) - day).days
        return int(number) in {(before - 1) // 7 + 1, -(after // 7 + 1)}


def differences(rules: int, seed: int) -> Iterator[str]:
    """What is wrong with each of so many random rules with which anything is."""
    chance = random.Random(seed)  # noqa: S311 - rules, not secrets
    with TemporaryDirectory() as folder:
        for number in range(rules):
            source = random_source(chance, is_timed=number % 2 == 1)
            wanted, got = expected(source), imported(source, Path(folder) / "rule.toml")
            if Counter(wanted) != Counter(got):
                missing, surplus = _without(wanted, got)[:3], _without(got, wanted)[:3]
                yield f"{number}: missing {missing}, surplus {surplus}\n{source.text()}"


def _without(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    return list((Counter(spans) - Counter(others)).elements())


def _joined(numbers: set[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def main() -> int:
    """Compare, print what differs, and say how much it is; 1 if anything is."""
    parser = argparse.ArgumentParser(description="Hold the import of random rules against a plain reading of RFC 5545.")
    parser.add_argument("--rules", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started, count = clock.monotonic(), 0
    for difference in differences(asked.rules, asked.seed):
        print(difference)
        count += 1
    print(f"{asked.rules:,} rules, {count:,} of which differ, in {clock.monotonic() - started:.0f} s")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
