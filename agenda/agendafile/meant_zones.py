"""Which time zone was meant by a text that names none: a city, a country, letters such as JST, or an offset."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from agenda.model import City
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.text.sentences import join_words

_OFFSET = re.compile(r"(?:utc|gmt)? ?[+-] ?[0-9]{1,2}(?::?[0-9]{2})?")
_LETTERS = re.compile("[a-z]{2,5}")
_MAX_ZONES = 3
_YEAR = 2025
"""A year whose winter and summer time tell the letters of a zone."""
_LANGUAGES = ("en", "it", "ja")


def explain_zone(typed: str, cities: Iterable[City]) -> str:
    """What is right in the place of a text that is no time zone; empty where nothing is known of it."""
    folded = fold(typed)
    if _OFFSET.fullmatch(folded):
        return 'offsets are not taken, since clocks change; write the name of a zone such as "Asia/Tokyo"'
    known = list(cities)
    zones = _zones_of_cities(folded, known) or _zones_of_country(folded) or _zones_by_letters(folded, known)
    return f"did you mean {join_words(map(quote, zones[:_MAX_ZONES]))}?" if zones else ""


def _zones_of_cities(folded: str, cities: Iterable[City]) -> list[str]:
    zones = (
        city.timezone.key
        for city in cities
        if city.timezone and folded in (fold(spelling) for spelling in (city.name, *city.aliases))
    )
    return list(dict.fromkeys(zones))


def _zones_of_country(folded: str) -> list[str]:
    """The zones of a country, by its name in one of the languages in which days are typed."""
    from babel import Locale
    from babel.core import get_global

    zones = get_global("territory_zones")
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in zones and fold(name) == folded:
                return list(zones[code])
    return []


def _zones_by_letters(folded: str, cities: Iterable[City]) -> list[str]:
    """The zones whose clocks go by these letters: those of the agenda's cities, else those that stand for others."""
    if not _LETTERS.fullmatch(folded):
        return []
    used = dict.fromkeys(city.timezone.key for city in cities if city.timezone)
    if shown := [key for key in used if folded in _letters_of(key)]:
        return shown
    from babel.core import get_global

    usual = dict.fromkeys(sorted(set(get_global("windows_zone_mapping").values()) & available_timezones()))
    return [key for key in usual if folded in _letters_of(key)]


def _letters_of(key: str) -> Iterator[str]:
    zone = ZoneInfo(key)
    return (fold(datetime(_YEAR, month, 1, tzinfo=zone).tzname() or "") for month in (1, 7))
