"""The language that `--lang` asks for, or the environment."""

import os
import re
from collections.abc import Sequence

from agenda.errors import UsageError
from agenda.text.safe import quote

LANGUAGE_VARIABLE = "AGENDA_LANG"
"""The environment variable that `--lang` has."""

_TAG = "[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
_NO_LOCALES = ("C", "POSIX")
"""What environments say where no language is chosen."""


def parse_language(typed: str | None) -> str | None:
    """The tag of BCP 47 that was typed, or that a locale of the environment means: `it-IT` for `it_IT.UTF-8`. None if
    no language was asked for. Raises UsageError for a text that is no such tag.
    """
    if typed is None:
        return None
    tag = re.split("[.@]", typed.strip())[0].replace("_", "-")
    if not tag or tag in _NO_LOCALES:
        return None
    if not re.fullmatch(_TAG, tag):
        raise _no_language(typed)
    return tag


def check_language(language: str | None, declared: Sequence[str]) -> None:
    """Raise UsageError where the language is neither one of those that an agenda declares nor any other."""
    if language is None:
        return
    from agenda.agendafile.languages import find_language

    if find_language(language, declared):
        return
    from agenda.agendafile.meant_languages import is_language  # it takes a while to import

    if not is_language(language):
        raise _no_language(language)


def _no_language(typed: str) -> UsageError:
    from agenda.agendafile.meant_languages import explain_language

    source = LANGUAGE_VARIABLE if typed == os.environ.get(LANGUAGE_VARIABLE) else "--lang"
    return UsageError(f"{source}: {quote(typed)} is no language; {explain_language(typed)}")
