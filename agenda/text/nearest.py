"""Which names one that nobody has may have been meant for."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from agenda.text.folding import fold, name_orders
from agenda.text.safe import quote
from agenda.text.sentences import join_words

MIN_LIKENESS = 0.72
"""How much alike the spellings of two names are, of at most 1, where one may be meant for the other."""
_MIN_LIKENESS_OF_KNOWN = 0.6
"""The same where what was typed has to be one of the known names."""
_MAX_COMPARED_CHARACTERS = 200
"""Characters of a name for which others like it are looked for: that takes their square."""
_MAX_SUGGESTIONS = 3
_MIN_PART_CHARACTERS = 3
"""Characters that may be meant as a part of a name."""


def find_nearest(wanted: str, names: Iterable[str]) -> list[str]:
    """Up to three of `names` that `wanted` may have been meant for, the likeliest first. A name that differs only in
    case, accents or the order of its words comes alone; else names that contain `wanted` come before names that are
    spelt much like it.
    """
    if len(wanted) > _MAX_COMPARED_CHARACTERS:
        return []
    by_fold = {fold(name): name for name in reversed(list(names)) if len(name) <= _MAX_COMPARED_CHARACTERS}
    folded = fold(wanted)
    same = [by_fold[order] for order in name_orders(folded) if order in by_fold]
    if same:
        return same[:1]
    near = get_close_matches(folded, by_fold, n=_MAX_SUGGESTIONS, cutoff=_MIN_LIKENESS_OF_KNOWN)
    if len(folded) >= _MIN_PART_CHARACTERS:
        near = [name for name in by_fold if folded in name] + near
    return [by_fold[name] for name in dict.fromkeys(near)][:_MAX_SUGGESTIONS]


def suggest(wanted: str, names: Mapping[str, str], otherwise: str) -> str:
    """A question for a message, which names what `wanted` may have been meant for, or `otherwise` if nothing is near.
    `names` has what can be meant: each name that may be typed, and the name to show for it.
    """
    near = dict.fromkeys(names[called] for called in find_nearest(wanted, names))
    near.pop(wanted, None)  # somebody who was told that there is no such thing learns nothing from it
    return f"did you mean {join_words(map(quote, near))}?" if near else otherwise
