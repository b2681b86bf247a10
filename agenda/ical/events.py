"""VEVENT components (RFC 5545, 3.6.1)."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from ics.grammar.parse import Container, ContentLine  # why ics: agenda/ical/content.py
from msgspec import Struct

from agenda.errors import AgendaError, UsageError
from agenda.ical.content import (
    escape_uri,
    format_day,
    format_local,
    format_utc,
    moment_line,
    raw_line,
    text_line,
    texts_line,
)
from agenda.ical.durations import NominalDuration, format_duration
from agenda.ical.texts import (
    OPAQUE,
    PARAGRAPH,
    write_location,
    write_paragraphs,
    write_status,
    write_summary,
    write_transparency,
)
from agenda.ical.x_agenda import NEVER_REVISED, X_AGENDA_BETWEEN, X_AGENDA_EVENT, write_facts
from agenda.model import Agenda, Between, Event, Fixed, Moment, Rule, Status, Visibility
from agenda.recurrence.expand import last_start, on_day
from agenda.recurrence.rrule import format_rule, make_explicit
from agenda.text.links import is_link
from agenda.text.safe import quote
from agenda.typed_days.lengths import add_units
from agenda.wording.english import ENGLISH, Wording

_FIRST_REVISION = datetime(2000, 1, 1, tzinfo=UTC)
"""The time at which SEQUENCE is 0."""

_BEFORE = re.compile(r"([0-9]+)([mhdw])")
_AT = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?:-([0-9]+)d)?")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_MAX_LENGTH = timedelta(days=9_999)
"""How long before an event an alarm is, or an event is assumed to last, at most: 27 years, with which those of our time
stay in the calendar.
"""


class Alarm(Struct, frozen=True):
    """An alarm at an exact `offset` from the start of an event, negative for before it, and at so many `days` by the
    clock: 24 hours before noon is 11:00 or 13:00 where the clocks change in between, a day before it is noon.

    `for_days` says that it is for events of whole days, whose start is midnight; the others are for times.
    """

    offset: timedelta
    for_days: bool
    days: int = 0


def parse_alarm(typed: str) -> Alarm:
    """The alarm that was typed: `30m`, `2h`, `1d` or `1w` before a time, or `18:00-1d`, at 18:00 on the day before a
    day.

    Raises UsageError for text of neither form, and for what is longer than 9999 days.
    """
    if (before := _parse_before("--alarm", typed)) is not None:
        return Alarm(-before.exact, for_days=False, days=-before.days)
    if match := _AT.fullmatch(typed.strip()):
        days = _read_length("--alarm", typed, days=match[3]).days
        time = timedelta(hours=int(match[1]), minutes=int(match[2]))
        return Alarm(time - timedelta(days), for_days=True) if time else Alarm(time, for_days=True, days=-days)
    raise UsageError(
        f"--alarm: {quote(typed)} is no alarm; write 30m, 2h, 1d or 1w for that long before a time, or 18:00-1d for"
        " 18:00 on the day before a day"
    )


def parse_length(typed: str) -> NominalDuration:
    """The length of time that was typed, e.g. `90m`, `1h` or `1d`, which is a day by the clock.

    Raises UsageError for any other text, for a length of 0, and for one that is longer than 9999 days.
    """
    length = _parse_before("--assume-duration", typed)
    if length is None or not (length.days or length.exact):
        wrong = "is no length of time" if length is None else "is no time at all"
        raise UsageError(f"--assume-duration: {quote(typed)} {wrong}; write one such as 90m, 1h or 1d")
    return length


def _parse_before(option: str, typed: str) -> NominalDuration | None:
    """A number and its unit: days and weeks go by the clock, hours and minutes are exact. None for any other text."""
    match = _BEFORE.fullmatch(typed.strip())
    if not match:
        return None
    length = _read_length(option, typed, **{_UNITS[match[2]]: match[1]})
    return NominalDuration(length.days, timedelta(0)) if match[2] in "dw" else NominalDuration(0, length)


def _read_length(option: str, typed: str, **numbers: str | None) -> timedelta:
    """The length of so many of these units, each as digits, which were read from what was typed for an option."""
    length = add_units(**numbers)
    if length > _MAX_LENGTH:
        raise UsageError(f"{option}: {quote(typed)} is too long; write {_MAX_LENGTH.days}d at most")
    return length


def alarm_component(alarm: Alarm, summary: str) -> Container:
    """A VALARM (3.6.6) for an event of that summary."""
    trigger = NominalDuration(alarm.days, alarm.offset)
    if alarm.days * alarm.offset < timedelta(0):  # a DURATION leads either forward or back
        trigger = NominalDuration(0, alarm.offset + timedelta(alarm.days))
    return Container(
        "VALARM",
        raw_line("ACTION", "DISPLAY"),
        text_line("DESCRIPTION", summary),
        raw_line("TRIGGER", format_duration(trigger)),
    )


class ExportSettings(Struct, frozen=True, kw_only=True):
    """How events are written: with which alarms, in which words, and with which `assumed` length where a time has no
    end; None writes no end.
    """

    alarms: tuple[Alarm, ...] = ()
    assumed: NominalDuration | None = None
    words: Wording = ENGLISH


def event_component(agenda: Agenda, event: Event, settings: ExportSettings) -> Container:
    """The VEVENT of an event whose date is fixed or lies between two days.

    Raises AgendaError where neither the agenda has a `namespace` nor the event a `uid`.
    """
    words = settings.words
    summary = write_summary(event, words)
    transparency = write_transparency(event)
    return Container(
        "VEVENT",
        text_line("UID", event_uid(agenda, event)),
        *_revision(agenda, event),
        *_when(event, settings.assumed),
        text_line("SUMMARY", summary),
        *_texts(event, words),
        raw_line("STATUS", write_status(event)),
        *([raw_line("CLASS", "PRIVATE")] if event.visibility is Visibility.INTERNAL else []),
        raw_line("TRANSP", transparency),
        raw_line("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY" if transparency == OPAQUE else "FREE"),
        text_line(X_AGENDA_EVENT, write_facts(agenda, event, assumed=settings.assumed, words=words)),
        *_alarms(event, settings.alarms, summary),
    )


def event_uid(agenda: Agenda, event: Event) -> str:
    """The UID (3.8.4.7): the event's own, else its id in the `namespace` of its file, e.g. `gala@my-agenda.example`.

    Raises AgendaError where there is neither.
    """
    if uid := agenda.uid_of(event):
        return uid
    raise AgendaError(
        "this agenda has no namespace, by which calendar apps would know its events; add under [agenda] a line such"
        ' as namespace = "my-agenda.example", and never change it again'
    )


def _revision(agenda: Agenda, event: Event) -> Iterator[ContentLine]:
    """DTSTAMP (3.8.7.2), and the properties by which apps notice that an event has changed.

    SEQUENCE (3.8.7.4) is the minutes since 2000: no counter to keep, and it rises with every revision.
    """
    time = agenda.revised_of(event)
    yield raw_line("DTSTAMP", format_utc(time or NEVER_REVISED))
    if time:
        yield raw_line("LAST-MODIFIED", format_utc(time))
        yield raw_line("SEQUENCE", str(max(0, int((time - _FIRST_REVISION).total_seconds()) // 60)))


def _when(event: Event, assumed: NominalDuration | None) -> Iterator[ContentLine]:
    match event.when:
        case Fixed(start=datetime(), end=end):
            times = written_times(event, assumed)
            yield from (moment_line(name, time) for name, time in zip(("DTSTART", "DTEND"), times, strict=False))
            # Without DTEND and DURATION an event ends as it starts (3.6.1): several readers refuse a length of 0.
            if assumed and end is None and len(times) == 1:
                yield raw_line("DURATION", format_duration(assumed))
        case Fixed() | Between() as when:
            first, last = when.days
            yield moment_line("DTSTART", first)
            if last < date.max:
                yield moment_line("DTEND", last + timedelta(1))
    if isinstance(event.when, Fixed) and event.repeat:
        yield raw_line("RRULE", _rule(event, event.repeat, event.when))
        # A line for each: some readers know but the first of several days in one.
        for exception in event.exceptions:
            yield moment_line("EXDATE", on_day(exception, event.when.start))
    if isinstance(event.when, Between):
        yield raw_line(X_AGENDA_BETWEEN, f"{event.when.first}/{event.when.last}")


def written_times(event: Event, assumed: NominalDuration | None) -> list[datetime]:
    """The start of a time, and its end where DTEND can tell one, by the clocks by which they are written; nothing for
    days. A time without an end has one that is `assumed` where that is not None.

    The times of a single event go out in UTC where one of them is in the hour that comes twice as clocks are put back:
    half of all readers take the second of the two where RFC 5545, 3.3.5 means the first.
    """
    if not isinstance(event.when, Fixed) or not isinstance(event.when.start, datetime):
        return []
    end = event.when.end
    if end is None and assumed:
        end = _end_after(event.when.start, assumed)
    times = [time for time in (event.when.start, end) if isinstance(time, datetime)]
    if event.repeat is None and any(map(_comes_twice, times)):
        return [time.astimezone(UTC) for time in times]
    # A series cannot tell the second of two equal times by its own clocks.
    return times[:1] if times[-1].fold and _comes_twice(times[-1]) else times


def _end_after(start: datetime, length: NominalDuration) -> Moment | None:
    """The end of what lasts that long; None where that is after the year 9999."""
    try:
        return length.after(start)
    except OverflowError:
        return None


def _comes_twice(time: datetime) -> bool:
    """Whether the clocks show that time twice, since they are put back over it."""
    first, second = time.replace(fold=0).utcoffset(), time.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def _rule(event: Event, rule: Rule, when: Fixed) -> str:
    """A RECUR value (3.3.10) with the days and months that follow from the start, as some readers take others. UNTIL is
    of DTSTART's type, or the instant of the last occurrence where that is local: the second one of an hour that comes
    twice, since some readers take that for the last occurrence.
    """
    rule = make_explicit(rule, when.days[0])
    if rule.until is None:
        return format_rule(rule, until=None)
    last = last_start(event, when)
    if isinstance(last, datetime):
        if _comes_twice(last):
            last = last.replace(fold=1)
        return format_rule(rule, until=_until(last))
    return format_rule(rule, until=format_day(rule.until))


def _until(last: datetime) -> str:
    """The last start as UNTIL has it; one after the year 9999 in UTC, of which nothing tells, as the end of that."""
    try:
        return format_utc(last) if last.tzinfo else format_local(last)
    except OverflowError:
        return format_utc(datetime.max.replace(tzinfo=UTC))


def _texts(event: Event, words: Wording) -> Iterator[ContentLine]:
    if description := PARAGRAPH.join(write_paragraphs(event, words)):
        yield text_line("DESCRIPTION", description)
    if location := write_location(event):
        yield text_line("LOCATION", location)
    if event.venue and event.venue.latitude is not None and event.venue.longitude is not None:
        # With z, a small negative number is 0.000000, and not -0.000000.
        yield raw_line("GEO", f"{event.venue.latitude:z.6f};{event.venue.longitude:z.6f}")
    if event.url and is_link(event.url):
        yield raw_line("URL", escape_uri(event.url))
    if event.topics:
        yield texts_line("CATEGORIES", [topic.name for topic in event.topics])
    # No ORGANIZER: it is for scheduling alone (3.8.4.3), and Google and Nextcloud take such an event for an invitation.
    for organizer in event.organizers:
        yield text_line("CONTACT", organizer.name)


def _alarms(event: Event, alarms: Sequence[Alarm], summary: str) -> Iterator[Container]:
    for alarm in dict.fromkeys(alarms):
        if has_alarm(event, for_days=alarm.for_days):
            yield alarm_component(alarm, summary)


def has_alarm(event: Event, *, for_days: bool) -> bool:
    """Whether an event has the alarms for days, or else those for times: not where its date is not fixed, or where it
    is cancelled.
    """
    return isinstance(event.when, Fixed) and event.when.all_day == for_days and event.status is not Status.CANCELLED
