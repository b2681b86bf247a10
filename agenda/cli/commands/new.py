"""`agenda new`: a file to start an agenda of one's own from."""

import os
from pathlib import Path
from secrets import token_hex
from shlex import quote
from typing import Annotated

from typer import Argument, Option

from agenda.agendafile.starter import write_starter
from agenda.agendafile.zones import machine_zone
from agenda.cli import output
from agenda.cli.options import MessageOptions, complete_with, with_options
from agenda.cli.parse import parse_zone_option
from agenda.dates import now
from agenda.errors import UsageError
from agenda.text import make_visible

EXAMPLES = (
    ("agenda new tour.toml --tz Europe/Rome", "a file to start from, valid as it stands"),
    ('agenda new tour.toml --title "Spring tour" --tz Europe/Paris --force', "the same, with its name and time zone"),
)

_CONTENT = "What is in the file"
_UTC = {"UTC", "Etc/UTC"}
_RANDOM = 4
"""Bytes, written as twice as many digits: enough that no two agendas of the world are likely to share them."""


@with_options(MessageOptions)
def command(
    options: MessageOptions,
    file: Annotated[
        str, Argument(metavar="FILE", help="The file to make, or - for standard output.", rich_help_panel=_CONTENT)
    ],
    title: Annotated[
        str | None,
        Option("--title", metavar="TEXT", help="What the agenda is called.", rich_help_panel=_CONTENT),
    ] = None,
    timezone: Annotated[
        str | None,
        Option(
            "--tz",
            metavar="ZONE",
            help="Its time zone, as in Europe/Rome; without it, that of this machine.",
            rich_help_panel=_CONTENT,
            autocompletion=complete_with("zones"),
        ),
    ] = None,
    force: Annotated[bool, Option("--force", help="Overwrite a file that is there.", rich_help_panel=_CONTENT)] = False,
) -> None:
    """A commented file to start an agenda of your own from.

    It is a small agenda, valid as it stands, whose comments say what to put in the place of its events.
    """
    if file and not file.strip():
        raise UsageError("the name of the file is blank; name one, or - for standard output")
    if title is not None and not title.strip():
        raise UsageError("--title is empty; give it some text")
    home = parse_zone_option(timezone) or machine_zone(os.environ.get("TZ"))
    time = now(os.environ.get("AGENDA_NOW"), home)
    lines = write_starter(title or _title_of(file), home.key, time, token_hex(_RANDOM))
    output.save(file, lines, None if force else lambda _: "would be lost")
    if timezone is None and home.key in _UTC:
        output.write_remark("the time zone is UTC; --tz names another", verbose=True, quiet=options.quiet)
    if file != output.STDOUT:
        typed = make_visible(quote(file))
        options.remark(f"wrote {typed}; edit it, then try `agenda check {typed}` and `agenda list --data {typed}`")


def _title_of(file: str) -> str:
    """The name of the file, as a title."""
    words = Path(file).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "My agenda"
