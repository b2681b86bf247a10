"""What is no mistake in a valid file, but looks like one."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from agenda.dataset.fault import Fault, Path
from agenda.dataset.twins import twins
from agenda.dataset.vocabulary import NOUNS
from agenda.model import Agenda, Event, Fixed, Status, ToBeAnnounced
from agenda.recurrence.cycles import cycle_of, is_cyclic
from agenda.recurrence.occurrences import is_endless, shifted

_YEAR = 365
_LEAP_YEAR = 366
_FEWEST = 3
"""Events with a date, without which none is far from the others."""


def warnings(agenda: Agenda, tables: dict[str, Any], now: datetime) -> Iterator[Fault]:
    """What looks like a mistake in an agenda, which was read from these tables; in no order."""
    yield from twins(agenda)
    yield from _unused(agenda, tables)
    yield from _to_come(agenda, now)
    yield from _unnoticed(agenda)
    yield from _far(agenda)


def _unused(agenda: Agenda, tables: dict[str, Any]) -> Iterator[Fault]:
    """Names that the file declares, and that no event uses, by itself or by its venue; none where no event is yet."""
    if not agenda.events:
        return
    used: dict[str, set[str]] = {key: set() for key in NOUNS}
    for event in agenda.events:
        used["cities"].update(city.name for city in event.cities)
        used["venues"].update(venue.id for venue in [event.venue] if venue)
        used["people"].update(person.name for person in event.people)
        used["organizers"].update(organizer.name for organizer in event.organizers)
        used["topics"].update(topic.name for topic in event.topics)
        used["kinds"].update(kind.name for kind in [event.kind] if kind)
        used["sources"].update(source.id for source in event.sources)
    for key, noun in NOUNS.items():
        for name in tables.get(key, {}):
            if name not in used[key]:
                yield Fault(
                    (key, name), f"no event uses this {noun}; leave it out, or name it in an event", at_key=True
                )


def _to_come(agenda: Agenda, now: datetime) -> Iterator[Fault]:
    """Revisions that are said to have been in the future."""
    revised: list[tuple[Path, datetime | None]] = [(("agenda", "revised"), agenda.revised)]
    revised += [(("events", index, "revised"), event.revised) for index, event in enumerate(agenda.events)]
    for path, time in revised:
        if time and time > now:
            yield Fault(path, "revised is a time that is still to come; write when the last change was made")


def _unnoticed(agenda: Agenda) -> Iterator[Fault]:
    """Events that apps know, as they know none without a date, that are cancelled, and that do not say since when. One
    that does is never older for apps than the agenda.
    """
    for index, event in enumerate(agenda.events):
        is_known = bool(agenda.namespace or event.uid)
        is_exported = is_known and not isinstance(event.when, ToBeAnnounced)
        if event.status is Status.CANCELLED and is_exported and event.revised is None:
            message = "cancelled, but its revised did not change; add to it a line revised = the time of that change"
            yield Fault(("events", index, "status"), f"{message}, so that calendar apps notice")


def _far(agenda: Agenda) -> Iterator[Fault]:
    """Events more than a year away from all others, unless most of them are: a programme of one event each year. A
    series without an end is near to all, and counts for none.
    """
    dated = sorted(
        (event.when.days[0], _last(event), index)
        for index, event in enumerate(agenda.events)
        if not isinstance(event.when, ToBeAnnounced) and not is_endless(event)
    )
    if len(dated) < _FEWEST:
        return
    far = []
    before = date.min  # the last day of all before it
    for place, (first, last, index) in enumerate(dated):
        is_after = place == 0 or (first - before).days > _YEAR
        is_before = place + 1 == len(dated) or (dated[place + 1][0] - max(last, before)).days > _YEAR
        if is_after and is_before:
            far.append((first, index))
        before = max(before, last)
    if len(far) * 2 <= len(dated):
        for day, index in far:
            key = "start" if isinstance(agenda.events[index].when, Fixed) else "between"
            message = f"{day} is more than a year away from every other event; mend the year, if it is a slip"
            yield Fault(("events", index, key), message)


def _last(event: Event) -> date:
    """The last day that the event touches, or may touch; of a series with COUNT, one that is no earlier."""
    if isinstance(event.when, ToBeAnnounced):
        return date.max
    first, last = event.when.days
    rule = event.repeat
    if rule is None or rule.until or rule.count is None:
        return rule.until if rule and rule.until else last
    if is_cyclic(rule):
        return shifted(last, (cycle_of(rule, first).nth(rule.count - 1) - first).days)
    return shifted(last, rule.count * rule.interval * _LEAP_YEAR)
