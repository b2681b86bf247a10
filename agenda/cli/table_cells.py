"""The cells of a row of a table, read into what the keys of its event are to hold."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from agenda.agendafile.known_names import in_parts
from agenda.agendafile.write import write_cities
from agenda.cli.assignments import ValueReader, start_on_its_day
from agenda.cli.event_keys import LISTS
from agenda.errors import UsageError
from agenda.interchange.sheets import Cell
from agenda.model import Between, Event
from agenda.text.folding import fold
from agenda.text.safe import one_line, quote

_TIMES = ("start", "end", "between")
_DAY_CHARACTERS = len("2026-05-01")
_NOT_FIXED = "~"
"""What `agenda list` writes before a day that is not fixed."""
_TO_BE_ANNOUNCED = "tba"
"""What `agenda list` writes for a start that is to be announced."""


def typed_text(cell: Cell) -> str:
    """A cell as text, as somebody types it: a day as 2026-05-01, a time as 2026-05-01T19:30:00 or 19:30:00."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case date() | time():
            return cell.isoformat()
        case timedelta() if timedelta() <= cell < timedelta(days=1):
            return (datetime.combine(date.min, time()) + cell).time().isoformat()
        case _:
            return str(cell)


def are_same(field: str, cell: Cell, shown: str) -> bool:
    """Whether a cell says of a field what `agenda list` writes, `shown`; times in whatever zone they are told, and a
    time without an offset as one of the event's own clocks.
    """
    text = typed_text(cell)
    if text == shown or (field == "all_day" and fold(text) == shown):
        return True
    if field not in {"start", "end"}:
        return False
    try:
        moments = datetime.fromisoformat(text), datetime.fromisoformat(shown)
    except ValueError:
        return False
    if len(shown) == _DAY_CHARACTERS:  # of a day spreadsheets make its midnight
        return isinstance(cell, datetime) and moments[0] == moments[1]
    if len(text) == _DAY_CHARACTERS and isinstance(cell, str):  # a day that a spreadsheet has is its midnight, too
        return False
    if any(moment.tzinfo is None for moment in moments):
        return moments[0].replace(tzinfo=None) == moments[1].replace(tzinfo=None)
    return moments[0] == moments[1]


class EventCells:
    """What reads the cells of an event, whose keys in the file are `keys`; of a series, those of thousands of rows."""

    def __init__(self, reader: ValueReader, event: Event, keys: Mapping[str, Any]) -> None:
        self._reader = reader
        self._event = event
        self._keys = keys
        self._held: dict[str, dict[str, Any]] = {}

    def values(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """The values of the keys that have these texts; None for one that is taken away, as by an empty text.

        Raises UsageError where a text is not of the form of its key.
        """
        values: dict[str, Any] = {}
        for key, text in texts.items():
            if key in _TIMES:
                continue
            if not text:
                values[key] = None
            elif key in LISTS:
                names = self._split(key, text)
                _refuse_twice(key, names)
                items = [self._item(key, name) for name in names]
                values[key] = write_cities(items) if key == "city" else items
            else:
                values[key] = self._reader.read(key, text)
        return values | self._times({key: texts[key] for key in _TIMES if key in texts})

    def _item(self, key: str, name: str) -> Any:
        """An item of a list as the event has it already, be it with a role or by an alias; else a new one."""
        held = self._held_in(key).get(fold(name))
        return self._reader.read(key, name) if held is None else held

    def _held_in(self, key: str) -> Mapping[str, Any]:
        """The items of a list of the event, by the names, folded, that `agenda list` writes for them."""
        if key not in self._held:
            names: dict[str, Sequence[str]] = {
                "city": [city.name for city in self._event.cities],
                "topics": [topic.name for topic in self._event.topics],
                "organizers": [organizer.name for organizer in self._event.organizers],
                "people": [person.name for person in self._event.people],
                "sources": [source.title for source in self._event.sources],
            }
            items = self._keys.get(key, [])
            items = items if isinstance(items, list) else [items]
            of_key = names.get(key, ())
            pairs = zip(of_key, items, strict=len(of_key) == len(items))
            self._held[key] = {fold(one_line(name)): item for name, item in pairs}
        return self._held[key]

    def _split(self, key: str, text: str) -> list[str]:
        """The items of a cell: between semicolons, or between commas where there are none; a name that is known is
        whole, though it may have a few of these.
        """
        sign = ";" if ";" in text else ","
        if fold(text) in self._held_in(key):
            return [text]
        whole = self._reader.names_in_parts(key, sign) | in_parts(self._held_in(key), sign)
        lengths = sorted({len(name) for name in whole}, reverse=True)
        parts = text.split(sign)
        folded = [fold(part) for part in parts]
        items: list[str] = []
        place = 0
        while place < len(parts):
            ends = (place + length for length in lengths)
            end = next((end for end in ends if tuple(folded[place:end]) in whole), place + 1)
            items.append(sign.join(parts[place:end]).strip())
            place = end
        return [item for item in items if item]

    def _times(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """The keys that say when the event is, where a row says so anew."""
        if not texts:
            return {}
        if any(text.startswith(_NOT_FIXED) for text in texts.values()):
            return {"start": None, "end": None, "between": self._between(texts)}
        values = {key: self._moment(key, text) for key, text in texts.items()}
        if texts.get("start") == _TO_BE_ANNOUNCED:
            return {"end": None, "between": None, **values}
        if values.get("between"):
            return {"start": None, "end": None, **values}
        return {"between": None, **values} if values.get("start") else values

    def _between(self, texts: Mapping[str, str]) -> list[date]:
        """The days of `~2026-05-01` in the cells of the start and of the end, or in one of them."""
        when = self._event.when
        days: list[date | None] = list(when.days) if isinstance(when, Between) else [None, None]
        for place, key in enumerate(("start", "end")):
            if key in texts:
                text = texts[key]
                days[place] = self._reader.read("except", text[1:]) if text.startswith(_NOT_FIXED) else None
        if None in days:
            raise UsageError("a day that is not fixed has ~ in start and in end, as ~2026-05-01 and ~2026-05-03")
        return [day for day in days if day]

    def _moment(self, key: str, text: str) -> Any:
        """A day, a time or two days, by the clocks that the file tells the event by; None for none."""
        if not text or text == _TO_BE_ANNOUNCED:
            return None
        value = start_on_its_day(key, self._reader.read(key, text), self._keys)
        if not isinstance(value, datetime) or value.tzinfo is None:
            return value
        own, start = self._keys.get(key), self._keys.get("start")
        zone: tzinfo | None = own.tzinfo if isinstance(own, datetime) else None
        if zone is not None:
            return value
        if isinstance(start, datetime) and start.tzinfo is not None:
            zone = start.tzinfo
        zone = zone or self._event.timezone
        if zone is None:
            return value
        local = value.astimezone(zone)
        if isinstance(own, time) and isinstance(start, datetime) and local.date() == start.date():
            return local.time()
        return local if zone is not self._event.timezone else local.replace(tzinfo=None)


def _refuse_twice(key: str, names: Sequence[str]) -> None:
    """Raise UsageError where a name stands twice in a cell, in any case: one that does so very often is one mistake."""
    told: set[str] = set()
    for name in names:
        folded = fold(name)
        if folded in told:
            raise UsageError(f"{key}: {quote(name)} is named twice; once is enough")
        told.add(folded)
