"""`agenda new`: a file to start an agenda of one's own from."""

import os
from pathlib import Path
from secrets import token_hex
from shlex import quote
from typing import Annotated

from msgspec.structs import replace
from typer import Argument, Option

from agenda.agendafile.starter import UNTITLED_AGENDA, write_starter
from agenda.agendafile.zones import machine_zone
from agenda.cli import output, saving
from agenda.cli.inputs import current_time
from agenda.cli.options import MessageOptions, force_option, with_options, zone_option
from agenda.cli.parse import parse_zone_option
from agenda.errors import UsageError
from agenda.files import encode_typed
from agenda.text.safe import make_visible

EXAMPLES = (
    ("agenda new tour.toml --tz Europe/Rome", "a file to start from, valid as it stands"),
    ('agenda new tour.toml --title "Spring tour" --tz Europe/Paris --force', "the same, with its name and time zone"),
)

_CONTENT_PANEL = "What is in the file"
_UTC = {"UTC", "Etc/UTC"}
_RANDOM_BYTES = 4
"""They are written as twice as many digits: enough that no two agendas of the world are likely to share them."""


@with_options(MessageOptions)
def command(
    options: MessageOptions,
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The file to make, or - for standard output.", rich_help_panel=_CONTENT_PANEL),
    ],
    title: Annotated[
        str | None,
        Option("--title", metavar="TEXT", help="What the agenda is called.", rich_help_panel=_CONTENT_PANEL),
    ] = None,
    timezone: Annotated[
        str | None,
        zone_option("Its time zone, as in Europe/Rome; without it, that of this machine.", _CONTENT_PANEL),
    ] = None,
    force: Annotated[bool, force_option("Overwrite an existing file.", _CONTENT_PANEL)] = False,
) -> None:
    """Make a commented file to start an agenda of your own from.

    It is a small agenda, valid as it stands, whose comments say what to put in the place of its events.
    """
    if file and not file.strip():
        raise UsageError("the name of the file is blank; name one, or - for standard output")
    if title is not None and not title.strip():
        raise UsageError("--title is empty; give it some text")
    encode_typed(title or "")  # refuses what is no text
    home = parse_zone_option(timezone) or machine_zone(os.environ.get("TZ"))
    lines = write_starter(title or _make_title(file), home.key, current_time(home), token_hex(_RANDOM_BYTES))
    saving.save(file, lines, None if force else lambda _: "would be lost")
    if timezone is None and home.key in _UTC:
        output.remark(replace(options, verbose=True), "the time zone is UTC; --tz names another")
    if file != output.STDOUT:
        typed = make_visible(quote(file))
        output.remark(
            options, f"wrote {typed}; edit it, then try `agenda check {typed}` and `agenda list --data {typed}`"
        )


def _make_title(file: str) -> str:
    """The name of the file, as a title; where it has bytes that are no text, what an agenda is called without one."""
    try:
        words = Path(file).stem.encode().decode().replace("-", " ").replace("_", " ").strip()
    except UnicodeEncodeError:
        return UNTITLED_AGENDA
    return words[:1].upper() + words[1:] or UNTITLED_AGENDA
