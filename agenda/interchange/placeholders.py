"""Words that hold a place in a cell until what belongs there is known, such as TBD."""

import re
from functools import lru_cache

from agenda.interchange.headings import find_meaning
from agenda.text.folding import fold

_MAX_CHARACTERS = 60
_SIGNS = " ()[]?.-_/*"
"""What may stand around such a word, or alone for one, folded."""
_BETWEEN = re.compile(r"[,;&+\n]| / ")
_YET_TO_BE = re.compile(
    r"\b(?:t\.?b\.?[acd]"
    r"|to be (?:announced|confirmed|decided|defined|determined|advised|arranged|assigned|scheduled)"
    r"|da (?:annunciar|assegnar|comunicar|confermar|decider|definir|determinar|fissar|individuar|precisar|stabilir)"
    r"(?:e|si)"
    r"|n ?[./] ?[adn])$"
)
_UNKNOWN = re.compile(
    r"n[dn]|not (?:yet )?(?:available|known)|unknown|non (?:ancora )?(?:definit[oa]|disponibile|not[oa])"
    r"|in (?:via di )?definizione|未定|未確定|調整中|後日発表"
)


def is_placeholder(text: str) -> bool:
    """Whether a cell says, in English, Italian or Japanese, that what belongs there is not known: `TBD`, `?`, `N.N.`,
    `TBA / TBA`, or such a word after one of headings, `Speaker da definire`.
    """
    return len(text) <= _MAX_CHARACTERS and _are_placeholders(text)


@lru_cache(maxsize=4096)  # most cells of a column are like others
def _are_placeholders(text: str) -> bool:
    return all(map(_holds_place, _BETWEEN.split(text)))


def _holds_place(part: str) -> bool:
    words = fold(part).strip(_SIGNS)
    if not words or _UNKNOWN.fullmatch(words):
        return True
    match = _YET_TO_BE.search(words)
    if match is None:
        return False
    noun = words[: match.start()].strip(f"{_SIGNS}:")
    return not noun or find_meaning(noun) is not None
