"""The wording of whichever language is asked for."""

from functools import lru_cache

from agenda.wording.english import ENGLISH, Wording

_MAX_KEPT = 16
"""Wordings that are kept: a calendar may name any number."""


@lru_cache(_MAX_KEPT)
def make_wording(language: str | None) -> Wording:
    """The wording of the language of that tag (BCP 47), else of the longest start of it that CLDR has, as `it` of
    `it-XX`; English for None, and where CLDR has none.
    """
    parts = (language or "en").split("-")
    if parts[0].lower() == ENGLISH.language:
        return ENGLISH
    from babel import Locale, UnknownLocaleError

    from agenda.wording.cldr import load_wording

    while parts:
        try:
            return load_wording(Locale.parse("-".join(parts), sep="-"), "-".join(parts))
        except (UnknownLocaleError, ValueError):
            parts = parts[:-1]
    return ENGLISH
