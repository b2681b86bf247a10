"""What a command reads before it answers: the agenda, ids on standard input, and the clock."""

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agenda.agendafile.load import load
from agenda.cli.locales import check_language, parse_language
from agenda.cli.options import ChoiceOptions, SelectionOptions
from agenda.cli.progress import reading_spinner
from agenda.errors import UsageError
from agenda.files import STDIN, read_stdin
from agenda.formats import Data, Format
from agenda.model import Agenda
from agenda.text.safe import quote
from agenda.typed_days.present import now

if TYPE_CHECKING:
    from agenda.wording.english import Wording

CACHE_VARIABLE = "AGENDA_CACHE"
"""The environment variable that turns off the cache of files."""


def read_agenda(options: SelectionOptions) -> Agenda:
    """The agenda that `--data` names, in the language that `--lang` does.

    Raises UsageError where there is no such language, FileError where the agenda cannot be read, and DataError where it
    holds mistakes.
    """
    language = parse_language(options.language)
    with reading_spinner(options):
        agenda = load(*options.data or (), language=language, cache=_cache_folder())
    check_language(language, agenda.languages)
    return agenda


def read_agenda_for_ids(options: ChoiceOptions) -> Agenda:
    """The same for a command that takes ids; raises UsageError where both are to come from standard input."""
    if STDIN in (options.data or ()) and STDIN in map(str.strip, options.words or ()):
        raise UsageError("- stands for both ids and data; standard input can be only one of them")
    return read_agenda(options)


def _cache_folder() -> Path | None:
    """Where files are kept: the folder that the user, or else the system, has for caches; None where it has none,
    and where `$AGENDA_CACHE` is `off`. Raises UsageError where that is something else.
    """
    switch = os.environ.get(CACHE_VARIABLE)
    if switch not in (None, "", "off"):
        raise UsageError(f"{CACHE_VARIABLE} is {quote(switch or '')}; it can be off, or not set")
    usual = {"win32": "%LOCALAPPDATA%", "darwin": "~/Library/Caches"}.get(sys.platform, "~/.cache")
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser(os.path.expandvars(usual))  # noqa: PTH111 - it raises nothing
    return Path(base, "agenda") if os.path.isabs(base) and not switch else None  # noqa: PTH117


def choose_wording(options: SelectionOptions, agenda: Agenda) -> "Wording":
    """The wording of the language that `--lang` asks for, else of that of the agenda's texts, else English."""
    from agenda.wording.choice import make_wording  # what goes to programs does without

    return make_wording(parse_language(options.language) or agenda.language)


def data_in_words(data: Data, format: Format, options: SelectionOptions, agenda: Agenda) -> Data:
    """The data as a format is to write it: Markdown is for people, and so in the words of their language."""
    if format is not Format.MARKDOWN:
        return data
    from agenda.formats.worded import word_rows  # what goes to programs does without

    return word_rows(data, choose_wording(options, agenda))


def read_ids(typed: Sequence[str]) -> list[str]:
    """The ids that were typed, and in the place of `-` the first field of each line of standard input, after them."""
    typed = [id_.strip() for id_ in typed]
    if STDIN not in typed:
        return typed
    lines = read_stdin().decode("utf-8-sig", errors="replace").splitlines()
    piped = [line.partition("\t")[0].strip() for line in lines]
    return [id_ for id_ in typed if id_ != STDIN] + [id_ for id_ in piped if id_]


def current_time(home: ZoneInfo | None, timezone: ZoneInfo | None = None) -> datetime:
    """The time that it is, by `$AGENDA_NOW` or the system's clock, told in `timezone`, or else in `home`, which is the
    agenda's zone. An `$AGENDA_NOW` without an offset is a time of `home`. Raises UsageError where it is no time.
    """
    return now(os.environ.get("AGENDA_NOW"), home, timezone)
