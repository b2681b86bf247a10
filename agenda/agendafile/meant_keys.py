"""Which key is meant by one that a table does not have: by the words of people, of calendars and of other tools."""

from collections.abc import Collection, Iterable, Mapping

from agenda.text.nearest import suggest
from agenda.text.safe import quote
from agenda.text.sentences import join_words


def suggest_key(key: str, keys: Iterable[str]) -> str:
    """The key that an unknown `key` may have been meant for, of a table that may have `keys`; else a list of these."""
    known_keys = list(keys)
    word = key.lower()
    meant = [name for name in _MEANT.get(word, ()) if name in known_keys]
    if meant:
        return f"did you mean {join_words(map(quote, meant))}?"
    return _explain(word, known_keys) or suggest(key, {name: name for name in known_keys}, list_keys(known_keys))


def list_keys(keys: Iterable[str]) -> str:
    """Which keys a table may have."""
    return f"the keys here are {join_words(keys, 'and')}"


def _explain(word: str, known_keys: Collection[str]) -> str:
    """Where to write what a word means, if the table has no key for that alone; else empty."""
    return next((text for words, key, text in _EXPLAINED if word in words.split() and key in known_keys), "")


def _by_word(table: Mapping[str, str]) -> dict[str, list[str]]:
    meant: dict[str, list[str]] = {}
    for keys, words in table.items():
        for word in words.split():
            meant.setdefault(word, []).extend(keys.split())
    return meant


_MEANT = _by_word(
    {
        # Of the file.
        "agenda": "calendar head header meta metadata config settings conference programme program info",
        "events": "session sessions talk talks entry entries vevent activity activities",
        "kinds": "types formats",
        "organizers": "organiser organisers hosts host",
        "sources": "references refs",
        "venues cities": "locations location places place",
        "travel": "journeys distances transfers",
        # Of an event.
        "start": "date dates day when time begin begins from dtstart starts start_time start_date",
        "end": "until to finish dtend ends end_time end_date",
        "takes": "duration length lasts",
        "title name": "summary headline heading label",
        "title": "name",
        "topics": "tags tag categories category themes theme tracks track keywords subjects",
        "people": "speakers speaker attendees guests with who persons participants participant presenters presenter",
        "kind": "type format",
        "repeat": "rrule recurrence every repeats",
        "except": "exdate skip exceptions",
        "visibility": "public private internal class hidden",
        "description": "notes note text details abstract about body",
        "busy": "transp transparency free",
        # Of several tables.
        "venue city address": "location place where",
        "name role": "title",
        "role": "function job position affiliation company organisation organization bio",
        "url": "link website web href homepage page",
        "timezone": "tz zone time_zone",
        "latitude": "lat",
        "longitude": "lon lng long",
        "address": "street",
        "rooms room": "halls hall floor",
        "aliases": "aka synonyms nicknames",
        "publisher": "author newspaper",
    }
)
"""Words for a key, or for one of several. A key that the table does not have is not meant there."""

_EXPLAINED = (
    ("duration length lasts takes", "start", "write in end when it is over, as end = 11:35:00 on the day of start"),
    ("room rooms halls hall", "venues", 'rooms are of a venue: rooms = ["Sala Blu"] under its [venues.ID]'),
)
"""Words, a key that only the table concerned has, and what to write in that table in the place of these words."""
