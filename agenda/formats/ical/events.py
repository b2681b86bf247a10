"""VEVENT components (RFC 5545, 3.6.1)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from ics.grammar.parse import Container, ContentLine
from msgspec import Struct

from agenda.errors import AgendaError
from agenda.formats.ical.alarms import Alarm, component, duration
from agenda.formats.ical.content import day, line, local, moment, moments, text, texts, uri, utc
from agenda.formats.ical.own import NAME, own_of
from agenda.formats.ical.texts import PARAGRAPH, paragraphs, place_of, status_of, summary_of
from agenda.model import Agenda, Between, Event, Fixed, Rule, Status
from agenda.recurrence.occurrences import last_start, on_day
from agenda.recurrence.rules import WEEKDAYS
from agenda.text import is_link

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When what does not say so was revised: the same in every run."""
_FIRST_REVISION = datetime(2000, 1, 1, tzinfo=UTC)


class Choices(Struct, frozen=True, kw_only=True):
    """What can be chosen of how events are written: their alarms, and how long one without an end is said to last."""

    alarms: tuple[Alarm, ...] = ()
    assumed: timedelta | None = None


def component_of(agenda: Agenda, event: Event, choices: Choices) -> Container:
    """An event whose date is fixed or lies between two days.

    Raises AgendaError where neither the agenda has a `namespace` nor the event a `uid`: apps know it by that for ever.
    """
    summary = summary_of(event)
    busy = _is_busy(event)
    return Container(
        "VEVENT",
        text("UID", _uid(agenda, event)),
        *_revision(agenda, event),
        *_when(event, choices.assumed),
        text("SUMMARY", summary),
        *_texts(event),
        line("STATUS", status_of(event)),
        line("TRANSP", "OPAQUE" if busy else "TRANSPARENT"),
        line("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY" if busy else "FREE"),
        text(NAME, own_of(agenda, event)),
        *_alarms(event, choices.alarms, summary),
    )


def _uid(agenda: Agenda, event: Event) -> str:
    if event.uid:
        return event.uid
    if agenda.namespace:
        return f"{event.id}@{agenda.namespace}"
    raise AgendaError(
        "this agenda has no namespace, by which calendar apps would know its events; add under [agenda] a line such"
        ' as namespace = "my-agenda.example", and never change it again'
    )


def revised(agenda: Agenda, event: Event) -> datetime | None:
    """When the event was last revised, as far as the agenda says."""
    return max(filter(None, (agenda.revised, event.revised)), default=None)


def _revision(agenda: Agenda, event: Event) -> Iterator[ContentLine]:
    """DTSTAMP (3.8.7.2), and what tells apps that an event has changed.

    SEQUENCE (3.8.7.4) is the minutes since 2000: no counter to keep, and it rises with every revision.
    """
    time = revised(agenda, event)
    yield line("DTSTAMP", utc(time or _NEVER))
    if time:
        yield line("LAST-MODIFIED", utc(time))
        yield line("SEQUENCE", str(max(0, int((time - _FIRST_REVISION).total_seconds()) // 60)))


def _when(event: Event, assumed: timedelta | None) -> Iterator[ContentLine]:
    match event.when:
        case Fixed(start=datetime() as start, end=end):
            yield moment("DTSTART", start)
            # Never DTEND equal to DTSTART: 3.8.2.2 wants it later.
            yield moment("DTEND", end) if end else line("DURATION", duration(assumed or timedelta(0)))
        case Fixed() | Between() as when:
            first, last = when.days
            yield moment("DTSTART", first)
            if last < date.max:
                yield moment("DTEND", last + timedelta(1))
    if isinstance(event.when, Fixed) and event.repeat:
        yield line("RRULE", _rule(event, event.repeat, event.when))
        if event.exceptions:
            first_time = event.when.start
            yield moments("EXDATE", [on_day(exception, first_time) for exception in event.exceptions])
    if isinstance(event.when, Between):
        yield line("X-AGENDA-BETWEEN", f"{event.when.first}/{event.when.last}")


def _rule(event: Event, rule: Rule, when: Fixed) -> str:
    """A RECUR value (3.3.10). UNTIL is of DTSTART's type, or the instant of the last occurrence where that is local."""
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        last = last_start(event, when)
        if isinstance(last, datetime):
            parts.append(f"UNTIL={utc(last) if last.tzinfo else local(last)}")
        else:
            parts.append(f"UNTIL={day(rule.until)}")
    if rule.by_day:
        parts.append("BYDAY=" + ",".join(f"{by.nth or ''}{WEEKDAYS[by.weekday]}" for by in rule.by_day))
    for name, numbers in (
        ("BYMONTHDAY", rule.by_month_day),
        ("BYMONTH", rule.by_month),
        ("BYSETPOS", rule.by_set_position),
    ):
        if numbers:
            parts.append(f"{name}={','.join(map(str, numbers))}")
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    return ";".join(parts)


def _is_busy(event: Event) -> bool:
    """Whether it takes up its time (3.8.2.7): days do not, nor what may be at another time or not at all."""
    return isinstance(event.when, Fixed) and not event.when.all_day and event.status is Status.CONFIRMED


def _texts(event: Event) -> Iterator[ContentLine]:
    if described := PARAGRAPH.join(paragraphs(event)):
        yield text("DESCRIPTION", described)
    if place := place_of(event):
        yield text("LOCATION", place)
    if event.venue and event.venue.latitude is not None and event.venue.longitude is not None:
        # Adding zero takes the sign from what is rounded to zero.
        north, east = (round(number, 6) + 0.0 for number in (event.venue.latitude, event.venue.longitude))
        yield line("GEO", f"{north:.6f};{east:.6f}")
    if event.url and is_link(event.url):
        yield line("URL", uri(event.url))
    if event.topics:
        yield texts("CATEGORIES", [topic.name for topic in event.topics])
    # No ORGANIZER: it is for scheduling alone (3.8.4.3), and Google and Nextcloud take it for an invitation.
    for organizer in event.organizers:
        yield text("CONTACT", organizer.name)


def _alarms(event: Event, alarms: Sequence[Alarm], summary: str) -> Iterator[Container]:
    for alarm in dict.fromkeys(alarms):
        if has_alarm(event, for_days=alarm.for_days):
            yield component(alarm, summary)


def has_alarm(event: Event, *, for_days: bool) -> bool:
    """Whether an alarm for days, or else for times, is one for this event: not where it may not come about then."""
    return isinstance(event.when, Fixed) and event.when.all_day == for_days and event.status is not Status.CANCELLED
