"""Articles whose form depends on the number after them: in Italian, `fino al {day}` becomes `fino all’8 ott`.

A translator writes the usual form, and the rule of the language, which is here, makes the other one of it.
"""

import re
from collections.abc import Mapping

_ITALIAN = re.compile(r"\b(il|al|dal|del|nel|sul) \{(\w+)\}")
_ITALIAN_VOWEL = re.compile(r"8|11(?!\d)")
"""Numbers that begin with a vowel as they are spoken: otto, ottanta, undici."""


def fit_articles(message: str, values: Mapping[str, object], language: str) -> str:
    """The translated message with the articles before the places in braces as the language has them before these
    values, e.g. `fino all’{day}` where the day is `8 ott`. Languages without a rule have the message as it is.
    """
    if language != "it":
        return message

    def elide(written: re.Match[str]) -> str:
        article, place = written.groups()
        if not _ITALIAN_VOWEL.match(str(values.get(place, ""))):
            return written[0]
        return f"{'l' if article == 'il' else f'{article}l'}’{{{place}}}"

    return _ITALIAN.sub(elide, message)
