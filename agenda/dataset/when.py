"""When an event is: from `start`, `end` and `between` to the model, and what is wrong with them."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from zoneinfo import ZoneInfo

from agenda.dataset import shape
from agenda.dataset.fault import Fault, Path
from agenda.dataset.zones import in_zone
from agenda.model import TBA, Between, Fixed, Moment, When


def when_of(event: shape.Event, zones: AbstractSet[ZoneInfo | None], path: Path, faults: list[Fault]) -> When:
    """When the event is, `zones` being those of its cities; none, where they have faults of their own, so that local
    times cannot be checked. Faults are added to `faults`.
    """
    if event.between is not None:
        return _between(event, event.between, path, faults)
    if event.start is None:
        if event.end is not None:
            message = "end without start; add the start, or write between = [first, last]"
            faults.append(Fault((*path, "end"), message, at_key=True))
        return TBA
    start = _moment(event.start, zones, (*path, "start"), faults)
    if event.end is None or start is None:
        return TBA if start is None else Fixed(start)
    end = _moment(event.end, zones, (*path, "end"), faults)
    if end is None:
        return TBA
    wrong = _contradiction(event.start.value, event.end.value) or _order(start, end)
    if wrong:
        faults.append(Fault((*path, "end"), wrong))
    return Fixed(start, end)


def _between(event: shape.Event, between: shape.Span, path: Path, faults: list[Fault]) -> When:
    for key, value in (("start", event.start), ("end", event.end)):
        if value is not None:
            faults.append(Fault((*path, key), f"{key} beside between; keep the one that is known", at_key=True))
    first, last = between
    if first >= last:
        message = f"between {first} and {last} is no span; the second day must come after the first"
        if first == last:
            message += f", or write start = {first}"
        faults.append(Fault((*path, "between"), message))
    return Between(first, last)


def _moment(
    moment: shape.Moment, zones: AbstractSet[ZoneInfo | None], path: Path, faults: list[Fault]
) -> Moment | None:
    """The day, or the time in its zone; None, and a fault, where there is no such time."""
    given = moment.value
    if not isinstance(given, datetime):
        return given
    if given.tzinfo is None and len(zones) > 1:
        message = "a local time, but its cities are in different time zones; add the offset"
        offset = given.replace(tzinfo=min(filter(None, zones), key=str)).isoformat()[len(given.isoformat()) :]
        faults.append(Fault(path, f"{given.isoformat()} is {message}, such as {given.isoformat()}{offset}"))
        return None
    try:
        # Of several zones any will do: the time has its own offset.
        return in_zone(given, next(iter(zones), None))
    except ValueError as error:
        faults.append(Fault(path, str(error)))
        return None


def _contradiction(start: Moment, end: Moment) -> str | None:
    """What is wrong with a start and an end, as they were written, that are not of one kind."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        if isinstance(start, datetime):
            return "start is a time, but end a day; make both times, or both days"
        return "start is a day, but end a time; make both days, or both times" if isinstance(end, datetime) else None
    if (start.tzinfo is None) != (end.tzinfo is None):
        return f"only {'end' if end.tzinfo else 'start'} has an offset; give it to both, or to neither"
    return None


def _order(start: Moment, end: Moment) -> str | None:
    """What is wrong with an end that does not come after its start."""
    if isinstance(start, datetime):
        return None if end > start else f"end is not after start, {start.isoformat()}; leave it out if it is not known"
    return None if end >= start else f"end is before start, {start.isoformat()}; of days, it is the last one"
