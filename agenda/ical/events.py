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
    moments_line,
    raw_line,
    text_line,
    texts_line,
)
from agenda.ical.texts import PARAGRAPH, write_location, write_paragraphs, write_status, write_summary
from agenda.ical.x_agenda import X_AGENDA_BETWEEN, X_AGENDA_EVENT, write_facts
from agenda.model import Agenda, Between, Event, Fixed, Rule, Status
from agenda.recurrence.expand import last_start, on_day
from agenda.recurrence.rrule import format_rule
from agenda.text import is_link, quote

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""DTSTAMP of an event whose revision is not known: a constant, so that every run writes the same."""
_FIRST_REVISION = datetime(2000, 1, 1, tzinfo=UTC)
"""The time at which SEQUENCE is 0."""

_BEFORE = re.compile(r"([0-9]{1,4})([mhdw])")
_AT = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?:-([0-9]{1,3})d)?")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Alarm(Struct, frozen=True):
    """An alarm at an `offset` from the start of an event, negative for before it.

    `for_days` says that it is for events of whole days, whose start is midnight; the others are for times.
    """

    offset: timedelta
    for_days: bool


def parse_alarm(typed: str) -> Alarm:
    """The alarm that was typed: `30m`, `2h`, `1d` or `1w` before a time, or `18:00-1d`, at 18:00 on the day before a
    day.

    Raises UsageError for text of neither form.
    """
    if match := _BEFORE.fullmatch(typed.strip()):
        return Alarm(-timedelta(**{_UNITS[match[2]]: int(match[1])}), for_days=False)
    if match := _AT.fullmatch(typed.strip()):
        offset = timedelta(hours=int(match[1]), minutes=int(match[2])) - timedelta(int(match[3] or 0))
        return Alarm(offset, for_days=True)
    raise UsageError(
        f"--alarm: {quote(typed)} is no alarm; write 30m, 2h, 1d or 1w for that long before a time, or 18:00-1d for"
        " 18:00 on the day before a day"
    )


def parse_length(typed: str) -> timedelta:
    """The length of time that was typed, e.g. `90m`, `1h` or `1d`.

    Raises UsageError for any other text, and for a length of 0.
    """
    match = _BEFORE.fullmatch(typed.strip())
    length = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else timedelta(0)
    if not length:
        raise UsageError(f"--assume-duration: {quote(typed)} is no length of time; write one such as 90m, 1h or 1d")
    return length


def alarm_component(alarm: Alarm, summary: str) -> Container:
    """A VALARM (3.6.6) for an event of that summary."""
    return Container(
        "VALARM",
        raw_line("ACTION", "DISPLAY"),
        text_line("DESCRIPTION", summary),
        raw_line("TRIGGER", format_duration(alarm.offset)),
    )


def format_duration(length: timedelta) -> str:
    """A DURATION (3.3.6) in weeks or days where it is a whole number of them, else in hours, minutes and seconds."""
    sign = "-" if length < timedelta(0) else ""
    days, rest = divmod(int(abs(length).total_seconds()), 86_400)
    if days and not rest:
        return f"{sign}P{days // 7}W" if days % 7 == 0 else f"{sign}P{days}D"
    hours, minutes, seconds = rest // 3600 + days * 24, rest // 60 % 60, rest % 60
    if not hours and not minutes:
        return f"{sign}PT{seconds}S"
    hours_minutes = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or seconds else "")
    return f"{sign}PT{hours_minutes}" + (f"{seconds}S" if seconds else "")


class ExportSettings(Struct, frozen=True, kw_only=True):
    """How events are written: with which alarms, and with which `assumed` length where a time has no end; None writes
    a length of 0.
    """

    alarms: tuple[Alarm, ...] = ()
    assumed: timedelta | None = None


def event_component(agenda: Agenda, event: Event, settings: ExportSettings) -> Container:
    """The VEVENT of an event whose date is fixed or lies between two days.

    Raises AgendaError where neither the agenda has a `namespace` nor the event a `uid`.
    """
    summary = write_summary(event)
    busy = _is_busy(event)
    return Container(
        "VEVENT",
        text_line("UID", event_uid(agenda, event)),
        *_revision(agenda, event),
        *_when(event, settings.assumed),
        text_line("SUMMARY", summary),
        *_texts(event),
        raw_line("STATUS", write_status(event)),
        raw_line("TRANSP", "OPAQUE" if busy else "TRANSPARENT"),
        raw_line("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY" if busy else "FREE"),
        text_line(X_AGENDA_EVENT, write_facts(agenda, event)),
        *_alarms(event, settings.alarms, summary),
    )


def event_uid(agenda: Agenda, event: Event) -> str:
    """The UID (3.8.4.7): the event's own, else its id in the agenda's `namespace`, e.g. `gala@my-agenda.example`.

    Raises AgendaError where there is neither.
    """
    if event.uid:
        return event.uid
    if agenda.namespace:
        return f"{event.id}@{agenda.namespace}"
    raise AgendaError(
        "this agenda has no namespace, by which calendar apps would know its events; add under [agenda] a line such"
        ' as namespace = "my-agenda.example", and never change it again'
    )


def last_revised(agenda: Agenda, event: Event) -> datetime | None:
    """The later of the times when the event and the whole agenda were revised; None where neither is known."""
    return max(filter(None, (agenda.revised, event.revised)), default=None)


def _revision(agenda: Agenda, event: Event) -> Iterator[ContentLine]:
    """DTSTAMP (3.8.7.2), and the properties by which apps notice that an event has changed.

    SEQUENCE (3.8.7.4) is the minutes since 2000: no counter to keep, and it rises with every revision.
    """
    time = last_revised(agenda, event)
    yield raw_line("DTSTAMP", format_utc(time or _NEVER))
    if time:
        yield raw_line("LAST-MODIFIED", format_utc(time))
        yield raw_line("SEQUENCE", str(max(0, int((time - _FIRST_REVISION).total_seconds()) // 60)))


def _when(event: Event, assumed: timedelta | None) -> Iterator[ContentLine]:
    match event.when:
        case Fixed(start=datetime() as start, end=end):
            yield moment_line("DTSTART", start)
            # Never DTEND equal to DTSTART: 3.8.2.2 wants it later.
            yield moment_line("DTEND", end) if end else raw_line("DURATION", format_duration(assumed or timedelta(0)))
        case Fixed() | Between() as when:
            first, last = when.days
            yield moment_line("DTSTART", first)
            if last < date.max:
                yield moment_line("DTEND", last + timedelta(1))
    if isinstance(event.when, Fixed) and event.repeat:
        yield raw_line("RRULE", _rule(event, event.repeat, event.when))
        if event.exceptions:
            first_time = event.when.start
            yield moments_line("EXDATE", [on_day(exception, first_time) for exception in event.exceptions])
    if isinstance(event.when, Between):
        yield raw_line(X_AGENDA_BETWEEN, f"{event.when.first}/{event.when.last}")


def _rule(event: Event, rule: Rule, when: Fixed) -> str:
    """A RECUR value (3.3.10). UNTIL is of DTSTART's type, or the instant of the last occurrence where that is local."""
    if rule.until is None:
        return format_rule(rule, until=None)
    last = last_start(event, when)
    if isinstance(last, datetime):
        return format_rule(rule, until=format_utc(last) if last.tzinfo else format_local(last))
    return format_rule(rule, until=format_day(rule.until))


def _is_busy(event: Event) -> bool:
    """Whether an event takes up its time (3.8.2.7): only a confirmed one at a fixed time of day does."""
    return isinstance(event.when, Fixed) and not event.when.all_day and event.status is Status.CONFIRMED


def _texts(event: Event) -> Iterator[ContentLine]:
    if description := PARAGRAPH.join(write_paragraphs(event)):
        yield text_line("DESCRIPTION", description)
    if location := write_location(event):
        yield text_line("LOCATION", location)
    if event.venue and event.venue.latitude is not None and event.venue.longitude is not None:
        # Adding zero turns the -0.0 to which a small negative number is rounded into 0.0.
        north, east = (round(number, 6) + 0.0 for number in (event.venue.latitude, event.venue.longitude))
        yield raw_line("GEO", f"{north:.6f};{east:.6f}")
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
