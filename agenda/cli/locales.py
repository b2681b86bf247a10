"""The language that `--lang` asks for."""

import re

from agenda.errors import UsageError
from agenda.text import quote

_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_NO_LOCALES = ("C", "POSIX")
"""What environments say where no language is chosen."""


def parse_language(typed: str | None) -> str | None:
    """The tag of BCP 47 that was typed, or that a locale of an environment has: `it-IT` of `it_IT.UTF-8`. None where
    nothing was asked for. Raises UsageError where it is no such tag.
    """
    tag = re.split("[.@]", (typed or "").strip())[0].replace("_", "-")
    if not tag or tag in _NO_LOCALES:
        return None
    if not _TAG.fullmatch(tag):
        raise UsageError(f"--lang: {quote(typed or '')} is no language; write a tag such as it, ja or pt-BR")
    return tag
