"""Names as they are compared: without case, accents and whatever else people do not mean by them."""

import re
import unicodedata
from collections.abc import Mapping

_ACCENTS: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
"""Latin accents alone, to be removed: other combining marks carry meaning, such as the one that tells が from か."""
_PLAIN_SIGNS = {
    ord(sign): plain
    for plain, signs in (
        ("'", "`\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd"),  # also primes, and letters that look like them
        ('"', "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"),
        ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
    )
    for sign in signs
}
"""The forms of apostrophes, quotation marks and hyphens, dashes and minus signs, and what stands for each in ASCII."""
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŧ": "t"}
)
"""Latin letters that Unicode does not take for others with an accent, and how they are typed without them; casefolding
makes ss of ß.
"""
_ACUTE = " \u0301"
"""An acute accent that stands alone, which is typed for an apostrophe, decomposed."""
_MIN_MARKS = 64
_MARKS = rf"(?:[^\w\s]|[\uFF9E\uFF9F]){{{_MIN_MARKS},}}"
"""Where one character may have so many combining ones that putting them in order takes minutes."""
_MAX_TURNED_WORDS = 8
"""Words of a name that is looked for in other orders."""


def fold(text: str) -> str:
    """The form of `text` by which typed names are compared: without case, Latin accents and strokes (ø is o),
    differences of width and of spaces, and of the form of apostrophes, quotation marks and hyphens.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    signs = _decompose(text).replace(_ACUTE, "'")
    return _compose(plain_letters(_translate(signs, _PLAIN_SIGNS)))


def plain_letters(folded: str) -> str:
    """Folded text with ASCII letters for Latin ones with strokes and ligatures: `soren` of `søren`."""
    return _translate(folded, _PLAIN_LETTERS)


def fold_letters(text: str) -> str:
    """What the names of a file are told apart by: as `fold`, but signs of different forms are different."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _compose(_decompose(text))


def name_orders(folded: str) -> tuple[str, ...]:
    """A folded name as it is, and in each other order in which its words may begin, without commas: family names and
    given names, of a word or of several, stand in either order.
    """
    words = [word for word in (word.strip(",") for word in folded.split()) if word]
    if len(words) > _MAX_TURNED_WORDS:
        return (folded,)
    turned = (" ".join((*words[place:], *words[:place])) for place in range(len(words)))
    return tuple(dict.fromkeys((folded, *turned)))


def _decompose(text: str) -> str:
    if len(text) >= _MIN_MARKS:
        text = re.sub(_MARKS, _without_marks, text)
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _compose(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _translate(text, _ACCENTS)).split())


def _translate(text: str, table: Mapping[int, str | None]) -> str:
    """The text as `str.translate` has it, which looks up each character of a long one and so takes ten times as long.
    What the table puts in the place of a character must be none of those that it replaces.
    """
    for char in set(text):
        if (code := ord(char)) in table:
            text = text.replace(char, table[code] or "")
    return text


def _without_marks(run: re.Match[str]) -> str:
    return "".join(char for char in run[0] if not unicodedata.combining(unicodedata.normalize("NFKD", char)[0]))


def hyphenate(text: str) -> str:
    """The words of `text` in small Latin letters and digits, with hyphens in the place of all else: `-tour-2026-` of
    `(Tour 2026)`.
    """
    return re.sub("[^a-z0-9]+", "-", fold(text))
