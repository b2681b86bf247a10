"""The keys of a table in words: which there are, and which one may have been meant by another."""

from collections.abc import Iterable

from agenda.text import either, quoted, suggestion

_MEANT = {
    **dict.fromkeys(("date", "day", "time", "begin", "begins", "from", "dtstart"), "start"),
    **dict.fromkeys(("until", "to", "finish", "dtend", "ends"), "end"),
    **dict.fromkeys(("location", "place", "where"), "venue"),
    **dict.fromkeys(("summary", "name", "headline"), "title"),
    **dict.fromkeys(("tags", "tag", "categories", "category", "themes"), "topics"),
    **dict.fromkeys(("speakers", "speaker", "attendees", "guests", "with", "who"), "people"),
    **dict.fromkeys(("link", "website", "web", "href"), "url"),
    **dict.fromkeys(("rrule", "recurrence", "every"), "repeat"),
    **dict.fromkeys(("exdate", "skip", "exceptions"), "except"),
    **dict.fromkeys(("tz", "zone"), "timezone"),
    **dict.fromkeys(("lat",), "latitude"),
    **dict.fromkeys(("lon", "lng", "long"), "longitude"),
    **dict.fromkeys(("notes", "text", "details"), "description"),
    "type": "kind",
}
"""What people and calendars call a key by words of their own."""


def meant(key: str, keys: Iterable[str]) -> str:
    """What may have been meant by an unknown `key` of a table that may have these, or which these are."""
    known_keys = {name: name for name in keys}
    there = _MEANT.get(key.lower())
    if there in known_keys:
        return f"did you mean {quoted(there)}?"
    return suggestion(key, known_keys, known(known_keys))


def known(keys: Iterable[str]) -> str:
    """Which keys a table may have."""
    return f"the keys here are {either(keys, 'and')}"
